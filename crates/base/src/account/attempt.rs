//! How often something may be tried: a bucket per scope that fills with each attempt and drains with
//! time, kept as the one moment at which it will be empty (the generic cell rate algorithm).

use db::{Read, Tx};

use crate::{Result, Timestamp, keyring};

/// A bucket's size and how fast it drains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Attempts that fit at once.
    pub burst: i64,
    /// After this long one more fits.
    pub each_ms: i64,
}

impl Limit {
    /// So many in an hour, at once or spread over it.
    pub fn hourly(count: i64) -> Limit {
        let burst = count.max(1);
        Limit { burst, each_ms: 60 * MINUTE_MS / burst }
    }
}

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;

/// Passwords tried for one number or address, from wherever.
pub const IDENTIFIER: Limit = Limit { burst: 10, each_ms: 3 * MINUTE_MS };
/// Passwords tried from a browser that has signed this person in before.
pub const DEVICE: Limit = Limit { burst: 10, each_ms: MINUTE_MS };
/// Passwords tried from one neighbourhood of addresses. Wide: a whole kampung shares one.
pub const NETWORK: Limit = Limit { burst: 60, each_ms: 15 * SECOND_MS };
/// Passwords tried in the whole city, for attacks from many addresses on many accounts.
pub const CITY: Limit = Limit { burst: 2_000, each_ms: SECOND_MS / 2 };
/// Codes tried for one person after the right password.
pub const CODE: Limit = Limit { burst: 5, each_ms: 10 * MINUTE_MS };
/// Accounts opened in the whole city.
pub const REGISTER_CITY: Limit = Limit { burst: 1_000, each_ms: 5 * SECOND_MS };
/// Letters with a link to one number or address.
pub const RESET_IDENTIFIER: Limit = Limit { burst: 3, each_ms: 20 * MINUTE_MS };
/// Letters with a link asked for from one neighbourhood.
pub const RESET_NETWORK: Limit = Limit { burst: 20, each_ms: MINUTE_MS };

/// One bucket: whose, and how large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    key: String,
    limit: Limit,
}

impl Scope {
    /// The bucket `kind` of something that is stored as its hash only.
    pub fn of(kind: &str, whom: &str, limit: Limit) -> Scope {
        Scope { key: format!("{kind}:{}", keyring::hash_token(whom)), limit }
    }

    /// The bucket of the whole city.
    pub fn city(kind: &str, limit: Limit) -> Scope {
        Scope { key: kind.to_owned(), limit }
    }
}

/// Counts one attempt in every bucket, or in none when one of them is full: then says from when it
/// may be tried again.
pub fn count(tx: &mut Tx<'_>, scopes: &[Scope]) -> Result<Option<Timestamp>> {
    let now_ms = tx.now_ms();
    let mut retry_ms = None;
    for scope in scopes {
        let empty_at = empty_at(tx, scope)?.max(now_ms);
        let free_at = empty_at + scope.limit.each_ms - scope.limit.burst * scope.limit.each_ms;
        if free_at > now_ms {
            retry_ms = retry_ms.max(Some(free_at));
        }
    }
    if let Some(retry_ms) = retry_ms {
        return Ok(Some(Timestamp::from_ms(retry_ms)));
    }
    for scope in scopes {
        let empty_at = empty_at(tx, scope)?.max(now_ms) + scope.limit.each_ms;
        set(tx, scope, empty_at)?;
    }
    Ok(None)
}

/// Takes one attempt back: it was the right one.
pub fn forgive(tx: &mut Tx<'_>, scopes: &[Scope]) -> Result<()> {
    for scope in scopes {
        let empty_at = empty_at(tx, scope)?;
        set(tx, scope, empty_at - scope.limit.each_ms)?;
    }
    Ok(())
}

/// How many attempts still fit.
pub fn left(read: &mut Read<'_>, scope: &Scope) -> Result<i64> {
    let now_ms = read.now_ms();
    let waiting_ms = (empty_at(read, scope)? - now_ms).max(0);
    let Limit { burst, each_ms } = scope.limit;
    Ok((burst - (waiting_ms + each_ms - 1) / each_ms).max(0))
}

fn empty_at(read: &mut Read<'_>, scope: &Scope) -> Result<i64> {
    let row: Option<(i64,)> =
        read.first("SELECT empty_at FROM base_attempts WHERE scope = $1", &[&scope.key])?;
    Ok(row.map_or(0, |(empty_at,)| empty_at))
}

fn set(tx: &mut Tx<'_>, scope: &Scope, empty_at: i64) -> Result<()> {
    tx.housekeep::<(String,)>(
        "INSERT INTO base_attempts (scope, empty_at) VALUES ($1, $2)
         ON CONFLICT (scope) DO UPDATE SET empty_at = excluded.empty_at RETURNING scope",
        &[&scope.key, &empty_at],
    )?;
    Ok(())
}
