//! Buyer and seller settle between them what was wrong with an order: the buyer complains with a photo, the
//! seller answers, the buyer takes the answer or insists. From the complaint on the order's money is frozen.

use base::{Date, Error, Problem, Result, Rupiah, Timestamp, Tx, words};

use crate::complaint::{self, By, Complaint, Kind, Stage};
use crate::events::{ComplaintAnswered, ComplaintContested, ComplaintRaised};
use crate::order::{self, Order, OrderId, OrderLine};
use crate::order_group::GroupId;
use crate::refusal::Refusal;
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::{paying, rules, settlement, tell};

/// The longest words of either side.
pub(crate) const WORDS_CHARS_MAX: usize = 500;

/// What a buyer complains about.
#[derive(Debug, Clone)]
pub struct Complain {
    /// What is wrong.
    pub kind: Kind,
    /// In the buyer's words.
    pub words: String,
    /// Pieces of each line of the order, in its order, that it is about.
    pub pieces: Vec<i64>,
    /// The hash of a photo; empty without one.
    pub photo: String,
}

/// The buyer, who holds the group's link, says that something is wrong.
pub fn complain(tx: &mut Tx<'_>, group: &GroupId, id: &OrderId, cmd: &Complain) -> Result<Order> {
    let mut order = order::of_group_one(tx, group, id)?;
    admit(tx, &order)?;
    let lines = order::lines(tx, id)?;
    let (claimed, pieces) = claim(&order, &lines, cmd)?;
    if order.state == State::Completed {
        paying::hold_again(tx, &order)?;
    }
    let new = Complaint {
        id: tx.new_id(),
        order: id.clone(),
        business: order.business.clone(),
        kind: cmd.kind,
        words: cmd.words.clone(),
        photo: cmd.photo.clone(),
        claimed,
        stage: Stage::Answering,
        opened_at: Timestamp::of(tx),
        offered: None,
        answer: String::new(),
        answer_photo: String::new(),
        answered_at: None,
        reply: String::new(),
        replied_at: None,
        refunded: None,
        decision: String::new(),
        settled_by: None,
        settled_at: None,
    };
    complaint::insert(tx, &new, &pieces)?;
    (order.state, order.ended_at) = (State::Complaint, None);
    waiting::begin(tx, &mut order, Waiting::Answer)?;
    order::save(tx, &order)?;
    let (complaint, what, answer_until) = (&new.id, cmd.kind.code(), order.waits_until);
    tx.record(&ComplaintRaised { order: id, complaint, what, claimed, answer_until })?;
    tell::seller(tx, &order, "market-tell-complaint")?;
    Ok(order)
}

/// Whether an order can be complained about today.
pub(crate) fn admit(tx: &mut base::Read<'_>, order: &Order) -> Result<()> {
    if complaint::of_order(tx, &order.id)?.is_some() {
        return Err(Refusal::ComplainedBefore.into());
    }
    match order.state {
        State::Shipped | State::HandedOver => Ok(()),
        // Its seller has the cash: nothing is held that could be given back.
        State::Completed if !order.is_held() => Err(Refusal::TooLateToComplain.into()),
        State::Completed => {
            let days = rules::complaining(tx)?.complain_days;
            let completed = order.completed_at.map(Timestamp::date);
            let last = completed.map(|day| day.plus_days(days));
            match last.is_some_and(|last| Date::today(tx) <= last) {
                true => Ok(()),
                false => Err(Refusal::TooLateToComplain.into()),
            }
        }
        _ => Err(Refusal::NotNow.into()),
    }
}

impl Complain {
    /// Checked words and numbers, `shown` with a photo that is put in later; whether they fit the order is
    /// seen when it is read.
    pub(crate) fn parse(kind: &str, text: &str, pieces: Vec<i64>, shown: bool) -> Result<Complain> {
        let mut problems = Vec::new();
        let kind = Kind::parse(kind);
        if kind.is_none() {
            problems.push(Problem::new("kind", "market-complaint-kind-wanted"));
        }
        let words = words::reason("words", text, WORDS_CHARS_MAX, "market-complaint-words-wanted");
        let words = words.map_err(|problem| problems.push(problem)).unwrap_or_default();
        if kind.is_some_and(Kind::needs_photo) && !shown {
            problems.push(Problem::new("photo", "market-complaint-photo-wanted"));
        }
        match kind {
            Some(kind) if problems.is_empty() => {
                Ok(Complain { kind, words, pieces, photo: String::new() })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    /// Whether the pieces are some of the order's.
    pub(crate) fn check(&self, order: &Order, lines: &[OrderLine]) -> Result<()> {
        claim(order, lines, self).map(drop)
    }
}

/// What the pieces cost, and the courier where it is about all of them; with their places.
fn claim(order: &Order, lines: &[OrderLine], cmd: &Complain) -> Result<(Rupiah, Vec<(i64, i64)>)> {
    if cmd.kind == Kind::NeverCame {
        let all = (0_i64..).zip(lines).map(|(position, line)| (position, line.count));
        return Ok((order.total(), all.collect()));
    }
    let (mut sum, mut pieces) = (Rupiah::ZERO, Vec::new());
    for ((position, line), count) in (0_i64..).zip(lines).zip(&cmd.pieces) {
        if !(0..=line.count).contains(count) {
            let field = format!("count_{position}");
            return Err(Error::Invalid(vec![Problem::with(
                field,
                "market-complaint-count",
                line.count,
            )]));
        }
        if *count > 0 {
            let cost = line.price.times(*count).and_then(|cost| sum.plus(cost));
            sum = cost.expect("less than the order's sum, which was checked");
            pieces.push((position, *count));
        }
    }
    if pieces.is_empty() {
        return Err(Error::invalid("count_0", "market-complaint-pieces-wanted"));
    }
    let claimed = if sum == order.goods { order.total() } else { sum };
    Ok((claimed, pieces))
}

/// What a seller answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All that was claimed is given back.
    All,
    /// A part of it.
    Part(Rupiah),
    /// Nothing.
    Nothing,
}

/// A seller's answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What is given back.
    pub wanted: Wanted,
    /// Why, unless it is everything.
    pub words: String,
    /// The hash of a photo; empty without one.
    pub photo: String,
}

/// The seller answers. All that was claimed settles it; anything else is for the buyer to take.
pub fn answer(tx: &mut Tx<'_>, id: &OrderId, cmd: &Answer) -> Result<Order> {
    let mut order = order::own(tx, id)?;
    let mut complaint = at(tx, &order, Stage::Answering)?;
    let offered = match cmd.wanted {
        Wanted::All => complaint.claimed,
        Wanted::Part(part) if part > Rupiah::ZERO && part < complaint.claimed => part,
        Wanted::Part(_) => {
            let most = complaint.claimed.display();
            let problem = Problem::with("amount", "market-complaint-part", most);
            return Err(Error::Invalid(vec![problem]));
        }
        Wanted::Nothing => Rupiah::ZERO,
    };
    let text = match cmd.wanted {
        Wanted::All => words::long("words", &cmd.words, WORDS_CHARS_MAX),
        _ => words::reason("words", &cmd.words, WORDS_CHARS_MAX, "market-reason-wanted"),
    };
    complaint.answer = text.map_err(|problem| Error::Invalid(vec![problem]))?;
    complaint.answer_photo.clone_from(&cmd.photo);
    complaint.offered = Some(offered);
    complaint.answered_at = Some(Timestamp::of(tx));
    if cmd.wanted == Wanted::All {
        return settlement::settle(tx, order, complaint, offered, By::Seller);
    }
    complaint.stage = Stage::Replying;
    complaint::save(tx, &complaint)?;
    waiting::begin(tx, &mut order, Waiting::Reply)?;
    order::save(tx, &order)?;
    let (complaint, reply_until) = (&complaint.id, order.waits_until);
    tx.record(&ComplaintAnswered { order: id, complaint, offered, reply_until })?;
    Ok(order)
}

/// The buyer takes what the seller offers.
pub(crate) fn take(tx: &mut Tx<'_>, group: &GroupId, id: &OrderId) -> Result<Order> {
    let order = order::of_group_one(tx, group, id)?;
    let complaint = at(tx, &order, Stage::Replying)?;
    let offered = complaint.offered.unwrap_or(Rupiah::ZERO);
    settlement::settle(tx, order, complaint, offered, By::Buyer)
}

/// The buyer does not take the seller's answer, and says why: a clerk of the market decides.
pub(crate) fn contest(tx: &mut Tx<'_>, group: &GroupId, id: &OrderId, why: &str) -> Result<Order> {
    let mut order = order::of_group_one(tx, group, id)?;
    let mut complaint = at(tx, &order, Stage::Replying)?;
    let why = words::reason("reply", why, WORDS_CHARS_MAX, "market-complaint-reply-wanted");
    complaint.reply = why.map_err(|problem| Error::Invalid(vec![problem]))?;
    complaint.replied_at = Some(Timestamp::of(tx));
    complaint.stage = Stage::Deciding;
    complaint::save(tx, &complaint)?;
    waiting::begin(tx, &mut order, Waiting::Decision)?;
    order::save(tx, &order)?;
    let (complaint, decide_until) = (&complaint.id, order.waits_until);
    tx.record(&ComplaintContested { order: id, complaint, decide_until })?;
    tell::seller(tx, &order, "market-tell-contested")?;
    tell::clerks(tx, &order, complaint)?;
    Ok(order)
}

/// The buyer claims nothing any more.
pub(crate) fn withdraw(tx: &mut Tx<'_>, group: &GroupId, id: &OrderId) -> Result<Order> {
    let order = order::of_group_one(tx, group, id)?;
    let complaint = complaint::of_order(tx, id)?.ok_or(Error::NotFound)?;
    match complaint.stage {
        Stage::Answering | Stage::Replying | Stage::Deciding => {
            settlement::settle(tx, order, complaint, Rupiah::ZERO, By::Buyer)
        }
        Stage::Covering | Stage::Settled => Err(Refusal::NotNow.into()),
    }
}

/// The complaint about an order, if it is at this stage.
fn at(tx: &mut Tx<'_>, order: &Order, stage: Stage) -> Result<Complaint> {
    let complaint = complaint::of_order(tx, &order.id)?;
    complaint.filter(|found| found.stage == stage).ok_or_else(|| Refusal::NotNow.into())
}
