//! The index on disk: its fields, its writer, and the place in the event series it has reached.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::directory::MmapDirectory;
use tantivy::schema::{
    FAST, Facet, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use super::words;

/// Memory of the writer; more only makes bulk rebuilding faster.
const WRITER_BYTES: usize = 50_000_000;
/// Goes up when fields or words change: an index of another version is made again.
const VERSION: &str = "1";

/// Why the index could not answer.
#[derive(Debug)]
pub struct SearchError(String);

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for SearchError {}
impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> SearchError {
        SearchError(error.to_string())
    }
}
impl From<SearchError> for base::Error {
    fn from(error: SearchError) -> base::Error {
        base::Error::broken(format!("search index: {error}"))
    }
}

pub(super) type Outcome<T> = Result<T, SearchError>;

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub(super) id: Field,
    /// Words and their stems, of everything.
    pub(super) text: Field,
    /// Words of the name, as written.
    pub(super) name: Field,
    /// Neighbours of the name, written together.
    pub(super) pairs: Field,
    pub(super) category: Field,
    pub(super) district: Field,
    pub(super) price: Field,
    pub(super) listed: Field,
    pub(super) available: Field,
}

/// What the index knows of a product.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Description, activity and name of the maker.
    pub(crate) more: String,
    pub(crate) category: String,
    pub(crate) district: String,
    pub(crate) price: i64,
    pub(crate) listed_ms: i64,
    pub(crate) available: bool,
}

/// The index. One per city and process.
pub struct Index {
    pub(super) fields: Fields,
    pub(super) reader: IndexReader,
    writer: Mutex<IndexWriter>,
    inner: tantivy::Index,
}

impl Index {
    /// Opens the index in this folder, or begins an empty one.
    pub fn open(folder: &Path) -> Outcome<Index> {
        let folder = folder.join(VERSION);
        std::fs::create_dir_all(&folder).map_err(|e| SearchError(e.to_string()))?;
        let directory = MmapDirectory::open(&folder).map_err(|e| SearchError(e.to_string()))?;
        let (schema, fields) = schema();
        Index::with(tantivy::Index::open_or_create(directory, schema)?, fields)
    }

    /// An index that lives in memory, for tests.
    pub fn in_memory() -> Outcome<Index> {
        let (schema, fields) = schema();
        Index::with(tantivy::Index::create_in_ram(schema), fields)
    }

    fn with(inner: tantivy::Index, fields: Fields) -> Outcome<Index> {
        let plain = TextAnalyzer::builder(WhitespaceTokenizer::default()).build();
        inner.tokenizers().register("words", plain);
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let writer = Mutex::new(inner.writer_with_num_threads(1, WRITER_BYTES)?);
        Ok(Index { fields, reader, writer, inner })
    }

    /// How far in the event series the index has come.
    pub fn reached(&self) -> Outcome<i64> {
        let payload = self.inner.load_metas()?.payload;
        Ok(payload.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    /// How many products are in it.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn writer(&self) -> MutexGuard<'_, IndexWriter> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn remove(&self, id: &str) {
        self.writer().delete_term(Term::from_field_text(self.fields.id, id));
    }

    pub(crate) fn remove_all(&self) -> Outcome<()> {
        self.writer().delete_all_documents()?;
        Ok(())
    }

    pub(crate) fn put(&self, listing: &Listing) -> Outcome<()> {
        let document = self.document(listing);
        let writer = self.writer();
        writer.delete_term(Term::from_field_text(self.fields.id, &listing.id));
        writer.add_document(document)?;
        Ok(())
    }

    /// Makes what was put visible, and remembers the place in the event series.
    pub(crate) fn commit(&self, reached: i64) -> Outcome<()> {
        let mut writer = self.writer();
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&reached.to_string());
        commit.commit()?;
        drop(writer);
        self.reader.reload()?;
        Ok(())
    }

    fn document(&self, listing: &Listing) -> TantivyDocument {
        let f = self.fields;
        let name = words::words(&listing.name);
        let mut text: Vec<String> = Vec::new();
        for word in name.iter().cloned().chain(words::words(&listing.more)) {
            text.push(words::stem(&word));
            text.push(word);
        }
        let mut document = TantivyDocument::default();
        document.add_text(f.id, &listing.id);
        document.add_text(f.text, text.join(" "));
        document.add_text(f.pairs, words::joined(&name).collect::<Vec<_>>().join(" "));
        document.add_text(f.name, name.join(" "));
        document.add_facet(f.category, facet(&listing.category));
        document.add_facet(f.district, facet(&listing.district));
        document.add_i64(f.price, listing.price);
        document.add_i64(f.listed, listing.listed_ms);
        document.add_bool(f.available, listing.available);
        document
    }
}

/// A one-step facet; an empty word becomes a dash so that it still has a place.
pub(super) fn facet(word: &str) -> Facet {
    Facet::from_path([if word.is_empty() { "-" } else { word }])
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing =
        |record| TextFieldIndexing::default().set_tokenizer("words").set_index_option(record);
    let plain = TextOptions::default().set_indexing_options(indexing(IndexRecordOption::WithFreqs));
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        text: schema.add_text_field("text", plain.clone()),
        name: schema.add_text_field("name", plain.clone()),
        pairs: schema.add_text_field("pairs", plain),
        category: schema.add_facet_field("category", FacetOptions::default()),
        district: schema.add_facet_field("district", FacetOptions::default()),
        price: schema.add_i64_field("price", FAST | INDEXED),
        listed: schema.add_i64_field("listed", FAST),
        available: schema.add_bool_field("available", INDEXED),
    };
    (schema.build(), fields)
}
