//! The shelf: search with facets. Everything on it comes from the index, so that a page costs no
//! read of the database.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Query, Routes, filters};
use askama::Template;
use base::{Error, Result, Rupiah};
use particulars::region::CityRegions;
use registry::business;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::goods::{Goods, district_name};
use super::hints::Hints;
use crate::search::{Found, Index, Order, Question, SKIP_MAX};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/catalog/products", list, Access::Anyone)
        .gives::<ShelfPage>()
        .may_be_gone()
        .asks(&["q", "category", "district", "business", "price_min", "price_max", "order", "page"])
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    district: String,
    /// The number of a business.
    #[serde(default)]
    business: String,
    #[serde(default)]
    price_min: String,
    #[serde(default)]
    price_max: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    page: String,
}

/// Goods on one page.
const PAGE_ROWS: usize = 24;
const TEXT_CHARS_MAX: usize = 120;
const ORDERS: [&str; 4] = ["", "newest", "cheapest", "dearest"];

/// A filter with the number of goods behind it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Choice {
    code: String,
    name: String,
    count: i64,
    chosen: bool,
    /// The shelf without this filter, if it is switched on.
    #[serde(skip)]
    without: String,
}

/// A way to order the shelf.
struct Sorting {
    label: String,
    href: String,
    chosen: bool,
}

/// What was found.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "shelf.html")]
struct ShelfPage {
    q: String,
    category: String,
    district: String,
    business: String,
    order: String,
    price_min: String,
    price_max: String,
    /// The business whose goods these are, when only its own were asked for.
    of_business: Option<String>,
    goods: Vec<Goods>,
    total: i64,
    /// How many there would be in every category and district.
    everywhere: i64,
    /// Nothing matched as typed, and typing errors were forgiven.
    forgiven: bool,
    /// The district that was named with the words: its goods come first.
    near: String,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    back: String,
    next: String,
    #[serde(skip)]
    view: View,
}

/// What only the page needs.
struct View {
    sortings: Vec<Sorting>,
    filters: usize,
    without_q: String,
    without_prices: String,
    without_filters: String,
    district_name: String,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let asked = asked.read();
    let regions = ctx.resource::<CityRegions>();
    let question = question(&asked, &regions);
    let near = question.near.as_deref().map(|near| district_name(&regions, near));
    let found = find(ctx.resource::<Index>(), question).await?;
    let of_business = maker(&ctx, &asked, &found).await?;
    let page = page(&regions, asked, &found, of_business);
    ctx.page(ShelfPage { near: near.unwrap_or_default(), ..page })
}

/// Searching takes processor time: it runs beside the threads that answer.
async fn find(index: Arc<Index>, question: Question) -> Result<Arc<Found>> {
    if let Some(found) = index.known(&question) {
        return Ok(found);
    }
    let found = tokio::task::spawn_blocking(move || index.ask(&question)).await;
    Ok(found.map_err(Error::broken)??)
}

/// The name of the business that was asked for; the registry is only asked when it has no goods.
async fn maker(ctx: &Ctx, asked: &Asked, found: &Found) -> Result<Option<String>> {
    if asked.business.is_empty() {
        return Ok(None);
    }
    if let Some(card) = found.goods.first() {
        return Ok(Some(card.maker.clone()));
    }
    let number = asked.business.clone();
    let business = ctx.read(move |read| business::by_number(read, &number)).await?;
    if business.trades() { Ok(Some(business.name)) } else { Err(Error::NotFound) }
}

fn page(
    regions: &CityRegions,
    asked: Asked,
    found: &Found,
    of_business: Option<String>,
) -> ShelfPage {
    let at = asked.page();
    let shown = i64::try_from((at + 1) * PAGE_ROWS).unwrap_or(i64::MAX);
    let more = found.total > shown && (at + 1) * PAGE_ROWS <= SKIP_MAX;
    let without = |part: &str| asked.address(part, "", 0);
    let kind = |code: &str| format!("catalog-kind-{code}");
    let place = |code: &str| district_name(regions, code);
    ShelfPage {
        back: if at > 0 { asked.address("page", "", at - 1) } else { String::new() },
        next: if more { asked.address("page", "", at + 1) } else { String::new() },
        categories: choices(&found.categories, &asked.category, &without("category"), kind),
        districts: choices(&found.districts, &asked.district, &without("district"), place),
        of_business,
        goods: found.goods.iter().map(|card| Goods::of_card(regions, card)).collect(),
        total: found.total,
        everywhere: found.everywhere,
        forgiven: found.forgiven && found.total > 0,
        near: String::new(),
        view: view(regions, &asked),
        q: asked.q,
        category: asked.category,
        district: asked.district,
        business: asked.business,
        order: asked.order,
        price_min: asked.price_min,
        price_max: asked.price_max,
    }
}

fn view(regions: &CityRegions, asked: &Asked) -> View {
    // Without words the best are the newest, and that is what the tab says.
    let best = if asked.q.trim().is_empty() { "newest" } else { "best" };
    let sorting = |order: &str| Sorting {
        label: format!("catalog-order-{}", if order.is_empty() { best } else { order }),
        href: asked.address("order", order, 0),
        chosen: asked.order == order || (order.is_empty() && asked.order == best),
    };
    let given = [&asked.category, &asked.district, &asked.price_min, &asked.price_max];
    let only_words = Asked { q: asked.q.clone(), ..Asked::default() };
    let without_prices = Asked { price_max: String::new(), ..asked.clone() };
    View {
        sortings: ORDERS.into_iter().filter(|order| *order != best).map(sorting).collect(),
        filters: given.into_iter().filter(|value| !value.is_empty()).count(),
        without_q: asked.address("q", "", 0),
        without_prices: without_prices.address("price_min", "", 0),
        without_filters: only_words.address("", "", 0),
        district_name: district_name(regions, &asked.district),
    }
}

impl Asked {
    /// Prices as they were understood; what is no price asks for nothing.
    fn read(self) -> Asked {
        let price = |text: &str| {
            let price = Rupiah::read(text).map(Rupiah::display);
            price.map(|words| words.trim_start_matches("Rp").to_owned()).unwrap_or_default()
        };
        let (price_min, price_max) = (price(&self.price_min), price(&self.price_max));
        Asked { price_min, price_max, ..self }
    }

    fn page(&self) -> usize {
        self.page.parse::<usize>().unwrap_or(0).min(SKIP_MAX / PAGE_ROWS)
    }

    /// The same shelf with one part changed.
    fn address(&self, part: &str, value: &str, page: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let pairs = [
            ("q", &self.q),
            ("category", &self.category),
            ("district", &self.district),
            ("business", &self.business),
            ("price_min", &self.price_min),
            ("price_max", &self.price_max),
            ("order", &self.order),
        ];
        let pairs =
            pairs.into_iter().map(|(name, kept)| (name, if name == part { value } else { kept }));
        query.extend_pairs(pairs.filter(|(_, value)| !value.is_empty()));
        if page > 0 {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/catalog/products{mark}{query}")
    }
}

fn question(asked: &Asked, regions: &CityRegions) -> Question {
    let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let text: String = asked.q.chars().take(TEXT_CHARS_MAX).collect();
    let Hints { near, cheap, thing } = Hints::read(&text, regions);
    Question {
        text,
        thing,
        near,
        cheap,
        category: given(&asked.category),
        district: given(&asked.district),
        maker: given(&asked.business),
        price_min: Rupiah::read(&asked.price_min),
        price_max: Rupiah::read(&asked.price_max),
        order: match asked.order.as_str() {
            "newest" => Order::Newest,
            "cheapest" => Order::Cheapest,
            "dearest" => Order::Dearest,
            _ => Order::Best,
        },
        skip: asked.page() * PAGE_ROWS,
        take: PAGE_ROWS,
    }
}

/// Filters that would find something, and the one that is switched on in any case.
fn choices(
    counts: &[(String, i64)],
    chosen: &str,
    without: &str,
    name: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let missing = !chosen.is_empty() && !counts.iter().any(|(code, _)| code == chosen);
    let missing = missing.then_some((chosen, 0));
    let choice = |(code, count): (&str, i64)| Choice {
        name: name(code),
        chosen: code == chosen,
        without: if code == chosen { without.to_owned() } else { String::new() },
        code: code.to_owned(),
        count,
    };
    let named = |choice: &Choice| !choice.name.is_empty() && !choice.code.is_empty();
    let counts = counts.iter().map(|(code, count)| (code.as_str(), *count));
    counts.chain(missing).map(choice).filter(named).collect()
}
