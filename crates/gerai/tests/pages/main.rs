//! Every page that somebody can reach in the demo by following links, in both languages: it answers,
//! its words are words and not keys, its fields have labels, its ids are unique, nothing on it is
//! forbidden by the policy of contents, and its links lead somewhere. The description of the API
//! holds together, and the API keeps to it whatever it is sent.
#![expect(clippy::unwrap_used, reason = "tests say what cannot fail")]

mod demo;
mod fuzz;
mod keys;
mod openapi;
mod rules;
mod shelf;
mod visit;
mod wire;

use std::collections::BTreeSet;

use demo::Demo;
use serde_json::Value;
use visit::Visitor;

/// So many complaints tell enough.
const COMPLAINTS_SHOWN: usize = 60;

fn report(complaints: &BTreeSet<String>) {
    let shown: Vec<_> = complaints.iter().take(COMPLAINTS_SHOWN).cloned().collect();
    assert!(shown.is_empty(), "{} complaints:\n{}", complaints.len(), shown.join("\n"));
}

/// One demo for all: seeding two cities is most of the work.
#[test]
fn pages_and_interfaces_of_the_demo_are_whole() {
    let demo = Demo::start();
    report(&every_page_that_links_lead_to(&demo));
    report(&the_description_of_the_api(&demo.host));
    shelf::goods_of_a_suspended_business_leave_the_front(&demo);
    it_goes_on_where_it_stopped(demo);
}

/// The same people at the door, the same goods on the shelf, and what visitors did meanwhile.
fn it_goes_on_where_it_stopped(demo: Demo) {
    let people =
        |demo: &Demo| demo.logins.iter().map(|login| login.identifier.clone()).collect::<Vec<_>>();
    let (before, known) = (people(&demo), demo.sessions.borrow().clone());
    let demo = demo.again();
    assert_eq!(people(&demo), before);
    let front = wire::ask(&demo.host, "/", "language=id", None);
    assert!(front.body.contains("class=\"goods\""), "the shelf is still full");
    for login in &demo.logins {
        let account = wire::ask(&demo.host, "/account", &known[&login.role], None);
        assert_eq!(account.status, 200, "{} is still signed in", login.role);
        Visitor::new(&demo, &login.role, "id").signs_in(login);
    }
}

/// Valid and broken requests to every operation, as a guest and as each role, on either engine.
#[test]
fn the_api_keeps_to_its_own_description() {
    let demo = Demo::start_on(server("fuzz").as_deref());
    report(&fuzz::complaints(&demo));
}

/// New keys while the city is being served, on either engine.
#[test]
fn a_city_gets_a_new_key_while_it_is_being_served() {
    keys::turns(server("keys"));
}

/// Where the demo keeps its cities when there is a PostgreSQL server.
fn server(tag: &str) -> Option<String> {
    let url = testkit::postgres()?;
    let mark = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{mark}schema={tag}_{}", std::process::id()))
}

fn every_page_that_links_lead_to(demo: &Demo) -> BTreeSet<String> {
    let front = wire::ask(&demo.host, "/", "language=id", None);
    assert!(front.body.contains("class=\"goods\""), "the demo's shelf is full");
    let mut complaints = BTreeSet::new();
    for language in ["id", "en"] {
        complaints.extend(Visitor::new(demo, "visitor", language).wanders());
        for login in &demo.logins {
            let mut person = Visitor::new(demo, &login.role, language);
            if language == "id" {
                person.signs_in(login);
            } else {
                person.takes_session(login);
            }
            complaints.extend(person.wanders());
        }
    }
    complaints
}

fn the_description_of_the_api(host: &str) -> BTreeSet<String> {
    let answer = wire::ask(host, "/api/openapi.json", "", None);
    assert_eq!(answer.status, 200);
    let api: Value = serde_json::from_str(&answer.body).unwrap();
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut complaints = openapi::complaints(&api);
    complaints.extend(openapi::visits(&api, host));
    complaints
}
