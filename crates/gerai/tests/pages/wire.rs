//! As much of HTTP/1.1 as a test needs: one request to a connection, the whole answer in memory.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    /// Every header of this name.
    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    pub(crate) fn is_page(&self) -> bool {
        self.headers("content-type").iter().any(|kind| kind.starts_with("text/html"))
    }
}

/// Asks once. `form` makes it a POST.
pub(crate) fn ask(host: &str, path: &str, cookie: &str, form: Option<&[(&str, &str)]>) -> Answer {
    let method = if form.is_some() { "POST" } else { "GET" };
    let body: Vec<String> =
        form.unwrap_or_default().iter().map(|(k, v)| format!("{k}={}", encoded(v))).collect();
    let headers = [
        ("Cookie", cookie),
        ("Accept", "text/html,*/*;q=0.8"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    send(host, &format!("{method} {path}"), &headers, body.join("&").as_bytes()).unwrap()
}

/// Sends one request, `GET /path` with these headers, and waits for the whole answer.
pub(crate) fn send(
    host: &str,
    what: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<Answer, String> {
    let mut request = format!("{what} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    let mut stream = TcpStream::connect(host).map_err(|e| e.to_string())?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(|e| e.to_string())?;
    stream.write_all(request.as_bytes()).map_err(|e| e.to_string())?;
    // A body that is too large may be refused before all of it was taken.
    let sent = stream.write_all(body);
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    let cut = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let cut = cut.ok_or_else(|| format!("no answer: {sent:?} {read:?}"))?;
    let head = String::from_utf8_lossy(&bytes[..cut]).into_owned();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let rest = &bytes[cut + 4..];
    let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
    let body = if chunked { joined(rest) } else { rest.to_vec() };
    Ok(Answer { status, head, body: String::from_utf8_lossy(&body).into_owned() })
}

fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&rest[..end]), 16).unwrap();
        if size == 0 {
            break;
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
    body
}

pub(crate) fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
