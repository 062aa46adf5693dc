//! The payer's phone: what a code or a number asks for, and a button that pays it.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base::{Error, Read, Result};
use serde::Deserialize;

use crate::payable::Payable;
use crate::paying::{self, Whim};
use crate::{Bank, partner};

/// The newest codes and numbers, in place of a camera.
#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    dues: Vec<Shown>,
}

struct Shown {
    merchant: String,
    due: Payable,
}

/// One of them.
#[derive(Template)]
#[template(path = "pay.html")]
struct Pay {
    shown: Option<Shown>,
    whims: [Whim; 5],
    said: &'static str,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    code: String,
    #[serde(default)]
    whim: String,
}

/// How the pages look.
pub(crate) async fn style() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css")];
    (kind, include_str!("../assets/bank.css")).into_response()
}

pub(crate) async fn front(State(bank): State<Bank>) -> Response {
    let dues = bank.db().read(|read| {
        let dues = Payable::newest(read)?;
        dues.into_iter().map(|due| shown(read, due)).collect::<Result<Vec<_>>>()
    });
    match dues.await {
        Ok(dues) => draw(&Front { dues }),
        Err(error) => fell_over(&error),
    }
}

fn shown(read: &mut Read<'_>, due: Payable) -> Result<Shown> {
    let partner = partner::find(read, due.partner())?;
    Ok(Shown { merchant: partner.map(|partner| partner.name).unwrap_or_default(), due })
}

pub(crate) async fn look(State(bank): State<Bank>, Query(asked): Query<Asked>) -> Response {
    show(&bank, asked.code, "").await
}

async fn show(bank: &Bank, content: String, said: &'static str) -> Response {
    let found = bank.db().read(move |read| match Payable::find(read, &content)? {
        Some(due) => Ok(Some(shown(read, due)?)),
        None => Ok(None),
    });
    match found.await {
        Ok(shown) => draw(&Pay { shown, whims: Whim::ALL, said }),
        Err(error) => fell_over(&error),
    }
}

pub(crate) async fn pay(State(bank): State<Bank>, Form(asked): Form<Asked>) -> Response {
    let whim = Whim::parse(&asked.whim).unwrap_or(Whim::Prompt);
    let content = asked.code.clone();
    let paid = bank.db().write("bank.pay", move |tx| paying::pay(tx, &content, whim)).await;
    let said = match paid {
        Ok(_) => "Pembayaran berhasil. Kembali ke halaman pesanan Anda.",
        Err(Error::Refused("bank-paid")) => "Tagihan ini sudah dibayar.",
        Err(Error::Refused("bank-over")) => {
            "Tagihan ini sudah lewat waktunya atau sudah ditutup. Tidak ada yang dibayar."
        }
        Err(Error::Refused(_)) => "Kode atau nomor ini tidak dikenal. Tidak ada yang dibayar.",
        Err(error) => return fell_over(&error),
    };
    show(&bank, asked.code, said).await
}

fn draw(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => fell_over(&Error::broken(error)),
    }
}

fn fell_over(error: &Error) -> Response {
    tracing::warn!(%error, "a page of the bank fell over");
    (StatusCode::INTERNAL_SERVER_ERROR, "Bank simulasi sedang rusak. Coba lagi.").into_response()
}
