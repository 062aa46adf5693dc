//! What happens in one tab: where it is, what it loaded and how heavy that was, what went wrong.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chromium::{Chromium, Tab};

/// How long something on the page may take to appear.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// How long a click may take to start a navigation.
const GRACE: Duration = Duration::from_millis(200);
const PAUSE: Duration = Duration::from_millis(25);

/// The screens every page is looked at on.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Screen {
    Phone,
    Desktop,
}

impl Screen {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Screen::Phone => "phone",
            Screen::Desktop => "desktop",
        }
    }

    pub(crate) fn size(self) -> (u64, u64) {
        match self {
            Screen::Phone => (360, 740),
            Screen::Desktop => (1280, 800),
        }
    }
}

/// What the first view of a page took over the wire, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weight {
    pub(crate) without_photos: u64,
    pub(crate) script: u64,
    pub(crate) everything: u64,
}

/// A tab and what is known about it.
pub(crate) struct Page {
    tab: Tab,
    loading: bool,
    status: u64,
    requests: HashMap<String, (String, u64)>,
    complaints: Vec<String>,
    /// The answer to what is sent next is to be lost.
    losing: bool,
}

impl Page {
    pub(crate) fn open(chromium: &Chromium, screen: Screen) -> Page {
        let tab = chromium.tab();
        for domain in ["Page", "Runtime", "Network", "Log", "DOM"] {
            tab.ask(&format!("{domain}.enable"), json!({}));
        }
        let ((width, height), mobile) = (screen.size(), screen == Screen::Phone);
        let scale = if mobile { 2 } else { 1 };
        tab.ask(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile }),
        );
        tab.ask("Emulation.setTouchEmulationEnabled", json!({ "enabled": mobile }));
        let requests = HashMap::new();
        Page { tab, loading: false, status: 0, requests, complaints: Vec::new(), losing: false }
    }

    pub(crate) fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.tab.ask(method, parameters)
    }

    /// Goes to an address and waits until it has loaded; gives the status of the answer.
    pub(crate) fn go(&mut self, address: &str) -> u64 {
        self.status = 0;
        self.loading = true;
        let answer = self.tab.ask("Page.navigate", json!({ "url": address }));
        let problem = answer["errorText"].as_str().unwrap_or_default();
        // A paper is handed to the reader of papers, which is not here.
        let paper = problem == "net::ERR_ABORTED";
        assert!(problem.is_empty() || paper, "{address}: {problem}");
        self.loading &= !paper;
        self.wait_until_loaded();
        self.status
    }

    /// After a click: waits for the navigation it may have started.
    pub(crate) fn settle(&mut self) {
        let until = Instant::now() + GRACE;
        while Instant::now() < until && !self.loading {
            self.hear();
            std::thread::sleep(PAUSE / 5);
        }
        self.wait_until_loaded();
    }

    fn wait_until_loaded(&mut self) {
        let until = Instant::now() + PATIENCE;
        self.hear();
        while self.loading {
            assert!(Instant::now() < until, "the page does not finish loading");
            std::thread::sleep(PAUSE / 5);
            self.hear();
        }
    }

    /// The value of an expression; an error while the page is changing under it.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Result<Value, String> {
        let asked =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.tab.try_ask("Runtime.evaluate", asked)?;
        match answer.get("exceptionDetails") {
            Some(problem) => Err(problem["exception"]["description"].to_string()),
            None => Ok(answer["result"]["value"].clone()),
        }
    }

    /// A thing of the page by reference, for questions that want one.
    pub(crate) fn reference(&mut self, expression: &str) -> Option<Value> {
        let answer =
            self.tab.try_ask("Runtime.evaluate", json!({ "expression": expression })).ok()?;
        answer["result"].get("objectId").cloned()
    }

    /// Asks again and again until the page answers `{ ok: … }`; fails with the page's last `why`.
    pub(crate) fn until_ok(&mut self, expression: &str) -> Result<Value, String> {
        let until = Instant::now() + PATIENCE;
        loop {
            let why = match self.evaluate(expression) {
                Ok(answer) if !answer["ok"].is_null() => return Ok(answer["ok"].clone()),
                Ok(answer) => answer["why"].as_str().unwrap_or("no reason").to_string(),
                Err(error) => error,
            };
            if Instant::now() >= until {
                return Err(why);
            }
            std::thread::sleep(PAUSE);
            self.hear();
        }
    }

    /// What the last document loaded so far.
    pub(crate) fn weight(&mut self) -> Weight {
        self.hear();
        let mut weight = Weight::default();
        for (kind, bytes) in self.requests.values() {
            weight.everything += bytes;
            match kind.as_str() {
                "Image" | "Media" => {}
                "Script" => {
                    weight.script += bytes;
                    weight.without_photos += bytes;
                }
                _ => weight.without_photos += bytes,
            }
        }
        weight
    }

    /// Errors on the console, violations of the policy and failed loads since the tab was opened.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        self.hear();
        std::mem::take(&mut self.complaints)
    }

    fn hear(&mut self) {
        while let Ok(event) = self.tab.events.try_recv() {
            let about = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Page.frameStartedLoading" | "Page.frameRequestedNavigation" => self.loading = true,
                "Page.frameStoppedLoading" => self.loading = false,
                "Network.requestWillBeSent" => self.request(about),
                "Network.responseReceived" => self.response(about),
                "Network.loadingFinished" => self.finished(about),
                "Runtime.exceptionThrown" => {
                    self.complain(&about["exceptionDetails"]["exception"]["description"]);
                }
                "Runtime.consoleAPICalled" if about["type"] == "error" => {
                    self.complain(&about["args"][0]["value"]);
                }
                "Log.entryAdded" if about["entry"]["level"] == "error" => {
                    self.entry(&about["entry"])
                }
                "Fetch.requestPaused" => self.paused(about),
                _ => {}
            }
        }
    }

    /// The answer to what is sent next is lost on its way, although the city has done what it was asked.
    pub(crate) fn loses_the_next_answer(&mut self) {
        let answers = json!({ "requestStage": "Response", "resourceType": "Document" });
        self.tab.ask("Fetch.enable", json!({ "patterns": [answers] }));
        self.losing = true;
    }

    fn paused(&mut self, about: &Value) {
        let id = &about["requestId"];
        if !self.losing || about["request"]["method"] != "POST" {
            self.tab.ask("Fetch.continueRequest", json!({ "requestId": id }));
            return;
        }
        self.losing = false;
        let lost = json!({ "requestId": id, "errorReason": "ConnectionReset" });
        self.tab.ask("Fetch.failRequest", lost);
        self.tab.ask("Fetch.disable", json!({}));
    }

    /// One page back, as with the button of the browser.
    pub(crate) fn back(&mut self) {
        let history = self.tab.ask("Page.getNavigationHistory", json!({}));
        let at = history["currentIndex"].as_u64().unwrap_or(0) as usize;
        let before = &history["entries"][at.checked_sub(1).expect("there is a page before")];
        self.loading = true;
        self.tab.ask("Page.navigateToHistoryEntry", json!({ "entryId": before["id"] }));
        self.settle();
    }

    fn request(&mut self, about: &Value) {
        if about["type"] == "Document" && about["requestId"] == about["loaderId"] {
            self.requests.clear();
        }
    }

    fn response(&mut self, about: &Value) {
        let kind = about["type"].as_str().unwrap_or_default().to_string();
        if kind == "Document" {
            self.status = about["response"]["status"].as_u64().unwrap_or(0);
        }
        self.requests.insert(about["requestId"].to_string(), (kind, 0));
    }

    fn finished(&mut self, about: &Value) {
        if let Some((_, bytes)) = self.requests.get_mut(&about["requestId"].to_string()) {
            // JSON has one kind of number, so whole bytes arrive as a fraction.
            *bytes = about["encodedDataLength"].as_f64().unwrap_or(0.0) as u64;
        }
    }

    /// A page that answers with an error status is what some tests want to see; a picture or
    /// script that does is always wrong.
    fn entry(&mut self, entry: &Value) {
        let request = entry["networkRequestId"].to_string();
        let document = self.requests.get(&request).is_some_and(|(kind, _)| kind == "Document");
        // Chromium asks for an icon beside bare data, which has none.
        let icon = entry["url"].as_str().is_some_and(|url| url.ends_with("/favicon.ico"));
        if !icon && (entry["source"] != "network" || !document) {
            self.complaints.push(format!("{} ({})", entry["text"], entry["url"]));
        }
    }

    fn complain(&mut self, what: &Value) {
        self.complaints.push(what.to_string());
    }
}
