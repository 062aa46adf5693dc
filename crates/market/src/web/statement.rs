//! A seller's statement of one month, to keep: as a paper, and as a table for a spreadsheet.

use ::web::{Access, Answer, Ctx, Query, Routes};
use axum::http::header;
use axum::response::IntoResponse;
use base::paper::{self, Amount, Column, Fact, Issuer, Paper, Party, Table};
use base::{Date, Delta, Error, Read, Result, Rupiah, Say};
use ledger::SELLERS_DUE;
use registry::Business;
use serde::Deserialize;

use super::money::{Explained, explained};
use crate::{SELL, shop};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/money/statement.pdf", drawn, Access::May(SELL))
        .asks(&["month"])
        .raw()
        .get("/market/money/statement.csv", table, Access::May(SELL))
        .asks(&["month"])
        .raw()
}

/// Lines of one month on paper; a shop with more takes the table.
const PAPER_LINES_MAX: i64 = 1_500;
/// Lines of one month in a table.
const TABLE_LINES_MAX: i64 = 50_000;

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    /// `2026-11`; this month when it is left out.
    #[serde(default)]
    month: String,
}

/// One month of a seller's money.
struct Month {
    business: Business,
    first: Date,
    last: Date,
    before: i64,
    lines: Vec<Explained>,
}

impl Asked {
    fn read(&self, read: &mut Read<'_>, lines_max: i64) -> Result<Month> {
        let wrong = || Error::invalid("month", "market-statement-month-wanted");
        let today = Date::today(read);
        let first = match self.month.as_str() {
            "" => Date::of(today.year(), today.month(), 1),
            month => Date::parse(&format!("{month}-01")),
        };
        let first = first.ok_or_else(wrong)?;
        let last = first.plus_days(31);
        let last = Date::of(last.year(), last.month(), 1).ok_or_else(wrong)?.plus_days(-1);
        let business = shop::own_business(read)?;
        let (party, days) = (business.id.as_str(), (first, last));
        let (before, lines) =
            ledger::statement_of_days(read, SELLERS_DUE, party, days, lines_max + 1)?;
        if i64::try_from(lines.len()).is_ok_and(|count| count > lines_max) {
            return Err(Error::invalid("month", "market-statement-too-long"));
        }
        let lines = explained(read, &lines)?;
        // What is owed is written with a minus in the book; the seller reads it the other way round.
        Ok(Month { business, first, last, before: -before.amount(), lines })
    }
}

impl Month {
    /// What was the seller's after each line.
    fn balances(&self) -> impl Iterator<Item = (&Explained, i64)> {
        let sum = |balance: &mut i64, line: &'_ Explained| *balance += line.amount.amount();
        let mut balance = self.before;
        self.lines.iter().map(move |line| {
            sum(&mut balance, line);
            (line, balance)
        })
    }

    fn after(&self) -> i64 {
        self.balances().last().map_or(self.before, |(_, balance)| balance)
    }
}

fn shown(amount: i64) -> String {
    Delta::parse(amount).map(Delta::display).unwrap_or_default()
}

async fn drawn(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let (month, today) =
        ctx.read(move |read| Ok((asked.read(read, PAPER_LINES_MAX)?, Date::today(read)))).await?;
    let paper = compose(&ctx, &month, today);
    let drawing = tokio::task::spawn_blocking(move || paper::pdf(&paper)).await;
    let bytes = drawing.map_err(Error::broken)?.map_err(Error::broken)?;
    Ok(file(&month, "pdf", "application/pdf", bytes))
}

fn compose(ctx: &Ctx, month: &Month, today: Date) -> Paper {
    let (texts, city) = (ctx.texts(), ctx.city());
    let say = |key: &str| texts.get(key);
    let issuer = Issuer {
        city: city.name.clone(),
        agency: say("market-statement-issuer"),
        address: Vec::new(),
        slug: city.slug.clone(),
    };
    let language = texts.language();
    let mut paper = Paper::new(issuer, &say("market-statement"), "", today);
    let facts = vec![Fact::new(say("market-statement-number"), &month.business.number)];
    paper.parties = vec![Party {
        role: say("market-statement-seller"),
        name: month.business.name.clone(),
        facts,
    }];
    let days = format!("{} – {}", month.first.say(language), month.last.say(language));
    paper.facts = vec![
        Fact::new(say("market-statement-days"), days),
        Fact::new(say("market-statement-before"), shown(month.before)),
    ];
    let row = |(line, balance): (&Explained, i64)| {
        let what = say(&format!("ledger-what-{}", line.what));
        let what = if line.number.is_empty() { what } else { format!("{what}, {}", line.number) };
        vec![line.day.say(language), what, line.amount.display(), shown(balance)]
    };
    paper.table = Some(Table {
        columns: vec![
            Column::words(&say("market-money-day"), 3),
            Column::words(&say("market-money-what"), 6),
            Column::figures(&say("market-money-amount"), 3),
            Column::figures(&say("market-statement-balance"), 3),
        ],
        rows: month.balances().map(row).collect(),
        totals: Vec::new(),
    });
    let after = Rupiah::parse(month.after()).filter(|sum| *sum > Rupiah::ZERO);
    let label = say("market-statement-after");
    match after {
        Some(sum) => paper.amount = Some(Amount { label, sum }),
        None => paper.facts.push(Fact::new(label, shown(month.after()))),
    }
    paper.closing = vec![say("market-statement-closing")];
    paper
}

async fn table(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let month = ctx.read(move |read| asked.read(read, TABLE_LINES_MAX)).await?;
    let texts = ctx.texts();
    let mut file_of = csv::Writer::from_writer(Vec::new());
    let head = ["market-money-day", "market-money-what", "market-order-number"];
    let sums = ["market-money-amount", "market-statement-balance"];
    let head = head.iter().chain(&sums).map(|key| texts.get(key));
    file_of.write_record(head).map_err(Error::broken)?;
    for (line, balance) in month.balances() {
        let what = texts.get(&format!("ledger-what-{}", line.what));
        let cells = [
            line.day.iso(),
            what,
            line.number.clone(),
            line.amount.amount().to_string(),
            balance.to_string(),
        ];
        file_of.write_record(cells).map_err(Error::broken)?;
    }
    let bytes = file_of.into_inner().map_err(Error::broken)?;
    Ok(file(&month, "csv", "text/csv; charset=utf-8", bytes))
}

fn file(
    month: &Month,
    ending: &str,
    kind: &'static str,
    bytes: Vec<u8>,
) -> axum::response::Response {
    let day = month.first.iso();
    let name = day.get(..7).unwrap_or_default();
    let name = format!("attachment; filename=\"{}-{name}.{ending}\"", month.business.number);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
