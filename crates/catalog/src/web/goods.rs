//! One thing on a shelf, as pages and programs get it.

use base::Rupiah;
use particulars::region::{CityRegions, RegionCode};
use schemars::JsonSchema;
use serde::Serialize;

use crate::measure::per_measure;
use crate::product::{Product, ProductId};
use crate::search::Card;

/// One thing on the shelf.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Goods {
    pub(super) id: ProductId,
    pub(super) name: String,
    pub(super) category: String,
    pub(super) unit: String,
    pub(super) price: Rupiah,
    /// The same by kilogram or litre, where its name tells: `Rp74.000 / kg`.
    pub(super) per_measure: String,
    pub(super) stock: i64,
    pub(super) photo: String,
    pub(super) maker: String,
    pub(super) place: String,
}

/// With so few left a shelf says it.
const FEW: i64 = 5;

impl Goods {
    /// Whether the shelf says how many are left. Services are not counted out.
    pub(super) fn few(&self) -> bool {
        self.stock <= FEW && self.category != "jasa"
    }

    /// From the index.
    pub(super) fn of_card(regions: &CityRegions, card: &Card) -> Goods {
        Goods {
            place: district_name(regions, &card.district),
            photo: photo(&card.photo),
            per_measure: measured(&card.name, &card.unit, card.price),
            id: card.id.clone(),
            name: card.name.clone(),
            category: card.category.clone(),
            unit: card.unit.clone(),
            price: card.price,
            stock: card.stock,
            maker: card.maker.clone(),
        }
    }

    /// From the catalogue, for a maker whose name and place are known.
    pub(super) fn of_product(product: Product, maker: &str, place: &str) -> Goods {
        Goods {
            place: place.to_owned(),
            photo: photo(product.photos.first().map_or("", String::as_str)),
            per_measure: measured(&product.name, &product.unit, product.price),
            id: product.id,
            name: product.name,
            category: product.category,
            unit: product.unit,
            price: product.price,
            stock: product.stock,
            maker: maker.to_owned(),
        }
    }
}

/// The price by kilogram or litre in words, or nothing.
pub(super) fn measured(name: &str, unit: &str, price: Rupiah) -> String {
    let per = per_measure(name, unit, price);
    per.map(|per| format!("{} / {}", per.price.display(), per.unit)).unwrap_or_default()
}

fn photo(hash: &str) -> String {
    if hash.is_empty() { String::new() } else { format!("/files/{hash}/card") }
}

/// The name of a district, or nothing when the code is unknown here.
pub(super) fn district_name(regions: &CityRegions, code: &str) -> String {
    let code = RegionCode::parse(code).ok();
    code.and_then(|code| regions.find(&code)).map(|place| place.name.clone()).unwrap_or_default()
}
