//! What the city decides about buying: what the neighbourhood courier may ask, and how much may be paid
//! in cash at the door. Dated data; nothing of it stands in code.

use base::policy::{self, Draft, Field, Holds, LegalBasis, Mark, PolicyBody, PolicyKind, Shape};
use base::{Date, Error, Read, Result, Rupiah};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rule of buying in force on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Buying {
    /// The courier's fee inside one village.
    pub(crate) courier_village: Rupiah,
    /// Inside one district.
    pub(crate) courier_district: Rupiah,
    /// From one district of the city to another.
    pub(crate) courier_city: Rupiah,
    /// The most that one order may cost when it is paid in cash at the handover.
    pub(crate) cash_max: Rupiah,
}

impl PolicyBody for Buying {
    const KIND: &'static str = "market.buying";
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("courier_village", Holds::Amount { open: false }),
        Field::new("courier_district", Holds::Amount { open: false }),
        Field::new("courier_city", Holds::Amount { open: false }),
        Field::new("cash_max", Holds::Amount { open: false }),
    ]);
}

/// The rule of complaints in force on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Complaining {
    /// So many days after an order was completed its buyer may still complain.
    pub(crate) complain_days: i64,
}

impl PolicyBody for Complaining {
    const KIND: &'static str = "market.complaining";
    const SHAPE: Shape =
        Shape::Parts(&[Field::new("complain_days", Holds::Count { min: 0, max: 60 })]);
}

/// The kinds of rules of this area.
pub(crate) const KINDS: &[PolicyKind] =
    &[PolicyKind::of::<Buying>(), PolicyKind::of::<Complaining>()];

/// What a city begins with: figures of its own choice.
pub(crate) fn shipped() -> Result<Draft> {
    let amount = |rupiah| Rupiah::parse(rupiah).expect("a default is a real amount");
    let buying = Buying {
        courier_village: amount(5_000),
        courier_district: amount(8_000),
        courier_city: amount(15_000),
        cash_max: amount(500_000),
    };
    own_choice(&buying, "ongkos kurir koperasi dan batas bayar tunai")
}

/// The same of complaints.
pub(crate) fn shipped_complaining() -> Result<Draft> {
    own_choice(&Complaining { complain_days: 7 }, "masa komplain setelah pesanan selesai")
}

fn own_choice<T: PolicyBody + Serialize>(body: &T, note: &str) -> Result<Draft> {
    Ok(Draft {
        kind: T::KIND.to_owned(),
        body: serde_json::to_value(body).map_err(Error::broken)?,
        valid_from: Date::of(2024, 1, 1).expect("the first day of a year exists"),
        valid_to: None,
        basis: LegalBasis {
            instrument: "Pilihan kota".to_owned(),
            number: String::new(),
            year: None,
            article: String::new(),
            note: note.to_owned(),
            dated: None,
        },
        mark: Mark::CityChoice,
        based_on: None,
        origin: None,
    })
}

/// Today's rule.
pub(crate) fn today(read: &mut Read<'_>) -> Result<Buying> {
    let today = Date::today(read);
    Ok(policy::at::<Buying>(read, today)?.body)
}

/// Today's rule of complaints.
pub(crate) fn complaining(read: &mut Read<'_>) -> Result<Complaining> {
    let today = Date::today(read);
    Ok(policy::at::<Complaining>(read, today)?.body)
}

impl Buying {
    /// What the courier asks between two villages, of which one may be known by its district only.
    pub(crate) fn courier(&self, from: &str, to: &str) -> Rupiah {
        match (from == to, district(from) == district(to)) {
            (true, _) => self.courier_village,
            (false, true) => self.courier_district,
            (false, false) => self.courier_city,
        }
    }
}

/// `33.74.09` of `33.74.09.1006`.
fn district(code: &str) -> &str {
    const DISTRICT_CHARS: usize = 8;
    code.get(..DISTRICT_CHARS).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_courier_asks_more_the_further_it_is() {
        let rule: Buying = serde_json::from_value(shipped().unwrap().body).unwrap();
        for (from, to, fee) in [
            ("33.74.09.1006", "33.74.09.1006", 5_000),
            ("33.74.09.1006", "33.74.09.1001", 8_000),
            ("33.74.09", "33.74.09.1001", 8_000),
            ("33.74.09.1006", "33.74.01.1006", 15_000),
        ] {
            assert_eq!(rule.courier(from, to).amount(), fee, "{from} {to}");
        }
    }
}
