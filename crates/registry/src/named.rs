//! What the registry's things are called in the audit trail, and what waits for officers.

use ::web::{Access, Heap, Thing};
use base::account::OrganisationId;
use base::{Read, Result, Role, among};

use crate::business::State;
use crate::intake::IMPORT;
use crate::registration::OFFICE;
use crate::{change, evidence, pair, queue};

/// Businesses by name and number, lists by the name of their file.
pub(crate) fn named(read: &mut Read<'_>, ids: &[&str]) -> Result<Vec<Thing>> {
    let businesses: Vec<(String, String, String)> =
        among(read, "SELECT id, name, number FROM registry_businesses WHERE id", ids)?;
    let lists: Vec<(String, String)> =
        among(read, "SELECT id, file FROM registry_imports WHERE id", ids)?;
    let owners: Vec<(String, String)> =
        among(read, "SELECT id, name FROM registry_owners WHERE id", ids)?;
    let thing = |id, words, href| Thing { id, words, href, access: Access::May(OFFICE) };
    let mut things = Vec::new();
    for (id, name, number) in businesses {
        let href = format!("/registry/records/{id}");
        let words = if name.is_empty() { number } else { format!("{name}, {number}") };
        things.push(thing(id, words, href));
    }
    for (id, file) in lists {
        let href = format!("/registry/lists/{id}");
        things.push(Thing { access: Access::May(IMPORT), ..thing(id, file, href) });
    }
    things.extend(owners.into_iter().map(|(id, name)| thing(id, name, String::new())));
    Ok(things)
}

/// Everything that an officer's desk counts as waiting.
pub(crate) fn waits(read: &mut Read<'_>, role: Role, _: &OrganisationId) -> Result<Vec<Heap>> {
    if role != Role::RegistryOfficer {
        return Ok(Vec::new());
    }
    let states = queue::counts(read)?;
    let sent = states.iter().find(|(state, _)| *state == State::Submitted);
    let sent = sent.map_or(0, |(_, count)| *count);
    let heap = |label, count, href| Heap { label, count, href, access: Access::May(OFFICE) };
    Ok(vec![
        heap("registry-waits-sent", sent, "/registry/queue"),
        heap("registry-pairs-title", pair::open_count(read)?, "/registry/pairs"),
        heap("registry-asks-change", change::waiting_count(read)?, "/registry/queue?asks=change"),
        heap(
            "registry-asks-evidence",
            evidence::waiting_count(read)?,
            "/registry/queue?asks=evidence",
        ),
        heap("registry-asks-contact", queue::contact_count(read)?, "/registry/queue?asks=contact"),
    ])
}
