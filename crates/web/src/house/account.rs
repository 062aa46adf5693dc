//! Accounts on the screen: the door, one's own account, and the desk that helps people.

mod agency;
mod code;
mod demo;
mod doorstep;
mod ending;
mod join;
mod landing;
mod link;
mod looks;
mod me;
mod office;
mod organisations;
mod password;
mod people;
mod person;
mod preferences;
mod recovery;
#[cfg(test)]
mod samples;
mod second_factor;
mod sessions;
mod sign_in;
mod tokens;

pub use doorstep::Network;

use base::account::{AGENCY_PEOPLE, MANAGE, PersonId, SessionView};
use base::{Error, Problem, Result, Timestamp, Tx};

use crate::area::{NavItem, Shelf};
use crate::ctx::Ctx;
use crate::routes::{Access, Routes};

/// Where the desk and the heads of agencies find people.
pub(crate) const NAV: [NavItem; 3] = [
    NavItem {
        label: "account-nav-people",
        href: "/people",
        icon: "user",
        access: Access::May(MANAGE),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "account-nav-organisations",
        href: "/organisations",
        icon: "building",
        access: Access::May(MANAGE),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "account-nav-agency",
        href: "/agency/people",
        icon: "user",
        access: Access::May(AGENCY_PEOPLE),
        shelf: Shelf::Desk,
    },
];

/// Adds the routes of accounts.
pub(crate) fn routes(routes: Routes) -> Routes {
    desk(own(door(routes)))
}

fn door(routes: Routes) -> Routes {
    routes
        .get("/sign-in", sign_in::show, Access::Anyone)
        .asks(&["next"])
        .people_only()
        .post("/sign-in", sign_in::submit, Access::Anyone)
        .people_only()
        .get("/sign-in/code", code::show, Access::Anyone)
        .asks(&["next", "stay"])
        .people_only()
        .post("/sign-in/code", code::submit, Access::Anyone)
        .people_only()
        .get("/sign-in/help", recovery::show, Access::Anyone)
        .people_only()
        .post("/sign-in/help", recovery::submit, Access::Anyone)
        .people_only()
        .get("/sign-in/password/{token}", recovery::choose, Access::Anyone)
        .people_only()
        .post("/sign-in/password/{token}", recovery::redeem, Access::Anyone)
        .people_only()
        .post("/sign-out", sign_in::leave, Access::Anyone)
        .people_only()
        .get("/join", join::show, Access::Anyone)
        .people_only()
        .post("/join", join::submit, Access::Anyone)
        .people_only()
        .post("/preferences", preferences::submit, Access::Anyone)
        .people_only()
}

fn own(routes: Routes) -> Routes {
    routes
        .get("/desk", landing::show, Access::Person)
        .people_only()
        .get("/account", me::show, Access::Person)
        .people_only()
        .post("/account/seat", me::switch, Access::Person)
        .people_only()
        .get("/account/details", me::details, Access::Person)
        .people_only()
        .post("/account/details", me::change, Access::Person)
        .people_only()
        .get("/account/password", password::show, Access::Person)
        .people_only()
        .post("/account/password", password::submit, Access::Person)
        .people_only()
        .get("/account/second-factor", second_factor::show, Access::Person)
        .people_only()
        .post("/account/second-factor", second_factor::begin, Access::Person)
        .people_only()
        .post("/account/second-factor/confirmation", second_factor::confirm, Access::Person)
        .people_only()
        .post("/account/second-factor/codes", second_factor::renew, Access::Person)
        .people_only()
        .get("/account/sessions", sessions::show, Access::Person)
        .people_only()
        .post("/account/sessions/{id}/end", sessions::end, Access::Person)
        .people_only()
        .post("/account/sessions/others/end", sessions::end_others, Access::Person)
        .people_only()
        .get("/account/looks", looks::show, Access::Person)
        .people_only()
        .get("/account/tokens", tokens::show, Access::Person)
        .people_only()
        .post("/account/tokens", tokens::make, Access::Person)
        .people_only()
        .post("/account/tokens/{id}/revocation", tokens::revoke, Access::Person)
        .people_only()
}

fn desk(routes: Routes) -> Routes {
    let manage = Access::May(MANAGE);
    routes
        .get("/people", people::list, manage)
        .asks(&["q", "office", "after"])
        .people_only()
        .get("/people/new", people::blank, manage)
        .people_only()
        .post("/people", people::add, manage)
        .people_only()
        .get("/people/{id}", person::show, manage)
        .asks(&["organisation"])
        .people_only()
        .post("/people/{id}/memberships", person::give_role, manage)
        .people_only()
        .get("/people/{id}/memberships/{membership}/end", ending::ask, manage)
        .people_only()
        .post("/people/{id}/memberships/{membership}/end", ending::submit, manage)
        .people_only()
        .get("/people/{id}/password-link", link::show, manage)
        .people_only()
        .post("/people/{id}/password-link", link::make, manage)
        .people_only()
        .post("/people/{id}/second-factor/removal", person::remove_factor, manage)
        .people_only()
        .get("/organisations", organisations::list, manage)
        .asks(&["q"])
        .people_only()
        .post("/organisations", organisations::add, manage)
        .people_only()
        .get("/organisations/{id}", office::show, manage)
        .people_only()
        .post("/organisations/{id}/name", office::rename, manage)
        .people_only()
        .get("/agency/people", agency::list, Access::May(AGENCY_PEOPLE))
        .people_only()
        .post("/agency/people", agency::give_role, Access::May(AGENCY_PEOPLE))
        .people_only()
        .get("/agency/people/{membership}/end", ending::ask_in_agency, Access::May(AGENCY_PEOPLE))
        .people_only()
        .post(
            "/agency/people/{membership}/end",
            ending::submit_in_agency,
            Access::May(AGENCY_PEOPLE),
        )
        .people_only()
}

/// A write whose answer must not be kept for a repeated form: it holds a secret, or counts an
/// attempt.
async fn once_only<T: Send + 'static>(
    ctx: &Ctx,
    name: &'static str,
    body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    ctx.app.0.db.acting(ctx.actor().clone()).write(name, body).await
}

/// The session of whoever asks. Programs have none, so these pages are not for them.
fn session(ctx: &Ctx) -> Result<&SessionView> {
    ctx.guest().session.as_ref().map(|standing| &standing.view).ok_or(Error::Unauthenticated)
}

fn person_id(ctx: &Ctx) -> Result<PersonId> {
    Ok(session(ctx)?.person.clone())
}

/// An address of ours to go on to: a path, never another site.
fn safe_next(next: &str) -> String {
    const NEXT_CHARS_MAX: usize = 500;
    let path = next.starts_with('/')
        && !next[1..].starts_with(['/', '\\'])
        && next.len() <= NEXT_CHARS_MAX
        && next.bytes().all(|b| b.is_ascii_graphic());
    let again = next.starts_with("/sign-in") || next.starts_with("/join");
    if path && !again { next.to_owned() } else { "/".to_owned() }
}

/// Says in how many minutes a door opens again.
fn too_many(ctx: &Ctx, field: &str, retry_at: Timestamp) -> Error {
    let minutes = minutes_until(ctx, retry_at);
    Error::Invalid(vec![Problem::with(field, "account-too-many-attempts", minutes)])
}

fn minutes_until(ctx: &Ctx, moment: Timestamp) -> i64 {
    const MINUTE_MS: i64 = 60_000;
    let wait_ms = (moment.as_ms() - ctx.app.0.db.clock().now_ms()).max(1);
    (wait_ms + MINUTE_MS - 1) / MINUTE_MS
}

/// Splits results of parsed fields: the value, or a problem for the list.
fn sort<T>(result: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_site_is_refused_even_from_visitors() {
        use axum::http::{HeaderMap, HeaderName, HeaderValue};
        let headers = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            let pair =
                |&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
            pairs.iter().map(pair).collect()
        };
        let ours = |pairs: &[(&'static str, &'static str)]| {
            crate::admission::same_origin(&headers(pairs)).is_ok()
        };
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("origin", "https://gerai.example"), ("host", "gerai.example")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "gerai.example")]));
        assert!(!ours(&[("origin", "null"), ("host", "gerai.example")]));
    }

    #[test]
    fn the_way_on_stays_in_the_house() {
        for good in ["/", "/account", "/procurement/orders?state=open&after=x"] {
            assert_eq!(safe_next(good), good);
        }
        for wrong in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "/sign-in"]
        {
            assert_eq!(safe_next(wrong), "/", "{wrong}");
        }
        assert_eq!(safe_next(&format!("/{}", "a".repeat(500))), "/");
    }
}
