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
