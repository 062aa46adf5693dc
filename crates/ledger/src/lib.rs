//! The city's double-entry book: it cannot be unbalanced and is never edited.
#![deny(missing_docs)]

mod account;
mod entry;
mod events;
mod statement;
mod verify;

pub use account::{
    Account, BUDGET_CEILING, BUDGET_COMMITTED, BUDGET_FREE, BUDGET_RESERVED, BUDGET_SPENT, Book,
    CHART, Kind, ORDERS_HELD, PAID_IN, PARTNER_BANK, PAYABLE, PAYOUTS_DUE, PURCHASES, REFUNDS_DUE,
    SELLERS_DUE, TREASURY, account,
};
pub use entry::{Entry, EntryId, LINES_MAX, Line, Unbalanced, of_subject, post, reverse};
pub use statement::{
    PAGE_LINES, StatementLine, balance, balances_of, parties_with, statement, statement_of_days,
};
pub use verify::verify;

use web::{Area, Routes};

/// Everything the city needs to know about this area.
pub fn area() -> Area {
    Area {
        migrations: &[("0001_entries", include_str!("../migrations/0001_entries.sql"))],
        texts: &[("id", include_str!("../texts/id.ftl")), ("en", include_str!("../texts/en.ftl"))],
        verify: Some(verify),
        ..Area::new("ledger", Routes::default())
    }
}
