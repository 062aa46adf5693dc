//! The public of the demo: shops open for everybody, and guests order from them in the last weeks. Some
//! orders are done, some wait to be packed, fetched, looked over or answered when the demo opens.

use base::{Result, Rupiah, Tx};
use catalog::ProductId;
use market::{
    Answer, Buyer, Complain, ComplaintKind, Delivery, Opinion, OrderId, Payment, Place, Placed,
    Terms, Want, Wanted,
};

use super::names::{between, pick};
use super::purchases::Year;
use super::traders::{Market, Trader};

/// Shops open so many working days before the last.
pub(super) const OPENS_AGO: usize = 24;
/// Every so many businesses one sells to agencies alone.
const AGENCIES_ONLY: usize = 7;
/// An order moves one step on each of the working days after it was placed.
const STEPS: usize = 4;
/// One of so many orders has something missing.
const WELL: u64 = 6;
/// One of so many buyers says nothing of what they bought.
const TALKS: u64 = 3;
/// What buyers say, with their stars.
const SAID: [(i64, &str); 8] = [
    (5, "Enak dan masih hangat. Anak-anak minta lagi."),
    (5, "Rapi, cepat, ramah. Pasti pesan lagi."),
    (4, "Rasanya pas. Kemasannya bisa lebih rapat."),
    (5, ""),
    (4, "Sesuai foto. Mengambilnya mudah."),
    (3, "Lumayan, porsinya agak kecil."),
    (5, "Untuk pengajian, semua tamu suka."),
    (2, "Datang terlambat, tetapi barangnya baik."),
];
/// Guests of one day.
const GUESTS: i64 = 3;

/// An order of a guest under way.
pub(super) struct Sale {
    placed: Placed,
    trader: usize,
    product: ProductId,
    step: usize,
    /// Something was missing.
    disputed: bool,
}

impl Year<'_, '_> {
    /// What the public does on a day, so many working days before the last.
    pub(super) fn public(&mut self, left: usize) -> Result<()> {
        if left > OPENS_AGO {
            return Ok(());
        }
        if left == OPENS_AGO {
            let open = self.traders.iter().enumerate();
            for (_, trader) in open.filter(|(i, _)| i % AGENCIES_ONLY != AGENCIES_ONLY - 1) {
                self.market.open_shop(trader)?;
            }
        }
        // Of those that were placed lately some wait where they are when the demo opens.
        let mut sales = std::mem::take(&mut self.sales);
        for sale in sales.iter_mut().filter(|sale| sale.step < STEPS) {
            self.market.serve(&self.traders[sale.trader], sale)?;
        }
        for _ in 0..between(1, GUESTS, &self.market.chance) {
            let trader = usize::try_from(self.market.chance.next() % self.traders.len() as u64);
            let trader = trader.expect("few traders");
            if trader % AGENCIES_ONLY != AGENCIES_ONLY - 1 {
                sales.extend(self.market.guest(&self.traders[trader], trader)?);
            }
        }
        self.sales = sales;
        Ok(())
    }
}

impl Market<'_> {
    fn open_shop(&self, trader: &Trader) -> Result<()> {
        let street = self.names.street(&self.chance);
        let courier = self.chance.next().is_multiple_of(2);
        let terms = Terms::parse(true, &street, "Setiap hari 08.00–17.00", courier)?;
        let open = move |tx: &mut Tx<'_>| market::open_shop(tx, &terms, 0);
        trader.owner.writes(&self.house.db).write("demo.shop", open).wait().map(drop)
    }

    /// A guest orders one thing and fetches it; nothing when it is too dear or sold out.
    fn guest(&self, trader: &Trader, serial: usize) -> Result<Option<Sale>> {
        let goods: Vec<_> = trader.goods.iter().collect();
        let (product, price) = pick(&goods, &self.chance);
        let count = between(1, 3, &self.chance);
        let total = Rupiah::parse(price * count).expect("demo prices are small");
        let villages: Vec<_> = self.regions.villages().collect();
        let village = pick(&villages, &self.chance).code.as_str().to_owned();
        let phone = format!("0812{:08}", between(10_000_000, 99_999_999, &self.chance));
        let buyer = Buyer::parse(&self.names.person(&self.chance), &phone, "", false)?;
        let order = Place {
            buyer: buyer.seal(&self.house.keyring)?,
            village,
            wants: vec![Want { product: product.clone(), count, variant: String::new() }],
            deliveries: vec![(trader.business.clone(), Delivery::Pickup)],
            payment: Payment::Cash,
            total,
            brake: None,
        };
        let placed = self.house.db.write("demo.guest", move |tx| market::place(tx, &order)).wait();
        match placed {
            Ok(placed) => {
                let product = product.clone();
                Ok(Some(Sale { placed, trader: serial, product, step: 0, disputed: false }))
            }
            Err(base::Error::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The next step of an order: packed, fetched, looked over, and what is said of it.
    fn serve(&self, trader: &Trader, sale: &mut Sale) -> Result<()> {
        let order: OrderId = sale.placed.orders[0].clone();
        let seller = trader.owner.writes(&self.house.db);
        match sale.step {
            0 => seller.write("demo.pack", move |tx| market::pack(tx, &order)).wait().map(drop)?,
            1 => {
                let code = market::handover_code(&self.house.keyring, &order);
                let hand = move |tx: &mut Tx<'_>| market::hand_over(tx, &order, &code, &code);
                seller.write("demo.hand_over", hand).wait().map(drop)?;
            }
            2 => self.looks(sale, order)?,
            _ if sale.disputed => {
                let (words, wanted) =
                    ("Maaf, salah hitung. Kurangnya kami kembalikan.", Wanted::All);
                let answer = Answer { wanted, words: words.to_owned(), photo: String::new() };
                let answer = move |tx: &mut Tx<'_>| market::answer(tx, &order, &answer);
                seller.write("demo.answer", answer).wait().map(drop)?;
            }
            _ if self.chance.next().is_multiple_of(TALKS) => {}
            _ => {
                let (stars, words) = pick(&SAID, &self.chance);
                let (product, words) = (sale.product.clone(), words.to_owned());
                let (group, said) =
                    (sale.placed.group.clone(), [Opinion { product, stars, words }]);
                let write = move |tx: &mut Tx<'_>| market::write_review(tx, &group, &order, &said);
                self.house.db.write("demo.review", write).wait()?;
            }
        }
        sale.step += 1;
        Ok(())
    }

    /// The buyer looks: all is well, or something is missing.
    fn looks(&self, sale: &mut Sale, order: OrderId) -> Result<()> {
        let group = sale.placed.group.clone();
        sale.disputed = self.chance.next().is_multiple_of(WELL);
        if sale.disputed {
            let complaint = Complain {
                kind: ComplaintKind::Missing,
                words: "Kurang satu dari yang saya pesan.".to_owned(),
                pieces: vec![1],
                photo: String::new(),
            };
            let say = move |tx: &mut Tx<'_>| market::complain(tx, &group, &order, &complaint);
            return self.house.db.write("demo.complain", say).wait().map(drop);
        }
        let well = move |tx: &mut Tx<'_>| market::confirm(tx, &group, &order);
        self.house.db.write("demo.confirm", well).wait().map(drop)
    }
}
