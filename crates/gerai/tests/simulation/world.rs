//! The city of a simulation: two agencies, some sellers with a little of everything, and the notes of
//! what was acknowledged to them. Everybody in it is invented (tokoh rekaan).

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use base::account::{OrganisationId, OrganisationKind};
use base::{Date, Db, Error, Read, Result, Role, Timestamp, Tx, idempotency};
use catalog::ProductId;
use particulars::region::CityRegions;
use procurement::{BudgetLineId, OrderId, State};
use registry::BusinessId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use testkit::{City, VILLAGE};
use tokio::runtime::Runtime;

use crate::agency::ceilings;
use crate::dice::Dice;
use crate::memory::{Known, Memory};

const AGENCIES: [&str; 2] = ["Dinas Kesehatan", "Dinas Sosial"];
const SELLERS: [&str; 3] = ["Dapur Bu Ngatmi", "Roti Mbah Karto", "Jamu Mbak Sri"];
/// So often somebody asks again before giving up.
const TRIES_MAX: usize = 500;
/// Clicks that arrive twice, of a hundred.
const TWICE: i64 = 15;

/// The people of an agency, as doors to the database.
pub(crate) struct Agency {
    pub(crate) id: OrganisationId,
    pub(crate) lines: Vec<BudgetLineId>,
    pub(crate) requesters: [Db; 2],
    pub(crate) approver: Db,
    pub(crate) receiver: Db,
    pub(crate) treasurer: Db,
    pub(crate) head: Db,
}

/// A seller, who acts for it, and what is on its shelf.
#[derive(Clone)]
pub(crate) struct Shop {
    pub(crate) business: BusinessId,
    pub(crate) owner: Db,
    pub(crate) goods: Vec<ProductId>,
}

pub(crate) struct World {
    pub(crate) city: City,
    pub(crate) runtime: Runtime,
    pub(crate) agencies: Vec<Agency>,
    pub(crate) shops: RwLock<Vec<Shop>>,
    memory: Mutex<Memory>,
    seed: u64,
}

impl World {
    pub(crate) fn open(seed: u64) -> World {
        let runtime = Runtime::new().unwrap();
        let city = runtime.block_on(async {
            let areas = vec![
                web::house(),
                ledger::area(),
                registry::area(),
                catalog::area(),
                procurement::area(),
            ];
            let regions = std::sync::Arc::new(CityRegions::of_code("33.74").unwrap());
            City::open_with(areas, |opening| opening.with(regions)).await
        });
        let agencies = AGENCIES.map(|name| runtime.block_on(agency(&city, name)));
        let world = World {
            city,
            runtime,
            agencies: agencies.into_iter().collect(),
            shops: RwLock::default(),
            memory: Mutex::default(),
            seed,
        };
        SELLERS.iter().for_each(|name| world.open_shop(name));
        world
    }

    /// A seller registers, is verified and puts something on the shelf.
    pub(crate) fn open_shop(&self, name: &str) {
        let seller = self.runtime.block_on(self.city.seller(name, "Rekaan", VILLAGE));
        let owner = self.city.acting(&seller.owner);
        let mut goods = Vec::new();
        for (what, price, stock) in [("Nasi kotak", 32_500, 60), ("Kue basah", 4_500, 25)] {
            let id = self.runtime.block_on(self.city.offer(&seller, what, price, stock));
            self.memory().stocked(&id, stock);
            goods.push(id);
        }
        let shop = Shop { business: seller.business, owner, goods };
        self.shops.write().unwrap_or_else(PoisonError::into_inner).push(shop);
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn today(&self) -> Date {
        Timestamp::from_ms(self.city.db.clock().now_ms()).date()
    }

    /// A seller, with its place in the list.
    pub(crate) fn shop(&self, dice: &mut Dice) -> (usize, Shop) {
        let shops = self.shops.read().unwrap_or_else(PoisonError::into_inner);
        let places: Vec<usize> = (0..shops.len()).collect();
        let place = *dice.pick(&places);
        (place, shops[place].clone())
    }

    pub(crate) fn shop_at(&self, place: usize) -> Shop {
        self.shops.read().unwrap_or_else(PoisonError::into_inner)[place].clone()
    }

    /// An order, mostly one in this state; else any, which is then refused for its state.
    pub(crate) fn order(&self, dice: &mut Dice, state: State) -> Result<Known> {
        let memory = self.memory();
        let fitting: Vec<&Known> = memory.orders.iter().filter(|it| it.state == state).collect();
        let all: Vec<&Known> = memory.orders.iter().collect();
        let among = if dice.percent(8) { all } else { fitting };
        if among.is_empty() {
            return Err(Error::NotFound);
        }
        Ok((*dice.pick(&among)).clone())
    }

    /// Looks at the city as the program does.
    pub(crate) fn read<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Read<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.city.db.read(body).wait()
    }

    pub(crate) fn find(&self, id: &OrderId) -> Result<procurement::Order> {
        let id = id.clone();
        self.read(move |read| procurement::find(read, &id))
    }

    /// A command, asked for again while the city is busy, and now and then sent twice under one key:
    /// then both answers are the same.
    pub(crate) fn ask<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        dice: &mut Dice,
        who: &Db,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Clone + Send + 'static,
    ) -> Result<T> {
        if !dice.percent(TWICE) {
            return patiently(|| who.write("simulation", body.clone()).wait());
        }
        let key = format!("key-{}", dice.between(0, i64::MAX - 1));
        let send = || {
            let (key, body) = (key.clone(), body.clone());
            let once = move |tx: &mut Tx<'_>| idempotency::once(tx, "simulation", &key, "", &body);
            patiently(|| who.write("simulation", once.clone()).wait())
        };
        let first = send()?;
        let second = send().expect("what was done is answered again");
        let told = |answer: &T| serde_json::to_value(answer).unwrap();
        assert_eq!(told(&first), told(&second), "the second click gets the first answer");
        Ok(first)
    }

    /// How it went, for whoever reads along.
    pub(crate) fn tell(&self) {
        let Memory { orders, done, refused, .. } = &*self.memory();
        eprintln!(
            "seed {}: {} orders; done {done:?}; refused {refused:?}",
            self.seed,
            orders.len()
        );
    }
}

/// A simulation that fails says how to see it again.
impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let seed = self.seed;
            eprintln!("the simulation failed: SIMULATION_SEEDS={seed}..{} shows it", seed + 1);
            self.memory().last.iter().for_each(|step| eprintln!("  {step}"));
        }
    }
}

/// Whoever is told that the city is busy asks again.
pub(crate) fn patiently<T>(ask: impl Fn() -> Result<T>) -> Result<T> {
    for _ in 0..TRIES_MAX {
        match ask() {
            Err(Error::Busy) => std::thread::sleep(std::time::Duration::from_millis(2)),
            answer => return answer,
        }
    }
    panic!("the city was busy {TRIES_MAX} times")
}

async fn agency(city: &City, name: &str) -> Agency {
    let office = city.organisation(OrganisationKind::Agency, name).await;
    let mut doors = Vec::new();
    for role in [
        Role::Requester,
        Role::Requester,
        Role::Approver,
        Role::Receiver,
        Role::Treasurer,
        Role::AgencyHead,
    ] {
        let person = city.person(&format!("{name} {}", role.code()), role, &office).await;
        doors.push(city.acting(&person));
    }
    let id = office.id;
    let head = doors.pop().unwrap();
    ceilings(&head, &id, &["9.000.000", "3.500.000"]).await.unwrap();
    let agency = id.clone();
    let lines = city.read(move |read| procurement::budget_lines(read, &agency, 2026)).await;
    let lines = lines.into_iter().map(|line| line.id).collect();
    let [one, other, approver, receiver, treasurer] =
        doors.try_into().ok().expect("five more people");
    Agency { id, lines, requesters: [one, other], approver, receiver, treasurer, head }
}
