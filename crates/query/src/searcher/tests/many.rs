//! Queries of many members, which are simplified before they are run.

use super::*;

/// A hundred records, each with a word, a year and an author of its own.
fn hundred() -> Searcher {
    let records: Vec<Record> = (0_u16..100)
        .map(|n| {
            let mut record = record(n.into(), &format!("common {}", word(n)), "");
            record.date = abs_record::Date::new(1900 + n, None, None);
            record.authors = vec![Author::parse(&format!("{}, Jane", word(n)))];
            record
        })
        .collect();
    searcher(&records, 40)
}

fn word(n: u16) -> String {
    let letter = |n: u16| char::from(b'a' + u8::try_from(n).unwrap());
    format!("zq{}{}x", letter(n / 10), letter(n % 10))
}

fn count(searcher: &Searcher, query: &str) -> u64 {
    let found = searcher.search(query, &options(100, false)).unwrap();
    assert_eq!(found.hits.len() as u64, found.total, "{query}");
    found.total
}

#[test]
fn many_exclusions_exclude_each() {
    let searcher = hundred();
    for between in [" -", " AND NOT "] {
        for n_excluded in [1, 15, 16, 30, 99] {
            let excluded = (0..n_excluded).map(|n| format!("{between}{}", word(n)));
            let query = format!("common{}", excluded.collect::<String>());
            assert_eq!(
                count(&searcher, &query),
                100 - u64::from(n_excluded),
                "{query}"
            );
        }
    }
    // What is said a thousand times is said once, and scores no hit away.
    assert_eq!(
        count(&searcher, &format!("common {}", "-zqaax ".repeat(1_000))),
        99
    );
    assert_eq!(count(&searcher, &"+common +zqaax ".repeat(1_000)), 1);
}

#[test]
fn ranges_of_years_are_joined_and_met() {
    let searcher = hundred();
    for (query, n_hits) in [
        ("year:1900 OR year:1902..1904 OR year:1903..1910", 10),
        ("year:1900..1950 AND year:1940..1999", 11),
        ("year:1900..1910 AND year:1920..1930", 0),
        ("common year:1900..1950 -year:1901 -year:1903..1905", 47),
        ("(year:1950 OR ac:1) AND year:1949..1951", 3),
    ] {
        assert_eq!(count(&searcher, query), n_hits, "{query}");
    }
}

#[test]
fn names_beyond_the_bound_match_nothing_and_it_is_said() {
    let searcher = hundred();
    let names = |n: usize| format!("author:\"nobody {n}\" OR ");
    let mut query: String = (0..1_023).map(names).collect();
    query.push_str("author:\"zqaax, jane\"");
    assert_eq!(count(&searcher, &query), 1);
    let query = format!("author:\"nobody\" OR {query}");
    let found = searcher.search(&query, &options(10, false)).unwrap();
    assert_eq!(found.total, 0);
    let said = found.query.diagnostics.iter();
    assert_eq!(
        said.filter(|d| d.message.contains("more names than"))
            .count(),
        1
    );
}
