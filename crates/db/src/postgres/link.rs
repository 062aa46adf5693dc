//! PostgreSQL: one live connection, and what a server must be like before it is used.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use tokio::time::timeout;
use tokio_postgres::{Client, Statement};

use super::target::Target;
use super::told;
use crate::Error;

/// Connecting as a whole: every address, the handshake, the password and the settings.
const GREETING_TIME_MAX: Duration = Duration::from_secs(10);
const SETTINGS: &str = "SET client_min_messages = warning; SET statement_timeout = '10s';
    SET idle_in_transaction_session_timeout = '10s'";
const VERSION_MIN: i32 = 150_000;

pub(crate) struct Link {
    pub(crate) client: Client,
    pub(crate) statements: RefCell<HashMap<String, Statement>>,
}

impl Link {
    /// A server that takes a connection and then says nothing is away, too.
    pub(crate) async fn connect(target: &Target) -> Result<Link, Error> {
        let silent = || {
            Error::Unavailable(format!(
                "PostgreSQL at {} accepts connections but does not answer",
                target.place()
            ))
        };
        timeout(GREETING_TIME_MAX, Link::greet(target)).await.unwrap_or_else(|_| Err(silent()))
    }

    async fn greet(target: &Target) -> Result<Link, Error> {
        let away = |text: String| {
            Error::Unavailable(format!(
                "PostgreSQL at {} cannot be reached ({text}): \
                 start it, or correct the database url",
                target.place()
            ))
        };
        let (client, wire) = match target.config.connect(target.tls.clone()).await {
            Err(error) if error.as_db_error().is_some() => return Err(error.into()),
            Err(error) => return Err(away(told(&error))),
            Ok(both) => both,
        };
        tokio::spawn(wire); // moves bytes whenever the session's thread waits for an answer
        client.batch_execute(SETTINGS).await?;
        if let Some(schema) = &target.schema {
            client.batch_execute(&format!("SET search_path = {schema}")).await?;
        }
        Ok(Link { client, statements: RefCell::default() })
    }

    /// Refuses a server that would not keep the promises; creates the schema of the url.
    pub(crate) async fn prepare(&self, target: &Target) -> Result<(), Error> {
        const FACTS: &str = "SELECT current_setting('server_version_num')::int4,
             current_setting('server_encoding'), ('a' COLLATE \"default\" < 'B'),
             current_database()::text";
        let row = self.client.query_one(FACTS, &[]).await?;
        let (version, encoding): (i32, String) = (row.try_get(0)?, row.try_get(1)?);
        let (by_language, database): (bool, String) = (row.try_get(2)?, row.try_get(3)?);
        if version < VERSION_MIN {
            return Err(Error::Driver(format!(
                "PostgreSQL at {} has version number {version}: use 15 or newer",
                target.place()
            )));
        }
        if encoding != "UTF8" || by_language {
            return Err(Error::Driver(format!(
                "the database {database} does not keep text as UTF-8 in the order of its bytes: \
                 use one made by CREATE DATABASE name TEMPLATE template0 ENCODING 'UTF8' \
                 LOCALE 'C'"
            )));
        }
        let Some(schema) = &target.schema else { return Ok(()) };
        let create = format!("CREATE SCHEMA IF NOT EXISTS {schema}");
        if self.client.batch_execute(&create).await.is_err() {
            self.client.batch_execute(&create).await?; // another program made it just now
        }
        Ok(())
    }
}
