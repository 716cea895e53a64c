//! Filters, facets and `author:` say the same of the same records.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use abs_record::{Date, Field, NameQuery};

use super::*;
use crate::results::{Facet, FacetRequest};

/// Spellings of few people: some are one key, some fit one another, some
/// differ in an accent alone.
const NAMES: [&str; 14] = [
    "Lu, Lewei",
    "Lu, L.",
    "LU, Lewei",
    "Lu, L. X.",
    "Lu, Lin",
    "Müller, Jörg",
    "Mueller, J.",
    "Muller, Jane",
    "van der Berg, Ludwig",
    "Berg, L.",
    "Smith, Jean-Pierre",
    "Smith, J.-P.",
    "Murphy, Kevin",
    "The IceCube Collaboration",
];
const VENUES: [&str; 5] = [
    "Journal of Tests",
    "Journal of Tests B",
    "journal of tests",
    "Nature",
    "—",
];
const CATEGORIES: [&str; 4] = ["cs", "cs.CL", "cs.LG", "q-bio"];

/// Title, and numbers of authors, venue, categories, and a year.
type Parts = (String, Vec<usize>, Option<usize>, Vec<usize>, Option<u16>);

fn corpus() -> impl Strategy<Value = Vec<Record>> {
    let one = (
        text(1..4),
        proptest::collection::vec(0..NAMES.len(), 0..4),
        proptest::option::of(0..VENUES.len()),
        proptest::collection::vec(0..CATEGORIES.len(), 0..3),
        proptest::option::of(2018_u16..2024),
    );
    proptest::collection::vec(one, 1..40).prop_map(|records| {
        let records = records.into_iter().enumerate();
        let made = |(idx, (title, names, venue, cats, year)): (usize, Parts)| {
            let mut record = record(idx, &title, "");
            record.authors = names.iter().map(|n| Author::parse(NAMES[*n])).collect();
            record.venue = venue.map(|v| VENUES[v].to_owned());
            record.categories = cats.iter().map(|c| CATEGORIES[*c].to_owned()).collect();
            record.date = year.and_then(|year| Date::parse(&year.to_string()));
            record
        };
        records.map(made).collect()
    })
}

fn with_facets(filters: Filters) -> SearchOptions {
    let request = |field| FacetRequest {
        field,
        top: 1_000,
        prefix: String::new(),
    };
    SearchOptions {
        filters,
        facets: FIELDS.map(request).to_vec(),
        // Of one work with two years each year counts, and only one is shown.
        all_versions: true,
        ..options(1_000, false)
    }
}

const FIELDS: [Field; 4] = [Field::Author, Field::Year, Field::Venue, Field::Category];

fn only(field: Field, values: &[String]) -> Filters {
    let mut filters = Filters::default();
    let values = values.to_vec();
    match field {
        Field::Author => filters.authors = values,
        Field::Venue => filters.venues = values,
        Field::Category => filters.categories = values,
        _ => {
            let year = |value: &String| Date::parse(value).unwrap();
            filters.dates = values
                .iter()
                .map(|value| (Bound::Included(year(value)), Bound::Included(year(value))))
                .collect();
        }
    }
    filters
}

fn id_set(results: &SearchResults) -> BTreeSet<String> {
    ids(results).into_iter().collect()
}

fn facet(results: &SearchResults, field: Field) -> &Facet {
    results
        .facets
        .iter()
        .find(|facet| facet.field == field)
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_value_keeps_as_many_records_as_its_facet_counts(
        records in corpus(),
        word in 0..WORDS.len(),
        batch in 1usize..60,
        gone in 0usize..8,
    ) {
        let searcher = searcher_without(&records, batch, |idx| idx % 8 < gone / 2);
        for query in ["*", WORDS[word]] {
            let all = searcher.search(query, &with_facets(Filters::default())).unwrap();
            for field in FIELDS {
                let values = &facet(&all, field).values;
                for value in values {
                    let chosen = only(field, std::slice::from_ref(&value.value));
                    let kept = searcher.search(query, &with_facets(chosen)).unwrap();
                    prop_assert_eq!(kept.total, value.count, "{} {}", query, &value.value);
                    // Its own facet does not shrink.
                    prop_assert_eq!(facet(&kept, field), facet(&all, field));
                    // The others count what is left.
                    for other in FIELDS.into_iter().filter(|other| *other != field) {
                        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
                        for hit in &kept.hits {
                            for value in values_of(&hit.record, other) {
                                *counted.entry(value).or_default() += 1;
                            }
                        }
                        let found: u64 = facet(&kept, other).values.iter().map(|v| v.count).sum();
                        prop_assert_eq!(found, counted.values().sum::<u64>());
                        prop_assert_eq!(facet(&kept, other).n_values, counted.len() as u64);
                    }
                }
                // Several values are any of them.
                let both: Vec<String> = values.iter().take(2).map(|v| v.value.clone()).collect();
                if both.len() == 2 {
                    let kept = searcher.search(query, &with_facets(only(field, &both))).unwrap();
                    let mut union = BTreeSet::new();
                    for value in &both {
                        let one = only(field, std::slice::from_ref(value));
                        union.extend(id_set(&searcher.search(query, &with_facets(one)).unwrap()));
                    }
                    prop_assert_eq!(id_set(&kept), union);
                    prop_assert_eq!(facet(&kept, field), facet(&all, field));
                }
            }
        }
    }

    #[test]
    fn a_name_asked_for_is_the_authors_it_fits_in_filter_and_facet(
        records in corpus(),
        name in 0..NAMES.len(),
        batch in 1usize..60,
        gone in 0usize..8,
    ) {
        let is_gone = |idx: usize| idx % 8 < gone / 2;
        let searcher = searcher_without(&records, batch, is_gone);
        let asked = NAMES[name];
        let found = searcher.search(&format!("author:\"{asked}\""), &with_facets(Filters::default())).unwrap();
        let all = searcher.search("*", &with_facets(Filters::default())).unwrap();
        let query = NameQuery::parse(asked);
        // What is there, counted by hand: the query's, and each author's.
        let there = records.iter().enumerate().filter(|(idx, _)| !is_gone(*idx));
        let mut n_found = 0;
        let mut by_key: BTreeMap<String, u64> = BTreeMap::new();
        for (_, record) in there {
            n_found += u64::from(record.authors.iter().any(|author| query.key_fits(&author.key())));
            for key in values_of(record, Field::Author) {
                *by_key.entry(key).or_default() += 1;
            }
        }
        prop_assert_eq!(found.total, n_found, "{}", asked);
        let counted = facet(&all, Field::Author).values.iter();
        let counted = counted.map(|value| (Author::parse(&value.value).key(), value.count));
        prop_assert_eq!(counted.collect::<BTreeMap<_, _>>(), by_key);
        let fitting: Vec<String> = facet(&all, Field::Author)
            .values
            .iter()
            .filter(|value| query.key_fits(&Author::parse(&value.value).key()))
            .map(|value| value.value.clone())
            .collect();
        // The query finds what the filter keeps if all that fit are chosen.
        let kept = searcher.search("*", &with_facets(only(Field::Author, &fitting))).unwrap();
        if fitting.is_empty() {
            prop_assert_eq!(found.total, 0, "{}", asked);
        } else {
            prop_assert_eq!(id_set(&found), id_set(&kept), "{} {:?}", asked, fitting);
        }
        // Over what the query finds, each of them is counted in full.
        for value in &facet(&found, Field::Author).values {
            if fitting.contains(&value.value) {
                let whole = facet(&all, Field::Author).values.iter().find(|v| v.value == value.value);
                prop_assert_eq!(whole.map(|v| v.count), Some(value.count), "{}", &value.value);
            }
        }
    }

    #[test]
    fn a_beginning_keeps_the_authors_with_a_name_part_that_starts_so(
        records in corpus(),
        prefix in prop_oneof!["mu", "mü", "MUR", "lew", "j", "van", "berg", "the", "x", ""],
        batch in 1usize..60,
        gone in 0usize..8,
    ) {
        let searcher = searcher_without(&records, batch, |idx| idx % 8 < gone / 2);
        let mut options = with_facets(Filters::default());
        let all = searcher.search("*", &options).unwrap();
        options.facets[0].prefix = prefix.clone();
        let few = searcher.search("*", &options).unwrap();
        let folded = abs_record::fold::fold(&prefix);
        let mut expected = facet(&all, Field::Author).clone();
        expected.values.retain(|value| {
            let key = Author::parse(&value.value).key();
            key.split([' ', ',']).any(|word| word.starts_with(&folded))
        });
        expected.n_values = expected.values.len() as u64;
        prop_assert_eq!(facet(&few, Field::Author), &expected);
    }
}

/// Values as a facet tells them apart: authors by key.
fn values_of(record: &Record, field: Field) -> BTreeSet<String> {
    match field {
        Field::Author => record.authors.iter().map(Author::key).collect(),
        Field::Venue => record.venue.iter().cloned().collect(),
        Field::Category => record.categories.iter().cloned().collect(),
        _ => record.year().iter().map(u16::to_string).collect(),
    }
}

#[test]
fn what_no_record_has_is_read_as_in_a_query() {
    let mut records = [
        record(0, "graph", ""),
        record(1, "graph", ""),
        record(2, "graph", ""),
    ];
    records[0].venue = Some("Journal of Tests".to_owned());
    records[1].venue = Some("Tests of a Journal".to_owned());
    records[0].categories = vec!["cs.CL".to_owned()];
    records[1].categories = vec!["cs.LG".to_owned()];
    records[2].categories = vec!["csx".to_owned()];
    let searcher = searcher(&records, 2);
    let check = |field, value: &str, expected: &[&str]| {
        let options = with_facets(only(field, &[value.to_owned()]));
        let results = searcher.search("graph", &options).unwrap();
        let found = id_set(&results);
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{value}");
    };
    check(Field::Venue, "Journal of Tests", &["r0"]);
    check(Field::Venue, "journal tests", &["r0", "r1"]);
    check(Field::Venue, "journal physics", &[]);
    check(Field::Venue, "…", &[]);
    check(Field::Category, "cs", &["r0", "r1"]);
    check(Field::Category, "CS.cl", &["r0"]);
    check(Field::Category, "math", &[]);
    check(Field::Author, "nobody, known", &[]);
    check(Field::Author, "Doe, J.", &["r0", "r1", "r2"]);
}
