//! Which records become one work, for hand-made cases and in any order.

use std::fs;

use abs_record::{Author, Date, Record, RecordId};
use abs_schema::works::MAX_VERSIONS;
use proptest::prelude::*;

use super::*;
use crate::writer::{IndexSink, WriterOptions};
use crate::{RecordSink, dedup::candidates::each_within};

/// `id | title | first author | year | doi | arxiv | pmid`, what is not known
/// left empty.
fn record(line: &str) -> Record {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let part = |idx: usize| parts.get(idx).filter(|part| !part.is_empty());
    let owned = |idx: usize| part(idx).map(|part| (*part).to_owned());
    let mut record = Record::new(RecordId::parse(parts[0]).unwrap());
    record.title = owned(1).unwrap_or_default();
    record.authors = part(2)
        .map(|name| Author::parse(name))
        .into_iter()
        .collect();
    record.date = part(3).and_then(|year| Date::parse(year));
    record.doi = owned(4);
    record.arxiv = owned(5);
    record.pmid = owned(6);
    record
}

fn sink() -> IndexSink {
    open(IndexFolder::in_memory())
}

fn open(folder: IndexFolder) -> IndexSink {
    let options = WriterOptions {
        threads: 1,
        memory_bytes: 0,
    };
    IndexSink::open(folder, options).unwrap()
}

fn searcher(folder: &IndexFolder) -> tantivy::Searcher {
    folder.snapshot().unwrap()
}

/// The works of an index as the ids of their versions.
fn works_of(folder: &IndexFolder) -> Vec<Vec<String>> {
    let searcher = searcher(folder);
    let works = Works::load(&folder.index, searcher.segment_readers()).unwrap();
    let corpus = Corpus::open(&searcher, folder.fields.record).unwrap();
    let mut ids: Vec<Vec<String>> = (0..works.n_works())
        .map(|work| {
            let mut ids: Vec<String> = works
                .versions(u32::try_from(work).unwrap())
                .into_iter()
                .map(|(segment_idx, doc)| {
                    let segment = works.segment(segment_idx).unwrap();
                    assert_eq!(segment.work(doc), Some(u32::try_from(work).unwrap()));
                    let doc = (0..corpus.n_docs()).find(|d| corpus.place(*d) == (segment_idx, doc));
                    corpus.record(doc.unwrap()).unwrap().unwrap().id.to_string()
                })
                .collect();
            ids.sort();
            ids
        })
        .collect();
    ids.sort();
    ids
}

/// The works among some records, committed in batches.
fn works_among(records: &[Record], batch: usize) -> Vec<Vec<String>> {
    let mut sink = sink();
    for (idx, record) in records.iter().enumerate() {
        sink.push(record.clone()).unwrap();
        if idx % batch == batch - 1 {
            sink.commit().unwrap();
        }
    }
    works_of(&sink.finish().unwrap().0)
}

/// Checks the works among some records, in one segment and in several, in
/// both orders.
#[track_caller]
fn check(lines: &[&str], expected: &[&[&str]]) {
    let mut records: Vec<Record> = lines.iter().map(|line| record(line)).collect();
    for batch in [3, 100] {
        assert_eq!(works_among(&records, batch), expected, "batches of {batch}");
    }
    records.reverse();
    assert_eq!(works_among(&records, 2), expected, "backwards");
}

#[test]
fn three_sources_of_one_work() {
    check(
        &[
            "arXiv:1704.05021 | Sparse Communication for Distributed Gradient Descent | Alham Fikri Aji | 2017 | 10.18653/v1/d17-1045 | 1704.05021",
            "ACL:D17-1045 | Sparse communication for distributed gradient descent. | Aji, Alham F. | 2017 | 10.18653/v1/D17-1045",
            "pmid:31 | Sparse communication for distributed gradient descent | Aji AF | 2018 | | | 31",
            "ACL:D17-1046 | Why We Need New Evaluation Metrics | Novikova, J. | 2017 | 10.18653/v1/d17-1046",
        ],
        &[&["ACL:D17-1045", "arXiv:1704.05021", "pmid:31"]],
    );
}

#[test]
fn identifiers_chain() {
    check(
        &[
            "a | On the alignment of forests | Doe, J. | 2020 | 10.1/x",
            "b | On alignment of forests and trees | Doe, J. | 2024 | 10.1/x | 2001.00001",
            "c | Forests and trees: an alignment | Doe, J. | 2020 | 10.48550/arXiv.2001.00001 | | 5",
            "d | | | | | | 5",
            "e | Another text | Roe, R. | 2020 | | 2001.00002 | 6",
        ],
        &[&["a", "b", "c", "d"]],
    );
}

#[test]
fn a_discussion_and_its_rejoinder_are_works_of_their_own() {
    check(
        &[
            "a:1 | Least angle regression | Efron, Bradley | 2004 | 10.1214/67",
            "a:2 | Discussion of \"Least angle regression\" by Efron et al | Madigan, D. | 2004 | 10.1214/67",
            "a:3 | Discussion of \"Least angle regression\" by Efron et al | Weisberg, S. | 2004 | 10.1214/67",
            "a:4 | Rejoinder to \"Least angle regression\" by Efron et al | Efron, Bradley | 2004 | 10.1214/67",
            "b:4 | Rejoinder to \"Least Angle Regression\", by Efron et al. | Efron, B. | 2004 | 10.1214/67",
            "b:5 | Rejoinder | Efron, B. | 2004",
            "c:5 | Rejoinder | Efron, B. | 2004",
            "b:6 | Erratum: Least angle regression | Efron, B. | 2004 | 10.1214/67",
        ],
        &[&["a:4", "b:4"]],
    );
}

#[test]
fn a_title_alone_is_not_a_work() {
    check(
        &[
            "a | A Survey of Reward Models | Lu, Lewei | 2024",
            "b | A Survey of Reward Models | Li, Wei | 2024",
            "c | A Survey of Reward Models | | 2024",
            "d | A Survey of Reward Models | | 2024",
            "e | Editorial | Lu, Lewei | 2024",
            "f | Editorial | Lu, Lewei | 2024",
            "g | Preface to the Special Issue | Lu, Lewei | 2024",
            "h | Preface to the Special Issue | Lu, Lewei | 2024",
        ],
        &[],
    );
}

#[test]
fn years_must_be_near_and_may_be_unknown() {
    check(
        &[
            "a:1 | Control improvisation at work | Fremont, D. | 2014",
            "b:1 | Control improvisation at work | Fremont, D. | 2016",
            "c:1 | Control improvisation at work | Fremont, D. | 2017",
            "d:1 | Control improvisation at work | Fremont, D. |",
            "a:2 | Beyond word n-grams | Pereira, F. | 1995",
            "b:2 | Beyond Word N-Grams | Pereira, F. |",
            // The reports of several years, from a source that gives none.
            "a:3 | Spoken language research | Reddy, R. |",
            "a:4 | Spoken language research | Reddy, R. |",
        ],
        &[&["a:1", "b:1"], &["a:2", "b:2"]],
    );
}

#[test]
fn catalogues_tell_works_apart() {
    check(
        &[
            "p:1 | Picture of the garden | Doe, J. | 2020 | | | 1",
            "p:2 | Picture of the garden | Doe, J. | 2020 | | | 2",
            // One DOI for two parts, and for two papers of different titles.
            "x:3 | Minimal energy methods. Part I | Dolgov, S. | 2013 | 10.1/d",
            "x:4 | Minimal energy methods. Part II | Dolgov, S. | 2013 | 10.1/d",
            "x:5 | Unified model of mode control | Fang, C. | 2012 | 10.1/f",
            "x:6 | Bifurcation with parasitic inductors | Fang, C. | 2012 | 10.1/f",
            "x:7 | Fitting of clothoid curves | Bertolazzi, E. | 2012 | 10.1/b | 1209.0910",
            "x:8 | Fast fitting of clothoid curves | Bertolazzi, E. | 2013 | 10.1/b | 1305.6644",
            // Submitted twice under one title.
            "x:9 | Protein production rates | Dong, J. | 2006 | 10.1/p | q-bio/0602024",
            "y:9 | Protein production rates | Dong, J. | 2006 | 10.1/p | q-bio/0606043",
            // A translated title.
            "p:10 | [On the growth of trees] | Muster, M. | 1999 | 10.1/t | | 10",
            "z:10 | Über das Wachstum der Bäume | Muster, Max | 1999 | 10.1/t",
        ],
        &[&["p:10", "z:10"], &["x:9", "y:9"]],
    );
}

#[test]
fn an_identifier_of_many_records_is_not_one_work() {
    let mut lines = Vec::new();
    for idx in 0..300 {
        lines.push(format!(
            "s:{idx} | The growth of plant number {idx} | Doe{idx}, J. | 2020 | 10.1/supp"
        ));
    }
    lines.push("t:1 | The Growth of Plant Number 7 | Doe7, J. | 2020 | 10.1/supp".to_owned());
    for idx in 0..100 {
        lines.push(format!(
            "column:{idx} | Notes from the garden | Gardener, G. | 2020"
        ));
    }
    let records: Vec<Record> = lines.iter().map(|line| record(line)).collect();
    assert_eq!(works_among(&records, 200), [["s:7", "t:1"]]);
}

#[test]
fn works_have_no_more_versions_than_is_said() {
    let lines: Vec<String> = (0..200)
        .map(|idx| format!("s:{idx} | Sparse graphs revisited | Okafor, N. | | 10.1/a"))
        .collect();
    let records: Vec<Record> = lines.iter().map(|line| record(line)).collect();
    let works = works_among(&records, 1000);
    assert_eq!(works.iter().map(Vec::len).max(), Some(MAX_VERSIONS));
    let mut reversed = records;
    reversed.reverse();
    assert_eq!(works_among(&reversed, 77), works);
}

#[test]
fn updates_and_deletes_split_and_join() {
    let mut sink = sink();
    let line = |id: &str, doi: &str, arxiv: &str| {
        record(&format!(
            "{id} | Sparse graphs revisited | | 2020 | {doi} | {arxiv}"
        ))
    };
    sink.push(line("a", "10.1/a", "")).unwrap();
    sink.push(line("b", "10.1/a", "2001.00001")).unwrap();
    sink.push(line("c", "", "2001.00001")).unwrap();
    let (folder, _) = sink.finish().unwrap();
    assert_eq!(works_of(&folder), [["a", "b", "c"]]);

    let mut sink = open(folder);
    sink.delete(&RecordId::parse("b").unwrap()).unwrap();
    let (folder, _) = sink.finish().unwrap();
    assert!(works_of(&folder).is_empty());

    let mut sink = open(folder);
    sink.push(line("c", "10.1/a", "")).unwrap();
    let (folder, _) = sink.finish().unwrap();
    assert_eq!(works_of(&folder), [["a", "c"]]);
}

#[test]
fn a_file_of_another_commit_or_a_damaged_one_is_not_used() {
    let lines = [
        "a | Sparse graphs | | | 10.1/a",
        "b | Sparse graphs | | | 10.1/a",
    ];
    let temporary = tempfile::tempdir().unwrap();
    let mut sink = open(IndexFolder::open_or_create(temporary.path()).unwrap());
    for line in lines {
        sink.push(record(line)).unwrap();
    }
    let (folder, _) = sink.finish().unwrap();
    let load = |folder: &IndexFolder| {
        Works::load(&folder.index, searcher(folder).segment_readers()).map(|works| works.n_works())
    };
    assert_eq!(load(&folder), Some(1));

    let path = temporary.path().join(works::WORKS_FILE);
    let good = fs::read(&path).unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 4;
        fs::write(&path, &bad).unwrap();
        assert_eq!(load(&folder), None, "byte {at}");
        fs::write(&path, &good[..at]).unwrap();
        assert_eq!(load(&folder), None, "{at} bytes");
    }
    fs::write(&path, &good).unwrap();

    // As a kill leaves it: a commit, and the file of the one before.
    let mut sink = open(folder);
    sink.delete(&RecordId::parse("b").unwrap()).unwrap();
    sink.commit().unwrap();
    drop(sink);
    let folder = IndexFolder::open(temporary.path()).unwrap();
    assert_eq!(load(&folder), None);
    // The next ingest makes up for it, even one that has nothing to say.
    let (folder, _) = open(folder).finish().unwrap();
    assert_eq!(load(&folder), Some(0));
}

/// Few words, authors, years and ids, so that much is shared.
fn any_record(idx: usize) -> impl Strategy<Value = Record> {
    let title = prop::sample::select(vec![
        "Sparse graphs revisited",
        "Sparse graphs, revisited",
        "Dense forests explained",
        "Rejoinder",
        "",
    ]);
    let author = prop::sample::select(vec!["Doe, J.", "Roe, R.", ""]);
    let year = prop::sample::select(vec!["", "2018", "2020", "2021", "2023"]);
    let doi = prop::sample::select(vec!["", "", "10.1/a", "10.1/b"]);
    let arxiv = prop::sample::select(vec!["", "", "2001.00001", "2001.00002"]);
    let pmid = prop::sample::select(vec!["", "", "1", "2"]);
    (title, author, year, doi, arxiv, pmid).prop_map(
        move |(title, author, year, doi, arxiv, pmid)| {
            record(&format!(
                "s{}:{idx} | {title} | {author} | {year} | {doi} | {arxiv} | {pmid}",
                idx % 3
            ))
        },
    )
}

fn any_records() -> impl Strategy<Value = Vec<Record>> {
    let records: Vec<_> = (0..14).map(any_record).collect();
    records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn works_do_not_depend_on_order_or_segments(records in any_records(), batch in 1_usize..9) {
        let expected = works_among(&records, 100);
        let mut shuffled = records;
        shuffled.sort_by_key(|record| abs_schema::fields::tie_key(&record.id) % 101);
        prop_assert_eq!(works_among(&shuffled, batch), expected);
    }

    #[test]
    fn candidates_are_all_keys_that_several_have(records in any_records(), max_bytes in 1_usize..200) {
        let mut sink = sink();
        for record in &records {
            sink.push(record.clone()).unwrap();
        }
        let (folder, _) = sink.finish().unwrap();
        let searcher = searcher(&folder);
        let corpus = Corpus::open(&searcher, folder.fields.record).unwrap();
        let mut expected: std::collections::BTreeMap<u64, usize> = Default::default();
        for record in &records {
            for key in abs_schema::works::work_keys(record) {
                *expected.entry(key).or_default() += 1;
            }
        }
        expected.retain(|_, n_docs| *n_docs > 1);
        let mut found = Vec::new();
        each_within(&corpus, max_bytes, |key, docs| -> Result<(), ()> {
            found.push((key, docs.len()));
            Ok(())
        }).unwrap();
        prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }
}
