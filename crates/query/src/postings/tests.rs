//! Our reader of posting lists against tantivy's own.

use proptest::prelude::*;
use tantivy::postings::Postings;
use tantivy::query::Bm25Weight;
use tantivy::schema::{IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{DocSet, Index, IndexWriter, SegmentReader, TERMINATED, TantivyDocument};

use super::*;
use crate::window::{Bits, WINDOW, window_of};

/// One segment in which the term `a` stands in some documents, `freqs` times,
/// with positions in `text`, without in `freqs`, and once in `names`.
fn segment(
    n_docs: u32,
    holds: impl Fn(u32) -> u32,
) -> (SegmentReader, [tantivy::schema::Field; 3]) {
    let mut schema = Schema::builder();
    let indexed = |option| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let text = schema.add_text_field("text", indexed(IndexRecordOption::WithFreqsAndPositions));
    let freqs = schema.add_text_field("freqs", indexed(IndexRecordOption::WithFreqs));
    let names = schema.add_text_field("names", STRING);
    let index = Index::create_in_ram(schema.build());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 30_000_000).unwrap();
    for doc in 0..n_docs {
        let mut document = TantivyDocument::new();
        let n = holds(doc);
        let said = "a ".repeat(n as usize) + "b";
        document.add_text(text, &said);
        document.add_text(freqs, &said);
        if n > 0 {
            document.add_text(names, "a");
        }
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    (searcher.segment_reader(0).clone(), [text, freqs, names])
}

/// One that was used `n_uses` times before.
fn cursor(segment: &SegmentReader, field: tantivy::schema::Field, n_uses: usize) -> TermCursor {
    let term = tantivy::Term::from_field_text(field, "a");
    let inverted = segment.inverted_index(field).unwrap();
    let info = inverted.get_term_info(&term).unwrap().unwrap();
    let weight = Bm25Weight::for_one_term_without_explain(u64::from(info.doc_freq), 10_000, 5.0);
    let lists = PostingLists::default();
    for _ in 0..n_uses {
        lists.cursor(segment, field, &info, None).unwrap();
    }
    let lengths = lists.lengths(segment, field).unwrap();
    let scoring = Scoring {
        weight,
        lengths,
        block_slack: 9.0,
    };
    let cursor = lists.cursor(segment, field, &info, Some(scoring)).unwrap();
    cursor.unwrap()
}

/// Documents and frequencies as tantivy reads them.
fn expected(segment: &SegmentReader, field: tantivy::schema::Field) -> Vec<(u32, u32)> {
    let term = tantivy::Term::from_field_text(field, "a");
    let option = IndexRecordOption::WithFreqs;
    let inverted = segment.inverted_index(field).unwrap();
    let mut postings = inverted.read_postings(&term, option).unwrap().unwrap();
    let mut found = Vec::new();
    while postings.doc() != TERMINATED {
        found.push((postings.doc(), postings.term_freq()));
        postings.advance();
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn reads_what_tantivy_reads(
        // Dense, sparse, full blocks only, a tail only.
        (n_docs, every, first) in prop_oneof![
            (300_u32..10_000, 1_u32..4, 0_u32..3),
            (9_000_u32..10_000, 20_u32..200, 0_u32..90),
            (128_u32..129, 1_u32..2, 0_u32..1),
            (1_u32..130, 1_u32..2, 0_u32..1),
        ],
        targets in proptest::collection::vec(0_u32..10_500, 1..12),
        n_uses in 0_usize..3,
    ) {
        let holds = |doc: u32| {
            let is_there = doc >= first && (doc - first).is_multiple_of(every);
            if is_there { 1 + doc * 7 % 5 + u32::from(doc.is_multiple_of(97)) * 300 } else { 0 }
        };
        let (segment, fields) = segment(n_docs, holds);
        for field in fields {
            let expected = expected(&segment, field);
            let mut cursor = cursor(&segment, field, n_uses);
            let is_frequent = expected.len() >= 128.max(n_docs as usize / 32);
            prop_assert_eq!(cursor.has_marks(), n_uses > 0 && is_frequent);
            prop_assert_eq!(cursor.size_hint() as usize, expected.len());
            let start = cursor.place();
            // One by one.
            let mut found = Vec::new();
            while cursor.doc() != TERMINATED {
                found.push((cursor.doc(), cursor.freq()));
                cursor.advance();
            }
            prop_assert_eq!(&found, &expected);
            // By leaps, and back again.
            cursor.return_to(start);
            let mut sorted = targets.clone();
            sorted.sort_unstable();
            for target in &sorted {
                let at = expected.iter().find(|(doc, _)| doc >= target);
                prop_assert_eq!(cursor.seek(*target), at.map_or(TERMINATED, |(doc, _)| *doc));
                if let Some((_, freq)) = at {
                    prop_assert_eq!(cursor.freq(), *freq);
                }
            }
            // By windows: some passed over, the others marked and scored.
            cursor.return_to(start);
            let (mut marked, mut scores) = (Bits::none(), vec![0.0; WINDOW]);
            for target in &sorted {
                let (base, end) = window_of(*target);
                cursor.pass_to(base);
                if cursor.doc() > base {
                    continue;
                }
                let here: Vec<u32> = expected
                    .iter()
                    .map(|(doc, _)| *doc)
                    .filter(|doc| (base..end).contains(doc))
                    .collect();
                let first = cursor.first_possible(base);
                prop_assert!(here.iter().all(|doc| *doc >= first));
                let bound = cursor.max_score_until(end);
                let place = cursor.place();
                marked.clear();
                cursor.mark(base, end, &mut marked);
                let mut found = Vec::new();
                marked.for_each(|offset| found.push(base + offset));
                prop_assert_eq!(&found, &here);
                cursor.return_to(place);
                scores.fill(0.0);
                cursor.add(base, end, f64::NEG_INFINITY, &mut marked, &mut scores);
                let best = scores.iter().copied().fold(0.0, f64::max);
                prop_assert!(best <= f64::from(bound) * 1.000_01, "{} > {}", best, bound);
                cursor.return_to(place);
                let next = expected.iter().find(|(doc, _)| *doc >= end);
                let next = next.map_or(TERMINATED, |(doc, _)| *doc);
                prop_assert_eq!(cursor.next_from(end), next);
                cursor.return_to(place);
                for doc in &here {
                    let score = cursor.score_at(*doc);
                    let summed = scores[(doc - base) as usize];
                    prop_assert!((score - summed).abs() < 1e-9);
                }
            }
        }
    }
}

#[test]
fn a_cut_list_ends_and_nothing_worse() {
    let (segment, [text, ..]) = segment(1_000, |_| 2);
    let term = tantivy::Term::from_field_text(text, "a");
    let inverted = segment.inverted_index(text).unwrap();
    let info = inverted.get_term_info(&term).unwrap().unwrap();
    let file = segment
        .open_read(tantivy::index::SegmentComponent::Postings)
        .unwrap();
    let file = tantivy::directory::CompositeFile::open(&file).unwrap();
    let lists = file.open_read(text).unwrap().slice_from(8);
    let bytes = lists
        .slice(info.postings_range.clone())
        .read_bytes()
        .unwrap();
    for cut in 0..bytes.len() {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let blocks = Blocks::new(bytes.slice(0..cut), info.doc_freq, option);
        let mut cursor = TermCursor::new(blocks, None, None);
        let mut n_docs = 0;
        while cursor.doc() != TERMINATED {
            assert_eq!(cursor.doc(), n_docs);
            n_docs += 1;
            cursor.freq();
            cursor.advance();
        }
        assert!(n_docs <= 1_000);
    }
}
