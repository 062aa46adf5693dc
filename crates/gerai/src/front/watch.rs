//! What operators and their machines watch: whether the city lives, is ready, and how it fares.

use std::sync::OnceLock;

use axum::http::header;
use axum::response::IntoResponse;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use web::{Access, Answer, Ctx, Routes};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/health/live", live, Access::Anyone)
        .raw()
        .get("/health/ready", ready, Access::Anyone)
        .raw()
        .get("/metrics", metrics, Access::Anyone)
        .raw()
}

async fn live(_: Ctx) -> Answer {
    Ok("live\n".into_response())
}

/// Ready when the database answers.
async fn ready(ctx: Ctx) -> Answer {
    ctx.read(|read| {
        let _: Option<(i64,)> = read.first("SELECT CAST(1 AS BIGINT)", &[])?;
        Ok(())
    })
    .await?;
    Ok("ready\n".into_response())
}

/// Counters in Prometheus' text format. They name transactions, never people.
async fn metrics(_: Ctx) -> Answer {
    let text = recorder().map(PrometheusHandle::render).unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

/// Begins to count if nobody has yet, and folds what was measured: unread measurements would grow
/// for ever.
pub(crate) fn fold_measurements() {
    if let Some(recorder) = recorder() {
        recorder.run_upkeep();
    }
}

/// The process's one recorder; installed with the first city that is served.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).as_ref()
}
