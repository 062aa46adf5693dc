//! Where partners come in: nothing is done before token, moment, number and signature are right.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base::{Date, Error, Read, Result, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use snap::keys::{PublicKey, Secret};
use snap::text::{self, Request};
use snap::wire::{Answered, TokenGiven, TokenWanted, Whole};
use snap::{Answer, Case, Service, Spaces, moment};

use crate::partner::{self, Partner, TOKEN_SECONDS};
use crate::{Bank, account, code, refund, transfer};

/// What the bank serves.
pub(crate) const SERVED: [Service; 10] = [
    Service::Token,
    Service::QrGenerate,
    Service::QrQuery,
    Service::QrRefund,
    Service::VaCreate,
    Service::VaStatus,
    Service::VaDelete,
    Service::TransferIntrabank,
    Service::TransferInterbank,
    Service::TransferStatus,
];

/// The longest number of a request.
const NUMBER_CHARS_MAX: usize = 36;

/// What came in, as far as it is signed.
#[derive(Clone)]
struct Call {
    service: Service,
    /// As it was sent: widely used clients post where the standard says `DELETE`.
    method: Method,
    path: String,
    body: Bytes,
    timestamp: String,
    signature: String,
    /// The client key, or the access token.
    key: String,
    partner: String,
    number: String,
}

impl Call {
    fn read(method: Method, path: &str, headers: &HeaderMap, body: Bytes) -> Option<Call> {
        let header = |name: &str| {
            let value = headers.get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let plain = path.split('?').next().unwrap_or_default();
        let service = SERVED.into_iter().find(|service| service.path() == plain)?;
        if method != Method::POST && method.as_str() != service.method() {
            return None;
        }
        let bearer = header("authorization");
        let key = match service {
            Service::Token => header("x-client-key"),
            _ => bearer.strip_prefix("Bearer ").unwrap_or_default().to_owned(),
        };
        Some(Call {
            service,
            method,
            path: path.to_owned(),
            body,
            timestamp: header("x-timestamp"),
            signature: header("x-signature"),
            key,
            partner: header("x-partner-id"),
            number: header("x-external-id"),
        })
    }

    fn is_fresh(&self, read: &Read<'_>) -> bool {
        moment::read(&self.timestamp).is_some_and(|at| moment::is_fresh(at, read.now_ms()))
    }

    fn body<T: DeserializeOwned>(&self) -> Result<T, Case> {
        serde_json::from_slice(&self.body).map_err(|error| match error.is_data() {
            true => Case::MissingField,
            false => Case::BadRequest,
        })
    }
}

/// Answers a partner.
pub(crate) async fn call(
    State(bank): State<Bank>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().map_or_else(|| uri.path(), |path| path.as_str());
    let Some(call) = Call::read(method, path, &headers, body) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let service = call.service;
    let done = bank.db().write("bank.call", move |tx| serve(tx, &call)).await;
    match done {
        Ok(Ok(answer)) => (StatusCode::OK, Json(answer)).into_response(),
        Ok(Err(case)) => refused(service, case),
        Err(error) => {
            tracing::warn!(%error, "the bank could not answer");
            refused(service, Case::GeneralError)
        }
    }
}

fn refused(service: Service, case: Case) -> Response {
    let answer = Answer { service, case };
    let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(Answered::from(answer))).into_response()
}

type Answering = Result<Result<Value, Case>>;

/// A refusal is an answer, too: what was noted of the request stays.
fn serve(tx: &mut Tx<'_>, call: &Call) -> Answering {
    if call.service == Service::Token {
        return token(tx, call);
    }
    let partner = match admit(tx, call)? {
        Ok(partner) => partner,
        Err(case) => return Ok(Err(case)),
    };
    match call.service {
        Service::QrGenerate => answer(call, |body| code::generate(tx, &partner, &body)),
        Service::QrQuery => answer(call, |body| code::standing(tx, &partner, &body)),
        Service::QrRefund => answer(call, |body| refund::give_back(tx, &partner, &body)),
        Service::VaCreate => answer(call, |body| account::create(tx, &partner, &body)),
        Service::VaStatus => answer(call, |body| account::standing(tx, &partner, &body)),
        Service::VaDelete => answer(call, |body| account::take_back(tx, &partner, &body)),
        Service::TransferIntrabank | Service::TransferInterbank => {
            answer(call, |body| transfer::pay_out(tx, &partner, &body))
        }
        Service::TransferStatus => answer(call, |body| transfer::standing(tx, &partner, &body)),
        _ => Ok(Err(Case::NotFound)),
    }
}

fn answer<Q: DeserializeOwned, A: Serialize>(
    call: &Call,
    serve: impl FnOnce(Q) -> Result<Result<A, Case>>,
) -> Answering {
    let body = match call.body() {
        Ok(body) => body,
        Err(case) => return Ok(Err(case)),
    };
    let said = match serve(body)? {
        Ok(said) => said,
        Err(case) => return Ok(Err(case)),
    };
    let done = Answer { service: call.service, case: Case::Successful };
    Ok(Ok(serde_json::to_value(Whole::new(done, said)).map_err(Error::broken)?))
}

fn token(tx: &mut Tx<'_>, call: &Call) -> Answering {
    let Some(partner) = partner::of_client_key(tx, &call.key)? else {
        return Ok(Err(Case::Unauthorized));
    };
    let key = PublicKey::parse(&partner.public_key).map_err(Error::broken)?;
    let signed = text::token(&call.key, &call.timestamp);
    if !call.is_fresh(tx) || !key.verify(&signed, &call.signature) {
        return Ok(Err(Case::Unauthorized));
    }
    answer(call, |wanted: TokenWanted| {
        if wanted.grant_type != "client_credentials" {
            return Ok(Err(Case::InvalidField));
        }
        let access_token = partner::give_token(tx, &partner.id)?;
        Ok(Ok(TokenGiven {
            access_token,
            token_type: "Bearer".to_owned(),
            expires_in: TOKEN_SECONDS.to_owned(),
        }))
    })
}

fn admit(tx: &mut Tx<'_>, call: &Call) -> Result<Result<Partner, Case>> {
    let Some(partner) = partner::of_token(tx, &call.key)? else {
        return Ok(Err(Case::InvalidToken));
    };
    let request = Request {
        method: call.method.as_str(),
        path: &call.path,
        body: &call.body,
        timestamp: &call.timestamp,
    };
    let signed = request.symmetric(&call.key, Spaces::Outside);
    let secret = Secret::new(&partner.secret);
    let right = signed.is_some_and(|text| secret.verify(&text, &call.signature));
    if !right || !call.is_fresh(tx) || call.partner != partner.id {
        return Ok(Err(Case::Unauthorized));
    }
    if call.number.is_empty() || call.number.len() > NUMBER_CHARS_MAX {
        return Ok(Err(Case::MissingField));
    }
    let day = Date::today(tx).iso();
    let noted: Vec<(String,)> = tx.housekeep(
        "INSERT INTO bank_requests (partner, day, number) VALUES ($1, $2, $3)
         ON CONFLICT (partner, day, number) DO NOTHING RETURNING number",
        &[&partner.id, &day, &call.number],
    )?;
    Ok(if noted.is_empty() { Err(Case::DuplicateExternalId) } else { Ok(partner) })
}
