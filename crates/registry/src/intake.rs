//! Rows of a list enter the registry, unverified: those with doubts in front of an officer, those
//! that look like another business held until a person has looked. A row that came in before adds
//! nothing.

use std::collections::HashMap;

use base::keyring::{Blinder, Keyring, Sealed};
use base::policy::{self, SizeClass, SizeClasses};
use base::{Date, Error, Id, Permission, Read, Result, Timestamp, Tx, digits, number, require};
use lists::{Code, DuplicateOf, Fate, ImportedRow, Mapping, Shape, Weight};
use particulars::region::RegionCode;
use serde::{Deserialize, Serialize};

use crate::business::{self, Business, BusinessId, Place, Source, State};
use crate::contact::Contact;
use crate::doubt::{self, Oddity};
use crate::events::{FileBrought, Happened, RowsApplied, ShapeTaught};
use crate::owner::{self, NewOwner};
use crate::pair;
use crate::registration;

/// May bring lists into the registry.
pub(crate) const IMPORT: Permission = Permission("registry.import");
/// What an owner's NIK is sealed for.
pub const NIK: &str = "registry.nik";
/// What the fingerprint of a row is hidden for: from the rest of a row and its fingerprint one
/// could otherwise find the numbers in it by trying.
pub(crate) const ROW: &str = "registry.import_row";
/// Rows of one transaction: enough to share a commit, and few enough that other writes do not
/// notice.
pub(crate) const BATCH_ROWS: usize = 500;

/// A file that was brought.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Brought {
    pub(crate) id: Id<Brought>,
    pub(crate) file: String,
    pub(crate) sha256: String,
}

/// Notes that a file was brought, before its rows enter.
pub(crate) fn bring(tx: &mut Tx<'_>, file: &str, sha256: &str, mapping: &str) -> Result<Brought> {
    require(tx, IMPORT)?;
    let (id, now): (Id<Brought>, _) = (tx.new_id(), Timestamp::of(tx));
    let actor = tx.actor().id.clone();
    tx.execute(
        "INSERT INTO registry_imports (id, file, sha256, mapping, summary, brought_by, brought_at, rows_done)
         VALUES ($1, $2, $3, $4, '', $5, $6, 0)",
        &[&id, &file, &sha256, &mapping, &actor, &now],
    )?;
    tx.record(&FileBrought { import: id.as_str(), file, sha256 })?;
    Ok(Brought { id, file: file.to_owned(), sha256: sha256.to_owned() })
}

/// A row ready to enter: what needs keys is done before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Entering {
    row: ImportedRow,
    fingerprint: u64,
    nik: Option<Sealed>,
    contact: Option<Contact>,
}

/// The fingerprint of a row as it is kept.
pub(crate) fn veiled(blinder: &Blinder, fingerprint: u64) -> u64 {
    let blind = blinder.blind(&format!("{fingerprint:016x}"));
    let half = blind.get(..16).and_then(|half| u64::from_str_radix(half, 16).ok());
    half.expect("a blind index is 32 hex digits")
}

impl Entering {
    /// Seals what is personal. Rows that are no businesses have nothing to enter.
    pub(crate) fn prepare(row: ImportedRow, keyring: &Keyring) -> Result<Option<Entering>> {
        let enters = matches!(row.fate, Fate::Accepted | Fate::Review | Fate::Duplicate);
        let Some(business) = row.business.as_ref().filter(|_| enters) else { return Ok(None) };
        let seal = |nik: &particulars::identity::Nik| {
            keyring.seal(NIK, nik.reveal(), &digits::nik_hidden(nik.reveal()))
        };
        let nik = business.nik.as_ref().map(seal).transpose().map_err(Error::broken)?;
        let phone = business.phone.clone();
        let contact = phone.map(|phone| Contact::seal(phone, keyring));
        let fingerprint = veiled(&keyring.blinder(ROW), row.fingerprint);
        Ok(Some(Entering { row, fingerprint, nik, contact }))
    }
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Records that are new in the registry, held ones included.
    pub(crate) added: i64,
    /// Rows that had come in before.
    pub(crate) known: i64,
}

/// Takes a batch of rows in, in one transaction.
pub(crate) fn take_in(
    tx: &mut Tx<'_>,
    region: &str,
    import: &Id<Brought>,
    rows: &[Entering],
) -> Result<Taken> {
    require(tx, IMPORT)?;
    let today = Date::today(tx);
    let classes = policy::at::<SizeClasses>(tx, today)?.body;
    let mut arrival = Arrival { import, classes: &classes, lines: HashMap::new() };
    let mut fresh = Vec::new();
    for entering in rows {
        fresh.extend(arrival.announce(tx, entering)?.map(|id| (id, entering)));
    }
    let added = i64::try_from(fresh.len()).expect("a batch is small");
    let first = number::several(tx, registration::SERIES, added)?;
    for (serial, (id, entering)) in (first..).zip(fresh) {
        arrival.enter(tx, (id, registration::number_of(region, serial)), entering)?;
    }
    let done = i64::try_from(rows.len()).expect("a batch is small");
    let rows = tx.execute(
        "UPDATE registry_imports SET rows_done = rows_done + $1 WHERE id = $2",
        &[&added, import],
    )?;
    assert_eq!(rows, 1, "an import is noted before its rows enter");
    tx.record(&RowsApplied { import: import.as_str(), rows: done, businesses: added })?;
    Ok(Taken { added, known: done - added })
}

/// One batch of a list on its way in.
struct Arrival<'a> {
    import: &'a Id<Brought>,
    classes: &'a SizeClasses,
    /// What the lines of this batch became.
    lines: HashMap<(String, i64), BusinessId>,
}

/// Where a row stands: the name of its sheet, empty without sheets, and its line.
fn place(sheet: Option<&String>, line: u32) -> (String, i64) {
    (sheet.cloned().unwrap_or_default(), i64::from(line))
}

impl Arrival<'_> {
    /// Notes a row. Gives the id it enters under, if it did not come in before.
    fn announce(&mut self, tx: &mut Tx<'_>, entering: &Entering) -> Result<Option<BusinessId>> {
        let row = &entering.row;
        let (sheet, line) = place(row.sheet.as_ref(), row.line);
        let fingerprint = format!("{:016x}", entering.fingerprint);
        let id: BusinessId = tx.new_id();
        let noted = tx.execute(
            "INSERT INTO registry_import_rows (fingerprint, import_id, sheet, line, business_id)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (fingerprint) DO NOTHING",
            &[&fingerprint, self.import, &sheet, &line, &id],
        )?;
        if noted == 1 {
            self.lines.insert((sheet, line), id.clone());
            return Ok(Some(id));
        }
        let (known,): (BusinessId,) = tx.one(
            "SELECT business_id FROM registry_import_rows WHERE fingerprint = $1",
            &[&fingerprint],
        )?;
        self.lines.insert((sheet, line), known);
        Ok(None)
    }

    /// Takes a row in under its id and number.
    fn enter(
        &self,
        tx: &mut Tx<'_>,
        name: (BusinessId, String),
        Entering { row, nik, contact, .. }: &Entering,
    ) -> Result<()> {
        let read = row.business.as_ref().expect("prepare lets only businesses through");
        let owner = owner_of(tx, read, nik.as_ref(), contact.as_ref())?;
        let mut new = registration::numbered(tx, name, owner, Source::Import);
        describe(&mut new, read, self.classes);
        new.phone = contact.as_ref().map(|contact| contact.business.clone());
        let twin = self.twin(tx, row)?;
        new.state = if twin.is_some() { State::Held } else { State::Submitted };
        business::insert(tx, &new)?;
        doubts(tx, &new.id, row)?;
        if let Some(older) = twin {
            pair::suspect(tx, &new.id, &older, likeness(row))?;
        }
        let submitted = Happened::Submitted { number: &new.number, source: "import" };
        tx.record(&submitted.to(&new.id))?;
        Ok(())
    }

    /// The record that a duplicate row repeats.
    fn twin(&self, read: &mut Read<'_>, row: &ImportedRow) -> Result<Option<BusinessId>> {
        match &row.duplicate_of {
            None => Ok(None),
            Some(DuplicateOf::Number { number }) => match business::by_number(read, number) {
                Err(Error::NotFound) => Ok(None),
                found => found.map(|business| Some(business.id)),
            },
            Some(DuplicateOf::Line { sheet, line }) => {
                let (sheet, line) = place(sheet.as_ref(), *line);
                if let Some(id) = self.lines.get(&(sheet.clone(), line)) {
                    return Ok(Some(id.clone()));
                }
                record_of(read, self.import, &sheet, line)
            }
        }
    }
}

/// Why a row was taken for another business, as the pair says it.
fn likeness(row: &ImportedRow) -> &'static str {
    let reason = |problem: &lists::Problem| match problem.code {
        Code::SameNib => Some("nib"),
        Code::SamePoint => Some("name_and_place"),
        Code::SamePhone => Some("name_and_phone"),
        Code::SameAddress => Some("name_and_address"),
        Code::SameOwner => Some("name_and_owner"),
        Code::SameCompany => Some("company"),
        _ => None,
    };
    row.problems.iter().find_map(reason).unwrap_or("list")
}

/// Puts what the import could not make sense of before an officer.
fn doubts(tx: &mut Tx<'_>, business: &BusinessId, row: &ImportedRow) -> Result<()> {
    for problem in row.problems.iter().filter(|p| p.code.weight() == Weight::Doubt) {
        let field = problem.field.map_or("row", lists::Field::as_str);
        let (problem, code) = (problem.veiled(), problem.code.as_str());
        let (read, hint) = (problem.read.as_str(), problem.hint.as_str());
        doubt::raise(tx, business, &Oddity { field, code, read, hint })?;
    }
    Ok(())
}

/// One owner may stand in many rows: the same NIK, or the same name with the same phone.
fn owner_of(
    tx: &mut Tx<'_>,
    read: &lists::Business,
    nik: Option<&Sealed>,
    contact: Option<&Contact>,
) -> Result<Id<owner::Owner>> {
    let name = read.owner.as_deref().unwrap_or(&read.name);
    let phone = contact.map(|contact| &contact.owner);
    if let Some(nik) = nik
        && let Some(known) = owner::by_nik(tx, &nik.blind)?
    {
        return Ok(known.id);
    }
    if let (None, Some(phone)) = (nik, phone)
        && let Some(known) = owner::by_name_and_phone(tx, name, phone)?
    {
        return Ok(known.id);
    }
    owner::insert(tx, &NewOwner { name, person: None, nik, phone })
}

fn describe(new: &mut Business, read: &lists::Business, classes: &SizeClasses) {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let unit = |number: u16| format!("{number:03}");
    new.name.clone_from(&read.name);
    new.category = text(&read.category);
    new.activity = text(&read.activity);
    new.kbli = read.kbli.as_ref().map(|code| code.as_str().to_owned());
    new.nib = read.nib.as_ref().map(|nib| nib.as_str().to_owned());
    new.annual_sales = read.annual_sales;
    new.assets = read.assets;
    new.workers = read.workers.map(i64::from);
    let village = read.region.as_ref();
    let district = read.district.clone().or_else(|| village.and_then(RegionCode::parent));
    new.place = Place {
        street: text(&read.street),
        rt: read.rt.map(unit),
        rw: read.rw.map(unit),
        landmark: text(&read.landmark),
        district: district.map(|code| code.as_str().to_owned()),
        village: village.map(|code| code.as_str().to_owned()),
        latitude: read.point.map(particulars::point::GeoPoint::latitude),
        longitude: read.point.map(particulars::point::GeoPoint::longitude),
    };
    new.size_class = size_class(read, classes);
}

fn size_class(read: &lists::Business, classes: &SizeClasses) -> Option<SizeClass> {
    let by_sales = read.annual_sales.map(|sales| classes.class_by_sales(sales));
    by_sales.or_else(|| read.assets.map(|assets| classes.class_by_capital(assets)))
}

/// Keeps what became of a file: its counts.
pub(crate) fn conclude(tx: &mut Tx<'_>, import: &Id<Brought>, summary: &str) -> Result<()> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE registry_imports SET summary = $1, applied_at = $2 WHERE id = $3",
        &[&summary, &now, import],
    )?;
    assert_eq!(rows, 1, "an import is noted before it is concluded");
    tx.record(&RowsApplied { import: import.as_str(), rows: 0, businesses: 0 })?;
    Ok(())
}

/// The list and row that a record came in with.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub(crate) struct Origin {
    pub(crate) import: Id<Brought>,
    pub(crate) file: String,
    /// The sheet, in files that have sheets.
    pub(crate) sheet: String,
    pub(crate) line: i64,
    /// Whether the list came through the page, which shows it to this reader.
    pub(crate) is_shown: bool,
}

/// Where a record came from, if a list brought it.
pub(crate) fn origin(read: &mut Read<'_>, business: &BusinessId) -> Result<Option<Origin>> {
    type Found = (Id<Brought>, String, String, i64, Option<String>);
    let found: Option<Found> = read.first(
        "SELECT r.import_id, i.file, r.sheet, r.line, l.state FROM registry_import_rows r
         JOIN registry_imports i ON i.id = r.import_id
         LEFT JOIN registry_lists l ON l.import_id = r.import_id
         WHERE r.business_id = $1 ORDER BY r.fingerprint LIMIT 1",
        &[business],
    )?;
    let shows = require(read, IMPORT).is_ok();
    Ok(found.map(|(import, file, sheet, line, state)| Origin {
        import,
        file,
        sheet,
        line,
        is_shown: shows && state.is_some(),
    }))
}

/// The record that a row of a list became.
pub(crate) fn record_of(
    read: &mut Read<'_>,
    import: &Id<Brought>,
    sheet: &str,
    line: i64,
) -> Result<Option<BusinessId>> {
    let found: Option<(BusinessId,)> = read.first(
        "SELECT business_id FROM registry_import_rows
         WHERE import_id = $1 AND sheet = $2 AND line = $3",
        &[import, &sheet, &line],
    )?;
    Ok(found.map(|(id,)| id))
}

/// What a person said about the columns of files of this shape.
pub(crate) fn remembered(read: &mut Read<'_>, shape: &Shape) -> Result<Option<Mapping>> {
    let kept: Option<(String,)> =
        read.first("SELECT mapping FROM registry_shapes WHERE shape = $1", &[&shape.0])?;
    kept.map(|(text,)| serde_json::from_str(&text).map_err(Error::broken)).transpose()
}

/// Remembers what a person said about the columns of files of this shape.
pub(crate) fn remember(tx: &mut Tx<'_>, shape: &Shape, mapping: &Mapping) -> Result<()> {
    require(tx, IMPORT)?;
    let (text, now) = (serde_json::to_string(mapping).map_err(Error::broken)?, Timestamp::of(tx));
    tx.execute(
        "INSERT INTO registry_shapes (shape, mapping, taught_at) VALUES ($1, $2, $3)
         ON CONFLICT (shape) DO UPDATE SET mapping = excluded.mapping, taught_at = excluded.taught_at",
        &[&shape.0, &text, &now],
    )?;
    tx.record(&ShapeTaught { shape: &shape.0 })?;
    Ok(())
}
