//! What agencies bought elsewhere. Without this record the share bought from the city's businesses
//! would be a fiction; with it, bypass is a figure.

use base::account::{Organisation, OrganisationKind, Person, acting_person, organisation};
use base::message::{self, To};
use base::policy::{
    self, CATEGORIES, ContractForm, Dated, LocalPurchaseObligation, Procured, ValueBands, Wording,
};
use base::{
    Date, Error, FromRow, Id, Problem, Read, Result, Role, Row, Rupiah, Timestamp, Tx, db, require,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::events::{OutsidePurchaseDecided, OutsidePurchaseRecorded};
use crate::refusal::Refusal;
use crate::request::reason_of;
use crate::{APPROVE, INSPECT, REQUEST, WATCH, duties};

/// The identity of an outside purchase.
pub(crate) type OutsidePurchaseId = Id<OutsidePurchase>;

/// Purchases on one page.
pub(crate) const PAGE_ROWS: i64 = 50;
const VENDOR_CHARS: std::ops::RangeInclusive<usize> = 2..=160;
const WHAT_CHARS: std::ops::RangeInclusive<usize> = 3..=300;
const EXPLANATION_CHARS: std::ops::RangeInclusive<usize> = 5..=500;
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
    /// The kind of goods or services, one of the city's, or `other`.
    pub category: String,
    /// Whether the obligation in force on that day bound it.
    pub bound: bool,
    pub recorded_by: Id<Person>,
    /// `waiting` for a second person, `standing`, or `withdrawn`.
    pub state: String,
    /// Why it was withdrawn.
    pub note: String,
    /// The reason in the agency's own words.
    pub explanation: String,
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
            category: row.take()?,
            bound: row.take()?,
            recorded_by: row.take()?,
            state: row.take()?,
            note: row.take()?,
            explanation: row.take()?,
        })
    }
}

/// Why no column list is repeated: every query of a whole purchase begins like this.
const SELECT: &str = "SELECT id, agency, agency_name, vendor, what, amount, bought_on, reason, \
     local_vendor, category, bound, recorded_by, state, note, explanation FROM procurement_outside_purchases";

/// A second person has to confirm it.
const WAITING: &str = "waiting";
/// It counts.
const STANDING: &str = "standing";
/// Taken back.
const WITHDRAWN: &str = "withdrawn";

impl OutsidePurchase {
    /// Its address for people.
    pub(crate) fn href(&self) -> String {
        format!("/procurement/outside-purchases/{}", self.id)
    }

    /// Whether a second person has to confirm it.
    pub(crate) fn waits(&self) -> bool {
        self.state == WAITING
    }

    /// Whether it was taken back.
    pub(crate) fn is_withdrawn(&self) -> bool {
        self.state == WITHDRAWN
    }

    /// The key of its kind's name.
    pub(crate) fn category_key(&self) -> String {
        match self.category.as_str() {
            OTHER => "procurement-outside-category-other".to_owned(),
            kind => format!("catalog-kind-{kind}"),
        }
    }

    /// The tone of its tag.
    pub(crate) fn tone(&self) -> &'static str {
        match self.state.as_str() {
            STANDING => "ok",
            WAITING => "warn",
            _ => "idle",
        }
    }
}

/// Records a purchase.
#[derive(Debug, Clone)]
pub struct Record {
    pub vendor: String,
    pub what: String,
    pub amount: Rupiah,
    pub bought_on: Date,
    /// A code of the obligation's exemptions, or `other` where nothing obliges.
    pub reason: String,
    pub local_vendor: bool,
    /// One of the city's kinds of goods and services, or `other`.
    pub category: String,
    /// The reason in own words; wanted where it is `other`.
    pub explanation: String,
}

/// No kind of the city's, and no reason of the rule.
const OTHER: &str = "other";

/// The obligation to buy through the shop as it stands today for the reader's agency, if it has one.
pub(crate) fn obligation_of_own(
    read: &mut Read<'_>,
) -> Result<Option<Dated<LocalPurchaseObligation>>> {
    let own = duties::organisation(read)?;
    let code = organisation::find(read, &own)?.code;
    let rule = obligation(read)?;
    Ok(rule.filter(|rule| rule.body.agencies.is_empty() || rule.body.agencies.contains(&code)))
}

/// The obligation to buy through the shop as it stands today, if the city has one.
fn obligation(read: &mut Read<'_>) -> Result<Option<Dated<LocalPurchaseObligation>>> {
    let today = Date::today(read);
    policy::maybe_at(read, today)
}

/// The reasons that may be given today: code and words of the rule in force.
pub fn reasons(read: &mut Read<'_>) -> Result<Vec<(String, String)>> {
    let rule = obligation(read)?;
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
    let rule = policy::maybe_at::<LocalPurchaseObligation>(tx, cmd.bought_on)?;
    let rule = rule.filter(|rule| rule.body.covers(&agency.code, &cmd.category, cmd.amount));
    check(tx, cmd, &agency.id, rule.as_ref().map(|rule| &rule.body))?;
    let state = if is_large(tx, cmd.amount)? { WAITING } else { STANDING };
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
        category: cmd.category.clone(),
        bound: rule.is_some(),
        recorded_by: person,
        state: state.to_owned(),
        note: String::new(),
        explanation: cmd.explanation.trim().to_owned(),
    };
    insert(tx, &purchase)?;
    let OutsidePurchase { id, agency, vendor, amount, reason, .. } = &purchase;
    tx.record(&OutsidePurchaseRecorded { purchase: id, agency, vendor, amount: *amount, reason })?;
    if state == WAITING {
        let to = To::Role { organisation: Some(agency.to_string()), role: Role::Approver };
        let args = serde_json::json!({ "a": purchase.what, "b": amount.display() });
        message::tell(tx, &to, "procurement-tell-outside", &args, Some(&purchase.href()))?;
    }
    Ok(purchase)
}

fn insert(tx: &mut Tx<'_>, purchase: &OutsidePurchase) -> Result<()> {
    let OutsidePurchase { id, agency, agency_name, vendor, what, amount, .. } = purchase;
    let now = Timestamp::of(tx);
    tx.execute(
        "INSERT INTO procurement_outside_purchases (id, agency, agency_name, vendor, what, amount,
             bought_on, reason, local_vendor, recorded_by, recorded_at, state, note,
             category, bound, explanation)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', $13, $14, $15)",
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
            &purchase.recorded_by,
            &now,
            &purchase.state,
            &purchase.category,
            &purchase.bound,
            &purchase.explanation,
        ],
    )?;
    Ok(())
}

/// A second person of the agency says that a large purchase is as recorded: from now on it counts.
pub(crate) fn confirm(tx: &mut Tx<'_>, id: &OutsidePurchaseId) -> Result<OutsidePurchase> {
    require(tx, APPROVE)?;
    let person = acting_person(tx)?;
    let purchase = own(tx, id)?;
    if purchase.recorded_by == person {
        return Err(Refusal::RequesterApproves.into());
    }
    if purchase.state != WAITING {
        return Err(Refusal::OutsideDecided.into());
    }
    decide(tx, purchase, STANDING, "")
}

/// Who recorded a purchase takes it back, with a reason: it counts no more, and stays to be seen.
pub(crate) fn withdraw(
    tx: &mut Tx<'_>,
    id: &OutsidePurchaseId,
    reason: &str,
) -> Result<OutsidePurchase> {
    require(tx, REQUEST)?;
    let person = acting_person(tx)?;
    let purchase = own(tx, id)?;
    if purchase.recorded_by != person {
        return Err(Error::Forbidden);
    }
    if purchase.state == WITHDRAWN {
        return Err(Refusal::OutsideDecided.into());
    }
    let reason = reason_of(reason)?;
    decide(tx, purchase, WITHDRAWN, &reason)
}

fn own(tx: &mut Tx<'_>, id: &OutsidePurchaseId) -> Result<OutsidePurchase> {
    let purchase = find(tx, id)?;
    if duties::acts_for(tx, &purchase.agency) { Ok(purchase) } else { Err(Error::NotFound) }
}

fn decide(
    tx: &mut Tx<'_>,
    purchase: OutsidePurchase,
    state: &str,
    reason: &str,
) -> Result<OutsidePurchase> {
    let (now, person) = (Timestamp::of(tx), acting_person(tx)?);
    let rows = tx.execute(
        "UPDATE procurement_outside_purchases
         SET state = $2, decided_by = $3, decided_at = $4, note = $5 WHERE id = $1",
        &[&purchase.id, &state, &person, &now, &reason],
    )?;
    assert_eq!(rows, 1, "the purchase was just read");
    let (id, amount) = (&purchase.id, purchase.amount);
    tx.record(&OutsidePurchaseDecided { purchase: id, amount, state, reason })?;
    Ok(OutsidePurchase { state: state.to_owned(), note: reason.to_owned(), ..purchase })
}

/// One purchase, for whoever may see it: the agency and the inspectorate.
pub(crate) fn seen(read: &mut Read<'_>, id: &OutsidePurchaseId) -> Result<OutsidePurchase> {
    let purchase = find(read, id)?;
    let own = read.actor().may(WATCH.0) && duties::acts_for(read, &purchase.agency);
    if own || read.actor().may(INSPECT.0) { Ok(purchase) } else { Err(Error::NotFound) }
}

fn find(read: &mut Read<'_>, id: &OutsidePurchaseId) -> Result<OutsidePurchase> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// What a plain proof of purchase is enough for needs no second pair of eyes; above it one slip of the
/// hand would change what the public reads of the whole city.
fn is_large(read: &mut Read<'_>, amount: Rupiah) -> Result<bool> {
    let today = Date::today(read);
    let bands = policy::at::<ValueBands>(read, today)?.body;
    Ok(bands.form(Procured::Goods, amount) != ContractForm::PurchaseProof)
}

/// Under a strict obligation only the reasons it names let an agency buy elsewhere.
fn check(
    tx: &mut Tx<'_>,
    cmd: &Record,
    agency: &Id<Organisation>,
    bound_by: Option<&LocalPurchaseObligation>,
) -> Result<()> {
    let today = Date::today(tx);
    let strict = bound_by.is_some_and(|rule| rule.wording == Wording::Must);
    // A reason of the day of the purchase counts, and so does one that the form offers today.
    let known = bound_by.is_some_and(|rule| rule.exemption(&cmd.reason).is_some())
        || reasons(tx)?.iter().any(|(code, _)| *code == cmd.reason);
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
    let sorted = cmd.category == OTHER || CATEGORIES.contains(&cmd.category.as_str());
    want(sorted, "category", "procurement-outside-category-wanted");
    match cmd.reason.as_str() {
        OTHER => want(!strict, "reason", "procurement-outside-reason-named"),
        _ => want(known, "reason", "procurement-outside-reason-wanted"),
    }
    let said = length(&cmd.explanation);
    let explained = EXPLANATION_CHARS.contains(&said) || (said == 0 && cmd.reason != OTHER);
    want(explained, "explanation", "procurement-outside-explanation-wanted");
    let days = today.days_since(cmd.bought_on);
    want((0..=DAYS_BACK_MAX).contains(&days), "bought_on", "procurement-bought-on-wanted");
    if let Some(ceiling) = above(tx, agency, cmd)? {
        let code = "procurement-outside-above-ceiling";
        problems.push(Problem::with("amount", code, ceiling.display()));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// The agency's ceilings of that year, when this purchase and what else it bought elsewhere come to
/// more. An agency whose budget is not here yet is not held to it.
fn above(tx: &mut Tx<'_>, agency: &Id<Organisation>, cmd: &Record) -> Result<Option<Rupiah>> {
    let year = cmd.bought_on.year();
    let ceiling: i64 = tx.count(
        "SELECT CAST(COALESCE(SUM(ceiling), 0) AS BIGINT) FROM procurement_budget_lines
         WHERE agency = $1 AND year = $2",
        &[agency, &year],
    )?;
    let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let spent: i64 = tx.count(
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM procurement_outside_purchases
         WHERE agency = $1 AND bought_on BETWEEN $2 AND $3 AND state <> 'withdrawn'",
        &[agency, &first, &last],
    )?;
    let above = ceiling > 0 && spent + cmd.amount.amount() > ceiling;
    Ok(Rupiah::parse(ceiling).filter(|_| above))
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
    let sql = format!(
        "{SELECT} WHERE (agency = $1 OR CAST($5 AS BOOLEAN)) AND (bought_on, id) < ($2, $3)
         ORDER BY bought_on DESC, id DESC LIMIT $4"
    );
    Ok(read.all(&sql, &[&agency, &day, &id, &PAGE_ROWS, &every])?)
}
