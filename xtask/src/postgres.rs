//! A throwaway PostgreSQL server on a free loopback port, gone when it is dropped.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;
use crate::place::{ask, is_root, on_path};

const OLDEST: u32 = 15;
const NEEDED: [&str; 5] = ["initdb", "postgres", "pg_isready", "psql", "pgbench"];
const START: Duration = Duration::from_secs(60);
const STOP: Duration = Duration::from_secs(20);

/// Whether a commit must survive the machine, or only has to be quick.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Durability {
    Full,
    None,
}

/// A server of our own.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    durability: Durability,
    server: Option<Child>,
}

impl Cluster {
    pub(crate) fn start(durability: Durability) -> Result<Cluster> {
        let programs = programs()?;
        let folder = std::env::temp_dir().join(format!(
            "gerai-postgres-{}-{}",
            std::process::id(),
            free_port()?
        ));
        std::fs::create_dir_all(&folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut cluster =
            Cluster { programs, folder, port: free_port()?, durability, server: None };
        cluster.create()?;
        cluster.serve()?;
        Ok(cluster)
    }

    /// The address of its database `postgres`.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// From now on every transaction may only read, or may write again.
    pub(crate) fn only_reads(&self, only: bool) -> Result<()> {
        let how = if only { "on" } else { "off" };
        let setting = format!("ALTER SYSTEM SET default_transaction_read_only = {how}");
        let program = self.programs.join("psql").display().to_string();
        let writable = format!("{}?options=-cdefault_transaction_read_only%3Doff", self.url());
        let reload = "SELECT pg_reload_conf()";
        ask(&program, &["-qX", "-d", &writable, "-c", &setting, "-c", reload]).map(drop)
    }

    /// A program that came with the server, such as `pgbench`.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// Stops at once, as when the machine loses power, and starts again on the same port.
    pub(crate) fn crash_and_restart(&mut self) -> Result<()> {
        self.stop("QUIT")?;
        self.serve()
    }

    fn create(&self) -> Result<()> {
        if is_root() {
            ask("chown", &[server_user()?, &self.folder.display().to_string()])?;
        }
        let output = self
            .as_server_user("initdb")?
            .args(["--username=postgres", "--auth=trust", "--locale=C", "--encoding=UTF8"])
            .args(["--no-sync", "-D"])
            .arg(self.data())
            .output()
            .map_err(|error| format!("initdb: {error}"))?;
        if output.status.success() {
            Ok(())
        } else {
            Err(format!("initdb: {}", String::from_utf8_lossy(&output.stderr)))
        }
    }

    fn serve(&mut self) -> Result<()> {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.log())
            .map_err(|error| format!("{}: {error}", self.log().display()))?;
        let mut command = self.as_server_user("postgres")?;
        command.arg("-D").arg(self.data()).args(["-p", &self.port.to_string()]);
        for setting in self.settings() {
            command.args(["-c", setting]);
        }
        command.stdout(Stdio::null()).stderr(log);
        self.server = Some(command.spawn().map_err(|error| format!("postgres: {error}"))?);
        self.wait_until_ready()
    }

    fn settings(&self) -> Vec<&'static str> {
        let mut settings = vec![
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=400",
            "shared_buffers=128MB",
            "autovacuum_naptime=10s",
            "log_min_messages=warning",
        ];
        if self.durability == Durability::None {
            settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        }
        settings
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let asking = self.programs.join("pg_isready").display().to_string();
        let port = self.port.to_string();
        let until = Instant::now() + START;
        while Instant::now() < until {
            if ask(&asking, &["-q", "-h", "127.0.0.1", "-p", &port]).is_ok() {
                return Ok(());
            }
            let ended = self.server.as_mut().and_then(|server| server.try_wait().ok().flatten());
            if ended.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        Err(format!("PostgreSQL did not start:\n{log}"))
    }

    /// INT: rolls back and closes cleanly. QUIT: drops everything and recovers on the next start.
    fn stop(&mut self, signal: &str) -> Result<()> {
        let Some(mut server) = self.server.take() else { return Ok(()) };
        ask("kill", &[&format!("-{signal}"), &server.id().to_string()])?;
        let until = Instant::now() + STOP;
        while Instant::now() < until {
            if matches!(server.try_wait(), Ok(Some(_))) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        server.kill().map_err(|error| format!("stopping PostgreSQL: {error}"))?;
        server.wait().map_err(|error| format!("stopping PostgreSQL: {error}"))?;
        Ok(())
    }

    /// PostgreSQL refuses root, so root hands over to the server's own user. `--pdeathsig`
    /// takes the server along when this program is killed.
    fn as_server_user(&self, program: &str) -> Result<Command> {
        let program = self.programs.join(program);
        let mut command = match (on_path(&["setpriv"]), is_root()) {
            (Some(setpriv), root) => {
                let mut command = Command::new(setpriv);
                command.args(["--pdeathsig", "INT"]);
                if root {
                    let user = server_user()?;
                    command.args(["--reuid", user, "--regid", user, "--clear-groups"]);
                }
                command.arg("--").arg(program);
                command
            }
            (None, false) => Command::new(program),
            (None, true) => {
                return Err("setpriv is missing. Run: apt-get install --yes util-linux".into());
            }
        };
        command.stdin(Stdio::null()).current_dir(&self.folder).env("LC_ALL", "C");
        Ok(command)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(message) = self.stop("INT") {
            eprintln!("{message}");
        }
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{}: {error}", self.folder.display());
        }
    }
}

/// The folder of the newest server programs on this machine.
pub(crate) fn programs() -> Result<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for version in std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten() {
        let number = version.file_name().to_string_lossy().parse().unwrap_or(0);
        found.push((number, version.path().join("bin")));
    }
    if let Some(initdb) = on_path(&["initdb"]) {
        let said = ask(&initdb.display().to_string(), &["--version"])?;
        let number = said.split(|c: char| !c.is_ascii_digit()).find_map(|part| part.parse().ok());
        // Some machines link a few of the programs into another folder; all are where the link leads.
        let real = initdb.canonicalize().unwrap_or(initdb);
        found.push((number.unwrap_or(0), real.parent().unwrap_or(Path::new("/")).into()));
    }
    let complete = |bin: &Path| NEEDED.iter().all(|name| bin.join(name).is_file());
    found.retain(|(number, bin)| *number >= OLDEST && complete(bin));
    found.sort();
    found.pop().map(|(_, bin)| bin).ok_or_else(|| {
        format!("no PostgreSQL {OLDEST} or newer under /usr/lib/postgresql or on PATH")
    })
}

fn server_user() -> Result<&'static str> {
    let users = ["postgres", "nobody"];
    let found = users.into_iter().find(|user| ask("id", &["-u", user]).is_ok());
    found.ok_or_else(|| "neither a user postgres nor nobody exists to run PostgreSQL".into())
}

/// A port nobody listens on at the moment.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| format!("ports: {error}"))?;
    Ok(listener.local_addr().map_err(|error| format!("ports: {error}"))?.port())
}
