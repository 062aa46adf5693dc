//! Chromium and its DevTools protocol, spoken through two pipes: JSON messages, each ended by a NUL.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

const ANSWER: Duration = Duration::from_secs(30);
const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// Quiet, alone and without the outside world.
const FLAGS: [&str; 17] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-quic",
    "--hide-scrollbars",
    "--accept-lang=id-ID,id",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/// A running Chromium with a profile of its own.
pub(crate) struct Chromium {
    line: Arc<Line>,
    process: Child,
    _profile: tempfile::TempDir,
}

/// The line to Chromium: questions go out, answers and events come back on a thread.
struct Line {
    out: Mutex<ChildStdin>,
    next: AtomicU64,
    waiting: Mutex<HashMap<u64, Sender<Value>>>,
    tabs: Mutex<HashMap<String, Sender<Value>>>,
}

/// One tab, attached; it hears its own events.
pub(crate) struct Tab {
    line: Arc<Line>,
    session: String,
    pub(crate) events: Receiver<Value>,
}

impl Chromium {
    pub(crate) fn start() -> Chromium {
        let program = PROGRAMS.iter().find(|name| is_on_path(name));
        let program = program.expect("Chromium is missing: apt-get install --yes chromium");
        let profile = tempfile::tempdir().unwrap();
        // Chromium reads questions from descriptor 3 and writes answers to 4.
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >&2", "sh", program])
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let line = Arc::new(Line {
            out: Mutex::new(process.stdin.take().unwrap()),
            next: AtomicU64::new(1),
            waiting: Mutex::default(),
            tabs: Mutex::default(),
        });
        let (reader, answers) = (line.clone(), BufReader::new(process.stdout.take().unwrap()));
        std::thread::spawn(move || reader.listen(answers));
        Chromium { line, process, _profile: profile }
    }

    /// A tab in a fresh context: no cookie, no cache, no memory of other people.
    pub(crate) fn tab(&self) -> Tab {
        let context = self.ask("Target.createBrowserContext", json!({}));
        let target = self.ask(
            "Target.createTarget",
            json!({ "url": "about:blank", "browserContextId": context["browserContextId"] }),
        );
        let attached = self.ask(
            "Target.attachToTarget",
            json!({ "targetId": target["targetId"], "flatten": true }),
        );
        let session = attached["sessionId"].as_str().unwrap().to_string();
        let (sender, events) = channel();
        self.line.tabs.lock().unwrap().insert(session.clone(), sender);
        Tab { line: self.line.clone(), session, events }
    }

    fn ask(&self, method: &str, parameters: Value) -> Value {
        self.line.ask(None, method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        drop(self.line.ask(None, "Browser.close", json!({})));
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Tab {
    /// Asks Chromium something about this tab; the error is Chromium's own.
    pub(crate) fn try_ask(&self, method: &str, parameters: Value) -> Result<Value, String> {
        self.line.ask(Some(&self.session), method, parameters)
    }

    pub(crate) fn ask(&self, method: &str, parameters: Value) -> Value {
        self.try_ask(method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}

impl Line {
    fn ask(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let (sender, answer) = channel();
        self.waiting.lock().unwrap().insert(id, sender);
        let written = self.out.lock().unwrap().write_all(format!("{message}\0").as_bytes());
        written.map_err(|error| format!("Chromium is gone: {error}"))?;
        let answer = answer.recv_timeout(ANSWER).map_err(|_| "no answer".to_string())?;
        match answer.get("error") {
            Some(error) => Err(error["message"].as_str().unwrap_or("no reason").to_string()),
            None => Ok(answer["result"].clone()),
        }
    }

    fn listen(&self, mut answers: impl BufRead) {
        let mut bytes = Vec::new();
        while answers.read_until(0, &mut bytes).is_ok_and(|length| length > 0) {
            let message: Value =
                serde_json::from_slice(&bytes[..bytes.len() - 1]).unwrap_or_default();
            bytes.clear();
            let receiver = match (message["id"].as_u64(), message["sessionId"].as_str()) {
                (Some(id), _) => self.waiting.lock().unwrap().remove(&id),
                (None, Some(session)) => self.tabs.lock().unwrap().get(session).cloned(),
                (None, None) => None,
            };
            if let Some(receiver) = receiver {
                drop(receiver.send(message));
            }
        }
    }
}

fn is_on_path(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}
