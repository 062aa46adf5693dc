//! Asks the city's router as a browser or a program would.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use tower::ServiceExt;

const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;
const BOUNDARY: &str = "gerai-test-boundary";

/// Somebody at a browser, signed in or not.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: Option<String>,
    headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: StatusCode,
    /// Where a redirect leads.
    pub location: Option<String>,
    pub headers: axum::http::HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

static KEYS: AtomicU64 = AtomicU64::new(0);

impl Client {
    pub(crate) fn new(router: Router, cookie: Option<String>) -> Client {
        Client { router, cookie, headers: Vec::new() }
    }

    /// The same somebody, who says this with every request: `if-match`, `authorization`, `accept`.
    #[must_use]
    pub fn saying(&self, header: &'static str, value: &str) -> Client {
        let mut client = self.clone();
        client.headers.retain(|(name, _)| *name != header);
        client.headers.push((header, value.to_owned()));
        client
    }

    /// The same browser after this page: it keeps the cookies it was given.
    pub fn after(&self, page: &Page) -> Client {
        let mut jar: Vec<(String, String)> = Vec::new();
        let given = page.headers.get_all(header::SET_COOKIE);
        let given = given.iter().filter_map(|v| v.to_str().ok()?.split(';').next());
        for pair in self.cookie.iter().flat_map(|all| all.split("; ")).chain(given) {
            let Some((name, value)) = pair.split_once('=') else { continue };
            jar.retain(|(kept, _)| kept != name);
            jar.push((name.to_owned(), value.to_owned()));
        }
        jar.retain(|(name, value)| !value.is_empty() && name != "flash");
        let all: Vec<String> = jar.into_iter().map(|(n, v)| format!("{n}={v}")).collect();
        let cookie = (!all.is_empty()).then(|| all.join("; "));
        Client { cookie, ..self.clone() }
    }

    /// Opens a page or an address of the API.
    pub async fn get(&self, path: &str) -> Page {
        self.ask(self.request("GET", path), Body::empty()).await
    }

    /// Sends a form with a key of its own.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let key = KEYS.fetch_add(1, Ordering::SeqCst);
        self.post_with_key(path, form, &format!("test-{key}")).await
    }

    /// Sends a form under a chosen key, as a second click would.
    pub async fn post_with_key(&self, path: &str, form: &[(&str, &str)], key: &str) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self
            .request("POST", path)
            .header("idempotency-key", key)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(body)).await
    }

    /// Sends JSON, as a program would.
    pub async fn post_json(&self, path: &str, json: &serde_json::Value) -> Page {
        let key = KEYS.fetch_add(1, Ordering::SeqCst);
        let request = self
            .request("POST", path)
            .header("idempotency-key", format!("test-{key}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.ask(request, Body::from(json.to_string())).await
    }

    /// Sends a form with one file.
    pub async fn upload(
        &self,
        path: &str,
        form: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Page {
        let mut body = Vec::new();
        for (name, value) in form {
            let head =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(format!("{head}{value}\r\n").as_bytes());
        }
        let (field, name, bytes) = file;
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.request("POST", path).header(header::CONTENT_TYPE, kind);
        self.ask(request, Body::from(body)).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, "localhost");
        if !path.starts_with("/api/") && self.headers.iter().all(|(name, _)| *name != "accept") {
            request = request.header(header::ACCEPT, "text/html,*/*;q=0.8");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    async fn ask(&self, request: axum::http::request::Builder, body: Body) -> Page {
        let request = request.body(body).expect("a request of a test is well formed");
        let asked = self.router.clone().oneshot(request).await;
        let response: Response<Body> = asked.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, ANSWER_BYTES_MAX).await.expect("the answer is not too large");
        let location = parts.headers.get(header::LOCATION).and_then(|v| v.to_str().ok());
        Page {
            status: parts.status,
            location: location.map(str::to_owned),
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
            headers: parts.headers,
        }
    }
}

impl Page {
    /// The answer as JSON. Falls over if it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|e| panic!("{} is no JSON ({e}): {}", self.status, self.body))
    }

    /// What a person reads: the page without its marks, blanks put in order.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut rest = self.body.as_str();
        while let Some(start) = rest.find('<') {
            text.push_str(&rest[..start]);
            text.push(' ');
            rest = rest[start..].find('>').map_or("", |end| &rest[start + end + 1..]);
        }
        text.push_str(rest);
        let text = text.replace("&#39;", "'").replace("&#34;", "\"").replace("&amp;", "&");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Falls over with the page unless it was answered like this.
    #[track_caller]
    pub fn expect(self, status: u16) -> Page {
        assert_eq!(self.status.as_u16(), status, "{:?} {}", self.location, self.text());
        self
    }

    /// Falls over with the page unless a person reads this on it.
    #[track_caller]
    pub fn sees(self, words: &str) -> Page {
        let text = self.text();
        assert!(text.contains(words), "{words:?} is not on the page: {text}");
        self
    }
}
