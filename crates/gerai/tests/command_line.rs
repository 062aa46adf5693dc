//! The real program on the command line: words instead of codes, the promised exit codes, a data
//! folder of its own, and a city that is served and therefore not moved, filled or indexed again.
#![expect(clippy::unwrap_used, reason = "tests say what cannot fail")]
#![cfg(unix)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const CONFIG: &str = "stop_limit_s = 1\n[city]\nslug = \"semarang\"\nname = \"Kota Semarang\"\n\
    region_code = \"33.74\"\nshop_name = \"Gulo Asem\"\nregistry_name = \"Gerai Kopimi\"\n\
    village_word = \"kelurahan\"\nbase_url = \"http://127.0.0.1\"\n";

/// A city in a folder, on one engine.
struct City {
    folder: tempfile::TempDir,
    database: Option<String>,
}

/// The city on SQLite, and on PostgreSQL where there is a server.
fn cities(tag: &str) -> Vec<City> {
    let server = testkit::postgres().map(|url| {
        let mark = if url.contains('?') { '&' } else { '?' };
        format!("{url}{mark}schema=cli_{tag}_{}", std::process::id())
    });
    let open = |database| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("gerai.toml"), CONFIG).unwrap();
        City { folder, database }
    };
    let mut all = vec![open(None)];
    all.extend(server.map(|url| open(Some(url))));
    all
}

impl City {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, words: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gerai"));
        program.arg("--config").arg(self.folder.path().join("gerai.toml")).args(words);
        program.env("GERAI_DATA", self.data());
        if let Some(url) = &self.database {
            program.env("GERAI_DATABASE_URL", url);
        }
        program
    }

    fn runs(&self, words: &[&str]) -> Output {
        self.program(words).output().unwrap()
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.runs(words);
        assert!(output.status.success(), "{words:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What it says when it will not, and its exit code.
    fn refuses(&self, words: &[&str]) -> (i32, String) {
        let output = self.runs(words);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().unwrap(), told)
    }

    fn serves(&self) -> Served {
        let mut program = self.program(&["serve", "--listen", "127.0.0.1:0"]);
        let mut program = program.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let ready = lines.next().unwrap().unwrap();
        let host = ready.strip_prefix("ready http://").unwrap().to_owned();
        Served { program, host }
    }
}

struct Served {
    program: Child,
    host: String,
}

impl Served {
    /// Asks it to stop; how long it took, and whether it went well.
    fn stops(&mut self) -> (Duration, bool) {
        let asked = Instant::now();
        let pid = self.program.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let status = self.program.wait().unwrap();
        (asked.elapsed(), status.success())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

#[test]
fn refusals_are_told_in_words_and_exit_as_promised() {
    for city in cities("words") {
        let link = city.done(&["account", "add", "Pengelola Rekaan", "081234567890"]);
        assert!(link.contains("/sign-in/password/"), "{link}");
        let (code, told) = city.refuses(&["account", "add", "Orang Lain", "0812-3456-7890"]);
        assert_eq!(code, 3);
        assert!(told.contains("already has an account"), "{told}");
        let (code, told) = city.refuses(&["account", "add", "Orang Lain", "abc"]);
        assert!(code == 3 && told.contains("Enter digits only"), "{told}");
        let (code, told) = city.refuses(&["account", "role", "081234567890", "mayor", "DINKOP"]);
        assert!(code == 2 && told.contains("city_admin"), "{code} {told}");
        let (code, told) = city.refuses(&["account", "reset-password", "081200000099"]);
        assert!(code == 3 && told.contains("no account has this number"), "{told}");
        let (code, told) =
            city.refuses(&["policy", "show", "procurement.value_bands", "--on", "x"]);
        assert!(code == 2 && told.contains("2026-03-12"), "{told}");
        let file = city.folder.path().join("bukan.csv");
        std::fs::write(&file, "").unwrap();
        let (code, told) = city.refuses(&["import", "businesses", file.to_str().unwrap()]);
        assert!(code == 3 && !told.contains("no-table"), "{told}");
        let checked: Value =
            serde_json::from_str(&city.done(&["--json", "config", "check"])).unwrap();
        assert_eq!(checked["city"]["name"], "Kota Semarang");
        assert_eq!(checked["stop_limit_s"], 1);
    }
}

#[test]
fn verify_says_how_far_the_seals_reach() {
    for city in cities("verify") {
        city.done(&["account", "add", "Pengelola Rekaan", "081234567890"]);
        let verdict: Value = serde_json::from_str(&city.done(&["--json", "verify"])).unwrap();
        assert_eq!((&verdict["seals"], &verdict["sealed"]), (&Value::from(0), &Value::from(0)));
        assert!(verdict["unsealed"].as_i64().unwrap() > 2, "{verdict}");
        let told = city.done(&["verify"]);
        assert!(told.contains("Everything holds.") && told.contains("no seal covers"), "{told}");
    }
}

#[test]
fn exported_events_have_moments_and_contents_that_programs_read() {
    for city in cities("events") {
        city.done(&["account", "add", "Pengelola Rekaan", "081234567890"]);
        let told = city.done(&["export", "events"]);
        let lines: Vec<Value> = told.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let registered = lines.iter().find(|event| event["kind"] == "account.person_registered");
        let registered = registered.unwrap();
        assert_eq!(registered["data"]["by_desk"], true);
        let at = registered["at"].as_str().unwrap();
        assert!(at.contains('T') && at.ends_with("+07:00"), "{at}");
        assert!(!told.contains("81234567890"), "and no number");
    }
}

#[test]
fn nobody_else_on_the_machine_reads_the_data_folder_or_a_backup() {
    for city in cities("modes") {
        city.done(&["account", "add", "Pengelola Rekaan", "081234567890"]);
        let backup = city.folder.path().join("backup");
        city.done(&["backup", backup.to_str().unwrap()]);
        let mut looked = 0;
        let mut folders = vec![city.data(), backup];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let mode = path.metadata().unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
                looked += 1;
                folders.extend(path.is_dir().then_some(path));
            }
            assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o077, 0);
        }
        assert!(looked > 5, "keys, database and backup");
        // What an earlier program or a copy left open is closed when the city is opened again.
        for name in ["", "keys.toml"] {
            let open = std::fs::Permissions::from_mode(if name.is_empty() { 0o755 } else { 0o644 });
            std::fs::set_permissions(city.data().join(name), open).unwrap();
        }
        let output = city.runs(&["verify"]);
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        let log = format!("{log}{}", String::from_utf8_lossy(&output.stdout));
        assert!(log.contains("they no longer can"), "{log}");
        let mode = city.data().join("keys.toml").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_city_that_is_served_is_not_moved_filled_or_indexed_again() {
    for city in cities("held") {
        let backup = city.folder.path().join("backup");
        let elsewhere = format!("sqlite:{}", city.folder.path().join("moved.db").display());
        let mut served = city.serves();
        city.done(&["backup", backup.to_str().unwrap()]);
        let commands: [&[&str]; 3] =
            [&["move", "--to", &elsewhere], &["reindex"], &["serve", "--listen", "127.0.0.1:0"]];
        for words in commands {
            let (code, told) = city.refuses(words);
            assert!(code == 3 && told.contains("is being served"), "{words:?}: {told}");
        }
        let keys = city.data().join("keys.toml");
        let aside = city.folder.path().join("keys.aside");
        std::fs::rename(&keys, &aside).unwrap();
        let (code, told) = city.refuses(&["restore", backup.to_str().unwrap()]);
        assert!(code == 3 && told.contains("is being served"), "{told}");
        std::fs::rename(&aside, &keys).unwrap();
        let (took, well) = served.stops();
        assert!(well && took < Duration::from_secs(8), "{took:?}");
        assert!(city.done(&["reindex"]).contains("can be found"));
        assert!(city.done(&["move", "--to", &elsewhere]).contains("the same on both sides"));
    }
}

#[test]
fn a_stop_waits_for_open_requests_but_not_for_ever() {
    let city = cities("stop").remove(0);
    let mut served = city.serves();
    let mut slow = TcpStream::connect(&served.host).unwrap();
    slow.write_all(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nident")
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let (took, well) = served.stops();
    assert!(well, "cutting off is no failure");
    assert!(took >= Duration::from_millis(900), "the open request got its second: {took:?}");
    assert!(took < Duration::from_secs(8), "and no more: {took:?}");
}

#[test]
fn roles_that_check_each_other_are_refused_here_as_at_the_desk() {
    for city in cities("duties") {
        city.done(&["account", "add", "Siti Rekaan", "081234567890"]);
        let role = |role: &'static str, office: &'static str| {
            ["account", "role", "081234567890", role, office]
        };
        city.done(&role("requester", "DINKES"));
        for (wanted, office, words) in [
            ("approver", "DINKES", "requester at DINKES"),
            ("inspector", "ITKO", "requester at DINKES"),
            ("owner", "TOKO", "verified their business"),
        ] {
            let (code, told) = city.refuses(&role(wanted, office));
            assert_eq!(code, 3, "{told}");
            assert!(told.contains(words), "{told}");
        }
        let mut elsewhere = role("treasurer", "ITKO").to_vec();
        elsewhere.extend(["--kind", "inspectorate"]);
        let (_, told) = city.refuses(&elsewhere);
        assert!(told.contains("only agencies have it"), "{told}");
        city.done(&["verify"]);
    }
}
