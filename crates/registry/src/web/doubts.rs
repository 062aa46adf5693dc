//! One doubt before an officer: what was read, what they found, and how they know.

use ::web::{Access, Answer, Ctx, Input, Path, Routes, filters};
use askama::Template;
use base::{Error, Id, Problem, Result};
use particulars::identity::Nib;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::section::Head;
use crate::business::{self, BusinessId};
use crate::doubt::{self, Doubt, Settle};
use crate::reason::{Reason, WHYS};
use crate::verification::{self, VERIFY};

pub(super) fn routes(routes: Routes) -> Routes {
    let decides = Access::May(VERIFY);
    routes
        .get("/registry/doubts/{id}", show, decides)
        .gives::<DoubtPage>()
        .post("/registry/doubts/{id}/settlement", settle, decides)
        .takes::<DoubtForm>()
        .needs(&["answer"])
        .gives::<BusinessId>()
}

/// What an officer found.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct DoubtForm {
    /// `right`, or for a doubtful NIB `nib` or `no-nib`.
    #[serde(default)]
    answer: String,
    /// Thirteen digits, with `nib`.
    #[serde(default)]
    nib: String,
    /// The code of a usual reason.
    #[serde(default)]
    why: String,
    /// A reason in words of one's own.
    #[serde(default)]
    note: String,
}

impl DoubtForm {
    fn parse(&self, doubt: Id<Doubt>) -> Result<Settle> {
        let answer = match self.answer.as_str() {
            "nib" => {
                let nib = Nib::parse(&self.nib);
                let nib = nib.map_err(|_| Error::invalid("nib", "registry-nib-thirteen"))?;
                doubt::Answer::Nib(nib.as_str().to_owned())
            }
            "no-nib" => doubt::Answer::NoNib,
            "right" => doubt::Answer::Right,
            _ => return Err(Error::invalid("answer", "registry-doubt-answer-wanted")),
        };
        let reason = match answer {
            doubt::Answer::Right => Reason::parse(&self.why, &self.note)?,
            _ => Reason::parse("asked-owner", &self.note)?,
        };
        Ok(Settle { doubt, answer, reason })
    }
}

/// One doubt.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "doubt.html")]
struct DoubtPage {
    head: Head,
    doubt: Doubt,
    /// Whether only a NIB, or the word that there is none, settles it.
    wants_nib: bool,
    /// The officer's own business: another officer settles it.
    own: bool,
    #[serde(skip)]
    form: DoubtForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl DoubtPage {
    /// The part of the registration where it is mended.
    fn section(&self) -> &'static str {
        super::record::section_of(&self.doubt.field)
    }

    fn whys(&self) -> impl Iterator<Item = &'static str> {
        WHYS.into_iter()
    }
}

async fn page(ctx: &Ctx, id: Id<Doubt>) -> Result<DoubtPage> {
    ctx.read(move |read| {
        let doubt = doubt::find(read, &id)?;
        let business = business::find(read, &doubt.business)?;
        Ok(DoubtPage {
            head: Head::of(&business, false, ""),
            wants_nib: doubt::wants_nib(&doubt, &business),
            own: verification::is_own(read, &business)?,
            doubt,
            form: DoubtForm::default(),
            problems: Vec::new(),
        })
    })
    .await
}

async fn show(ctx: Ctx, Path(id): Path<Id<Doubt>>) -> Answer {
    let page = page(&ctx, id).await?;
    ctx.page(page)
}

async fn settle(ctx: Ctx, Path(id): Path<Id<Doubt>>, Input(form): Input<DoubtForm>) -> Answer {
    let settled = match form.parse(id.clone()) {
        Ok(cmd) => ctx.write("registry.settle", move |tx| doubt::settle(tx, &cmd)).await,
        Err(error) => Err(error),
    };
    let problems = match settled {
        Ok(business) => {
            let at = format!("/registry/records/{business}");
            return Ok(ctx.done_saying(at, "registry-doubt-settled", business));
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => problems,
        Err(Error::Refused(code)) if ctx.wants_page() => vec![Problem::new("answer", code)],
        Err(error) => return Err(error.into()),
    };
    let mut page = page(&ctx, id).await?;
    (page.form, page.problems) = (form, problems);
    ctx.again(page)
}
