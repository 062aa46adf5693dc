//! From rows to fates. First a survey of the whole file (how sectors are spelled, which forms were
//! sent again), then every row once, handed on as soon as it is read.

mod business;
mod category;
mod duplicate;
mod kind;
mod note;
mod region;

use std::collections::HashMap;
use std::ops::ControlFlow;

use base::Date;
use particulars::region::CityRegions;
use sha2::{Digest, Sha256};

use super::business::{Business, DuplicateOf, Fate, ImportedRow};
use super::cell::{Cell, RawRow};
use super::field::Field;
use super::problem::{Code, Problem};
use super::report::Summary;
use super::source::Source;
use super::understanding::{Mapping, Table, Understanding, Unreadable};

pub use duplicate::{Known, KnownBusinesses, Veil};

use category::Categories;
use duplicate::{Finder, Key};
use kind::{Context, Kind};
use region::Places;

/// What an import needs to know besides the file.
pub struct Options<'a> {
    /// The city's map.
    pub city: &'a CityRegions,
    /// The day of the import; later dates are doubted.
    pub as_of: Date,
    /// What a person said about columns of files of this shape.
    pub mapping: Option<&'a Mapping>,
    /// Businesses that are registered already.
    pub known: &'a KnownBusinesses,
    /// Told how many rows there are, about, before the first is handed on.
    pub begins: Option<&'a dyn Fn(u64)>,
    /// Writes the text of a problem; Bahasa Indonesia when there is none.
    pub message: Option<&'a (dyn Fn(&Problem) -> String + Sync)>,
}

/// Reads every row of every table that is a list of businesses and hands it to `each`. A file that
/// is too long is refused before any row of it is handed on.
pub fn each_row(
    source: &Source,
    understanding: &Understanding,
    options: &Options<'_>,
    each: &mut dyn FnMut(ImportedRow),
) -> Result<Summary, Unreadable> {
    let mut summary = Summary {
        refused_file: understanding.refused_file.map(|why| why.code().to_owned()),
        ..Summary::default()
    };
    if summary.refused_file.is_some() {
        return Ok(summary);
    }
    let wanted = understanding.tables.iter().filter(|table| table.refused.is_none());
    let mut surveyed = Vec::new();
    for table in wanted {
        surveyed.push((table, survey(source, table, options)?));
    }
    if let Some(begins) = options.begins {
        begins(surveyed.iter().map(|(_, survey)| survey.rows).sum());
    }
    let mut finder = Finder::default();
    for (table, survey) in surveyed {
        finder.enter(table.sheet_name.clone());
        let mut reading = Reading::new(table, options, survey);
        visit_data(source, table, &mut |row| {
            let mut imported = reading.read(row);
            finder.judge(&mut imported, options.known);
            for problem in &mut imported.problems {
                problem.message = match options.message {
                    Some(message) => message(problem),
                    None => problem.indonesian(),
                };
                problem.message_en = problem.english();
            }
            summary.count(imported.fate);
            each(imported);
        })?;
    }
    Ok(summary)
}

/// The rows below the header.
fn visit_data(
    source: &Source,
    table: &Table,
    each: &mut dyn FnMut(&RawRow),
) -> Result<(), Unreadable> {
    source.visit(table.sheet, &mut |row| {
        if row.line > table.header_line {
            each(&row);
        }
        ControlFlow::Continue(())
    })
}

/// What must be known of the whole table before its first row is read.
#[derive(Default)]
struct Survey {
    /// How many rows there are, about.
    rows: u64,
    categories: Categories,
    /// For each key of a form that was sent more than once: the line of the last.
    last: HashMap<Key, Sent>,
}

#[derive(Clone, Copy)]
struct Sent {
    at: f64,
    line: u32,
}

fn survey(source: &Source, table: &Table, options: &Options<'_>) -> Result<Survey, Unreadable> {
    let mut survey = Survey::default();
    let category = table.column(Field::Category).map(|column| column.index);
    let sent = table.column(Field::SubmittedAt).map(|column| column.index);
    if let (None, None, Some(rows)) = (category, sent, source.rows_at_most(table.sheet)) {
        survey.rows = rows as u64;
        return Ok(survey);
    }
    let mut last: HashMap<Key, Sent> = HashMap::new();
    let mut reading = Reading::new(table, options, Survey::default());
    visit_data(source, table, &mut |row| {
        survey.rows += 1;
        if let Some(category) = category {
            survey.categories.see(&row.cell(category).text());
        }
        let Some(sent) = sent else { return };
        let imported = reading.read(row);
        let Some(business) = imported.business else { return };
        let this = Sent { at: moment(row.cell(sent)), line: row.line };
        for (_, key) in duplicate::keys(&business) {
            let known = last.entry(key).or_insert(this);
            if this.at >= known.at {
                *known = this;
            }
        }
    })?;
    survey.categories.settle();
    survey.last = last;
    Ok(survey)
}

/// A moment to compare, in days.
fn moment(cell: &Cell) -> f64 {
    match cell {
        Cell::Date(serial) | Cell::Number(serial) => *serial,
        cell => super::value::date::read(&cell.text())
            .and_then(|date| date.iso().replace('-', "").parse().ok())
            .unwrap_or_default(),
    }
}

struct Reading<'a> {
    table: &'a Table,
    options: &'a Options<'a>,
    survey: Survey,
    context: Context,
    places: Places,
}

impl<'a> Reading<'a> {
    fn new(table: &'a Table, options: &'a Options<'a>, survey: Survey) -> Reading<'a> {
        let places = Places::of(options.city);
        Reading { table, options, survey, context: Context::default(), places }
    }

    fn read(&mut self, row: &RawRow) -> ImportedRow {
        let mut imported = ImportedRow {
            sheet: self.table.sheet_name.clone(),
            line: row.line,
            fate: Fate::NotABusiness,
            duplicate_of: None,
            business: None,
            problems: Vec::new(),
            fingerprint: fingerprint(row),
        };
        match self.context.kind(row, self.table, self.options.city) {
            Kind::NotABusiness(problem) => imported.problems.push(problem),
            Kind::NobodyThere(problem) => {
                imported.business = Some(self.business(row, &mut Vec::new()));
                imported.problems.push(problem);
            }
            Kind::WrongWidth(problem) => {
                imported.problems.push(problem);
                imported.fate = Fate::Refused;
            }
            Kind::Business => {
                let business = self.business(row, &mut imported.problems);
                imported.weigh();
                self.sent_again(&business, &mut imported);
                imported.business = Some(business);
            }
        }
        imported
    }

    /// An earlier form of the same owner gives way to the last one.
    fn sent_again(&self, business: &Business, imported: &mut ImportedRow) {
        if self.survey.last.is_empty() || imported.fate == Fate::Refused {
            return;
        }
        let later = duplicate::keys(business)
            .into_iter()
            .filter_map(|(_, key)| self.survey.last.get(&key))
            .find(|sent| sent.line != imported.line);
        if let Some(sent) = later {
            let same = DuplicateOf::Line { sheet: imported.sheet.clone(), line: sent.line };
            imported.fate = Fate::Duplicate;
            imported.problems.push(Problem::new(Code::SubmittedAgain, "").hint(same.shown()));
            imported.duplicate_of = Some(same);
        }
    }
}

/// A hash of all cells, the same for the same row of any copy of the list.
fn fingerprint(row: &RawRow) -> u64 {
    let mut hash = Sha256::new();
    for cell in &row.cells {
        hash.update(cell.text());
        hash.update([0]);
    }
    let bytes = hash.finalize();
    u64::from_be_bytes(bytes[..8].try_into().expect("a SHA-256 has 32 bytes"))
}
