//! A city with accounts on each engine, a clock that is moved, and people to play with.

use std::sync::Arc;

use base::account::password::{self, Password};
use base::account::sign_in::{self, Arrival, Door, Entered, Knock, Proof, Prove};
use base::account::totp::{Secret, step_at};
use base::account::{
    Identifier, Organisation, OrganisationKind, Person, PersonName, Phone, membership,
    organisation, person, second_factor, session,
};
use base::db::{Clock, Options};
use base::keyring::{self, Keyring};
use base::{Actor, Db, Error, Read, Result, Role, Tx};
use tempfile::TempDir;

pub(crate) const NOW_MS: i64 = 1_790_000_000_000;
pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const PASSWORD: &str = "sambal terasi di dapur";

pub(crate) struct City {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) keys: Arc<Keyring>,
    schema: Option<(String, String)>,
    _dir: TempDir,
}

impl Drop for City {
    fn drop(&mut self) {
        let Some((url, schema)) = self.schema.take() else { return };
        let db = Db::open(&url, Options { connections: 1, ..Options::default() }).unwrap();
        let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
        let dropped = db.write("drop", move |tx| tx.housekeep::<(i64,)>(&sql, &[]).map(drop));
        dropped.wait().unwrap();
    }
}

/// The test's city on SQLite, and on PostgreSQL when `TEST_POSTGRES_URL` names a server.
pub(crate) fn cities(tag: &str) -> Vec<City> {
    let dir = TempDir::new().unwrap();
    let url = format!("sqlite:{}", dir.path().join("city.db").display());
    let mut all = vec![open(&url, None, dir)];
    if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
        let schema = format!("acc_{tag}_{}", std::process::id());
        let joint = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{joint}schema={schema}");
        all.push(open(&url, Some((url.clone(), schema)), TempDir::new().unwrap()));
    }
    all
}

fn open(url: &str, schema: Option<(String, String)>, dir: TempDir) -> City {
    let clock = Clock::held(NOW_MS);
    let options = Options {
        clock: clock.clone(),
        connections: 4,
        statement_log: std::env::var_os("GERAI_STATEMENT_LOG").map(Into::into),
        ..Options::default()
    };
    let db = Db::open(url, options).unwrap();
    db.migrate(base::MIGRATIONS.to_vec()).wait().unwrap();
    City { db, clock, keys: Arc::new(Keyring::generate()), schema, _dir: dir }
}

pub(crate) fn phone(text: &str) -> Phone {
    Phone::parse("phone", text).unwrap()
}

pub(crate) fn hash_of(text: &str) -> password::Hash {
    password::hash(&Password::parse("password", text, &[]).unwrap())
}

impl City {
    pub(crate) fn pass(&self, ms: i64) {
        self.clock.hold(self.clock.now_ms() + ms);
    }

    /// Changes the city as the program itself.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.db.write("test", body).wait()
    }

    /// Changes the city as somebody.
    pub(crate) fn write_as<T: Send + 'static>(
        &self,
        actor: Actor,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.db.acting(actor).write("test", body).wait()
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Read<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.db.read(body).wait()
    }

    pub(crate) fn person(&self, name: &str, number: &str) -> Person {
        let cmd = person::Register {
            name: PersonName::parse("name", name).unwrap(),
            email: None,
            phone: Some(phone(number).seal(&self.keys)),
            password: hash_of(PASSWORD),
            language: "id".to_owned(),
        };
        self.write_as(Actor::visitor(), move |tx| person::register(tx, &cmd)).unwrap()
    }

    pub(crate) fn organisation(&self, kind: OrganisationKind, code: &str) -> Organisation {
        let (name, code) = (format!("Instansi {code}"), code.to_owned());
        let cmd = organisation::Add { kind, name, code, reference: None };
        self.write(move |tx| organisation::add(tx, &cmd)).unwrap()
    }

    pub(crate) fn role(
        &self,
        person: &Person,
        organisation: &Organisation,
        role: Role,
    ) -> membership::Membership {
        let (person, organisation) = (person.id.clone(), organisation.id.clone());
        let cmd = membership::Add { person, organisation, role, until: None };
        self.write(move |tx| membership::add(tx, &cmd)).unwrap()
    }

    /// Gives a person an authenticator app.
    pub(crate) fn app(&self, person: &Person) -> Secret {
        let secret = Secret::generate();
        let sealed = second_factor::seal(&self.keys, &secret).unwrap();
        let id = person.id.clone();
        self.write(move |tx| second_factor::install(tx, &id, &sealed)).unwrap();
        secret
    }

    pub(crate) fn code(&self, secret: &Secret) -> String {
        secret.code(step_at(self.clock.now_ms()))
    }

    pub(crate) fn knock(&self, number: &str, network: &str, device: Option<&str>) -> Door {
        let cmd = Knock {
            identifier: Identifier::parse("identifier", number, &self.keys).unwrap(),
            network: network.to_owned(),
            device: device.map(keyring::hash_token),
        };
        self.write_as(Actor::visitor(), move |tx| sign_in::knock(tx, &cmd)).unwrap()
    }

    /// The whole way in: knock, check, enter. Gives the token.
    pub(crate) fn sign_in(&self, number: &str, device: Option<&str>) -> Result<(String, Entered)> {
        let Door::Open(candidate) = self.knock(number, "10.0.0", device) else {
            return Err(Error::Refused("account-too-many-attempts"));
        };
        assert!(password::check(candidate.hash().as_ref(), PASSWORD), "the right password");
        let token = keyring::token();
        let arrival = Arrival {
            token_hash: keyring::hash_token(&token),
            device_hash: device.map(keyring::hash_token),
            device: "Chrome, Android".to_owned(),
            before: None,
        };
        let entered =
            self.write_as(Actor::visitor(), move |tx| sign_in::enter(tx, &candidate, &arrival))?;
        Ok((token, entered))
    }

    pub(crate) fn prove(&self, waiting: &str, code: &str) -> (String, Proof) {
        let token = keyring::token();
        let cmd = Prove {
            waiting_hash: keyring::hash_token(waiting),
            code: code.to_owned(),
            shared: false,
            token_hash: keyring::hash_token(&token),
            device_hash: None,
        };
        let keys = Arc::clone(&self.keys);
        let proof = self.write_as(Actor::visitor(), move |tx| sign_in::prove(tx, &keys, &cmd));
        (token, proof.unwrap())
    }

    pub(crate) fn admit(&self, token: &str) -> Option<session::SessionView> {
        let hash = keyring::hash_token(token);
        self.read(move |read| session::admit(read, &hash)).unwrap()
    }

    /// What happened to a subject, by kind.
    pub(crate) fn told(&self, subject: &str) -> Vec<String> {
        let subject = subject.to_owned();
        let events = self.read(move |read| base::of_subject(read, &subject)).unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }
}

/// Somebody signed in without an organisation.
pub(crate) fn as_person(person: &Person) -> Actor {
    Actor::person(person.id.as_str(), None, [])
}
