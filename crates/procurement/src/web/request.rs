//! Stating a need: find goods, choose how many, say what for, and see whether the budget holds it.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Query, Routes, filters};
use askama::Template;
use base::{Date, Error, Id, Problem, Read, Result, Rupiah};
use catalog::product;
use catalog::search::{Card, Index, Order as Shelved, Question};
use registry::business;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::budget::{self, BudgetLine, Use};
use crate::line::LINES_MAX;
use crate::order::Order;
use crate::request::{self as command, Request, Want};
use crate::{REQUEST, duties};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/requests/new", new, Access::May(REQUEST))
        .gives::<RequestPage>()
        .asks(&["product", "business"])
        .post("/procurement/requests", create, Access::May(REQUEST))
        .takes::<RequestForm>()
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
}

/// A need as people write it. `product` and `count` go together, and so do `name`, `unit`, `price`
/// and `amount`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct RequestForm {
    #[serde(default)]
    business: String,
    #[serde(default)]
    title: String,
    /// `goods`, `works` or `consulting`.
    #[serde(default)]
    kind: String,
    #[serde(default)]
    budget_line: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    wanted_on: String,
    #[serde(default)]
    participants: String,
    #[serde(default)]
    comparison: String,
    #[serde(default)]
    product: Vec<String>,
    #[serde(default)]
    count: Vec<String>,
    #[serde(default)]
    name: Vec<String>,
    #[serde(default)]
    unit: Vec<String>,
    #[serde(default)]
    price: Vec<String>,
    #[serde(default)]
    amount: Vec<String>,
}

impl RequestForm {
    fn parse(&self) -> Result<Request> {
        let mut problems = Vec::new();
        let wants = self.wants(&mut problems);
        let mut missing =
            |field: &str, code: &'static str| problems.push(Problem::new(field, code));
        let business = Id::parse(&self.business);
        if business.is_none() {
            missing("business", "procurement-business-wanted");
        }
        let budget_line = Id::parse(&self.budget_line);
        if budget_line.is_none() {
            missing("budget_line", "procurement-budget-line-wanted");
        }
        let wanted_on = Date::parse(self.wanted_on.trim());
        if wanted_on.is_none() {
            missing("wanted_on", "procurement-wanted-on-wanted");
        }
        let participants = number(&self.participants);
        if participants.is_err() {
            missing("participants", "procurement-participants-wanted");
        }
        let kind = if self.kind.is_empty() { "goods" } else { self.kind.as_str() };
        let kind = command::kind_of(kind);
        if kind.is_none() {
            missing("kind", "procurement-kind-wanted");
        }
        if wants.is_empty() && problems.is_empty() {
            problems.push(Problem::new("count_1", "procurement-nothing-chosen"));
        }
        let all = business.zip(budget_line).zip(wanted_on).zip(kind);
        match (all, participants) {
            (Some((((business, budget_line), wanted_on), kind)), Ok(participants))
                if problems.is_empty() =>
            {
                Ok(Request {
                    title: self.title.clone(),
                    kind,
                    budget_line,
                    business,
                    wants,
                    place: self.place.clone(),
                    wanted_on,
                    participants,
                    comparison: self.comparison.clone(),
                })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    fn wants(&self, problems: &mut Vec<Problem>) -> Vec<Want> {
        let mut wants = Vec::new();
        for (i, product) in self.product.iter().take(LINES_MAX).enumerate() {
            let field = format!("count_{}", i + 1);
            match (Id::parse(product), number(at(&self.count, i))) {
                (_, Ok(None | Some(0))) => {}
                (Some(product), Ok(Some(count))) => wants.push(Want::Product { product, count }),
                _ => problems.push(Problem::new(field, "procurement-count-wanted")),
            }
        }
        for (i, name) in self.name.iter().take(WORDS_MAX).enumerate() {
            if name.trim().is_empty() {
                continue;
            }
            let count = number(at(&self.amount, i)).ok().flatten();
            let price = Rupiah::read(at(&self.price, i));
            let unit = at(&self.unit, i).to_owned();
            match (count, price) {
                (Some(count), Some(price)) => {
                    wants.push(Want::Words { name: name.clone(), unit, price, count });
                }
                (None, _) => {
                    problems.push(Problem::new(
                        format!("amount_{}", i + 1),
                        "procurement-count-wanted",
                    ));
                }
                (_, None) => {
                    problems
                        .push(Problem::new(format!("price_{}", i + 1), "procurement-price-wanted"));
                }
            }
        }
        wants
    }

    /// The command knows lines by position; the form by the field they were typed in.
    fn field_of(&self, field: &str) -> String {
        let Some((name, position)) = field.rsplit_once('_') else { return field.to_owned() };
        let Ok(position) = position.parse::<usize>() else { return field.to_owned() };
        let chosen = (0..self.product.len())
            .filter(|i| number(at(&self.count, *i)).is_ok_and(|n| n.is_some_and(|n| n > 0)));
        let chosen: Vec<String> = chosen.map(|i| format!("count_{}", i + 1)).collect();
        let words = (0..self.name.len()).filter(|i| !self.name[*i].trim().is_empty());
        let name = if name == "count" { "amount" } else { name };
        let words = words.map(|i| format!("{name}_{}", i + 1));
        let all: Vec<String> = chosen.into_iter().chain(words).collect();
        all.get(position.wrapping_sub(1)).cloned().unwrap_or_else(|| field.to_owned())
    }
}

fn at(list: &[String], i: usize) -> &str {
    list.get(i).map_or("", |text| text.trim())
}

/// A whole number as people type it; nothing where nothing was typed.
fn number(text: &str) -> Result<Option<i64>, ()> {
    match text.trim().replace('.', "").as_str() {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(drop),
    }
}

async fn new(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = ctx.read(move |read| begin(read, &asked)).await?;
    ctx.page(shelved(&ctx, page).await?)
}

/// Before a seller is chosen the newest goods are shown, as the search knows them: it forgets at
/// once what a business that is set aside had on offer.
async fn shelved(ctx: &Ctx, mut page: RequestPage) -> Result<RequestPage> {
    if page.seller.is_some() {
        return Ok(page);
    }
    let index: Arc<Index> = ctx.resource();
    let question = Question { order: Shelved::Newest, take: NEWEST, ..Question::default() };
    let found = tokio::task::spawn_blocking(move || index.ask(&question)).await;
    let goods = found.map_err(Error::broken)??.goods;
    page.newest = goods.into_iter().filter(|card| card.stock > 0).map(of_card).collect();
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
        count: String::new(),
    }
}

fn thumb(photo: Option<&String>) -> String {
    photo.map(|photo| format!("/files/{photo}/thumb")).unwrap_or_default()
}

fn begin(read: &mut Read<'_>, asked: &Asked) -> Result<RequestPage> {
    let mut form = RequestForm { business: asked.business.clone(), ..RequestForm::default() };
    if let Some(id) = Id::parse(&asked.product) {
        let product = product::find(read, &id)?;
        form.business = product.business.to_string();
        form.product = vec![id.to_string()];
        form.count = vec!["1".to_owned()];
    }
    page_of(read, form, Vec::new())
}

async fn create(ctx: Ctx, Input(form): Input<RequestForm>) -> Answer {
    let done = match form.parse() {
        Ok(cmd) => ctx.write("procurement.request", move |tx| command::request(tx, &cmd)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(order) => Ok(ctx.done_saying(order.href(), "procurement-said-requested", order)),
        Err(Error::Invalid(mut problems)) if ctx.wants_page() => {
            for problem in &mut problems {
                let numbered = ["count_", "name_", "unit_", "price_"];
                if numbered.iter().any(|name| problem.field.starts_with(name))
                    && form.parse().is_ok()
                {
                    problem.field = form.field_of(&problem.field);
                }
            }
            let page = ctx.read(move |read| page_of(read, form.clone(), problems.clone())).await?;
            ctx.again(shelved(&ctx, page).await?)
        }
        Err(error) => Err(error.into()),
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
    let words = (0..WORDS_MAX).map(|i| Words {
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
    }
}
