//! One city, opened: database, keys, files, search index, router.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use base::files::{Files, FilesConfig};
use base::keyring::Keyring;
use base::message::Mailer;
use base::webhook::Courier;
use base::{Db, Error, Tx, policy};
use catalog::search::Index;
use db::{Chance, Clock, Hold, Options};
use particulars::region::CityRegions;
use web::{DemoLogin, OpenCity, Opening};

use crate::config::Config;
use crate::{areas, private};

/// Everything a command of the program works with.
pub(crate) struct House {
    pub(crate) config: Config,
    pub(crate) db: Db,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) files: Files,
    index: OnceLock<Arc<Index>>,
    pub(crate) mailer: Mailer,
    pub(crate) courier: Courier,
}

/// What the demo and tests choose and a city in service does not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nature {
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
}

impl House {
    /// Opens the city; makes its schema and its first rules when they are not there.
    pub(crate) fn open(config: Config, nature: Nature) -> Result<House, String> {
        let data = config.data.clone();
        private::folder(&data)?;
        let keyring = Keyring::load_or_create(&data.join("keys.toml"));
        let keyring = Arc::new(keyring.map_err(|e| e.to_string())?);
        let files = FilesConfig { folder: data.join("files") };
        let files = Files::open(&files).map_err(|e| e.to_string())?;
        let db = open_database(&config, nature)?;
        let mailer = match &config.smtp {
            Some(smtp) => Mailer::open(smtp)?,
            None => Mailer::none(),
        };
        let courier = Courier::new();
        let courier = if config.calls_itself { courier.here_too() } else { courier };
        Ok(House { config, db, keyring, files, index: OnceLock::new(), mailer, courier })
    }

    /// The search index, opened by whoever first needs it. One process at a time may hold it, and a
    /// city that is being served does: a backup beside it must not ask.
    pub(crate) fn index(&self) -> Result<Arc<Index>, String> {
        if let Some(index) = self.index.get() {
            return Ok(Arc::clone(index));
        }
        let index = Index::open(&self.config.data.join("search"));
        let index = Arc::new(index.map_err(|e| {
            format!("search index: {e}. If another program uses this data folder, stop that first.")
        })?);
        Ok(Arc::clone(self.index.get_or_init(|| index)))
    }

    /// Holds the city, as whoever serves it does, or says who should stop.
    pub(crate) fn hold(&self) -> Result<Hold, String> {
        hold(&self.config)
    }

    /// The router of this city.
    pub(crate) fn web(&self, demo_logins: Option<Vec<DemoLogin>>) -> Result<OpenCity, String> {
        let city = self.config.city(demo_logins.is_some());
        let keyring = Arc::clone(&self.keyring);
        let regions = CityRegions::of_code(&city.region_code);
        let regions = Arc::new(regions.expect("the configuration was checked for its region"));
        let mut opening = Opening::new(city, self.db.clone(), self.files.clone(), keyring)
            .with(self.index()?)
            .with(regions);
        opening.demo_logins = demo_logins.unwrap_or_default();
        Ok(web::open(opening, areas::areas()))
    }
}

/// What only one program at a time may do to a city: serve it, move it, fill it, index it again. A
/// program that ends just now is waited for.
pub(crate) fn hold(config: &Config) -> Result<Hold, String> {
    for _ in 0..HOLD_TRIES {
        match db::hold(&config.database()).map_err(|e| format!("the database: {e}"))? {
            Some(hold) => return Ok(hold),
            None => std::thread::sleep(HOLD_PAUSE),
        }
    }
    Err("this city is being served (or moved, restored or indexed) by another program. Stop that first, \
         then try again."
        .to_owned())
}

/// Together two seconds: a program that was killed is gone by then.
const HOLD_TRIES: u32 = 10;
const HOLD_PAUSE: Duration = Duration::from_millis(200);

fn open_database(config: &Config, nature: Nature) -> Result<Db, String> {
    let Nature { clock, chance } = nature;
    let options = Options {
        connections: config.connections,
        clock,
        chance,
        statement_log: crate::config::environment("GERAI_STATEMENT_LOG").map(Into::into),
        ..Options::default()
    };
    let db = Db::open(&config.database(), options)
        .map_err(|e| format!("the database does not open: {e}"))?;
    db.migrate(areas::migrations()).wait().map_err(|e| e.to_string())?;
    let seed = |tx: &mut Tx<'_>| {
        policy::seed_defaults(tx)?;
        let kinds = areas::policy_kinds();
        for rule in areas::areas().iter().flat_map(|area| area.ships) {
            policy::ship(tx, &kinds, &rule()?)?;
        }
        Ok(())
    };
    db.write("policy.seed", seed).wait().map_err(|e: Error| e.to_string())?;
    Ok(db)
}
