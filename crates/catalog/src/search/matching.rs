//! Which documents of a segment have the words of a question, and how well.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

use super::bits::{Bits, in_at_least};
use super::index::{Fields, Outcome};

/// A word of the question.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// The keys of which one must be there.
    pub(super) ways: Vec<String>,
    /// How much it tells: the rarer, the more.
    pub(super) weight: i64,
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    pub(super) words: Vec<Word>,
    /// How many of the words a product must have.
    pub(super) enough: usize,
    /// The number of the only business whose goods are wanted.
    pub(super) maker: Option<String>,
    /// Whether it matters how well a product matches.
    pub(super) ranked: bool,
}

/// The matches of one segment.
pub(super) struct Matches {
    pub(super) documents: Bits,
    words: Vec<Where>,
}

/// Where a word stands.
struct Where {
    weight: i64,
    /// Kept only when not every match has the word.
    anywhere: Option<Bits>,
    named: Bits,
}

impl Wanted {
    /// The matches, or nothing when there are none.
    pub(super) fn of(&self, segment: &SegmentReader, fields: Fields) -> Outcome<Option<Matches>> {
        let documents = segment.max_doc();
        let mut sets = Vec::with_capacity(self.words.len());
        let mut missing = 0;
        for word in &self.words {
            let set = standing(segment, fields.text, &word.ways)?;
            missing += usize::from(set.is_empty());
            if self.words.len() - missing < self.enough {
                return Ok(None);
            }
            sets.push(set);
        }
        let mut found = in_at_least(self.enough, sets.iter(), documents);
        if let Some(maker) = &self.maker {
            found.keep(&standing(segment, fields.maker, std::slice::from_ref(maker))?);
        }
        if found.is_empty() {
            return Ok(None);
        }
        let partial = self.enough < self.words.len();
        let mut words = Vec::with_capacity(self.words.len());
        for (word, set) in self.words.iter().zip(sets).filter(|_| self.ranked) {
            let named = standing(segment, fields.name, &word.ways)?;
            words.push(Where { weight: word.weight, anywhere: partial.then_some(set), named });
        }
        Ok(Some(Matches { documents: found, words }))
    }
}

impl Matches {
    /// How well a document matches: by the words it has, then by where it comes from, then by the words in its
    /// name.
    pub(super) fn worth(&self, document: DocId, near: bool) -> i64 {
        let (mut anywhere, mut named) = (0, 0);
        for word in &self.words {
            if word.anywhere.as_ref().is_some_and(|set| set.has(document)) {
                anywhere += word.weight;
            }
            if word.named.has(document) {
                named += word.weight;
            }
        }
        (anywhere << 17) + (i64::from(near) << 16) + named
    }
}

/// The documents that have one of these keys in this field.
fn standing(segment: &SegmentReader, field: Field, keys: &[String]) -> Outcome<Bits> {
    let inverted = segment.inverted_index(field)?;
    let mut found = Bits::none(segment.max_doc());
    for key in keys {
        let term = Term::from_field_text(field, key);
        let postings = inverted.read_block_postings(&term, IndexRecordOption::Basic)?;
        let Some(mut postings) = postings else { continue };
        while !postings.docs().is_empty() {
            postings.docs().iter().for_each(|document| found.insert(*document));
            postings.advance();
        }
    }
    Ok(found)
}
