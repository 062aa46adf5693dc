//! What the registry knows already, as far as a row of a list could repeat it.

use base::keyring::Keyring;
use base::{Db, FromRow, Read, Result, Row, db};
use lists::{Known, KnownBusinesses, Veil};
use particulars::identity::Nib;
use particulars::point::GeoPoint;

use crate::{contact, intake};

/// Records looked at in one read.
const PAGE_ROWS: i64 = 2_000;

struct KnownRow {
    id: String,
    known: Known,
    fingerprint: Option<String>,
}

impl FromRow for KnownRow {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        let id = row.take()?;
        let (number, name) = (row.take()?, row.take()?);
        let (owner, street): (String, String) = (row.take()?, row.take()?);
        let nib = row.take::<Option<String>>()?.and_then(|nib| Nib::parse(&nib).ok());
        let phone = row.take()?;
        let (latitude, longitude): (Option<i64>, Option<i64>) = (row.take()?, row.take()?);
        let point = latitude.zip(longitude).and_then(|(lat, lng)| GeoPoint::of_micro(lat, lng));
        let (owner, street) = (Some(owner), (!street.is_empty()).then_some(street));
        let known = Known { number, name, owner, street, nib, phone, point };
        Ok(KnownRow { id, known, fingerprint: row.take()? })
    }
}

/// Everything in the registry that a row could repeat. Nothing is opened for it: rows are hidden as
/// the registry hides what it keeps, and then compared.
pub(crate) fn all(db: &Db, keyring: &Keyring) -> Result<KnownBusinesses> {
    let (phones, rows) = (keyring.blinder(contact::BUSINESS), keyring.blinder(intake::ROW));
    let mut all = KnownBusinesses::veiled(Veil {
        phone: Box::new(move |phone| phones.blind(phone.as_str())),
        row: Box::new(move |fingerprint| intake::veiled(&rows, fingerprint)),
    });
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db.read(move |read| known_after(read, &from)).wait()?;
        let Some(last) = page.last() else { return Ok(all) };
        after.clone_from(&last.id);
        for row in &page {
            all.add(&row.known);
            let fingerprint = row.fingerprint.as_deref();
            if let Some(hash) = fingerprint.and_then(|hash| u64::from_str_radix(hash, 16).ok()) {
                all.add_row(hash);
            }
        }
    }
}

fn known_after(read: &mut Read<'_>, id: &str) -> Result<Vec<KnownRow>> {
    Ok(read.all(
        "SELECT b.id, b.number, b.name, o.name, b.street, b.nib, b.phone_blind, b.latitude, b.longitude, r.fingerprint
         FROM registry_businesses b JOIN registry_owners o ON o.id = b.owner_id
         LEFT JOIN registry_import_rows r ON r.business_id = b.id
         WHERE b.id > $1 AND b.state NOT IN ('draft', 'rejected', 'closed')
         ORDER BY b.id LIMIT $2",
        &[&id, &PAGE_ROWS],
    )?)
}
