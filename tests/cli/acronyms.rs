//! Acronyms and what they stand for, as people see them.

use expect_test::expect;

use crate::session::Session;

const RECORDS: &str = r#"{"id":"a:1","title":"Rewards","abstract":"A process reward model (PRM) scores each step."}
{"id":"a:2","title":"Steps","abstract":"Process Reward Models (PRMs) judge steps."}
{"id":"a:3","title":"Judges","abstract":"Process reward models are trained on steps."}
{"id":"a:4","title":"Verifiers","abstract":"PRMs need labels."}
"#;

#[test]
fn they_find_one_another_and_say_so() {
    let session = Session::with_records(RECORDS);
    session.check(
        &["PRM", "--snippet", "0"],
        expect![[r#"
            exit 0
             1. Steps
                a:2

             2. Rewards
                a:1

             3. Verifiers
                a:4

             4. Judges
                a:3

            also searched: PRM → process reward model
            4 results
        "#]],
    );
    session.check(
        &["count", "process reward models"],
        expect![[r#"
        exit 0
        4
        --- stderr
        note: also searched: process reward models → PRM
    "#]],
    );
    session.check(
        &["count", "PRM", "--no-expand"],
        expect![[r#"
        exit 0
        3
    "#]],
    );
    session.check(
        &["count", "\"PRM\""],
        expect![[r#"
        exit 0
        1
    "#]],
    );
    let index = session.path("index");
    let index = index.to_str().unwrap();
    session.check(
        &["parse", "--index", index, "PRM steps"],
        expect![[r#"
        exit 0
        PRM steps
        words 0..9
          term PRM  0..3
          term steps  4..9
        also searched: PRM → process reward model
    "#]],
    );
}

#[test]
fn json_names_them() {
    let session = Session::with_records(RECORDS);
    let answer = session.json(&["PRM", "--json"]);
    assert_eq!(
        answer["query"]["expansions"],
        serde_json::json!([{
            "from": "PRM",
            "kind": "acronym",
            "to": ["process reward model"],
            "n_terms": 1,
            "cut": false,
        }])
    );
    assert_eq!(answer["total"], 4);
    let answer = session.json(&["PRM", "--json", "--no-expand"]);
    assert_eq!(answer["query"]["expansions"], serde_json::json!([]));
    assert_eq!(answer["total"], 3);
}

#[test]
fn works_that_only_write_it_out() {
    let session = Session::seeds();
    // One work says `Reinforcement Learning (RL)`, the other only
    // `reinforcement-learning-based`.
    let first = "Ghost in the Minecraft: Generally Capable Agents for Open-World Environments via \
                 Large Language Models with Text-based Knowledge and Memory";
    let second = "Auto MC-Reward: Automated Dense Reward Design with Large Language Models for \
                  Minecraft";
    let titles = |args: &[&str]| session.titles(args);
    assert_eq!(titles(&["RL", "--no-relax"]), [first, second]);
    assert_eq!(titles(&["RL", "--no-relax", "--no-expand"]), [first]);
    assert_eq!(titles(&["LLM", "--no-relax"]).len(), 8);
    assert_eq!(titles(&["LLM", "--no-relax", "--no-expand"]).len(), 3);
}
