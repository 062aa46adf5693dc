//! What must hold, whatever chance did.

use std::collections::BTreeMap;

use base::{Finding, Result, document, seal};
use procurement::State;

use crate::world::World;

/// Everything that `gerai verify` asks, and everything that was acknowledged.
pub(crate) fn everything(world: &World) {
    assert_eq!(findings(world).unwrap(), [], "the city examines itself");
    budgets(world).unwrap();
    sold_once(world).unwrap();
    nothing_lost(world).unwrap();
}

fn findings(world: &World) -> Result<Vec<Finding>> {
    let public_key = world.city.keyring.public_key();
    let mut findings = world.read(move |read| {
        let mut findings = seal::verify_all(read, &public_key)?;
        findings.extend(document::verify(read)?);
        Ok(findings)
    })?;
    for area in
        [web::house(), ledger::area(), registry::area(), catalog::area(), procurement::area()]
    {
        let Some(verify) = area.verify else { continue };
        findings.extend(world.read(verify)?);
    }
    Ok(findings)
}

/// No line is overdrawn, and its parts make up its ceiling.
fn budgets(world: &World) -> Result<()> {
    for agency in &world.agencies {
        let office = agency.id.clone();
        for line in world.read(move |read| procurement::budget_lines(read, &office, 2026))? {
            let id = line.id.clone();
            let used = world.read(move |read| procurement::budget_use(read, &id))?;
            assert_eq!(used.free.plus(used.held()), Some(line.ceiling), "{line:?} {used:?}");
        }
    }
    Ok(())
}

/// What was made is on the shelf, set aside for an order that lives, was handed over, or came broken:
/// once.
fn sold_once(world: &World) -> Result<()> {
    let (orders, made) = {
        let memory = world.memory();
        (memory.orders.clone(), memory.made.clone())
    };
    let mut gone: BTreeMap<catalog::ProductId, i64> = BTreeMap::new();
    for known in orders {
        let state = world.find(&known.id)?.state;
        for line in known.lines {
            let Some(product) = line.product else { continue };
            *gone.entry(product).or_default() += match state {
                State::Ordered | State::Accepted | State::Delivered => line.count,
                State::HandedOver | State::Invoiced | State::Paid => line.received + line.broken,
                _ => line.broken,
            };
        }
    }
    for (id, made) in made {
        let product = id.clone();
        let stock = world.read(move |read| catalog::product::find(read, &product))?.stock;
        let sold = gone.get(&id).copied().unwrap_or(0);
        assert_eq!(stock + sold, made, "{id}: {stock} on the shelf and {sold} sold of {made}");
    }
    Ok(())
}

/// Each acknowledged step has its event, and no step was taken twice.
fn nothing_lost(world: &World) -> Result<()> {
    let told = world.memory().told.clone();
    for ((subject, kind), count) in told {
        let of = subject.clone();
        let events = world.read(move |read| base::of_subject(read, &of))?;
        let found = events.iter().filter(|event| event.kind == kind).count();
        assert_eq!(found, count, "{subject}: {kind} was acknowledged {count} times");
    }
    Ok(())
}

/// Every order stands as it was last answered, unless the clock moved it on. Only for one after the
/// other: of two answers at once nobody knows which was first.
pub(crate) fn as_it_was_heard(world: &World) {
    for known in world.memory().orders.clone() {
        let order = world.find(&known.id).unwrap();
        let later = [State::Lapsed, State::HandedOver].contains(&order.state);
        let same = order.state == known.state;
        assert!(same || later, "{known:?} stands at {:?}", order.state);
    }
}
