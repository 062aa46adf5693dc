//! The days the city works, and the holidays of each year with their names.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PolicyBody;
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

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let week: BTreeSet<i64> = self.weekdays.iter().copied().collect();
        let known = week.iter().all(|day| (0..7).contains(day));
        if !known || week.is_empty() || week.len() != self.weekdays.len() {
            problems.push(Problem::new("weekdays", "policy-weekdays"));
        }
        if !self.years.is_sorted_by(|a, b| a.year < b.year) {
            problems.push(Problem::new("years", "policy-years-order"));
        }
        for year in &self.years {
            let ordered = year.holidays.is_sorted_by(|a, b| a.date < b.date);
            let within = year.holidays.iter().all(|day| day.date.year() == year.year);
            let named = year.holidays.iter().all(|day| !day.name.trim().is_empty());
            if !ordered || !within || !named {
                problems.push(Problem::with("years", "policy-holidays", year.year));
            }
        }
        problems
    }
}
