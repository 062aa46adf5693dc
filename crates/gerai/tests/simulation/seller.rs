//! What sellers do, by chance: answer, deliver, invoice, mind the shelf.

use base::{Db, Result, Rupiah, Tx};
use catalog::{ProductId, product, stock};
use procurement::{Act, Invoice, State};
use testkit::described;

use crate::dice::Dice;
use crate::memory::Known;
use crate::world::{World, patiently};

const REASON: &str = "Dapur sedang penuh pesanan.";
const NOTE: &str = "Diantar sopir kami";

fn takes(
    (world, dice): (&World, &mut Dice),
    (state, event): (State, &'static str),
    act: Act<'static>,
) -> Result<()> {
    let Known { id, shop, .. } = world.order(dice, state)?;
    let who = world.shop_at(shop).owner;
    let order = world.ask(dice, &who, move |tx| procurement::act(tx, &id, act))?;
    let mut memory = world.memory();
    memory.happened(&order.id, event);
    memory.heard(&order);
    Ok(())
}

pub(crate) fn accept(world: &World, dice: &mut Dice) -> Result<()> {
    takes((world, dice), (State::Ordered, "procurement.accepted"), Act::Accept)
}

pub(crate) fn decline(world: &World, dice: &mut Dice) -> Result<()> {
    takes((world, dice), (State::Ordered, "procurement.declined"), Act::Decline(REASON))
}

pub(crate) fn deliver(world: &World, dice: &mut Dice) -> Result<()> {
    takes((world, dice), (State::Accepted, "procurement.delivered"), Act::Deliver(NOTE))
}

pub(crate) fn back_out(world: &World, dice: &mut Dice) -> Result<()> {
    takes((world, dice), (State::Accepted, "procurement.backed_out"), Act::BackOut(REASON))
}

pub(crate) fn take_back(world: &World, dice: &mut Dice) -> Result<()> {
    let what = (State::Delivered, "procurement.delivery_withdrawn");
    takes((world, dice), what, Act::TakeBackDelivery(REASON))
}

pub(crate) fn withdraw_invoice(world: &World, dice: &mut Dice) -> Result<()> {
    let what = (State::Invoiced, "procurement.invoice_withdrawn");
    takes((world, dice), what, Act::WithdrawInvoice(REASON))
}

/// The whole worth, less, or more, which is refused.
pub(crate) fn invoice(world: &World, dice: &mut Dice) -> Result<()> {
    let Known { id, shop, .. } = world.order(dice, State::HandedOver)?;
    let worth = world.find(&id)?.money.received.amount();
    let amount = match dice.between(1, 10) {
        1 => worth + 1,
        2 | 3 => dice.between(0, worth),
        _ => worth,
    };
    let amount = Rupiah::parse(amount).unwrap();
    let number = if dice.percent(5) { "INV-07".to_owned() } else { format!("INV-{id}") };
    let cmd = Invoice { order: id, number, amount, gives_up_rest: dice.percent(70) };
    let who = world.shop_at(shop).owner;
    let order = world.ask(dice, &who, move |tx| procurement::invoice(tx, &cmd))?;
    let mut memory = world.memory();
    memory.happened(&order.id, "procurement.invoiced");
    memory.heard(&order);
    Ok(())
}

/// A change of the shelf that tells by how much; noted when it was acknowledged.
fn shelve(
    world: &World,
    (who, id): (&Db, &ProductId),
    change: impl Fn(&mut Tx<'_>, &ProductId) -> Result<i64> + Clone + Send + 'static,
) -> Result<()> {
    let changed = patiently(|| {
        let (id, change) = (id.clone(), change.clone());
        who.write("simulation", move |tx| change(tx, &id)).wait()
    })?;
    world.memory().stocked(id, changed);
    Ok(())
}

/// Makes more, loses some, or counts the shelf.
pub(crate) fn mind_the_shelf(world: &World, dice: &mut Dice) -> Result<()> {
    let shop = world.shop(dice).1;
    let id = dice.pick(&shop.goods);
    let count = dice.between(1, 40);
    match dice.between(1, 3) {
        1 => shelve(world, (&shop.owner, id), move |tx, id| {
            stock::tell(tx, id, count, stock::Reason::Made, true).map(|()| count)
        }),
        2 => shelve(world, (&shop.owner, id), move |tx, id| {
            stock::tell(tx, id, count, stock::Reason::Lost, true).map(|()| -count)
        }),
        _ => shelve(world, (&shop.owner, id), move |tx, id| {
            let before = product::find(tx, id)?.stock;
            stock::count(tx, id, count, true)?;
            Ok(count - before)
        }),
    }
}

/// Another price, or taken off the shelf and put back.
pub(crate) fn describe(world: &World, dice: &mut Dice) -> Result<()> {
    let shop = world.shop(dice).1;
    let id = dice.pick(&shop.goods).clone();
    let (price, offered) = (dice.between(1_000, 60_000), dice.percent(85));
    patiently(|| {
        let id = id.clone();
        let describe = move |tx: &mut Tx<'_>| {
            let version = product::find(tx, &id)?.version;
            let what = described("Nasi kotak", price);
            let change = product::Change { version, what, offered, confirmed: true };
            product::describe(tx, &id, &change)
        };
        shop.owner.write("simulation", describe).wait()
    })
}
