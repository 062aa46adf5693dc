//! What the stories of the registry share: a city with its map, owners who register, officers.

use std::sync::Arc;

use base::Role;
use base::account::Organisation;
use base::account::organisation::OrganisationKind;
use particulars::region::CityRegions;
use testkit::{Actor, City, Client};

/// A NIK that nobody has: born on a day of the vectors' kind, serial 0001.
pub(crate) const NIK: &str = "3374015703850001";

pub(crate) async fn city() -> City {
    let regions = Arc::new(CityRegions::of_code("33.74").unwrap());
    let areas = vec![web::house(), registry::area()];
    City::open_with(areas, |opening| opening.with(regions)).await
}

pub(crate) async fn dinas(city: &City) -> Organisation {
    city.organisation(OrganisationKind::RegistryOffice, "Dinas Koperasi dan Usaha Mikro").await
}

pub(crate) async fn inspector(city: &City) -> Actor {
    let inspectorate = city.organisation(OrganisationKind::Inspectorate, "Inspektorat").await;
    city.person("Bambang Awas", Role::Inspector, &inspectorate).await
}

pub(crate) async fn office(city: &City) -> Actor {
    let dinas = dinas(city).await;
    city.person("Ratna Widyastuti", Role::RegistryOfficer, &dinas).await
}

/// Begins a registration and gives its address.
pub(crate) async fn register(owner: &Client, name: &str) -> String {
    let form = [("name", name), ("category", "makanan"), ("activity", "nasi kotak dan soto")];
    let begun = owner.post("/registry/registrations", &form).await.expect(303);
    begun.location.unwrap().trim_end_matches("/kbli").to_owned()
}

/// The version a page was drawn from.
pub(crate) async fn version(client: &Client, page: &str) -> String {
    let page = client.get(page).await.expect(200);
    let version = page.body.split("name=\"version\" value=\"").nth(1).unwrap();
    version.split('"').next().unwrap().to_owned()
}

/// Fills in every part after the first; gives the address the last one led to.
pub(crate) async fn answers(owner: &Client, at: &str) -> String {
    answers_with(owner, at, NIK, "33.74.09.1004").await
}

pub(crate) async fn answers_with(owner: &Client, at: &str, nik: &str, village: &str) -> String {
    send(owner, at, "kbli", &[("kbli", "56102")]).await;
    let place = [("village", village), ("street", "Jl. Menoreh Raya 41"), ("rt", "6"), ("rw", "3")];
    let photo = send(owner, at, "place", &place).await;
    assert_eq!(photo, format!("{at}/photo"), "the next empty part follows");
    let person = [("name", "Siti Rahayu"), ("nik", nik), ("phone", "0812 3456 7890")];
    send(owner, at, "owner", &person).await;
    let size = [("nib", ""), ("annual_sales", "180.000.000"), ("workers", "2")];
    send(owner, at, "size", &size).await
}

async fn send(owner: &Client, at: &str, part: &str, form: &[(&str, &str)]) -> String {
    let version = version(owner, &format!("{at}/{part}?district=33.74.09")).await;
    let mut form = form.to_vec();
    form.push(("version", &version));
    let saved = owner.post(&format!("{at}/{part}"), &form).await.expect(303);
    saved.location.unwrap()
}

/// Registers, sends and has it verified; gives its address.
pub(crate) async fn verified(city: &City, owner: &Actor, name: &str, nik: &str) -> String {
    let at = register(&owner.client, name).await;
    answers_with(&owner.client, &at, nik, "33.74.09.1004").await;
    owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let officer = office(city).await;
    decide(&officer.client, &at.replace("registrations", "records"), "verify", "")
        .await
        .expect(303);
    at
}

/// Decides on a record as it stands now.
pub(crate) async fn decide(
    officer: &Client,
    record: &str,
    decision: &str,
    reason: &str,
) -> testkit::Page {
    let version = version(officer, record).await;
    let form = [("decision", decision), ("reason", reason), ("version", version.as_str())];
    officer.post(&format!("{record}/decision"), &form).await
}
