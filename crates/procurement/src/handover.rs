//! Counting at the door: the receiver takes over what is there (BAST), sends it back, or closes the
//! order short. What was counted is owed to the seller from this moment.

use base::{
    Date, Error, FromRow, Id, Problem, Read, Result, Row, Rupiah, Timestamp, Tx, db, require,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::events::{HandedOver, Returned};
use crate::line::{self, Counted, OrderLine};
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::request::reason_of;
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::{RECEIVE, acceptance, duties, ocds, paper, postings, tell};

/// The identity of a handover.
pub(crate) type HandoverId = Id<Handover>;

/// Photos of one handover.
pub(crate) const PHOTOS_MAX: usize = 4;
/// Who counted, when nobody did and the clock decided.
pub(crate) const BY_THE_CLOCK: &str = "system";

/// Goods that were taken over.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Handover {
    pub(crate) id: HandoverId,
    /// Of the BAST.
    pub(crate) number: String,
    pub(crate) receiver: String,
    pub(crate) day: Date,
    pub(crate) value: Rupiah,
    /// Nothing more will come.
    pub(crate) complete: bool,
    /// Why it was less than ordered.
    pub(crate) reason: String,
    pub(crate) at: Timestamp,
}

impl FromRow for Handover {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Handover {
            id: row.take()?,
            number: row.take()?,
            receiver: row.take()?,
            day: row.take()?,
            value: row.take()?,
            complete: row.take()?,
            reason: row.take()?,
            at: row.take()?,
        })
    }
}

/// What happens with what was not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// The seller brings it, and it is counted again.
    Comes,
    /// Nothing more will come: the order is closed with what is there.
    Closed,
}

/// What the receiver found.
#[derive(Debug, Clone)]
pub struct Count {
    pub order: OrderId,
    /// For each line, in its order, how many good ones are there now.
    pub counts: Vec<i64>,
    /// For each line, how many came broken; empty when none did.
    pub broken: Vec<i64>,
    /// Wanted when something is missing and something is taken over.
    pub rest: Option<Rest>,
    /// Wanted when something is missing.
    pub reason: String,
    /// As `web::photo::keep_private` knows them.
    pub photos: Vec<String>,
}

/// Takes over what was counted. Where nothing is good, everything goes back to the seller: the order
/// ends only by the approver.
pub fn hand_over(tx: &mut Tx<'_>, cmd: &Count) -> Result<Order> {
    require(tx, RECEIVE)?;
    let (mut order, lines) = order::with_lines(tx, &cmd.order)?;
    let receiver = duties::receiver(tx, &order)?;
    if order.state != State::Delivered {
        return Err(Refusal::step(State::Delivered, order.state).into());
    }
    let counted = check(cmd, lines)?;
    let short = counted.iter().any(|counted| counted.rest() > 0);
    let nothing = counted.iter().all(|counted| counted.good == 0);
    let closes = cmd.rest == Some(Rest::Closed) && order.money.received > Rupiah::ZERO;
    let reason = why(cmd, short, nothing)?;
    if nothing && !closes {
        send_back(tx, &mut order, &counted, &reason)?;
        return Ok(order);
    }
    let taken = Taken {
        receiver: receiver.as_str(),
        counted: &counted,
        complete: !short || cmd.rest == Some(Rest::Closed),
        reason: &reason,
        photos: &cmd.photos,
    };
    take_over(tx, &mut order, &taken)?;
    Ok(order)
}

/// Nobody counted in time: silence counts as consent, and everything delivered is owed.
pub(crate) fn deem(tx: &mut Tx<'_>, id: &OrderId) -> Result<()> {
    let (mut order, lines) = order::with_lines(tx, id)?;
    if order.state != State::Delivered {
        return Ok(());
    }
    let all = |line: OrderLine| Counted { good: line.missing(), broken: 0, line };
    let counted: Vec<Counted> = lines.into_iter().map(all).collect();
    let (receiver, photos) = (BY_THE_CLOCK, &[]);
    let taken = Taken { receiver, counted: &counted, complete: true, reason: "", photos };
    take_over(tx, &mut order, &taken)?;
    tell::head(tx, &order, "procurement-tell-deemed")
}

struct Taken<'a> {
    receiver: &'a str,
    counted: &'a [Counted],
    complete: bool,
    reason: &'a str,
    photos: &'a [String],
}

fn check(cmd: &Count, lines: Vec<OrderLine>) -> Result<Vec<Counted>> {
    let broken = cmd.broken.is_empty() || cmd.broken.len() == lines.len();
    if cmd.counts.len() != lines.len() || !broken {
        return Err(Refusal::Lines.into());
    }
    let mut problems = Vec::new();
    if cmd.photos.len() > PHOTOS_MAX {
        problems.push(Problem::with("photos", "procurement-too-many-photos", PHOTOS_MAX));
    }
    let mut counted = Vec::with_capacity(lines.len());
    for ((i, line), good) in lines.into_iter().enumerate().zip(&cmd.counts) {
        let (good, broken) = (*good, cmd.broken.get(i).copied().unwrap_or(0));
        let left = line.missing();
        let mut wrong = |name: &str, code: &'static str, most: i64| {
            problems.push(Problem::with(format!("{name}_{}", line.position), code, most));
        };
        if !(0..=left).contains(&good) {
            wrong("count", "procurement-counted-too-many", left);
        } else if !(0..=left - good).contains(&broken) {
            wrong("broken", "procurement-broken-too-many", left - good);
        }
        counted.push(Counted { line, good, broken });
    }
    if problems.is_empty() { Ok(counted) } else { Err(Error::Invalid(problems)) }
}

/// The reason, and whether it was said what happens with the rest: all that is missing is told at once.
fn why(cmd: &Count, short: bool, nothing: bool) -> Result<String> {
    if !short {
        return Ok(String::new());
    }
    let mut problems = Vec::new();
    if cmd.rest.is_none() && !nothing {
        problems.push(Problem::new("rest", "procurement-rest-wanted"));
    }
    match reason_of(&cmd.reason) {
        Ok(reason) if problems.is_empty() => return Ok(reason),
        Err(Error::Invalid(more)) => problems.extend(more),
        Ok(_) => {}
        Err(error) => return Err(error),
    }
    Err(Error::Invalid(problems))
}

fn send_back(tx: &mut Tx<'_>, order: &mut Order, counted: &[Counted], reason: &str) -> Result<()> {
    for counted in counted {
        line::receive(tx, &order.id, counted)?;
    }
    order.state = State::Accepted;
    order.reason = reason.to_owned();
    waiting::begin(tx, order, Waiting::Delivery)?;
    order::save(tx, order)?;
    tx.record(&Returned { order: &order.id, reason })?;
    tell::requester(tx, order, "procurement-tell-nothing-taken")?;
    tell::seller(tx, order, "procurement-tell-returned")
}

fn take_over(tx: &mut Tx<'_>, order: &mut Order, taken: &Taken<'_>) -> Result<()> {
    let value = Rupiah::sum(taken.counted.iter().map(Counted::worth));
    let value = value.expect("no more is counted than was ordered");
    let handover = Handover {
        id: tx.new_id(),
        number: String::new(),
        receiver: taken.receiver.to_owned(),
        day: Date::today(tx),
        value,
        complete: taken.complete,
        reason: taken.reason.to_owned(),
        at: Timestamp::of(tx),
    };
    for counted in taken.counted {
        line::receive(tx, &order.id, counted)?;
    }
    if value > Rupiah::ZERO {
        postings::receive(tx, order, value)?;
    }
    let received = order.money.received.plus(value);
    order.money.received = received.expect("no more is received than was ordered");
    let released = if taken.complete { close(tx, order)? } else { Rupiah::ZERO };
    order.state = if taken.complete { State::HandedOver } else { State::Accepted };
    order.reason = taken.reason.to_owned();
    order.times.handed_over = Some(handover.at);
    let next = if taken.complete { Waiting::Invoice } else { Waiting::Delivery };
    waiting::begin(tx, order, next)?;
    let number = paper::handover_record(tx, order, &handover, taken.counted)?;
    let handover = Handover { number, ..handover };
    insert(tx, &order.id, &handover, taken)?;
    order::save(tx, order)?;
    tx.record(&HandedOver {
        order: &order.id,
        handover: handover.id.as_str(),
        number: &handover.number,
        value,
        complete: taken.complete,
        deemed: taken.receiver == BY_THE_CLOCK,
        reason: taken.reason,
        released,
    })?;
    ocds::publish(tx, order, ocds::Tag::Implementation)?;
    tell_seller(tx, order)
}

/// The seller is told what to do next: to send the invoice, or to bring what is still owed.
fn tell_seller(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    if order.state == State::HandedOver {
        let value = order.money.received.display();
        return tell::seller_about(tx, order, "procurement-tell-handed-over", &value);
    }
    let owed = line::owed(&line::of(tx, &order.id)?);
    tell::seller_about(tx, order, "procurement-tell-part", &owed)
}

/// What does not come any more is free again, in the budget and on the seller's shelf.
fn close(tx: &mut Tx<'_>, order: &mut Order) -> Result<Rupiah> {
    let rest = order.money.held.minus(order.money.received);
    let rest = rest.expect("no more is received than is held");
    postings::release(tx, order, rest)?;
    order.money.held = order.money.received;
    acceptance::put_back(tx, order)?;
    Ok(rest)
}

fn insert(tx: &mut Tx<'_>, order: &OrderId, handover: &Handover, taken: &Taken<'_>) -> Result<()> {
    let Handover { id, number, receiver, day, value, complete, reason, at } = handover;
    tx.execute(
        "INSERT INTO procurement_handovers (id, order_id, number, receiver, day, value, complete,
             reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[id, order, number, receiver, &day.iso(), value, complete, reason, at],
    )?;
    for counted in taken.counted {
        tx.execute(
            "INSERT INTO procurement_handover_lines (handover, position, counted, broken)
             VALUES ($1, $2, $3, $4)",
            &[id, &counted.line.position, &counted.good, &counted.broken],
        )?;
    }
    for (position, photo) in (1_i64..).zip(taken.photos) {
        tx.execute(
            "INSERT INTO procurement_photos (handover, position, photo) VALUES ($1, $2, $3)",
            &[id, &position, photo],
        )?;
    }
    Ok(())
}

/// The handovers of an order, oldest first.
pub(crate) fn of(read: &mut Read<'_>, order: &OrderId) -> Result<Vec<Handover>> {
    Ok(read.all(
        "SELECT id, number, receiver, day, value, complete, reason, at
         FROM procurement_handovers WHERE order_id = $1 ORDER BY id",
        &[order],
    )?)
}

/// The photos of an order, oldest first.
pub(crate) fn photos(read: &mut Read<'_>, order: &OrderId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = read.all(
        "SELECT p.photo FROM procurement_photos p
         JOIN procurement_handovers h ON h.id = p.handover
         WHERE h.order_id = $1 ORDER BY p.handover, p.position",
        &[order],
    )?;
    Ok(rows.into_iter().map(|(photo,)| photo).collect())
}

/// Who counted goods of this order.
pub(crate) fn receivers(read: &mut Read<'_>, order: &OrderId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = read.all(
        "SELECT DISTINCT receiver FROM procurement_handovers WHERE order_id = $1 ORDER BY receiver",
        &[order],
    )?;
    Ok(rows.into_iter().map(|(receiver,)| receiver).collect())
}

/// The photos of all handovers.
pub(crate) fn photo_hashes(read: &mut Read<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        read.all("SELECT photo FROM procurement_photos ORDER BY handover, position", &[])?;
    Ok(rows.into_iter().map(|(photo,)| photo).collect())
}
