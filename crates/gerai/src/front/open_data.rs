//! What programs and the press may take away, with the address of each and how to ask for it.

use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Access, Answer, Ctx, Routes, filters};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/open-data", show, Access::Anyone).people_only()
}

/// The page of open data.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "open_data.html")]
struct OpenDataPage {
    city: String,
    base_url: String,
    /// The year whose purchases are offered as a table.
    year: i64,
}

async fn show(ctx: Ctx) -> Answer {
    let year = ctx.read(|read| Ok(base::Date::today(read).year())).await?;
    let city = ctx.city();
    ctx.page(OpenDataPage { city: city.name.clone(), base_url: city.base_url.clone(), year })
}
