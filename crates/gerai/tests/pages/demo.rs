//! The real program, showing the demo on free ports, until the test is over.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Somebody the demo offers.
pub(crate) struct Login {
    pub(crate) role: String,
    pub(crate) identifier: String,
    pub(crate) password: String,
    pub(crate) totp: Option<String>,
}

/// A running demo.
pub(crate) struct Demo {
    program: Child,
    pub(crate) host: String,
    /// One login per role of the first city.
    pub(crate) logins: Vec<Login>,
    /// The sessions that were opened, by role: a code counts once.
    pub(crate) sessions: RefCell<BTreeMap<String, String>>,
    folder: Option<tempfile::TempDir>,
}

impl Demo {
    /// Starts the demo in a folder of its own and waits until its first city answers.
    pub(crate) fn start() -> Demo {
        Demo::kept_in(tempfile::tempdir().unwrap(), None)
    }

    /// The same, on a PostgreSQL server when there is one.
    pub(crate) fn start_on(server: Option<&str>) -> Demo {
        Demo::kept_in(tempfile::tempdir().unwrap(), server)
    }

    /// Where it keeps its cities, each in a folder of its own.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.as_ref().expect("it is taken only to be started again").path()
    }

    /// Stops it as a power cut does, and starts it on what it kept.
    pub(crate) fn again(mut self) -> Demo {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
        Demo::kept_in(self.folder.take().unwrap(), None)
    }

    fn kept_in(folder: tempfile::TempDir, server: Option<&str>) -> Demo {
        let port = three_free_ports();
        let listen = format!("127.0.0.1:{port}");
        let mut program = Command::new(env!("CARGO_BIN_EXE_gerai"))
            .args(["demo", "--listen", &listen, "--data"])
            .arg(folder.path())
            .args(server.into_iter().flat_map(|url| ["--database-url", url]))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let mut logins: Vec<Login> = Vec::new();
        let mut cities = 0;
        for line in lines.by_ref() {
            let line = line.unwrap();
            if line.starts_with("ready ") && line.ends_with(&listen) {
                break;
            }
            match login(&line) {
                Some(login) if cities == 1 && logins.iter().all(|l| l.role != login.role) => {
                    logins.push(login);
                }
                Some(_) => {}
                None if line.starts_with("ready ") => {}
                None => cities += 1,
            }
        }
        std::thread::spawn(move || lines.for_each(drop));
        assert!(!logins.is_empty(), "the demo prints who can sign in");
        Demo { program, host: listen, logins, sessions: RefCell::default(), folder: Some(folder) }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

/// `  requester  081200000007  kata sandi yang panjang  JBSWY3DP…`: two blanks between the parts.
fn login(line: &str) -> Option<Login> {
    let line = line.strip_prefix("  ")?;
    let (role, rest) = line.split_once(' ')?;
    let (identifier, rest) = rest.trim_start().split_once(' ')?;
    let (password, totp) = rest.trim().rsplit_once("  ")?;
    let totp = (totp.trim() != "-").then(|| totp.trim().to_owned());
    let text = str::to_owned;
    Some(Login {
        role: text(role),
        identifier: text(identifier),
        password: text(password.trim()),
        totp,
    })
}

/// The demo takes a port and the next two.
fn three_free_ports() -> u16 {
    loop {
        let first = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = first.local_addr().unwrap().port();
        let free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
        if port < u16::MAX - 1 && free(port + 1) && free(port + 2) {
            return port;
        }
    }
}
