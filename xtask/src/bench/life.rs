//! How quickly the program is there, and how little it holds when nobody asks.

use std::thread::sleep;
use std::time::Duration;

use super::Bench;
use super::figure::{Budget, Figure};
use crate::Result;
use crate::program::Folder;
use crate::scene::Scene;

const STARTS: usize = 5;
const START_MS_MAX: f64 = 200.0;
const IDLE_MB_MAX: f64 = 80.0;
const DEMO_SECONDS_MAX: f64 = 15.0;
const IDLE: Duration = Duration::from_secs(5);

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let folder = Folder::new("life")?;
    let scene = Scene::new(&bench.program, folder.path(), None)?;
    scene.start()?.stop()?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let server = scene.start()?;
        starts.push(server.took.as_secs_f64() * 1000.0);
        server.stop()?;
    }
    starts.sort_by(f64::total_cmp);
    let server = scene.start()?;
    sleep(IDLE);
    let idle = server.memory_kb()? as f64 / 1024.0;
    server.stop()?;
    let demo = scene.demo(folder.path())?.start(2)?.took.as_secs_f64();
    Ok(vec![
        Figure::plain(
            "start, existing database (median)",
            starts[STARTS / 2],
            "ms",
            Budget::AtMost(START_MS_MAX),
        ),
        Figure::plain("memory when idle", idle, "MB", Budget::AtMost(IDLE_MB_MAX)),
        Figure::plain("demo, empty folder to ready", demo, "s", Budget::AtMost(DEMO_SECONDS_MAX)),
    ])
}
