//! Durable orders of three lines, beside the bare engines running the same statements.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::Bench;
use super::figure::{Budget, Figure};
use crate::Result;
use crate::build::{self, Profile};
use crate::debian;
use crate::postgres::{Cluster, Durability};
use crate::program::Folder;

const SECONDS: &str = "5";
const WRITERS: u64 = 64;
const SHARE: f64 = 0.7;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    debian::ensure(&debian::POSTGRES)?;
    let program = build::example(&bench.place, Profile::Release, "orders")?;
    let (folder, cluster) = (Folder::new("orders")?, Cluster::start(Durability::Full)?);
    let output = Command::new(program)
        .arg("--dir")
        .arg(folder.path())
        .args(["--seconds", SECONDS, "--postgres", &cluster.url(), "--pgbench"])
        .arg(cluster.program("pgbench"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("orders: {error}"))?;
    if !output.status.success() {
        return Err(format!("orders: {}", output.status));
    }
    let found = read(&String::from_utf8_lossy(&output.stdout));
    let of = |name: &str| found.get(name).copied().ok_or(format!("no figure {name}"));
    let beside = |name: &str, value: &str, limit: &str| -> Result<Figure> {
        let limit = Some(of(limit)?);
        Ok(Figure::beside(name, of(value)?, "orders/s", limit, Budget::ShareAtLeast(SHARE)))
    };
    Ok(vec![
        beside("orders, 64 writers, SQLite", "sqlite.module", "sqlite.raw")?,
        beside("orders, 64 writers, PostgreSQL", "postgres.module", "postgres.pgbench")?,
    ])
}

/// Name → orders a second with the most writers.
fn read(lines: &str) -> BTreeMap<String, f64> {
    let entries = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    entries
        .filter(|entry| {
            entry["writers"].as_u64() == Some(WRITERS) || entry["name"] == "postgres.pgbench"
        })
        .filter_map(|entry| {
            Some((entry["name"].as_str()?.to_string(), entry["orders_per_second"].as_f64()?))
        })
        .collect()
}
