//! What the city decides about paying: how long a bill stays open. Dated data; nothing of it stands in code.

use base::policy::{self, Draft, Field, Holds, LegalBasis, Mark, PolicyBody, PolicyKind, Shape};
use base::{Date, Error, Read, Result, calendar};
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

/// The rule of paying sellers in force on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Payday {
    /// The day of the week, 1 for Monday to 7 for Sunday; where nobody works, the next on which they do.
    pub(crate) payout_weekday: i64,
}

impl PolicyBody for Payday {
    const KIND: &'static str = "payments.payday";
    const SHAPE: Shape =
        Shape::Parts(&[Field::new("payout_weekday", Holds::Count { min: 1, max: 7 })]);
}

/// The kinds of rules of this area.
pub(crate) const KINDS: &[PolicyKind] = &[PolicyKind::of::<Paying>(), PolicyKind::of::<Payday>()];

/// What a city begins with: a figure of its own choice.
pub(crate) fn shipped() -> Result<Draft> {
    let paying = Paying { minutes_to_pay: 60, payee_rest_days: 2 };
    own_choice(&paying, "batas waktu membayar dan masa tunggu rekening baru")
}

/// The same of paying sellers: on Fridays.
pub(crate) fn shipped_payday() -> Result<Draft> {
    own_choice(&Payday { payout_weekday: 5 }, "hari pencairan penjual")
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
pub(crate) fn today(read: &mut Read<'_>) -> Result<Paying> {
    let today = Date::today(read);
    Ok(policy::at::<Paying>(read, today)?.body)
}

/// The next day on which sellers are paid, today if it is one.
pub fn next_payday(read: &mut Read<'_>) -> Result<Date> {
    let today = Date::today(read);
    let weekday = policy::at::<Payday>(read, today)?.body.payout_weekday;
    let calendar = calendar::at(read, today)?;
    // Looked for from last week on: a day that was moved may be today.
    let days = (-6..=7).map(|days| today.plus_days(days));
    let paydays = days.filter(|day| day.weekday() + 1 == weekday).map(|day| {
        match calendar.is_working_day(day) {
            true => day,
            false => calendar.plus_working_days(day, 1),
        }
    });
    let next = paydays.filter(|day| *day >= today).min();
    Ok(next.unwrap_or(today))
}
