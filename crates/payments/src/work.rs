//! What is done at the bank behind a commit: a code or a number is fetched, a payment is asked after, a bill
//! that is too old is closed, money is given back or paid out. Each bears being done twice.

mod accounts;
mod bills;
mod payouts;
mod refunds;
mod transfer;

use base::job::{self, JobKind, Workshop};
use base::{Error, Id, Read, Result, Timestamp, Tx};
use serde_json::{Value, json};
use snap::moment;

use crate::bank::{self, Profile};
use crate::bill::{self, Bill, BillId, State};
use crate::client::{Call, Client};
use crate::refusal::Refusal;

/// Fetches a code.
pub(crate) const CODE: &str = "payments.code";
/// Fetches a number to pay into.
pub(crate) const ACCOUNT: &str = "payments.account";
/// Closes a number.
pub(crate) const CLOSING: &str = "payments.closing";
/// Asks whether a bill was paid.
pub(crate) const LOOK: &str = "payments.look";
/// Closes a bill that nobody paid.
pub(crate) const EXPIRY: &str = "payments.expiry";
/// Gives money back.
pub(crate) const REFUND: &str = "payments.refund";
/// Pays a seller.
pub(crate) const PAYOUT: &str = "payments.payout";

/// The work of this area.
pub const JOBS: &[JobKind] = &[
    JobKind { kind: CODE, run: bills::fetch_code },
    JobKind { kind: ACCOUNT, run: accounts::fetch },
    JobKind { kind: CLOSING, run: accounts::close },
    JobKind { kind: LOOK, run: bills::look },
    JobKind { kind: EXPIRY, run: bills::expire },
    JobKind { kind: REFUND, run: refunds::give_back },
    JobKind { kind: PAYOUT, run: payouts::pay_out },
];

/// The payer says that they have paid: the bank is asked at once.
pub fn look_again(tx: &mut Tx<'_>, id: &BillId) -> Result<()> {
    let bill = bill::find(tx, id)?;
    if bill.state != State::Open {
        return Err(Refusal::NotOpen.into());
    }
    job::enqueue(tx, LOOK, &json!({ "bill": id.as_str(), "once": true }), None)?;
    Ok(())
}

/// The bank told a sum that is not the bill's: it is asked what is true.
pub(crate) fn ask_after(tx: &mut Tx<'_>, id: &BillId) -> Result<()> {
    job::enqueue(tx, LOOK, &json!({ "bill": id.as_str(), "once": true }), None)?;
    Ok(())
}

struct Desk {
    profile: Profile,
    now: Timestamp,
}

fn desk(shop: &Workshop) -> Result<Desk> {
    let keyring = std::sync::Arc::clone(&shop.keyring);
    let look = move |read: &mut Read<'_>| {
        let profile = bank::find(read, &keyring)?.ok_or(Refusal::NotConnected)?;
        Ok(Desk { profile, now: Timestamp::of(read) })
    };
    shop.db.read(look).wait()
}

impl Desk {
    /// Somebody who asks the bank one question.
    fn client<'c>(&'c self, shop: &'c Workshop) -> Result<Client<'c>> {
        let give = |tx: &mut Tx<'_>| -> Result<Id<Call>> { Ok(tx.new_id()) };
        Ok(Client {
            courier: &shop.courier,
            profile: &self.profile,
            // Only a transaction gives one.
            number: shop.db.write("payments.number", give).wait()?,
            timestamp: written(self.now)?,
        })
    }
}

/// A moment, as the standard writes it.
fn written(at: Timestamp) -> Result<String> {
    moment::write(at.as_ms()).ok_or_else(|| Error::broken("a clock beyond time"))
}

fn bill_of(shop: &Workshop, data: &Value) -> Result<Bill> {
    let id = data["bill"].as_str().and_then(BillId::parse);
    let id = id.ok_or_else(|| Error::broken("a job without its bill"))?;
    shop.db.read(move |read| bill::find(read, &id)).wait()
}
