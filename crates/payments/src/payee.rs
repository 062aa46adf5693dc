//! Where a seller is paid: a bank account, sealed. Pages show the end of its number.

use base::keyring::Keyring;
use base::safe::{Kept, Safe};
use base::{Error, Problem, Read, Result, Timestamp, Tx, words};
use serde::{Deserialize, Serialize};

use crate::events::PayeeChanged;

const PURPOSE: &str = "payments.payee";
const NAME_CHARS_MAX: usize = 80;
const BANK_DIGITS: usize = 3;

/// A bank account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    /// The code of the bank, three digits.
    pub(crate) bank: String,
    /// 5 to 20 digits.
    pub(crate) number: String,
    /// As the account is called.
    pub(crate) holder: String,
}

impl std::fmt::Debug for Payee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Payee(hidden)")
    }
}

/// What everybody who may see it reads of an account.
#[derive(Debug, Clone)]
pub struct PayeeShown {
    /// `Bank 008, ••••4321`.
    pub shown: String,
    /// When it was set or changed.
    pub changed_at: Timestamp,
}

impl Payee {
    /// Checked words.
    pub fn parse(bank: &str, number: &str, holder: &str) -> Result<Payee> {
        let mut problems = Vec::new();
        let bank = bank.trim().to_owned();
        if bank.len() != BANK_DIGITS || !bank.bytes().all(|sign| sign.is_ascii_digit()) {
            problems.push(Problem::new("bank", "payments-bank-wanted"));
        }
        let number: String =
            number.chars().filter(|sign| !matches!(sign, ' ' | '-' | '.')).collect();
        let digits = number.bytes().all(|sign| sign.is_ascii_digit());
        if !digits || !(5..=20).contains(&number.len()) {
            problems.push(Problem::new("number", "payments-number-wanted"));
        }
        let holder = words::name("holder", holder, 2..=NAME_CHARS_MAX, "payments-holder-wanted");
        let holder = holder.map_err(|problem| problems.push(problem)).unwrap_or_default();
        if problems.is_empty() {
            Ok(Payee { bank, number, holder })
        } else {
            Err(Error::Invalid(problems))
        }
    }

    fn shown(&self) -> String {
        let tail: String = self.number.chars().skip(self.number.len() - 4).collect();
        format!("Bank {}, ••••{tail}", self.bank)
    }
}

/// Sets where somebody is paid. The caller decides whose account it is.
pub fn set(tx: &mut Tx<'_>, keyring: &Keyring, party: &str, payee: &Payee) -> Result<()> {
    if find_whole(tx, keyring, party)?.as_ref() == Some(payee) {
        return Ok(());
    }
    let plain = serde_json::to_vec(payee).map_err(Error::broken)?;
    let (sealed, shown, now) =
        (keyring.seal_file(PURPOSE, &plain), payee.shown(), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO payments_payees (party, sealed, shown, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (party) DO UPDATE SET sealed = excluded.sealed, shown = excluded.shown,
             changed_at = excluded.changed_at",
        &[&party, &sealed, &shown, &now],
    )?;
    tx.record(&PayeeChanged { party })?;
    Ok(())
}

/// Where somebody is paid, if they said so.
pub fn find(read: &mut Read<'_>, party: &str) -> Result<Option<PayeeShown>> {
    let row: Option<(String, Timestamp)> =
        read.first("SELECT shown, changed_at FROM payments_payees WHERE party = $1", &[&party])?;
    Ok(row.map(|(shown, changed_at)| PayeeShown { shown, changed_at }))
}

/// The same, to be paid.
pub(crate) fn find_whole(
    read: &mut Read<'_>,
    keyring: &Keyring,
    party: &str,
) -> Result<Option<Payee>> {
    let row: Option<(Vec<u8>,)> =
        read.first("SELECT sealed FROM payments_payees WHERE party = $1", &[&party])?;
    let Some((sealed,)) = row else { return Ok(None) };
    let plain = keyring.open_file(PURPOSE, &sealed).map_err(Error::broken)?;
    Ok(Some(serde_json::from_slice(&plain).map_err(Error::broken)?))
}

/// Where sellers are paid.
pub(crate) const PAYEES: Safe = Safe {
    name: "payments.payees.sealed",
    purpose: PURPOSE,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT party, sealed FROM payments_payees WHERE party > $1 ORDER BY party LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE payments_payees SET sealed = $1 WHERE party = $2 AND sealed = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};
