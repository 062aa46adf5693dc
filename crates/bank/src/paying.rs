//! Somebody pays a code or a number with their phone, and chooses how well the bank tells of it.

use base::{Error, Result, Rupiah, Timestamp, Tx};

use crate::books::{PAYERS, transfer};
use crate::payable::Payable;
use crate::{notice, partner};

/// How the bank tells the merchant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whim {
    /// At once.
    Prompt,
    /// After so many milliseconds.
    Late(i64),
    /// Two times.
    Twice,
    /// Not at all.
    Never,
    /// At once, and another sum than was paid.
    OtherSum,
}

/// What a whim of lateness costs on the page: longer than a bill may be paid.
const LATE_MS: i64 = 2 * 60 * 60 * 1000;

impl Whim {
    /// Every one, as the page offers them.
    pub(crate) const ALL: [Whim; 5] =
        [Whim::Prompt, Whim::Twice, Whim::Late(LATE_MS), Whim::Never, Whim::OtherSum];

    /// The stable code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Whim::Prompt => "prompt",
            Whim::Late(_) => "late",
            Whim::Twice => "twice",
            Whim::Never => "never",
            Whim::OtherSum => "other_sum",
        }
    }

    pub(crate) fn parse(code: &str) -> Option<Whim> {
        Whim::ALL.into_iter().find(|whim| whim.code() == code)
    }
}

/// Pays what somebody read or typed. Refused: `bank-unknown`, `bank-paid`, `bank-over`.
pub fn pay(tx: &mut Tx<'_>, said: &str, whim: Whim) -> Result<Rupiah> {
    let due = Payable::find(tx, said)?.ok_or(Error::Refused("bank-unknown"))?;
    if due.is_paid() {
        return Err(Error::Refused("bank-paid"));
    }
    let now = Timestamp::of(tx);
    if due.until() <= now {
        return Err(Error::Refused("bank-over"));
    }
    let partner = partner::find(tx, due.partner())?;
    let partner = partner.ok_or_else(|| Error::broken("what is payable has its partner"))?;
    due.paid(tx)?;
    let amount = due.amount();
    transfer(tx, (PAYERS, &partner.merchant), amount, due.reference())?;
    let told = match whim {
        Whim::OtherSum => Rupiah::parse(amount.amount() - 1).unwrap_or(Rupiah::ZERO),
        _ => amount,
    };
    let (times, at) = match whim {
        Whim::Prompt | Whim::OtherSum => (1, now),
        Whim::Late(ms) => (1, now.plus_ms(ms)),
        Whim::Twice => (2, now),
        Whim::Never => (0, now),
    };
    for _ in 0..times {
        notice::queue(tx, &due, told, at)?;
    }
    Ok(amount)
}
