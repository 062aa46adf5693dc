//! Owners register on a phone: the start, their businesses, the list of tasks, the answers, and
//! what happens next.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Path, Routes, filters};
use askama::Template;
use base::deadline;
use base::{Date, Error, Problem, Result};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::changes::{self, Shown};
use super::owner;
use super::record::section_of;
use super::section::{self, Head, Opened, Section};
use super::sheet::{self, SheetRow};
use crate::business::{self, Business, BusinessId, State};
use crate::confirmation::{self, CONFIRMATION};
use crate::evidence;
use crate::owner::Owner;
use crate::registration::{self, Begun, VERIFICATION};
use crate::timeline::{self, Moment};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/registration", start, Access::Anyone)
        .people_only()
        .get("/registry/own", own, Access::Person)
        .gives::<OwnPage>()
        .get("/registry/registrations/{id}", show, Access::Person)
        .gives::<TasksPage>()
        .get("/registry/registrations/{id}/check", check, Access::Person)
        .people_only()
        .post("/registry/registrations/{id}/submission", submit, Access::Person)
        .takes::<SubmissionForm>()
        .needs(&["agree"])
        .gives::<Begun>()
        .post("/registry/registrations/{id}/confirmation", confirm, Access::Person)
        .gives::<State>()
}

/// What one needs, how long it takes, what happens next.
#[derive(Template, Serialize)]
#[template(path = "registration.html")]
struct StartPage {
    signed_in: bool,
    registry: String,
}

async fn start(ctx: Ctx) -> Answer {
    let registry = ctx.city().registry_name.clone();
    ctx.page(StartPage { signed_in: ctx.guest().session.is_some(), registry })
}

/// One of the reader's businesses.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct OwnLine {
    business: Business,
    place: String,
    state_key: String,
    /// The key of what to do next.
    next_key: String,
}

/// Everything the reader has registered.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "own.html")]
struct OwnPage {
    lines: Vec<OwnLine>,
}

async fn own(ctx: Ctx) -> Answer {
    let regions: Arc<CityRegions> = ctx.resource();
    let businesses = ctx
        .read(|read| {
            let person = base::account::acting_person(read)?;
            business::of_person(read, &person)
        })
        .await?;
    let line = |business: Business| {
        let place = &business.place;
        OwnLine {
            place: super::directory::place_words(
                &regions,
                place.village.as_deref(),
                place.district.as_deref(),
            ),
            state_key: business.state.text_key(),
            next_key: next_key(business.state),
            business,
        }
    };
    ctx.page(OwnPage { lines: businesses.into_iter().map(line).collect() })
}

fn next_key(state: State) -> String {
    format!("registry-next-{}", state.code().replace('_', "-"))
}

/// One part of the registration and how far it is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Task {
    section: &'static str,
    filled: bool,
    needed: bool,
}

/// A registration as its owner sees it: what is left to do, or what happens next.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "tasks.html")]
struct TasksPage {
    head: Head,
    business: Business,
    state_key: String,
    next_key: String,
    tasks: Vec<Task>,
    ready: bool,
    /// Until when the officers answer, or the owner confirms.
    due: Option<Date>,
    /// What its owner wants changed and no officer has answered.
    change: Option<Shown>,
    /// The key of how the evidence stands.
    evidence_key: &'static str,
    #[serde(skip)]
    evidence_tone: &'static str,
    /// Whether the reader acts for this business now.
    acting: bool,
    moments: Vec<Moment>,
}

impl TasksPage {
    fn task_state(&self, task: &Task) -> &'static str {
        match (task.filled, task.needed) {
            (true, _) => "registry-task-filled",
            (false, true) => "registry-task-empty",
            (false, false) => "registry-optional",
        }
    }

    fn task_tone(&self, task: &Task) -> &'static str {
        match (task.filled, task.needed) {
            (true, _) => "ok",
            (false, true) => "warn",
            (false, false) => "",
        }
    }
}

async fn show(ctx: Ctx, Path(id): Path<BusinessId>) -> Answer {
    let regions: Arc<CityRegions> = ctx.resource();
    let (opened, due, moments, (change, all)) = ctx
        .read(move |read| {
            let opened = section::opened(read, &id)?;
            let (change, _) = changes::of(read, &regions, &opened.business, &opened.owner)?;
            let asked = (change, evidence::of_business(read, &id)?);
            let clocks = deadline::open_of(read, id.as_str())?;
            let sent = opened.business.state == State::Submitted;
            let mine = if sent { VERIFICATION } else { CONFIRMATION };
            let due = clocks.iter().find(|clock| clock.kind == mine);
            let due = due.map(|clock| clock.due);
            Ok((opened, due, timeline::of(read, id.as_str())?, asked))
        })
        .await?;
    let Opened { business, owner, own } = opened;
    if !own && ctx.wants_page() {
        return Ok(ctx.done(section::home(&business.id, false), ()));
    }
    let acts_for = ctx.actor().on_behalf_of.as_deref();
    let acting =
        acts_for.is_some() && business.organisation.as_ref().map(base::Id::as_str) == acts_for;
    let tasks = tasks(&business, &owner);
    let (evidence_key, evidence_tone) = super::evidence::summary(&all);
    let version = business.version;
    let page = TasksPage {
        head: Head::of(&business, own, ""),
        state_key: business.state.text_key(),
        next_key: next_key(business.state),
        ready: tasks.iter().all(|task| task.filled || !task.needed),
        tasks,
        due,
        change,
        evidence_key,
        evidence_tone,
        acting,
        moments,
        business,
    };
    ctx.page_of(version, page)
}

fn tasks(business: &Business, owner: &Owner) -> Vec<Task> {
    let task = |section: Section| Task {
        section: section.code(),
        filled: section.is_filled(business, owner),
        needed: section.is_needed(),
    };
    Section::ALL.into_iter().map(task).collect()
}

/// All answers before they are sent.
#[derive(Template, Serialize)]
#[template(path = "check.html")]
struct CheckPage {
    head: Head,
    rows: Vec<SheetRow>,
    photo: Option<String>,
    /// Whether its figures are above those of an UMKM.
    large: bool,
    agree: bool,
    /// What stands between it and being sent.
    gaps: Vec<Gap>,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// Something that is wanted, and the page where it is filled in.
#[derive(Debug, Clone, Serialize)]
struct Gap {
    key: &'static str,
    section: &'static str,
}

impl Gap {
    fn of(problem: &Problem) -> Gap {
        Gap { key: problem.code, section: section_of(&problem.field) }
    }
}

impl CheckPage {
    fn sections(&self) -> impl Iterator<Item = &'static str> {
        Section::ALL.into_iter().map(Section::code)
    }
}

async fn check(ctx: Ctx, Path(id): Path<BusinessId>) -> Answer {
    ctx.page(check_page(&ctx, &id, Vec::new()).await?)
}

async fn check_page(ctx: &Ctx, id: &BusinessId, problems: Vec<Problem>) -> Result<CheckPage> {
    let regions: Arc<CityRegions> = ctx.resource();
    let Opened { business, owner, own } = section::open(ctx, id).await?;
    if !own {
        return Err(Error::NotFound);
    }
    let here = |problem: &Problem| problem.field == "agree";
    let (problems, elsewhere): (Vec<_>, Vec<_>) = problems.into_iter().partition(here);
    let mut gaps: Vec<Gap> = registration::lacking(&business, &owner).iter().map(Gap::of).collect();
    gaps.extend(elsewhere.iter().map(Gap::of).filter(|gap| gap.section == "size"));
    let number = owner::number_of(ctx.keyring(), &business)?;
    Ok(CheckPage {
        head: Head::of(&business, own, "check"),
        gaps,
        rows: sheet::with_number(sheet::rows(&regions, &business, &owner), number.as_deref()),
        large: business.is_large(),
        photo: business.photo,
        agree: false,
        problems,
    })
}

/// The owner's word that the answers are true.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct SubmissionForm {
    /// `1`: the answers are true and may be used for the city's registry.
    #[serde(default)]
    agree: String,
}

async fn submit(
    ctx: Ctx,
    Path(id): Path<BusinessId>,
    Input(form): Input<SubmissionForm>,
) -> Answer {
    let sent = if form.agree == "1" {
        let id = id.clone();
        ctx.write("registry.submit", move |tx| registration::submit(tx, &id)).await
    } else {
        Err(Error::invalid("agree", "registry-agree-wanted"))
    };
    match sent {
        Ok(begun) => Ok(ctx.done(section::home(&id, true), begun)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(check_page(&ctx, &id, problems).await?)
        }
        Err(Error::Refused(code @ "registry-nib-taken")) if ctx.wants_page() => {
            ctx.again(check_page(&ctx, &id, vec![Problem::new("nib", code)]).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn confirm(ctx: Ctx, Path(id): Path<BusinessId>) -> Answer {
    let at = section::home(&id, true);
    let state = ctx.write("registry.confirm", move |tx| confirmation::confirm(tx, &id)).await?;
    Ok(ctx.done_saying(at, "registry-confirmed", state))
}
