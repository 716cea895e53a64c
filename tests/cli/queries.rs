//! What queries find.

use crate::corpus;
use crate::session::Session;

/// Finds these and no others, whatever their order.
#[track_caller]
fn check(session: &Session, query: &str, expected: &[&str]) {
    let mut ids = session.ids(&["--no-relax", "-n", "20", "--", query]);
    ids.sort();
    assert_eq!(ids, expected, "{query}");
}

#[test]
fn years() {
    let session = corpus::session();
    for query in [
        "year:2020..2024",
        "year:2020-2024",
        "year:[2020 TO 2024]",
        "year:>=2020 year:<=2024",
        "year:>2019 AND year:<2025",
    ] {
        check(&session, query, &["t:2", "t:3", "t:4", "t:5"]);
    }
    check(&session, "year:2022", &["t:3"]);
    check(&session, "year:>=2025", &["t:6"]);
    check(&session, "year:..2018", &["t:7"]);
    check(&session, "reward year:2020..", &["t:2", "t:6"]);
    check(&session, "date:2024-12", &["t:5"]);
}

#[test]
fn fields() {
    let session = corpus::session();
    check(&session, "title:reward", &["t:1", "t:2"]);
    check(&session, "ti:imaging", &["t:4", "t:5", "t:6"]);
    check(&session, "abstract:reward", &["t:1", "t:2", "t:6"]);
    check(&session, "abs:(shallow models)", &["t:2"]);
    check(&session, "author:smith", &["t:2", "t:3", "t:5"]);
    check(&session, "au:\"Smith, Anna\"", &["t:2", "t:5"]);
    check(&session, "venue:radiology", &["t:3", "t:4"]);
    check(&session, "cat:cs.LG", &["t:1", "t:2"]);
    check(&session, "cat:cs.*", &["t:1", "t:2"]);
    check(&session, "id:t:5", &["t:5"]);
    check(&session, "doi:10.1000/alpha.1", &["t:1"]);
}

#[test]
fn operators() {
    let session = corpus::session();
    check(&session, "reward -shallow", &["t:1", "t:6"]);
    check(&session, "reward NOT shallow", &["t:1", "t:6"]);
    check(&session, "bones OR lungs", &["t:3", "t:4"]);
    check(&session, "(bones OR lungs) AND rays", &["t:3"]);
    check(&session, "\"reward learning\"", &["t:1", "t:2"]);
    check(&session, "“reward learning”", &["t:1", "t:2"]);
    check(&session, "\"learning reward\"", &[]);
    check(&session, "imag*", &["t:3", "t:4", "t:5", "t:6"]);
    // Stems: the inflected form is found outside quotes and not inside.
    check(&session, "rewards", &["t:1", "t:2", "t:6"]);
    check(&session, "\"rewards\"", &[]);
}

#[test]
fn a_hyphen_inside_a_word_excludes_nothing() {
    let session = corpus::session();
    check(&session, "non-invasive", &["t:6"]);
    check(&session, "title:non-invasive", &["t:6"]);
}

#[test]
fn names_fit_within_one_author() {
    let session = corpus::session();
    // Doe, Jane and Smith, Anna wrote t:5 together: nobody is Jane Smith.
    check(&session, "au:\"Smith, Jane\"", &[]);
    assert!(session.ids(&["--author", "Smith, Jane"]).is_empty());
    assert_eq!(session.ids(&["--author", "Doe, Jane"]).len(), 2);
}
