//! The real program showing its two cities, for as long as a test looks at them.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

const READY: Duration = Duration::from_secs(120);
const CITIES: usize = 2;

/// `gerai demo` in a folder of its own; gone when dropped.
pub(crate) struct Demo {
    process: Child,
    homes: Vec<String>,
    _folder: tempfile::TempDir,
}

impl Demo {
    /// Starts it on two free ports beside each other and waits until both cities answer.
    pub(crate) fn starts(more: &[&str]) -> Demo {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_gerai"))
            .args(["demo", "--data"])
            .arg(folder.path().join("demo"))
            .args(["--listen", &format!("127.0.0.1:{}", three_ports())])
            .args(more)
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (sender, ready) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(home) = line.strip_prefix("ready ") {
                    drop(sender.send(home.trim().to_string()));
                }
            }
        });
        let next = |_| ready.recv_timeout(READY).expect("the demo is ready in time");
        let mut homes: Vec<String> = (0..CITIES).map(next).collect();
        // Whichever is ready first: the first city has the lower port.
        homes.sort();
        Demo { process, homes, _folder: folder }
    }

    /// The address of the first city.
    pub(crate) fn home(&self) -> &str {
        &self.homes[0]
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A free port whose next two are free as well: the second city and the bank take them.
fn three_ports() -> u16 {
    loop {
        let first = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = first.local_addr().unwrap().port();
        let free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
        if port < u16::MAX - 1 && free(port + 1) && free(port + 2) {
            return port;
        }
    }
}
