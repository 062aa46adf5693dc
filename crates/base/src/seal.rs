//! Seals: proof, afterwards, that nobody changed, removed or slipped in an event.
//!
//! In the background each finished stretch of numbered events gets a Merkle root. A seal names the
//! stretch, its root and the hash of the seal before it, and the city's key signs all three, so the
//! last seal vouches for every event since the first. The hashes of the single events are kept
//! beside the root: they tell which event differs, not only that one does.

mod merkle;
mod verify;

use db::{Db, FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use verify::verify_all;

use crate::{Result, StoredEvent, Timestamp, consumer};

/// One seal covers no more events than this.
pub const STRETCH_MAX: i64 = 1_000;
/// A shorter stretch is finished when its oldest event has waited this long.
pub const STRETCH_MS: i64 = 5 * 60 * 1000;
/// What stands where the first seal names the one before it.
const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A seal as it is kept and shown to witnesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Seal {
    /// 1, 2, 3 …
    pub number: i64,
    /// The place of its first event in the series.
    pub first_seq: i64,
    /// The place of its last event.
    pub last_seq: i64,
    /// The Merkle root of its events, in hex.
    pub root: String,
    /// The hash of the seal before it.
    pub previous: String,
    /// The hash of all the above.
    pub hash: String,
    /// The city's signature over the hash, in hex.
    pub signature: String,
    /// When it was made.
    pub sealed_at: Timestamp,
}

impl FromRow for Seal {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Seal {
            number: row.take()?,
            first_seq: row.take()?,
            last_seq: row.take()?,
            root: row.take()?,
            previous: row.take()?,
            hash: row.take()?,
            signature: row.take()?,
            sealed_at: row.take()?,
        })
    }
}

impl Seal {
    /// What is hashed and signed: version, number, stretch, root, predecessor, moment.
    fn digest(&self) -> [u8; 32] {
        let text = format!(
            "gerai seal 1\n{}\n{}\n{}\n{}\n{}\n{}\n",
            self.number,
            self.first_seq,
            self.last_seq,
            self.root,
            self.previous,
            self.sealed_at.as_ms()
        );
        Sha256::digest(text).into()
    }
}

/// Seals the next stretch of numbered events that is finished: a thousand of them, or fewer once
/// the oldest has waited five minutes. Nothing if there is none. `sign` gives the city's signature
/// over what it is handed.
pub fn seal_next(
    db: &Db,
    sign: impl Fn(&[u8]) -> [u8; 64] + Send + 'static,
) -> Result<Option<Seal>> {
    db.write("seal.next", move |tx| next(tx, &sign)).wait()
}

/// The latest seal, which vouches for everything before it.
pub fn latest(read: &mut Read<'_>) -> Result<Option<Seal>> {
    Ok(read.first(
        "SELECT number, first_seq, last_seq, root, previous, hash, signature, sealed_at
         FROM base_seals ORDER BY number DESC LIMIT 1",
        &[],
    )?)
}

/// How many numbered events no seal covers yet, and since when the oldest of them waits.
pub fn waiting(read: &mut Read<'_>) -> Result<(i64, Option<Timestamp>)> {
    let sealed = latest(read)?.map_or(0, |seal| seal.last_seq);
    Ok(read.one(
        "SELECT CAST(COUNT(*) AS BIGINT), CAST(MIN(at) AS BIGINT) FROM events WHERE seq > $1",
        &[&sealed],
    )?)
}

/// How far the seals reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How many there are.
    pub seals: i64,
    /// Events they vouch for.
    pub sealed: i64,
    /// Newer events that no seal covers yet.
    pub unsealed: i64,
}

/// How far the seals reach: what `verify_all` cannot vouch for is told, not passed over.
pub fn coverage(read: &mut Read<'_>) -> Result<Coverage> {
    let last = latest(read)?;
    let (seals, sealed) = last.map_or((0, 0), |seal| (seal.number, seal.last_seq));
    let (unsealed,): (i64,) = read.one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE seq IS NULL OR seq > $1",
        &[&sealed],
    )?;
    Ok(Coverage { seals, sealed, unsealed })
}

/// Seals after number `after`, oldest first: what a witness asks for.
pub fn list(read: &mut Read<'_>, after: i64, limit: i64) -> Result<Vec<Seal>> {
    Ok(read.all(
        "SELECT number, first_seq, last_seq, root, previous, hash, signature, sealed_at
         FROM base_seals WHERE number > $1 ORDER BY number LIMIT $2",
        &[&after, &limit],
    )?)
}

fn next(tx: &mut Tx<'_>, sign: &impl Fn(&[u8]) -> [u8; 64]) -> Result<Option<Seal>> {
    let before = latest(tx)?;
    let (number, last_seq, previous) = match before {
        Some(seal) => (seal.number + 1, seal.last_seq, seal.hash),
        None => (1, 0, NOTHING_BEFORE.to_owned()),
    };
    let events = consumer::after(tx, last_seq, STRETCH_MAX)?;
    let (Some(first), Some(last)) = (events.first(), events.last()) else { return Ok(None) };
    let full = i64::try_from(events.len()).is_ok_and(|count| count >= STRETCH_MAX);
    if !full && tx.now_ms() - first.at.as_ms() < STRETCH_MS {
        return Ok(None);
    }
    let leaves: Vec<[u8; 32]> = events.iter().map(leaf).collect();
    let mut seal = Seal {
        number,
        first_seq: place(first),
        last_seq: place(last),
        root: hex(&merkle::root(&leaves)),
        previous,
        hash: String::new(),
        signature: String::new(),
        sealed_at: Timestamp::of(tx),
    };
    let digest = seal.digest();
    seal.hash = hex(&digest);
    seal.signature = hex(&sign(&digest));
    tx.housekeep::<(i64,)>(
        "INSERT INTO base_seals (number, first_seq, last_seq, leaves, root, previous, hash,
             signature, sealed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            &seal.number,
            &seal.first_seq,
            &seal.last_seq,
            &leaves.concat().as_slice(),
            &seal.root,
            &seal.previous,
            &seal.hash,
            &seal.signature,
            &seal.sealed_at,
        ],
    )?;
    Ok(Some(seal))
}

fn place(event: &StoredEvent) -> i64 {
    event.seq.expect("only numbered events are handed out")
}

/// The hash of one event: every field with its length before it, so that no two events can be
/// written to the same bytes.
fn leaf(event: &StoredEvent) -> [u8; 32] {
    let mut bytes = Vec::with_capacity(event.data.len() + 256);
    let mut field = |text: Option<&str>| match text {
        None => bytes.push(0),
        Some(text) => {
            bytes.push(1);
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
    };
    field(Some(&event.id));
    field(Some(&event.seq.unwrap_or_default().to_string()));
    field(Some(&event.at.as_ms().to_string()));
    field(Some(&event.actor));
    field(event.on_behalf_of.as_deref());
    field(Some(&event.kind));
    field(Some(&event.subject));
    field(Some(&event.data));
    merkle::leaf(&bytes)
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
