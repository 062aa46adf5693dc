//! The bank tells that a code was paid. Its word counts if its key signed exactly what came; what it says is
//! kept as it came, sealed.

use base::keyring::Keyring;
use base::safe::{Kept, Safe};
use base::{Date, Id, Read, Result, Rupiah, Timestamp, Tx};
use snap::keys::PublicKey;
use snap::text::Request;
use snap::wire::{PaymentStatus, QrNotice};
use snap::{Case, Spaces, moment};

use crate::bank;
use crate::bill;
use crate::case::{self, Kind, NewCase};
use crate::events::NoticeReceived;
use crate::receipt::{self, Came, Fate};
use crate::work;

/// Where a bank tells it: what it is given as the city's address for notices.
pub const PATH: &str = "/snap/v1.0/qr/qr-mpm-notify";
const PURPOSE: &str = "payments.notice";
const DIGEST_PURPOSE: &str = "payments.notice_digest";
/// The longest number of a request.
const NUMBER_CHARS_MAX: usize = 36;

/// A notice as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// The path with its query, as it was signed.
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    pub(crate) timestamp: String,
    pub(crate) signature: String,
    pub(crate) partner: String,
    pub(crate) number: String,
}

/// Hears a notice: how it is answered.
pub(crate) fn hear(tx: &mut Tx<'_>, keyring: &Keyring, told: &Told) -> Result<Case> {
    if let Some(case) = objection(tx, keyring, told)? {
        return Ok(case);
    }
    let (day, digest) = (Date::today(tx).iso(), digest(keyring, &told.body));
    if let Some(known) = known(tx, &day, &told.number)? {
        // The bank says the same again because our answer was lost.
        return Ok(if known == digest { Case::Successful } else { Case::DuplicateExternalId });
    }
    let notice: QrNotice = match serde_json::from_slice(&told.body) {
        Ok(notice) => notice,
        Err(error) if error.is_data() => return Ok(Case::MissingField),
        Err(_) => return Ok(Case::BadRequest),
    };
    let (fate, answer) = take(tx, &notice)?;
    let id: Id<Told> = tx.new_id();
    let (sealed, now) = (keyring.seal_file(PURPOSE, &told.body), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO payments_notices (id, day, number, digest, body, fate, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &day, &told.number, &digest, &sealed, &fate, &now],
    )?;
    tx.record(&NoticeReceived { reference: &notice.original_partner_reference_no, fate })?;
    Ok(answer)
}

/// Why a notice is not listened to.
fn objection(read: &mut Read<'_>, keyring: &Keyring, told: &Told) -> Result<Option<Case>> {
    let Some(profile) = bank::find(read, keyring)? else { return Ok(Some(Case::Unauthorized)) };
    let fresh = moment::read(&told.timestamp).is_some_and(|at| moment::is_fresh(at, read.now_ms()));
    let request =
        Request { method: "POST", path: &told.path, body: &told.body, timestamp: &told.timestamp };
    let key = PublicKey::parse(&profile.public_key).map_err(base::Error::broken)?;
    let signed = request.asymmetric(Spaces::Outside);
    let signed = signed.is_some_and(|text| key.verify(&text, &told.signature));
    if !signed || !fresh || told.partner != profile.partner {
        return Ok(Some(Case::Unauthorized));
    }
    let named = (1..=NUMBER_CHARS_MAX).contains(&told.number.len());
    Ok(if named { None } else { Some(Case::MissingField) })
}

fn take(tx: &mut Tx<'_>, notice: &QrNotice) -> Result<(&'static str, Case)> {
    if PaymentStatus::parse(&notice.latest_transaction_status) != Some(PaymentStatus::Paid) {
        return Ok(("nothing_paid", Case::Successful));
    }
    let Some(amount) = Rupiah::parse(notice.amount.0).filter(|amount| *amount > Rupiah::ZERO)
    else {
        return Ok(("no_sum", Case::InvalidAmount));
    };
    let came = Came {
        reference: notice.original_partner_reference_no.clone(),
        bank_reference: notice.original_reference_no.clone(),
        amount,
    };
    if let Some(bill) = bill::of_reference(tx, &came.reference)?
        && bill.amount != amount
    {
        let (kind, reference) = (Kind::OtherSumTold, came.reference.as_str());
        case::open(tx, &NewCase { kind, bill: Some(&bill), reference, amount })?;
        work::ask_after(tx, &bill.id)?;
        return Ok(("other_sum", Case::Successful));
    }
    let fate = receipt::receive(tx, &came)?;
    let answer = if fate == Fate::Unknown { Case::NotFound } else { Case::Successful };
    Ok((fate.code(), answer))
}

fn digest(keyring: &Keyring, body: &[u8]) -> String {
    keyring.blind(DIGEST_PURPOSE, &String::from_utf8_lossy(body))
}

fn known(read: &mut Read<'_>, day: &str, number: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = read.first(
        "SELECT digest FROM payments_notices WHERE day = $1 AND number = $2",
        &[&day, &number],
    )?;
    Ok(row.map(|(digest,)| digest))
}

/// What the bank sent.
pub(crate) const BODIES: Safe = Safe {
    name: "payments.notices.body",
    purpose: PURPOSE,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT id, body FROM payments_notices WHERE id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE payments_notices SET body = $1 WHERE id = $2 AND body = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};
