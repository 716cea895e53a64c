//! The page of hits.

use std::io::{self, Write};
use std::ops::Range;

use abs_query::results::{
    Expansion, ExpansionKind, Explanation, Hit, QueryReport, SearchResults, Snippet,
};

use super::TextPrinter;
use super::numbers::{counted, grouped};
use crate::style::{Role, Styled};

/// Authors named before the rest is counted.
const FIRST_AUTHORS: usize = 4;
/// Other versions of a work named before the rest is counted.
const FIRST_VERSIONS: usize = 4;
/// Matching authors named beyond these.
const MORE_AUTHORS: usize = 6;

impl<W: Write> TextPrinter<W> {
    /// The hits of a page, the facets, and a last line that says how many
    /// there are. Partial matches stand below a notice.
    pub fn results(&mut self, results: &SearchResults) -> io::Result<()> {
        let last_rank = results.hits.last().map_or(0, |hit| hit.rank);
        let indent = last_rank.to_string().len() + 3;
        let mut full = true;
        for hit in &results.hits {
            if full && !hit.full_match {
                full = false;
                self.line(Role::Notice, &partial_notice(results.total))?;
                self.blank()?;
            }
            self.hit(hit, indent)?;
            self.blank()?;
        }
        for facet in &results.facets {
            self.facet(facet)?;
            self.blank()?;
        }
        for line in acronyms(&results.query.expansions) {
            self.line(Role::Dim, &format!("also searched: {line}"))?;
        }
        self.line(Role::Dim, &footer(results))
    }

    /// How a query was understood: as it was read, and what its names,
    /// prefixes, wildcards and misspellings stand for in the index.
    pub fn understood(&mut self, report: &QueryReport) -> io::Result<()> {
        let read = Styled::new(Role::Plain, &report.parsed);
        self.labelled(&Styled::new(Role::Dim, "read as "), 8, &read)?;
        for expansion in &report.expansions {
            if expansion.kind == ExpansionKind::Pattern {
                let from = Styled::new(Role::Dim, &format!("  {} stands for ", expansion.from));
                let to = Styled::new(Role::Plain, &stands_for(expansion));
                self.labelled(&from, 4, &to)?;
            }
        }
        self.blank()
    }

    fn hit(&mut self, hit: &Hit, indent: usize) -> io::Result<()> {
        let rank = format!("{:>1$}.", hit.rank, indent - 2);
        let mut title = Styled::default();
        if hit.record.title.is_empty() {
            title.push(Role::Dim, "(no title)");
        }
        title.push_marked(
            Role::Title,
            Role::TitleMatch,
            &hit.record.title,
            &hit.title_ranges,
        );
        self.labelled(&Styled::new(Role::Dim, &rank), indent, &title)?;
        self.indented(indent, &authors(hit))?;
        self.indented(indent, &origin(hit))?;
        if !hit.versions.is_empty() {
            self.indented(indent, &versions(hit))?;
        }
        if let Some(snippet) = &hit.snippet {
            let shown = if hit.snippets.is_empty() {
                std::slice::from_ref(snippet)
            } else {
                &hit.snippets
            };
            self.indented(indent, &passages(shown))?;
        }
        if let Some(explanation) = &hit.explanation {
            self.explanation(explanation, indent)?;
        }
        Ok(())
    }

    fn explanation(&mut self, explanation: &Explanation, indent: usize) -> io::Result<()> {
        let value = format!("{:.4} ", explanation.value);
        let label = Styled::new(Role::Plain, &format!("{:indent$}{value}", ""));
        let what = Styled::new(Role::Dim, &explanation.what);
        self.labelled(&label, indent + value.len(), &what)?;
        for part in &explanation.parts {
            self.explanation(part, indent + 2)?;
        }
        Ok(())
    }
}

/// The first few of what a part of a query stands for, and how many there are.
fn stands_for(expansion: &Expansion) -> String {
    let first = expansion.to.join("; ");
    let n_more = expansion.n_terms.saturating_sub(expansion.to.len());
    let cut = if expansion.cut { ", cut there" } else { "" };
    match (expansion.to.is_empty(), n_more) {
        (true, _) => "nothing".to_owned(),
        (false, 0) => format!("{first}{cut}"),
        (false, n) => format!("{first} and {} more{cut}", grouped(n as u64)),
    }
}

/// Acronyms and what they stand for, where one was found by the other:
/// `PRM → process reward model`.
pub fn acronyms(expansions: &[Expansion]) -> impl Iterator<Item = String> {
    expansions
        .iter()
        .filter(|expansion| expansion.kind == ExpansionKind::Acronym)
        .map(|expansion| format!("{} → {}", expansion.from, expansion.to.join(", ")))
}

/// The first few authors, those that match, and how many are not named.
fn authors(hit: &Hit) -> Styled {
    let all = &hit.record.authors;
    // One name takes no more room than its count.
    let n_first = if all.len() == FIRST_AUTHORS + 1 {
        all.len()
    } else {
        all.len().min(FIRST_AUTHORS)
    };
    let mut shown: Vec<usize> = (0..n_first).collect();
    let mut matching: Vec<usize> = hit.author_ranges.iter().map(|(idx, _)| *idx).collect();
    matching.sort_unstable();
    matching.dedup();
    let later = matching
        .into_iter()
        .filter(|idx| (n_first..all.len()).contains(idx));
    shown.extend(later.take(MORE_AUTHORS));

    let mut styled = Styled::default();
    let mut expected = 0;
    for idx in &shown {
        if *idx > 0 {
            let gap = if *idx == expected { "; " } else { "; … " };
            styled.push(Role::Plain, gap);
        }
        let ranges: Vec<Range<usize>> = hit
            .author_ranges
            .iter()
            .filter(|(author, _)| author == idx)
            .map(|(_, range)| range.clone())
            .collect();
        styled.push_marked(Role::Plain, Role::Match, &all[*idx].display(), &ranges);
        expected = idx + 1;
    }
    if shown.len() < all.len() {
        styled.push(Role::Dim, &format!("; +{}", all.len() - shown.len()));
    }
    styled
}

/// Year, venue and id.
fn origin(hit: &Hit) -> Styled {
    let mut styled = Styled::default();
    if let Some(year) = hit.record.year() {
        styled.push(Role::Dim, &format!("{year} · "));
    }
    if let Some(venue) = &hit.record.venue {
        styled.push(Role::Dim, venue);
        styled.push(Role::Dim, " · ");
    }
    styled.push(Role::Id, hit.record.id.as_str());
    styled
}

/// `also ACL:D17-1045 (2017), pmid:31 (2018, Journal)`
fn versions(hit: &Hit) -> Styled {
    let mut styled = Styled::new(Role::Dim, "also ");
    for (idx, version) in hit.versions.iter().take(FIRST_VERSIONS).enumerate() {
        if idx > 0 {
            styled.push(Role::Dim, ", ");
        }
        styled.push(Role::Id, version.id.as_str());
        let year = version.year.map(|year| year.to_string());
        let origin: Vec<&str> = [year.as_deref(), version.venue.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        if !origin.is_empty() {
            styled.push(Role::Dim, &format!(" ({})", origin.join(", ")));
        }
    }
    if hit.versions.len() > FIRST_VERSIONS {
        let n_more = hit.versions.len() - FIRST_VERSIONS;
        styled.push(Role::Dim, &format!(" +{n_more}"));
    }
    styled
}

/// Passages in the order of the text, with a mark where something is left out.
fn passages(snippets: &[Snippet]) -> Styled {
    let mut styled = Styled::default();
    for (idx, snippet) in snippets.iter().enumerate() {
        if idx > 0 {
            styled.push(Role::Plain, " ");
        }
        if snippet.cut_before {
            styled.push(Role::Dim, "… ");
        }
        styled.push_marked(Role::Plain, Role::Match, &snippet.text, &snippet.ranges);
    }
    if snippets.last().is_some_and(|snippet| snippet.cut_after) {
        styled.push(Role::Dim, " …");
    }
    styled
}

fn partial_notice(full: u64) -> String {
    match full {
        0 => "No record matches all words; these are the best partial matches.".to_owned(),
        1 => "1 record matches all words; below are the best partial matches.".to_owned(),
        n => format!(
            "{} records match all words; below are the best partial matches.",
            grouped(n)
        ),
    }
}

/// `10 results`, `results 11–20 of 350 (371 records)`, `result 350 of 350`, `3 results, 7
/// partial matches`
fn footer(results: &SearchResults) -> String {
    let mut total = counted(results.total, "result", "results");
    let records = if results.n_records > results.total {
        format!(" ({})", counted(results.n_records, "record", "records"))
    } else {
        String::new()
    };
    total.push_str(&records);
    let n_full = results.hits.iter().filter(|hit| hit.full_match).count();
    let n_partial = results.hits.len() - n_full;
    if n_partial > 0 {
        let partial = counted(n_partial as u64, "partial match", "partial matches");
        return format!("{total}, {partial}");
    }
    match (results.hits.first(), results.hits.last()) {
        (Some(only), Some(_)) if n_full == 1 && results.total > 1 => format!(
            "result {} of {}{records}",
            grouped(only.rank as u64),
            grouped(results.total)
        ),
        (Some(first), Some(last)) if (n_full as u64) < results.total => format!(
            "results {}–{} of {}{records}",
            grouped(first.rank as u64),
            grouped(last.rank as u64),
            grouped(results.total)
        ),
        _ => total,
    }
}
