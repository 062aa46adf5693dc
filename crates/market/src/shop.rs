//! A shop: a checked business that sells to the public, and how its buyers get their goods. There is no
//! second check of who they are; the registry has done that.

use base::account::Organisation;
use base::{Error, FromRow, Id, Problem, Read, Result, Row, Timestamp, Tx, db, require, words};
use catalog::outlet;
use registry::{Business, BusinessId, business};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::SELL;
use crate::events::{ShopClosed, ShopOpened};
use crate::refusal::Refusal;

/// One shop.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Shop {
    pub(crate) business: BusinessId,
    /// The organisation that answers for it.
    pub(crate) organisation: Id<Organisation>,
    /// Whether it takes orders.
    pub(crate) open: bool,
    /// Buyers may fetch their goods.
    pub(crate) pickup: bool,
    /// Where they fetch them.
    pub(crate) pickup_place: String,
    /// When they fetch them, in words.
    pub(crate) pickup_hours: String,
    /// The neighbourhood courier brings goods to the door.
    pub(crate) courier: bool,
    pub(crate) opened_at: Timestamp,
    pub(crate) changed_at: Timestamp,
    pub(crate) version: i64,
}

const SELECT: &str = "SELECT business, organisation, open, pickup, pickup_place, pickup_hours, courier, \
     opened_at, changed_at, version FROM market_shops";

impl FromRow for Shop {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Shop {
            business: row.take()?,
            organisation: row.take()?,
            open: row.take()?,
            pickup: row.take()?,
            pickup_place: row.take()?,
            pickup_hours: row.take()?,
            courier: row.take()?,
            opened_at: row.take()?,
            changed_at: row.take()?,
            version: row.take()?,
        })
    }
}

impl Shop {
    /// Where and when goods are fetched, in one line.
    pub(crate) fn place(&self) -> String {
        match self.pickup_hours.is_empty() {
            true => self.pickup_place.clone(),
            false => format!("{} ({})", self.pickup_place, self.pickup_hours),
        }
    }
}

/// The shop of a business, if it ever had one.
pub(crate) fn of_business(read: &mut Read<'_>, business: &BusinessId) -> Result<Option<Shop>> {
    Ok(read.first(&format!("{SELECT} WHERE business = $1"), &[business])?)
}

/// A shop that takes orders, and its business; refused when it does not.
pub(crate) fn taking_orders(read: &mut Read<'_>, id: &BusinessId) -> Result<(Shop, Business)> {
    let business = business::find(read, id)?;
    let shop = of_business(read, id)?.filter(|shop| shop.open && business.trades());
    shop.map(|shop| (shop, business)).ok_or_else(|| Refusal::ShopClosed.into())
}

/// The business the actor sells for.
pub(crate) fn own_business(read: &mut Read<'_>) -> Result<Business> {
    require(read, SELL)?;
    let organisation = read.actor().on_behalf_of.clone().ok_or(Error::Forbidden)?;
    business::of_organisation(read, &organisation)
}

const PLACE_CHARS_MAX: usize = 200;
const HOURS_CHARS_MAX: usize = 120;

/// How a shop hands over its goods, as its owner says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pickup: bool,
    pickup_place: String,
    pickup_hours: String,
    courier: bool,
}

impl Terms {
    /// Checked words: goods are fetched somewhere, or brought, or both.
    pub fn parse(pickup: bool, place: &str, hours: &str, courier: bool) -> Result<Terms> {
        let mut problems = Vec::new();
        let mut read = |field: &str, text: &str, most: usize| {
            words::short(field, text, most).unwrap_or_else(|problem| {
                problems.push(problem);
                String::new()
            })
        };
        let pickup_place = read("pickup_place", place, PLACE_CHARS_MAX);
        let pickup_hours = read("pickup_hours", hours, HOURS_CHARS_MAX);
        if pickup && pickup_place.is_empty() && problems.is_empty() {
            problems.push(Problem::new("pickup_place", "market-place-wanted"));
        }
        if !pickup && !courier {
            problems.push(Problem::new("pickup", "market-way-wanted"));
        }
        match problems.is_empty() {
            true => Ok(Terms { pickup, pickup_place, pickup_hours, courier }),
            false => Err(Error::Invalid(problems)),
        }
    }
}

/// Opens the shop of the actor's business, or changes its terms; `version` is the one they have seen, 0
/// for a shop that was never open.
pub fn open(tx: &mut Tx<'_>, terms: &Terms, version: i64) -> Result<Shop> {
    let business = own_business(tx)?;
    if !business.trades() {
        return Err(Refusal::NotVerified.into());
    }
    if catalog::product::of_business(tx, &business.id, false, None)?.is_empty() {
        return Err(Refusal::NothingForSale.into());
    }
    let before = of_business(tx, &business.id)?;
    if before.as_ref().map_or(0, |shop| shop.version) != version {
        return Err(Error::Stale);
    }
    let organisation = business.organisation.ok_or(Error::Forbidden)?;
    let now = Timestamp::of(tx);
    let Terms { pickup, pickup_place, pickup_hours, courier } = terms.clone();
    let opened_at = before.as_ref().map_or(now, |shop| shop.opened_at);
    let (changed_at, version) = (now, version + 1);
    let business = business.id;
    let shop = Shop {
        business,
        organisation,
        open: true,
        pickup,
        pickup_place,
        pickup_hours,
        courier,
        opened_at,
        changed_at,
        version,
    };
    save(tx, &shop)?;
    outlet::set(tx, &shop.business, true)?;
    tx.record(&ShopOpened { business: &shop.business, pickup, courier })?;
    Ok(shop)
}

/// Takes no more orders; those that were placed go on.
pub(crate) fn close(tx: &mut Tx<'_>, version: i64) -> Result<Shop> {
    let business = own_business(tx)?;
    let shop = of_business(tx, &business.id)?.ok_or(Error::NotFound)?;
    if shop.version != version {
        return Err(Error::Stale);
    }
    let shop = Shop { open: false, changed_at: Timestamp::of(tx), version: version + 1, ..shop };
    save(tx, &shop)?;
    outlet::set(tx, &shop.business, false)?;
    tx.record(&ShopClosed { business: &shop.business })?;
    Ok(shop)
}

fn save(tx: &mut Tx<'_>, shop: &Shop) -> Result<()> {
    tx.execute(
        "INSERT INTO market_shops (business, organisation, open, pickup, pickup_place, pickup_hours, courier,
             opened_at, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (business) DO UPDATE SET organisation = excluded.organisation,
             open = excluded.open, pickup = excluded.pickup, pickup_place = excluded.pickup_place,
             pickup_hours = excluded.pickup_hours, courier = excluded.courier,
             changed_at = excluded.changed_at, version = excluded.version",
        &[
            &shop.business,
            &shop.organisation,
            &shop.open,
            &shop.pickup,
            &shop.pickup_place,
            &shop.pickup_hours,
            &shop.courier,
            &shop.opened_at,
            &shop.changed_at,
            &shop.version,
        ],
    )?;
    Ok(())
}
