//! Rules that change in time, for everybody to read, and for two people to change.

mod asking;
mod change;
mod desk;
mod draft;
mod list;
mod reading;
mod show;
mod words;

use base::account::OrganisationId;
use base::policy::{self, APPROVE, DRAFT, Version, WORK};
use base::{Read, Result, Role, account};

use crate::area::{Heap, NavItem, Shelf};
use crate::ctx::Ctx;
use crate::house::reading::dashed;
use crate::routes::{Access, Routes};
use crate::texts::Texts;

/// Where the day of those who write rules, and of those who put them into force, begins.
pub(crate) const HOME: &str = "/policies/desk";

/// Where they find it, and where they read the rules themselves.
pub(crate) const NAV: [NavItem; 2] =
    [place("policies-nav-desk", HOME, "pen"), place("policies-nav", "/policies", "scale")];

const fn place(label: &'static str, href: &'static str, icon: &'static str) -> NavItem {
    NavItem { label, href, icon, access: Access::May(WORK), shelf: Shelf::Desk }
}

/// Adds the routes of rules.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/policies", list::show, Access::Anyone)
        .asks(&["on"])
        .gives::<list::PoliciesPage>()
        .get(HOME, desk::show, Access::May(WORK))
        .gives::<desk::DeskPage>()
        .get("/policies/{kind}", show::current, Access::Anyone)
        .asks(&["on", "year"])
        .gives::<show::PolicyPage>()
        .get("/policies/{kind}/versions/{version}", show::version, Access::Anyone)
        .asks(&["year"])
        .gives::<show::PolicyPage>()
        .get("/policies/{kind}/draft", draft::blank, Access::May(DRAFT))
        .asks(&["from"])
        .people_only()
        .post("/policies/{kind}/draft", draft::submit, Access::May(DRAFT))
        .takes::<draft::DraftForm>()
        .gives::<change::Numbered>()
        .post("/policies/{kind}/versions/{version}/approval", change::approve, Access::May(APPROVE))
        .gives::<change::Numbered>()
        .post("/policies/{kind}/versions/{version}/return", change::send_back, Access::May(APPROVE))
        .takes::<change::NoteForm>()
        .gives::<change::Numbered>()
        .post("/policies/{kind}/versions/{version}/withdrawal", change::withdraw, Access::Person)
        .takes::<change::ReasonForm>()
        .gives::<change::Numbered>()
}

/// What a kind is called: `Kelas ukuran usaha`.
pub(crate) fn title(kind: &str, texts: &Texts) -> String {
    let key = format!("policy-kind-{}", dashed(kind));
    if texts.has(&key) { texts.get(&key) } else { kind.replace(['.', '_'], " ") }
}

/// Drafts are seen by those who work on them.
fn sees_drafts(ctx: &Ctx) -> bool {
    [DRAFT, APPROVE, base::audit::INSPECT].into_iter().any(|it| ctx.admits(Access::May(it)))
}

/// The name behind an author or approver; the program's own id stays as it is.
fn name_of(read: &mut Read<'_>, id: &str) -> Result<String> {
    let Some(person) = account::PersonId::parse(id) else { return Ok(String::new()) };
    Ok(account::person::find(read, &person)?.name)
}

/// Drafts wait for a second person.
pub(crate) fn waits(read: &mut Read<'_>, role: Role, _: &OrganisationId) -> Result<Vec<Heap>> {
    if role != Role::PolicyApprover {
        return Ok(Vec::new());
    }
    let (count, access) = (policy::drafts_waiting(read)?, Access::May(WORK));
    Ok(vec![Heap { label: "policies-drafts", count, href: HOME, access }])
}

fn address(version: &Version) -> String {
    format!("/policies/{}/versions/{}", version.kind, version.version)
}
