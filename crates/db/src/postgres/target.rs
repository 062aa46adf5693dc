//! PostgreSQL: where the server is and how to speak to it, from one url.
//!
//! Three parameters of the url are our own. `schema=NAME` puts the whole city into that schema,
//! which is created when missing. `sslmode` is `disable`, `prefer` (encrypted when the server
//! can, without proof of who it is, as everywhere) or `require` (also `verify-full`: encrypted,
//! and the certificate must be valid for the host). `sslrootcert=FILE` adds an authority to
//! those the machine trusts.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::Error;

/// How long one address may take to accept a connection, unless the url says otherwise.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(3);
/// A silent connection is asked for a sign of life after this long.
const SILENCE_MAX: Duration = Duration::from_secs(10);
const SCHEMA_NAME_MAX: usize = 63;

/// What every session needs to connect.
pub(crate) struct Target {
    pub(crate) config: Config,
    pub(crate) tls: MakeRustlsConnect,
    pub(crate) schema: Option<String>,
}

impl Target {
    pub(crate) fn parse(url: &str) -> Result<Target, Error> {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut schema, mut mode, mut root) = (None, "prefer", None);
        let mut rest = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("schema", name)) => schema = Some(schema_name(name)?),
                Some(("sslmode", value)) => mode = value,
                Some(("sslrootcert", path)) => root = Some(path),
                _ => rest.push(pair),
            }
        }
        let url = format!("{base}?{}", rest.join("&"));
        let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
            Error::Driver(format!("the database url is not understood: {}", super::told(&error)))
        })?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIME_MAX);
        }
        config.keepalives_idle(SILENCE_MAX).tcp_user_timeout(SILENCE_MAX);
        let (mode, verified) = ssl_mode(mode)?;
        config.ssl_mode(mode);
        Ok(Target { tls: MakeRustlsConnect::new(tls(verified, root)?), config, schema })
    }

    /// `host:port` of the server, for messages. Never the password.
    pub(crate) fn place(&self) -> String {
        let ports = self.config.get_ports();
        let hosts = self.config.get_hosts().iter().enumerate().map(|(n, host)| {
            let port = ports.get(n).or(ports.first()).copied().unwrap_or(5432);
            match host {
                Host::Tcp(name) => format!("{name}:{port}"),
                Host::Unix(path) => format!("{}:{port}", path.display()),
            }
        });
        hosts.collect::<Vec<_>>().join(", ")
    }
}

fn schema_name(name: &str) -> Result<String, Error> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= SCHEMA_NAME_MAX
        && name.chars().all(plain)
    {
        return Ok(name.to_owned());
    }
    Err(Error::Driver(format!(
        "schema={name} in the database url: use at most {SCHEMA_NAME_MAX} of a-z, 0-9 and _, \
         beginning with a letter"
    )))
}

/// The mode, and whether the server must prove who it is.
fn ssl_mode(mode: &str) -> Result<(SslMode, bool), Error> {
    match mode {
        "disable" => Ok((SslMode::Disable, false)),
        "prefer" => Ok((SslMode::Prefer, false)),
        "require" | "verify-full" => Ok((SslMode::Require, true)),
        other => Err(Error::Driver(format!(
            "sslmode={other} in the database url: use disable, prefer or require"
        ))),
    }
}

fn tls(verified: bool, root: Option<&str>) -> Result<ClientConfig, Error> {
    let broken = |error: &dyn std::error::Error| Error::Driver(format!("TLS: {error}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|e| broken(&e))?;
    let verifier: Arc<dyn ServerCertVerifier> = if verified {
        let roots = Arc::new(trusted(root)?);
        WebPkiServerVerifier::builder_with_provider(roots, provider)
            .build()
            .map_err(|e| broken(&e))?
    } else {
        Arc::new(Unverified(provider))
    };
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    Ok(builder.with_no_client_auth())
}

fn trusted(extra: Option<&str>) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = extra {
        let unreadable = |e: &dyn std::error::Error| {
            Error::Driver(format!("sslrootcert={path} in the database url: {e}"))
        };
        for certificate in CertificateDer::pem_file_iter(path).map_err(|e| unreadable(&e))? {
            let certificate = certificate.map_err(|e| unreadable(&e))?;
            roots.add(certificate).map_err(|e| unreadable(&e))?;
        }
    }
    if roots.is_empty() {
        return Err(Error::Driver(
            "sslmode=require, but this machine trusts no authority: \
             install ca-certificates or name one with sslrootcert=FILE"
                .to_owned(),
        ));
    }
    Ok(roots)
}

/// For `prefer`: whoever can stand between could also have refused encryption altogether.
#[derive(Debug)]
struct Unverified(Arc<CryptoProvider>);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _certificate: &CertificateDer<'_>,
        _chain: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_parameters_are_taken_out_and_the_rest_is_passed_on() {
        let url =
            "postgres://u:secret@h1:5433,h2/city?schema=t_1&application_name=x&sslmode=disable";
        let target = Target::parse(url).unwrap();
        assert_eq!(target.schema.as_deref(), Some("t_1"));
        assert_eq!(target.config.get_application_name(), Some("x"));
        assert_eq!(target.config.get_ssl_mode(), SslMode::Disable);
        assert_eq!(target.config.get_dbname(), Some("city"));
        assert!(!target.place().contains("secret"));
    }

    #[test]
    fn a_schema_name_that_could_be_more_than_a_name_is_refused() {
        for name in ["", "1a", "A", "a b", "a;drop", "a\"", &"a".repeat(64)] {
            assert!(schema_name(name).is_err(), "{name}");
        }
        assert!(schema_name(&"a".repeat(63)).is_ok());
    }
}
