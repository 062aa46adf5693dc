//! The pages that belong to no single area: the door, accounts, messages, rules, papers.

mod account;

use crate::area::Area;
use crate::photo;
use crate::routes::{Access, Routes};

const TEXTS: &[(&str, &str)] = &[
    ("id", include_str!("../texts/id.ftl")),
    ("en", include_str!("../texts/en.ftl")),
    ("id", include_str!("../texts/errors.id.ftl")),
    ("en", include_str!("../texts/errors.en.ftl")),
    ("id", include_str!("../texts/account.id.ftl")),
    ("en", include_str!("../texts/account.en.ftl")),
    base::TEXTS[0],
    base::TEXTS[1],
];

/// The house itself, as an area like the others.
pub fn area() -> Area {
    Area {
        texts: TEXTS,
        grants: base::GRANTS,
        jobs: &[base::message::MAIL],
        nav: &account::NAV,
        ..Area::new("house", routes())
    }
}

fn routes() -> Routes {
    account::routes(Routes::default()).get("/files/{photo}/{size}", photo::show, Access::Anyone).raw()
}
