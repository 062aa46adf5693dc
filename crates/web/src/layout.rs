//! The shell around every page: header, navigation, account, notices, footer. A page template draws
//! only its blocks (`page.html`); `split` takes them apart and `Layout` puts the city around them.

use askama::Template;
use base::{Error, Result};

use crate::assets;
use crate::filters;

/// For whom a page is dressed: pride outside, calm inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Anybody: serif headings, hem, footer.
    Public,
    /// An owner or resident with a case of their own.
    Citizen,
    /// An officer at work: one dark bar, the work at the side.
    Office,
}

impl Kind {
    /// The class of `<body>`. Whoever signs in for themselves sees the city they saw before.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Kind::Public | Kind::Citizen => "public",
            Kind::Office => "office",
        }
    }
}

/// Light, dark, or what the device says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    #[default]
    Device,
    Light,
    Dark,
}

impl Theme {
    /// What the cookie and the form call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of this name; an unknown name is the device's.
    pub(crate) fn of(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Device,
        }
    }

    /// The `media` of the night palette, unless it is not wanted at all.
    fn night(self) -> Option<&'static str> {
        match self {
            Theme::Device => Some("(prefers-color-scheme: dark)"),
            Theme::Dark => Some("all"),
            Theme::Light => None,
        }
    }
}

/// One place to go.
#[derive(Debug, Clone)]
pub(crate) struct Nav {
    /// As people read it, in their language.
    pub(crate) label: String,
    /// The same in a word that fits at the foot of a phone.
    pub(crate) short: String,
    /// A place of one's own, not everybody's.
    pub(crate) own: bool,
    pub(crate) href: String,
    /// A name of `icon.rs`.
    pub(crate) icon: &'static str,
    pub(crate) current: bool,
    /// Things that wait there; zero is not shown.
    pub(crate) count: i64,
}

/// Somebody one may act for.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    /// What `POST /account/seat` takes.
    pub(crate) id: String,
    pub(crate) organisation: String,
    pub(crate) role: String,
    pub(crate) current: bool,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    /// All they may act as, the current one marked; empty for people who act for themselves alone.
    pub(crate) seats: Vec<Seat>,
    /// Unread messages.
    pub(crate) messages: i64,
}

/// What happened just now, said once.
#[derive(Debug, Clone)]
pub(crate) struct Flash {
    /// `ok`, `warn`, `bad` or `info`.
    pub(crate) tone: &'static str,
    pub(crate) text: String,
}

/// All that surrounds a page and is not the page.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    /// `Kota Semarang`
    pub(crate) city: String,
    /// `Gerai Kota Semarang`
    pub(crate) product: String,
    /// `semarang`: chooses palette and loom.
    pub(crate) slug: String,
    /// What officers work in, as the city calls it: its shop, or its registry.
    pub(crate) service: String,
    /// `id` or `en`.
    pub(crate) language: String,
    pub(crate) theme: Theme,
    pub(crate) kind: Kind,
    pub(crate) person: Option<Person>,
    /// Services for the public, work for officers. A few stand at the foot of a phone.
    pub(crate) nav: Vec<Nav>,
    pub(crate) flash: Option<Flash>,
    /// Set in the demo: what the strip on top says.
    pub(crate) demo: Option<String>,
    /// Path and query of this page, to come back to.
    pub(crate) path: String,
    /// `https://gerai.example.id`, for links that leave the browser.
    pub(crate) base_url: String,
}

/// How many places fit at the foot of a phone. Where there are more, the last one leads to the rest.
const FOOT_MAX: usize = 5;

/// How many services stand beside the city's name.
const SHORT_MAX: usize = 4;

impl Shell {
    /// The places at the foot of a phone and those behind the last of them: the front first, then what
    /// is one's own.
    fn foot(&self) -> (Vec<&Nav>, Vec<&Nav>) {
        let mut places: Vec<&Nav> = self.nav.iter().collect();
        if !self.is_office() {
            places.sort_by_key(|nav| (nav.href != "/", !nav.own));
        }
        let fit = if places.len() > FOOT_MAX { FOOT_MAX - 1 } else { places.len() };
        let rest = places.split_off(fit);
        (places, rest)
    }

    fn seat(&self) -> Option<&Seat> {
        self.person.as_ref()?.seats.iter().find(|seat| seat.current)
    }

    fn can_switch(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.seats.len() > 1)
    }

    fn is_office(&self) -> bool {
        self.kind == Kind::Office
    }

    /// Whether the services need a line of their own on a desktop.
    fn is_long(&self) -> bool {
        self.nav.len() > SHORT_MAX || self.person.is_some()
    }

    fn is_theme(&self, name: &str) -> bool {
        self.theme.name() == name
    }

    /// The colour of the browser's own bar.
    fn bar_colour(&self) -> &'static str {
        assets::deep_colour(&self.slug, self.theme == Theme::Dark)
    }
}

/// The blocks of a page, cut apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    /// Path of the picture for link previews, if the page has one of its own.
    pub(crate) image: &'a str,
    /// `narrow` for one question at a time, `full` for tables, nothing for the rest.
    pub(crate) width: &'a str,
    /// From edge to edge, above the page: a hero.
    pub(crate) top: &'a str,
    pub(crate) main: &'a str,
}

/// Takes a rendered page apart. The marks cannot come from people: `<` is escaped in everything
/// they write.
pub(crate) fn split(rendered: &str) -> Result<Parts<'_>> {
    let missing = || Error::broken("a page does not extend page.html");
    let (title, rest) = rendered.split_once("<!--gerai:description-->").ok_or_else(missing)?;
    let (description, rest) = rest.split_once("<!--gerai:image-->").ok_or_else(missing)?;
    let (image, rest) = rest.split_once("<!--gerai:width-->").ok_or_else(missing)?;
    let (width, rest) = rest.split_once("<!--gerai:top-->").ok_or_else(missing)?;
    let (top, main) = rest.split_once("<!--gerai:main-->").ok_or_else(missing)?;
    let [title, description, image, width, top] =
        [title, description, image, width, top].map(str::trim);
    Ok(Parts { title, description, image, width, top, main: main.trim() })
}

/// The whole document. Render it with the same runtime values as the page.
#[derive(Template)]
#[template(path = "layout.html")]
pub(crate) struct Layout<'a> {
    pub(crate) shell: &'a Shell,
    pub(crate) parts: Parts<'a>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_its_marks() {
        let page = "Pesanan <!--gerai:description-->Satu<!--gerai:image--><!--gerai:width-->narrow\
                    <!--gerai:top--><!--gerai:main--> <h1>Pesanan</h1>\n";
        let parts = split(page).unwrap();
        assert_eq!((parts.title, parts.width, parts.top), ("Pesanan", "narrow", ""));
        assert_eq!((parts.description, parts.image), ("Satu", ""));
        assert_eq!(parts.main, "<h1>Pesanan</h1>");
    }

    #[test]
    fn a_page_without_marks_is_a_bug() {
        assert!(split("<h1>Pesanan</h1>").is_err());
    }

    #[test]
    fn themes_have_names_that_survive_a_cookie() {
        for theme in [Theme::Device, Theme::Light, Theme::Dark] {
            assert_eq!(Theme::of(theme.name()), theme);
        }
        assert_eq!(Theme::of("pink"), Theme::Device);
    }
}
