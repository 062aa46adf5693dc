//! A guest orders: where they live, how each seller's goods reach them, who they are. The sum stands on
//! the page before anything is sent, and only that sum is taken.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Network, Query, Routes, filters};
use askama::Template;
use base::keyring::Keyring;
use base::{Error, Id, Problem, Read, Result, Rupiah};
use particulars::region::{self, CityRegions, RegionCode};
use payments::BankShown;
use registry::BusinessId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cart::{kept, wants};
use super::region_name;
use crate::buyer::Buyer;
use crate::cart::COOKIE;
use crate::link;
use crate::order::Delivery;
use crate::order_group::Payment;
use crate::place::{self, Place, Placed};
use crate::quote::{self, Part, Want};
use crate::rules::{self, Buying};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/checkout", show, Access::Anyone)
        .people_only()
        .asks(&["village", "seller", "way"])
        .post("/market/orders", create, Access::Anyone)
        .takes::<OrderForm>()
        .needs(&["name", "phone", "village", "total", "product"])
        .counts(&["total", "count"])
        .gives::<PlacedOrder>()
}

/// What was placed, and where to follow it. Whoever has this address needs no account.
#[derive(Serialize, JsonSchema)]
struct PlacedOrder {
    /// The page of the order, secret.
    address: String,
    orders: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    village: String,
    #[serde(default)]
    seller: Vec<String>,
    #[serde(default)]
    way: Vec<String>,
}

/// An order as a guest sends it; the rows of goods and of sellers belong together.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct OrderForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    /// Needed where goods are brought.
    #[serde(default)]
    address: String,
    /// The code of a village of the city.
    #[serde(default)]
    village: String,
    /// `cash`, which is also meant when it is left out, or `qris`.
    #[serde(default)]
    payment: String,
    /// The sum that was seen.
    #[serde(default)]
    total: String,
    #[serde(default)]
    product: Vec<String>,
    #[serde(default)]
    variant: Vec<String>,
    #[serde(default)]
    count: Vec<String>,
    /// Businesses by id.
    #[serde(default)]
    seller: Vec<String>,
    /// `pickup` or `courier`, for each of them.
    #[serde(default)]
    way: Vec<String>,
}

/// A village to choose.
struct Village {
    code: String,
    name: String,
    chosen: bool,
}

/// The villages of one district.
struct District {
    name: String,
    villages: Vec<Village>,
}

/// A part with the way that is chosen.
struct Chosen {
    part: Part,
    delivery: Delivery,
    fee: Rupiah,
    region: String,
}

/// The page of an order that is being made.
#[derive(Template, Serialize)]
#[template(path = "checkout.html")]
struct CheckoutPage {
    #[serde(skip)]
    districts: Vec<District>,
    village_word: String,
    village: String,
    #[serde(skip)]
    parts: Vec<Chosen>,
    goods: Rupiah,
    fees: Rupiah,
    total: Rupiah,
    cash_max: Rupiah,
    /// One of the orders costs more than may be paid in cash.
    too_dear: bool,
    /// Whether it can be paid ahead.
    qris: bool,
    /// Whether then also by a number of the bank that is paid into.
    #[serde(skip)]
    accounts: bool,
    #[serde(skip)]
    form: OrderForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    /// Why it was not ordered just now.
    #[serde(skip)]
    refused: Option<&'static str>,
}

impl CheckoutPage {
    fn brought(&self) -> bool {
        self.parts.iter().any(|chosen| chosen.delivery == Delivery::Courier)
    }

    /// What paying ahead is called here: the end of a text key.
    fn ahead(&self) -> &'static str {
        if self.accounts { "ahead" } else { "qris" }
    }

    /// Everything can be had in the way that is chosen.
    fn orderable(&self) -> bool {
        (self.qris || !self.too_dear) && self.parts.iter().all(|chosen| chosen.part.is_orderable())
    }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let cart = kept(&ctx);
    if cart.items().is_empty() {
        return Ok(ctx.done("/market/cart", ()));
    }
    let form = OrderForm {
        village: asked.village,
        seller: asked.seller,
        way: asked.way,
        ..OrderForm::default()
    };
    let quoted = form.clone();
    let regions = ctx.resource::<CityRegions>();
    let known = known_village(&regions, &form.village);
    let keyring = Arc::clone(ctx.keyring());
    let quoted = ctx.read(move |read| {
        let wants = wants(read, &cart)?;
        quoted.quote(read, &keyring, &wants, known.as_deref())
    });
    ctx.page(page(&ctx, &regions, form, quoted.await?)?)
}

/// A village of this city, or nothing.
fn known_village(regions: &CityRegions, code: &str) -> Option<String> {
    let name = region_name(regions, code);
    let village = RegionCode::parse(code).ok()?;
    (village.is_village() && !name.is_empty()).then(|| code.to_owned())
}

/// What the order would cost now, and how it can be paid.
struct Quoted {
    parts: Vec<Part>,
    rules: Buying,
    bank: Option<BankShown>,
}

impl OrderForm {
    fn quote(
        &self,
        read: &mut Read<'_>,
        keyring: &Keyring,
        wants: &[Want],
        village: Option<&str>,
    ) -> Result<Quoted> {
        let rules = rules::today(read)?;
        let parts = quote::quote(read, wants, village, &rules)?;
        Ok(Quoted { parts, rules, bank: payments::bank_shown(read, keyring)? })
    }

    /// The way that was chosen for a seller: what was asked if the shop goes it, else its first.
    fn way(&self, part: &Part) -> Delivery {
        let asked = self.seller.iter().position(|id| id == part.business.as_str());
        let asked = asked.and_then(|at| Delivery::parse(self.way.get(at)?));
        let asked = asked.filter(|way| part.fee(*way).is_some());
        let first = part.ways.first().map_or(Delivery::Pickup, |way| way.delivery);
        asked.unwrap_or(first)
    }

    fn wants(&self) -> Result<Vec<Want>> {
        let mut wants = Vec::new();
        for (at, product) in self.product.iter().enumerate().take(quote::LINES_MAX + 1) {
            let count = self.count.get(at).and_then(|count| count.trim().parse::<i64>().ok());
            let count = count.filter(|count| (1..=quote::COUNT_MAX).contains(count));
            let count = count.ok_or_else(|| Error::invalid("count", "market-count-wanted"))?;
            let unknown = || Error::invalid("product", "market-nothing-wanted");
            let product = Id::parse(product).ok_or_else(unknown)?;
            let variant = self.variant.get(at).cloned().unwrap_or_default();
            wants.push(Want { product, count, variant });
        }
        Ok(wants)
    }

    fn deliveries(&self) -> Vec<(BusinessId, Delivery)> {
        let rows = self.seller.iter().zip(&self.way);
        rows.filter_map(|(id, way)| Some((Id::parse(id)?, Delivery::parse(way)?))).collect()
    }

    fn parse(&self, ctx: &Ctx, regions: &CityRegions, network: &str) -> Result<Place> {
        let deliveries = self.deliveries();
        let brought = deliveries.iter().any(|(_, way)| *way == Delivery::Courier);
        let buyer = Buyer::parse(&self.name, &self.phone, &self.address, brought);
        let village = known_village(regions, &self.village);
        let village = village.ok_or_else(|| Error::invalid("village", "market-village-wanted"));
        let (buyer, village) = match (buyer, village) {
            (Ok(buyer), Ok(village)) => (buyer, village),
            (Err(Error::Invalid(mut problems)), Err(Error::Invalid(more))) => {
                problems.extend(more);
                return Err(Error::Invalid(problems));
            }
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let total = Rupiah::read(&self.total);
        let payment = match self.payment.trim() {
            "" => Some(Payment::Cash),
            code => Payment::parse(code),
        };
        Ok(Place {
            buyer: buyer.seal(ctx.keyring())?,
            village,
            wants: self.wants()?,
            deliveries,
            payment: payment.ok_or_else(|| Error::invalid("payment", "market-payment-wanted"))?,
            total: total.ok_or_else(|| Error::invalid("total", "market-total-wanted"))?,
            brake: Some(Place::brake_of(network, ctx.city().limits.guest_orders_per_hour)),
        })
    }
}

async fn create(ctx: Ctx, network: Network, Input(form): Input<OrderForm>) -> Answer {
    let regions = ctx.resource::<CityRegions>();
    let placed = match form.parse(&ctx, &regions, &network.0) {
        Ok(cmd) => ctx.write("market.place", move |tx| place::place(tx, &cmd)).await,
        Err(error) => Err(error),
    };
    let (problems, refused) = match placed {
        Ok(placed) => return Ok(follow(&ctx, &placed, &form.payment)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => (problems, None),
        Err(Error::Refused(code)) if ctx.wants_page() => (Vec::new(), Some(code)),
        Err(error) => return Err(error.into()),
    };
    let (quoted, known) = (form.clone(), known_village(&regions, &form.village));
    let wants = form.wants()?;
    let keyring = Arc::clone(ctx.keyring());
    let quoted = ctx.read(move |read| quoted.quote(read, &keyring, &wants, known.as_deref()));
    let quoted = quoted.await?;
    let page = page(&ctx, &regions, form, quoted)?;
    ctx.again(CheckoutPage { problems, refused, ..page })
}

/// The way to the order, and an empty cart.
fn follow(ctx: &Ctx, placed: &Placed, payment: &str) -> axum::response::Response {
    let secret = link::secret(ctx.keyring(), &placed.group);
    let address = format!("/market/orders/{}/{secret}", placed.group);
    let orders = placed.orders.iter().map(ToString::to_string).collect();
    let ahead = Payment::parse(payment.trim()) == Some(Payment::Qris);
    let said = if ahead { "market-said-to-pay" } else { "market-said-placed" };
    let result = PlacedOrder { address: address.clone(), orders };
    let mut response = ctx.done_saying(address, said, result);
    if ctx.wants_page() {
        ctx.keep(&mut response, COOKIE, "", 0);
    }
    response
}

fn page(ctx: &Ctx, regions: &CityRegions, form: OrderForm, quoted: Quoted) -> Result<CheckoutPage> {
    let Quoted { parts, rules, bank } = quoted;
    let choose = |part: Part| {
        let delivery = form.way(&part);
        let fee = part.fee(delivery).unwrap_or(Rupiah::ZERO);
        Chosen { region: region_name(regions, &part.region), part, delivery, fee }
    };
    let parts: Vec<Chosen> = parts.into_iter().map(choose).collect();
    let too_large = || Error::invalid("count", "market-sum-too-large");
    let goods = Rupiah::sum(parts.iter().map(|chosen| chosen.part.goods)).ok_or_else(too_large)?;
    let fees = Rupiah::sum(parts.iter().map(|chosen| chosen.fee)).ok_or_else(too_large)?;
    let over = |chosen: &Chosen| {
        chosen.part.goods.plus(chosen.fee).is_none_or(|order| order > rules.cash_max)
    };
    Ok(CheckoutPage {
        districts: districts(regions, &form.village),
        village_word: ctx.city().village_word.clone(),
        village: known_village(regions, &form.village).unwrap_or_default(),
        too_dear: parts.iter().any(over),
        qris: bank.is_some(),
        accounts: bank.is_some_and(|bank| bank.gives_accounts),
        parts,
        goods,
        fees,
        total: goods.plus(fees).ok_or_else(too_large)?,
        cash_max: rules.cash_max,
        form,
        problems: Vec::new(),
        refused: None,
    })
}

fn districts(regions: &CityRegions, chosen: &str) -> Vec<District> {
    let villages = |district: &region::Place| {
        let of = regions.villages_of(&district.code);
        let village = |place: &region::Place| Village {
            code: place.code.as_str().to_owned(),
            name: place.name.clone(),
            chosen: place.code.as_str() == chosen,
        };
        of.map(village).collect()
    };
    let district =
        |place: &region::Place| District { name: place.name.clone(), villages: villages(place) };
    regions.districts().map(district).collect()
}
