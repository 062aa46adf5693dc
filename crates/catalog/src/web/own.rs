//! The owner's own goods: the list of them, and new ones.

use ::web::{Access, Answer, Ctx, Input, Query, Routes, Upload, filters, photo};
use askama::Template;
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CATEGORIES;
use super::form::ProductForm;
use crate::product::{self, OFFER, PHOTOS_MAX, Product, ProductId};
use crate::refusal::Refusal;

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
        .needs(&["name", "unit", "category", "price"])
        .counts(&["price", "stock", "lead_days"])
        .gives::<ProductId>()
        .post("/catalog/own", create_with_photos, own)
        .uploads(PHOTOS_AT_ONCE * photo::PHOTO_BYTES_MAX)
        .people_only()
}

/// Photos of a phone that are taken together, where no script makes them smaller.
const PHOTOS_AT_ONCE: usize = 3;

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
    /// Photos were sent that a browser cannot show again.
    #[serde(skip)]
    photos_gone: bool,
}

impl NewPage {
    /// The price before, of which there is none, and the price that is asked for.
    fn prices(&self) -> (String, String) {
        (String::new(), self.form.price_said())
    }

    /// Nothing but a description is sent from here.
    fn tells_stock(&self) -> bool {
        false
    }
}

async fn begin(ctx: Ctx) -> Answer {
    let form = ProductForm { domestic: "1".to_owned(), ..ProductForm::default() };
    let problems = Vec::new();
    ctx.page(NewPage { form, problems, categories: CATEGORIES, photos_gone: false })
}

async fn create(ctx: Ctx, Input(form): Input<ProductForm>) -> Answer {
    answer(&ctx, list_new(&ctx, &form, Vec::new()).await, form, false)
}

/// The page's form, which may bring photos.
async fn create_with_photos(ctx: Ctx, upload: Upload) -> Answer {
    let form = ProductForm::of_upload(&upload);
    let photos = upload.file("photo").is_some();
    answer(&ctx, photographed(&ctx, &form, &upload).await, form, photos)
}

async fn photographed(ctx: &Ctx, form: &ProductForm, upload: &Upload) -> Result<ProductId> {
    form.parse_new()?; // before photos are worked on
    let sent = upload.files.iter().filter(|file| !file.bytes.is_empty());
    let mut photos: Vec<String> = Vec::new();
    for file in sent.take(PHOTOS_MAX + 1) {
        let hash = photo::keep(ctx.files(), "photo", file.bytes.clone()).await?;
        if !photos.contains(&hash) {
            photos.push(hash);
        }
    }
    if photos.len() > PHOTOS_MAX {
        return Err(Error::invalid("photo", Refusal::TooManyPhotos.code()));
    }
    list_new(ctx, form, photos).await
}

async fn list_new(ctx: &Ctx, form: &ProductForm, photos: Vec<String>) -> Result<ProductId> {
    let ((what, stock), sure) = (form.parse_new()?, form.confirmed.is_on());
    let list = move |tx: &mut base::Tx<'_>| product::list(tx, &what, stock, &photos, sure);
    ctx.write("catalog.list", list).await
}

fn answer(ctx: &Ctx, listed: Result<ProductId>, form: ProductForm, photos_gone: bool) -> Answer {
    match listed {
        Ok(id) => Ok(ctx.done_saying(format!("/catalog/products/{id}/edit"), "catalog-listed", id)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(NewPage { form, problems, categories: CATEGORIES, photos_gone })
        }
        Err(error) => Err(error.into()),
    }
}
