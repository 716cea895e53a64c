mod records;

use std::io::BufReader;

use proptest::prelude::*;

use super::*;
use crate::draft::{Draft, RawName};

/// What a text gives, an item a line.
fn read(text: &str) -> Vec<String> {
    let input = Box::new(BufReader::with_capacity(
        capacity(text.len()),
        text.as_bytes(),
    ));
    let items = Bibtex.open(input, Path::new("x"));
    items
        .map(|item| match item {
            Ok(Item::Draft(draft)) => {
                let title = draft.title.clone().unwrap_or_default();
                format!("{} {title}", place(&draft))
            }
            Ok(Item::Delete(_)) => String::new(),
            Err(error) => format!("{} ! {}", error.place, error.kind),
        })
        .collect()
}

fn place(draft: &Draft) -> String {
    draft.origin.place.to_string()
}

#[track_caller]
fn draft(text: &str) -> Draft {
    let mut items = Bibtex.open(Box::new(text.as_bytes()), Path::new("x"));
    let Some(Ok(Item::Draft(draft))) = items.next() else {
        panic!("no draft");
    };
    *draft
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text), expected);
}

#[test]
fn an_entry_that_opens_with_too_long_a_line_costs_no_other() {
    let long = "x".repeat(MAX_ENTRY_BYTES);
    let text =
        format!("@misc{{a, title={{A}}}}\n@misc{{b, title={{{long}}}}}\n@misc{{c, title={{C}}}}\n");
    let too_long = "2 ! the record is longer than 16777216 bytes";
    check(&text, &["1 A", too_long, "3 C"]);
}

/// Each of these took time that grew with the square of its length: minutes.
#[test]
fn hostile_pieces_are_read_once() {
    let n = 1 << 17;
    let at = read(&format!("@misc{{a,\n{}", "@".repeat(16 * n)));
    assert_eq!(
        at,
        ["1 ! malformed BibTeX: there is text that belongs to no field"]
    );
    assert_eq!(read(&"@misc{a}".repeat(n)).len(), n);
    assert_eq!(read(&"x @comment{\n".repeat(n)).len(), 0);
    let url = format!("{} {}", "a".repeat(n), " b".repeat(n));
    assert!(
        draft(&format!("@misc{{a, title={{T}}, url={{{url}}}}}"))
            .url
            .is_some()
    );
}

#[test]
fn entries_one_after_another() {
    check(
        "@article{a, title={One}}\n% @article{x\n@article{b, title=\"Two\"} @misc(c, title = {Three})\r\n@Comment{@article{d, title={No}}}\n@string(x = {Four})\n@book{e,title=x}",
        &["1 One", "3 Two", "3 Three", "6 Four"],
    );
    check(
        "@article{a, title = {At} # { and } # \"on\"}",
        &["1 At and on"],
    );
    check("mail me@example.org {x}\n@misc{a, title={T}}", &["2 T"]);
    check(
        "@article{a, title={One}}\n@web_page{b,\n title={Two}}\n@book-part2(c, title={Three})",
        &["1 One", "2 Two", "4 Three"],
    );
    check(
        "@article{a,\n title = {One}\n}\nBook{left-out,\n author = {Doe, Jane},\n title = {No}\n}\n@misc{b, title={Two}}",
        &["1 One", "8 Two"],
    );
    check(
        "@article{a, % a remark, title = {No},\n title = {One}, % and\n % another\n year = 2001 % one\n}",
        &["1 One"],
    );
    check("", &[]);
    check("@", &[]);
}

#[test]
fn values_of_every_kind() {
    check(
        "@a{k, title = {With {nested {braces}} and \\} escapes}}",
        &["1 With nested braces and } escapes"],
    );
    check(
        "@a{k, title = \"With {\"}quotes{\"} and L\\\"owe\",}",
        &["1 With \"quotes\" and L\\\"owe"],
    );
    check("@a{k, title = 1984, year = may}", &["1 1984"]);
    check(
        "@a{k title = {No comma after the key}}",
        &["1 No comma after the key"],
    );
    check("@a{k, title = {No comma} year = 1999}", &["1 No comma"]);
    check("@a{van Dyke, with, commas\n, title = {T}}", &["1 T"]);
}

#[test]
fn broken_entries_cost_only_themselves() {
    let lost = "1 ! malformed BibTeX: a brace is not closed";
    check(
        "@a{k, title = {cut off\n@a{l, title={Next}}",
        &[lost, "2 Next"],
    );
    check(
        "@a{k,\n title = {One {two},\n abstract = {Text},\n}\n@a{l, title={Next}}",
        &["1 One two", "5 Next"],
    );
    check("@a{k,\n title = \"One,\n year = \"1999\"\n}\n", &["1 One"]);
    check("@a{k,\n title = {One},\n year = 1999\n", &["1 One"]);
    check("@a{k,\n title = {One},\n abstract = {cut he", &[lost]);
    let long = format!(
        "@a{{k, title={{{}}}}}\n@a{{l, title={{Next}}}}",
        "x\n".repeat(9 << 20)
    );
    check(
        &long,
        &[
            "1 ! the record is longer than 16777216 bytes",
            "9437186 Next",
        ],
    );
}

#[test]
fn text_is_freed_of_latex() {
    for (value, text) in [
        ("The {BERT} {M}odel", "The BERT Model"),
        ("5--10\\% of \\{x\\} --- \\& y\\_z", "5–10% of {x} — & y_z"),
        (
            "``so''~called \\emph{text} {\\em here} \\textbf{{B}old}",
            "“so” called text here Bold",
        ),
        (
            "$x^{2}$ and $$y_{i}$$ and \\(z^{3}\\)",
            "$x^{2}$ and $$y_{i}$$ and \\(z^{3}\\)",
        ),
        (
            "Caf{\\'e} G{\\\"o}del \\'{E}cole \\c{c}a {\\ss} \\o",
            "Caf{\\'e} G{\\\"o}del \\'{E}cole \\c{c}a {\\ss} \\o",
        ),
        ("{A {B} {C}}", "A B C"),
        ("{\\&} \\", "& \\"),
        ("a } b { c", "a  b  c"),
        ("costs $5", "costs $5"),
        ("$$", "$$"),
        ("$é", "$é"),
    ] {
        assert_eq!(latex::plain(value), text, "{value}");
    }
    assert_eq!(latex::verbatim("{10.1007/999-9\\_3}"), "10.1007/999-9_3");
    assert_eq!(
        latex::verbatim("\\url{http://x.org/~a\\%20b}"),
        "http://x.org/~a%20b"
    );
}

#[test]
fn names() {
    use RawName::*;
    let one = |name: &str| One(name.to_owned());
    let jr = Parts {
        family: "King".into(),
        given: " Martin L.".into(),
        particle: String::new(),
        suffix: " Jr.".into(),
    };
    for (value, expected) in [
        (
            "Doe, Jane and van der Berg, Ludwig",
            vec![one("Doe, Jane"), one("van der Berg, Ludwig")],
        ),
        ("Jane Doe AND\n others", vec![one("Jane Doe")]),
        (
            "{Barnes and Noble} and {E. Coli}",
            vec![
                Collective("Barnes and Noble".into()),
                Collective("E. Coli".into()),
            ],
        ),
        ("King, Jr., Martin L.", vec![jr]),
        ("{A}dams, {B}ob", vec![one("Adams, Bob")]),
        (
            "A. Doe, B. Roe, C. Poe",
            vec![List("A. Doe, B. Roe, C. Poe".into())],
        ),
        ("Doe, A.; Roe, B.", vec![List("Doe, A.; Roe, B.".into())]),
        ("Anderson", vec![one("Anderson")]),
        (" and ", vec![]),
    ] {
        let names: Vec<RawName> = author::list(value)
            .into_iter()
            .map(|author| author.name)
            .collect();
        assert_eq!(names, expected, "{value}");
    }
}

#[test]
fn dates() {
    for (fields, date) in [
        ("year = 2020, month = may", "2020-05"),
        ("year = {2020}, month = {MAR 1}", "2020-03-01"),
        ("year = 2020, month = jul # \"~4\"", "2020-07-04"),
        ("year = 2020, month = 5, day = 31", "2020-05-31"),
        ("year = 2020, month = {September-October}", "2020-09"),
        ("year = 2020, month = {Spring}", "2020"),
        ("year = {c1985}", "1985"),
        ("year = 888", ""),
        ("year = {in press}", ""),
        ("date = {2019-05/2019-06}, year = 2020", "2019-05"),
        ("date = {2019-05-06}", "2019-05-06"),
        ("month = may", ""),
    ] {
        let date_found = draft(&format!("@a{{k, {fields}}}")).date;
        let found = date_found.map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(found, date, "{fields}");
    }
}

#[test]
fn ids_and_the_rest() {
    let paper = draft(
        "@article{DBLP:journals/corr/abs-2301-01234, title={T}, subtitle={S}, journal={CoRR}, volume={abs/2301.01234}, keywords={a, b}, ee={https://x.org/a\\_b}}",
    );
    assert_eq!(
        paper.id.as_deref(),
        Some("DBLP:journals/corr/abs-2301-01234")
    );
    assert_eq!(paper.title.as_deref(), Some("T: S"));
    assert_eq!(paper.arxiv.as_deref(), Some("2301.01234"));
    assert_eq!(paper.url.as_deref(), Some("https://x.org/a_b"));
    assert_eq!(paper.keywords, ["a", "b"]);
    let paper = draft("@article{smith:2020, journal={arXiv preprint arXiv:1706.03762}}");
    assert_eq!(
        (
            paper.id,
            paper.arxiv.and_then(|id| crate::ids::arxiv(&id)).as_deref()
        ),
        (None, Some("1706.03762"))
    );
    let paper = draft(
        "@article{https://doi.org/10.1111/gps.4444, title={T}, eprint={https://onlinelibrary.wiley.com/doi/pdf/10.1111/gps.4444}}",
    );
    assert_eq!((paper.id, paper.arxiv), (None, None));
    assert_eq!(paper.doi.as_deref(), Some("10.1111/gps.4444"));
    let paper = draft("@inproceedings{ WOS:000223334444221, Unique-ID = {WOS:000223334444221},}");
    assert_eq!(paper.id.as_deref(), Some("WOS:000223334444221"));
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(@a\\{|[ @a{}()=,#\"\\\\$\n~'-]){0,60}") {
        read(&text);
        latex::plain(&text);
        latex::verbatim(&text);
        author::list(&text);
    }
}

/// Small reads, but for large texts.
fn capacity(n_bytes: usize) -> usize {
    if n_bytes < 1_000 { 61 } else { 64 << 10 }
}
