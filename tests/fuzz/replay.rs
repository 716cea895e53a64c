//! Runs every target over what is kept of its corpus: a promise that a
//! finding broke once stays kept, without an engine.
#![cfg(test)]

#[path = "src/targets/mod.rs"]
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below a folder, if there is one.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path => found.push(path),
        }
    }
    found.sort();
    found
}

#[test]
fn the_corpus_breaks_no_promise() {
    let fixtures = files(&root().join("seeds/formats"));
    assert!(fixtures.len() > 20);
    for target in targets::names() {
        let mut corpus = files(&root().join("tests/fuzz/corpus").join(&target));
        // Readers start from the fixtures of all formats, their own or not.
        if target.starts_with("format-") || target == "source" {
            corpus.extend_from_slice(&fixtures);
        }
        assert!(!corpus.is_empty(), "{target} has no corpus");
        for path in corpus {
            assert!(targets::run(&target, &fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn run_sh_names_every_target() {
    let script = fs::read_to_string(root().join("tests/fuzz/run.sh")).unwrap();
    for target in targets::names() {
        let name = target.strip_prefix("format-").unwrap_or(&target);
        let is_word = |part: &str| part == name;
        let found = script
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .any(is_word);
        assert!(found, "run.sh does not name {target}");
    }
}
