//! One piece of evidence before an officer: looked at with a reason that its owner reads, then
//! accepted or sent back.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Path, Routes, filters};
use askama::Template;
use base::account::look::{self, Purpose};
use base::files::FileKind;
use base::{Error, Id, Problem, Read, Result, Timestamp, Tx, require};
use data_encoding::BASE64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::{Line, content, shown};
use super::look::Why;
use super::section::Head;
use super::sheet::{self, SheetRow};
use crate::business::{self, BusinessId};
use crate::evidence::{self, Check, Evidence, Standing, Verdict};
use crate::owner;
use crate::verification::{self, VERIFY};
use particulars::region::CityRegions;

pub(super) fn routes(routes: Routes) -> Routes {
    let decides = Access::May(VERIFY);
    routes
        .get("/registry/evidence/{id}", show, decides)
        .gives::<PaperPage>()
        .post("/registry/evidence/{id}/look", reveal, decides)
        .takes::<Why>()
        .needs(&["purpose"])
        .gives::<PaperPage>()
        .post("/registry/evidence/{id}/verdict", judge, decides)
        .takes::<VerdictForm>()
        .needs(&["verdict"])
        .gives::<BusinessId>()
}

/// What an officer sees of one piece of evidence.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "paper.html")]
struct PaperPage {
    head: Head,
    line: Line,
    id: Id<Evidence>,
    /// What the record says, to compare with.
    rows: Vec<SheetRow>,
    /// Whether a look wants a reason.
    personal: bool,
    kept: bool,
    is_photo: bool,
    waits: bool,
    /// The officer's own business: another officer checks the evidence.
    own: bool,
    /// The picture right after somebody gave their reason, as an address that holds it.
    picture: Option<String>,
    #[serde(skip)]
    verdict: String,
    #[serde(skip)]
    reason: String,
    #[serde(skip)]
    why: Why,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn show(ctx: Ctx, Path(id): Path<Id<Evidence>>) -> Answer {
    ctx.page(page(&ctx, id).await?)
}

/// Rows of the record that papers are compared with.
const COMPARED: [&str; 6] = [
    "registry-owner-name",
    "registry-nik",
    "registry-nib",
    "registry-kbli",
    "registry-place",
    "registry-street",
];

async fn page(ctx: &Ctx, id: Id<Evidence>) -> Result<PaperPage> {
    let regions: Arc<CityRegions> = ctx.resource();
    ctx.read(move |read| {
        require(read, VERIFY)?;
        let found = evidence::find(read, &id)?;
        let business = business::find(read, &found.business)?;
        let owner = owner::find(read, &business.owner)?;
        let own = verification::is_own(read, &business)?;
        let mut rows = sheet::rows(&regions, &business, &owner);
        rows.retain(|row| COMPARED.contains(&row.label));
        Ok(PaperPage {
            head: Head::of(&business, false, ""),
            id: id.clone(),
            rows,
            personal: found.what.is_personal(),
            kept: found.file.is_some(),
            is_photo: found.media == FileKind::Jpeg,
            waits: found.state == Standing::Waiting && !own,
            own,
            line: Line::of(found),
            picture: None,
            verdict: String::new(),
            reason: String::new(),
            why: Why::default(),
            problems: Vec::new(),
        })
    })
    .await
}

async fn reveal(ctx: Ctx, Path(id): Path<Id<Evidence>>, Input(form): Input<Why>) -> Answer {
    let of = id.clone();
    let looked = match form.parse() {
        Ok(why) => ctx.write("registry.look_at_paper", move |tx| look_at(tx, &of, &why)).await,
        Err(error) => Err(error),
    };
    let looked = match looked {
        Ok(looked) => still_seen(&ctx, id.clone()).await.map(|()| looked),
        Err(error) => Err(error),
    };
    match looked {
        Ok((file, what, media)) => {
            let bytes = content(&ctx, Some(&file)).await?;
            let media = FileKind::parse(&media).unwrap_or(FileKind::Other);
            if media != FileKind::Jpeg || !ctx.wants_page() {
                return Ok(shown(media, &what, bytes));
            }
            let mut page = page(&ctx, id).await?;
            page.picture = Some(format!("data:image/jpeg;base64,{}", BASE64.encode(&bytes)));
            ctx.page(page)
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let mut page = page(&ctx, id).await?;
            (page.why, page.problems) = (form, problems);
            ctx.again(page)
        }
        Err(error) => Err(error.into()),
    }
}

/// A form that is sent once more gets its first answer, and no look is written down for it: that
/// ends with the minutes of the look.
async fn still_seen(ctx: &Ctx, id: Id<Evidence>) -> Result<()> {
    let is_over = move |read: &mut Read<'_>| {
        let last = evidence::looked_at(read, &id)?;
        Ok(last.is_none_or(|at| at.plus_ms(look::SHOWN_MS) <= Timestamp::of(read)))
    };
    match ctx.read(is_over).await? {
        true => Err(Error::invalid("purpose", "registry-look-over")),
        false => Ok(()),
    }
}

/// Where the file lies, what it shows and its kind, in the transaction that writes down who looked
/// and why.
fn look_at(tx: &mut Tx<'_>, id: &Id<Evidence>, why: &Purpose) -> Result<(String, String, String)> {
    require(tx, VERIFY)?;
    let found = evidence::find(tx, id)?;
    let file = found.file.ok_or(Error::NotFound)?;
    look::record(tx, found.business.as_str(), &found.what.text_key(), why)?;
    evidence::looked(tx, id)?;
    Ok((file, found.what.code().to_owned(), found.media.as_str().to_owned()))
}

/// An officer's word on the evidence.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct VerdictForm {
    /// `accept` or `return`.
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    reason: String,
}

async fn judge(ctx: Ctx, Path(id): Path<Id<Evidence>>, Input(form): Input<VerdictForm>) -> Answer {
    let judged = match Verdict::parse(&form.verdict) {
        Some(verdict) => {
            let reason = form.reason.trim().to_owned();
            let cmd = Check { evidence: id.clone(), verdict, reason };
            ctx.write("registry.check_evidence", move |tx| evidence::check(tx, &cmd)).await
        }
        None => Err(Error::invalid("verdict", "registry-evidence-verdict-wanted")),
    };
    match judged {
        Ok(business) => {
            let at = format!("/registry/records/{business}");
            Ok(ctx.done_saying(at, "registry-evidence-now-checked", business))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let mut page = page(&ctx, id).await?;
            (page.verdict, page.reason, page.problems) = (form.verdict, form.reason, problems);
            ctx.again(page)
        }
        Err(error) => Err(error.into()),
    }
}
