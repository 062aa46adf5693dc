//! Search over a million invented products, kind of question by kind.

use std::process::{Command, Stdio};

use serde_json::Value;

use super::Bench;
use super::figure::{Budget, Figure};
use crate::Result;
use crate::build::{self, Profile};

const PRODUCTS: &str = "1000000";
const CLIENTS: &str = "1";
const P99_MS_MAX: f64 = 20.0;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let program = build::example(&bench.place, Profile::Release, "search")?;
    let output = Command::new(program)
        .args([PRODUCTS, CLIENTS])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("search: {error}"))?;
    if !output.status.success() {
        return Err(format!("search: {}", output.status));
    }
    let figures = figures(&String::from_utf8_lossy(&output.stdout));
    if figures.is_empty() { Err("search: nothing was measured".into()) } else { Ok(figures) }
}

/// The 99th percentile of each kind of question.
fn figures(lines: &str) -> Vec<Figure> {
    let entries = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let figure = |entry: Value| {
        let p99_ms = entry["p99"].as_f64()? / 1_000.0;
        let name = format!("{}, p99", entry["name"].as_str()?);
        Some(Figure::plain(&name, p99_ms, "ms", Budget::AtMost(P99_MS_MAX)))
    };
    entries.filter_map(figure).collect()
}
