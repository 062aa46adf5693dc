//! What the metrics tell: each transaction by name and outcome, each part of its time.

use std::sync::OnceLock;
use std::time::Duration;

use db::Error;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::kit::{Noted, databases};

/// One recorder for the whole process, as in the program.
fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().unwrap())
}

#[test]
fn every_transaction_is_counted_by_name_and_outcome() {
    let handle = recorder();
    let engines = databases("meter");
    for place in &engines {
        let db = place.db();
        db.write("meter.done", |tx| tx.record(&Noted("p1"))).wait().unwrap();
        let refused = db.write("meter.refused", |_| Err::<(), _>(Error::Driver("no".to_owned())));
        refused.wait().unwrap_err();
        let broken = db.write("meter.broken", |tx| {
            tx.execute("INSERT INTO pieces (id, title, price, stock) VALUES ('p1', '', 1, 1)", &[])
        });
        broken.wait().unwrap_err();
        let fell = db.write::<(), Error>("meter.fell", |_| panic!("fell over"));
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| fell.wait())).unwrap_err();
        let slow = db.write("meter.slow", |tx| {
            std::thread::sleep(Duration::from_millis(60));
            tx.record(&Noted("p1"))
        });
        slow.wait().unwrap();
    }
    let told = handle.render();
    for (name, outcome) in [
        ("meter.done", "done"),
        ("meter.refused", "refused"),
        ("meter.broken", "constraint"),
        ("meter.fell", "panicked"),
        ("meter.slow", "done"),
    ] {
        let label = format!("{{name=\"{name}\",outcome=\"{outcome}\"}} {}", engines.len());
        assert!(told.contains(&format!("db_transactions_total{label}")), "{label} in\n{told}");
        for part in ["queue", "run", "commit"] {
            let part = format!("db_seconds_count{{name=\"{name}\",part=\"{part}\"}} ");
            assert!(told.contains(&part), "{part} in\n{told}");
        }
    }
    assert!(!told.contains("db_seconds_sum{name=\"meter.slow\",part=\"run\"} 0.00"), "{told}");
}
