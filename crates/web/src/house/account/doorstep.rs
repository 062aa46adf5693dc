//! What the browser at the door brings along: where it stands, what it holds, what it is.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use base::account::session::Length;
use base::account::sign_in::{Arrival, DEVICE_MS};
use base::keyring;

use crate::admission;
use crate::app::App;
use crate::errors::Failure;

/// The browser, as sign-in needs to know it.
pub(crate) struct Doorstep {
    /// The neighbourhood of its address: /24 of IPv4, /48 of IPv6.
    pub(crate) network: String,
    /// `Chrome, Android`.
    pub(crate) browser: String,
    session: Option<String>,
    device: Option<String>,
    session_cookie: String,
    secure: bool,
}

impl FromRequestParts<App> for Doorstep {
    type Rejection = Failure;

    /// Also refuses what other sites send, before anybody is signed in.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        if parts.method != Method::GET && parts.method != Method::HEAD {
            admission::same_origin(&parts.headers)?;
        }
        let session_cookie = admission::session_cookie(app);
        let secure = session_cookie.starts_with("__Host-");
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Doorstep {
            network: network(address(parts)),
            browser: browser(agent.unwrap_or_default()),
            session: admission::cookie(parts, &session_cookie),
            device: admission::cookie(parts, device_cookie(secure)),
            session_cookie,
            secure,
        })
    }
}

/// The neighbourhood of an address: /24 of IPv4, /48 of IPv6. Many people may share it.
pub struct Network(pub String);

impl FromRequestParts<App> for Network {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        Ok(Network(network(address(parts))))
    }
}

/// A session's token on its way to the browser, and a device's when it is the person's own.
pub(crate) struct Tokens {
    pub(crate) session: String,
    pub(crate) device: Option<String>,
}

impl Doorstep {
    /// The hash of the session's token, if it holds one.
    pub(crate) fn session_hash(&self) -> Option<String> {
        self.session.as_deref().map(keyring::hash_token)
    }

    /// The hash of the device's token, if it holds one.
    pub(crate) fn device_hash(&self) -> Option<String> {
        self.device.as_deref().map(keyring::hash_token)
    }

    /// New tokens. A device keeps the one it has.
    pub(crate) fn tokens(&self, own: bool) -> Tokens {
        let device = own.then(|| self.device.clone().unwrap_or_else(keyring::token));
        Tokens { session: keyring::token(), device }
    }

    /// What the database needs to know of an arrival with these tokens.
    pub(crate) fn arrival(&self, tokens: &Tokens) -> Arrival {
        Arrival {
            token_hash: keyring::hash_token(&tokens.session),
            device_hash: tokens.device.as_deref().map(keyring::hash_token),
            device: self.browser.clone(),
            before: self.session_hash(),
        }
    }

    /// Gives the browser its tokens. On borrowed machines they go when the browser closes.
    pub(crate) fn give(&self, response: &mut Response, tokens: &Tokens, length: Length) {
        let keep = (length != Length::BORROWED).then_some(length.whole_ms);
        self.set(response, &self.session_cookie, &tokens.session, keep);
        if let Some(device) = &tokens.device {
            self.set(response, device_cookie(self.secure), device, Some(DEVICE_MS));
        }
    }

    /// A new token in the place of the old one. The database knows when the session ends.
    pub(crate) fn renew(&self, response: &mut Response, token: &str) {
        let keep = self.device.is_some().then_some(Length::OWN.whole_ms);
        self.set(response, &self.session_cookie, token, keep);
    }

    /// Takes the session's token away.
    pub(crate) fn forget(&self, response: &mut Response) {
        self.set(response, &self.session_cookie, "", Some(0));
    }

    fn set(&self, response: &mut Response, name: &str, value: &str, keep_ms: Option<i64>) {
        let age = keep_ms.map(|ms| format!("; Max-Age={}", ms / 1000)).unwrap_or_default();
        let secure = if self.secure { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
        let cookie = cookie.parse().expect("names and tokens are plain words");
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

fn device_cookie(secure: bool) -> &'static str {
    if secure { "__Host-device" } else { "device" }
}

/// Who connects; behind a proxy on the same machine, whom the proxy names last.
fn address(parts: &Parts) -> Option<IpAddr> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    match peer {
        Some(peer) if !peer.is_loopback() => Some(peer),
        peer => forwarded(&parts.headers).or(peer),
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let all = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(',')).next_back()?.trim().parse().ok()
}

fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}")
        }
        Some(IpAddr::V6(v6)) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}")
        }
        None => "unknown".to_owned(),
    }
}

/// The order matters: most browsers also claim to be others.
const BROWSERS: [(&str, &str); 8] = [
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Opera Mini", "Opera Mini"),
    ("UCBrowser", "UC Browser"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// What a person recognises of a browser.
fn browser(agent: &str) -> String {
    let known = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let parts: Vec<&str> = [known(&BROWSERS), known(&SYSTEMS)].into_iter().flatten().collect();
    if parts.is_empty() { "?".to_owned() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let chrome = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like \
                      Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";
        assert_eq!(browser(chrome), "Chrome, Android");
        assert_eq!(
            browser(&chrome.replace("Chrome/", "SamsungBrowser/23.0 Chrome/")),
            "Samsung Internet, Android"
        );
        assert_eq!(
            browser("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0"),
            "Firefox, Linux"
        );
        assert_eq!(browser("curl/8"), "?");
    }

    #[test]
    fn neighbours_share_a_network() {
        let of = |text: &str| network(text.parse().ok());
        assert_eq!(of("36.72.10.5"), of("36.72.10.250"));
        assert_eq!(of("::ffff:36.72.10.5"), of("36.72.10.6"));
        assert_eq!(of("2001:db8:1:2::3"), of("2001:db8:1:ffff::9"));
        assert_ne!(of("2001:db8:1::1"), of("2001:db8:2::1"));
        assert_eq!(network(None), "unknown");
    }
}
