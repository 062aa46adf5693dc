//! A business: what it is called, where it stands, what it does, and how far the city has checked
//! it. Nothing is deleted; a business is closed or merged into another.

use base::account::{Organisation, Person};
use base::keyring::Sealed;
use base::policy::SizeClass;
use base::safe::{Kept, Safe};
use base::{Date, Error, FromRow, Id, Read, Result, Row, Rupiah, Timestamp, Tx, db};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::owner::Owner;

/// The id of a business.
pub type BusinessId = Id<Business>;

/// How far a registration has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Still being filled in by its owner.
    Draft,
    /// Came in with a list and looks like another record: waits for a person's word.
    Held,
    /// Waits for an officer.
    Submitted,
    /// Sent back with a reason.
    NeedsFix,
    /// Checked by an officer.
    Verified,
    /// Refused with a reason.
    Rejected,
    /// Not trading with the city for now, with a reason.
    Suspended,
    /// Its yearly confirmation is overdue.
    Stale,
    /// No longer trading, or merged into another record.
    Closed,
}

impl State {
    /// Every state, in the order of a registration's life.
    pub const ALL: [State; 9] = [
        State::Draft,
        State::Held,
        State::Submitted,
        State::NeedsFix,
        State::Verified,
        State::Rejected,
        State::Suspended,
        State::Stale,
        State::Closed,
    ];

    /// The stable code, also the end of the text key.
    pub fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Held => "held",
            State::Submitted => "submitted",
            State::NeedsFix => "needs_fix",
            State::Verified => "verified",
            State::Rejected => "rejected",
            State::Suspended => "suspended",
            State::Stale => "stale",
            State::Closed => "closed",
        }
    }

    /// The state with this code.
    pub fn parse(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The key of its fixed word.
    pub fn text_key(self) -> String {
        format!("registry-state-{}", self.code().replace('_', "-"))
    }

    /// The tone of its tag.
    pub fn tone(self) -> &'static str {
        match self {
            State::Verified => "ok",
            State::NeedsFix | State::Stale | State::Held => "warn",
            State::Rejected | State::Suspended => "bad",
            State::Submitted => "info",
            State::Draft | State::Closed => "idle",
        }
    }
}

/// Where a record came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source {
    /// The owner registered it.
    Owner,
    /// It came in with a file.
    Import,
}

/// Where a business stands. Codes are Kemendagri's; RT and RW are three digits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    pub street: String,
    pub rt: Option<String>,
    pub rw: Option<String>,
    /// What stands beside it: `belakang masjid`.
    #[serde(default)]
    pub landmark: String,
    /// `33.74.11`
    pub district: Option<String>,
    /// `33.74.11.1007`
    pub village: Option<String>,
    /// Millionths of a degree.
    pub latitude: Option<i64>,
    /// Millionths of a degree.
    pub longitude: Option<i64>,
}

/// One business. Officers and its owner see all of it; the public sees `directory::Entry`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Business {
    pub id: BusinessId,
    /// As people know it: `UMKM-33.74-000123`.
    pub number: String,
    pub(crate) owner: Id<Owner>,
    /// The organisation it acts as, once its owner has an account.
    pub organisation: Option<Id<Organisation>>,
    pub name: String,
    pub state: State,
    pub place: Place,
    /// What kind of goods or service, in the city's own short list.
    pub category: String,
    /// What it does, in its own words.
    pub activity: String,
    /// Five digits of KBLI 2020: what it does most.
    pub kbli: Option<String>,
    /// What it does besides.
    pub more_kbli: Vec<String>,
    /// Thirteen digits.
    pub nib: Option<String>,
    /// Told as its mask; opened by a look.
    pub phone: Option<Sealed>,
    /// The same number in clear, `+62…`, where its owner shows it to everybody.
    pub public_phone: Option<String>,
    pub annual_sales: Option<Rupiah>,
    /// Without land and building.
    pub assets: Option<Rupiah>,
    pub workers: Option<i64>,
    pub size_class: Option<SizeClass>,
    /// Content hash of its photo.
    pub photo: Option<String>,
    pub story: String,
    pub(crate) source: Source,
    pub entered_by: String,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub verified_at: Option<Timestamp>,
    pub verified_by: Option<String>,
    /// Why it was sent back, refused or suspended.
    pub decision_note: String,
    pub merged_into: Option<BusinessId>,
    /// Goes up with every change.
    pub version: i64,
}

/// Why no column list is repeated: every query of a whole business begins like this.
pub(crate) const SELECT: &str = "SELECT id, number, owner_id, organisation, name, state, street, rt, rw, \
     landmark, district, village, latitude, longitude, category, activity, kbli, nib, phone, phone_blind, phone_mask, \
     public_phone, annual_sales, assets, workers, size_class, photo, story, source, entered_by, created_at, changed_at, \
     verified_at, verified_by, decision_note, merged_into, version, more_kbli FROM registry_businesses";

impl FromRow for Business {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        let mut business = Business {
            id: row.take()?,
            number: row.take()?,
            owner: row.take()?,
            organisation: row.take()?,
            name: row.take()?,
            state: State::parse(&row.take::<String>()?).unwrap_or(State::Draft),
            place: Place {
                street: row.take()?,
                rt: row.take()?,
                rw: row.take()?,
                landmark: row.take()?,
                district: row.take()?,
                village: row.take()?,
                latitude: row.take()?,
                longitude: row.take()?,
            },
            category: row.take()?,
            activity: row.take()?,
            kbli: row.take()?,
            more_kbli: Vec::new(),
            nib: row.take()?,
            phone: Sealed::from_columns(row)?,
            public_phone: row.take()?,
            annual_sales: row.take()?,
            assets: row.take()?,
            workers: row.take()?,
            size_class: row.take::<Option<String>>()?.as_deref().and_then(SizeClass::parse),
            photo: row.take()?,
            story: row.take()?,
            source: if row.take::<String>()? == "import" { Source::Import } else { Source::Owner },
            entered_by: row.take()?,
            created_at: row.take()?,
            changed_at: row.take()?,
            verified_at: row.take()?,
            verified_by: row.take()?,
            decision_note: row.take()?,
            merged_into: row.take()?,
            version: row.take()?,
        };
        let codes: String = row.take()?;
        business.more_kbli = codes.split_whitespace().map(str::to_owned).collect();
        Ok(business)
    }
}

impl Business {
    /// Whether it may offer goods and take orders.
    pub fn trades(&self) -> bool {
        self.state == State::Verified
    }

    /// Whether its figures are above those of an UMKM.
    pub(crate) fn is_large(&self) -> bool {
        self.size_class == Some(SizeClass::Large)
    }

    /// The day the city checked it.
    pub fn verified_on(&self) -> Option<Date> {
        self.verified_at.map(Timestamp::date)
    }
}

/// The business, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &BusinessId) -> Result<Business> {
    maybe(read, id)?.ok_or(Error::NotFound)
}

pub(crate) fn maybe(read: &mut Read<'_>, id: &BusinessId) -> Result<Option<Business>> {
    Ok(read.first(&format!("{SELECT} WHERE id = $1"), &[id])?)
}

/// The business that people know by this number, or `NotFound`.
pub fn by_number(read: &mut Read<'_>, number: &str) -> Result<Business> {
    let found = read.first(&format!("{SELECT} WHERE number = $1"), &[&number])?;
    found.ok_or(Error::NotFound)
}

/// The business that acts as this organisation, or `NotFound`.
pub fn of_organisation(read: &mut Read<'_>, organisation: &str) -> Result<Business> {
    let found = read.first(&format!("{SELECT} WHERE organisation = $1"), &[&organisation])?;
    found.ok_or(Error::NotFound)
}

/// The telephone numbers of all businesses.
pub(crate) const PHONES: Safe = Safe {
    name: "registry.businesses.phone",
    purpose: crate::contact::BUSINESS,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT id, phone FROM registry_businesses
             WHERE phone IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE registry_businesses SET phone = $1 WHERE id = $2 AND phone = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};

/// More businesses than one owner has.
pub(crate) const OF_PERSON_MAX: i64 = 100;

/// The businesses of a person with an account, the newest first.
pub(crate) fn of_person(read: &mut Read<'_>, person: &Id<Person>) -> Result<Vec<Business>> {
    let sql = format!(
        "{SELECT} WHERE owner_id IN (SELECT id FROM registry_owners WHERE person = $1)
         ORDER BY id DESC LIMIT $2"
    );
    Ok(read.all(&sql, &[person, &OF_PERSON_MAX])?)
}

/// The businesses of one owner, the newest first.
pub(crate) fn of_owner(read: &mut Read<'_>, owner: &Id<Owner>) -> Result<Vec<Business>> {
    let sql = format!("{SELECT} WHERE owner_id = $1 ORDER BY id DESC LIMIT $2");
    Ok(read.all(&sql, &[owner, &OF_PERSON_MAX])?)
}

/// Whether the actor is this business's owner: by person, or by the organisation they act for.
pub(crate) fn is_of_actor(read: &mut Read<'_>, business: &Business) -> Result<bool> {
    let actor = read.actor().clone();
    let acts = business.organisation.as_ref().map(Id::as_str) == actor.on_behalf_of.as_deref();
    if acts && business.organisation.is_some() {
        return Ok(true);
    }
    let owned: Option<(String,)> = read.first(
        "SELECT id FROM registry_owners WHERE id = $1 AND person = $2",
        &[&business.owner, &actor.id],
    )?;
    Ok(owned.is_some())
}

/// Writes a new row.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &Business) -> Result<()> {
    let (p, size) = (&new.place, new.size_class.map(SizeClass::code));
    let source = if new.source == Source::Import { "import" } else { "owner" };
    let (phone, blind, mask) = Sealed::columns(new.phone.as_ref());
    tx.execute(
        "INSERT INTO registry_businesses (id, number, owner_id, organisation, name, name_key, state, street, rt,
         rw, district, village, latitude, longitude, category, activity, kbli, nib, phone, public_phone,
         annual_sales, assets, workers, size_class, photo, story, source, entered_by, created_at,
         changed_at, verified_at, verified_by, decision_note, merged_into, version, landmark, more_kbli,
         phone_blind, phone_mask)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
         $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39)",
        &[
            &new.id, &new.number, &new.owner, &new.organisation, &new.name, &key(&new.name), &new.state.code(),
            &p.street, &p.rt, &p.rw, &p.district, &p.village, &p.latitude, &p.longitude, &new.category,
            &new.activity, &new.kbli, &new.nib, &phone, &new.public_phone, &new.annual_sales,
            &new.assets, &new.workers, &size, &new.photo, &new.story, &source, &new.entered_by,
            &new.created_at, &new.changed_at, &new.verified_at, &new.verified_by, &new.decision_note,
            &new.merged_into, &new.version, &p.landmark, &new.more_kbli.join(" "), &blind, &mask,
        ],
    )?;
    Ok(())
}

/// Writes what may change of a business, if nobody changed it since it was read.
pub(crate) fn save(tx: &mut Tx<'_>, new: &Business) -> Result<()> {
    let (p, size) = (&new.place, new.size_class.map(SizeClass::code));
    let now = Timestamp::of(tx);
    let (phone, blind, mask) = Sealed::columns(new.phone.as_ref());
    let rows = tx.execute(
        "UPDATE registry_businesses SET organisation = $1, name = $2, name_key = $3, state = $4, street = $5,
         rt = $6, rw = $7, district = $8, village = $9, latitude = $10, longitude = $11, category = $12,
         activity = $13, kbli = $14, nib = $15, phone = $16, public_phone = $17, annual_sales = $18,
         assets = $19, workers = $20, size_class = $21, photo = $22, story = $23, changed_at = $24,
         verified_at = $25, verified_by = $26, decision_note = $27, merged_into = $28,
         owner_id = $29, landmark = $30, phone_blind = $31, phone_mask = $32, more_kbli = $35,
         version = version + 1 WHERE id = $33 AND version = $34",
        &[
            &new.organisation, &new.name, &key(&new.name), &new.state.code(), &p.street, &p.rt, &p.rw,
            &p.district, &p.village, &p.latitude, &p.longitude, &new.category, &new.activity, &new.kbli,
            &new.nib, &phone, &new.public_phone, &new.annual_sales, &new.assets, &new.workers,
            &size, &new.photo, &new.story, &now, &new.verified_at, &new.verified_by, &new.decision_note,
            &new.merged_into, &new.owner, &p.landmark, &blind, &mask, &new.id, &new.version,
            &new.more_kbli.join(" "),
        ],
    )?;
    if rows == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// What names are compared by: NFKC, lower case, letters and digits, single blanks.
pub(crate) fn key(name: &str) -> String {
    particulars::spelling::key(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_marks_and_spacing() {
        for (name, wanted) in [
            ("  Warung \"Sari\" ", "warung sari"),
            ("WARUNG-SARI", "warung sari"),
            ("Ｗarung Sari", "warung sari"),
            ("Es Teh²", "es teh2"),
            ("…", ""),
        ] {
            assert_eq!(key(name), wanted, "{name}");
        }
    }
}
