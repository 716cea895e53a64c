//! Spellings of one word find one another.

use crate::corpus;

#[track_caller]
fn check(queries: &[&str], expected: &[&str]) {
    let session = corpus::session();
    for query in queries {
        let mut ids = session.ids(&["--no-relax", "-n", "20", "--", query]);
        ids.sort();
        assert_eq!(ids, expected, "{query}");
    }
}

#[test]
fn hyphens() {
    check(
        &[
            "x-ray",
            "xray",
            "x ray",
            "X-Ray",
            "title:x-ray",
            "title:xray",
        ],
        &["t:3", "t:4", "t:5"],
    );
}

#[test]
fn accents() {
    check(&["naïve", "naive", "NAÏVE"], &["t:1", "t:7"]);
}

#[test]
fn umlauts_in_names() {
    check(
        &[
            "author:Müller",
            "author:Mueller",
            "author:Muller",
            "au:mULLER",
        ],
        &["t:1", "t:7", "t:8"],
    );
}
