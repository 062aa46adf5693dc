//! The last hundred pieces of one product and sixty-four buyers at the doors of a real server: exactly
//! a hundred are sold, on either engine.

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use super::Bench;
use super::figure::{Budget, Figure};
use crate::Result;
use crate::debian;
use crate::http::{Answer, Client};
use crate::place::ask;
use crate::postgres::{Cluster, Durability};
use crate::program::{Folder, Server};
use crate::scene::Scene;
use crate::shelf::offered;

const PIECES: usize = 100;
const BUYERS: i64 = 64;
/// A hundred of them fit into any budget line of the demo.
const PRICE: usize = 1_000;
const GOODS: &str = "Parsel yang tinggal seratus";
/// Whoever is told that the city is busy asks again, so often and after this long.
const TRIES_MAX: usize = 2_000;
const PAUSE: Duration = Duration::from_millis(5);

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    debian::ensure(&debian::POSTGRES)?;
    let cluster = Cluster::start(Durability::Full)?;
    let mut figures = Vec::new();
    for (engine, database) in [("SQLite", None), ("PostgreSQL", Some(cluster.url()))] {
        let (sold, seconds) = sell(bench, database.as_deref())?;
        let name = |what: &str| format!("last 100, {engine}, {what}");
        let exactly = Budget::Exactly(PIECES as f64);
        figures.push(Figure::plain(&name("sold to 64 buyers"), sold as f64, "pieces", exactly));
        figures.push(Figure::plain(&name("until all were told"), seconds, "s", Budget::None));
    }
    Ok(figures)
}

/// A fresh demo in which everybody wants the same; pieces sold and seconds.
fn sell(bench: &Bench, database: Option<&str>) -> Result<(i64, f64)> {
    let folder = Folder::new("last")?;
    let scene = Scene::new(&bench.program, folder.path(), None)?;
    let demo = scene.demo_in(folder.path(), database)?.start(2)?;
    let shop = Shop::open(&demo)?;
    let (got, began) = (Mutex::new(Vec::new()), Instant::now());
    thread::scope(|scope| {
        for number in 0..BUYERS {
            let (shop, got) = (&shop, &got);
            scope.spawn(move || {
                let bought = Buyer::of(shop).buys(number % 3 + 1);
                got.lock().expect("no thread panics").push(bought);
            });
        }
    });
    let seconds = began.elapsed().as_secs_f64();
    let got = got.into_inner().expect("no thread panics");
    let sold = got.into_iter().sum::<Result<i64>>()?;
    if !shop.is_sold_out()? {
        return Err("the product is still on the shelf".into());
    }
    demo.stop()?;
    Ok((sold, seconds))
}

/// The form for one product, and the people of one agency who may buy it.
struct Shop {
    requester: Client,
    approver: Client,
    form: Vec<(&'static str, String)>,
}

impl Shop {
    fn open(demo: &Server) -> Result<Shop> {
        let home = demo.home();
        let product = offered(&mut entered(demo, "owner")?, GOODS, (PRICE, PIECES))?;
        let mut requester = entered(demo, "requester")?;
        let page = requester.get(&format!("/procurement/requests/new?product={product}"))?.text();
        let value = |name: &str| {
            let after = page.split(&format!("name=\"{name}\"")).nth(1)?;
            let values = after.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
            values.into_iter().find(|value| !value.is_empty()).map(String::from)
        };
        let wanted = |name: &str| value(name).ok_or(format!("the form of {home} has no {name}"));
        let form = vec![
            ("business", wanted("business")?),
            ("budget_line", wanted("budget_line")?),
            ("wanted_on", today()?),
            ("product", product),
            ("title", "Parsel untuk kader".into()),
            ("kind", "goods".into()),
            ("place", "Balai kota".into()),
            ("comparison", "Satu-satunya penjual.".into()),
        ];
        let approver = entered(demo, "approver")?;
        Ok(Shop { requester, approver, form })
    }

    fn is_sold_out(&self) -> Result<bool> {
        let mut form = self.form.clone();
        form.push(("count", "1".into()));
        let need = patiently(&mut self.requester.again(), "/procurement/requests", &form)?;
        Ok(need.status == 422)
    }
}

/// The day it is in the city.
fn today() -> Result<String> {
    Ok(ask("date", &["-u", "-d", "+7 hours", "+%F"])?.trim().to_owned())
}

/// One of the demo's people in this role, signed in; a second factor is read off the page.
fn entered(demo: &Server, role: &str) -> Result<Client> {
    let login = demo.said.iter().find_map(|line| login(line, role));
    let (identifier, password) = login.ok_or(format!("the demo has no {role}"))?;
    let mut client = Client::new(demo.home());
    let fields = [("identifier", identifier), ("password", password)];
    let answer = client.post_form("/sign-in", &fields)?;
    let next = answer.header("location").unwrap_or_default();
    if answer.status == 303 && next.starts_with("/sign-in/code") {
        let page = client.get("/sign-in/code")?.text();
        let digits = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
        let code = page.split(|c: char| !c.is_alphanumeric()).find(digits);
        let code = code.ok_or("the page shows no code")?;
        let answer = client.post_form("/sign-in/code", &[("code", code)])?;
        return if answer.status == 303 { Ok(client) } else { Err(refused(role, &answer)) };
    }
    if answer.status == 303 { Ok(client) } else { Err(refused(role, &answer)) }
}

fn refused(role: &str, answer: &Answer) -> String {
    format!("the {role} cannot enter: {}", answer.status)
}

/// `  requester  081200000007  kata sandi yang panjang  SECRET`: two blanks between the parts.
fn login<'l>(line: &'l str, role: &str) -> Option<(&'l str, &'l str)> {
    let rest = line.strip_prefix("  ")?.strip_prefix(role)?.strip_prefix(' ')?;
    let (identifier, rest) = rest.trim_start().split_once(' ')?;
    let (password, _secret) = rest.trim().rsplit_once("  ")?;
    Some((identifier, password.trim()))
}

/// One of many who want the same goods, on connections of their own.
struct Buyer<'s> {
    shop: &'s Shop,
    requester: Client,
    approver: Client,
}

impl Buyer<'_> {
    fn of(shop: &Shop) -> Buyer<'_> {
        Buyer { shop, requester: shop.requester.again(), approver: shop.approver.again() }
    }

    /// Buys up to three at a time until not even one is left. Gives how many it got.
    fn buys(&mut self, first: i64) -> Result<i64> {
        let (mut got, mut wanted) = (0, first);
        while wanted > 0 {
            match self.orders(wanted)? {
                true => got += wanted,
                false => wanted -= 1,
            }
        }
        Ok(got)
    }

    /// A need, stated and approved. `false`: there are not so many left.
    fn orders(&mut self, count: i64) -> Result<bool> {
        let mut form = self.shop.form.clone();
        form.push(("count", count.to_string()));
        let need = patiently(&mut self.requester, "/procurement/requests", &form)?;
        if need.status == 422 {
            return Ok(false);
        }
        let order = match (need.status, need.header("location")) {
            (303, Some(order)) => order.to_owned(),
            (status, _) => return Err(format!("a need is answered with {status}")),
        };
        let answer = patiently(&mut self.approver, &format!("{order}/approval"), &[])?;
        // Whoever comes too late is led to the order, which says why.
        let is_refused = answer.header("location").is_some_and(|at| at.contains("refused="));
        match answer.status {
            303 if !is_refused => Ok(true),
            303 => {
                let reason = [("reason", "Stok penjual sudah habis.".to_owned())];
                patiently(&mut self.approver, &format!("{order}/rejection"), &reason)?;
                Ok(false)
            }
            status => Err(format!("an approval is answered with {status}")),
        }
    }
}

fn patiently(client: &mut Client, path: &str, form: &[(&'static str, String)]) -> Result<Answer> {
    for _ in 0..TRIES_MAX {
        let answer = client.post_form(path, form)?;
        if answer.status != 503 {
            return Ok(answer);
        }
        thread::sleep(PAUSE);
    }
    Err(format!("{path}: the city was busy {TRIES_MAX} times"))
}
