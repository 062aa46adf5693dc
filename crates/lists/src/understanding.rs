//! What was understood of a file: its tables, what each column means and how sure that is, and
//! whether it is a list of businesses at all.

mod columns;
mod content;
pub(crate) mod header;
mod headless;
mod veil;
mod vocabulary;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use particulars::region::CityRegions;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cell::RawRow;
use super::field::Field;
use super::limits::SAMPLE_ROWS;
use super::source::{Sheet, Source};
use columns::Guess;
use header::Header;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// No bytes, or no cell with anything in it.
    Empty,
    /// More bytes, rows, sheets or unpacked content than is read.
    TooLarge,
    /// Not a spreadsheet, text table, JSON or SQL dump.
    UnknownKind,
    /// The right kind, but damaged; the cause is for the log.
    Damaged(String),
    /// A JSON object names the same key twice: nobody can say which one counts.
    RepeatedKeys,
    /// A point is written latitude first, or not with numbers.
    WrongGeometry,
}

/// Why a readable file is no list of businesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileRefusal {
    /// Counts per area or sector.
    Aggregate,
    /// Money in, money out, balance.
    CashBook,
    /// Two columns could be the same thing; a person must say which is which.
    ColumnsUnclear,
    /// Rows, but of something else.
    NotBusinesses,
    /// No header and nothing that looks like a table.
    NoTable,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its place, from 0.
    pub index: usize,
    /// Its title, with the group heading above it when there is one.
    pub title: String,
    /// What it means; nothing when it is not used.
    pub field: Option<Field>,
    /// How sure that is, 0 to 100; 100 was said by a person.
    pub confidence: u8,
    /// Whether a person said so, or it is known to say nothing that is kept: then it may be unused.
    #[serde(default)]
    pub settled: bool,
    /// What stands in it, for whoever must say what it means; long numbers hidden.
    pub example: String,
}

/// One table in one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Number of the sheet, from 0.
    pub sheet: usize,
    /// Name of the sheet, in files that have sheets.
    pub sheet_name: Option<String>,
    /// Last line of the header, from 1; 0 without one.
    pub header_line: u32,
    /// The columns.
    pub columns: Vec<Column>,
    /// Why it is not imported, if it is not.
    pub refused: Option<FileRefusal>,
    /// What the columns of a table without a header hold, by which such a table is recognised;
    /// empty where a header says it.
    pub(crate) kinds: Vec<String>,
    /// Rows must have as many cells as there are columns (text tables with steady rows).
    pub(crate) strict_width: bool,
    /// Nearly every row has a number or code of its own.
    pub(crate) numbered: bool,
}

/// The shape of a file: a hash of its column titles, by which a correction is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shape(pub String);

/// What each column means, by its title: what a person corrected, or what was guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Title key to field. A title that occurs twice has `#2` and so on after its key.
    pub columns: BTreeMap<String, Option<Field>>,
}

/// What was understood of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understanding {
    /// Its tables, also those that are not imported.
    pub tables: Vec<Table>,
    /// Why nothing of it is imported, if so.
    pub refused_file: Option<FileRefusal>,
    /// The shape of the file, whatever a person said about its columns.
    pub shape: Shape,
}

impl Unreadable {
    /// The stable code in reports and texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Unreadable::Empty => "empty",
            Unreadable::TooLarge => "too-large",
            Unreadable::UnknownKind => "unknown-kind",
            Unreadable::Damaged(_) => "damaged",
            Unreadable::RepeatedKeys => "repeated-keys",
            Unreadable::WrongGeometry => "wrong-geometry",
        }
    }
}

impl FileRefusal {
    /// The stable code in reports and texts.
    pub const fn code(self) -> &'static str {
        match self {
            FileRefusal::Aggregate => "aggregate",
            FileRefusal::CashBook => "cash-book",
            FileRefusal::ColumnsUnclear => "columns-unclear",
            FileRefusal::NotBusinesses => "not-businesses",
            FileRefusal::NoTable => "no-table",
        }
    }
}

/// What the file holds. `told` is what a person said about columns of this shape before.
pub fn understand(
    source: &Source,
    city: &CityRegions,
    told: Option<&Mapping>,
) -> Result<Understanding, Unreadable> {
    let samples = samples(source)?;
    let guessed = interpret(&samples, city, None);
    Ok(match told {
        Some(told) => {
            Understanding { shape: guessed.shape, ..interpret(&samples, city, Some(told)) }
        }
        None => guessed,
    })
}

/// What the file holds, with what a person said before about files of its shape: `remembered`
/// is asked for that. The file is looked at once.
pub fn recall<E>(
    source: &Source,
    city: &CityRegions,
    remembered: impl FnOnce(&Shape) -> Result<Option<Mapping>, E>,
) -> Result<Result<Understanding, Unreadable>, E> {
    let samples = match samples(source) {
        Ok(samples) => samples,
        Err(why) => return Ok(Err(why)),
    };
    let guessed = interpret(&samples, city, None);
    Ok(Ok(match remembered(&guessed.shape)? {
        Some(told) => {
            Understanding { shape: guessed.shape, ..interpret(&samples, city, Some(&told)) }
        }
        None => guessed,
    }))
}

/// The first rows of a sheet.
struct Sample<'a> {
    number: usize,
    sheet: &'a Sheet,
    rows: Vec<RawRow>,
}

fn samples(source: &Source) -> Result<Vec<Sample<'_>>, Unreadable> {
    let mut samples = Vec::new();
    for (number, sheet) in source.sheets().iter().enumerate() {
        let mut rows = Vec::new();
        source.visit(number, &mut |row| {
            rows.push(row);
            if rows.len() < SAMPLE_ROWS {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        samples.push(Sample { number, sheet, rows });
    }
    Ok(samples)
}

fn interpret(samples: &[Sample<'_>], city: &CityRegions, told: Option<&Mapping>) -> Understanding {
    let tables: Vec<Table> =
        samples.iter().filter_map(|sample| table(sample, city, told)).collect();
    let refused_file = if tables.iter().any(|table| table.refused.is_none()) {
        None
    } else {
        Some(reason(&tables))
    };
    Understanding { shape: shape(&tables), tables, refused_file }
}

/// The table of a sheet: below a header that is known, or without one, or below a row that may be
/// one and must be asked about.
fn table(sample: &Sample<'_>, city: &CityRegions, told: Option<&Mapping>) -> Option<Table> {
    let rows = &sample.rows;
    if let Some(header) = header::find(rows, sample.sheet.has_header, told) {
        let guess = columns::guess(&header.titles, &rows[header.data..], city, told);
        return Some(below(sample, &header, guess, Vec::new()));
    }
    if let Some(found) = headless::find(rows, city, told) {
        return Some(below(sample, &found.header, found.guess, found.kinds));
    }
    let header = header::unknown(rows)?;
    let mut guess = columns::guess(&header.titles, &rows[header.data..], city, told);
    guess.refused = Some(FileRefusal::ColumnsUnclear);
    Some(below(sample, &header, guess, Vec::new()))
}

fn below(sample: &Sample<'_>, header: &Header, guess: Guess, kinds: Vec<String>) -> Table {
    let data = &sample.rows[header.data..];
    let mut columns = guess.columns;
    for column in &mut columns {
        column.example = example(data, column.index);
    }
    let reference = columns.iter().find(|column| column.field == Some(Field::Reference));
    Table {
        sheet: sample.number,
        sheet_name: sample.sheet.name.clone(),
        header_line: header.line,
        refused: guess.refused,
        kinds,
        strict_width: sample.sheet.is_text && steady(data, header.titles.len()),
        numbered: reference.is_some_and(|column| is_numbered(data, column.index)),
        columns,
    }
}

/// Different values shown of a column.
const EXAMPLES: usize = 2;
/// Longest value shown.
const EXAMPLE_CHARS_MAX: usize = 28;

/// The first values of a column; whoever may bring lists sees what is in it, and no numbers of people.
fn example(rows: &[RawRow], column: usize) -> String {
    let mut shown: Vec<String> = Vec::new();
    for text in rows.iter().map(|row| row.cell(column).text()).filter(|text| !text.is_empty()) {
        let text: String = veil::veiled(&text).chars().take(EXAMPLE_CHARS_MAX).collect();
        if !shown.contains(&text) {
            shown.push(text);
        }
        if shown.len() == EXAMPLES {
            break;
        }
    }
    shown.join("; ")
}

/// Whether nearly all rows that say several things have a number or code in this column.
fn is_numbered(rows: &[RawRow], column: usize) -> bool {
    let has = |row: &&RawRow| row.cell(column).text().bytes().any(|byte| byte.is_ascii_digit());
    let full = || rows.iter().filter(|row| row.filled().count() >= STEADY_CELLS);
    full().count() >= STEADY_ROWS && full().filter(has).count() * 10 >= full().count() * 7
}

/// Rows with fewer cells may be headings and sums.
const STEADY_CELLS: usize = 3;
/// Fewer rows tell nothing about what all of them have.
const STEADY_ROWS: usize = 3;

fn shape(tables: &[Table]) -> Shape {
    let mut hash = Sha256::new();
    for table in tables {
        for key in table.keys().iter().chain(&table.kinds) {
            hash.update(key);
            hash.update("\n");
        }
        hash.update("\n");
    }
    Shape(hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

/// Whether nearly all rows are as wide as the header.
fn steady(rows: &[RawRow], width: usize) -> bool {
    let same = rows.iter().filter(|row| row.cells.len() == width).count();
    same * 10 >= rows.len() * 9
}

/// The reason that tells most about the file.
fn reason(tables: &[Table]) -> FileRefusal {
    let reasons = [
        FileRefusal::CashBook,
        FileRefusal::Aggregate,
        FileRefusal::ColumnsUnclear,
        FileRefusal::NotBusinesses,
    ];
    let given = |reason: &FileRefusal| tables.iter().any(|table| table.refused == Some(*reason));
    reasons.into_iter().find(given).unwrap_or(FileRefusal::NoTable)
}

impl Table {
    /// The column that means this.
    pub(crate) fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == Some(field))
    }

    fn keys(&self) -> Vec<String> {
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.clone()).collect();
        columns::title_keys(&titles)
    }
}

impl Understanding {
    /// Whether a table has no header, so that its columns were told by what stands in them.
    pub fn is_headless(&self) -> bool {
        self.tables.iter().any(|table| table.refused.is_none() && !table.kinds.is_empty())
    }

    /// Columns by the key under which a correction is remembered; those without a title have none.
    pub fn keyed(&self) -> Vec<(String, &Column)> {
        let of = |table: &'_ Table| table.keys();
        self.tables
            .iter()
            .flat_map(|table| of(table).into_iter().zip(&table.columns))
            .filter(|(key, _)| !key.is_empty())
            .collect()
    }

    /// Two columns of one table that would mean the same after a person said this; only the first
    /// of them would be read.
    pub fn told_twice(&self, told: &Mapping) -> Option<(&str, &str)> {
        self.tables.iter().find_map(|table| {
            let keys = table.keys();
            let said = |at: usize| told.columns.get(&keys[at]).copied().flatten();
            let twin = |at: usize| (0..at).find(|before| said(*before) == said(at));
            let second = (0..keys.len()).filter(|at| said(*at).is_some());
            let (first, second) = second.filter_map(|at| Some((twin(at)?, at))).next()?;
            Some((&*table.columns[first].title, &*table.columns[second].title))
        })
    }

    /// Whether a table that is read has no column for the name of the business.
    pub fn lacks_names(&self) -> bool {
        let mut read = self.tables.iter().filter(|table| table.refused.is_none());
        read.any(|table| table.column(Field::Name).is_none())
    }

    /// The column whose content alone says that it holds names of businesses.
    pub fn guessed_names(&self) -> Option<&Column> {
        let mut read = self.tables.iter().filter(|table| table.refused.is_none());
        read.find_map(|table| {
            table.column(Field::Name).filter(|column| column.confidence <= columns::BY_CONTENT)
        })
    }

    /// What each column means, for showing, correcting and remembering.
    pub fn mapping(&self) -> Mapping {
        let named = self.keyed().into_iter().map(|(key, column)| (key, column.field));
        Mapping { columns: named.collect() }
    }

    /// Title to field, as the report shows it. Columns with the same title are told apart.
    pub fn shown(&self) -> BTreeMap<String, Option<&'static str>> {
        let mut shown = BTreeMap::new();
        for table in
            self.tables.iter().filter(|t| t.refused.is_none() || self.refused_file.is_some())
        {
            for column in table.columns.iter().filter(|column| !column.title.is_empty()) {
                let field = column.field.map(Field::as_str);
                let mut title = column.title.clone();
                if shown.get(&title).is_some_and(|before| *before != field) {
                    title = format!("{title} ({})", column.index + 1);
                }
                shown.insert(title, field);
            }
        }
        shown
    }
}
