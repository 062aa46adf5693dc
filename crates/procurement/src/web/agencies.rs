//! All agencies side by side, for the inspectorate and the city's administrator.

use ::web::{Access, Answer, Ctx, Query, Routes, filters};
use askama::Template;
use base::{Date, Rupiah};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::years;
use crate::agencies::{self, Overview};
use crate::{BUDGET_ANY, INSPECT, OVERSEE};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/agencies", show, Access::May(OVERSEE))
        .gives::<AgenciesPage>()
        .asks(&["year", "q"])
}

/// Which year, and whose name contains what.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    year: String,
    #[serde(default)]
    q: String,
}

/// Every agency's year.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "agencies.html")]
struct AgenciesPage {
    year: i64,
    #[serde(skip)]
    years: [i64; 3],
    q: String,
    rows: Vec<Overview>,
    ceiling: Rupiah,
    spent: Rupiah,
    held: Rupiah,
    late: i64,
    /// Agencies without a budget line that year.
    without: usize,
    may_import: bool,
    may_watch: bool,
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let wanted = asked.year.clone();
    let (all, year, years) = ctx
        .read(move |read| {
            let today = Date::today(read);
            let year = years::asked(&wanted, today)?;
            Ok((agencies::of_year(read, year)?, year, years::around(today)))
        })
        .await?;
    let sum = |amount: fn(&Overview) -> Rupiah| {
        Rupiah::sum(all.iter().map(amount)).unwrap_or(Rupiah::MAX)
    };
    let q = asked.q.trim().to_lowercase();
    let (ceiling, spent) = (sum(|one| one.budget.ceiling), sum(|one| one.orders.spent));
    ctx.page(AgenciesPage {
        year,
        years,
        ceiling,
        spent,
        held: sum(|one| one.orders.held),
        late: all.iter().map(|one| one.orders.late).sum(),
        without: all.iter().filter(|one| one.budget.lines == 0).count(),
        rows: all.into_iter().filter(|one| one.agency.name.to_lowercase().contains(&q)).collect(),
        q: asked.q,
        may_import: ctx.admits(Access::May(BUDGET_ANY)),
        may_watch: ctx.admits(Access::May(INSPECT)),
    })
}
