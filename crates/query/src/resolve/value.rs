//! Values looked up as they are: ids, categories, dates, counts.

use std::ops::Bound;

use abs_record::{Date, Field};
use abs_schema::fields::identifier;

use super::Resolver;
use crate::error::SearchError;
use crate::node::{Leaf, Leaves, Node, Ranges, Role};
use crate::snapshot::IndexTerm;
use crate::syntax::ast::Value;

/// Values one prefix may stand for.
const MAX_VALUES: usize = 4_096;

impl Resolver<'_> {
    /// `id:`, `doi:`, `arxiv:`, `pmid:`, `cat:`, `lang:`
    pub(super) fn value(&mut self, value: &Value) -> Result<Node, SearchError> {
        let fields = &self.snapshot.fields;
        let folded = abs_record::fold::fold(value.text.trim());
        let terms = match value.field {
            Field::Category => self.category(&folded, value.prefix)?,
            Field::Language => {
                let code = abs_record::language::code(&value.text);
                let code = abs_record::fold::fold(&code);
                vec![self.snapshot.look_up(fields.language, &code)?]
            }
            Field::Id => self.ids(value)?,
            field => {
                let kind = field.name();
                let term = identifier(kind, &bare_identifier(field, &value.text));
                if value.prefix {
                    self.snapshot
                        .expand(fields.identifier, &term, MAX_VALUES, |_| true)?
                        .terms
                } else {
                    let mut terms = vec![self.snapshot.look_up(fields.identifier, &term)?];
                    if field == Field::Doi
                        && let Some(id) = arxiv_of_doi(&value.text)
                    {
                        let term = identifier(Field::Arxiv.name(), &id);
                        terms.push(self.snapshot.look_up(fields.identifier, &term)?);
                    }
                    terms
                }
            }
        };
        let leaves = Leaves {
            terms: terms
                .into_iter()
                .filter(|term| term.doc_freq > 0)
                .map(|term| Leaf::new(term, Role::Filters, 1.0))
                .collect(),
            phrases: Vec::new(),
        };
        if leaves.is_empty() && !self.negated {
            self.unknown.push(value.text.clone());
        }
        Ok(Node::holds(leaves))
    }

    /// `id:` as the source wrote it; ids may differ in case alone.
    fn ids(&self, value: &Value) -> Result<Vec<IndexTerm>, SearchError> {
        let (field, text) = (self.snapshot.fields.id, value.text.trim());
        if value.prefix {
            return Ok(self
                .snapshot
                .expand(field, text, MAX_VALUES, |_| true)?
                .terms);
        }
        Ok(vec![self.snapshot.look_up(field, text)?])
    }

    /// `cat:cs` is all of computer science, `cat:cs.CL` one class of it.
    fn category(&self, folded: &str, prefix: bool) -> Result<Vec<IndexTerm>, SearchError> {
        let expanded =
            self.snapshot
                .expand(self.snapshot.fields.category, folded, MAX_VALUES, |value| {
                    let rest = value.strip_prefix(folded);
                    prefix || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                })?;
        Ok(expanded.terms)
    }

    /// `has:abstract`
    pub(super) fn has(&mut self, field: Field) -> Result<Node, SearchError> {
        let name = match field {
            Field::Year | Field::Date => "date",
            Field::Id => return Ok(Node::Everything),
            field => field.name(),
        };
        self.has_part(name)
    }

    /// Records that have a part, by the name the index gives it.
    pub(crate) fn has_part(&mut self, name: &str) -> Result<Node, SearchError> {
        let term = self.snapshot.look_up(self.snapshot.fields.has, name)?;
        Ok(Node::holds(Leaves {
            terms: (term.doc_freq > 0)
                .then(|| Leaf::new(term, Role::Filters, 1.0))
                .into_iter()
                .collect(),
            phrases: Vec::new(),
        }))
    }

    /// `since:30d`
    pub(super) fn since(&mut self, days: u32) -> Node {
        let Some(today) = self.today else {
            self.warn(0..0, "since: needs to know today's date".to_owned());
            return Node::Nothing;
        };
        let from = today.days_before(days);
        dates(Bound::Included(from), Bound::Unbounded)
    }
}

/// The arXiv id that a DOI which arXiv gave is made of.
fn arxiv_of_doi(text: &str) -> Option<String> {
    let doi = bare_identifier(Field::Doi, text);
    let id = doi.strip_prefix("10.48550/arxiv.")?;
    Some(bare_identifier(Field::Arxiv, id))
}

/// An identifier as records keep it: no resolver before a DOI, no version
/// behind an arXiv id.
fn bare_identifier(field: Field, text: &str) -> String {
    let text = text.trim();
    let lower = text.to_lowercase();
    match field {
        Field::Doi => {
            let start = lower.find("10.").unwrap_or(0);
            lower[start..].to_owned()
        }
        Field::Arxiv => {
            let bare = lower.strip_prefix("arxiv:").unwrap_or(&lower).trim();
            match bare.rsplit_once('v') {
                Some((id, version))
                    if !version.is_empty()
                        && version.bytes().all(|b| b.is_ascii_digit())
                        && id.ends_with(|c: char| c.is_ascii_digit()) =>
                {
                    id.to_owned()
                }
                _ => bare.to_owned(),
            }
        }
        _ => text.to_owned(),
    }
}

/// A span of dates as a range of `yyyymmdd`.
pub(super) fn dates(low: Bound<Date>, high: Bound<Date>) -> Node {
    let low = match low {
        Bound::Included(date) => u64::from(date.ymd()),
        Bound::Excluded(date) => u64::from(date.last_ymd()) + 1,
        Bound::Unbounded => 0,
    };
    let high = match high {
        Bound::Included(date) => u64::from(date.last_ymd()),
        Bound::Excluded(date) => u64::from(date.ymd()).saturating_sub(1),
        Bound::Unbounded => u64::MAX,
    };
    range("date", low, high)
}

/// A number of authors.
pub(super) fn author_count(low: Bound<u32>, high: Bound<u32>) -> Node {
    let low = match low {
        Bound::Included(n) => u64::from(n),
        Bound::Excluded(n) => u64::from(n) + 1,
        Bound::Unbounded => 0,
    };
    let high = match high {
        Bound::Included(n) => u64::from(n),
        Bound::Excluded(0) => return Node::Nothing,
        Bound::Excluded(n) => u64::from(n) - 1,
        Bound::Unbounded => u64::MAX,
    };
    range("n_authors", low, high)
}

fn range(name: &'static str, low: u64, high: u64) -> Node {
    if low > high {
        Node::Nothing
    } else {
        Node::Column {
            name,
            ranges: Ranges::one(low, high),
        }
    }
}
