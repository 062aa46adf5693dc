//! What an area tells the city about itself, as data. `gerai` has the only list of areas.

use base::account::{OrganisationId, SessionView};
use base::consumer::Consumer;
use base::deadline::Outcome;
use base::files::FilesKept;
use base::job::JobKind;
use base::policy::{Draft, PolicyKind};
use base::safe::Safe;
use base::{Date, Finding, Grant, Migration, Read, Result, Role};

use crate::ctx::Ctx;
use crate::routes::{Access, Routes};

/// Looks for what must hold and does not.
pub type Verify = fn(&mut Read<'_>) -> Result<Vec<Finding>>;

/// Counts the cases of a stretch of days.
pub(crate) type Decided = fn(&mut Read<'_>, Date, Date) -> Result<i64>;

/// Names those of these ids that the area's rows have, with one question for each sort of thing. Asks
/// for no permission: whoever reads events may read what they are about.
pub type Named = fn(&mut Read<'_>, &[&str]) -> Result<Vec<Thing>>;

/// Counts what waits for holders of a role in an organisation. Asks for no permission: it is told to
/// whoever may end the role.
pub type Waits = fn(&mut Read<'_>, Role, &OrganisationId) -> Result<Vec<Heap>>;

/// Something that events speak of.
#[derive(Debug, Clone)]
pub struct Thing {
    pub id: String,
    /// As people call it, with its number: `Dapur Rekaan, UMKM-33.74-000012`.
    pub words: String,
    /// Its page; empty if it has none.
    pub href: String,
    /// Who may open that page.
    pub access: Access,
}

/// Work of one sort that waits.
#[derive(Debug, Clone, Copy)]
pub struct Heap {
    /// The key of what it is.
    pub label: &'static str,
    pub count: i64,
    /// Where it is done, and who may go there.
    pub href: &'static str,
    pub access: Access,
}

/// One area of the city.
pub struct Area {
    pub name: &'static str,
    pub routes: Routes,
    /// Name and SQL, in the order they are applied.
    pub migrations: &'static [(&'static str, &'static str)],
    /// Language and Fluent source.
    pub texts: &'static [(&'static str, &'static str)],
    /// What each role may do here.
    pub grants: &'static [Grant],
    /// Who listens to events, in its own transactions after the fact.
    pub consumers: &'static [Consumer],
    /// Who follows them in its own way, and how far it has come.
    pub followers: &'static [Follower],
    /// Kinds of events that webhooks may hear of; one of its consumers announces them.
    pub topics: &'static [&'static str],
    /// Work done in the background.
    pub jobs: &'static [JobKind],
    /// What happens when a deadline passes.
    pub outcomes: &'static [Outcome],
    /// Rules that change in time.
    pub policies: &'static [PolicyKind],
    /// The rules a city begins with here; a newer program's come as proposals.
    pub ships: &'static [fn() -> Result<Draft>],
    /// How many cases it decided on these days, first to last: what a rule that begins in the past
    /// would have touched.
    pub decided: Option<Decided>,
    /// Where people find it.
    pub nav: &'static [NavItem],
    /// Where the work of each role waits.
    pub desks: &'static [Desk],
    /// What people call the things that its events speak of.
    pub named: Option<Named>,
    /// How much waits for each role.
    pub waits: Option<Waits>,
    /// The hashes of every file its rows speak of; `gerai verify` looks whether they are there.
    pub files: Option<FilesKept>,
    /// What it keeps sealed; `gerai keys` moves it to new keys.
    pub safes: &'static [Safe],
    /// What `gerai verify` asks of it.
    pub verify: Option<Verify>,
}

impl Area {
    /// An area with routes and nothing else yet; the rest follows by struct update.
    pub fn new(name: &'static str, routes: Routes) -> Area {
        Area {
            name,
            routes,
            migrations: &[],
            texts: &[],
            grants: &[],
            consumers: &[],
            followers: &[],
            topics: &[],
            jobs: &[],
            outcomes: &[],
            policies: &[],
            ships: &[],
            decided: None,
            nav: &[],
            desks: &[],
            named: None,
            waits: None,
            files: None,
            safes: &[],
            verify: None,
        }
    }

    /// Its migrations as the database wants them.
    pub fn migrations(&self) -> impl Iterator<Item = Migration> + '_ {
        self.migrations.iter().map(|(name, sql)| Migration::new(self.name, name, sql))
    }
}

/// Somebody who follows the city's events with a cursor of their own, such as a search index.
#[derive(Clone, Copy)]
pub struct Follower {
    /// `catalog.search`; what people call it stands in the texts as `operations-consumer-…`.
    pub name: &'static str,
    /// The last place of the series it has behind it.
    pub reached: fn(&Ctx) -> Result<i64>,
}

/// The page on which the work of a role waits: who signs in lands there.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    pub role: Role,
    /// `{reference}` in it stands for the row that the seat's organisation stands for, such as the
    /// business in the registry.
    pub href: &'static str,
}

/// The desk of the first role of this seat that has one; the city's front for everybody else.
pub(crate) fn desk_of(desks: &[Desk], view: &SessionView) -> String {
    let reference = view.organisation.as_ref().and_then(|it| it.reference.as_deref());
    let of_role = |role| desks.iter().find(|desk| desk.role == role).map(|desk| desk.href);
    let filled = |href: &str| match reference {
        Some(reference) => Some(href.replace("{reference}", reference)),
        None => (!href.contains("{reference}")).then(|| href.to_owned()),
    };
    let mut hrefs = view.roles.iter().copied().filter_map(of_role);
    hrefs.find_map(filled).unwrap_or_else(|| "/".to_owned())
}

/// A place in the navigation.
#[derive(Debug, Clone, Copy)]
pub struct NavItem {
    /// The key of its word in the texts.
    pub label: &'static str,
    pub href: &'static str,
    /// A name that `icon` knows.
    pub icon: &'static str,
    /// Shown to whom this access admits.
    pub access: Access,
    pub shelf: Shelf,
}

/// Which navigation it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// The city's services, for everyone.
    Services,
    /// Work of officers and sellers.
    Desk,
}
