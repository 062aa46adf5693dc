//! An order: one case from the first word of a need to the last rupiah. Names, class and prices are
//! frozen in it, so that no later change elsewhere changes what was agreed.

use base::account::{Organisation, Person};
use base::{Date, Error, FromRow, Id, Read, Result, Row, Rupiah, Timestamp, Tx, db};
use registry::BusinessId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::budget::BudgetLineId;
use crate::line::{self, OrderLine};
use crate::state::State;

/// The identity of an order.
pub type OrderId = Id<Order>;

/// One purchase of one agency at one seller.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    pub id: OrderId,
    /// `PB-2026-000123`, from the day the need was stated.
    pub request_number: String,
    /// The number of the order letter, once there is one.
    pub number: Option<String>,
    pub state: State,
    pub agency: Id<Organisation>,
    pub agency_name: String,
    pub budget_line: BudgetLineId,
    /// Fiscal year of its budget.
    pub year: i64,
    pub seller: SellerThen,
    pub(crate) need: Need,
    pub money: Money,
    pub(crate) people: People,
    pub(crate) times: Times,
    /// The last day of whoever's turn it is.
    pub waits_until: Option<Date>,
    /// Somebody higher was told that it waits too long.
    pub escalated: bool,
    /// Why it ended early, or was closed short.
    pub reason: String,
    pub(crate) payment: Option<PaymentProof>,
    pub invoice_number: Option<String>,
}

/// The seller as it was when the need was stated.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SellerThen {
    pub business: BusinessId,
    /// The organisation that answers for it.
    pub organisation: Id<Organisation>,
    pub name: String,
    pub number: String,
    pub nib: Option<String>,
    /// `micro`, `small`, `medium`, `large`.
    pub size_class: Option<String>,
    /// The village or district it stands in.
    pub region: Option<String>,
}

/// What is needed, where and when.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Need {
    pub(crate) title: String,
    /// `goods`, `works`, `consulting`.
    pub(crate) kind: String,
    pub(crate) place: String,
    pub(crate) wanted_on: Date,
    /// `09.00`, if it matters.
    pub(crate) hour: String,
    /// Whom the seller may ask: a name and a number.
    pub(crate) contact: String,
    /// How many people are fed, when food is bought.
    pub(crate) participants: Option<i64>,
    /// How the price was compared.
    pub(crate) comparison: String,
    /// What proves the contract at this value: `payment_receipt`, `work_order` …
    pub(crate) form: String,
}

/// How much, at each stage.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    pub total: Rupiah,
    /// Worth of what was counted at the door.
    pub received: Rupiah,
    pub invoiced: Rupiah,
    pub paid: Rupiah,
    /// What its budget line holds for it now: reserved, committed or spent.
    pub held: Rupiah,
}

/// Who did what. They are four different people.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct People {
    pub(crate) requester: Id<Person>,
    pub(crate) approver: Option<Id<Person>>,
    pub(crate) payer: Option<Id<Person>>,
}

/// When each step was taken.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Times {
    pub(crate) requested: Timestamp,
    pub(crate) ordered: Option<Timestamp>,
    pub(crate) accepted: Option<Timestamp>,
    pub(crate) delivered: Option<Timestamp>,
    pub(crate) handed_over: Option<Timestamp>,
    pub(crate) invoiced: Option<Timestamp>,
    pub(crate) paid: Option<Timestamp>,
    pub(crate) ended: Option<Timestamp>,
}

/// How it was paid.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct PaymentProof {
    /// `up`, `ls`, `kkpd`.
    pub(crate) method: String,
    /// The number of the SP2D or receipt.
    pub(crate) reference: String,
    pub(crate) paid_on: Date,
}

impl Order {
    /// From BAST to money: the figure that is published.
    pub fn days_to_pay(&self) -> Option<i64> {
        let paid_on = self.payment.as_ref()?.paid_on;
        Some(paid_on.days_since(self.times.handed_over?.date()).max(0))
    }

    /// The number people know it by today.
    pub fn known_as(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.request_number)
    }

    /// The seller agreed to it once: from then on everybody may know of it.
    pub(crate) fn was_agreed(&self) -> bool {
        self.times.accepted.is_some()
    }

    /// Some of it was taken over and the rest is still to come.
    pub(crate) fn is_partial(&self) -> bool {
        self.state == State::Accepted && self.money.received > Rupiah::ZERO
    }

    /// The key of the word for its state, as the seller (`own`) or everybody else reads it.
    pub(crate) fn state_key(&self, own: bool) -> String {
        match self.state {
            _ if self.is_partial() => "procurement-state-part".to_owned(),
            State::Ordered | State::Accepted | State::HandedOver if own => {
                format!("{}-own", self.state.text_key())
            }
            state => state.text_key(),
        }
    }

    /// Its address for people.
    pub fn href(&self) -> String {
        format!("/procurement/orders/{}", self.id)
    }
}

/// Why no column list is repeated: every query of a whole order begins like this.
pub(crate) const SELECT: &str = "SELECT id, request_number, number, state, agency, agency_name, budget_line, \
     year, business, seller, seller_name, seller_number, seller_nib, seller_class, seller_region, title, \
     kind, place, wanted_on, hour, contact, participants, comparison, form, total, received, invoiced, paid, held, \
     requester, approver, payer, requested_at, ordered_at, accepted_at, delivered_at, handed_over_at, \
     invoiced_at, paid_at, ended_at, waits_until, escalated, reason, payment_method, payment_reference, \
     paid_on, invoice_number FROM procurement_orders";

impl FromRow for Order {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Order {
            id: row.take()?,
            request_number: row.take()?,
            number: row.take()?,
            state: row.take()?,
            agency: row.take()?,
            agency_name: row.take()?,
            budget_line: row.take()?,
            year: row.take()?,
            seller: SellerThen::from_row(row)?,
            need: Need::from_row(row)?,
            money: Money::from_row(row)?,
            people: People { requester: row.take()?, approver: row.take()?, payer: row.take()? },
            times: Times::from_row(row)?,
            waits_until: row.take()?,
            escalated: row.take()?,
            reason: row.take()?,
            payment: proof(row)?,
            invoice_number: row.take()?,
        })
    }
}

impl FromRow for SellerThen {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(SellerThen {
            business: row.take()?,
            organisation: row.take()?,
            name: row.take()?,
            number: row.take()?,
            nib: row.take()?,
            size_class: row.take()?,
            region: row.take()?,
        })
    }
}

impl FromRow for Need {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Need {
            title: row.take()?,
            kind: row.take()?,
            place: row.take()?,
            wanted_on: row.take()?,
            hour: row.take()?,
            contact: row.take()?,
            participants: row.take()?,
            comparison: row.take()?,
            form: row.take()?,
        })
    }
}

impl FromRow for Money {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Money {
            total: row.take()?,
            received: row.take()?,
            invoiced: row.take()?,
            paid: row.take()?,
            held: row.take()?,
        })
    }
}

impl FromRow for Times {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Times {
            requested: row.take()?,
            ordered: row.take()?,
            accepted: row.take()?,
            delivered: row.take()?,
            handed_over: row.take()?,
            invoiced: row.take()?,
            paid: row.take()?,
            ended: row.take()?,
        })
    }
}

fn proof(row: &mut Row<'_>) -> Result<Option<PaymentProof>, db::Error> {
    let method: Option<String> = row.take()?;
    let reference: Option<String> = row.take()?;
    let paid_on: Option<Date> = row.take()?;
    let all = method.zip(reference).zip(paid_on);
    Ok(all.map(|((method, reference), paid_on)| PaymentProof { method, reference, paid_on }))
}

/// The order, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &OrderId) -> Result<Order> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// The order and its lines.
pub(crate) fn with_lines(read: &mut Read<'_>, id: &OrderId) -> Result<(Order, Vec<OrderLine>)> {
    let order = find(read, id)?;
    let lines = line::of(read, id)?;
    Ok((order, lines))
}

/// `2026-03`.
const MONTH_CHARS: usize = 7;

/// Stores an order as it stands now. The row exists once, so it is hit once.
pub(crate) fn save(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    let Order { id, number, state, money, people, times, .. } = order;
    let proof = order.payment.as_ref();
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE procurement_orders SET number = $2, state = $3, received = $4, invoiced = $5,
             paid = $6, held = $7, approver = $8, payer = $9, ordered_at = $10, accepted_at = $11,
             delivered_at = $12, handed_over_at = $13, invoiced_at = $14, paid_at = $15,
             ended_at = $16, waits_until = $17, escalated = $18, reason = $19,
             invoice_number = $20, payment_method = $21, payment_reference = $22, paid_on = $23,
             changed_at = $24, month = $25, days_to_pay = $26 WHERE id = $1",
        &[
            id,
            number,
            state,
            &money.received,
            &money.invoiced,
            &money.paid,
            &money.held,
            &people.approver,
            &people.payer,
            &times.ordered,
            &times.accepted,
            &times.delivered,
            &times.handed_over,
            &times.invoiced,
            &times.paid,
            &times.ended,
            &order.waits_until.map(Date::iso),
            &order.escalated,
            &order.reason,
            &order.invoice_number,
            &proof.map(|proof| proof.method.as_str()),
            &proof.map(|proof| proof.reference.as_str()),
            &proof.map(|proof| proof.paid_on.iso()),
            &now,
            &times.ordered.map(|at| at.date().iso()[..MONTH_CHARS].to_owned()),
            &order.days_to_pay(),
        ],
    )?;
    assert_eq!(rows, 1, "an order that was just read is still there");
    Ok(())
}

/// Stores a new order.
pub(crate) fn insert(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    let Order { id, seller, need, money, .. } = order;
    let SellerThen { business, organisation, name, nib, size_class, region, .. } = seller;
    tx.execute(
        "INSERT INTO procurement_orders (id, request_number, state, agency, agency_name,
             budget_line, year, business, seller, seller_name, seller_number, seller_nib,
             seller_class, seller_region, title, kind, place, wanted_on, participants, comparison,
             form, total, received, invoiced, paid, held, requester, requested_at, waits_until,
             escalated, reason, changed_at, hour, contact)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
             $19, $20, $21, $22, 0, 0, 0, $23, $24, $25, $26, $27, '', $25, $28, $29)",
        &[
            id,
            &order.request_number,
            &order.state,
            &order.agency,
            &order.agency_name,
            &order.budget_line,
            &order.year,
            business,
            organisation,
            name,
            &seller.number,
            nib,
            size_class,
            region,
            &need.title,
            &need.kind,
            &need.place,
            &need.wanted_on.iso(),
            &need.participants,
            &need.comparison,
            &need.form,
            &money.total,
            &money.held,
            &order.people.requester,
            &order.times.requested,
            &order.waits_until.map(Date::iso),
            &order.escalated,
            &need.hour,
            &need.contact,
        ],
    )?;
    Ok(())
}

impl Money {
    /// A need that was just stated: all of it is reserved.
    pub(crate) fn of(total: Rupiah) -> Money {
        let zero = Rupiah::ZERO;
        Money { total, received: zero, invoiced: zero, paid: zero, held: total }
    }
}

impl From<Timestamp> for Times {
    fn from(requested: Timestamp) -> Times {
        Times {
            requested,
            ordered: None,
            accepted: None,
            delivered: None,
            handed_over: None,
            invoiced: None,
            paid: None,
            ended: None,
        }
    }
}
