//! The catalogue: what the city's businesses offer, for how much, and how many are left. The
//! three shops share it.

mod announcement;
mod events;
mod measure;
mod named;
pub mod outlet;
pub mod product;
pub mod rating;
mod refusal;
pub mod search;
pub mod stock;
mod web;

pub use product::{Product, ProductId};
pub use refusal::Refusal;

use ::web::{Area, Follower};

/// Everything the city needs to know about this area.
pub fn area() -> Area {
    Area {
        migrations: &[
            ("0001_products", include_str!("../migrations/0001_products.sql")),
            ("0002_outlets", include_str!("../migrations/0002_outlets.sql")),
            ("0003_ratings", include_str!("../migrations/0003_ratings.sql")),
        ],
        texts: &[("id", include_str!("../texts/id.ftl")), ("en", include_str!("../texts/en.ftl"))],
        grants: web::GRANTS,
        nav: web::NAV,
        followers: &[Follower {
            name: "catalog.search",
            reached: |ctx| Ok(ctx.resource::<search::Index>().reached()?),
        }],
        named: Some(named::named),
        files: Some(product::photo_hashes),
        verify: Some(stock::verify),
        consumers: &[announcement::TELLER],
        topics: announcement::TOPICS,
        ..Area::new("catalog", web::routes())
    }
}
