//! What the bank asks of the city, in the words of the national standard: no page, no account, but signatures
//! over exactly what was sent.

use ::web::{Access, Answer, Ctx, Routes};
use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use base::{Actor, Result};
use serde::Serialize;
use snap::va::VaPaid;
use snap::wire::{Answered, Whole};
use snap::{Case, Service};

use crate::notice::{self, Told};

/// What stands before the path of each service that the city offers its bank.
pub const SERVICES_PATH: &str = "/snap";
const TOKEN: &str = "/snap/v1.0/access-token/b2b";
const CODE_PAID: &str = "/snap/v1.0/qr/qr-mpm-notify";
const ACCOUNT_PAID: &str = "/snap/v1.0/transfer-va/payment";

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .post(TOKEN, give_token, Access::Signed)
        .raw()
        .post(CODE_PAID, code_paid, Access::Signed)
        .raw()
        .post(ACCOUNT_PAID, account_paid, Access::Signed)
        .raw()
}

/// Of an answer that says no more than that it was heard.
#[derive(Serialize)]
struct NothingElse {}

fn told(service: Service, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Told {
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let bearer = header("authorization");
    Told {
        service,
        path: uri.path_and_query().map_or_else(String::new, |path| path.as_str().to_owned()),
        body: body.to_vec(),
        timestamp: header("x-timestamp"),
        signature: header("x-signature"),
        token: bearer.strip_prefix("Bearer ").unwrap_or_default().to_owned(),
        client_key: header("x-client-key"),
        partner: header("x-partner-id"),
        number: header("x-external-id"),
    }
}

async fn give_token(ctx: Ctx, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    let told = told(Service::Token, &uri, &headers, &body);
    let keyring = std::sync::Arc::clone(ctx.keyring());
    let given = ctx.read(move |read| notice::give_token(read, &keyring, &told)).await?;
    answer(Service::Token, given)
}

async fn code_paid(ctx: Ctx, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    let told = told(Service::QrNotify, &uri, &headers, &body);
    let said = match hear(&ctx, told).await {
        Case::Successful => Ok(NothingElse {}),
        case => Err(case),
    };
    answer(Service::QrNotify, said)
}

async fn account_paid(ctx: Ctx, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    let told = told(Service::VaPayment, &uri, &headers, &body);
    let said = match hear(&ctx, told.clone()).await {
        Case::Successful => told.read::<VaPaid>().map(VaPaid::heard),
        case => Err(case),
    };
    answer(Service::VaPayment, said)
}

async fn hear(ctx: &Ctx, told: Told) -> Case {
    let keyring = std::sync::Arc::clone(ctx.keyring());
    let bank = ctx.database().acting(Actor::system("bank"));
    let heard = bank.write("payments.hear", move |tx| notice::hear(tx, &keyring, &told)).await;
    heard.unwrap_or_else(|error| {
        tracing::warn!(%error, "a notice could not be heard; the bank will tell it again");
        Case::GeneralError
    })
}

fn answer<A: Serialize>(service: Service, said: Result<A, Case>) -> Answer {
    let answer = |case| snap::Answer { service, case };
    Ok(match said {
        Ok(said) => Json(Whole::new(answer(Case::Successful), said)).into_response(),
        Err(case) => {
            let answer = answer(case);
            let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::BAD_REQUEST);
            (status, Json(Answered::from(answer))).into_response()
        }
    })
}
