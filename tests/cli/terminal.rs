//! Nothing in a record reaches the terminal raw.

use crate::session::Session;

/// Escapes in every field that is shown: CSI, OSC, C1, DEL, bells, overrides.
const HOSTILE: &str = r#"{"id":"evil","title":"Harm\u001b[2Jless \u001b]0;owned\u0007title\u009b31m","authors":["\u001b[31mMal\u202elory, Eve\u0000"],"abstract":"A harmless\u001b[1A abstract\u007f with \u2066isolates\u2069 and\r\nlines.","venue":"Ve\u001bcnue","categories":["cs\u001b[5m.XX"],"keywords":["k\u009d"],"url":"http://x/\u001b\\","year":2020}
"#;

fn is_harmless(text: &str) -> bool {
    text.chars().all(|c| {
        c == '\n'
            || !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    })
}

#[test]
fn control_characters_are_never_raw() {
    let session = Session::with_records(HOSTILE);
    for args in [
        &["harmless"][..],
        &["harmless", "--facet", "author,venue,cat", "--explain"],
        &["harmless", "--json"],
        &["harmless", "--format", "jsonl"],
        &["facet", "cat"],
        &["show", "evil"],
        &["show", "evil", "--json"],
        &["title\u{1b}[2J\u{9b}"],
        &["show", "\u{1b}[2J"],
        &["parse", "a\u{1b}[2J AND"],
        &["--index", "no\u{1b}[2Jwhere", "x"],
    ] {
        let answer = session.run(args);
        assert!(is_harmless(&answer.out), "{args:?}: {answer:?}");
        assert!(is_harmless(&answer.err), "{args:?}: {answer:?}");
    }
    assert_eq!(session.ids(&["harmless"]), ["evil"]);
}

#[test]
fn colour_brings_only_its_own_escapes() {
    let session = Session::with_records(HOSTILE);
    let answer = session.run(&["harmless", "--color", "always"]);
    for sequence in answer.out.split('\u{1b}').skip(1) {
        let (parameters, _) = sequence.split_once('m').unwrap();
        let parameters = parameters.strip_prefix('[').unwrap();
        assert!(
            parameters.chars().all(|c| c.is_ascii_digit() || c == ';'),
            "{sequence:?}"
        );
    }
}

#[test]
fn hostile_lines_are_rejected_quietly() {
    let session = Session::empty();
    session.write(
        "bad\u{1b}[2J.jsonl",
        "{\"title\":\u{1b}[2J}\n{\"title\":\"fine\"}\n",
    );
    let answer = session.run(&["ingest", "--index", "i", "bad\u{1b}[2J.jsonl"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(is_harmless(&answer.out), "{answer:?}");
    assert!(is_harmless(&answer.err), "{answer:?}");
}
