//! The bank that is played, as a program beside the city, and how a city is connected to a bank.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use bank::{Bank, Pair};
use base::{Db, Error, Tx};
use db::Options;
use payments::Profile;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::house::House;
use crate::private;
use crate::serve::{CUT_OFF, say, stop_signal};

/// How long the bank rests when it has nobody to tell anything.
const REST: Duration = Duration::from_millis(250);
/// What a simulated bank calls its way of being reached.
const CHANNEL: &str = "95221";

/// What the simulated bank is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Simulator {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Where it keeps its books.
    #[arg(long, default_value = "bank-simulator")]
    data: PathBuf,
    /// Takes a city on: where its notices go, such as `http://127.0.0.1:8080`.
    #[arg(long, requires = "profile")]
    city: Option<String>,
    /// Where to write what that city needs for `gerai bank connect`.
    #[arg(long)]
    profile: Option<PathBuf>,
}

/// The bank that the city's money goes through.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Connection {
    /// Connects the city to a bank, as a file says that holds what both agreed on.
    Connect {
        /// TOML: name, url, partner, `client_key`, secret, channel, merchant, collector, `private_key`, `public_key`.
        file: PathBuf,
    },
}

impl Connection {
    pub(crate) fn run(self, house: &House) -> Result<ExitCode, String> {
        let Connection::Connect { file } = self;
        let text = std::fs::read_to_string(&file);
        let text = text.map_err(|e| format!("{}: {e}", file.display()))?;
        let profile: Profile =
            toml::from_str(&text).map_err(|e| format!("{}: {}", file.display(), e.message()))?;
        connect(house, profile).map_err(|e| format!("{}: {e}", file.display()))?;
        say("connected");
        Ok(ExitCode::SUCCESS)
    }
}

/// Connects a city to a bank.
pub(crate) fn connect(house: &House, profile: Profile) -> Result<(), Error> {
    let keyring = Arc::clone(&house.keyring);
    let connect = move |tx: &mut Tx<'_>| payments::connect(tx, &keyring, &profile);
    house.db.write("payments.connect", connect).wait()
}

impl Simulator {
    /// Serves the bank until it is told to stop.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let bank = open(&self.data, self.listen)?;
        if let (Some(city), Some(path)) = (&self.city, &self.profile) {
            let profile = enroll(&bank, "kota", "Kota", city).map_err(|e| e.to_string())?;
            let text = toml::to_string_pretty(&profile).map_err(|e| e.to_string())?;
            std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
        let served =
            runtime.block_on(async { serve(bank, ("ready", self.listen), stop_signal()).await });
        runtime.shutdown_timeout(CUT_OFF);
        served.map(|()| ExitCode::SUCCESS)
    }
}

/// Opens the bank in a folder; it is reached where it listens.
pub(crate) fn open(data: &Path, listen: SocketAddr) -> Result<Bank, String> {
    private::folder(data)?;
    let url = format!("sqlite:{}", data.join("bank.db").display());
    let db = Db::open(&url, Options::default()).map_err(|e| e.to_string())?;
    Bank::open(db, &format!("http://{listen}")).map_err(|e| e.to_string())
}

/// Takes a city on, with a new key, and gives what it needs to connect.
pub(crate) fn enroll(bank: &Bank, slug: &str, city: &str, url: &str) -> Result<Profile, Error> {
    let Pair { private, public } = Pair::new()?;
    let address = format!("{}{}", url.trim_end_matches('/'), payments::SERVICES_PATH);
    let (slug, city) = (slug.to_owned(), city.to_owned());
    let enroll = move |tx: &mut Tx<'_>| bank::enroll(tx, &slug, &city, &public, &address);
    let enrolled = bank.db().write("bank.enroll", enroll).wait()?;
    Ok(Profile {
        name: "Bank Simulasi".to_owned(),
        url: bank.service_url(),
        partner: enrolled.partner,
        client_key: enrolled.client_key,
        secret: enrolled.secret,
        channel: CHANNEL.to_owned(),
        merchant: enrolled.merchant,
        collector: Some(enrolled.collector),
        incoming_client_key: None,
        incoming_secret: None,
        private_key: private,
        public_key: enrolled.public_key,
        pay_page: Some(bank.pay_url()),
    })
}

/// Serves the bank; prints the word and its address once it answers.
pub(crate) async fn serve(
    bank: Bank,
    (word, listen): (&str, SocketAddr),
    mut stop: watch::Receiver<bool>,
) -> Result<(), String> {
    let listener = TcpListener::bind(listen).await;
    let listener =
        listener.map_err(|e| format!("{listen}: {e}. Choose another address with --listen."))?;
    let teller = Teller::start(bank.clone());
    say(&format!("{word} http://{listen}"));
    let stopped = async move {
        stop.wait_for(|stop| *stop).await.ok();
    };
    let served = axum::serve(listener, bank.router()).with_graceful_shutdown(stopped).await;
    drop(teller);
    served.map_err(|e| e.to_string())
}

/// Tells merchants of payments, on a thread of its own.
struct Teller {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Teller {
    fn start(bank: Bank) -> Teller {
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let work = move || {
            while !told.load(Ordering::SeqCst) {
                match bank.work() {
                    Ok(true) => {}
                    Ok(false) => thread::park_timeout(REST),
                    Err(error) => {
                        tracing::warn!(%error, "the simulated bank could not tell of a payment");
                        thread::park_timeout(REST);
                    }
                }
            }
        };
        let thread = thread::Builder::new().name("gerai-bank".to_owned()).spawn(work);
        Teller { stop, thread: Some(thread.expect("the system can start a thread")) }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            thread.join().ok();
        }
    }
}
