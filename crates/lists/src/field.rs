//! What a column can mean.

use serde::{Deserialize, Serialize};

/// What the cells of a column say about a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Trade name.
    Name,
    /// Name of the owner.
    Owner,
    /// Street, or a whole address in one cell.
    Street,
    /// Neighbourhood unit.
    Rt,
    /// Group of neighbourhood units.
    Rw,
    /// Both in one cell.
    RtRw,
    /// Kelurahan, desa or gampong.
    Village,
    /// Kecamatan.
    District,
    /// Kemendagri code of the village.
    RegionCode,
    /// Sector in a word or two.
    Category,
    /// What the business does.
    Activity,
    /// Business number.
    Nib,
    /// Trade classification.
    Kbli,
    /// Telephone or WhatsApp.
    Phone,
    /// Sales of a year.
    AnnualSales,
    /// Sales of a month.
    MonthlySales,
    /// Assets.
    Assets,
    /// Number of workers.
    Workers,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Both in one cell, or a map link.
    Point,
    /// Number of the person.
    Nik,
    /// Tax number.
    Npwp,
    /// E-mail address.
    Email,
    /// When the business began.
    StartedOn,
    /// When its paper was issued.
    IssuedOn,
    /// When the form was sent.
    SubmittedAt,
    /// Whether the owner agreed to the use of the data.
    Consent,
    /// What the goods cost.
    PriceRange,
    /// The list's own running number or code.
    Reference,
}

impl Field {
    /// All fields, in the order in which a person would choose one.
    pub const ALL: [Field; 30] = [
        Field::Name,
        Field::Owner,
        Field::Street,
        Field::Rt,
        Field::Rw,
        Field::RtRw,
        Field::Village,
        Field::District,
        Field::RegionCode,
        Field::Category,
        Field::Activity,
        Field::Nib,
        Field::Kbli,
        Field::Phone,
        Field::AnnualSales,
        Field::MonthlySales,
        Field::Assets,
        Field::Workers,
        Field::Latitude,
        Field::Longitude,
        Field::Point,
        Field::Nik,
        Field::Npwp,
        Field::Email,
        Field::StartedOn,
        Field::IssuedOn,
        Field::SubmittedAt,
        Field::Consent,
        Field::PriceRange,
        Field::Reference,
    ];

    /// The stable name in reports and mappings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Owner => "owner",
            Field::Street => "street",
            Field::Rt => "rt",
            Field::Rw => "rw",
            Field::RtRw => "rt_rw",
            Field::Village => "village",
            Field::District => "district",
            Field::RegionCode => "region_code",
            Field::Category => "category",
            Field::Activity => "activity",
            Field::Nib => "nib",
            Field::Kbli => "kbli",
            Field::Phone => "phone",
            Field::AnnualSales => "annual_sales",
            Field::MonthlySales => "monthly_sales",
            Field::Assets => "assets",
            Field::Workers => "workers",
            Field::Latitude => "latitude",
            Field::Longitude => "longitude",
            Field::Point => "point",
            Field::Nik => "nik",
            Field::Npwp => "npwp",
            Field::Email => "email",
            Field::StartedOn => "started_on",
            Field::IssuedOn => "issued_on",
            Field::SubmittedAt => "submitted_at",
            Field::Consent => "consent",
            Field::PriceRange => "price_range",
            Field::Reference => "reference",
        }
    }
}
