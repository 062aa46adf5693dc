//! What a word that nobody wrote may stand for: the beginning of a longer one, or a known one
//! with a typing error.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::{Searcher, Term};

use super::index::{Index, Outcome};

/// Terms of one dictionary that are looked at behind a beginning.
const BEGINNINGS_MAX: usize = 2_000;
/// A shorter word is no beginning.
const BEGINNING_CHARS_MIN: usize = 3;
/// Words that one is taken for.
const GUESSES_MAX: usize = 8;
/// In a shorter word every letter counts.
const ONE_ERROR_CHARS_MIN: usize = 4;
/// From here a second error is forgiven when the first does not help.
const TWO_ERRORS_CHARS_MIN: usize = 7;
/// A guess this many times rarer than the best one is left out.
const RARER_MAX: u64 = 400;

impl Index {
    /// The most frequent words that begin like this.
    pub(super) fn longer(&self, searcher: &Searcher, word: &str) -> Outcome<Vec<String>> {
        if word.chars().count() < BEGINNING_CHARS_MIN {
            return Ok(Vec::new());
        }
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.word)?;
            let mut stream = inverted.terms().range().ge(word).into_stream()?;
            for _ in 0..BEGINNINGS_MAX {
                if !stream.advance() || !stream.key().starts_with(word.as_bytes()) {
                    break;
                }
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    *counts.entry(term.to_owned()).or_default() +=
                        u64::from(stream.value().doc_freq);
                }
            }
        }
        Ok(frequent(counts.into_iter().map(|(term, count)| (term, count, 0)).collect()))
    }

    /// The words this one most likely was meant to be.
    pub(super) fn meant(&self, searcher: &Searcher, word: &str) -> Outcome<Vec<String>> {
        let chars = word.chars().count();
        let digits = word.bytes().any(|b| b.is_ascii_digit());
        if chars < ONE_ERROR_CHARS_MIN || digits {
            return Ok(Vec::new());
        }
        let near = self.near(searcher, word, 1)?;
        if !near.is_empty() || chars < TWO_ERRORS_CHARS_MIN {
            return Ok(near);
        }
        self.near(searcher, word, 2)
    }

    /// Words that differ by so many errors. Who makes two has at least begun right: that leaves a
    /// small part of the dictionary to look through.
    fn near(&self, searcher: &Searcher, word: &str, errors: u8) -> Outcome<Vec<String>> {
        let term = Term::from_field_text(self.fields.word, word);
        let automaton = FuzzyTermQuery::new(term, errors, true).automaton()?;
        let first = word.as_bytes().first().filter(|_| errors > 1);
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.word)?;
            let mut known = inverted.terms().search(&automaton);
            if let Some(first) = first {
                known = known.ge([*first]).lt([first.saturating_add(1)]);
            }
            let mut stream = known.into_stream()?;
            while stream.advance() {
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    *counts.entry(term.to_owned()).or_default() +=
                        u64::from(stream.value().doc_freq);
                }
            }
        }
        let distance = |term: &str| strsim::damerau_levenshtein(term, word);
        let graded = counts.into_iter().map(|(term, count)| {
            let distance = distance(&term);
            (term, count, distance)
        });
        Ok(frequent(graded.collect()))
    }
}

/// The nearest and most frequent, without those that hardly anybody writes.
fn frequent(mut words: Vec<(String, u64, usize)>) -> Vec<String> {
    let most = words.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
    words.retain(|(_, count, _)| count * RARER_MAX >= most);
    words.sort_by(|one, other| one.2.cmp(&other.2).then(other.1.cmp(&one.1)));
    words.truncate(GUESSES_MAX);
    words.into_iter().map(|(word, _, _)| word).collect()
}
