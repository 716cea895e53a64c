//! A write that fails is told with its cause, and costs nothing that was
//! committed.

use abs_ingest::check::{Remedy, check};
use abs_schema::IndexFolder;

use crate::disk::{Disk, Fault};
use crate::work::{N_COMMITS, expected, n_acronyms, titles, work};
use crate::{Random, folder, points};

/// Operations that fail, of each kind of failure, unless the environment asks
/// for more.
const POINTS: usize = 12;
const VARIABLE: &str = "ABS_SEARCH_TEST_WRITE_ERRORS";

/// `EIO` and `ENOSPC`, the same numbers on Linux, macOS and the BSDs.
const BROKEN: i32 = 5;
const FULL: i32 = 28;

#[test]
fn a_full_disk() {
    fails_at(|at| Fault {
        at,
        lasts: true,
        only_syncs: false,
        errno: FULL,
    });
}

#[test]
fn one_write_that_fails() {
    fails_at(|at| Fault {
        at,
        lasts: false,
        only_syncs: false,
        errno: BROKEN,
    });
}

#[test]
fn one_sync_that_fails() {
    fails_at(|at| Fault {
        at,
        lasts: false,
        only_syncs: true,
        errno: BROKEN,
    });
}

fn fails_at(fault: impl Fn(usize) -> Fault) {
    let whole = folder();
    let disk = Disk::new(whole.path(), None);
    let counted = || match (fault(0).only_syncs, disk.n_ops()) {
        (true, (_, n_syncs)) => n_syncs,
        (false, (n_ops, _)) => n_ops,
    };
    let mut n_before_merges = 0;
    work(whole.path(), &disk, |_| n_before_merges = counted()).unwrap();
    let n_acronyms_of_whole = n_acronyms(whole.path());
    let n_ops = counted();

    let points = points(VARIABLE, POINTS);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut n_failed, mut n_failed_in_merges) = (0, 0);
    for point in 0..points {
        // Every third while segments are merged.
        let fault = fault(match point % 3 {
            0 => n_before_merges + random.below(n_ops - n_before_merges),
            _ => random.below(n_before_merges),
        });
        let at = folder();
        let disk = Disk::new(at.path(), Some(fault));
        let mut n_reported = 0;
        let what = format!("{fault:?} of {n_ops}");
        match work(at.path(), &disk, |n| n_reported = n) {
            // It hit a file that was to be taken away, or that is made anew.
            Ok(()) => assert_eq!(titles(at.path()), expected(N_COMMITS), "{what}"),
            Err(error) => {
                n_failed += 1;
                n_failed_in_merges += usize::from(n_reported == N_COMMITS);
                let cause = std::io::Error::from_raw_os_error(fault.errno).to_string();
                let said = error.to_string();
                assert_eq!(said.matches(&cause).count(), 1, "{what}: {said}");
                let folder = at.path().to_str().unwrap();
                assert!(said.contains(folder), "{what}: {said}");
            }
        }
        if IndexFolder::exists(at.path()) {
            let found = titles(at.path());
            let is_right = found == expected(n_reported)
                || (n_reported < N_COMMITS && found == expected(n_reported + 1));
            assert!(is_right, "{what}: after {n_reported} commits {found:?}");
            let checked = check(at.path()).unwrap();
            assert!(
                checked.worst() < Some(Remedy::Rebuild),
                "{what}: {checked:?}"
            );
        } else {
            assert_eq!(n_reported, 0, "{what}");
        }
        let disk = Disk::new(at.path(), None);
        work(at.path(), &disk, |_| {}).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(titles(at.path()), expected(N_COMMITS), "{what}");
        assert_eq!(n_acronyms(at.path()), n_acronyms_of_whole, "{what}");
        assert_eq!(check(at.path()).unwrap().findings, [], "{what}");
    }
    // Otherwise this would have shown nothing.
    assert!(n_failed > points / 2, "{n_failed} of {points}");
    assert!(n_failed_in_merges > 0, "no merge was hit");
}
