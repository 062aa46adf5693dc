//! However orders, payments, notices and refunds follow each other: what came in is what went out and what
//! is held, after every step.

use bank::Whim;
use ledger::{ORDERS_HELD, PAID_IN, PARTNER_BANK, PAYOUTS_DUE, REFUNDS_DUE, SELLERS_DUE};
use testkit::{Client, Page};

use crate::counter::Counter;
use crate::kit::part;
use crate::payouts::{account, clerks_of};

const MINUTE_MS: i64 = 60 * 1000;

/// The next of a series of numbers that looks like chance and is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % sides
    }
}

async fn balanced(counter: &Counter) {
    let sums = counter.town.city.read(|read| {
        let of = |read: &mut base::Read<'_>, account: ledger::Account| {
            let row: Vec<(i64,)> = read.all(
                "SELECT balance FROM ledger_balances WHERE account = $1 LIMIT 10000",
                &[&account.code],
            )?;
            Ok::<i64, base::Error>(row.into_iter().map(|(balance,)| balance).sum())
        };
        let held = of(read, PARTNER_BANK)?;
        let mut owed = 0;
        for account in [PAID_IN, ORDERS_HELD, REFUNDS_DUE, PAYOUTS_DUE] {
            let sum = of(read, account)?;
            assert!(sum <= 0, "nobody owes us on {}", account.code);
            owed -= sum;
        }
        // A seller who was paid before somebody complained owes it, until it is earned.
        owed -= of(read, SELLERS_DUE)?;
        Ok((held, owed))
    });
    let (held, owed) = sums.await;
    assert_eq!(held, owed, "what lies at the bank is what is owed");
    counter.verify().await;
}

/// One step of somebody about what is wrong with an order, or of the clerks.
async fn quarrel(dice: &mut Dice, sale: &Sale<'_>, clerks: &[Client; 2]) {
    let Sale { guest, at, seller, id, code } = sale;
    let none = ("photo", "", b"".as_slice());
    match dice.roll(6) {
        0 | 1 => {
            drop(seller.post(&format!("/market/sales/{id}/packing"), &[]).await);
            let hand = format!("/market/sales/{id}/handover");
            drop(seller.post(&hand, &[("code", code)]).await);
            let form = [("kind", "missing"), ("words", "Kurang satu bungkus"), ("count_0", "1")];
            drop(guest.upload(&format!("{at}/{id}/complaint"), &form, none).await);
        }
        2 => {
            let back = ["all", "part", "nothing"][dice.roll(3)];
            let form = [("back", back), ("amount", "4000"), ("words", "Saya hitung lagi")];
            drop(seller.upload(&format!("/market/sales/{id}/answer"), &form, none).await);
        }
        3 => {
            let step = ["acceptance", "objection", "withdrawal"][dice.roll(3)];
            let form = [("reply", "Tetap kurang satu")];
            drop(guest.post(&format!("{at}/{id}/{step}"), &form).await);
        }
        4 => {
            let list = clerks[0].get("/api/v1/market/complaints").await.expect(200).json();
            if let Some(complaint) = list["rows"][0]["complaint"]["id"].as_str() {
                let form = [("back", "other"), ("amount", "7000"), ("reason", "Dibagi dua saja")];
                drop(
                    clerks[1]
                        .post(&format!("/market/complaints/{complaint}/decision"), &form)
                        .await,
                );
            }
        }
        _ => {
            let page = clerks[0].post("/market/payouts", &[]).await;
            if let Some(batch) = page.location {
                clerks[1].post(&format!("{batch}/approval"), &[]).await.expect(303);
            }
        }
    }
}

/// One part of an order, and both of its sides.
struct Sale<'a> {
    guest: &'a Client,
    at: &'a str,
    seller: &'a Client,
    id: &'a str,
    code: &'a str,
}

/// A guest says where their money goes, whether they are asked for it or not.
async fn name_account(guest: &Client, at: &str, number: &str) {
    let form = [("bank", "008"), ("number", number), ("holder", "Pembeli Rekaan")];
    drop(guest.post(&format!("{at}/refund"), &form).await);
}

/// Somebody pays a bill by its code or its number, if they can, and the bank tells of it as it likes.
async fn pay_somehow(counter: &Counter, dice: &mut Dice, page: &Page) {
    let json = page.json();
    let whims = [Whim::Prompt, Whim::Twice, Whim::Never, Whim::OtherSum];
    let whim = whims[dice.roll(whims.len())];
    let said = [&json["bill"]["code"], &json["account"]][dice.roll(2)].as_str().unwrap_or_default();
    if json["bill"]["state"] == "open" && !said.is_empty() {
        let said = said.to_owned();
        let pay = counter.bank.db().write("test.pay", move |tx| bank::pay(tx, &said, whim));
        pay.await.ok();
    }
}

/// One step of somebody with one of the orders.
async fn step(counter: &Counter, dice: &mut Dice, orders: &[(Client, String)], people: &People) {
    let (guest, at) = &orders[dice.roll(orders.len())];
    let page = counter.track(guest, at).await;
    let (seller, name) = match dice.roll(2) {
        0 => (&people.tempe, "Tempe Bu Rekaan"),
        _ => (&people.kopi, "Kopi Pak Rekaan"),
    };
    let (id, code) = part(&page, name);
    match dice.roll(17) {
        0..=2 => pay_somehow(counter, dice, &page).await,
        14 | 15 => drop(guest.post(&format!("{at}/account"), &[]).await),
        16 => {
            let numbers = ["3011 2345 6789", "404 1234 5678"];
            name_account(guest, at, numbers[dice.roll(2)]).await;
        }
        3 => drop(guest.post(&format!("{at}/{id}/cancellation"), &[]).await),
        4 => drop(seller.post(&format!("/market/sales/{id}/packing"), &[]).await),
        5 => {
            let hand = format!("/market/sales/{id}/handover");
            drop(seller.post(&hand, &[("code", &code)]).await);
        }
        6 => drop(guest.post(&format!("{at}/{id}/confirmation"), &[]).await),
        7 => {
            let refusal = format!("/market/sales/{id}/refusal");
            drop(seller.post(&refusal, &[("reason", "Barang rusak di jalan")]).await);
        }
        8 => counter.town.city.pass_ms(7 * MINUTE_MS),
        _ => {
            let sale = Sale { guest, at, seller, id: &id, code: &code };
            quarrel(dice, &sale, &people.clerks).await;
        }
    }
}

#[tokio::test]
async fn money_in_is_money_out_and_money_held_after_every_step() {
    let mut happened = [0; 4];
    for seed in [20_261_124, 67, 3_374] {
        let (unended, open, counts) = run(Dice(seed)).await;
        assert_eq!(unended, open, "seed {seed}: an order waits for nobody");
        for (sum, count) in happened.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let never = happened.contains(&0);
    assert!(!never, "complaints, payouts, paid into numbers, sent to accounts: {happened:?}");
}

/// Those who are signed in.
struct People {
    tempe: Client,
    kopi: Client,
    clerks: [Client; 2],
}

async fn people(counter: &Counter, turn: usize) -> People {
    let city = &counter.town.city;
    let (one, other) = clerks_of(counter, &format!("Dinas Rekaan {turn}")).await;
    People {
        tempe: city.comes_back(&counter.town.tempe.owner).await,
        kopi: city.comes_back(&counter.town.kopi.owner).await,
        clerks: [one.client, other.client],
    }
}

/// Lets everybody do something. Gives orders that have not ended, complaints that wait for a clerk or for a
/// seller's earnings; and how often there was a complaint, a payout, a payment into a number, and a refund that
/// was sent to an account.
async fn run(mut dice: Dice) -> (i64, i64, [i64; 4]) {
    let counter = Counter::open().await;
    account(&counter.town.tempe.owner.client, "3011 2345 6789").await;
    account(&counter.town.kopi.owner.client, "404 1234 5678").await;
    counter.town.city.pass_days(3);
    let mut orders = Vec::new();
    let mut signed_in = people(&counter, 0).await;
    for turn in 0..90 {
        if turn % 15 == 0 && turn < 75 {
            orders.push(match dice.roll(4) {
                0 => counter.ordered().await,
                1 => counter.paid().await,
                _ => counter.paid_into_account().await,
            });
        }
        if turn % 6 == 5 {
            counter.town.city.pass_days(1);
            counter.town.sweep().await;
            signed_in = people(&counter, turn).await;
        }
        step(&counter, &mut dice, &orders, &signed_in).await;
        balanced(&counter).await;
        if dice.roll(2) == 0 {
            counter.settle().await;
            balanced(&counter).await;
        }
    }
    for _ in 0..20 {
        counter.town.city.pass_ms(10 * MINUTE_MS);
        counter.settle().await;
    }
    for _ in 0..4 {
        counter.town.city.pass_days(30);
        counter.town.sweep().await;
        counter.settle().await;
    }
    for (guest, at) in &orders {
        name_account(guest, at, "3011 2345 6789").await;
    }
    counter.settle().await;
    balanced(&counter).await;
    // Everything has ended but what a clerk has to decide and what a seller has to earn first.
    let left = counter.town.city.read(|read| {
        let count = |read: &mut base::Read<'_>, sql: &str| read.count(sql, &[]);
        let ended = "SELECT CAST(COUNT(*) AS BIGINT) FROM market_orders WHERE ended_at IS NULL";
        let open = "SELECT CAST(COUNT(*) AS BIGINT) FROM market_complaints
             WHERE stage IN ('deciding', 'covering')";
        let all = "SELECT CAST(COUNT(*) AS BIGINT) FROM market_complaints";
        let paid = "SELECT CAST(COUNT(*) AS BIGINT) FROM payments_payouts WHERE state = 'paid'";
        let into = "SELECT CAST(COUNT(*) AS BIGINT) FROM payments_receipts r
             JOIN payments_accounts a ON a.reference = r.reference";
        let sent = "SELECT CAST(COUNT(*) AS BIGINT) FROM payments_refunds
             WHERE state = 'done' AND tries > 0";
        let owed = "SELECT CAST(COUNT(*) AS BIGINT) FROM payments_refunds WHERE state <> 'done'";
        assert_eq!(count(read, owed)?, 0, "a refund goes nowhere");
        let happened =
            [count(read, all)?, count(read, paid)?, count(read, into)?, count(read, sent)?];
        Ok((count(read, ended)?, count(read, open)?, happened))
    });
    left.await
}
