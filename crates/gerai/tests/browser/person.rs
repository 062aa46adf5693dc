//! A person with a phone or a desktop, and what people do: open, fill, press, follow, see.

use std::path::{Path, PathBuf};

use base64::Engine;
use serde_json::{Value, json};

use crate::axe;
use crate::chromium::Chromium;
use crate::page::{Page, Screen, Weight};

const WORDS: &str = include_str!("words.js");
/// Pictures of very long pages are cut here.
const HEIGHT_MAX: u64 = 8000;

/// Somebody in front of a screen. Leaving (dropping) fails if the console had complaints.
pub(crate) struct Person {
    name: &'static str,
    screen: Screen,
    home: String,
    page: Page,
}

impl Person {
    pub(crate) fn arrives(
        chromium: &Chromium,
        name: &'static str,
        screen: Screen,
        home: &str,
    ) -> Person {
        Person { name, screen, home: home.to_string(), page: Page::open(chromium, screen) }
    }

    /// Goes to a page of the city, which must be there for this person.
    pub(crate) fn opens(&mut self, path: &str) {
        let status = self.tries(path);
        assert!((200..300).contains(&status), "{} opens {path}: {status}", self.name);
    }

    /// Goes to a page that may say no; gives the status of the answer.
    pub(crate) fn tries(&mut self, path: &str) -> u64 {
        let address = format!("{}{path}", self.home);
        self.page.go(&address)
    }

    /// Writes into the field with this label, or chooses the option of this name.
    pub(crate) fn fills(&mut self, label: &str, value: &str) {
        if self.does(&format!("fill({}, {})", quoted(label), quoted(value))) == "type" {
            self.page.ask("Input.insertText", json!({ "text": value }));
        }
    }

    /// Chooses the first real option of the list with this label.
    pub(crate) fn fills_any(&mut self, label: &str) {
        self.does(&format!("fillAny({})", quoted(label)));
    }

    /// The day so many days from now where the city is, as a date field takes it: in the evening of
    /// UTC it is tomorrow there.
    pub(crate) fn day(&mut self, days: i64) -> String {
        let hours = days * 24 + 7;
        let day = format!("new Date(Date.now() + {hours} * 36e5).toISOString().slice(0, 10)");
        self.page.evaluate(&day).unwrap().as_str().unwrap().to_string()
    }

    /// Ticks the box or picks the choice with this label.
    pub(crate) fn picks(&mut self, label: &str) {
        self.clicks(&format!("choice({})", quoted(label)));
    }

    /// Presses the button with this text, and waits for what it brings.
    pub(crate) fn presses(&mut self, text: &str) {
        self.clicks(&format!("button({})", quoted(text)));
    }

    /// Presses the button with this text, but the line breaks before the answer is there; then goes back.
    pub(crate) fn presses_in_vain(&mut self, text: &str) {
        self.page.loses_the_next_answer();
        self.presses(text);
        let page = self.page.evaluate("document.contentType + location.href");
        assert!(page.is_ok_and(|page| page.as_str().is_some_and(|it| it.contains("chrome-error"))));
        self.page.back();
        self.page.complaints();
    }

    /// Follows the link with this text.
    pub(crate) fn follows(&mut self, text: &str) {
        self.clicks(&format!("link({})", quoted(text)));
    }

    /// Gives a file to the field with this label.
    pub(crate) fn uploads(&mut self, label: &str, path: &Path) {
        self.does(&format!("((found) => found.why ? found : ok())(control({}))", quoted(label)));
        let field = self.page.reference(&in_words(&format!("control({})", quoted(label))));
        let field = field.unwrap_or_else(|| panic!("{}: no field \"{label}\"", self.name));
        let files = json!({ "files": [path.display().to_string()], "objectId": field });
        self.page.ask("DOM.setFileInputFiles", files);
    }

    /// The identifiers of those one may be in the demo, from its sign-in page.
    pub(crate) fn doors(&mut self) -> Vec<String> {
        self.opens("/sign-in");
        self.lists("doors().map((field) => field.value)")
    }

    /// Signs in as one of the demo's people, with the second factor where one is asked.
    pub(crate) fn enters_as(&mut self, identifier: &str) {
        self.opens("/sign-in");
        self.enters_here_as(identifier);
    }

    /// The same at a door one was led to; what follows is where that door leads.
    pub(crate) fn enters_here_as(&mut self, identifier: &str) {
        self.clicks(&format!("door({})", quoted(identifier)));
        if self.path().starts_with("/sign-in/code") {
            let notice = self.reads("main [role=note], main .notice");
            let code: String = notice.chars().filter(char::is_ascii_digit).take(6).collect();
            self.fills("Kode", &code);
            self.presses("Masuk");
        }
        let path = self.path();
        assert!(!path.starts_with("/sign-in"), "{identifier} stands at {path}");
    }

    /// The session ends without a word, as after a night.
    pub(crate) fn is_forgotten(&mut self) {
        self.page.ask("Network.clearBrowserCookies", json!({}));
    }

    pub(crate) fn has(&self, screen: Screen) -> bool {
        self.screen == screen
    }

    /// Whether what came is for people to read, and not data.
    pub(crate) fn is_on_a_page(&mut self) -> bool {
        self.page.evaluate("document.contentType").is_ok_and(|kind| kind == "text/html")
    }

    /// Where one can go from this page, each path once.
    pub(crate) fn ways(&mut self) -> Vec<String> {
        self.lists("[...new Set(ways())]")
    }

    /// Fails unless the text is on the page, now or soon.
    pub(crate) fn sees(&mut self, text: &str) {
        self.does(&format!("sees({})", quoted(text)));
    }

    /// Fails unless the text is absent, now or soon.
    pub(crate) fn misses(&mut self, text: &str) {
        self.does(&format!("misses({})", quoted(text)));
    }

    /// The path of the page this person is on.
    pub(crate) fn path(&mut self) -> String {
        let path = self.page.evaluate("location.pathname + location.search").unwrap();
        path.as_str().unwrap().to_string()
    }

    /// The text of the first thing a selector finds.
    pub(crate) fn reads(&mut self, selector: &str) -> String {
        let found = format!("document.querySelector({})", quoted(selector));
        let text = self.does(&format!(
            "{found} ? ok(plain({found}.innerText)) : why({})",
            quoted(&format!("no {selector}"))
        ));
        text.as_str().unwrap().to_string()
    }

    /// What the page cost over the wire since it was opened.
    pub(crate) fn weighs(&mut self) -> Weight {
        self.page.weight()
    }

    /// From now on the machine asks for dark pages, or light ones.
    pub(crate) fn prefers(&mut self, scheme: &str) {
        let feature = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.page.ask("Emulation.setEmulatedMedia", json!({ "features": feature }));
    }

    /// From now on pages run no script of their own.
    pub(crate) fn switches_script_off(&mut self) {
        self.page.ask("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// What axe-core finds serious or critical on this page. Empty when axe-core is not there.
    pub(crate) fn barriers(&mut self) -> Vec<String> {
        axe::barriers(&mut self.page)
    }

    /// A picture of the whole page as `NAME-phone.png` or `NAME-desktop.png`. A page that scrolls
    /// sideways fails.
    pub(crate) fn takes_picture(&mut self, name: &str) {
        if let Some(problem) = self.tries_picture(name) {
            panic!("{}: {problem}", self.name);
        }
    }

    /// The same, for those who collect what is wrong.
    pub(crate) fn tries_picture(&mut self, name: &str) -> Option<String> {
        let ((width, least), screen) = (self.screen.size(), self.screen.name());
        let needed = self.page.evaluate(&in_words("wide()")).unwrap().as_u64().unwrap();
        let tall = self.page.evaluate("document.documentElement.scrollHeight").unwrap();
        let height = tall.as_u64().unwrap().clamp(least, HEIGHT_MAX);
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let asked = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.page.ask("Page.captureScreenshot", asked);
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(picture["data"].as_str().unwrap())
            .unwrap();
        let folder = pictures();
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}-{screen}.png")), bytes).unwrap();
        (needed > width).then(|| format!("needs {needed} px on a {screen} of {width} px"))
    }

    /// What is wrong for somebody who reads letters twice as large: the page may not scroll sideways.
    pub(crate) fn tries_large_letters(&mut self) -> Option<String> {
        let (width, _) = self.screen.size();
        let large = "document.documentElement.style.fontSize = '200%'; ok(wide())";
        let needed = self.does(large).as_u64().unwrap();
        self.does("document.documentElement.style.fontSize = ''; ok()");
        (needed > width).then(|| format!("needs {needed} px of {width} when letters are large"))
    }

    /// Complaints of the console so far, for tests that expect some.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        self.page.complaints()
    }

    fn lists(&mut self, words: &str) -> Vec<String> {
        let list = self.does(&format!("ok({words})"));
        list.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_string()).collect()
    }

    fn clicks(&mut self, words: &str) {
        let place = self.does(words);
        let at = |kind: &str, held: u8| {
            json!({ "type": kind, "x": place["x"], "y": place["y"], "button": "left",
                    "buttons": held, "clickCount": 1 })
        };
        self.page.ask("Input.dispatchMouseEvent", at("mousePressed", 1));
        self.page.ask("Input.dispatchMouseEvent", at("mouseReleased", 0));
        self.page.settle();
    }

    fn does(&mut self, words: &str) -> Value {
        let done = self.page.until_ok(&in_words(words));
        done.unwrap_or_else(|reason| {
            self.tries_picture(&format!("failed-{}", self.name));
            let text = self.page.evaluate("document.body.innerText").unwrap_or_default();
            panic!("{}: {reason}\n{}", self.name, text.as_str().unwrap_or_default())
        })
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        let complaints = self.page.complaints();
        if !std::thread::panicking() {
            assert!(complaints.is_empty(), "{}: the console says {complaints:#?}", self.name);
        }
    }
}

fn in_words(expression: &str) -> String {
    format!("{{{WORDS}\n{expression}}}")
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn pictures() -> PathBuf {
    match std::env::var_os("SCREENSHOTS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots"),
    }
}
