//! What a payer can pay: a code that was read, or a number that was typed.

use base::{Read, Result, Rupiah, Timestamp, Tx};

use crate::account::{self, Account};
use crate::code::{self, Code};

/// One of both.
#[derive(Debug, Clone)]
pub(crate) enum Payable {
    Code(Code),
    Account(Account),
}

impl Payable {
    /// What somebody means who read or typed this.
    pub(crate) fn find(read: &mut Read<'_>, said: &str) -> Result<Option<Payable>> {
        let said = said.trim();
        if let Some(code) = code::of_content(read, said)? {
            return Ok(Some(Payable::Code(code)));
        }
        Ok(account::of_number(read, said)?.map(Payable::Account))
    }

    /// The newest of both.
    pub(crate) fn newest(read: &mut Read<'_>) -> Result<Vec<Payable>> {
        let codes = code::newest(read)?.into_iter().map(Payable::Code);
        let accounts = account::newest(read)?.into_iter().map(Payable::Account);
        Ok(accounts.chain(codes).collect())
    }

    /// The bank's own number of it.
    pub(crate) fn reference(&self) -> &str {
        match self {
            Payable::Code(code) => &code.reference,
            Payable::Account(account) => &account.reference,
        }
    }

    /// Whose it is.
    pub(crate) fn partner(&self) -> &str {
        match self {
            Payable::Code(code) => &code.partner,
            Payable::Account(account) => &account.partner,
        }
    }

    pub(crate) fn amount(&self) -> Rupiah {
        match self {
            Payable::Code(code) => code.amount,
            Payable::Account(account) => account.amount,
        }
    }

    pub(crate) fn until(&self) -> Timestamp {
        match self {
            Payable::Code(code) => code.until,
            Payable::Account(account) => account.until,
        }
    }

    pub(crate) fn is_paid(&self) -> bool {
        match self {
            Payable::Code(code) => code.paid_at.is_some(),
            Payable::Account(account) => account.paid_at.is_some(),
        }
    }

    /// What somebody reads or types who means it.
    pub(crate) fn said(&self) -> &str {
        match self {
            Payable::Code(code) => &code.content,
            Payable::Account(account) => &account.number,
        }
    }

    /// Notes that it was paid.
    pub(crate) fn paid(&self, tx: &mut Tx<'_>) -> Result<()> {
        match self {
            Payable::Code(code) => code::paid(tx, code),
            Payable::Account(account) => account::paid(tx, account),
        }
    }
}
