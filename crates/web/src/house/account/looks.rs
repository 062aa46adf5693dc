//! Who looked at one's personal numbers, when and why.

use askama::Template;
use base::account::look::{self, Look};
use schemars::JsonSchema;
use serde::Serialize;

use super::person_id;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;

/// Every look, newest first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/looks.html")]
pub(crate) struct LooksPage {
    looks: Vec<Look>,
}

impl LooksPage {
    /// One look by an invented officer.
    #[cfg(test)]
    pub(crate) fn sample() -> LooksPage {
        let look = Look {
            at: base::Timestamp::from_ms(1_773_300_000_000),
            by: "Petugas Rekaan".to_owned(),
            organisation: Some("Dinas Koperasi".to_owned()),
            what: "personal-nik".to_owned(),
            purpose: "verify".to_owned(),
            words: "Memeriksa kecocokan dengan KTP".to_owned(),
        };
        LooksPage { looks: vec![look] }
    }
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    let id = person_id(&ctx)?;
    let looks = ctx.read(move |read| look::of_person(read, &id)).await?;
    ctx.page(LooksPage { looks })
}
