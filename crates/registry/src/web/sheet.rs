//! Everything a record says, row by row: the same rows for the owner who checks the answers, the
//! officer who verifies, and two records side by side.

use base::{Rupiah, digits};
use particulars::kbli::KbliCode;
use particulars::point::GeoPoint;
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::Serialize;

use super::directory::place_words;
use super::section::Section;
use crate::business::{self, Business};
use crate::owner::Owner;

/// One line of a record.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct SheetRow {
    /// The key of its label.
    pub(super) label: &'static str,
    pub(super) value: String,
    /// Whether the value is the key of a text.
    pub(super) is_key: bool,
    /// The part of the registration it belongs to.
    pub(super) section: &'static str,
    /// What is compared where the value is only a mask.
    #[serde(skip)]
    pub(super) blind: String,
}

impl SheetRow {
    /// Whether the record beside says something else here.
    pub(super) fn differs(&self, other: &SheetRow) -> bool {
        self.blind != other.blind || business::key(&self.value) != business::key(&other.value)
    }
}

/// The number in the place of its mask: for its owner, who reads whether it is right.
pub(super) fn with_number(mut rows: Vec<SheetRow>, number: Option<&str>) -> Vec<SheetRow> {
    for row in rows.iter_mut().filter(|row| row.label == "registry-phone") {
        row.value = number.map(digits::phone).unwrap_or_default();
    }
    rows
}

/// The rows of one record.
pub(super) fn rows(regions: &CityRegions, business: &Business, owner: &Owner) -> Vec<SheetRow> {
    let mut rows = trade(business);
    rows.extend(place(regions, business));
    rows.extend(person(business, owner));
    rows.extend(size(business));
    rows
}

fn row(section: Section, label: &'static str, value: impl Into<String>) -> SheetRow {
    SheetRow {
        label,
        value: value.into(),
        is_key: false,
        section: section.code(),
        blind: String::new(),
    }
}

fn keyed(section: Section, label: &'static str, key: impl Into<String>) -> SheetRow {
    SheetRow { is_key: true, ..row(section, label, key) }
}

fn trade(business: &Business) -> Vec<SheetRow> {
    let kbli = business.kbli.as_deref().map(kbli_words).unwrap_or_default();
    let more: Vec<String> = business.more_kbli.iter().map(|code| kbli_words(code)).collect();
    vec![
        row(Section::Trade, "registry-name", &business.name),
        keyed(Section::Trade, "registry-category", super::category_key(&business.category)),
        row(Section::Trade, "registry-activity", &business.activity),
        row(Section::Kbli, "registry-kbli", kbli),
        row(Section::Kbli, "registry-kbli-more", more.join("; ")),
    ]
}

/// `56102 Rumah/Warung Makan`
pub(super) fn kbli_words(code: &str) -> String {
    let code = KbliCode::parse(code).ok();
    code.map(|code| format!("{code} {}", code.title())).unwrap_or_default()
}

fn place(regions: &CityRegions, business: &Business) -> Vec<SheetRow> {
    let place = &business.place;
    let units = [("RT", &place.rt), ("RW", &place.rw)];
    let units =
        units.into_iter().filter_map(|(word, unit)| Some(format!("{word} {}", unit.as_ref()?)));
    let point = place.latitude.zip(place.longitude);
    let point = point.and_then(|(north, east)| GeoPoint::of_micro(north, east));
    let point = point.map(GeoPoint::degrees).map(|(north, east)| format!("{north}, {east}"));
    let words = place_words(regions, place.village.as_deref(), place.district.as_deref());
    vec![
        row(Section::Place, "registry-place", words),
        row(Section::Place, "registry-street", &place.street),
        row(Section::Place, "registry-units", units.collect::<Vec<_>>().join(" / ")),
        row(Section::Place, "registry-landmark", &place.landmark),
        row(Section::Place, "registry-point", point.unwrap_or_default()),
    ]
}

fn person(business: &Business, owner: &Owner) -> Vec<SheetRow> {
    let (blind, mask) = match &business.phone {
        Some(phone) => (phone.blind.clone(), phone.mask.clone()),
        None => (String::new(), String::new()),
    };
    let shown = if business.public_phone.is_some() { "registry-yes" } else { "registry-no" };
    vec![
        row(Section::Owner, "registry-owner-name", &owner.name),
        row(Section::Owner, "registry-nik", owner.nik_mask.clone().unwrap_or_default()),
        SheetRow { blind, ..row(Section::Owner, "registry-phone", mask) },
        keyed(Section::Owner, "registry-phone-shown", shown),
    ]
}

fn size(business: &Business) -> Vec<SheetRow> {
    let money = |amount: Option<Rupiah>| amount.map(Rupiah::display).unwrap_or_default();
    let class = business.size_class.map(|class| format!("registry-class-{}", class.code()));
    vec![
        row(Section::Size, "registry-nib", business.nib.clone().unwrap_or_default()),
        row(Section::Size, "registry-annual-sales", money(business.annual_sales)),
        row(Section::Size, "registry-assets", money(business.assets)),
        row(
            Section::Size,
            "registry-workers-all",
            business.workers.map(|n| n.to_string()).unwrap_or_default(),
        ),
        keyed(Section::Size, "registry-class", class.unwrap_or_default()),
    ]
}
