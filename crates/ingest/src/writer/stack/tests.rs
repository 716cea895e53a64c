use std::path::Path;

use abs_record::{Author, Date, Record, RecordId};
use abs_schema::{Document, IndexFolder};
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Searcher};

use super::*;
use crate::{IndexSink, RecordSink, WriterOptions};

/// Words more and less frequent than a block of postings has documents, in
/// texts of any length.
fn record(n: usize) -> Record {
    let mut record = Record::new(RecordId::parse(&format!("r{n}")).unwrap());
    record.title = format!("Reward models of kind {} for {}", n % 7, n % 301);
    record.abstract_text = (!n.is_multiple_of(9)).then(|| {
        let word = |at: usize| format!("word{}", (n * 31 + at * at * 17) % (60 + at * 40));
        (0..n % 40).map(word).collect::<Vec<_>>().join(" ")
    });
    record.authors = (0..n % 4)
        .map(|of| Author::parse(&format!("Name{}, A.", (n + of * 13) % 90)))
        .collect();
    record.date = Date::new(1990 + u16::try_from(n % 30).unwrap(), None, None);
    record.venue = n.is_multiple_of(3).then(|| format!("Journal {}", n % 11));
    record.categories = vec![format!("cs.C{}", n % 5)];
    record.keywords = (0..n % 3).map(|of| format!("keyword {of}")).collect();
    record.doi = n.is_multiple_of(2).then(|| format!("10.1000/{n}"));
    record.arxiv = n.is_multiple_of(50).then(|| format!("2101.{n:05}"));
    record.pmid = n.is_multiple_of(51).then(|| format!("{}", 1000 + n));
    record.language = n.is_multiple_of(4).then(|| "en".to_owned());
    record
}

/// Segments of so many records each.
fn index_of(path: &Path, sizes: &[usize]) -> (IndexFolder, Searcher) {
    let open = || IndexFolder::open_or_create(path).unwrap();
    let options = WriterOptions {
        threads: 1,
        memory_bytes: 0,
    };
    let mut sink = IndexSink::open(open(), options).unwrap();
    let mut n = 0;
    for size in sizes {
        for _ in 0..*size {
            sink.push(record(n)).unwrap();
            n += 1;
        }
        sink.commit().unwrap();
    }
    drop(sink);
    let folder = open();
    let committed = folder.snapshot().unwrap();
    assert_eq!(committed.segment_readers().len(), sizes.len());
    (folder, committed)
}

#[test]
fn stacked_segments_are_what_tantivy_makes_of_them() {
    // Stores that are stacked, and some too small for it.
    for sizes in [&[1_300, 1_000, 150, 7][..], &[1, 2]] {
        let path = tempfile::tempdir().unwrap();
        let (folder, committed) = index_of(path.path(), sizes);
        let segments = folder.segments_in_order().unwrap();
        let ours = stack(&folder.index, &segments).unwrap();
        assert_eq!(
            ours.meta().max_doc() as usize,
            sizes.iter().sum::<usize>(),
            "{sizes:?}"
        );

        let mut writer: IndexWriter<Document> =
            folder.index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let ids: Vec<_> = segments.iter().map(Segment::id).collect();
        writer.merge(&ids).wait().unwrap();
        let merged = folder.index.searchable_segments().unwrap();
        let [theirs] = merged.as_slice() else {
            panic!("{} segments", merged.len());
        };
        let ours = SegmentReader::open(&ours).unwrap();
        let theirs = SegmentReader::open(theirs).unwrap();
        for component in [
            SegmentComponent::FieldNorms,
            SegmentComponent::Postings,
            SegmentComponent::Positions,
            SegmentComponent::Terms,
            SegmentComponent::FastFields,
        ] {
            let bytes = |segment: &SegmentReader| {
                let file = segment.open_read(component.clone()).unwrap();
                file.read_bytes().unwrap().as_slice().to_vec()
            };
            assert!(bytes(&ours) == bytes(&theirs), "{sizes:?} {component:?}");
        }
        let stores = [ours, theirs].map(|segment| segment.get_store_reader(1).unwrap());
        for doc in 0..committed.num_docs() {
            let doc = DocId::try_from(doc).unwrap();
            let [ours, theirs] = stores
                .each_ref()
                .map(|store| store.get_document_bytes(doc).unwrap());
            assert!(ours == theirs, "{sizes:?} {doc}");
        }
    }
}
