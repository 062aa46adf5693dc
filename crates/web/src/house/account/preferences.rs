//! Language and colours of the pages, for visitors and people alike.

use axum::http::header;
use base::account::person;
use schemars::JsonSchema;
use serde::Deserialize;

use super::safe_next;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::input::Input;
use crate::layout::Theme;

/// One of the two, and where to come back to.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct PreferencesForm {
    language: Option<String>,
    theme: Option<String>,
    #[serde(default)]
    back: String,
}

const YEAR_S: i64 = 365 * 24 * 60 * 60;

pub(crate) async fn submit(ctx: Ctx, Input(form): Input<PreferencesForm>) -> Answer {
    let guest = ctx.guest();
    let language = match form.language.as_deref() {
        Some("en") => "en",
        Some(_) => "id",
        None => guest.language,
    };
    let theme = form.theme.as_deref().map_or(guest.theme, Theme::of).name();
    if let Some(standing) = &guest.session {
        let id = standing.view.person.clone();
        ctx.write("account.prefer", move |tx| person::prefer(tx, &id, language, theme)).await?;
    }
    let mut response = ctx.done(safe_next(&form.back), ());
    for (name, value) in [("language", language), ("theme", theme)] {
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={YEAR_S}");
        let cookie = cookie.parse().expect("names of languages and themes are plain words");
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
