//! Lists without a header: what the columns mean is told by what stands in them, as far as it can be
//! told, and shown for a person to correct. Columns are called like those of a spreadsheet.

use particulars::kbli::KbliCode;
use particulars::region::CityRegions;
use particulars::spelling;

use super::columns::{Guess, title_keys};
use super::content::Content;
use super::header::Header;
use super::{Column, Mapping};
use crate::cell::{Cell, RawRow};
use crate::field::Field;
use crate::limits::HEADER_ROWS_MAX;
use crate::trade;
use crate::value::{address, money};

/// Sureness of a meaning that only the values tell.
const BY_VALUES: u8 = 40;
/// Rows that must look alike before they are taken for a table.
const ROWS_MIN: usize = 3;
/// Cells of such a row.
const CELLS_MIN: usize = 3;
/// What sales are at least, so that they are not taken for something counted.
const SALES_MIN: i64 = 100_000;

/// A table without a header.
pub(super) struct Headless {
    pub(super) header: Header,
    pub(super) guess: Guess,
    /// What each column holds, whatever a person said about it.
    pub(super) kinds: Vec<String>,
}

/// The table that begins with the first of several rows alike, if its values tell enough: a name,
/// and something that only a business or a person has.
pub(super) fn find(
    rows: &[RawRow],
    city: &CityRegions,
    told: Option<&Mapping>,
) -> Option<Headless> {
    let full = |row: &RawRow| row.filled().count() >= CELLS_MIN;
    let start =
        rows.windows(ROWS_MIN).take(HEADER_ROWS_MAX).position(|alike| alike.iter().all(full))?;
    let data = &rows[start..];
    let width = data.iter().map(|row| row.cells.len()).max()?;
    let contents: Vec<Content> = (0..width).map(|column| Content::of(data, column, city)).collect();
    let mut fields: Vec<Option<Field>> = vec![None; width];
    for (column, content) in contents.iter().enumerate() {
        fields[column] = content.suggests().filter(|field| !fields.contains(&Some(*field)));
    }
    if !begins_with_data(data, &fields, city) {
        return None;
    }
    by_values(data, &contents, &mut fields);
    fields.contains(&Some(Field::Name)).then_some(())?;
    let titles: Vec<String> = (0..width).map(letters).collect();
    let kinds = fields.iter().map(|field| field.map_or("-", Field::as_str).to_owned()).collect();
    let line = rows[start].line - 1;
    let guess = Guess { columns: columns(&titles, &fields, told), refused: None };
    Some(Headless { header: Header { data: start, line, titles }, guess, kinds })
}

/// Whether the first row holds what the others hold: a title says something else.
fn begins_with_data(data: &[RawRow], fields: &[Option<Field>], city: &CityRegions) -> bool {
    let told = fields.iter().enumerate().filter_map(|(column, field)| Some((column, (*field)?)));
    let fits = |(column, field): (usize, Field)| {
        let first = data[..1].iter().filter(|row| !row.cell(column).is_empty());
        let first: Vec<RawRow> = first.cloned().collect();
        (!first.is_empty()).then(|| Content::of(&first, column, city).is_all(field))
    };
    let fitting: Vec<bool> = told.filter_map(fits).collect();
    let yes = fitting.iter().filter(|fits| **fits).count();
    yes > 0 && yes * 2 >= fitting.len()
}

/// What is not told by its form alone: running numbers, streets, trade codes, sales, names, sectors.
fn by_values(data: &[RawRow], contents: &[Content], fields: &mut [Option<Field>]) {
    let width = fields.len();
    let texts: Vec<Vec<String>> = (0..width)
        .map(|column| data.iter().map(move |row| row.cell(column).text()))
        .map(|column| column.filter(|text| !text.is_empty()).collect())
        .collect();
    let mut give = |field: Field, fits: &dyn Fn(usize) -> bool| {
        let free = (0..width).find(|column| fields[*column].is_none() && fits(*column));
        if let Some(column) = free.filter(|_| !fields.contains(&Some(field))) {
            fields[column] = Some(field);
        }
    };
    let most = |column: usize, like: fn(&str) -> bool| {
        let of = &texts[column];
        of.len() >= ROWS_MIN && of.iter().filter(|text| like(text)).count() * 5 >= of.len() * 3
    };
    give(Field::Reference, &|column| runs(&texts[column]));
    give(Field::Street, &|column| most(column, address::looks_like_one));
    give(Field::Kbli, &|column| {
        most(column, |text| text.len() >= 5 && KbliCode::parse(text).is_ok())
    });
    give(Field::AnnualSales, &|column| most(column, is_sales));
    let names = |column: usize| contents[column].could_be_names();
    let traded = |column: usize| {
        let has = |text: &&String| spelling::key(text).split(' ').any(trade::is_common);
        texts[column].iter().filter(has).count()
    };
    let best = (0..width).filter(|column| names(*column)).map(traded).max().unwrap_or_default();
    give(Field::Name, &|column| names(column) && traded(column) == best);
    give(Field::Owner, &|column| names(column) && !most(column, |text| text.contains(['/', '&'])));
    give(Field::Category, &|column| contents[column].is_repetitive());
}

/// One more in each row, nearly everywhere.
fn runs(texts: &[String]) -> bool {
    let numbers: Vec<i64> =
        texts.iter().filter_map(|text| text.trim_end_matches('.').parse().ok()).collect();
    let next = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1).count();
    numbers.len() >= ROWS_MIN && next * 10 >= (texts.len() - 1) * 8
}

fn is_sales(text: &str) -> bool {
    let cell = Cell::Text(text.to_owned());
    text.len() <= 24
        && money::yearly(&cell, money::Per::Year, &mut Vec::new())
            .is_some_and(|sales| sales.amount() >= SALES_MIN)
}

fn columns(titles: &[String], fields: &[Option<Field>], told: Option<&Mapping>) -> Vec<Column> {
    let said = |key: &String| told.and_then(|told| told.columns.get(key));
    let keys = title_keys(titles);
    let by_person: Vec<Field> = keys.iter().filter_map(|key| *said(key)?).collect();
    let column = |(index, key): (usize, &String)| {
        let guessed = fields[index].filter(|field| !by_person.contains(field));
        let (field, confidence) = match said(key) {
            Some(field) => (*field, super::vocabulary::EXACT),
            None => (guessed, guessed.map_or(0, |_| BY_VALUES)),
        };
        let settled = said(key).is_some();
        let (title, example) = (titles[index].clone(), String::new());
        Column { index, title, field, confidence, settled, example }
    };
    keys.iter().enumerate().map(column).collect()
}

/// `A`, `B`, … `Z`, `AA`: as a spreadsheet calls its columns.
fn letters(column: usize) -> String {
    let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).expect("below 26"));
    match column / 26 {
        0 => letter(column).to_string(),
        more => format!("{}{}", letters(more - 1), letter(column)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 199].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "GR"]);
    }

    #[test]
    fn running_numbers_and_sales_are_told_apart() {
        let texts = |numbers: &[&str]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(runs(&texts(&["1", "2", "3", "4"])));
        assert!(!runs(&texts(&["3", "3", "1", "9"])));
        assert!(is_sales("Rp 24.000.000") && is_sales("150 juta"));
        assert!(!is_sales("3") && !is_sales("Jl. Melati 3"));
    }
}
