//! Our measures against trec_eval's, to four digits.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use abs_eval::{Measures, Qrels, Run, mean};

const QRELS: &str = include_str!("data/qrels.txt");
const RUN: &str = include_str!("data/run.txt");
const EXPECTED: &str = include_str!("data/expected.txt");
const MEANS: &str = include_str!("data/means.txt");

fn measured() -> Vec<(String, Measures)> {
    let qrels = Qrels::from_lines(QRELS.lines()).unwrap();
    let run = Run::from_lines(RUN.lines()).unwrap();
    run.measure(&qrels)
}

fn digits(measures: &Measures) -> String {
    measures
        .named()
        .map(|(_, value)| format!("{value:.4}"))
        .join(" ")
}

#[test]
fn every_topic_measures_as_in_trec_eval() {
    let measured = measured();
    let mut n_checked = 0;
    for line in EXPECTED.lines().skip(1) {
        let (topic, expected) = line.split_once(' ').unwrap();
        let (_, found) = measured.iter().find(|(id, _)| id == topic).unwrap();
        assert_eq!(digits(found), expected, "{topic}");
        n_checked += 1;
    }
    assert_eq!(n_checked, 7);
}

#[test]
fn means_count_every_judged_topic() {
    let measures: Vec<Measures> = measured()
        .into_iter()
        .map(|(_, measures)| measures)
        .collect();
    assert_eq!(measures.len(), 8);
    assert_eq!(digits(&mean(&measures)), MEANS.trim());
}
