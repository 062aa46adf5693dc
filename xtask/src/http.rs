//! A small HTTP/1.1 client over one kept connection: enough to load a server of ours and to check
//! what it answered.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::Result;

const PATIENCE: Duration = Duration::from_secs(30);
const HEAD_MAX: usize = 64 * 1024;

/// One visitor or program.
pub(crate) struct Client {
    address: String,
    connection: Option<BufReader<TcpStream>>,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    /// Speaks to `http://HOST:PORT`.
    pub(crate) fn new(home: &str) -> Client {
        let address = home.trim_start_matches("http://").trim_end_matches('/').to_string();
        Client { address, connection: None, cookies: BTreeMap::new() }
    }

    /// The same visitor on another connection.
    pub(crate) fn again(&self) -> Client {
        let (address, cookies) = (self.address.clone(), self.cookies.clone());
        Client { address, connection: None, cookies }
    }

    pub(crate) fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, None, &[])
    }

    pub(crate) fn post_form(
        &mut self,
        path: &str,
        fields: &[(&str, impl AsRef<str>)],
    ) -> Result<Answer> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value.as_ref())))
            .collect();
        let body = pairs.join("&");
        self.ask("POST", path, Some("application/x-www-form-urlencoded"), body.as_bytes())
    }

    fn ask(&mut self, method: &str, path: &str, kind: Option<&str>, body: &[u8]) -> Result<Answer> {
        let request = self.request(method, path, kind, body);
        let kept = self.connection.is_some();
        let mut answer = self.exchange(&request);
        // A kept connection may have been closed since. To ask twice is safe here: only what was
        // answered is counted.
        if answer.is_err() && kept {
            self.connection = None;
            answer = self.exchange(&request);
        }
        let answer = answer.map_err(|error| format!("{method} {path}: {error}"));
        if answer.is_err() {
            self.connection = None;
        }
        let answer = answer?;
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            if let Some((name, value)) =
                cookie.split(';').next().and_then(|one| one.split_once('='))
            {
                self.cookies.insert(name.trim().to_string(), value.to_string());
            }
        }
        Ok(answer)
    }

    fn request(&self, method: &str, path: &str, kind: Option<&str>, body: &[u8]) -> Vec<u8> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        let mut line = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            line("Cookie", &pairs.join("; "));
        }
        if let Some(kind) = kind {
            line("Content-Type", kind);
            line("Content-Length", &body.len().to_string());
            line("Origin", &format!("http://{}", self.address));
            line("Sec-Fetch-Site", "same-origin");
        }
        [head.as_bytes(), b"\r\n", body].concat()
    }

    fn exchange(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        if self.connection.is_none() {
            let stream = TcpStream::connect(&self.address)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            self.connection = Some(BufReader::new(stream));
        }
        let connection = self.connection.as_mut().ok_or(std::io::ErrorKind::NotConnected)?;
        connection.get_mut().write_all(request)?;
        let answer = read_answer(connection)?;
        if answer.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")) {
            self.connection = None;
        }
        Ok(answer)
    }
}

fn read_answer(from: &mut BufReader<TcpStream>) -> std::io::Result<Answer> {
    let cut = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let first = read_line(from)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(cut)?;
    let mut headers = Vec::new();
    loop {
        let line = read_line(from)?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_lowercase(), value.trim().to_string()));
        }
    }
    let mut answer = Answer { status, headers, body: Vec::new() };
    if answer.header("transfer-encoding").is_some_and(|value| value.contains("chunked")) {
        loop {
            let size = usize::from_str_radix(&read_line(from)?, 16).map_err(|_| cut())?;
            read_exactly(from, size, &mut answer.body)?;
            read_line(from)?;
            if size == 0 {
                return Ok(answer);
            }
        }
    }
    let length = answer.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    read_exactly(from, length, &mut answer.body)?;
    Ok(answer)
}

fn read_line(from: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut line = String::new();
    let read = from.take(HEAD_MAX as u64).read_line(&mut line)?;
    if read == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_string())
}

fn read_exactly(
    from: &mut BufReader<TcpStream>,
    length: usize,
    into: &mut Vec<u8>,
) -> std::io::Result<()> {
    let start = into.len();
    into.resize(start + length, 0);
    from.read_exact(&mut into[start..])
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { (byte as char).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
