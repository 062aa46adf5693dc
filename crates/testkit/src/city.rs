//! A fresh city per test, its database thrown away afterwards.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base::files::{Files, FilesConfig, FilesKept};
use base::job::{self, JobKind, Workshop};
use base::keyring::Keyring;
use base::message::Mailer;
use base::webhook::Courier;
use base::{Db, Error, Grant, MIGRATIONS, Read, Tx, policy};
use db::{Chance, Clock, Options};
use tempfile::TempDir;
use web::{Area, OpenCity, Opening};

use crate::client::Client;

/// Thursday 12 March 2026, 09:00 in Semarang: a working day.
pub const START_MS: i64 = 1_773_280_800_000;

static CITIES: AtomicU64 = AtomicU64::new(0);

/// A city with the areas a test needs.
pub struct City {
    pub db: Db,
    pub keyring: Arc<Keyring>,
    pub files: Files,
    pub(crate) open: OpenCity,
    /// What each role may do in the areas that were opened.
    pub(crate) grants: Vec<Grant>,
    pub(crate) serial: AtomicU64,
    kept: Vec<FilesKept>,
    folder: TempDir,
}

impl City {
    /// Opens a city with these areas and the rules every city begins with.
    pub async fn open(areas: Vec<Area>) -> City {
        City::open_with(areas, |opening| opening).await
    }

    /// The same; `more` hands over resources that areas ask for.
    pub async fn open_with(areas: Vec<Area>, more: impl FnOnce(Opening) -> Opening) -> City {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let url = database(&folder.path().join("city.db"));
        let options = Options {
            connections: 4,
            clock: Clock::held(START_MS),
            chance: Chance::seeded(7),
            statement_log: setting("GERAI_STATEMENT_LOG").map(PathBuf::from),
            ..Options::default()
        };
        let db = Db::open(&url, options).expect("the test database opens");
        let of_areas = areas.iter().flat_map(|area| area.migrations().collect::<Vec<_>>());
        let migrations = MIGRATIONS.iter().copied().chain(of_areas).collect();
        db.migrate(migrations).await.expect("the schema is made");
        let ships: Vec<_> = areas.iter().flat_map(|area| area.ships).copied().collect();
        let kinds: Vec<_> = areas.iter().flat_map(|area| area.policies).copied().collect();
        let seeded = db.write("test.seed", move |tx: &mut Tx<'_>| {
            policy::seed_defaults(tx)?;
            for rule in &ships {
                policy::ship(tx, &kinds, &rule()?)?;
            }
            Ok(())
        });
        let seeded: Result<(), Error> = seeded.await;
        seeded.expect("a city begins with its rules");
        let keyring = Keyring::create(&folder.path().join("keys.toml"));
        let keyring = Arc::new(keyring.expect("keys can be written"));
        let files = FilesConfig { folder: folder.path().join("files") };
        let files = Files::open(&files).expect("a folder for files");
        let opening = Opening::new(semarang(), db.clone(), files.clone(), Arc::clone(&keyring));
        let grants = areas.iter().flat_map(|area| area.grants).copied().collect();
        let kept = areas.iter().filter_map(|area| area.files).collect();
        let open = web::open(more(opening), areas);
        City { db, keyring, files, open, grants, serial: AtomicU64::new(0), kept, folder }
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.open.router.clone(), None)
    }

    /// Every route of every area that was opened.
    pub fn routes(&self) -> &[web::RouteInfo] {
        self.open.app.routes()
    }

    /// Writes as the program itself.
    pub async fn write<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.db.write("test", body).await
    }

    /// What jobs may use here: everything but letters.
    pub fn workshop(&self) -> Workshop {
        Workshop {
            db: self.db.clone(),
            files: Some(self.files.clone()),
            kept: self.kept.clone(),
            mailer: Mailer::none(),
            keyring: Arc::clone(&self.keyring),
            courier: Courier::new().here_too(),
        }
    }

    /// Does every job of these kinds that is due.
    pub async fn work(&self, kinds: &'static [JobKind]) {
        let workshop = self.workshop();
        let work = move || while job::work_once(&workshop, kinds).expect("a job is found") {};
        tokio::task::spawn_blocking(work).await.expect("the jobs are done");
    }

    /// Looks, and falls over if it cannot.
    pub async fn read<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Read<'_>) -> Result<T, Error> + Send + 'static,
    ) -> T {
        self.db.read(body).await.expect("what a test looks at is there")
    }

    /// Lets time pass.
    pub fn pass_ms(&self, ms: i64) {
        let clock = self.db.clock();
        clock.hold(clock.now_ms() + ms);
    }

    /// Lets days pass.
    pub fn pass_days(&self, days: i64) {
        self.pass_ms(days * 24 * 60 * 60 * 1000);
    }

    /// Serves the city on this machine for programs outside, until the test ends; tells its address.
    pub async fn serve(&self) -> String {
        use std::net::SocketAddr;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("this machine has a free port");
        let address = listener.local_addr().expect("a listener has its address");
        let router = self.open.router.clone();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        format!("http://{address}")
    }

    /// An empty database on the same engine and by the same clock, for a program that the city talks to.
    pub fn beside(&self, name: &str) -> Db {
        let options = Options {
            clock: self.db.clock().clone(),
            chance: Chance::seeded(11),
            statement_log: setting("GERAI_STATEMENT_LOG").map(PathBuf::from),
            ..Options::default()
        };
        let url = database(&self.folder.path().join(name));
        Db::open(&url, options).expect("a second database opens")
    }

    /// Where this city keeps what is not in its database.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

/// The PostgreSQL server that tests may use, when their runner names one.
pub fn postgres() -> Option<String> {
    setting("TEST_POSTGRES_URL")
}

/// What whoever runs the tests has set; the only place in tests that reads the environment.
#[expect(clippy::disallowed_methods, reason = "tests are configured by their runner")]
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// On PostgreSQL each city has a schema of its own; the server itself is thrown away after the run.
fn database(path: &std::path::Path) -> String {
    let Some(url) = postgres() else {
        return format!("sqlite:{}", path.display());
    };
    let serial = CITIES.fetch_add(1, Ordering::SeqCst);
    let schema = format!("city_{}_{serial}", std::process::id());
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}schema={schema}")
}

fn semarang() -> web::City {
    web::City {
        slug: "semarang".to_owned(),
        name: "Kota Semarang".to_owned(),
        region_code: "33.74".to_owned(),
        shop_name: "Gulo Asem".to_owned(),
        registry_name: "Gerai Kopimi".to_owned(),
        village_word: "kelurahan".to_owned(),
        base_url: "http://127.0.0.1".to_owned(),
        demo: false,
        limits: web::Limits::default(),
    }
}
