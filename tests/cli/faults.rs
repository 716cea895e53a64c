//! Kills, full disks, folders of others, two at once: what the next command
//! says.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use abs_ingest::check::{Remedy, check};
use abs_query::Searcher;
use abs_schema::IndexFolder;
use abs_schema::store::IndexDirectory;

use crate::session::Session;

/// Kills of each command, unless the environment asks for more.
const KILLS: u64 = 10;
const VARIABLE: &str = "ABS_SEARCH_TEST_KILLS";
/// Files that are read one after the other, and records in each.
const N_FILES: usize = 4;
const N_RECORDS: usize = 30;

fn lines(file: usize) -> String {
    let mut text = String::new();
    for number in 0..N_RECORDS {
        // Something that does not pack well.
        let words: Vec<String> = (0..20)
            .map(|word| format!("{:x}", (file * 7_919 + number * 104_729 + word) * 1_299_709))
            .collect();
        let words = words.join(" ");
        let line = format!(r#"{{"id":"r{file}:{number}","title":"Reward","abstract":"{words}"}}"#);
        writeln!(text, "{line}").unwrap();
    }
    text
}

/// An index of several segments.
fn session() -> Session {
    let session = Session::in_memory();
    for file in 0..N_FILES {
        let name = format!("{file}.jsonl");
        session.write(&name, lines(file));
        let answer = session.run(&["ingest", &name, "--index", "index", "--threads", "1"]);
        assert_eq!(answer.code, 0, "{answer:?}");
    }
    session
}

fn copy(session: &Session, to: &str) {
    fs::create_dir(session.path(to)).unwrap();
    for file in fs::read_dir(session.path("index")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), session.path(to).join(file.file_name())).unwrap();
    }
}

fn exported(session: &Session, index: &str) -> Vec<String> {
    let answer = session.run(&["export", "--index", index]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let mut records: Vec<String> = answer.out.lines().map(str::to_owned).collect();
    records.sort_unstable();
    records
}

/// Kills a command at chance instants: what it left is what was there before
/// or after it, the next command works, and the same command ends as it would
/// have.
fn killed(args: &[&str]) {
    let session = session();
    let before = exported(&session, "index");
    copy(&session, "whole");
    let started = Instant::now();
    let done = session.run(&[args, &["--index", "whole"]].concat());
    assert_eq!(done.code, 0, "{done:?}");
    let took = u64::try_from(started.elapsed().as_micros()).unwrap();
    let after = exported(&session, "whole");

    let kills = std::env::var(VARIABLE).map_or(KILLS, |kills| kills.parse().unwrap());
    for kill in 0..kills {
        copy(&session, "killed");
        let mut child = session
            .command(&[args, &["--index", "killed"]].concat())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The golden section: spread evenly, whatever their number.
        let part = (kill * 618_034) % 1_000_000;
        thread::sleep(Duration::from_micros(took * part / 1_000_000));
        let _ = child.kill();
        child.wait().unwrap();

        let found = exported(&session, "killed");
        assert!(found == before || found == after, "kill {kill}: {found:?}");
        let checked = check(&session.path("killed")).unwrap();
        assert!(checked.worst() < Some(Remedy::Rebuild), "{checked:?}");
        // Of records that are deleted already it says that they are not there.
        let again = session.run(&[args, &["--index", "killed"]].concat());
        assert!(again.code < 2, "kill {kill}: {again:?}");
        // A delete that has nothing left to do commits nothing.
        let last = session.run(&["optimize", "--index", "killed"]);
        assert_eq!(last.code, 0, "{last:?}");
        assert_eq!(exported(&session, "killed"), after, "kill {kill}");
        let checked = check(&session.path("killed")).unwrap();
        assert_eq!(checked.findings, [], "kill {kill}");
        fs::remove_dir_all(session.path("killed")).unwrap();
    }
}

#[test]
fn an_optimize_that_is_killed() {
    killed(&["optimize"]);
}

#[test]
fn a_delete_that_is_killed() {
    killed(&["delete", "r0:1", "r2:7", "r3:29"]);
}

#[test]
fn whoever_reads_sees_what_there_was() {
    let session = session();
    let folder = IndexFolder::open(&session.path("index")).unwrap();
    let searcher = Searcher::open(&folder).unwrap();
    let has = |searcher: &Searcher| searcher.get("r0:1").unwrap().is_some();
    assert!(has(&searcher));
    assert!(searcher.is_current(&folder).unwrap());
    session.run(&["delete", "r0:1", "--index", "index"]);
    assert!(!searcher.is_current(&folder).unwrap());
    session.run(&["optimize", "--index", "index"]);
    assert!(has(&searcher));
    assert!(!has(&Searcher::open(&folder).unwrap()));
    fs::remove_dir_all(session.path("index")).unwrap();
    assert!(has(&searcher));
    let said = [
        Searcher::open(&folder).err().unwrap().to_string(),
        searcher.is_current(&folder).unwrap_err().to_string(),
    ];
    assert!(said[0].contains("its folder is gone"), "{said:?}");
    assert!(said[1].contains("meta.json is missing"), "{said:?}");
    let answer = session.run(&["search", "reward", "--index", "index"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("there is no index"), "{answer:?}");

    // Another index in its place: what was opened before goes on, and can be
    // opened anew.
    session.write("other.jsonl", "{\"id\":\"other\",\"title\":\"Reward\"}\n");
    session.run(&["ingest", "other.jsonl", "--index", "index"]);
    assert!(!searcher.is_current(&folder).unwrap());
    assert!(has(&searcher));
    let anew = Searcher::open(&folder).unwrap();
    assert!(anew.is_current(&folder).unwrap());
    assert!(!has(&anew) && anew.get("other").unwrap().is_some());
}

#[test]
fn two_that_write() {
    let session = session();
    let mut first = session
        .command(&["ingest", "-", "--index", "index"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = first.stdin.take().unwrap();
    writeln!(input, r#"{{"id":"new","title":"Reward"}}"#).unwrap();
    let started = Instant::now();
    let answer = loop {
        let answer = session.run(&["delete", "r0:1", "--index", "index"]);
        if answer.code == 2 || started.elapsed() > Duration::from_secs(60) {
            break answer;
        }
    };
    assert_eq!(answer.code, 2);
    let expected = "another process is writing into the index";
    assert!(answer.err.contains(expected), "{answer:?}");
    // Whoever reads does not wait.
    assert!(!exported(&session, "index").is_empty());
    drop(input);
    assert_eq!(first.wait_with_output().unwrap().status.code(), Some(0));
    assert_eq!(session.run(&["show", "new", "--index", "index"]).code, 0);
}

#[test]
fn a_list_of_files_made_by_an_enemy() {
    let session = session();
    session.write("victim", "mine");
    session.write("index/sub/victim", "mine");
    let victim = session.path("victim");
    let names = [
        "../victim",
        victim.to_str().unwrap(),
        "sub/victim",
        "sub/../../victim",
    ];
    let list = serde_json::to_vec(&names).unwrap();
    let directory = IndexDirectory::open(&session.path("index")).unwrap();
    directory.write_file(".managed.json", &list).unwrap();
    session.write("more.jsonl", "{\"id\":\"new\",\"title\":\"Reward\"}\n");
    for args in [
        &["ingest", "more.jsonl"][..],
        &["delete", "new"],
        &["optimize"],
    ] {
        let answer = session.run(&[args, &["--index", "index"]].concat());
        assert_eq!(answer.code, 0, "{args:?}: {answer:?}");
    }
    assert_eq!(fs::read(victim).unwrap(), b"mine");
    assert_eq!(fs::read(session.path("index/sub/victim")).unwrap(), b"mine");
    assert_eq!(exported(&session, "index").len(), N_FILES * N_RECORDS);
}

/// Files can grow no larger than a limit of the shell's: to whoever writes, a
/// disk that is full.
#[cfg(unix)]
#[test]
fn a_disk_that_is_full() {
    let session = session();
    let many: String = (10..60).map(lines).collect();
    session.write("many.jsonl", many);
    let args = ["ingest", "many.jsonl", "--index", "index", "--threads", "1"];
    let command = session.command(&args);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""])
        .arg(command.get_program())
        .args(args)
        .current_dir(session.path(""));
    let output = limited.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("File too large"), "{said}");
    assert_eq!(exported(&session, "index").len(), N_FILES * N_RECORDS);
    let answer = session.run(&args);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(exported(&session, "index").len(), 54 * N_RECORDS);
    assert_eq!(check(&session.path("index")).unwrap().findings, []);
}

/// Someone else's index, in a folder that cannot be written.
#[cfg(unix)]
#[test]
fn an_index_that_is_only_read() {
    use std::os::unix::fs::PermissionsExt;
    let session = session();
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    set(&session.path(""), 0o755);
    set(&session.path("index"), 0o555);
    // Permissions do not bind root, who can become nobody.
    let is_root = fs::write(session.path("index/probe"), "").is_ok();
    let _ = fs::remove_file(session.path("index/probe"));
    let run = |args: &[&str]| {
        let command = session.command(args);
        let program = command.get_program();
        let mut nobody = match is_root {
            true => Command::new("setpriv"),
            false => Command::new(program),
        };
        if is_root {
            nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
            nobody.arg(program);
        }
        nobody.args(args).current_dir(session.path("")).output()
    };
    match run(&["--version"]) {
        Ok(output) if output.status.success() => {}
        other => {
            eprintln!("skipped: nobody cannot run the program here: {other:?}");
            set(&session.path("index"), 0o755);
            return;
        }
    }
    let found = run(&["count", "reward", "--index", "index"]).unwrap();
    assert_eq!(found.status.code(), Some(0), "{found:?}");
    let found = String::from_utf8(found.stdout).unwrap();
    assert_eq!(found.trim(), (N_FILES * N_RECORDS).to_string());
    let denied = run(&["delete", "r0:1", "--index", "index"]).unwrap();
    set(&session.path("index"), 0o755);
    assert_eq!(denied.status.code(), Some(2), "{denied:?}");
    let said = String::from_utf8(denied.stderr).unwrap();
    assert!(said.contains("Permission denied"), "{said}");
}
