//! Every route of every area is tried by people who may not use it: the table is the only list, so
//! none is forgotten.

use std::sync::Arc;

use base::Role;
use base::account::organisation::OrganisationKind;
use catalog::search::Index;
use particulars::region::CityRegions;
use testkit::{City, Client, Page};
use web::{Access, Area, Audience, RouteInfo};

/// Well formed, and nobody's.
const NOBODYS_ID: &str = "01m841bca2hjf1nzeccvmv1xvw";

fn areas() -> Vec<Area> {
    vec![
        web::house(),
        ledger::area(),
        payments::area(),
        registry::area(),
        catalog::area(),
        market::area(),
        procurement::area(),
    ]
}

async fn city() -> (City, Vec<RouteInfo>) {
    let routes = areas().iter().flat_map(|area| area.routes.infos().collect::<Vec<_>>()).collect();
    let city = City::open_with(areas(), |opening| {
        let index = Index::in_memory().expect("an index fits in memory");
        let regions = CityRegions::of_code("33.74").expect("the test city has its regions");
        opening.with(Arc::new(index)).with(Arc::new(regions))
    });
    (city.await, routes)
}

/// The path with every `{part}` filled in.
fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { NOBODYS_ID.into() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<String>>().join("/")
}

async fn knock(client: &Client, route: &RouteInfo, path: &str) -> Page {
    match route.method {
        "GET" => client.get(path).await,
        _ => client.post(path, &[]).await,
    }
}

#[tokio::test]
async fn a_visitor_is_sent_to_the_door_by_every_route_that_is_not_public() {
    let (city, routes) = city().await;
    let visitor = city.visitor();
    for route in routes.iter().filter(|route| route.access != Access::Anyone) {
        let path = filled(route.path);
        let page = knock(&visitor, route, &path).await;
        let to_the_door = page.location.as_deref().is_some_and(|to| to.starts_with("/sign-in"));
        let refused = to_the_door || page.status.as_u16() == 401;
        assert!(refused, "{} {path}: {} {:?}", route.method, page.status, page.location);
        if route.audience == Audience::Both {
            let page = knock(&visitor, route, &format!("/api/v1{path}")).await;
            assert_eq!(page.status.as_u16(), 401, "{} /api/v1{path}", route.method);
        }
    }
}

#[tokio::test]
async fn somebody_without_a_role_is_refused_where_one_is_wanted() {
    let (city, routes) = city().await;
    let citizen = city.citizen("Warga Rekaan").await;
    for route in routes.iter().filter(|route| matches!(route.access, Access::May(_))) {
        let path = filled(route.path);
        let page = knock(&citizen.client, route, &path).await;
        assert_eq!(page.status.as_u16(), 403, "{} {path}", route.method);
    }
}

#[tokio::test]
async fn no_route_falls_over_when_its_form_is_empty_or_its_thing_is_not_there() {
    let (city, routes) = city().await;
    let office = city.organisation(OrganisationKind::RegistryOffice, "Dinas Rekaan").await;
    let officer = city.person("Petugas Rekaan", Role::RegistryOfficer, &office).await;
    for client in [city.visitor(), officer.client] {
        for route in &routes {
            let path = filled(route.path);
            let page = knock(&client, route, &path).await;
            assert!(page.status.as_u16() < 500, "{} {path}: {}", route.method, page.text());
        }
    }
}
