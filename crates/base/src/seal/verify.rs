//! Recomputes every seal from the events and says where the first difference lies.

use db::Read;

use super::{NOTHING_BEFORE, STRETCH_MAX, Seal, hex, leaf, list, merkle};
use crate::keyring::verify_signature;
use crate::{Finding, Result, StoredEvent};

/// Past so many differences it is clear that something is broken.
const FINDINGS_MAX: usize = 100;
const SEALS_AT_ONCE: i64 = 50;

/// Everything that does not hold: seals against their chain and signature, events against their
/// seals. Empty if all is well.
pub fn verify_all(read: &mut Read<'_>, public_key: &[u8; 32]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut before: Option<Seal> = None;
    loop {
        let after = before.as_ref().map_or(0, |seal| seal.number);
        let seals = list(read, after, SEALS_AT_ONCE)?;
        if seals.is_empty() || findings.len() >= FINDINGS_MAX {
            return Ok(findings);
        }
        for seal in seals {
            check_chain(&seal, before.as_ref(), public_key, &mut findings);
            check_events(read, &seal, &mut findings)?;
            before = Some(seal);
        }
    }
}

fn found(what: impl Into<String>, place: String) -> Finding {
    Finding::new("seal", what, place)
}

fn check_chain(
    seal: &Seal,
    before: Option<&Seal>,
    public_key: &[u8; 32],
    findings: &mut Vec<Finding>,
) {
    let place = format!("seal {}", seal.number);
    let (number, first_seq) = before.map_or((1, 1), |b| (b.number + 1, b.last_seq + 1));
    if seal.number != number {
        findings.push(found(format!("seal {number} is missing"), place.clone()));
    } else if seal.first_seq != first_seq {
        let what = format!("it begins at event {}, not at {first_seq}", seal.first_seq);
        findings.push(found(what, place.clone()));
    }
    let previous = before.map_or(NOTHING_BEFORE, |b| b.hash.as_str());
    if seal.previous != previous {
        findings.push(found("it does not follow the seal before it", place.clone()));
    }
    let digest = seal.digest();
    if seal.hash != hex(&digest) {
        findings.push(found("it was changed after it was made", place.clone()));
    }
    let signature = data_encoding::HEXLOWER.decode(seal.signature.as_bytes());
    if !signature.is_ok_and(|signature| verify_signature(public_key, &digest, &signature)) {
        findings.push(found("the city's key did not sign it", place));
    }
}

fn check_events(read: &mut Read<'_>, seal: &Seal, findings: &mut Vec<Finding>) -> Result<()> {
    let (kept,): (Vec<u8>,) = read
        .first("SELECT leaves FROM base_seals WHERE number = $1", &[&seal.number])?
        .expect("a seal that was just listed");
    let (chunks, rest) = kept.as_chunks::<32>();
    let known = rest.is_empty() && hex(&merkle::root(chunks)) == seal.root;
    if !known {
        let what = "the hashes of its events do not make up its root";
        findings.push(found(what, format!("seal {}", seal.number)));
    }
    let events: Vec<StoredEvent> = read.all(
        "SELECT id, seq, at, actor, on_behalf_of, kind, subject, data FROM events
         WHERE seq >= $1 AND seq <= $2 ORDER BY seq LIMIT $3",
        &[&seal.first_seq, &seal.last_seq, &STRETCH_MAX],
    )?;
    for (seq, expected) in (seal.first_seq..=seal.last_seq).zip(chunks) {
        if findings.len() >= FINDINGS_MAX {
            break;
        }
        let place = format!("event {seq}, seal {}", seal.number);
        match events.binary_search_by_key(&Some(seq), |event| event.seq) {
            Err(_) => findings.push(found("the event is missing", place)),
            Ok(at) if leaf(&events[at]) != *expected => {
                let what = format!("event {} was changed after it was sealed", events[at].id);
                findings.push(found(what, place));
            }
            Ok(_) => {}
        }
    }
    Ok(())
}
