use abs_record::{Record, RecordId};

use super::*;
use abs_schema::acronyms::Acronyms;

use crate::acronym::{Miner, kept};
use crate::{IndexSink, RecordSink, WriterOptions};

const OPTIONS: WriterOptions = WriterOptions {
    threads: 2,
    memory_bytes: 0,
};

/// Twelve records in several segments, one of them replaced.
fn index() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let open = || IndexFolder::open_or_create(folder.path()).unwrap();
    let mut sink = IndexSink::open(open(), OPTIONS).unwrap();
    for number in 0..12 {
        sink.push(record(number, "A process reward model (PRM)"))
            .unwrap();
    }
    sink.commit().unwrap();
    sink.push(record(3, "Another title")).unwrap();
    sink.finish().unwrap();
    folder
}

fn record(number: usize, title: &str) -> Record {
    let mut record = Record::new(RecordId::parse(&format!("r{number}")).unwrap());
    record.title = format!("{title}, number {number}");
    record.abstract_text = Some("We verify each step of a solution.".to_owned());
    record
}

fn at_fault(checked: &Checked) -> Vec<&str> {
    let findings = checked.findings.iter();
    findings.map(|finding| name_of(&finding.path)).collect()
}

#[test]
fn a_sound_index_is_sound() {
    let folder = index();
    let checked = check(folder.path()).unwrap();
    assert_eq!(checked.findings, []);
    assert_eq!(checked.n_records, 12);
    assert!(checked.n_segments >= 2);
}

#[test]
fn a_flipped_bit_is_found_in_every_file() {
    let folder = index();
    let mut n_files = 0;
    for path in files(folder.path()) {
        let bytes = fs::read(&path).unwrap();
        if bytes.is_empty() {
            // A lock.
            continue;
        }
        n_files += 1;
        for at in [0, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(&path, &flipped).unwrap();
            let name = name_of(&path);
            match check(folder.path()) {
                Ok(checked) => assert!(at_fault(&checked).contains(&name), "{name} byte {at}"),
                // A stamp whose version reads otherwise.
                Err(error) => assert_eq!(name, ROOTS[0], "{error}"),
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(n_files > 16, "{n_files} files");
    assert_eq!(check(folder.path()).unwrap().findings, []);
}

#[test]
fn a_cut_or_missing_file_is_found_and_keeps_the_index_from_opening() {
    let folder = index();
    let used = IndexFolder::open(folder.path())
        .unwrap()
        .commit_files()
        .unwrap();
    for path in files(folder.path()) {
        let bytes = fs::read(&path).unwrap();
        let name = name_of(&path).to_owned();
        if bytes.is_empty() {
            continue;
        }
        for cut in [
            Some(bytes.len() - 1),
            Some(5.min(bytes.len() - 1)),
            Some(0),
            None,
        ] {
            match cut {
                Some(len) => fs::write(&path, &bytes[..len]).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            // What is not there need not be: it was never made.
            let is_optional = cut.is_none() && name == acronyms::FILE;
            if !is_optional && let Ok(checked) = check(folder.path()) {
                assert!(
                    at_fault(&checked).contains(&name.as_str()),
                    "{name} {cut:?}"
                );
            }
            if used.contains(&name) || ROOTS.contains(&name.as_str()) {
                assert!(IndexFolder::open(folder.path()).is_err(), "{name} {cut:?}");
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(check(folder.path()).unwrap().findings, []);
}

#[test]
fn what_can_be_made_again_is_mended() {
    let folder = index();
    let stray = "0123456789abcdef0123456789abcdef.idx";
    fs::write(folder.path().join(stray), b"left behind").unwrap();
    fs::write(folder.path().join(".tmpXYZ"), b"left behind").unwrap();
    for name in [acronyms::FILE, WORKS_FILE, SUMS_FILE, MANAGED_FILE] {
        let path = folder.path().join(name);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        fs::write(&path, bytes).unwrap();
        let checked = check(folder.path()).unwrap();
        assert_eq!(checked.worst(), Some(Remedy::Repair), "{name}");
        repair(folder.path(), &checked).unwrap();
        let checked = check(folder.path()).unwrap();
        let rest = checked
            .findings
            .iter()
            .filter(|finding| name != MANAGED_FILE || !is_stray(name_of(&finding.path)));
        assert_eq!(rest.count(), 0, "{name}: {:?}", checked.findings);
    }
    assert!(!folder.path().join(stray).exists());
    assert!(!folder.path().join(".tmpXYZ").exists());
    let checked = check(folder.path()).unwrap();
    assert_eq!((checked.worst(), checked.n_records), (None, 12));
}

#[test]
fn a_damaged_segment_is_taken_out_and_its_records_can_come_back() {
    let folder = index();
    let store = files(folder.path())
        .into_iter()
        .find(|path| name_of(path).ends_with(".store"))
        .unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[10] ^= 1;
    fs::write(&store, bytes).unwrap();
    // Acronyms of a commit that was never made: taking a segment out is none.
    let mut miner = Miner::new();
    miner.add("A content management system (CMS)", None);
    kept::stage(&IndexFolder::open(folder.path()).unwrap(), &mut miner).unwrap();
    let checked = check(folder.path()).unwrap();
    assert_eq!(checked.worst(), Some(Remedy::Rebuild));
    discard_damaged(folder.path(), &checked).unwrap();
    let mut sink = IndexSink::open(IndexFolder::open(folder.path()).unwrap(), OPTIONS).unwrap();
    let mined = IndexFolder::open(folder.path())
        .unwrap()
        .read_file(acronyms::FILE);
    let mined = Acronyms::new(mined.unwrap());
    assert!(mined.of_short("cms").is_empty());
    assert!(!mined.of_short("prm").is_empty());
    assert!(sink.n_docs() < 12);
    for number in 0..12 {
        let title = ["A process reward model (PRM)", "Another title"][usize::from(number == 3)];
        sink.push(record(number, title)).unwrap();
    }
    sink.finish().unwrap();
    let checked = check(folder.path()).unwrap();
    assert_eq!(checked.n_records, 12);
    assert!(
        checked.worst() < Some(Remedy::Rebuild),
        "{:?}",
        checked.findings
    );
}

#[test]
fn where_there_is_no_index_there_is_nothing_to_check() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(check(folder.path()), Err(StoreError::Missing(_))));
}

#[test]
fn a_damaged_ledger_is_forgotten() {
    let folder = index();
    let path = folder.path().join(LEDGER_FILE);
    assert!(!path.exists());
    let options = crate::ledger::RunOptions {
        base: folder.path().to_owned(),
        paths: vec![PathBuf::from("a.jsonl")],
        mapping: None,
        again: false,
        strict: false,
        commit_every: 10,
        rejects: None,
        first_run: 1,
    };
    let open = || IndexFolder::open(folder.path()).unwrap();
    let mut sink = IndexSink::open(open(), OPTIONS).unwrap();
    let mut ledger = crate::ledger::Ledger::open(folder.path(), sink.payload(), options).unwrap();
    let inputs = [(Path::new("a.jsonl"), None)];
    let payload = ledger.prepare(inputs.into_iter()).unwrap().unwrap();
    sink.checkpoint(&payload).unwrap();
    sink.finish().unwrap();
    assert_eq!(check(folder.path()).unwrap().findings, []);

    let mut bytes = fs::read(&path).unwrap();
    bytes[3] ^= 1;
    fs::write(&path, bytes).unwrap();
    let checked = check(folder.path()).unwrap();
    assert_eq!(at_fault(&checked), [LEDGER_FILE]);
    assert_eq!(checked.worst(), Some(Remedy::Repair));
    repair(folder.path(), &checked).unwrap();
    let checked = check(folder.path()).unwrap();
    assert_eq!((checked.findings.len(), checked.n_records), (0, 12));
}
