//! Signing in: knock (counts the attempt and gives what the password is checked against), check the
//! password outside the transaction, enter, and show the second factor where there is one.

use db::{Read, Tx};

use super::attempt::{self, Scope};
use super::events::SignedIn;
use super::second_factor::{self, Verdict};
use super::session::{self, Length, Opening, SessionId};
use super::{Identifier, PersonId, password, person};
use crate::keyring::Keyring;
use crate::{Error, Result, Timestamp};

/// A browser is known for this long after its last full sign-in.
pub const DEVICE_MS: i64 = 180 * 24 * 60 * 60 * 1000;

/// Somebody says who they are.
#[derive(Debug, Clone)]
pub struct Knock {
    pub identifier: Identifier,
    /// The neighbourhood of their address: /24 of IPv4, /48 of IPv6.
    pub network: String,
    /// The hash of the browser's device cookie.
    pub device: Option<String>,
}

/// Whether a password may be tried now.
#[derive(Debug, Clone)]
pub enum Door {
    Open(Candidate),
    /// `account-too-many-attempts`: from then on one more.
    Shut {
        retry_at: Timestamp,
    },
}

/// Who it would be if the password is right. Nobody may be behind it: the hash is checked all the
/// same, so that the time does not tell.
#[derive(Debug, Clone)]
pub struct Candidate {
    person: Option<PersonId>,
    hash: Option<password::Hash>,
    scopes: Vec<Scope>,
}

impl Candidate {
    /// What the password is checked against.
    pub fn hash(&self) -> Option<password::Hash> {
        self.hash.clone()
    }
}

/// Counts the attempt before the password is looked at. A browser that this person has signed in
/// from counts for itself, so strangers' attempts do not lock it out.
pub fn knock(tx: &mut Tx<'_>, cmd: &Knock) -> Result<Door> {
    let person = person::by_identifier(tx, &cmd.identifier)?.map(|person| person.id);
    let device = match (&person, &cmd.device) {
        (Some(person), Some(device)) if is_known(tx, person, device)? => Some(device),
        _ => None,
    };
    let scopes = match device {
        Some(device) => vec![Scope::of("device", device, attempt::DEVICE)],
        None => vec![
            Scope::of("identifier", cmd.identifier.as_str(), attempt::IDENTIFIER),
            Scope::of("network", &cmd.network, attempt::NETWORK),
            Scope::city("city", attempt::CITY),
        ],
    };
    if let Some(retry_at) = attempt::count(tx, &scopes)? {
        return Ok(Door::Shut { retry_at });
    }
    let hash = match &person {
        Some(person) => person::password_of(tx, person)?,
        None => None,
    };
    Ok(Door::Open(Candidate { person, hash, scopes }))
}

fn is_known(read: &mut Read<'_>, person: &PersonId, device: &str) -> Result<bool> {
    let now_ms = read.now_ms();
    let row: Option<(String,)> = read.first(
        "SELECT token_hash FROM base_devices
         WHERE token_hash = $1 AND person = $2 AND expires_at > $3",
        &[&device, person, &now_ms],
    )?;
    Ok(row.is_some())
}

/// A browser that gets a session.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The hash of the new session's token.
    pub token_hash: String,
    /// The hash of a device token, given to the browser when it is the person's own.
    pub device_hash: Option<String>,
    /// `Chrome, Android`: what the list of sessions shows.
    pub device: String,
    /// The hash of the token the browser held before, which ends.
    pub before: Option<String>,
}

/// How far somebody got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// Signed in.
    In { person: PersonId, length: Length },
    /// The second factor is asked; the token waits for it ten minutes.
    AwaitsCode { person: PersonId },
}

/// The password was right: opens a session under a new token.
pub fn enter(tx: &mut Tx<'_>, candidate: &Candidate, arrival: &Arrival) -> Result<Entered> {
    let Candidate { person, hash, scopes } = candidate;
    let (Some(person), Some(_)) = (person, hash) else {
        return Err(Error::Refused("account-wrong-password"));
    };
    if person::password_of(tx, person)? != *hash {
        return Err(Error::Refused("account-wrong-password"));
    }
    attempt::forgive(tx, scopes)?;
    arrive(tx, person, arrival)
}

/// Opens a session for somebody whose password was checked or set just now. Nothing is checked here.
pub fn arrive(tx: &mut Tx<'_>, person: &PersonId, arrival: &Arrival) -> Result<Entered> {
    if let Some(before) = &arrival.before {
        session::end(tx, before)?;
    }
    let awaits_code = second_factor::standing(tx, person)?.since.is_some();
    let opening = Opening {
        person,
        token_hash: &arrival.token_hash,
        device: &arrival.device,
        stay: arrival.device_hash.is_some(),
        awaits_code,
    };
    let length = session::open(tx, &opening)?;
    let person = person.clone();
    if awaits_code {
        return Ok(Entered::AwaitsCode { person });
    }
    remember(tx, &person, arrival.device_hash.as_deref())?;
    tx.record(&SignedIn { person: &person, device: &arrival.device, second_factor: false })?;
    Ok(Entered::In { person, length })
}

/// Counts an account that somebody wants to open; says from when it may be tried again. How many
/// one neighbourhood opens in an hour the city decides: a registration day in a hall is one, too.
pub fn knock_to_join(tx: &mut Tx<'_>, network: &str, hourly: i64) -> Result<Option<Timestamp>> {
    let scopes = [
        Scope::of("join-network", network, attempt::Limit::hourly(hourly)),
        Scope::city("join", attempt::REGISTER_CITY),
    ];
    attempt::count(tx, &scopes)
}

fn remember(tx: &mut Tx<'_>, person: &PersonId, device_hash: Option<&str>) -> Result<()> {
    let Some(device_hash) = device_hash else { return Ok(()) };
    let expires_at = tx.now_ms() + DEVICE_MS;
    tx.housekeep::<(String,)>(
        "INSERT INTO base_devices (token_hash, person, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (token_hash) DO UPDATE SET person = excluded.person,
         expires_at = excluded.expires_at RETURNING token_hash",
        &[&device_hash, person, &expires_at],
    )?;
    Ok(())
}

/// Who is waiting to show a second factor under this token.
pub fn waiting(read: &mut Read<'_>, token_hash: &str) -> Result<Option<(SessionId, PersonId)>> {
    let now_ms = read.now_ms();
    Ok(read.first(
        "SELECT id, person FROM base_sessions
         WHERE token_hash = $1 AND stage = 'code' AND expires_at > $2",
        &[&token_hash, &now_ms],
    )?)
}

/// The second factor, or a code on paper.
#[derive(Debug, Clone)]
pub struct Prove {
    /// The token that waits.
    pub waiting_hash: String,
    pub code: String,
    /// Whether the phone lies on the table for everybody who looks, as in the demo: then a code
    /// serves for as long as it is shown. In a city it serves once.
    pub shared: bool,
    /// The token of the full session.
    pub token_hash: String,
    pub device_hash: Option<String>,
}

/// What came of the second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    In {
        person: PersonId,
        length: Length,
    },
    Wrong {
        left: i64,
    },
    Shut {
        retry_at: Timestamp,
    },
    /// Ten minutes have passed: begin with the password again.
    Expired,
}

/// Checks the code; the session becomes a full one under a new token.
pub fn prove(tx: &mut Tx<'_>, keys: &Keyring, cmd: &Prove) -> Result<Proof> {
    let Some((session, person)) = waiting(tx, &cmd.waiting_hash)? else {
        return Ok(Proof::Expired);
    };
    match second_factor::check(tx, keys, &person, cmd)? {
        Verdict::Wrong { left } => return Ok(Proof::Wrong { left }),
        Verdict::Shut { retry_at } => return Ok(Proof::Shut { retry_at }),
        Verdict::Right => {}
    }
    let length = session::complete(tx, &session, &cmd.token_hash)?;
    remember(tx, &person, cmd.device_hash.as_deref())?;
    let device = session::device_of(tx, &session)?;
    tx.record(&SignedIn { person: &person, device: &device, second_factor: true })?;
    Ok(Proof::In { person, length })
}
