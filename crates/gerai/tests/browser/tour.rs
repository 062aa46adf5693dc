//! Everybody goes everywhere: whoever the demo lets one be follows every link, on a phone and on a
//! desktop. Each page must answer, fit the screen, be light, have no barrier and no complaint.

use std::collections::{BTreeSet, VecDeque};

use crate::chromium::Chromium;
use crate::demo::Demo;
use crate::page::Screen;
use crate::person::Person;

const FIRST_VIEW_MAX: u64 = 60 * 1024;
const SCRIPT_MAX: u64 = 30 * 1024;
const LATER_VIEW_MAX: u64 = 30 * 1024;
/// More shapes of page than one role has.
const PAGES_MAX: usize = 150;

#[test]
fn everybody_goes_everywhere() {
    let (demo, chromium) = (Demo::starts(&[]), Chromium::start());
    let mut visitor = Person::arrives(&chromium, "visitor", Screen::Phone, demo.home());
    let doors = visitor.doors();
    assert!(!doors.is_empty(), "the demo's sign-in page shows who one may be");
    let mut seen = BTreeSet::new();
    let mut problems = tour(&mut visitor, "visitor", &mut seen);
    for door in &doors {
        let mut person = Person::arrives(&chromium, "somebody", Screen::Phone, demo.home());
        person.enters_as(door);
        problems.extend(tour(&mut person, door, &mut seen));
    }
    let mut desktop = Person::arrives(&chromium, "visitor", Screen::Desktop, demo.home());
    let mut seen = BTreeSet::new();
    problems.extend(tour(&mut desktop, "visitor", &mut seen));
    for door in &doors {
        let mut person = Person::arrives(&chromium, "somebody", Screen::Desktop, demo.home());
        person.enters_as(door);
        problems.extend(tour(&mut person, door, &mut seen));
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn the_first_view_is_light() {
    let (demo, chromium) = (Demo::starts(&[]), Chromium::start());
    for path in ["/", "/registry/businesses", "/catalog/products"] {
        let mut visitor = Person::arrives(&chromium, "visitor", Screen::Phone, demo.home());
        visitor.opens(path);
        let weight = visitor.weighs();
        assert!(weight.without_photos <= FIRST_VIEW_MAX, "{path}: {weight:?}");
        assert!(weight.script <= SCRIPT_MAX, "{path}: {weight:?}");
    }
}

/// Visits each shape of page that nobody has visited yet, and says what is wrong there.
fn tour(person: &mut Person, who: &str, seen: &mut BTreeSet<String>) -> Vec<String> {
    let mut problems = Vec::new();
    let (mut waiting, mut mine) = (VecDeque::from(["/".to_string()]), BTreeSet::new());
    while let Some(path) = waiting.pop_front() {
        if mine.len() >= PAGES_MAX || !mine.insert(shape(&path)) {
            continue;
        }
        let status = person.tries(&path);
        if !(200..300).contains(&status) {
            problems.push(format!("{who} {path}: {status}"));
            continue;
        }
        if !person.is_on_a_page() {
            continue;
        }
        waiting.extend(person.ways());
        if seen.insert(shape(&path)) {
            problems.extend(
                look(person, &path).into_iter().map(|what| format!("{who} {path}: {what}")),
            );
        }
    }
    problems
}

/// What is wrong with the page somebody is on.
fn look(person: &mut Person, path: &str) -> Vec<String> {
    let mut problems = person.complaints();
    // What is named and how it contrasts is the same on both screens.
    if person.has(Screen::Phone) {
        problems.extend(person.barriers());
    }
    let weight = person.weighs();
    if weight.without_photos > LATER_VIEW_MAX {
        problems.push(format!("{weight:?}"));
    }
    problems.extend(person.tries_picture(&name(path)));
    if person.has(Screen::Phone) {
        problems.extend(person.tries_large_letters());
    }
    problems
}

/// The path with ids and numbers left out: pages of one shape are one page.
fn shape(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    let plain = |part: &str| if digits(part) > 1 { "-".to_string() } else { part.to_string() };
    path.split('/').map(plain).collect::<Vec<_>>().join("/")
}

fn name(path: &str) -> String {
    let name = shape(path).trim_matches('/').replace('/', "_");
    format!("page-{}", if name.is_empty() { "front" } else { &name })
}
