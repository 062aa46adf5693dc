//! Commands about the city as a whole: verify, back up, restore, move, index again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use base::account::membership;
use base::seal::{self, Coverage};
use base::{Error, Finding, Read, document};
use db::{Db, Options, TableDigest};
use serde::Serialize;

use crate::cli::FOUND;
use crate::config::Config;
use crate::house::House;
use crate::serve::say;
use crate::{areas, keys, words};

const DATABASE: &str = "city.db";
const MANIFEST: &str = "manifest.json";

#[derive(Serialize)]
struct Verdict {
    ok: bool,
    findings: Vec<Finding>,
    /// Sealed things that an older key opens, by where they are. Nothing is wrong with them.
    under_old_keys: BTreeMap<&'static str, u64>,
    #[serde(flatten)]
    coverage: Coverage,
}

/// Everything that must hold, in every room and area.
pub(crate) fn findings(house: &House) -> Result<Vec<Finding>, Error> {
    let public_key = house.keyring.public_key();
    let mut findings = house
        .db
        .read::<_, Error>(move |read| {
            let mut findings = seal::verify_all(read, &public_key)?;
            findings.extend(document::verify(read)?);
            findings.extend(membership::verify(read)?);
            Ok(findings)
        })
        .wait()?;
    for area in areas::areas() {
        let Some(verify) = area.verify else { continue };
        findings.extend(house.db.read(move |read: &mut Read<'_>| verify(read)).wait()?);
    }
    findings.extend(missing_files(house)?);
    let known = house.keyring.generations();
    findings.extend(keys::standing(house)?.iter().flat_map(|one| one.findings(&known)));
    Ok(findings)
}

/// What waits for `gerai keys reseal`.
fn under_old_keys(house: &House) -> Result<BTreeMap<&'static str, u64>, Error> {
    let current = house.keyring.generations().last().copied().unwrap_or_default();
    let standing = keys::standing(house)?;
    let old = standing.iter().map(|one| (one.safe, one.old(current)));
    Ok(old.filter(|(_, rows)| *rows > 0).collect())
}

/// Files that rows speak of and that are gone or damaged.
fn missing_files(house: &House) -> Result<Vec<Finding>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Error::broken)?;
    let mut findings = Vec::new();
    for area in areas::areas() {
        let Some(files) = area.files else { continue };
        let hashes = house.db.read(move |read: &mut Read<'_>| files(read)).wait()?;
        for hash in hashes {
            let gone = runtime.block_on(web::photo::missing(&house.files, &hash));
            let tell = |file| Finding::new(area.name, "a file is gone or damaged", file);
            findings.extend(gone.into_iter().map(tell));
        }
    }
    Ok(findings)
}

/// Exit 1 and where, if anything does not hold.
pub(crate) fn verify(house: &House, json: bool) -> Result<ExitCode, String> {
    let findings = findings(house).map_err(|e| words::of(&e))?;
    let ok = findings.is_empty();
    let under_old_keys = under_old_keys(house).map_err(|e| words::of(&e))?;
    let coverage: Coverage = house.db.read(seal::coverage).wait().map_err(|e| words::of(&e))?;
    if !json {
        for (safe, rows) in &under_old_keys {
            say(&format!("{safe}: {rows} under an older key; `gerai keys reseal` moves them"));
        }
    }
    if json {
        let verdict = Verdict { ok, findings, under_old_keys, coverage };
        say(&serde_json::to_string_pretty(&verdict).map_err(|e| e.to_string())?);
    } else if ok {
        say("Everything holds.");
    } else {
        for Finding { area, what, where_ } in &findings {
            say(&format!("{area}: {what} ({where_})"));
        }
    }
    if !json {
        let Coverage { seals, sealed, unsealed } = coverage;
        say(&format!(
            "{seals} seals over {sealed} events were checked; no seal covers {unsealed} newer events yet."
        ));
    }
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

/// Database, files and keys into one folder. The keys open personal numbers: keep it locked away.
pub(crate) fn backup(house: &House, folder: &Path) -> Result<ExitCode, String> {
    crate::private::folder(folder)?;
    let tables = house.db.backup_to(&folder.join(DATABASE), &areas::migrations());
    let tables = tables.map_err(|e| e.to_string())?;
    copy_folder(&house.config.data.join("files"), &folder.join("files"))?;
    fs::copy(house.config.data.join("keys.toml"), folder.join("keys.toml"))
        .map_err(|e| format!("keys.toml: {e}"))?;
    let manifest = serde_json::to_string_pretty(&tables).map_err(|e| e.to_string())?;
    fs::write(folder.join(MANIFEST), manifest).map_err(|e| e.to_string())?;
    say(&format!(
        "{} tables are in {}. Keep it safe: it holds the keys of personal numbers.",
        tables.len(),
        folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Fills an empty city from a backup and compares it with the manifest.
pub(crate) fn restore(config: &Config, folder: &Path) -> Result<ExitCode, String> {
    crate::private::folder(&config.data)?;
    let _held = crate::house::hold(config)?;
    let keys = config.data.join("keys.toml");
    if keys.exists() {
        return Err(format!(
            "{} is there already: restore into an empty data folder",
            keys.display()
        ));
    }
    let tables = db::restore(&folder.join(DATABASE), &config.database(), &areas::migrations());
    let tables = tables.map_err(|e| e.to_string())?;
    copy_folder(&folder.join("files"), &config.data.join("files"))?;
    fs::copy(folder.join("keys.toml"), keys).map_err(|e| format!("keys.toml: {e}"))?;
    let wanted = fs::read_to_string(folder.join(MANIFEST)).map_err(|e| e.to_string())?;
    let restored = serde_json::to_string_pretty(&tables).map_err(|e| e.to_string())?;
    if wanted != restored {
        return Err("what was restored differs from the manifest of the backup".to_owned());
    }
    say(&format!("{} tables are back. Run `gerai reindex` before serving.", tables.len()));
    Ok(ExitCode::SUCCESS)
}

/// Copies what is not there yet. A file gets its name when all of it is there, so that a copy that
/// was broken off can be taken up again. A folder that does not exist holds nothing.
fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    let told = |path: &Path| {
        let path = path.display().to_string();
        move |error: std::io::Error| format!("{path}: {error}")
    };
    fs::create_dir_all(to).map_err(told(to))?;
    if !from.try_exists().map_err(told(from))? {
        return Ok(());
    }
    for entry in fs::read_dir(from).map_err(told(from))? {
        let entry = entry.map_err(told(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else if !target.try_exists().map_err(told(&target))? {
            let part = target.with_extension("part");
            fs::copy(&source, &part).map_err(told(&source))?;
            fs::rename(&part, &target).map_err(told(&target))?;
        }
    }
    Ok(())
}

/// Copies the database to another engine or place and compares both, table by table.
pub(crate) fn move_to(house: &House, url: &str) -> Result<ExitCode, String> {
    let _held = house.hold()?;
    let to = Db::open(url, Options::default()).map_err(|e| format!("the destination: {e}"))?;
    to.migrate(areas::migrations()).wait().map_err(|e| format!("the destination: {e}"))?;
    let copied: Vec<TableDigest> = db::copy(&house.db, &to).map_err(|e| e.to_string())?;
    let (here, there) = (db::digest(&house.db), db::digest(&to));
    let (here, there) = (here.map_err(|e| e.to_string())?, there.map_err(|e| e.to_string())?);
    if here != there {
        return Err("the copy differs: another command wrote meanwhile. Empty the destination and try again"
            .to_owned());
    }
    say(&format!(
        "{} tables are the same on both sides. Set database_url to the new place and start again.",
        copied.len()
    ));
    Ok(ExitCode::SUCCESS)
}

/// The whole index again.
pub(crate) fn reindex(house: &House) -> Result<ExitCode, String> {
    let _held = house.hold()?;
    let index = house.index()?;
    let count = catalog::search::rebuild(&house.db, &index).map_err(|e| words::of(&e))?;
    say(&format!("{count} products can be found."));
    Ok(ExitCode::SUCCESS)
}
