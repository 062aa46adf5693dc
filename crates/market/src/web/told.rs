//! A complaint as its buyer, its seller and the market's clerks read it, and its photos.

use ::web::{Answer, Ctx, Upload, photo};
use base::{Error, Read, Result, Rupiah};
use schemars::JsonSchema;
use serde::Serialize;

use crate::complaint::{self, Complaint};
use crate::order::{self, Order, OrderId};

/// Something that is complained about.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Piece {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) count: i64,
}

/// A complaint with what it is about.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Told {
    pub(super) complaint: Complaint,
    pub(super) pieces: Vec<Piece>,
    /// Where its photos are shown; `buyer` or `seller` and a size follow.
    #[serde(skip)]
    pub(super) at: String,
}

impl Told {
    /// Whether anything goes back to the buyer.
    pub(super) fn gives_back(&self) -> bool {
        self.complaint.refunded.is_some_and(|back| back > Rupiah::ZERO)
    }

    /// Where the photos of whoever reads it are shown.
    pub(super) fn shown_at(self, at: String) -> Told {
        Told { at, ..self }
    }
}

/// The complaint about an order, if there is one.
pub(super) fn of_order(read: &mut Read<'_>, id: &OrderId) -> Result<Option<Told>> {
    match complaint::of_order(read, id)? {
        Some(complaint) => told(read, complaint).map(Some),
        None => Ok(None),
    }
}

/// A complaint with the names of what it is about.
pub(super) fn told(read: &mut Read<'_>, complaint: Complaint) -> Result<Told> {
    let lines = order::lines(read, &complaint.order)?;
    let piece = |(position, count): (i64, i64)| {
        let line = lines.get(usize::try_from(position).ok()?)?;
        let name = match line.variant.is_empty() {
            true => line.name.clone(),
            false => format!("{}, {}", line.name, line.variant),
        };
        Some(Piece { name, unit: line.unit.clone(), count })
    };
    let pieces = complaint::pieces(read, &complaint.id)?.into_iter().filter_map(piece).collect();
    Ok(Told { complaint, pieces, at: String::new() })
}

/// Keeps the photo that was sent, if one was; gives its hash.
pub(super) async fn keep_photo(ctx: &Ctx, upload: &Upload) -> Result<String> {
    match upload.file("photo") {
        Some(file) => photo::keep_private(ctx.files(), "photo", file.bytes.clone()).await,
        None => Ok(String::new()),
    }
}

/// One side's photo in one of its sizes, for a reader whom the caller has admitted.
pub(super) async fn picture(ctx: &Ctx, complaint: &Complaint, side: &str, size: &str) -> Answer {
    let hash = match side {
        "buyer" => &complaint.photo,
        "seller" => &complaint.answer_photo,
        _ => "",
    };
    if hash.is_empty() {
        return Err(Error::NotFound.into());
    }
    Ok(photo::private(ctx.files(), hash, size).await?)
}

/// The complaint about an order that the caller has admitted the reader to.
pub(super) async fn complaint_of(ctx: &Ctx, order: &Order) -> Result<Complaint> {
    let id = order.id.clone();
    let found = ctx.read(move |read| complaint::of_order(read, &id)).await?;
    found.ok_or(Error::NotFound)
}
