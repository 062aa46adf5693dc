//! Bringing in a DPA: the file is kept, shown with what it would change, and put into force by a
//! second look. A newer version changes ceilings, never below what is already held.

use base::account::{Organisation, OrganisationKind, organisation};
use base::{Error, FromRow, Id, Problem, Read, Result, Row, Rupiah, Timestamp, Tx, db, require};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::budget::{self, BudgetLine, Grant};
use crate::budget_file::{self, LineProblem};
use crate::duties;
use crate::events::BudgetImported;
use crate::refusal::Refusal;
use crate::{BUDGET, BUDGET_ANY};

/// The identity of an import.
pub type BudgetImportId = Id<BudgetImport>;

const DPA_CHARS_MAX: usize = 60;
const YEARS: std::ops::RangeInclusive<i64> = 2020..=2100;

/// A file that was brought in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BudgetImport {
    pub id: BudgetImportId,
    pub agency: Id<Organisation>,
    pub file: String,
    pub dpa: String,
    pub year: i64,
    #[serde(skip)]
    content: String,
    pub brought_at: Timestamp,
    pub applied_at: Option<Timestamp>,
    /// Lines that cannot be taken: with any, it never comes into force.
    pub faults: i64,
}

impl FromRow for BudgetImport {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(BudgetImport {
            id: row.take()?,
            agency: row.take()?,
            file: row.take()?,
            dpa: row.take()?,
            year: row.take()?,
            content: row.take()?,
            brought_at: row.take()?,
            applied_at: row.take()?,
            faults: row.take()?,
        })
    }
}

/// Brings a file.
#[derive(Debug, Clone)]
pub struct Bring {
    pub agency: Id<Organisation>,
    pub file: String,
    /// What the agency calls this version: `DPA 2026`, `DPPA 1`.
    pub dpa: String,
    pub year: i64,
    pub content: Vec<u8>,
}

/// What one line of the file would do.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Effect {
    pub line: usize,
    pub grant: Grant,
    /// The ceiling today, if the line exists.
    pub before: Option<Rupiah>,
    /// What is reserved, committed and spent today.
    pub held: Rupiah,
}

impl Effect {
    /// Whether the new ceiling is below what is held.
    pub(crate) fn too_low(&self) -> bool {
        self.grant.ceiling < self.held
    }

    /// `new`, `raised`, `lowered`, `same` or `too-low`: the end of a text key.
    pub(crate) fn word(&self) -> &'static str {
        match self.before {
            _ if self.too_low() => "too-low",
            None => "new",
            Some(before) if before < self.grant.ceiling => "raised",
            Some(before) if before > self.grant.ceiling => "lowered",
            Some(_) => "same",
        }
    }

    /// The tone of its tag.
    pub(crate) fn tone(&self) -> &'static str {
        match self.word() {
            "too-low" => "bad",
            "new" | "raised" => "ok",
            "lowered" => "warn",
            _ => "",
        }
    }
}

/// What a file would do, line by line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Preview {
    pub import: BudgetImport,
    pub effects: Vec<Effect>,
    pub problems: Vec<LineProblem>,
    /// Lines of that year that the file does not name: they stay as they are.
    pub stays: Vec<BudgetLine>,
}

impl Preview {
    /// Whether it can be put into force.
    pub(crate) fn is_ready(&self) -> bool {
        self.import.applied_at.is_none()
            && self.problems.is_empty()
            && !self.effects.is_empty()
            && !self.effects.iter().any(Effect::too_low)
    }

    /// All ceilings of the year once the file is in force.
    pub(crate) fn total_after(&self) -> Rupiah {
        let stays = Rupiah::sum(self.stays.iter().map(|line| line.ceiling));
        stays.and_then(|stays| stays.plus(self.total())).unwrap_or(Rupiah::MAX)
    }

    /// The ceilings of the file together.
    pub(crate) fn total(&self) -> Rupiah {
        let sum = Rupiah::sum(self.effects.iter().map(|effect| effect.grant.ceiling));
        sum.unwrap_or(Rupiah::MAX)
    }
}

/// What was put into force.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Applied {
    pub opened: i64,
    pub changed: i64,
    pub unchanged: i64,
}

/// Keeps a file for a look at what it would change.
pub fn bring(tx: &mut Tx<'_>, cmd: &Bring) -> Result<BudgetImportId> {
    may_import(tx, &cmd.agency)?;
    let agency = organisation::find(tx, &cmd.agency)?;
    let mut problems = Vec::new();
    if agency.kind != OrganisationKind::Agency {
        problems.push(Problem::new("agency", "procurement-agency-wanted"));
    }
    let dpa = cmd.dpa.trim();
    if dpa.is_empty() || dpa.chars().count() > DPA_CHARS_MAX {
        problems.push(Problem::with("dpa", "procurement-dpa-wanted", DPA_CHARS_MAX));
    }
    if !YEARS.contains(&cmd.year) {
        problems.push(Problem::new("year", "procurement-year-wanted"));
    }
    let faults = match budget_file::read(&cmd.content) {
        Ok(reading) => i64::try_from(reading.problems.len()).unwrap_or(i64::MAX),
        Err(problem) => {
            problems.push(problem);
            0
        }
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let content = String::from_utf8(cmd.content.clone()).map_err(Error::broken)?;
    let id: BudgetImportId = tx.new_id();
    let (now, actor) = (Timestamp::of(tx), tx.actor().id.clone());
    tx.execute(
        "INSERT INTO procurement_budget_imports (id, agency, file, dpa, year, content, brought_by,
             brought_at, faults) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[&id, &cmd.agency, &cmd.file, &dpa, &cmd.year, &content, &actor, &now, &faults],
    )?;
    tx.record(&crate::events::BudgetFileBrought { import: &id, agency: &cmd.agency, dpa })?;
    Ok(id)
}

/// What a file would change today.
pub(crate) fn preview(read: &mut Read<'_>, id: &BudgetImportId) -> Result<Preview> {
    let import = find(read, id)?;
    may_import(read, &import.agency)?;
    let reading = budget_file::read(import.content.as_bytes())
        .map_err(|problem| Error::broken(format!("a kept file is unreadable: {}", problem.code)))?;
    let mut effects = Vec::with_capacity(reading.grants.len());
    for (line, grant) in reading.grants {
        let known = budget::with_codes(read, &import.agency, import.year, &grant)?;
        let held = match &known {
            Some(known) => budget::used(read, &known.id)?.held(),
            None => Rupiah::ZERO,
        };
        effects.push(Effect { line, grant, before: known.map(|known| known.ceiling), held });
    }
    let named = |line: &BudgetLine| {
        let codes = |grant: &Grant| {
            grant.sub_activity == line.sub_activity && grant.account == line.account
        };
        effects.iter().any(|effect| codes(&effect.grant))
    };
    let mut stays = budget::of_agency(read, &import.agency, import.year)?;
    stays.retain(|line| !named(line));
    Ok(Preview { import, effects, problems: reading.problems, stays })
}

/// Puts a file into force. Lines it does not name stay as they are.
pub fn apply(tx: &mut Tx<'_>, id: &BudgetImportId) -> Result<Applied> {
    let preview = preview(tx, id)?;
    let import = &preview.import;
    if import.applied_at.is_some() {
        return Err(Refusal::AlreadyApplied.into());
    }
    if let Some(problem) = preview.problems.first() {
        return Err(Error::Invalid(vec![Problem::with("file", problem.code, problem.said())]));
    }
    if preview.effects.iter().any(Effect::too_low) {
        return Err(Refusal::CeilingTooLow.into());
    }
    let mut done = Applied { opened: 0, changed: 0, unchanged: 0 };
    for effect in &preview.effects {
        put(tx, import, &effect.grant, &mut done)?;
    }
    let now = Timestamp::of(tx);
    tx.execute("UPDATE procurement_budget_imports SET applied_at = $2 WHERE id = $1", &[id, &now])?;
    tx.record(&BudgetImported {
        import: id,
        agency: &import.agency,
        year: import.year,
        dpa: &import.dpa,
        opened: done.opened,
        changed: done.changed,
        total: preview.total(),
    })?;
    Ok(done)
}

fn put(tx: &mut Tx<'_>, import: &BudgetImport, grant: &Grant, done: &mut Applied) -> Result<()> {
    match budget::with_codes(tx, &import.agency, import.year, grant)? {
        None => {
            let Grant { sub_activity, account, name, ceiling } = grant.clone();
            let (id, agency, year) = (tx.new_id(), import.agency.clone(), import.year);
            let dpa = import.dpa.clone();
            let line = BudgetLine { id, agency, year, sub_activity, account, name, ceiling, dpa };
            done.opened += 1;
            budget::open(tx, &line)
        }
        Some(line) if line.ceiling == grant.ceiling && line.name == grant.name => {
            done.unchanged += 1;
            Ok(())
        }
        Some(line) => {
            done.changed += 1;
            budget::change(tx, &line, grant, &import.dpa)
        }
    }
}

/// The head of the agency for their own; the city's desk for any.
fn may_import(read: &Read<'_>, agency: &Id<Organisation>) -> Result<()> {
    if require(read, BUDGET_ANY).is_ok() {
        return Ok(());
    }
    require(read, BUDGET)?;
    if duties::acts_for(read, agency) { Ok(()) } else { Err(Error::NotFound) }
}

/// Files an agency's page still names.
const LATEST_MAX: i64 = 10;

/// What was brought in for an agency, newest first.
pub(crate) fn latest(read: &mut Read<'_>, agency: &Id<Organisation>) -> Result<Vec<BudgetImport>> {
    may_import(read, agency)?;
    Ok(read.all(
        "SELECT id, agency, file, dpa, year, '', brought_at, applied_at, faults
         FROM procurement_budget_imports WHERE agency = $1 ORDER BY id DESC LIMIT $2",
        &[agency, &LATEST_MAX],
    )?)
}

fn find(read: &mut Read<'_>, id: &BudgetImportId) -> Result<BudgetImport> {
    let import = read.first(
        "SELECT id, agency, file, dpa, year, content, brought_at, applied_at, faults
         FROM procurement_budget_imports WHERE id = $1",
        &[id],
    )?;
    import.ok_or(Error::NotFound)
}
