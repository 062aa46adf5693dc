//! A set of the documents of one segment, one bit each: what several words have in common is found
//! for sixty-four documents at a time, however many have each of them.

use tantivy::DocId;

/// Documents handed over together.
pub(super) const BLOCK: usize = 128;
const WIDTH: usize = 64;

/// A set of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// None of so many documents.
    pub(super) fn none(documents: DocId) -> Bits {
        Bits(vec![0; (documents as usize).div_ceil(WIDTH)])
    }

    /// All of so many documents.
    pub(super) fn all(documents: DocId) -> Bits {
        let mut bits = vec![u64::MAX; (documents as usize).div_ceil(WIDTH)];
        let over = bits.len() * WIDTH - documents as usize;
        if let Some(last) = bits.last_mut() {
            *last >>= over;
        }
        Bits(bits)
    }

    pub(super) fn insert(&mut self, document: DocId) {
        self.0[document as usize / WIDTH] |= 1 << (document as usize % WIDTH);
    }

    pub(super) fn has(&self, document: DocId) -> bool {
        self.0[document as usize / WIDTH] & (1 << (document as usize % WIDTH)) != 0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// Keeps what the other set has, too.
    pub(super) fn keep(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine &= theirs);
    }

    /// Takes in another set.
    pub(super) fn add(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Takes in what two other sets have in common.
    fn add_common(&mut self, one: &Bits, other: &Bits) {
        let both = one.0.iter().zip(&other.0);
        self.0.iter_mut().zip(both).for_each(|(mine, (one, other))| *mine |= one & other);
    }

    /// Hands the documents over in their order, a block at a time.
    pub(super) fn blocks(&self, mut take: impl FnMut(&[DocId])) {
        let mut block = [0; BLOCK];
        let mut count = 0;
        for (at, bits) in self.0.iter().enumerate() {
            let mut rest = *bits;
            while rest != 0 {
                block[count] = (at * WIDTH) as DocId + rest.trailing_zeros();
                count += 1;
                rest &= rest - 1;
                if count == BLOCK {
                    take(&block);
                    count = 0;
                }
            }
        }
        if count > 0 {
            take(&block[..count]);
        }
    }
}

/// The documents that are in at least `enough` of these sets.
pub(super) fn in_at_least<'s>(
    enough: usize,
    sets: impl Iterator<Item = &'s Bits>,
    documents: DocId,
) -> Bits {
    // The set at `n` holds what was in more than `n` of the sets looked at so far.
    let mut more_than = vec![Bits::none(documents); enough];
    for set in sets {
        for n in (1..enough).rev() {
            let (fewer, more) = more_than.split_at_mut(n);
            more[0].add_common(&fewer[n - 1], set);
        }
        if let Some(any) = more_than.first_mut() {
            any.add(set);
        }
    }
    more_than.pop().unwrap_or_else(|| Bits::all(documents))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(documents: DocId, has: impl Fn(DocId) -> bool) -> Bits {
        let mut bits = Bits::none(documents);
        (0..documents).filter(|document| has(*document)).for_each(|it| bits.insert(it));
        bits
    }

    fn members(bits: &Bits) -> Vec<DocId> {
        let mut members = Vec::new();
        bits.blocks(|block| members.extend_from_slice(block));
        members
    }

    #[test]
    fn sets_hold_exactly_their_documents_whatever_their_number() {
        for documents in [0, 1, 63, 64, 65, 127, 128, 129, 1_000] {
            assert_eq!(members(&Bits::all(documents)), (0..documents).collect::<Vec<_>>());
            let odd = set(documents, |document| document % 2 == 1);
            assert_eq!(members(&odd), (0..documents).filter(|d| d % 2 == 1).collect::<Vec<_>>());
            assert!((0..documents).all(|document| odd.has(document) == (document % 2 == 1)));
            assert_eq!(odd.is_empty(), documents < 2);
        }
    }

    #[test]
    fn so_many_of_the_sets_are_counted_document_by_document() {
        const DOCUMENTS: DocId = 700;
        let sets: Vec<Bits> =
            [2, 3, 5, 7].map(|step| set(DOCUMENTS, |document| document % step == 0)).into();
        for enough in 0..=5 {
            let found = in_at_least(enough, sets.iter(), DOCUMENTS);
            let wanted = set(DOCUMENTS, |document| {
                sets.iter().filter(|set| set.has(document)).count() >= enough
            });
            assert_eq!(found, wanted, "{enough}");
        }
        let mut kept = sets[0].clone();
        kept.keep(&sets[1]);
        assert_eq!(kept, in_at_least(2, sets[..2].iter(), DOCUMENTS));
    }
}
