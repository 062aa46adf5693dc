//! A measured number beside its budget.

use serde_json::{Value, json};

/// Which side of the budget is good.
#[derive(Clone, Copy)]
pub(super) enum Budget {
    AtMost(f64),
    /// Neither more nor less.
    Exactly(f64),
    /// At least this share of the limit.
    ShareAtLeast(f64),
    /// At most this many times the limit.
    TimesAtMost(f64),
    /// Told for its own sake.
    None,
}

/// One line of the table.
pub(super) struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    limit: Option<f64>,
    budget: Budget,
    pub(super) ok: bool,
}

impl Figure {
    pub(super) const HEAD: &'static str =
        "what                                     value         unit        limit  ratio  budget";

    /// A number with a budget of its own.
    pub(super) fn plain(name: &str, value: f64, unit: &'static str, budget: Budget) -> Figure {
        Figure::beside(name, value, unit, None, budget)
    }

    /// A number beside what the bare engine or a constant page reached in the same run.
    pub(super) fn beside(
        name: &str,
        value: f64,
        unit: &'static str,
        limit: Option<f64>,
        budget: Budget,
    ) -> Figure {
        let ratio = limit.map(|limit| value / limit);
        let ok = match budget {
            Budget::AtMost(most) => value <= most,
            Budget::Exactly(wanted) => (value - wanted).abs() < 0.5,
            Budget::ShareAtLeast(least) => ratio.is_some_and(|ratio| ratio >= least),
            Budget::TimesAtMost(most) => ratio.is_some_and(|ratio| ratio <= most),
            Budget::None => true,
        };
        Figure { name: name.into(), value, unit, limit, budget, ok }
    }

    /// What could not be measured is over its budget.
    pub(super) fn missing(name: &str) -> Figure {
        let budget = Budget::AtMost(0.0);
        Figure { name: name.into(), value: 0.0, unit: "", limit: None, budget, ok: false }
    }

    fn ratio(&self) -> Option<f64> {
        self.limit.map(|limit| self.value / limit)
    }

    fn told(&self) -> String {
        match self.budget {
            Budget::AtMost(most) => format!("≤ {most} {}", self.unit),
            Budget::Exactly(wanted) => format!("exactly {wanted} {}", self.unit),
            Budget::ShareAtLeast(least) => format!("≥ {:.0} % of the limit", least * 100.0),
            Budget::TimesAtMost(most) => format!("≤ {most} × the limit"),
            Budget::None => String::new(),
        }
    }

    pub(super) fn line(&self) -> String {
        let shown =
            |number: Option<f64>| number.map_or(String::new(), |number| format!("{number:.2}"));
        let mark = if self.ok { "" } else { "  OVER" };
        format!(
            "{:36}{:>10.2} {:>12}{:>13}{:>7}  {}{mark}",
            self.name,
            self.value,
            self.unit,
            shown(self.limit),
            shown(self.ratio()),
            self.told()
        )
    }

    pub(super) fn json(&self) -> Value {
        json!({ "name": self.name, "value": self.value, "unit": self.unit, "limit": self.limit,
                "ratio": self.ratio(), "budget": self.told(), "ok": self.ok })
    }
}
