//! Micro, small, medium, large: by capital for a new registration, by yearly sales afterwards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PolicyBody;
use super::shape::{Field, Holds, Rows, Shape};
use crate::{Problem, Rupiah};

/// The size of a business in the sense of the law.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SizeClass {
    /// Usaha mikro.
    Micro,
    /// Usaha kecil.
    Small,
    /// Usaha menengah.
    Medium,
    /// Usaha besar: above every bound.
    Large,
}

impl SizeClass {
    /// Every class, smallest first.
    pub const ALL: &'static [SizeClass] =
        &[SizeClass::Micro, SizeClass::Small, SizeClass::Medium, SizeClass::Large];

    /// The stable code, also in the texts: `size-class-micro`.
    pub fn code(self) -> &'static str {
        match self {
            SizeClass::Micro => "micro",
            SizeClass::Small => "small",
            SizeClass::Medium => "medium",
            SizeClass::Large => "large",
        }
    }

    /// The class with this code.
    pub fn parse(code: &str) -> Option<SizeClass> {
        SizeClass::ALL.iter().copied().find(|class| class.code() == code)
    }

    /// What procurement law calls *usaha kecil*: micro and small (Perpres 12/2021 art. 65).
    pub fn counts_as_small_in_procurement(self) -> bool {
        self <= SizeClass::Small
    }
}

/// Everything above the bound before it, up to and including `up_to`, is `class`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SizeBound {
    /// The class.
    pub class: SizeClass,
    /// The largest amount that still belongs to it.
    pub up_to: Rupiah,
}

/// The bounds of the size classes; above the last one a business is large.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SizeClasses {
    /// Capital without land and building of the place of business, for new registrations.
    pub capital: Vec<SizeBound>,
    /// Yearly sales, for businesses that run, and for aid and protection.
    pub sales: Vec<SizeBound>,
}

impl SizeClasses {
    /// The class of a business that has just begun.
    pub fn class_by_capital(&self, capital: Rupiah) -> SizeClass {
        class_of(&self.capital, capital)
    }

    /// The class of a business that runs.
    pub fn class_by_sales(&self, yearly_sales: Rupiah) -> SizeClass {
        class_of(&self.sales, yearly_sales)
    }
}

fn class_of(bounds: &[SizeBound], amount: Rupiah) -> SizeClass {
    let bound = bounds.iter().find(|bound| amount <= bound.up_to);
    bound.map_or(SizeClass::Large, |bound| bound.class)
}

/// Micro, small and medium; what is larger than all of them is large.
const BOUNDS: Rows = Rows {
    fields: &[
        Field::new("class", Holds::OneOf(&["micro", "small", "medium"])),
        Field::new("up_to", Holds::Amount { open: false }),
    ],
    key: &["class"],
    min: 3,
    max: 3,
};

impl PolicyBody for SizeClasses {
    const KIND: &'static str = "base.size_classes";
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("capital", Holds::Rows(BOUNDS)),
        Field::new("sales", Holds::Rows(BOUNDS)),
    ]);

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, bounds) in [("capital", &self.capital), ("sales", &self.sales)] {
            let classes = bounds.iter().map(|bound| bound.class);
            if !classes.eq(SizeClass::ALL[..3].iter().copied()) {
                problems.push(Problem::new(field, "policy-size-bounds"));
            }
            for (i, pair) in
                bounds.windows(2).enumerate().filter(|(_, pair)| pair[0].up_to >= pair[1].up_to)
            {
                let field = format!("{field}/{}/up_to", i + 1);
                problems.push(Problem::with(field, "policy-size-rising", pair[0].up_to.display()));
            }
        }
        problems
    }
}
