//! axe-core looks at a page for barriers. It runs in a world of its own beside the page's script, so
//! that the page keeps its strict policy. `AXE_PATH` says where the script is; xtask fetches it.

use std::sync::Once;

use serde_json::json;

use crate::page::Page;

static SAID: Once = Once::new();
const GRAVE: [&str; 2] = ["serious", "critical"];
const RUN: &str = "axe.run(document, { resultTypes: ['violations'] }).then((found) => \
    found.violations.map((one) => [one.impact, one.id, one.help, one.nodes.map((node) => \
    node.target + ' ' + node.html.slice(0, 160)).slice(0, 3).join(' | ')]))";

/// What is serious or critical; nothing, with a word about it, when axe-core is not there.
pub(crate) fn barriers(page: &mut Page) -> Vec<String> {
    let script = std::env::var_os("AXE_PATH").and_then(|path| std::fs::read_to_string(path).ok());
    let Some(script) = script else {
        SAID.call_once(|| eprintln!("skipped: axe-core is not there (AXE_PATH)"));
        return Vec::new();
    };
    let frame = page.ask("Page.getFrameTree", json!({}))["frameTree"]["frame"]["id"].clone();
    let world = page.ask("Page.createIsolatedWorld", json!({ "frameId": frame }));
    let context = &world["executionContextId"];
    let asked = |expression: &str| {
        json!({ "expression": expression, "contextId": context, "returnByValue": true,
                "awaitPromise": true })
    };
    page.ask("Runtime.evaluate", asked(&format!("{script};0")));
    let answer = page.ask("Runtime.evaluate", asked(RUN));
    let found = answer["result"]["value"].as_array();
    let found = found.unwrap_or_else(|| panic!("axe-core did not run: {answer}"));
    found
        .iter()
        .filter(|one| GRAVE.iter().any(|impact| one[0] == *impact))
        .map(|one| format!("{} {}: {} at {}", one[0], one[1], one[2], one[3]))
        .collect()
}
