//! Sellers of a test city and what they offer. They registered themselves and were verified, so they
//! act by the seat that an officer's word gave them. All people and businesses are invented (tokoh
//! rekaan).

use std::sync::atomic::Ordering;

use base::account::{Organisation, organisation};
use base::keyring::Sealed;
use base::{Role, Rupiah};
use catalog::ProductId;
use catalog::product::{self, Description};
use registry::registration::{self, Fill, OwnerDetails, Size, Trade};
use registry::verification::{self, Decide, Decision};
use registry::{Business, BusinessId, Contact, Place, business};

use crate::city::City;
use crate::people::Actor;

/// A village of Semarang: Sampangan in Gajahmungkur.
pub const VILLAGE: &str = "33.74.09.1006";
/// Nobody in a test begins more than they send, unless that is what it is about.
const DRAFTS_MAX: i64 = 5;

/// A verified business and the person who trades for it.
pub struct Seller {
    pub owner: Actor,
    pub business: BusinessId,
    pub organisation: Organisation,
}

impl City {
    /// A verified business in this village, and its owner, who is signed in.
    pub async fn seller(&self, name: &str, owner: &str, village: &str) -> Seller {
        let (mut owner, business) = self.applicant(name, owner, village).await;
        self.decide(&business, Decision::Verify).await;
        let id = business.clone();
        let organisation = self.write(move |tx| {
            let organisation = registration::let_trade(tx, &id)?;
            organisation::find(tx, &organisation)
        });
        let organisation = organisation.await.expect("a verified business can act");
        owner.organisation = Some(organisation.clone());
        owner.role = Some(Role::Owner);
        Seller { owner, business, organisation }
    }

    /// A business that its owner has registered and sent in; it waits for an officer.
    pub async fn applicant(&self, name: &str, owner: &str, village: &str) -> (Actor, BusinessId) {
        let citizen = self.citizen(owner).await;
        let (trade, person) = (trade(name), owner.to_owned());
        let begin = move |tx: &mut base::Tx<'_>| {
            registration::begin(tx, "33.74", &trade, &person, DRAFTS_MAX)
        };
        let begun = self.act(&citizen, begin);
        let business = begun.await.expect("a citizen may register a business").id;
        let (fill, id) = (self.filled(owner, village), business.clone());
        let submitted = self.act(&citizen, move |tx| {
            registration::fill(tx, &id, 1, &fill)?;
            registration::submit(tx, &id)
        });
        submitted.await.expect("a whole registration is sent in");
        (citizen, business)
    }

    /// An officer's decision about a business as it stands now.
    pub async fn decide(&self, business: &BusinessId, decision: Decision) {
        let id = business.clone();
        let decided = self.write(move |tx| {
            let version = business::find(tx, &id)?.version;
            let reason = "Alamat tidak ditemukan petugas.".to_owned();
            let reason = if decision == Decision::Verify { String::new() } else { reason };
            verification::decide(tx, &Decide { business: id.clone(), version, decision, reason })
        });
        decided.await.expect("the decision fits the state of the business");
    }

    /// The business as it stands now.
    pub async fn business(&self, id: &BusinessId) -> Business {
        let id = id.clone();
        self.db.read(move |read| business::find(read, &id)).await.expect("the business is there")
    }

    /// Something new on a seller's shelf.
    pub async fn offer(&self, seller: &Seller, name: &str, price: i64, stock: i64) -> ProductId {
        let what = described(name, price);
        let listed = self.act(&seller.owner, move |tx| product::list(tx, &what, stock, &[], false));
        listed.await.expect("a verified seller may offer")
    }

    /// The product as it stands now.
    pub async fn product(&self, id: &ProductId) -> catalog::Product {
        let id = id.clone();
        self.db.read(move |read| product::find(read, &id)).await.expect("the product is there")
    }

    /// What an owner fills in, with numbers that belong to nobody.
    fn filled(&self, owner: &str, village: &str) -> Fill {
        let serial = self.serial.fetch_add(1, Ordering::SeqCst) % 10_000;
        let district = village.rsplit_once('.').map(|(district, _)| district.to_owned());
        Fill {
            place: Some(Place {
                street: "Jl. Menoreh Raya 12".to_owned(),
                district,
                village: Some(village.to_owned()),
                ..Place::default()
            }),
            size: Some(Size {
                nib: Some(format!("120300014{serial:04}")),
                annual_sales: Rupiah::parse(187_000_000),
                assets: None,
                workers: Some(3),
            }),
            person: Some(OwnerDetails {
                name: owner.to_owned(),
                phone: Some(self.contact("081234567890")),
                phone_is_public: false,
                nik: Some(self.nik(serial)),
            }),
            ..Fill::default()
        }
    }

    fn contact(&self, number: &str) -> Contact {
        Contact::parse(number, &self.keyring).expect("a made-up number is well formed")
    }

    fn nik(&self, serial: u64) -> Sealed {
        let nik = format!("337401550190{serial:04}");
        self.keyring.seal("nik", &nik, "3374 •••• •••• ••••").expect("a number can be sealed")
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

/// What a product of a test is described by.
pub fn described(name: &str, price: i64) -> Description {
    Description {
        name: name.to_owned(),
        description: "Dibuat hari itu juga.".to_owned(),
        category: "makanan".to_owned(),
        unit: "kotak".to_owned(),
        price: Rupiah::parse(price).expect("a test names a real price"),
        lead_days: 1,
        domestic: true,
        variants: Vec::new(),
    }
}
