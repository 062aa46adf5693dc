//! One pass over everything that matches the words: counts, facets and the best of them. Filters
//! are applied here, so that a facet can count what its own filter would leave out.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{ColumnValues, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::question::Order;

/// How results are ordered: the higher the earlier, then the newer.
type Rank = (i64, i64);
/// A result of one segment; of equal ranks the one that came in first.
type Hit = (Rank, Reverse<DocId>);

/// What to gather.
#[derive(Debug, Clone)]
pub(super) struct Gather {
    pub(super) category: Option<String>,
    pub(super) district: Option<String>,
    pub(super) price_min: Option<i64>,
    pub(super) price_max: Option<i64>,
    pub(super) order: Order,
    /// How many of the best.
    pub(super) limit: usize,
}

/// What was gathered.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) total: i64,
    pub(super) everywhere: i64,
    pub(super) categories: HashMap<String, i64>,
    pub(super) districts: HashMap<String, i64>,
    pub(super) best: Vec<DocAddress>,
    ranked: Vec<(Rank, Reverse<SegmentOrdinal>, Reverse<DocId>)>,
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = OfSegment;

    fn for_segment(
        &self,
        ord: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<OfSegment> {
        let fast = reader.fast_fields();
        let priced = self.price_min.is_some() || self.price_max.is_some();
        let by_price = matches!(self.order, Order::Cheapest | Order::Dearest);
        let price = (priced || by_price).then(|| fast.i64("price")).transpose()?;
        Ok(OfSegment {
            ord,
            category: Facet::of(reader, "category", self.category.as_deref())?,
            district: Facet::of(reader, "district", self.district.as_deref())?,
            price: price.map(|column| column.first_or_default_col(0)),
            prices: priced
                .then(|| (self.price_min.unwrap_or(i64::MIN), self.price_max.unwrap_or(i64::MAX))),
            listed: fast.i64("listed")?.first_or_default_col(0),
            order: self.order,
            best: Best { limit: self.limit, floor: None, kept: Vec::new() },
            total: 0,
            everywhere: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Best
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for fruit in fruits {
            let fruit = fruit?;
            all.total += fruit.total;
            all.everywhere += fruit.everywhere;
            for (name, count) in fruit.categories {
                *all.categories.entry(name).or_default() += count;
            }
            for (name, count) in fruit.districts {
                *all.districts.entry(name).or_default() += count;
            }
            all.ranked.extend(fruit.ranked);
        }
        all.ranked.sort_unstable_by_key(|hit| Reverse(*hit));
        all.ranked.truncate(self.limit);
        let address = |(_, ord, doc): &(Rank, Reverse<SegmentOrdinal>, Reverse<DocId>)| {
            DocAddress::new(ord.0, doc.0)
        };
        all.best = all.ranked.iter().map(address).collect();
        Ok(all)
    }
}

/// The same, in one segment.
pub(super) struct OfSegment {
    ord: SegmentOrdinal,
    category: Facet,
    district: Facet,
    price: Option<Arc<dyn ColumnValues<i64>>>,
    prices: Option<(i64, i64)>,
    listed: Arc<dyn ColumnValues<i64>>,
    order: Order,
    best: Best,
    total: i64,
    everywhere: i64,
}

impl OfSegment {
    fn price(&self, doc: DocId) -> i64 {
        self.price.as_ref().map_or(0, |column| column.get_val(doc))
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some((min, max)) = self.prices
            && !(min..=max).contains(&self.price(doc))
        {
            return;
        }
        self.everywhere += 1;
        let (category, district) = (self.category.look(doc), self.district.look(doc));
        if district.1 {
            self.category.counts[category.0] += 1;
        }
        if category.1 {
            self.district.counts[district.0] += 1;
        }
        if !category.1 || !district.1 {
            return;
        }
        self.total += 1;
        let first = match self.order {
            // Scores are not negative, so their bits order as they do.
            Order::Best => i64::from(score.to_bits()),
            Order::Newest => self.listed.get_val(doc),
            Order::Cheapest => -self.price(doc),
            Order::Dearest => self.price(doc),
        };
        if self.best.wants(first) {
            self.best.put(((first, self.listed.get_val(doc)), Reverse(doc)));
        }
    }

    fn harvest(mut self) -> tantivy::Result<Gathered> {
        self.best.shorten();
        let ord = Reverse(self.ord);
        Ok(Gathered {
            total: self.total,
            everywhere: self.everywhere,
            categories: self.category.named()?,
            districts: self.district.named()?,
            best: Vec::new(),
            ranked: self.best.kept.into_iter().map(|(rank, doc)| (rank, ord, doc)).collect(),
        })
    }
}

/// A column of words by which results are counted and may be narrowed.
struct Facet {
    words: Option<StrColumn>,
    column: Option<Arc<dyn ColumnValues<u64>>>,
    /// The word that was chosen; one that this segment does not know matches nothing.
    chosen: Option<Option<u64>>,
    counts: Vec<i64>,
}

impl Facet {
    fn of(reader: &SegmentReader, field: &str, chosen: Option<&str>) -> tantivy::Result<Facet> {
        let Some(words) = reader.fast_fields().str(field)? else {
            let (chosen, counts) = (chosen.map(|_| None), vec![0]);
            return Ok(Facet { words: None, column: None, chosen, counts });
        };
        let find = |word: &str| words.dictionary().term_ord(word);
        let chosen = chosen.map(find).transpose()?;
        let counts = vec![0; words.dictionary().num_terms().max(1)];
        let column = words.ords().clone().first_or_default_col(0);
        Ok(Facet { column: Some(column), words: Some(words), chosen, counts })
    }

    /// The place of this document's word, and whether it is the chosen one.
    fn look(&self, doc: DocId) -> (usize, bool) {
        let ord = self.column.as_ref().map_or(0, |column| column.get_val(doc));
        let wanted = self.chosen.is_none_or(|chosen| chosen == Some(ord));
        (usize::try_from(ord).unwrap_or(0).min(self.counts.len() - 1), wanted)
    }

    fn named(&self) -> tantivy::Result<HashMap<String, i64>> {
        let mut named = HashMap::new();
        let Some(words) = &self.words else { return Ok(named) };
        for (ord, count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let mut word = String::new();
            words.ord_to_str(u64::try_from(ord).unwrap_or(0), &mut word)?;
            named.insert(word, *count);
        }
        Ok(named)
    }
}

/// The best so far: twice as many are kept before the worse half is thrown away, which costs less
/// than keeping them in order.
struct Best {
    limit: usize,
    /// What a newcomer must reach.
    floor: Option<i64>,
    kept: Vec<Hit>,
}

impl Best {
    fn wants(&self, first: i64) -> bool {
        self.limit > 0 && self.floor.is_none_or(|floor| first >= floor)
    }

    fn put(&mut self, hit: Hit) {
        self.kept.push(hit);
        if self.kept.len() >= self.limit * 2 {
            self.shorten();
        }
    }

    fn shorten(&mut self) {
        if self.kept.len() > self.limit {
            self.kept.select_nth_unstable_by_key(self.limit - 1, |hit| Reverse(*hit));
            self.kept.truncate(self.limit);
            self.floor = self.kept.last().map(|hit| hit.0.0);
        }
    }
}
