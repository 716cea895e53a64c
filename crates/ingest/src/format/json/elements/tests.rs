use std::io::BufReader;

use proptest::prelude::*;

use super::*;

/// Every element on a line of its own, whatever the size of the reads.
fn read(input: &[u8], capacity: usize) -> String {
    let mut elements = Elements::new(BufReader::with_capacity(capacity, input));
    let mut out = String::new();
    while let Some(Element { place, text }) = elements.read() {
        let text = match text {
            Ok(text) => text.split_whitespace().collect::<String>(),
            Err(bad) => format!("! {}", bad.kind),
        };
        out.push_str(&format!("{place}: {text}\n"));
    }
    out
}

#[track_caller]
fn check(input: &str, expected: &[&str]) {
    for capacity in [1, 3, 7, 100_000] {
        let found = read(input.as_bytes(), capacity);
        assert_eq!(found.lines().collect::<Vec<_>>(), expected, "{capacity}");
    }
}

#[test]
fn lines_are_counted_once_where_reading_goes_back() {
    // Found by fuzzing: what was read again was counted again.
    check(
        "[\n{\"a\":\n\n\n1 \"b\"},\n{\"a\":2}]",
        &[
            "2: ! malformed JSON: a comma or the end of the object is missing at byte 12",
            "6: {\"a\":2}",
        ],
    );
}

#[test]
fn arrays_pages_and_rows_of_objects() {
    check(
        r#"[{"a": 1}, {"b": [{}, "]"]}]"#,
        &[r#"1: {"a":1}"#, r#"byte 11: {"b":[{},"]"]}"#],
    );
    check(
        "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n",
        &[r#"2: {"a":1}"#, r#"5: {"a":2}"#],
    );
    check(
        "{\n\"a\": 1}\n{\"a\":\n2}",
        &[r#"1: {"a":1}"#, r#"3: {"a":2}"#],
    );
    check(
        "{\"a\": 1}\n\n\u{1e}{\"a\": 2}\n",
        &[r#"1: {"a":1}"#, r#"3: {"a":2}"#],
    );
    check(
        "{\"meta\": {\"count\": 2, \"items\": 3}, \"results\": [{\"id\": 1},\n{\"id\": 2}], \"group_by\": []}",
        &[r#"byte 47: {"id":1}"#, r#"2: {"id":2}"#],
    );
    check(
        r#"{"status":"ok","message":{"facets":{},"items":[{"DOI":"1"},{"DOI":"2"}],"q":{"a":null}}}"#,
        &[r#"byte 47: {"DOI":"1"}"#, r#"byte 59: {"DOI":"2"}"#],
    );
    check(
        r#"{"status":"ok","message":{"DOI":"1","items":[{}]},"v":1}"#,
        &[r#"byte 25: {"DOI":"1","items":[{}]}"#],
    );
    check(
        r#"[[{"a":1}],[{"a":2}]]"#,
        &[r#"1: {"a":1}"#, r#"byte 12: {"a":2}"#],
    );
    check(
        r#"{"hits":{"total":1,"hits":[{"_id":"1","_source":{"title":"T"}}]}}"#,
        &[r#"byte 48: {"title":"T"}"#],
    );
    check(
        r#"{"result":{"hits":{"hit":[{"a":1}]}}}"#,
        &[r#"byte 26: {"a":1}"#],
    );
    check(
        r#"{"id":1,"result":{"hits":{"hit":[{"a":1}]}}}"#,
        &[r#"1: {"id":1,"result":{"hits":{"hit":[{"a":1}]}}}"#],
    );
    check(
        r#"{"title":"T","data":[{"a":1}]}"#,
        &[r#"1: {"title":"T","data":[{"a":1}]}"#],
    );
    check(r#"{"results":[]}"#, &[]);
    check("[]", &[]);
    check("", &[]);
}

#[test]
fn neighbours_of_broken_objects_are_found() {
    let missing = "malformed JSON: a comma or the end of the object is missing";
    check(
        "[\n{\"a\": 1},\n{\"a\": 2\n{\"a\": 3},\n{\"a\": \"4},\n{\"a\": 5}\n]",
        &[
            r#"2: {"a":1}"#,
            &format!("3: ! {missing} at line 4"),
            r#"4: {"a":3}"#,
            "5: ! malformed JSON: a string is not closed on its line at byte 40",
            r#"6: {"a":5}"#,
        ],
    );
    check(
        "[\n  {\n    \"a\": [{\"b\": 1],\n    \"c\": {\n    }\n  },\n  {\n    \"a\": 2\n  }\n]",
        &[
            "2: ! malformed JSON: a comma or the end of the list or object is missing at byte 23",
            r#"7: {"a":2}"#,
        ],
    );
    check(
        r#"[{"a": 1}, {"a": 2, 3}, {"a": 4}]"#,
        &[
            r#"1: {"a":1}"#,
            "byte 11: ! malformed JSON: a key is missing at byte 20",
            r#"byte 24: {"a":4}"#,
        ],
    );
    check(
        "[{\"a\": 1}, 7, \"x\", [{\"a\": 2}]]",
        &[
            r#"1: {"a":1}"#,
            "byte 11: ! not a JSON object",
            "byte 14: ! not a JSON object",
            r#"byte 20: {"a":2}"#,
        ],
    );
    check(
        "{\"a\": 1}\nwhat\n{\"a\": 2}",
        &[r#"1: {"a":1}"#, "2: ! not a JSON object", r#"3: {"a":2}"#],
    );
}

#[test]
fn a_cut_text_is_the_end() {
    let cut = "reading failed: the JSON is cut short";
    check(
        "[{\"a\": 1}, {\"a\"",
        &[r#"1: {"a":1}"#, &format!("byte 11: ! {cut}")],
    );
    check(
        "[\n{\"a\": 1},\n",
        &[r#"2: {"a":1}"#, &format!("3: ! {cut}")],
    );
    check(
        "{\"a\": 1}\n{\"a\": 2",
        &[
            r#"1: {"a":1}"#,
            "2: ! malformed JSON: the object is not closed",
        ],
    );
}

#[test]
fn long_records_cost_only_themselves() {
    let long = format!(
        "[{{\"a\": \"{}\"}},\n{{\"a\": 2}}]",
        "x".repeat(MAX_RECORD_BYTES)
    );
    let found = read(long.as_bytes(), 64 << 10);
    assert_eq!(
        found,
        "1: ! the record is longer than 16777216 bytes\n2: {\"a\":2}\n"
    );
    let deep = format!("[{{\"a\": {}\n,{{\"a\": 2}}]", "[".repeat(100_000));
    assert!(read(deep.as_bytes(), 64 << 10).contains("nested too deep"));
}

proptest! {
    #[test]
    fn any_bytes_end_and_reads_may_be_of_any_size(
        input in "[\\[\\]{}\":, \na1x]{0,60}", capacity in 1usize..20,
    ) {
        prop_assert_eq!(read(input.as_bytes(), capacity), read(input.as_bytes(), 1000));
    }
}
