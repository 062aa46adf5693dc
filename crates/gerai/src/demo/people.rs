//! The people of the demo: one login per role, agencies with their officers, all invented.

use std::sync::Arc;

use base::account::organisation::{self, OrganisationKind};
use base::account::{
    Organisation, PersonId, PersonName, Phone, membership, password, person, second_factor, totp,
};
use base::{Actor, Db, Error, Result, Role, Tx};
use web::DemoLogin;

use crate::areas;
use crate::house::House;

/// What everybody in the demo signs in with.
pub(super) const PASSWORD: &str = "kopi pagi di kota lama";
/// The second factor of every officer of the demo, in base32.
pub(super) const SECRET: &str = "GERAIDEMOGERAIDEMOGERAIDEMOGERAI";

/// Somebody who can act.
#[derive(Debug, Clone)]
pub(super) struct Who {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) place: Option<Organisation>,
    pub(super) role: Option<Role>,
}

/// Opens accounts; knows the next invented phone number.
pub(super) struct Registrar<'h> {
    house: &'h House,
    hash: password::Hash,
    serial: u32,
}

impl Who {
    /// The database as this person writes to it.
    pub(super) fn writes(&self, db: &Db) -> Db {
        let grants: Vec<base::Grant> =
            areas::areas().iter().flat_map(|area| area.grants).copied().collect();
        let codes = self.role.map(|role| base::account::grants_of(role, &grants));
        let place = self.place.as_ref().map(|place| place.id.to_string());
        db.acting(Actor::person(self.person.to_string(), place, codes.unwrap_or_default()))
    }

    /// As the demo's sign-in page offers it.
    pub(super) fn login(&self) -> Option<DemoLogin> {
        let role = self.role?;
        Some(DemoLogin {
            role,
            name: self.name.clone(),
            place: self.place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
            identifier: self.phone.clone(),
            password: PASSWORD.to_owned(),
            totp_secret: role.is_staff().then(|| SECRET.to_owned()),
        })
    }
}

impl<'h> Registrar<'h> {
    pub(super) fn new(house: &'h House) -> Result<Registrar<'h>> {
        let parsed = password::Password::parse("password", PASSWORD, &[]);
        let parsed = parsed.map_err(|problem| Error::broken(problem.code))?;
        Ok(Registrar { house, hash: password::hash(&parsed), serial: 0 })
    }

    /// An agency or office.
    pub(super) fn place(
        &self,
        kind: OrganisationKind,
        name: &str,
        code: &str,
    ) -> Result<Organisation> {
        let add = organisation::Add {
            kind,
            name: name.to_owned(),
            code: code.to_owned(),
            reference: None,
        };
        self.house.db.write("demo.place", move |tx| organisation::add(tx, &add)).wait()
    }

    /// Somebody with an account, and a role if there is a place for it.
    pub(super) fn person(
        &mut self,
        name: &str,
        seat: Option<(Role, &Organisation)>,
    ) -> Result<Who> {
        self.serial += 1;
        let phone = format!("0812000{:05}", self.serial);
        let typed = Phone::parse("phone", &phone).map_err(|problem| broken(&problem))?;
        let register = person::Register {
            name: PersonName::parse("name", name).map_err(|problem| broken(&problem))?,
            email: None,
            phone: Some(typed.seal(&self.house.keyring)),
            password: self.hash.clone(),
            language: "id".to_owned(),
        };
        let seat = seat.map(|(role, place)| (role, place.clone()));
        let sealed = match seat.as_ref().filter(|(role, _)| role.is_staff()) {
            None => None,
            Some(_) => {
                let secret = totp::Secret::parse(SECRET).expect("the demo's secret is base32");
                Some(second_factor::seal(&self.house.keyring, &secret)?)
            }
        };
        let (given, name) = (seat.clone(), name.to_owned());
        let open = move |tx: &mut Tx<'_>| {
            let person = person::register(tx, &register)?.id;
            if let Some((role, place)) = &given {
                let (person, organisation) = (person.clone(), place.id.clone());
                membership::begin(
                    tx,
                    &membership::Add { person, organisation, role: *role, until: None },
                )?;
            }
            if let Some(sealed) = &sealed {
                second_factor::install(tx, &person, sealed)?;
            }
            Ok::<_, Error>(person)
        };
        let person = self.house.db.write("demo.person", open).wait()?;
        let (role, place) = seat.map_or((None, None), |(role, place)| (Some(role), Some(place)));
        let who = Who { person, name, phone, place, role };
        if role.is_some_and(Role::is_staff) {
            self.paper_codes(&who)?;
        }
        Ok(who)
    }
}

impl Registrar<'_> {
    /// The codes on paper that every officer keeps in a drawer; nobody has seen these.
    fn paper_codes(&self, who: &Who) -> Result<()> {
        let (keys, person) = (Arc::clone(&self.house.keyring), who.person.clone());
        let codes = second_factor::recovery_codes();
        let renew = move |tx: &mut Tx<'_>| second_factor::renew_codes(tx, &keys, &person, &codes);
        who.writes(&self.house.db).write("demo.codes", renew).wait()
    }
}

fn broken(problem: &base::Problem) -> Error {
    Error::broken(problem.code)
}
