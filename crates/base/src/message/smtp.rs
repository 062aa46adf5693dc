//! The city's mail server, if it has one.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use lettre::message::{Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT, SmtpTransportBuilder};
use lettre::{Address, SmtpTransport, Transport};
use serde::Deserialize;

use super::Mail;

/// A server that has not answered by then is asked again later.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How the way to the server is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Starts in the open and must turn to TLS (port 587).
    #[default]
    Starttls,
    /// TLS from the first byte (port 465).
    Tls,
    /// None. Only for a server on the same machine.
    None,
}

/// Where letters go out, as the configuration file has it.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// The server's name.
    pub host: String,
    /// Its port, if not the usual one.
    pub port: Option<u16>,
    /// Whom to sign in as, if the server asks.
    pub user: Option<String>,
    /// The password; from the configuration or the environment, never from the database.
    pub password: Option<String>,
    /// `Gerai Kota Semarang <gerai@semarang.example>`.
    pub from: String,
    /// How the way is protected.
    #[serde(default)]
    pub security: Security,
    /// Certificates (PEM) of an authority of the city's own, trusted beside the public ones.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

impl fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpConfig({}, {:?}, from {})", self.host, self.security, self.from)
    }
}

/// Sends letters, or says why it cannot. Clones share the server.
#[derive(Clone, Default)]
pub struct Mailer {
    server: Option<Arc<Server>>,
}

struct Server {
    transport: SmtpTransport,
    from: Mailbox,
}

/// Why a letter did not go out.
#[derive(Debug)]
pub(super) enum SendError {
    /// It may later.
    Later(String),
    /// It will not, however often it is tried.
    Never(String),
}

impl Mailer {
    /// No server: every letter is kept as not sent, with this as its reason.
    pub fn none() -> Mailer {
        Mailer::default()
    }

    /// A mailer for this server. The error says which line of the configuration to mend.
    pub fn open(config: &SmtpConfig) -> Result<Mailer, String> {
        let from =
            config.from.parse().map_err(|e| format!("smtp.from \"{}\": {e}", config.from))?;
        let mut builder = way(config)?.timeout(Some(TIMEOUT));
        if let Some(port) = config.port {
            builder = builder.port(port);
        }
        builder = match (&config.user, &config.password) {
            (Some(user), Some(password)) => {
                builder.credentials(Credentials::new(user.clone(), password.clone()))
            }
            (None, None) => builder,
            _ => {
                return Err("smtp.user and smtp.password belong together: give both or none".into());
            }
        };
        let server = Server { transport: builder.build(), from };
        Ok(Mailer { server: Some(Arc::new(server)) })
    }

    /// Whether there is a server.
    pub fn is_open(&self) -> bool {
        self.server.is_some()
    }

    pub(super) fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let Some(server) = &self.server else {
            return Err(SendError::Never(
                "no mail server is configured: set [smtp] in gerai.toml".to_owned(),
            ));
        };
        let to = address(&mail.recipient)
            .ok_or_else(|| SendError::Never(format!("{} is no address", mail.recipient)))?;
        let letter = lettre::Message::builder()
            .from(server.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.title.as_str())
            .date(UNIX_EPOCH + Duration::from_millis(mail.created_at.as_ms().unsigned_abs()))
            .message_id(Some(format!("<{}@{}>", mail.id, server.from.email.domain())))
            .header(header::ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .map_err(|e| SendError::Never(e.to_string()))?;
        match server.transport.send(&letter) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(SendError::Never(error.to_string())),
            Err(error) => Err(SendError::Later(error.to_string())),
        }
    }
}

/// The way to the server, protected as the configuration says.
fn way(config: &SmtpConfig) -> Result<SmtpTransportBuilder, String> {
    let (tls, port) = match config.security {
        Security::Starttls => (Tls::Required(trusted(config)?), SUBMISSION_PORT),
        Security::Tls => (Tls::Wrapper(trusted(config)?), SUBMISSIONS_PORT),
        Security::None if !is_here(&config.host) => {
            return Err(format!(
                "smtp.security \"none\" would send letters in the open to {}: use \"starttls\" or \
                 \"tls\"",
                config.host
            ));
        }
        Security::None if config.ca_file.is_some() => {
            return Err(
                "smtp.ca_file is of no use without smtp.security \"starttls\" or \"tls\"".into()
            );
        }
        Security::None => (Tls::None, SMTP_PORT),
    };
    Ok(SmtpTransport::builder_dangerous(&config.host).tls(tls).port(port))
}

/// Whom the server's certificate may come from: the public authorities, and the city's own.
fn trusted(config: &SmtpConfig) -> Result<TlsParameters, String> {
    let mut trusted = TlsParameters::builder(config.host.clone());
    if let Some(file) = &config.ca_file {
        let wrong = |why: String| format!("smtp.ca_file {}: {why}", file.display());
        let pem = std::fs::read(file).map_err(|e| wrong(e.to_string()))?;
        let none =
            || wrong("holds no certificate; it must be PEM, as the authority gives it".into());
        if !String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err(none());
        }
        let own = Certificate::from_pem(&pem).map_err(|_| none())?;
        trusted = trusted.add_root_certificate(own);
    }
    trusted.build().map_err(|e| match &config.ca_file {
        Some(file) => format!("smtp.ca_file {}: {e}", file.display()),
        None => format!("smtp.host \"{}\": {e}", config.host),
    })
}

/// An e-mail address that can be written on a letter.
pub(super) fn address(text: &str) -> Option<Address> {
    text.parse().ok()
}

fn is_here(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "::1")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(security: Security) -> SmtpConfig {
        SmtpConfig {
            host: "mail.example.org".into(),
            port: None,
            user: Some("gerai".into()),
            password: Some("rahasia".into()),
            from: "Gerai <gerai@kota.example>".into(),
            security,
            ca_file: None,
        }
    }

    #[test]
    fn a_wrong_configuration_says_what_to_mend() {
        assert!(Mailer::open(&config(Security::Starttls)).is_ok());
        assert!(Mailer::open(&config(Security::Tls)).unwrap().is_open());
        let open = Mailer::open(&config(Security::None)).err().unwrap();
        assert!(open.contains("starttls"), "{open}");
        let half = SmtpConfig { password: None, ..config(Security::Tls) };
        assert!(Mailer::open(&half).err().unwrap().contains("smtp.password"));
        let from = SmtpConfig { from: "gerai".into(), ..config(Security::Tls) };
        assert!(Mailer::open(&from).err().unwrap().contains("smtp.from"));
        for (file, why) in [("nowhere.pem", "nowhere.pem"), ("Cargo.toml", "no certificate")] {
            let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
            let own = SmtpConfig { ca_file: Some(root.join(file)), ..config(Security::Tls) };
            let told = Mailer::open(&own).err().unwrap();
            assert!(told.contains("smtp.ca_file") && told.contains(why), "{told}");
        }
    }

    #[test]
    fn a_password_does_not_show_itself() {
        assert!(!format!("{:?}", config(Security::Tls)).contains("rahasia"));
    }
}
