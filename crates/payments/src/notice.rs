//! The bank tells that a bill was paid. Its word counts if it signed exactly what came; what it says is kept as
//! it came, sealed.

use base::keyring::Keyring;
use base::safe::{Kept, Safe};
use base::{Date, Error, Id, Read, Result, Rupiah, Timestamp, Tx};
use serde::de::DeserializeOwned;
use snap::keys::{PublicKey, Secret};
use snap::text::{self, Request};
use snap::va::VaPaid;
use snap::wire::{PaymentStatus, QrNotice, TokenGiven, TokenWanted};
use snap::{Case, Service, Spaces, is_external_id, moment};

use crate::bank::{self, Profile};
use crate::case::{self, Kind, NewCase};
use crate::events::NoticeReceived;
use crate::receipt::{self, Came, Fate};
use crate::{account, bill, token, work};

const PURPOSE: &str = "payments.notice";
const DIGEST_PURPOSE: &str = "payments.notice_digest";

/// What came in, as far as it is signed.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Which of the city's services was asked.
    pub(crate) service: Service,
    /// The path with its query, as it was signed.
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    pub(crate) timestamp: String,
    pub(crate) signature: String,
    /// The access token, for a number; a notice of a code goes without.
    pub(crate) token: String,
    /// Who asks for a token.
    pub(crate) client_key: String,
    pub(crate) partner: String,
    pub(crate) number: String,
}

impl Told {
    fn is_fresh(&self, read: &Read<'_>) -> bool {
        moment::read(&self.timestamp).is_some_and(|at| moment::is_fresh(at, read.now_ms()))
    }

    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Case> {
        serde_json::from_slice(&self.body).map_err(|error| match error.is_data() {
            true => Case::MissingField,
            false => Case::BadRequest,
        })
    }

    /// Whether the bank signed it: a notice of a code with its key, that of a number with what both sides know,
    /// under a token of the city.
    fn is_signed(&self, keyring: &Keyring, profile: &Profile, now: Timestamp) -> Result<bool> {
        let Told { path, body, timestamp, signature, .. } = self;
        let request = Request { method: "POST", path, body, timestamp };
        if self.service == Service::VaPayment {
            let admitted = token::admits(keyring, &profile.partner, now, &self.token);
            let secret = Secret::new(profile.incoming_secret());
            let signed = request.symmetric(&self.token, Spaces::Outside);
            return Ok(admitted && signed.is_some_and(|text| secret.verify(&text, signature)));
        }
        let key = PublicKey::parse(&profile.public_key).map_err(Error::broken)?;
        let signed = request.asymmetric(Spaces::Outside);
        Ok(signed.is_some_and(|text| key.verify(&text, signature)))
    }
}

/// The bank wants a token: it is given one for its signature.
pub(crate) fn give_token(
    read: &mut Read<'_>,
    keyring: &Keyring,
    told: &Told,
) -> Result<Result<TokenGiven, Case>> {
    let Some(profile) = bank::find(read, keyring)? else { return Ok(Err(Case::Unauthorized)) };
    let key = PublicKey::parse(&profile.public_key).map_err(Error::broken)?;
    let signed = text::token(&told.client_key, &told.timestamp);
    let known = told.client_key == profile.incoming_client_key();
    if !known || !told.is_fresh(read) || !key.verify(&signed, &told.signature) {
        return Ok(Err(Case::Unauthorized));
    }
    match told.read::<TokenWanted>() {
        Ok(wanted) if wanted.grant_type == "client_credentials" => {}
        Ok(_) => return Ok(Err(Case::InvalidField)),
        Err(case) => return Ok(Err(case)),
    }
    Ok(Ok(TokenGiven {
        access_token: token::give(keyring, &profile.partner, Timestamp::of(read)),
        token_type: "Bearer".to_owned(),
        expires_in: token::LASTS_SECONDS.to_owned(),
    }))
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
    let notice = match notice(tx, told)? {
        Ok(notice) => notice,
        Err(case) => return Ok(case),
    };
    let (fate, answer) = take(tx, &notice)?;
    let id: Id<Told> = tx.new_id();
    let (sealed, now) = (keyring.seal_file(PURPOSE, &told.body), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO payments_notices (id, day, number, digest, body, fate, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &day, &told.number, &digest, &sealed, &fate, &now],
    )?;
    tx.record(&NoticeReceived { reference: &notice.reference, fate })?;
    Ok(answer)
}

/// Why a notice is not listened to.
fn objection(read: &mut Read<'_>, keyring: &Keyring, told: &Told) -> Result<Option<Case>> {
    let Some(profile) = bank::find(read, keyring)? else { return Ok(Some(Case::Unauthorized)) };
    let signed = told.is_signed(keyring, &profile, Timestamp::of(read))?;
    if !signed || !told.is_fresh(read) || told.partner != profile.partner {
        return Ok(Some(Case::Unauthorized));
    }
    Ok(if is_external_id(&told.number) { None } else { Some(Case::MissingField) })
}

/// What a notice says, in the words of either service.
struct Notice {
    is_paid: bool,
    reference: String,
    bank_reference: String,
    rupiah: i64,
    /// How the bank is told that no such bill is known.
    unknown: Case,
}

fn notice(read: &mut Read<'_>, told: &Told) -> Result<Result<Notice, Case>> {
    if told.service != Service::VaPayment {
        return Ok(told.read::<QrNotice>().map(|notice| {
            let status = PaymentStatus::parse(&notice.latest_transaction_status);
            Notice {
                is_paid: status == Some(PaymentStatus::Paid),
                reference: notice.original_partner_reference_no,
                bank_reference: notice.original_reference_no,
                rupiah: notice.amount.0,
                unknown: Case::NotFound,
            }
        }));
    }
    let paid: VaPaid = match told.read() {
        Ok(paid) => paid,
        Err(case) => return Ok(Err(case)),
    };
    let Some(number) = paid.named.account() else { return Ok(Err(Case::InvalidField)) };
    // The number decides; a bank may leave the city's own reference out.
    let account = account::of_number(read, &number)?;
    Ok(Ok(Notice {
        is_paid: true,
        reference: account.map_or_else(|| number.to_string(), |account| account.reference),
        bank_reference: paid.payment_request_id,
        rupiah: paid.paid_amount.0,
        unknown: Case::InvalidBill,
    }))
}

fn take(tx: &mut Tx<'_>, notice: &Notice) -> Result<(&'static str, Case)> {
    if !notice.is_paid {
        return Ok(("nothing_paid", Case::Successful));
    }
    let Some(amount) = Rupiah::parse(notice.rupiah).filter(|amount| *amount > Rupiah::ZERO) else {
        return Ok(("no_sum", Case::InvalidAmount));
    };
    let (reference, bank_reference) = (notice.reference.clone(), notice.bank_reference.clone());
    let came = Came { reference, bank_reference, amount };
    if let Some(bill) = bill::of_reference(tx, &came.reference)?
        && bill.amount != amount
    {
        let (kind, reference) = (Kind::OtherSumTold, came.reference.as_str());
        case::open(tx, &NewCase { kind, bill: Some(&bill), reference, amount })?;
        work::ask_after(tx, &bill.id)?;
        return Ok(("other_sum", Case::Successful));
    }
    let fate = receipt::receive(tx, &came)?;
    let answer = if fate == Fate::Unknown { notice.unknown } else { Case::Successful };
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
