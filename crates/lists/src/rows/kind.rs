//! What kind of row it is: a business, or a heading, a sum, a signature, the header again. A
//! heading that names a district or village holds for the rows below it.

use particulars::region::CityRegions;
use particulars::spelling;

use super::note;
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
    /// A signature has begun, and no business came after it.
    signing: bool,
}

/// Words before the name of a district.
pub(super) const DISTRICT: [&str; 2] = ["kecamatan", "kec"];
/// Words before the name of a village.
pub(super) const VILLAGE: [&str; 5] = ["kelurahan", "kel", "gampong", "desa", "gp"];
/// A heading may carry a number or letter in another cell.
const ENUMERATOR_CHARS_MAX: usize = 4;
/// Tables of fewer columns have rows that look like headings.
const WIDE: usize = 4;
/// Two people sign side by side, with a place and a day.
const SIGNERS_MAX: usize = 3;
/// A merged cell over this many columns is a heading, whatever it says.
const HEADING_SPAN: usize = 3;

/// A row as its kind is told from.
struct Look<'a> {
    row: &'a RawRow,
    table: &'a Table,
    filled: Vec<usize>,
    /// Cells with letters in them, and their columns.
    texts: Vec<(usize, String)>,
    name: usize,
    owner: usize,
    reference: usize,
    /// The table is wider than a pair of columns.
    wide: bool,
    /// The businesses of this table are numbered, and this row is not.
    unnumbered: bool,
}

impl<'a> Look<'a> {
    fn at(row: &'a RawRow, table: &'a Table) -> Look<'a> {
        let of = |field| table.column(field).map_or(usize::MAX, |column| column.index);
        let filled: Vec<usize> = row.filled().collect();
        let texts = filled
            .iter()
            .filter(|column| matches!(row.cell(**column), Cell::Text(_)))
            .map(|column| (*column, row.cell(*column).text()))
            .filter(|(_, text)| text.chars().any(char::is_alphabetic))
            .collect();
        let reference = of(Field::Reference);
        let numbered = row.cell(reference).text().bytes().any(|byte| byte.is_ascii_digit());
        Look {
            row,
            table,
            filled,
            texts,
            name: of(Field::Name),
            owner: of(Field::Owner),
            reference,
            wide: table.columns.len() >= WIDE,
            unnumbered: table.numbered && !numbered,
        }
    }

    fn label(&self) -> &str {
        self.texts.first().map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    fn nameless(&self) -> bool {
        self.row.cell(self.name).is_empty() && self.row.cell(self.owner).is_empty()
    }

    /// Whether everything but the label is a count or an amount.
    fn only_sums(&self) -> bool {
        let Some((label, _)) = self.texts.first() else { return false };
        let mut others = self.filled.iter().filter(|column| *column != label);
        others.all(|column| note::is_amount(&self.row.cell(*column).text()))
    }

    /// Sums without a word beside them, in columns that can be summed.
    fn is_bare_sum(&self) -> bool {
        let summed = |column: &usize| {
            let field = self.table.columns.get(*column).and_then(|column| column.field);
            matches!(
                field,
                Some(Field::AnnualSales | Field::MonthlySales | Field::Assets | Field::Workers)
            ) && note::is_amount(&self.row.cell(*column).text())
        };
        !self.filled.is_empty() && self.nameless() && self.filled.iter().all(summed)
    }

    fn is_short(&self, column: usize) -> bool {
        self.row.cell(column).text().chars().count() <= ENUMERATOR_CHARS_MAX
    }

    /// `A. | Makanan`: a letter where the others have a number, and one text.
    fn is_lettered(&self) -> bool {
        let lettered = self.row.cell(self.reference).text().chars().any(char::is_alphabetic);
        self.unnumbered
            && self.wide
            && self.filled.len() == 2
            && lettered
            && self.is_short(self.reference)
    }
}

fn not(code: Code, text: &str) -> Kind {
    Kind::NotABusiness(Problem::new(code, text))
}

impl Context {
    /// Tells the kind and remembers what a heading says.
    pub(super) fn kind(&mut self, row: &RawRow, table: &Table, city: &CityRegions) -> Kind {
        if header::repeats(row, &table.columns) || header::numbers_the_columns(row) {
            return not(Code::HeaderRepeated, "");
        }
        let look = Look::at(row, table);
        if let Some(aside) = self.aside(&look, city) {
            return aside;
        }
        if look.filled.is_empty() || look.filled.iter().all(|column| *column == look.reference) {
            return if row.cells.contains(&Cell::NoValue) {
                Kind::Business
            } else {
                not(Code::RowEmpty, "")
            };
        }
        if let Some(problem) = wrong_width(row, table) {
            return Kind::WrongWidth(problem);
        }
        if look.nameless() && look.name == usize::MAX && look.reference != usize::MAX {
            let problem = Problem::new(Code::StallEmpty, &row.cell(look.reference).text());
            return Kind::NobodyThere(problem);
        }
        self.signing = false;
        Kind::Business
    }

    /// Sums, headings, notes and signatures.
    fn aside(&mut self, look: &Look<'_>, city: &CityRegions) -> Option<Kind> {
        let label = look.label();
        if look.only_sums() && note::is_sum(label, city) {
            return Some(not(Code::Subtotal, label));
        }
        if let Some(heading) = self.heading(look, city) {
            self.signing = false;
            return Some(not(Code::Heading, &heading));
        }
        if look.is_bare_sum() {
            return Some(not(Code::Subtotal, ""));
        }
        let alone = look.filled.len() == 1;
        let few = look.filled.len() <= 2;
        let beside = look.unnumbered && look.filled.len() <= SIGNERS_MAX;
        let signs = (alone || beside) && note::is_note(label)
            || look.nameless() && few && !look.texts.is_empty()
            || self.signing && look.wide && (alone || beside && few);
        if signs {
            self.signing |= note::is_signing(label);
            return Some(not(Code::Signature, label));
        }
        let titled = look.wide && look.unnumbered && look.texts.len() == 1 && alone;
        (titled || look.is_lettered()).then(|| not(Code::Heading, label))
    }

    fn heading(&mut self, look: &Look<'_>, city: &CityRegions) -> Option<String> {
        let (column, text) = match (&look.filled[..], &look.texts[..]) {
            ([_], [only]) => only,
            ([first, _], [.., last]) if look.is_short(*first) && last.0 != *first => last,
            _ => return None,
        };
        if self.remember(text, city) {
            return Some(text.clone());
        }
        let spans = &look.row.spans;
        let wide = spans.iter().any(|(first, span)| first == column && *span >= HEADING_SPAN);
        (wide && look.filled.len() == 1 && !note::is_note(text)).then(|| text.clone())
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
pub(super) fn after<'a>(key: &'a str, words: &[&str]) -> Option<&'a str> {
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
