//! A city of its own for a fault or a measurement, and people who write into it and remember what
//! they were promised.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::Result;
use crate::http::Client;
use crate::postgres::free_port;
use crate::program::{Recipe, Server, Watched};

/// A pause after an answer that was no promise.
const PAUSE: Duration = Duration::from_millis(20);
const PASSWORD: &str = "kunang-kunang di sawah 67";
const BEGIN: &str = "/registry/registrations";

/// A city that can be started again and again.
pub(crate) struct Scene {
    serve: Recipe,
    config: String,
}

impl Scene {
    /// A city in a folder, in this database or in the folder's own.
    pub(crate) fn new(program: &Path, folder: &Path, database: Option<&str>) -> Result<Scene> {
        Scene::with_data(program, folder, &folder.join("city"), database)
    }

    /// The same with its data elsewhere: its settings and log stay in the folder.
    pub(crate) fn with_data(
        program: &Path,
        folder: &Path,
        data: &Path,
        database: Option<&str>,
    ) -> Result<Scene> {
        let port = free_port()?;
        let config = folder.join("gerai.toml");
        let text = format!(
            "listen = \"127.0.0.1:{port}\"\ndata = \"{}\"\n{}[city]\nslug = \"semarang\"\n\
             name = \"Kota Semarang\"\nregion_code = \"33.74\"\nshop_name = \"Gulo Asem\"\n\
             registry_name = \"Gerai Kopimi\"\nvillage_word = \"kelurahan\"\n\
             base_url = \"http://127.0.0.1:{port}\"\n\
             [limits]\naccounts_per_hour = 10000\nopen_drafts = 10000\n",
            data.display(),
            database.map(|url| format!("database_url = \"{url}\"\n")).unwrap_or_default(),
        );
        std::fs::write(&config, text).map_err(|error| format!("{}: {error}", config.display()))?;
        let config = config.display().to_string();
        let serve = Recipe {
            program: program.into(),
            arguments: vec!["serve".into(), "--config".into(), config.clone()],
            environment: vec![("RUST_BACKTRACE".into(), "0".into())],
            log: folder.join("log"),
        };
        Ok(Scene { serve, config })
    }

    pub(crate) fn start(&self) -> Result<Server> {
        self.serve.start(1)
    }

    /// `gerai verify`: books, stock, papers, files.
    pub(crate) fn verify(&self) -> Result<()> {
        self.run(&["verify"]).map(drop)
    }

    /// A demo of two cities in a folder beside it.
    pub(crate) fn demo(&self, folder: &Path) -> Result<Recipe> {
        self.demo_in(folder, None)
    }

    /// The same in this database.
    pub(crate) fn demo_in(&self, folder: &Path, database: Option<&str>) -> Result<Recipe> {
        let data = folder.join("demo").display().to_string();
        let listen = format!("127.0.0.1:{}", free_port()?);
        let mut arguments = vec!["demo", "--data", &data, "--listen", &listen];
        arguments.extend(database.iter().flat_map(|url| ["--database-url", *url]));
        Ok(self.serve.with(&arguments))
    }

    /// Another command of the program on this city.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<String> {
        self.serve.with(&[arguments, &["--config", &self.config]].concat()).run()
    }

    /// The same, with an eye on the clock and on memory.
    pub(crate) fn watch(&self, arguments: &[&str]) -> Result<Watched> {
        self.serve.with(&[arguments, &["--config", &self.config]].concat()).watch()
    }
}

/// Somebody who registers businesses without pause.
pub(crate) struct Writer {
    client: Client,
    name: String,
    count: usize,
    /// Where each business is that the city has acknowledged, and its name.
    pub(crate) promised: Vec<(String, String)>,
    /// How long to rest after a promise: nobody may begin more than a hundred businesses.
    pub(crate) pace: Duration,
}

/// How one attempt to write ended.
pub(crate) enum Outcome {
    Promised,
    /// The city said no, with this status.
    Refused(u16),
    /// Nothing came back, for this reason.
    Silence(String),
}

impl Writer {
    /// Opens an account.
    pub(crate) fn joins(home: &str, number: usize) -> Result<Writer> {
        let mut client = Client::new(home);
        let (name, phone) = (format!("Rekaan {number}"), format!("0812900000{number:02}"));
        let fields =
            [("name", name.as_str()), ("phone", &phone), ("password", PASSWORD), ("stay", "1")];
        let answer = client.post_form("/join", &fields)?;
        if answer.status != 303 {
            return Err(format!("nobody can join: {} {}", answer.status, answer.text()));
        }
        Ok(Writer { client, name, count: 0, promised: Vec::new(), pace: Duration::ZERO })
    }

    /// Begins the registration of one more business.
    pub(crate) fn write(&mut self) -> Outcome {
        self.count += 1;
        let business = format!("Warung {} {}", self.name, self.count);
        let fields =
            [("name", business.as_str()), ("category", "makanan"), ("activity", "Soto ayam")];
        match self.client.post_form(BEGIN, &fields) {
            Ok(answer) if answer.status == 303 => {
                let next = answer.header("location").unwrap_or_default();
                let path = next.split('?').next().unwrap_or_default();
                let id = path.trim_start_matches(BEGIN).trim_start_matches('/').split('/').next();
                self.promised.push((format!("{BEGIN}/{}", id.unwrap_or_default()), business));
                Outcome::Promised
            }
            Ok(answer) => Outcome::Refused(answer.status),
            Err(reason) => Outcome::Silence(reason),
        }
    }

    /// Writes until told to stop, whatever comes back.
    pub(crate) fn write_until(&mut self, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            let rest = if matches!(self.write(), Outcome::Promised) { self.pace } else { PAUSE };
            std::thread::sleep(rest);
        }
    }

    /// Looks every promise up; an error names the first that is not kept.
    pub(crate) fn check(&mut self) -> Result<()> {
        for (place, business) in &self.promised {
            let answer = self.client.get(place)?;
            if answer.status != 200 || !answer.text().contains(business.as_str()) {
                return Err(format!("LOST: {business} was promised at {place}: {}", answer.status));
            }
        }
        Ok(())
    }
}

/// Several writers at once while something happens to the city; what happens decides when it ends.
pub(crate) fn under_load<T>(writers: &mut [Writer], happening: impl FnOnce() -> T) -> T {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for writer in writers.iter_mut() {
            scope.spawn(|| writer.write_until(&stop));
        }
        let result = happening();
        stop.store(true, Ordering::Relaxed);
        result
    })
}

/// How many promises were made to all of them.
pub(crate) fn promises(writers: &[Writer]) -> usize {
    writers.iter().map(|writer| writer.promised.len()).sum()
}
