//! Guests who order and pay at the played bank while city and bank lose their lives again and again. Whoever was
//! told that they had paid has paid.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Result;
use crate::http::Client;
use crate::program::Server;
use crate::scene::Scene;
use crate::shelf::Shelf;

const PAYERS: usize = 4;
/// How long they order and pay before the kill.
const LOAD: Duration = Duration::from_millis(1_500);
/// Looks at an order until the bank has given its code.
const LOOKS_MAX: usize = 200;
const LOOK_PAUSE: Duration = Duration::from_millis(30);
/// How long a payment may take to stand on the page of its order when the guest says that they have paid.
const ARRIVAL: Duration = Duration::from_secs(60);
/// The city of the demo whose market they use.
const CITY: &str = "semarang";

/// Somebody who orders and pays without pause.
struct Payer<'s> {
    shelf: &'s Shelf,
    /// No two orders have one telephone number.
    next: usize,
    /// Where each order is that the city has acknowledged.
    ordered: Vec<String>,
    /// Those that the bank said were paid.
    paid: Vec<String>,
}

impl Payer<'_> {
    fn pay_until(&mut self, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            // Whatever comes back: a city that was killed says nothing.
            if self.pay().is_err() {
                sleep(LOOK_PAUSE);
            }
        }
    }

    fn pay(&mut self) -> Result<()> {
        self.next += 1;
        let mut guest = Client::new(&self.shelf.home);
        let order = self.shelf.placed(&mut guest, self.next, "qris")?;
        self.ordered.push(order.clone());
        let (bank, code) = due(&mut guest, &order)?;
        // Told twice, as banks do.
        let form = [("code", code.as_str()), ("whim", "twice")];
        let said = Client::new(&bank).post_form("/pay", &form)?;
        if said.status == 200 && said.text().contains("Pembayaran berhasil") {
            self.paid.push(order);
        }
        Ok(())
    }

    /// Every order is there, and every payment has arrived; an error names the first that has not.
    fn check(&self) -> Result<()> {
        let mut guest = Client::new(&self.shelf.home);
        for order in &self.ordered {
            let status = guest.get(order)?.status;
            if status != 200 {
                return Err(format!("LOST: the order {order}: {status}"));
            }
        }
        self.paid.iter().try_for_each(|order| arrived(&mut guest, order))
    }
}

/// Where the bank lets an order be paid, and the code that it gave.
fn due(guest: &mut Client, order: &str) -> Result<(String, String)> {
    for _ in 0..LOOKS_MAX {
        let page = guest.get(order)?.text();
        let link = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        if let Some((bank, code)) = link.filter_map(|link| link.split_once("/pay?code=")).next() {
            return Ok((bank.to_owned(), plain(code)));
        }
        sleep(LOOK_PAUSE);
    }
    Err("the bank gave no code".into())
}

/// A part of an address as it was before it was written there.
fn plain(escaped: &str) -> String {
    let mut parts = escaped.split('%');
    let mut plain = parts.next().unwrap_or_default().replace('+', " ");
    for part in parts {
        let (hex, rest) = part.split_at_checked(2).unwrap_or(("", part));
        plain.extend(u8::from_str_radix(hex, 16).map(char::from));
        plain.push_str(&rest.replace('+', " "));
    }
    plain
}

/// The guest says that they have paid, and looks until the page says so, too.
fn arrived(guest: &mut Client, order: &str) -> Result<()> {
    let began = Instant::now();
    let has = |guest: &mut Client| {
        Ok::<bool, String>(guest.get(order)?.text().contains("Dibayar lewat bank"))
    };
    if has(guest)? {
        return Ok(());
    }
    let none: [(&str, &str); 0] = [];
    guest.post_form(&format!("{order}/payment"), &none)?;
    while began.elapsed() < ARRIVAL {
        if has(guest)? {
            return Ok(());
        }
        sleep(LOOK_PAUSE);
    }
    Err(format!("LOST: what was paid for {order}"))
}

/// Kills the demo, city and bank, again and again while its guests pay.
pub(crate) fn kill(
    program: &Path,
    folder: &Path,
    database: Option<&str>,
    kills: usize,
) -> Result<String> {
    let scene = Scene::new(program, folder, None)?;
    let demo = scene.demo_in(folder, database)?;
    let server = demo.start(2)?;
    let shelf = Shelf::open(&server)?;
    let payer = |number| Payer {
        shelf: &shelf,
        next: number * 1_000_000,
        ordered: Vec::new(),
        paid: Vec::new(),
    };
    let mut payers: Vec<Payer<'_>> = (0..PAYERS).map(payer).collect();
    let mut running = Some(server);
    for _ in 0..kills {
        let server = match running.take() {
            Some(server) => server,
            None => demo.start(2)?,
        };
        under_load(&mut payers, server)?;
    }
    let server = demo.start(2)?;
    payers.iter().try_for_each(Payer::check)?;
    server.stop()?;
    let place = database.map(|url| format!("{url}?schema=demo_{CITY}"));
    let data = folder.join("demo").join(CITY);
    Scene::with_data(program, folder, &data, place.as_deref())?.verify()?;
    let (ordered, paid) =
        payers.iter().fold((0, 0), |sum, one| (sum.0 + one.ordered.len(), sum.1 + one.paid.len()));
    if paid == 0 {
        return Err("nobody paid before a kill, which proves nothing".into());
    }
    Ok(format!("{ordered} orders and {paid} payments over {kills} kills"))
}

fn under_load(payers: &mut [Payer<'_>], server: Server) -> Result<()> {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for payer in payers.iter_mut() {
            scope.spawn(|| payer.pay_until(&stop));
        }
        sleep(LOAD);
        let killed = server.kill();
        stop.store(true, Ordering::Relaxed);
        killed
    })
}
