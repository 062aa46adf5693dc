//! What happens when the world fails: a full disk, a read-only database, a lost server. The
//! answer is clear and quick, nothing acknowledged is lost, and all is well when the cause goes.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use db::{Db, Error, Options};

use crate::kit::{Noted, Place, count, databases, databases_with, postgres, run};

fn one_connection(tag: &str) -> Vec<Place> {
    databases_with(tag, &Options { connections: 1, ..Options::default() })
}

fn told(result: Result<(), Error>) -> String {
    match result {
        Err(Error::Unavailable(text)) => text,
        other => panic!("{other:?} where Unavailable is due"),
    }
}

fn note(db: &Db, subject: String) -> Result<(), Error> {
    db.write("note", move |tx| tx.record(&Noted(&subject))).wait()
}

#[test]
fn a_full_disk_is_told_to_all_and_forgotten_when_there_is_room() {
    let place = &one_connection("full")[0];
    let db = place.db();
    run(db, "PRAGMA max_page_count = 1").unwrap(); // SQLite then says "full" like a full disk
    let fat = "x".repeat(40_000);
    let replies: Vec<_> = (0..20)
        .map(|_| {
            let fat = fat.clone();
            db.write("fat", move |tx| tx.record(&Noted(&fat)))
        })
        .collect();
    for reply in replies {
        assert!(told(reply.wait()).contains("full"));
    }
    let stock = "SELECT stock FROM pieces";
    assert_eq!(count(db, stock), 1, "reading goes on");
    run(db, "PRAGMA max_page_count = 1000000").unwrap();
    note(db, fat).unwrap();
    let whole = "SELECT CAST(COUNT(*) AS BIGINT) FROM pragma_integrity_check
                 WHERE integrity_check = 'ok'";
    assert_eq!(count(db, whole), 1);
}

#[test]
fn a_database_that_turns_read_only_is_unavailable_until_it_is_not() {
    for place in one_connection("read_only") {
        let db = place.db();
        if place.engine == "sqlite" {
            run(db, "PRAGMA query_only = 1").unwrap();
            assert!(told(note(db, "n".to_owned())).contains("read-only"));
            assert_eq!(count(db, "SELECT stock FROM pieces"), 1, "reading goes on");
            let again = Db::open(&place.url, Options::default()).unwrap();
            note(&again, "n".to_owned()).unwrap();
        } else {
            // as on a server that was demoted: the session is replaced, and the next may write
            run(db, "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").unwrap();
            assert!(told(note(db, "n".to_owned())).contains("25006"));
            note(db, "n".to_owned()).unwrap();
        }
    }
}

#[test]
fn a_lost_connection_is_replaced() {
    for place in databases("lost") {
        if place.engine == "sqlite" {
            continue;
        }
        let db = place.db();
        for _ in 0..3 {
            let others = "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS BIGINT)
                 FROM pg_stat_activity
                 WHERE application_name = current_setting('application_name')
                   AND pid <> pg_backend_pid()";
            assert!(count(db, others) > 0);
            for _ in 0..16 {
                assert_eq!(count(db, "SELECT stock FROM pieces"), 1);
            }
        }
    }
}

/// A door before the server that can be shut, as when it restarts.
struct Gate {
    open: AtomicBool,
    passing: Mutex<Vec<TcpStream>>,
}

impl Gate {
    fn before(server: String) -> (Arc<Gate>, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let gate = Arc::new(Gate { open: AtomicBool::new(true), passing: Mutex::default() });
        let keeper = Arc::clone(&gate);
        thread::spawn(move || {
            for client in listener.incoming().map(Result::unwrap) {
                if keeper.open.load(Ordering::SeqCst) {
                    let server = TcpStream::connect(&server).unwrap();
                    for (from, to) in [(&client, &server), (&server, &client)] {
                        carry(from.try_clone().unwrap(), to.try_clone().unwrap());
                    }
                    keeper.passing.lock().unwrap().extend([client, server]);
                }
            }
        });
        (gate, port)
    }

    fn shut(&self) {
        self.open.store(false, Ordering::SeqCst);
        for stream in self.passing.lock().unwrap().drain(..) {
            stream.shutdown(Shutdown::Both).ok();
        }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    to.set_nodelay(true).unwrap();
    thread::spawn(move || {
        let mut bytes = [0; 8192];
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            if to.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
        to.shutdown(Shutdown::Both).ok();
        io::Result::Ok(())
    });
}

/// `postgres://user@host:port/rest` with another host and port, and where it led before.
fn through(url: &str, port: u16) -> Option<(String, String)> {
    let (user, rest) = url.split_once('@')?;
    let (server, path) = rest.split_once('/')?;
    Some((format!("{user}@127.0.0.1:{port}/{path}"), server.to_owned()))
}

/// Writes until told to stop; gives what was acknowledged and the slowest answer.
fn press(db: &Db, writer: usize, stop: &AtomicBool) -> (Vec<String>, Duration, usize) {
    let (mut kept, mut slowest, mut away) = (Vec::new(), Duration::ZERO, 0);
    for n in 0.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let (subject, asked) = (format!("w{writer}-{n}"), Instant::now());
        match note(db, subject.clone()) {
            Ok(()) => kept.push(subject),
            Err(Error::Unavailable(_)) => {
                away += 1;
                thread::sleep(Duration::from_millis(5));
            }
            Err(error) => panic!("{error}"),
        }
        slowest = slowest.max(asked.elapsed());
    }
    (kept, slowest, away)
}

#[test]
fn a_server_that_goes_away_under_load_costs_no_acknowledged_write() {
    if postgres().is_none() {
        return;
    }
    let place = &databases("away")[1];
    let Some((_, server)) = through(&place.url, 0) else { return };
    let (gate, port) = Gate::before(server);
    let (url, _) = through(&place.url, port).unwrap();
    let db = &Db::open(&url, Options::default()).unwrap();
    let stop = &AtomicBool::new(false);
    let results: Vec<_> = thread::scope(|scope| {
        let writers: Vec<_> =
            (0..6).map(|writer| scope.spawn(move || press(db, writer, stop))).collect();
        for _ in 0..2 {
            thread::sleep(Duration::from_millis(200));
            gate.shut();
            thread::sleep(Duration::from_millis(700));
            gate.open.store(true, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(1000));
        }
        note(db, "after".to_owned()).unwrap();
        stop.store(true, Ordering::SeqCst);
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    for (kept, slowest, away) in results {
        assert!(away > 0, "the loss was noticed");
        assert!(slowest < Duration::from_secs(2), "nobody hangs: {slowest:?}");
        let last = kept.last().unwrap().clone();
        let lost = place.db().read(move |read| {
            let mut lost = Vec::new();
            for subject in &kept {
                let found = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE subject = $1";
                if read.count(found, &[subject])? != 1 {
                    lost.push(subject.clone());
                }
            }
            Ok::<_, Error>(lost)
        });
        assert_eq!(lost.wait().unwrap(), Vec::<String>::new(), "last was {last}");
    }
}
