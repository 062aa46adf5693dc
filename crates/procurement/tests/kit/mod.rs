//! A city with an agency, its people, a verified seller and a budget, for the stories of this
//! folder. All people and businesses are invented.
#![expect(dead_code, reason = "each story uses some of it")]

use std::sync::Arc;

use base::account::{Organisation, OrganisationKind};
use base::{Actor, Date, Db, Id, Result, Role, Rupiah, Tx};
use catalog::ProductId;
use catalog::product::Description;
use catalog::search::Index;
use procurement::{Bring, BudgetLineId, Order, OrderId, Request, Want};
use registry::BusinessId;
use registry::registration::{self, Fill, OwnerDetails, Size, Trade};
use registry::verification::{self, Decide, Decision};
use testkit::City;

pub(crate) const SUB_ACTIVITY: &str = "1.02.02.2.02.0035";
pub(crate) const ACCOUNT: &str = "5.1.02.01.01.0052";

pub(crate) struct Town {
    pub(crate) city: City,
    pub(crate) index: Arc<Index>,
    pub(crate) agency: Organisation,
    pub(crate) requester: Who,
    pub(crate) approver: Who,
    pub(crate) receiver: Who,
    pub(crate) treasurer: Who,
    pub(crate) head: Who,
    pub(crate) owner: Who,
    pub(crate) business: BusinessId,
    pub(crate) seller: Organisation,
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
        let requester = Who::at(&city, "Hendra Saputra", Role::Requester, &agency).await;
        let approver = Who::at(&city, "Dewi Anggraini", Role::Approver, &agency).await;
        let receiver = Who::at(&city, "Agus Triyono", Role::Receiver, &agency).await;
        let treasurer = Who::at(&city, "Siti Marfuah", Role::Treasurer, &agency).await;
        let head = Who::at(&city, "Ratna Widyastuti", Role::AgencyHead, &agency).await;
        let (owner, business, seller) = seller(&city, "Dapur Bu Ngatmi", "Ngatmi").await;
        let boxes = product(&city, &owner, "Nasi kotak ayam goreng", 32_500, 500).await;
        let water = product(&city, &owner, "Air minum gelas, dus isi 48", 45_000, 40).await;
        let mut town = Town {
            city,
            index,
            agency,
            requester,
            approver,
            receiver,
            treasurer,
            head,
            owner,
            business,
            seller,
            budget_line: Id::parse(&"0".repeat(26)).unwrap(),
            boxes,
            water,
        };
        town.budget_line = town.grant("48.250.000").await.unwrap();
        town
    }

    /// The database as this person writes to it.
    pub(crate) fn as_(&self, actor: &Who) -> Db {
        acting(&self.city, actor)
    }

    pub(crate) async fn act<T: Send + 'static>(
        &self,
        actor: &Who,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.as_(actor).write("test", body).await
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
            business: self.business.clone(),
            wants,
            place: "Aula Kecamatan Gajahmungkur".to_owned(),
            wanted_on: day("2026-03-18"),
            participants: Some(200),
            comparison: "Tiga penawar, dipilih yang terdekat.".to_owned(),
        }
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
        self.act(&self.owner, move |tx| {
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
        let id = product.clone();
        let product = self.city.db.read(move |read| catalog::product::find(read, &id)).await;
        product.unwrap().stock
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

/// The database as this person writes to it, by the rights of the door they came in.
fn acting(city: &City, who: &Who) -> Db {
    let every = [ledger::area(), registry::area(), catalog::area(), procurement::area()];
    let grants: Vec<base::Grant> = every.iter().flat_map(|area| area.grants).copied().collect();
    let organisation = who.organisation.as_ref().map(|organisation| organisation.id.to_string());
    let may = who.role.map(|role| base::account::grants_of(role, &grants));
    city.db.acting(Actor::person(who.person.to_string(), organisation, may.unwrap_or_default()))
}

/// Somebody of the story: their account, their browser, and what they may do.
pub(crate) struct Who {
    pub(crate) person: base::account::PersonId,
    pub(crate) organisation: Option<Organisation>,
    pub(crate) role: Option<Role>,
    pub(crate) client: testkit::Client,
}

impl Who {
    pub(crate) async fn at(
        city: &City,
        name: &str,
        role: Role,
        organisation: &Organisation,
    ) -> Who {
        let actor = city.person(name, role, organisation).await;
        let (person, client) = (actor.person, actor.client);
        Who { person, organisation: Some(organisation.clone()), role: Some(role), client }
    }
}

/// A verified seller with an owner who can answer for it.
pub(crate) async fn seller(
    city: &City,
    name: &str,
    owner_name: &str,
) -> (Who, BusinessId, Organisation) {
    let citizen = city.citizen(owner_name).await;
    let citizen =
        Who { person: citizen.person, organisation: None, role: None, client: citizen.client };
    let (trade, person) = (trade(name), owner_name.to_owned());
    let begun = acting(city, &citizen)
        .write("test", move |tx| registration::begin(tx, "33.74", &trade, &person));
    let business = begun.await.unwrap().id;
    let fill = filled(city, owner_name);
    let id = business.clone();
    let submitted = acting(city, &citizen).write("test", move |tx| {
        registration::fill(tx, &id, 1, &fill)?;
        registration::submit(tx, &id)
    });
    submitted.await.unwrap();
    let id = business.clone();
    let organisation = city.write(move |tx| {
        let version = registry::business::find(tx, &id)?.version;
        let (business, decision, reason) = (id.clone(), Decision::Verify, String::new());
        verification::decide(tx, &Decide { business, version, decision, reason })?;
        let organisation = registration::let_trade(tx, &id)?;
        base::account::organisation::find(tx, &organisation)
    });
    let organisation: Organisation = organisation.await.unwrap();
    let owner = Who::at(city, &format!("{owner_name} Lestari"), Role::Owner, &organisation).await;
    (owner, business, organisation)
}

/// What an owner fills in, with numbers that belong to nobody.
fn filled(city: &City, owner_name: &str) -> Fill {
    let serial = city.db.chance().next() % 10_000;
    let nik = format!("337401550190{serial:04}");
    let nik = city.keyring.seal("nik", &nik, "3374 •••• •••• ••••").unwrap();
    Fill {
        place: Some(registry::Place {
            street: "Jl. Menoreh Raya 12".to_owned(),
            village: Some("33.74.09.1006".to_owned()),
            ..registry::Place::default()
        }),
        size: Some(Size {
            nib: Some(format!("120300014{serial:04}")),
            annual_sales: Some(rupiah(187_000_000)),
            assets: None,
            workers: Some(3),
        }),
        person: Some(OwnerDetails {
            name: owner_name.to_owned(),
            phone: Some("+6281234567890".to_owned()),
            phone_is_public: false,
            nik: Some(nik),
        }),
        ..Fill::default()
    }
}

fn trade(name: &str) -> Trade {
    Trade {
        name: name.to_owned(),
        category: "makanan".to_owned(),
        activity: "Katering".to_owned(),
        kbli: Some("56210".to_owned()),
        story: String::new(),
    }
}

pub(crate) async fn product(
    city: &City,
    owner: &Who,
    name: &str,
    price: i64,
    stock: i64,
) -> ProductId {
    let what = Description {
        name: name.to_owned(),
        description: String::new(),
        category: "makanan".to_owned(),
        unit: "kotak".to_owned(),
        price: rupiah(price),
        lead_days: 1,
        domestic: true,
        variants: Vec::new(),
    };
    let listed =
        acting(city, owner).write("test", move |tx| catalog::product::list(tx, &what, stock, &[]));
    listed.await.unwrap()
}
