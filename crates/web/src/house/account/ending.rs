//! Before a role ends: what ends, for whom, and what would be left waiting. The same page for the
//! desk and for the head of an agency.

use askama::Template;
use base::account::PersonId;
use base::account::membership::{self, End, Farewell, MembershipId};
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::area::Heap;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Path};

/// Why it ends; may be empty.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct EndForm {
    #[serde(default)]
    reason: String,
}

/// The question.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/role_end.html")]
pub(crate) struct EndPage {
    #[serde(flatten)]
    farewell: Farewell,
    /// How much waits for holders of this role here.
    waiting: i64,
    /// The same by what it is.
    heaps: Vec<Waiting>,
    /// Where the role stands: the person, or the agency's people.
    back: String,
    #[serde(skip)]
    action: String,
    #[serde(skip)]
    reason: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// Work of one sort that waits for the role.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Waiting {
    what: String,
    count: i64,
    /// Where it is done, for those who may go there.
    href: String,
}

impl EndPage {
    /// Work waits and nobody else would do it.
    fn leaves_work(&self) -> bool {
        self.waiting > 0 && self.farewell.others == 0
    }
}

/// Where the question is asked: the page to go back to, and the address of the role.
struct Place {
    back: String,
    action: String,
}

impl Place {
    fn desk(person: &PersonId, membership: &MembershipId) -> Place {
        let back = format!("/people/{person}");
        Place { action: format!("{back}/memberships/{membership}/end"), back }
    }

    fn agency(membership: &MembershipId) -> Place {
        let back = "/agency/people".to_owned();
        Place { action: format!("{back}/{membership}/end"), back }
    }
}

async fn page(
    ctx: &Ctx,
    id: MembershipId,
    place: Place,
    (form, problems): (EndForm, Vec<Problem>),
) -> Result<EndPage> {
    let areas = ctx.app.0.waits.clone();
    let found = ctx.read(move |read| {
        let farewell = membership::farewell(read, &id)?;
        let held = &farewell.held.membership;
        let mut heaps = Vec::new();
        for waits in &areas {
            heaps.extend(waits(read, held.role, &held.organisation)?);
        }
        Ok((farewell, heaps))
    });
    let (farewell, mut heaps) = found.await?;
    heaps.retain(|heap| heap.count > 0);
    let waiting = heaps.iter().map(|heap| heap.count).sum();
    let texts = ctx.texts();
    let told = |heap: &Heap| Waiting {
        what: texts.get(heap.label),
        count: heap.count,
        href: if ctx.admits(heap.access) { heap.href.to_owned() } else { String::new() },
    };
    let heaps = heaps.iter().map(told).collect();
    let Place { back, action } = place;
    Ok(EndPage { farewell, waiting, heaps, back, action, reason: form.reason, problems })
}

async fn end(ctx: &Ctx, id: MembershipId, place: Place, form: EndForm) -> Answer {
    let cmd = End { membership: id.clone(), reason: form.reason.clone() };
    let ended = ctx.write("account.end_role", move |tx| membership::end(tx, &cmd)).await;
    let problems = match ended {
        Ok(()) => return Ok(ctx.done_saying(place.back, "account-role-taken", ())),
        Err(Error::Invalid(problems)) => problems,
        Err(Error::Refused("account-last-admin")) => {
            vec![Problem::new("reason", "account-last-admin")]
        }
        Err(error) => return Err(error.into()),
    };
    ctx.again(page(ctx, id, place, (form, problems)).await?)
}

pub(crate) async fn ask(ctx: Ctx, Path((person, id)): Path<(PersonId, MembershipId)>) -> Answer {
    let place = Place::desk(&person, &id);
    let page = page(&ctx, id, place, <_>::default()).await?;
    ctx.page(page)
}

pub(crate) async fn submit(
    ctx: Ctx,
    Path((person, id)): Path<(PersonId, MembershipId)>,
    Input(form): Input<EndForm>,
) -> Answer {
    let place = Place::desk(&person, &id);
    end(&ctx, id, place, form).await
}

pub(crate) async fn ask_in_agency(ctx: Ctx, Path(id): Path<MembershipId>) -> Answer {
    let place = Place::agency(&id);
    let page = page(&ctx, id, place, <_>::default()).await?;
    ctx.page(page)
}

pub(crate) async fn submit_in_agency(
    ctx: Ctx,
    Path(id): Path<MembershipId>,
    Input(form): Input<EndForm>,
) -> Answer {
    let place = Place::agency(&id);
    end(&ctx, id, place, form).await
}
