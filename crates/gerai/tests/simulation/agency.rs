//! What the people of an agency do, by chance: state needs, decide, count, pay, bring in budgets.

use base::account::OrganisationId;
use base::policy::Procured;
use base::{Db, Error, Result, Rupiah};
use catalog::ProductId;
use procurement::{Act, Bring, Count, Payment, Request, Rest, State, Want};

use crate::dice::Dice;
use crate::memory::{Known, Line};
use crate::world::{Agency, World, patiently};

const REASON: &str = "Acara ditunda sampai bulan depan.";
const CODES: [(&str, &str); 2] =
    [("1.02.02.2.02.0035", "5.1.02.01.01.0052"), ("1.02.02.2.02.0036", "5.1.02.01.01.0024")];

/// A file that gives the two lines of an agency these ceilings.
fn file(agency: &OrganisationId, ceilings: &[&str; 2]) -> Bring {
    let mut content = "kode_sub_kegiatan;kode_rekening;uraian;pagu\n".to_owned();
    for ((activity, account), ceiling) in CODES.iter().zip(ceilings) {
        content.push_str(&format!("{activity};{account};Makanan rapat;{ceiling}\n"));
    }
    Bring {
        agency: agency.clone(),
        file: "dpa.csv".to_owned(),
        dpa: "DPA 2026".to_owned(),
        year: 2026,
        content: content.into_bytes(),
    }
}

/// The head of an agency puts ceilings into force.
pub(crate) async fn ceilings(head: &Db, agency: &OrganisationId, to: &[&str; 2]) -> Result<()> {
    let bring = file(agency, to);
    let applied = head.write("simulation", move |tx| {
        let import = procurement::bring(tx, &bring)?;
        procurement::apply(tx, &import)
    });
    applied.await.map(drop)
}

/// New ceilings, higher or lower: never below what is held.
pub(crate) fn budget(world: &World, dice: &mut Dice) -> Result<()> {
    let Agency { id, head, .. } = dice.pick(&world.agencies);
    let to = [dice.between(1, 15_000_000).to_string(), dice.between(1, 6_000_000).to_string()];
    let bring = file(id, &[&to[0], &to[1]]);
    let applied = patiently(|| {
        let bring = bring.clone();
        let body = move |tx: &mut base::Tx<'_>| {
            let import = procurement::bring(tx, &bring)?;
            procurement::apply(tx, &import).map(|_| import)
        };
        head.write("simulation", body).wait()
    });
    world.memory().happened(&applied?, "procurement.budget_imported");
    Ok(())
}

pub(crate) fn request(world: &World, dice: &mut Dice) -> Result<()> {
    let places: Vec<usize> = (0..world.agencies.len()).collect();
    let agency = *dice.pick(&places);
    let Agency { lines, requesters, .. } = &world.agencies[agency];
    let (shop, seller) = world.shop(dice);
    let other = world.shop(dice).1;
    let goods = if dice.percent(3) { &other.goods } else { &seller.goods };
    let wants: Vec<Want> = (0..dice.between(1, 3)).map(|_| want(dice, goods)).collect();
    let ordered = wants.iter().map(line).collect();
    let cmd = Request {
        title: "Konsumsi pertemuan kader".to_owned(),
        kind: Procured::Goods,
        budget_line: dice.pick(lines).clone(),
        business: seller.business,
        wants,
        place: "Balai kota".to_owned(),
        wanted_on: world.today().plus_days(dice.between(-1, 20)),
        hour: String::new(),
        contact: String::new(),
        participants: None,
        comparison: "Tiga penawar, dipilih yang terdekat.".to_owned(),
    };
    let who = dice.pick(requesters);
    let order = world.ask(dice, who, move |tx| procurement::request(tx, &cmd))?;
    let mut memory = world.memory();
    memory.happened(&order.id, "procurement.requested");
    memory.orders.push(Known { id: order.id, agency, shop, state: order.state, lines: ordered });
    Ok(())
}

fn want(dice: &mut Dice, goods: &[ProductId]) -> Want {
    let count = dice.between(1, 15);
    if dice.percent(15) {
        let price = Rupiah::parse(dice.between(1_000, 90_000)).unwrap();
        return Want::Words { name: "Sewa tenda".into(), unit: "unit".into(), price, count };
    }
    Want::Product { product: dice.pick(goods).clone(), count }
}

fn line(want: &Want) -> Line {
    let (product, count) = match want {
        Want::Product { product, count } => (Some(product.clone()), *count),
        Want::Words { count, .. } => (None, *count),
    };
    Line { product, count, received: 0, broken: 0 }
}

/// A step of an order that an order answers: who takes it, and what is told of it.
fn takes(
    (world, dice): (&World, &mut Dice),
    (who, event): (&Db, &'static str),
    body: impl Fn(&mut base::Tx<'_>) -> Result<procurement::Order> + Clone + Send + 'static,
) -> Result<()> {
    let order = world.ask(dice, who, body)?;
    let mut memory = world.memory();
    memory.happened(&order.id, event);
    memory.heard(&order);
    Ok(())
}

pub(crate) fn approve(world: &World, dice: &mut Dice) -> Result<()> {
    let Known { id, agency, .. } = world.order(dice, State::Requested)?;
    let who = (&world.agencies[agency].approver, "procurement.ordered");
    takes((world, dice), who, move |tx| procurement::act(tx, &id, Act::Approve))
}

pub(crate) fn reject(world: &World, dice: &mut Dice) -> Result<()> {
    let Known { id, agency, .. } = world.order(dice, State::Requested)?;
    let who = (&world.agencies[agency].approver, "procurement.rejected");
    takes((world, dice), who, move |tx| procurement::act(tx, &id, Act::Reject(REASON)))
}

/// By the one who stated the need, or by the other, who may not.
pub(crate) fn withdraw(world: &World, dice: &mut Dice) -> Result<()> {
    let Known { id, agency, .. } = world.order(dice, State::Requested)?;
    let who = (dice.pick(&world.agencies[agency].requesters), "procurement.withdrawn");
    takes((world, dice), who, move |tx| procurement::act(tx, &id, Act::Withdraw(REASON)))
}

pub(crate) fn cancel(world: &World, dice: &mut Dice) -> Result<()> {
    let state = *dice.pick(&[State::Ordered, State::Accepted]);
    let Known { id, agency, .. } = world.order(dice, state)?;
    let who = (&world.agencies[agency].approver, "procurement.cancelled");
    takes((world, dice), who, move |tx| procurement::act(tx, &id, Act::Cancel(REASON)))
}

/// All, some, none of it, or more than there is.
pub(crate) fn hand_over(world: &World, dice: &mut Dice) -> Result<()> {
    let Known { id, agency, lines, .. } = world.order(dice, State::Delivered)?;
    let mood = dice.between(1, 10);
    let counts: Vec<i64> = lines
        .iter()
        .map(|line| match mood {
            1 => 0,
            2..=4 => dice.between(0, line.count - line.received + 1),
            _ => line.count - line.received,
        })
        .collect();
    let left = lines.iter().zip(&counts).map(|(line, good)| line.count - line.received - good);
    let broken: Vec<i64> = left.map(|left| dice.between(0, left.max(0))).collect();
    let rest = if dice.percent(60) { Rest::Comes } else { Rest::Closed };
    let cmd = Count {
        order: id,
        counts: counts.clone(),
        broken: broken.clone(),
        rest: Some(rest),
        reason: "Sebagian rusak di jalan.".to_owned(),
        photos: Vec::new(),
    };
    let who = &world.agencies[agency].receiver;
    let order = world.ask(dice, who, move |tx| procurement::hand_over(tx, &cmd))?;
    let nothing = counts.iter().all(|count| *count == 0);
    let mut memory = world.memory();
    match order.state {
        State::Accepted if nothing => memory.happened(&order.id, "procurement.returned"),
        _ => memory.happened(&order.id, "procurement.handed_over"),
    }
    memory.taken_over(&order.id, &counts, &broken);
    memory.heard(&order);
    Ok(())
}

pub(crate) fn pay(world: &World, dice: &mut Dice) -> Result<()> {
    let Known { id, agency, .. } = world.order(dice, State::Invoiced)?;
    // One proof for all is refused, unless it is the same seller's.
    let reference = if dice.percent(5) { "SP2D 1".to_owned() } else { format!("SP2D {id}") };
    let cmd = Payment {
        order: id,
        method: (*dice.pick(&["ls", "up", "kkpd", "tunai"])).to_owned(),
        reference,
        paid_on: world.today().plus_days(dice.between(-1, 0)),
    };
    let who = (&world.agencies[agency].treasurer, "procurement.paid");
    takes((world, dice), who, move |tx| procurement::pay(tx, &cmd))
}

/// The treasurer sends an invoice back.
pub(crate) fn return_invoice(world: &World, dice: &mut Dice) -> Result<()> {
    let Known { id, agency, .. } = world.order(dice, State::Invoiced)?;
    let who = (&world.agencies[agency].treasurer, "procurement.invoice_returned");
    takes((world, dice), who, move |tx| procurement::act(tx, &id, Act::ReturnInvoice(REASON)))
}

/// Somebody tries a step that is another's. Nobody may succeed.
pub(crate) fn trespass(world: &World, dice: &mut Dice) -> Result<()> {
    let state = *dice.pick(&State::ALL);
    let Known { id, agency, shop, .. } = world.order(dice, state)?;
    let Agency { requesters, receiver, treasurer, head, .. } = &world.agencies[agency];
    let elsewhere = &world.agencies[(agency + 1) % world.agencies.len()];
    let (place, rival) = world.shop(dice);
    let strangers = [
        requesters[0].clone(),
        receiver.clone(),
        treasurer.clone(),
        head.clone(),
        elsewhere.approver.clone(),
        rival.owner,
    ];
    let who = dice.pick(&strangers);
    let may_sell = place == shop;
    let tried = match dice.between(1, 4) {
        1 => world.ask(dice, who, move |tx| procurement::act(tx, &id, Act::Approve)),
        2 => world.ask(dice, who, move |tx| procurement::act(tx, &id, Act::Cancel(REASON))),
        3 => world.ask(dice, who, move |tx| procurement::act(tx, &id, Act::Reject(REASON))),
        _ if may_sell => return Err(Error::NotFound),
        _ => world.ask(dice, who, move |tx| procurement::act(tx, &id, Act::Accept)),
    };
    let error = tried.expect_err("nobody takes a step that is another's");
    assert!(matches!(error, Error::Forbidden | Error::NotFound), "{error:?}");
    Ok(())
}
