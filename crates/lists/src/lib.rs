//! Reading other people's lists of businesses, whatever they look like: bytes become cells, cells
//! become tables whose columns are understood, rows become businesses with a fate, and every
//! fate ends in a report. Nothing here touches the database: a dry run is not applying the rows.
//!
//! The way through: [`Source::open`] → [`understand`] → [`each_row`], or [`report`] for all of it
//! at once.

mod business;
mod cell;
mod field;
mod limits;
mod problem;
mod report;
mod rows;
mod source;
mod trade;
mod understanding;
mod value;

pub use business::{Business, DuplicateOf, Fate, ImportedRow, PriceRange};
pub use field::Field;
pub use limits::FILE_BYTES_MAX;
pub use problem::{Code, Problem, Weight};
pub use report::{Form, Paper, Report, ReportHead, SheetTexts, Summary, Telling, report, workbook};
pub use rows::{Known, KnownBusinesses, Options, Veil, each_row};
pub use source::{ShownRows, Source};
pub use understanding::{
    Column, FileRefusal, Mapping, Shape, Table, Understanding, Unreadable, recall, understand,
};
pub use value::address::{Address, take_apart as take_address_apart};
pub use value::money::rupiah_of;

/// What each problem, fate and field is called, in Bahasa Indonesia. Whoever shows a report gives
/// these texts to the city.
pub const INDONESIAN: &str = include_str!("../texts/id.ftl");
/// The same in English.
pub const ENGLISH: &str = include_str!("../texts/en.ftl");
