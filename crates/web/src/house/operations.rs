//! The desk of whoever keeps the city running: what stands still, why, and another try for it.

mod jobs;
mod overview;
mod parked;

use base::job::OPERATE;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::area::{NavItem, Shelf};
use crate::house::reading::dashed;
use crate::routes::{Access, Routes};
use crate::texts::Texts;

/// Rows on one page of a list.
const PAGE_ROWS: i64 = 50;

/// Where the administrator's day begins.
pub(crate) const HOME: &str = "/operations";

/// Where the administrator finds it.
pub(crate) const NAV: NavItem = NavItem {
    label: "operations-nav",
    href: HOME,
    icon: "gear",
    access: Access::May(OPERATE),
    shelf: Shelf::Desk,
};

/// Adds the routes of the desk.
pub(crate) fn routes(routes: Routes) -> Routes {
    let operate = Access::May(OPERATE);
    routes
        .get("/operations", overview::show, operate)
        .gives::<overview::OverviewPage>()
        .get("/operations/jobs", jobs::list, operate)
        .asks(&["before"])
        .gives::<jobs::JobsPage>()
        .get("/operations/jobs/{id}", jobs::show, operate)
        .gives::<jobs::JobPage>()
        .post("/operations/jobs/{id}/revival", jobs::revive, operate)
        .post("/operations/jobs/{id}/discarding", jobs::discard, operate)
        .takes::<ReasonForm>()
        .needs(&["reason"])
        .get("/operations/parked", parked::list, operate)
        .asks(&["after"])
        .gives::<parked::ParkedPage>()
        .get("/operations/parked/{consumer}/{event}", parked::show, operate)
        .gives::<parked::EventPage>()
        .post("/operations/parked/{consumer}/{event}/revival", parked::revive, operate)
        .post("/operations/parked/{consumer}/{event}/skipping", parked::skip, operate)
        .takes::<ReasonForm>()
        .needs(&["reason"])
}

/// Why something is let be.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct ReasonForm {
    #[serde(default)]
    pub(crate) reason: String,
}

/// Where a page begins.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Cursor {
    #[serde(default)]
    pub(crate) before: String,
    #[serde(default)]
    pub(crate) after: String,
}

/// The cursor that was sent, unless it is empty.
fn given(cursor: String) -> Option<String> {
    Some(cursor).filter(|cursor| !cursor.is_empty())
}

/// What people call a kind of job, a consumer or an event: `job` and `message.mail` have the text
/// `operations-job-message-mail`. What has no word of its own keeps its name.
fn word(of: &str, name: &str, texts: &Texts) -> String {
    let key = format!("operations-{of}-{}", dashed(name));
    if texts.has(&key) { texts.get(&key) } else { name.to_owned() }
}

/// Why it failed, in plain words where the cause is a known one.
fn plainly(error: &str, texts: &Texts) -> String {
    const KNOWN: &[(&str, &str)] = &[
        ("panicked", "operations-why-fell"),
        ("nobody knows jobs", "operations-why-unknown"),
        ("its worker vanished", "operations-why-vanished"),
        ("busy", "operations-why-busy"),
        ("not found", "operations-why-gone"),
        ("not-found", "operations-why-gone"),
        ("forbidden", "operations-why-forbidden"),
        ("smtp", "operations-why-mail"),
        ("mail", "operations-why-mail"),
    ];
    let error = error.to_lowercase();
    let known = KNOWN.iter().find(|(sign, _)| error.contains(sign));
    texts.get(known.map_or("operations-why-other", |(_, key)| key))
}
