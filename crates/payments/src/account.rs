//! A number of the bank that is paid into for one bill, for payers whose phone does not read codes. The bank
//! gives it when a payer asks for it, and closes it with its bill.

use base::keyring::Keyring;
use base::{
    Error, FromRow, FromValue, Read, Result, Row, Timestamp, ToValue, Tx, Value, db, job, number,
};
use serde_json::json;
use snap::VirtualAccount;

use crate::bill::{self, Bill, BillId, State};
use crate::events::AccountChanged;
use crate::refusal::Refusal;
use crate::{bank, work};

const SERIES: &str = "payments.account";

/// How a number stands at the bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountState {
    /// The bank is being asked for it.
    Asked,
    /// It can be paid into.
    Open,
    /// It was paid, or the bill has ended otherwise.
    Closed,
}

impl AccountState {
    const ALL: [AccountState; 3] = [AccountState::Asked, AccountState::Open, AccountState::Closed];

    fn code(self) -> &'static str {
        match self {
            AccountState::Asked => "asked",
            AccountState::Open => "open",
            AccountState::Closed => "closed",
        }
    }
}

impl ToValue for AccountState {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for AccountState {
    const WANTED: &'static str = "a state of a virtual account";
    fn from_value(value: Value<'_>) -> Option<Self> {
        let code = String::from_value(value)?;
        AccountState::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A number for one bill.
#[derive(Debug, Clone)]
pub struct Account {
    pub(crate) state: AccountState,
    /// Whom the payer's bank names before they pay.
    pub name: String,
    /// The city's number of the bill, as the bank knows it.
    pub(crate) reference: String,
    collector: String,
    customer: String,
}

impl FromRow for Account {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Account {
            state: row.take()?,
            name: row.take()?,
            reference: row.take()?,
            collector: row.take()?,
            customer: row.take()?,
        })
    }
}

impl Account {
    /// The number, as requests write it.
    pub(crate) fn number(&self) -> Result<VirtualAccount> {
        let number = VirtualAccount::parse(&self.collector, &self.customer);
        number.ok_or_else(|| Error::broken("a number that was kept is one"))
    }

    /// Whether the bank is being asked for it.
    pub fn is_asked(&self) -> bool {
        self.state == AccountState::Asked
    }

    /// Whether it can be paid into.
    pub fn is_open(&self) -> bool {
        self.state == AccountState::Open
    }

    /// As a payer types it.
    pub fn digits(&self) -> String {
        format!("{}{}", self.collector.trim(), self.customer)
    }

    /// As a payer reads it: in groups of four.
    pub fn shown(&self) -> String {
        let digits: Vec<char> = self.digits().chars().collect();
        let groups = digits.chunks(4).map(|group| group.iter().collect::<String>());
        groups.collect::<Vec<_>>().join(" ")
    }
}

const SELECT: &str = "SELECT state, name, reference, collector, customer FROM payments_accounts";

/// The number of a bill, if somebody asked for one.
pub fn of_bill(read: &mut Read<'_>, bill: &BillId) -> Result<Option<Account>> {
    Ok(read.first(&format!("{SELECT} WHERE bill = $1"), &[bill])?)
}

/// The number itself, as the bank names it.
pub(crate) fn of_number(read: &mut Read<'_>, said: &VirtualAccount) -> Result<Option<Account>> {
    let (collector, customer) = (said.partner(), said.customer());
    let sql = format!("{SELECT} WHERE collector = $1 AND customer = $2");
    Ok(read.first(&sql, &[&collector, &customer])?)
}

/// Whether a payment under this reference came through such a number.
pub(crate) fn is_reference(read: &mut Read<'_>, reference: &str) -> Result<bool> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM payments_accounts WHERE reference = $1";
    Ok(read.count(sql, &[&reference])? > 0)
}

/// A payer wants to pay by such a number; `name` is whom their bank names to them. Wanting it again changes
/// nothing.
///
/// Refused: `payments-not-open` for a bill that has ended, `payments-no-accounts` without a bank that gives
/// numbers.
pub fn want(tx: &mut Tx<'_>, keyring: &Keyring, id: &BillId, name: &str) -> Result<()> {
    if bill::find(tx, id)?.state != State::Open {
        return Err(Refusal::NotOpen.into());
    }
    let profile = bank::find(tx, keyring)?;
    let collector = profile.and_then(|profile| profile.collector).ok_or(Refusal::NoAccounts)?;
    if of_bill(tx, id)?.is_some() {
        return Ok(());
    }
    let customer = customer(number::next(tx, SERIES)?);
    let number = VirtualAccount::parse(&collector, &customer);
    let number = number.ok_or_else(|| Error::broken("a bank's profile was checked"))?;
    let (reference, now) = (format!("{id}-va"), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO payments_accounts (reference, bill, collector, customer, name, state, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&reference, id, &number.partner(), &customer, &name, &AccountState::Asked, &now],
    )?;
    bill::know_as(tx, id, &reference)?;
    tx.record(&AccountChanged { kind: "payments.account_asked", bill: id })?;
    job::enqueue(tx, work::ACCOUNT, &json!({ "bill": id.as_str() }), None)?;
    Ok(())
}

/// The bank gave it. The bill may have ended meanwhile: then it is closed at once.
pub(crate) fn opened(tx: &mut Tx<'_>, bill: &Bill) -> Result<()> {
    let ended = bill::find(tx, &bill.id)?.state != State::Open;
    change(tx, &bill.id, (AccountState::Asked, AccountState::Open), "payments.account_opened")?;
    if ended { close(tx, &bill.id) } else { Ok(()) }
}

/// The bill has ended: nobody shall pay into its number any more.
pub(crate) fn close(tx: &mut Tx<'_>, id: &BillId) -> Result<()> {
    if of_bill(tx, id)?.is_some_and(|account| account.state == AccountState::Open) {
        job::enqueue(tx, work::CLOSING, &json!({ "bill": id.as_str() }), None)?;
    }
    Ok(())
}

/// The bank has closed it.
pub(crate) fn closed(tx: &mut Tx<'_>, id: &BillId) -> Result<()> {
    change(tx, id, (AccountState::Open, AccountState::Closed), "payments.account_closed")
}

fn change(
    tx: &mut Tx<'_>,
    id: &BillId,
    (from, to): (AccountState, AccountState),
    kind: &'static str,
) -> Result<()> {
    let rows = tx.execute(
        "UPDATE payments_accounts SET state = $2 WHERE bill = $1 AND state = $3",
        &[id, &to, &from],
    )?;
    if rows > 0 {
        tx.record(&AccountChanged { kind, bill: id })?;
    }
    Ok(())
}

/// Ten digits of a serial number and one that checks them (Luhn), so that a digit that is typed wrong leads
/// to nobody's bill.
fn customer(serial: i64) -> String {
    let digits = format!("{serial:010}");
    let weigh = |(place, sign): (usize, u8)| {
        let digit = u32::from(sign - b'0');
        match (place % 2 == 0, digit * 2) {
            (true, twice) if twice > 9 => twice - 9,
            (true, twice) => twice,
            (false, _) => digit,
        }
    };
    let sum: u32 = digits.bytes().rev().enumerate().map(weigh).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_that_is_typed_wrong_leads_to_nobodys_bill() {
        // The known check digit of this row, used in every account of the formula.
        assert_eq!(customer(7_992_739_871), "79927398713");
        let given: Vec<String> = (1..200).map(customer).collect();
        for number in &given {
            for (place, digit) in (0..number.len()).flat_map(|p| ('0'..='9').map(move |d| (p, d))) {
                let mut typed: Vec<char> = number.chars().collect();
                typed[place] = digit;
                let typed: String = typed.into_iter().collect();
                assert!(&typed == number || !given.contains(&typed), "{number} {typed}");
            }
        }
    }
}
