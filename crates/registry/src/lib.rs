//! The registry: who trades in this city. Owners, their businesses, where they stand, how far the
//! city has checked them; and the way in for whole lists.

mod announcement;
mod brought;
pub mod business;
mod change;
mod confirmation;
mod contact;
pub mod directory;
mod doubt;
mod draft;
mod events;
pub mod evidence;
mod examination;
mod figures;
mod gap;
pub mod intake;
mod known;
pub mod list;
mod named;
mod occupation;
mod odd;
mod owner;
mod pair;
mod pieces;
mod queue;
mod reason;
mod refusal;
pub mod registration;
mod seat;
mod timeline;
pub mod verification;
pub mod visit;
mod web;

pub use business::{Business, BusinessId, Place, State};
pub use contact::Contact;

use ::web::Area;

/// Everything the city needs to know about this area.
pub fn area() -> Area {
    Area {
        migrations: &[
            (
                "0001_owners_and_businesses",
                include_str!("../migrations/0001_owners_and_businesses.sql"),
            ),
            ("0002_owners_words", include_str!("../migrations/0002_owners_words.sql")),
            ("0003_lists", include_str!("../migrations/0003_lists.sql")),
            (
                "0004_evidence_visits_changes",
                include_str!("../migrations/0004_evidence_visits_changes.sql"),
            ),
            ("0006_second_looks", include_str!("../migrations/0006_second_looks.sql")),
            ("0007_open_pairs", include_str!("../migrations/0007_open_pairs.sql")),
            ("0008_evidence_looks", include_str!("../migrations/0008_evidence_looks.sql")),
        ],
        texts: &[
            ("id", include_str!("../texts/id.ftl")),
            ("en", include_str!("../texts/en.ftl")),
            ("id", ::lists::INDONESIAN),
            ("en", ::lists::ENGLISH),
            ("id", include_str!("../texts/lists.id.ftl")),
            ("en", include_str!("../texts/lists.en.ftl")),
            ("id", include_str!("../texts/evidence.id.ftl")),
            ("en", include_str!("../texts/evidence.en.ftl")),
        ],
        grants: web::GRANTS,
        nav: web::NAV,
        desks: web::DESKS,
        named: Some(named::named),
        waits: Some(named::waits),
        outcomes: confirmation::OUTCOMES,
        jobs: &[brought::LET_IN, brought::LOOK, pieces::CLEAR, evidence::DESTROY],
        files: Some(files_kept),
        verify: Some(examination::examine),
        consumers: &[announcement::TELLER],
        topics: announcement::TOPICS,
        safes: &[
            owner::NIKS,
            owner::PHONES,
            business::PHONES,
            brought::FILES,
            pieces::REPORTS,
            evidence::FILES,
        ],
        ..Area::new("registry", web::routes())
    }
}

/// Every file the registry's rows speak of.
fn files_kept(read: &mut base::Read<'_>) -> base::Result<Vec<String>> {
    let mut hashes = brought::file_hashes(read)?;
    hashes.extend(evidence::file_hashes(read)?);
    hashes.extend(visit::file_hashes(read)?);
    Ok(hashes)
}
