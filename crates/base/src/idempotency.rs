//! A write is done once per key: the answer is kept in the transaction that made it.

use db::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Result;

/// Keys are given up after this long.
pub const KEEP_DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Answers removed by one `prune`.
const PRUNED_MAX: i64 = 2_000;
/// A longer key is refused at the edge.
pub const KEY_CHARS_MAX: usize = 128;

/// Runs `body` unless this actor's `key` was used before for the same `name`: then the first answer is given
/// again. `sent` is a fingerprint of what was asked; the key with something else in hand is `Invalid`
/// (`idempotency-key-reused`), because the first answer would not be an answer to it.
pub fn once<T: Serialize + DeserializeOwned>(
    tx: &mut Tx<'_>,
    name: &str,
    key: &str,
    sent: &str,
    body: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<T> {
    let scope = format!("{}/{name}/{key}", tx.actor().id);
    let kept: Option<(String, String)> =
        tx.first("SELECT answer, sent FROM base_answers WHERE key = $1", &[&scope])?;
    if let Some((answer, sent_then)) = kept {
        if sent_then != sent {
            return Err(crate::Error::invalid("Idempotency-Key", "idempotency-key-reused"));
        }
        return serde_json::from_str(&answer).map_err(crate::Error::broken);
    }
    let answer = body(tx)?;
    let text = serde_json::to_string(&answer).map_err(crate::Error::broken)?;
    let now_ms = tx.now_ms();
    tx.housekeep::<(String,)>(
        "INSERT INTO base_answers (key, answer, sent, at) VALUES ($1, $2, $3, $4) RETURNING key",
        &[&scope, &text, &sent, &now_ms],
    )?;
    Ok(answer)
}

/// Removes answers whose keys are given up. Called now and then; nothing depends on when.
pub fn prune(tx: &mut Tx<'_>) -> Result<()> {
    let before = tx.now_ms() - KEEP_DAYS * DAY_MS;
    tx.housekeep::<(String,)>(
        "DELETE FROM base_answers WHERE key IN (SELECT key FROM base_answers
         WHERE at < $1 ORDER BY at LIMIT $2) RETURNING key",
        &[&before, &PRUNED_MAX],
    )?;
    Ok(())
}
