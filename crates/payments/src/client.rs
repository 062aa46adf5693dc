//! One question to the bank: an access token first, then the question, signed with what both sides know.
//! For jobs, never inside a transaction.

use base::webhook::{Courier, HookUrl, Parcel, Said};
use base::{Error, Id, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use snap::keys::{PrivateKey, Secret};
use snap::text::{self, Request};
use snap::wire::{Answered, TokenGiven, TokenWanted};
use snap::{Answer, Case, Service, Spaces};

use crate::bank::Profile;

/// Names what the number of a request identifies.
#[derive(Debug)]
pub(crate) enum Call {}

/// What both need who speak to the bank: how, with which number, and when.
pub(crate) struct Client<'c> {
    pub(crate) courier: &'c Courier,
    pub(crate) profile: &'c Profile,
    /// New for each question.
    pub(crate) number: Id<Call>,
    /// As the standard writes it.
    pub(crate) timestamp: String,
}

/// The bank did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// It said so.
    Refused(Case),
    /// It was not reached, or said something that nobody understands: try again.
    Unclear(String),
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Error {
        Error::broken(match trouble {
            Trouble::Refused(case) => format!("the bank refused: {}", case.message()),
            Trouble::Unclear(why) => format!("the bank: {why}"),
        })
    }
}

impl Client<'_> {
    /// Asks, and reads the answer.
    pub(crate) fn ask<A: DeserializeOwned>(
        &self,
        service: Service,
        question: &impl Serialize,
    ) -> Result<A, Trouble> {
        let token = self.token()?;
        let body = written(question)?;
        let url = self.url(service)?;
        let path = url.path_and_query();
        let request = Request {
            method: service.method(),
            path: &path,
            body: body.as_bytes(),
            timestamp: &self.timestamp,
        };
        let signed = request.symmetric(&token, Spaces::Outside);
        let signed = signed.ok_or_else(|| unclear("a question that is too long"))?;
        let signature = Secret::new(&self.profile.secret).sign(&signed);
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("x-timestamp", self.timestamp.as_str()),
            ("x-signature", signature.as_str()),
            ("x-partner-id", self.profile.partner.as_str()),
            ("x-external-id", self.number.as_str()),
            ("channel-id", self.profile.channel.as_str()),
        ];
        let method = service.method();
        read(self.courier.ask(&Parcel { method, url: &url, headers: &headers, body: &body }))
    }

    fn token(&self) -> Result<String, Trouble> {
        let key = PrivateKey::parse(&self.profile.private_key);
        let key = key.map_err(|_| unclear("the city's key cannot be read"))?;
        let signature = key.sign(&text::token(&self.profile.client_key, &self.timestamp));
        let body = written(&TokenWanted { grant_type: "client_credentials".to_owned() })?;
        let headers = [
            ("x-timestamp", self.timestamp.as_str()),
            ("x-client-key", self.profile.client_key.as_str()),
            ("x-signature", signature.as_str()),
        ];
        let url = self.url(Service::Token)?;
        let method = Service::Token.method();
        let parcel = Parcel { method, url: &url, headers: &headers, body: &body };
        let given: TokenGiven = read(self.courier.ask(&parcel))?;
        Ok(given.access_token)
    }

    fn url(&self, service: Service) -> Result<HookUrl, Trouble> {
        let text = format!("{}{}", self.profile.url.trim_end_matches('/'), service.path());
        HookUrl::parse("url", &text, self.courier.reaches_loopback())
            .map_err(|problem| Trouble::Unclear(format!("its address is refused: {problem:?}")))
    }
}

fn unclear(why: &str) -> Trouble {
    Trouble::Unclear(why.to_owned())
}

fn written(question: &impl Serialize) -> Result<String, Trouble> {
    serde_json::to_string(question).map_err(|error| Trouble::Unclear(error.to_string()))
}

/// A refusal is one only if the bank wrote it as the standard does; a page of some proxy is none.
fn read<A: DeserializeOwned>(said: Result<Said, &'static str>) -> Result<A, Trouble> {
    let said = said.map_err(unclear)?;
    let head: Answered = serde_json::from_slice(&said.body)
        .map_err(|_| Trouble::Unclear(format!("it answered {} without a code", said.status)))?;
    match Answer::parse(&head.response_code).map(|answer| answer.case) {
        Some(Case::Successful) => serde_json::from_slice(&said.body)
            .map_err(|error| Trouble::Unclear(format!("its answer cannot be read: {error}"))),
        Some(case) if is_final(case) => Err(Trouble::Refused(case)),
        _ => Err(Trouble::Unclear(format!("it answered {}", head.response_code))),
    }
}

/// Whether asking again would change nothing. A key or clock that is wrong can be set right, and says
/// nothing about what was asked.
fn is_final(case: Case) -> bool {
    !matches!(
        case,
        Case::InProgress
            | Case::TooMany
            | Case::GeneralError
            | Case::InvalidToken
            | Case::Unauthorized
    )
}
