//! Versions of one work: one hit, counted once, and all of them on demand.

use std::collections::{BTreeMap, BTreeSet};

use abs_record::{Date, Field};

use super::*;
use crate::results::Hit;
use crate::results::{Facet, FacetRequest};

/// Records of which some share a DOI, and with it often a work.
fn versions() -> impl Strategy<Value = Vec<Record>> {
    let one = (
        (text(0..3), text(0..6)),
        proptest::sample::select(vec!["10.1/a", "10.1/b", "10.1/c", "10.1/d", "", ""]),
        proptest::sample::select(vec!["2018", "2019", ""]),
        proptest::sample::select(vec!["Journal", "Archive", "List", ""]),
        proptest::sample::select(vec!["Doe, Jane", "Roe, Ann", "Poe, Eve"]),
    );
    proptest::collection::vec(one, 1..40).prop_map(|drawn| {
        let mut records = Vec::new();
        for (idx, ((title, abstract_text), doi, year, venue, author)) in drawn.iter().enumerate() {
            let mut record = record(idx, title, abstract_text);
            record.doi = Some((*doi).to_owned()).filter(|doi| !doi.is_empty());
            record.date = Date::parse(year);
            record.venue = Some((*venue).to_owned()).filter(|venue| !venue.is_empty());
            record.authors = vec![Author::parse(author), Author::parse("Doe, Jane")];
            records.push(record);
        }
        records
    })
}

/// By id: the work's number, the same for all its versions and no others.
fn works_by_id(searcher: &Searcher) -> BTreeMap<String, u32> {
    let snapshot = &searcher.snapshot;
    let mut by_id = BTreeMap::new();
    for work in 0..u32::try_from(snapshot.works.n_works()).unwrap() {
        for (segment_idx, doc) in snapshot.works.versions(work) {
            let record = snapshot.record(segment_idx, doc).unwrap();
            by_id.insert(record.id.to_string(), work);
        }
    }
    by_id
}

/// The first hit of each work, in the order of the hits.
fn collapsed(hits: &[Hit], works: &BTreeMap<String, u32>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = hits.iter().map(|hit| hit.record.id.to_string());
    ids.filter(|id| works.get(id).is_none_or(|work| seen.insert(*work)))
        .collect()
}

/// What values the works among some records have, counted by hand.
fn counted(
    hits: &[Hit],
    works: &BTreeMap<String, u32>,
    values: impl Fn(&Record) -> Vec<String>,
) -> BTreeMap<String, u64> {
    let mut who: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for hit in hits {
        let id = hit.record.id.to_string();
        let work = works.get(&id).map_or(id, |work| format!("work {work}"));
        for value in values(&hit.record) {
            who.entry(value).or_default().insert(work.clone());
        }
    }
    who.into_iter()
        .map(|(value, who)| (value, who.len() as u64))
        .collect()
}

fn as_map(facet: &Facet) -> BTreeMap<String, u64> {
    let values = facet.values.iter();
    values.map(|v| (v.value.clone(), v.count)).collect()
}

fn every(limit: usize, relax: bool) -> SearchOptions {
    SearchOptions {
        all_versions: true,
        ..options(limit, relax)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn pages_totals_and_facets_are_those_of_works(
        records in versions(),
        trees in proptest::collection::vec(tree(), 6),
        batch in 1usize..20,
        oldest_first in any::<bool>(),
    ) {
        let searcher = searcher(&records, batch);
        let works = works_by_id(&searcher);
        for tree in trees {
            let sort = if oldest_first { Sort::OldestFirst } else { Sort::Relevance };
            let all = SearchOptions { sort, ..every(1000, false) };
            let all = searcher.search(&tree.text(), &all).unwrap();
            let expected = collapsed(&all.hits, &works);
            let facets = [Field::Year, Field::Venue, Field::Author].map(|field| FacetRequest {
                field,
                top: 100,
                prefix: String::new(),
            });
            for (offset, limit) in [(0, 1000), (0, 1), (0, 3), (2, 2), (1, 4)] {
                let asked = SearchOptions {
                    offset,
                    sort,
                    facets: facets.to_vec(),
                    ..options(limit, false)
                };
                let found = searcher.search(&tree.text(), &asked).unwrap();
                let page: Vec<String> =
                    expected.iter().skip(offset).take(limit).cloned().collect();
                prop_assert_eq!(ids(&found), page, "{} {}+{}", tree.text(), offset, limit);
                prop_assert_eq!(found.total, expected.len() as u64);
                prop_assert_eq!(found.n_records, all.total);
                let years = |record: &Record| record.year().map(|y| y.to_string()).into_iter().collect();
                let venues = |record: &Record| record.venue.clone().into_iter().collect();
                let authors = |record: &Record| record.authors.iter().map(Author::display).collect();
                prop_assert_eq!(as_map(&found.facets[0]), counted(&all.hits, &works, years));
                prop_assert_eq!(as_map(&found.facets[1]), counted(&all.hits, &works, venues));
                prop_assert_eq!(as_map(&found.facets[2]), counted(&all.hits, &works, authors));
            }
            let count = searcher.count(&tree.text(), &options(0, false)).unwrap().0;
            prop_assert_eq!(count, expected.len() as u64);
            let count = searcher.count(&tree.text(), &every(0, false)).unwrap().0;
            prop_assert_eq!(count, all.total);
        }
    }

    #[test]
    fn partial_matches_are_no_versions_of_full_ones(
        records in versions(),
        words in proptest::collection::vec(0..WORDS.len(), 2..4),
        batch in 1usize..20,
    ) {
        let searcher = searcher(&records, batch);
        let works = works_by_id(&searcher);
        let words: Vec<&str> = words.into_iter().map(|w| WORDS[w]).collect();
        let query = words.join(" ");
        // Stages weigh the hits against one another: other hits, other weights.
        let without = crate::results::Without {
            question_words: false,
            adjacency: true,
            titles: true,
            neighbours: true,
        };
        let every = SearchOptions { without, ..every(1000, true) };
        let all = searcher.search(&query, &every).unwrap();
        let expected = collapsed(&all.hits, &works);
        for limit in [1, 2, 5, 1000] {
            let options = SearchOptions { without, ..options(limit, true) };
            let found = searcher.search(&query, &options).unwrap();
            prop_assert_eq!(&ids(&found)[..], &expected[..limit.min(expected.len())]);
        }
    }
}

/// One work from three sources, and another.
fn three_sources() -> Vec<Record> {
    let mut records = Vec::new();
    for (idx, (title, abstract_text, year)) in [
        ("Sparse graph methods", "A tree with a root.", "2019"),
        ("Sparse graph methods.", "", "2018"),
        ("Sparse graph method", "A tree, a root and a leaf.", "2020"),
        ("Dense graph methods", "A tree.", "2020"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut record = record(idx, title, abstract_text);
        record.date = Date::parse(year);
        record.doi = Some(format!("10.1/{}", idx / 3));
        records.push(record);
    }
    records
}

#[test]
fn a_hit_lists_its_other_versions_oldest_first() {
    let searcher = searcher(&three_sources(), 2);
    let found = searcher.search("sparse leaf", &options(10, false)).unwrap();
    assert_eq!((found.total, found.n_records), (1, 1));
    assert_eq!(ids(&found), ["r2"]);
    let listed = |hit: &Hit| -> Vec<String> {
        let versions = hit.versions.iter();
        versions.map(|version| version.id.to_string()).collect()
    };
    assert_eq!(listed(&found.hits[0]), ["r1", "r0"]);
    assert_eq!(found.hits[0].versions[0].year, Some(2018));

    let found = searcher.search("graph", &options(10, false)).unwrap();
    assert_eq!((found.total, found.n_records), (2, 4));
    assert_eq!(found.hits.len(), 2);
    let found = searcher.search("graph", &every(10, false)).unwrap();
    assert_eq!((found.total, found.n_records), (4, 4));
    assert!(found.hits.iter().all(|hit| hit.versions.is_empty()));

    let stats = searcher.stats().unwrap();
    assert_eq!((stats.n_records, stats.n_works), (4, 2));
}

#[test]
fn a_facet_counts_what_a_filter_finds() {
    let searcher = searcher(&three_sources(), 3);
    let asked = SearchOptions {
        facets: vec![FacetRequest {
            field: Field::Year,
            top: 10,
            prefix: String::new(),
        }],
        ..options(10, false)
    };
    let found = searcher.search("graph", &asked).unwrap();
    for value in &found.facets[0].values {
        let query = format!("graph year:{}", value.value);
        let count = searcher.count(&query, &options(0, false)).unwrap().0;
        assert_eq!(count, value.count, "{query}");
    }
    // One work in three years and one in one of them.
    let counts: Vec<u64> = found.facets[0].values.iter().map(|v| v.count).collect();
    assert_eq!(counts, [2, 1, 1]);
}
