//! An entry: lines that sum to zero. One that does not cannot be built, one that is posted is never
//! changed; a mistake is mended by the entry that reverses it.

use std::collections::BTreeMap;
use std::fmt::Display;

use base::{Date, Delta, Error, FromRow, Id, Read, Result, Row, Rupiah, Timestamp, Tx};

use crate::account::{Account, account};
use crate::events::{Posted, PostedLine};

/// More lines than any entry needs.
pub const LINES_MAX: usize = 1_000;

/// The identity of a posted entry.
pub type EntryId = Id<Entry>;

/// One side of an entry: an amount on an account, for a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    account: Account,
    party: String,
    amount: Delta,
}

impl Line {
    /// More of what the account counts (less of what is owed).
    pub fn debit(account: Account, party: impl Display, amount: Rupiah) -> Line {
        Line { account, party: party.to_string(), amount: Delta::between(Rupiah::ZERO, amount) }
    }

    /// Less of what the account counts (more of what is owed).
    pub fn credit(account: Account, party: impl Display, amount: Rupiah) -> Line {
        Line { account, party: party.to_string(), amount: Delta::between(amount, Rupiah::ZERO) }
    }

    /// An amount that goes from one account to another, both for the same party.
    pub fn transfer(
        from: Account,
        to: Account,
        party: impl Display + Copy,
        amount: Rupiah,
    ) -> [Line; 2] {
        [Line::debit(to, party, amount), Line::credit(from, party, amount)]
    }
}

/// What happened to the money, ready to be posted: every book of it sums to zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    what: &'static str,
    subject: String,
    day: Date,
    lines: Vec<Line>,
}

/// Why lines do not make an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unbalanced {
    /// There is nothing in it, or more than `LINES_MAX`.
    Lines(usize),
    /// A line of nothing.
    Zero(&'static str),
    /// A book of it does not sum to zero.
    Book(&'static str, i64),
}

impl Display for Unbalanced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unbalanced::Lines(count) => {
                write!(f, "an entry has 2 to {LINES_MAX} lines, not {count}")
            }
            Unbalanced::Zero(account) => write!(f, "a line of nothing on {account}"),
            Unbalanced::Book(book, rest) => write!(f, "the book {book} is off by {rest}"),
        }
    }
}

impl std::error::Error for Unbalanced {}

/// An area that builds an unbalanced entry has a bug.
impl From<Unbalanced> for Error {
    fn from(unbalanced: Unbalanced) -> Error {
        Error::broken(unbalanced)
    }
}

impl Entry {
    /// An entry, if each of its books sums to zero. `what` is the end of a text key
    /// (`ledger-what-…`), `subject` the case it belongs to.
    pub fn balanced(
        what: &'static str,
        subject: impl Display,
        day: Date,
        lines: Vec<Line>,
    ) -> Result<Entry, Unbalanced> {
        if lines.len() < 2 || lines.len() > LINES_MAX {
            return Err(Unbalanced::Lines(lines.len()));
        }
        let mut books: BTreeMap<&'static str, i64> = BTreeMap::new();
        for line in &lines {
            if line.amount.amount() == 0 {
                return Err(Unbalanced::Zero(line.account.code));
            }
            *books.entry(line.account.book.code()).or_default() += line.amount.amount();
        }
        match books.into_iter().find(|(_, rest)| *rest != 0) {
            Some((book, rest)) => Err(Unbalanced::Book(book, rest)),
            None => Ok(Entry { what, subject: subject.to_string(), day, lines }),
        }
    }
}

// Sums of LINES_MAX lines stay far inside an i64.
const _: () = assert!(Rupiah::MAX.amount().checked_mul(LINES_MAX as i64).is_some());

/// Writes an entry into the book and tells the city what was posted. The command that posts records
/// the event that explains it.
pub fn post(tx: &mut Tx<'_>, entry: &Entry) -> Result<EntryId> {
    write(tx, entry, None)
}

/// Undoes an entry by its mirror image, once.
pub fn reverse(tx: &mut Tx<'_>, id: &EntryId, what: &'static str, day: Date) -> Result<EntryId> {
    let entry: Option<(String,)> =
        tx.first("SELECT subject FROM ledger_entries WHERE id = $1", &[id])?;
    let (subject,) = entry.ok_or(Error::NotFound)?;
    let undone =
        tx.count("SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_entries WHERE reverses = $1", &[id])?;
    if undone > 0 {
        return Err(Error::Refused("ledger-already-reversed"));
    }
    let lines: Vec<StoredLine> = tx.all(
        "SELECT account, party, amount FROM ledger_lines WHERE entry = $1 ORDER BY position",
        &[id],
    )?;
    let mirrored = lines.into_iter().map(StoredLine::mirrored).collect::<Result<Vec<Line>>>()?;
    write(tx, &Entry::balanced(what, subject, day, mirrored)?, Some(id))
}

struct StoredLine {
    account: String,
    party: String,
    amount: Delta,
}

impl FromRow for StoredLine {
    fn from_row(row: &mut Row<'_>) -> Result<Self, base::db::Error> {
        Ok(StoredLine { account: row.take()?, party: row.take()?, amount: row.take()? })
    }
}

impl StoredLine {
    fn mirrored(self) -> Result<Line> {
        let account = account(&self.account)
            .ok_or_else(|| Error::broken(format!("unknown account {}", self.account)))?;
        let amount = Delta::parse(-self.amount.amount()).expect("a delta has its mirror");
        Ok(Line { account, party: self.party, amount })
    }
}

fn write(tx: &mut Tx<'_>, entry: &Entry, reverses: Option<&EntryId>) -> Result<EntryId> {
    let id: EntryId = tx.new_id();
    let (at, actor) = (Timestamp::of(tx), tx.actor().id.clone());
    tx.execute(
        "INSERT INTO ledger_entries (id, what, subject, day, posted_at, actor, reverses)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &entry.what, &entry.subject, &entry.day.iso(), &at, &actor, &reverses],
    )?;
    for (position, line) in (0_i64..).zip(&entry.lines) {
        let Line { account, party, amount } = line;
        tx.execute(
            "INSERT INTO ledger_lines (entry, position, book, account, party, amount)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[&id, &position, &account.book.code(), &account.code, party, amount],
        )?;
        add(tx, line)?;
    }
    tx.record(&told(id.clone(), entry, reverses))?;
    Ok(id)
}

/// Adds a line to the balance it belongs to. One that no `Delta` can hold is refused, so that every
/// balance can always be read.
fn add(tx: &mut Tx<'_>, line: &Line) -> Result<()> {
    let balances: Vec<(i64,)> = tx.returning(
        "INSERT INTO ledger_balances (account, party, balance) VALUES ($1, $2, $3)
         ON CONFLICT (account, party)
         DO UPDATE SET balance = ledger_balances.balance + excluded.balance RETURNING balance",
        &[&line.account.code, &line.party, &line.amount],
    )?;
    let fits = balances.iter().all(|(balance,)| Delta::parse(*balance).is_some());
    if fits { Ok(()) } else { Err(Error::Refused("ledger-balance-too-large")) }
}

fn told(id: EntryId, entry: &Entry, reverses: Option<&EntryId>) -> Posted {
    let line = |line: &Line| PostedLine {
        book: line.account.book.code().to_owned(),
        account: line.account.code.to_owned(),
        party: line.party.clone(),
        amount: line.amount.amount(),
    };
    Posted {
        entry: id,
        what: entry.what.to_owned(),
        case: entry.subject.clone(),
        day: entry.day.iso(),
        reverses: reverses.cloned(),
        lines: entry.lines.iter().map(line).collect(),
    }
}

/// The entries of one case, oldest first.
pub fn of_subject(read: &mut Read<'_>, subject: &str) -> Result<Vec<EntryId>> {
    let rows: Vec<(EntryId,)> = read.all(
        "SELECT id FROM ledger_entries WHERE subject = $1 ORDER BY id LIMIT 1000",
        &[&subject],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{BUDGET_FREE, BUDGET_RESERVED, PAYABLE, PURCHASES};

    fn rupiah(amount: i64) -> Rupiah {
        Rupiah::parse(amount).unwrap()
    }

    fn entry(lines: Vec<Line>) -> Result<Entry, Unbalanced> {
        Entry::balanced("test", "case", Date::of(2026, 3, 12).unwrap(), lines)
    }

    #[test]
    fn lines_that_do_not_sum_to_zero_are_no_entry() {
        let debit = Line::debit(PURCHASES, "agency", rupiah(1_000));
        let wrong = entry(vec![debit.clone(), Line::credit(PAYABLE, "shop", rupiah(999))]);
        assert_eq!(wrong, Err(Unbalanced::Book("city", 1)));
        assert!(entry(vec![debit, Line::credit(PAYABLE, "shop", rupiah(1_000))]).is_ok());
        assert_eq!(entry(vec![]), Err(Unbalanced::Lines(0)));
        let nothing = Line::transfer(BUDGET_FREE, BUDGET_RESERVED, "line", Rupiah::ZERO);
        assert_eq!(entry(nothing.to_vec()), Err(Unbalanced::Zero("budget-reserved")));
    }

    #[test]
    fn no_money_slips_from_one_book_into_another() {
        let across = vec![
            Line::debit(BUDGET_RESERVED, "line", rupiah(5)),
            Line::credit(PAYABLE, "shop", rupiah(5)),
        ];
        assert_eq!(entry(across), Err(Unbalanced::Book("budget", 5)));
    }
}
