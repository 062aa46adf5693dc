//! The index on disk: its fields, its writer, and the place in the event series it has reached.
//! It also keeps what a shelf shows of each product, so that a page of results needs no database.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base::Rupiah;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use super::browsing::Browsing;
use super::shelves::Shelves;
use super::words;
use crate::product::ProductId;

/// Memory of the writer; more only makes bulk rebuilding faster.
const WRITER_BYTES: usize = 50_000_000;
/// So many segments of like size become one: every question goes over all of them.
const SEGMENTS_TOGETHER: usize = 4;
/// Goes up when fields or words change: an index of another version is made again.
const VERSION: &str = "3";

/// Why the index could not answer.
#[derive(Debug)]
pub struct SearchError(String);

impl SearchError {
    pub(super) fn new(cause: &str) -> SearchError {
        SearchError(cause.to_owned())
    }
}

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
impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> SearchError {
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
    /// Keys of everything a product says of itself.
    pub(super) text: Field,
    /// Keys of its name.
    pub(super) name: Field,
    /// Words as written: the dictionary that guesses are taken from.
    pub(super) word: Field,
    /// The number of its business.
    pub(super) maker: Field,
    pub(super) card: Field,
    category: Field,
    district: Field,
    price: Field,
    listed: Field,
}

/// What a shelf shows of a product, as it was when the index last heard of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Card {
    pub id: ProductId,
    pub name: String,
    pub category: String,
    pub unit: String,
    pub price: Rupiah,
    pub stock: i64,
    /// Content hash of its first photo, or empty.
    pub photo: String,
    /// Name of the business.
    pub maker: String,
    /// Number of the business.
    pub maker_number: String,
    /// Code of the district it stands in, or empty.
    pub district: String,
}

/// What the index knows of a product.
#[derive(Debug, Clone)]
pub struct Listing {
    pub card: Card,
    /// Description and variants.
    pub more: String,
    pub listed_ms: i64,
}

/// The index. One per city and process.
pub struct Index {
    pub(super) fields: Fields,
    pub(super) reader: IndexReader,
    writer: Mutex<IndexWriter>,
    inner: tantivy::Index,
    pub(super) browsing: Browsing,
    pub(super) shelves: Shelves,
}

impl Index {
    /// Opens the index in this folder, or begins an empty one.
    pub fn open(folder: &Path) -> Outcome<Index> {
        let folder = folder.join(VERSION);
        std::fs::create_dir_all(&folder)?;
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
        let writer = inner.writer_with_num_threads(1, WRITER_BYTES)?;
        let mut merging = LogMergePolicy::default();
        merging.set_min_num_segments(SEGMENTS_TOGETHER);
        writer.set_merge_policy(Box::new(merging));
        let (browsing, shelves) = (Browsing::default(), Shelves::default());
        Ok(Index { fields, reader, writer: Mutex::new(writer), inner, browsing, shelves })
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

    /// Takes a product out, with the next commit.
    pub fn remove(&self, id: &str) {
        self.writer().delete_term(Term::from_field_text(self.fields.id, id));
    }

    pub(super) fn remove_all(&self) -> Outcome<()> {
        self.writer().delete_all_documents()?;
        Ok(())
    }

    /// Puts a product in, or in place of what was known of it, with the next commit.
    pub fn put(&self, listing: &Listing) -> Outcome<()> {
        let document = self.document(listing)?;
        let writer = self.writer();
        writer.delete_term(Term::from_field_text(self.fields.id, listing.card.id.as_str()));
        writer.add_document(document)?;
        Ok(())
    }

    /// Makes what was put visible, and remembers the place in the event series.
    pub fn commit(&self, reached: i64) -> Outcome<()> {
        let mut writer = self.writer();
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&reached.to_string());
        commit.commit()?;
        drop(writer);
        self.reader.reload()?;
        Ok(())
    }

    /// Ends the index's work in this process, after segments that are being merged are.
    pub fn close(self) -> Outcome<()> {
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(writer.wait_merging_threads()?)
    }

    fn document(&self, listing: &Listing) -> Outcome<TantivyDocument> {
        let (f, card) = (self.fields, &listing.card);
        let name = words::words(&card.name);
        let mut named: Vec<String> = name.iter().map(|word| words::key(word)).collect();
        named.extend(words::joined(&name));
        let around = words::words(&format!("{} {}", card.category, card.maker));
        let more = words::words(&listing.more);
        let mut text = named.clone();
        text.extend(around.iter().chain(&more).map(|word| words::key(word)));
        let mut written: Vec<&str> = name.iter().chain(&around).map(String::as_str).collect();
        written.sort_unstable();
        written.dedup();
        let json = serde_json::to_string(card).map_err(|e| SearchError(e.to_string()))?;
        let mut document = TantivyDocument::default();
        document.add_text(f.id, card.id.as_str());
        document.add_text(f.text, text.join(" "));
        document.add_text(f.name, named.join(" "));
        document.add_text(f.word, written.join(" "));
        document.add_text(f.maker, &card.maker_number);
        document.add_text(f.card, json);
        document.add_text(f.category, &card.category);
        document.add_text(f.district, &card.district);
        document.add_u64(f.price, card.price.amount().unsigned_abs());
        document.add_u64(f.listed, u64::try_from(listing.listed_ms).unwrap_or(0));
        Ok(document)
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    // How often a word stands somewhere does not matter, only how long a name is.
    let indexed = |lengths| {
        let how = TextFieldIndexing::default().set_tokenizer("words").set_fieldnorms(lengths);
        let how = how.set_index_option(IndexRecordOption::Basic);
        TextOptions::default().set_indexing_options(how)
    };
    let facet = TextOptions::default().set_fast("raw");
    let fields = Fields {
        id: schema.add_text_field("id", STRING),
        text: schema.add_text_field("text", indexed(false)),
        name: schema.add_text_field("name", indexed(true)),
        word: schema.add_text_field("word", indexed(false)),
        maker: schema.add_text_field("maker", STRING),
        card: schema.add_text_field("card", STORED),
        category: schema.add_text_field("category", facet.clone()),
        district: schema.add_text_field("district", facet),
        price: schema.add_u64_field("price", FAST),
        listed: schema.add_u64_field("listed", FAST),
    };
    (schema.build(), fields)
}
