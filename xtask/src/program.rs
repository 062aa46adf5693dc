//! The real program as a process: started, asked how it is, stopped or killed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::Result;
use crate::place::ask;

const READY: Duration = Duration::from_secs(120);
const STOP: Duration = Duration::from_secs(20);
/// The kernel counts processor time in hundredths of a second.
const TICKS_PER_SECOND: f64 = 100.0;

/// Arguments and environment of a start; the same ones start it again after a kill.
#[derive(Clone)]
pub(crate) struct Recipe {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) log: PathBuf,
}

/// What a command took.
pub(crate) struct Watched {
    pub(crate) took: Duration,
    pub(crate) peak_kb: u64,
}

/// A running program that answers.
pub(crate) struct Server {
    child: Child,
    /// The addresses it announced, one for each city.
    pub(crate) homes: Vec<String>,
    /// What else it said until then: who can sign in.
    pub(crate) said: Vec<String>,
    /// From the start of the process to its (last) `ready` line.
    pub(crate) took: Duration,
}

impl Recipe {
    fn command(&self) -> Result<Command> {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(&self.log)
            .map_err(|error| format!("{}: {error}", self.log.display()))?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stderr(log);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }

    /// Starts it and waits until it has announced this many cities.
    pub(crate) fn start(&self, cities: usize) -> Result<Server> {
        let began = Instant::now();
        let mut child = self
            .command()?
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", self.program.display()))?;
        let lines = listen(child.stdout.take().ok_or("no output")?);
        let mut server =
            Server { child, homes: Vec::new(), said: Vec::new(), took: Duration::ZERO };
        while server.homes.len() < cities {
            match lines.recv_timeout(READY.saturating_sub(began.elapsed())) {
                Ok(line) => match line.strip_prefix("ready ") {
                    Some(url) => server.homes.push(url.trim().to_string()),
                    None => server.said.push(line),
                },
                Err(reason) => {
                    let why = match reason {
                        RecvTimeoutError::Timeout => "is not ready in time",
                        RecvTimeoutError::Disconnected => "ended before it was ready",
                    };
                    return Err(format!("{} {why}:\n{}", self.said(), self.tail()));
                }
            }
        }
        server.took = began.elapsed();
        // Whichever is ready first: the first city has the lower port.
        server.homes.sort();
        // Nobody reads on, but a full pipe must not stop the program.
        std::thread::spawn(move || lines.iter().for_each(drop));
        Ok(server)
    }

    /// Runs it to its end; what it printed, or an error with what it complained about.
    pub(crate) fn run(&self) -> Result<String> {
        let output = self
            .command()?
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("{}: {error}", self.program.display()))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(said);
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(format!("{}: {}\n{said}{complaint}", self.said(), output.status))
    }

    /// Runs it to its end while looking at its memory; its output is thrown away.
    pub(crate) fn watch(&self) -> Result<Watched> {
        let began = Instant::now();
        let spawned = self.command()?.stdout(Stdio::null()).spawn();
        let mut child = spawned.map_err(|error| format!("{}: {error}", self.program.display()))?;
        let mut peak_kb = 0;
        loop {
            let ended = child.try_wait().map_err(|error| format!("{}: {error}", self.said()))?;
            if let Some(status) = ended {
                let took = began.elapsed();
                return match status.code() {
                    Some(0) => Ok(Watched { took, peak_kb }),
                    _ => Err(format!("{}: {status}\n{}", self.said(), self.tail())),
                };
            }
            // The last look may come too late; the peak so far stands.
            peak_kb = memory_kb(child.id(), "VmHWM:").unwrap_or(peak_kb);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The same program and environment with other arguments.
    pub(crate) fn with(&self, arguments: &[&str]) -> Recipe {
        let arguments = arguments.iter().copied().map(String::from).collect();
        Recipe { arguments, ..self.clone() }
    }

    fn said(&self) -> String {
        format!("gerai {}", self.arguments.join(" "))
    }

    fn tail(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

fn listen(output: ChildStdout) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(std::io::Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

impl Server {
    pub(crate) fn home(&self) -> &str {
        &self.homes[0]
    }

    /// As when the machine takes it away: no chance to finish anything.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.child.kill().map_err(|error| format!("kill: {error}"))?;
        self.child.wait().map_err(|error| format!("kill: {error}"))?;
        Ok(())
    }

    /// Asks it to stop and waits until it has.
    pub(crate) fn stop(mut self) -> Result<()> {
        ask("kill", &["-TERM", &self.child.id().to_string()])?;
        let until = Instant::now() + STOP;
        while Instant::now() < until {
            if let Ok(Some(status)) = self.child.try_wait() {
                return if status.success() {
                    Ok(())
                } else {
                    Err(format!("it ended with {status}"))
                };
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err("it did not stop when asked".into())
    }

    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Memory it holds at the moment, in kilobytes.
    pub(crate) fn memory_kb(&self) -> Result<u64> {
        memory_kb(self.child.id(), "VmRSS:")
    }

    /// Processor time it used so far, in seconds.
    pub(crate) fn processor_seconds(&self) -> Result<f64> {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let after_name = stat.rsplit(") ").next().unwrap_or_default();
        let fields: Vec<&str> = after_name.split(' ').collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
        let used = ticks(11).zip(ticks(12)).map(|(user, system)| user + system);
        Ok(used.ok_or(format!("{path} has another shape"))? / TICKS_PER_SECOND)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A line of `/proc/PID/status`: `VmRSS:` now, `VmHWM:` the most so far.
pub(crate) fn memory_kb(process: u32, line: &str) -> Result<u64> {
    let path = format!("/proc/{process}/status");
    let status = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let found = status.lines().find_map(|one| one.strip_prefix(line));
    let number = found.and_then(|rest| rest.trim().split(' ').next()?.parse().ok());
    number.ok_or_else(|| format!("{path} has no {line}"))
}

/// A folder of our own that is gone when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Result<Folder> {
        let path = std::env::temp_dir().join(format!("gerai-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Folder(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}
