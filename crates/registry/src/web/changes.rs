//! What an owner wants changed of a checked record, old beside new, and an officer's answer.

use ::web::{Access, Answer, Ctx, Input, Path, Routes};
use base::{Error, Id, Problem, Read, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::queue::Asked;
use super::record;
use super::sheet::{self, SheetRow};
use crate::business::{Business, BusinessId};
use crate::change::{self, Change};
use crate::owner::Owner;
use crate::verification::VERIFY;
use particulars::region::CityRegions;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .post("/registry/changes/{id}/decision", decide, Access::May(VERIFY))
        .takes::<AnswerForm>()
        .needs(&["answer"])
        .versioned()
        .gives::<BusinessId>()
        .post("/registry/changes/{id}/withdrawal", withdraw, Access::Person)
        .gives::<BusinessId>()
}

/// One row that differs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Row {
    pub(super) label: &'static str,
    pub(super) old: String,
    pub(super) new: String,
    pub(super) is_key: bool,
}

impl Row {
    /// What was, then what should be or has become.
    pub(super) fn values(&self) -> [&str; 2] {
        [&self.old, &self.new]
    }
}

/// A change, row by row.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Shown {
    pub(super) id: Id<Change>,
    pub(super) state_key: String,
    pub(super) tone: &'static str,
    pub(super) asked_at: base::Timestamp,
    pub(super) reason: String,
    pub(super) rows: Vec<Row>,
}

/// A change of this record, old beside new.
pub(super) fn shown(
    regions: &CityRegions,
    business: &Business,
    owner: &Owner,
    change: Change,
) -> Shown {
    let (old, new) = change.sides(business);
    let old = sheet::rows(regions, &old, owner);
    let new = sheet::rows(regions, &new, owner);
    let row = |(old, new): (SheetRow, SheetRow)| Row {
        label: old.label,
        old: old.value,
        new: new.value,
        is_key: old.is_key,
    };
    let differing = old.into_iter().zip(new).filter(|(old, new)| old.value != new.value);
    Shown {
        rows: differing.map(row).collect(),
        state_key: format!("registry-change-{}", change.standing.code()),
        tone: change.standing.tone(),
        asked_at: change.asked_at,
        reason: change.reason,
        id: change.id,
    }
}

/// What waits and what was, for one record.
pub(super) fn of(
    read: &mut Read<'_>,
    regions: &CityRegions,
    business: &Business,
    owner: &Owner,
) -> Result<(Option<Shown>, Vec<Shown>)> {
    let waiting = change::waiting(read, &business.id)?;
    let earlier = change::earlier(read, &business.id)?;
    let shown = |change: Change| shown(regions, business, owner, change);
    Ok((waiting.map(shown), earlier.into_iter().map(shown).collect()))
}

/// An officer's answer to a change.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct AnswerForm {
    /// `accept` or `refuse`.
    #[serde(default)]
    answer: String,
    #[serde(default)]
    change_reason: String,
    /// The version of the record the officer has seen.
    #[serde(default)]
    version: String,
}

async fn decide(ctx: Ctx, Path(id): Path<Id<Change>>, Input(form): Input<AnswerForm>) -> Answer {
    let accept = form.answer == "accept";
    let answered = if accept || form.answer == "refuse" {
        let cmd = change::Answer {
            change: id.clone(),
            version: ctx.version(&form.version),
            accept,
            reason: form.change_reason.trim().to_owned(),
        };
        ctx.write("registry.answer_change", move |tx| change::answer(tx, &cmd)).await
    } else {
        Err(Error::invalid("answer", "registry-change-answer-wanted"))
    };
    let problems = match answered {
        Ok(business) => {
            let said =
                if accept { "registry-now-change-accepted" } else { "registry-now-change-refused" };
            return Ok(ctx.done_saying(format!("/registry/records/{business}"), said, business));
        }
        Err(Error::Invalid(problems)) => problems,
        Err(Error::Refused(code)) if ctx.wants_page() => vec![Problem::new("answer", code)],
        Err(error) => return Err(error.into()),
    };
    if !ctx.wants_page() {
        return Err(Error::Invalid(problems).into());
    }
    let business = ctx.read(move |read| change::business_of(read, &id)).await?;
    let mut page = record::page(&ctx, business, Asked::default()).await?;
    (page.change_reason, page.problems) = (form.change_reason, problems);
    ctx.again(page)
}

async fn withdraw(ctx: Ctx, Path(id): Path<Id<Change>>) -> Answer {
    let business = ctx.write("registry.withdraw_change", move |tx| change::withdraw(tx, &id));
    let business = business.await?;
    let at = format!("/registry/registrations/{business}");
    Ok(ctx.done_saying(at, "registry-now-change-dropped", business))
}
