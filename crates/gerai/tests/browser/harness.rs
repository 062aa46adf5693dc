//! The harness proves itself on a page of its own: it must see what is there, and must notice what is
//! wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use crate::chromium::Chromium;
use crate::page::Screen;
use crate::person::Person;

const FORM: &str = r##"<!doctype html><html lang="id"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Coba</title><link rel="icon" href="data:,">
<main><h1>Daftar</h1><form method="post" action="/sent" enctype="multipart/form-data">
<p><label for="phone">Nomor ponsel <small>(wajib)</small></label> <input id="phone" name="phone">
<p><label for="kind">Jenis</label> <select id="kind" name="kind"><option>Makanan<option>Batik</select>
<p><label><input type="checkbox" name="agree" value="yes"> Saya setuju</label>
<p><label for="photo">Foto</label> <input id="photo" type="file" name="photo">
<p><button>Kirim</button></form><p><a href="/wrong">Halaman salah</a></main>"##;
const SENT: &str = r##"<!doctype html><html lang="id"><meta charset="utf-8"><title>Terkirim</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"><main><h1>Terkirim</h1>"##;
const WRONG: &str = r##"<!doctype html><html lang="id"><meta charset="utf-8"><title>Salah</title>
<link rel="icon" href="data:,"><h1>Salah</h1><p style="color:red">gaya</p>
<script>document.title = "jalan"</script><img src="/gone.png"><input>"##;

/// A server for one test: the form, what was sent, and a page with everything wrong.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let home = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || answer(&stream.unwrap()));
        }
    });
    home
}

fn answer(stream: &TcpStream) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let length = head.lines().find_map(|line| {
        line.to_lowercase().strip_prefix("content-length: ").and_then(|length| length.parse().ok())
    });
    let mut sent = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut sent).unwrap();
    let (status, page) = match head.split(' ').nth(1).unwrap() {
        "/" => ("200 OK", FORM.to_string()),
        "/sent" => {
            ("422 Invalid", format!("{SENT}<pre>{}</pre></main>", String::from_utf8_lossy(&sent)))
        }
        "/wrong" => ("200 OK", WRONG.to_string()),
        _ => ("404 Not Found", "Tidak ada".to_string()),
    };
    let policy = "default-src 'none'; img-src 'self' data:; form-action 'self'";
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {policy}\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    drop((&*stream).write_all(answer.as_bytes()));
}

#[test]
fn a_person_fills_a_form_and_sees_the_answer() {
    let (chromium, home) = (Chromium::start(), server());
    let photo = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(photo.path(), "isi foto").unwrap();
    for screen in [Screen::Phone, Screen::Desktop] {
        let mut person = Person::arrives(&chromium, "Sari (tokoh rekaan)", screen, &home);
        person.opens("/");
        person.fills("Nomor ponsel", "081234567890");
        person.fills("Jenis", "Batik");
        person.picks("Saya setuju");
        person.uploads("Foto", photo.path());
        person.takes_picture("harness");
        assert_eq!(person.barriers(), [""; 0]);
        person.presses("Kirim");
        person.sees("Terkirim");
        person.misses("Daftar");
        let sent = person.reads("pre");
        for part in ["081234567890", "Batik", "yes", "isi foto"] {
            assert!(sent.contains(part), "{part} in {sent}");
        }
        assert_eq!(person.path(), "/sent");
        let weight = person.weighs();
        assert!((500..5_000).contains(&weight.without_photos), "{weight:?}");
        assert_eq!(weight.script, 0);
    }
}

#[test]
fn what_is_wrong_on_a_page_is_noticed() {
    let (chromium, home) = (Chromium::start(), server());
    let mut person = Person::arrives(&chromium, "Sari (tokoh rekaan)", Screen::Phone, &home);
    person.opens("/");
    person.follows("Halaman salah");
    person.sees("Salah");
    let barriers = person.barriers().join("\n");
    assert!(barriers.is_empty() || barriers.contains("image-alt"), "{barriers}");
    let complaints = person.complaints().join("\n");
    for part in ["inline style", "inline script", "404"] {
        assert!(complaints.contains(part), "{part} in {complaints}");
    }
    assert_eq!(person.tries("/nothing"), 404);
}
