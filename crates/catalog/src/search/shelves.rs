//! What is looked up of each product while a question is answered, opened once for each segment and
//! kept while the segment lives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::{ColumnValues, StrColumn};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

use super::index::{Fields, Outcome};

/// A value for every document of a segment.
pub(super) type Values = Arc<dyn ColumnValues<u64>>;

/// One segment, opened.
pub(super) struct Shelf {
    pub(super) category: Labels,
    pub(super) district: Labels,
    pub(super) price: Values,
    pub(super) listed: Values,
    /// How long each name is.
    pub(super) names: FieldNormReader,
}

/// A label on every document: a category, a district.
pub(super) struct Labels {
    /// The place of a document's label in `names`.
    pub(super) places: Values,
    pub(super) names: Vec<String>,
}

/// The segments that were opened.
#[derive(Default)]
pub(super) struct Shelves(Mutex<HashMap<SegmentId, Arc<Shelf>>>);

impl Shelves {
    /// Each segment with what is looked up of it.
    pub(super) fn of<'s>(
        &self,
        searcher: &'s Searcher,
        fields: Fields,
    ) -> Outcome<Vec<(&'s SegmentReader, Arc<Shelf>)>> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let segments = searcher.segment_readers();
        let mut shelves = Vec::with_capacity(segments.len());
        for segment in segments {
            let shelf = match open.get(&segment.segment_id()) {
                Some(shelf) => Arc::clone(shelf),
                None => Arc::new(Shelf::open(segment, fields)?),
            };
            shelves.push((segment, shelf));
        }
        let kept = shelves.iter().map(|(segment, shelf)| (segment.segment_id(), shelf.clone()));
        *open = kept.collect();
        Ok(shelves)
    }
}

impl Shelf {
    fn open(segment: &SegmentReader, fields: Fields) -> Outcome<Shelf> {
        let fast = segment.fast_fields();
        Ok(Shelf {
            category: Labels::of(fast.str("category")?)?,
            district: Labels::of(fast.str("district")?)?,
            price: fast.u64("price")?.values,
            listed: fast.u64("listed")?.values,
            names: segment.get_fieldnorms_reader(fields.name)?,
        })
    }
}

impl Labels {
    /// Every document has exactly one, so a document's number is its place in the column.
    fn of(column: Option<StrColumn>) -> Outcome<Labels> {
        let column = column.ok_or_else(|| super::SearchError::new("a segment has no labels"))?;
        let mut names = Vec::with_capacity(column.num_terms());
        for place in 0..column.num_terms() {
            let mut name = String::new();
            column.ord_to_str(place as u64, &mut name)?;
            names.push(name);
        }
        Ok(Labels { places: Arc::clone(&column.ords().values), names })
    }

    /// The place of a label, if any document has it.
    pub(super) fn place(&self, name: &str) -> Option<u64> {
        self.names.iter().position(|known| known == name).map(|place| place as u64)
    }
}
