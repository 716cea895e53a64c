use std::collections::{HashMap, HashSet};

use abs_ingest::{Input, pipeline};

use super::*;

fn lines(seed: u64, first: u64, n_records: u64) -> String {
    let mut out = Vec::new();
    let written = Generator::new(seed).write(&mut out, first, n_records);
    assert!(written.is_ok());
    String::from_utf8(out).unwrap_or_default()
}

#[test]
fn a_seed_gives_the_same_records_wherever_they_start() {
    let all = lines(7, 0, 300);
    assert_eq!(all.lines().count(), 300);
    assert_eq!(lines(7, 0, 100) + &lines(7, 100, 200), all);
    assert_ne!(lines(8, 0, 300), all);
}

#[test]
fn every_record_is_taken_and_no_two_are_one() {
    let jsonl = lines(1, 0, 2_000);
    let input = Input::from_reader("synthetic", std::io::Cursor::new(jsonl));
    let mut records = Vec::new();
    let Ok(summary) = pipeline::run([Ok(input)], &mut records, &mut ());
    assert_eq!((summary.read, summary.indexed), (2_000, 2_000));
    let n_abstracts = records.iter().filter(|r| r.abstract_text.is_some());
    assert!((1_650..1_850).contains(&n_abstracts.count()));
    assert!(
        records
            .iter()
            .all(|r| r.year().is_some() && !r.authors.is_empty())
    );
    let ids: HashSet<&str> = records.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids.len(), 2_000);
}

/// The figures that `words` and this module state of real records.
#[test]
fn words_and_authors_come_as_often_as_in_real_records() {
    let jsonl = lines(1, 0, 5_000);
    let (mut words, mut authors) = (HashMap::new(), HashMap::new());
    let (mut n_words, mut n_authors) = (0u32, 0u32);
    for line in jsonl.lines() {
        let Ok(record) = serde_json::from_str::<serde_json::Value>(line) else {
            panic!("{line}");
        };
        let text = format!("{} {}", record["title"], record["abstract"]).to_lowercase();
        for word in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            *words.entry(word.to_owned()).or_insert(0u32) += 1;
            n_words += 1;
        }
        for author in record["authors"].as_array().into_iter().flatten() {
            *authors.entry(author.to_string()).or_insert(0u32) += 1;
            n_authors += 1;
        }
    }
    // Measured: 19,161 words of 690,919, one in eight of which is without.
    assert!((15_000..25_000).contains(&words.len()), "{}", words.len());
    assert!((550_000..750_000).contains(&n_words), "{n_words}");
    let share = words["the"] * 1_000 / n_words;
    assert!((50..70).contains(&share), "{share}");
    // Measured: 13,055 authors of 19,113.
    assert!(
        (11_000..17_000).contains(&authors.len()),
        "{}",
        authors.len()
    );
    assert!((15_000..25_000).contains(&n_authors), "{n_authors}");
}

#[test]
fn no_two_numbers_are_spelled_alike() {
    let mut seen = HashSet::new();
    for number in 0..200_000 {
        let mut word = String::new();
        words::spell(number, &mut word);
        assert!(seen.insert(word), "{number}");
    }
}
