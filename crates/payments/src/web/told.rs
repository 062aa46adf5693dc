//! A bank tells of a payment, in the words of the national standard: no page, no account, but a signature
//! over exactly what was sent.

use ::web::{Access, Answer, Ctx, Routes};
use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use base::Actor;
use snap::wire::Answered;
use snap::{Case, Service};

use crate::notice::{self, PATH, Told};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post(PATH, tell, Access::Anyone).raw()
}

async fn tell(ctx: Ctx, uri: Uri, headers: HeaderMap, body: Bytes) -> Answer {
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let told = Told {
        path: uri.path_and_query().map_or_else(String::new, |path| path.as_str().to_owned()),
        body: body.to_vec(),
        timestamp: header("x-timestamp"),
        signature: header("x-signature"),
        partner: header("x-partner-id"),
        number: header("x-external-id"),
    };
    let keyring = std::sync::Arc::clone(ctx.keyring());
    let bank = ctx.database().acting(Actor::system("bank"));
    let heard = bank.write("payments.hear", move |tx| notice::hear(tx, &keyring, &told)).await;
    let case = heard.unwrap_or_else(|error| {
        tracing::warn!(%error, "a notice could not be heard; the bank will tell it again");
        Case::GeneralError
    });
    let answer = snap::Answer { service: Service::QrNotify, case };
    let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::BAD_REQUEST);
    Ok((status, Json(Answered::from(answer))).into_response())
}
