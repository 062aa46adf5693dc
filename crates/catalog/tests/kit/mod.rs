//! A city with sellers, for the stories of this folder. All people and businesses are invented
//! (tokoh rekaan).
#![expect(dead_code, reason = "each story uses some of it")]
#![expect(clippy::unwrap_used, reason = "a story that cannot be set up has failed")]

use std::io::Cursor;
use std::sync::Arc;

use base::account::{Organisation, PersonId};
use base::{Actor, Db, Read, Result, Role, Rupiah, Tx};
use catalog::ProductId;
use catalog::product::{self, Description};
use catalog::search::{self, Index};
use particulars::region::CityRegions;
use registry::registration::{self, Fill, OwnerDetails, Size, Trade};
use registry::verification::{self, Decide, Decision};
use registry::{Business, BusinessId, business};
use testkit::{City, Client};

pub(crate) struct Town {
    pub(crate) city: City,
    pub(crate) index: Arc<Index>,
}

/// A business and the person who trades for it.
pub(crate) struct Seller {
    pub(crate) person: PersonId,
    pub(crate) organisation: Organisation,
    pub(crate) business: BusinessId,
    pub(crate) client: Client,
}

impl Town {
    pub(crate) async fn open() -> Town {
        let index = Arc::new(Index::in_memory().unwrap());
        let regions = CityRegions::of_code("33.74").unwrap();
        let resource = Arc::clone(&index);
        let areas = vec![web::house(), registry::area(), catalog::area()];
        let more = |opening: web::Opening| opening.with(resource).with(Arc::new(regions));
        Town { city: City::open_with(areas, more).await, index }
    }

    /// A verified business in this village whose owner is signed in.
    pub(crate) async fn seller(&self, name: &str, owner: &str, village: &str) -> Seller {
        let mut seller = self.applicant(name, owner, village).await;
        let id = seller.business.clone();
        self.decide(&id, Decision::Verify).await;
        let organisation = self.city.write(move |tx| {
            let organisation = registration::let_trade(tx, &id)?;
            base::account::organisation::find(tx, &organisation)
        });
        seller.organisation = organisation.await.unwrap();
        let actor =
            self.city.person(&format!("{owner} Lestari"), Role::Owner, &seller.organisation).await;
        seller.person = actor.person;
        seller.client = actor.client;
        seller
    }

    /// A business that has an organisation, but waits for an officer.
    pub(crate) async fn applicant(&self, name: &str, owner: &str, village: &str) -> Seller {
        let citizen = self.city.citizen(owner).await;
        let (trade, person) = (trade(name), owner.to_owned());
        let writes = self.city.db.acting(Actor::person(
            citizen.person.to_string(),
            None,
            Vec::<String>::new(),
        ));
        let begun =
            writes.write("test", move |tx| registration::begin(tx, "33.74", &trade, &person));
        let business = begun.await.unwrap().id;
        let (fill, id) = (filled(&self.city, owner, village), business.clone());
        let submitted = writes.write("test", move |tx| {
            registration::fill(tx, &id, 1, &fill)?;
            registration::submit(tx, &id)
        });
        submitted.await.unwrap();
        let id = business.clone();
        let organisation = self.city.write(move |tx| {
            let organisation = registration::let_trade(tx, &id)?;
            base::account::organisation::find(tx, &organisation)
        });
        let organisation = organisation.await.unwrap();
        let actor = self.city.person(&format!("{owner} Wati"), Role::Owner, &organisation).await;
        Seller { person: actor.person, organisation, business, client: actor.client }
    }

    pub(crate) async fn decide(&self, business: &BusinessId, decision: Decision) {
        let id = business.clone();
        let decided = self.city.write(move |tx| {
            let version = business::find(tx, &id)?.version;
            let reason = "Alamat tidak ditemukan petugas.".to_owned();
            let reason = if decision == Decision::Verify { String::new() } else { reason };
            verification::decide(tx, &Decide { business: id.clone(), version, decision, reason })
        });
        decided.await.unwrap();
    }

    pub(crate) async fn business(&self, seller: &Seller) -> Business {
        let id = seller.business.clone();
        self.read(move |read| business::find(read, &id)).await
    }

    /// The database as this seller writes to it.
    pub(crate) fn acting(&self, seller: &Seller) -> Db {
        let grants: Vec<base::Grant> = [registry::area(), catalog::area()]
            .iter()
            .flat_map(|area| area.grants)
            .copied()
            .collect();
        let may = base::account::grants_of(Role::Owner, &grants);
        let organisation = Some(seller.organisation.id.to_string());
        self.city.db.acting(Actor::person(seller.person.to_string(), organisation, may))
    }

    pub(crate) async fn act<T: Send + 'static>(
        &self,
        seller: &Seller,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.acting(seller).write("test", body).await
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Read<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.city.db.read(body).await.unwrap()
    }

    pub(crate) async fn offer(
        &self,
        seller: &Seller,
        name: &str,
        price: i64,
        stock: i64,
    ) -> ProductId {
        let what = described(name, price);
        self.act(seller, move |tx| product::list(tx, &what, stock, &[])).await.unwrap()
    }

    /// Gives events their numbers and lets the index follow, as the background does.
    pub(crate) async fn follow(&self) {
        let (db, index) = (self.city.db.clone(), Arc::clone(&self.index));
        let followed = tokio::task::spawn_blocking(move || {
            while base::consumer::number_events(&db).unwrap() > 0 {}
            while search::feed(&db, &index).unwrap() > 0 {}
        });
        followed.await.unwrap();
    }

    /// What `gerai verify` finds.
    pub(crate) async fn findings(&self) -> Vec<base::Finding> {
        self.read(catalog::area().verify.unwrap()).await
    }
}

pub(crate) fn described(name: &str, price: i64) -> Description {
    Description {
        name: name.to_owned(),
        description: "Dibuat hari itu juga.".to_owned(),
        category: "makanan".to_owned(),
        unit: "kotak".to_owned(),
        price: Rupiah::parse(price).unwrap(),
        lead_days: 1,
        domestic: true,
        variants: Vec::new(),
    }
}

/// What an owner fills in, with numbers that belong to nobody.
fn filled(city: &City, owner: &str, village: &str) -> Fill {
    let serial = city.db.chance().next() % 10_000;
    let nik = format!("337401550190{serial:04}");
    let nik = city.keyring.seal("nik", &nik, "3374 •••• •••• ••••").unwrap();
    let district = village.rsplit_once('.').map(|(district, _)| district.to_owned());
    Fill {
        place: Some(registry::Place {
            street: "Jl. Menoreh Raya 12".to_owned(),
            district,
            village: Some(village.to_owned()),
            ..registry::Place::default()
        }),
        size: Some(Size {
            nib: Some(format!("120300014{serial:04}")),
            annual_sales: Rupiah::parse(187_000_000),
            assets: None,
            workers: Some(3),
        }),
        person: Some(OwnerDetails {
            name: owner.to_owned(),
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

/// A photo as a phone might send it.
pub(crate) fn png(red: u8) -> Vec<u8> {
    let draw = |x: u32, y: u32| {
        image::Rgb([red, u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap()])
    };
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_fn(640, 480, draw);
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}
