use abs_record::author::Name;
use abs_record::{Author, Date, RecordId};
use abs_schema::{IndexFolder, stored};
use proptest::prelude::*;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::*;

/// Words of all kinds: plain, with endings in the table and not, stop words,
/// compounds, second spellings, numbers, other scripts.
const WORDS: &[&str] = &[
    "reward",
    "rewards",
    "models",
    "modeling",
    "running",
    "runs",
    "the",
    "of",
    "x-ray",
    "xray",
    "state-of-the-art",
    "Müller",
    "naïve",
    "C++",
    "TGF-β",
    "3.5",
    "1,000",
    "15q13.3",
    "LLMs",
    "happiness",
    "flies",
    "geologists",
    "don't",
    "Parkinson's",
    "U.S.A.",
    "人工",
    "知能",
    "e.g.",
    "a-a",
    "s-s",
    "re-running",
    "co-operates",
    "$x^2$",
    "--",
    "R&D",
    "thinner",
    "dying",
];

const NAMES: &[&str] = &[
    "Lu, Lewei",
    "van der Berg, J.-P.",
    "Müller, Ö.",
    "WHO",
    "Berg, Lewei",
];

/// One of the names; beyond them, one whose value is cut, and one of other
/// parts that reads as the second.
fn author(which: usize) -> Author {
    match NAMES.get(which) {
        Some(name) => Author::parse(name),
        None if which == NAMES.len() => {
            Author::collective(&format!("Group {} of Berg", "Zürich ".repeat(200)))
        }
        None => Author::from(Name::Person {
            family: "van der Berg".to_owned(),
            given: "J.-P.".to_owned(),
            particle: String::new(),
            suffix: String::new(),
        }),
    }
}

fn texts() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(WORDS), 0..90)
        .prop_map(|words| words.join(" "))
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let names = proptest::collection::vec(0..NAMES.len() + 2, 0..5);
    let record = (texts(), texts(), names, 1900_u16..2030, any::<u8>());
    proptest::collection::vec(record, 1..40).prop_map(|given| {
        let records = given.into_iter().enumerate();
        let records = records.map(|(idx, (title, text, names, year, bits))| {
            let mut record = Record::new(RecordId::parse(&format!("r{idx}")).unwrap());
            // Beyond so many words a title's own field, made by its chain,
            // would hold more than the split-off one.
            record.title = title.split(' ').take(30).collect::<Vec<_>>().join(" ");
            record.abstract_text = (bits & 1 > 0).then_some(text);
            record.authors = names.into_iter().map(author).collect();
            record.date = Date::new(year, None, None);
            record.venue = (bits & 2 > 0).then(|| "J. of x-ray Science".to_owned());
            record.categories = vec!["cs.CL".to_owned(), format!("Q{}", bits >> 5)];
            record.keywords = vec!["reward models".to_owned()];
            record.doi = (bits & 4 > 0).then(|| format!("10.1/{idx}"));
            record.language = (bits & 8 > 0).then(|| "en".to_owned());
            record
        });
        records.collect()
    })
}

/// Every posting of every field, and the lengths.
fn postings_of(segment: &SegmentReader, fields: &Fields) -> Vec<String> {
    let mut lines = Vec::new();
    for (field, entry) in fields
        .schema
        .fields()
        .filter(|(_, entry)| entry.is_indexed())
    {
        let index = segment.inverted_index(field).unwrap();
        lines.push(format!(
            "{} {} tokens",
            entry.name(),
            index.total_num_tokens()
        ));
        let option = entry.field_type().get_index_record_option().unwrap();
        let mut terms = index.terms().stream().unwrap();
        while let Some((term, info)) = terms.next() {
            let mut postings = index.read_postings_from_terminfo(info, option).unwrap();
            let mut places = Vec::new();
            while postings.doc() != TERMINATED {
                if option == IndexRecordOption::WithFreqsAndPositions {
                    postings.positions(&mut places);
                }
                lines.push(format!(
                    "{} {} {}: {} × {} {places:?}",
                    entry.name(),
                    String::from_utf8_lossy(term),
                    info.doc_freq,
                    postings.doc(),
                    postings.term_freq(),
                ));
                postings.advance();
            }
        }
        if let Ok(Some(lengths)) = segment.fieldnorms_readers().get_field(field) {
            for doc in 0..segment.max_doc() {
                lines.push(format!(
                    "{} {doc} long {}",
                    entry.name(),
                    lengths.fieldnorm(doc)
                ));
            }
        }
    }
    for column in [
        "tie",
        "content",
        "year",
        "date",
        "n_authors",
        "author_key",
        "run",
        "work_key",
    ] {
        let values = segment.fast_fields().u64(column).unwrap();
        for doc in 0..segment.max_doc() {
            let values: Vec<u64> = values.values_for_doc(doc).collect();
            lines.push(format!("{column} {doc}: {values:?}"));
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_segment_is_what_tantivy_would_have_written(records in records()) {
        let ours = IndexFolder::in_memory();
        let mut builder = SegmentBuilder::new(&ours.index, &ours.fields).unwrap();
        for (idx, record) in records.iter().enumerate() {
            let doc = builder.add(record, stored::encode(record), 1).unwrap();
            prop_assert_eq!(doc as usize, idx);
        }
        prop_assert!(builder.n_bytes() > 0);
        let ours = SegmentReader::open(&builder.finish().unwrap()).unwrap();

        let theirs = IndexFolder::in_memory();
        let mut writer = theirs.index.writer_with_num_threads(1, 15_000_000).unwrap();
        for record in &records {
            let document = theirs.fields.document(record, stored::encode(record), 1);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = theirs.index.reader().unwrap().searcher();
        let reader = searcher.segment_reader(0);

        prop_assert_eq!(ours.max_doc(), reader.max_doc());
        let expected = postings_of(reader, &theirs.fields);
        for (ours, theirs) in postings_of(&ours, &theirs.fields).iter().zip(&expected) {
            prop_assert_eq!(ours, theirs);
        }
        prop_assert_eq!(postings_of(&ours, &theirs.fields).len(), expected.len());
    }
}
