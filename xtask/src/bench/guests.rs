//! Guests order two products through every page a person sees: they search, look at both, put them into
//! the cart, look at the sum, order, and follow the order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::Bench;
use super::figure::{Budget, Figure};
use crate::Result;
use crate::debian;
use crate::http::Client;
use crate::postgres::{Cluster, Durability};
use crate::program::Folder;
use crate::scene::Scene;
use crate::shelf::{Shelf, put};

const GUESTS: usize = 16;
const WARM: usize = 100;
const ORDERS: usize = 1_000;
/// Processor seconds for 1,000 orders. The best known peer needs 280.
const PROCESSOR_S_MAX: f64 = 3.0;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    debian::ensure(&debian::POSTGRES)?;
    let cluster = Cluster::start(Durability::Full)?;
    let mut figures = Vec::new();
    let engines = [
        ("SQLite", None, Budget::AtMost(PROCESSOR_S_MAX)),
        // What the database's own processes use is not in it.
        ("PostgreSQL", Some(cluster.url()), Budget::None),
    ];
    for (engine, database, budget) in engines {
        let folder = Folder::new("guests")?;
        let scene = Scene::new(&bench.program, folder.path(), None)?;
        let demo = scene.demo_in(folder.path(), database.as_deref())?.start(2)?;
        let shelf = Shelf::open(&demo)?;
        shelf.serve(WARM, 0)?;
        let (before, began) = (demo.processor_seconds()?, Instant::now());
        shelf.serve(ORDERS, WARM)?;
        let (seconds, used) = (began.elapsed().as_secs_f64(), demo.processor_seconds()? - before);
        demo.stop()?;
        let name = |what: &str| format!("guest orders, {engine}, {what}");
        let (rate, each) = (ORDERS as f64 / seconds, used * 1_000.0 / ORDERS as f64);
        figures.push(Figure::plain(&name("orders"), rate, "orders/s", Budget::None));
        figures.push(Figure::plain(&name("processor/1,000"), each, "s", budget));
    }
    Ok(figures)
}

impl Shelf {
    /// So many guests order, one after the other on sixteen lines.
    fn serve(&self, orders: usize, first: usize) -> Result<()> {
        let (next, problem) = (AtomicUsize::new(0), Mutex::new(None));
        std::thread::scope(|scope| {
            for _ in 0..GUESTS {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= orders {
                            return;
                        }
                        if let Err(message) = self.order(first + number) {
                            next.store(orders, Ordering::Relaxed);
                            *problem.lock().expect("no thread panics") = Some(message);
                        }
                    }
                });
            }
        });
        problem.into_inner().expect("no thread panics").map_or(Ok(()), Err)
    }

    /// One guest, with a browser of their own.
    fn order(&self, number: usize) -> Result<()> {
        let mut guest = Client::new(&self.home);
        looked(&mut guest, "/catalog/products?q=keripik+tempe+ukur")?;
        for product in &self.goods {
            looked(&mut guest, &format!("/catalog/products/{product}"))?;
            put(&mut guest, product)?;
            looked(&mut guest, "/market/cart")?;
        }
        looked(&mut guest, "/market/checkout")?;
        looked(&mut guest, &format!("/market/checkout?village={}", self.village))?;
        let at = self.placed(&mut guest, number, "cash")?;
        looked(&mut guest, &at)
    }
}

fn looked(guest: &mut Client, path: &str) -> Result<()> {
    match guest.get(path)?.status {
        200 => Ok(()),
        status => Err(format!("{path}: {status}")),
    }
}
