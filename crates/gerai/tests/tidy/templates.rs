//! Templates hold what the strict Content-Security-Policy allows: no style, script or event handler
//! inside the page.

use regex::Regex;

use crate::nothing_wrong;
use crate::sources::ending;

#[test]
fn templates_have_nothing_inline() {
    let rules = [
        (r#"\sstyle\s*=\s*["']"#, "a style attribute: give it a class"),
        (r"<style\b", "a style element: put it into the style sheet"),
        (r#"\son[a-z]+\s*=\s*["']"#, "an event handler: put it into a module"),
        (r#"(?i)(?:href|src|action)\s*=\s*["']\s*javascript:"#, "a script address"),
    ];
    let mut problems = Vec::new();
    for source in ending(".html").into_iter().filter(|source| source.path.contains("/templates/")) {
        for (pattern, what) in &rules {
            for found in Regex::new(pattern).unwrap().find_iter(&source.text) {
                problems.push(format!(
                    "{}:{}: {what}",
                    source.path,
                    line(&source.text, found.start())
                ));
            }
        }
        // A block of data (`application/ld+json`) is not run, so it may stand in the page.
        for found in Regex::new(r"<script\b[^>]*>").unwrap().find_iter(&source.text) {
            if !found.as_str().contains("src=") && !found.as_str().contains("json") {
                problems.push(format!(
                    "{}:{}: a script inside the page",
                    source.path,
                    line(&source.text, found.start())
                ));
            }
        }
    }
    nothing_wrong("Templates have nothing inline that the policy forbids", &problems);
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}
