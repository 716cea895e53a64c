//! Runs the binary in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use expect_test::Expect;
use tempfile::TempDir;

/// A folder that the binary runs in.
pub(crate) struct Session {
    folder: PathBuf,
    /// Removes the folder at the end.
    _temporary: Option<TempDir>,
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Session {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Session {
        let temporary = tempfile::tempdir().unwrap();
        Session {
            folder: temporary.path().to_owned(),
            _temporary: Some(temporary),
        }
    }

    /// As [`Session::empty`], in memory where the system has room for files
    /// there: what is written is never waited for.
    pub(crate) fn in_memory() -> Session {
        let Ok(temporary) = tempfile::tempdir_in("/dev/shm") else {
            return Session::empty();
        };
        Session {
            folder: temporary.path().to_owned(),
            _temporary: Some(temporary),
        }
    }

    /// A folder with these records in its index.
    pub(crate) fn with_records(jsonl: &str) -> Session {
        let session = Session::empty();
        session.write("records.jsonl", jsonl);
        let answer = session.run(&["ingest", "records.jsonl", "--index", "index"]);
        assert_eq!(answer.code, 0, "{answer:?}");
        session
    }

    /// A checkout with the seeds and their index, the same for all tests: they
    /// only read it.
    pub(crate) fn seeds() -> &'static Session {
        static SESSION: OnceLock<Session> = OnceLock::new();
        SESSION.get_or_init(|| {
            // A static is never dropped, and two test runs may go on at once.
            let name = format!("cli-seeds-{}", std::process::id());
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
            let _ = fs::remove_dir_all(&folder);
            let session = Session {
                folder,
                _temporary: None,
            };
            session.write("seeds/lu_lewei.txt", seed_file());
            assert_eq!(session.run(&["stats"]).code, 0);
            session
        })
    }

    /// The path of something in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Puts a file into the folder.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    /// The binary, to be run in the folder, with no setting of whoever runs
    /// the tests.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_abs-search"));
        command
            .args(args)
            .current_dir(&self.folder)
            .env_remove("ABS_SEARCH_INDEX")
            .env_remove("NO_COLOR")
            // Servers of tests are on this machine.
            .env("NO_PROXY", "*")
            .env("COLUMNS", "80")
            .env("HOME", &self.folder)
            .env("XDG_DATA_HOME", self.folder.join("data"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the binary to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Answer {
        self.run_with(args, b"")
    }

    /// Runs the binary with something on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &[u8]) -> Answer {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        // A run that fails early does not read.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command that answers in JSON.
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let answer = self.run(args);
        assert_ne!(answer.code, 2, "{args:?}: {answer:?}");
        serde_json::from_str(&answer.out).unwrap()
    }

    /// The ids of the hits.
    pub(crate) fn ids(&self, args: &[&str]) -> Vec<String> {
        self.hits(args, "id")
    }

    /// The titles of the hits.
    pub(crate) fn titles(&self, args: &[&str]) -> Vec<String> {
        self.hits(args, "title")
    }

    fn hits(&self, args: &[&str], key: &str) -> Vec<String> {
        let answer = self.json(&[&["search", "--json"], args].concat());
        let hits = answer["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit[key].as_str().unwrap().to_owned())
            .collect()
    }

    /// Compares exit code, answer and messages with a snapshot.
    #[track_caller]
    pub(crate) fn check(&self, args: &[&str], expected: Expect) {
        let answer = self.run(args);
        let mut text = format!("exit {}\n{}", answer.code, answer.out);
        if !answer.err.is_empty() {
            text.push_str("--- stderr\n");
            text.push_str(&answer.err);
        }
        expected.assert_eq(&text);
    }
}

/// Sends a signal as a shell does.
pub(crate) fn signal(child: &Child, name: &str) {
    let killed = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
}

/// The seed file as it ships.
pub(crate) fn seed_file() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join("seeds/lu_lewei.txt")).unwrap()
}
