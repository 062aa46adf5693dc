//! Whoever owns businesses. Their NIK is sealed, found again by its blind index, and shown masked.

use base::account::Person;
use base::keyring::Sealed;
use base::{Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db};
use schemars::JsonSchema;
use serde::Serialize;

/// An owner of one or several businesses.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Owner {
    pub id: Id<Owner>,
    pub name: String,
    /// Their account, if they have one.
    pub person: Option<Id<Person>>,
    /// `337401******0001`
    pub nik_mask: Option<String>,
    pub phone: Option<String>,
    pub version: i64,
}

const SELECT: &str = "SELECT id, name, person, nik_mask, phone, version FROM registry_owners";

impl FromRow for Owner {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Owner {
            id: row.take()?,
            name: row.take()?,
            person: row.take()?,
            nik_mask: row.take()?,
            phone: row.take()?,
            version: row.take()?,
        })
    }
}

/// The owner, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &Id<Owner>) -> Result<Owner> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// The owner record of a person with an account.
pub(crate) fn of_person(read: &mut Read<'_>, person: &str) -> Result<Option<Owner>> {
    Ok(read.first(&format!("{SELECT} WHERE person = $1 ORDER BY id LIMIT 1"), &[&person])?)
}

/// The owner with this NIK, by its blind index.
pub(crate) fn by_nik(read: &mut Read<'_>, blind: &str) -> Result<Option<Owner>> {
    Ok(read.first(&format!("{SELECT} WHERE nik_blind = $1"), &[&blind])?)
}

/// An owner with this name and phone: the same person in another row of a list.
pub(crate) fn by_name_and_phone(
    read: &mut Read<'_>,
    name: &str,
    phone: &str,
) -> Result<Option<Owner>> {
    let sql = format!("{SELECT} WHERE phone = $1 AND lower(name) = lower($2) ORDER BY id LIMIT 1");
    Ok(read.first(&sql, &[&phone, &name])?)
}

/// The sealed NIK, for whoever may open it.
pub(crate) fn sealed_nik(read: &mut Read<'_>, id: &Id<Owner>) -> Result<Option<Vec<u8>>> {
    let row: Option<(Option<Vec<u8>>,)> =
        read.first("SELECT nik_sealed FROM registry_owners WHERE id = $1", &[id])?;
    Ok(row.ok_or(Error::NotFound)?.0)
}

/// What a new owner is known by.
pub(crate) struct NewOwner<'a> {
    pub(crate) name: &'a str,
    pub(crate) person: Option<&'a str>,
    pub(crate) nik: Option<&'a Sealed>,
    pub(crate) phone: Option<&'a str>,
}

/// Writes a new owner. The caller records the event of what brought them.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &NewOwner<'_>) -> Result<Id<Owner>> {
    let id: Id<Owner> = tx.new_id();
    let now = Timestamp::of(tx);
    let sealed = new.nik.map(|nik| nik.ciphertext.as_slice());
    let blind = new.nik.map(|nik| nik.blind.as_str());
    let mask = new.nik.map(|nik| nik.mask.as_str());
    tx.execute(
        "INSERT INTO registry_owners (id, name, person, nik_sealed, nik_blind, nik_mask, phone, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
        &[&id, &new.name, &new.person, &sealed, &blind, &mask, &new.phone, &now],
    )?;
    Ok(id)
}

/// Changes what an owner is known by; fields that are `None` stay.
pub(crate) fn update(tx: &mut Tx<'_>, id: &Id<Owner>, new: &NewOwner<'_>) -> Result<()> {
    let sealed = new.nik.map(|nik| nik.ciphertext.as_slice());
    let blind = new.nik.map(|nik| nik.blind.as_str());
    let mask = new.nik.map(|nik| nik.mask.as_str());
    let rows = tx.execute(
        "UPDATE registry_owners SET name = $1, person = COALESCE($2, person),
         nik_sealed = COALESCE($3, nik_sealed), nik_blind = COALESCE($4, nik_blind),
         nik_mask = COALESCE($5, nik_mask), phone = COALESCE($6, phone), version = version + 1
         WHERE id = $7",
        &[&new.name, &new.person, &sealed, &blind, &mask, &new.phone, id],
    )?;
    assert_eq!(rows, 1, "the caller has just found the owner");
    Ok(())
}
