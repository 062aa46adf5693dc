//! Whoever may use the bank's services, and the keys of both sides.

use base::keyring::{hash_token, token};
use base::{Db, Error, FromRow, Read, Result, Row, Timestamp, Tx, db};
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};
use snap::keys::PrivateKey;

use crate::events::PartnerEnrolled;

const KEY_BITS: usize = 2048;
const OWN: &str = "own";
const TOKEN_MS: i64 = 15 * 60 * 1000;
/// As the standard writes it.
pub(crate) const TOKEN_SECONDS: &str = "900";
/// The first eight digits of every merchant's number: no acquirer has them.
const PAN: &str = "93600000";

/// What the numbers of collectors begin with.
const COLLECTORS: &str = "88";

/// A pair of RSA keys in PEM.
pub struct Pair {
    /// `BEGIN PRIVATE KEY`.
    pub private: String,
    /// `BEGIN PUBLIC KEY`.
    pub public: String,
}

impl Pair {
    /// A new pair.
    pub fn new() -> Result<Pair> {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, KEY_BITS);
        let key = key.map_err(Error::broken)?;
        let private = key.to_pkcs8_pem(LineEnding::LF).map_err(Error::broken)?.to_string();
        let public = key.to_public_key().to_public_key_pem(LineEnding::LF);
        Ok(Pair { private, public: public.map_err(Error::broken)? })
    }
}

/// A partner.
#[derive(Debug, Clone)]
pub(crate) struct Partner {
    /// Its name in `X-PARTNER-ID`.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) city: String,
    pub(crate) secret: String,
    pub(crate) public_key: String,
    pub(crate) merchant: String,
    pub(crate) client_key: String,
    /// What stands before the path of each of its services.
    pub(crate) address: String,
}

impl FromRow for Partner {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Partner {
            id: row.take()?,
            name: row.take()?,
            city: row.take()?,
            secret: row.take()?,
            public_key: row.take()?,
            merchant: row.take()?,
            client_key: row.take()?,
            address: row.take()?,
        })
    }
}

impl Partner {
    /// Who collects, in the numbers that are paid into: digits, without the blanks.
    pub(crate) fn collector(&self) -> String {
        collector(&self.merchant)
    }

    /// The number of the merchant, 19 digits.
    pub(crate) fn pan(&self) -> String {
        format!("{PAN}{:0>11}", self.merchant.trim_start_matches(|c: char| !c.is_ascii_digit()))
    }
}

fn collector(merchant: &str) -> String {
    let number = merchant.trim_start_matches(['M', '0']);
    format!("{COLLECTORS}{number:0>3}")
}

/// What a partner is given, and needs to connect.
#[derive(Debug, Clone)]
pub struct Enrolled {
    /// For `X-PARTNER-ID`.
    pub partner: String,
    /// For `X-CLIENT-KEY`.
    pub client_key: String,
    /// What both sides know.
    pub secret: String,
    /// Who is paid.
    pub merchant: String,
    /// Who collects, in the numbers that are paid into.
    pub collector: String,
    /// The key that the bank signs its notices with, in PEM.
    pub public_key: String,
}

/// Enrols a city, or enrols it again with another key or address: `id` and `city` are its own, `address` is
/// what stands before the path of each of its services, where it hears of payments.
pub fn enroll(
    tx: &mut Tx<'_>,
    id: &str,
    city: &str,
    public_key: &str,
    address: &str,
) -> Result<Enrolled> {
    let known: Option<(String, String, String)> =
        tx.first("SELECT client_key, secret, merchant FROM bank_partners WHERE id = $1", &[&id])?;
    let now = Timestamp::of(tx);
    let (client_key, secret, merchant) = match known {
        Some(known) => known,
        None => {
            let partners = tx.count("SELECT CAST(COUNT(*) AS BIGINT) FROM bank_partners", &[])?;
            (format!("kunci-{id}"), token(), format!("M{:011}", partners + 1))
        }
    };
    let name: String = format!("Pasar {city}").chars().take(25).collect();
    tx.execute(
        "INSERT INTO bank_partners (id, name, city, client_key, secret, public_key, merchant, notify,
             joined_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET public_key = excluded.public_key, notify = excluded.notify",
        &[&id, &name, &city, &client_key, &secret, &public_key, &merchant, &address, &now],
    )?;
    tx.record(&PartnerEnrolled { partner: id, name: &name })?;
    let public_key = own_public_key(tx)?;
    let (partner, collector) = (id.to_owned(), collector(&merchant));
    Ok(Enrolled { partner, client_key, secret, merchant, collector, public_key })
}

const SELECT: &str =
    "SELECT id, name, city, secret, public_key, merchant, client_key, notify FROM bank_partners";

/// The partner of this name.
pub(crate) fn find(read: &mut Read<'_>, id: &str) -> Result<Option<Partner>> {
    Ok(read.first(&format!("{SELECT} WHERE id = $1"), &[&id])?)
}

/// The partner with this client key.
pub(crate) fn of_client_key(read: &mut Read<'_>, key: &str) -> Result<Option<Partner>> {
    Ok(read.first(&format!("{SELECT} WHERE client_key = $1"), &[&key])?)
}

/// Makes the bank's own key, once.
pub(crate) fn make_key(db: &Db) -> Result<()> {
    let known = |read: &mut Read<'_>| -> Result<i64> {
        Ok(read.count("SELECT CAST(COUNT(*) AS BIGINT) FROM bank_keys", &[])?)
    };
    if db.read(known).wait()? > 0 {
        return Ok(());
    }
    let Pair { private, public } = Pair::new()?;
    let keep = move |tx: &mut Tx<'_>| -> Result<()> {
        for (id, pem) in [(OWN, &private), ("public", &public)] {
            tx.execute(
                "INSERT INTO bank_keys (id, pem) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
                &[&id, pem],
            )?;
        }
        tx.record(&PartnerEnrolled { partner: OWN, name: "the bank itself" })?;
        Ok(())
    };
    db.write("bank.make_key", keep).wait()
}

fn pem(read: &mut Read<'_>, id: &str) -> Result<String> {
    let row: Option<(String,)> = read.first("SELECT pem FROM bank_keys WHERE id = $1", &[&id])?;
    Ok(row.ok_or_else(|| Error::broken("a bank makes its key when it opens"))?.0)
}

fn own_public_key(read: &mut Read<'_>) -> Result<String> {
    pem(read, "public")
}

/// What the bank signs its notices with.
pub(crate) fn own_key(read: &mut Read<'_>) -> Result<PrivateKey> {
    PrivateKey::parse(&pem(read, OWN)?).map_err(Error::broken)
}

/// A new access token of a partner.
pub(crate) fn give_token(tx: &mut Tx<'_>, partner: &str) -> Result<String> {
    let given = token();
    let until = tx.now_ms() + TOKEN_MS;
    tx.housekeep::<(String,)>(
        "INSERT INTO bank_tokens (hash, partner, until) VALUES ($1, $2, $3)",
        &[&hash_token(&given), &partner, &until],
    )?;
    Ok(given)
}

/// Whose token this is, as long as it lasts.
pub(crate) fn of_token(read: &mut Read<'_>, said: &str) -> Result<Option<Partner>> {
    let now_ms = read.now_ms();
    let row: Option<(String,)> = read.first(
        "SELECT partner FROM bank_tokens WHERE hash = $1 AND until > $2",
        &[&hash_token(said), &now_ms],
    )?;
    match row {
        Some((partner,)) => find(read, &partner),
        None => Ok(None),
    }
}
