//! The report of a list goes out, as JSON or as a workbook. Everybody's number stands in it, so
//! whoever takes it away is written down.

use ::web::{Access, Answer, Ctx, Path, Routes};
use axum::body::Body;
use axum::http::header;
use axum::response::IntoResponse;
use base::{Error, Id, Language, Result};
use futures_util::StreamExt;
use lists::SheetTexts;

use crate::brought;
use crate::events::ReportTaken;
use crate::intake::{Brought, IMPORT};
use crate::pieces;

pub(super) fn routes(routes: Routes) -> Routes {
    let office = Access::May(IMPORT);
    routes
        .get("/registry/lists/{id}/report.json", report_json, office)
        .raw()
        .get("/registry/lists/{id}/report.xlsx", report_xlsx, office)
        .raw()
}

/// The pieces of a report, in the transaction that writes down who takes it: everybody's number
/// stands in it. Nothing while the list is being looked at.
async fn taken(ctx: &Ctx, id: Id<Brought>, form: &'static str) -> Result<Vec<String>> {
    let take = move |tx: &mut base::Tx<'_>| {
        let list = brought::find(tx, &id)?;
        let pieces = pieces::of(tx, &id)?;
        if pieces.is_empty() {
            return Err(Error::NotFound);
        }
        tx.record(&ReportTaken { import: list.id.as_str(), file_kind: form })?;
        Ok(pieces)
    };
    ctx.write("registry.report_taken", take).await
}

/// Goes out piece by piece.
async fn report_json(ctx: Ctx, Path(id): Path<Id<Brought>>) -> Answer {
    let pieces = taken(&ctx, id, "json").await?;
    let (files, keyring) = (ctx.files().clone(), std::sync::Arc::clone(ctx.keyring()));
    let opened = futures_util::stream::iter(pieces).then(move |piece| {
        let (files, keyring) = (files.clone(), std::sync::Arc::clone(&keyring));
        async move { pieces::opened(&files, &keyring, &piece).await }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"laporan-impor.json\""),
    ];
    Ok((headers, Body::from_stream(opened)).into_response())
}

/// The same report as a workbook, in the reader's language.
async fn report_xlsx(ctx: Ctx, Path(id): Path<Id<Brought>>) -> Answer {
    let pieces = taken(&ctx, id, "xlsx").await?;
    let (files, keyring) = (ctx.files().clone(), std::sync::Arc::clone(ctx.keyring()));
    let texts = match ctx.language() {
        Language::Indonesian => SheetTexts::indonesian(),
        Language::English => SheetTexts::english(),
    };
    let runtime = tokio::runtime::Handle::current();
    let draw = move || {
        let open = |piece: &str| runtime.block_on(pieces::opened(&files, &keyring, piece));
        lists::workbook(std::io::BufReader::new(pieces::Reader::new(pieces, open)), &texts)
    };
    let drawn = tokio::task::spawn_blocking(draw).await.map_err(Error::broken)?;
    let sheet = drawn.map_err(Error::broken)?;
    let headers = [
        (header::CONTENT_TYPE, base::files::FileKind::Xlsx.media_type()),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"laporan-impor.xlsx\""),
    ];
    Ok((headers, sheet).into_response())
}
