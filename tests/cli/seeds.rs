//! The works that ship are found by whatever a reader knows of them.

use std::collections::BTreeMap;

use crate::session::{Session, seed_file};

/// Title, authors line.
fn works() -> Vec<(String, String)> {
    let text = seed_file();
    let lines: Vec<&str> = text
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .collect();
    let works: Vec<(String, String)> = lines
        .chunks(3)
        .map(|work| (work[0].to_owned(), work[1].to_owned()))
        .collect();
    assert_eq!(works.len(), 10);
    works
}

#[track_caller]
fn check_first(query: &str, title: &str) {
    let titles = Session::seeds().titles(&["-n", "3", "--", query]);
    assert_eq!(titles.first().map(String::as_str), Some(title), "{query}");
}

#[test]
fn every_work_is_first_for_its_title() {
    for (title, _) in works() {
        check_first(&title, &title);
        check_first(&title.to_lowercase(), &title);
    }
}

#[test]
fn every_work_is_first_for_its_most_telling_words() {
    let telling = [
        "process reward model",
        "speech embedding alignment",
        "inverted image pyramid",
        "mixed preference optimization",
        "unified multimodal corpus",
        "needle haystack",
        "feature synchronizer",
        "automated dense reward",
        "scene occupancy",
        "capable agents open-world",
    ];
    for (words, (title, _)) in telling.iter().zip(works()) {
        check_first(words, &title);
    }
}

#[test]
fn visual_prm_is_first_for_process_reward_model() {
    check_first(
        "process reward model",
        "VisualPRM: An Effective Process Reward Model for Multimodal Reasoning",
    );
}

#[test]
fn every_work_is_found_by_each_of_its_authors() {
    let mut titles_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (title, authors) in works() {
        let parts: Vec<&str> = authors.split(", ").collect();
        for pair in parts.chunks(2) {
            let titles = titles_of.entry(pair.join(", ")).or_default();
            titles.push(title.clone());
        }
    }
    assert_eq!(titles_of["Lu, Lewei"].len(), 10);
    for (author, titles) in titles_of {
        let mut found = Session::seeds().titles(&["--author", &author, "-n", "20"]);
        found.sort();
        let mut titles = titles;
        titles.sort();
        assert_eq!(found, titles, "{author}");
    }
}

#[test]
fn an_author_is_found_in_either_order_and_any_case() {
    for name in ["Lu, Lewei", "Lewei Lu", "lu, lewei"] {
        let titles = Session::seeds().titles(&["--author", name, "-n", "20"]);
        assert_eq!(titles.len(), 10, "{name}");
    }
    let both = Session::seeds().titles(&["--author", "Sima, Chonghao", "--author", "Sun, Chunyu"]);
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(
        Session::seeds()
            .titles(&["--author", "Lu, Weiyun"])
            .is_empty()
    );
}

#[test]
fn lu_lewei_wrote_all_ten() {
    let answer = Session::seeds().json(&["facet", "author", "--json", "--prefix", "lu, lew"]);
    let values = &answer["facets"][0]["values"];
    assert_eq!(values[0]["value"], "Lu, Lewei");
    assert_eq!(values[0]["count"], 10);
}
