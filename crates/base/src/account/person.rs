//! A person with an account: opening it, finding it, changing what is known.

use db::{FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use super::contact;
use super::events::{PersonChanged, PersonRegistered};
use super::password::{self, Password};
use super::{
    Email, Identifier, MANAGE, OrganisationId, PersonName, Phone, containing, name_key,
    require_self,
};
use crate::keyring::{Keyring, Sealed};
use crate::safe::{Kept, Safe};
use crate::{Error, Id, Problem, Result, Timestamp, require};

/// The identity of a person.
pub type PersonId = Id<Person>;

/// Languages of pages.
pub const LANGUAGES: [&str; 2] = ["id", "en"];
/// Whatever the machine says, light, or dark.
pub const THEMES: [&str; 3] = ["device", "light", "dark"];
/// People on one page of a list.
pub const PAGE_ROWS: i64 = 30;

/// Somebody with an account.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// Where they are reached; shown whole only to themselves.
    #[serde(skip)]
    pub email: Option<String>,
    #[serde(skip)]
    pub phone: Option<Sealed>,
    /// One of `LANGUAGES`.
    pub language: String,
    /// One of `THEMES`.
    pub theme: String,
    /// False until a person opened at the desk has chosen one.
    pub has_password: bool,
    pub created_at: Timestamp,
}

impl FromRow for Person {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Person {
            id: row.take()?,
            name: row.take()?,
            email: row.take()?,
            phone: Sealed::from_columns(row)?,
            language: row.take()?,
            theme: row.take()?,
            has_password: row.take()?,
            created_at: row.take()?,
        })
    }
}

impl Person {
    /// The number or address, masked: `0812 •••• ••90`.
    pub fn contact_mask(&self) -> String {
        let email = self.email.as_deref().and_then(|text| Email::parse("", text).ok());
        let phone = self.phone.as_ref().map(|phone| phone.mask.clone());
        phone.or_else(|| email.map(|email| email.mask())).unwrap_or_default()
    }

    /// The number opened, for the person themselves: for anybody else it is a look to be recorded.
    pub fn own_phone(&self, keys: &Keyring) -> Result<Option<Phone>> {
        let Some(sealed) = &self.phone else { return Ok(None) };
        let plain = keys.open(contact::PHONE, &sealed.ciphertext).map_err(Error::broken)?;
        Ok(Phone::parse("phone", &plain).ok())
    }
}

/// Opens an account for whoever asks. The hash is made, and the number sealed, before the transaction.
#[derive(Debug, Clone)]
pub struct Register {
    pub name: PersonName,
    pub email: Option<Email>,
    pub phone: Option<Sealed>,
    pub password: password::Hash,
    pub language: String,
}

/// A visitor opens their own account.
pub fn register(tx: &mut Tx<'_>, cmd: &Register) -> Result<Person> {
    let Register { name, email, phone, password, language } = cmd.clone();
    insert(tx, &Add { name, email, phone, language }, Some(&password))
}

/// Opens an account for somebody at the desk. They choose a password by a link (`recovery`).
#[derive(Debug, Clone)]
pub struct Add {
    pub name: PersonName,
    pub email: Option<Email>,
    pub phone: Option<Sealed>,
    pub language: String,
}

/// The desk opens an account for somebody.
pub fn add(tx: &mut Tx<'_>, cmd: &Add) -> Result<Person> {
    require(tx, MANAGE)?;
    insert(tx, cmd, None)
}

fn insert(tx: &mut Tx<'_>, cmd: &Add, hash: Option<&password::Hash>) -> Result<Person> {
    check_language(&cmd.language)?;
    free_contacts(tx, cmd.email.as_ref(), cmd.phone.as_ref(), None)?;
    let person = Person {
        id: tx.new_id(),
        name: cmd.name.as_str().to_owned(),
        email: cmd.email.as_ref().map(|email| email.as_str().to_owned()),
        phone: cmd.phone.clone(),
        language: cmd.language.clone(),
        theme: THEMES[0].to_owned(),
        has_password: hash.is_some(),
        created_at: Timestamp::of(tx),
    };
    let secret = hash.map(password::Hash::as_str);
    let (phone, blind, mask) = Sealed::columns(person.phone.as_ref());
    tx.execute(
        "INSERT INTO base_people
         (id, name, name_key, email, phone, phone_blind, phone_mask, language, theme, password, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            &person.id,
            &person.name,
            &name_key(&person.name),
            &person.email,
            &phone,
            &blind,
            &mask,
            &person.language,
            &person.theme,
            &secret,
            &person.created_at,
        ],
    )?;
    tx.record(&PersonRegistered { person: &person.id, by_desk: hash.is_none() })?;
    Ok(person)
}

/// Changes what a person may change about themselves.
#[derive(Debug, Clone)]
pub struct Change {
    pub person: PersonId,
    pub name: PersonName,
    pub email: Option<Email>,
    pub phone: Option<Sealed>,
}

/// A person corrects their name and how they are reached.
pub fn change(tx: &mut Tx<'_>, cmd: &Change) -> Result<Person> {
    require_self(tx, &cmd.person)?;
    let old = find(tx, &cmd.person)?;
    free_contacts(tx, cmd.email.as_ref(), cmd.phone.as_ref(), Some(&cmd.person))?;
    let email = cmd.email.as_ref().map(|email| email.as_str().to_owned());
    let changed = [
        ("name", old.name != cmd.name.as_str()),
        ("email", old.email != email),
        ("phone", blind_of(old.phone.as_ref()) != blind_of(cmd.phone.as_ref())),
    ];
    let fields: Vec<&'static str> =
        changed.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect();
    if fields.is_empty() {
        return Ok(old);
    }
    let (phone, blind, mask) = Sealed::columns(cmd.phone.as_ref());
    let rows = tx.execute(
        "UPDATE base_people SET name = $1, name_key = $2, email = $3, phone = $4, phone_blind = $5,
         phone_mask = $6 WHERE id = $7",
        &[&cmd.name, &name_key(cmd.name.as_str()), &email, &phone, &blind, &mask, &cmd.person],
    )?;
    assert_eq!(rows, 1, "the person was just read");
    tx.record(&PersonChanged { person: &cmd.person, fields: &fields })?;
    find(tx, &cmd.person)
}

/// A person chooses the language and the colours of their pages.
pub fn prefer(tx: &mut Tx<'_>, person: &PersonId, language: &str, theme: &str) -> Result<()> {
    require_self(tx, person)?;
    check_language(language)?;
    if !THEMES.contains(&theme) {
        return Err(Error::invalid("theme", "account-theme-unknown"));
    }
    let rows = tx.housekeep::<(String,)>(
        "UPDATE base_people SET language = $1, theme = $2 WHERE id = $3 RETURNING id",
        &[&language, &theme, person],
    )?;
    if rows.is_empty() { Err(Error::NotFound) } else { Ok(()) }
}

/// The person, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &PersonId) -> Result<Person> {
    let person = read.first(
        "SELECT id, name, email, phone, phone_blind, phone_mask, language, theme, password IS NOT NULL, created_at
         FROM base_people WHERE id = $1",
        &[id],
    )?;
    person.ok_or(Error::NotFound)
}

/// Id and name of those of these ids who are people. Asks for no permission.
pub fn names(read: &mut Read<'_>, ids: &[&str]) -> Result<Vec<(String, String)>> {
    crate::among(read, "SELECT id, name FROM base_people WHERE id", ids)
}

/// Who is reached by this number or address.
pub fn by_identifier(read: &mut Read<'_>, identifier: &Identifier) -> Result<Option<Person>> {
    let person = match identifier {
        Identifier::Phone(blind) => read.first(
            "SELECT id, name, email, phone, phone_blind, phone_mask, language, theme, password IS NOT NULL, created_at
             FROM base_people WHERE phone_blind = $1",
            &[blind],
        )?,
        Identifier::Email(email) => read.first(
            "SELECT id, name, email, phone, phone_blind, phone_mask, language, theme, password IS NOT NULL, created_at
             FROM base_people WHERE email = $1",
            &[email],
        )?,
    };
    Ok(person)
}

/// Whom the desk looks for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// A part of a name, when it is no whole number or address.
    pub search: String,
    /// A whole number or address: then nothing else counts.
    pub identifier: Option<Identifier>,
    /// Only who holds a role there now.
    pub office: Option<OrganisationId>,
    /// After this person in the order of names.
    pub after: Option<PersonId>,
}

/// Whoever is reached by the number or address, or people whose name contains the search and after
/// whom the next page begins. For the desk.
pub fn list(read: &mut Read<'_>, wanted: &Wanted) -> Result<(Vec<Person>, Option<PersonId>)> {
    require(read, MANAGE)?;
    if let Some(identifier) = &wanted.identifier {
        let found = by_identifier(read, identifier)?;
        return Ok((found.into_iter().collect(), None));
    }
    let (key, id) = match &wanted.after {
        Some(id) => (name_key(&find(read, id)?.name), id.as_str()),
        None => (String::new(), ""),
    };
    let mut people: Vec<Person> = read.all(
        "SELECT id, name, email, phone, phone_blind, phone_mask, language, theme, password IS NOT NULL, created_at
         FROM base_people p WHERE name_key LIKE $1 ESCAPE '!' AND (name_key, id) > ($2, $3)
         AND (CAST($4 AS TEXT) IS NULL OR EXISTS (SELECT m.id FROM base_memberships m
              WHERE m.person = p.id AND m.organisation = $4 AND m.from_at <= $5
              AND (m.until_at IS NULL OR m.until_at > $5)))
         ORDER BY name_key, id LIMIT $6",
        &[
            &containing(&wanted.search),
            &key,
            &id,
            &wanted.office,
            &Timestamp::of(read),
            &(PAGE_ROWS + 1),
        ],
    )?;
    let more = people.len() > usize::try_from(PAGE_ROWS).expect("a small constant");
    if more {
        people.pop();
    }
    let next = people.last().filter(|_| more).map(|person| person.id.clone());
    Ok((people, next))
}

/// The hash of a person's password, to be checked outside the transaction.
pub fn password_of(read: &mut Read<'_>, person: &PersonId) -> Result<Option<password::Hash>> {
    let row: Option<(Option<String>,)> =
        read.first("SELECT password FROM base_people WHERE id = $1", &[person])?;
    let (stored,) = row.ok_or(Error::NotFound)?;
    Ok(stored.map(password::Hash::stored))
}

/// Says which words a password of this person must not be.
pub fn check_password(person: &Person, field: &str, text: &str) -> Result<Password, Problem> {
    // A password of figures alone is refused anyhow, so the number need not be opened for this.
    let own = [Some(person.name.as_str()), person.email.as_deref()];
    let own: Vec<&str> = own.into_iter().flatten().collect();
    Password::parse(field, text, &own)
}

/// The numbers of all accounts.
pub const PHONES: Safe = Safe {
    name: "account.people.phone",
    purpose: contact::PHONE,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT id, phone FROM base_people
             WHERE phone IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE base_people SET phone = $1 WHERE id = $2 AND phone = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};

fn blind_of(phone: Option<&Sealed>) -> Option<&str> {
    phone.map(|phone| phone.blind.as_str())
}

fn check_language(language: &str) -> Result<()> {
    match LANGUAGES.contains(&language) {
        true => Ok(()),
        false => Err(Error::invalid("language", "account-language-unknown")),
    }
}

/// Somebody must be reachable, and nobody else by the same number or address.
fn free_contacts(
    read: &mut Read<'_>,
    email: Option<&Email>,
    phone: Option<&Sealed>,
    except: Option<&PersonId>,
) -> Result<()> {
    if email.is_none() && phone.is_none() {
        return Err(Error::invalid("phone", "account-contact-missing"));
    }
    let mut problems = Vec::new();
    let identifiers = [
        ("phone", "account-phone-taken", phone.map(|phone| Identifier::Phone(phone.blind.clone()))),
        ("email", "account-email-taken", email.cloned().map(Identifier::Email)),
    ];
    for (field, code, identifier) in identifiers {
        let Some(identifier) = identifier else { continue };
        let holder = by_identifier(read, &identifier)?;
        if holder.is_some_and(|holder| except != Some(&holder.id)) {
            problems.push(Problem::new(field, code));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}
