//! What the cells below a title look like. It confirms or refutes what the title says, and speaks
//! where the title says nothing.

use std::collections::HashSet;

use particulars::contact::Phone;
use particulars::identity::plain_digits;
use particulars::point::micro_degrees;
use particulars::region::{CityRegions, RegionCode};
use particulars::spelling;

use crate::cell::{Cell, RawRow};
use crate::field::Field;

/// Fewer filled cells say nothing.
const FEW: usize = 3;

/// How many of a column's cells look like what.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    filled: usize,
    different: usize,
    long_digits: usize,
    nib: usize,
    nik: usize,
    phone: usize,
    email: usize,
    village: usize,
    district: usize,
    region_code: usize,
    latitude: usize,
    longitude: usize,
    numbers: usize,
    worded: usize,
    words: usize,
    snake: usize,
}

impl Content {
    pub(super) fn of(rows: &[RawRow], column: usize, city: &CityRegions) -> Content {
        let mut content = Content::default();
        let mut seen = HashSet::new();
        for row in rows {
            let text = row.cell(column).text();
            if text.is_empty() {
                continue;
            }
            content.filled += 1;
            content.look(row.cell(column), &text, city);
            seen.insert(text);
        }
        content.different = seen.len();
        content
    }

    fn look(&mut self, cell: &Cell, text: &str, city: &CityRegions) {
        let digits = plain_digits(text).unwrap_or_default();
        let count = |yes: bool, counter: &mut usize| *counter += usize::from(yes);
        count(text.bytes().filter(u8::is_ascii_digit).count() >= 8, &mut self.long_digits);
        count(digits.len() == 13 && digits.starts_with(['0', '1', '2', '8', '9']), &mut self.nib);
        count(digits.len() == 16, &mut self.nik);
        let phone = text.starts_with(['0', '8', '6', '+']) && Phone::parse(text).is_ok();
        count(phone && digits.len() != 13 && digits.len() != 16, &mut self.phone);
        count(text.contains('@') && text.contains('.'), &mut self.email);
        let named = text.chars().any(char::is_alphabetic);
        count(named && city.is_village_name(text), &mut self.village);
        count(named && city.is_district_name(text), &mut self.district);
        count(RegionCode::parse(text).is_ok_and(|code| code.is_village()), &mut self.region_code);
        let degrees = micro_degrees(text).filter(|_| text.contains(['.', ',']));
        count(degrees.is_some_and(|d| (-11_500_000..0).contains(&d)), &mut self.latitude);
        count(degrees.is_some_and(|d| (94_500_000..141_500_000).contains(&d)), &mut self.longitude);
        let number = matches!(cell, Cell::Number(_)) || text.bytes().all(|b| b.is_ascii_digit());
        count(number, &mut self.numbers);
        let words = spelling::key(text).split(' ').filter(|w| w.len() > 1).count();
        count(named && text.split(' ').count() >= 2, &mut self.worded);
        self.words += words;
        count(named && text.contains('_') && !text.contains(' '), &mut self.snake);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Whether the content can be what the title says.
    pub(super) fn allows(&self, field: Field) -> bool {
        if self.filled < FEW {
            return true;
        }
        match field {
            Field::Nib => self.long_digits * 20 >= self.filled,
            Field::RegionCode => self.region_code * 2 >= self.filled,
            Field::Category | Field::Activity | Field::Owner => self.numbers * 2 < self.filled,
            Field::Name => self.numbers * 2 < self.filled && self.snake * 2 < self.filled,
            Field::Reference => self.worded * 2 < self.filled,
            _ => true,
        }
    }

    /// What the content says for itself.
    pub(super) fn suggests(&self) -> Option<Field> {
        if self.filled < FEW {
            return None;
        }
        let most = |count: usize| count * 5 >= self.filled * 3;
        let candidates = [
            (self.nib, Field::Nib),
            (self.nik, Field::Nik),
            (self.phone, Field::Phone),
            (self.email, Field::Email),
            (self.region_code, Field::RegionCode),
            (self.village, Field::Village),
            (self.district, Field::District),
            (self.latitude, Field::Latitude),
            (self.longitude, Field::Longitude),
        ];
        let mut likely = candidates.into_iter().filter(|(count, _)| most(*count));
        let (count, field) = likely.next()?;
        // Many districts are called like one of their villages, but few villages like a district.
        let is_district = field == Field::Village && self.district >= count;
        Some(if is_district { Field::District } else { field })
    }

    /// Whether every filled cell is what the field wants; for a single row.
    pub(super) fn is_all(&self, field: Field) -> bool {
        let count = match field {
            Field::Nib => self.nib,
            Field::Nik => self.nik,
            Field::Phone => self.phone,
            Field::Email => self.email,
            Field::RegionCode => self.region_code,
            Field::Village => self.village,
            Field::District => self.district,
            Field::Latitude => self.latitude,
            Field::Longitude => self.longitude,
            _ => 0,
        };
        self.filled > 0 && count == self.filled
    }

    /// Few different words, again and again.
    pub(super) fn is_repetitive(&self) -> bool {
        self.filled >= FEW * 2 && self.different * 3 <= self.filled && self.numbers == 0
    }

    /// Whether the cells could be trade names: words, nearly all different, no sentences.
    pub(super) fn could_be_names(&self) -> bool {
        self.filled >= FEW
            && self.different * 10 >= self.filled * 8
            && self.worded * 2 >= self.filled
            && self.words <= self.filled * 7
            && self.snake * 2 < self.filled
    }
}
