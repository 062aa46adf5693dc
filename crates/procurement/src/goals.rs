//! What the city wants of its purchases: how much goes to small businesses, how fast they are
//! paid. Data, because both change; the share has a law behind it, the days are a promise.

use base::policy::{Draft, LegalBasis, Mark, PolicyBody, PolicyKind};
use base::{Date, Error, Problem, Rate, Result};
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

const DAYS_MAX: i64 = 365;

impl PolicyBody for SpendingGoals {
    const KIND: &'static str = "procurement.spending_goals";

    fn problems(&self) -> Vec<Problem> {
        let right = (1..=DAYS_MAX).contains(&self.days_to_pay);
        if right {
            Vec::new()
        } else {
            vec![Problem::with("days_to_pay", "procurement-goal-days", DAYS_MAX)]
        }
    }
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
            instrument: "Porsi 40%: Peraturan Presiden Nomor 12 Tahun 2021 Pasal 65. Hari \
                         pembayaran: pilihan kota"
                .to_owned(),
            number: String::new(),
            dated: Some(valid_from),
        },
        // Half of it is the city's own choice, so nobody may take the whole for law.
        mark: Mark::Unverified,
        origin: None,
    })
}
