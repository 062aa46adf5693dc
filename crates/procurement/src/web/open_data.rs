//! Open data: OCDS releases and records, by cursor and by order, and the purchases of a year as csv.
//! A package that would be empty does not exist (404).

use ::web::{Access, Answer, Ctx, Path, Query, Routes};
use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use base::{Date, Error, Result};
use serde::Deserialize;

use super::cursor;
use crate::ocds::{self, Package, PackageHead, RecordPackage};
use crate::spending::{self, BATCH_ROWS, Purchase};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/open-data/ocds/releases", releases, Access::Anyone)
        .raw()
        .may_be_gone()
        .gives::<serde_json::Value>()
        .asks(&["after"])
        .get("/open-data/ocds/releases/{ocid}", of_order, Access::Anyone)
        .raw()
        .gives::<serde_json::Value>()
        .get("/open-data/ocds/records", records, Access::Anyone)
        .raw()
        .may_be_gone()
        .gives::<serde_json::Value>()
        .asks(&["after"])
        .get("/open-data/ocds/records/{ocid}", record_of_order, Access::Anyone)
        .raw()
        .gives::<serde_json::Value>()
        .get("/open-data/procurement/purchases.csv", table, Access::Anyone)
        .raw()
        .asks(&["year"])
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
    #[serde(default)]
    year: String,
}

fn head(ctx: &Ctx, path: &str) -> PackageHead {
    let city = ctx.city();
    PackageHead {
        uri: format!("{}{path}", city.base_url),
        publisher: format!("Pemerintah {}", city.name),
        publisher_code: city.region_code.clone(),
        policy: format!("{}/procurement/spending", city.base_url),
    }
}

async fn releases(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let after = cursor(&asked.after);
    let (releases, next) = ctx.read(move |read| ocds::page(read, after.as_deref())).await?;
    let (head, next) = paged(&ctx, "/open-data/ocds/releases", &asked.after, next);
    Ok(Json(Package::new(head, releases, next)?).into_response())
}

async fn of_order(ctx: Ctx, Path(ocid): Path<String>) -> Answer {
    let head = head(&ctx, &format!("/open-data/ocds/releases/{ocid}"));
    let releases = ctx.read(move |read| ocds::releases_of(read, &ocid)).await?;
    Ok(Json(Package::new(head, releases, None)?).into_response())
}

async fn records(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let (base_url, after) = (ctx.city().base_url.clone(), asked.after.clone());
    let (records, next) = ctx.read(move |read| ocds::records(read, &base_url, &after)).await?;
    let (head, next) = paged(&ctx, "/open-data/ocds/records", &asked.after, next);
    Ok(Json(RecordPackage::new(head, records, next)?).into_response())
}

async fn record_of_order(ctx: Ctx, Path(ocid): Path<String>) -> Answer {
    let head = head(&ctx, &format!("/open-data/ocds/records/{ocid}"));
    let releases = ctx.read(move |read| ocds::releases_of(read, &ocid)).await?;
    let record = ocds::record(&ctx.city().base_url, &releases);
    Ok(Json(RecordPackage::new(head, record.into_iter().collect(), None)?).into_response())
}

/// The head of one page of a series, and the address of the next.
fn paged(
    ctx: &Ctx,
    path: &str,
    after: &str,
    next: Option<String>,
) -> (PackageHead, Option<String>) {
    let to = |next: String| {
        format!("{}{}", ctx.city().base_url, super::asking(path, &[("after", &next)]))
    };
    (head(ctx, &super::asking(path, &[("after", after)])), next.map(to))
}

/// Rows of one csv file.
const ROWS_MAX: usize = 100_000;

async fn table(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let today = ctx.read(|read| Ok(Date::today(read))).await?;
    let year: i64 = asked.year.parse().unwrap_or(today.year());
    let mut file = csv::Writer::from_writer(Vec::new());
    let (mut after, mut count) = (None::<String>, 0);
    while count < ROWS_MAX {
        let cursor = after.clone();
        let rows = ctx
            .read(move |read| spending::purchases(read, year, "", cursor.as_deref(), BATCH_ROWS))
            .await?;
        write(&mut file, &rows)?;
        count += rows.len();
        match rows.last() {
            Some(last) => after = Some(last.id.clone()),
            None => break,
        }
    }
    let bytes = file.into_inner().map_err(Error::broken)?;
    let name = format!("attachment; filename=\"pembelian-{year}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

fn write(file: &mut csv::Writer<Vec<u8>>, rows: &[Purchase]) -> Result<()> {
    rows.iter().try_for_each(|row| file.serialize(row)).map_err(Error::broken)
}
