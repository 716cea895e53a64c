//! Facets count the whole result, exactly.

use expect_test::expect;

use crate::corpus;

#[test]
fn each_field() {
    let session = corpus::session();
    session.check(
        &["facet", "author"],
        expect![[r#"
        exit 0
        author  8 values
          2  Doe, Jane
          2  Smith, Anna
          1  Lu, Lewei
          1  Mueller, J.
          1  Muller, Jane
          1  Müller, Jörg
          1  Roe, Richard
          1  Smith, Bob
    "#]],
    );
    session.check(
        &["facet", "year", "reward"],
        expect![[r#"
        exit 0
        year  3 values
          1  2019
          1  2020
          1  2025
    "#]],
    );
    session.check(
        &["facet", "venue"],
        expect![[r#"
        exit 0
        venue  3 values
          2  Journal of Tests
          2  Radiology
          1  Physics Letters
    "#]],
    );
    session.check(
        &["facet", "cat"],
        expect![[r#"
        exit 0
        cat  4 values
          2  cs.LG
          2  q-bio
          1  cs.CL
          1  physics
    "#]],
    );
}

#[test]
fn the_first_few_of_many() {
    corpus::session().check(
        &["facet", "author", "--top", "2"],
        expect![[r#"
        exit 0
        author  8 values, first 2
          2  Doe, Jane
          2  Smith, Anna
    "#]],
    );
}

#[test]
fn values_that_start_so() {
    corpus::session().check(
        &["facet", "author", "--prefix", "mü"],
        expect![[r#"
        exit 0
        author  3 values
          1  Mueller, J.
          1  Muller, Jane
          1  Müller, Jörg
    "#]],
    );
}

#[test]
fn of_one_author() {
    let args = ["facet", "venue", "--author", "Doe, Jane"];
    corpus::session().check(
        &args,
        expect![[r#"
        exit 0
        venue  2 values
          1  Physics Letters
          1  Radiology
    "#]],
    );
}

#[test]
fn counts_do_not_depend_on_the_page() {
    let session = corpus::session();
    let facet = |page: &[&str]| {
        let mut answer =
            session.json(&[&["imaging", "--json", "--facet", "author"], page].concat());
        answer["facets"].take()
    };
    let whole = facet(&[]);
    assert_eq!(whole, facet(&["-n", "1"]));
    assert_eq!(whole, facet(&["-n", "0"]));
    assert_eq!(whole, facet(&["--sort", "-date", "--offset", "2"]));
}

#[test]
fn a_facet_is_counted_without_its_own_filter() {
    let session = corpus::session();
    let values = |args: &[&str], idx: usize| {
        let answer = session.json(&[&["-n", "0", "--json"], args].concat());
        let facet = &answer["facets"][idx]["values"];
        let pairs: Vec<String> = facet
            .as_array()
            .unwrap()
            .iter()
            .map(|v| format!("{} {}", v["value"].as_str().unwrap(), v["count"]))
            .collect();
        (answer["total"].as_u64().unwrap(), pairs)
    };
    let chosen = ["imaging", "--author", "Doe, Jane"];
    let (total, authors) = values(&[&chosen[..], &["--facet", "author"]].concat(), 0);
    assert_eq!(total, 2);
    assert_eq!(
        authors,
        [
            "Doe, Jane 2",
            "Roe, Richard 1",
            "Smith, Anna 1",
            "Smith, Bob 1"
        ]
    );
    let (_, venues) = values(&[&chosen[..], &["--facet", "author,venue"]].concat(), 1);
    assert_eq!(venues, ["Physics Letters 1", "Radiology 1"]);
    // Several values of one field are any of them.
    let args = [
        "--author",
        "Doe, Jane",
        "--author",
        "Roe, Richard",
        "--facet",
        "year",
    ];
    let (total, years) = values(&args, 0);
    assert_eq!(total, 3);
    assert_eq!(years, ["2023 1", "2024 1", "2025 1"]);
}

#[test]
fn each_filter() {
    let session = corpus::session();
    let check = |args: &[&str], expected: &[&str]| {
        let mut ids = session.ids(args);
        ids.sort();
        assert_eq!(ids, expected, "{args:?}");
    };
    check(&["--year", "2019"], &["t:1"]);
    check(&["--year", "2023.."], &["t:4", "t:5", "t:6"]);
    check(&["--year", "..2018", "--year", "2020"], &["t:2", "t:7"]);
    check(&["--venue", "Radiology"], &["t:3", "t:4"]);
    check(&["--venue", "tests"], &["t:1", "t:2"]);
    check(&["--cat", "cs"], &["t:1", "t:2"]);
    check(&["--cat", "cs.CL"], &["t:2"]);
    check(&["--cat", "q-bio", "--year", "2022"], &["t:3"]);
    session.check(
        &["--year", "20x4", "reward"],
        expect![[r#"
            exit 2
            --- stderr
            error: invalid value '20x4' for '--year <YEARS>': no year or range of years: 2024, 2020..2023, 2020..

            For more information, try '--help'.
        "#]],
    );
}

#[test]
fn a_prefix_on_a_search() {
    corpus::session().check(
        &["-n", "0", "*", "--facet", "author", "--facet-prefix", "mue"],
        expect![[r#"
            exit 0
            author  1 value
              1  Mueller, J.

            8 results
        "#]],
    );
}
