//! Open data: OCDS releases and records, by cursor and by order, and the purchases of a year as csv.
//! A package that would be empty does not exist (404).

use ::web::{Access, Answer, Ctx, Path, Query, Routes};
use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use base::{Date, Error};
use serde::Deserialize;

use super::{cursor, years};
use crate::ocds::{self, Package, PackageHead, RecordPackage};
use crate::purchases::{self, BATCH_ROWS, Purchase, Which};

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
    let asked = ctx.read(move |read| years::published(read, &asked.year)).await?;
    if !asked.exists() {
        return Err(Error::NotFound.into());
    }
    let year = asked.year;
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(COLUMNS).map_err(Error::broken)?;
    let (mut after, mut count) = (None::<String>, 0);
    while count < ROWS_MAX {
        let which = Which { year, after: after.clone(), ..Which::default() };
        let rows = ctx.read(move |read| purchases::list(read, &which, BATCH_ROWS)).await?;
        for row in &rows {
            let state = ctx.texts().get(&row.state_key());
            file.write_record(cells(row, &state)).map_err(Error::broken)?;
        }
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

/// The head of the file. Open data of a city of Indonesia is in Bahasa Indonesia.
const COLUMNS: [&str; 16] = [
    "id",
    "nomor",
    "keperluan",
    "dinas",
    "nomor_penjual",
    "penjual",
    "ukuran_penjual",
    "status",
    "tanggal_pesanan",
    "tanggal_serah_terima",
    "tanggal_dibayar",
    "hari_sampai_dibayar",
    "jumlah_dipesan",
    "jumlah_diterima",
    "jumlah_dibayar",
    "kode_status",
];

fn cells(row: &Purchase, state: &str) -> [String; 16] {
    let day = |day: Option<Date>| day.map(Date::iso).unwrap_or_default();
    let days = row.days_to_pay.map(|days| days.to_string()).unwrap_or_default();
    [
        row.id.clone(),
        plain(&row.number),
        plain(&row.title),
        plain(&row.agency),
        plain(&row.seller_number),
        plain(&row.seller),
        row.seller_class.clone().unwrap_or_default(),
        state.to_owned(),
        day(row.ordered_on),
        day(row.handed_over_on),
        day(row.paid_on),
        days,
        row.total.to_string(),
        row.received.to_string(),
        row.paid.to_string(),
        row.state.clone(),
    ]
}

/// Words that a spreadsheet will not take for a formula.
fn plain(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(plain("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        for text in ["+62", "-1", "@a", "\tx"] {
            assert_eq!(plain(text), format!("'{text}"));
        }
        assert_eq!(plain("Dapur Bu Ngatmi"), "Dapur Bu Ngatmi");
    }
}
