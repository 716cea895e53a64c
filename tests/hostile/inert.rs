//! Records that try to act on whoever shows them: what is printed is only
//! text, and what is stored is what was given.

use serde_json::Value;

use crate::session::Session;

const TITLES: [&str; 8] = [
    "<script>alert(1)</script> inert",
    "=cmd|'/C calc'!A0 inert",
    "+SUM(1+1)*cmd|' /C calc'!A0 inert",
    "@import url(x) inert",
    "\\input{/etc/passwd} }} {{ \\write18{rm} inert",
    "%s%n%x{0}${jndi:ldap://x/a} inert",
    "a\u{202e}b\u{2066}c\u{200b}d inert",
    "\u{1b}]8;;http://evil\u{7}link\u{1b}]8;;\u{7} inert",
];

fn session() -> Session {
    let lines: Vec<String> = TITLES
        .iter()
        .enumerate()
        .map(|(n, title)| {
            let value = serde_json::json!({
                "id": format!("inert:{n}"),
                "title": title,
                "abstract": title,
                "authors": [title],
                "venue": title,
                "categories": [title],
                "keywords": [title],
                "url": format!("javascript:{title}"),
                "year": 2020,
            });
            format!("{value}\n")
        })
        .collect();
    Session::with_records(&lines.concat())
}

fn is_inert(text: &str) -> bool {
    text.chars().all(|c| {
        let is_turn = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}');
        c == '\n' || !(c.is_control() || is_turn)
    })
}

#[test]
fn every_output_is_only_text() {
    let session = session();
    for args in [
        &["search", "inert", "--explain"][..],
        &["search", "inert", "--json", "--facet", "author,venue,cat"],
        &["search", "inert", "--format", "jsonl"],
        &["facet", "author", "inert"],
        &["facet", "venue", "inert", "--json"],
        &["facet", "cat", "inert"],
        &["show", "inert:0"],
        &["show", "inert:7"],
        &["show", "inert:7", "--json"],
        &["count", "inert"],
        &["stats", "--json"],
    ] {
        let answer = session.run(&[&["--index", "index"], args].concat());
        assert_eq!(answer.code, 0, "{args:?}: {answer:?}");
        assert!(is_inert(&answer.out), "{args:?}: {answer:?}");
        assert!(is_inert(&answer.err), "{args:?}: {answer:?}");
    }
}

#[test]
fn what_looks_like_code_is_kept_as_text() {
    let session = session();
    for (n, title) in TITLES.iter().enumerate() {
        let record = session.json(&["show", "--index", "index", "--json", &format!("inert:{n}")]);
        let Value::String(stored) = &record["title"] else {
            panic!("{record}");
        };
        let letters =
            |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        assert_eq!(letters(stored), letters(title), "{stored:?}");
    }
}

#[test]
fn an_answer_is_one_json_value_whatever_the_query_holds() {
    let session = session();
    for query in [
        "</script>",
        "\"}]}",
        "\u{2028}inert",
        "\\u0000 inert",
        "inert\n{}",
    ] {
        let answer = session.run(&["search", "--index", "index", "--json", "--", query]);
        assert_ne!(answer.code, 2, "{answer:?}");
        assert_eq!(answer.out.lines().count(), 1, "{answer:?}");
        let value: Value = serde_json::from_str(&answer.out).unwrap();
        assert_eq!(value["query"]["raw"], query);
    }
}
