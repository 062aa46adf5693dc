//! The city's double-entry book: it cannot be unbalanced and is never edited.
#![deny(missing_docs)]

mod account;
mod entry;
mod statement;
mod verify;

pub use account::{
    Account, BUDGET_CEILING, BUDGET_COMMITTED, BUDGET_FREE, BUDGET_RESERVED, BUDGET_SPENT, Book,
    CHART, Kind, PAYABLE, PURCHASES, TREASURY, account,
};
pub use entry::{Entry, EntryId, LINES_MAX, Line, Unbalanced, of_subject, post, reverse};
pub use statement::{
    PAGE_LINES, StatementLine, balance, balances_of, parties_of, statement, totals,
};
pub use verify::verify;
