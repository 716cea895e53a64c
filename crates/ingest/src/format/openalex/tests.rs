use super::*;
use crate::draft::Draft;

#[track_caller]
fn draft(json: &str) -> Draft {
    work::parse(json).unwrap()
}

#[test]
fn abstracts_are_put_back_in_order() {
    for (index, text) in [
        (r#"{"b": [1, 3], "a": [0, 2]}"#, Some("a b a b")),
        (
            r#"{"end": [18446744073709551615], "start": [0]}"#,
            Some("start end"),
        ),
        (
            r#"{"IndexLength": 2, "InvertedIndex": {"b": [1], "a": [0]}, "x": 1}"#,
            Some("a b"),
        ),
        (r#""{\"b\": [1], \"a\": [0]}""#, Some("a b")),
        (r#"{"IndexLength": [0]}"#, Some("IndexLength")),
        ("{}", None),
        ("null", None),
        (r#""""#, None),
    ] {
        let json = format!(r#"{{"title": "T", "abstract_inverted_index": {index}}}"#);
        assert_eq!(draft(&json).abstract_text.as_deref(), text, "{index}");
    }
    assert!(work::parse(r#"{"abstract_inverted_index": {"a": [-1]}}"#).is_err());
    assert!(work::parse(r#"{"abstract_inverted_index": {"a": "b"}}"#).is_err());
}

#[test]
fn null_is_absent() {
    let keys = [
        "id",
        "doi",
        "title",
        "display_name",
        "publication_date",
        "publication_year",
        "ids",
        "primary_location",
        "host_venue",
        "authorships",
        "topics",
        "concepts",
        "keywords",
        "mesh",
        "language",
    ];
    let nulls: Vec<String> = keys.iter().map(|key| format!("\"{key}\": null")).collect();
    let found = draft(&format!("{{{}}}", nulls.join(", ")));
    assert_eq!(found, Draft::default());
    let nulls = r#"{"title": "T", "primary_location": {"source": null}, "authorships": [{"author": null}], "concepts": [{"display_name": null}], "host_venue": {"display_name": null}}"#;
    let title = Some("T".to_owned());
    assert_eq!(
        draft(nulls),
        Draft {
            title,
            ..Draft::default()
        }
    );
}
