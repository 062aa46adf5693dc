//! The officers' queue: how much waits in which state, filters, the longest waiting first, and
//! verifying many rows of lists at once.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Query, Routes, filters};
use askama::Template;
use base::keyring::Keyring;
use base::{Date, Error, Read, Result, deadline};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::directory::{given, place_words};
use crate::business::{self, BusinessId, State};
use crate::queue::{self, Asks, Filter, Swept, VERIFIED_MAX, Waiting};
use crate::registration::{OFFICE, VERIFICATION};
use crate::verification::{self, VERIFY};
use crate::{change, contact, evidence, pair};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/queue", show, Access::May(OFFICE))
        .gives::<QueuePage>()
        .asks(&["state", "asks", "district", "doubts", "list", "q", "after", "all"])
        .post("/registry/queue/verification", verify, Access::May(VERIFY))
        .takes::<TickedForm>()
        .needs(&["business"])
        .gives::<Swept>()
}

/// What an officer chose to see. It rides along to the record and back.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) state: String,
    /// `change`, `evidence` or `contact`: whatever its state, what its owner asks for.
    #[serde(default)]
    asks: String,
    #[serde(default)]
    district: String,
    /// `with` or `without`.
    #[serde(default)]
    doubts: String,
    /// The list that brought it.
    #[serde(default)]
    list: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
    /// `1`: every row that can be is ticked.
    #[serde(default)]
    all: String,
    /// The blind index of `q`, if it is a telephone number.
    #[serde(skip)]
    phone: Option<String>,
}

impl Asked {
    /// Also finds the business whose whole number was typed.
    pub(super) fn by_number(mut self, keyring: &Keyring) -> Asked {
        self.phone = contact::blind(keyring, &self.q);
        self
    }

    fn filter(&self) -> Filter {
        let text = given(&self.q);
        let asks = match self.asks.as_str() {
            "change" => Some(Asks::Change),
            "evidence" => Some(Asks::Evidence),
            "contact" => Some(Asks::Contact),
            _ => None,
        };
        let list = given(&self.list);
        let every = (text.is_some() || asks.is_some() || list.is_some()) && self.state.is_empty();
        Filter {
            asks,
            list,
            state: State::parse(&self.state).or((!every).then_some(State::Submitted)),
            district: given(&self.district),
            doubtful: match self.doubts.as_str() {
                "with" => Some(true),
                "without" => Some(false),
                _ => None,
            },
            text,
            phone: self.phone.clone(),
            after: (!self.after.is_empty()).then(|| self.after.clone()),
        }
    }

    /// An address with the same choices but one.
    fn with(&self, at: &str, name: &str, value: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let choices = [
            ("state", &self.state),
            ("asks", &self.asks),
            ("district", &self.district),
            ("doubts", &self.doubts),
            ("list", &self.list),
            ("q", &self.q),
            ("after", &self.after),
        ];
        let same_page = name.is_empty() || name == "all";
        let other_view = |other: &str| match other {
            "state" => name == "asks",
            "asks" => name == "state",
            _ => false,
        };
        let kept =
            |other: &str| other != name && (other != "after" || same_page) && !other_view(other);
        for (other, chosen) in choices {
            if kept(other) && !chosen.is_empty() {
                query.append_pair(other, chosen);
            }
        }
        if !value.is_empty() {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { at.to_owned() } else { format!("{at}?{query}") }
    }
}

/// One record that waits.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Line {
    #[serde(flatten)]
    pub(super) row: Waiting,
    pub(super) place: String,
    /// Until when an officer answers.
    pub(super) due: Option<Date>,
    pub(super) late: bool,
    /// Since when it is as it is, or waits for what its owner asks.
    since: Date,
    /// Whether it may be verified with others.
    pub(super) ready: bool,
    /// Its page, with the officer's choices.
    #[serde(skip)]
    pub(super) href: String,
    #[serde(skip)]
    pub(super) current: bool,
}

/// How many records are in one state, or ask for something.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Tab {
    code: &'static str,
    key: String,
    count: i64,
    current: bool,
    #[serde(skip)]
    href: String,
}

/// A district to filter by.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct District {
    code: String,
    name: String,
    chosen: bool,
}

#[derive(Template, Serialize, JsonSchema)]
#[template(path = "queue.html")]
struct QueuePage {
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    next: String,
    pairs: i64,
    q: String,
    state: String,
    asks: String,
    doubts: String,
    district: String,
    list: String,
    districts: Vec<District>,
    /// How many of these rows may be verified together.
    ready: usize,
    decides: bool,
    #[serde(skip)]
    ticked: bool,
    #[serde(skip)]
    tick_all: String,
    #[serde(skip)]
    without_district: String,
    #[serde(skip)]
    without_doubts: String,
    #[serde(skip)]
    without_list: String,
}

impl QueuePage {
    /// How many filters are switched on.
    fn filters(&self) -> usize {
        usize::from(!self.district.is_empty()) + usize::from(!self.doubts.is_empty())
    }
}

/// The states an officer works in, in the order of their tabs.
const TABS: [State; 8] = [
    State::Submitted,
    State::Held,
    State::NeedsFix,
    State::Verified,
    State::Stale,
    State::Suspended,
    State::Rejected,
    State::Closed,
];

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let asked = asked.by_number(ctx.keyring());
    let regions: Arc<CityRegions> = ctx.resource();
    let (sent, map) = (asked.clone(), Arc::clone(&regions));
    let (lines, counted) = ctx
        .read(move |read| {
            let counted = Counted {
                states: queue::counts(read)?,
                pairs: pair::open_count(read)?,
                changes: change::waiting_count(read)?,
                evidence: evidence::waiting_count(read)?,
                contact: queue::contact_count(read)?,
            };
            Ok((lines(read, &map, &sent, None)?, counted))
        })
        .await?;
    let decides = ctx.admits(Access::May(VERIFY));
    ctx.page(page(&regions, asked, lines, &counted, decides))
}

/// How much there is of everything.
struct Counted {
    states: Vec<(State, i64)>,
    pairs: i64,
    changes: i64,
    evidence: i64,
    contact: i64,
}

/// The tabs: states of a registration, then what owners of any state ask for.
fn tabs(asked: &Asked, counted: &Counted) -> Vec<Tab> {
    let chosen = asked.filter().state.filter(|_| asked.asks.is_empty());
    let of_state = |state: State| Tab {
        code: state.code(),
        key: state.text_key(),
        count: counted.states.iter().find(|(known, _)| *known == state).map_or(0, |(_, n)| *n),
        current: chosen == Some(state),
        href: asked.with("/registry/queue", "state", state.code()),
    };
    let of_asks = |(code, key, count): (&'static str, &str, i64)| Tab {
        code,
        key: key.to_owned(),
        count,
        current: asked.asks == code,
        href: asked.with("/registry/queue", "asks", code),
    };
    let asks = [
        ("change", "registry-asks-change", counted.changes),
        ("evidence", "registry-asks-evidence", counted.evidence),
        ("contact", "registry-asks-contact", counted.contact),
    ];
    let (first, rest) = TABS.split_at(2);
    let states = |states: &[State]| states.iter().copied().map(of_state).collect::<Vec<_>>();
    let mut tabs = [states(first), asks.map(of_asks).into(), states(rest)].concat();
    // Empty ones would only push the others out of sight.
    tabs.retain(|tab| tab.count > 0 || tab.current || tab.code == State::Submitted.code());
    tabs
}

fn page(
    regions: &CityRegions,
    asked: Asked,
    (lines, next): (Vec<Line>, Option<String>),
    counted: &Counted,
    decides: bool,
) -> QueuePage {
    let chosen = asked.filter().state;
    let district = |place: &particulars::region::Place| District {
        code: place.code.as_str().to_owned(),
        name: place.name.clone(),
        chosen: place.code.as_str() == asked.district,
    };
    QueuePage {
        tabs: tabs(&asked, counted),
        ready: lines.iter().filter(|line| line.ready).count(),
        next: next.map(|next| asked.with("/registry/queue", "after", &next)).unwrap_or_default(),
        districts: regions.districts().map(district).collect(),
        tick_all: asked.with("/registry/queue", "all", "1"),
        without_district: asked.with("/registry/queue", "district", ""),
        without_doubts: asked.with("/registry/queue", "doubts", ""),
        without_list: asked.with("/registry/queue", "list", ""),
        ticked: asked.all == "1",
        lines,
        pairs: counted.pairs,
        asks: asked.asks,
        q: asked.q,
        state: chosen.map(|state| state.code().to_owned()).unwrap_or_default(),
        doubts: asked.doubts,
        district: asked.district,
        list: asked.list,
        decides,
    }
}

/// The queue as an officer chose it, with deadlines.
pub(super) fn lines(
    read: &mut Read<'_>,
    regions: &CityRegions,
    asked: &Asked,
    current: Option<&BusinessId>,
) -> Result<(Vec<Line>, Option<String>)> {
    let today = Date::today(read);
    let (rows, next) = queue::list(read, &asked.filter())?;
    let mut lines = Vec::new();
    for row in rows {
        let clocks = if row.state == State::Submitted || asked.asks == "change" {
            deadline::open_of(read, row.id.as_str())?
        } else {
            Vec::new()
        };
        let clock = clocks.into_iter().find(|clock| clock.kind == VERIFICATION);
        let listed = row.state == State::Submitted && row.source == "import";
        let waiting = match asked.asks.as_str() {
            "evidence" => evidence::waiting_since(read, &row.id)?,
            _ => None,
        };
        let clear = listed && row.doubts == 0 && !row.papers && row.district.is_some();
        let ready = clear && {
            let business = business::find(read, &row.id)?;
            !verification::is_own(read, &business)?
        };
        lines.push(Line {
            place: place_words(regions, row.village.as_deref(), row.district.as_deref()),
            late: clock.as_ref().is_some_and(|clock| clock.due < today),
            due: clock.filter(|_| waiting.is_none()).map(|clock| clock.due),
            since: waiting.unwrap_or(row.changed_at).date(),
            ready,
            href: asked.with(&format!("/registry/records/{}", row.id), "", ""),
            current: current == Some(&row.id),
            row,
        });
    }
    Ok((lines, next))
}

/// Rows that an officer ticked, each as `id~version`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct TickedForm {
    #[serde(default)]
    business: Vec<String>,
}

async fn verify(ctx: Ctx, Input(form): Input<TickedForm>) -> Answer {
    let seen = form.business.iter().map(|row| {
        let (id, version) = row.split_once('~')?;
        Some((BusinessId::parse(id)?, version.parse().ok()?))
    });
    let seen: Option<Vec<(BusinessId, i64)>> = seen.take(VERIFIED_MAX + 1).collect();
    let Some(seen) = seen.filter(|seen| !seen.is_empty()) else {
        return match ctx.wants_page() {
            true => Ok(ctx.done_saying("/registry/queue", "registry-rows-wanted", ())),
            false => Err(Error::invalid("business", "registry-rows-wanted").into()),
        };
    };
    let swept = ctx.write("registry.verify_all", move |tx| queue::verify_all(tx, &seen)).await?;
    let said = if swept.left == 0 { "registry-all-verified" } else { "registry-some-verified" };
    Ok(ctx.done_saying("/registry/queue", said, swept))
}
