//! Goods by the thousand, offered through the door every owner uses.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::Result;
use crate::http::Client;
use crate::people::owner;

const OWNERS: usize = 16;
const FORM: &str = "/catalog/products";
const INDEXED: Duration = Duration::from_secs(600);
const KINDS: [&str; 10] = [
    "Lumpia",
    "Batik tulis",
    "Wingko babat",
    "Bandeng presto",
    "Keranjang rotan",
    "Soto",
    "Sapu ijuk",
    "Tas anyaman",
    "Jahit seragam",
    "Kopi bubuk",
];
const KINDS_OF: [&str; 7] =
    ["Melati", "Barokah", "Semawis", "Tugu Muda", "Kenari", "Rejeki", "Wahid"];

/// Fills the shop of a demo city with goods from one number up to another; they are invented.
pub(super) fn offer(home: &str, from: usize, to: usize) -> Result<()> {
    let owner = owner(home)?; // entered once: doors take only so many from one address
    let (next, problem) = (AtomicUsize::new(from), Mutex::new(None));
    std::thread::scope(|scope| {
        for _ in 0..OWNERS {
            scope.spawn(|| {
                if let Err(message) = offer_some(owner.again(), &next, to) {
                    next.store(to, Ordering::Relaxed);
                    *problem.lock().expect("no thread panics") = Some(message);
                }
            });
        }
    });
    match problem.into_inner().expect("no thread panics") {
        Some(message) => Err(message),
        None => indexed(home, to),
    }
}

fn offer_some(mut client: Client, next: &AtomicUsize, to: usize) -> Result<()> {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= to {
            return Ok(());
        }
        let answer = client.post_form(FORM, &fields(number))?;
        if answer.status != 303 {
            return Err(format!("{FORM}: {}", answer.status));
        }
    }
}

fn fields(number: usize) -> [(&'static str, String); 7] {
    let (kind, maker) = (KINDS[number % KINDS.len()], KINDS_OF[number / 10 % KINDS_OF.len()]);
    [
        ("name", format!("{kind} {maker} {number}")),
        ("category", "makanan".into()),
        ("unit", "kotak".into()),
        ("price", (5_000 + number % 500 * 1_000).to_string()),
        ("stock", "50".into()),
        ("description", format!("{kind} dari {maker}, contoh yang direka.")),
        ("offered", "1".into()),
    ]
}

/// Waits until the newest of them can be found.
fn indexed(home: &str, to: usize) -> Result<()> {
    let (began, mut client) = (Instant::now(), Client::new(home));
    let newest = fields(to - 1)[0].1.clone();
    let path = format!("/catalog/products?q={}", newest.replace(' ', "+"));
    while began.elapsed() < INDEXED {
        if client.get(&path)?.text().matches(newest.as_str()).count() > 1 {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Err("the newest goods are still not to be found".into())
}
