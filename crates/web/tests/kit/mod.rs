//! A city of accounts alone, somebody who joins it, and its administrator. All people are invented.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fall over")]

use base::Role;
use base::account::OrganisationKind;
use testkit::{City, Client, Page};

pub(crate) async fn city() -> City {
    City::open(vec![web::house()]).await
}

/// The value of the first hidden or shown text between two marks.
pub(crate) fn between<'p>(page: &'p Page, before: &str, after: &str) -> &'p str {
    let rest = page.body.split_once(before).unwrap_or_else(|| panic!("no {before}")).1;
    rest.split_once(after).unwrap().0
}

pub(crate) async fn join(city: &City, name: &str, phone: &str) -> Client {
    let form = [("name", name), ("phone", phone), ("password", "kopi tubruk pagi"), ("stay", "1")];
    let browser = city.visitor();
    let page = browser.post("/join", &form).await.expect(303);
    assert_eq!(page.location.as_deref(), Some("/account"));
    browser.after(&page)
}

/// An administrator of accounts, signed in.
pub(crate) async fn admin(city: &City) -> Client {
    let office = city.organisation(OrganisationKind::CityOffice, "Kantor Kota").await;
    city.person("Admin Rekaan", Role::CityAdmin, &office).await.client
}

pub(crate) async fn sign_in(browser: &Client, identifier: &str, password: &str) -> Page {
    let form = [("identifier", identifier), ("password", password), ("next", "/account")];
    browser.post("/sign-in", &form).await
}
