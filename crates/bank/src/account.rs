//! A number of the bank that is paid into for one bill: a partner asks for it, asks later whether it was
//! paid, and takes it back.

use base::{Error, FromRow, Read, Result, Row, Rupiah, Timestamp, Tx, db};
use snap::va::{Named, VaAnswer, VaAsked, VaOfBill, VaState, VaWanted};
use snap::wire::PaymentStatus;
use snap::{Case, Money, VirtualAccount, moment};

use crate::events::CodeChanged;
use crate::partner::Partner;

/// Once, and one sum alone: what this bank offers of the kinds of the standard.
const CLOSED: &str = "C";

/// A number that was given out.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// The bank's own.
    pub(crate) reference: String,
    pub(crate) partner: String,
    pub(crate) partner_reference: String,
    collector: String,
    customer: String,
    /// As a payer types it.
    pub(crate) number: String,
    /// What a payer reads.
    pub(crate) name: String,
    pub(crate) amount: Rupiah,
    /// Until when it may be paid; taking it back means until then.
    pub(crate) until: Timestamp,
    pub(crate) paid_at: Option<Timestamp>,
}

impl FromRow for Account {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Account {
            reference: row.take()?,
            partner: row.take()?,
            partner_reference: row.take()?,
            collector: row.take()?,
            customer: row.take()?,
            number: row.take()?,
            name: row.take()?,
            amount: row.take()?,
            until: row.take()?,
            paid_at: row.take()?,
        })
    }
}

const SELECT: &str = "SELECT reference, partner, partner_reference, collector, customer, number, name, \
     amount, until, paid_at FROM bank_accounts";

impl Account {
    /// As bodies name it.
    pub(crate) fn named(&self) -> Result<Named> {
        let account = VirtualAccount::parse(&self.collector, &self.customer);
        let account = account.ok_or_else(|| Error::broken("a number that was given is one"))?;
        Ok(Named::from(&account))
    }

    fn of_bill(&self) -> Result<VaAnswer<VaOfBill>> {
        let trx_id = self.partner_reference.clone();
        Ok(VaAnswer { virtual_account_data: VaOfBill { named: self.named()?, trx_id } })
    }

    fn status(&self, now: Timestamp) -> PaymentStatus {
        match self.paid_at {
            Some(_) => PaymentStatus::Paid,
            None if self.until <= now => PaymentStatus::Over,
            None => PaymentStatus::Open,
        }
    }
}

/// The account with this number of the bank's own.
pub(crate) fn find(read: &mut Read<'_>, reference: &str) -> Result<Option<Account>> {
    Ok(read.first(&format!("{SELECT} WHERE reference = $1"), &[&reference])?)
}

/// The account that a payer means, with or without blanks between the digits.
pub(crate) fn of_number(read: &mut Read<'_>, typed: &str) -> Result<Option<Account>> {
    let number: String = typed.chars().filter(|sign| *sign != ' ').collect();
    Ok(read.first(&format!("{SELECT} WHERE number = $1"), &[&number])?)
}

/// The newest accounts.
pub(crate) fn newest(read: &mut Read<'_>) -> Result<Vec<Account>> {
    Ok(read.all(&format!("{SELECT} ORDER BY made_at DESC, reference DESC LIMIT 20"), &[])?)
}

/// An account of this partner.
fn own(read: &mut Read<'_>, partner: &Partner, named: &Named) -> Result<Option<Account>> {
    let Some(account) = named.account() else { return Ok(None) };
    let found = of_number(read, &account.to_string())?;
    Ok(found.filter(|found| found.partner == partner.id))
}

/// Gives a number out, the one that the partner chose.
pub(crate) fn create(
    tx: &mut Tx<'_>,
    partner: &Partner,
    wanted: &VaWanted,
) -> Result<Result<VaAnswer<VaOfBill>, Case>> {
    let Some(amount) = Rupiah::parse(wanted.total_amount.0).filter(|sum| sum.amount() > 0) else {
        return Ok(Err(Case::InvalidAmount));
    };
    let until = moment::read(&wanted.expired_date).map(Timestamp::from_ms);
    let until = until.filter(|until| *until > Timestamp::of(tx));
    let chosen = wanted.named.account();
    let chosen = chosen.filter(|chosen| chosen.partner().trim() == partner.collector());
    let (Some(until), Some(chosen)) = (until, chosen) else { return Ok(Err(Case::InvalidField)) };
    if wanted.virtual_account_trx_type != CLOSED || wanted.trx_id.is_empty() {
        return Ok(Err(Case::InvalidField));
    }
    let id: String = tx.new_id();
    let account = Account {
        reference: id.to_uppercase(),
        partner: partner.id.clone(),
        partner_reference: wanted.trx_id.clone(),
        collector: chosen.partner(),
        customer: chosen.customer().to_owned(),
        number: chosen.to_string(),
        name: wanted.virtual_account_name.chars().take(64).collect(),
        amount,
        until,
        paid_at: None,
    };
    match insert(tx, &account)? {
        true => Ok(Ok(account.of_bill()?)),
        false => Ok(Err(Case::DuplicateReference)),
    }
}

/// `false` when the number, or the partner's own number of the bill, was used before.
fn insert(tx: &mut Tx<'_>, account: &Account) -> Result<bool> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "INSERT INTO bank_accounts (reference, partner, partner_reference, collector, customer, number,
             name, amount, until, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT DO NOTHING",
        &[
            &account.reference,
            &account.partner,
            &account.partner_reference,
            &account.collector,
            &account.customer,
            &account.number,
            &account.name,
            &account.amount,
            &account.until,
            &now,
        ],
    )?;
    if rows > 0 {
        changed(tx, "bank.account_given", account)?;
    }
    Ok(rows > 0)
}

fn changed(tx: &mut Tx<'_>, kind: &'static str, account: &Account) -> Result<()> {
    let (reference, amount) = (account.reference.as_str(), account.amount);
    tx.record(&CodeChanged { kind, reference, amount })?;
    Ok(())
}

/// Says how far the payment of a number has come.
pub(crate) fn standing(
    read: &mut Read<'_>,
    partner: &Partner,
    asked: &VaAsked,
) -> Result<Result<VaAnswer<VaState>, Case>> {
    let Some(account) = own(read, partner, &asked.named)? else {
        return Ok(Err(Case::InvalidBill));
    };
    let status = account.status(Timestamp::of(read));
    let paid = account.paid_at.is_some();
    Ok(Ok(VaAnswer {
        virtual_account_data: VaState {
            named: account.named()?,
            payment_request_id: if paid { account.reference } else { String::new() },
            paid_amount: paid.then_some(Money(account.amount.amount())),
            payment_flag_status: status.code().to_owned(),
        },
    }))
}

/// Takes a number back: it cannot be paid any more. Doing it again changes nothing.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    partner: &Partner,
    asked: &VaAsked,
) -> Result<Result<VaAnswer<VaOfBill>, Case>> {
    let Some(account) = own(tx, partner, &asked.named)? else {
        return Ok(Err(Case::InvalidBill));
    };
    let now = Timestamp::of(tx);
    match account.status(now) {
        PaymentStatus::Paid => return Ok(Err(Case::PaidBill)),
        PaymentStatus::Open => {
            tx.execute(
                "UPDATE bank_accounts SET until = $2 WHERE reference = $1",
                &[&account.reference, &now],
            )?;
            changed(tx, "bank.account_closed", &account)?;
        }
        PaymentStatus::Over | PaymentStatus::Refunded => {}
    }
    Ok(Ok(account.of_bill()?))
}

/// Notes that a number was paid.
pub(crate) fn paid(tx: &mut Tx<'_>, account: &Account) -> Result<()> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE bank_accounts SET paid_at = $2 WHERE reference = $1 AND paid_at IS NULL",
        &[&account.reference, &now],
    )?;
    if rows != 1 {
        return Err(Error::Refused("bank-paid"));
    }
    changed(tx, "bank.account_paid", account)
}
