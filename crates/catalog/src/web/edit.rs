//! One of the owner's goods: how it is described, counted and photographed. Whatever is wrong comes
//! back on the same page with what was typed.

use ::web::{Access, Answer, Ctx, Input, Path, Routes, Upload, filters, photo};
use askama::Template;
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CATEGORIES;
use super::form::{ProductForm, Tick, whole};
use crate::product::{self, Change, OFFER, PHOTOS_MAX, Product, ProductId};
use crate::refusal::Refusal;
use crate::stock::{self, Move, Reason};

pub(super) fn routes(routes: Routes) -> Routes {
    let own = Access::May(OFFER);
    routes
        .get("/catalog/products/{id}/edit", edit, own)
        .gives::<EditPage>()
        .post("/catalog/products/{id}/description", describe, own)
        .takes::<ProductForm>()
        .needs(&["name", "unit", "category", "price"])
        .counts(&["price", "stock", "lead_days"])
        .versioned()
        .post("/catalog/products/{id}/stock", move_stock, own)
        .takes::<StockForm>()
        .needs(&["count"])
        .counts(&["count"])
        .post("/catalog/products/{id}/photos", add_photo, own)
        .uploads(photo::PHOTO_BYTES_MAX)
        .people_only()
        .post("/catalog/products/{id}/photos/{photo}/removal", remove_photo, own)
}

/// A product in its owner's hands.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "edit_product.html")]
struct EditPage {
    product: Product,
    moves: Vec<Move>,
    #[serde(skip)]
    form: ProductForm,
    #[serde(skip)]
    told: StockForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    categories: [&'static str; 8],
    photos_left: usize,
}

impl EditPage {
    /// The price now, and the price that is asked for.
    fn prices(&self) -> (String, String) {
        (self.product.price.display(), self.form.price_said())
    }

    /// What would be left of the stock.
    fn left(&self) -> i64 {
        let count = self.told.counted().unwrap_or_default();
        if self.told.is("counted") { count } else { self.product.stock - count }
    }

    /// Whether the stock is what was told of, not the description.
    fn tells_stock(&self) -> bool {
        !self.told.count.is_empty()
    }
}

/// What comes back to the page because something is wrong with it.
#[derive(Default)]
struct Typed {
    form: Option<ProductForm>,
    told: StockForm,
}

async fn edit(ctx: Ctx, Path(id): Path<ProductId>) -> Answer {
    let page = opened(&ctx, id, Typed::default(), Vec::new()).await?;
    ctx.page_of(page.product.version, page)
}

async fn opened(
    ctx: &Ctx,
    id: ProductId,
    typed: Typed,
    problems: Vec<Problem>,
) -> Result<EditPage> {
    let looked = ctx.read(move |read| {
        let product = product::own(read, &id)?;
        let moves = stock::moves(read, &id, None)?;
        Ok((product, moves))
    });
    let (product, moves) = looked.await?;
    let form = typed.form.unwrap_or_else(|| ProductForm::of(&product));
    let photos_left = PHOTOS_MAX.saturating_sub(product.photos.len());
    let told = typed.told;
    Ok(EditPage { product, moves, form, told, problems, categories: CATEGORIES, photos_left })
}

/// On to the page with a word, or the page again with what is wrong.
async fn answer(
    ctx: Ctx,
    id: ProductId,
    done: Result<()>,
    said: &'static str,
    typed: Typed,
) -> Answer {
    match done {
        Ok(()) => Ok(ctx.done_saying(format!("/catalog/products/{id}/edit"), said, ())),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(opened(&ctx, id, typed, problems).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn describe(ctx: Ctx, Path(id): Path<ProductId>, Input(form): Input<ProductForm>) -> Answer {
    let (version, offered) = (ctx.version(&form.version), form.offered == "1");
    let confirmed = form.confirmed.is_on();
    let done = match form.parse() {
        Ok(what) => {
            let (id, change) = (id.clone(), Change { version, what, offered, confirmed });
            let write = move |tx: &mut base::Tx<'_>| product::describe(tx, &id, &change);
            ctx.write("catalog.describe", write).await
        }
        Err(error) => Err(error),
    };
    answer(ctx, id, done, "catalog-saved", Typed { form: Some(form), ..Typed::default() }).await
}

/// A change of stock as its owner tells it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct StockForm {
    /// `made`, `lost`, or `counted`.
    #[serde(default)]
    reason: String,
    #[serde(default)]
    count: String,
    /// That more than half of the stock is gone.
    #[serde(default)]
    confirmed: Tick,
}

impl StockForm {
    fn counted(&self) -> Result<i64> {
        let count = whole(&self.count).filter(|count| (0..=stock::STOCK_MAX).contains(count));
        count.ok_or_else(|| Error::invalid("count", "catalog-count-wanted"))
    }

    /// Whether this answer is the chosen one; goods that came are what is told most.
    fn is(&self, reason: &str) -> bool {
        let told = if self.reason.is_empty() { "made" } else { &self.reason };
        told == reason
    }
}

async fn move_stock(ctx: Ctx, Path(id): Path<ProductId>, Input(form): Input<StockForm>) -> Answer {
    let done = match form.counted() {
        Ok(count) => {
            let (id, reason) = (id.clone(), Reason::of_owner(&form.reason));
            let sure = form.confirmed.is_on();
            let write = move |tx: &mut base::Tx<'_>| match reason {
                Some(reason) => stock::tell(tx, &id, count, reason, sure),
                None => stock::count(tx, &id, count, sure),
            };
            ctx.write("catalog.stock", write).await
        }
        Err(error) => Err(error),
    };
    // A rule that says no is shown beside the number; programs get its own code.
    let done = match done {
        Err(Error::Refused(code)) if ctx.wants_page() => {
            let fewer = code == Refusal::OutOfStock.code();
            Err(Error::invalid("count", if fewer { "catalog-stock-fewer" } else { code }))
        }
        done => done,
    };
    answer(ctx, id, done, "catalog-stock-saved", Typed { told: form, ..Typed::default() }).await
}

async fn add_photo(ctx: Ctx, Path(id): Path<ProductId>, upload: Upload) -> Answer {
    let done = shown(&ctx, &id, &upload).await;
    answer(ctx, id, done, "catalog-photo-added", Typed::default()).await
}

async fn shown(ctx: &Ctx, id: &ProductId, upload: &Upload) -> Result<()> {
    let file = upload.file("photo").ok_or_else(|| Error::invalid("photo", "picture-empty"))?;
    let own = id.clone();
    let photos = ctx.read(move |read| Ok(product::own(read, &own)?.photos)).await?;
    let full = || Error::invalid("photo", Refusal::TooManyPhotos.code());
    if photos.len() >= PHOTOS_MAX {
        return Err(full());
    }
    let (hash, id) = (photo::keep(ctx.files(), "photo", file.bytes.clone()).await?, id.clone());
    let write = move |tx: &mut base::Tx<'_>| {
        let mut photos = product::own(tx, &id)?.photos;
        if photos.contains(&hash) {
            return Err(Error::invalid("photo", "catalog-photo-there"));
        }
        if photos.len() >= PHOTOS_MAX {
            return Err(full());
        }
        photos.push(hash.clone());
        product::show_photos(tx, &id, &photos)
    };
    ctx.write("catalog.photo", write).await
}

async fn remove_photo(ctx: Ctx, Path((id, photo)): Path<(ProductId, String)>) -> Answer {
    let own = id.clone();
    let write = move |tx: &mut base::Tx<'_>| {
        let mut photos = product::own(tx, &own)?.photos;
        photos.retain(|kept| *kept != photo);
        product::show_photos(tx, &own, &photos)
    };
    let done = ctx.write("catalog.photo", write).await;
    answer(ctx, id, done, "catalog-photo-removed", Typed::default()).await
}
