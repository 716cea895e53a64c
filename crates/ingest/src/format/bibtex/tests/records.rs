//! What becomes of text when both BibTeX and LaTeX are undone.

use abs_record::{Author, Record};

use super::draft;

fn record(fields: &str) -> Record {
    draft(&format!("@a{{k, {fields}}}")).finish().unwrap()
}

#[test]
fn names_with_commands() {
    for (value, expected) in [
        (r"Nguy{\~{\^e}}n, Van", "Nguyễn, Van"),
        (r"Nguy{\~{\^{e}}}n, Van", "Nguyễn, Van"),
        (r"{Nguy{\~{\^e}}n}, Van", "Nguyễn, Van"),
        (r"Tr{\`{\^a}}n, Anh and Tr\`\^an, B.", "Trần, Anh; Trần, B."),
        (
            r"{\textcommabelow{S}}tefan, Ion and Ion \textcommabelow{T}epe{\textcommabelow{s}}",
            "Ștefan, Ion; Țepeș, Ion",
        ),
        (r"{\relax Yu}. Manin", "Manin, Yu."),
        (r"Manin, {\relax Yu}. I.", "Manin, Yu. I."),
        (r"{\noopsort{Hoek}}van der Hoek, W.", "van der Hoek, W."),
        (r"{\unknown S}tefan, I.", "Stefan, I."),
        (r"\unknown{S}tefan, I.", "Stefan, I."),
        (
            r#"Gr{\"u}n, {\'E}. and {\O}stby, B{\o}"#,
            "Grün, É.; Østby, Bø",
        ),
    ] {
        let found = record(&format!("title={{T}}, author={{{value}}}"));
        let names: Vec<String> = found.authors.iter().map(Author::display).collect();
        assert_eq!(names.join("; "), expected, "{value}");
    }
}

#[test]
fn running_text() {
    for (value, expected) in [
        (r"some 5\,\% of them", "some 5 % of them"),
        (r"10\,\textmu{}m wide", "10 µm wide"),
        (
            r"see \href{http://x.org/a\_b}{link text}.",
            "see link text.",
        ),
        (
            r"see \href {http://x.org/\%7Ea} {{\em the} page} here",
            "see the page here",
        ),
        (r"\textcolor{red}{not} {\relax X}", "not X"),
        (r"\href{http://x.org}", "\\href{http://x.org}"),
        (r"see \url{http://x.org/~a\_b}", "see http://x.org/~a_b"),
        (
            r"the {\mkbibemph{Odyssey}} and \mkbibquote{us}",
            "the Odyssey and us",
        ),
        (r"{\vphantom{}}GaN\vphantom{}\quad wires", "GaN wires"),
        (
            r"\foreignlanguage{german}{Wort} of {\acro{EPS}}",
            "Wort of EPS",
        ),
    ] {
        let found = record(&format!("title={{T}}, abstract={{{value}}}"));
        assert_eq!(found.abstract_text.as_deref(), Some(expected), "{value}");
    }
}

#[test]
fn a_remark_is_no_abstract() {
    for remark in ["[No abstract available]", "Abstract not available"] {
        let found = record(&format!("title={{T}}, abstract={{{remark}}}"));
        assert_eq!(found.abstract_text, None, "{remark}");
    }
}

#[test]
fn languages_as_babel_calls_them() {
    for (fields, code) in [
        ("langid={ngerman}", "de"),
        ("language={Chinese; English}", "zh"),
        ("langid={USenglish}", "en"),
    ] {
        let found = record(&format!("title={{T}}, {fields}"));
        assert_eq!(found.language.as_deref(), Some(code), "{fields}");
    }
}

#[test]
fn what_stands_in_other_fields() {
    let url = |fields: &str| record(&format!("title={{T}}, {fields}")).url;
    for (fields, expected) in [
        (r"howpublished={\url{https://x.org/~a}}", "https://x.org/~a"),
        (
            r"howpublished={\href {https://x.org/a\_b.html} {the page}}",
            "https://x.org/a_b.html",
        ),
        (
            r"howpublished={Available at https://x.org/a.}",
            "https://x.org/a",
        ),
        ("bdsk-url-1={http://x.org/b}", "http://x.org/b"),
        (
            r"howpublished={\url{https://x.org}}, url={https://y.org}",
            "https://y.org",
        ),
    ] {
        assert_eq!(url(fields).as_deref(), Some(expected), "{fields}");
    }
    assert_eq!(url("howpublished={In print}"), None);
    let noted = record("title={T}, note={{PMID:} 90000061}");
    assert_eq!(noted.pmid.as_deref(), Some("90000061"));
}

#[test]
fn years_before_our_era_are_none() {
    for (fields, expected) in [
        ("date={-0098-01-02/-0042-05-06}", None),
        ("date={-3000~}", None),
        ("date={1745?}", Some(1745)),
    ] {
        let found = record(&format!("title={{T}}, {fields}"));
        assert_eq!(found.year(), expected, "{fields}");
    }
}
