//! Servers that are busy, broken, forgetful or led astray.

use super::archive::Fault;
use super::*;

#[track_caller]
fn fails(archive: &mut Archive) -> (TestStore, HarvestError) {
    let (store, outcome) = from_scratch(archive);
    assert!(outcome.summary.adds_up());
    match outcome.end {
        End::Failed(error) => (store, error),
        end => panic!("{end:?}"),
    }
}

#[test]
fn a_busy_server_is_waited_for_as_it_asks() {
    for (value, seconds) in [("20", 20), ("Sun, 06 Nov 1994 08:50:37 GMT", 60), ("0", 3)] {
        let mut archive = Archive::with(3, 9).faulty(vec![Some(Fault::Busy(value))]);
        let (mut store, mut clock) = (TestStore::new(), TestClock::default());
        let start = Harvest::new(order());
        harvest(
            start,
            &PATIENT,
            &mut archive,
            &mut clock,
            &mut store,
            &mut (),
        )
        .unwrap();
        assert_eq!(store.ids().len(), 3);
        assert_eq!(clock.0, Duration::from_secs(seconds), "{value}");
    }
}

#[test]
fn what_may_pass_is_tried_again() {
    let faults = || {
        [
            Fault::Status(502),
            Fault::Gone,
            Fault::Cut,
            Fault::Html,
            Fault::Status(429),
            Fault::Status(503),
        ]
    };
    for fault in faults() {
        let mut archive = Archive::with(9, 3).faulty(vec![Some(fault)]);
        let (store, outcome) = from_scratch(&mut archive);
        assert!(matches!(outcome.end, End::Done));
        assert_eq!((store.ids().len(), outcome.n_requests), (9, 4));
    }
    // One after the other, in the middle.
    let faults = [None].into_iter().chain(faults().map(Some)).collect();
    let mut archive = Archive::with(9, 3).faulty(faults);
    let (store, outcome) = from_scratch(&mut archive);
    assert_eq!((store.ids().len(), outcome.n_requests), (9, 9));
}

#[test]
fn what_stays_broken_ends_with_an_error_that_names_the_token() {
    let faults = [None].into_iter().chain((0..20).map(|_| Some(Fault::Cut)));
    let mut archive = Archive::with(9, 3).faulty(faults.collect());
    let (mut store, error) = fails(&mut archive);
    assert_eq!(archive.urls.len(), 1 + 9);
    let message = error.to_string();
    assert!(message.contains("resumptionToken=~3"), "{message}");
    assert!(message.contains("in 9 tries"), "{message}");
    assert!(message.contains("cut short"), "{message}");
    // What came before is kept, and gone on from.
    assert_eq!(store.ids().len(), 3);
    archive.faults.clear();
    let known = store.begin_again();
    run(&mut archive, &mut store, known, &PATIENT);
    assert_eq!(store.ids().len(), 9);
}

#[test]
fn what_will_not_pass_is_not_tried_again() {
    for fault in [Fault::Status(404), Fault::Status(403), Fault::Refused] {
        let mut archive = Archive::with(9, 3).faulty(vec![None, Some(fault)]);
        let (store, _) = fails(&mut archive);
        assert_eq!((archive.urls.len(), store.ids().len()), (2, 3));
    }
    // Nor is a server that was never there for long.
    let mut archive = Archive::with(9, 3).faulty((0..9).map(|_| Some(Fault::Gone)).collect());
    fails(&mut archive);
    assert_eq!(archive.urls.len(), 3);
}

#[test]
fn waiting_has_an_end() {
    let mut archive = Archive::with(9, 3).faulty(vec![None, Some(Fault::Busy("86400"))]);
    let (store, error) = fails(&mut archive);
    assert!(matches!(error, HarvestError::Busy { .. }), "{error}");
    assert_eq!(store.ids().len(), 3);
    // Also where it is asked for in small pieces.
    let busy = (0..9999).map(|_| Some(Fault::Busy("1"))).collect();
    let mut archive = Archive::with(9, 3).faulty(busy);
    fails(&mut archive);
    assert_eq!(archive.urls.len(), 1201);
}

#[test]
fn an_empty_list_is_a_success() {
    let mut archive = Archive::with(0, 3);
    let (_, outcome) = from_scratch(&mut archive);
    assert!(matches!(outcome.end, End::Done));
    assert_eq!(outcome.summary.read, 0);
    // The next one begins where this one did.
    let mut later = Harvest::new(crate::Order {
        from: day("2024-05-01"),
        ..order()
    });
    let outcome = run(&mut archive, &mut TestStore::new(), later.clone(), &PATIENT);
    later.begin_next();
    assert_eq!(outcome.harvest.list_from, day("2024-05-01"));
}

#[test]
fn refusals_are_said_once() {
    for code in [
        "badArgument",
        "cannotDisseminateFormat",
        "noSetHierarchy",
        "badResumptionToken",
    ] {
        let mut archive = Archive::with(9, 3).faulty(vec![Some(Fault::Error(code))]);
        let (store, error) = fails(&mut archive);
        let message = error.to_string();
        assert!(
            message.ends_with(&format!("{code}: So it is.")),
            "{message}"
        );
        assert_eq!((archive.urls.len(), store.ids().len()), (1, 0));
    }
}

#[test]
fn an_expired_token_begins_again_with_the_last_day() {
    let mut archive = Archive::with(12, 4).faulty(vec![None, None, Some(Fault::BadToken)]);
    let (store, outcome) = from_scratch(&mut archive);
    assert_eq!(
        archive.asked(),
        [
            "metadataPrefix=arXiv",
            "resumptionToken=~4",
            "resumptionToken=~8",
            "metadataPrefix=arXiv&from=2024-01-03",
            "resumptionToken=2024-01-03~4",
        ]
    );
    assert_eq!(store.ids().len(), 12);
    // Two of that day were read before.
    assert_eq!((outcome.summary.read, outcome.summary.duplicate), (14, 2));
    assert!(outcome.summary.adds_up());
}

#[test]
fn a_list_in_no_order_begins_again_from_its_beginning() {
    let days = [
        "2024-01-05",
        "2024-01-01",
        "2024-01-04",
        "2024-01-02",
        "2024-01-03",
    ];
    let mut archive = Archive::new(&days, 2).faulty(vec![None, None, Some(Fault::BadToken)]);
    let (store, outcome) = from_scratch(&mut archive);
    assert_eq!(archive.asked()[3], "metadataPrefix=arXiv");
    assert_eq!(store.ids().len(), 5);
    assert_eq!(outcome.harvest.list_from, day("2024-01-05"));
}

#[test]
fn tokens_that_always_expire_are_given_up() {
    let days = ["2024-01-01"; 9];
    let mut archive = Archive::new(&days, 3);
    archive.forgetful = true;
    let (_, error) = fails(&mut archive);
    assert!(matches!(error, HarvestError::Expiring(_)), "{error}");
    // Where each list gets on by a day, it comes to its end.
    let mut archive = Archive::with(9, 4);
    archive.forgetful = true;
    let (store, outcome) = from_scratch(&mut archive);
    assert!(matches!(outcome.end, End::Done));
    assert_eq!(store.ids().len(), 9);
}

#[test]
fn a_circle_of_tokens_is_seen() {
    let mut archive = Archive::with(9, 3);
    archive.stuck = true;
    let (_, error) = fails(&mut archive);
    assert!(matches!(error, HarvestError::Circle(_)), "{error}");
    assert!(archive.urls.len() <= 3);
}

/// A datestamp may be wrong, and records may change while a list is read.
#[test]
fn the_next_list_never_begins_after_this_one_did() {
    let mut archive = Archive::new(&["2024-01-01", "2199-01-01"], 9);
    let (_, outcome) = from_scratch(&mut archive);
    assert_eq!(outcome.harvest.list_from, day("2024-06-01"));
}

#[test]
fn a_record_that_cannot_be_read_costs_itself() {
    struct Broken(Archive);
    impl Transport for Broken {
        fn get(&mut self, url: &str) -> Result<crate::Response, crate::TransportError> {
            let mut response = self.0.get(url)?;
            let text = String::from_utf8(response.body).unwrap();
            response.body = text
                .replacen("On 2001.00002</title>", "On \u{1}<b", 1)
                .into_bytes();
            Ok(response)
        }
    }
    let mut store = TestStore::new();
    let outcome = harvest(
        Harvest::new(order()),
        &PATIENT,
        &mut Broken(Archive::with(5, 3)),
        &mut TestClock::default(),
        &mut store,
        &mut (),
    )
    .unwrap();
    assert!(matches!(outcome.end, End::Done));
    let summary = outcome.summary;
    assert_eq!((summary.read, summary.indexed, summary.rejected), (5, 4, 1));
}
