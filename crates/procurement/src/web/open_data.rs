//! Open data: OCDS release packages by cursor and by order, and the purchases of a year as csv.

use ::web::{Access, Answer, Ctx, Path, Query, Routes};
use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use base::{Date, Error, Result, Timestamp};
use serde::Deserialize;

use super::cursor;
use crate::ocds::{self, Package, PackageHead};
use crate::spending::{self, BATCH_ROWS, Purchase};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/open-data/ocds/releases", releases, Access::Anyone)
        .raw()
        .asks(&["after"])
        .get("/open-data/ocds/releases/{ocid}", of_order, Access::Anyone)
        .raw()
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
    const PATH: &str = "/open-data/ocds/releases";
    let after = cursor(&asked.after);
    let ((releases, next), now) = ctx
        .read(move |read| Ok((ocds::page(read, after.as_deref())?, Timestamp::of(read))))
        .await?;
    let uri = super::asking(PATH, &[("after", &asked.after)]);
    let next = next
        .map(|next| format!("{}{}", ctx.city().base_url, super::asking(PATH, &[("after", &next)])));
    Ok(Json(Package::new(head(&ctx, &uri), now, releases, next)).into_response())
}

async fn of_order(ctx: Ctx, Path(ocid): Path<String>) -> Answer {
    let wanted = ocid.clone();
    let (releases, now) =
        ctx.read(move |read| Ok((ocds::package_of(read, &wanted)?, Timestamp::of(read)))).await?;
    if releases.is_empty() {
        return Err(Error::NotFound.into());
    }
    let head = head(&ctx, &format!("/open-data/ocds/releases/{ocid}"));
    Ok(Json(Package::new(head, now, releases, None)).into_response())
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
