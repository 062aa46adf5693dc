//! Whoever owns businesses. Their NIK and telephone number are sealed, found again by their blind index,
//! and shown masked.

use base::account::Person;
use base::keyring::Sealed;
use base::safe::{Kept, Safe};
use base::{Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db};
use schemars::JsonSchema;
use serde::Serialize;

use crate::events::OwnerRecognised;
use crate::refusal::Refusal;

/// An owner of one or several businesses.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Owner {
    pub(crate) id: Id<Owner>,
    pub(crate) name: String,
    /// Their account, if they have one.
    pub(crate) person: Option<Id<Person>>,
    /// `337401••••••0001`
    pub(crate) nik_mask: Option<String>,
    /// Told as its mask.
    pub(crate) phone: Option<Sealed>,
    pub(crate) version: i64,
}

const SELECT: &str = "SELECT id, name, person, nik_mask, phone, phone_blind, phone_mask, version FROM registry_owners";

impl FromRow for Owner {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Owner {
            id: row.take()?,
            name: row.take()?,
            person: row.take()?,
            nik_mask: row.take()?,
            phone: Sealed::from_columns(row)?,
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

/// An owner with this name and phone: the same person in another row of a list. Whoever has an
/// account is left out: name and phone of a list prove nobody.
pub(crate) fn by_name_and_phone(
    read: &mut Read<'_>,
    name: &str,
    phone: &Sealed,
) -> Result<Option<Owner>> {
    let sql = format!(
        "{SELECT} WHERE phone_blind = $1 AND lower(name) = lower($2) AND person IS NULL
         ORDER BY id LIMIT 1"
    );
    Ok(read.first(&sql, &[&phone.blind, &name])?)
}

/// The NIKs of all owners.
pub(crate) const NIKS: Safe = Safe {
    name: "registry.owners.nik",
    purpose: crate::intake::NIK,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT id, nik_sealed FROM registry_owners
             WHERE nik_sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE registry_owners SET nik_sealed = $1 WHERE id = $2 AND nik_sealed = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};

/// The telephone numbers of all owners.
pub(crate) const PHONES: Safe = Safe {
    name: "registry.owners.phone",
    purpose: crate::contact::OWNER,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT id, phone FROM registry_owners
             WHERE phone IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE registry_owners SET phone = $1 WHERE id = $2 AND phone = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};

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
    pub(crate) phone: Option<&'a Sealed>,
}

/// Writes a new owner. The caller records the event of what brought them.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &NewOwner<'_>) -> Result<Id<Owner>> {
    let id: Id<Owner> = tx.new_id();
    let now = Timestamp::of(tx);
    let (sealed, blind, mask) = Sealed::columns(new.nik);
    let (phone, phone_blind, phone_mask) = Sealed::columns(new.phone);
    tx.execute(
        "INSERT INTO registry_owners (id, name, person, nik_sealed, nik_blind, nik_mask, phone, phone_blind,
         phone_mask, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        &[
            &id, &new.name, &new.person, &sealed, &blind, &mask, &phone, &phone_blind, &phone_mask, &now,
        ],
    )?;
    Ok(id)
}

/// Changes what an owner is known by; fields that are `None` stay.
pub(crate) fn update(
    tx: &mut Tx<'_>,
    id: &Id<Owner>,
    name: &str,
    phone: Option<&Sealed>,
) -> Result<()> {
    let (phone, blind, mask) = Sealed::columns(phone);
    let rows = tx.execute(
        "UPDATE registry_owners SET name = $1, phone = COALESCE($2, phone),
         phone_blind = COALESCE($3, phone_blind), phone_mask = COALESCE($4, phone_mask),
         version = version + 1 WHERE id = $5",
        &[&name, &phone, &blind, &mask, id],
    )?;
    assert_eq!(rows, 1, "the caller has just found the owner");
    Ok(())
}

/// Keeps the NIK that an owner says is theirs. It finds nobody until an officer is sure of it, so
/// that typing a stranger's number opens nothing.
pub(crate) fn claim_nik(tx: &mut Tx<'_>, id: &Id<Owner>, nik: &Sealed) -> Result<()> {
    let rows = tx.execute(
        "UPDATE registry_owners SET nik_sealed = $1, nik_mask = $2, nik_claim = $3, nik_blind = NULL,
         version = version + 1 WHERE id = $4",
        &[&nik.ciphertext, &nik.mask, &nik.blind, id],
    )?;
    assert_eq!(rows, 1, "the caller has just found the owner");
    Ok(())
}

/// The NIK an owner says is theirs and no officer has confirmed, as a blind index.
pub(crate) fn claimed_nik(read: &mut Read<'_>, id: &Id<Owner>) -> Result<Option<String>> {
    let row: Option<(Option<String>,)> =
        read.first("SELECT nik_claim FROM registry_owners WHERE id = $1", &[id])?;
    Ok(row.ok_or(Error::NotFound)?.0)
}

/// Whether others claim the same NIK.
pub(crate) fn is_contested(read: &mut Read<'_>, id: &Id<Owner>, blind: &str) -> Result<bool> {
    let other: Option<(String,)> = read.first(
        "SELECT id FROM registry_owners WHERE nik_claim = $1 AND id <> $2 LIMIT 1",
        &[&blind, id],
    )?;
    Ok(other.is_some())
}

/// An officer is sure that this NIK is the owner's. If a list had brought the same person, both
/// become one, with all their businesses. Gives the owner who has the number from now on.
pub(crate) fn identify(tx: &mut Tx<'_>, id: &Id<Owner>, blind: &str) -> Result<Id<Owner>> {
    let Some(known) = by_nik(tx, blind)?.filter(|known| known.id != *id) else {
        tx.execute(
            "UPDATE registry_owners SET nik_blind = $1, nik_claim = NULL, version = version + 1 WHERE id = $2",
            &[&blind, id],
        )?;
        return Ok(id.clone());
    };
    let mine = find(tx, id)?;
    if known.person.is_some() && mine.person.is_some() && known.person != mine.person {
        return Err(Refusal::NikTaken.into());
    }
    tx.execute(
        "UPDATE registry_businesses SET owner_id = $1 WHERE owner_id = $2",
        &[&known.id, id],
    )?;
    let (phone, phone_blind, mask) = Sealed::columns(mine.phone.as_ref());
    tx.execute(
        "UPDATE registry_owners SET person = COALESCE(person, $1), phone = COALESCE($2, phone),
         phone_blind = COALESCE($3, phone_blind), phone_mask = COALESCE($4, phone_mask),
         version = version + 1 WHERE id = $5",
        &[&mine.person, &phone, &phone_blind, &mask, &known.id],
    )?;
    tx.execute(
        "UPDATE registry_owners SET person = NULL, nik_claim = NULL, version = version + 1 WHERE id = $1",
        &[id],
    )?;
    tx.record(&OwnerRecognised { owner: &known.id, before: id })?;
    Ok(known.id)
}
