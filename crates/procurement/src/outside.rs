//! What agencies bought elsewhere. Without this record the share bought from the city's businesses
//! would be a fiction; with it, bypass is a figure.

use base::account::{Organisation, OrganisationKind, acting_person, organisation};
use base::policy::{self, LocalPurchaseObligation};
use base::{
    Date, Error, FromRow, Id, Problem, Read, Result, Row, Rupiah, Timestamp, Tx, db, require,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::events::OutsidePurchaseRecorded;
use crate::{INSPECT, REQUEST, duties};

/// The identity of an outside purchase.
pub(crate) type OutsidePurchaseId = Id<OutsidePurchase>;

/// Purchases on one page.
pub(crate) const PAGE_ROWS: i64 = 50;
const VENDOR_CHARS: std::ops::RangeInclusive<usize> = 2..=160;
const WHAT_CHARS: std::ops::RangeInclusive<usize> = 3..=300;
/// A purchase is recorded within a year.
const DAYS_BACK_MAX: i64 = 366;

/// Something that was bought outside the shop.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct OutsidePurchase {
    pub id: OutsidePurchaseId,
    pub agency: Id<Organisation>,
    pub agency_name: String,
    pub vendor: String,
    pub what: String,
    pub amount: Rupiah,
    pub bought_on: Date,
    /// The reason's code, from the obligation in force, or `other`.
    pub reason: String,
    /// Whether the vendor is of this city.
    pub local_vendor: bool,
}

impl FromRow for OutsidePurchase {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(OutsidePurchase {
            id: row.take()?,
            agency: row.take()?,
            agency_name: row.take()?,
            vendor: row.take()?,
            what: row.take()?,
            amount: row.take()?,
            bought_on: row.take()?,
            reason: row.take()?,
            local_vendor: row.take()?,
        })
    }
}

/// Records a purchase.
#[derive(Debug, Clone)]
pub struct Record {
    pub vendor: String,
    pub what: String,
    pub amount: Rupiah,
    pub bought_on: Date,
    pub reason: String,
    pub local_vendor: bool,
}

/// The reasons that may be given today: code and words of the rule in force.
pub fn reasons(read: &mut Read<'_>) -> Result<Vec<(String, String)>> {
    let today = Date::today(read);
    let rule = policy::maybe_at::<LocalPurchaseObligation>(read, today)?;
    let exemptions = rule.map(|rule| rule.body.exemptions).unwrap_or_default();
    Ok(exemptions.into_iter().map(|exemption| (exemption.code, exemption.reason)).collect())
}

/// Records what the actor's agency bought elsewhere.
pub fn record(tx: &mut Tx<'_>, cmd: &Record) -> Result<OutsidePurchase> {
    require(tx, REQUEST)?;
    let person = acting_person(tx)?;
    let own = duties::organisation(tx)?;
    let agency = organisation::find(tx, &own)?;
    if agency.kind != OrganisationKind::Agency {
        return Err(Error::Forbidden);
    }
    check(tx, cmd)?;
    let purchase = OutsidePurchase {
        id: tx.new_id(),
        agency: agency.id,
        agency_name: agency.name,
        vendor: cmd.vendor.trim().to_owned(),
        what: cmd.what.trim().to_owned(),
        amount: cmd.amount,
        bought_on: cmd.bought_on,
        reason: cmd.reason.clone(),
        local_vendor: cmd.local_vendor,
    };
    let OutsidePurchase { id, agency, agency_name, vendor, what, amount, .. } = &purchase;
    let now = Timestamp::of(tx);
    tx.execute(
        "INSERT INTO procurement_outside_purchases (id, agency, agency_name, vendor, what, amount,
             bought_on, reason, local_vendor, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            id,
            agency,
            agency_name,
            vendor,
            what,
            amount,
            &purchase.bought_on.iso(),
            &purchase.reason,
            &purchase.local_vendor,
            &person,
            &now,
        ],
    )?;
    let (amount, reason) = (*amount, purchase.reason.as_str());
    tx.record(&OutsidePurchaseRecorded { purchase: id, agency, vendor, amount, reason })?;
    Ok(purchase)
}

fn check(tx: &mut Tx<'_>, cmd: &Record) -> Result<()> {
    let today = Date::today(tx);
    let known = reasons(tx)?.iter().any(|(code, _)| *code == cmd.reason);
    let mut problems = Vec::new();
    let mut want = |right: bool, field: &str, code: &'static str| {
        if !right {
            problems.push(Problem::new(field, code));
        }
    };
    let length = |text: &str| text.trim().chars().count();
    want(VENDOR_CHARS.contains(&length(&cmd.vendor)), "vendor", "procurement-vendor-wanted");
    want(WHAT_CHARS.contains(&length(&cmd.what)), "what", "procurement-what-wanted");
    want(cmd.amount > Rupiah::ZERO, "amount", "procurement-amount-wanted");
    want(known || cmd.reason == "other", "reason", "procurement-outside-reason-wanted");
    let days = today.days_since(cmd.bought_on);
    want((0..=DAYS_BACK_MAX).contains(&days), "bought_on", "procurement-bought-on-wanted");
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// Purchases elsewhere, newest first, from behind a cursor: the own agency's; of all or of the one
/// asked for, for the inspectorate.
pub(crate) fn watched(
    read: &mut Read<'_>,
    agency: Option<&str>,
    after: Option<&str>,
) -> Result<Vec<OutsidePurchase>> {
    let inspects = read.actor().may(INSPECT.0);
    let every = inspects && agency.is_none();
    let own = read.actor().on_behalf_of.clone();
    let agency = if inspects { agency.map(str::to_owned) } else { own }.unwrap_or_default();
    // `~` sorts behind every character of a day and an id.
    let (day, id) = after.and_then(|cursor| cursor.split_once('.')).unwrap_or(("~", "~"));
    Ok(read.all(
        "SELECT id, agency, agency_name, vendor, what, amount, bought_on, reason, local_vendor
         FROM procurement_outside_purchases
         WHERE (agency = $1 OR CAST($5 AS BOOLEAN)) AND (bought_on, id) < ($2, $3)
         ORDER BY bought_on DESC, id DESC LIMIT $4",
        &[&agency, &day, &id, &PAGE_ROWS, &every],
    )?)
}
