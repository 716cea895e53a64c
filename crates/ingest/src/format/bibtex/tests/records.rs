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
