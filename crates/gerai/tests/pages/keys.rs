//! A city gets a new key while it is being served: nobody notices, and nothing is left under the old one.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use serde_json::Value;

use crate::demo::Demo;
use crate::visit::Visitor;

const CONFIG: &str = "[city]\nslug = \"semarang\"\nname = \"Kota Semarang\"\nregion_code = \"33.74\"\n\
    shop_name = \"Gulo Asem\"\nregistry_name = \"Gerai Kopimi\"\nvillage_word = \"kelurahan\"\n\
    base_url = \"http://127.0.0.1\"\n";

/// The program beside the one that serves.
struct Beside<'f> {
    folder: &'f Path,
    database: Option<String>,
}

impl Beside<'_> {
    fn runs(&self, words: &[&str]) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gerai"));
        program.arg("--config").arg(self.folder.join("gerai.toml")).args(words);
        program.env("GERAI_DATA", self.data());
        if let Some(url) = &self.database {
            program.env("GERAI_DATABASE_URL", url);
        }
        program.output().unwrap()
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.join("semarang")
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.runs(words);
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{words:?}: {told} {output:?}");
        told
    }

    /// How much each key seals, all places together.
    fn keys(&self) -> std::collections::BTreeMap<String, u64> {
        let shown: Value = serde_json::from_str(&self.done(&["--json", "keys", "show"])).unwrap();
        let mut all = std::collections::BTreeMap::new();
        for safe in shown["safes"].as_array().unwrap() {
            for (key, rows) in safe["keys"].as_object().unwrap() {
                *all.entry(key.clone()).or_default() += rows.as_u64().unwrap();
            }
        }
        all
    }
}

/// Turns the keys of a running city.
pub(crate) fn turns(server: Option<String>) {
    let demo = Demo::start_on(server.as_deref());
    std::fs::write(demo.folder().join("gerai.toml"), CONFIG).unwrap();
    let database = server.map(|url| format!("{url}_semarang"));
    let beside = Beside { folder: demo.folder(), database };
    let sealed = beside.keys();
    assert!(sealed["1"] > 20, "the demo's people have sealed numbers: {sealed:?}");
    let said = beside.done(&["keys", "rotate"]);
    assert!(said.contains("Key 2 is current"), "{said}");
    assert_eq!(beside.keys(), [("2".to_owned(), sealed["1"])].into());
    // The city that is being served opens second factors with a key it has not started with.
    let staff: Vec<_> = demo.logins.iter().filter(|login| login.totp.is_some()).collect();
    Visitor::new(&demo, &staff[0].role, "id").signs_in(staff[0]);
    let verdict: Value = serde_json::from_str(&beside.done(&["--json", "verify"])).unwrap();
    assert_eq!(verdict["under_old_keys"], serde_json::json!({}));
    let early = beside.runs(&["keys", "retire"]);
    assert_eq!(early.status.code(), Some(3), "what was sealed just before may be on its way");
    let file = File::options().append(true).open(beside.data().join("keys.toml")).unwrap();
    let changed = file.metadata().unwrap().modified().unwrap();
    file.set_modified(changed - Duration::from_secs(2 * 60 * 60)).unwrap();
    assert!(beside.done(&["keys", "retire"]).contains("Taken out: [1]"));
    Visitor::new(&demo, &staff[1].role, "id").signs_in(staff[1]);
    assert_eq!(beside.keys(), [("2".to_owned(), sealed["1"])].into());
}
