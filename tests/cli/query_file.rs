//! Queries from files: the searches of systematic reviews.

use expect_test::expect;

use crate::corpus;

#[test]
fn a_file_is_read_as_one_query() {
    let session = corpus::session();
    session.write(
        "review.txt",
        "\u{feff}(reward OR\r\n  bones)\nAND NOT \"shallow reward\"\n",
    );
    let ids = |args: &[&str]| {
        let mut ids = session.ids(args);
        ids.sort();
        ids
    };
    assert_eq!(ids(&["--query-file", "review.txt"]), ["t:1", "t:3", "t:6"]);
    assert_eq!(
        session.run(&["count", "--query-file", "review.txt"]).out,
        "3\n"
    );
    session.check(
        &[
            "facet",
            "year",
            "--query-file",
            "review.txt",
            "--year",
            "..2023",
        ],
        expect![[r#"
            exit 0
            year  3 values
              1  2019
              1  2022
              1  2025
        "#]],
    );
    session.check(
        &["parse", "--query-file", "review.txt"],
        expect![[r#"
        exit 0
        (reward OR bones) AND NOT "shallow reward"
        and 1..45
          or 1..19
            term reward  1..7
            term bones  14..19
          not 25..45
            phrase shallow reward  29..45
    "#]],
    );
}

#[test]
fn thousands_of_terms_are_no_more_than_a_query() {
    let session = corpus::session();
    let words: Vec<String> = (0..12_000).map(|n| format!("word{n}")).collect();
    session.write(
        "long.txt",
        format!("imaging AND (tube OR {})", words.join(" OR ")),
    );
    let answer = session.run(&["count", "--query-file", "long.txt"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "1\n"));
    // What is unknown is named in part.
    assert!(answer.err.len() < 1_000, "{}", answer.err.len());
    assert!(answer.err.contains("and 11980 more"), "{}", answer.err);
}

#[test]
fn files_that_are_no_queries() {
    let session = corpus::session();
    session.write("empty.txt", "\n");
    session.write("bytes.txt", b"\xff\xfe");
    session.write("long.txt", "a ".repeat(2 << 20));
    for (file, fault) in [
        ("empty.txt", "it is empty"),
        ("bytes.txt", "it is not UTF-8"),
        ("long.txt", "it is longer than 2 MiB"),
        ("none.txt", "No such file"),
        (".", "s a directory"),
    ] {
        let answer = session.run(&["search", "--query-file", file]);
        assert_eq!(answer.code, 2, "{file}");
        assert!(
            answer.err.contains(file) && answer.err.contains(fault),
            "{}",
            answer.err
        );
    }
    session.check(
        &["reward", "--query-file", "empty.txt"],
        expect![[r#"
        exit 2
        --- stderr
        error: the argument '[QUERY]...' cannot be used with '--query-file <FILE>'

        Usage: abs-search search <QUERY>...

        For more information, try '--help'.
    "#]],
    );
}
