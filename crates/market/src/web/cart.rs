//! The cart of whoever browses: grouped by seller, at today's prices.

use ::web::{Access, Answer, Ctx, Input, Routes, filters};
use askama::Template;
use base::{Error, Id, Read, Result, Rupiah};
use catalog::{ProductId, product};
use serde::{Deserialize, Serialize};

use crate::cart::{COOKIE, Cart, Item, variant_code};
use crate::quote::{self, COUNT_MAX, Part, Want};
use crate::rules;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/cart", show, Access::Anyone)
        .people_only()
        .post("/market/cart", change, Access::Anyone)
        .people_only()
        .post("/market/cart/lines", add, Access::Anyone)
        .people_only()
}

/// A browser keeps a cart so long.
const CART_KEPT_S: i64 = 30 * 24 * 60 * 60;

/// What is in the cart.
#[derive(Template, Serialize)]
#[template(path = "cart.html")]
struct CartPage {
    parts: Vec<Part>,
    goods: Rupiah,
    /// Whether all of it can be ordered as it stands.
    orderable: bool,
}

/// The wants of a cart, each with the variant that its product has now.
pub(super) fn wants(read: &mut Read<'_>, cart: &Cart) -> Result<Vec<Want>> {
    let mut wants = Vec::with_capacity(cart.items().len());
    for item in cart.items() {
        match product::find(read, &item.product) {
            Ok(product) => wants.push(item.want(&product.variants)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(wants)
}

/// The cart that this browser keeps.
pub(super) fn kept(ctx: &Ctx) -> Cart {
    Cart::read(&ctx.kept(COOKIE).unwrap_or_default())
}

async fn show(ctx: Ctx) -> Answer {
    let cart = kept(&ctx);
    let page = ctx.read(move |read| page(read, &cart)).await?;
    ctx.page(page)
}

fn page(read: &mut Read<'_>, cart: &Cart) -> Result<CartPage> {
    let (wants, rules) = (wants(read, cart)?, rules::today(read)?);
    let parts = quote::quote(read, &wants, None, &rules)?;
    let orderable = parts.iter().all(|part| part.lines.iter().all(|line| line.obstacle.is_none()));
    let goods = Rupiah::sum(parts.iter().map(|part| part.goods));
    let goods = goods.ok_or_else(|| Error::invalid("count", "market-sum-too-large"))?;
    Ok(CartPage { orderable: orderable && !parts.is_empty(), parts, goods })
}

/// One thing for the cart.
#[derive(Debug, Clone, Default, Deserialize)]
struct AddForm {
    #[serde(default)]
    product: String,
    #[serde(default)]
    count: String,
    #[serde(default)]
    variant: String,
}

async fn add(ctx: Ctx, Input(form): Input<AddForm>) -> Answer {
    let product: ProductId = Id::parse(form.product.trim()).ok_or(Error::NotFound)?;
    let count = form.count.trim().parse::<i64>().unwrap_or(1).clamp(1, COUNT_MAX);
    let sought = product.clone();
    let found = ctx.read(move |read| product::find(read, &sought)).await?;
    let variant = form.variant.trim();
    let known = found.variants.iter().any(|name| name == variant);
    if !found.variants.is_empty() && !known {
        return Ok(ctx.done_saying(
            format!("/catalog/products/{product}"),
            "market-said-choose",
            (),
        ));
    }
    let variant = if known { variant_code(variant) } else { String::new() };
    let mut cart = kept(&ctx);
    let said = match cart.put(Item { product, count, variant }) {
        true => "market-said-added",
        false => "market-said-full",
    };
    let mut response = ctx.done_saying("/market/cart", said, ());
    ctx.keep(&mut response, COOKIE, &cart.text(), CART_KEPT_S);
    Ok(response)
}

/// How many of each thing, in rows that belong together; none takes it out.
#[derive(Debug, Clone, Default, Deserialize)]
struct ChangeForm {
    #[serde(default)]
    product: Vec<String>,
    #[serde(default)]
    variant: Vec<String>,
    #[serde(default)]
    count: Vec<String>,
    /// `1` to go on to the order.
    #[serde(default)]
    order: String,
}

async fn change(ctx: Ctx, Input(form): Input<ChangeForm>) -> Answer {
    let mut cart = kept(&ctx);
    let rows = form.product.iter().zip(&form.variant).zip(&form.count);
    for ((product, variant), count) in rows {
        let Some(id) = Id::parse(product) else { continue };
        if let Ok(count) = count.trim().parse() {
            cart.set(&id, &variant_code(variant), count);
        }
    }
    let to = if form.order == "1" { "/market/checkout" } else { "/market/cart" };
    let mut response = ctx.done(to, ());
    ctx.keep(&mut response, COOKIE, &cart.text(), CART_KEPT_S);
    Ok(response)
}
