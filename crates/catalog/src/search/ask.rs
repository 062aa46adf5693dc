//! Asking the index: every word must be found by its key, or written together with its neighbour;
//! only where a word is unknown, as a beginning or with typing errors forgiven; and when still
//! nothing has all words, what has most of them.

use std::sync::Arc;

use base::Rupiah;
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, SegmentOrdinal, TantivyDocument, Term};

use super::gather::{Gather, Gathered};
use super::index::{Card, Index, Outcome};
use super::matching::{Wanted, Word};
use super::question::{Found, Order, Question, SKIP_MAX, TAKE_MAX};
use super::words;

/// Words of a question that count.
const WORDS_MAX: usize = 8;
/// Facets of one kind that are told.
const FACETS_MAX: usize = 60;

/// The keys of which one must be there for a word of the question.
type Ways = Vec<String>;

impl Index {
    /// Answers a question. Pages beyond `SKIP_MAX` are empty.
    pub fn ask(&self, question: &Question) -> Outcome<Arc<Found>> {
        if let Some(found) = self.known(question) {
            return Ok(found);
        }
        let searcher = self.reader.searcher();
        let generation = searcher.generation().generation_id();
        let found = Arc::new(self.answer(&searcher, question)?);
        if question.text.is_empty() {
            self.browsing.keep(generation, question, &found);
        }
        Ok(found)
    }

    /// The answer if it was given since the index last changed: costs nothing, so nobody need leave
    /// their thread for it.
    pub fn known(&self, question: &Question) -> Option<Arc<Found>> {
        let generation = || self.reader.searcher().generation().generation_id();
        question.text.is_empty().then(|| self.browsing.known(generation(), question)).flatten()
    }

    fn answer(&self, searcher: &Searcher, question: &Question) -> Outcome<Found> {
        let (skip, take) = (question.skip.min(SKIP_MAX), question.take.clamp(1, TAKE_MAX));
        let (gathered, forgiven) = self.gathered(searcher, question, skip + take)?;
        let page =
            gathered.best.iter().skip(if question.skip > SKIP_MAX { usize::MAX } else { skip });
        let page: Vec<DocAddress> = page.copied().collect();
        Ok(Found {
            goods: self.cards(searcher, &page)?,
            total: gathered.total,
            everywhere: gathered.everywhere,
            categories: most(gathered.categories.into_iter().collect()),
            districts: most(gathered.districts.into_iter().collect()),
            forgiven,
        })
    }

    /// What matches, and whether something had to be forgiven for it.
    pub(super) fn gathered(
        &self,
        searcher: &Searcher,
        question: &Question,
        limit: usize,
    ) -> Outcome<(Gathered, bool)> {
        let mut asked = words::asked(&question.text);
        asked.truncate(WORDS_MAX);
        let gather = gather(question, asked.is_empty(), limit);
        let run = |words: Vec<Word>, enough: usize| {
            let (maker, ranked) = (question.maker.clone(), gather.order == Order::Best);
            self.sweep(searcher, &Wanted { words, enough, maker, ranked }, &gather)
        };
        if asked.is_empty() {
            return Ok((run(Vec::new(), 0)?, false));
        }
        let mut ways = self.as_typed(searcher, &asked)?;
        let forgiven = self.guess(searcher, &asked, &mut ways)?;
        let known = ways.into_iter().filter(|ways| !ways.is_empty());
        let words: Vec<Word> =
            known.map(|ways| self.word(searcher, ways)).collect::<Outcome<_>>()?;
        if words.len() == asked.len() {
            let gathered = run(words.clone(), asked.len())?;
            if gathered.everywhere > 0 {
                return Ok((gathered, forgiven));
            }
        }
        if !question.thing.is_empty() && question.thing != question.text {
            let text = question.thing.clone();
            let thing = Question { text, thing: String::new(), ..question.clone() };
            return self.gathered(searcher, &thing, limit);
        }
        let enough = (asked.len() * 2 / 3).max(1);
        if words.len() < enough {
            return Ok((Gathered::default(), false));
        }
        Ok((run(words, enough)?, true))
    }

    /// Goes over what matches in every segment.
    fn sweep(&self, searcher: &Searcher, wanted: &Wanted, gather: &Gather) -> Outcome<Gathered> {
        let mut gathering = gather.begin();
        for (ord, (segment, shelf)) in self.shelves.of(searcher, self.fields)?.iter().enumerate() {
            if let Some(matches) = wanted.of(segment, self.fields)? {
                gathering.segment(ord as SegmentOrdinal, segment, shelf, &matches);
            }
        }
        Ok(gathering.end())
    }

    /// A word with what it tells: one that half of all products have tells next to nothing.
    fn word(&self, searcher: &Searcher, ways: Ways) -> Outcome<Word> {
        let mut having = 1;
        for way in &ways {
            having += searcher.doc_freq(&self.text(way))?;
        }
        let weight = i64::from((searcher.num_docs() / having).max(1).ilog2()) + 1;
        Ok(Word { ways, weight })
    }

    /// For each word the keys that are in the index: its own, and with either neighbour.
    fn as_typed(&self, searcher: &Searcher, asked: &[String]) -> Outcome<Vec<Ways>> {
        let mut all = Vec::with_capacity(asked.len());
        for (i, word) in asked.iter().enumerate() {
            let before = i.checked_sub(1).map(|before| words::join(&asked[before], word));
            let after = asked.get(i + 1).map(|after| words::join(word, after));
            let mut ways = Ways::new();
            for way in [Some(words::key(word)), before, after].into_iter().flatten() {
                if !ways.contains(&way) && searcher.doc_freq(&self.text(&way))? > 0 {
                    ways.push(way);
                }
            }
            all.push(ways);
        }
        Ok(all)
    }

    /// Fills in what unknown words may stand for. True when an error was forgiven.
    fn guess(&self, searcher: &Searcher, asked: &[String], ways: &mut [Ways]) -> Outcome<bool> {
        let mut forgiven = false;
        let last = asked.len() - 1;
        for (i, (word, ways)) in asked.iter().zip(ways).enumerate() {
            if !ways.is_empty() {
                continue;
            }
            let mut guesses = if i == last { self.longer(searcher, word)? } else { Vec::new() };
            if guesses.is_empty() {
                guesses = self.meant(searcher, word)?;
                forgiven |= !guesses.is_empty();
            }
            for key in guesses.iter().map(|guess| words::key(guess)) {
                if !ways.contains(&key) {
                    ways.push(key);
                }
            }
        }
        Ok(forgiven)
    }

    fn text(&self, key: &str) -> Term {
        Term::from_field_text(self.fields.text, key)
    }

    fn cards(&self, searcher: &Searcher, page: &[DocAddress]) -> Outcome<Vec<Card>> {
        let mut cards = Vec::with_capacity(page.len());
        for address in page {
            let document: TantivyDocument = searcher.doc(*address)?;
            let card = document.get_first(self.fields.card).and_then(|value| value.as_str());
            cards.extend(card.and_then(|text| serde_json::from_str(text).ok()));
        }
        Ok(cards)
    }
}

fn gather(question: &Question, empty: bool, limit: usize) -> Gather {
    let order = match question.order {
        Order::Best if empty => Order::Newest,
        order => order,
    };
    Gather {
        category: question.category.clone(),
        district: question.district.clone(),
        prices: prices(question),
        order,
        near: question.near.clone(),
        cheap: question.cheap,
        limit,
    }
}

/// The prices that are let through, when a bound was given.
fn prices(question: &Question) -> Option<(u64, u64)> {
    let bound = |price: Option<Rupiah>| price.and_then(|price| u64::try_from(price.amount()).ok());
    let (min, max) = (bound(question.price_min), bound(question.price_max));
    (min.is_some() || max.is_some()).then(|| (min.unwrap_or(0), max.unwrap_or(u64::MAX)))
}

/// The largest first, names in order where counts are equal.
fn most(mut counts: Vec<(String, i64)>) -> Vec<(String, i64)> {
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts.truncate(FACETS_MAX);
    counts
}
