//! Answers to questions without words. They look at every product and are asked again and again,
//! so each is kept until the index changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::question::{Found, Question};

/// More answers than people browse; with this many the oldest generation starts anew.
const ANSWERS_MAX: usize = 512;

/// The answers of one generation of the index.
#[derive(Default)]
pub(super) struct Browsing(Mutex<(u64, HashMap<Question, Arc<Found>>)>);

impl Browsing {
    /// What was answered since the index last changed.
    pub(super) fn known(&self, generation: u64, question: &Question) -> Option<Arc<Found>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == generation { kept.1.get(question).cloned() } else { None }
    }

    /// Keeps an answer.
    pub(super) fn keep(&self, generation: u64, question: &Question, found: &Arc<Found>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 > generation {
            return;
        }
        if kept.0 < generation || kept.1.len() >= ANSWERS_MAX {
            *kept = (generation, HashMap::new());
        }
        kept.1.insert(question.clone(), Arc::clone(found));
    }
}
