//! Asking the index: every word must be found, as written, by its stem, as a beginning, joined
//! with its neighbour, or, when that finds little, with typing errors forgiven.

use std::ops::Bound;

use base::{Id, Rupiah};
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::collector::{Count, FacetCollector, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Order as Direction, Searcher, TantivyDocument, Term};

use super::index::{Index, Outcome, facet};
use super::words;
use crate::product::ProductId;

/// What people ask.
#[derive(Debug, Clone, Default)]
pub struct Question {
    pub text: String,
    pub category: Option<String>,
    pub district: Option<String>,
    pub price_min: Option<Rupiah>,
    pub price_max: Option<Rupiah>,
    pub order: Order,
    /// How many results to pass over.
    pub skip: usize,
    /// How many to give.
    pub take: usize,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The best match first; the newest when nothing was typed.
    #[default]
    Best,
    /// The newest first.
    Newest,
    /// The cheapest first.
    Cheapest,
    /// The dearest first.
    Dearest,
}

/// What was found.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Found {
    pub ids: Vec<ProductId>,
    pub total: i64,
    /// Category and how many of the results are in it.
    pub categories: Vec<(String, i64)>,
    /// District code and how many of the results are there.
    pub districts: Vec<(String, i64)>,
    /// Set when nothing matched as typed and errors were forgiven.
    pub forgiven: bool,
}

/// Nobody pages further: they ask more closely.
pub const SKIP_MAX: usize = 2_400;
/// Words of a question that count.
const WORDS_MAX: usize = 8;
/// With fewer results, typing errors are forgiven.
const ENOUGH: i64 = 1;
const FACETS_MAX: usize = 60;

impl Index {
    /// Answers a question. Pages beyond `SKIP_MAX` are empty.
    pub fn ask(&self, question: &Question) -> Outcome<Found> {
        let mut words = words::words(&question.text);
        words.truncate(WORDS_MAX);
        let exact = self.run(question, self.exact(&words))?;
        if exact.total >= ENOUGH || words.is_empty() {
            return Ok(exact);
        }
        Ok(Found { forgiven: true, ..self.run(question, self.forgiving(&words))? })
    }

    fn run(&self, question: &Question, text: Box<dyn Query>) -> Outcome<Found> {
        let query = self.narrowed(question, text);
        let searcher = self.reader.searcher();
        let (skip, take) = (question.skip.min(SKIP_MAX), question.take.clamp(1, 100));
        let top = || TopDocs::with_limit(take).and_offset(skip);
        let mut categories = FacetCollector::for_field("category");
        categories.add_facet("/");
        let mut districts = FacetCollector::for_field("district");
        districts.add_facet("/");
        let (total, categories, districts) =
            searcher.search(&query, &(Count, categories, districts))?;
        let newest = question.text.trim().is_empty() && question.order == Order::Best;
        let by_field = |field: &str, direction| {
            let collector = top().order_by_fast_field::<i64>(field, direction);
            let hits = searcher.search(&query, &collector)?;
            Ok::<Vec<DocAddress>, tantivy::TantivyError>(
                hits.into_iter().map(|hit| hit.1).collect(),
            )
        };
        let hits = match question.order {
            _ if newest => by_field("listed", Direction::Desc)?,
            Order::Newest => by_field("listed", Direction::Desc)?,
            Order::Cheapest => by_field("price", Direction::Asc)?,
            Order::Dearest => by_field("price", Direction::Desc)?,
            Order::Best => {
                let hits = searcher.search(&query, &top().order_by_score())?;
                hits.into_iter().map(|hit| hit.1).collect()
            }
        };
        let counted = |counts: tantivy::collector::FacetCounts| {
            let top = counts.top_k("/", FACETS_MAX);
            let name = |(facet, n): (&tantivy::schema::Facet, u64)| {
                (facet.to_path().concat(), i64::try_from(n).unwrap_or(i64::MAX))
            };
            top.into_iter().map(name).collect::<Vec<_>>()
        };
        Ok(Found {
            ids: self.ids(&searcher, &hits)?,
            total: i64::try_from(total).unwrap_or(i64::MAX),
            categories: counted(categories),
            districts: counted(districts),
            forgiven: false,
        })
    }

    fn ids(&self, searcher: &Searcher, hits: &[DocAddress]) -> Outcome<Vec<ProductId>> {
        let mut ids = Vec::with_capacity(hits.len());
        for hit in hits {
            let document: TantivyDocument = searcher.doc(*hit)?;
            let id = document.get_first(self.fields.id).and_then(|value| value.as_str());
            ids.extend(id.and_then(Id::parse));
        }
        Ok(ids)
    }

    fn narrowed(&self, question: &Question, text: Box<dyn Query>) -> BooleanQuery {
        let f = self.fields;
        let mut parts = vec![(Occur::Must, text)];
        let mut within = |query: Box<dyn Query>| parts.push((Occur::Must, query));
        within(term(Term::from_field_bool(f.available, true)));
        if let Some(category) = &question.category {
            within(term(Term::from_facet(f.category, &facet(category))));
        }
        if let Some(district) = &question.district {
            within(term(Term::from_facet(f.district, &facet(district))));
        }
        if question.price_min.is_some() || question.price_max.is_some() {
            let end = |price: Option<Rupiah>| {
                let included =
                    |price: Rupiah| Bound::Included(Term::from_field_i64(f.price, price.amount()));
                price.map_or(Bound::Unbounded, included)
            };
            within(Box::new(RangeQuery::new(end(question.price_min), end(question.price_max))));
        }
        BooleanQuery::new(parts)
    }

    /// Every word, as written or by its stem; the last also as a beginning.
    fn exact(&self, words: &[String]) -> Box<dyn Query> {
        if words.is_empty() {
            return Box::new(AllQuery);
        }
        let f = self.fields;
        let each = words.iter().enumerate().map(|(i, word)| {
            let mut any: Vec<(Occur, Box<dyn Query>)> = vec![
                (Occur::Should, boosted(Term::from_field_text(f.name, word), 4.0)),
                (Occur::Should, term(Term::from_field_text(f.text, word))),
                (Occur::Should, term(Term::from_field_text(f.text, &words::stem(word)))),
                (Occur::Should, boosted(Term::from_field_text(f.pairs, word), 2.0)),
            ];
            if i + 1 == words.len() && word.chars().count() >= 3 {
                let begins = Term::from_field_text(f.name, word);
                any.push((Occur::Should, Box::new(FuzzyTermQuery::new_prefix(begins, 0, false))));
            }
            (Occur::Must, Box::new(BooleanQuery::new(any)) as Box<dyn Query>)
        });
        let mut ways: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Should, Box::new(BooleanQuery::new(each.collect())))];
        if words.len() == 2 {
            let whole = words.concat();
            ways.push((Occur::Should, boosted(Term::from_field_text(f.name, &whole), 3.0)));
            ways.push((Occur::Should, term(Term::from_field_text(f.text, &whole))));
        }
        Box::new(BooleanQuery::new(ways))
    }

    /// Every word with one typing error forgiven, two in long words.
    fn forgiving(&self, words: &[String]) -> Box<dyn Query> {
        let f = self.fields;
        let each = words.iter().map(|word| {
            let errors = match word.chars().count() {
                0..=3 => 0,
                4..=7 => 1,
                _ => 2,
            };
            let near = |field| -> (Occur, Box<dyn Query>) {
                let term = Term::from_field_text(field, word);
                (Occur::Should, Box::new(FuzzyTermQuery::new(term, errors, true)))
            };
            let any = vec![near(f.name), near(f.text), near(f.pairs)];
            (Occur::Must, Box::new(BooleanQuery::new(any)) as Box<dyn Query>)
        });
        Box::new(BooleanQuery::new(each.collect()))
    }
}

fn term(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn boosted(word: Term, boost: tantivy::Score) -> Box<dyn Query> {
    Box::new(BoostQuery::new(term(word), boost))
}
