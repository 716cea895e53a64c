use super::*;
use abs_record::Date;
use expect_test::expect;

fn harvest(set: Option<&str>, from: Option<&str>) -> Harvest {
    Harvest::new(Order {
        url: "https://a.org/oai".to_owned(),
        metadata_prefix: "arXiv".to_owned(),
        set: set.map(str::to_owned),
        from: from.and_then(Date::parse),
        until: None,
    })
}

#[test]
fn what_is_saved_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut states = States::open(folder.path()).unwrap();
    assert!(states.all().is_empty());
    let mut known = harvest(Some("cs"), Some("2024-01-01"));
    known.token = Some("a|b\"é".to_owned());
    known.last = Date::parse("2024-03-07");
    states.save(&known).unwrap();
    known.n_records = 7;
    states.save(&known).unwrap();
    let states = States::open(folder.path()).unwrap();
    assert_eq!(states.all(), [known.clone()]);
    assert_eq!(states.find(&known.order), Some(&known));
    let text = fs::read_to_string(folder.path().join(STATE_FILE)).unwrap();
    expect![[r#"
        {
          "version": 1,
          "harvests": [
            {
              "url": "https://a.org/oai",
              "metadata_prefix": "arXiv",
              "set": "cs",
              "from": "2024-01-01",
              "until": null,
              "list_from": "2024-01-01",
              "token": "a|b\"é",
              "last": "2024-03-07",
              "latest": null,
              "ordered": true,
              "began": null,
              "done": false,
              "n_records": 7
            }
          ]
        }"#]]
    .assert_eq(text.trim_end());
}

#[test]
fn what_is_covered_is_dropped_when_all_of_it_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut states = States::open(folder.path()).unwrap();
    for known in [harvest(None, Some("2024-01-01")), harvest(Some("cs"), None)] {
        states.save(&known).unwrap();
    }
    let mut all = harvest(None, None);
    states.save(&all).unwrap();
    assert_eq!(states.all().len(), 3);
    // The widest first.
    assert_eq!(states.to_update()[0], all.order);
    all.done = true;
    states.save(&all).unwrap();
    assert_eq!(states.all(), [all]);
}

#[test]
fn a_damaged_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(STATE_FILE);
    for text in ["", "{", "{\"version\":2,\"harvests\":[]}", "[1]"] {
        fs::write(&path, text).unwrap();
        let error = States::open(folder.path()).unwrap_err();
        assert!(matches!(error, StateError::Damaged { .. }), "{text}");
        assert!(error.to_string().contains(STATE_FILE), "{error}");
    }
}
