//! People of a test city: with an account, roles, and a session that went through the real door.

use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use base::account::organisation::{self, OrganisationKind};
use base::account::sign_in::{self, Arrival, Door, Entered, Knock, Prove};
use base::account::{
    Identifier, Organisation, PersonId, PersonName, Phone, grants_of, membership, password, person,
    second_factor, totp,
};
use base::{Db, Result, Role, Tx, keyring};

use crate::city::City;
use crate::client::Client;

/// A person one can act as.
pub struct Actor {
    pub person: PersonId,
    pub organisation: Option<Organisation>,
    /// What they are there; a test may put them in another role.
    pub role: Option<Role>,
    pub client: Client,
    /// The number they sign in with.
    pub phone: String,
}

impl City {
    /// An organisation that people act for.
    pub async fn organisation(&self, kind: OrganisationKind, name: &str) -> Organisation {
        let serial = self.serial.fetch_add(1, Ordering::SeqCst);
        let add = organisation::Add {
            kind,
            name: name.to_owned(),
            code: format!("ORG-{serial}"),
            reference: None,
        };
        self.write(move |tx| organisation::establish(tx, &add))
            .await
            .expect("an organisation is added")
    }

    /// A person with a role in an organisation, signed in.
    pub async fn person(&self, name: &str, role: Role, organisation: &Organisation) -> Actor {
        let seat = (organisation.clone(), role);
        self.sign_in(name, Some(seat)).await
    }

    /// A person with an account and no organisation, signed in.
    pub async fn citizen(&self, name: &str) -> Actor {
        self.sign_in(name, None).await
    }

    /// The database as this person writes to it, by the rights of the door they came in.
    pub fn acting(&self, who: &Actor) -> Db {
        let organisation = who.organisation.as_ref().map(|it| it.id.to_string());
        let may = who.role.map(|role| grants_of(role, &self.grants)).unwrap_or_default();
        self.db.acting(base::Actor::person(who.person.to_string(), organisation, may))
    }

    /// Writes as this person.
    pub async fn act<T: Send + 'static>(
        &self,
        who: &Actor,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.acting(who).write("test", body).await
    }

    async fn sign_in(&self, name: &str, seat: Option<(Organisation, Role)>) -> Actor {
        let serial = self.serial.fetch_add(1, Ordering::SeqCst);
        let phone = format!("0812345{serial:05}");
        let typed = Phone::parse("phone", &phone).expect("a made-up number is well formed");
        let register = person::Register {
            name: PersonName::parse("name", name).expect("tests give people real names"),
            email: None,
            phone: Some(typed.seal(&self.keyring)),
            password: password_hash(),
            language: "id".to_owned(),
        };
        let person = self.write(move |tx| person::register(tx, &register)).await;
        let person = person.expect("a person is added");
        let secret = totp::Secret::generate();
        let staff = seat.as_ref().is_some_and(|(_, role)| role.is_staff());
        if let Some((organisation, role)) = seat.clone() {
            let begin = membership::Add {
                person: person.id.clone(),
                organisation: organisation.id,
                role,
                until: None,
            };
            self.write(move |tx| membership::begin(tx, &begin)).await.expect("a role is given");
        }
        if staff {
            let sealed = second_factor::seal(&self.keyring, &secret).expect("a secret is sealed");
            let id = person.id.clone();
            let installed = self.write(move |tx| second_factor::install(tx, &id, &sealed)).await;
            installed.expect("a second factor is set up");
        }
        let token = self.enter(&phone, staff.then_some(secret)).await;
        let client = Client::new(self.open.router.clone(), Some(format!("session={token}")));
        let (organisation, role) = seat.unzip();
        Actor { person: person.id, organisation, role, client, phone }
    }

    /// Somebody without a second factor signs in anew: sessions end when days pass.
    pub async fn comes_back(&self, actor: &Actor) -> Client {
        let token = self.enter(&actor.phone, None).await;
        Client::new(self.open.router.clone(), Some(format!("session={token}")))
    }

    /// Through the door, past the check of the password: that one has tests of its own.
    async fn enter(&self, phone: &str, secret: Option<totp::Secret>) -> String {
        let identifier = Identifier::parse("identifier", phone, &self.keyring);
        let identifier = identifier.expect("a phone identifies");
        let knock = Knock { identifier, network: "127.0.0.0/24".to_owned(), device: None };
        let door = self.write(move |tx| sign_in::knock(tx, &knock)).await;
        let Ok(Door::Open(candidate)) = door else { panic!("the door is open: {door:?}") };
        let token = keyring::token();
        let arrival = Arrival {
            token_hash: keyring::hash_token(&token),
            device_hash: None,
            device: "Test".to_owned(),
            before: None,
        };
        let entered = self.write(move |tx| sign_in::enter(tx, &candidate, &arrival)).await;
        let entered = entered.expect("signed in");
        let (Entered::AwaitsCode { .. }, Some(secret)) = (entered, secret) else {
            return token.to_string();
        };
        let proven = keyring::token();
        let prove = Prove {
            waiting_hash: keyring::hash_token(&token),
            token_hash: keyring::hash_token(&proven),
            code: secret.code(totp::step_at(self.db.clock().now_ms())),
            shared: false,
            device_hash: None,
        };
        let keys = std::sync::Arc::clone(&self.keyring);
        self.write(move |tx| sign_in::prove(tx, &keys, &prove)).await.expect("the code is right");
        proven.to_string()
    }
}

/// What everybody in a test signs in with.
pub const PASSWORD: &str = "kopi tubruk di Simpang Lima";

/// Made once: a password hash is slow on purpose.
fn password_hash() -> password::Hash {
    static HASH: OnceLock<password::Hash> = OnceLock::new();
    let make = || {
        let parsed = password::Password::parse("password", PASSWORD, &[]);
        password::hash(&parsed.expect("the test password is good"))
    };
    HASH.get_or_init(make).clone()
}
