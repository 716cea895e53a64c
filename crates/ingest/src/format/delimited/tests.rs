mod authors;

use std::io::BufReader;

use proptest::prelude::*;

use super::*;
use crate::draft::Draft;

fn items(text: &[u8], mapping: Option<&str>) -> Vec<Result<Draft, String>> {
    let input: Box<dyn BufRead + Send> =
        Box::new(BufReader::with_capacity(capacity(text.len()), text));
    let items = match mapping {
        None => Delimited.open(input, Path::new("x")),
        Some(mapping) => Mapped(mapping.parse().unwrap()).open(input, Path::new("x")),
    };
    items
        .map(|item| match item {
            Ok(Item::Draft(draft)) => Ok(*draft),
            Ok(Item::Delete(_)) => Err(String::new()),
            Err(error) => Err(format!("{} ! {}", error.place, error.kind)),
        })
        .collect()
}

/// Line, title and abstract of every record.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = items(text.as_bytes(), None)
        .into_iter()
        .map(|item| match item {
            Err(error) => error,
            Ok(draft) => {
                let [title, text] =
                    [draft.title, draft.abstract_text].map(Option::unwrap_or_default);
                format!("{} {title} / {text}", draft.origin.place)
            }
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn one(header: &str, row: &str) -> Draft {
    let mut found = items(format!("{header}\n{row}\n").as_bytes(), None);
    assert_eq!(found.len(), 1);
    found.remove(0).unwrap()
}

#[test]
fn separators_and_headers() {
    check("title,abstract\nA,B\n", &["2 A / B"]);
    check(
        "\"Title\";\"Abstract\"\r\n\"A; x\";\"B\"\"b\"\"\"\r\n",
        &["2 A; x / B\"b\""],
    );
    check("ABSTRACT\tTITLE\nB, b\tA\n", &["2 A / B, b"]);
    check("title|abstract\nA|B", &["2 A / B"]);
    check("title,abstract,\nA,B,\n\n\nC,D\n", &["2 A / B", "5 C / D"]);
    check("sep=;\ntitle;abstract;year\nA;B;2020\n", &["3 A / B"]);
    check(
        "About the data: exported\n\nRank,Title,Abstract,DOI\n1,A,B,x\n",
        &["4 A / B"],
    );
    // R leaves out the name of the first column.
    check(
        "\"title\"\t\"abstract\"\n\"1\"\t\"A\"\t\"B\"\n\"2\"\t\"C\"\t\"D\"\n",
        &["2 A / B", "3 C / D"],
    );
    check("title,abstract\n", &[]);
    check(
        "title,abstract\n\"A\nover lines\",\"B\n\"\nC,D",
        &["2 A\nover lines / B", "5 C / D"],
    );
}

#[test]
fn what_is_no_table() {
    for text in [
        "",
        "title\nA\n",
        "id,text2\n1,2\n",
        "A title, an abstract\nand some prose.\nMore of it.\n",
        "title, abstract and keywords\nof all papers\nare here\n",
        "{\"title\": 1, \"abstract\": 2}\n",
        "TY  - JOUR\nTI  - a, title\n",
    ] {
        let head = Head {
            bytes: text.as_bytes(),
            name: "x.csv",
            whole: true,
        };
        assert_eq!(Delimited.sniff(&head), Confidence::No, "{text}");
    }
}

/// Found by fuzzing: it held as much of what follows as had been read.
#[test]
fn an_excerpt_is_of_its_row_alone() {
    let text = "title,abstract\nA,B,C,D\nE,F\n";
    let mut found = Delimited.open(Box::new(text.as_bytes()), Path::new("x"));
    let error = found.next().unwrap().unwrap_err();
    assert_eq!(error.excerpt, "A,B,C,D");
}

/// After one long row every other used to cost as much as that one: minutes.
#[test]
fn a_long_row_costs_no_other() {
    let long = "x".repeat(8 << 20);
    let text = format!("title,abstract\nA,{long}\n{}", "B,C\n".repeat(50_000));
    assert_eq!(items(text.as_bytes(), None).len(), 50_001);
}

#[test]
fn broken_rows_cost_only_themselves() {
    check(
        "title,abstract\nA,B\none\nC,D,E\nF,G\n",
        &[
            "2 A / B",
            "3 ! malformed CSV: 1 fields, the header has 2",
            "4 ! malformed CSV: 3 fields, the header has 2",
            "5 F / G",
        ],
    );
    let unclosed = "malformed CSV: a quote is not closed, or fields are missing";
    check(
        "id,title,abstract\n1,\"A,B\n2,\"C\",\"D\"\n3,E,F\n",
        &[&format!("2 ! {unclosed}"), "3 C / D", "4 E / F"],
    );
    check(
        "title,abstract\nA,\"B\nC,D\nE,F\n",
        &[&format!("2 ! {unclosed}"), "3 C / D", "4 E / F"],
    );
    // In tables with tabs quotes mostly mean nothing.
    check(
        "title\tabstract\n\"A\" of B\tC\n\"D\tE\nF\t\"G\n",
        &["2 \"A\" of B / C", "3 \"D / E", "4 F / \"G"],
    );
    let long = format!("title,abstract\nA,\"{}\nB,C\n", "x\n".repeat(9 << 20));
    check(
        &long,
        &[
            "2 ! the record is longer than 16777216 bytes",
            "9437187 B / C",
        ],
    );
}

#[test]
fn rows_over_several_lines_are_found_behind_a_broken_one() {
    check(
        "title,abstract\nFirst,x\nBad,\"never closed\n\"Good 1\",\"line one\nline two\"\n\"Good 2\",\"a\nb\"\nLast,z\n",
        &[
            "2 First / x",
            "3 ! malformed CSV: a quote is not closed, or fields are missing",
            "4 Good 1 / line one\nline two",
            "6 Good 2 / a\nb",
            "8 Last / z",
        ],
    );
    // What is passed over is told.
    check(
        "title,abstract,year\n\"A \"B\", C\",\"x\ny\",\"2002\"\nToo,few\n\"D\",\"x\ny\",2003\n",
        &[
            "2 ! malformed CSV: a quote is not closed, or fields are missing; the next 2 lines, before the next whole row, are passed over",
            "5 D / x\ny",
        ],
    );
}

#[test]
fn a_quote_that_does_not_close_takes_no_other_row_along() {
    check(
        "title,authors,abstract,year\nSecond,B,\"an open quote,2002\nThird,C,\"line one\nline two\",2003\nFourth,D,z,2004\n",
        &[
            "2 ! malformed CSV: a quote is not closed, or fields are missing",
            "3 Third / line one\nline two",
            "5 Fourth / z",
        ],
    );
}

#[test]
fn quotes_inside_a_quoted_cell() {
    let rows = "\"G\",\"one\ntwo\"\n".repeat(100);
    let text = format!("title,abstract\n\"The \"B\" gene\",\"one\ntwo\"\n{rows}");
    let found = items(text.as_bytes(), None);
    assert_eq!(found.len(), 101);
    let first = found[0].as_ref().unwrap();
    assert_eq!(first.title.as_deref(), Some("The \"B\" gene"));
    assert_eq!(first.abstract_text.as_deref(), Some("one\ntwo"));
}

#[test]
fn tabs_at_the_end_are_columns() {
    check(
        "title\tabstract\tyear\tpmid\nOne\tabs\t2019\t\nTwo\t\"Open\t2019\t\nThree\ta 5\" pipe\t2019\t\nFour\tabs\t2019\t\n",
        &[
            "2 One / abs",
            "3 Two / \"Open",
            "4 Three / a 5\" pipe",
            "5 Four / abs",
        ],
    );
    // Two rows, and no cell over two lines.
    check(
        "title\tabstract\tyear\tpmid\nSecond\t\"Quote opens\t2002\t\nThird\tcloses\"\t2003\t\nFourth\tw\t2004\t\n",
        &[
            "2 Second / \"Quote opens",
            "3 Third / closes\"",
            "4 Fourth / w",
        ],
    );
    // A cell over two lines.
    check(
        "title\tabstract\nA\t\"one\ntwo\"\nB\tc\n",
        &["2 A / one\ntwo", "4 B / c"],
    );
}

#[test]
fn broken_rows_take_linear_time() {
    // Each opens a quote that a look ahead could follow to the end.
    let lines = "x,\"y\"z\n\"q\"r,s,\n".repeat(20_000);
    let found = items(format!("title,abstract,year\n{lines}").as_bytes(), None);
    assert!(found.iter().filter(|item| item.is_err()).count() > 1);
}

#[test]
fn latin_1() {
    let found = items(b"title,abstract\nL\xe9vy,\x96\n", None)
        .remove(0)
        .unwrap();
    assert_eq!(found.title.as_deref(), Some("Lévy"));
    assert_eq!(found.abstract_text.as_deref(), Some("–"));
}

#[test]
fn columns_of_well_known_sources() {
    // Scopus
    let draft = one(
        "Authors,Author full names,Author(s) ID,Title,Year,Source title,Cited by,DOI,Link,Abstract,Author Keywords,Index Keywords,EID",
        "\"Doe J.\",\"Doe, Jane (57190000)\",571,T,2020,J,3,10.1000/X,https://scopus.com,[No abstract available],a; b,c,2-s2.0-85",
    );
    assert_eq!(
        (draft.id.as_deref(), draft.abstract_text),
        (Some("2-s2.0-85"), None)
    );
    assert_eq!(draft.keywords, ["a", "b", "c"]);
    assert_eq!(draft.venue.as_deref(), Some("J"));
    // PubMed
    let draft = one(
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI",
        "123,T,\"Doe J, Roe R.\",c,Doe J,J,2020,2021/01/02,,,10.1000/x",
    );
    assert_eq!(draft.pmid.as_deref(), Some("123"));
    assert_eq!(
        draft.date.map(|date| date.to_string()).as_deref(),
        Some("2020")
    );
    // Embase
    let draft = one(
        "Title,Author Names,Source,Abstract",
        "T,Liu R.,Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004,A",
    );
    assert_eq!(draft.venue.as_deref(), Some("Cancer"));
    assert_eq!(
        draft.date.map(|date| date.to_string()).as_deref(),
        Some("2004-08-25")
    );
    // Web of Science
    let draft = one(
        "PT\tAU\tAF\tTI\tSO\tDE\tID\tAB\tPY\tDI\tUT\tPM",
        "J\tDoe, J\tDoe, Jane\tT\tJ\ta\tB\tText\t2019\t10.1000/x\tWOS:1\t",
    );
    assert_eq!(
        (draft.id.as_deref(), draft.keywords.join(" ")),
        (Some("WOS:1"), "a B".to_owned())
    );
    let draft = one(
        "PT\tAU\tTI\tPD\tPY\tUT",
        "J\tDoe, J\tT\tMAR-APR\t2019\tWOS:1",
    );
    assert_eq!(
        draft.date.map(|date| date.to_string()).as_deref(),
        Some("2019-03")
    );
    // CORD-19
    let draft = one(
        "cord_uid,sha,source_x,title,doi,pubmed_id,abstract,publish_time,authors,journal,arxiv_id,url",
        "u1,,PMC,T,,1,,2003-01-13,\"A, B; C, D\",J,,http://a; http://b",
    );
    assert_eq!(
        (draft.id.as_deref(), draft.url.as_deref()),
        (Some("u1"), Some("http://a"))
    );
}

#[test]
fn guards_of_our_own_export_are_taken_off() {
    let header =
        "id,title,authors,year,date,venue,abstract,categories,keywords,doi,arxiv,pmid,url,language";
    let draft = one(
        header,
        "a,\"'-omics, of all\",\"A, B\",2024,2024,J,\"''=1\",,\"'@x\",10.1000/x,2401.00001,12,,en",
    );
    assert_eq!(draft.title.as_deref(), Some("-omics, of all"));
    assert_eq!(draft.abstract_text.as_deref(), Some("'=1"));
    assert_eq!(draft.keywords, ["@x"]);
    assert_eq!(draft.arxiv.as_deref(), Some("2401.00001"));
    // 't Hooft needs none; in other tables it is text.
    assert_eq!(
        one(header, "a,'t Hooft,,,,,,,,,,,,").title.as_deref(),
        Some("'t Hooft")
    );
    assert_eq!(
        one("title,doi", "'-omics,").title.as_deref(),
        Some("'-omics")
    );
}

#[test]
fn ids() {
    let id = |header: &str, cell: &str| one(&format!("{header},title"), &format!("{cell},T")).id;
    assert_eq!(id("id", "12345"), None);
    assert_eq!(id("id", "W12").as_deref(), Some("W12"));
    assert_eq!(id("_id", "12").as_deref(), Some("12"));
    assert_eq!(id("doc_id", "12").as_deref(), Some("12"));
}

#[test]
fn arxiv_ids_that_were_numbers() {
    for (cell, id) in [
        ("704.001", "0704.0010"),
        ("910.2465", "0910.2465"),
        ("1807.1034", "1807.10340"),
        ("1807.1034000000001", "1807.10340"),
        ("1807.0999999999999", "1807.10000"),
        ("1207.5895", "1207.5895"),
        ("1412.12", "1412.1200"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("1207.5895v2", "1207.5895v2"),
        ("1807.103401", "1807.103401"),
    ] {
        assert_eq!(row::arxiv(cell), id, "{cell}");
    }
}

#[test]
fn mappings() {
    let text = "Titel;Zusammen,gefasst;title\nA;B;C\n";
    let found = items(
        text.as_bytes(),
        Some("title=titel, abstract = Zusammen\\,gefasst"),
    )
    .remove(0)
    .unwrap();
    assert_eq!(
        (found.title.as_deref(), found.abstract_text.as_deref()),
        (Some("A"), Some("B"))
    );
    for (text, message) in [
        (
            "colour=x",
            "there is no field `colour` (id, title, abstract, authors, date, venue, categories, keywords, doi, arxiv, pmid, url, language)",
        ),
        ("title", "`title` is not of the form FIELD=COLUMN"),
        ("title=", "`title=` is not of the form FIELD=COLUMN"),
    ] {
        let error = text.parse::<Mapping>().unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    assert!("author=a,year=b,journal=c".parse::<Mapping>().is_ok());
}

#[test]
fn lists() {
    for (cell, members) in [
        ("['a', 'b']", Some(vec!["a", "b"])),
        (r#"["it's", 'x\'y']"#, Some(vec!["it's", "x'y"])),
        ("[]", Some(vec![])),
        ("['a' 'b']", None),
        ("['a", None),
        ("[a]", None),
        ("a", None),
    ] {
        let expected =
            members.map(|members| members.into_iter().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(cell::list(cell), expected, "{cell}");
    }
    assert_eq!(
        cell::terms("cyst (diagnosis, surgery), liver"),
        ["cyst (diagnosis, surgery)", "liver"]
    );
}

proptest! {
    #[test]
    fn any_table_is_read(rows in "[a\",;\t\n\ré|]{0,80}", sep in "[,;\t|]") {
        items(format!("title{sep}abstract\n{rows}").as_bytes(), None);
    }
}

/// Small reads, but for large texts.
fn capacity(n_bytes: usize) -> usize {
    if n_bytes < 1_000 { 61 } else { 64 << 10 }
}
