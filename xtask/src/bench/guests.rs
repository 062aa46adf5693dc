//! Guests order two products through every page a person sees: they search, look at both, put them into
//! the cart, look at the sum, order, and follow the order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::Bench;
use super::figure::{Budget, Figure};
use super::goods::owner;
use crate::Result;
use crate::debian;
use crate::http::Client;
use crate::postgres::{Cluster, Durability};
use crate::program::{Folder, Server};
use crate::scene::Scene;

const GUESTS: usize = 16;
const WARM: usize = 100;
const ORDERS: usize = 1_000;
/// Each order takes one of each.
const STOCK: &str = "100000";
const PRICE: usize = 12_000;
/// A busy city asks guests to come again; a person does.
const TRIES_MAX: usize = 200;
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
        let market = Market::open(&demo)?;
        market.serve(WARM, 0)?;
        let (before, began) = (demo.processor_seconds()?, Instant::now());
        market.serve(ORDERS, WARM)?;
        let (seconds, used) = (began.elapsed().as_secs_f64(), demo.processor_seconds()? - before);
        demo.stop()?;
        let name = |what: &str| format!("guest orders, {engine}, {what}");
        let (rate, each) = (ORDERS as f64 / seconds, used * 1_000.0 / ORDERS as f64);
        figures.push(Figure::plain(&name("orders"), rate, "orders/s", Budget::None));
        figures.push(Figure::plain(&name("processor/1,000"), each, "s", budget));
    }
    Ok(figures)
}

/// Two products of an open shop, and where the guests live.
struct Market {
    home: String,
    goods: [String; 2],
    seller: String,
    village: String,
}

impl Market {
    fn open(demo: &Server) -> Result<Market> {
        let home = demo.home().to_owned();
        let mut owner = owner(&home)?;
        let goods = [offered(&mut owner, "Keripik tempe ukur")?, offered(&mut owner, "Kopi ukur")?];
        let mut guest = Client::new(&home);
        put(&mut guest, &goods[0])?;
        let page = guest.get("/market/checkout")?.text();
        let villages = page.split("<option value=\"").skip(1);
        let mut villages = villages.filter_map(|rest| rest.split('"').next());
        let village = villages.find(|code| !code.is_empty()).ok_or("no village to choose")?;
        let page = guest.get(&format!("/market/checkout?village={village}"))?.text();
        let seller = hidden(&page, "seller").ok_or("no seller in the order")?;
        Ok(Market { home, goods, seller, village: village.to_owned() })
    }

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
        let at = self.placed(&mut guest, number)?;
        looked(&mut guest, &at)
    }

    fn placed(&self, guest: &mut Client, number: usize) -> Result<String> {
        let mut form = vec![
            ("name", "Rini Rekaan".to_owned()),
            // A number of its own: one number orders only so often.
            ("phone", format!("0812{number:08}")),
            ("village", self.village.clone()),
            ("payment", "cash".to_owned()),
            ("total", (PRICE * self.goods.len()).to_string()),
            ("seller", self.seller.clone()),
            ("way", "pickup".to_owned()),
        ];
        for product in &self.goods {
            form.push(("product", product.clone()));
            form.push(("variant", String::new()));
            form.push(("count", "1".to_owned()));
        }
        for _ in 0..TRIES_MAX {
            let answer = guest.post_form("/market/orders", &form)?;
            match (answer.status, answer.header("location")) {
                (303, Some(at)) => return Ok(at.to_owned()),
                (503, _) => {}
                (status, _) => return Err(format!("an order is answered with {status}")),
            }
        }
        Err(format!("the city was busy {TRIES_MAX} times"))
    }
}

fn offered(owner: &mut Client, name: &str) -> Result<String> {
    let price = PRICE.to_string();
    let fields = [
        ("name", name),
        ("category", "makanan"),
        ("unit", "bungkus"),
        ("price", &price),
        ("stock", STOCK),
        ("description", "Contoh yang direka."),
        ("offered", "1"),
    ];
    let answer = owner.post_form("/catalog/products", &fields)?;
    let place = answer.header("location").unwrap_or_default();
    let id = place.split(['/', '?', '#']).find(|part| part.len() == 26);
    id.map(String::from).ok_or(format!("the goods are not offered: {} {place}", answer.status))
}

fn put(guest: &mut Client, product: &str) -> Result<()> {
    let answer = guest.post_form("/market/cart/lines", &[("product", product), ("count", "1")])?;
    if answer.status == 303 { Ok(()) } else { Err(format!("the cart says {}", answer.status)) }
}

fn looked(guest: &mut Client, path: &str) -> Result<()> {
    match guest.get(path)?.status {
        200 => Ok(()),
        status => Err(format!("{path}: {status}")),
    }
}

fn hidden(page: &str, name: &str) -> Option<String> {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    Some(after.split('"').next()?.to_owned())
}
