//! Gives each column its meaning: what a person said, then what the titles say as far as the
//! content allows it, then what the content says.

use std::collections::HashMap;

use particulars::region::CityRegions;

use super::content::Content;
use super::vocabulary::{self, EXACT, Meaning};
use super::{Column, FileRefusal, Mapping};
use crate::cell::RawRow;
use crate::field::Field;

/// Sureness of a meaning that only the content tells.
pub(super) const BY_CONTENT: u8 = 50;
/// A bare `nama` beside another name column is the owner's.
const BARE_OWNER: u8 = 55;

/// Columns with what they mean, and why the table is not imported, if so.
pub(super) struct Guess {
    pub(super) columns: Vec<Column>,
    pub(super) refused: Option<FileRefusal>,
}

/// What the columns of a table mean.
pub(super) fn guess(
    titles: &[String],
    rows: &[RawRow],
    city: &CityRegions,
    told: Option<&Mapping>,
) -> Guess {
    let contents: Vec<Content> =
        (0..titles.len()).map(|column| Content::of(rows, column, city)).collect();
    let keys = title_keys(titles);
    let mut guesser =
        Guesser { given: vec![None; titles.len()], settled: vec![false; titles.len()] };
    if let Some(told) = told {
        guesser.by_person(&keys, told);
    }
    let meanings: Vec<Option<(Meaning, u8)>> =
        titles.iter().map(|title| vocabulary::meaning(title)).collect();
    guesser.by_title(&meanings, &contents);
    let count = |wanted: Meaning| meanings.iter().flatten().filter(|m| m.0 == wanted).count();
    let (counts, cash) = (count(Meaning::Count), count(Meaning::Cash));
    if cash < 2 && counts == 0 {
        guesser.by_content(&meanings, &contents);
    }
    let unclear = guesser.unclear(&keys, &contents);
    let columns: Vec<Column> = titles
        .iter()
        .zip(&guesser.given)
        .enumerate()
        .map(|(index, (title, given))| Column {
            index,
            title: title.clone(),
            field: given.map(|(field, _)| field),
            confidence: given.map_or(0, |(_, sure)| sure),
            settled: guesser.settled[index]
                || matches!(
                    meanings[index],
                    Some((Meaning::Other | Meaning::Count | Meaning::Cash, _))
                ),
            example: String::new(),
        })
        .collect();
    let has = |field| columns.iter().any(|column| column.field == Some(field));
    let named = has(Field::Name) || has(Field::Owner);
    let refused = match () {
        () if unclear => Some(FileRefusal::ColumnsUnclear),
        () if cash >= 2 => Some(FileRefusal::CashBook),
        () if named => None,
        () if counts > 0 => Some(FileRefusal::Aggregate),
        () => Some(FileRefusal::NotBusinesses),
    };
    Guess { columns, refused }
}

/// Keys of the titles; the second of the same key has `#2` after it.
pub(super) fn title_keys(titles: &[String]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    titles
        .iter()
        .map(|title| {
            let key = vocabulary::title_key(title);
            let times = seen.entry(key.clone()).or_default();
            *times += 1;
            if *times > 1 { format!("{key}#{times}") } else { key }
        })
        .collect()
}

struct Guesser {
    given: Vec<Option<(Field, u8)>>,
    /// Columns a person spoke about, also to say that they are not used.
    settled: Vec<bool>,
}

impl Guesser {
    fn taken(&self, field: Field) -> bool {
        self.given.iter().flatten().any(|(given, _)| *given == field)
    }

    fn by_person(&mut self, keys: &[String], told: &Mapping) {
        for (column, key) in keys.iter().enumerate() {
            if let Some(field) = told.columns.get(key) {
                self.settled[column] = true;
                self.given[column] = field.map(|field| (field, EXACT));
            }
        }
    }

    fn by_title(&mut self, meanings: &[Option<(Meaning, u8)>], contents: &[Content]) {
        let mut candidates: Vec<(u8, usize, Field)> = Vec::new();
        for (column, meaning) in meanings.iter().enumerate() {
            match meaning {
                Some((Meaning::Field(field), sure)) => candidates.push((*sure, column, *field)),
                Some((Meaning::BareName, sure)) => {
                    candidates.push((*sure, column, Field::Name));
                    candidates.push((BARE_OWNER, column, Field::Owner));
                }
                _ => {}
            }
        }
        candidates.sort_by_key(|(sure, column, _)| {
            (u8::MAX - sure, contents[*column].is_empty(), *column)
        });
        for (sure, column, field) in candidates {
            if !self.settled[column]
                && self.given[column].is_none()
                && !self.taken(field)
                && contents[column].allows(field)
            {
                self.given[column] = Some((field, sure));
            }
        }
    }

    fn by_content(&mut self, meanings: &[Option<(Meaning, u8)>], contents: &[Content]) {
        for (column, content) in contents.iter().enumerate() {
            let known = matches!(meanings[column], Some((Meaning::Other, _)));
            if self.settled[column] || self.given[column].is_some() || known {
                continue;
            }
            if let Some(field) = content.suggests().filter(|field| !self.taken(*field)) {
                self.given[column] = Some((field, BY_CONTENT));
            }
        }
        let business = [Field::Street, Field::Phone, Field::Nib, Field::Latitude, Field::Point]
            .iter()
            .any(|field| self.taken(*field));
        if self.taken(Field::Name) || self.taken(Field::Owner) || !business {
            return;
        }
        let free = (0..contents.len()).find(|column| {
            !self.settled[*column]
                && self.given[*column].is_none()
                && !matches!(meanings[*column], Some((Meaning::Other, _)))
                && contents[*column].could_be_names()
        });
        if let Some(column) = free {
            self.given[column] = Some((Field::Name, BY_CONTENT));
        }
    }

    /// Whether two filled columns bear the same title and nobody said which is which.
    fn unclear(&self, keys: &[String], contents: &[Content]) -> bool {
        keys.iter().enumerate().any(|(column, key)| {
            let Some((first, _)) = key.split_once('#') else { return false };
            let Some(twin) = keys.iter().position(|other| other == first) else { return false };
            let used = |column: usize| {
                self.given[column].is_some_and(|(field, _)| field != Field::Reference)
            };
            let said = self.settled[column] && self.settled[twin];
            let filled = !contents[column].is_empty() && !contents[twin].is_empty();
            !first.is_empty() && !said && filled && (used(column) || used(twin))
        })
    }
}
