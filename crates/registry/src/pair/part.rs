//! The parts of a record that a merger takes from one or the other.

use crate::business::Business;

/// One part that both records may have filled in differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Name,
    Category,
    Activity,
    Kbli,
    Place,
    Nib,
    Phone,
    AnnualSales,
    Assets,
    Workers,
    Photo,
    Story,
}

impl Part {
    pub(crate) const ALL: [Part; 12] = [
        Part::Name,
        Part::Category,
        Part::Activity,
        Part::Kbli,
        Part::Place,
        Part::Nib,
        Part::Phone,
        Part::AnnualSales,
        Part::Assets,
        Part::Workers,
        Part::Photo,
        Part::Story,
    ];

    /// The stable code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Part::Name => "name",
            Part::Category => "category",
            Part::Activity => "activity",
            Part::Kbli => "kbli",
            Part::Place => "place",
            Part::Nib => "nib",
            Part::Phone => "phone",
            Part::AnnualSales => "annual-sales",
            Part::Assets => "assets",
            Part::Workers => "workers",
            Part::Photo => "photo",
            Part::Story => "story",
        }
    }

    /// The part with this code.
    pub(crate) fn parse(code: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.code() == code)
    }

    /// The key of its name.
    pub(crate) fn text_key(self) -> String {
        format!("registry-{}", self.code())
    }

    /// Whether the record says anything here.
    pub(crate) fn is_filled(self, of: &Business) -> bool {
        match self {
            Part::Name => !of.name.is_empty(),
            Part::Category => !of.category.is_empty(),
            Part::Activity => !of.activity.is_empty(),
            Part::Kbli => of.kbli.is_some(),
            Part::Place => of.place.district.is_some() || !of.place.street.is_empty(),
            Part::Nib => of.nib.is_some(),
            Part::Phone => of.phone.is_some(),
            Part::AnnualSales => of.annual_sales.is_some(),
            Part::Assets => of.assets.is_some(),
            Part::Workers => of.workers.is_some(),
            Part::Photo => of.photo.is_some(),
            Part::Story => !of.story.is_empty(),
        }
    }

    /// Whether both say something here, and not the same.
    pub(crate) fn differs(self, one: &Business, other: &Business) -> bool {
        if let (Part::Phone, Some(one), Some(other)) = (self, &one.phone, &other.phone) {
            return one.blind != other.blind; // the same number is sealed differently each time
        }
        let mut taken = one.clone();
        self.take(&mut taken, other);
        self.is_filled(one) && self.is_filled(other) && taken != *one
    }

    /// Takes it from another record.
    pub(crate) fn take(self, into: &mut Business, from: &Business) {
        match self {
            Part::Name => into.name.clone_from(&from.name),
            Part::Category => into.category.clone_from(&from.category),
            Part::Activity => into.activity.clone_from(&from.activity),
            Part::Kbli => {
                into.kbli.clone_from(&from.kbli);
                into.more_kbli.clone_from(&from.more_kbli);
            }
            Part::Place => into.place.clone_from(&from.place),
            Part::Nib => into.nib.clone_from(&from.nib),
            Part::Phone => {
                into.phone.clone_from(&from.phone);
                into.public_phone.clone_from(&from.public_phone);
            }
            Part::AnnualSales => into.annual_sales = from.annual_sales,
            Part::Assets => into.assets = from.assets,
            Part::Workers => into.workers = from.workers,
            Part::Photo => into.photo.clone_from(&from.photo),
            Part::Story => into.story.clone_from(&from.story),
        }
    }
}
