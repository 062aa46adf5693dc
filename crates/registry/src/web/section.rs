//! The parts of a registration, one page each, in the order they are asked. Owners fill them in;
//! officers mend them through the same pages.

use std::ops::RangeInclusive;
use std::sync::Arc;

use ::web::{Answer, Ctx};
use base::{Error, Problem, Read, Result, Tx, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::business::{self, Business, BusinessId, State};
use crate::change;
use crate::owner::{self, Owner};
use crate::registration::{self, Fill};
use crate::verification::VERIFY;

/// One part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Trade,
    Kbli,
    Place,
    Photo,
    Owner,
    Size,
}

impl Section {
    pub(super) const ALL: [Section; 6] = [
        Section::Trade,
        Section::Kbli,
        Section::Place,
        Section::Photo,
        Section::Owner,
        Section::Size,
    ];

    /// The end of its address, and of its text keys.
    pub(super) fn code(self) -> &'static str {
        match self {
            Section::Trade => "trade",
            Section::Kbli => "kbli",
            Section::Place => "place",
            Section::Photo => "photo",
            Section::Owner => "owner",
            Section::Size => "size",
        }
    }

    /// Whether a registration cannot be sent without it.
    pub(super) fn is_needed(self) -> bool {
        matches!(self, Section::Trade | Section::Place | Section::Owner)
    }

    pub(super) fn is_filled(self, business: &Business, owner: &Owner) -> bool {
        let missing = registration::missing(business);
        let lacks = |field: &str| missing.iter().any(|problem| problem.field == field);
        match self {
            Section::Trade => !lacks("name") && !lacks("category") && !lacks("activity"),
            Section::Kbli => business.kbli.is_some(),
            Section::Place => !lacks("village") && !lacks("street"),
            Section::Photo => business.photo.is_some(),
            Section::Owner => !lacks("phone") && owner.nik_mask.is_some(),
            Section::Size => business.annual_sales.is_some() || business.nib.is_some(),
        }
    }
}

/// What the pages of one registration have in common.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Head {
    pub(super) id: BusinessId,
    pub(super) number: String,
    pub(super) name: String,
    pub(super) version: i64,
    /// Whether its owner reads the page; else an officer does.
    pub(super) own: bool,
    /// Where to go on: `check` comes back to the answers.
    #[serde(skip)]
    pub(super) then: String,
    #[serde(skip)]
    pub(super) checked: bool,
}

impl Head {
    pub(super) fn of(business: &Business, own: bool, then: &str) -> Head {
        Head {
            id: business.id.clone(),
            number: business.number.clone(),
            name: business.name.clone(),
            version: business.version,
            own,
            then: then.to_owned(),
            checked: matches!(business.state, State::Verified | State::Stale),
        }
    }

    /// The page that lists its parts.
    pub(super) fn back(&self) -> String {
        home(&self.id, self.own)
    }

    /// The address of one of its parts.
    pub(super) fn at(&self, code: &str) -> String {
        format!("/registry/registrations/{}/{code}", self.id)
    }
}

/// The page of the whole registration, for its owner or for an officer.
pub(super) fn home(id: &BusinessId, own: bool) -> String {
    if own { format!("/registry/registrations/{id}") } else { format!("/registry/records/{id}") }
}

/// Where a form leads when it is saved.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Way {
    #[serde(default)]
    pub(super) then: String,
    #[serde(default)]
    pub(super) district: String,
    #[serde(default)]
    pub(super) q: String,
}

/// A registration that the reader may change.
pub(super) struct Opened {
    pub(super) business: Business,
    pub(super) owner: Owner,
    pub(super) own: bool,
}

/// A registration for its forms: what its owner has asked for stands in them already.
pub(super) async fn open(ctx: &Ctx, id: &BusinessId) -> Result<Opened> {
    let id = id.clone();
    ctx.read(move |read| {
        let mut opened = opened(read, &id)?;
        if opened.own {
            wished(read, &mut opened.business)?;
        }
        Ok(opened)
    })
    .await
}

/// Puts what its owner has asked for over the record.
fn wished(read: &mut Read<'_>, business: &mut Business) -> Result<()> {
    if let Some(change) = change::waiting(read, &business.id)? {
        change.overlay(business);
    }
    Ok(())
}

pub(super) fn opened(read: &mut Read<'_>, id: &BusinessId) -> Result<Opened> {
    let business = business::find(read, id)?;
    let own = business::is_of_actor(read, &business)?;
    if !own && !read.actor().may(VERIFY.0) {
        return Err(Error::NotFound);
    }
    let owner = owner::find(read, &business.owner)?;
    Ok(Opened { business, owner, own })
}

/// One part as it was sent.
pub(super) struct Sent {
    pub(super) id: BusinessId,
    pub(super) version: i64,
    pub(super) section: Section,
    pub(super) then: String,
}

/// Saves one part and leads on to the next that is still empty.
pub(super) async fn save(
    ctx: &Ctx,
    sent: Sent,
    part: impl Fn(&Business) -> Fill + Send + Sync + 'static,
) -> Answer {
    let at = saved(ctx, sent, part).await?;
    Ok(ctx.done_saying(at.clone(), "registry-saved", at))
}

/// Saves one part; gives the address of the next that is still empty.
pub(super) async fn saved(
    ctx: &Ctx,
    sent: Sent,
    part: impl Fn(&Business) -> Fill + Send + Sync + 'static,
) -> Result<String> {
    let sent = Arc::new(sent);
    let write = move |tx: &mut Tx<'_>| {
        let mut known = business::find(tx, &sent.id)?;
        if business::is_of_actor(tx, &known)? {
            wished(tx, &mut known)?;
        }
        let fill = part(&known);
        let business = registration::fill(tx, &sent.id, sent.version, &fill)?;
        next(tx, &business, &sent)
    };
    ctx.write("registry.fill", write).await
}

fn next(read: &mut Read<'_>, business: &Business, sent: &Sent) -> Result<String> {
    let id = &business.id;
    if !business::is_of_actor(read, business)? {
        return Ok(home(id, false));
    }
    if sent.then != "check" && business.state != State::Draft {
        return Ok(home(id, true));
    }
    let owner = owner::find(read, &business.owner)?;
    let after = Section::ALL.into_iter().skip_while(|section| *section != sent.section).skip(1);
    let mut empty = after.filter(|section| !section.is_filled(business, &owner));
    let code = match empty.next().filter(|_| sent.then != "check") {
        Some(section) => section.code(),
        None => "check",
    };
    Ok(format!("/registry/registrations/{id}/{code}"))
}

/// Collects what is wrong with a form.
#[derive(Default)]
pub(super) struct Wrong(Vec<Problem>);

impl Wrong {
    pub(super) fn note(&mut self, field: &str, code: &'static str) {
        self.0.push(Problem::new(field, code));
    }

    /// A line of at most so many characters, as it is kept.
    pub(super) fn line(&mut self, field: &str, text: &str, chars_max: usize) -> String {
        self.sort(words::short(field, text, chars_max))
    }

    /// Several lines of at most so many characters.
    pub(super) fn lines(&mut self, field: &str, text: &str, chars_max: usize) -> String {
        self.sort(words::long(field, text, chars_max))
    }

    /// What something is called; `wanted` is said when it is too short.
    pub(super) fn name(
        &mut self,
        field: &str,
        text: &str,
        chars: RangeInclusive<usize>,
        wanted: &'static str,
    ) -> String {
        self.sort(words::name(field, text, chars, wanted))
    }

    fn sort(&mut self, read: Result<String, Problem>) -> String {
        read.map_err(|problem| self.0.push(problem)).unwrap_or_default()
    }

    /// The value, unless anything was wrong.
    pub(super) fn unless<T>(self, value: T) -> Result<T> {
        if self.0.is_empty() { Ok(value) } else { Err(Error::Invalid(self.0)) }
    }
}
