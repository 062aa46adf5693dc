//! A business from the cells of a row.

use base::{Date, Rupiah};
use particulars::point::GeoPoint;
use particulars::spelling;

use super::Reading;
use crate::business::Business;
use crate::cell::{Cell, RawRow};
use crate::field::Field;
use crate::limits::CELL_CHARS_MAX;
use crate::problem::{Code, Problem};
use crate::value::{self, address, date, money, number, place, small};

/// Longest trade name.
const NAME_CHARS_MAX: usize = 200;
/// Two points of one row may lie this far apart before somebody must look.
const POINTS_APART_MAX: i64 = 20;
/// A bare number in a date column between these is a spreadsheet's day: 1954 to 2064.
const SERIALS: std::ops::Range<f64> = 20_000.0..60_000.0;

/// What stands where a name should and is a number, an address, a formula or markup.
fn is_no_name(name: &str) -> bool {
    let is_code = name.starts_with('=') || name.contains(['<', '>']);
    is_code || is_email(name) || !name.chars().any(char::is_alphabetic)
}

impl Reading<'_> {
    /// Reads every field that the table has.
    pub(super) fn business(&self, row: &RawRow, problems: &mut Vec<Problem>) -> Business {
        self.lost_formulas(row, problems);
        let mut business = Business::default();
        self.naming(row, &mut business, problems);
        let address = self.address(row, &mut business, problems);
        self.place(row, &address, &mut business, problems);
        let mut read = Read { reading: self, row, problems };
        business.nib = read.of(Field::Nib, number::nib);
        business.kbli = read.of(Field::Kbli, number::kbli);
        let phones = read.of(Field::Phone, |cell, problems| Some(small::phones(cell, problems)));
        (business.phone, business.second_phone) = phones.unwrap_or_default();
        business.annual_sales = read.sales();
        business.assets =
            read.of(Field::Assets, |cell, told| money::yearly(cell, money::Per::Year, told));
        business.workers = read.of(Field::Workers, small::workers);
        business.nik = read.of(Field::Nik, number::nik);
        business.npwp = read.of(Field::Npwp, number::npwp);
        business.prices = read.of(Field::PriceRange, money::prices);
        business.started_on = read.date(Field::StartedOn);
        business.issued_on = read.date(Field::IssuedOn);
        business.submitted_on = read.date(Field::SubmittedAt);
        business.consent = read.of(Field::Consent, |cell, told| {
            let answer = small::consent(cell);
            if answer == Some(false) {
                told.push(Problem::new(Code::ConsentRefused, &cell.text()));
            }
            answer
        });
        business.point = read.point();
        let email = self.text(row, Field::Email);
        if is_email(&email) {
            business.email = Some(email);
        }
        let reference = self.text(row, Field::Reference);
        if reference.chars().any(char::is_alphabetic) {
            business.reference = Some(reference);
        }
        if problems.is_empty() && row.filled().count() == 1 && self.table.columns.len() > 2 {
            problems.push(Problem::new(Code::RowNearlyEmpty, &business.name));
        }
        business
    }

    /// The text of the cell that means this; empty without such a column.
    pub(super) fn text(&self, row: &RawRow, field: Field) -> String {
        self.table.column(field).map_or_else(String::new, |column| row.cell(column.index).text())
    }

    /// A problem with its column.
    pub(super) fn at(&self, mut problem: Problem, field: Field) -> Problem {
        problem.field = Some(field);
        problem.column = self.table.column(field).map(|column| column.title.clone());
        problem
    }

    fn lost_formulas(&self, row: &RawRow, problems: &mut Vec<Problem>) {
        for column in &self.table.columns {
            let cell = row.cell(column.index);
            let lost = *cell == Cell::NoValue && column.field.is_some();
            let cut = matches!(cell, Cell::Text(text) if text.len() >= CELL_CHARS_MAX);
            if lost || cut {
                let code = if lost { Code::FormulaWithoutValue } else { Code::CellCut };
                let mut problem = Problem::new(code, "");
                problem.field = column.field;
                problem.column = Some(column.title.clone());
                problems.push(problem);
            }
        }
    }

    fn naming(&self, row: &RawRow, business: &mut Business, problems: &mut Vec<Problem>) {
        let owner = self.text(row, Field::Owner);
        business.owner = Some(owner).filter(|owner| !value::says_nothing(owner));
        let mut name = self.text(row, Field::Name);
        if self.table.column(Field::Name).is_none() {
            name = business.owner.clone().unwrap_or_default();
            if !name.is_empty() {
                problems.push(self.at(Problem::new(Code::NameFromOwner, &name), Field::Owner));
            }
        }
        name = self.without_email(name, Field::Name, business, problems);
        let mut doubt = |code, name: &str| {
            problems.push(self.at(Problem::new(code, name), Field::Name));
        };
        if name.is_empty() {
            doubt(Code::NameMissing, "");
        } else if is_no_name(&name) {
            doubt(Code::NameUnclear, &name);
        } else if spelling::mixes_alphabets(&name) {
            doubt(Code::NameAlphabets, &name);
        }
        if name.chars().count() > NAME_CHARS_MAX {
            doubt(Code::CellCut, &name);
            name = name.chars().take(NAME_CHARS_MAX).collect();
        }
        business.name = name;
        let activity = self.text(row, Field::Activity);
        let activity = self.without_email(activity, Field::Activity, business, problems);
        business.activity = Some(activity).filter(|text| !matches!(text.as_str(), "" | "-"));
        let category = self.text(row, Field::Category);
        if let Some((sector, mended)) = self.survey.categories.read(&category) {
            if mended {
                let slip = Problem::new(Code::CategorySlip, &category).hint(sector.clone());
                problems.push(self.at(slip, Field::Category));
            }
            business.category = Some(sector);
        }
    }

    /// Takes an e-mail address out of a text that others will see. A name that is nothing else
    /// stays, for an officer to mend.
    fn without_email(
        &self,
        text: String,
        field: Field,
        business: &mut Business,
        problems: &mut Vec<Problem>,
    ) -> String {
        let only = !text.contains(' ');
        if !text.contains('@') || (only && field == Field::Name) {
            return text;
        }
        let (emails, words): (Vec<&str>, Vec<&str>) = text
            .split(' ')
            .partition(|word| is_email(word.trim_matches([',', ';', '(', ')', '.'])));
        let Some(email) = emails.first() else { return text };
        business.email = Some(email.trim_matches([',', ';', '(', ')', '.']).to_owned());
        problems.push(self.at(Problem::new(Code::EmailMoved, ""), field));
        words.join(" ")
    }

    fn address(
        &self,
        row: &RawRow,
        business: &mut Business,
        problems: &mut Vec<Problem>,
    ) -> address::Address {
        let mut address = address::take_apart(&self.text(row, Field::Street));
        let rest = std::mem::take(&mut address.unread);
        let street: Vec<String> = address.street.take().into_iter().chain(rest).collect();
        business.street =
            Some(street.join(", ")).filter(|street| !matches!(street.as_str(), "" | "-"));
        business.landmark = address.landmark.take();
        let mut read = Read { reading: self, row, problems };
        let both = read.of(Field::RtRw, |cell, told| Some(small::rt_rw(cell, told)));
        let (rt, rw) = both.unwrap_or_default();
        business.rt = read.of(Field::Rt, small::unit).or(rt).or(address.rt);
        business.rw = read.of(Field::Rw, small::unit).or(rw).or(address.rw);
        address
    }
}

/// Reads cells and gives each problem its column.
struct Read<'a> {
    reading: &'a Reading<'a>,
    row: &'a RawRow,
    problems: &'a mut Vec<Problem>,
}

impl Read<'_> {
    fn of<T>(
        &mut self,
        field: Field,
        read: impl FnOnce(&Cell, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        let column = self.reading.table.column(field)?;
        let before = self.problems.len();
        let value = read(self.row.cell(column.index), self.problems);
        for problem in &mut self.problems[before..] {
            problem.field = Some(field);
            problem.column = Some(column.title.clone());
        }
        value
    }

    fn sales(&mut self) -> Option<Rupiah> {
        let yearly =
            self.of(Field::AnnualSales, |cell, told| money::yearly(cell, money::Per::Year, told));
        yearly.or_else(|| {
            self.of(Field::MonthlySales, |cell, told| money::yearly(cell, money::Per::Month, told))
        })
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        let today = self.reading.options.as_of;
        self.of(field, |cell, told| {
            let text = cell.text();
            if value::says_nothing(&text) {
                return None;
            }
            let read = match cell {
                Cell::Date(serial) => date::of_serial(*serial),
                Cell::Number(serial) if SERIALS.contains(serial) => date::of_serial(*serial),
                _ => date::read(&text),
            };
            match read {
                None => told.push(Problem::new(Code::DateUnreadable, &text)),
                Some(day) if day > today => told.push(Problem::new(Code::DateInFuture, &text)),
                Some(_) => {}
            }
            read
        })
    }

    /// The point of the row; a second one must be at the same place.
    fn point(&mut self) -> Option<GeoPoint> {
        let bounds = self.reading.options.city.bounds();
        let longitude = self.reading.text(self.row, Field::Longitude);
        let pair = self
            .of(Field::Latitude, |cell, told| place::pair(&cell.text(), &longitude, bounds, told));
        let single = self.of(Field::Point, |cell, told| {
            // What was told about the pair is not told again.
            let mut again = Vec::new();
            let point = place::single(&cell.text(), bounds, &mut again);
            if pair.is_none() {
                told.append(&mut again);
            }
            point
        });
        if let (Some(one), Some(other)) = (pair, single) {
            let apart = one.metres_to(other);
            if apart > POINTS_APART_MAX {
                let (latitude, longitude) = other.degrees();
                let read = format!("{latitude}, {longitude}");
                let problem = Problem::new(Code::PointDiffers, &read).hint(apart.to_string());
                self.problems.push(self.reading.at(problem, Field::Point));
            }
        }
        pair.or(single)
    }
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && !local.contains(char::is_whitespace)
            && host.contains('.')
            && !host.starts_with('.')
            && !host.contains(char::is_whitespace)
    })
}
