//! Carries a signed text to an address outside, in a job and never in a transaction. It looks where
//! the name leads before it connects and goes exactly there, follows no redirect, and is bounded in
//! time and size.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::HookUrl;
use super::address::is_public;

/// From the first look at the name to the receiver's answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// To each address of a name.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 3;
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// The longest answer of whoever was asked something.
const ANSWER_BYTES_MAX: usize = 256 * 1024;
const AGENT: &str = "Gerai/1";

/// Whoever carries texts outside.
#[derive(Clone)]
pub struct Courier {
    tls: Arc<ClientConfig>,
    loopback: bool,
}

/// What is carried: a text with headers of its own.
#[derive(Clone, Copy)]
pub struct Parcel<'a> {
    /// `POST`, as a rule.
    pub method: &'a str,
    /// Where to.
    pub url: &'a HookUrl,
    /// Names and values, besides those of every request.
    pub headers: &'a [(&'a str, &'a str)],
    /// JSON.
    pub body: &'a str,
}

/// What somebody outside said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Of HTTP.
    pub status: u16,
    /// The whole body, or nothing where only the status was asked for.
    pub body: Vec<u8>,
}

impl Courier {
    /// One who trusts whom this machine trusts, and goes to the open net alone.
    pub fn new() -> Courier {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider knows TLS 1.2 and 1.3")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Courier { tls: Arc::new(tls), loopback: false }
    }

    /// One who goes to this machine too, for the demo and tests.
    #[must_use]
    pub fn here_too(self) -> Courier {
        Courier { loopback: true, ..self }
    }

    /// Whether it goes to this machine too.
    pub fn reaches_loopback(&self) -> bool {
        self.loopback
    }

    /// Carries it and waits for the receiver's status; or the code of what went wrong. Nothing else of the
    /// answer is read.
    pub(super) fn post(&self, parcel: &Parcel<'_>) -> Result<u16, &'static str> {
        Ok(self.go(parcel, false)?.status)
    }

    /// Asks somebody outside and waits for the whole answer; or the code of what went wrong. Blocks: for
    /// jobs.
    pub fn ask(&self, parcel: &Parcel<'_>) -> Result<Said, &'static str> {
        self.go(parcel, true)
    }

    fn go(&self, parcel: &Parcel<'_>, whole: bool) -> Result<Said, &'static str> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|_| "unreachable")?;
        let carried =
            runtime.block_on(async { timeout(PATIENCE, self.carry(parcel, whole)).await });
        // A name that is still being looked up may not keep the worker.
        runtime.shutdown_background();
        carried.unwrap_or(Err("slow"))
    }

    async fn carry(&self, parcel: &Parcel<'_>, whole: bool) -> Result<Said, &'static str> {
        let url = parcel.url.url();
        let stream = self.connect(parcel.url).await?;
        if url.scheme() == "http" {
            return exchange(stream, parcel, whole).await;
        }
        let name = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let name = ServerName::try_from(name).map_err(|_| "certificate")?;
        let connector = TlsConnector::from(Arc::clone(&self.tls));
        let stream = connector.connect(name, stream).await.map_err(|_| "certificate")?;
        exchange(stream, parcel, whole).await
    }

    /// Every address of the name must be one it may go to: a name that leads inside now and then
    /// does not get there by trying.
    async fn connect(&self, url: &HookUrl) -> Result<TcpStream, &'static str> {
        let port = url.url().port_or_known_default().unwrap_or(443);
        let host = url.host().trim_matches(['[', ']']);
        let found = lookup_host((host, port)).await.map_err(|_| "name")?;
        let found: Vec<SocketAddr> = found.collect();
        let may = |at: &SocketAddr| is_public(at.ip()) || (self.loopback && at.ip().is_loopback());
        if !found.iter().all(may) {
            return Err("private");
        }
        for address in found.into_iter().take(ADDRESSES_MAX) {
            if let Ok(Ok(stream)) = timeout(CONNECT_PATIENCE, TcpStream::connect(address)).await {
                return Ok(stream);
            }
        }
        Err("unreachable")
    }
}

impl Default for Courier {
    fn default() -> Courier {
        Courier::new()
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    parcel: &Parcel<'_>,
    whole: bool,
) -> Result<Said, &'static str> {
    let mut builder = http1::Builder::new();
    builder.max_buf_size(HEAD_BYTES_MAX);
    let opened = builder.handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = opened.map_err(|_| "unreachable")?;
    let driver = tokio::spawn(connection);
    let url = parcel.url.url();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let mut request = Request::builder()
        .method(parcel.method)
        .uri(parcel.url.path_and_query())
        .header(header::HOST, format!("{}{port}", parcel.url.host()))
        .header(header::USER_AGENT, AGENT)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONNECTION, "close");
    for (name, value) in parcel.headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(Bytes::copy_from_slice(parcel.body.as_bytes())));
    let answer = sender.send_request(request.map_err(|_| "unreachable")?).await;
    let said = said(answer.map_err(|_| "unreachable"), whole).await;
    driver.abort();
    said
}

async fn said(
    answer: Result<hyper::Response<hyper::body::Incoming>, &'static str>,
    whole: bool,
) -> Result<Said, &'static str> {
    let answer = answer?;
    let status = answer.status().as_u16();
    if !whole {
        return Ok(Said { status, body: Vec::new() });
    }
    let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
    let body = body.map_err(|_| "answer")?.to_bytes().to_vec();
    Ok(Said { status, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_inside_is_not_followed() {
        let url = HookUrl::parse("url", "https://localhost:9/", true).unwrap();
        let parcel = Parcel { method: "POST", url: &url, headers: &[], body: "{}" };
        assert_eq!(Courier::new().post(&parcel), Err("private"));
        assert_eq!(Courier::new().here_too().post(&parcel), Err("unreachable"));
        assert_eq!(Courier::new().ask(&parcel), Err("private"));
    }
}
