use abs_record::author::Name;
use abs_record::{Author, Date, Record, RecordId};
use expect_test::{Expect, expect};

use super::*;

/// A record of what breaks things.
fn hostile() -> Record {
    let mut record = Record::new(RecordId::parse("doi:10.1/a b{c}").unwrap());
    record.title =
        "=cmd|' /C calc'!A0 \u{1b}[31m & 50% of $\\alpha_{1}$, {x} #1 a_b \"q\" $5".to_owned();
    record.abstract_text = Some("Line\nER  - \n}@article{x, A\\B ~ ^ $a}{b$".to_owned());
    record.authors = vec![
        Author::from(Name::Person {
            family: "Berg".to_owned(),
            given: "Ludwig".to_owned(),
            particle: "van der".to_owned(),
            suffix: "Jr.".to_owned(),
        }),
        Author::from(Name::Collective("Salt and Pepper, the".to_owned())),
        Author::from(Name::Person {
            family: "Rand and Sons".to_owned(),
            given: String::new(),
            particle: String::new(),
            suffix: String::new(),
        }),
    ];
    record.date = Date::parse("2024-03-07");
    record.venue = Some("Art & Science".to_owned());
    record.categories = vec!["cs.CL".to_owned()];
    record.keywords = vec!["-1".to_owned(), "b; c".to_owned()];
    record.doi = Some("10.1/a_b{c}".to_owned());
    record.arxiv = Some("2401.00001".to_owned());
    record.pmid = Some("12".to_owned());
    record.url = Some("https://x.org/?a=1&b=2%20".to_owned());
    record.language = Some("en".to_owned());
    record
}

#[track_caller]
fn check(format: ExportFormat, expected: Expect) {
    let mut out = Vec::new();
    let mut printer = ExportPrinter::new(&mut out, format);
    printer.record(&hostile()).unwrap();
    printer.finish().unwrap();
    expected.assert_eq(&String::from_utf8(out).unwrap().replace('\r', ""));
}

#[test]
fn json_lines() {
    check(
        ExportFormat::JsonLines,
        expect![[r#"
        {"abs_search_export":1,"id":"doi:10.1/a b{c}","title":"=cmd|' /C calc'!A0 \u001b[31m & 50% of $\\alpha_{1}$, {x} #1 a_b \"q\" $5","authors":[{"family":"Berg","given":"Ludwig","particle":"van der","suffix":"Jr."},{"literal":"Salt and Pepper, the"},{"family":"Rand and Sons"}],"abstract":"Line\nER  - \n}@article{x, A\\B ~ ^ $a}{b$","date":"2024-03-07","venue":"Art & Science","categories":["cs.CL"],"keywords":["-1","b; c"],"doi":"10.1/a_b{c}","arxiv":"2401.00001","pmid":"12","url":"https://x.org/?a=1&b=2%20","language":"en"}
    "#]],
    );
}

#[test]
fn bibtex() {
    check(
        ExportFormat::Bibtex,
        expect![[r#"
        @article{doi:10.1/a_b_c__10b2d052,
          title = {=cmd|' /C calc'!A0 �[31m \& 50\% of $\alpha_{1}$, \textbraceleft{}x\textbraceright{} \#1 a\_b \textquotedbl{}q\textquotedbl{} \$5},
          author = {van der Berg, Jr., Ludwig and {Salt and Pepper, the} and {Rand and Sons}},
          year = {2024},
          month = mar,
          day = {7},
          journal = {Art \& Science},
          abstract = {Line ER  -  \textbraceright{}@article\textbraceleft{}x, A\textbackslash{}B \textasciitilde{} \textasciicircum{} \$a\textbraceright{}\textbraceleft{}b\$},
          keywords = {-1; b; c},
          categories = {cs.CL},
          doi = {10.1/a_b%7Bc%7D},
          eprint = {2401.00001},
          archiveprefix = {arXiv},
          pmid = {12},
          url = {https://x.org/?a=1&b=2%20},
          language = {en}
        }

    "#]],
    );
}

#[test]
fn ris() {
    check(
        ExportFormat::Ris,
        expect![[r#"
        TY  - JOUR
        ID  - doi:10.1/a b{c}
        TI  - =cmd|' /C calc'!A0 �[31m & 50% of $\alpha_{1}$, {x} #1 a_b "q" $5
        AU  - van der Berg, Ludwig, Jr.
        AU  - Salt and Pepper  the
        AU  - Rand and Sons
        PY  - 2024
        DA  - 2024/03/07/
        JO  - Art & Science
        AB  - Line ER  -  }@article{x, A\B ~ ^ $a}{b$
        DO  - 10.1/a_b{c}
        UR  - https://x.org/?a=1&b=2%20
        LA  - en
        KW  - -1
        KW  - b; c
        KW  - cs.CL
        AN  - arXiv:2401.00001
        N1  - PMID:12
        ER  - 

    "#]],
    );
}

#[test]
fn csv() {
    check(
        ExportFormat::Csv,
        expect![[r#"
        id,title,authors,year,date,venue,abstract,categories,keywords,doi,arxiv,pmid,url,language
        doi:10.1/a b{c},"'=cmd|' /C calc'!A0 �[31m & 50% of $\alpha_{1}$, {x} #1 a_b ""q"" $5","van der Berg, Ludwig, Jr.; Salt and Pepper, the; Rand and Sons",2024,2024-03-07,Art & Science,"Line ER  -  }@article{x, A\B ~ ^ $a}{b$",cs.CL,"'-1; b; c",10.1/a_b{c},2401.00001,12,https://x.org/?a=1&b=2%20,en
    "#]],
    );
}

#[test]
fn no_cell_is_a_formula() {
    for text in [
        "=1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1",
        "\t=1",
        "＝1",
        "\u{200b}=1",
        "'=1",
    ] {
        let mut record = Record::new(RecordId::parse("a").unwrap());
        record.title = text.to_owned();
        let mut out = Vec::new();
        ExportPrinter::new(&mut out, ExportFormat::Csv)
            .record(&record)
            .unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("\r\na,\"'"), "{text:?}: {out:?}");
    }
}

#[test]
fn nothing_found_is_still_a_table() {
    let mut out = Vec::new();
    ExportPrinter::new(&mut out, ExportFormat::Csv)
        .finish()
        .unwrap();
    assert!(out.starts_with(b"id,title,") && out.ends_with(b"\r\n"));
    let mut out = Vec::new();
    ExportPrinter::new(&mut out, ExportFormat::Bibtex)
        .finish()
        .unwrap();
    assert!(out.is_empty());
}

#[test]
fn keys_are_apart() {
    let key = |id: &str| {
        let mut out = Vec::new();
        let record = Record::new(RecordId::parse(id).unwrap());
        ExportPrinter::new(&mut out, ExportFormat::Bibtex)
            .record(&record)
            .unwrap();
        String::from_utf8(out).unwrap()
    };
    assert!(key("arXiv:hep-th/9901001").starts_with("@misc{arXiv:hep-th/9901001\n"));
    assert_ne!(key("a b"), key("a,b"));
}
