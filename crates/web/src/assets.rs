//! Style sheets, scripts and pictures of the house: embedded, served under a name that holds the
//! content's hash, cached for ever. The style sheets are written in layers (`assets/*.css`) and
//! sent as one.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::cloth;

/// A file as it is sent.
struct Asset {
    /// As templates call it.
    name: &'static str,
    /// `/assets/gerai-0123456789abcdef.css`
    path: String,
    kind: &'static str,
    body: Cow<'static, [u8]>,
}

pub(crate) const TOKENS: &str = include_str!("../assets/tokens.css");
pub(crate) const NIGHT: &str = include_str!("../assets/night.css");
pub(crate) const BASE: &str = include_str!("../assets/base.css");
pub(crate) const COMPONENTS: &str = include_str!("../assets/components.css");
pub(crate) const PAGES: &str = include_str!("../assets/pages.css");

const FOREVER: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";
/// An address without a hash in its name may be asked again, but seldom.
const A_WEEK: &str = "public, max-age=604800";
const JPEG: &str = "image/jpeg";
const PNG: &str = "image/png";
const ICO: &str = "image/x-icon";
const SVG: &str = "image/svg+xml";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
/// Hex digits of the hash in a name: enough that no two versions meet.
const HASH_DIGITS: usize = 16;
/// An id in the address of a cloth is not longer.
const CLOTH_ID_CHARS_MAX: usize = 64;

const ICON_192: &[u8] = include_bytes!("../assets/icon-192.png");

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let style = [TOKENS, BASE, COMPONENTS, PAGES].concat();
    let mut assets = vec![
        Asset::new("gerai.css", STYLE, style.into_bytes().into()),
        Asset::new("night.css", STYLE, NIGHT.as_bytes().into()),
        Asset::new("icon.svg", SVG, include_bytes!("../assets/icon.svg").as_slice().into()),
        Asset::new("icon-192.png", PNG, ICON_192.into()),
        Asset::new("icon-512.png", PNG, include_bytes!("../assets/icon-512.png").as_slice().into()),
        Asset::new("share.jpg", JPEG, include_bytes!("../assets/share.jpg").as_slice().into()),
    ];
    // Leaves first: whoever imports them is given their hashed names.
    for (name, body) in SCRIPTS {
        let body = assets.iter().fold((*body).to_owned(), |body, known| {
            body.replace(&format!("\"./{}\"", known.name), &format!("\"{}\"", known.path))
        });
        assets.push(Asset::new(name, SCRIPT, body.into_bytes().into()));
    }
    assets
});

/// The modules, leaves first.
pub(crate) const SCRIPTS: &[(&str, &str)] = &[
    ("photo.js", include_str!("../assets/photo.js")),
    ("draft.js", include_str!("../assets/draft.js")),
    ("place.js", include_str!("../assets/place.js")),
    ("gerai.js", include_str!("../assets/gerai.js")),
];

impl Asset {
    fn new(name: &'static str, kind: &'static str, body: Cow<'static, [u8]>) -> Asset {
        let hash = HEXLOWER.encode(&Sha256::digest(&body));
        let (stem, ending) = name.split_once('.').expect("assets are listed with their ending");
        let path = format!("/assets/{stem}-{}.{ending}", &hash[..HASH_DIGITS]);
        Asset { name, path, kind, body }
    }
}

/// The address of a file of the house.
pub(crate) fn path(name: &str) -> &'static str {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    &found.unwrap_or_else(|| panic!("{name} is not among the assets")).path
}

/// Where the files of the house and the cloths are served; anybody may have them.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/assets/{name}", get(file))
        .route("/cloth/{loom}/{city}/{category}/{id}", get(tile))
        .route("/manifest.webmanifest", get(manifest))
        .route("/favicon.ico", get(favicon))
}

/// What a phone needs to keep the city on its home screen.
async fn manifest(State(app): State<App>) -> Response {
    let city = &app.0.city;
    let manifest = json!({
        "name": format!("Gerai {}", city.name),
        "short_name": city.shop_name,
        "lang": "id",
        "start_url": "/",
        "display": "standalone",
        "background_color": deep_colour(&city.slug, false),
        "theme_color": deep_colour(&city.slug, false),
        "icons": [
            { "src": path("icon.svg"), "sizes": "any", "type": SVG },
            { "src": path("icon-192.png"), "sizes": "192x192", "type": PNG },
            { "src": path("icon-512.png"), "sizes": "512x512", "type": PNG, "purpose": "any maskable" },
        ],
    });
    let kind = [(header::CONTENT_TYPE, "application/manifest+json")];
    (kind, [(header::CACHE_CONTROL, A_DAY)], manifest.to_string()).into_response()
}

/// Pages link the drawing; browsers and programs that have not read a page ask here.
async fn favicon() -> Response {
    let kind = [(header::CONTENT_TYPE, ICO), (header::CACHE_CONTROL, A_WEEK)];
    (kind, boxed(ICON_192, 192)).into_response()
}

/// A square PNG as the only picture of an ICO file: a header of six bytes, one entry of sixteen.
fn boxed(png: &[u8], side: u8) -> Vec<u8> {
    const AT: u32 = 22;
    let length = u32::try_from(png.len()).expect("an icon is small");
    let mut ico = vec![0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 32, 0];
    ico.extend(length.to_le_bytes());
    ico.extend(AT.to_le_bytes());
    ico.extend_from_slice(png);
    ico
}

async fn file(Path(name): Path<String>) -> Response {
    let wanted = ASSETS.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(&name));
    let Some(asset) = wanted else { return StatusCode::NOT_FOUND.into_response() };
    answer(asset.kind, asset.body.as_ref())
}

async fn tile(
    Path((loom, city, category, id)): Path<(String, String, String, String)>,
) -> Response {
    let id = id.strip_suffix(".svg").unwrap_or_default();
    if loom != cloth::LOOM || id.is_empty() || id.len() > CLOTH_ID_CHARS_MAX {
        return StatusCode::NOT_FOUND.into_response();
    }
    answer(SVG, cloth::picture(&city, &category, id))
}

fn answer(kind: &'static str, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOREVER)], body).into_response()
}

/// The colour of header and browser bar in this city, read from the palette so that it stands in
/// one place.
pub(crate) fn deep_colour(city: &str, dark: bool) -> &'static str {
    let sheet = if dark { NIGHT } else { TOKENS };
    let of_city = token(sheet, &format!("[data-city={city}]"), "--deep");
    of_city.or_else(|| token(sheet, ":root", "--deep")).unwrap_or_default()
}

/// The value of a role in the first rule with this selector.
pub(crate) fn token(sheet: &'static str, selector: &str, role: &str) -> Option<&'static str> {
    let rule = sheet.split_once(selector)?.1.split_once('{')?.1.split_once('}')?.0;
    let mut pairs = rule.split([';', '\n']).filter_map(|pair| pair.split_once(':'));
    pairs.find(|(name, _)| name.trim() == role).map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests;
