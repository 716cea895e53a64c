//! The MEDLINE display format, which PubMed saves as `.nbib`: a tag filled
//! up to four characters, a dash, a blank, a value; further lines of a value
//! are indented by six; a blank line between records. Source: "MEDLINE/PubMed
//! Data Element (Field) Descriptions"
//! (<https://www.nlm.nih.gov/bsd/mms/medlineelements.html>). ERIC uses the
//! same format without PubMed ids.

use std::io::BufRead;
use std::path::Path;

use super::plain::head_lines;
use super::tagged::{self, Fields, Grammar, Role, Split};
use super::{Confidence, Format, Head, Items};
use crate::clean::is_remark;
use crate::draft::{Draft, RawAuthor, RawName};
use crate::ids;

/// The MEDLINE display format.
#[derive(Debug, Clone, Copy)]
pub struct Nbib;

const GRAMMAR: Grammar = Grammar {
    split,
    role,
    draft: from_fields,
};

impl Format for Nbib {
    fn name(&self) -> &'static str {
        "MEDLINE"
    }

    fn source(&self) -> &'static str {
        "medline"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let mut lines = head_lines(head.bytes);
        let is_first = lines.any(|line| {
            let line = line.trim_start_matches('\u{feff}');
            split(line).is_some_and(|split| match split.tag {
                "PMID" => ids::pmid(split.value).is_some(),
                "OWN" => !split.value.is_empty(),
                _ => false,
            })
        });
        let n_tags = lines.filter(|line| split(line).is_some()).count();
        match (is_first, n_tags) {
            (false, _) => Confidence::No,
            (true, 0) => Confidence::Possible,
            (true, _) => Confidence::Certain,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        tagged::records(input, path, GRAMMAR)
    }
}

/// `PMID- 12230038`, `TI  - The Bio* toolkits`.
fn split(line: &str) -> Option<Split<'_>> {
    // ERIC has `ISSN - EISSN-0000-0000`.
    let eric = ["ISSN", "ISBN"].iter().find(|tag| line.starts_with(*tag));
    let line_of_eric = eric.and_then(|tag| line[tag.len()..].strip_prefix(" -"));
    if let (Some(tag), Some(value)) = (eric, line_of_eric) {
        return Some(Split {
            tag,
            value: value.trim(),
            strict: true,
        });
    }
    let (tag, rest) = line.split_at_checked(4)?;
    let tag = tag.trim_end();
    let is_tag = tag.len() > 1
        && tag
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    // ERIC writes `ISSN - `.
    let rest = rest
        .strip_prefix(' ')
        .filter(|_| tag.len() == 4)
        .unwrap_or(rest);
    let value = rest.strip_prefix('-')?;
    (is_tag && (value.is_empty() || value.starts_with(' '))).then_some(Split {
        tag,
        value: value.trim(),
        strict: true,
    })
}

fn role(tag: &str, open: Option<&Fields>) -> Role {
    let Some(open) = open else {
        return Role::Opens;
    };
    // Within a record there may be a blank line, not before its id.
    let begins = match tag {
        "PMID" => open.after_blank || open.has("PMID"),
        "OWN" | "STAT" | "TI" => open.after_blank && open.has(tag),
        _ => open.after_blank && open.iter().next().is_some_and(|(first, _)| first == tag),
    };
    if begins { Role::Opens } else { Role::Within }
}

fn from_fields(fields: &Fields) -> Draft {
    let eric = fields
        .all("OID")
        .next()
        .filter(|_| fields.all("OWN").any(|own| own == "ERIC"));
    let marked = |mark: &str| {
        let ids = ["LID", "AID"].into_iter().flat_map(|tag| fields.all(tag));
        ids.into_iter()
            .find_map(|id| id.strip_suffix(mark))
            .map(|id| id.trim().to_owned())
    };
    let abstract_text = fields.joined("AB");
    let keywords = ["OT", "MH"].into_iter().flat_map(|tag| fields.all(tag));
    Draft {
        // As in PubMed's XML, whose deletions name it.
        id: eric.map(|id| format!("ERIC:{id}")).or_else(|| {
            let pmid = fields.first(&["PMID"]).and_then(ids::pmid);
            pmid.map(|pmid| format!("pmid:{pmid}"))
        }),
        title: fields.text(&["TI", "BTI", "TT"]),
        authors: authors(fields),
        abstract_text: Some(abstract_text)
            .filter(|text| !text.is_empty())
            .or_else(|| other_abstract(fields)),
        date: fields.first(&["DP", "DEP"]).and_then(ids::date),
        venue: fields.text(&["JT", "TA", "BTI", "CTI"]),
        keywords: keywords.map(|word| word.replace('*', "")).collect(),
        doi: marked("[doi]")
            .or_else(|| fields.text(&["DOI"]))
            // ERIC has its address there.
            .or_else(|| fields.all("AID").find_map(ids::doi_of_address)),
        pmid: fields.text(&["PMID"]),
        url: url(fields),
        language: fields.text(&["LA"]),
        ..Draft::default()
    }
}

/// The abstract in another language. Before it may stand who it is from:
/// `Publisher: Abstract available from the publisher.`
fn other_abstract(fields: &Fields) -> Option<String> {
    let mut texts = fields.all("OAB");
    texts.find_map(|text| {
        let text = text.strip_prefix("Publisher:").unwrap_or(text).trim();
        (!text.is_empty() && !is_remark(text)).then(|| text.to_owned())
    })
}

/// The full names of `FAU`, each with the short form of `AU` behind it, which
/// may come alone; groups of `CN` at their place.
fn authors(fields: &Fields) -> Vec<RawAuthor> {
    let mut authors: Vec<RawAuthor> = Vec::new();
    let mut last = "";
    for (tag, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        match tag {
            // Of old records, which name ten.
            "FAU" | "AU" if matches!(value, "et al." | "et al") => continue,
            "FAU" => authors.push(RawName::One(value.to_owned()).into()),
            "AU" if last != "FAU" => authors.push(RawName::One(value.to_owned()).into()),
            "CN" => authors.push(RawName::Collective(value.to_owned()).into()),
            "AUID" => {
                if let (Some(author), Some(orcid)) =
                    (authors.last_mut(), value.strip_prefix("ORCID:"))
                {
                    author.orcid = Some(orcid.trim().to_owned());
                }
                continue;
            }
            // The affiliation stands behind the author.
            "AD" => continue,
            _ => {}
        }
        last = tag;
    }
    authors
}

fn url(fields: &Fields) -> Option<String> {
    let links = ["UR", "URL", "LID", "AID"]
        .into_iter()
        .flat_map(|tag| fields.all(tag));
    let mut links = links.flat_map(str::split_whitespace);
    links
        .find(|link| link.starts_with("http"))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests;
