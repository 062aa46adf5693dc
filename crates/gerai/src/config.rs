//! What an operator may choose: one TOML file, a few overrides from the environment, parsed once
//! into typed values with limits. Unknown keys are errors.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base::message::{Mailer, SmtpConfig};
use serde::{Deserialize, Serialize};

/// Everything `gerai serve` needs to know.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Where the city listens.
    #[serde(default = "default_listen")]
    pub(crate) listen: SocketAddr,
    /// Folder of files, keys and the search index, and of the database when it is SQLite.
    #[serde(default = "default_data")]
    pub(crate) data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`; by default `city.db` in the data folder.
    #[serde(default, skip_serializing)]
    pub(crate) database_url: Option<String>,
    /// Connections to the database: 1 to 64.
    #[serde(default = "default_connections")]
    pub(crate) connections: usize,
    /// Seconds that open requests get when the city is stopped, 0 to 300; then they are cut off.
    #[serde(default = "default_stop_limit_s")]
    pub(crate) stop_limit_s: u64,
    pub(crate) city: CityConfig,
    /// How much one person or one neighbourhood may begin; wide enough for people.
    #[serde(default)]
    pub(crate) limits: web::Limits,
    /// Whether banks and webhooks on this machine itself may be called, for trying out.
    #[serde(default)]
    pub(crate) calls_itself: bool,
    /// Mail is kept and shown as not sent while this is missing.
    #[serde(default, skip_serializing)]
    pub(crate) smtp: Option<SmtpConfig>,
}

/// What is the city's own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CityConfig {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) region_code: String,
    pub(crate) shop_name: String,
    pub(crate) registry_name: String,
    pub(crate) village_word: String,
    /// Where the public reaches it: `https://gerai.example.go.id`.
    pub(crate) base_url: String,
}

const CONNECTIONS_MAX: usize = 64;
const STOP_LIMIT_S_MAX: u64 = 300;
const GUEST_ORDERS_PER_HOUR: std::ops::RangeInclusive<i64> = 1..=1_000_000;
const ACCOUNTS_PER_HOUR: std::ops::RangeInclusive<i64> = 1..=10_000;
const OPEN_DRAFTS: std::ops::RangeInclusive<i64> = 1..=10_000;

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

fn default_data() -> PathBuf {
    PathBuf::from("data")
}

fn default_connections() -> usize {
    4
}

fn default_stop_limit_s() -> u64 {
    10
}

impl Config {
    /// Reads the file and the environment. The message says what to mend.
    pub(crate) fn read(path: &Path) -> Result<Config, String> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            format!("{}: {error}. Write one, or start `gerai demo` to look around.", path.display())
        })?;
        let config: Config =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        config.overridden(environment)?.checked()
    }

    fn overridden(mut self, variable: fn(&str) -> Option<String>) -> Result<Config, String> {
        if let Some(url) = variable("GERAI_DATABASE_URL") {
            self.database_url = Some(url);
        }
        if let Some(data) = variable("GERAI_DATA") {
            self.data = PathBuf::from(data);
        }
        if let Some(listen) = variable("GERAI_LISTEN") {
            let parsed = listen.parse();
            self.listen = parsed.map_err(|_| {
                format!("GERAI_LISTEN={listen}: write an address like 127.0.0.1:8080")
            })?;
        }
        Ok(self)
    }

    fn checked(self) -> Result<Config, String> {
        if !(1..=CONNECTIONS_MAX).contains(&self.connections) {
            return Err(format!(
                "connections = {}: choose 1 to {CONNECTIONS_MAX}",
                self.connections
            ));
        }
        if self.stop_limit_s > STOP_LIMIT_S_MAX {
            let wrong = self.stop_limit_s;
            return Err(format!("stop_limit_s = {wrong}: choose 0 to {STOP_LIMIT_S_MAX}"));
        }
        let base_url = &self.city.base_url;
        if !base_url.starts_with("http") || base_url.ends_with('/') {
            return Err(format!(
                "city.base_url = {base_url:?}: write it like https://gerai.example.go.id"
            ));
        }
        let known = particulars::region::CityRegions::of_code(&self.city.region_code).is_some();
        if !known {
            let code = &self.city.region_code;
            return Err(format!(
                "city.region_code = {code:?}: its kecamatan and kelurahan are not in the data yet"
            ));
        }
        for (name, value, range) in [
            ("accounts_per_hour", self.limits.accounts_per_hour, ACCOUNTS_PER_HOUR),
            ("guest_orders_per_hour", self.limits.guest_orders_per_hour, GUEST_ORDERS_PER_HOUR),
            ("open_drafts", self.limits.open_drafts, OPEN_DRAFTS),
        ] {
            if !range.contains(&value) {
                let (first, last) = (range.start(), range.end());
                return Err(format!("limits.{name} = {value}: choose {first} to {last}"));
            }
        }
        if let Some(smtp) = &self.smtp {
            Mailer::open(smtp)?;
        }
        Ok(self)
    }

    /// The database, by default beside the files.
    pub(crate) fn database(&self) -> String {
        let beside = || format!("sqlite:{}", self.data.join("city.db").display());
        self.database_url.clone().unwrap_or_else(beside)
    }

    /// As the web knows the city.
    pub(crate) fn city(&self, demo: bool) -> web::City {
        let city = self.city.clone();
        web::City {
            slug: city.slug,
            name: city.name,
            region_code: city.region_code,
            shop_name: city.shop_name,
            registry_name: city.registry_name,
            village_word: city.village_word,
            base_url: city.base_url,
            demo,
            limits: self.limits,
        }
    }
}

/// The only place that reads the environment.
#[expect(clippy::disallowed_methods, reason = "configuration is read here and nowhere else")]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
        listen = "127.0.0.1:9000"
        [city]
        slug = "semarang"
        name = "Kota Semarang"
        region_code = "33.74"
        shop_name = "Gulo Asem"
        registry_name = "Gerai Kopimi"
        village_word = "kelurahan"
        base_url = "https://gerai.example.id"
    "#;

    #[test]
    fn a_file_is_read_and_the_environment_wins() {
        let config: Config = toml::from_str(TEXT).unwrap();
        let variable = |name: &str| (name == "GERAI_LISTEN").then(|| "127.0.0.1:9999".to_owned());
        let config = config.overridden(variable).unwrap().checked().unwrap();
        assert_eq!(config.listen.port(), 9999);
        assert_eq!(config.database(), "sqlite:data/city.db");
    }

    #[test]
    fn unknown_keys_and_impossible_values_are_named() {
        let wrong = toml::from_str::<Config>(&format!("listn = 1\n{TEXT}")).unwrap_err();
        assert!(wrong.to_string().contains("listn"), "{wrong}");
        let config: Config = toml::from_str(&TEXT.replace(".id\"", ".id/\"")).unwrap();
        assert!(config.checked().unwrap_err().contains("base_url"));
        let text = format!("{TEXT}\n[limits]\nopen_drafts = 0\n");
        let config: Config = toml::from_str(&text).unwrap();
        assert_eq!(config.limits.accounts_per_hour, 30, "what is not said stays");
        assert!(
            config.checked().unwrap_err().contains("limits.open_drafts = 0: choose 1 to 10000")
        );
        let mail = "[smtp]\nhost = \"mail.example.id\"\nfrom = \"gerai@example.id\"\n";
        let own = |file: &str| format!("{TEXT}\n{mail}ca_file = \"{file}\"\n");
        let config: Config = toml::from_str(&own("/nowhere/authority.pem")).unwrap();
        let wrong = config.checked().unwrap_err();
        assert!(wrong.contains("smtp.ca_file /nowhere/authority.pem"), "{wrong}");
    }
}
