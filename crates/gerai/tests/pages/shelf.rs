//! What a business that is set aside had on offer leaves the front page.

use std::time::{Duration, Instant};

use crate::demo::Demo;
use crate::wire;

/// The search follows events within a second; a busy machine may need some more.
const PATIENCE: Duration = Duration::from_secs(20);

/// What stands between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split(start).nth(1)?.split(end).next()
}

/// Suspends the maker of the first goods on the front and waits until they are gone.
pub(crate) fn goods_of_a_suspended_business_leave_the_front(demo: &Demo) {
    let page = |path: &str| wire::ask(&demo.host, path, "language=id", None).body;
    let front = page("/");
    let goods = between(&front, "href=\"/catalog/products/", "\"").unwrap();
    let goods = format!("/catalog/products/{goods}");
    let shown = page(&goods);
    let number = between(&shown, "/registry/businesses/", "\"").unwrap();

    let session = demo.sessions.borrow()["registry_officer"].clone();
    let cookie = format!("language=id; {session}");
    let desk = |path: &str| wire::ask(&demo.host, path, &cookie, None).body;
    let queue = desk(&format!("/registry/queue?q={number}"));
    let id = between(&queue, "/registry/records/", "?").unwrap();
    let record = format!("/registry/records/{id}");
    let form = desk(&record);
    let version = between(&form, "name=\"version\" value=\"", "\"").unwrap();
    let form = [
        ("decision", "suspend"),
        ("reason", "Tidak ditemukan saat dikunjungi."),
        ("version", version),
    ];
    let decided = wire::ask(&demo.host, &format!("{record}/decision"), &cookie, Some(&form));
    assert_eq!(decided.status, 303, "{}", decided.body);
    let begun = Instant::now();
    while page("/").contains(&goods) {
        assert!(begun.elapsed() < PATIENCE, "{goods} of {number} still stands on the front");
        std::thread::sleep(Duration::from_millis(200));
    }
}
