//! What a row became: a business as far as it could be read, and its fate.

use base::{Date, Rupiah};
use particulars::contact::Phone;
use particulars::identity::{Nib, Nik, Npwp};
use particulars::kbli::KbliCode;
use particulars::point::{GeoPoint, degrees_number};
use particulars::region::RegionCode;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::problem::{Problem, Weight};

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Enters the registry, unverified.
    Accepted,
    /// Enters the registry with its problem in front of an officer.
    Review,
    /// Somebody decides whether it is the same business.
    Duplicate,
    /// Cannot enter: there is not enough to make a business of.
    Refused,
    /// A heading, subtotal, signature or note.
    NotABusiness,
}

/// The business that a duplicate repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", untagged)]
pub enum DuplicateOf {
    /// A line of the same file.
    Line {
        /// The sheet it stands in, in files that have sheets.
        #[serde(skip_serializing_if = "Option::is_none")]
        sheet: Option<String>,
        /// Its line.
        line: u32,
    },
    /// A business in the registry.
    Number {
        /// Its number.
        number: String,
    },
}

impl DuplicateOf {
    /// As people read it: `baris 3`, `baris 3 lembar Data`, or the number.
    pub fn shown(&self) -> String {
        match self {
            DuplicateOf::Line { sheet: None, line } => format!("baris {line}"),
            DuplicateOf::Line { sheet: Some(sheet), line } => {
                format!("baris {line} lembar {sheet}")
            }
            DuplicateOf::Number { number } => number.clone(),
        }
    }
}

/// From the cheapest to the dearest of its goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRange {
    /// The cheapest.
    pub from: Rupiah,
    /// The dearest, when an upper end was written.
    pub to: Option<Rupiah>,
}

/// One business as far as the row tells. The report shows the fields of the contract; personal
/// numbers, e-mail and dates are for the registry alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Business {
    /// Trade name, as written, blanks and invisible signs tidied.
    pub name: String,
    /// Owner's name, as written.
    pub owner: Option<String>,
    /// Street and house number, without RT/RW, village and landmark.
    pub street: Option<String>,
    /// What stands beside it: `belakang masjid`.
    pub landmark: Option<String>,
    /// Neighbourhood unit.
    pub rt: Option<u16>,
    /// Group of neighbourhood units.
    pub rw: Option<u16>,
    /// The village, when it is certain.
    pub region: Option<RegionCode>,
    /// The district, when at least that is certain.
    pub district: Option<RegionCode>,
    /// Sector.
    pub category: Option<String>,
    /// What it does.
    pub activity: Option<String>,
    /// Business number.
    pub nib: Option<Nib>,
    /// Trade classification.
    pub kbli: Option<KbliCode>,
    /// First telephone.
    pub phone: Option<Phone>,
    /// Second telephone.
    pub second_phone: Option<Phone>,
    /// Sales of a year.
    pub annual_sales: Option<Rupiah>,
    /// Assets.
    pub assets: Option<Rupiah>,
    /// Workers.
    pub workers: Option<u32>,
    /// Where it stands.
    pub point: Option<GeoPoint>,
    /// Number of the owner. Personal.
    pub nik: Option<Nik>,
    /// Tax number. Personal.
    pub npwp: Option<Npwp>,
    /// E-mail address. Personal.
    pub email: Option<String>,
    /// When it began.
    pub started_on: Option<Date>,
    /// When its paper was issued.
    pub issued_on: Option<Date>,
    /// When its form was sent.
    pub submitted_on: Option<Date>,
    /// What the owner said about the use of the data, where asked. `Some(false)`: not public.
    pub consent: Option<bool>,
    /// What its goods cost.
    pub prices: Option<PriceRange>,
    /// The list's own code for it.
    pub reference: Option<String>,
}

/// One row of the file and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportedRow {
    /// Name of the sheet, in files that have sheets.
    pub sheet: Option<String>,
    /// Line of the text file, row of the sheet or place in the list, from 1.
    pub line: u32,
    /// What happens to it.
    pub fate: Fate,
    /// Which business it repeats.
    pub duplicate_of: Option<DuplicateOf>,
    /// What was read; nothing for headings and the like. It is a business only by its fate.
    pub business: Option<Business>,
    /// What was odd about it.
    pub problems: Vec<Problem>,
    /// A hash of all cells, for recognising the same row of the same list again.
    #[serde(skip)]
    pub fingerprint: u64,
}

impl ImportedRow {
    /// Accepted or for review, by the weight of its problems.
    pub(crate) fn weigh(&mut self) {
        self.fate = match self.problems.iter().map(|problem| problem.code.weight()).max() {
            Some(Weight::Fatal) => Fate::Refused,
            Some(Weight::Doubt) => Fate::Review,
            Some(Weight::Note) | None => Fate::Accepted,
        };
    }
}

impl Serialize for Business {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Business", 16)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("owner", &self.owner)?;
        fields.serialize_field("street", &self.street)?;
        fields.serialize_field("rt", &self.rt)?;
        fields.serialize_field("rw", &self.rw)?;
        fields.serialize_field("region_code", &self.region)?;
        fields.serialize_field("category", &self.category)?;
        fields.serialize_field("activity", &self.activity)?;
        fields.serialize_field("nib", &self.nib)?;
        fields.serialize_field("kbli", &self.kbli.as_ref().map(KbliCode::as_str))?;
        fields.serialize_field("phone", &self.phone)?;
        fields.serialize_field("annual_sales", &self.annual_sales)?;
        fields.serialize_field("assets", &self.assets)?;
        fields.serialize_field("workers", &self.workers)?;
        let degrees = |of: fn(GeoPoint) -> i64| self.point.map(|p| degrees_number(of(p)));
        fields.serialize_field("latitude", &degrees(GeoPoint::latitude))?;
        fields.serialize_field("longitude", &degrees(GeoPoint::longitude))?;
        fields.end()
    }
}
