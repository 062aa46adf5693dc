//! Which step comes next, and what follows from how it ended.

use base::{Error, Result, Tx, deadline};
use procurement::State;
use registry::business;
use registry::verification::{self, Decide, Decision};

use crate::dice::Dice;
use crate::world::{World, patiently};
use crate::{agency, seller};

/// Something somebody may do, how often it comes up, and the states of orders that wait for it.
pub(crate) struct Act {
    name: &'static str,
    weight: i64,
    waits: &'static [State],
    run: fn(&World, &mut Dice) -> Result<()>,
}

const fn act(name: &'static str, weight: i64, run: fn(&World, &mut Dice) -> Result<()>) -> Act {
    Act { name, weight, waits: &[], run }
}

impl Act {
    const fn on(self, waits: &'static [State]) -> Act {
        Act { waits, ..self }
    }

    fn fits(&self, states: &[State]) -> bool {
        self.waits.is_empty() || self.waits.iter().any(|state| states.contains(state))
    }
}

/// What a crowd does.
const CROWD: &[Act] = &[
    act("request", 24, agency::request),
    act("approve", 18, agency::approve).on(&[State::Requested]),
    act("reject", 2, agency::reject).on(&[State::Requested]),
    act("withdraw", 2, agency::withdraw).on(&[State::Requested]),
    act("accept", 16, seller::accept).on(&[State::Ordered]),
    act("decline", 2, seller::decline).on(&[State::Ordered]),
    act("deliver", 16, seller::deliver).on(&[State::Accepted]),
    act("hand over", 16, agency::hand_over).on(&[State::Delivered]),
    act("invoice", 14, seller::invoice).on(&[State::HandedOver]),
    act("pay", 14, agency::pay).on(&[State::Invoiced]),
    act("return invoice", 1, agency::return_invoice).on(&[State::Invoiced]),
    act("withdraw invoice", 2, seller::withdraw_invoice).on(&[State::Invoiced]),
    act("take back a delivery", 1, seller::take_back).on(&[State::Delivered]),
    act("back out", 1, seller::back_out).on(&[State::Accepted]),
    act("cancel", 2, agency::cancel).on(&[State::Ordered, State::Accepted]),
    act("trespass", 6, agency::trespass).on(&State::ALL),
    act("mind the shelf", 10, seller::mind_the_shelf),
    act("describe", 3, seller::describe),
    act("budget", 3, agency::budget),
];

/// What the city and its officers do.
const CITY: &[Act] = &[
    act("register", 1, register),
    act("suspend or verify", 4, decide),
    act("time passes", 5, time_passes),
    act("events are numbered and sealed", 4, number_and_seal),
];

/// Who takes a step.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Who {
    Anybody,
    Crowd,
    City,
}

/// So often, of a hundred steps of anybody, it is the city's turn.
const CITY_TURNS: i64 = 10;

/// Takes one step. Whatever the city says no to is fine; what breaks is not.
pub(crate) fn take(world: &World, dice: &mut Dice, who: Who) {
    let city = who == Who::City || (who == Who::Anybody && dice.percent(CITY_TURNS));
    let act = choose(world, dice, if city { CITY } else { CROWD });
    let end = (act.run)(world, dice);
    world.memory().step(act.name, &end);
    if let Err(Error::Broken(cause)) = end {
        panic!("{} broke the city: {cause}", act.name);
    }
}

/// By weight, among what something waits for.
fn choose(world: &World, dice: &mut Dice, acts: &'static [Act]) -> &'static Act {
    let states: Vec<State> = world.memory().orders.iter().map(|known| known.state).collect();
    let fitting: Vec<&Act> = acts.iter().filter(|act| act.fits(&states)).collect();
    let mut left = dice.between(1, fitting.iter().map(|act| act.weight).sum());
    let chosen = fitting.into_iter().find(|act| {
        left -= act.weight;
        left <= 0
    });
    chosen.expect("weights add up")
}

fn register(world: &World, dice: &mut Dice) -> Result<()> {
    world.open_shop(&format!("Warung {}", dice.between(1, 1_000_000)));
    Ok(())
}

/// A seller is set aside now and then, and let in again.
fn decide(world: &World, dice: &mut Dice) -> Result<()> {
    let business = world.shop(dice).1.business;
    let stays = dice.percent(70);
    patiently(|| {
        let id = business.clone();
        let decide = move |tx: &mut Tx<'_>| {
            let found = business::find(tx, &id)?;
            let trades = found.trades();
            if trades && stays {
                return Ok(());
            }
            let decision = if trades { Decision::Suspend } else { Decision::Verify };
            let reason = if trades { "Alamat pindah." } else { "" }.to_owned();
            let (business, version) = (id.clone(), found.version);
            verification::decide(tx, &Decide { business, version, decision, reason }).map(drop)
        };
        world.city.db.write("simulation", decide).wait()
    })
}

/// Hours or days, and what follows for whoever did not act in time.
fn time_passes(world: &World, dice: &mut Dice) -> Result<()> {
    world.city.pass_ms(dice.between(1, 60) * 60 * 60 * 1000);
    let outcomes = procurement::area().outcomes;
    let swept = patiently(|| deadline::sweep_all(&world.city.db, outcomes))?;
    assert_eq!(swept.failed, 0, "every outcome can be carried out");
    let ids: Vec<_> = world.memory().orders.iter().map(|known| known.id.clone()).collect();
    for id in ids {
        let order = world.find(&id)?;
        world.memory().heard(&order);
    }
    Ok(())
}

fn number_and_seal(world: &World, _: &mut Dice) -> Result<()> {
    while patiently(|| base::consumer::number_events(&world.city.db))? > 0 {}
    let keys = std::sync::Arc::clone(&world.city.keyring);
    patiently(|| {
        let keys = std::sync::Arc::clone(&keys);
        base::seal::seal_next(&world.city.db, move |bytes| keys.sign(bytes))
    })?;
    Ok(())
}
