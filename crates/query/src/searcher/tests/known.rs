//! Works that somebody half remembers.

use super::*;
use abs_record::Date;

fn by(idx: usize, title: &str, text: &str, author: &str, year: &str) -> Record {
    let mut record = record(idx, title, text);
    record.authors = vec![Author::parse(author)];
    record.date = Date::parse(year);
    record
}

fn first(searcher: &Searcher, query: &str) -> String {
    let found = searcher.search(query, &options(5, true)).unwrap();
    found.hits[0].record.id.to_string()
}

/// Works of Vicsek, and more that speak of his model in every line.
fn swarms() -> Searcher {
    let model = "The Vicsek model of Vicsek: collective motion. Vicsek swarms, Vicsek flocks.";
    let mut works = vec![
        by(0, "Collective motion", "A review.", "Vicsek, Tamás", "2012"),
        by(
            1,
            "Phase transitions",
            "In motion.",
            "Vicsek, Tamás",
            "1995",
        ),
    ];
    for idx in 2..8 {
        works.push(by(idx, "The Vicsek model", model, "Doe, Jane", "2010"));
    }
    works.push(by(8, "Motion of fields", "Fields.", "Field, Ann", "2000"));
    for idx in 9..40 {
        let text = "Motion in a field, field by field.";
        works.push(by(idx, "Moss in a field", text, "Roe, Jo", "2001"));
    }
    searcher(&works, 100)
}

#[test]
fn an_author_and_words_of_the_title_find_the_work_before_those_about_the_author() {
    let searcher = swarms();
    assert_eq!(first(&searcher, "vicsek collective motion"), "r0");
    assert_eq!(first(&searcher, "collective motion vicsek"), "r0");
    let titles = crate::results::Without {
        titles: true,
        ..Default::default()
    };
    let without = SearchOptions {
        without: titles,
        ..options(5, true)
    };
    let found = searcher
        .search("vicsek collective motion", &without)
        .unwrap();
    assert_ne!(
        found.hits[0].record.id.as_str(),
        "r0",
        "else it tests nothing"
    );
}

#[test]
fn a_work_goes_by_its_first_author() {
    let mut second = by(0, "Swarm order", "A note.", "Doe, Jane", "2012");
    second.authors.push(Author::parse("Vicsek, Tamás"));
    let mut first_of_two = by(1, "Order of a swarm", "A note.", "Vicsek, Tamás", "2013");
    first_of_two.authors.push(Author::parse("Doe, Jane"));
    let mut works = vec![second, first_of_two];
    for idx in 2..20 {
        works.push(by(idx, "Moss", "Of moss.", "Roe, Jo", "2001"));
    }
    let searcher = searcher(&works, 100);
    assert_eq!(first(&searcher, "vicsek swarm order"), "r1");
    assert_eq!(first(&searcher, "doe swarm order"), "r0");
}

#[test]
fn an_author_and_a_year_find_the_work() {
    let searcher = swarms();
    assert_eq!(first(&searcher, "vicsek 1995"), "r1");
    assert_eq!(first(&searcher, "Vicsek 2012"), "r0");
}

#[test]
fn a_word_of_many_texts_is_no_name() {
    let searcher = swarms();
    let found = searcher.search("field motion", &options(40, true)).unwrap();
    let hit = found.hits.iter().find(|hit| hit.record.id.as_str() == "r8");
    let explain = SearchOptions {
        explain: true,
        ..options(40, true)
    };
    assert!(hit.is_some());
    let found = searcher.search("field motion", &explain).unwrap();
    let told = format!("{:?}", found.hits[0].explanation);
    assert!(!told.contains("its authors and its title"), "{told}");
}

#[test]
fn a_pasted_id_finds_its_record() {
    let mut works = vec![
        by(
            0,
            "Whales",
            "10 1000 and 2503 10291 sing.",
            "Roe, Jo",
            "2001",
        ),
        by(1, "Stones", "They fall.", "Roe, Jo", "2001"),
    ];
    works[1].doi = Some("10.1000/xyz.123".to_owned());
    works[1].arxiv = Some("2503.10291".to_owned());
    let searcher = searcher(&works, 100);
    for query in [
        "10.1000/xyz.123",
        "https://doi.org/10.1000/XYZ.123",
        "arXiv:2503.10291",
        "https://arxiv.org/abs/2503.10291",
    ] {
        assert_eq!(first(&searcher, query), "r1", "{query}");
    }
}

#[test]
fn a_pasted_title_is_one_whatever_is_in_it() {
    let mut works = vec![
        record(
            0,
            "Mastering emergent language: learning to guide in simulation",
            "",
        ),
        record(1, "How NOT To Evaluate Your Dialogue System", ""),
        record(2, "Solar wind at 1 AU: trends and bounds", "By ulysses."),
        record(3, "Reply to comments, arXiv:1305.0026", ""),
        record(4, "Cats NOT dogs", ""),
    ];
    works.extend((5..30).map(|idx| record(idx, "Language learning", "To evaluate dialogue.")));
    let searcher = searcher(&works, 100);
    for (idx, title) in [
        (
            0,
            "Mastering emergent language: learning to guide in simulation",
        ),
        (
            0,
            "mastering emergent language: learning to guide in simulation",
        ),
        (1, "How NOT To Evaluate Your Dialogue System"),
        (2, "Solar wind at 1 AU: trends and bounds"),
        (3, "Reply to comments, arXiv:1305.0026"),
    ] {
        assert_eq!(first(&searcher, title), format!("r{idx}"), "{title}");
        let options = options(5, false);
        assert_eq!(searcher.count(title, &options).unwrap().0, 1, "{title}");
    }
    // A short one, and what is no title, are what they say.
    let count = |query| searcher.count(query, &options(5, false)).unwrap().0;
    assert_eq!(count("cats NOT dogs"), 0);
    assert_eq!(count("language learning dialogue system NOT evaluate"), 0);
    assert_eq!(count("language learning evaluate dialogue NOT system"), 25);
}

#[test]
fn of_titles_with_the_same_words_the_one_in_the_order_of_the_query_is_first() {
    let works = vec![
        record(
            0,
            "Cosmological networks",
            "Networks, networks of cosmology.",
        ),
        record(1, "Network Cosmology", "A note."),
        record(2, "Learning Structures for Person Re-identification", ""),
        record(3, "Person Re-Identification With Structure Learning", ""),
        record(4, "Moss on moss", "Moss, moss, moss."),
        record(5, "Moss", "Little is said of it, and of much else."),
    ];
    let searcher = searcher(&works, 100);
    assert_eq!(first(&searcher, "Network Cosmology"), "r1");
    assert_eq!(first(&searcher, "cosmological networks"), "r0");
    assert_eq!(first(&searcher, &works[2].title), "r2");
    assert_eq!(first(&searcher, &works[3].title), "r3");
    assert_eq!(first(&searcher, "moss"), "r5");
}
