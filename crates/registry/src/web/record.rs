//! One record before an officer: the problem first, the data, who looked, what happened, and the
//! decision last.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use axum::http::{HeaderValue, header};
use base::{Date, Error, Problem, Read, Result, deadline, require};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::changes::{self, Shown};
use super::evidence::Line;
use super::look::{self, Opened, Seen, Why};
use super::queue::{self, Asked};
use super::section::{Head, Section};
use super::sheet::{self, SheetRow};
use super::visits;
use crate::business::{self, Business, BusinessId, Source, State};
use crate::doubt::{self, Doubt};
use crate::evidence;
use crate::intake::{self, Origin};
use crate::owner::{self, Owner};
use crate::pair::{self, Pair};
use crate::registration::{OFFICE, VERIFICATION};
use crate::timeline::{self, Moment};
use crate::verification::{self, Decide, Decision, VERIFY};

pub(super) fn routes(routes: Routes) -> Routes {
    let decides = Access::May(VERIFY);
    routes
        .get("/registry/records/{id}", show, Access::May(OFFICE))
        .gives::<RecordPage>()
        .post("/registry/records/{id}/decision", decide, decides)
        .takes::<DecisionForm>()
        .needs(&["decision"])
        .versioned()
        .gives::<State>()
}

/// A doubt with the part of the registration where it is mended.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Doubtful {
    doubt: Doubt,
    section: &'static str,
}

/// What a decision is called, and whether it fits now.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Choice {
    code: &'static str,
    chosen: bool,
}

/// Everything an officer needs to decide on one record.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "record.html")]
pub(super) struct RecordPage {
    head: Head,
    business: Business,
    state_key: String,
    rows: Vec<SheetRow>,
    doubts: Vec<Doubtful>,
    pairs: Vec<Pair>,
    /// The other record that has the same NIB.
    nib_twin: Option<Named>,
    merged_into: Option<String>,
    /// What its owner wants changed.
    change: Option<Shown>,
    /// What was changed or refused before.
    earlier: Vec<Shown>,
    evidence: Vec<Line>,
    visits: Vec<visits::Line>,
    /// Records that a list brought under the same NIK.
    claimed: Vec<Named>,
    /// Whether another registration names the same NIK.
    contested: bool,
    others: Vec<Named>,
    has_account: bool,
    /// The list and row it came in with.
    origin: Option<Origin>,
    due: Option<Date>,
    late: bool,
    moments: Vec<Moment>,
    choices: Vec<Choice>,
    decides: bool,
    /// The officer's own business: another officer decides.
    own: bool,
    /// Numbers in plain digits, for some minutes after the reader looked at them.
    opened: Vec<Opened>,
    #[serde(skip)]
    lines: Vec<queue::Line>,
    #[serde(skip)]
    reason: String,
    #[serde(skip)]
    pub(super) change_reason: String,
    #[serde(skip)]
    pub(super) why: Why,
    #[serde(skip)]
    pub(super) problems: Vec<Problem>,
}

/// A record by its number and name.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Named {
    id: BusinessId,
    number: String,
    name: String,
    state_key: String,
}

impl Named {
    fn of(business: Business) -> Named {
        let state_key = business.state.text_key();
        Named { id: business.id, number: business.number, name: business.name, state_key }
    }
}

impl RecordPage {
    /// The numbers that may be opened: code, and text of the button.
    fn to_see(&self) -> Vec<(&'static str, &'static str)> {
        let hidden = |what: &&Seen| {
            let row = self.rows.iter().find(|row| row.label == what.label());
            let opened = self.opened.iter().any(|opened| opened.what == what.code());
            !opened && row.is_some_and(|row| !row.value.is_empty())
        };
        let seen = Seen::ALL.iter().filter(hidden).filter(|_| self.decides);
        seen.map(|what| (what.code(), what.button())).collect()
    }

    /// Whether the drawer of looks stands open: something in it is wrong.
    fn look_failed(&self) -> bool {
        let fields = ["what", "purpose", "purpose_words"];
        self.problems.iter().any(|problem| fields.contains(&problem.field.as_str()))
    }

    /// Whether the owner reads no messages here and something is asked of them.
    fn is_asked_elsewhere(&self) -> bool {
        self.business.state == State::NeedsFix && !self.has_account
    }

    /// An officer reads whose NIB it is.
    fn name_nib_twin(&mut self) {
        let Some(other) = &self.nib_twin else { return };
        let taken = self.problems.iter_mut().find(|it| it.code == "registry-nib-taken");
        if let Some(taken) = taken {
            let name = format!("{} ({})", other.name, other.number);
            *taken = Problem::with("nib-twin", "registry-nib-of", name);
        }
    }

    /// What a decision brings; who has no account cannot sell, nor read what is asked of them.
    fn why(&self, choice: &Choice) -> String {
        let listed = !self.has_account && matches!(choice.code, "verify" | "return");
        let who = if listed { "listed-" } else { "" };
        format!("registry-decision-{who}{}-why", choice.code)
    }

    /// The parts that consist of words.
    fn sections(&self) -> impl Iterator<Item = &'static str> {
        let worded = Section::ALL.into_iter().filter(|section| *section != Section::Photo);
        worded.map(Section::code)
    }
}

async fn show(ctx: Ctx, Path(id): Path<BusinessId>, Query(asked): Query<Asked>) -> Answer {
    let page = page(&ctx, id, asked).await?;
    let is_open = !page.opened.is_empty();
    let mut response = ctx.page_of(page.head.version, page)?;
    if is_open {
        // No copy stays behind when the time is over.
        let never = HeaderValue::from_static("private, no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, never);
    }
    Ok(response)
}

pub(super) async fn page(ctx: &Ctx, id: BusinessId, asked: Asked) -> Result<RecordPage> {
    let regions: Arc<CityRegions> = ctx.resource();
    let decides = ctx.admits(Access::May(VERIFY));
    let asked = asked.by_number(ctx.keyring());
    let (mut page, looked) = ctx
        .read(move |read| {
            let business = business::find(read, &id)?;
            require(read, OFFICE)?;
            let looked = look::looked(read, &business)?;
            let owner = owner::find(read, &business.owner)?;
            let (lines, _) = queue::lines(read, &regions, &asked, Some(&id))?;
            let mut page = record(read, &regions, business, &owner)?;
            page.lines = lines;
            page.own = decides && verification::is_own(read, &page.business)?;
            page.decides = decides && !page.own;
            Ok((page, looked))
        })
        .await?;
    let opened = looked.iter().map(|looked| Opened::of(ctx.keyring(), looked));
    page.opened = opened.collect::<Result<_>>()?;
    Ok(page)
}

fn record(
    read: &mut Read<'_>,
    regions: &CityRegions,
    business: Business,
    owner: &Owner,
) -> Result<RecordPage> {
    let id = business.id.clone();
    let (claimed, contested) = claims(read, owner)?;
    let (change, earlier) = changes::of(read, regions, &business, owner)?;
    let others = business::of_owner(read, &owner.id)?.into_iter().filter(|other| other.id != id);
    let clock = deadline::open_of(read, id.as_str())?;
    let due = clock.into_iter().find(|clock| clock.kind == VERIFICATION).map(|clock| clock.due);
    let merged_into = match &business.merged_into {
        Some(kept) => business::maybe(read, kept)?.map(|kept| kept.id.to_string()),
        None => None,
    };
    let doubtful = |doubt: Doubt| Doubtful { section: section_of(&doubt.field), doubt };
    let fitting = Decision::ALL.into_iter().filter(|decision| decision.fits(business.state));
    let choice = |decision: Decision| Choice { code: decision.code(), chosen: false };
    Ok(RecordPage {
        head: Head::of(&business, false, ""),
        state_key: business.state.text_key(),
        rows: sheet::rows(regions, &business, owner),
        doubts: doubt::open(read, &id)?.into_iter().map(doubtful).collect(),
        pairs: pair::of_business(read, &id)?,
        nib_twin: nib_twin(read, &business)?,
        merged_into,
        change,
        earlier,
        evidence: evidence::of_business(read, &id)?.into_iter().map(Line::of).collect(),
        visits: visits::lines(read, &id)?,
        claimed,
        contested,
        others: others.map(Named::of).collect(),
        has_account: owner.person.is_some(),
        origin: intake::origin(read, &id)?,
        late: due.is_some_and(|due| due < Date::today(read)),
        due,
        moments: timeline::of(read, id.as_str())?,
        choices: fitting.map(choice).collect(),
        decides: false,
        own: false,
        opened: Vec::new(),
        lines: Vec::new(),
        reason: String::new(),
        change_reason: String::new(),
        why: Why::default(),
        problems: Vec::new(),
        business,
    })
}

/// The other record that has the same NIB, when one of the two must be wrong.
fn nib_twin(read: &mut Read<'_>, business: &Business) -> Result<Option<Named>> {
    let counts =
        !matches!(business.state, State::Draft | State::Held | State::Closed | State::Rejected);
    let Some(nib) = business.nib.as_ref().filter(|_| counts) else { return Ok(None) };
    let other = pair::other_with_nib(read, &business.id, nib)?;
    other.map(|other| business::find(read, &other).map(Named::of)).transpose()
}

/// What verifying would also give to whoever says this NIK is theirs.
fn claims(read: &mut Read<'_>, owner: &Owner) -> Result<(Vec<Named>, bool)> {
    let Some(blind) = owner::claimed_nik(read, &owner.id)? else { return Ok((Vec::new(), false)) };
    let contested = owner::is_contested(read, &owner.id, &blind)?;
    let claimed = match owner::by_nik(read, &blind)? {
        Some(known) if known.id != owner.id => business::of_owner(read, &known.id)?,
        _ => Vec::new(),
    };
    Ok((claimed.into_iter().map(Named::of).collect(), contested))
}

/// Where a field of a list is mended.
pub(super) fn section_of(field: &str) -> &'static str {
    match field {
        "name" | "category" | "activity" | "row" => "trade",
        "kbli" => "kbli",
        "owner" | "nik" | "phone" | "email" | "consent" => "owner",
        "nib" | "annual_sales" | "assets" | "workers" | "npwp" | "monthly_sales" => "size",
        _ => "place",
    }
}

/// An officer's decision.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct DecisionForm {
    /// `verify`, `return`, `reject`, `suspend` or `close`.
    #[serde(default)]
    decision: String,
    #[serde(default)]
    reason: String,
    /// The version the officer has seen.
    #[serde(default)]
    version: String,
}

async fn decide(ctx: Ctx, Path(id): Path<BusinessId>, Input(form): Input<DecisionForm>) -> Answer {
    let decided = match Decision::parse(&form.decision) {
        Some(decision) => {
            let cmd = Decide {
                business: id.clone(),
                version: ctx.version(&form.version),
                decision,
                reason: form.reason.trim().to_owned(),
            };
            ctx.write("registry.decide", move |tx| verification::decide(tx, &cmd)).await
        }
        None => Err(Error::invalid("decision", "registry-decision-wanted")),
    };
    let problems = match decided {
        Ok(state) => {
            return Ok(ctx.done_saying(format!("/registry/records/{id}"), said(state), state));
        }
        Err(Error::Refused(code)) => vec![Problem::new(blamed(code), code)],
        Err(Error::Invalid(problems)) => problems,
        Err(error) => return Err(error.into()),
    };
    if !ctx.wants_page() {
        return Err(match problems.as_slice() {
            [one] if one.field == "decision" => Error::Refused(one.code).into(),
            _ => Error::Invalid(problems).into(),
        });
    }
    let mut page = page(&ctx, id, Asked::default()).await?;
    for choice in &mut page.choices {
        choice.chosen = choice.code == form.decision;
    }
    (page.reason, page.problems) = (form.reason, problems);
    page.name_nib_twin();
    ctx.again(page)
}

/// The field at which a refusal is said.
fn blamed(code: &str) -> &'static str {
    match code {
        "registry-doubts-open" => "doubts",
        "registry-twins-open" => "pairs",
        "registry-evidence-waits" => "evidence",
        _ => "decision",
    }
}

fn said(state: State) -> &'static str {
    match state {
        State::Verified => "registry-now-verified",
        State::NeedsFix => "registry-now-returned",
        State::Rejected => "registry-now-rejected",
        State::Suspended => "registry-now-suspended",
        _ => "registry-now-closed",
    }
}
