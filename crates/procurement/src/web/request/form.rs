//! A need as it was typed, and how it is read.

use base::{Date, Error, Id, Problem, Read, Result, Rupiah, words};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::line::{LINES_MAX, OrderLine, read_count};
use crate::request::{self as command, Request, Rest};
use crate::want::{self, Want};

/// A need as people write it. `product` and `count` go together, and so do `name`, `unit`, `price`
/// and `amount`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub(super) struct RequestForm {
    #[serde(default)]
    pub(super) business: String,
    #[serde(default)]
    pub(super) title: String,
    /// `goods`, `works` or `consulting`.
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) budget_line: String,
    #[serde(default)]
    pub(super) place: String,
    #[serde(default)]
    pub(super) wanted_on: String,
    /// `09.30`, or nothing.
    #[serde(default)]
    pub(super) hour: String,
    /// Whom the seller may ask.
    #[serde(default)]
    pub(super) contact: String,
    #[serde(default)]
    pub(super) participants: String,
    #[serde(default)]
    pub(super) comparison: String,
    #[serde(default)]
    pub(super) product: Vec<String>,
    #[serde(default)]
    pub(super) count: Vec<String>,
    #[serde(default)]
    pub(super) name: Vec<String>,
    #[serde(default)]
    pub(super) unit: Vec<String>,
    #[serde(default)]
    pub(super) price: Vec<String>,
    #[serde(default)]
    pub(super) amount: Vec<String>,
    /// The order that this need is stated anew for.
    #[serde(default)]
    pub(super) again: String,
    /// `1` on a page: only add up.
    #[serde(default)]
    pub(super) look: String,
}

impl RequestForm {
    pub(super) fn parse(&self) -> Result<Request> {
        let mut problems = Vec::new();
        let wants = self.wants(&mut problems);
        let lines_wrong = !problems.is_empty();
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
        if wants.is_empty() && !lines_wrong {
            problems.push(Problem::new("count_1", "procurement-nothing-chosen"));
        }
        let RequestForm { title, place, hour, contact, .. } = self;
        problems.extend(command::words(&command::Words { title, place, hour, contact }));
        let all = business.zip(budget_line).zip(wanted_on).zip(kind);
        match (all, participants) {
            (Some((((business, budget_line), wanted_on), kind)), Ok(participants))
                if problems.is_empty() =>
            {
                Ok(Request {
                    title: words::line(&self.title),
                    kind,
                    budget_line,
                    business,
                    wants,
                    place: words::line(&self.place),
                    wanted_on,
                    hour: self.hour.clone(),
                    contact: words::line(&self.contact),
                    participants,
                    comparison: words::lines(&self.comparison),
                })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    /// What today's rules find wrong beside what the form itself finds, so that everything is told
    /// at once.
    pub(super) fn also_wrong(&self, read: &mut Read<'_>) -> Result<Vec<Problem>> {
        let (mut unread, mut problems) = (Vec::new(), Vec::new());
        let wants = self.wants(&mut unread);
        let mut total = None;
        if let (Some(business), true) = (Id::parse(&self.business), unread.is_empty()) {
            let (lines, wrong) = want::sorted_lines(read, &business, &wants)?;
            total = Rupiah::sum(lines.iter().map(OrderLine::total));
            problems.extend(wrong.into_iter().map(|one| {
                let field = self.field_of(&one.field);
                Problem { field, ..one }
            }));
        }
        let kind = if self.kind.is_empty() { "goods" } else { self.kind.as_str() };
        let Some(kind) = command::kind_of(kind) else { return Ok(problems) };
        let wanted_on = Date::parse(self.wanted_on.trim());
        let rest = Rest { wanted_on, comparison: &self.comparison, kind };
        problems.extend(command::rest_wrong(read, &rest, total)?);
        Ok(problems)
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
        for (i, name) in self.name.iter().take(LINES_MAX).enumerate() {
            if name.trim().is_empty() {
                continue;
            }
            let count = number(at(&self.amount, i)).ok().flatten();
            let price = Rupiah::read(at(&self.price, i));
            let unit = words::line(at(&self.unit, i));
            match (count, price) {
                (Some(count), Some(price)) => {
                    let name = words::line(name);
                    wants.push(Want::Words { name, unit, price, count });
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
    pub(super) fn field_of(&self, field: &str) -> String {
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

pub(super) fn at(list: &[String], i: usize) -> &str {
    list.get(i).map_or("", |text| text.trim())
}

/// A whole number as people type it; nothing where nothing was typed.
fn number(text: &str) -> Result<Option<i64>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => read_count(text).map(Some).ok_or(()),
    }
}
