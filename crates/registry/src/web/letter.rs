//! What an owner without an account must mend, on a page to print or to read out on the telephone.

use ::web::{Access, Answer, Ctx, Path, Routes, filters};
use askama::Template;
use base::Error;
use schemars::JsonSchema;
use serde::Serialize;

use super::section::Head;
use crate::business::{self, BusinessId, State};
use crate::owner;
use crate::registration::OFFICE;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/registry/records/{id}/letter", show, Access::May(OFFICE)).gives::<LetterPage>()
}

/// The letter.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "letter.html")]
struct LetterPage {
    head: Head,
    owner: String,
    /// What is wanted, in the officer's words.
    wanted: String,
    office: String,
}

async fn show(ctx: Ctx, Path(id): Path<BusinessId>) -> Answer {
    let office = ctx.city().registry_name.clone();
    let page = ctx
        .read(move |read| {
            let business = business::find(read, &id)?;
            if business.state != State::NeedsFix {
                return Err(Error::NotFound);
            }
            let owner = owner::find(read, &business.owner)?.name;
            let head = Head::of(&business, false, "");
            Ok(LetterPage { head, owner, wanted: business.decision_note, office: office.clone() })
        })
        .await?;
    ctx.page(page)
}
