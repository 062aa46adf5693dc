//! What the city decides about paying: how long a bill stays open. Dated data; nothing of it stands in code.

use base::policy::{self, Draft, Field, Holds, LegalBasis, Mark, PolicyBody, PolicyKind, Shape};
use base::{Date, Error, Read, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rule of paying in force on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paying {
    /// So long a bill can be paid; goods stay set aside for it.
    pub(crate) minutes_to_pay: i64,
    /// So many days an account of a seller rests after it was set or changed, before it is paid to.
    pub(crate) payee_rest_days: i64,
}

impl PolicyBody for Paying {
    const KIND: &'static str = "payments.paying";
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("minutes_to_pay", Holds::Count { min: 5, max: 1_440 }),
        Field::new("payee_rest_days", Holds::Count { min: 0, max: 30 }),
    ]);
}

/// The kinds of rules of this area.
pub(crate) const KINDS: &[PolicyKind] = &[PolicyKind::of::<Paying>()];

/// What a city begins with: a figure of its own choice.
pub(crate) fn shipped() -> Result<Draft> {
    Ok(Draft {
        kind: Paying::KIND.to_owned(),
        body: serde_json::to_value(Paying { minutes_to_pay: 60, payee_rest_days: 2 })
            .map_err(Error::broken)?,
        valid_from: Date::of(2024, 1, 1).expect("the first day of a year exists"),
        valid_to: None,
        basis: LegalBasis {
            instrument: "Pilihan kota".to_owned(),
            number: String::new(),
            year: None,
            article: String::new(),
            note: "batas waktu membayar dan masa tunggu rekening baru".to_owned(),
            dated: None,
        },
        mark: Mark::CityChoice,
        based_on: None,
        origin: None,
    })
}

/// Today's rule.
pub(crate) fn today(read: &mut Read<'_>) -> Result<Paying> {
    let today = Date::today(read);
    Ok(policy::at::<Paying>(read, today)?.body)
}
