//! Tables that lie on their side, as Embase exports records: a row a field,
//! its name in front and a cell for each value behind it; a blank line
//! between records. Source: Embase's help, "Exporting records"
//! (<https://www.elsevier.support/embase>), and what it writes.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::Path;

use super::columns;
use super::layout::Layout;
use super::row;
use crate::draft::Draft;
use crate::format::plain::head_lines;
use crate::format::tagged::{self, Fields, Grammar, Role, Split};
use crate::format::{Confidence, Format, Head, Items};

/// A table with a row for each field.
#[derive(Debug, Clone, Copy)]
pub struct Transposed;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: from_fields,
};

/// How many lines are looked at for names.
const SNIFFED_LINES: usize = 12;

impl Format for Transposed {
    fn name(&self) -> &'static str {
        "CSV in rows"
    }

    fn source(&self) -> &'static str {
        "csv"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let lines = head_lines(head.bytes).filter(|line| !line.trim().is_empty());
        let names: BTreeSet<String> = lines
            .take(SNIFFED_LINES)
            .filter_map(|line| Some(split(line.trim_start_matches('\u{feff}'))?.tag.to_owned()))
            .collect();
        let names: Vec<String> = names.into_iter().collect();
        let known = columns::of(&names, None);
        let has_text = known.iter().any(|(_, column)| column.slot.is_text());
        match has_text && known.len() > 2 {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

/// `"AUTHOR NAMES","Liu R.","Adler D.G."`
fn split(line: &str) -> Option<Split<'_>> {
    let (tag, rest) = line.strip_prefix('"')?.split_once('"')?;
    // One name has a small letter, `AiP/IP ENTRY DATE`.
    let fits = |b: u8| b.is_ascii_uppercase() || b" /()-i".contains(&b);
    let is_name = tag.starts_with(|c: char| c.is_ascii_uppercase()) && tag.bytes().all(fits);
    is_name.then_some(Split {
        tag,
        value: rest.strip_prefix(',')?,
        strict: true,
    })
}

fn role(tag: &str, open: Option<&Fields>) -> Role {
    match open {
        // Also where the line between them is lost.
        Some(open)
            if open.after_blank || open.iter().next().is_some_and(|(first, _)| first == tag) =>
        {
            Role::Opens
        }
        Some(_) => Role::Within,
        None => Role::Opens,
    }
}

fn from_fields(fields: &Fields) -> Draft {
    let names: Vec<String> = fields.iter().map(|(name, _)| name.to_owned()).collect();
    let columns = columns::of(&names, None);
    let values = fields.iter().map(|(_, row)| cells(row).join("; "));
    let values: Vec<Cow<'_, str>> = values.map(Cow::Owned).collect();
    let layout = Layout {
        separator: b',',
        n_fields: names.len(),
        n_known: columns.len(),
        columns,
        header_end: 0,
        is_own: false,
    };
    row::to_draft(&layout, &values)
}

/// The cells of a row, quoted or not, without empty ones.
fn cells(row: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut rest = row;
    loop {
        let mut cell = String::new();
        if let Some(quoted) = rest.strip_prefix('"') {
            rest = quoted;
            loop {
                // One that does not close ends with the row.
                let (text, behind) = rest.split_once('"').unwrap_or((rest, ""));
                cell.push_str(text);
                rest = behind;
                let Some(behind) = rest.strip_prefix('"') else {
                    break;
                };
                cell.push('"');
                rest = behind;
            }
        }
        // Behind a quote that closes nothing should stand.
        let (text, behind) = match rest.split_once(',') {
            Some((text, behind)) => (text, Some(behind)),
            None => (rest, None),
        };
        cell.push_str(text);
        if !cell.trim().is_empty() {
            cells.push(cell);
        }
        match behind {
            Some(behind) => rest = behind,
            None => return cells,
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;
    use crate::format::xml::testing::read;

    /// Our own text, in the form of Embase's export.
    const RECORDS: &str = concat!(
        "\"TITLE\",\"Of \"\"wet\"\" fish, and cats\"\n",
        "\"AUTHOR NAMES\",\"Liu R.\",\"Adler D.G.\"\n",
        "\"AUTHOR ADDRESSES\",\"(Liu R.) Somewhere\"\n",
        "\"SOURCE\",\"Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004\"\n",
        "\"ABSTRACT\",\"BACKGROUND: Fish are wet.\nRESULTS: They swim.\"\n",
        "\"AUTHOR KEYWORDS\",\"fish\",\"cats, wet\"\n",
        "\"EMTREE MEDICAL INDEX TERMS (MAJOR FOCUS)\",\"swimming (diagnosis, surgery)\"\n",
        "\"LANGUAGE OF ARTICLE\",\"English\"\n",
        "\"MEDLINE PMID\",\"90000009 (http://example.org/90000009)\"\n",
        "\"DOI\",\"10.1000/embase.1\"\n",
        "\"FULL TEXT LINK\",\"http://example.org/1\"\n",
        "\n",
        "\"TITLE\",\"The second\"\n",
        "\"SOURCE TITLE\",\"Cats\"\n",
        "\"PUBLICATION YEAR\",\"2005\"\n",
        "\"AiP/IP ENTRY DATE\",\"2005-01-02\"\n",
    );

    #[test]
    fn records() {
        let expected = expect![[r#"
            CSV in rows
            csv:doi:10.1000/embase.1 Of "wet" fish, and cats
              by: Liu, R.; Adler, D. G.
              on: 2004-08-25
              in: Cancer
              keywords: fish; cats, wet; swimming (diagnosis, surgery)
              doi: 10.1000/embase.1
              pmid: 90000009
              url: http://example.org/1
              language: en
              abstract: BACKGROUND: Fish are wet. RESULTS: They swim.
            abs:4459a828e0c8cc6f8983fbed5e0725f0 The second
              on: 2005
              in: Cats"#]];
        expected.assert_eq(&read(RECORDS));
        expected.assert_eq(&read(format!("\u{feff}{}", RECORDS.replace('\n', "\r\n"))));
        // Without the line between records.
        expected.assert_eq(&read(RECORDS.replace("\n\n", "\n")));
    }

    #[test]
    fn what_is_a_table_in_columns() {
        for text in [
            "\"TITLE\",\"ABSTRACT\",\"DOI\"\n\"A\",\"B\",\"C\"\n",
            "\"TITLE\",\"A\"\n\"SOURCE\",\"B\"\n",
            "TITLE,A\nABSTRACT,B\nDOI,C\n",
        ] {
            let head = Head {
                bytes: text.as_bytes(),
                name: "x.csv",
                whole: true,
            };
            assert_eq!(Transposed.sniff(&head), Confidence::No, "{text}");
        }
    }

    #[test]
    fn cells_of_a_row() {
        for (row, expected) in [
            ("\"a, b\",\"c\"", ["a, b", "c"]),
            ("\"a \"\"b\"\"\",,c,", ["a \"b\"", "c"]),
            ("a,\"c, d", ["a", "c, d"]),
            ("\"a\" b,\"\",\"\"\"\"", ["a b", "\""]),
        ] {
            assert_eq!(cells(row), expected, "{row}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(\"(TITLE|SOURCE|DOI)\",|[ab\",\n\ré]{0,9}){0,20}") {
            Transposed.open(Box::new(text.as_bytes()), Path::new("x")).for_each(drop);
        }
    }
}
