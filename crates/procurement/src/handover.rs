//! Counting at the door: the receiver takes over what is there (BAST), sends it back, or closes the
//! order short. What was counted is owed to the seller from this moment.

use base::{
    Date, Error, FromRow, Id, Problem, Read, Result, Row, Rupiah, Timestamp, Tx, db, require,
};
use catalog::stock;
use schemars::JsonSchema;
use serde::Serialize;

use crate::events::{Cancelled, HandedOver, Returned};
use crate::line::{self, OrderLine};
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::request::{end, reason_of};
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

/// What the receiver found.
#[derive(Debug, Clone)]
pub struct Count {
    pub order: OrderId,
    /// For each line, in its order, how many good ones are there now.
    pub counts: Vec<i64>,
    /// The seller will bring what is missing; otherwise the order is closed short.
    pub rest_comes: bool,
    /// Wanted when something is missing.
    pub reason: String,
    /// As `web::photo::keep` knows them.
    pub photos: Vec<String>,
}

/// Takes over what was counted.
pub fn hand_over(tx: &mut Tx<'_>, cmd: &Count) -> Result<Order> {
    require(tx, RECEIVE)?;
    let (mut order, lines) = order::with_lines(tx, &cmd.order)?;
    let receiver = duties::receiver(tx, &order)?;
    if order.state != State::Delivered {
        return Err(Refusal::NotDelivered.into());
    }
    check(cmd, &lines)?;
    let short = lines.iter().zip(&cmd.counts).any(|(line, count)| *count < line.missing());
    let reason = if short { reason_of(&cmd.reason)? } else { String::new() };
    let nothing = cmd.counts.iter().all(|count| *count == 0);
    match (nothing, cmd.rest_comes) {
        (true, true) => send_back(tx, &mut order, &reason)?,
        (true, false) if order.money.received == Rupiah::ZERO => {
            acceptance::put_back(tx, &order)?;
            let released = end(tx, &mut order, State::Cancelled, &reason)?;
            tx.record(&Cancelled { order: &order.id, reason: &reason, released })?;
            ocds::publish(tx, &order, ocds::Tag::ContractTermination)?;
            tell::seller(tx, &order, "procurement-tell-cancelled")?;
        }
        _ => {
            let complete = !short || !cmd.rest_comes;
            let taken = Taken {
                receiver: receiver.as_str(),
                counts: &cmd.counts,
                complete,
                reason: &reason,
                photos: &cmd.photos,
            };
            take_over(tx, &mut order, &lines, &taken)?;
        }
    }
    Ok(order)
}

/// Nobody counted in time: silence counts as consent, and everything delivered is owed.
pub(crate) fn deem(tx: &mut Tx<'_>, id: &OrderId) -> Result<()> {
    let (mut order, lines) = order::with_lines(tx, id)?;
    if order.state != State::Delivered {
        return Ok(());
    }
    let counts: Vec<i64> = lines.iter().map(OrderLine::missing).collect();
    let (receiver, photos) = (BY_THE_CLOCK, &[]);
    let taken = Taken { receiver, counts: &counts, complete: true, reason: "", photos };
    take_over(tx, &mut order, &lines, &taken)?;
    tell::head(tx, &order, "procurement-tell-deemed")
}

struct Taken<'a> {
    receiver: &'a str,
    counts: &'a [i64],
    complete: bool,
    reason: &'a str,
    photos: &'a [String],
}

fn check(cmd: &Count, lines: &[OrderLine]) -> Result<()> {
    if cmd.counts.len() != lines.len() {
        return Err(Refusal::Lines.into());
    }
    if cmd.photos.len() > PHOTOS_MAX {
        let problem = Problem::with("photos", "procurement-too-many-photos", PHOTOS_MAX);
        return Err(Error::Invalid(vec![problem]));
    }
    let wrong = lines
        .iter()
        .zip(&cmd.counts)
        .filter(|(line, count)| !(0..=line.missing()).contains(*count));
    let problems: Vec<Problem> = wrong
        .map(|(line, _)| {
            let field = format!("count_{}", line.position);
            Problem::with(field, "procurement-counted-too-many", line.missing())
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

fn send_back(tx: &mut Tx<'_>, order: &mut Order, reason: &str) -> Result<()> {
    order.state = State::Accepted;
    order.reason = reason.to_owned();
    waiting::begin(tx, order, Waiting::Delivery)?;
    order::save(tx, order)?;
    tx.record(&Returned { order: &order.id, reason })?;
    tell::seller(tx, order, "procurement-tell-returned")
}

fn take_over(
    tx: &mut Tx<'_>,
    order: &mut Order,
    lines: &[OrderLine],
    taken: &Taken<'_>,
) -> Result<()> {
    let counted: Vec<(&OrderLine, i64)> = lines.iter().zip(taken.counts.iter().copied()).collect();
    let value = Rupiah::sum(counted.iter().map(|(line, count)| line.worth(*count)));
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
    for (line, count) in &counted {
        line::receive(tx, &order.id, line.position, *count)?;
    }
    if value > Rupiah::ZERO {
        postings::receive(tx, order, value)?;
    }
    let received = order.money.received.plus(value);
    order.money.received = received.expect("no more is received than was ordered");
    let released = if taken.complete { close(tx, order, &counted)? } else { Rupiah::ZERO };
    order.state = if taken.complete { State::HandedOver } else { State::Accepted };
    order.reason = taken.reason.to_owned();
    order.times.handed_over = Some(handover.at);
    let next = if taken.complete { Waiting::Invoice } else { Waiting::Delivery };
    waiting::begin(tx, order, next)?;
    let number = paper::handover_record(tx, order, &handover, &counted)?;
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
    tell::seller(tx, order, "procurement-tell-handed-over")
}

/// What does not come any more is free again, in the budget and on the seller's shelf.
fn close(tx: &mut Tx<'_>, order: &mut Order, counted: &[(&OrderLine, i64)]) -> Result<Rupiah> {
    let rest = order.money.held.minus(order.money.received);
    let rest = rest.expect("no more is received than is held");
    postings::release(tx, order, rest)?;
    order.money.held = order.money.received;
    for (line, count) in counted {
        if let Some(product) = &line.product {
            stock::put_back(tx, product, line.missing() - count, order.id.as_str())?;
        }
    }
    Ok(rest)
}

fn insert(tx: &mut Tx<'_>, order: &OrderId, handover: &Handover, taken: &Taken<'_>) -> Result<()> {
    let Handover { id, number, receiver, day, value, complete, reason, at } = handover;
    tx.execute(
        "INSERT INTO procurement_handovers (id, order_id, number, receiver, day, value, complete,
             reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[id, order, number, receiver, &day.iso(), value, complete, reason, at],
    )?;
    for (position, counted) in (1_i64..).zip(taken.counts) {
        tx.execute(
            "INSERT INTO procurement_handover_lines (handover, position, counted)
             VALUES ($1, $2, $3)",
            &[id, &position, counted],
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
