//! The form by which an owner describes a product.

use ::web::Upload;
use base::{Error, Problem, Result, Rupiah, words};
use schemars::JsonSchema;
use serde::Deserialize;

use super::CATEGORIES;
use crate::product::{Description, Product};
use crate::stock::STOCK_MAX;

/// What an owner fills in. Figures are read as people type them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub(super) struct ProductForm {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) category: String,
    #[serde(default)]
    pub(super) unit: String,
    #[serde(default)]
    pub(super) price: String,
    #[serde(default)]
    pub(super) stock: String,
    #[serde(default)]
    pub(super) lead_days: String,
    #[serde(default)]
    pub(super) domestic: String,
    /// One to a line.
    #[serde(default)]
    pub(super) variants: String,
    #[serde(default)]
    pub(super) offered: String,
    /// That a price far from the one before is meant.
    #[serde(default)]
    pub(super) confirmed: Tick,
    #[serde(default)]
    pub(super) version: String,
}

/// A box to tick: `1` from a form, `true` from a program.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Tick {
    Flag(bool),
    Word(String),
}

impl Tick {
    pub(super) fn is_on(&self) -> bool {
        match self {
            Tick::Flag(on) => *on,
            Tick::Word(word) => word == "1",
        }
    }
}

impl Default for Tick {
    fn default() -> Tick {
        Tick::Flag(false)
    }
}

const NAME_CHARS: std::ops::RangeInclusive<usize> = 3..=120;
const DESCRIPTION_CHARS_MAX: usize = 2_000;
const UNIT_CHARS: std::ops::RangeInclusive<usize> = 1..=20;
const LEAD_DAYS_MAX: i64 = 90;
const VARIANTS_MAX: usize = 20;
const VARIANT_CHARS_MAX: usize = 40;

impl ProductForm {
    /// The form as it stands for a product that is there.
    pub(super) fn of(product: &Product) -> ProductForm {
        ProductForm {
            name: product.name.clone(),
            description: product.description.clone(),
            category: product.category.clone(),
            unit: product.unit.clone(),
            price: product.price.display().trim_start_matches("Rp").to_owned(),
            stock: product.stock.to_string(),
            lead_days: product.lead_days.to_string(),
            domestic: if product.domestic { "1" } else { "" }.to_owned(),
            variants: product.variants.join("\n"),
            offered: if product.offered { "1" } else { "" }.to_owned(),
            version: product.version.to_string(),
            ..ProductForm::default()
        }
    }

    /// The fields of a form that may bring files.
    pub(super) fn of_upload(upload: &Upload) -> ProductForm {
        let field = |name: &str| upload.field(name).to_owned();
        ProductForm {
            name: field("name"),
            description: field("description"),
            category: field("category"),
            unit: field("unit"),
            price: field("price"),
            stock: field("stock"),
            lead_days: field("lead_days"),
            domestic: field("domestic"),
            variants: field("variants"),
            confirmed: Tick::Word(field("confirmed")),
            ..ProductForm::default()
        }
    }

    /// New goods with their first stock, or everything that is wrong with them.
    pub(super) fn parse_new(&self) -> Result<(Description, i64)> {
        let stock = whole(&self.stock).filter(|stock| (0..=STOCK_MAX).contains(stock));
        let wanted = || Problem::new("stock", "catalog-stock-wanted");
        match (self.parse(), stock) {
            (Ok(what), Some(stock)) => Ok((what, stock)),
            (Ok(_), None) => Err(Error::Invalid(vec![wanted()])),
            (Err(Error::Invalid(mut problems)), None) => {
                problems.push(wanted());
                Err(Error::Invalid(problems))
            }
            (Err(error), _) => Err(error),
        }
    }

    /// The price as it was understood.
    pub(super) fn price_said(&self) -> String {
        Rupiah::read(&self.price).map(Rupiah::display).unwrap_or_default()
    }

    /// What it says, or everything that is wrong with it.
    pub(super) fn parse(&self) -> Result<Description> {
        let mut problems = Vec::new();
        let mut sort = |read: Result<String, Problem>| {
            read.map_err(|problem| problems.push(problem)).unwrap_or_default()
        };
        let name = sort(words::name("name", &self.name, NAME_CHARS, "catalog-name-length"));
        let unit = sort(words::name("unit", &self.unit, UNIT_CHARS, "catalog-unit-wanted"));
        let told = words::long("description", &self.description, DESCRIPTION_CHARS_MAX);
        let description = sort(told);
        let mut wrong = |field: &str, code| problems.push(Problem::new(field, code));
        if !CATEGORIES.contains(&self.category.as_str()) {
            wrong("category", "catalog-category-wanted");
        }
        let price = Rupiah::read(&self.price).filter(|price| *price > Rupiah::ZERO);
        if price.is_none() {
            wrong("price", "catalog-price-wanted");
        }
        let days = if self.lead_days.trim().is_empty() { "0" } else { &self.lead_days };
        let lead_days = whole(days).filter(|days| (0..=LEAD_DAYS_MAX).contains(days));
        if lead_days.is_none() {
            wrong("lead_days", "catalog-lead-days-wanted");
        }
        let variants = self.variants();
        if variants.is_none() {
            wrong("variants", "catalog-variants-wanted");
        }
        match (price, lead_days, variants) {
            (Some(price), Some(lead_days), Some(variants)) if problems.is_empty() => {
                let (category, domestic) = (self.category.clone(), self.domestic == "1");
                Ok(Description {
                    name,
                    description,
                    category,
                    unit,
                    price,
                    lead_days,
                    domestic,
                    variants,
                })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    /// One to a line; nothing when there are too many or one is too long.
    fn variants(&self) -> Option<Vec<String>> {
        let lines = self.variants.lines().map(words::line);
        let variants: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        let fits = |variant: &String| {
            variant.chars().count() <= VARIANT_CHARS_MAX && !variant.contains(['<', '>'])
        };
        (variants.len() <= VARIANTS_MAX && variants.iter().all(fits)).then_some(variants)
    }
}

/// A whole number as people type it, dots only between thousands: `1.5` is no count.
pub(super) fn whole(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    let mut groups = text.split('.');
    let first = groups.next().filter(|group| !group.is_empty())?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_stands_only_between_thousands() {
        for (text, count) in [("1.000", 1000), ("12", 12), ("1 000", 1000)] {
            assert_eq!(whole(text), Some(count), "{text}");
        }
        for text in ["", " ", "1.5", "1.50", "1000.000", ".5", "1.", "1,5", "satu"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    fn good() -> ProductForm {
        ProductForm {
            name: "Nasi  kotak ayam".to_owned(),
            category: "makanan".to_owned(),
            unit: "kotak".to_owned(),
            price: "Rp 27.500".to_owned(),
            stock: "1.000".to_owned(),
            ..ProductForm::default()
        }
    }

    #[test]
    fn a_product_is_read_as_its_owner_types_it() {
        let (description, stock) = good().parse_new().unwrap();
        assert_eq!(description.name, "Nasi kotak ayam");
        assert_eq!((description.price.amount(), stock), (27_500, 1_000));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let form = ProductForm {
            price: "gratis".to_owned(),
            stock: "-1".to_owned(),
            ..ProductForm::default()
        };
        let Err(Error::Invalid(problems)) = form.parse_new() else { panic!("it is wrong") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "unit", "category", "price", "stock"]);
    }
}
