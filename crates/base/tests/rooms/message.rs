//! Messages reach whoever they are for, and letters go through a real exchange with a mail server.

use std::io::{BufRead, BufReader, ErrorKind, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;

use base::job::{Workshop, work_once};
use base::keyring::Keyring;
use base::message::{self, MAIL, MailState, Mailer, Reader, Security, SmtpConfig, To};
use base::webhook::Courier;
use base::{Db, Error, Role};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::json;

use crate::kit::{DAY_MS, houses, pass_ms, read, write};

fn tell(db: &Db, to: To, key: &'static str) {
    write(db, move |tx| message::tell(tx, &to, key, &json!({ "number": 7 }), Some("/x"))).unwrap();
    pass_ms(db, 1);
}

#[test]
fn a_message_reaches_a_person_an_organisation_and_whoever_holds_a_role() {
    for house in houses("reaches") {
        let db = &house.db;
        tell(db, To::Person("ani".into()), "m-person");
        tell(db, To::Organisation("dinas".into()), "m-organisation");
        let treasurer = To::Role { organisation: Some("dinas".into()), role: Role::Treasurer };
        tell(db, treasurer, "m-treasurer");
        tell(db, To::Role { organisation: None, role: Role::Inspector }, "m-inspector");
        let keys = |reader: Reader| {
            let list = read(db, move |read| message::list(read, &reader, None, 50)).unwrap();
            list.into_iter().map(|message| message.key).collect::<Vec<_>>()
        };
        let ani = Reader::new("ani", Some("dinas"), &[Role::Treasurer]);
        assert_eq!(keys(ani.clone()), ["m-treasurer", "m-organisation", "m-person"]);
        assert_eq!(keys(Reader::new("ani", None, &[])), ["m-person"]);
        assert_eq!(keys(Reader::new("budi", Some("lain"), &[Role::Treasurer])), [""; 0]);
        assert_eq!(keys(Reader::new("caca", Some("kota"), &[Role::Inspector])), ["m-inspector"]);

        let page = ani.clone();
        let first = read(db, move |read| message::list(read, &page, None, 2)).unwrap();
        let (page, last) = (ani.clone(), first[1].id.clone());
        let second = read(db, move |read| message::list(read, &page, Some(&last), 2)).unwrap();
        assert_eq!((first.len(), second.len()), (2, 1), "{}", house.engine);

        let (who, id) = (ani.clone(), first[0].id.clone());
        let link = write(db, move |tx| message::mark_read(tx, &who, &id)).unwrap();
        assert_eq!(link.as_deref(), Some("/x"));
        let who = ani.clone();
        assert_eq!(read(db, move |read| message::unread(read, &who)).unwrap(), 2);
        let (stranger, id) = (Reader::new("budi", None, &[]), first[0].id.clone());
        let no = write(db, move |tx| message::mark_read(tx, &stranger, &id)).unwrap_err();
        assert_eq!(no.code(), "not-found");
        let who = ani.clone();
        write(db, move |tx| message::mark_all_read(tx, &who)).unwrap();
        assert_eq!(read(db, move |read| message::unread(read, &ani)).unwrap(), 0);
    }
}

/// What one client said to a server that answers as RFC 5321 has it, for one letter.
struct Peer {
    port: u16,
    heard: mpsc::Receiver<String>,
}

/// A mail server for a few letters; `answer` is what it says after the text of a letter.
fn peer(answer: &'static str) -> Peer {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (told, heard) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if told.send(converse(stream, answer)).is_err() {
                return;
            }
        }
    });
    Peer { port, heard }
}

fn converse(stream: TcpStream, answer: &str) -> String {
    let mut out = stream.try_clone().unwrap();
    let mut heard = String::new();
    let mut say = move |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).unwrap();
    say("220 mail.example ESMTP");
    let mut in_letter = false;
    for line in BufReader::new(stream).lines() {
        let Ok(line) = line else { break };
        heard.push_str(&line);
        heard.push('\n');
        if in_letter {
            if line == "." {
                in_letter = false;
                say(answer);
            }
            continue;
        }
        match line.split(' ').next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => say("250-mail.example\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME"),
            "AUTH" => say("235 welcome"),
            "DATA" => {
                in_letter = true;
                say("354 go on");
            }
            "QUIT" => {
                say("221 bye");
                break;
            }
            _ => say("250 ok"),
        }
    }
    heard
}

fn workshop(db: &Db, port: Option<u16>) -> Workshop {
    let mailer = port.map_or_else(Mailer::none, |port| {
        Mailer::open(&SmtpConfig {
            host: "127.0.0.1".into(),
            port: Some(port),
            user: Some("gerai".into()),
            password: Some("rahasia".into()),
            from: "Gerai Kota Semarang <gerai@semarang.example>".into(),
            security: Security::None,
            ca_file: None,
        })
        .unwrap()
    });
    Workshop {
        db: db.clone(),
        files: None,
        kept: Vec::new(),
        mailer,
        keyring: Arc::new(Keyring::generate()),
        courier: Courier::new(),
    }
}

fn letter(db: &Db) {
    write(db, |tx| {
        message::mail_later(tx, "ani@rekaan.example", "Pesanan baru – Gulo Asem", "Ada pesanan.\n")
    })
    .unwrap();
}

fn in_state(db: &Db, state: MailState) -> Vec<message::Mail> {
    read(db, move |read| message::mails(read, state, None, 10)).unwrap()
}

#[test]
fn a_letter_goes_through_a_mail_server() {
    for house in houses("letter") {
        let peer = peer("250 queued");
        letter(&house.db);
        assert!(work_once(&workshop(&house.db, Some(peer.port)), &[MAIL]).unwrap());
        let sent = in_state(&house.db, MailState::Sent);
        assert_eq!(sent.len(), 1, "{}: {:?}", house.engine, in_state(&house.db, MailState::Queued));
        let heard = peer.heard.recv().unwrap();
        for part in [
            "AUTH PLAIN",
            "MAIL FROM:<gerai@semarang.example>",
            "RCPT TO:<ani@rekaan.example>",
            "Subject: Pesanan baru =?utf-8?b?4oCT?= Gulo Asem",
            "Date: Thu, 12 Mar 2026",
            "Message-ID: <",
            "Ada pesanan.",
        ] {
            assert!(heard.contains(part), "no {part} in:\n{heard}");
        }
    }
}

const AUTHORITY: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rooms/fixtures/mail-authority.pem");
const SERVER: &str = include_str!("fixtures/mail-server.pem");
const SERVER_KEY: &str = include_str!("fixtures/mail-server-key.pem");

/// A mail server behind TLS, its certificate from an authority nobody else knows.
fn sealed_peer() -> Peer {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let chain = vec![CertificateDer::from_pem_slice(SERVER.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(SERVER_KEY.as_bytes()).unwrap();
    let config = Arc::new(builder.with_single_cert(chain, key).unwrap());
    let inner = peer("250 queued");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            pass_on(rustls::StreamOwned::new(connection, stream), inner.port);
        }
    });
    Peer { port, heard: inner.heard }
}

/// Between a client behind TLS and a server in the open; the two speak in turns.
fn pass_on(mut client: rustls::StreamOwned<rustls::ServerConnection, TcpStream>, port: u16) {
    let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let pause = Some(std::time::Duration::from_millis(20));
    server.set_read_timeout(pause).unwrap();
    client.sock.set_read_timeout(pause).unwrap();
    let mut bytes = [0; 4096];
    loop {
        for out in [true, false] {
            let read = if out { server.read(&mut bytes) } else { client.read(&mut bytes) };
            let count = match read {
                Ok(0) => return,
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
                Err(_) => return,
            };
            let sent = match out {
                true => client.write_all(&bytes[..count]).and_then(|()| client.flush()),
                false => server.write_all(&bytes[..count]),
            };
            if sent.is_err() {
                return;
            }
        }
    }
}

#[test]
fn a_mail_server_of_the_citys_own_authority_is_trusted_when_its_file_is_given() {
    for house in houses("authority") {
        let peer = sealed_peer();
        let open = |ca_file: Option<PathBuf>| {
            let (port, security) = (Some(peer.port), Security::Tls);
            let (host, from) = ("localhost".into(), "gerai@semarang.example".into());
            let config =
                SmtpConfig { host, port, user: None, password: None, from, security, ca_file };
            let (db, mailer) = (house.db.clone(), Mailer::open(&config).unwrap());
            let keyring = Arc::new(Keyring::generate());
            Workshop { db, files: None, kept: Vec::new(), mailer, keyring, courier: Courier::new() }
        };
        letter(&house.db);
        assert!(work_once(&open(None), &[MAIL]).unwrap());
        let waiting = in_state(&house.db, MailState::Queued);
        assert!(waiting[0].reason.is_some(), "{}: a stranger's word is not taken", house.engine);
        pass_ms(&house.db, 60 * 60 * 1000);
        assert!(work_once(&open(Some(PathBuf::from(AUTHORITY))), &[MAIL]).unwrap());
        assert_eq!(in_state(&house.db, MailState::Sent).len(), 1, "{}", house.engine);
        assert!(peer.heard.iter().any(|heard| heard.contains("Ada pesanan.")));
    }
}

#[test]
fn without_a_mail_server_letters_are_kept_and_say_why() {
    for house in houses("no_server") {
        letter(&house.db);
        assert!(work_once(&workshop(&house.db, None), &[MAIL]).unwrap());
        let kept = in_state(&house.db, MailState::NotSent);
        assert!(kept[0].reason.as_ref().unwrap().contains("gerai.toml"), "{}", house.engine);
        let peer = peer("250 queued");
        let id = kept[0].id.clone();
        write(&house.db, move |tx| message::send_again(tx, &id)).unwrap();
        assert!(work_once(&workshop(&house.db, Some(peer.port)), &[MAIL]).unwrap());
        assert_eq!(in_state(&house.db, MailState::Sent).len(), 1);
        let id = kept[0].id.clone();
        let no = write(&house.db, move |tx| message::send_again(tx, &id)).unwrap_err();
        assert_eq!(no.code(), "message-not-given-up");
    }
}

#[test]
fn a_server_that_refuses_for_good_ends_it_and_one_that_is_busy_is_asked_again() {
    for house in houses("refuses") {
        let gone = peer("550 no such person");
        letter(&house.db);
        assert!(work_once(&workshop(&house.db, Some(gone.port)), &[MAIL]).unwrap());
        let kept = in_state(&house.db, MailState::NotSent);
        assert!(kept[0].reason.as_ref().unwrap().contains("no such person"), "{:?}", kept[0]);
        let busy = peer("451 come back");
        letter(&house.db);
        let busy = workshop(&house.db, Some(busy.port));
        assert!(work_once(&busy, &[MAIL]).unwrap());
        let waiting = in_state(&house.db, MailState::Queued);
        assert!(waiting[0].reason.as_ref().unwrap().contains("come back"), "{}", house.engine);
        pass_ms(&house.db, DAY_MS);
        assert!(work_once(&busy, &[MAIL]).unwrap());
        assert_eq!(in_state(&house.db, MailState::NotSent).len(), 2, "given up after a day");
    }
}

#[test]
fn a_letter_that_cannot_be_written_says_what_is_wrong() {
    for house in houses("unwritten") {
        let wrong = write(&house.db, |tx| {
            message::mail_later(tx, "ani", "Judul\r\nBcc: semua@rekaan.example", "x")
        });
        let Err(Error::Invalid(problems)) = wrong else { panic!("{}", house.engine) };
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["message-address-wrong", "message-title-wrong"]);
    }
}
