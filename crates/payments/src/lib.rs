//! Money that comes from outside and goes back: bills that are paid at a bank by the code of the national QR
//! standard, notices that are late, doubled, missing or wrong, refunds, and what a person must look at.

mod account;
mod bank;
mod bill;
mod case;
mod client;
mod events;
mod notice;
mod payee;
mod payout;
mod receipt;
mod refund;
mod refusal;
mod rules;
mod token;
mod verify;
mod web;
mod work;

use ::web::Area;
use base::{Grant, Permission, Role};

pub use account::{Account, of_bill as account_of, want as want_account};
pub use bank::{BankShown, Profile, connect, shown as bank_shown};
pub use bill::{Bill, BillId, NewBill, State, find, make, of_subject, withdraw};
pub use payee::{Payee, PayeeShown, find as payee_of, set as set_payee};
pub use payout::{
    BATCHES_PAGE, Batch, BatchId, Payout, approve, batches, find as find_batch, payouts,
    payouts_of, propose, ready, reject,
};
pub use refund::{
    Refund, Refunds, begin as begin_refund, of_bill as refunds_of, send_to as send_refunds_to,
};
pub use refusal::Refusal;
pub use rules::next_payday;
pub use web::SERVICES_PATH;
pub use work::{JOBS, look_again};

/// Looks after the money of buyers and sellers.
pub const SETTLE: Permission = Permission("payments.settle");

const GRANTS: &[Grant] = &[Grant { role: Role::MarketClerk, permissions: &[SETTLE] }];

/// Everything the city needs to know about this area.
pub fn area() -> Area {
    Area {
        migrations: &[
            ("0001_bills", include_str!("../migrations/0001_bills.sql")),
            ("0002_payouts", include_str!("../migrations/0002_payouts.sql")),
            ("0003_accounts", include_str!("../migrations/0003_accounts.sql")),
        ],
        texts: &[("id", include_str!("../texts/id.ftl")), ("en", include_str!("../texts/en.ftl"))],
        grants: GRANTS,
        jobs: JOBS,
        policies: rules::KINDS,
        ships: &[rules::shipped, rules::shipped_payday],
        verify: Some(verify::verify),
        safes: &[bank::PROFILES, notice::BODIES, payee::PAYEES],
        waits: Some(case::waits),
        nav: web::NAV,
        desks: web::DESKS,
        ..Area::new("payments", web::routes())
    }
}
