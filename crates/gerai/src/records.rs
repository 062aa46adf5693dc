//! Records in and out: lists of businesses, open data, rules.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use base::{Date, Error, Language, Problem, Say, StoredEvent, policy};
use clap::{Args, Subcommand, ValueEnum};

use crate::house::House;
use crate::serve::say;
use crate::words;

mod businesses;

pub(crate) use businesses::bring_in;

/// What can be brought in.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// A list of businesses: csv, xlsx, xls, ods, json; messy is normal.
    Businesses(businesses::Bring),
}

impl Import {
    pub(crate) fn run(self, house: &House, json: bool) -> Result<ExitCode, String> {
        let Import::Businesses(bring) = self;
        bring.run(house, json)
    }
}

/// What can be written out.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Purchases as OCDS 1.1.5 releases.
    Ocds,
    /// The public directory of businesses, one JSON object a line.
    Businesses,
    /// The goods on offer, one JSON object a line.
    Products,
    /// Every event, one JSON object a line.
    Events,
}

/// Writes to standard output, or to a file.
#[derive(Debug, Args)]
pub(crate) struct Export {
    what: What,
    /// The file; standard output without it.
    #[arg(long)]
    out: Option<PathBuf>,
}

impl Export {
    pub(crate) fn run(self, house: &House) -> Result<ExitCode, String> {
        let mut out: Box<dyn Write> = match &self.out {
            Some(path) => {
                let file = File::create(path).map_err(|e| format!("{}: {e}", path.display()))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(std::io::stdout())),
        };
        let written = match self.what {
            What::Ocds => procurement::export_ocds(
                &house.db,
                &crate::front::ocds_head(&house.config.city(false)),
                &mut out,
            ),
            What::Businesses => export_businesses(house, &mut out),
            What::Products => export_products(house, &mut out),
            What::Events => export_events(house, &mut out),
        };
        let written = written.map_err(|e| words::of(&e))?;
        out.flush().map_err(|e| e.to_string())?;
        if written == 0 && matches!(self.what, What::Ocds) {
            return Err("no purchase has been published yet, and OCDS knows no empty package; \
                        export again after the first request"
                .to_owned());
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn line(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<(), Error> {
    let text = serde_json::to_string(value).map_err(Error::broken)?;
    writeln!(out, "{text}").map_err(Error::broken)
}

fn export_businesses(house: &House, out: &mut dyn Write) -> Result<u64, Error> {
    let (mut wanted, mut count) = (registry::directory::Wanted::default(), 0);
    loop {
        let asked = wanted.clone();
        let shelf = house.db.read(move |read| registry::directory::list(read, &asked)).wait()?;
        for entry in &shelf.entries {
            line(out, entry)?;
            count += 1;
        }
        wanted.after = shelf.next;
        if wanted.after.is_none() {
            return Ok(count);
        }
    }
}

/// Rows read at once.
const PAGE_ROWS: i64 = 500;

fn export_products(house: &House, out: &mut dyn Write) -> Result<u64, Error> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let from = after.clone();
        let page =
            house.db.read(move |read| catalog::product::after(read, &from, PAGE_ROWS)).wait()?;
        let Some(last) = page.last() else { return Ok(count) };
        after = last.id.to_string();
        for product in page.iter().filter(|product| product.offered) {
            line(out, product)?;
            count += 1;
        }
    }
}

/// An event as it leaves the city: the moment as a text, and what it says as JSON and not as a text
/// with JSON in it.
#[derive(serde::Serialize)]
struct Told<'e> {
    id: &'e str,
    seq: Option<i64>,
    at: String,
    actor: &'e str,
    on_behalf_of: Option<&'e str>,
    kind: &'e str,
    subject: &'e str,
    data: serde_json::Value,
}

impl Told<'_> {
    fn of(event: &StoredEvent) -> Told<'_> {
        Told {
            id: &event.id,
            seq: event.seq,
            at: event.at.iso(),
            actor: &event.actor,
            on_behalf_of: event.on_behalf_of.as_deref(),
            kind: &event.kind,
            subject: &event.subject,
            data: event.json(),
        }
    }
}

fn export_events(house: &House, out: &mut dyn Write) -> Result<u64, Error> {
    while crate::background::react(&house.db)? {}
    let (mut seq, mut count) = (0, 0);
    loop {
        let page = house.db.read(move |read| base::consumer::after(read, seq, PAGE_ROWS)).wait()?;
        let Some(last) = page.last() else { return Ok(count) };
        seq = last.seq.unwrap_or(seq);
        for event in &page {
            line(out, &Told::of(event))?;
            count += 1;
        }
    }
}

/// What can be asked about rules.
#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// Every rule in every version.
    List,
    /// One kind of rule, as it is or was on a day.
    Show {
        /// Such as `procurement.value_bands`.
        kind: String,
        /// The day; today without it.
        #[arg(long, value_parser = day)]
        on: Option<Date>,
    },
    /// Checks that every rule in force is understood by this program.
    Check,
}

impl Policy {
    pub(crate) fn run(self, house: &House, json: bool) -> Result<ExitCode, String> {
        let versions = house.db.read(policy::list).wait().map_err(|e: Error| words::of(&e))?;
        match self {
            Policy::List => {
                for version in &versions {
                    if json {
                        say(&serde_json::to_string(version).map_err(|e| e.to_string())?);
                    } else {
                        say(&describe(version));
                    }
                }
            }
            Policy::Show { kind, on } => {
                let today = || base::Timestamp::from_ms(house.db.clock().now_ms()).date();
                let day = on.unwrap_or_else(today);
                let version = in_force(&versions, &kind, day);
                let version =
                    version.ok_or(format!("{kind}: no rule in force on {}", day.iso()))?;
                say(&serde_json::to_string_pretty(version).map_err(|e| e.to_string())?);
            }
            Policy::Check => {
                let kinds = crate::areas::policy_kinds();
                for version in &versions {
                    let kind = kinds.iter().find(|kind| kind.kind == version.kind);
                    let kind =
                        kind.ok_or(format!("{}: this program does not know it", version.kind))?;
                    (kind.check)(&version.body).map_err(|problems| told(version, &problems))?;
                }
                say(&format!("{} rules are understood.", versions.len()));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A day of the calendar on the command line.
fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a day like 2026-03-12".to_owned())
}

fn told(version: &policy::Version, problems: &[Problem]) -> String {
    let problems: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}: {}", problem.field, words::of_problem(problem)))
        .collect();
    format!("{} v{}: {}", version.kind, version.version, problems.join(" "))
}

fn in_force<'v>(
    versions: &'v [policy::Version],
    kind: &str,
    day: Date,
) -> Option<&'v policy::Version> {
    let holds = |v: &&policy::Version| {
        let ended = v.last_day(versions).is_some_and(|last| last < day);
        v.kind == kind && v.approved_at.is_some() && v.valid_from <= day && !ended
    };
    versions.iter().filter(holds).max_by_key(|v| (v.valid_from, v.version))
}

fn describe(version: &policy::Version) -> String {
    let until = version.valid_to.map(Date::iso).unwrap_or_default();
    format!(
        "{} v{} {} {}..{} {} [{}]",
        version.kind,
        version.version,
        version.state.code(),
        version.valid_from.iso(),
        until,
        version.basis.say(Language::PAPERS),
        version.mark.code()
    )
}
