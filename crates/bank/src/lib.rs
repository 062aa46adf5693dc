//! A bank that is played: it speaks the national standard of payment interfaces as a real acquirer does,
//! with books of its own. For the demo, for tests, and for whoever connects a city the first time.
#![deny(missing_docs)]

mod account;
mod books;
mod code;
mod door;
mod events;
mod notice;
mod pages;
mod partner;
mod payable;
mod paying;
mod refund;
mod transfer;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use base::job::{JobKind, Workshop};
use base::keyring::Keyring;
use base::message::Mailer;
use base::webhook::Courier;
use base::{Db, Migration, Result, job};

pub use books::{balance, verify};
pub use partner::{Enrolled, Pair, enroll};
pub use paying::{Whim, pay};

/// A bank that is open.
#[derive(Clone)]
pub struct Bank {
    db: Db,
    /// Where its own pages are reached, without a slash at the end.
    base_url: Arc<str>,
}

/// The whole schema of a bank.
pub fn migrations() -> Vec<Migration> {
    let own = [
        Migration::new("bank", "0001_bank", include_str!("../migrations/0001_bank.sql")),
        Migration::new("bank", "0002_transfers", include_str!("../migrations/0002_transfers.sql")),
        Migration::new("bank", "0003_accounts", include_str!("../migrations/0003_accounts.sql")),
    ];
    base::MIGRATIONS.iter().copied().chain(own).collect()
}

const JOBS: &[JobKind] = &[JobKind { kind: notice::KIND, run: notice::send }];

impl Bank {
    /// Opens a bank on a database that holds nothing else, and makes its key the first time.
    pub fn open(db: Db, base_url: &str) -> Result<Bank> {
        db.migrate(migrations()).wait()?;
        partner::make_key(&db)?;
        Ok(Bank { db, base_url: base_url.into() })
    }

    /// Its database, for whoever enrols partners and reads its books.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Where payers read a code with their phones, in place of a camera.
    pub fn pay_url(&self) -> String {
        format!("{}/pay", self.base_url)
    }

    /// Where partners begin every address of a service.
    pub fn service_url(&self) -> String {
        self.base_url.to_string()
    }

    /// Its services and pages.
    pub fn router(&self) -> Router {
        let mut router = Router::new()
            .route("/", get(pages::front))
            .route("/bank.css", get(pages::style))
            .route("/pay", get(pages::look))
            .route("/pay", post(pages::pay));
        for service in door::SERVED {
            router = router.route(service.path(), post(door::call).delete(door::call));
        }
        let limit = axum::extract::DefaultBodyLimit::max(snap::BODY_BYTES_MAX);
        router.layer(limit).with_state(self.clone())
    }

    /// Sends the next notice that is due; `false` when there is none.
    pub fn work(&self) -> Result<bool> {
        let workshop = Workshop {
            db: self.db.clone(),
            files: None,
            kept: Vec::new(),
            mailer: Mailer::none(),
            keyring: Arc::new(Keyring::generate()),
            courier: Courier::new().here_too(),
        };
        job::work_once(&workshop, JOBS)
    }
}
