//! Draws a page: its blocks first, then the city around them, in the reader's language.

use std::any::Any;
use std::sync::Arc;

use askama::Template;
use base::{Error, Result, Role};

use crate::admission::Guest;
use crate::app::{App, City};
use crate::area::{Shelf, desk_of};
use crate::ctx::{Asked, Values};
use crate::layout::{Flash, Kind, Layout, Nav, Person, Seat, Shell, split};
use crate::routes::Access;
use crate::texts::Texts;

/// The whole document of a page.
pub(crate) fn page(app: &App, guest: &Guest, asked: &Asked, page: &dyn DynPage) -> Result<String> {
    let texts = app.texts(guest.language);
    let values = values(app, &texts);
    let rendered = page.draw(&values).map_err(Error::broken)?;
    let shell = shell(app, guest, asked, &texts);
    let layout = Layout { shell: &shell, parts: split(&rendered)? };
    let mut document = String::with_capacity(rendered.len() + AROUND_BYTES);
    layout.render_into_with_values(&mut document, &values).map_err(Error::broken)?;
    Ok(document)
}

/// About what a page and the city around it take: a text that is long enough from the beginning is
/// not copied while it grows.
const PAGE_BYTES: usize = 24 * 1024;
const AROUND_BYTES: usize = 16 * 1024;

/// A page template, whatever its type.
pub(crate) trait DynPage {
    fn draw(&self, values: &Values) -> askama::Result<String>;
}

impl<T: Template> DynPage for T {
    fn draw(&self, values: &Values) -> askama::Result<String> {
        let mut page = String::with_capacity(PAGE_BYTES);
        self.render_into_with_values(&mut page, values)?;
        Ok(page)
    }
}

fn values(app: &App, texts: &Arc<Texts>) -> Values {
    let key = format!("{:016x}", app.0.db.chance().next());
    Values::from([
        ("texts", Box::new(Arc::clone(texts)) as Box<dyn Any>),
        ("city", Box::new(app.0.city.slug.clone())),
        ("key", Box::new(key)),
    ])
}

fn shell(app: &App, guest: &Guest, asked: &Asked, texts: &Texts) -> Shell {
    let city = &app.0.city;
    let kind = kind(guest);
    let flash = asked.flash.as_ref().filter(|key| texts.has(key));
    let query = asked.query.split('&').filter(|pair| !pair.starts_with("k=") && !pair.is_empty());
    let query = query.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    Shell {
        product: texts.fill("shell-product", &[&city.name]),
        city: city.name.clone(),
        slug: city.slug.clone(),
        service: service(guest, city, texts),
        language: guest.language.to_owned(),
        theme: guest.theme,
        kind,
        person: person(guest, texts),
        nav: nav(app, guest, asked, texts),
        flash: flash.map(|key| Flash { tone: "ok", text: texts.get(key) }),
        demo: city.demo.then(|| texts.get("shell-demo")),
        path: format!("{}{mark}{query}", asked.path),
        base_url: city.base_url.clone(),
    }
}

/// The name under which the city knows the reader's work: its registry, its shop, or all of it.
fn service(guest: &Guest, city: &City, texts: &Texts) -> String {
    let roles = guest.session.as_ref().map_or(&[][..], |standing| &standing.view.roles);
    let buys = |role: &Role| {
        use Role::{AgencyHead, Approver, Receiver, Requester, Treasurer};
        matches!(role, Requester | Approver | Receiver | Treasurer | AgencyHead)
    };
    match roles {
        _ if roles.contains(&Role::RegistryOfficer) => city.registry_name.clone(),
        _ if roles.iter().any(buys) => city.shop_name.clone(),
        _ => texts.get("shell-gerai"),
    }
}

fn kind(guest: &Guest) -> Kind {
    match &guest.session {
        None => Kind::Public,
        Some(standing) if standing.view.roles.iter().any(|role| role.is_staff()) => Kind::Office,
        Some(_) => Kind::Citizen,
    }
}

fn person(guest: &Guest, texts: &Texts) -> Option<Person> {
    let standing = guest.session.as_ref()?;
    let here = standing.view.organisation.as_ref().map(|it| &it.id);
    let seats = standing.places.iter().map(|(organisation, roles)| Seat {
        id: organisation.id.to_string(),
        organisation: organisation.name.clone(),
        role: roles.iter().map(|role| texts.get(&role.text_key())).collect::<Vec<_>>().join(", "),
        current: Some(&organisation.id) == here,
    });
    let (name, messages) = (standing.view.name.clone(), standing.unread);
    Some(Person { name, seats: seats.collect(), messages })
}

fn nav(app: &App, guest: &Guest, asked: &Asked, texts: &Texts) -> Vec<Nav> {
    let office = kind(guest) == Kind::Office;
    let wanted = |item: &&crate::area::NavItem| {
        let shelf = if office { item.shelf == Shelf::Desk } else { true };
        shelf && guest.check(item.access).is_ok()
    };
    let mut items: Vec<_> = app.0.nav.iter().filter(wanted).collect();
    let home = guest.session.as_ref().map(|standing| desk_of(&app.0.desks, &standing.view));
    let first = |item: &crate::area::NavItem| office && home.as_deref() == Some(item.href);
    let personal = |item: &crate::area::NavItem| {
        item.shelf == Shelf::Services && item.access != Access::Anyone
    };
    items.sort_by_key(|item| (!first(item), personal(item)));
    // Where several places lie on the way to this page, the nearest is the current one.
    let leads = |href: &str| {
        asked.path == href || (href != "/" && asked.path.starts_with(&format!("{href}/")))
    };
    let hrefs = items.iter().map(|item| item.href).filter(|href| leads(href));
    let current = hrefs.max_by_key(|href| href.len());
    let label = |key| texts.fill(key, &[&app.0.city.shop_name, &app.0.city.registry_name]);
    let place = |item: &crate::area::NavItem| Nav {
        short: texts.attribute(item.label, "short").unwrap_or_else(|| label(item.label)),
        label: label(item.label),
        own: item.access != Access::Anyone,
        href: item.href.to_owned(),
        icon: item.icon,
        current: current == Some(item.href),
        count: 0,
    };
    items.into_iter().map(place).collect()
}
