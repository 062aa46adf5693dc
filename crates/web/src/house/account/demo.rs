//! The demo's people: anybody may be them, several at once, and their phones lie on the table. A city
//! in service has no such people, so nothing here happens there.

use std::sync::Arc;

use base::Result;
use base::account::sign_in::{self, Entered, Proof, Prove};
use base::account::totp::{self, Secret};
use base::account::{Identifier, person};

use super::doorstep::{Doorstep, Tokens};
use super::once_only;
use crate::app::DemoLogin;
use crate::ctx::Ctx;

/// The code on the phone of whoever waits at the door, if they are one of the demo's people.
pub(crate) async fn code(ctx: &Ctx, waiting: Option<String>) -> Result<Option<String>> {
    let logins = ctx.app.0.demo_logins.clone();
    let Some(waiting) = waiting.filter(|_| !logins.is_empty()) else { return Ok(None) };
    let keys = Arc::clone(ctx.keyring());
    ctx.read(move |read| {
        let Some((_, id)) = sign_in::waiting(read, &waiting)? else { return Ok(None) };
        let person = person::find(read, &id)?;
        let blind = person.phone.as_ref().map(|phone| phone.blind.as_str());
        let reached = [blind, person.email.as_deref()];
        let mine = |login: &&DemoLogin| {
            let identifier = Identifier::parse("", &login.identifier, &keys).ok();
            identifier.is_some_and(|it| reached.contains(&Some(it.as_str())))
        };
        let secret = logins.iter().find(mine).and_then(|login| login.totp_secret.as_deref());
        let secret = secret.and_then(Secret::parse);
        Ok(secret.map(|secret| secret.code(totp::step_at(read.now_ms()))))
    })
    .await
}

/// Reads the code off the phone and shows it, for whoever chose this person from the demo's list.
/// Nothing when it is not one of the demo's people: then the code is asked.
pub(super) async fn prove(
    ctx: &Ctx,
    door: &Doorstep,
    waiting_hash: String,
    stay: &str,
) -> Result<Option<(Tokens, Entered)>> {
    let Some(code) = code(ctx, Some(waiting_hash.clone())).await? else { return Ok(None) };
    let tokens = door.tokens(stay == "1");
    let arrival = door.arrival(&tokens);
    let (token_hash, device_hash) = (arrival.token_hash, arrival.device_hash);
    let cmd = Prove { waiting_hash, code, shared: true, token_hash, device_hash };
    let keys = Arc::clone(ctx.keyring());
    let proof = once_only(ctx, "account.prove", move |tx| sign_in::prove(tx, &keys, &cmd)).await?;
    Ok(match proof {
        Proof::In { person, length } => Some((tokens, Entered::In { person, length })),
        Proof::Wrong { .. } | Proof::Shut { .. } | Proof::Expired => None,
    })
}
