//! `check`: damage is found, named and mended; exit codes.

use std::fs;
use std::path::PathBuf;

use crate::session::Session;

const RECORDS: &str = r#"{"id": "a", "title": "Process reward models", "abstract": "A process reward model (PRM) scores steps."}
{"id": "b", "title": "Outcome reward models", "abstract": "They score answers."}
{"id": "c", "title": "Verifiers", "abstract": "They verify."}
"#;

fn file_ending(session: &Session, ending: &str) -> PathBuf {
    let files = fs::read_dir(session.path("index")).unwrap();
    files
        .map(|file| file.unwrap().path())
        .find(|path| path.to_string_lossy().ends_with(ending))
        .unwrap()
}

fn flip(path: &PathBuf) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_sound_index_is_0() {
    let session = Session::with_records(RECORDS);
    let answer = session.run(&["check", "--index", "index"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(
        answer.out.starts_with("index is sound: 3 records in "),
        "{answer:?}"
    );
    let json = session.run(&["check", "--index", "index", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["state"], "sound");
    assert_eq!(json["records"], 3);
    assert_eq!(json["faults"], serde_json::json!([]));
}

#[test]
fn what_can_be_mended_is_1_and_then_0() {
    let session = Session::with_records(RECORDS);
    flip(&session.path("index/acronyms"));
    session.write("index/0123456789abcdef0123456789abcdef.idx", "left behind");
    let found = session.run(&["check", "--index", "index"]);
    assert_eq!(found.code, 1, "{found:?}");
    assert!(
        found
            .out
            .contains("acronyms: its bytes are not those that were written")
    );
    assert!(found.out.contains("abs-search check --repair"));
    let mended = session.run(&["check", "--index", "index", "--repair"]);
    assert_eq!(mended.code, 1, "{mended:?}");
    assert!(
        mended
            .out
            .contains("index is mended and sound: 3 records in "),
        "{mended:?}"
    );
    assert_eq!(session.run(&["check", "--index", "index"]).code, 0);
    assert!(
        !session
            .path("index/0123456789abcdef0123456789abcdef.idx")
            .exists()
    );
}

#[test]
fn a_damaged_segment_is_2_and_its_sources_make_it_whole() {
    let session = Session::with_records(RECORDS);
    for ending in [".store", ".idx", "meta.json"] {
        let path = file_ending(&session, ending);
        flip(&path);
        let found = session.run(&["check", "--index", "index", "--repair"]);
        assert_eq!(found.code, 2, "{ending} {found:?}");
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(found.out.contains(&name), "{ending} {found:?}");
        assert!(found.out.contains("--rebuild-from"), "{ending} {found:?}");
        let args = [
            "check",
            "--index",
            "index",
            "--rebuild-from",
            "records.jsonl",
        ];
        let mended = session.run(&args);
        assert_eq!(mended.code, 1, "{ending} {mended:?}");
        assert!(
            mended.out.contains("mended and sound: 3 records"),
            "{ending} {mended:?}"
        );
        assert_eq!(
            session.run(&["check", "--index", "index"]).code,
            0,
            "{ending}"
        );
        let hits = session.run(&["reward", "--index", "index", "--json"]);
        let hits: serde_json::Value = serde_json::from_str(&hits.out).unwrap();
        assert_eq!(hits["total"], 2, "{ending}");
    }
}

#[test]
fn a_cut_file_is_an_error_that_says_what_to_do() {
    let session = Session::with_records(RECORDS);
    let path = file_ending(&session, ".pos");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let answer = session.run(&["reward", "--index", "index"]);
    assert_eq!(answer.code, 2);
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(answer.err.contains(&name), "{answer:?}");
    assert!(answer.err.contains("abs-search check"), "{answer:?}");
}

#[test]
fn without_an_index_there_is_nothing_to_check() {
    let session = Session::empty();
    let answer = session.run(&["check", "--index", "nowhere"]);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("there is no index in nowhere"),
        "{answer:?}"
    );
}
