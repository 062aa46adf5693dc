//! The city's front: the page everyone sees first, its open data, and what operators watch.

mod home;
mod open_data;
mod robots;
mod watch;

pub(crate) use watch::fold_measurements;

use procurement::PackageHead;
use web::{Access, Area, NavItem, Routes, Shelf};

const NAV: &[NavItem] = &[NavItem {
    label: "front-nav-home",
    href: "/",
    icon: "home",
    access: Access::Anyone,
    shelf: Shelf::Services,
}];

/// The front, as an area like the others.
pub(crate) fn area() -> Area {
    let rooms = [home::routes, open_data::routes, robots::routes, watch::routes];
    let routes = rooms.into_iter().fold(Routes::default(), |routes, room| room(routes));
    Area {
        texts: &[("id", include_str!("../texts/id.ftl")), ("en", include_str!("../texts/en.ftl"))],
        nav: NAV,
        ..Area::new("front", routes)
    }
}

/// Who publishes this city's purchases.
pub(crate) fn ocds_head(city: &web::City) -> PackageHead {
    PackageHead {
        uri: format!("{}/open-data/ocds/releases", city.base_url),
        publisher: format!("Pemerintah {}", city.name),
        publisher_code: city.region_code.clone(),
        policy: format!("{}/open-data", city.base_url),
    }
}
