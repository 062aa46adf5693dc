//! Asking the index: every word must be found by its key, or written together with its neighbour;
//! only where a word is unknown, as a beginning or with typing errors forgiven; and when still
//! nothing has all words, what has most of them.

use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use super::gather::{Gather, Gathered};
use super::index::{Card, Index, Outcome};
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
    pub fn ask(&self, question: &Question) -> Outcome<Found> {
        let searcher = self.reader.searcher();
        let generation = searcher.generation().generation_id();
        if question.text.is_empty()
            && let Some(found) = self.browsing.known(generation, question)
        {
            return Ok(found);
        }
        let found = self.answer(&searcher, question)?;
        if question.text.is_empty() {
            self.browsing.keep(generation, question, &found);
        }
        Ok(found)
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
        let run = |query: Box<dyn Query>| searcher.search(&self.of_maker(question, query), &gather);
        if asked.is_empty() {
            return Ok((run(Box::new(AllQuery))?, false));
        }
        let mut ways = self.as_typed(searcher, &asked)?;
        let forgiven = self.guess(searcher, &asked, &mut ways)?;
        if ways.iter().all(|ways| !ways.is_empty()) {
            let gathered = run(self.all_of(&ways))?;
            if gathered.everywhere > 0 {
                return Ok((gathered, forgiven));
            }
        }
        let known: Vec<Ways> = ways.into_iter().filter(|ways| !ways.is_empty()).collect();
        let enough = (asked.len() * 2 / 3).max(1);
        if known.len() < enough {
            return Ok((Gathered::default(), false));
        }
        Ok((run(self.most_of(&known, enough))?, true))
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

    fn of_maker(&self, question: &Question, query: Box<dyn Query>) -> Box<dyn Query> {
        let Some(maker) = &question.maker else { return query };
        let theirs = Term::from_field_text(self.fields.maker, maker);
        let theirs = Box::new(TermQuery::new(theirs, IndexRecordOption::Basic));
        Box::new(BooleanQuery::new(vec![(Occur::Must, theirs), (Occur::Must, query)]))
    }

    /// Every word; those in the name count for more.
    fn all_of(&self, ways: &[Ways]) -> Box<dyn Query> {
        let must = ways.iter().map(|ways| (Occur::Must, self.any_of(ways)));
        let named = ways.iter().flatten().map(|way| (Occur::Should, self.named(way)));
        Box::new(BooleanQuery::new(must.chain(named).collect()))
    }

    fn most_of(&self, ways: &[Ways], enough: usize) -> Box<dyn Query> {
        let each = ways.iter().map(|ways| (Occur::Should, self.any_of(ways))).collect();
        Box::new(BooleanQuery::with_minimum_required_clauses(each, enough))
    }

    fn any_of(&self, ways: &Ways) -> Box<dyn Query> {
        let term = |way: &String| -> Box<dyn Query> {
            Box::new(TermQuery::new(self.text(way), IndexRecordOption::WithFreqs))
        };
        match ways.as_slice() {
            [only] => term(only),
            several => {
                let each = several.iter().map(|way| (Occur::Should, term(way)));
                Box::new(BooleanQuery::new(each.collect()))
            }
        }
    }

    fn named(&self, way: &str) -> Box<dyn Query> {
        const NAMED_BOOST: tantivy::Score = 3.0;
        let term = Term::from_field_text(self.fields.name, way);
        let term = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        Box::new(BoostQuery::new(term, NAMED_BOOST))
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
        price_min: question.price_min.map(base::Rupiah::amount),
        price_max: question.price_max.map(base::Rupiah::amount),
        order,
        limit,
    }
}

/// The largest first, names in order where counts are equal.
fn most(mut counts: Vec<(String, i64)>) -> Vec<(String, i64)> {
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counts.truncate(FACETS_MAX);
    counts
}
