//! Where a webhook may listen: on the open net, over TLS. The program stands inside the city's
//! network, so an address in there would let a stranger knock at doors they cannot reach themselves.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::Problem;

/// A longer address is refused.
pub(super) const URL_CHARS_MAX: usize = 500;

/// An address that a webhook may have. What its name leads to is looked at each time something is
/// sent, because names change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookUrl(Url);

impl HookUrl {
    /// Reads an address. `loopback` allows plain http to this machine, for the demo and tests.
    pub fn parse(field: &str, text: &str, loopback: bool) -> Result<HookUrl, Problem> {
        let text = text.trim();
        if text.len() > URL_CHARS_MAX {
            return Err(Problem::with(field, "webhook-url-length", URL_CHARS_MAX));
        }
        let url = Url::parse(text).map_err(|_| Problem::new(field, "webhook-url-wanted"))?;
        let whole =
            url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let Some(host) = url.host().filter(|_| whole) else {
            return Err(Problem::new(field, "webhook-url-wanted"));
        };
        let here = is_here(&host);
        match (url.scheme(), here) {
            ("http" | "https", true) if loopback => Ok(HookUrl(url)),
            ("https", false) if may_be_public(&host) => Ok(HookUrl(url)),
            ("https", _) => Err(Problem::new(field, "webhook-url-private")),
            _ => Err(Problem::new(field, "webhook-url-https")),
        }
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Its host alone, which says no secret.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Its path with its query, as requests are signed over it.
    pub fn path_and_query(&self) -> String {
        let query = self.0.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", self.0.path())
    }

    pub(super) fn url(&self) -> &Url {
        &self.0
    }
}

fn is_here(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.trim_end_matches('.').eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn may_be_public(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.trim_end_matches('.').contains('.'),
        Host::Ipv4(address) => is_public(IpAddr::V4(*address)),
        Host::Ipv6(address) => is_public(IpAddr::V6(*address)),
    }
}

/// Whether an address belongs to the open net.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let kept = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !kept
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Ways in which an IPv4 address stands inside an IPv6 one.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => v4(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => v4(high, low),
        // Only 2000::/3 is given out; in it Teredo, documentation and benchmarks are not places.
        [0x2001, 0 | 2 | 0xdb8, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_on_the_open_net_over_tls_are_taken() {
        let code = |text: &str| HookUrl::parse("url", text, false).err().map(|wrong| wrong.code);
        for good in [
            "https://kasir.example.id/gerai?k=1",
            "https://103.28.12.1:8443/",
            "https://[2400:9800::1]/",
        ] {
            assert_eq!(code(good), None, "{good}");
        }
        for (wrong, why) in [
            ("", "webhook-url-wanted"),
            ("kasir.example.id", "webhook-url-wanted"),
            ("https://siti:rahasia@kasir.example.id/", "webhook-url-wanted"),
            ("https://kasir.example.id/#a", "webhook-url-wanted"),
            ("http://kasir.example.id/", "webhook-url-https"),
            ("ftp://kasir.example.id/", "webhook-url-https"),
            ("http://127.0.0.1/", "webhook-url-https"),
            ("https://localhost/", "webhook-url-private"),
            ("https://kasir/", "webhook-url-private"),
            ("https://10.0.0.1/", "webhook-url-private"),
            ("https://2130706433/", "webhook-url-private"),
            ("https://0x7f.1/", "webhook-url-private"),
            ("https://[::ffff:192.168.1.1]/", "webhook-url-private"),
        ] {
            assert_eq!(code(wrong), Some(why), "{wrong}");
        }
        let long = format!("https://kasir.example.id/{}", "a".repeat(URL_CHARS_MAX));
        assert_eq!(code(&long), Some("webhook-url-length"));
        assert!(HookUrl::parse("url", "http://127.0.0.1:9000/", true).is_ok());
        assert!(HookUrl::parse("url", "http://kasir.example.id/", true).is_err());
    }

    #[test]
    fn what_is_not_the_open_net_is_known() {
        for inside in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["103.28.12.1", "172.32.0.1", "100.63.0.1", "2400:9800::1", "::ffff:8.8.8.8"]
        {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }
}
