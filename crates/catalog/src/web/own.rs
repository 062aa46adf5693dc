//! The owner's own goods: list, describe, count, photograph.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, Upload, filters, photo};
use askama::Template;
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CATEGORIES;
use super::form::{ProductForm, whole};
use crate::product::{self, OFFER, PHOTOS_MAX, Product, ProductId};
use crate::refusal::Refusal;
use crate::stock::{self, Move, Reason};

pub(super) fn routes(routes: Routes) -> Routes {
    let own = Access::May(OFFER);
    routes
        .get("/catalog/own", list, own)
        .gives::<OwnPage>()
        .asks(&["before"])
        .get("/catalog/own/new", begin, own)
        .people_only()
        .post("/catalog/products", create, own)
        .takes::<ProductForm>()
        .gives::<ProductId>()
        .get("/catalog/products/{id}/edit", edit, own)
        .gives::<EditPage>()
        .post("/catalog/products/{id}/description", describe, own)
        .takes::<ProductForm>()
        .versioned()
        .post("/catalog/products/{id}/stock", move_stock, own)
        .takes::<StockForm>()
        .post("/catalog/products/{id}/photos", add_photo, own)
        .uploads(photo::PHOTO_BYTES_MAX)
        .people_only()
        .post("/catalog/products/{id}/photos/{photo}/removal", remove_photo, own)
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    before: String,
}

/// Everything the business offers or has offered.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "own.html")]
struct OwnPage {
    business: String,
    trades: bool,
    products: Vec<Product>,
    next: String,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = ctx
        .read(move |read| {
            let business = product::own_business(read)?;
            let before = (!asked.before.is_empty()).then_some(asked.before.as_str());
            let products = product::of_business(read, &business.id, true, before)?;
            let full = i64::try_from(products.len()).unwrap_or(0) == product::PAGE_ROWS;
            let last = products.last().filter(|_| full);
            let next = last.map(|last| format!("/catalog/own?before={}", last.id));
            Ok(OwnPage {
                trades: business.trades(),
                business: business.name,
                next: next.unwrap_or_default(),
                products,
            })
        })
        .await?;
    ctx.page(page)
}

/// A product that is not there yet.
#[derive(Template, Serialize)]
#[template(path = "new_product.html")]
struct NewPage {
    #[serde(skip)]
    form: ProductForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    categories: [&'static str; 8],
}

async fn begin(ctx: Ctx) -> Answer {
    let form = ProductForm { domestic: "1".to_owned(), ..ProductForm::default() };
    ctx.page(NewPage { form, problems: Vec::new(), categories: CATEGORIES })
}

async fn create(ctx: Ctx, Input(form): Input<ProductForm>) -> Answer {
    match form.parse() {
        Ok((what, stock)) => {
            let list = move |tx: &mut base::Tx<'_>| product::list(tx, &what, stock, &[]);
            let id = ctx.write("catalog.list", list).await?;
            Ok(ctx.done_saying(format!("/catalog/products/{id}/edit"), "catalog-listed", id))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(NewPage { form, problems, categories: CATEGORIES })
        }
        Err(error) => Err(error.into()),
    }
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
    problems: Vec<Problem>,
    #[serde(skip)]
    categories: [&'static str; 8],
    photos_left: usize,
}

async fn edit(ctx: Ctx, Path(id): Path<ProductId>) -> Answer {
    let (product, moves) = opened(&ctx, id).await?;
    let form = ProductForm::of(&product);
    ctx.page_of(product.version, page(product, moves, form, Vec::new()))
}

async fn opened(ctx: &Ctx, id: ProductId) -> Result<(Product, Vec<Move>)> {
    ctx.read(move |read| {
        let product = product::own(read, &id)?;
        let moves = stock::moves(read, &id, None)?;
        Ok((product, moves))
    })
    .await
}

fn page(product: Product, moves: Vec<Move>, form: ProductForm, problems: Vec<Problem>) -> EditPage {
    let photos_left = PHOTOS_MAX.saturating_sub(product.photos.len());
    EditPage { product, moves, form, problems, categories: CATEGORIES, photos_left }
}

async fn describe(ctx: Ctx, Path(id): Path<ProductId>, Input(form): Input<ProductForm>) -> Answer {
    match form.parse() {
        Ok((what, _)) => {
            let (version, offered, at) =
                (ctx.version(&form.version), form.offered == "1", edit_address(&id));
            let write =
                move |tx: &mut base::Tx<'_>| product::describe(tx, &id, version, &what, offered);
            ctx.write("catalog.describe", write).await?;
            Ok(ctx.done_saying(at, "catalog-saved", ()))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let (product, moves) = opened(&ctx, id).await?;
            ctx.again(page(product, moves, form, problems))
        }
        Err(error) => Err(error.into()),
    }
}

fn edit_address(id: &ProductId) -> String {
    format!("/catalog/products/{id}/edit")
}

/// A change of stock as its owner tells it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct StockForm {
    /// `made`, `lost`, or `counted`.
    #[serde(default)]
    reason: String,
    #[serde(default)]
    count: String,
}

impl StockForm {
    fn counted(&self) -> Result<i64> {
        let count = whole(&self.count, -1).filter(|count| (0..=stock::STOCK_MAX).contains(count));
        count.ok_or_else(|| Error::invalid("count", "catalog-count-wanted"))
    }
}

async fn move_stock(ctx: Ctx, Path(id): Path<ProductId>, Input(form): Input<StockForm>) -> Answer {
    match form.counted() {
        Ok(count) => {
            let at = edit_address(&id);
            let write = move |tx: &mut base::Tx<'_>| match Reason::of_owner(&form.reason) {
                Some(reason) => stock::tell(tx, &id, count, reason),
                None => stock::count(tx, &id, count),
            };
            ctx.write("catalog.stock", write).await?;
            Ok(ctx.done_saying(at, "catalog-stock-saved", ()))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let (product, moves) = opened(&ctx, id).await?;
            let form = ProductForm::of(&product);
            ctx.again(page(product, moves, form, problems))
        }
        Err(error) => Err(error.into()),
    }
}

async fn add_photo(ctx: Ctx, Path(id): Path<ProductId>, upload: Upload) -> Answer {
    let file = upload.file("photo").ok_or_else(|| Error::invalid("photo", "picture-empty"))?;
    let product = {
        let id = id.clone();
        ctx.read(move |read| product::own(read, &id)).await?
    };
    if product.photos.len() >= PHOTOS_MAX {
        return Err(Error::from(Refusal::TooManyPhotos).into());
    }
    let hash = photo::keep(ctx.files(), "photo", file.bytes.clone()).await?;
    let at = edit_address(&id);
    let write = move |tx: &mut base::Tx<'_>| {
        let mut photos = product::own(tx, &id)?.photos;
        if !photos.contains(&hash) {
            photos.push(hash.clone());
        }
        product::show_photos(tx, &id, &photos)
    };
    ctx.write("catalog.photo", write).await?;
    Ok(ctx.done_saying(at, "catalog-photo-added", ()))
}

async fn remove_photo(ctx: Ctx, Path((id, photo)): Path<(ProductId, String)>) -> Answer {
    let at = edit_address(&id);
    let write = move |tx: &mut base::Tx<'_>| {
        let mut photos = product::own(tx, &id)?.photos;
        photos.retain(|kept| *kept != photo);
        product::show_photos(tx, &id, &photos)
    };
    ctx.write("catalog.photo", write).await?;
    Ok(ctx.done_saying(at, "catalog-photo-removed", ()))
}
