//! What the city wants of its purchases: how much goes to small businesses, how fast they are
//! paid. Data, because both change; the share has a law behind it, the days are a promise.

use base::policy::{Draft, Field, Holds, LegalBasis, Mark, PolicyBody, PolicyKind, Shape};
use base::{Date, Error, Rate, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Goals that the public board measures against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpendingGoals {
    /// At least this share is bought from micro and small businesses and cooperatives.
    pub(crate) small_share: Rate,
    /// At most this many days from handover to payment.
    pub(crate) days_to_pay: i64,
}

impl PolicyBody for SpendingGoals {
    const KIND: &'static str = "procurement.spending_goals";
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("small_share", Holds::Share),
        Field::new("days_to_pay", Holds::Count { min: 1, max: 365 }),
    ]);
}

/// The kinds of rules of this area.
pub(crate) const KINDS: &[PolicyKind] = &[PolicyKind::of::<SpendingGoals>()];

/// The goals a city begins with.
pub(crate) fn shipped() -> Result<Draft> {
    let valid_from = Date::of(2021, 2, 2).expect("the day the law was signed exists");
    let small_share = Rate::percent(40).expect("40 is a percentage");
    let goals = SpendingGoals { small_share, days_to_pay: 10 };
    Ok(Draft {
        kind: SpendingGoals::KIND.to_owned(),
        body: serde_json::to_value(&goals).map_err(Error::broken)?,
        valid_from,
        valid_to: None,
        basis: LegalBasis {
            instrument: "Peraturan Presiden".to_owned(),
            number: "12".to_owned(),
            year: Some(2021),
            article: "Pasal 65".to_owned(),
            note: "untuk porsi 40%; hari pembayaran pilihan kota".to_owned(),
            dated: Some(valid_from),
        },
        // Half of it is the city's own choice, so nobody may take the whole for law.
        mark: Mark::CityChoice,
        based_on: None,
        origin: None,
    })
}
