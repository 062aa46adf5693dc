//! Accounts from the command line: the first administrator, roles, forgotten passwords.

use std::process::ExitCode;

use base::account::organisation::{self, OrganisationKind};
use base::account::{Email, Identifier, PersonName, Phone, membership, person, post, recovery};
use base::{Error, Role, keyring};
use clap::Subcommand;

use crate::house::House;
use crate::serve::say;
use crate::words;

/// What can be done about accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// Opens an account and prints the link by which its holder chooses a password.
    Add {
        /// The person's name.
        name: String,
        /// Mobile number or e-mail address.
        identifier: String,
    },
    /// Gives a role in an organisation, which is made when it is not there.
    Role {
        /// Mobile number or e-mail address of the account.
        identifier: String,
        /// `city_admin`, `registry_officer`, `requester`, …
        #[arg(value_parser = role)]
        role: Role,
        /// The organisation's code.
        organisation: String,
        /// Its name, when it is new.
        #[arg(long)]
        name: Option<String>,
        /// Its kind: `agency`, `registry_office`, `inspectorate` or `city_office`; by itself the
        /// kind that has such a role.
        #[arg(long, value_parser = kind)]
        kind: Option<OrganisationKind>,
    },
    /// Prints a link for somebody who forgot the password.
    ResetPassword {
        /// Mobile number or e-mail address of the account.
        identifier: String,
    },
}

impl Account {
    pub(crate) fn run(self, house: &House) -> Result<ExitCode, String> {
        match self {
            Account::Add { name, identifier } => add(house, &name, &identifier),
            Account::Role { identifier, role, organisation, name, kind } => {
                let place = Place { code: organisation, name, kind };
                give_role(house, &identifier, role, place)
            }
            Account::ResetPassword { identifier } => reset(house, &identifier),
        }?;
        Ok(ExitCode::SUCCESS)
    }
}

fn add(house: &House, name: &str, identifier: &str) -> Result<(), String> {
    let wrong = |problem: base::Problem| words::of_problem(&problem);
    let at = identifier.contains('@');
    let email = at.then(|| Email::parse("email", identifier)).transpose().map_err(wrong)?;
    let phone = (!at).then(|| Phone::parse("phone", identifier)).transpose().map_err(wrong)?;
    let name = PersonName::parse("name", name).map_err(wrong)?;
    let phone = phone.map(|phone| phone.seal(&house.keyring));
    let add = person::Add { name, email, phone, language: "id".to_owned() };
    let added = house.db.write::<_, Error>("account.add", move |tx| person::add(tx, &add)).wait();
    added.map_err(|e| told(identifier, &e))?;
    reset(house, identifier)
}

fn reset(house: &House, identifier: &str) -> Result<(), String> {
    let parsed = parsed(house, identifier)?;
    let token = keyring::token();
    let hash = keyring::hash_token(&token);
    let issue = move |tx: &mut base::Tx<'_>| {
        let person = person::by_identifier(tx, &parsed)?.ok_or(Error::NotFound)?;
        recovery::issue_at_desk(tx, &person.id, &hash)
    };
    let issued = house.db.write("account.reset", issue).wait();
    issued.map_err(|e| told(identifier, &e))?;
    let base_url = &house.config.city.base_url;
    say(&format!("{base_url}/sign-in/password/{}", token.as_str()));
    Ok(())
}

fn parsed(house: &House, identifier: &str) -> Result<Identifier, String> {
    let parsed = Identifier::parse("identifier", identifier, &house.keyring);
    parsed.map_err(|problem| format!("{identifier}: {}", words::of_problem(&problem)))
}

/// Why nothing came of it for this account.
fn told(identifier: &str, error: &Error) -> String {
    let why = match error {
        Error::NotFound => "no account has this number or address. `gerai account add` opens one.",
        other => &words::of(other),
    };
    format!("{identifier}: {why}")
}

fn role(code: &str) -> Result<Role, String> {
    let all = || Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ");
    Role::parse(code).ok_or_else(|| format!("choose one of {}", all()))
}

/// Businesses are made by their verification, not here.
fn kind(code: &str) -> Result<OrganisationKind, String> {
    let codes = OrganisationKind::OFFICES.iter().map(|kind| kind.code()).collect::<Vec<_>>();
    let kind = OrganisationKind::parse(code).filter(|kind| kind.is_office());
    kind.ok_or_else(|| format!("choose one of {}", codes.join(", ")))
}

/// The kind of office that has this role. An owner's is none, which the command then says.
fn usual(role: Role) -> OrganisationKind {
    let first = post::of(role).held_in.first().copied().filter(|kind| kind.is_office());
    first.unwrap_or(OrganisationKind::CityOffice)
}

struct Place {
    code: String,
    name: Option<String>,
    kind: Option<OrganisationKind>,
}

fn give_role(house: &House, identifier: &str, role: Role, place: Place) -> Result<(), String> {
    let parsed = parsed(house, identifier)?;
    let kind = place.kind.unwrap_or_else(|| usual(role));
    let give = move |tx: &mut base::Tx<'_>| {
        let person = person::by_identifier(tx, &parsed)?.ok_or(Error::NotFound)?;
        let organisation = match organisation::by_code(tx, kind, &place.code)? {
            Some(organisation) => organisation,
            None => {
                let name = place.name.clone().unwrap_or_else(|| place.code.clone());
                let code = place.code.clone();
                organisation::add(tx, &organisation::Add { kind, name, code, reference: None })?
            }
        };
        let (person, organisation) = (person.id, organisation.id);
        membership::add(tx, &membership::Add { person, organisation, role, until: None })
    };
    let given = house.db.write("account.role", give).wait();
    given.map_err(|e: Error| told(identifier, &e))?;
    say(&format!("{identifier} is {} now.", role.code()));
    Ok(())
}
