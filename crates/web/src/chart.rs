//! Charts the server draws: shapes in SVG, words in HTML beside them so that they never shrink, the
//! table behind always there (`ui::bars`, `ui::lines`, `ui::map` in the macros). A page struct
//! holds the numbers; programs get them as JSON.

use askama::filters::Safe;
use schemars::JsonSchema;
use serde::Serialize;

mod line;
mod map;

pub use line::{Line, Lines};
pub use map::{Map, Tile};

/// Rows of bars are not longer than a person reads; the rest stands in the table of its own page.
const BARS_MAX: usize = 60;
/// Width of a bar's drawing in its own units: tenths of a percent.
const WIDE: i64 = 1_000;

/// One horizontal bar.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Bar {
    /// Who: an agency, a month.
    pub label: String,
    /// How much, in whatever unit all bars share.
    pub value: i64,
    /// The same as people read it: `61,2%`.
    pub word: String,
}

/// Horizontal bars, largest first, with the duty or promise as a tick through all rows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Bars {
    pub rows: Vec<Bar>,
    /// The length of a full bar; the largest value if nothing.
    pub full: Option<i64>,
    /// What was promised or demanded. Below it a bar turns turmeric, far below chili, always with a
    /// sign.
    pub goal: Option<i64>,
    /// The goal is a ceiling (days to pay), not a floor (share of spending).
    pub ceiling: bool,
}

/// Parts of one whole, side by side.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Share {
    pub parts: Vec<Bar>,
}

impl Bars {
    /// Bars without a goal.
    pub fn new(rows: Vec<Bar>) -> Bars {
        Bars { rows, full: None, goal: None, ceiling: false }
    }

    /// How one row stands against the goal: nothing, `low` or `bad`.
    fn standing(&self, value: i64) -> &'static str {
        let Some(goal) = self.goal.filter(|goal| *goal > 0) else { return "" };
        let (far, near) = if self.ceiling {
            (value > goal.saturating_mul(2), value > goal)
        } else {
            (value < goal / 2, value < goal)
        };
        if far {
            "bad"
        } else if near {
            "low"
        } else {
            ""
        }
    }

    /// The drawing; `missed` is what a screen reader says where the goal is not met.
    pub fn html(&self, missed: &str) -> Safe<String> {
        let largest = self.rows.iter().map(|bar| bar.value).chain(self.goal).max().unwrap_or(0);
        let full = self.full.unwrap_or(largest).max(1);
        let mut html = String::from(r#"<ul class="bars">"#);
        for bar in self.rows.iter().take(BARS_MAX) {
            let standing = self.standing(bar.value);
            let sign = if standing.is_empty() { String::new() } else { warning(missed) };
            html.push_str(&format!(
                r#"<li><span>{}{sign}</span>{}<span class="end num">{}</span></li>"#,
                escape(&bar.label),
                self.shape(bar.value, full, standing),
                escape(&bar.word),
            ));
        }
        html.push_str("</ul>");
        Safe(html)
    }

    fn shape(&self, value: i64, full: i64, standing: &str) -> String {
        let width = part(value, full);
        let tick = self
            .goal
            .map(|goal| format!(r#"<path class="goal" d="M{0} -1V11"/>"#, part(goal, full)));
        format!(
            r#"<svg viewBox="0 0 {WIDE} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="{WIDE}" height="10"/><rect class="fill {standing}" width="{width}" height="10"/>{}</svg>"#,
            tick.unwrap_or_default(),
        )
    }

    /// One number against its goal, as the large bar on top of a board.
    pub fn gauge(value: i64, goal: i64, full: i64) -> Safe<String> {
        let bars = Bars { rows: Vec::new(), full: Some(full), goal: Some(goal), ceiling: false };
        let shape = bars.shape(value, full, bars.standing(value));
        Safe(shape.replacen("<svg ", r#"<svg class="gauge" "#, 1))
    }
}

impl Share {
    /// Fill classes in order: good, watch, known, wrong, rest.
    const FILLS: [&'static str; 5] = ["f3", "low", "fill", "bad", "f0"];

    /// The drawing.
    pub fn html(&self) -> Safe<String> {
        let whole: i64 = self.parts.iter().map(|bar| bar.value.max(0)).sum();
        let mut at = 0;
        let mut shapes = String::new();
        for (bar, class) in self.parts.iter().zip(Self::FILLS.iter().cycle()) {
            let width = part(bar.value, whole.max(1));
            let rect = format!(r#"<rect class="{class}" x="{at}" width="{width}" height="10"/>"#);
            shapes.push_str(&rect);
            at += width;
        }
        Safe(format!(
            r#"<svg class="gauge" viewBox="0 0 {WIDE} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="{WIDE}" height="10"/>{shapes}</svg>"#
        ))
    }

    /// Each part's colour, name and value as words.
    pub fn keys(&self) -> Vec<(Safe<String>, &Bar)> {
        let swatch = |class: &&str| {
            Safe(format!(
                r#"<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="{class}" width="10" height="10" rx="2"/></svg>"#
            ))
        };
        Self::FILLS.iter().cycle().map(swatch).zip(&self.parts).collect()
    }
}

/// `value` of `full` in the drawing's units, never outside it.
fn part(value: i64, full: i64) -> i64 {
    let wide = i128::from(value.max(0)) * i128::from(WIDE) / i128::from(full.max(1));
    i64::try_from(wide).unwrap_or(WIDE).min(WIDE)
}

fn warning(words: &str) -> String {
    format!(r#" <span aria-hidden="true">⚠</span><span class="sr">{}</span>"#, escape(words))
}

/// Words become text, whatever they contain.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Round numbers, from 1 upwards.
fn rounds() -> impl Iterator<Item = i64> {
    let powers = (0..17).map(|n| 10_i64.pow(n));
    powers
        .flat_map(|power| [10, 15, 20, 25, 30, 40, 50, 60, 80].map(|tenths| (power, tenths)))
        .filter(|(power, tenths)| power * tenths % 10 == 0)
        .map(|(power, tenths)| power * tenths / 10)
}

/// A round number not below `wanted`.
fn round_up(wanted: i64) -> i64 {
    rounds().find(|round| *round >= wanted).unwrap_or(wanted)
}

/// A round number not above `wanted`, at least 1.
fn round_down(wanted: i64) -> i64 {
    rounds().take_while(|round| *round <= wanted).last().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: i64) -> Bar {
        Bar { label: label.into(), value, word: format!("{value}%") }
    }

    #[test]
    fn bars_below_the_duty_say_so_in_colour_sign_and_word() {
        let rows = vec![bar("Dinkes", 61), bar("<Satpol>", 17), bar("Bappeda", 38)];
        let bars = Bars { rows, full: Some(100), goal: Some(40), ceiling: false };
        let Safe(html) = bars.html("di bawah kewajiban");
        assert!(html.contains(r#"width="610""#) && html.contains("M400 -1V11"));
        assert!(html.contains(r#"fill low""#) && html.contains(r#"fill bad""#));
        assert_eq!(html.matches("di bawah kewajiban").count(), 2);
        assert!(html.contains("&lt;Satpol&gt;") && !html.contains("style="));
    }

    #[test]
    fn a_ceiling_is_missed_from_above() {
        let bars = Bars { rows: Vec::new(), full: None, goal: Some(10), ceiling: true };
        assert_eq!([9, 10, 11, 21].map(|days| bars.standing(days)), ["", "", "low", "bad"]);
    }

    #[test]
    fn nothing_extreme_leaves_the_drawing() {
        for (value, full) in [(0, 0), (i64::MAX, 1), (i64::MAX, i64::MAX), (-5, 10)] {
            assert!((0..=WIDE).contains(&part(value, full)), "{value} of {full}");
        }
        let Safe(none) = Bars::new(Vec::new()).html("");
        assert_eq!(none, r#"<ul class="bars"></ul>"#);
    }

    #[test]
    fn scales_end_at_round_numbers() {
        for (wanted, round) in
            [(0, 1), (1, 1), (3, 3), (7, 8), (21, 25), (149, 150), (9_001, 10_000)]
        {
            assert_eq!(round_up(wanted), round);
        }
        for (wanted, round) in [(-3, 1), (0, 1), (37, 30), (i64::MAX, 80_000_000_000_000_000)] {
            assert_eq!((round_down(wanted), round_up(i64::MAX)), (round, i64::MAX));
        }
    }

    #[test]
    fn parts_fill_the_whole_in_their_order() {
        let share = Share { parts: vec![bar("a", 3), bar("b", 1)] };
        let Safe(html) = share.html();
        assert!(html.contains(r#"x="0" width="750""#) && html.contains(r#"x="750" width="250""#));
    }
}
