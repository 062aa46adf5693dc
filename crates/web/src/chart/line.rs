//! Lines over time: at most three, named at their end, zero visible.

use askama::filters::Safe;
use base::{Language, Say};
use schemars::JsonSchema;
use serde::Serialize;

use super::{escape, round_up};

/// More lines cannot be told apart.
const LINES_MAX: usize = 3;
const STEPS: i64 = 4;
const TALL: i64 = 1_000;

/// One line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Line {
    pub label: String,
    /// A value for each moment of `Lines::moments`.
    pub values: Vec<i64>,
}

/// Lines over the same moments.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Lines {
    /// `Mar 2025`, …: all of them for the table; first, middle and last are written under the
    /// drawing.
    pub moments: Vec<String>,
    pub lines: Vec<Line>,
    /// What was promised, drawn stitched.
    pub goal: Option<i64>,
}

impl Lines {
    /// The drawing with its scale and moments.
    pub fn html(&self, language: Language) -> Safe<String> {
        let values = self.lines.iter().flat_map(|line| &line.values).copied().chain(self.goal);
        let step = round_up((values.max().unwrap_or(0).max(1) + STEPS - 1) / STEPS);
        let top = step * STEPS;
        let mark = |n: i64| format!("<span>{}</span>", (n * step).say(language));
        let scale: String = (0..=STEPS).rev().map(mark).collect();
        let grid: String = (0..=STEPS)
            .map(|n| format!(r#"<path class="gridline" d="M0 {}H1000"/>"#, TALL - n * TALL / STEPS))
            .collect();
        let goal = self.goal.map(|goal| {
            format!(r#"<path class="was" d="M0 {}H1000"/>"#, TALL - goal.clamp(0, top) * TALL / top)
        });
        let lines = self.lines.iter().take(LINES_MAX).enumerate();
        let drawn: String = lines
            .map(|(n, line)| format!(r#"<path class="l{}" d="{}"/>"#, n + 1, path(line, top)))
            .collect();
        Safe(format!(
            r#"<div class="line"><div class="y small soft num" aria-hidden="true">{scale}</div><svg viewBox="0 0 1000 {TALL}" preserveAspectRatio="none" aria-hidden="true">{grid}{}{drawn}</svg><p class="axis small soft">{}</p></div>"#,
            goal.unwrap_or_default(),
            self.axis(),
        ))
    }

    /// Each line's stroke and its name.
    pub fn keys(&self) -> Vec<(Safe<String>, &str)> {
        let names = self.lines.iter().take(LINES_MAX).map(|line| line.label.as_str());
        ["l1", "l2", "l3"].into_iter().map(stroke).zip(names).collect()
    }

    /// The stroke of the promise.
    pub fn goal_key(&self) -> Safe<String> {
        stroke("was")
    }

    /// The table behind: each moment with the value of each line.
    pub fn rows(&self, language: Language) -> Vec<(&str, Vec<String>)> {
        let values = |n: usize| {
            let of = |line: &Line| line.values.get(n).map_or_else(String::new, |v| v.say(language));
            self.lines.iter().map(of).collect()
        };
        self.moments.iter().enumerate().map(|(n, moment)| (moment.as_str(), values(n))).collect()
    }

    fn axis(&self) -> String {
        let count = self.moments.len();
        let mut wanted = vec![0, count / 2, count.saturating_sub(1)];
        wanted.dedup();
        let words = wanted.into_iter().filter_map(|n| self.moments.get(n));
        words.map(|word| format!("<span>{}</span>", escape(word))).collect()
    }
}

fn stroke(class: &str) -> Safe<String> {
    Safe(format!(
        r#"<svg class="stroke" viewBox="0 0 16 16" aria-hidden="true"><path class="{class}" d="M0 8H16"/></svg>"#
    ))
}

fn path(line: &Line, top: i64) -> String {
    let last = i64::try_from(line.values.len().saturating_sub(1)).unwrap_or(0).max(1);
    let points = line.values.iter().enumerate().map(|(n, value)| {
        let x = i64::try_from(n).unwrap_or(0) * 1_000 / last;
        let y = TALL - value.clamp(&0, &top) * TALL / top;
        format!("{}{x} {y}", if n == 0 { 'M' } else { 'L' })
    });
    points.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_start_at_zero_and_end_where_they_should() {
        let days = Line { label: "Hari".into(), values: vec![18, 9] };
        let moments = vec!["Mar 2025".into(), "Feb 2026".into()];
        let lines = Lines { moments, lines: vec![days], goal: Some(10) };
        let Safe(html) = lines.html(Language::Indonesian);
        assert!(html.contains("<span>20</span>") && html.contains("<span>0</span>"), "{html}");
        assert!(html.contains(r#"d="M0 100L1000 550""#) && html.contains("M0 500H1000"), "{html}");
        assert!(html.contains("Mar 2025") && !html.contains("style="));
    }

    #[test]
    fn an_empty_year_still_has_a_scale() {
        let lines = Lines { moments: Vec::new(), lines: Vec::new(), goal: None };
        assert!(lines.html(Language::Indonesian).0.contains("<span>4</span>"));
        let one = Line { label: String::new(), values: vec![5] };
        let lines = Lines { moments: vec!["Maret".into()], lines: vec![one], goal: None };
        assert_eq!(lines.html(Language::Indonesian).0.matches("Maret").count(), 1);
    }
}
