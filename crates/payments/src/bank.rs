//! How the city connects to the bank that takes its payments. Its own key and what both sides know lie
//! sealed; a real bank needs nothing but another profile.

use base::keyring::Keyring;
use base::safe::{Kept, Safe};
use base::webhook::HookUrl;
use base::{Error, Problem, Read, Result, Timestamp, Tx};
use serde::{Deserialize, Serialize};
use snap::VirtualAccount;
use snap::keys::{PrivateKey, PublicKey};

use crate::events::BankConnected;

const PURPOSE: &str = "payments.bank";
/// The one bank that gives codes out; also its name in the books.
pub(crate) const QRIS: &str = "qris";

/// What a bank and the city agreed on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// As people read it.
    pub name: String,
    /// What stands before the path of each service.
    pub url: String,
    /// For `X-PARTNER-ID`, also of the bank's notices.
    pub partner: String,
    /// For `X-CLIENT-KEY`.
    pub client_key: String,
    /// What both sides know.
    pub secret: String,
    /// For `CHANNEL-ID`.
    pub channel: String,
    /// Who is paid.
    pub merchant: String,
    /// Who collects, in the numbers that are paid into: up to eight digits. A bank that gives none has none.
    #[serde(default)]
    pub collector: Option<String>,
    /// What the bank shows at the city's services, where it is not [`Profile::client_key`].
    #[serde(default)]
    pub incoming_client_key: Option<String>,
    /// What the bank signs with there, where it is not [`Profile::secret`].
    #[serde(default)]
    pub incoming_secret: Option<String>,
    /// The city's own key in PEM, `BEGIN PRIVATE KEY`.
    pub private_key: String,
    /// The bank's key in PEM, `BEGIN PUBLIC KEY`.
    pub public_key: String,
    /// Where a simulated bank lets codes be paid; a real one has no such page.
    #[serde(default)]
    pub pay_page: Option<String>,
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Profile({}, the rest hidden)", self.name)
    }
}

impl Profile {
    /// What the bank shows to be given a token of the city.
    pub(crate) fn incoming_client_key(&self) -> &str {
        self.incoming_client_key.as_deref().unwrap_or(&self.client_key)
    }

    /// What the bank signs its requests to the city with.
    pub(crate) fn incoming_secret(&self) -> &str {
        self.incoming_secret.as_deref().unwrap_or(&self.secret)
    }

    fn check(&self) -> Result<()> {
        let mut problems = Vec::new();
        if let Err(problem) = HookUrl::parse("url", &self.url, true) {
            problems.push(problem);
        }
        if PrivateKey::parse(&self.private_key).is_err() {
            problems.push(Problem::new("private_key", "payments-key-wanted"));
        }
        if PublicKey::parse(&self.public_key).is_err() {
            problems.push(Problem::new("public_key", "payments-key-wanted"));
        }
        let collects = |digits: &String| VirtualAccount::parse(digits, "0").is_some();
        if !self.collector.as_ref().is_none_or(collects) {
            problems.push(Problem::new("collector", "payments-collector-wanted"));
        }
        let words = [
            ("name", &self.name),
            ("partner", &self.partner),
            ("client_key", &self.client_key),
            ("secret", &self.secret),
            ("channel", &self.channel),
            ("merchant", &self.merchant),
        ];
        let empty = words.iter().filter(|(_, word)| word.trim().is_empty());
        problems.extend(empty.map(|(field, _)| Problem::new(*field, "payments-word-wanted")));
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }
}

/// Connects the city to a bank, or changes how it is connected.
pub fn connect(tx: &mut Tx<'_>, keyring: &Keyring, profile: &Profile) -> Result<()> {
    profile.check()?;
    if find(tx, keyring)?.as_ref() == Some(profile) {
        return Ok(());
    }
    let plain = serde_json::to_vec(profile).map_err(Error::broken)?;
    let (sealed, now) = (keyring.seal_file(PURPOSE, &plain), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO payments_banks (id, name, profile, connected_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, profile = excluded.profile,
             connected_at = excluded.connected_at",
        &[&QRIS, &profile.name, &sealed, &now],
    )?;
    tx.record(&BankConnected { bank: QRIS, name: &profile.name })?;
    Ok(())
}

/// Whether codes can be had.
pub(crate) fn is_connected(read: &mut Read<'_>) -> Result<bool> {
    let banks =
        read.count("SELECT CAST(COUNT(*) AS BIGINT) FROM payments_banks WHERE id = $1", &[&QRIS])?;
    Ok(banks > 0)
}

/// How the city is connected, if it is.
pub(crate) fn find(read: &mut Read<'_>, keyring: &Keyring) -> Result<Option<Profile>> {
    let row: Option<(Vec<u8>,)> =
        read.first("SELECT profile FROM payments_banks WHERE id = $1", &[&QRIS])?;
    let Some((sealed,)) = row else { return Ok(None) };
    let plain = keyring.open_file(PURPOSE, &sealed).map_err(Error::broken)?;
    Ok(Some(serde_json::from_slice(&plain).map_err(Error::broken)?))
}

/// What payers see of the bank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BankShown {
    /// What it is called.
    pub name: String,
    /// Whether it gives numbers to pay into.
    pub gives_accounts: bool,
    /// Where a simulated one lets bills be paid; empty for a real one.
    pub pay_page: String,
}

impl BankShown {
    /// Where a simulated bank lets this be paid, a code or a number; empty at a real one.
    pub fn pays(&self, said: &str) -> String {
        if self.pay_page.is_empty() || said.is_empty() {
            return String::new();
        }
        let said: String = url::form_urlencoded::byte_serialize(said.as_bytes()).collect();
        format!("{}?code={said}", self.pay_page)
    }
}

/// What payers see of the bank, if the city is connected to one.
pub fn shown(read: &mut Read<'_>, keyring: &Keyring) -> Result<Option<BankShown>> {
    Ok(find(read, keyring)?.map(|profile| BankShown {
        name: profile.name,
        gives_accounts: profile.collector.is_some(),
        pay_page: profile.pay_page.unwrap_or_default(),
    }))
}

/// How the city is connected.
pub(crate) const PROFILES: Safe = Safe {
    name: "payments.banks.profile",
    purpose: PURPOSE,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT id, profile FROM payments_banks WHERE id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE payments_banks SET profile = $1 WHERE id = $2 AND profile = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};
