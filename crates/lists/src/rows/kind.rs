//! What kind of row it is: a business, or a heading, a sum, a signature, the header again. A
//! heading that names a district or village holds for the rows below it.

use particulars::region::CityRegions;
use particulars::spelling;

use crate::cell::{Cell, RawRow};
use crate::field::Field;
use crate::problem::{Code, Problem};
use crate::understanding::{Table, header};

/// A row as its kind.
pub(super) enum Kind {
    Business,
    NotABusiness(Problem),
    /// A stall or the like without anybody in it: told, with what it is and where.
    NobodyThere(Problem),
    WrongWidth(Problem),
}

/// What headings above said.
#[derive(Default)]
pub(super) struct Context {
    pub(super) district: Option<String>,
    pub(super) village: Option<String>,
}

const SUMS: [&str; 9] = [
    "jumlah",
    "total",
    "sub total",
    "subtotal",
    "grand total",
    "jumlah total",
    "sub jumlah",
    "total keseluruhan",
    "jumlah keseluruhan",
];
const NOTES: [&str; 18] = [
    "keterangan",
    "catatan",
    "sumber",
    "nb",
    "ket",
    "note",
    "mengetahui",
    "kepala dinas",
    "kepala bidang",
    "kepala",
    "nip",
    "ttd",
    "tertanda",
    "lurah",
    "camat",
    "keuchik",
    "petugas",
    "disusun oleh",
];
const DISTRICT: [&str; 2] = ["kecamatan", "kec"];
const VILLAGE: [&str; 5] = ["kelurahan", "kel", "gampong", "desa", "gp"];
/// A heading may carry a number or letter in another cell.
const ENUMERATOR_CHARS_MAX: usize = 4;
/// A merged cell over this many columns is a heading, whatever it says.
const HEADING_SPAN: usize = 3;

impl Context {
    /// Tells the kind and remembers what a heading says.
    pub(super) fn kind(&mut self, row: &RawRow, table: &Table, city: &CityRegions) -> Kind {
        let not = |code, text: &str| Kind::NotABusiness(Problem::new(code, text));
        if header::repeats(row, &table.columns) || header::numbers_the_columns(row) {
            return not(Code::HeaderRepeated, "");
        }
        let of = |field| table.column(field).map_or(usize::MAX, |column| column.index);
        let (name, owner, reference) = (of(Field::Name), of(Field::Owner), of(Field::Reference));
        let filled: Vec<usize> = row.filled().collect();
        let texts: Vec<(usize, String)> = filled
            .iter()
            .filter(|column| matches!(row.cell(**column), Cell::Text(_)))
            .map(|column| (*column, row.cell(*column).text()))
            .filter(|(_, text)| text.chars().any(char::is_alphabetic))
            .collect();
        let label = texts.first().map(|(_, text)| text.as_str()).unwrap_or_default();
        if texts.len() == 1 && row.cell(owner).is_empty() && is_sum(label, city) {
            return not(Code::Subtotal, label);
        }
        if let Some(heading) = self.heading(row, &filled, &texts, city) {
            return not(Code::Heading, &heading);
        }
        let nameless = row.cell(name).is_empty() && row.cell(owner).is_empty();
        if filled.len() == 1 && is_note(label) || nameless && filled.len() <= 2 && !texts.is_empty()
        {
            return not(Code::Signature, label);
        }
        if filled.is_empty() || filled.iter().all(|column| *column == reference) {
            return if row.cells.contains(&Cell::NoValue) {
                Kind::Business
            } else {
                not(Code::RowEmpty, "")
            };
        }
        if let Some(problem) = wrong_width(row, table) {
            return Kind::WrongWidth(problem);
        }
        if nameless && name == usize::MAX && reference != usize::MAX {
            let problem = Problem::new(Code::StallEmpty, &row.cell(reference).text());
            return Kind::NobodyThere(problem);
        }
        Kind::Business
    }

    fn heading(
        &mut self,
        row: &RawRow,
        filled: &[usize],
        texts: &[(usize, String)],
        city: &CityRegions,
    ) -> Option<String> {
        let short =
            |column: &usize| row.cell(*column).text().chars().count() <= ENUMERATOR_CHARS_MAX;
        let (column, text) = match (filled, texts) {
            ([_], [only]) => only,
            ([first, _], [.., last]) if short(first) && last.0 != *first => last,
            _ => return None,
        };
        if self.remember(text, city) {
            return Some(text.clone());
        }
        let wide = row.spans.iter().any(|(first, span)| first == column && *span >= HEADING_SPAN);
        (wide && filled.len() == 1 && !is_note(text)).then(|| text.clone())
    }

    /// Whether the text names a district or village.
    fn remember(&mut self, text: &str, city: &CityRegions) -> bool {
        let key = spelling::key(text);
        let district = after(&key, &DISTRICT).map(|rest| before(rest, &VILLAGE).to_owned());
        let village = after(&key, &VILLAGE).map(|rest| before(rest, &DISTRICT).to_owned());
        if let Some(named) = district.filter(|named| !named.is_empty()) {
            self.district = Some(named);
            self.village = village.filter(|named| !named.is_empty());
            return true;
        }
        if let Some(named) = village.filter(|named| city.is_village_name(named)) {
            self.village = Some(named);
            return true;
        }
        if city.is_district_name(text) {
            self.district = Some(text.to_owned());
            self.village = None;
            return true;
        }
        false
    }
}

/// What stands after one of the words.
fn after<'a>(key: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| {
        let place = key.split(' ').position(|part| part == *word)?;
        // A word or two of numbering may stand before it: `A. Kecamatan …`.
        (place <= 2).then(|| key.splitn(place + 2, ' ').nth(place + 1).unwrap_or_default())
    })
}

fn before<'a>(key: &'a str, words: &[&str]) -> &'a str {
    words
        .iter()
        .filter_map(|word| key.find(&format!(" {word} ")))
        .min()
        .map_or(key, |place| &key[..place])
}

fn is_sum(label: &str, city: &CityRegions) -> bool {
    let key = spelling::key(label);
    SUMS.contains(&key.as_str())
        || SUMS.iter().any(|sum| {
            key.strip_prefix(sum).and_then(|rest| rest.strip_prefix(' ')).is_some_and(|rest| {
                after(rest, &DISTRICT).is_some()
                    || after(rest, &VILLAGE).is_some()
                    || city.is_district_name(rest)
                    || city.is_village_name(rest)
            })
        })
}

fn is_note(label: &str) -> bool {
    let key = spelling::key(label);
    NOTES.iter().any(|note| {
        key.strip_prefix(note).is_some_and(|rest| {
            rest.is_empty()
                || (rest.starts_with(' ') && (label.contains([':', '.']) || key.len() < 40))
        })
    })
}

/// In a text table whose rows are steady, another number of cells means that they are shifted.
fn wrong_width(row: &RawRow, table: &Table) -> Option<Problem> {
    let width = table.columns.len();
    let beyond = row.cells.iter().skip(width).any(|cell| !cell.is_empty());
    if !table.strict_width || (row.cells.len() >= width && !beyond) {
        return None;
    }
    let cells: Vec<String> = row.cells.iter().map(Cell::text).collect();
    Some(Problem::new(Code::CellsCount, &cells.join(" | ")))
}
