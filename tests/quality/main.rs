//! How good the ranking is, held against stored measures: what falls by more
//! than [`MAX_FALL`] fails. The README beside this file says how they are
//! renewed and what is measured.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// How far a stored measure may fall.
const MAX_FALL: f64 = 0.002;
/// What is stored, as `eval --json` calls it.
const MEASURES: [&str; 3] = ["nDCG@10", "AP", "R@100"];
/// The ranking as it is where nobody says how, and without each of its parts.
const RANKINGS: [(&str, &[&str]); 6] = [
    ("default", &[]),
    ("without question-words", &["--without", "question-words"]),
    ("without adjacency", &["--without", "adjacency"]),
    ("without titles", &["--without", "titles"]),
    ("without neighbours", &["--without", "neighbours"]),
    ("without acronyms", &["--no-expand"]),
];
/// A folder of judged collections, named as they are in `collections.tsv`.
const VARIABLE: &str = "ABS_SEARCH_TEST_COLLECTIONS";

/// Measures by collection and ranking.
type Table = BTreeMap<(String, String), Vec<f64>>;

#[test]
fn the_small_collection_is_ranked_as_well_as_before() {
    let small = root().join("seeds/quality");
    let measured = measure(&[small]);
    check(&measured, "small.tsv");
    // A part that changes nothing here is not tested here.
    let of = |ranking: &str| &measured[&("quality".to_owned(), ranking.to_owned())];
    for ranking in ["question-words", "adjacency", "titles", "neighbours"] {
        let without = of(&format!("without {ranking}"));
        assert_ne!(of("default"), without, "{ranking}");
    }
    assert!(of("default")[0] < 0.9, "too easy to tell rankings apart");
}

/// Runs only where `ABS_SEARCH_TEST_COLLECTIONS` names a folder.
#[test]
fn collections_are_ranked_as_well_as_before() {
    let Some(folder) = env::var_os(VARIABLE).map(PathBuf::from) else {
        return;
    };
    let stored = fs::read_to_string(stored_at("collections.tsv")).unwrap();
    let mut names: Vec<&str> = stored
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next())
        .collect();
    names.dedup();
    let folders: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    check(&measure(&folders), "collections.tsv");
}

/// Measures collections with each ranking.
fn measure(folders: &[PathBuf]) -> Table {
    let mut table = Table::new();
    for (ranking, options) in RANKINGS {
        let run = Command::new(env!("CARGO_BIN_EXE_abs-search"))
            .args(["eval", "--json"])
            .args(options)
            .args(folders)
            .output()
            .unwrap();
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        let report: Value = serde_json::from_slice(&run.stdout).unwrap();
        for row in report["rows"].as_array().unwrap() {
            let name = row["name"].as_str().unwrap().to_owned();
            let value = |measure| row["measures"][measure].as_f64().unwrap();
            let values = MEASURES.map(value).to_vec();
            table.insert((name, ranking.to_owned()), values);
        }
    }
    table
}

/// Holds what was measured against what is stored, or stores it.
#[track_caller]
fn check(measured: &Table, file: &str) {
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(stored_at(file), written(measured)).unwrap();
        return;
    }
    let stored = read(&fs::read_to_string(stored_at(file)).unwrap());
    let keys = |table: &Table| table.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&stored), keys(measured), "{file} is of other rankings");
    let mut fallen = String::new();
    for (key, before) in &stored {
        for ((name, before), now) in MEASURES.iter().zip(before).zip(&measured[key]) {
            if *now < before - MAX_FALL {
                writeln!(fallen, "{key:?}: {name} was {before:.4}, is {now:.4}").unwrap();
            }
        }
    }
    assert!(
        fallen.is_empty(),
        "{fallen}measured now:\n{}",
        written(measured)
    );
}

fn written(table: &Table) -> String {
    let mut text = format!("collection\tranking\t{}\n", MEASURES.join("\t"));
    for ((name, ranking), values) in table {
        write!(text, "{name}\t{ranking}").unwrap();
        for value in values {
            write!(text, "\t{value:.4}").unwrap();
        }
        text.push('\n');
    }
    text
}

fn read(text: &str) -> Table {
    let mut table = Table::new();
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, ranking, values @ ..] = columns.as_slice() else {
            panic!("{line}");
        };
        let values: Vec<f64> = values.iter().map(|value| value.parse().unwrap()).collect();
        assert_eq!(values.len(), MEASURES.len(), "{line}");
        table.insert(((*name).to_owned(), (*ranking).to_owned()), values);
    }
    assert!(!table.is_empty());
    table
}

fn stored_at(file: &str) -> PathBuf {
    root().join("tests/quality").join(file)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
