//! A year of purchases: each goes its way day by day, some quickly, some slowly, some not at all,
//! and the last ones are still under way when the demo opens, a few of them for too long.

use base::policy::Procured;
use base::{Date, Result, Tx};
use procurement::{Count, Invoice, OrderId, Payment, Request, Want};

use super::agency::{Agency, spends};
use super::hours::{Day, working_days};
use super::names::{between, pick};
use super::people::{Registrar, Who};
use super::public::Sale;
use super::traders::{Market, Trader};

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
    product: catalog::ProductId,
    counts: Vec<i64>,
    next: Step,
    due: Date,
    number: usize,
    /// It waits for this step when the demo opens, however long that takes.
    waits: Option<Step>,
}

/// Orders of the first agency that wait when the demo opens: for which step, and how many working
/// days ago the need was stated. The last of them have waited for too long.
const DESKS: [(Step, usize); 9] = [
    (Step::Approve, 1),
    (Step::Accept, 2),
    (Step::Deliver, 4),
    (Step::Receive, 5),
    (Step::Bill, 6),
    (Step::Pay, 8),
    (Step::Approve, 7),
    (Step::Receive, 13),
    (Step::Pay, 21),
];
/// Businesses that are there before the first purchase; the others come one by one.
const TRADERS_FIRST: usize = 8;
const TRADER_EVERY_DAYS: usize = 4;
/// Within so many last days some purchases get stuck.
const STUCK_DAYS: usize = 20;

/// The year of a city as it goes by.
pub(super) struct Year<'y, 'h> {
    pub(super) market: &'y Market<'h>,
    pub(super) registrar: &'y mut Registrar<'h>,
    pub(super) agencies: &'y [Agency],
    pub(super) traders: Vec<Trader>,
    /// How many businesses there will be.
    pub(super) traders_max: usize,
    /// Goods at the door, as receivers photograph them.
    pub(super) photos: Vec<String>,
    /// What the public ordered and does not have yet.
    pub(super) sales: Vec<Sale>,
}

/// What else happens on a day, so many working days before the last.
type Aside<'a> = &'a dyn Fn(&mut Year<'_, '_>, usize) -> Result<()>;

impl Year<'_, '_> {
    /// Lets the days from `first` to `last` go by.
    pub(super) fn run(&mut self, (first, last): (Date, Date), aside: Aside<'_>) -> Result<()> {
        let days = working_days(self.market, first, last)?;
        let mut open: Vec<Purchase> = Vec::new();
        let mut number = 0;
        for (i, day) in days.iter().enumerate() {
            let left = days.len() - i;
            let due = open.iter().filter(|purchase| purchase.due <= *day).count();
            let mut hours = Day::of(due + 2);
            if i >= 6 || self.traders.len() < TRADERS_FIRST {
                self.open_traders(i, &mut hours, *day)?;
            }
            if i >= 6 {
                open.extend(self.state_needs(&mut number, left, (&mut hours, *day))?);
            }
            for purchase in open.iter_mut().filter(|purchase| purchase.due <= *day) {
                hours.next(self.market, *day);
                self.advance(purchase, left)?;
            }
            open.retain(|purchase| purchase.next != Step::Done);
            hours.next(self.market, *day);
            aside(self, left)?;
        }
        Ok(())
    }

    fn open_traders(&mut self, i: usize, hours: &mut Day, day: Date) -> Result<()> {
        let early = self.traders.len() < TRADERS_FIRST;
        let turn = early || i.is_multiple_of(TRADER_EVERY_DAYS);
        let count = if early { 2 } else { 1 };
        for _ in 0..count {
            if turn && self.traders.len() < self.traders_max {
                hours.next(self.market, day);
                let trader = self.market.open(self.registrar, self.traders.len())?;
                self.traders.push(trader);
            }
        }
        Ok(())
    }

    /// The needs of a day: what chance brings, and those that are to wait at the end.
    fn state_needs(
        &mut self,
        number: &mut usize,
        left: usize,
        (hours, day): (&mut Day, Date),
    ) -> Result<Vec<Purchase>> {
        let chance = self.market.chance.clone();
        let mut stated = Vec::new();
        if between(0, 9, &chance) < 6 {
            *number += 1;
            let trader = usize::try_from(chance.next() % self.traders.len() as u64);
            let trader = trader.expect("few traders");
            hours.next(self.market, day);
            stated.extend(self.request(*number % self.agencies.len(), trader, *number)?);
        }
        for (desk, _) in DESKS.iter().filter(|(_, ago)| *ago == left) {
            *number += 1;
            hours.next(self.market, day);
            let purchase = self.request(0, 0, *number)?;
            stated.extend(purchase.map(|purchase| Purchase {
                due: day.plus_days(1),
                waits: Some(*desk),
                ..purchase
            }));
        }
        Ok(stated)
    }

    fn request(&self, agency: usize, trader: usize, number: usize) -> Result<Option<Purchase>> {
        let (chance, buyer, seller) =
            (&self.market.chance, &self.agencies[agency], &self.traders[trader]);
        let goods: Vec<&(catalog::ProductId, i64)> = seller.goods.iter().collect();
        let (product, price) = pick(&goods, chance).clone();
        let spends = spends(seller.line);
        let [low, high] = spends.counts;
        let count = (between(500_000, 4_800_000, chance) / price).clamp(low, high);
        self.make_ready(seller, &product, count)?;
        let today = self.market.today();
        let wanted_on = today.plus_days(between(6, 13, chance));
        if wanted_on.year() != today.year() {
            return Ok(None);
        }
        let hours = ["08.00", "09.00", "10.30", "13.00"];
        let cmd = Request {
            title: pick(spends.needs, chance).to_owned(),
            kind: Procured::Goods,
            budget_line: buyer.line(today.year(), seller.line),
            business: seller.business.clone(),
            wants: vec![Want::Product { product: product.clone(), count }],
            place: buyer.head.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
            wanted_on,
            hour: pick(&hours, chance).to_owned(),
            contact: String::new(),
            participants: spends.feeds.then_some(count),
            comparison:
                "Dibandingkan dengan dua usaha lain di direktori; harga dan jarak paling sesuai."
                    .to_owned(),
        };
        let asked = move |tx: &mut Tx<'_>| procurement::request(tx, &cmd);
        let db = buyer.requester.writes(&self.market.house.db);
        match db.write("demo.request", asked).wait() {
            Ok(order) => Ok(Some(Purchase {
                order: order.id,
                agency,
                trader,
                product,
                counts: vec![count],
                next: Step::Approve,
                due: today.plus_days(between(0, 2, chance)),
                number,
                waits: None,
            })),
            // The budget line is used up: as in life, nothing is ordered then.
            Err(base::Error::Refused(_) | base::Error::Invalid(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The maker has made more when the shelf would not do.
    fn make_ready(&self, seller: &Trader, product: &catalog::ProductId, count: i64) -> Result<()> {
        let (id, chance) = (product.clone(), &self.market.chance);
        let made = count + between(2, 30, chance);
        let make = move |tx: &mut Tx<'_>| {
            let short = catalog::product::find(tx, &id)?.stock < count;
            let made = if short { made } else { return Ok(()) };
            catalog::stock::tell(tx, &id, made, catalog::stock::Reason::Made, false)
        };
        seller.owner.writes(&self.market.house.db).write("demo.make", make).wait()
    }

    /// What its receiver photographs; one in four forgets.
    fn photo(&self, purchase: &Purchase) -> Vec<String> {
        if purchase.number.is_multiple_of(4) {
            return Vec::new();
        }
        self.photos.iter().cycle().skip(purchase.number % 5).take(1).cloned().collect()
    }

    fn advance(&self, purchase: &mut Purchase, left: usize) -> Result<()> {
        let stuck = [Step::Approve, Step::Receive, Step::Pay].contains(&purchase.next)
            && left <= STUCK_DAYS
            && purchase.waits.is_none()
            && purchase.number.is_multiple_of(7);
        if purchase.waits == Some(purchase.next) || stuck {
            return Ok(());
        }
        let agency = &self.agencies[purchase.agency];
        let owner = &self.traders[purchase.trader].owner;
        if purchase.next == Step::Approve {
            // Another agency's order may have emptied the shelf since the need was stated.
            let count = purchase.counts.iter().sum();
            self.make_ready(&self.traders[purchase.trader], &purchase.product, count)?;
        }
        let (id, chance, today) =
            (purchase.order.clone(), &self.market.chance, self.market.today());
        let (who, next, wait): (&Who, Step, i64) = match purchase.next {
            Step::Approve => (&agency.approver, Step::Accept, between(0, 2, chance)),
            Step::Accept => (owner, Step::Deliver, between(2, 5, chance)),
            Step::Deliver => (owner, Step::Receive, between(0, 2, chance)),
            Step::Receive => (&agency.receiver, Step::Bill, between(0, 3, chance)),
            Step::Bill => (owner, Step::Pay, between(2, 12, chance)),
            Step::Pay | Step::Done => (&agency.treasurer, Step::Done, 0),
        };
        let planned = purchase.waits.is_some();
        let declines =
            purchase.next == Step::Accept && purchase.number.is_multiple_of(17) && !planned;
        let step = step(purchase, today, declines, self.photo(purchase));
        who.writes(&self.market.house.db).write("demo.step", move |tx| step(tx, &id)).wait()?;
        purchase.next = if declines { Step::Done } else { next };
        purchase.due = today.plus_days(if planned { 1 } else { wait });
        Ok(())
    }
}

type Doing = Box<dyn Fn(&mut Tx<'_>, &OrderId) -> Result<()> + Send>;

fn step(purchase: &Purchase, today: Date, declines: bool, photo: Vec<String>) -> Doing {
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
                photos: photo.clone(),
            };
            procurement::hand_over(tx, &taken).map(drop)
        }),
        Step::Bill => Box::new(move |tx, id| {
            let amount = procurement::find(tx, id)?.money.received;
            let number = format!("KW-{number:03}");
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
