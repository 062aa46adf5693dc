//! The businesses of the demo and what they offer: registered by their owners, checked by an
//! officer, through the same commands as everybody's.

use base::account::{Organisation, membership, organisation};
use base::keyring::Keyring;
use base::{Date, Result, Role, Rupiah, Tx};
use catalog::product::{self, Description};
use db::Chance;
use particulars::region::{CityRegions, Place as RegionPlace};
use registry::registration::{self, Fill, OwnerDetails, Size, Trade};
use registry::verification::{self, Decide, Decision};
use registry::{BusinessId, Contact, Place, business};

use super::album::Album;
use super::names::{Names, between, pick};
use super::people::{Registrar, Who};
use crate::house::House;

/// What kinds of trade there are, as data: each city sells what is made there.
const TRADES: &str = include_str!("../../data/demo-trades.csv");
const TRADES_OF_ACEH: &str = include_str!("../../data/demo-trades-aceh.csv");

/// What the guides look for as an example, and where one who makes it lives.
const EXAMPLE: (&str, &str) = ("Keripik tempe", "Mijen");

/// One kind of trade.
struct Kind {
    pattern: &'static str,
    activity: &'static str,
    category: &'static str,
    kbli: &'static str,
    /// The budget line that pays for such goods.
    line: &'static str,
    goods: Vec<(&'static str, &'static str, i64)>,
}

/// A business whose owner can act for it.
pub(super) struct Trader {
    pub(super) owner: Who,
    pub(super) business: BusinessId,
    /// What agencies buy it for, as the budget names it.
    pub(super) line: &'static str,
    pub(super) goods: Vec<(catalog::ProductId, i64)>,
}

fn kinds(slug: &str) -> Vec<Kind> {
    let trades = if slug == "banda-aceh" { TRADES_OF_ACEH } else { TRADES };
    let parse = |line: &'static str| {
        let mut parts = line.split(';');
        let mut next = || parts.next().unwrap_or_default();
        let (pattern, activity, category) = (next(), next(), next());
        let (kbli, line) = (next(), next());
        let good = |text: &'static str| {
            let mut parts = text.split('|');
            let (name, unit) = (parts.next()?, parts.next()?);
            Some((name, unit, parts.next()?.parse().ok()?))
        };
        let goods = next().split(',').filter_map(good).collect();
        Kind { pattern, activity, category, kbli, line, goods }
    };
    trades.lines().skip(1).map(parse).collect()
}

/// Everything a trader's registration needs from around it.
pub(super) struct Market<'h> {
    pub(super) house: &'h House,
    pub(super) regions: CityRegions,
    pub(super) names: &'static Names,
    pub(super) officer: Who,
    pub(super) chance: Chance,
}

impl Market<'_> {
    /// Opens the next business, one kind of trade after the other.
    pub(super) fn open(&self, registrar: &mut Registrar<'_>, serial: usize) -> Result<Trader> {
        let kinds = kinds(&self.house.config.city.slug);
        self.trader(registrar, &kinds[serial % kinds.len()], serial)
    }

    fn trader(&self, registrar: &mut Registrar<'_>, kind: &Kind, serial: usize) -> Result<Trader> {
        let (citizen, business) = self.registered(registrar, kind, serial)?;
        let place = self.verify(&citizen, &business)?;
        let owner = Who { place: Some(place), role: Some(Role::Owner), ..citizen };
        let goods = self.list_goods(&owner, kind)?;
        Ok(Trader { owner, business, line: kind.line, goods })
    }

    /// Somebody who has sent a registration that no officer has answered.
    pub(super) fn applicant(
        &self,
        registrar: &mut Registrar<'_>,
        serial: usize,
    ) -> Result<(Who, BusinessId)> {
        let kinds = kinds(&self.house.config.city.slug);
        self.registered(registrar, &kinds[serial % kinds.len()], serial)
    }

    fn registered(
        &self,
        registrar: &mut Registrar<'_>,
        kind: &Kind,
        serial: usize,
    ) -> Result<(Who, BusinessId)> {
        let citizen = registrar.person(&self.names.person(&self.chance), None)?;
        let name = kind.pattern.replace("{}", self.names.shop(&self.chance));
        let (trade, fill) = (self.trade(kind, name), self.fill(&citizen, kind, serial)?);
        let region = self.regions.code().as_str().to_owned();
        let person_name = citizen.name.clone();
        let register = move |tx: &mut Tx<'_>| {
            let begun = registration::begin(tx, &region, &trade, &person_name, 1)?;
            registration::fill(tx, &begun.id, 1, &fill)?;
            registration::submit(tx, &begun.id)
        };
        let begun = citizen.writes(&self.house.db).write("demo.register", register).wait()?;
        Ok((citizen, begun.id))
    }

    fn verify(&self, citizen: &Who, id: &BusinessId) -> Result<Organisation> {
        let (business, person) = (id.clone(), citizen.person.clone());
        let decide = move |tx: &mut Tx<'_>| {
            let version = business::find(tx, &business)?.version;
            let (business, decision) = (business.clone(), Decision::Verify);
            verification::decide(tx, &Decide { business, version, decision, reason: String::new() })
        };
        self.officer.writes(&self.house.db).write("demo.verify", decide).wait()?;
        let business = id.clone();
        let seat = move |tx: &mut Tx<'_>| {
            let place = registration::let_trade(tx, &business)?;
            let held = membership::of_person(tx, &person)?;
            if !held.iter().any(|held| held.organisation == place) {
                let (person, organisation) = (person.clone(), place.clone());
                let role = Role::Owner;
                membership::begin(
                    tx,
                    &membership::Add { person, organisation, role, until: None },
                )?;
            }
            organisation::find(tx, &place)
        };
        self.house.db.write("demo.seat", seat).wait()
    }

    fn trade(&self, kind: &Kind, name: String) -> Trade {
        Trade {
            story: format!("{}. Usaha rekaan untuk peragaan.", kind.activity),
            name,
            category: kind.category.to_owned(),
            activity: kind.activity.to_owned(),
            kbli: Some(kind.kbli.to_owned()),
        }
    }

    /// Where the first who makes what everybody looks for lives, whatever day the demo is opened on.
    fn example(&self, kind: &Kind, serial: usize) -> Option<&RegionPlace> {
        let first = serial < kinds(&self.house.config.city.slug).len();
        let (goods, district) = EXAMPLE;
        let sought = kind.goods.iter().any(|(name, ..)| name.starts_with(goods));
        let district = self.regions.district_named(district).filter(|_| first && sought)?;
        self.regions.villages_of(&district).next()
    }

    fn fill(&self, owner: &Who, kind: &Kind, serial: usize) -> Result<Fill> {
        let villages: Vec<_> = self.regions.villages().collect();
        let village = pick(&villages, &self.chance);
        let village = self.example(kind, serial).unwrap_or(village);
        let district = village.code.parent().map(|code| code.as_str().to_owned());
        let place = Place {
            street: self.names.street(&self.chance),
            rt: Some(format!("{:03}", between(1, 9, &self.chance))),
            rw: Some(format!("{:03}", between(1, 12, &self.chance))),
            landmark: String::new(),
            district,
            village: Some(village.code.as_str().to_owned()),
            latitude: village.point.map(particulars::point::GeoPoint::latitude),
            longitude: village.point.map(particulars::point::GeoPoint::longitude),
        };
        let nib = format!("91{:02}{:09}", serial % 90, self.chance.next() % 1_000_000_000);
        let contact = Contact::parse(&owner.phone, &self.house.keyring);
        Ok(Fill {
            place: Some(place),
            size: Some(Size {
                nib: Some(nib),
                annual_sales: Rupiah::parse(between(40, 900, &self.chance) * 1_000_000),
                assets: Rupiah::parse(between(10, 300, &self.chance) * 1_000_000),
                workers: Some(between(1, 12, &self.chance)),
            }),
            person: Some(OwnerDetails {
                name: owner.name.clone(),
                phone: Some(contact.map_err(base::Error::broken)?),
                phone_is_public: self.chance.next().is_multiple_of(2),
                nik: Some(self.nik(&self.house.keyring, serial)?),
            }),
            ..Fill::default()
        })
    }

    /// A number that is well formed and belongs to nobody: serials this high are not given out.
    fn nik(&self, keyring: &Keyring, serial: usize) -> Result<base::keyring::Sealed> {
        let city: String = self.regions.code().as_str().chars().filter(|c| *c != '.').collect();
        let day = between(1, 28, &self.chance);
        let month = between(1, 12, &self.chance);
        let year = between(60, 99, &self.chance);
        let nik = format!("{city}01{day:02}{month:02}{year:02}{:04}", 9_000 + serial % 1_000);
        let parsed = particulars::identity::Nik::parse(&nik).map_err(base::Error::broken)?;
        let sealed = keyring.seal(
            registry::intake::NIK,
            parsed.reveal(),
            &base::digits::nik_hidden(parsed.reveal()),
        );
        sealed.map_err(base::Error::broken)
    }

    fn list_goods(&self, owner: &Who, kind: &Kind) -> Result<Vec<(catalog::ProductId, i64)>> {
        let album = Album::of(self.house)?;
        // Pictures take no chance: with them or without, the same things happen in the city.
        let seed = owner.phone.parse::<u64>().unwrap_or(0) * 31;
        let mut goods: Vec<(Description, i64, Vec<String>)> = Vec::new();
        for (n, (name, unit, price)) in (0..).zip(&kind.goods) {
            let price = price * between(90, 115, &self.chance) / 100 / 500 * 500;
            // What a small maker has ready: a few pieces of furniture, a day of boxes.
            let stock = match price {
                500_001.. => between(3, 9, &self.chance),
                100_001.. => between(8, 30, &self.chance),
                10_001.. => between(40, 160, &self.chance),
                _ => between(150, 900, &self.chance),
            };
            let mut what = self.description(kind, name, unit, price.max(500));
            let photos = album.photos(name, seed + n)?;
            if !photos.is_empty() {
                what.description.push_str(" Gambar contoh, digambar oleh program.");
            }
            goods.push((what, stock, photos));
        }
        let prices: Vec<i64> = goods.iter().map(|(what, ..)| what.price.amount()).collect();
        let list = move |tx: &mut Tx<'_>| {
            let listed = goods
                .iter()
                .map(|(what, stock, photos)| product::list(tx, what, *stock, photos, false));
            listed.collect::<Result<Vec<_>>>()
        };
        let ids = owner.writes(&self.house.db).write("demo.list", list).wait()?;
        Ok(ids.into_iter().zip(prices).collect())
    }

    fn description(&self, kind: &Kind, name: &str, unit: &str, price: i64) -> Description {
        Description {
            name: name.to_owned(),
            description: format!("{name} dari usaha rekaan. {}.", kind.activity),
            category: kind.category.to_owned(),
            unit: unit.to_owned(),
            price: Rupiah::parse(price).expect("demo prices are small"),
            lead_days: between(0, 5, &self.chance),
            domestic: true,
            variants: Vec::new(),
        }
    }

    /// The day it is in the demo's year.
    pub(super) fn today(&self) -> Date {
        base::Timestamp::from_ms(self.house.db.clock().now_ms()).date()
    }
}
