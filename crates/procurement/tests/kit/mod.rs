//! A city with an agency, its people, a verified seller and a budget, for the stories of this
//! folder. All people and businesses are invented.
#![expect(dead_code, reason = "each story uses some of it")]

use std::sync::Arc;

use base::account::{Organisation, OrganisationKind};
use base::{Date, Id, Result, Role, Rupiah, Tx};
use catalog::ProductId;
use catalog::search::Index;
use procurement::{Bring, BudgetLineId, Order, OrderId, Request, Want};
use testkit::{Actor, City, Seller, VILLAGE};

pub(crate) const SUB_ACTIVITY: &str = "1.02.02.2.02.0035";
pub(crate) const ACCOUNT: &str = "5.1.02.01.01.0052";

pub(crate) struct Town {
    pub(crate) city: City,
    pub(crate) index: Arc<Index>,
    pub(crate) agency: Organisation,
    pub(crate) requester: Actor,
    pub(crate) approver: Actor,
    pub(crate) receiver: Actor,
    pub(crate) treasurer: Actor,
    pub(crate) head: Actor,
    pub(crate) seller: Seller,
    pub(crate) budget_line: BudgetLineId,
    pub(crate) boxes: ProductId,
    pub(crate) water: ProductId,
}

pub(crate) fn rupiah(amount: i64) -> Rupiah {
    Rupiah::parse(amount).unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

impl Town {
    pub(crate) async fn open() -> Town {
        let areas = vec![
            web::house(),
            ledger::area(),
            registry::area(),
            catalog::area(),
            procurement::area(),
        ];
        let index = Arc::new(Index::in_memory().unwrap());
        let asked = Arc::clone(&index);
        let city = City::open_with(areas, |opening| opening.with(asked)).await;
        let agency = city.organisation(OrganisationKind::Agency, "Dinas Kesehatan").await;
        let requester = city.person("Hendra Saputra", Role::Requester, &agency).await;
        let approver = city.person("Dewi Anggraini", Role::Approver, &agency).await;
        let receiver = city.person("Agus Triyono", Role::Receiver, &agency).await;
        let treasurer = city.person("Siti Marfuah", Role::Treasurer, &agency).await;
        let head = city.person("Ratna Widyastuti", Role::AgencyHead, &agency).await;
        let seller = city.seller("Dapur Bu Ngatmi", "Ngatmi", VILLAGE).await;
        let boxes = city.offer(&seller, "Nasi kotak ayam goreng", 32_500, 500).await;
        let water = city.offer(&seller, "Air minum gelas, dus isi 48", 45_000, 40).await;
        let mut town = Town {
            city,
            index,
            agency,
            requester,
            approver,
            receiver,
            treasurer,
            head,
            seller,
            budget_line: Id::parse(&"0".repeat(26)).unwrap(),
            boxes,
            water,
        };
        town.budget_line = town.grant("48.250.000").await.unwrap();
        town
    }

    pub(crate) async fn act<T: Send + 'static>(
        &self,
        actor: &Actor,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.city.act(actor, body).await
    }

    /// Grants the one budget line this much, by a file.
    pub(crate) async fn grant(&self, ceiling: &str) -> Result<BudgetLineId> {
        let content = format!(
            "kode_sub_kegiatan;kode_rekening;uraian;pagu\n{SUB_ACTIVITY};{ACCOUNT};Makanan rapat;{ceiling}\n"
        );
        let bring = Bring {
            agency: self.agency.id.clone(),
            file: "dpa.csv".to_owned(),
            dpa: "DPA 2026".to_owned(),
            year: 2026,
            content: content.into_bytes(),
        };
        self.act(&self.head, move |tx| {
            let import = procurement::bring(tx, &bring)?;
            procurement::apply(tx, &import)
        })
        .await?;
        let agency = self.agency.id.clone();
        let lines = self.city.db.read(move |read| procurement::budget_lines(read, &agency, 2026));
        Ok(lines.await?.remove(0).id)
    }

    pub(crate) fn need(&self, wants: Vec<Want>) -> Request {
        Request {
            title: "200 nasi kotak untuk pelatihan kader posyandu".to_owned(),
            kind: base::policy::Procured::Goods,
            budget_line: self.budget_line.clone(),
            business: self.seller.business.clone(),
            wants,
            place: "Aula Kecamatan Gajahmungkur".to_owned(),
            wanted_on: day("2026-03-18"),
            hour: "09.30".to_owned(),
            contact: "Hendra, 0812 3456 7890".to_owned(),
            participants: Some(200),
            comparison: "Tiga penawar, dipilih yang terdekat.".to_owned(),
        }
    }

    /// The form of a need for this product, as a browser sends it, without how many.
    pub(crate) fn form(&self, product: &ProductId) -> Vec<(String, String)> {
        let need = self.need(Vec::new());
        let pairs = [
            ("business", need.business.to_string()),
            ("title", need.title),
            ("kind", "goods".to_owned()),
            ("budget_line", need.budget_line.to_string()),
            ("place", need.place),
            ("wanted_on", need.wanted_on.iso()),
            ("comparison", need.comparison),
            ("product", product.to_string()),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
    }

    /// 200 boxes and 11 cartons: Rp6.995.000.
    pub(crate) fn lunch(&self) -> Request {
        self.need(vec![
            Want::Product { product: self.boxes.clone(), count: 200 },
            Want::Product { product: self.water.clone(), count: 11 },
        ])
    }

    pub(crate) async fn requested(&self) -> Order {
        let need = self.lunch();
        self.act(&self.requester, move |tx| procurement::request(tx, &need)).await.unwrap()
    }

    pub(crate) async fn ordered(&self) -> OrderId {
        let id = self.requested().await.id;
        let order = id.clone();
        self.act(&self.approver, move |tx| procurement::act(tx, &order, procurement::Act::Approve))
            .await
            .unwrap();
        id
    }

    pub(crate) async fn delivered(&self) -> OrderId {
        let id = self.ordered().await;
        let order = id.clone();
        self.act(&self.seller.owner, move |tx| {
            procurement::act(tx, &order, procurement::Act::Accept)?;
            procurement::act(tx, &order, procurement::Act::Deliver("Diantar sopir kami"))
        })
        .await
        .unwrap();
        id
    }

    pub(crate) async fn find(&self, id: &OrderId) -> Order {
        let id = id.clone();
        self.city.db.read(move |read| procurement::find(read, &id)).await.unwrap()
    }

    pub(crate) async fn budget(&self) -> procurement::Use {
        let line = self.budget_line.clone();
        self.city.db.read(move |read| procurement::budget_use(read, &line)).await.unwrap()
    }

    pub(crate) async fn stock(&self, product: &ProductId) -> i64 {
        self.city.product(product).await.stock
    }

    /// Lets the search follow what happened, as the background does.
    pub(crate) async fn follow(&self) {
        let (db, index) = (self.city.db.clone(), Arc::clone(&self.index));
        let followed = tokio::task::spawn_blocking(move || {
            while base::consumer::number_events(&db).unwrap() > 0 {}
            while catalog::search::feed(&db, &index).unwrap() > 0 {}
        });
        followed.await.unwrap();
    }

    /// Lets the clock run and carries out what follows.
    pub(crate) async fn sweep(&self) {
        let db = self.city.db.clone();
        let outcomes = procurement::area().outcomes;
        let swept = tokio::task::spawn_blocking(move || base::deadline::sweep_all(&db, outcomes));
        assert_eq!(swept.await.unwrap().unwrap().failed, 0);
    }

    /// What `gerai verify` finds: nothing.
    pub(crate) async fn verify(&self) {
        for area in [ledger::area(), procurement::area()] {
            let verify = area.verify.unwrap();
            assert_eq!(self.city.db.read(verify).await.unwrap(), []);
        }
    }
}
