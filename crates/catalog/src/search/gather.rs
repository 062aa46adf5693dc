//! One pass over the matches of every segment: counts, facets and the best of them. Filters are
//! applied here, so that a facet can count what its own filter would leave out.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

use super::bits::BLOCK;
use super::matching::Matches;
use super::question::Order;
use super::shelves::{Labels, Shelf};

/// How results are ordered: the higher the earlier, then the newer or the cheaper.
type Rank = (i64, u64);
/// A result; of equal ranks the one that came in first.
type Hit = (Rank, Reverse<(SegmentOrdinal, DocId)>);

/// What to gather.
#[derive(Debug, Clone)]
pub(super) struct Gather {
    pub(super) category: Option<String>,
    pub(super) district: Option<String>,
    /// The lowest and the highest price, when one of them was given.
    pub(super) prices: Option<(u64, u64)>,
    pub(super) order: Order,
    /// The district that comes first among what matches as well.
    pub(super) near: Option<String>,
    /// Whether the cheapest come first then.
    pub(super) cheap: bool,
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
}

/// A gathering under way.
pub(super) struct Gathering<'g> {
    gather: &'g Gather,
    gathered: Gathered,
    best: Best,
}

impl Gather {
    pub(super) fn begin(&self) -> Gathering<'_> {
        let best = Best { limit: self.limit, floor: None, kept: Vec::new() };
        Gathering { gather: self, gathered: Gathered::default(), best }
    }
}

impl Gathering<'_> {
    /// Takes in the matches of one segment.
    pub(super) fn segment(
        &mut self,
        ord: SegmentOrdinal,
        segment: &SegmentReader,
        shelf: &Shelf,
        matches: &Matches,
    ) {
        let mut pass = Pass {
            ord,
            gather: self.gather,
            shelf,
            matches,
            category: Facet::of(&shelf.category, self.gather.category.as_deref()),
            district: Facet::of(&shelf.district, self.gather.district.as_deref()),
            near: self.gather.near.as_deref().and_then(|near| shelf.district.place(near)),
            best: &mut self.best,
            total: 0,
            everywhere: 0,
        };
        let alive = segment.alive_bitset();
        let mut kept = [0; BLOCK];
        matches.documents.blocks(|block| {
            let living = |document: &DocId| alive.is_none_or(|alive| alive.is_alive(*document));
            let block = match alive {
                Some(_) => keep(block, &mut kept, living),
                None => block,
            };
            pass.block(block);
        });
        self.gathered.everywhere += pass.everywhere;
        self.gathered.total += pass.total;
        pass.category.tell(&mut self.gathered.categories);
        pass.district.tell(&mut self.gathered.districts);
    }

    /// What came of it.
    pub(super) fn end(mut self) -> Gathered {
        self.best.shorten();
        self.best.kept.sort_unstable_by_key(|hit| Reverse(*hit));
        let place = |(_, Reverse((ord, doc))): &Hit| DocAddress::new(*ord, *doc);
        self.gathered.best = self.best.kept.iter().map(place).collect();
        self.gathered
    }
}

/// Copies the documents that are wanted.
fn keep<'k>(
    block: &[DocId],
    kept: &'k mut [DocId; BLOCK],
    wanted: impl Fn(&DocId) -> bool,
) -> &'k [DocId] {
    let mut count = 0;
    for document in block.iter().filter(|document| wanted(document)) {
        kept[count] = *document;
        count += 1;
    }
    &kept[..count]
}

/// The pass over one segment.
struct Pass<'p> {
    ord: SegmentOrdinal,
    gather: &'p Gather,
    shelf: &'p Shelf,
    matches: &'p Matches,
    category: Facet<'p>,
    district: Facet<'p>,
    /// The place of the district that comes first.
    near: Option<u64>,
    best: &'p mut Best,
    total: i64,
    everywhere: i64,
}

impl Pass<'_> {
    fn block(&mut self, block: &[DocId]) {
        let mut kept = [0; BLOCK];
        let block = match self.gather.prices {
            Some((min, max)) => {
                let price = &self.shelf.price;
                keep(block, &mut kept, |document| (min..=max).contains(&price.get_val(*document)))
            }
            None => block,
        };
        self.everywhere += block.len() as i64;
        let (mut categories, mut districts) = ([0; BLOCK], [0; BLOCK]);
        self.category.labels.places.get_vals(block, &mut categories[..block.len()]);
        self.district.labels.places.get_vals(block, &mut districts[..block.len()]);
        for (n, document) in block.iter().enumerate() {
            let in_category = self.category.admits(categories[n]);
            let in_district = self.district.admits(districts[n]);
            if in_district {
                self.category.count(categories[n]);
            }
            if in_category {
                self.district.count(districts[n]);
            }
            if in_category && in_district {
                self.total += 1;
                self.offer(*document, self.near == Some(districts[n]));
            }
        }
    }

    fn offer(&mut self, document: DocId, near: bool) {
        let first = match self.gather.order {
            Order::Best if self.gather.cheap => self.matches.worth(document, near) << 8,
            // Among equals the name that says little else.
            Order::Best => {
                let length = self.shelf.names.fieldnorm_id(document);
                (self.matches.worth(document, near) << 8) + i64::from(u8::MAX - length)
            }
            Order::Newest => 0,
            Order::Cheapest => -signed(self.shelf.price.get_val(document)),
            Order::Dearest => signed(self.shelf.price.get_val(document)),
        };
        if self.best.wants(first) {
            let then = match (self.gather.order, self.gather.cheap) {
                (Order::Best, true) => u64::MAX - self.shelf.price.get_val(document),
                _ => self.shelf.listed.get_val(document),
            };
            let rank = (first, then);
            self.best.put((rank, Reverse((self.ord, document))));
        }
    }
}

/// A price fits: it is an amount of rupiah.
fn signed(price: u64) -> i64 {
    i64::try_from(price).unwrap_or(i64::MAX)
}

/// A column of labels with how many documents have each.
struct Facet<'f> {
    labels: &'f Labels,
    /// The place of the only label that is let through, if one was chosen; nothing has the one at
    /// the end.
    chosen: Option<u64>,
    counts: Vec<i64>,
}

impl<'f> Facet<'f> {
    fn of(labels: &'f Labels, chosen: Option<&str>) -> Facet<'f> {
        let nowhere = labels.names.len() as u64;
        let chosen = chosen.map(|name| labels.place(name).unwrap_or(nowhere));
        Facet { labels, chosen, counts: vec![0; labels.names.len()] }
    }

    fn admits(&self, place: u64) -> bool {
        self.chosen.is_none_or(|chosen| chosen == place)
    }

    fn count(&mut self, place: u64) {
        self.counts[place as usize] += 1;
    }

    fn tell(self, counts: &mut HashMap<String, i64>) {
        let named = self.labels.names.iter().zip(self.counts);
        for (name, count) in named.filter(|(_, count)| *count > 0) {
            *counts.entry(name.clone()).or_default() += count;
        }
    }
}

/// The best so far: twice as many are kept before the worse half is thrown away, which costs less
/// than keeping them in order.
struct Best {
    limit: usize,
    /// What a newcomer must reach.
    floor: Option<Rank>,
    kept: Vec<Hit>,
}

impl Best {
    fn wants(&self, first: i64) -> bool {
        self.limit > 0 && self.floor.is_none_or(|floor| first >= floor.0)
    }

    fn put(&mut self, hit: Hit) {
        if self.floor.is_some_and(|floor| hit.0 < floor) {
            return;
        }
        self.kept.push(hit);
        if self.kept.len() >= self.limit * 2 {
            self.shorten();
        }
    }

    fn shorten(&mut self) {
        if self.kept.len() > self.limit {
            self.kept.select_nth_unstable_by_key(self.limit - 1, |hit| Reverse(*hit));
            self.kept.truncate(self.limit);
            self.floor = self.kept.last().map(|hit| hit.0);
        }
    }
}
