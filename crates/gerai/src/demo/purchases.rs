//! A year of purchases: each goes its way day by day, some quickly, some slowly, some not at all,
//! and the last ones are still under way when the demo opens.

use base::policy::Procured;
use base::{Date, Result, Tx};
use procurement::{Bring, BudgetLineId, Count, Invoice, OrderId, Payment, Record, Request, Want};

use super::names::{between, pick};
use super::people::Who;
use super::traders::{Market, Trader};

/// An agency with the five people of a purchase and its budget.
pub(super) struct Agency {
    pub(super) requester: Who,
    pub(super) approver: Who,
    pub(super) receiver: Who,
    pub(super) treasurer: Who,
    pub(super) head: Who,
    pub(super) lines: Vec<(i64, BudgetLineId)>,
}

const HEADER: &str = "kode_sub_kegiatan;kode_rekening;uraian;pagu";
/// Budget lines of every agency of the demo; amounts in rupiah.
const LINES: [&str; 4] = [
    "1.02.01.2.06.0009;5.1.02.01.01.0052;Belanja makanan dan minuman rapat;185.000.000",
    "1.02.01.2.06.0004;5.1.02.01.01.0024;Belanja alat tulis kantor;96.000.000",
    "1.02.01.2.06.0005;5.1.02.01.01.0026;Belanja bahan cetak;74.000.000",
    "1.02.01.2.05.0002;5.1.02.01.01.0063;Belanja pakaian dinas;120.000.000",
];

impl Agency {
    /// Grants this agency its lines of one year, by a file as a finance office sends it.
    pub(super) fn grant(&mut self, market: &Market<'_>, year: i64) -> Result<()> {
        let place = self.head.place.as_ref().expect("heads have an agency").id.clone();
        let bring = Bring {
            agency: place.clone(),
            file: format!("dpa-{year}.csv"),
            dpa: format!("DPA {year}"),
            year,
            content: format!("{HEADER}\n{}\n", LINES.join("\n")).into_bytes(),
        };
        let apply = move |tx: &mut Tx<'_>| {
            let import = procurement::bring(tx, &bring)?;
            procurement::apply(tx, &import)?;
            procurement::budget_lines(tx, &place, year)
        };
        let lines = self.head.writes(&market.house.db).write("demo.budget", apply).wait()?;
        self.lines.extend(lines.into_iter().map(|line| (year, line.id)));
        Ok(())
    }

    fn line(&self, year: i64, kind: usize) -> BudgetLineId {
        let of_year: Vec<_> = self.lines.iter().filter(|(of, _)| *of == year).collect();
        of_year[kind % of_year.len()].1.clone()
    }
}

/// How far a purchase goes on one of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Approve,
    Accept,
    Deliver,
    Receive,
    Bill,
    Pay,
    Done,
}

/// One purchase under way.
struct Purchase {
    order: OrderId,
    agency: usize,
    trader: usize,
    counts: Vec<i64>,
    next: Step,
    due: Date,
    number: usize,
}

/// Buys through the year: `days` back until today.
pub(super) fn buy(
    market: &Market<'_>,
    agencies: &[Agency],
    traders: &[Trader],
    days: i64,
) -> Result<()> {
    let today = market.today();
    let mut open: Vec<Purchase> = Vec::new();
    let mut number = 0;
    for ago in (0..days).rev() {
        let day = today.plus_days(-ago);
        if day.weekday() >= 5 {
            continue;
        }
        market.house.db.clock().hold(day.start().plus_ms(9 * HOUR_MS).as_ms());
        if between(0, 9, &market.chance) < 6 {
            number += 1;
            open.extend(request(market, agencies, traders, number)?);
        }
        for purchase in &mut open {
            if purchase.due <= day {
                advance(market, agencies, traders, purchase)?;
            }
        }
        open.retain(|purchase| purchase.next != Step::Done);
    }
    Ok(())
}

/// Leaves one purchase of the first agency on everybody's desk, each waiting for somebody else.
pub(super) fn fill_desks(
    market: &Market<'_>,
    agencies: &[Agency],
    trader: &[Trader],
) -> Result<()> {
    let desks = [Step::Approve, Step::Accept, Step::Deliver, Step::Receive, Step::Bill, Step::Pay];
    for (i, desk) in desks.into_iter().enumerate() {
        let number = (4_000 + i) * agencies.len();
        let Some(mut purchase) = request(market, agencies, trader, number)? else { continue };
        while purchase.next != desk && purchase.next != Step::Done {
            advance(market, agencies, trader, &mut purchase)?;
        }
    }
    Ok(())
}

const HOUR_MS: i64 = 60 * 60 * 1000;
const NEEDS: [&str; 6] = [
    "Konsumsi rapat koordinasi",
    "Perlengkapan pelatihan kader",
    "Bahan sosialisasi warga",
    "Keperluan kantor triwulan",
    "Kegiatan kampung tematik",
    "Penerimaan tamu daerah",
];

fn request(
    market: &Market<'_>,
    agencies: &[Agency],
    traders: &[Trader],
    number: usize,
) -> Result<Option<Purchase>> {
    let chance = &market.chance;
    let agency = number % agencies.len();
    let trader = usize::try_from(chance.next() % traders.len() as u64).expect("few traders");
    let goods: Vec<&(catalog::ProductId, i64)> = traders[trader].goods.iter().collect();
    let (product, price) = pick(&goods, chance).clone();
    let count = (between(400_000, 6_500_000, chance) / price).clamp(1, 180);
    let today = market.today();
    let wanted_on = today.plus_days(between(5, 12, chance));
    if wanted_on.year() != today.year() {
        return Ok(None);
    }
    let cmd = Request {
        title: pick(&NEEDS, chance).to_owned(),
        kind: Procured::Goods,
        budget_line: agencies[agency].line(today.year(), trader),
        business: traders[trader].business.clone(),
        wants: vec![Want::Product { product, count }],
        place: agencies[agency].head.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        wanted_on,
        hour: "09.00".to_owned(),
        contact: String::new(),
        participants: None,
        comparison:
            "Dibandingkan dengan dua usaha lain di direktori; harga dan jarak paling sesuai."
                .to_owned(),
    };
    let who = &agencies[agency].requester;
    let asked = move |tx: &mut Tx<'_>| procurement::request(tx, &cmd);
    match who.writes(&market.house.db).write("demo.request", asked).wait() {
        Ok(order) => Ok(Some(Purchase {
            order: order.id,
            agency,
            trader,
            counts: vec![count],
            next: Step::Approve,
            due: today.plus_days(between(0, 2, chance)),
            number,
        })),
        // Sold out, or the budget line is used up: as in life, nothing is ordered then.
        Err(base::Error::Refused(_) | base::Error::Invalid(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn advance(
    market: &Market<'_>,
    agencies: &[Agency],
    traders: &[Trader],
    purchase: &mut Purchase,
) -> Result<()> {
    let (agency, owner) = (&agencies[purchase.agency], &traders[purchase.trader].owner);
    let (id, chance) = (purchase.order.clone(), &market.chance);
    let (who, next, wait): (&Who, Step, i64) = match purchase.next {
        Step::Approve => (&agency.approver, Step::Accept, between(0, 1, chance)),
        Step::Accept => (owner, Step::Deliver, between(1, 4, chance)),
        Step::Deliver => (owner, Step::Receive, between(0, 2, chance)),
        Step::Receive => (&agency.receiver, Step::Bill, between(0, 2, chance)),
        Step::Bill => (owner, Step::Pay, between(1, 14, chance)),
        Step::Pay | Step::Done => (&agency.treasurer, Step::Done, 0),
    };
    let declines = purchase.next == Step::Accept && purchase.number.is_multiple_of(17);
    let step = step(purchase, market.today(), declines);
    who.writes(&market.house.db).write("demo.step", move |tx| step(tx, &id)).wait()?;
    purchase.next = if declines { Step::Done } else { next };
    purchase.due = market.today().plus_days(wait);
    Ok(())
}

type Doing = Box<dyn Fn(&mut Tx<'_>, &OrderId) -> Result<()> + Send>;

fn step(purchase: &Purchase, today: Date, declines: bool) -> Doing {
    let (counts, number) = (purchase.counts.clone(), purchase.number);
    match purchase.next {
        Step::Approve => {
            Box::new(|tx, id| procurement::act(tx, id, procurement::Act::Approve).map(drop))
        }
        Step::Accept if declines => Box::new(|tx, id| {
            procurement::act(
                tx,
                id,
                procurement::Act::Decline("Dapur sudah penuh pesanan pada tanggal itu."),
            )
            .map(drop)
        }),
        Step::Accept => {
            Box::new(|tx, id| procurement::act(tx, id, procurement::Act::Accept).map(drop))
        }
        Step::Deliver => Box::new(|tx, id| {
            procurement::act(tx, id, procurement::Act::Deliver("Diantar sendiri")).map(drop)
        }),
        Step::Receive => Box::new(move |tx, id| {
            let counts = counts.clone();
            let taken = Count {
                order: id.clone(),
                counts,
                broken: Vec::new(),
                rest: None,
                reason: String::new(),
                photos: Vec::new(),
            };
            procurement::hand_over(tx, &taken).map(drop)
        }),
        Step::Bill => Box::new(move |tx, id| {
            let amount = procurement::find(tx, id)?.money.received;
            let number = format!("INV-{number:04}");
            let (order, gives_up_rest) = (id.clone(), false);
            let bill = Invoice { order, number, amount, gives_up_rest };
            procurement::invoice(tx, &bill).map(drop)
        }),
        Step::Pay | Step::Done => Box::new(move |tx, id| {
            let (method, reference) =
                ("ls".to_owned(), format!("SP2D {number:05}/LS/{}", today.year()));
            let paid = Payment { order: id.clone(), method, reference, paid_on: today };
            procurement::pay(tx, &paid).map(drop)
        }),
    }
}

/// Purchases that did not go through the shop, so that the share is honest.
pub(super) fn buy_outside(market: &Market<'_>, agencies: &[Agency]) -> Result<()> {
    let reasons = market.house.db.read(procurement::outside_reasons).wait()?;
    for (i, agency) in agencies.iter().enumerate() {
        let Some((code, _)) = reasons.get(i % reasons.len().max(1)) else { continue };
        let record = Record {
            vendor: "Toko rekaan di luar kota".to_owned(),
            what: "Suku cadang mesin cetak".to_owned(),
            amount: base::Rupiah::parse(2_750_000).expect("a small amount"),
            bought_on: market.today().plus_days(-9),
            reason: code.clone(),
            local_vendor: false,
        };
        let write = move |tx: &mut Tx<'_>| procurement::record_outside(tx, &record);
        agency.requester.writes(&market.house.db).write("demo.outside", write).wait()?;
    }
    Ok(())
}
