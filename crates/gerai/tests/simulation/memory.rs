//! What the city has acknowledged, noted outside of it.

use std::collections::{BTreeMap, VecDeque};

use catalog::ProductId;
use procurement::{Order, OrderId, State};

/// The last steps are told when something is wrong.
const STEPS_TOLD: usize = 40;

/// An order as it was last heard of.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) id: OrderId,
    pub(crate) agency: usize,
    pub(crate) shop: usize,
    pub(crate) state: State,
    pub(crate) lines: Vec<Line>,
}

/// What was ordered, and how much of it was taken over.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) product: Option<ProductId>,
    pub(crate) count: i64,
    pub(crate) received: i64,
    /// Of what is missing, how many came broken when it was counted last.
    pub(crate) broken: i64,
}

/// The notes of everybody together.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) orders: Vec<Known>,
    /// How often each event must be there: to which subject what happened.
    pub(crate) told: BTreeMap<(String, &'static str), usize>,
    /// What ever came onto a shelf, less what was lost.
    pub(crate) made: BTreeMap<ProductId, i64>,
    pub(crate) done: BTreeMap<&'static str, usize>,
    pub(crate) refused: BTreeMap<&'static str, usize>,
    pub(crate) last: VecDeque<String>,
}

impl Memory {
    /// An order was answered as it stands now.
    pub(crate) fn heard(&mut self, order: &Order) {
        if let Some(known) = self.orders.iter_mut().find(|known| known.id == order.id) {
            known.state = order.state;
        }
    }

    /// So much of each line was taken over.
    pub(crate) fn taken_over(&mut self, id: &OrderId, counts: &[i64], broken: &[i64]) {
        let known = self.orders.iter_mut().find(|known| known.id == *id);
        let lines = known.into_iter().flat_map(|known| &mut known.lines);
        for ((line, count), broken) in lines.zip(counts).zip(broken) {
            line.received += count;
            line.broken = *broken;
        }
    }

    pub(crate) fn happened(&mut self, subject: &impl ToString, kind: &'static str) {
        *self.told.entry((subject.to_string(), kind)).or_default() += 1;
    }

    pub(crate) fn stocked(&mut self, product: &ProductId, count: i64) {
        *self.made.entry(product.clone()).or_default() += count;
    }

    /// A step and how it ended.
    pub(crate) fn step(&mut self, name: &'static str, end: &base::Result<()>) {
        match end {
            Ok(()) => *self.done.entry(name).or_default() += 1,
            Err(error) => *self.refused.entry(error.code()).or_default() += 1,
        }
        self.last.push_back(format!("{name}: {end:?}"));
        if self.last.len() > STEPS_TOLD {
            self.last.pop_front();
        }
    }
}
