//! What may have been meant is said, and never searched instead.

use expect_test::expect;

use crate::corpus;

#[test]
fn said_beside_the_answer() {
    let session = corpus::session();
    session.check(
        &["rewrad", "learning", "--no-relax"],
        expect![[r#"
        exit 1
        0 results
        --- stderr
        note: no record has: rewrad
        did you mean: reward learning (2 results)
    "#]],
    );
    session.check(
        &["count", "author:\"Smyth, Anna\""],
        expect![[r#"
        exit 1
        0
        --- stderr
        note: no record has: Smyth, Anna
        did you mean: author:"Smith, Anna" (2 results)
    "#]],
    );
    session.check(
        &["facet", "year", "--author", "Smyth, Anna"],
        expect![[r#"
            exit 1
            year  0 values
            --- stderr
            note: no record has: Smyth, Anna
            did you mean: --author "Smith, Anna" (2 results)
        "#]],
    );
    session.check(
        &["-q", "rewrad", "--no-relax"],
        expect![[r#"
        exit 1
        0 results
    "#]],
    );
}

#[test]
fn said_in_json() {
    let answer = corpus::session().json(&["rewrad", "--json"]);
    assert_eq!(answer["total"], 0);
    let expected = serde_json::json!([{
        "query": "reward",
        "authors": [],
        "changes": [{"from": "rewrad", "to": "reward"}],
        "total": 3,
    }]);
    assert_eq!(answer["query"]["suggestions"], expected);
    let plain = corpus::session().json(&["reward", "--json"]);
    assert_eq!(plain["query"]["suggestions"], serde_json::json!([]));
}
