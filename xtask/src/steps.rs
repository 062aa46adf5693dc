//! The steps of the whole check, as data, in the order in which they run.

use crate::Result;
use crate::licences;
use crate::place::Place;

/// One step: what it is called, what it shows, what it runs.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) shows: &'static str,
    pub(crate) work: Work,
}

/// What a step runs. Everything is built with the whole workspace's features, so that no step
/// compiles again what another already did.
pub(crate) enum Work {
    /// A cargo command that passes or fails.
    Cargo(&'static [&'static str]),
    /// Test programs, whose own result lines are counted.
    Tests(&'static [&'static str], Engine),
    /// A check of this program.
    Own(fn(&Place) -> Result<()>),
}

/// What the tests of a step run on.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Engine {
    /// No database is needed.
    None,
    Sqlite,
    Postgres,
    /// The tests themselves visit both; Chromium is needed as well.
    Browser,
}

pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        shows: "the code is formatted",
        work: Work::Cargo(&["fmt", "--all", "--check"]),
    },
    Step {
        name: "licences",
        shows: "every dependency may be passed on",
        work: Work::Own(|place| licences::check(&place.root)),
    },
    Step {
        name: "clippy",
        shows: "no warning anywhere",
        work: Work::Cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    },
    Step {
        name: "docs",
        shows: "the documentation builds and its links hold",
        work: Work::Cargo(&["doc", "--workspace", "--no-deps"]),
    },
    Step {
        name: "sqlite",
        shows: "rules and stories on SQLite",
        work: Work::Tests(&["--workspace"], Engine::Sqlite),
    },
    Step {
        name: "postgres",
        shows: "rules and stories on PostgreSQL",
        work: Work::Tests(&["--workspace"], Engine::Postgres),
    },
    Step {
        name: "browser",
        shows: "the main job by clicks in Chromium, phone and desktop",
        work: Work::Tests(&["--workspace", "--test", "browser"], Engine::Browser),
    },
    Step {
        name: "fault",
        shows: "kill -9, restarts, full disk: nothing acknowledged is lost",
        work: Work::Cargo(&["xtask", "fault"]),
    },
    Step {
        name: "tidy",
        shows: "sizes, borders, texts; every SQL text ran on both engines",
        work: Work::Tests(&["--workspace", "--test", "tidy"], Engine::None),
    },
];
