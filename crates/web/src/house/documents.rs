//! Papers outside: whoever holds one sees here whether it is true, and whoever it concerns gets it
//! as a PDF. Both come from the row as it was issued.

mod check;
mod pdf;

use base::document::Document;
use base::paper::Paper;
use base::{Language, Say};

use crate::app::City;
use crate::routes::{Access, Routes};

/// Adds the routes of papers.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/documents/check", check::ask, Access::Anyone)
        .asks(&["code"])
        .people_only()
        .get("/documents/check/{code}", check::show, Access::Anyone)
        .gives::<check::PaperPage>()
        .get("/documents/{file}", pdf::show, Access::Anyone)
        .asks(&["code"])
        .raw()
}

/// A paper as it is drawn: with the city's name, its number, and where to check it.
fn drawn(document: &Document, city: &City) -> Option<Paper> {
    let mut paper: Paper = serde_json::from_value(document.paper.clone()).ok()?;
    paper.issuer.city = format!("Pemerintah {}", city.name);
    paper.issuer.slug.clone_from(&city.slug);
    paper.number.clone_from(&document.number);
    paper.check_url = Some(format!("{}/documents/check/{}", city.base_url, document.check_code));
    let since = document.revoked_at.map(|at| at.date().say(Language::PAPERS));
    let reason = document.revoke_reason.clone().unwrap_or_default();
    paper.revoked = since.map(|since| format!("{since}: {reason}"));
    Some(paper)
}
