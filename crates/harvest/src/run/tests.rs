use super::*;

mod archive;
mod faults;

use archive::{Archive, Killed, TestClock, TestStore, day, order};

const PATIENT: Plan = Plan {
    patience: Patience {
        pause: Duration::from_secs(3),
        max_wait: Duration::from_secs(3600),
    },
    limit: None,
};

fn run(archive: &mut Archive, store: &mut TestStore, from: Harvest, plan: &Plan) -> Outcome {
    harvest(
        from,
        plan,
        archive,
        &mut TestClock::default(),
        store,
        &mut (),
    )
    .unwrap()
}

fn from_scratch(archive: &mut Archive) -> (TestStore, Outcome) {
    let mut store = TestStore::new();
    let outcome = run(archive, &mut store, Harvest::new(order()), &PATIENT);
    (store, outcome)
}

#[test]
fn page_after_page_to_the_end() {
    let mut archive = Archive::with(10, 4);
    let mut clock = TestClock::default();
    let mut store = TestStore::new();
    let start = Harvest::new(order());
    let outcome = harvest(
        start,
        &PATIENT,
        &mut archive,
        &mut clock,
        &mut store,
        &mut (),
    )
    .unwrap();
    assert!(matches!(outcome.end, End::Done));
    assert_eq!(
        archive.asked(),
        [
            "metadataPrefix=arXiv",
            "resumptionToken=~4",
            "resumptionToken=~8"
        ]
    );
    let summary = outcome.summary;
    assert_eq!((summary.read, summary.indexed, summary.files), (10, 10, 3));
    assert!(summary.adds_up());
    assert_eq!(store.ids().len(), 10);
    // Two pauses of three seconds between three requests.
    assert_eq!(clock.0, Duration::from_secs(6));
    // All of it is saved once, at the end.
    assert_eq!((store.n_saves, outcome.n_requests), (1, 3));
    assert_eq!(store.state, Some(outcome.harvest));
}

#[test]
fn the_next_list_begins_with_the_last_day() {
    let mut archive = Archive::with(7, 100);
    let (mut store, outcome) = from_scratch(&mut archive);
    let mut next = outcome.harvest;
    assert_eq!((next.done, next.list_from), (true, day("2024-01-03")));
    next.begin_next();
    // One is new on that very day, one has changed, one is gone.
    archive
        .records
        .push(("2001.00008".into(), "2024-01-03".into(), false));
    archive.records[0].1 = "2024-02-01".into();
    archive.records[1] = ("2001.00002".into(), "2024-02-01".into(), true);
    let outcome = run(&mut archive, &mut store, next, &PATIENT);
    assert_eq!(archive.asked()[1], "metadataPrefix=arXiv&from=2024-01-03");
    let summary = outcome.summary;
    assert_eq!((summary.read, summary.indexed, summary.deleted), (4, 1, 1));
    assert_eq!(summary.duplicate, 2);
    assert_eq!(store.ids().len(), 7);
    assert!(!store.ids().contains(&"arXiv:2001.00002"));
    assert_eq!(outcome.harvest.n_records, 11);
}

/// Wherever it is killed: the same records in the end, each once, and no page
/// before the one that was saved is asked for again.
#[test]
fn a_kill_loses_nothing() {
    for life in 0..35 {
        let mut archive = Archive::with(20, 3);
        // A wait as long as this saves.
        archive.faults = [None, None, Some(archive::Fault::Busy("60"))].into();
        let mut store = TestStore::new();
        store.life.set(life);
        let start = Harvest::new(order());
        let mut clock = TestClock::default();
        let result = harvest(
            start,
            &PATIENT,
            &mut archive,
            &mut clock,
            &mut store,
            &mut (),
        );
        let is_killed = result.is_err();
        if let Err(error) = result {
            assert_eq!(error, Killed);
        }
        assert_eq!(is_killed, life < 24, "{life}");
        let mut known = store.begin_again();
        if known.done {
            known.begin_next();
        }
        let token = known.token.clone();
        archive.urls.clear();
        run(&mut archive, &mut store, known, &PATIENT);
        assert_eq!(store.ids().len(), 20, "{life}");
        if let Some(token) = token {
            assert_eq!(token, "~6");
            assert_eq!(archive.asked()[0], "resumptionToken=~6");
        }
    }
}

#[test]
fn long_lists_are_saved_on_the_way() {
    let mut archive = Archive::with(90, 1);
    let (store, _) = from_scratch(&mut archive);
    // 89 pauses of three seconds, a save every two minutes, one at the end.
    assert_eq!(store.n_saves, 3);
}

#[test]
fn a_limit_cuts_a_page_which_is_asked_for_again() {
    let limited = Plan {
        limit: Some(5),
        ..PATIENT
    };
    let mut archive = Archive::with(10, 4);
    let mut store = TestStore::new();
    let outcome = run(&mut archive, &mut store, Harvest::new(order()), &limited);
    assert!(matches!(outcome.end, End::Limit));
    assert_eq!(outcome.summary.read, 5);
    assert_eq!(store.ids().len(), 5);
    let known = store.begin_again();
    assert_eq!(known.token.as_deref(), Some("~4"));
    let outcome = run(&mut archive, &mut store, known, &PATIENT);
    assert!(matches!(outcome.end, End::Done));
    assert_eq!(store.ids().len(), 10);
    // At the end of a page nothing is asked for again.
    let even = Plan {
        limit: Some(4),
        ..PATIENT
    };
    let mut archive = Archive::with(10, 4);
    let outcome = run(
        &mut archive,
        &mut TestStore::new(),
        Harvest::new(order()),
        &even,
    );
    assert_eq!(outcome.harvest.token.as_deref(), Some("~4"));
    assert_eq!(outcome.n_requests, 1);
}

/// Breaks off the third wait.
struct Impatient(u32);

impl abs_ingest::Observer for Impatient {}

impl Observer for Impatient {
    fn waiting(&mut self, wait: Wait<'_>) -> ControlFlow<()> {
        self.0 += u32::from(wait.left.is_zero());
        match self.0 {
            0..2 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

#[test]
fn a_harvest_can_be_broken_off() {
    let mut archive = Archive::with(10, 3);
    let (mut store, mut clock) = (TestStore::new(), TestClock::default());
    let start = Harvest::new(order());
    let mut observer = Impatient(0);
    let outcome = harvest(
        start,
        &PATIENT,
        &mut archive,
        &mut clock,
        &mut store,
        &mut observer,
    )
    .unwrap();
    assert!(matches!(outcome.end, End::Stopped));
    assert_eq!(store.ids().len(), 6);
    assert_eq!(store.state.unwrap().token.as_deref(), Some("~6"));
}
