//! The form by which an owner describes a product.

use base::{Error, Problem, Result, Rupiah};
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
    #[serde(default)]
    pub(super) version: String,
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
        }
    }

    /// What it says, or everything that is wrong with it.
    pub(super) fn parse(&self) -> Result<(Description, i64)> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, code| problems.push(Problem::new(field, code));
        let (name, unit) = (tidy(&self.name), tidy(&self.unit));
        if !NAME_CHARS.contains(&name.chars().count()) {
            wrong("name", "catalog-name-length");
        }
        if !UNIT_CHARS.contains(&unit.chars().count()) {
            wrong("unit", "catalog-unit-wanted");
        }
        if self.description.chars().count() > DESCRIPTION_CHARS_MAX {
            wrong("description", "catalog-description-length");
        }
        if !CATEGORIES.contains(&self.category.as_str()) {
            wrong("category", "catalog-category-wanted");
        }
        let price = Rupiah::read(&self.price).filter(|price| *price > Rupiah::ZERO);
        if price.is_none() {
            wrong("price", "catalog-price-wanted");
        }
        let stock = whole(&self.stock, 0).filter(|stock| (0..=STOCK_MAX).contains(stock));
        if stock.is_none() {
            wrong("stock", "catalog-stock-wanted");
        }
        let lead_days = whole(&self.lead_days, 0).filter(|days| (0..=LEAD_DAYS_MAX).contains(days));
        if lead_days.is_none() {
            wrong("lead_days", "catalog-lead-days-wanted");
        }
        let variants: Vec<String> =
            self.variants.lines().map(tidy).filter(|line| !line.is_empty()).collect();
        let long = variants.iter().any(|variant| variant.chars().count() > VARIANT_CHARS_MAX);
        if variants.len() > VARIANTS_MAX || long {
            wrong("variants", "catalog-variants-wanted");
        }
        let (Some(price), Some(stock), Some(lead_days)) = (price, stock, lead_days) else {
            return Err(Error::Invalid(problems));
        };
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let description = Description {
            name,
            description: self.description.trim().to_owned(),
            category: self.category.clone(),
            unit,
            price,
            lead_days,
            domestic: self.domestic == "1",
            variants,
        };
        Ok((description, stock))
    }
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A whole number as people type it, dots only between thousands: `1.5` is no count. `empty` stands
/// for nothing typed.
pub(super) fn whole(text: &str, empty: i64) -> Option<i64> {
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    if text.is_empty() {
        return Some(empty);
    }
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
        let typed = [("1.000", Some(1000)), ("12", Some(12)), ("1 000", Some(1000)), ("", Some(0))];
        for (text, count) in typed {
            assert_eq!(whole(text, 0), count, "{text}");
        }
        for text in ["1.5", "1.50", "1000.000", ".5", "1.", "1,5", "satu"] {
            assert_eq!(whole(text, 0), None, "{text}");
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
        let (description, stock) = good().parse().unwrap();
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
        let Err(Error::Invalid(problems)) = form.parse() else { panic!("it is wrong") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "unit", "category", "price", "stock"]);
    }
}
