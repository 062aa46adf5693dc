//! The same statements at the same isolation by PostgreSQL's own `pgbench`.

use std::io::Write;
use std::process::Command;
use std::time::Duration;

use crate::{Figure, PRODUCTS, SCHEMA};

/// Ids grow with time here too: where rows are inserted decides what conflicts.
const SCRIPT: &str = "
\\set third @THIRD@
\\set p1 random(0, :third - 1)
\\set p2 :third + random(0, :third - 1)
\\set p3 2 * :third + random(0, :third - 1)
\\set chance random(1000000000000, 9999999999999)
BEGIN ISOLATION LEVEL SERIALIZABLE;
UPDATE products SET stock = stock - 1 WHERE id = 'p' || lpad(:p1::text, 6, '0') AND stock >= 1 RETURNING price;
UPDATE products SET stock = stock - 1 WHERE id = 'p' || lpad(:p2::text, 6, '0') AND stock >= 1 RETURNING price;
UPDATE products SET stock = stock - 1 WHERE id = 'p' || lpad(:p3::text, 6, '0') AND stock >= 1 RETURNING price;
INSERT INTO orders (id, buyer, total, placed_at) VALUES (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 13, '0') || :chance::text, 'ana', 36000, 1790000000000) RETURNING id AS order \\gset
INSERT INTO order_lines (order_id, line, product, price) VALUES (:order, 1, 'p' || lpad(:p1::text, 6, '0'), 12000), (:order, 2, 'p' || lpad(:p2::text, 6, '0'), 12000), (:order, 3, 'p' || lpad(:p3::text, 6, '0'), 12000);
INSERT INTO postings (id, order_id, account, amount) VALUES (:order || 'd', :order, 'buyer', -36000), (:order || 'c', :order, 'seller', 36000);
INSERT INTO events (id, at, actor, on_behalf_of, kind, subject, data) VALUES (:order || 'e', 1790000000000, 'system', NULL, 'market.order_placed', :order, '{\"order\":\"01m841bca2hjf1nzeccvmv1xvw\",\"total\":36000}');
COMMIT;
";

pub(crate) fn measure(program: &str, url: &str, clients: u64, time: Duration) -> Figure {
    let mut script = tempfile::NamedTempFile::new().expect("a temporary file");
    let text = SCRIPT.replace("@THIRD@", &(PRODUCTS / 3).to_string());
    script.write_all(text.as_bytes()).expect("room for a script");
    let run = Command::new(program)
        .args(["--no-vacuum", "--protocol=prepared", "--max-tries=12", "--jobs=2"])
        .args([format!("--client={clients}"), format!("--time={}", time.as_secs())])
        .arg(format!("--file={}", script.path().display()))
        .arg(url)
        .env("PGOPTIONS", format!("-c search_path={SCHEMA}"))
        .output()
        .expect("pgbench runs");
    let told = String::from_utf8_lossy(&run.stdout);
    let problem = String::from_utf8_lossy(&run.stderr);
    let number = |label: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(label));
        let whole = line.map(|rest| rest.trim_start().split(|c: char| !c.is_ascii_digit()).next());
        whole.flatten().and_then(|digits| digits.parse().ok())
    };
    let orders_per_second = number("tps = ").unwrap_or_else(|| panic!("pgbench: {problem}"));
    let gave_up = number("number of failed transactions:").unwrap_or(0);
    Figure { name: "postgres.pgbench", writers: clients, orders_per_second, gave_up }
}
