//! How a guest pays ahead: by the code of the bill or by a number that is paid into; and where a refund goes
//! that cannot go back by the way it came.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Path, Routes};
use axum::http::header;
use axum::response::IntoResponse;
use base::account::attempt::{self, Limit, Scope};
use base::keyring::Keyring;
use base::qr::Qr;
use base::{Error, Read, Result, Rupiah, Tx};
use payments::{Account, BankShown, Bill, Refunds};
use schemars::JsonSchema;
use serde::Serialize;

use super::money::PayeeForm;
use super::track::{self, TrackPage, address, admit};
use crate::order_group::GroupId;
use crate::paying;

/// The bank is asked so often about one bill within an hour.
const LOOKS_HOURLY: i64 = 20;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .post("/market/orders/{group}/{secret}/payment", look_again, Access::Anyone)
        .people_only()
        .get("/market/orders/{group}/{secret}/qris.png", code_picture, Access::Anyone)
        .raw()
        .post("/market/orders/{group}/{secret}/account", want_account, Access::Anyone)
        .gives::<TrackPage>()
        .post("/market/orders/{group}/{secret}/refund", name_account, Access::Anyone)
        .takes::<PayeeForm>()
        .needs(&["bank", "number", "holder"])
        .gives::<TrackPage>()
}

/// How the payment of a group stands.
#[derive(Serialize, JsonSchema)]
pub(super) struct Paid {
    /// What is to be paid ahead, and how it stands.
    pub(super) bill: Option<Bill>,
    /// The number that is paid into instead of reading the code; empty unless it can be.
    pub(super) account: String,
    /// Whom the payer's bank names to them then.
    pub(super) account_name: String,
    /// Whether the bank is being asked for the number.
    pub(super) account_asked: bool,
    /// What goes back to whoever paid.
    pub(super) refund: Rupiah,
    /// What of it the bank has not yet given back.
    pub(super) refund_open: Rupiah,
    /// What of that waits for an account that the buyer names.
    pub(super) refund_account_wanted: Rupiah,
    /// The code of the bill, to be drawn.
    #[serde(skip)]
    pub(super) qr: Option<Qr>,
    /// The number in groups, as people read it.
    #[serde(skip)]
    pub(super) account_shown: String,
    #[serde(skip)]
    pub(super) bank: BankShown,
}

impl Paid {
    pub(super) fn read(read: &mut Read<'_>, keyring: &Keyring, group: &GroupId) -> Result<Paid> {
        let Some(bill) = paying::bill(read, group)? else {
            return Ok(Paid::of(None, Refunds::NONE));
        };
        let refunds = payments::refunds_of(read, &bill.id)?;
        let account = payments::account_of(read, &bill.id)?;
        let bank = payments::bank_shown(read, keyring)?.unwrap_or_default();
        let paid = Paid { bank, ..Paid::of(Some(bill), refunds) };
        Ok(match account {
            Some(account) => paid.with(&account),
            None => paid,
        })
    }

    fn of(bill: Option<Bill>, refunds: Refunds) -> Paid {
        let code = bill.as_ref().map(|bill| bill.code.as_str()).filter(|code| !code.is_empty());
        Paid {
            qr: code.and_then(|code| Qr::encode(code).ok()),
            bill,
            account: String::new(),
            account_name: String::new(),
            account_asked: false,
            account_shown: String::new(),
            refund: refunds.all,
            refund_open: refunds.open,
            refund_account_wanted: refunds.account_wanted,
            bank: BankShown::default(),
        }
    }

    fn with(self, account: &Account) -> Paid {
        if !account.is_open() {
            return Paid { account_asked: account.is_asked(), ..self };
        }
        Paid {
            account: account.digits(),
            account_name: account.name.clone(),
            account_shown: account.shown(),
            ..self
        }
    }

    pub(super) fn is(&self, state: payments::State) -> bool {
        self.bill.as_ref().is_some_and(|bill| bill.state == state)
    }

    /// The bill that waits for the buyer's money.
    pub(super) fn payable(&self) -> Option<&Bill> {
        self.bill.as_ref().filter(|bill| bill.state == payments::State::Open)
    }

    /// Whether a number to pay into can be asked for.
    pub(super) fn offers_account(&self) -> bool {
        self.bank.gives_accounts && self.account.is_empty() && !self.account_asked
    }
}

/// The buyer says that they have paid: the bank is asked.
async fn look_again(ctx: Ctx, Path((group, secret)): Path<(GroupId, String)>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let asked = ctx.write("market.look_again", move |tx| {
        let bill = paying::bill(tx, &group)?.ok_or(Error::NotFound)?;
        let brake = Scope::of("market.look_again", group.as_str(), Limit::hourly(LOOKS_HOURLY));
        if bill.state != payments::State::Open || attempt::count(tx, &[brake])?.is_some() {
            return Ok(());
        }
        payments::look_again(tx, &bill.id)
    });
    asked.await?;
    Ok(ctx.done_saying(at, "market-said-looking", ()))
}

/// The code alone, for a phone that pays for itself: it is kept as a picture and opened in the bank's app.
async fn code_picture(ctx: Ctx, Path((group, secret)): Path<(GroupId, String)>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let bill = ctx.read(move |read| paying::bill(read, &group)).await?;
    let bill = bill.filter(|bill| bill.state == payments::State::Open && !bill.code.is_empty());
    let qr = Qr::encode(&bill.ok_or(Error::NotFound)?.code).map_err(Error::broken)?;
    let kept = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"qris.png\""),
    ];
    Ok((kept, qr.png()).into_response())
}

/// The buyer wants a number to pay into.
async fn want_account(ctx: Ctx, Path((group, secret)): Path<(GroupId, String)>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let (keyring, id) = (Arc::clone(ctx.keyring()), group.clone());
    let name = format!("Pasar {}", ctx.city().name);
    let wanted = ctx.write("market.want_account", move |tx| {
        let bill = bill_of(tx, &id)?;
        payments::want_account(tx, &keyring, &bill.id, &name)
    });
    changed(&ctx, (group, secret), ("market-said-account-asked", wanted.await)).await
}

/// The buyer names the account to which their money goes.
async fn name_account(
    ctx: Ctx,
    Path((group, secret)): Path<(GroupId, String)>,
    Input(form): Input<PayeeForm>,
) -> Answer {
    admit(&ctx, &group, &secret)?;
    let payee = match form.payee() {
        Ok(payee) => payee,
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = track::page(&ctx, group, &secret).await?;
            return ctx.again(page.with(form, problems));
        }
        Err(error) => return Err(error.into()),
    };
    let (keyring, id) = (Arc::clone(ctx.keyring()), group.clone());
    let sent = ctx.write("market.name_account", move |tx| {
        let bill = bill_of(tx, &id)?;
        payments::send_refunds_to(tx, &keyring, &bill.id, &payee)
    });
    changed(&ctx, (group, secret), ("market-said-refund-account", sent.await)).await
}

/// An order that is paid in cash has no bill.
fn bill_of(tx: &mut Tx<'_>, group: &GroupId) -> Result<Bill> {
    paying::bill(tx, group)?.ok_or(Error::Refused("payments-not-open"))
}

/// Back to the order, with what was said or why nothing was done.
async fn changed(
    ctx: &Ctx,
    (group, secret): (GroupId, String),
    (said, done): (&'static str, Result<()>),
) -> Answer {
    match done {
        Ok(()) => {
            let at = address(&group, &secret);
            Ok(ctx.done_saying(at, said, track::page(ctx, group, &secret).await?))
        }
        Err(Error::Refused(code)) if ctx.wants_page() => {
            ctx.again(track::page(ctx, group, &secret).await?.refusing(code))
        }
        Err(error) => Err(error.into()),
    }
}
