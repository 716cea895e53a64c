use super::*;
use crate::format::detect;
use crate::{Input, pipeline};

#[test]
fn shapes() {
    for (text, expected) in [
        ("[{\"title\": 1}]", Shape::Records),
        (" [\n {\n  \"title\": 1", Shape::Records),
        ("[]", Shape::Records),
        ("[1, 2]", Shape::Other),
        ("[link]: http://x", Shape::Other),
        ("{\n  \"title\": 1", Shape::Records),
        ("{\"title\": 1,\n \"year\": 2", Shape::Records),
        ("{\"title\": 1}\n{", Shape::Lines),
        ("{\"title\": \"cut sh", Shape::Lines),
        (
            "{\"meta\": {}, \"results\": [{\"title\": \"cut sh",
            Shape::Records,
        ),
        (
            "{\"meta\": {}, \"results\": [{\"title\": 1}]}",
            Shape::Records,
        ),
        ("{\"results\": []}\n", Shape::Records),
        ("{title}", Shape::Other),
        ("", Shape::Other),
    ] {
        assert_eq!(shape(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn an_array_gives_the_records_of_its_lines() {
    let json = "[\n{\"id\": \"1\", \"title\": \"One\"},\n{\"id\": \"2\"},\n{\"id\": \"3\", \"title\": \"Three\", \"year\": {}},\n{\"id\": \"4\", \"title\": \"Four\"}]";
    let head = Head {
        bytes: json.as_bytes(),
        name: "x",
        whole: true,
    };
    assert_eq!(detect(&head).map(|format| format.name()), Some("JSON"));
    let input = Input::from_reader("x", json.as_bytes());
    let mut records = Vec::new();
    let Ok(summary) = pipeline::run([Ok(input)], &mut records, &mut ());
    assert_eq!((summary.read, summary.indexed, summary.rejected), (4, 2, 2));
    assert_eq!(records[1].title, "Four");
}
