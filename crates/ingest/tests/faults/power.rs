//! No commit that was reported is lost in a power cut.

use std::fs;

use abs_ingest::check::{Remedy, check};
use abs_schema::IndexFolder;

use crate::disk::{Disk, Event, Luck, cut};
use crate::work::{N_COMMITS, expected, n_acronyms, titles, work};
use crate::{Random, folder, points};

/// Points of the work at which the power is cut, unless the environment asks
/// for more: two hundred take a minute or two.
const POINTS: usize = 20;
const VARIABLE: &str = "ABS_SEARCH_TEST_POWER_CUTS";

#[test]
fn a_power_cut_at_any_point_loses_no_commit_that_was_reported() {
    let whole = folder();
    let disk = Disk::new(whole.path(), None);
    work(whole.path(), &disk, |n| disk.report(n)).unwrap();
    assert_eq!(titles(whole.path()), expected(N_COMMITS));
    assert_eq!(check(whole.path()).unwrap().findings, []);
    let n_acronyms_of_whole = n_acronyms(whole.path());
    let events = disk.events();

    let points = points(VARIABLE, POINTS);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut n_lost_names = 0;
    for point in 0..points {
        // Spread over the work, and not always at the same kind of event.
        let span = events.len() / points;
        let at = (point * span + random.below(span)).min(events.len());
        for luck in [Luck::None, Luck::Names, Luck::Random] {
            let what = format!("cut at {at} of {}, {luck:?}", events.len());
            let after = folder();
            let n_reported = cut(&events[..at], luck, &mut random, after.path());
            n_lost_names += usize::from(is_in_doubt(&events[..at]));
            if n_reported > 0 {
                assert!(IndexFolder::exists(after.path()), "{what}: no index");
            }
            if IndexFolder::exists(after.path()) {
                let found = titles(after.path());
                // One that was under way may have become durable.
                let is_right = found == expected(n_reported)
                    || (n_reported < N_COMMITS && found == expected(n_reported + 1));
                assert!(is_right, "{what}: after {n_reported} commits {found:?}");
                let checked = check(after.path()).unwrap();
                assert!(
                    checked.worst() < Some(Remedy::Rebuild),
                    "{what}: {checked:?}"
                );
            }
            let disk = Disk::new(after.path(), None);
            work(after.path(), &disk, |_| {}).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(titles(after.path()), expected(N_COMMITS), "{what}");
            assert_eq!(n_acronyms(after.path()), n_acronyms_of_whole, "{what}");
            let rest = check(after.path()).unwrap();
            assert_eq!(rest.findings, [], "{what}");
            let n_segments = rest.n_segments;
            assert_eq!(n_segments, 1, "{what}");
        }
    }
    // Otherwise this would have shown nothing.
    assert!(n_lost_names >= points / 4, "{n_lost_names} of {points}");
}

/// Whether something is not synced.
fn is_in_doubt(events: &[Event]) -> bool {
    let last = events
        .iter()
        .rfind(|event| !matches!(event, Event::Reported(_)));
    !matches!(last, Some(Event::FolderSynced))
}

/// The disk of these tests takes back what the engine's own directory leaves
/// in doubt: otherwise they could not fail.
#[test]
fn the_disk_takes_back_what_is_not_synced() {
    let at = folder();
    let disk = Disk::new(at.path(), None);
    let path = std::path::Path::new("meta.json");
    for text in ["one", "two"] {
        tantivy::Directory::atomic_write(&disk, path, text.as_bytes()).unwrap();
        if text == "one" {
            tantivy::Directory::sync_directory(&disk).unwrap();
        }
    }
    let mut random = Random(1);
    for (luck, left) in [(Luck::None, "one"), (Luck::Names, "two")] {
        let after = folder();
        cut(&disk.events(), luck, &mut random, after.path());
        assert_eq!(fs::read_to_string(after.path().join(path)).unwrap(), left);
    }
}
