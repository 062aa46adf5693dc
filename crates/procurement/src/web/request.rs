//! Stating a need: find goods, choose how many, say what for, and see whether the budget holds it.

mod form;

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Query, Routes, filters};
use askama::Template;
use base::account::{acting_person, person};
use base::keyring::Keyring;
use base::{Date, Error, Id, Problem, Read, Result, Rupiah};
use catalog::product;
use catalog::search::{Card, Index, Order as Shelved, Question};
use registry::business;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::form::{RequestForm, at};
use crate::budget::{self, BudgetLine, Use};
use crate::line::{self, OrderLine};
use crate::order::{self, Order};
use crate::refusal::Refusal;
use crate::request::{self as command, Request};
use crate::warning::{self, Warning};
use crate::{REQUEST, duties};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/requests/new", new, Access::May(REQUEST))
        .gives::<RequestPage>()
        .asks(&["product", "business", "again"])
        .post("/procurement/requests", create, Access::May(REQUEST))
        .takes::<RequestForm>()
        .needs(&["business", "budget_line", "wanted_on", "title", "place"])
        .counts(&["participants", "count", "price", "amount"])
        .gives::<Order>()
}

/// Goods described in words on one form.
const WORDS_MAX: usize = 3;

/// From where one comes: a product, or a business.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    product: String,
    #[serde(default)]
    business: String,
    /// An order that came to nothing, whose need is stated again.
    #[serde(default)]
    again: String,
}

/// Something on the seller's shelf.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Good {
    id: String,
    name: String,
    unit: String,
    category: String,
    photo: String,
    price: Rupiah,
    stock: i64,
    /// Who offers it; empty on one seller's shelf.
    maker: String,
    /// How many were typed.
    count: String,
}

/// A row for something described in words.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
struct Words {
    name: String,
    unit: String,
    price: String,
    count: String,
}

/// What the need comes to, before it is stated.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Summary {
    total: Rupiah,
    /// On its budget line, before and after.
    free: Rupiah,
    left: Option<Rupiah>,
    /// What to look at twice, as the order's page will say it.
    warnings: Vec<Warning>,
}

/// A budget line one may choose.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Choice {
    line: BudgetLine,
    used: Use,
}

/// Who sells.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Seller {
    id: String,
    number: String,
    name: String,
    trades: bool,
}

/// The form.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "request.html")]
struct RequestPage {
    seller: Option<Seller>,
    goods: Vec<Good>,
    words: Vec<Words>,
    choices: Vec<Choice>,
    newest: Vec<Good>,
    #[serde(skip)]
    form: RequestForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    summary: Option<Summary>,
    /// What was needed before, when it is asked for again.
    before: Option<Before>,
}

/// A need that came to nothing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Before {
    id: String,
    title: String,
    seller: String,
    goods: String,
    /// Who offers the like is looked for by this name.
    #[serde(skip)]
    like: String,
    #[serde(skip)]
    number: String,
}

impl RequestPage {
    fn again_query(&self) -> String {
        self.before.as_ref().map(|it| format!("&again={}", it.id)).unwrap_or_default()
    }

    fn other_seller(&self) -> String {
        self.before.as_ref().map(|it| format!("?again={}", it.id)).unwrap_or_default()
    }
}

async fn new(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let keys = Arc::clone(ctx.keyring());
    let page = ctx.read(move |read| begin(read, &keys, &asked)).await?;
    ctx.page(shelved(&ctx, page).await?)
}

/// Before a seller is chosen the newest goods are shown, as the search knows them: it forgets at
/// once what a business that is set aside had on offer.
async fn shelved(ctx: &Ctx, mut page: RequestPage) -> Result<RequestPage> {
    if page.seller.is_some() {
        return Ok(page);
    }
    let index: Arc<Index> = ctx.resource();
    let question = match &page.before {
        Some(before) => Question { text: before.like.clone(), take: NEWEST, ..Question::default() },
        None => Question { order: Shelved::Newest, take: NEWEST, ..Question::default() },
    };
    let refused = page.before.as_ref().map(|before| before.number.clone()).unwrap_or_default();
    let found = tokio::task::spawn_blocking(move || index.ask(&question)).await;
    let goods = found.map_err(Error::broken)??.goods.clone();
    let others = goods.into_iter().filter(|card| card.stock > 0 && card.maker_number != refused);
    page.newest = others.map(of_card).collect();
    Ok(page)
}

fn of_card(card: Card) -> Good {
    Good {
        id: card.id.to_string(),
        photo: thumb(Some(&card.photo).filter(|photo| !photo.is_empty())),
        name: card.name,
        unit: card.unit,
        category: card.category,
        price: card.price,
        stock: card.stock,
        maker: card.maker,
        count: String::new(),
    }
}

fn thumb(photo: Option<&String>) -> String {
    photo.map(|photo| format!("/files/{photo}/thumb")).unwrap_or_default()
}

fn begin(read: &mut Read<'_>, keys: &Keyring, asked: &Asked) -> Result<RequestPage> {
    let me = person::find(read, &acting_person(read)?)?;
    // One's own number in one's own form: sending it is a choice, so this is no look.
    let phone = me.own_phone(keys)?.map(|phone| phone.display());
    let contact = [Some(me.name), phone].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let business = asked.business.clone();
    let mut form = RequestForm { business, contact, ..RequestForm::default() };
    let earlier = earlier(read, &asked.again)?;
    if let Some((order, _)) = &earlier {
        again_from(&mut form, order, Date::today(read));
    }
    if let Some(id) = Id::parse(&asked.product) {
        let product = product::find(read, &id)?;
        form.business = product.business.to_string();
        form.product = vec![id.to_string()];
        form.count = vec!["1".to_owned()];
    }
    if let (Some((_, lines)), Some(business)) = (&earlier, Id::parse(&form.business)) {
        let shelf = product::of_business(read, &business, false, None)?;
        carry_over(&mut form, lines, &shelf);
    }
    page_of(read, form, Vec::new())
}

/// The order whose need is stated anew, and its lines, for whoever of its agency may see it.
fn earlier(read: &mut Read<'_>, id: &str) -> Result<Option<(Order, Vec<OrderLine>)>> {
    let Some(id) = Id::parse(id) else { return Ok(None) };
    let order = order::find(read, &id)?;
    if !duties::acts_for(read, &order.agency) {
        return Err(Error::NotFound);
    }
    let lines = line::of(read, &order.id)?;
    Ok(Some((order, lines)))
}

/// Everything that does not depend on who sells.
fn again_from(form: &mut RequestForm, order: &Order, today: Date) {
    let need = &order.need;
    form.again = order.id.to_string();
    form.title.clone_from(&need.title);
    form.kind.clone_from(&need.kind);
    form.place.clone_from(&need.place);
    form.hour.clone_from(&need.hour);
    form.contact.clone_from(&need.contact);
    form.comparison.clone_from(&need.comparison);
    form.budget_line = order.budget_line.to_string();
    form.participants = need.participants.map(|people| people.to_string()).unwrap_or_default();
    if need.wanted_on >= today {
        form.wanted_on = need.wanted_on.iso();
    }
}

/// The lines of the earlier order: from the new seller's shelf where it has the same, the chosen
/// product for the first, and in words what is left.
fn carry_over(form: &mut RequestForm, lines: &[OrderLine], shelf: &[catalog::Product]) {
    let mut chosen = form.product.first().cloned();
    form.count.clear();
    form.product.clear();
    for line in lines {
        let it = shelf.iter().find(|one| line.product.as_ref() == Some(&one.id));
        let like = |one: &&catalog::Product| one.name.to_lowercase() == line.name.to_lowercase();
        let same = it.or_else(|| shelf.iter().find(like));
        let same = same.map(|one| one.id.to_string());
        if let Some(product) = same.or_else(|| chosen.take()) {
            chosen = chosen.filter(|other| *other != product);
            form.product.push(product);
            form.count.push(line.count.to_string());
        } else {
            form.name.push(line.name.clone());
            form.unit.push(line.unit.clone());
            form.price.push(line.price.amount().to_string());
            form.amount.push(line.count.to_string());
        }
    }
}

async fn create(ctx: Ctx, Input(form): Input<RequestForm>) -> Answer {
    let look = form.look == "1" && ctx.wants_page();
    let done = match form.parse() {
        Ok(cmd) if look => return summed(&ctx, form, cmd).await,
        Ok(cmd) => ctx.write("procurement.request", move |tx| command::request(tx, &cmd)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(order) => Ok(ctx.done_saying(order.href(), "procurement-said-requested", order)),
        Err(error) => unsaid(&ctx, form, error).await,
    }
}

/// What was typed comes back to people with the reason; programs get the bare answer.
async fn unsaid(ctx: &Ctx, form: RequestForm, error: Error) -> Answer {
    match error {
        Error::Invalid(problems) if ctx.wants_page() => again(ctx, form, problems).await,
        Error::Refused(code) if ctx.wants_page() => {
            again(ctx, form, vec![Problem::new(Refusal::blamed(code), code)]).await
        }
        error => Err(error.into()),
    }
}

/// The form once more, with each problem at the field that was typed in.
async fn again(ctx: &Ctx, form: RequestForm, mut problems: Vec<Problem>) -> Answer {
    let read_whole = form.parse().is_ok();
    for problem in &mut problems {
        let numbered = ["count_", "name_", "unit_", "price_"];
        let of_a_line = numbered.iter().any(|name| problem.field.starts_with(name));
        if of_a_line && read_whole {
            problem.field = form.field_of(&problem.field);
        }
    }
    let page = ctx.read(move |read| {
        let mut problems = problems.clone();
        if !read_whole {
            let known: Vec<String> = problems.iter().map(|one| one.field.clone()).collect();
            let more = form.also_wrong(read)?;
            problems.extend(more.into_iter().filter(|one| !known.contains(&one.field)));
        }
        page_of(read, form.clone(), problems)
    });
    ctx.again(shelved(ctx, page.await?).await?)
}

/// The form once more with what it comes to; nothing is stated yet.
async fn summed(ctx: &Ctx, form: RequestForm, cmd: Request) -> Answer {
    let typed = form.clone();
    let summed = ctx.read(move |read| {
        let (lines, total) = command::look(read, &cmd)?;
        let line = command::allowed(read, &cmd, total)?.line;
        let free = budget::used(read, &line.id)?.free;
        let mut page = page_of(read, typed.clone(), Vec::new())?;
        let warnings = warning::of_need(read, &cmd, &lines, total)?;
        page.summary = Some(Summary { total, free, left: free.minus(total), warnings });
        Ok(page)
    });
    match summed.await {
        Ok(page) => ctx.page(shelved(ctx, page).await?),
        Err(error) => unsaid(ctx, form, error).await,
    }
}

/// Goods shown before a seller is chosen.
const NEWEST: usize = 24;

fn page_of(read: &mut Read<'_>, form: RequestForm, problems: Vec<Problem>) -> Result<RequestPage> {
    let agency = duties::organisation(read)?;
    let year = Date::today(read).year();
    let mut choices = Vec::new();
    for line in budget::of_agency(read, &agency, year)? {
        let used = budget::used(read, &line.id)?;
        choices.push(Choice { line, used });
    }
    let seller = match Id::parse(&form.business) {
        Some(id) => Some(business::find(read, &id)?),
        None => None,
    };
    let goods = match &seller {
        Some(seller) => product::of_business(read, &seller.id, false, None)?,
        None => Vec::new(),
    };
    let goods: Vec<Good> = goods.into_iter().map(|product| good(product, &form)).collect();
    let before = earlier(read, &form.again)?.map(|(order, lines)| Before {
        id: order.id.to_string(),
        title: order.need.title,
        seller: order.seller.name,
        goods: line::said(&lines),
        like: lines.first().map(|line| line.name.clone()).unwrap_or_default(),
        number: order.seller.number,
    });
    let rows = WORDS_MAX.max(form.name.len()).min(line::LINES_MAX);
    let words = (0..rows).map(|i| Words {
        name: at(&form.name, i).to_owned(),
        unit: at(&form.unit, i).to_owned(),
        price: at(&form.price, i).to_owned(),
        count: at(&form.amount, i).to_owned(),
    });
    Ok(RequestPage {
        words: words.collect(),
        newest: Vec::new(),
        seller: seller.map(|seller| Seller {
            id: seller.id.to_string(),
            number: seller.number.clone(),
            trades: seller.trades() && seller.organisation.is_some(),
            name: seller.name,
        }),
        goods,
        choices,
        form,
        problems,
        summary: None,
        before,
    })
}

fn good(product: catalog::Product, form: &RequestForm) -> Good {
    let id = product.id.to_string();
    let typed = form.product.iter().position(|chosen| *chosen == id);
    Good {
        count: typed.map_or_else(String::new, |i| at(&form.count, i).to_owned()),
        photo: thumb(product.photos.first()),
        id,
        name: product.name,
        unit: product.unit,
        category: product.category,
        price: product.price,
        stock: product.stock,
        maker: String::new(),
    }
}
