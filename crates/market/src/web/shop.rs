//! The own shop: what is still missing before it can open, how goods reach buyers, and closing it.

use ::web::{Access, Answer, Ctx, Input, Routes, filters};
use askama::Template;
use base::{Error, Problem, Read, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::SELL;
use crate::shop::{self, Shop, Terms};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/shop", show, Access::May(SELL))
        .gives::<ShopPage>()
        .post("/market/shop", open, Access::May(SELL))
        .takes::<ShopForm>()
        .gives::<Shop>()
        .versioned()
        .post("/market/shop/closure", close, Access::May(SELL))
        .takes::<ClosureForm>()
        .gives::<Shop>()
        .versioned()
}

/// The own shop and what it still needs.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "shop.html")]
struct ShopPage {
    business: String,
    business_number: String,
    /// An officer has checked the business.
    verified: bool,
    /// How many products are offered; the first page of them is counted.
    goods: usize,
    shop: Option<Shop>,
    #[serde(skip)]
    form: ShopForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl ShopPage {
    fn is_open(&self) -> bool {
        self.shop.as_ref().is_some_and(|shop| shop.open)
    }

    fn version(&self) -> i64 {
        self.shop.as_ref().map_or(0, |shop| shop.version)
    }
}

/// How goods reach buyers, as the owner fills it in.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
struct ShopForm {
    /// `1` if buyers fetch their goods.
    #[serde(default)]
    pickup: String,
    #[serde(default)]
    pickup_place: String,
    #[serde(default)]
    pickup_hours: String,
    /// `1` if the neighbourhood courier brings them.
    #[serde(default)]
    courier: String,
    #[serde(default)]
    version: String,
}

/// The version that is closed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct ClosureForm {
    #[serde(default)]
    version: String,
}

async fn show(ctx: Ctx) -> Answer {
    let page = ctx.read(blank).await?;
    ctx.page_of(page.version(), page)
}

fn blank(read: &mut Read<'_>) -> Result<ShopPage> {
    let business = shop::own_business(read)?;
    let goods = catalog::product::of_business(read, &business.id, false, None)?.len();
    let shop = shop::of_business(read, &business.id)?;
    let yes = |it: bool| if it { "1".to_owned() } else { String::new() };
    let form = match &shop {
        Some(shop) => ShopForm {
            pickup: yes(shop.pickup),
            pickup_place: shop.pickup_place.clone(),
            pickup_hours: shop.pickup_hours.clone(),
            courier: yes(shop.courier),
            version: shop.version.to_string(),
        },
        None => ShopForm {
            pickup: yes(true),
            pickup_place: business.place.street.clone(),
            ..ShopForm::default()
        },
    };
    Ok(ShopPage {
        verified: business.trades(),
        business: business.name,
        business_number: business.number,
        goods,
        shop,
        form,
        problems: Vec::new(),
    })
}

async fn open(ctx: Ctx, Input(form): Input<ShopForm>) -> Answer {
    let version = if form.version.is_empty() { "0" } else { form.version.as_str() };
    let version = ctx.version(version);
    let terms = Terms::parse(
        form.pickup == "1",
        &form.pickup_place,
        &form.pickup_hours,
        form.courier == "1",
    );
    let opened = match terms {
        Ok(terms) => ctx.write("market.open_shop", move |tx| shop::open(tx, &terms, version)).await,
        Err(error) => Err(error),
    };
    match opened {
        Ok(shop) => Ok(ctx.done_saying("/market/shop", "market-said-shop-open", shop)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = ctx.read(blank).await?;
            ctx.again(ShopPage { problems, form, ..page })
        }
        Err(error) => Err(error.into()),
    }
}

async fn close(ctx: Ctx, Input(form): Input<ClosureForm>) -> Answer {
    let version = ctx.version(&form.version);
    let shop = ctx.write("market.close_shop", move |tx| shop::close(tx, version)).await?;
    Ok(ctx.done_saying("/market/shop", "market-said-shop-closed", shop))
}
