//! A city under chance: random commands by everybody who has something to do in it, and after them
//! the question whether everything still holds. The books balance, stock explains itself, nothing is
//! sold twice, no budget is overdrawn, and what was acknowledged is there.
//!
//! A fixed set of seeds runs with the tests. More: `SIMULATION_SEEDS=100..200`, longer:
//! `SIMULATION_STEPS=2000`. A failing seed prints itself and its last steps.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod agency;
mod check;
mod dice;
mod memory;
mod seller;
mod step;
mod world;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use dice::Dice;
use step::Who;
use world::World;

/// Of one after the other, and of several at once.
const SEEDS: Range<u64> = 1..5;
const CROWDS: Range<u64> = 1..3;
const STEPS: u64 = 250;
/// Everything is looked at after so many steps, and at the end.
const STEPS_BETWEEN: u64 = 125;
const THREADS: u64 = 4;

fn steps() -> u64 {
    let more = testkit::setting("SIMULATION_STEPS");
    more.map_or(STEPS, |text| text.parse().expect("SIMULATION_STEPS is a number"))
}

fn seeds(usual: Range<u64>) -> Range<u64> {
    let Some(text) = testkit::setting("SIMULATION_SEEDS") else { return usual };
    let both = text.split_once("..").and_then(|(a, b)| Some(a.parse().ok()?..b.parse().ok()?));
    both.expect("SIMULATION_SEEDS is a range like 100..200")
}

/// One step after the other: a seed gives the same story every time.
#[test]
fn a_city_under_chance_keeps_its_promises() {
    for seed in seeds(SEEDS) {
        let world = World::open(seed);
        let mut dice = Dice::of(seed);
        for step in 1..=steps() {
            step::take(&world, &mut dice, Who::Anybody);
            if step % STEPS_BETWEEN == 0 {
                check::everything(&world);
                check::as_it_was_heard(&world);
            }
        }
        check::everything(&world);
        check::as_it_was_heard(&world);
        world.tell();
    }
}

/// Several at once, while the clock moves and officers decide: every seed is another crowd.
#[test]
fn a_crowd_under_chance_loses_and_doubles_nothing() {
    for seed in seeds(CROWDS) {
        let world = World::open(seed);
        let busy = AtomicBool::new(true);
        std::thread::scope(|scope| {
            let thread = |number: u64| {
                let world = &world;
                scope.spawn(move || {
                    let mut dice = Dice::of(seed * 1_000 + number);
                    (0..steps() / 2).for_each(|_| step::take(world, &mut dice, Who::Crowd));
                })
            };
            let crowd: Vec<_> = (0..THREADS).map(thread).collect();
            let city = scope.spawn(|| {
                let mut dice = Dice::of(seed);
                while busy.load(Ordering::Relaxed) {
                    step::take(&world, &mut dice, Who::City);
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
            });
            let ended: Vec<_> =
                crowd.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
            busy.store(false, Ordering::Relaxed);
            city.join().unwrap();
            ended.into_iter().for_each(Result::unwrap);
        });
        check::everything(&world);
        world.tell();
    }
}
