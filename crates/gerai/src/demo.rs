//! The demo: two cities with a year behind them. Every person and business in it is
//! invented by this program; none exists.

mod agency;
mod album;
mod drawing;
mod field_work;
mod hours;
mod kept;
mod names;
mod people;
mod public;
mod purchases;
mod registry_desk;
mod seed;
mod traders;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use web::DemoLogin;

use crate::bank;
use crate::config::{CityConfig, Config};
use crate::house::{House, Nature};
use crate::serve::{CUT_OFF, say, serve, stop_signal};

/// What the demo is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Where to keep the cities: they go on there when started again. Without it they are new each
    /// time and gone afterwards.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where the first city listens; the second takes the next port, the simulated bank the one after.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// PostgreSQL server for both cities instead of SQLite; each gets a schema of its own.
    #[arg(long)]
    database_url: Option<String>,
}

impl Demo {
    /// Seeds both cities side by side unless they are kept already, prints who can sign in, and serves until stopped.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let fresh = Fresh::new(self.data.is_none());
        let data = self.data.clone().unwrap_or_else(|| fresh.folder.clone());
        let configs = [semarang(self.listen), banda_aceh(next_port(self.listen))];
        let configs = configs.map(|config| self.placed(config, &data));
        let cities = open_all(configs)?;
        let payers = next_port(next_port(self.listen));
        let bank = bank::open(&data.join("bank"), payers)?;
        for OpenedCity { house, .. } in &cities {
            let city = &house.config.city;
            let profile = bank::enroll(
                &bank,
                &city.slug,
                city.name.trim_start_matches("Kota "),
                &city.base_url,
            );
            profile.and_then(|profile| bank::connect(house, profile)).map_err(|e| e.to_string())?;
        }
        for city in &cities {
            announce(city);
        }
        let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
        runtime.block_on(serve_all(cities, (bank, payers)))?;
        runtime.shutdown_timeout(CUT_OFF);
        drop(fresh);
        Ok(ExitCode::SUCCESS)
    }

    fn placed(&self, mut config: Config, data: &Path) -> Config {
        config.data = data.join(&config.city.slug);
        config.database_url = self.database_url.as_ref().map(|url| {
            // A schema that the address names is only the beginning of each city's own.
            let (url, named) = url.split_once("schema=").unwrap_or((url, "demo"));
            let mark = match url.ends_with(['?', '&']) {
                true => "",
                false if url.contains('?') => "&",
                false => "?",
            };
            format!("{url}{mark}schema={named}_{}", config.city.slug.replace('-', "_"))
        });
        config
    }
}

/// A folder that goes with the demo unless one was named.
struct Fresh {
    folder: PathBuf,
    gone_afterwards: bool,
}

impl Fresh {
    fn new(gone_afterwards: bool) -> Fresh {
        let folder = std::env::temp_dir().join(format!("gerai-demo-{}", std::process::id()));
        Fresh { folder, gone_afterwards }
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if self.gone_afterwards {
            std::fs::remove_dir_all(&self.folder).ok();
        }
    }
}

struct OpenedCity {
    house: House,
    logins: Vec<DemoLogin>,
}

fn open_all(configs: [Config; 2]) -> Result<Vec<OpenedCity>, String> {
    let threads = configs.map(|config| std::thread::spawn(move || open(config)));
    threads
        .into_iter()
        .map(|thread| thread.join().map_err(|_| "seeding failed".to_owned())?)
        .collect()
}

fn open(config: Config) -> Result<OpenedCity, String> {
    let nature = Nature::default();
    if kept::read(&config.data).is_ok_and(|logins| logins.is_none()) {
        // The first rules are as old as the city, and older than what they ruled.
        nature.clock.hold(seed::begins_ms(nature.clock.now_ms()));
    }
    let house = House::open(config, nature)?;
    let logins = seed::seed(&house).map_err(|e| format!("{}: {e}", house.config.city.name))?;
    Ok(OpenedCity { house, logins })
}

fn announce(city: &OpenedCity) {
    say(&format!("{} (demo: semua orang dan usaha di sini rekaan)", city.house.config.city.name));
    for login in &city.logins {
        let secret = login.totp_secret.as_deref().unwrap_or("-");
        let DemoLogin { role, identifier, password, .. } = login;
        say(&format!("  {:<17} {identifier:<14} {password}  {secret}", role.code()));
    }
}

async fn serve_all(
    cities: Vec<OpenedCity>,
    (bank, payers): (::bank::Bank, SocketAddr),
) -> Result<(), String> {
    let stop = stop_signal();
    let bank = tokio::spawn(bank::serve(bank, ("bank", payers), stop.clone()));
    let served = cities.into_iter().map(|city| {
        let stop = stop.clone();
        tokio::spawn(serve(city.house, Some(city.logins), stop))
    });
    for city in served.collect::<Vec<_>>() {
        city.await.map_err(|e| e.to_string())??;
    }
    bank.await.map_err(|e| e.to_string())?
}

fn next_port(listen: SocketAddr) -> SocketAddr {
    SocketAddr::new(listen.ip(), listen.port().saturating_add(1))
}

fn config(listen: SocketAddr, city: [&str; 6]) -> Config {
    let [slug, name, region_code, shop_name, registry_name, village_word] = city.map(str::to_owned);
    let base_url = format!("http://{listen}");
    let city =
        CityConfig { slug, name, region_code, shop_name, registry_name, village_word, base_url };
    Config {
        listen,
        data: PathBuf::new(),
        database_url: None,
        connections: 4,
        stop_limit_s: 10,
        city,
        // Whoever measures orders a lot from one machine.
        limits: web::Limits { guest_orders_per_hour: 1_000_000, ..web::Limits::default() },
        calls_itself: true,
        smtp: None,
    }
}

fn semarang(listen: SocketAddr) -> Config {
    let words = ["semarang", "Kota Semarang", "33.74", "Gulo Asem", "Gerai Kopimi", "kelurahan"];
    config(listen, words)
}

/// Banda Aceh's own names of the services are not decided; these are plain words.
fn banda_aceh(listen: SocketAddr) -> Config {
    let words =
        ["banda-aceh", "Kota Banda Aceh", "11.71", "Belanja Gampong", "Data UMKM", "gampong"];
    config(listen, words)
}
