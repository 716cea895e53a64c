//! The fields of the index: what each holds and how it is analysed.
//!
//! | field | chain | holds |
//! |---|---|---|
//! | `id` | none | the record id, one term; what an update deletes |
//! | `text` | Flat | the title [`TITLE_WEIGHT`](crate::analyzer::TITLE_WEIGHT) times and the abstract, with positions: what unscoped queries rank by and phrases are looked up in |
//! | `title` | Text | the title, for `title:` |
//! | `author` | Name | words of all authors' names |
//! | `author_name` | none | [`author_value`] of each author, one term |
//! | `author_key` | none | hash of each author's key, a column for facets |
//! | `venue`, `venue_name` | Name, none | its words; its name, a column |
//! | `category`, `category_name` | Value, none | folded; as printed, a column |
//! | `keyword` | Text | key words |
//! | `identifier` | none | `doi:…`, `arxiv:…`, `pmid:…`, folded |
//! | `language` | Value | language |
//! | `has` | none | names of the parts a record has |
//! | `year`, `date`, `n_authors` | none | columns; the date as `yyyymmdd` |
//! | `tie`, `content` | none | columns: hash of the id, hash of the record |
//! | `run` | none | column: number of the ingest that wrote the record |
//! | `work_key` | none | column: [`work_keys`](crate::works::work_keys), by which versions of a work are found |
//! | `record` | none | the record itself, stored |
//!
//! There is no stemmed field for the abstract alone: its term frequency is
//! what `text` counts less `TITLE_WEIGHT` times what `title` counts.

use abs_record::{Record, RecordId};
use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use xxhash_rust::xxh3::xxh3_64;

use crate::analyzer::{ABSTRACT_START, Chain};
use crate::document::Document;

/// Between key and printed form in [`author_value`].
pub const KEY_END: char = '\t';

/// Handles of all fields.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the table of the module says what each holds")]
pub struct Fields {
    pub schema: Schema,
    pub id: Field,
    pub text: Field,
    pub title: Field,
    pub author: Field,
    pub author_name: Field,
    pub author_key: Field,
    pub venue: Field,
    pub venue_name: Field,
    pub category: Field,
    pub category_name: Field,
    pub keyword: Field,
    pub identifier: Field,
    pub language: Field,
    pub has: Field,
    pub year: Field,
    pub date: Field,
    pub n_authors: Field,
    pub tie: Field,
    pub content: Field,
    pub run: Field,
    pub work_key: Field,
    pub record: Field,
}

impl Default for Fields {
    fn default() -> Fields {
        Fields::new()
    }
}

impl Fields {
    /// Builds the schema. The order of fields is part of the format.
    pub fn new() -> Fields {
        let mut schema = Schema::builder();
        let column = || NumericOptions::default().set_fast();
        let ranked = |chain: Chain| inverted(chain.name(), IndexRecordOption::WithFreqs, true);
        let flat = inverted(
            Chain::Flat.name(),
            IndexRecordOption::WithFreqsAndPositions,
            true,
        );
        let present = |tokenizer: &str| inverted(tokenizer, IndexRecordOption::Basic, false);
        let mut text = |name: &str, options: TextOptions| schema.add_text_field(name, options);
        let id = text("id", present("raw"));
        let flat = text("text", flat);
        let title = text("title", ranked(Chain::Text));
        let author = text("author", present(Chain::Name.name()));
        let author_name = text("author_name", present("raw"));
        let venue = text("venue", present(Chain::Name.name()));
        let venue_name = text("venue_name", TextOptions::default().set_fast("raw"));
        let category = text("category", present(Chain::Value.name()));
        let category_name = text("category_name", TextOptions::default().set_fast("raw"));
        let keyword = text("keyword", present(Chain::Text.name()));
        let identifier = text("identifier", present("raw"));
        let language = text("language", present(Chain::Value.name()));
        let has = text("has", present("raw"));
        let author_key = schema.add_u64_field("author_key", column());
        let year = schema.add_u64_field("year", column());
        let date = schema.add_u64_field("date", column());
        let n_authors = schema.add_u64_field("n_authors", column());
        let tie = schema.add_u64_field("tie", column());
        let content = schema.add_u64_field("content", column());
        let run = schema.add_u64_field("run", column());
        let work_key = schema.add_u64_field("work_key", column());
        let record = schema.add_bytes_field("record", BytesOptions::default().set_stored());
        Fields {
            schema: schema.build(),
            id,
            text: flat,
            title,
            author,
            author_name,
            author_key,
            venue,
            venue_name,
            category,
            category_name,
            keyword,
            identifier,
            language,
            has,
            year,
            date,
            n_authors,
            tie,
            content,
            run,
            work_key,
            record,
        }
    }

    /// The fields of which only documents count, authors' apart, each with the
    /// chain of its values, or none where a value is a term as it is.
    pub fn plain(&self) -> [(Field, Option<Chain>); 7] {
        [
            (self.id, None),
            (self.venue, Some(Chain::Name)),
            (self.category, Some(Chain::Value)),
            (self.keyword, Some(Chain::Text)),
            (self.identifier, None),
            (self.language, Some(Chain::Value)),
            (self.has, None),
        ]
    }

    /// Calls `each` with every value a record has in [`Fields::plain`].
    pub fn for_each_value(&self, record: &Record, mut each: impl FnMut(Field, &str)) {
        each(self.id, record.id.as_str());
        if let Some(venue) = &record.venue {
            each(self.venue, venue);
        }
        for category in &record.categories {
            each(self.category, category);
        }
        for keyword in &record.keywords {
            each(self.keyword, keyword);
        }
        for (kind, value) in [
            ("doi", &record.doi),
            ("arxiv", &record.arxiv),
            ("pmid", &record.pmid),
        ] {
            if let Some(value) = value {
                each(self.identifier, &identifier(kind, value));
            }
        }
        if let Some(language) = &record.language {
            each(self.language, language);
        }
        for part in parts_present(record) {
            each(self.has, part);
        }
    }

    /// What a record has in columns, and the record itself, given
    /// [`author_key_hash`] of each author, [`crate::stored::encode`] of the
    /// record and the number of the run that writes it.
    pub fn columns(
        &self,
        record: &Record,
        author_keys: &[u64],
        stored: Vec<u8>,
        run: u64,
    ) -> Document {
        let mut document = Document::with_capacity(8 + author_keys.len());
        document.add(self.n_authors, record.authors.len() as u64);
        for key in author_keys {
            document.add(self.author_key, *key);
        }
        if let Some(venue) = &record.venue {
            document.add(self.venue_name, venue.as_str());
        }
        for category in &record.categories {
            document.add(self.category_name, category.as_str());
        }
        if let Some(date) = record.date {
            document.add(self.year, u64::from(date.year()));
            document.add(self.date, u64::from(date.ymd()));
        }
        document.add(self.tie, tie_key(&record.id));
        document.add(self.content, content_hash(&stored));
        document.add(self.run, run);
        for key in crate::works::work_keys(record) {
            document.add(self.work_key, key);
        }
        document.add(self.record, crate::stored::pack(stored));
        document
    }

    /// The whole of a record as tantivy's own writer would take it, given
    /// [`crate::stored::encode`] of it: what tests hold our segments against.
    pub fn document(&self, record: &Record, stored: Vec<u8>, run: u64) -> Document {
        let mut values = Vec::new();
        self.for_each_value(record, |field, value| {
            values.push((field, value.to_owned()))
        });
        let mut author_keys = Vec::with_capacity(record.authors.len());
        for author in &record.authors {
            let (key, display) = (author.key(), author.display());
            author_keys.push(author_key_hash(&key));
            values.push((self.author_name, author_value(&key, &display)));
            values.push((self.author, display));
        }
        let mut document = self.columns(record, &author_keys, stored, run);
        let abstract_text = record.abstract_text.as_deref().unwrap_or_default();
        let flat = format!("{}{ABSTRACT_START}{abstract_text}", record.title);
        document.add(self.text, flat);
        document.add(self.title, record.title.as_str());
        for (field, value) in values {
            document.add(field, value);
        }
        document
    }
}

/// The term of an identifier: `doi:10.1000/xyz`, folded.
pub fn identifier(kind: &str, value: &str) -> String {
    let mut term = String::with_capacity(kind.len() + value.len() + 1);
    term.push_str(kind);
    term.push(':');
    abs_record::fold::fold_into(value.trim(), &mut term);
    crate::analyzer::lexer::cut_at(&mut term, MAX_VALUE_BYTES);
    term
}

/// The longest raw term made of a value.
const MAX_VALUE_BYTES: usize = 1_024;

/// An author in the index: the key, [`KEY_END`], and the name as printed if
/// that is not the key with capitals. Spellings of one author are neighbours
/// in the dictionary.
pub fn author_value(key: &str, display: &str) -> String {
    let mut value = String::with_capacity(key.len() + display.len() + 1);
    value.push_str(key);
    value.push(KEY_END);
    if usual_chars(key, false).eq(display.chars()) {
        value.push(USUAL);
    } else if usual_chars(key, true).eq(display.chars()) {
        value.push(USUAL_WITH_STOPS);
    } else {
        value.push_str(display);
    }
    crate::analyzer::lexer::cut_at(&mut value, MAX_VALUE_BYTES);
    value
}

/// Whether a value may have been too long to keep all of the printed form.
pub fn is_author_value_cut(value: &str) -> bool {
    // A character has four bytes at most.
    value.len() + 3 >= MAX_VALUE_BYTES
}

/// The printed form is the usual one.
const USUAL: char = '1';
/// The same with a full stop behind each initial.
const USUAL_WITH_STOPS: char = '2';

/// Most names are printed as their key with capitals: `lu, lewei`.
fn usual_chars(key: &str, with_stops: bool) -> impl Iterator<Item = char> + '_ {
    key.split(' ').enumerate().flat_map(move |(idx, word)| {
        let blank = (idx > 0).then_some(' ');
        let mut chars = word.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        let stop = (with_stops && word.chars().nth(1).is_none()).then_some('.');
        blank.into_iter().chain(first).chain(chars).chain(stop)
    })
}

/// The key of [`author_value`].
pub fn author_value_key(value: &str) -> &str {
    value.split_once(KEY_END).map_or(value, |(key, _)| key)
}

/// The printed form of [`author_value`].
pub fn author_value_display(value: &str) -> String {
    let (key, printed) = value.split_once(KEY_END).unwrap_or((value, value));
    match printed {
        "1" => usual_chars(key, false).collect(),
        "2" => usual_chars(key, true).collect(),
        printed => printed.to_owned(),
    }
}

/// What the `author_key` column holds for a key: 56 bits, by which two of 15
/// million authors are the same once in 600 indexes.
pub fn author_key_hash(key: &str) -> u64 {
    xxh3_64(key.as_bytes()) >> 8
}

/// What the `tie` column holds: equal scores are put in its order, which
/// depends on nothing but the id.
pub fn tie_key(id: &RecordId) -> u64 {
    xxh3_64(id.as_str().as_bytes())
}

/// What the `content` column holds for a record's stored form: 40 bits, which
/// are compared with those of one other record, of the same id.
pub fn content_hash(stored: &[u8]) -> u64 {
    xxh3_64(stored) >> 24
}

/// The names `has:` knows, for the parts this record has.
fn parts_present(record: &Record) -> impl Iterator<Item = &'static str> {
    [
        ("title", !record.title.is_empty()),
        ("abstract", record.abstract_text.is_some()),
        ("author", !record.authors.is_empty()),
        ("date", record.date.is_some()),
        ("venue", record.venue.is_some()),
        ("cat", !record.categories.is_empty()),
        ("kw", !record.keywords.is_empty()),
        ("doi", record.doi.is_some()),
        ("arxiv", record.arxiv.is_some()),
        ("pmid", record.pmid.is_some()),
        ("lang", record.language.is_some()),
        ("url", record.url.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, present)| present.then_some(name))
}

fn inverted(tokenizer: &str, record: IndexRecordOption, fieldnorms: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(record)
            .set_fieldnorms(fieldnorms),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use abs_record::Author;

    #[test]
    fn author_values_keep_key_and_printed_form() {
        for (text, value) in [
            ("Lu, Lewei", "lu, lewei\t1"),
            ("Smith, J. B.", "smith, j b\t2"),
            ("Müller, Jörg", "muller, jorg\tMüller, Jörg"),
            (
                "van der Berg, Ludwig",
                "van der berg, ludwig\tvan der Berg, Ludwig",
            ),
        ] {
            let author = Author::parse(text);
            let made = author_value(&author.key(), &author.display());
            assert_eq!(made, value);
            assert_eq!(author_value_key(&made), author.key());
            assert_eq!(author_value_display(&made), author.display());
        }
    }
}
