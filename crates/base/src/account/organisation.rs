//! The organisations people act for: agencies, businesses, banks, offices of the city.

use db::{FromRow, FromValue, Read, Row, ToValue, Tx, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::events::{OrganisationAdded, OrganisationRenamed};
use super::{MANAGE, containing, name_key};
use crate::{Error, Id, Problem, Result, require, words};

/// The identity of an organisation.
pub type OrganisationId = Id<Organisation>;

const NAME_CHARS_MIN: usize = 2;
const NAME_CHARS_MAX: usize = 160;
const CODE_CHARS_MAX: usize = 40;
/// Organisations in one answer.
pub const LIST_ROWS: i64 = 200;

/// What sort of organisation it is. Titles stand in the texts (`organisation-kind-…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// Buys for the city: a dinas, a badan, a kecamatan.
    Agency,
    /// A registered business.
    Business,
    /// A registered cooperative.
    Cooperative,
    /// Lends.
    Bank,
    /// Keeps the registry of businesses: the city's office for cooperatives and small businesses.
    RegistryOffice,
    /// Audits the others and is part of none of them.
    Inspectorate,
    /// Runs this installation: accounts and rules.
    CityOffice,
    /// Runs a market.
    Market,
    /// Runs the gallery.
    Gallery,
}

impl OrganisationKind {
    /// Every kind.
    pub const ALL: &'static [OrganisationKind] = &[
        OrganisationKind::Agency,
        OrganisationKind::Business,
        OrganisationKind::Cooperative,
        OrganisationKind::Bank,
        OrganisationKind::RegistryOffice,
        OrganisationKind::Inspectorate,
        OrganisationKind::CityOffice,
        OrganisationKind::Market,
        OrganisationKind::Gallery,
    ];

    /// What the desk keeps: the city's own offices.
    pub const OFFICES: &'static [OrganisationKind] = &[
        OrganisationKind::Agency,
        OrganisationKind::RegistryOffice,
        OrganisationKind::Inspectorate,
        OrganisationKind::CityOffice,
    ];

    /// The stable code: `city_office`.
    pub fn code(self) -> &'static str {
        match self {
            OrganisationKind::Agency => "agency",
            OrganisationKind::Business => "business",
            OrganisationKind::Cooperative => "cooperative",
            OrganisationKind::Bank => "bank",
            OrganisationKind::RegistryOffice => "registry_office",
            OrganisationKind::Inspectorate => "inspectorate",
            OrganisationKind::CityOffice => "city_office",
            OrganisationKind::Market => "market",
            OrganisationKind::Gallery => "gallery",
        }
    }

    /// The kind with this code.
    pub fn parse(code: &str) -> Option<OrganisationKind> {
        OrganisationKind::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The key of its title in the texts.
    pub fn text_key(self) -> String {
        format!("organisation-kind-{}", self.code().replace('_', "-"))
    }

    /// Whether it is the city's: officers are given roles there by the desk.
    pub fn is_office(self) -> bool {
        OrganisationKind::OFFICES.contains(&self)
    }
}

impl ToValue for OrganisationKind {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for OrganisationKind {
    const WANTED: &'static str = "a kind of organisation";
    fn from_value(value: Value<'_>) -> Option<Self> {
        OrganisationKind::parse(&String::from_value(value)?)
    }
}

/// Somebody that people act for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Organisation {
    pub id: OrganisationId,
    pub kind: OrganisationKind,
    pub name: String,
    /// What papers and the budget call it; one per kind.
    pub code: String,
    /// The row of the area that knows more: the id of a business in the registry.
    pub reference: Option<String>,
}

impl FromRow for Organisation {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Organisation {
            id: row.take()?,
            kind: row.take()?,
            name: row.take()?,
            code: row.take()?,
            reference: row.take()?,
        })
    }
}

/// A new organisation.
#[derive(Debug, Clone)]
pub struct Add {
    pub kind: OrganisationKind,
    pub name: String,
    pub code: String,
    pub reference: Option<String>,
}

/// The desk adds an organisation.
pub fn add(tx: &mut Tx<'_>, cmd: &Add) -> Result<Organisation> {
    require(tx, MANAGE)?;
    if named(tx, cmd.kind, &cmd.name)?.is_some()
        && by_code(tx, cmd.kind, cmd.code.trim())?.is_none()
    {
        return Err(Error::invalid("name", "account-organisation-name-taken"));
    }
    establish(tx, cmd)
}

/// The organisation of this kind that goes by this name.
fn named(
    read: &mut Read<'_>,
    kind: OrganisationKind,
    name: &str,
) -> Result<Option<OrganisationId>> {
    let found: Option<(OrganisationId,)> = read.first(
        "SELECT id FROM base_organisations WHERE kind = $1 AND name_key = $2 LIMIT 1",
        &[&kind, &name_key(&words::line(name))],
    )?;
    Ok(found.map(|(id,)| id))
}

/// The desk calls an office by a new name. What was written before keeps the old one; a business is
/// renamed in the registry.
pub fn rename_office(tx: &mut Tx<'_>, id: &OrganisationId, name: &str) -> Result<()> {
    require(tx, MANAGE)?;
    let office = find(tx, id)?;
    if !office.kind.is_office() {
        return Err(Error::NotFound);
    }
    if named(tx, office.kind, name)?.is_some_and(|other| other != *id) {
        return Err(Error::invalid("name", "account-organisation-name-taken"));
    }
    rename(tx, id, name)
}

/// The same for the command of another area that has decided it may be: an owner registers a
/// business. Asks for no permission.
pub fn establish(tx: &mut Tx<'_>, cmd: &Add) -> Result<Organisation> {
    let name = words::line(&cmd.name);
    let code = cmd.code.trim().to_owned();
    check(&name, &code)?;
    if by_code(tx, cmd.kind, &code)?.is_some() {
        return Err(Error::invalid("code", "account-organisation-code-taken"));
    }
    let (kind, reference) = (cmd.kind, cmd.reference.clone());
    let organisation = Organisation { id: tx.new_id(), kind, name, code, reference };
    let now_ms = tx.now_ms();
    tx.execute(
        "INSERT INTO base_organisations (id, kind, name, name_key, code, reference, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            &organisation.id,
            &organisation.kind,
            &organisation.name,
            &name_key(&organisation.name),
            &organisation.code,
            &organisation.reference,
            &now_ms,
        ],
    )?;
    let Organisation { id, name, code, .. } = &organisation;
    tx.record(&OrganisationAdded { organisation: id, kind, name, code })?;
    Ok(organisation)
}

/// Calls an organisation by a new name, for the command of another area that has decided it may: a
/// business was renamed. Asks for no permission; does nothing when the name stays.
pub fn rename(tx: &mut Tx<'_>, id: &OrganisationId, name: &str) -> Result<()> {
    let name = words::line(name);
    let before = find(tx, id)?;
    if before.name == name {
        return Ok(());
    }
    check(&name, &before.code)?;
    let rows = tx.execute(
        "UPDATE base_organisations SET name = $1, name_key = $2 WHERE id = $3",
        &[&name, &name_key(&name), id],
    )?;
    assert_eq!(rows, 1, "the organisation has just been found");
    tx.record(&OrganisationRenamed { organisation: id, before: &before.name, name: &name })?;
    Ok(())
}

fn check(name: &str, code: &str) -> Result<()> {
    let mut problems = Vec::new();
    if !(NAME_CHARS_MIN..=NAME_CHARS_MAX).contains(&name.chars().count()) {
        problems.push(Problem::with("name", "account-name-length", NAME_CHARS_MAX));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    if code.is_empty() || code.len() > CODE_CHARS_MAX || !code.chars().all(plain) {
        problems.push(Problem::with("code", "account-organisation-code-format", CODE_CHARS_MAX));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// The organisation, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &OrganisationId) -> Result<Organisation> {
    let organisation = read.first(
        "SELECT id, kind, name, code, reference FROM base_organisations WHERE id = $1",
        &[id],
    )?;
    organisation.ok_or(Error::NotFound)
}

/// Id and name of those of these ids that are organisations. Asks for no permission.
pub fn names(read: &mut Read<'_>, ids: &[&str]) -> Result<Vec<(String, String)>> {
    crate::among(read, "SELECT id, name FROM base_organisations WHERE id", ids)
}

/// The organisation of this kind with this code.
pub fn by_code(
    read: &mut Read<'_>,
    kind: OrganisationKind,
    code: &str,
) -> Result<Option<Organisation>> {
    Ok(read.first(
        "SELECT id, kind, name, code, reference FROM base_organisations
         WHERE kind = $1 AND code = $2",
        &[&kind, &code],
    )?)
}

/// The organisation that stands for this row of another area.
pub fn by_reference(read: &mut Read<'_>, reference: &str) -> Result<Option<Organisation>> {
    Ok(read.first(
        "SELECT id, kind, name, code, reference FROM base_organisations WHERE reference = $1",
        &[&reference],
    )?)
}

/// Organisations of one kind by name, at most `LIST_ROWS`.
pub fn of_kind(read: &mut Read<'_>, kind: OrganisationKind) -> Result<Vec<Organisation>> {
    Ok(read.all(
        "SELECT id, kind, name, code, reference FROM base_organisations
         WHERE kind = $1 ORDER BY name_key, id LIMIT $2",
        &[&kind, &LIST_ROWS],
    )?)
}

/// Organisations that officers can be given roles in, whose name contains `search`.
pub fn offices(read: &mut Read<'_>, search: &str) -> Result<Vec<Organisation>> {
    Ok(read.all(
        "SELECT id, kind, name, code, reference FROM base_organisations
         WHERE kind IN ('agency', 'registry_office', 'inspectorate', 'city_office') AND name_key LIKE $1 ESCAPE '!'
         ORDER BY name_key, id LIMIT $2",
        &[&containing(search), &LIST_ROWS],
    )?)
}
