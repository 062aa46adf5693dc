//! Commands about the city's keys: which are in use, a new one, and old ones that nothing needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use base::keyring::Keyring;
use base::safe::{Census, Locksmith, Safe};
use base::{Error, Finding};
use clap::Subcommand;
use serde::Serialize;

use crate::areas;
use crate::cli::FOUND;
use crate::house::House;
use crate::serve::say;
use crate::words;

/// A key must have been out of use for so long before it is taken away: what was sealed with it just
/// before may still be on its way into the database.
const REST_MS: u128 = 60 * 60 * 1000;

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Shows which key seals how much.
    Show,
    /// Makes a new key current and seals everything with it, while the city is being served.
    Rotate,
    /// Goes on with a rotation that was interrupted.
    Reseal,
    /// Takes old keys out of keys.toml that nothing needs any more.
    Retire,
}

/// One safe and how much of it each key seals.
#[derive(Serialize)]
pub(crate) struct Standing {
    pub(crate) safe: &'static str,
    /// By the number of the key.
    keys: BTreeMap<u16, u64>,
    /// Sealed with none that can be told.
    unreadable: u64,
}

impl Keys {
    pub(crate) fn run(self, house: &House, json: bool) -> Result<ExitCode, String> {
        let done = match self {
            Keys::Show => show(house, json),
            Keys::Rotate => rotate(house),
            Keys::Reseal => reseal(house, &house.keyring).map(|()| ExitCode::SUCCESS),
            Keys::Retire => return retire(house),
        };
        done.map_err(|e| words::of(&e))
    }
}

fn file(house: &House) -> PathBuf {
    house.config.data.join("keys.toml")
}

fn safes() -> Vec<Safe> {
    areas::areas().iter().flat_map(|area| area.safes).copied().collect()
}

/// How everything that is sealed stands.
pub(crate) fn standing(house: &House) -> Result<Vec<Standing>, Error> {
    let smith = Locksmith::new(&house.db, &house.files)?;
    let of = |safe: Safe| {
        let mut census: Census = smith.census(&safe)?;
        let unreadable = census.remove(&None).unwrap_or_default();
        let keys = census.into_iter().filter_map(|(key, rows)| Some((key?, rows))).collect();
        Ok(Standing { safe: safe.name, keys, unreadable })
    };
    safes().into_iter().map(of).collect()
}

impl Standing {
    /// How much is sealed with a key that is not the current one.
    pub(crate) fn old(&self, current: u16) -> u64 {
        self.keys.iter().filter(|(key, _)| **key != current).map(|(_, rows)| rows).sum()
    }

    /// What can never be opened with the keys there are.
    pub(crate) fn findings(&self, known: &[u16]) -> Vec<Finding> {
        let lost = self.keys.iter().filter(|(key, _)| !known.contains(key)).map(|(key, rows)| {
            let what = format!(
                "{rows} sealed with key {key}, which keys.toml does not hold; restore it from its copy"
            );
            Finding::new("keys", what, self.safe)
        });
        let torn = (self.unreadable > 0).then(|| {
            Finding::new(
                "keys",
                format!("{} are not sealed by any key", self.unreadable),
                self.safe,
            )
        });
        lost.chain(torn).collect()
    }
}

fn show(house: &House, json: bool) -> Result<ExitCode, Error> {
    let standing = standing(house)?;
    let known = house.keyring.generations();
    if json {
        let told = serde_json::json!({ "keys": known, "safes": standing });
        say(&serde_json::to_string_pretty(&told).map_err(Error::broken)?);
    } else {
        let current = known.last().copied().unwrap_or_default();
        say(&format!("Keys in keys.toml: {known:?}; key {current} is current."));
        for Standing { safe, keys, unreadable } in &standing {
            let each: Vec<String> =
                keys.iter().map(|(key, rows)| format!("{rows} with key {key}")).collect();
            let torn =
                if *unreadable > 0 { format!(", {unreadable} unreadable") } else { String::new() };
            say(&format!("{safe}: {}{torn}", each.join(", ")));
        }
    }
    let lost = standing.iter().any(|one| !one.findings(&known).is_empty());
    Ok(if lost { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

fn rotate(house: &House) -> Result<ExitCode, Error> {
    let keyring = Keyring::rotate(&file(house)).map_err(Error::broken)?;
    let current = keyring.generations().last().copied().unwrap_or_default();
    say(&format!("Key {current} is current. Copy keys.toml to where you keep it."));
    reseal(house, &keyring)?;
    say("Older keys are still in keys.toml; take them out tomorrow with `gerai keys retire`.");
    Ok(ExitCode::SUCCESS)
}

fn reseal(house: &House, keyring: &Keyring) -> Result<(), Error> {
    let smith = Locksmith::new(&house.db, &house.files)?;
    for safe in safes() {
        let count = smith.reseal(keyring, &safe)?;
        say(&format!("{}: {count} sealed again", safe.name));
    }
    Ok(())
}

fn retire(house: &House) -> Result<ExitCode, String> {
    let path = file(house);
    let changed = std::fs::metadata(&path).and_then(|it| it.modified());
    let changed = changed.map_err(|e| format!("{}: {e}", path.display()))?;
    let since = changed.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let now = u128::try_from(house.db.clock().now_ms()).unwrap_or_default();
    if now < since + REST_MS {
        return Err(
            "the keys changed less than an hour ago, and what was sealed before may still be \
                    on its way; try again later"
                .to_owned(),
        );
    }
    let standing = standing(house).map_err(|e| words::of(&e))?;
    let known = house.keyring.generations();
    let current = known.last().copied().unwrap_or_default();
    let old: u64 = standing.iter().map(|one| one.old(current)).sum();
    if old > 0 {
        return Err(format!("{old} are still sealed with an older key; run `gerai keys reseal`"));
    }
    let used: BTreeSet<u16> = standing.iter().flat_map(|one| one.keys.keys().copied()).collect();
    let gone = Keyring::retire(&path, &used).map_err(|e| e.to_string())?;
    say(&match gone.as_slice() {
        [] => "There was no old key.".to_owned(),
        gone => format!("Taken out: {gone:?}. Backups made before need their own keys.toml."),
    });
    Ok(ExitCode::SUCCESS)
}
