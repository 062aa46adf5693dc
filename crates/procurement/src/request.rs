//! Stating a need: what, from whom, on which budget line, where and when. The budget is reserved in
//! the same moment, so nobody ever orders what cannot be paid.

use base::account::{Organisation, Person, acting_person, organisation, person};
use base::policy::{self, Procured, ValueBands};
use base::{Date, Error, Id, Problem, Read, Result, Rupiah, Timestamp, Tx, number, require};
use registry::{Business, BusinessId, business};

use crate::budget::{self, BudgetLine, BudgetLineId};
use crate::events::{Requested, Withdrawn};
use crate::line::{self, LINES_MAX, OrderLine};
use crate::order::{self, Money, Need, Order, OrderId, People, SellerThen, Times};
use crate::refusal::Refusal;
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::want::{Want, sorted_lines};
use crate::{REQUEST, duties, paper, postings, tell};

const TITLE_CHARS: std::ops::RangeInclusive<usize> = 5..=160;
const PLACE_CHARS: std::ops::RangeInclusive<usize> = 3..=200;
const CONTACT_CHARS_MAX: usize = 120;
const COMPARISON_CHARS_MAX: usize = 2_000;
const PARTICIPANTS_MAX: i64 = 100_000;
pub(crate) const REASON_CHARS: std::ops::RangeInclusive<usize> = 5..=1_000;

/// States a need.
#[derive(Debug, Clone)]
pub struct Request {
    pub title: String,
    pub kind: Procured,
    pub budget_line: BudgetLineId,
    pub business: BusinessId,
    pub wants: Vec<Want>,
    pub place: String,
    pub wanted_on: Date,
    /// `09.00`, or nothing.
    pub hour: String,
    /// Whom the seller may ask: a name and a number. Empty: the name of who asks.
    pub contact: String,
    /// How many people are fed, when food is bought.
    pub participants: Option<i64>,
    /// How the price was compared; wanted above the value that needs no more than a receipt.
    pub comparison: String,
}

/// Reserves the budget for a need and puts it before the approver.
pub fn request(tx: &mut Tx<'_>, cmd: &Request) -> Result<Order> {
    require(tx, REQUEST)?;
    let requester = acting_person(tx)?;
    let own = duties::organisation(tx)?;
    let agency = organisation::find(tx, &own)?;
    let (lines, total) = look(tx, cmd)?;
    let Allowed { line, bands, seller } = allowed(tx, cmd, total)?;
    let contact = contact_of(tx, cmd, &requester)?;
    let number = request_number(tx)?;
    let now = Timestamp::of(tx);
    let mut order = Order {
        id: tx.new_id(),
        request_number: number,
        number: None,
        state: State::Requested,
        agency: agency.id.clone(),
        agency_name: agency.name.clone(),
        budget_line: line.id.clone(),
        year: line.year,
        seller,
        need: Need { contact, ..need(cmd, bands.form(cmd.kind, total).code()) },
        money: Money::of(total),
        people: People { requester, approver: None, payer: None },
        times: Times::from(now),
        waits_until: None,
        escalated: false,
        reason: String::new(),
        payment: None,
        invoice_number: None,
    };
    waiting::begin(tx, &mut order, Waiting::Approval)?;
    postings::reserve(tx, &order)?;
    order::insert(tx, &order)?;
    for line in &lines {
        line::insert(tx, &order.id, line)?;
    }
    tx.record(&Requested {
        order: &order.id,
        number: &order.request_number,
        agency: &order.agency,
        budget_line: order.budget_line.as_str(),
        business: order.seller.business.as_str(),
        total,
    })?;
    tell::approvers(tx, &order, "procurement-tell-requested")?;
    Ok(order)
}

/// The lines of a need and what they would come to, by the same rules, without stating it; or all that is wrong with it.
pub(crate) fn look(read: &mut Read<'_>, cmd: &Request) -> Result<(Vec<OrderLine>, Rupiah)> {
    let Request { wanted_on, comparison, participants, kind, .. } = cmd;
    let rest = Rest { wanted_on: Some(*wanted_on), comparison, kind: *kind };
    let (lines, mut problems) = sorted_lines(read, &cmd.business, &cmd.wants)?;
    let total = Rupiah::sum(lines.iter().map(OrderLine::total));
    let Request { title, place, hour, contact, .. } = cmd;
    problems.extend(words(&Words { title, place, hour, contact }));
    problems.extend(rest_wrong(read, &rest, total)?);
    let people = participants.is_none_or(|people| (1..=PARTICIPANTS_MAX).contains(&people));
    if !people {
        problems.push(Problem::new("participants", "procurement-participants-wanted"));
    }
    match total {
        _ if !problems.is_empty() => Err(Error::Invalid(problems)),
        _ if !(1..=LINES_MAX).contains(&cmd.wants.len()) => Err(Refusal::Lines.into()),
        Some(total) => Ok((lines, total)),
        None => Err(Error::invalid("lines", "procurement-total-too-large")),
    }
}

/// By what a need may be bought.
pub(crate) struct Allowed {
    pub(crate) line: BudgetLine,
    bands: ValueBands,
    seller: SellerThen,
}

/// The agency's own line, the bands of value and the seller by which this may be bought directly; or
/// why not. Whoever only looks is refused what they would be refused on sending.
pub(crate) fn allowed(read: &mut Read<'_>, cmd: &Request, total: Rupiah) -> Result<Allowed> {
    let line = budget::find(read, &cmd.budget_line)?;
    if line.agency != duties::organisation(read)? {
        return Err(Error::invalid("budget_line", "procurement-budget-line-wanted"));
    }
    if cmd.wanted_on.year() != line.year {
        return Err(Refusal::WrongYear.into());
    }
    let today = Date::today(read);
    let bands = policy::at::<ValueBands>(read, today)?.body;
    if !bands.direct_allowed(cmd.kind, total) {
        return Err(Refusal::AboveDirect.into());
    }
    let seller = seller_now(&business::find(read, &cmd.business)?)?;
    let person = acting_person(read)?;
    duties::outsider(read, &person, &seller.organisation)?;
    Ok(Allowed { line, bands, seller })
}

/// The parts of a need that today's rules judge.
pub(crate) struct Rest<'a> {
    pub(crate) wanted_on: Option<Date>,
    pub(crate) comparison: &'a str,
    pub(crate) kind: Procured,
}

/// What is wrong with the rest of a need, as far as it is known.
pub(crate) fn rest_wrong(
    read: &mut Read<'_>,
    rest: &Rest<'_>,
    total: Option<Rupiah>,
) -> Result<Vec<Problem>> {
    let today = Date::today(read);
    let mut problems = Vec::new();
    if rest.wanted_on.is_some_and(|day| day < today) {
        problems.push(Problem::new("wanted_on", "procurement-wanted-on-past"));
    }
    let compared = rest.comparison.trim().chars().count();
    let bands = policy::at::<ValueBands>(read, today)?.body;
    let small = |total| bands.form(rest.kind, total) == policy::ContractForm::PurchaseProof;
    if compared == 0 && total.is_some_and(|total| !small(total)) {
        problems.push(Problem::new("comparison", "procurement-comparison-wanted"));
    }
    if compared > COMPARISON_CHARS_MAX {
        problems.push(Problem::new("comparison", "procurement-comparison-too-long"));
    }
    Ok(problems)
}

/// Takes a need back before anybody decided.
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    require(tx, REQUEST)?;
    let mut order = order::find(tx, id)?;
    let person = duties::buyer(tx, &order)?;
    if order.state != State::Requested {
        return Err(Refusal::NotRequested.into());
    }
    if person != order.people.requester {
        return Err(Error::Forbidden);
    }
    let reason = reason_of(reason)?;
    let released = end(tx, &mut order, State::Cancelled, &reason)?;
    tx.record(&Withdrawn { order: id, reason: &reason, released })?;
    Ok(order)
}

/// Why an order letter is void that nobody answered; papers are in Bahasa Indonesia.
const UNANSWERED: &str = "Tidak dijawab penjual sampai batas waktunya.";

/// Ends an order early: what its budget line held is free again, its letter is void, its clock stops.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    order: &mut Order,
    state: State,
    reason: &str,
) -> Result<Rupiah> {
    let released = order.money.held;
    postings::release(tx, order, released)?;
    paper::revoke(tx, order, if reason.is_empty() { UNANSWERED } else { reason })?;
    waiting::end(tx, order)?;
    order.money.held = Rupiah::ZERO;
    order.state = state;
    order.times.ended = Some(Timestamp::of(tx));
    order.reason = reason.to_owned();
    order::save(tx, order)?;
    Ok(released)
}

/// A reason that somebody else will read.
pub(crate) fn reason_of(text: &str) -> Result<String> {
    let text = text.trim();
    if REASON_CHARS.contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        Err(Error::Invalid(vec![Problem::with(
            "reason",
            "procurement-reason-wanted",
            REASON_CHARS.start(),
        )]))
    }
}

/// The seller as the registry knows it today.
fn seller_now(business: &Business) -> Result<SellerThen> {
    if !business.trades() {
        return Err(Refusal::SellerNotReady.into());
    }
    let organisation: Option<Id<Organisation>> = business.organisation.clone();
    Ok(SellerThen {
        business: business.id.clone(),
        organisation: organisation.ok_or(Refusal::SellerNotReachable)?,
        name: business.name.clone(),
        number: business.number.clone(),
        nib: business.nib.clone(),
        size_class: business.size_class.map(|class| class.code().to_owned()),
        region: business.place.village.clone().or_else(|| business.place.district.clone()),
    })
}

fn need(cmd: &Request, form: &str) -> Need {
    Need {
        title: cmd.title.trim().to_owned(),
        kind: kind_code(cmd.kind).to_owned(),
        place: cmd.place.trim().to_owned(),
        wanted_on: cmd.wanted_on,
        hour: cmd.hour.trim().replace(':', "."),
        contact: String::new(),
        participants: cmd.participants,
        comparison: cmd.comparison.trim().to_owned(),
        form: form.to_owned(),
    }
}

/// Whom the seller may ask: as written, or else who states the need.
fn contact_of(read: &mut Read<'_>, cmd: &Request, requester: &Id<Person>) -> Result<String> {
    match cmd.contact.trim() {
        "" => Ok(person::find(read, requester)?.name),
        contact => Ok(contact.to_owned()),
    }
}

/// What is wrong with the words of a need, whatever else is.
pub(crate) fn words(cmd: &Words<'_>) -> Vec<Problem> {
    let fits = |text: &str, range: &std::ops::RangeInclusive<usize>| {
        range.contains(&text.trim().chars().count())
    };
    let mut problems = Vec::new();
    let mut want = |right: bool, field: &str, code: &'static str| {
        if !right {
            problems.push(Problem::new(field, code));
        }
    };
    want(fits(cmd.title, &TITLE_CHARS), "title", "procurement-title-wanted");
    want(fits(cmd.place, &PLACE_CHARS), "place", "procurement-place-wanted");
    want(is_hour(cmd.hour.trim()), "hour", "procurement-hour-wanted");
    let contact = cmd.contact.trim().chars().count() <= CONTACT_CHARS_MAX;
    want(contact, "contact", "procurement-contact-wanted");
    problems
}

/// What a need says in words.
pub(crate) struct Words<'a> {
    pub(crate) title: &'a str,
    pub(crate) place: &'a str,
    pub(crate) hour: &'a str,
    pub(crate) contact: &'a str,
}

/// `09.00`, `9:30`, or nothing.
fn is_hour(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once([':', '.']) else { return text.is_empty() };
    let below = |part: &str, limit: u8| {
        (1..=2).contains(&part.len()) && part.parse::<u8>().is_ok_and(|number| number < limit)
    };
    below(hour, 24) && minute.len() == 2 && below(minute, 60)
}

/// The stable code of what is bought.
pub(crate) fn kind_code(kind: Procured) -> &'static str {
    match kind {
        Procured::Goods => "goods",
        Procured::Works => "works",
        Procured::Consulting => "consulting",
    }
}

/// What this code buys.
pub(crate) fn kind_of(code: &str) -> Option<Procured> {
    Procured::ALL.iter().copied().find(|kind| kind_code(*kind) == code)
}

fn request_number(tx: &mut Tx<'_>) -> Result<String> {
    let year = Date::today(tx).year();
    let number = number::next(tx, &format!("procurement-request-{year}"))?;
    Ok(format!("PB-{year}-{number:06}"))
}
