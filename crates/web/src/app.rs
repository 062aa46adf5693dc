//! The city as the program runs it: settings, database, texts, and what areas brought along.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use base::consumer::Consumer;
use base::files::Files;
use base::keyring::Keyring;
use base::policy::PolicyKind;
use base::{Db, Grant, Role};
use serde::{Deserialize, Serialize};

use crate::area::{Area, Decided, Desk, Follower, Named, NavItem, Waits};
use crate::routes::RouteInfo;
use crate::texts::Texts;

/// What is the city's own: names, words, address. Settings, not branches in code.
#[derive(Debug, Clone)]
pub struct City {
    /// `semarang`; also the palette.
    pub slug: String,
    /// `Kota Semarang`.
    pub name: String,
    /// `33.74`.
    pub region_code: String,
    /// What the city calls its shop for agencies: `Gulo Asem`.
    pub shop_name: String,
    /// What it calls its registry: `Gerai Kopimi`.
    pub registry_name: String,
    /// `kelurahan` or `gampong`.
    pub village_word: String,
    /// Where the public reaches it, without a slash at the end.
    pub base_url: String,
    /// Whether its people are invented. Shown on every page.
    pub demo: bool,
    /// How much one person or one neighbourhood may begin.
    pub limits: Limits,
}

/// Brakes against machines, wide enough for people. The operator sets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Accounts that visitors open in an hour from one neighbourhood of addresses.
    pub accounts_per_hour: i64,
    /// Orders that guests place in an hour from one neighbourhood of addresses.
    pub guest_orders_per_hour: i64,
    /// Registrations that one person has begun and not sent.
    pub open_drafts: i64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { accounts_per_hour: 30, guest_orders_per_hour: 120, open_drafts: 5 }
    }
}

/// A login that the demo's sign-in page offers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DemoLogin {
    pub role: Role,
    pub name: String,
    pub place: String,
    pub identifier: String,
    pub password: String,
    /// The TOTP secret in base32, for staff.
    pub totp_secret: Option<String>,
}

/// Everything a request may use. A cheap handle.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) city: City,
    pub(crate) db: Db,
    pub(crate) files: Files,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) texts: BTreeMap<String, Arc<Texts>>,
    pub(crate) grants: Vec<Grant>,
    pub(crate) nav: Vec<NavItem>,
    pub(crate) desks: Vec<Desk>,
    pub(crate) consumers: Vec<Consumer>,
    pub(crate) followers: Vec<Follower>,
    /// Every kind of rule that the program understands, the house's own first.
    pub(crate) kinds: Vec<PolicyKind>,
    /// Who can say how many cases were decided on some days.
    pub(crate) decided: Vec<Decided>,
    /// Who knows what events speak of.
    pub(crate) named: Vec<Named>,
    /// Who knows what waits for a role.
    pub(crate) waits: Vec<Waits>,
    pub(crate) infos: Vec<RouteInfo>,
    /// Kinds of events that webhooks may hear of.
    pub(crate) topics: Vec<&'static str>,
    pub(crate) demo_logins: Vec<DemoLogin>,
    pub(crate) resources: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

/// What the program hands over when it opens a city.
pub struct Opening {
    pub city: City,
    pub db: Db,
    pub files: Files,
    pub keyring: Arc<Keyring>,
    pub demo_logins: Vec<DemoLogin>,
    resources: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl Opening {
    /// A city without demo logins or resources.
    pub fn new(city: City, db: Db, files: Files, keyring: Arc<Keyring>) -> Opening {
        let (demo_logins, resources) = (Vec::new(), HashMap::new());
        Opening { city, db, files, keyring, demo_logins, resources }
    }

    /// Something that an area's handlers ask for by its type, such as a search index.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, resource: Arc<T>) -> Self {
        self.resources.insert(TypeId::of::<T>(), resource);
        self
    }
}

impl App {
    pub(crate) fn open(opening: Opening, areas: &[Area]) -> App {
        let Opening { city, db, files, keyring, demo_logins, resources } = opening;
        App(Arc::new(Inner {
            texts: load_texts(areas),
            grants: areas.iter().flat_map(|area| area.grants).copied().collect(),
            nav: areas.iter().flat_map(|area| area.nav).copied().collect(),
            desks: areas.iter().flat_map(|area| area.desks).copied().collect(),
            consumers: areas.iter().flat_map(|area| area.consumers).copied().collect(),
            followers: areas.iter().flat_map(|area| area.followers).copied().collect(),
            kinds: policy_kinds(areas),
            decided: areas.iter().filter_map(|area| area.decided).collect(),
            named: areas.iter().filter_map(|area| area.named).collect(),
            waits: areas.iter().filter_map(|area| area.waits).collect(),
            topics: areas.iter().flat_map(|area| area.topics).copied().collect(),
            infos: areas.iter().flat_map(|area| area.routes.infos()).collect(),
            city,
            db,
            files,
            keyring,
            demo_logins,
            resources,
        }))
    }

    /// Every route of every area, for tests that walk the whole table.
    pub fn routes(&self) -> &[RouteInfo] {
        &self.0.infos
    }

    /// Kinds of events that webhooks may hear of.
    pub(crate) fn topics(&self) -> &[&'static str] {
        &self.0.topics
    }

    pub(crate) fn resource<T: Any + Send + Sync>(&self) -> Arc<T> {
        let found = self.0.resources.get(&TypeId::of::<T>()).cloned();
        let found = found.and_then(|any| any.downcast().ok());
        found.unwrap_or_else(|| panic!("{} is handed over at opening", std::any::type_name::<T>()))
    }

    pub(crate) fn texts(&self, language: &str) -> Arc<Texts> {
        let texts = self.0.texts.get(language).or_else(|| self.0.texts.get("id"));
        Arc::clone(texts.expect("Bahasa Indonesia is always loaded"))
    }
}

fn policy_kinds(areas: &[Area]) -> Vec<PolicyKind> {
    let of_areas = areas.iter().flat_map(|area| area.policies).copied();
    base::policy::KINDS.iter().copied().chain(of_areas).collect()
}

fn load_texts(areas: &[Area]) -> BTreeMap<String, Arc<Texts>> {
    let texts = Texts::load(areas.iter().flat_map(|area| area.texts).copied());
    texts.unwrap_or_else(|why| panic!("a text is broken, and tests load them all: {why}"))
}
