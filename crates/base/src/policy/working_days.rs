//! The days the city works, and the holidays of each year with their names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PolicyBody;
use super::shape::{Field, Holds, Rows, Shape};
use crate::{Date, Problem};

/// One day off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its name in Bahasa Indonesia.
    pub name: String,
    /// Cuti bersama: government offices are closed, others may be open.
    #[serde(default)]
    pub joint_leave: bool,
    /// Computed ahead of the decree; may still move.
    #[serde(default)]
    pub expected: bool,
}

/// The holidays of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayYear {
    /// The year.
    pub year: i64,
    /// Its days off in order.
    pub holidays: Vec<Holiday>,
}

/// Which days count in a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingDays {
    /// 0 is Monday, 6 is Sunday.
    pub weekdays: Vec<i64>,
    /// The holidays that were decreed, year by year.
    pub years: Vec<HolidayYear>,
}

impl PolicyBody for WorkingDays {
    const KIND: &'static str = "base.working_days";
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("weekdays", Holds::Weekdays),
        Field::new("years", Holds::Rows(YEARS)),
    ]);

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !self.years.is_sorted_by(|a, b| a.year < b.year) {
            problems.push(Problem::new("years", "policy-years-order"));
        }
        for (i, year) in self.years.iter().enumerate() {
            for (k, day) in year.holidays.iter().enumerate() {
                let field = format!("years/{i}/holidays/{k}/date");
                if day.date.year() != year.year {
                    problems.push(Problem::with(field, "policy-holiday-year", year.year));
                } else if k > 0 && year.holidays[k - 1].date >= day.date {
                    problems.push(Problem::new(field, "policy-holiday-order"));
                }
            }
        }
        problems
    }
}

const YEARS: Rows = Rows {
    fields: &[Field::new("year", Holds::Year), Field::new("holidays", Holds::Rows(HOLIDAYS))],
    key: &["year"],
    min: 0,
    max: 30,
};
const HOLIDAYS: Rows = Rows {
    fields: &[
        Field::new("date", Holds::Day),
        Field::new("name", Holds::Text { chars_max: 120 }),
        Field::new("joint_leave", Holds::Flag),
        Field::new("expected", Holds::Flag),
    ],
    key: &["date"],
    min: 0,
    max: 60,
};
