//! The chart of accounts, as data: what may stand on a line, and in which book.

use schemars::JsonSchema;
use serde::Serialize;

/// A book sums to zero in every entry by itself, so no money slips from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Book {
    /// What agencies may spend, and what of it is set aside, promised or spent.
    Budget,
    /// What the city owes and pays.
    City,
    /// Money of buyers and sellers of the public market, at a bank; never the city's.
    Market,
}

impl Book {
    /// The word stored with each line.
    pub const fn code(self) -> &'static str {
        match self {
            Book::Budget => "budget",
            Book::City => "city",
            Book::Market => "market",
        }
    }
}

/// What an account counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What is held.
    Asset,
    /// What is owed.
    Liability,
    /// What came in.
    Income,
    /// What was used up.
    Expense,
    /// Permission to spend, in one of its stages.
    Budget,
}

/// One account. Its sub-accounts are the parties on its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Account {
    /// Stable code, also the end of the key of its name.
    pub code: &'static str,
    /// The book it belongs to.
    pub book: Book,
    /// What it counts.
    pub kind: Kind,
}

impl Account {
    const fn new(code: &'static str, book: Book, kind: Kind) -> Account {
        Account { code, book, kind }
    }

    /// The key of its name in the texts.
    pub fn name_key(&self) -> String {
        format!("ledger-account-{}", self.code)
    }
}

/// The ceiling of a budget line, as the council granted it. Party: the budget line.
pub const BUDGET_CEILING: Account = Account::new("budget-ceiling", Book::Budget, Kind::Budget);
/// What of a ceiling is still free. Party: the budget line.
pub const BUDGET_FREE: Account = Account::new("budget-free", Book::Budget, Kind::Budget);
/// Set aside for a need that was stated. Party: the budget line.
pub const BUDGET_RESERVED: Account = Account::new("budget-reserved", Book::Budget, Kind::Budget);
/// Promised to a seller by an order. Party: the budget line.
pub const BUDGET_COMMITTED: Account = Account::new("budget-committed", Book::Budget, Kind::Budget);
/// Paid. Party: the budget line.
pub const BUDGET_SPENT: Account = Account::new("budget-spent", Book::Budget, Kind::Budget);
/// Goods and services received. Party: the agency.
pub const PURCHASES: Account = Account::new("purchases", Book::City, Kind::Expense);
/// Owed to sellers for what was received. Party: the business.
pub const PAYABLE: Account = Account::new("payable", Book::City, Kind::Liability);
/// Paid out of the city's treasury. Party: the agency.
pub const TREASURY: Account = Account::new("treasury", Book::City, Kind::Asset);
/// Lies at the bank that takes payments. Party: the bank.
pub const PARTNER_BANK: Account = Account::new("partner-bank", Book::Market, Kind::Asset);
/// Came in and is not yet anybody's. Party: the bill.
pub const PAID_IN: Account = Account::new("paid-in", Book::Market, Kind::Liability);
/// Paid for an order that is not yet completed. Party: the order.
pub const ORDERS_HELD: Account = Account::new("orders-held", Book::Market, Kind::Liability);
/// Owed to a seller for completed orders. Party: the business.
pub const SELLERS_DUE: Account = Account::new("sellers-due", Book::Market, Kind::Liability);
/// Owed back to whoever paid. Party: the bill.
pub const REFUNDS_DUE: Account = Account::new("refunds-due", Book::Market, Kind::Liability);

/// On its way to a seller. Party: the payout.
pub const PAYOUTS_DUE: Account = Account::new("payouts-due", Book::Market, Kind::Liability);

/// Every account there is.
pub const CHART: &[Account] = &[
    BUDGET_CEILING,
    BUDGET_FREE,
    BUDGET_RESERVED,
    BUDGET_COMMITTED,
    BUDGET_SPENT,
    PURCHASES,
    PAYABLE,
    TREASURY,
    PARTNER_BANK,
    PAID_IN,
    ORDERS_HELD,
    SELLERS_DUE,
    REFUNDS_DUE,
    PAYOUTS_DUE,
];

/// The account with this code.
pub fn account(code: &str) -> Option<Account> {
    CHART.iter().copied().find(|account| account.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_is_found_by_its_code_and_by_no_other() {
        for one in CHART {
            assert_eq!(account(one.code), Some(*one));
        }
        assert_eq!(account("slush"), None);
    }
}
