//! Somebody who follows every link they are shown, a few of each kind.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{SystemTime, UNIX_EPOCH};

use base::account::totp;

use crate::demo::{Demo, Login};
use crate::rules;
use crate::wire::{self, Answer};

/// Pages that differ only in which thing they show; in the second language one of them is enough.
const ALIKE_MAX: usize = 2;
const PAGES_MAX: usize = 400;
/// Whoever sees fewer pages than this is shut out of most of the city.
const PAGES_MIN: usize = 20;

/// A person at a browser, signed in or not.
pub(crate) struct Visitor<'d> {
    demo: &'d Demo,
    role: String,
    language: &'static str,
    session: String,
    queue: VecDeque<(String, String)>,
    seen: BTreeSet<String>,
    alike: BTreeMap<String, usize>,
    complaints: BTreeSet<String>,
}

impl<'d> Visitor<'d> {
    pub(crate) fn new(demo: &'d Demo, role: &str, language: &'static str) -> Visitor<'d> {
        Visitor {
            demo,
            role: role.to_owned(),
            language,
            session: String::new(),
            queue: VecDeque::new(),
            seen: BTreeSet::new(),
            alike: BTreeMap::new(),
            complaints: BTreeSet::new(),
        }
    }

    fn cookie(&self) -> String {
        format!("language={}; {}", self.language, self.session)
    }

    fn posts(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let answer = wire::ask(&self.demo.host, path, &self.cookie(), Some(form));
        let session = answer.headers("set-cookie").into_iter().find(|c| c.starts_with("session"));
        if let Some(session) = session {
            self.session = session.split(';').next().unwrap().to_owned();
        }
        answer
    }

    /// Through the door, with the second factor where there is one.
    pub(crate) fn signs_in(&mut self, login: &Login) {
        let fields = [("identifier", login.identifier.as_str()), ("password", &login.password)];
        let answer = self.posts("/sign-in", &fields);
        assert_eq!(answer.status, 303, "{} signs in", login.role);
        if let Some(secret) = &login.totp {
            let secret = totp::Secret::parse(secret).unwrap();
            let answer =
                self.posts("/sign-in/code", &[("code", &secret.code(totp::step_at(now_ms())))]);
            assert_eq!(answer.status, 303, "{} shows a code", login.role);
        }
        let session = self.session.clone();
        self.demo.sessions.borrow_mut().insert(login.role.clone(), session);
    }

    /// Goes on in the session that was opened before, in the language of this visitor.
    pub(crate) fn takes_session(&mut self, login: &Login) {
        self.session.clone_from(&self.demo.sessions.borrow()[&login.role]);
        let fields = [("language", self.language), ("back", "/")];
        assert_eq!(self.posts("/preferences", &fields).status, 303);
    }

    /// Follows links from the front page until all are seen; gives what was wrong.
    pub(crate) fn wanders(&mut self) -> BTreeSet<String> {
        self.queue.push_back(("/".to_owned(), "the beginning".to_owned()));
        while let Some((path, from)) = self.queue.pop_front() {
            if self.seen.len() >= PAGES_MAX {
                break;
            }
            let answer = wire::ask(&self.demo.host, &path, &self.cookie(), None);
            self.judges(&path, &from, &answer);
        }
        let (role, count) = (&self.role, self.alike.len());
        assert!(count >= PAGES_MIN, "{role} found only {count} kinds of pages: {:?}", self.alike);
        std::mem::take(&mut self.complaints)
    }

    fn judges(&mut self, path: &str, from: &str, answer: &Answer) {
        let kind = format!("{} {}", self.role, shape(path));
        match answer.status {
            200 => {}
            303 => {
                let to = answer.headers("location").first().map(|to| (*to).to_owned());
                to.into_iter().for_each(|to| self.wants(&to, path));
                return;
            }
            status => {
                self.complaints.insert(format!("{kind}: {status}, linked from {}", shape(from)));
                return;
            }
        }
        if !answer.is_page() {
            return;
        }
        for what in rules::complaints(&answer.body, self.language) {
            self.complaints.insert(format!("{}: {what}", shape(path)));
        }
        for link in rules::links(&answer.body) {
            self.wants(&link, path);
        }
    }

    /// Remembers a link, unless enough like it were followed.
    fn wants(&mut self, link: &str, from: &str) {
        let path = link.split('#').next().unwrap_or_default();
        if !path.starts_with('/') || path.starts_with("//") || !self.seen.insert(path.to_owned()) {
            return;
        }
        let times = self.alike.entry(shape(path)).or_default();
        *times += 1;
        let enough = if self.language == "id" { ALIKE_MAX } else { 1 };
        if *times <= enough {
            self.queue.push_back((path.to_owned(), from.to_owned()));
        }
    }
}

/// The address without what names a single thing: `/procurement/orders/*?state`.
fn shape(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let one = |part: &str| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        if digits >= 2 || part.len() > 24 || part.contains('.') {
            "*".to_owned()
        } else {
            part.to_owned()
        }
    };
    let path: Vec<_> = path.split('/').map(one).collect();
    let mut names: Vec<_> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    names.sort_unstable();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{mark}{}", path.join("/"), names.join("&"))
}

#[expect(clippy::disallowed_methods, reason = "codes are made for the program's real clock")]
fn now_ms() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}
