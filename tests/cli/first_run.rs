//! A checkout's first search builds its index.

use std::fs;

use crate::session::{Session, seed_file};

fn checkout() -> Session {
    let session = Session::empty();
    session.write("seeds/lu_lewei.txt", seed_file());
    session.write("seeds/README.md", "not records");
    session.write("seeds/formats/other.jsonl", r#"{"title":"a fixture"}"#);
    session
}

#[test]
fn every_searching_command_builds_it() {
    for args in [
        &["process", "reward", "model"][..],
        &["facet", "author"],
        &["count", "reward"],
        &["stats"],
        &["--index", "./index", "reward"],
    ] {
        let session = checkout();
        let answer = session.run(args);
        assert_eq!(answer.code, 0, "{args:?}: {answer:?}");
        assert!(
            answer.err.starts_with("no index yet: building "),
            "{args:?}: {answer:?}"
        );
        // The second time it is there.
        assert_eq!(session.run(args).err, "", "{args:?}");
        assert_eq!(session.json(&["stats", "--json"])["n_records"], 10);
    }
}

#[test]
fn quiet_says_nothing() {
    let answer = checkout().run(&["-q", "reward"]);
    assert_eq!((answer.code, &*answer.err), (0, ""));
}

#[test]
fn a_first_run_that_broke_off_is_done_again() {
    let session = checkout();
    session.write("empty.jsonl", "\n");
    let answer = session.run(&["ingest", "empty.jsonl"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(session.path("index/meta.json").exists());
    assert_eq!(session.json(&["stats", "--json"])["n_records"], 10);
}

#[test]
fn another_index_is_not_built() {
    let session = checkout();
    let answer = session.run(&["--index", "mine", "reward"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("there is no index in mine"));
    assert!(!session.path("mine").exists());
}

#[test]
fn without_seeds_the_user_folder_is_taken() {
    let session = Session::empty();
    let answer = session.run(&["reward"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("abs-search ingest"), "{answer:?}");
    session.write("a.jsonl", r#"{"title":"Reward"}"#);
    assert_eq!(session.run(&["ingest", "a.jsonl"]).code, 0);
    assert!(session.path("data/abs-search/index/meta.json").exists());
    assert_eq!(session.run(&["reward"]).code, 0);
}

#[test]
fn seeds_ingested_again_are_unchanged() {
    let session = checkout();
    session.run(&["stats"]);
    let report = session.json(&["ingest", "seeds/lu_lewei.txt", "--again", "--json"]);
    assert_eq!(
        (&report["read"], &report["unchanged"]),
        (&10.into(), &10.into())
    );
    assert_eq!(session.json(&["stats", "--json"])["n_records"], 10);
    assert!(!fs::exists(session.path("index/rejects.jsonl")).unwrap());
}
