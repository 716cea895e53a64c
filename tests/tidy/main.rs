//! The rules of the layout, read from the manifests and the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which of our crates each may depend on; dev-dependencies are free.
const ARROWS: &[(&str, &[&str])] = &[
    ("record", &[]),
    ("schema", &["record"]),
    ("ingest", &["record", "schema"]),
    ("query", &["record", "schema"]),
    ("printer", &["record", "query"]),
    ("eval", &["record", "ingest", "query"]),
    ("harvest", &["record", "schema", "ingest"]),
    (
        "cli",
        &[
            "record", "schema", "ingest", "harvest", "query", "printer", "eval",
        ],
    ),
];

/// Where the engine may be named.
const ENGINE_USERS: &[&str] = &[
    "crates/schema/src/",
    "crates/ingest/src/dedup",
    "crates/ingest/src/writer",
    "crates/ingest/src/check",
    "crates/ingest/tests/faults",
    "crates/query/src/",
];

/// A longer file is to be split.
const MAX_LINES: usize = 600;

#[test]
fn crates_depend_only_along_the_arrows() {
    let mut seen = BTreeSet::new();
    for folder in fs::read_dir(root().join("crates")).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let (_, allowed) = ARROWS
            .iter()
            .find(|(krate, _)| *krate == name)
            .unwrap_or_else(|| panic!("crates/{name} has no arrows in tests/tidy"));
        for dependency in dependencies(&manifest) {
            if let Some(ours) = dependency.strip_prefix("abs-") {
                assert!(
                    allowed.contains(&ours),
                    "crates/{name} must not depend on {dependency}"
                );
            }
        }
        seen.insert(name);
    }
    assert_eq!(seen.len(), ARROWS.len(), "a crate of tests/tidy is gone");
}

#[test]
fn the_engine_is_named_where_it_may_be() {
    for (path, text) in sources("crates") {
        if ENGINE_USERS.iter().any(|user| path.starts_with(user)) {
            continue;
        }
        for (idx, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            assert!(
                !code.contains("tantivy"),
                "{path}:{} names tantivy",
                idx + 1
            );
        }
    }
}

#[test]
fn only_query_and_below_depend_on_the_engine() {
    for krate in ["record", "harvest", "printer", "eval", "cli"] {
        let manifest = root().join("crates").join(krate).join("Cargo.toml");
        let manifest = fs::read_to_string(manifest).unwrap();
        assert!(!dependencies(&manifest).contains("tantivy"), "{krate}");
    }
}

#[test]
fn every_crate_forbids_unsafe_code() {
    let root_manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(root_manifest.contains("unsafe_code = \"forbid\""));
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let mut folders: Vec<PathBuf> = crates.map(|folder| folder.unwrap().path()).collect();
    folders.push(root().join("benches"));
    for folder in folders {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{} has lints of its own",
            folder.display()
        );
    }
}

#[test]
fn files_are_short() {
    for folder in ["crates", "tests", "benches"] {
        for (path, text) in sources(folder) {
            let n_lines = text.lines().count();
            assert!(n_lines <= MAX_LINES, "{path} has {n_lines} lines");
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (path, text) in sources("crates") {
        let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
        assert!(
            is_test || text.starts_with("//!"),
            "{path} starts without `//!`"
        );
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Names below `[dependencies]` and in target-specific ones, without
/// dev-dependencies.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            let (table, name) = match header.split_once("dependencies.") {
                Some((before, name)) => (format!("{before}dependencies"), Some(name)),
                None => (header.to_owned(), None),
            };
            inside = table.ends_with("dependencies") && !table.ends_with("dev-dependencies");
            if inside && let Some(name) = name {
                names.insert(name.to_owned());
                inside = false;
            }
        } else if inside
            && let Some(name) = line.split(['.', '=', ' ']).next()
            && !name.is_empty()
            && !name.starts_with('#')
        {
            names.insert(name.trim_matches('"').to_owned());
        }
    }
    names
}

/// Every Rust source below a folder, with its path from the root.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root().join(&folder)) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = folder.join(entry.file_name());
            // What a build leaves is nobody's source.
            if path.ends_with("target") {
                continue;
            }
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                found.push((path.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    assert!(!found.is_empty());
    found.sort();
    found
}

#[test]
fn manifests_are_read() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\n# b = 1\nc = \"1\"\n\
                    [dependencies.d]\nversion = \"1\"\n[dev-dependencies]\ne = \"1\"\n\
                    [target.'cfg(unix)'.dependencies]\nf = { version = \"1\" }\n";
    let names: Vec<String> = dependencies(manifest).into_iter().collect();
    assert_eq!(names, ["a", "c", "d", "f"]);
}
