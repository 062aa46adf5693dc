//! The town with a bank: it is played, but it listens on a socket, and both sides speak over HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use bank::{Bank, Enrolled, Pair, Whim};
use base::{Rupiah, consumer};
use payments::Profile;
use testkit::{Client, Page};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::kit::Town;

pub(crate) const PARTNER: &str = "semarang";

pub(crate) struct Counter {
    pub(crate) town: Town,
    pub(crate) bank: Bank,
    pub(crate) enrolled: Enrolled,
    pub(crate) city_url: String,
    address: SocketAddr,
    open: Option<JoinHandle<()>>,
}

impl Counter {
    /// Both shops are open, and the city is connected to a bank.
    pub(crate) async fn open() -> Counter {
        let town = Town::open().await;
        let city_url = town.city.serve().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a listener has its address");
        let db = town.city.beside("bank.db");
        let url = format!("http://{address}");
        let opened = tokio::task::spawn_blocking(move || Bank::open(db, &url));
        let bank = opened.await.expect("a bank opens").expect("its schema is made");
        let pair = tokio::task::spawn_blocking(Pair::new).await.expect("a pair").expect("is made");
        let (public, address_of_city) =
            (pair.public, format!("{city_url}{}", payments::SERVICES_PATH));
        let enrolled = bank.db().write("test.enroll", move |tx| {
            bank::enroll(tx, PARTNER, "Semarang", &public, &address_of_city)
        });
        let enrolled = enrolled.await.expect("a city is enrolled");
        let profile = Profile {
            name: "Bank Simulasi".to_owned(),
            url: bank.service_url(),
            partner: enrolled.partner.clone(),
            client_key: enrolled.client_key.clone(),
            secret: enrolled.secret.clone(),
            channel: "95221".to_owned(),
            merchant: enrolled.merchant.clone(),
            collector: Some(enrolled.collector.clone()),
            incoming_client_key: None,
            incoming_secret: None,
            private_key: pair.private,
            public_key: enrolled.public_key.clone(),
            pay_page: Some(bank.pay_url()),
        };
        let keyring = Arc::clone(&town.city.keyring);
        let connect = town.city.write(move |tx| payments::connect(tx, &keyring, &profile));
        connect.await.expect("the city is connected");
        let mut counter = Counter { town, bank, enrolled, city_url, address, open: None };
        counter.serve_bank(listener);
        counter
    }

    /// The bank answers again.
    pub(crate) async fn open_bank(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the bank's own port is free");
        self.serve_bank(listener);
    }

    fn serve_bank(&mut self, listener: TcpListener) {
        let router = self.bank.router();
        self.open = Some(tokio::spawn(async move {
            axum::serve(listener, router).await.expect("the bank serves");
        }));
    }

    /// The bank does the next thing it is asked at this path, but its answer is lost on the way.
    pub(crate) async fn loses_an_answer(&mut self, path: &'static str) {
        self.close_bank().await;
        let listener = TcpListener::bind(self.address).await.expect("the bank's own port is free");
        let left = Arc::new(AtomicBool::new(true));
        let lose = move |request: Request, next: Next| {
            let lost = request.uri().path().ends_with(path) && left.swap(false, Ordering::SeqCst);
            async move {
                let answer = next.run(request).await;
                if lost { StatusCode::BAD_GATEWAY.into_response() } else { answer }
            }
        };
        let router = self.bank.router().layer(middleware::from_fn(lose));
        self.open = Some(tokio::spawn(async move {
            axum::serve(listener, router).await.expect("the bank serves");
        }));
    }

    /// The bank cannot be reached.
    pub(crate) async fn close_bank(&mut self) {
        if let Some(open) = self.open.take() {
            open.abort();
            open.await.expect_err("it was told to stop");
        }
    }

    /// Lets everything happen that is due: jobs of the city, notices of the bank, reactions to events.
    pub(crate) async fn settle(&self) {
        let (shop, bank) = (self.town.city.workshop(), self.bank.clone());
        let work = move || {
            loop {
                let mut busy = base::job::work_once(&shop, payments::JOBS).expect("jobs are found");
                busy |= bank.work().expect("notices are found");
                busy |= consumer::number_events(&shop.db).expect("events are numbered") > 0;
                for one in market::area().consumers {
                    busy |= consumer::run_once(&shop.db, one).expect("events are read") > 0;
                }
                if !busy {
                    break;
                }
            }
        };
        tokio::task::spawn_blocking(work).await.expect("everything has happened");
    }

    /// A guest who ordered of both sellers and wants to pay by QRIS: who they are, and their page.
    pub(crate) async fn ordered(&self) -> (Client, String) {
        let town = &self.town;
        let guest = town.guest(&[(&town.chips, "2"), (&town.coffee, "1")]).await;
        let page = guest.post("/market/orders", &qris(&town.order())).await.expect(303);
        let at = page.location.clone().expect("a guest is led to the order");
        self.settle().await;
        (guest.after(&page), at)
    }

    /// The same, and paid.
    pub(crate) async fn paid(&self) -> (Client, String) {
        let (guest, at) = self.ordered().await;
        self.pay(&self.track(&guest, &at).await, Whim::Prompt).await;
        (guest, at)
    }

    /// The same, and paid into it.
    pub(crate) async fn paid_into_account(&self) -> (Client, String) {
        let (guest, at, number) = self.asked_for_account().await;
        self.pay_said(&number, Whim::Prompt).await.expect("the number is paid into");
        (guest, at)
    }

    /// The page of an order as programs read it.
    pub(crate) async fn track(&self, guest: &Client, at: &str) -> Page {
        guest.get(&format!("/api/v1{at}")).await.expect(200)
    }

    /// Pays what a page asks for, and lets everything happen.
    pub(crate) async fn pay(&self, page: &Page, whim: Whim) {
        let code = page.json()["bill"]["code"].as_str().expect("a bill has its code").to_owned();
        self.pay_said(&code, whim).await.expect("the code is paid");
    }

    /// The same of a code or number as somebody reads or types it.
    pub(crate) async fn pay_said(&self, said: &str, whim: Whim) -> Result<Rupiah, base::Error> {
        let said = said.to_owned();
        let paid = self.bank.db().write("test.pay", move |tx| bank::pay(tx, &said, whim)).await;
        self.settle().await;
        paid
    }

    /// A guest who ordered of both sellers and asked for a number to pay into: their page, and the number.
    pub(crate) async fn asked_for_account(&self) -> (Client, String, String) {
        let (guest, at) = self.ordered().await;
        guest.post(&format!("{at}/account"), &[]).await.expect(303);
        self.settle().await;
        let number = self.track(&guest, &at).await.json()["account"].as_str().map(str::to_owned);
        (guest, at, number.expect("the bank gave a number"))
    }

    /// What the city's books say of an account and a party, as what is owed.
    pub(crate) async fn owed(&self, account: ledger::Account, party: &str) -> i64 {
        let party = party.to_owned();
        let balance = self.town.city.read(move |read| ledger::balance(read, account, &party));
        -balance.await.amount()
    }

    /// What the bank holds for the city.
    pub(crate) async fn at_bank(&self) -> i64 {
        let merchant = self.enrolled.merchant.clone();
        let held = self.bank.db().read(move |read| bank::balance(read, &merchant));
        held.await.expect("the bank has books")
    }

    /// Nothing is found wrong on either side, and both say the same.
    pub(crate) async fn verify(&self) {
        self.town.verify().await;
        for area in [payments::area(), ledger::area()] {
            let verify = area.verify.expect("the area can be verified");
            assert_eq!(self.town.city.read(verify).await, []);
        }
        let found = self.bank.db().read(bank::verify).await.expect("the bank can be verified");
        assert_eq!(found, []);
    }
}

/// The same order, paid by QRIS.
pub(crate) fn qris<'o>(order: &[(&'o str, &'o str)]) -> Vec<(&'o str, &'o str)> {
    let change = |(name, value): &(&'o str, &'o str)| match *name {
        "payment" => (*name, "qris"),
        _ => (*name, *value),
    };
    order.iter().map(change).collect()
}
