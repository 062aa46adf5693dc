//! Accounts from the command line: the first administrator, roles, forgotten passwords.

use std::process::ExitCode;

use base::account::organisation::{self, OrganisationKind};
use base::account::{Email, Identifier, PersonName, Phone, membership, person, recovery};
use base::{Error, Role, keyring};
use clap::Subcommand;

use crate::house::House;
use crate::serve::say;

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
        role: String,
        /// The organisation's code.
        organisation: String,
        /// Its name, when it is new.
        #[arg(long)]
        name: Option<String>,
        /// Its kind, when it is new: `agency` or `city_office`.
        #[arg(long, default_value = "city_office")]
        kind: String,
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
                give_role(house, &identifier, &role, place)
            }
            Account::ResetPassword { identifier } => reset(house, &identifier),
        }?;
        Ok(ExitCode::SUCCESS)
    }
}

fn add(house: &House, name: &str, identifier: &str) -> Result<(), String> {
    let told = |problem: base::Problem| format!("{identifier}: {}", problem.code);
    let at = identifier.contains('@');
    let email = at.then(|| Email::parse("email", identifier)).transpose().map_err(told)?;
    let phone = (!at).then(|| Phone::parse("phone", identifier)).transpose().map_err(told)?;
    let name = PersonName::parse("name", name).map_err(told)?;
    let phone = phone.map(|phone| phone.seal(&house.keyring));
    let add = person::Add { name, email, phone, language: "id".to_owned() };
    let added = house.db.write::<_, Error>("account.add", move |tx| person::add(tx, &add)).wait();
    added.map_err(|e| e.to_string())?;
    reset(house, identifier)
}

fn reset(house: &House, identifier: &str) -> Result<(), String> {
    let parsed = Identifier::parse("identifier", identifier, &house.keyring)
        .map_err(|p| p.code.to_owned())?;
    let token = keyring::token();
    let hash = keyring::hash_token(&token);
    let issue = move |tx: &mut base::Tx<'_>| {
        let person = person::by_identifier(tx, &parsed)?.ok_or(Error::NotFound)?;
        recovery::issue_at_desk(tx, &person.id, &hash)
    };
    let issued = house.db.write("account.reset", issue).wait();
    issued.map_err(|e| format!("{identifier}: {e}"))?;
    let base_url = &house.config.city.base_url;
    say(&format!("{base_url}/sign-in/password/{}", token.as_str()));
    Ok(())
}

struct Place {
    code: String,
    name: Option<String>,
    kind: String,
}

fn give_role(house: &House, identifier: &str, role: &str, place: Place) -> Result<(), String> {
    let parsed = Identifier::parse("identifier", identifier, &house.keyring)
        .map_err(|p| p.code.to_owned())?;
    let roles = || Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ");
    let role = Role::parse(role).ok_or_else(|| format!("{role}: choose one of {}", roles()))?;
    let kind = OrganisationKind::parse(&place.kind);
    let kind = kind.ok_or_else(|| format!("{}: choose agency or city_office", place.kind))?;
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
    given.map_err(|e: Error| format!("{identifier}: {e}"))?;
    say(&format!("{identifier} is {} now.", role.code()));
    Ok(())
}
