//! `cargo xtask fault`: the real program under load loses its life, its server or its disk, and must
//! have kept every promise. Run in full, with twenty kills, by `cargo xtask test`.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::build::{self, Profile};
use crate::debian;
use crate::disk::Disk;
use crate::paying;
use crate::place::{Place, is_root};
use crate::postgres::{Cluster, Durability};
use crate::program::{Folder, Server};
use crate::scene::{Outcome, Scene, Writer, promises, under_load};
use crate::{Result, chosen, only_known, option};

const ROUNDS: usize = 20;
const ROUNDS_MAX: usize = 10_000;
const WRITERS: usize = 6;
/// Rest between the writes of one writer, so that twenty kills stay within the city's limits.
const KILL_PACE: Duration = Duration::from_millis(70);
/// How long the writers write before something happens.
const LOAD: Duration = Duration::from_millis(250);
/// How long a city may take to write again after its database is back.
const RECOVERY: Duration = Duration::from_secs(20);
const WRITES_MAX: usize = 5_000;

/// What a fault is tried on.
struct Trial<'a> {
    program: &'a Path,
    rounds: usize,
}

/// One fault.
struct Fault {
    name: &'static str,
    strike: fn(&Trial) -> Result<String>,
}

const FAULTS: &[Fault] = &[
    Fault { name: "kill.sqlite", strike: kill_sqlite },
    Fault { name: "kill.postgres", strike: kill_postgres },
    Fault { name: "paying.sqlite", strike: kill_paying_sqlite },
    Fault { name: "paying.postgres", strike: kill_paying_postgres },
    Fault { name: "restart.postgres", strike: restart_postgres },
    Fault { name: "full.sqlite", strike: full_disk },
    Fault { name: "readonly.sqlite", strike: read_only_disk },
    Fault { name: "readonly.postgres", strike: read_only_server },
];

/// `cargo xtask fault`.
pub(crate) fn run(arguments: &[String]) -> Result<bool> {
    only_known(arguments, &["--only", "--rounds", "--program"], &[])?;
    let names: Vec<&str> = FAULTS.iter().map(|fault| fault.name).collect();
    let rounds = match option(arguments, "--rounds")?.map(str::parse) {
        None => ROUNDS,
        Some(Ok(rounds)) if (1..=ROUNDS_MAX).contains(&rounds) => rounds,
        Some(_) => return Err(format!("--rounds takes a number from 1 to {ROUNDS_MAX}")),
    };
    let program = match option(arguments, "--program")? {
        Some(path) => path.into(),
        None => build::gerai(&Place::find()?, Profile::Debug)?,
    };
    strike(&program, &chosen(arguments, &names)?, rounds).map(|()| true)
}

fn strike(program: &Path, names: &[&str], rounds: usize) -> Result<()> {
    debian::ensure(&debian::POSTGRES)?;
    let trial = Trial { program, rounds };
    let mut failures = Vec::new();
    for fault in FAULTS.iter().filter(|fault| names.contains(&fault.name)) {
        match (fault.strike)(&trial) {
            Ok(told) => println!("{:20}kept: {told}", fault.name),
            Err(message) => {
                println!("{:20}FAILED: {message}", fault.name);
                failures.push(fault.name);
            }
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(format!("failed: {}", failures.join(", "))) }
}

fn kill_sqlite(trial: &Trial) -> Result<String> {
    let folder = Folder::new("kill-sqlite")?;
    let scene = Scene::new(trial.program, folder.path(), None)?;
    kill(trial, &scene)
}

fn kill_postgres(trial: &Trial) -> Result<String> {
    let (folder, cluster) = (Folder::new("kill-postgres")?, Cluster::start(Durability::Full)?);
    let scene = Scene::new(trial.program, folder.path(), Some(&cluster.url()))?;
    kill(trial, &scene)
}

/// Kills the program again and again in the middle of its work.
fn kill(trial: &Trial, scene: &Scene) -> Result<String> {
    let server = scene.start()?;
    let mut writers = writers(&server)?;
    writers.iter_mut().for_each(|writer| writer.pace = KILL_PACE);
    let mut server = Some(server);
    let (mut kills, mut idle) = (0, 0);
    while kills < trial.rounds {
        let running = match server.take() {
            Some(server) => server,
            None => scene.start()?,
        };
        let before = promises(&writers);
        under_load(&mut writers, || {
            sleep(LOAD);
            running.kill()
        })?;
        // A kill before the first promise proves nothing and does not count.
        if promises(&writers) == before {
            idle += 1;
        } else {
            kills += 1;
        }
        if idle > trial.rounds {
            return Err(format!("{idle} times nothing was promised before the kill"));
        }
    }
    all_kept(scene, scene.start()?, &mut writers)?;
    Ok(format!("{} promises over {kills} kills", promises(&writers)))
}

fn kill_paying_sqlite(trial: &Trial) -> Result<String> {
    let folder = Folder::new("paying-sqlite")?;
    paying::kill(trial.program, folder.path(), None, trial.rounds.div_ceil(5))
}

fn kill_paying_postgres(trial: &Trial) -> Result<String> {
    let (folder, cluster) = (Folder::new("paying-postgres")?, Cluster::start(Durability::Full)?);
    paying::kill(trial.program, folder.path(), Some(&cluster.url()), trial.rounds.div_ceil(5))
}

/// The server of the database dies and comes back; the city recovers by itself.
fn restart_postgres(trial: &Trial) -> Result<String> {
    let (folder, mut cluster) = (Folder::new("restart")?, Cluster::start(Durability::Full)?);
    let scene = Scene::new(trial.program, folder.path(), Some(&cluster.url()))?;
    let mut server = scene.start()?;
    let mut writers = writers(&server)?;
    let times = trial.rounds.div_ceil(5);
    let mut longest = Duration::ZERO;
    for _ in 0..times {
        under_load(&mut writers, || {
            sleep(LOAD);
            cluster.crash_and_restart()
        })?;
        longest = longest.max(writes_again(&mut writers[0])?);
        if !server.is_running() {
            return Err("the city ended with its database".into());
        }
    }
    all_kept(&scene, server, &mut writers)?;
    let wait = longest.as_millis();
    Ok(format!(
        "{} promises over {times} restarts, writing again {wait} ms later",
        promises(&writers)
    ))
}

/// No room is left: a clear 503, then work goes on when there is room again.
fn full_disk(trial: &Trial) -> Result<String> {
    if !is_root() {
        return Ok("skipped: only root can mount a small disk".into());
    }
    let folder = Folder::new("full")?;
    let disk = Disk::mount(folder.path())?;
    let scene = Scene::with_data(trial.program, folder.path(), disk.path(), None)?;
    let server = scene.start()?;
    let mut writers = writers(&server)?;
    under_load(&mut writers, || sleep(LOAD));
    disk.fill()?;
    refuses_clearly(&mut writers[0])?;
    disk.make_room()?;
    writes_again(&mut writers[0])?;
    all_kept(&scene, server, &mut writers)?;
    Ok(format!("{} promises around a full disk", promises(&writers)))
}

/// A disk that turned read-only: the program says so instead of starting half; nothing is harmed.
fn read_only_disk(trial: &Trial) -> Result<String> {
    if !is_root() {
        return Ok("skipped: only root can mount a disk read-only".into());
    }
    let folder = Folder::new("read-only")?;
    let disk = Disk::mount(folder.path())?;
    let scene = Scene::with_data(trial.program, folder.path(), disk.path(), None)?;
    let server = scene.start()?;
    let mut writers = writers(&server)?;
    under_load(&mut writers, || sleep(LOAD));
    server.stop()?;
    disk.read_only(true)?;
    let told = match scene.start() {
        Ok(server) => {
            refuses_clearly(&mut writers[0])?;
            server.stop()?;
            "a clear 503".to_string()
        }
        Err(said) if said.contains("panicked") => return Err(format!("it fell over: {said}")),
        Err(said) => said.lines().last().unwrap_or_default().to_string(),
    };
    disk.read_only(false)?;
    all_kept(&scene, scene.start()?, &mut writers)?;
    Ok(format!("{} promises; it said: {told}", promises(&writers)))
}

/// A server that only lets read, as a standby does: a clear 503 for writes while pages are served.
fn read_only_server(trial: &Trial) -> Result<String> {
    let (folder, cluster) = (Folder::new("standby")?, Cluster::start(Durability::Full)?);
    let scene = Scene::new(trial.program, folder.path(), Some(&cluster.url()))?;
    let server = scene.start()?;
    let mut writers = writers(&server)?;
    under_load(&mut writers, || sleep(LOAD));
    cluster.only_reads(true)?;
    refuses_clearly(&mut writers[0])?;
    writers[0].check()?;
    cluster.only_reads(false)?;
    writes_again(&mut writers[0])?;
    all_kept(&scene, server, &mut writers)?;
    Ok(format!("{} promises around a read-only server", promises(&writers)))
}

fn writers(server: &Server) -> Result<Vec<Writer>> {
    (0..WRITERS).map(|number| Writer::joins(server.home(), number)).collect()
}

/// Every promise is kept, the program stops when asked, and its own check finds nothing.
fn all_kept(scene: &Scene, server: Server, writers: &mut [Writer]) -> Result<()> {
    writers.iter_mut().try_for_each(Writer::check)?;
    server.stop()?;
    scene.verify()
}

/// Writes until the city says no, which must be a 503.
fn refuses_clearly(writer: &mut Writer) -> Result<()> {
    for _ in 0..WRITES_MAX {
        match writer.write() {
            Outcome::Promised => {}
            Outcome::Refused(503) => return Ok(()),
            Outcome::Refused(status) => return Err(format!("it said {status}, not 503")),
            Outcome::Silence(reason) => return Err(format!("it said nothing: {reason}")),
        }
    }
    Err(format!("it still promised after {WRITES_MAX} writes"))
}

/// How long until a write is promised again.
fn writes_again(writer: &mut Writer) -> Result<Duration> {
    let began = Instant::now();
    while began.elapsed() < RECOVERY {
        if matches!(writer.write(), Outcome::Promised) {
            return Ok(began.elapsed());
        }
        sleep(Duration::from_millis(50));
    }
    Err(format!("no write was promised again within {} s", RECOVERY.as_secs()))
}
