//! People: a name as typed to the author keys it fits.

use abs_record::{Author, NameQuery};
use abs_schema::analyzer::Kind;
use abs_schema::fields::{KEY_END, author_key_hash, author_value_display, author_value_key};
use rustc_hash::FxHashSet;

use super::Resolver;
use super::word::tokens;
use crate::error::SearchError;
use crate::node::{Leaf, Leaves, Node, Role};
use crate::snapshot::IndexTerm;
use crate::syntax::ast;

/// Spellings of names one name may stand for.
const MAX_NAMES: usize = 100_000;
/// Names shown of those.
const SHOWN: usize = 5;
/// The shortest given name in which a slip is looked for: in a shorter one
/// anything is near.
pub(crate) const MIN_GIVEN_CHARS: usize = 4;

impl Resolver<'_> {
    /// `author:`
    pub(super) fn author(&mut self, asked: &ast::Author) -> Result<Node, SearchError> {
        let found = if asked.literal {
            self.literal_names(&asked.text)?
        } else if asked.prefix {
            self.prefixed_names(&asked.text)?
        } else if asked.first {
            self.fitting_names(&asked.text)?
        } else {
            match self.name_part(&asked.text)? {
                Some(node) => return Ok(node),
                None => self.fitting_names(&asked.text)?,
            }
        };
        let (terms, cut) = found;
        Ok(self.named(&asked.text, terms, cut, asked.first))
    }

    /// A name chosen as a filter, as a facet shows it: the author of that key,
    /// in any spelling; where the index has none, the authors it fits.
    pub(super) fn very_author(&mut self, name: &str) -> Result<Node, SearchError> {
        let (terms, cut) = self.of_key(&Author::parse(name).key())?;
        if terms.is_empty() {
            return self.author(&ast::Author {
                text: name.to_owned(),
                literal: false,
                first: false,
                prefix: false,
            });
        }
        Ok(self.named(name, terms, cut, false))
    }

    /// Whether anyone in the index is called so, and not by an initial alone.
    pub(crate) fn knows_author(&mut self, name: &str) -> Result<bool, SearchError> {
        let node = self.author(&ast::Author {
            text: name.to_owned(),
            literal: false,
            first: false,
            prefix: false,
        })?;
        if matches!(node, Node::Nothing) {
            return Ok(false);
        }
        // A slip in a given name still fits those who are known by its initial
        // alone.
        let key = Author::parse(name).key();
        let given = |key: &str| {
            let given = key.split_once(", ").map(|(_, given)| given);
            given.map_or(0, |given| given.find(' ').unwrap_or(given.len()))
        };
        if given(&key) < MIN_GIVEN_CHARS {
            return Ok(true);
        }
        let (terms, _) = self.fitting_names(name)?;
        let mut keys = terms.iter().map(|term| author_value_key(&term.text));
        Ok(keys.any(|key| given(key) > 1))
    }

    /// A phrase that may be a name, in the order of a byline or of a catalogue.
    pub(super) fn quoted_name(&mut self, text: &str) -> Result<Node, SearchError> {
        if tokens(text).len() < 2 || text.len() > 80 {
            return Ok(Node::Nothing);
        }
        let (terms, cut) = self.of_key(&Author::parse(text).key())?;
        if terms.is_empty() {
            return Ok(Node::Nothing);
        }
        Ok(self.named(text, terms, cut, false))
    }

    /// One word: anyone with that name part.
    fn name_part(&mut self, text: &str) -> Result<Option<Node>, SearchError> {
        let words = tokens(text);
        if text.contains(',') || words.iter().filter(|t| t.kind == Kind::Part).count() != 1 {
            return Ok(None);
        }
        let mut spellings: Vec<String> = words.into_iter().map(|word| word.text).collect();
        for family in NameQuery::parse(text).families() {
            if !spellings.contains(family) && !family.contains(' ') {
                spellings.push(family.clone());
            }
        }
        let mut leaves = Leaves::default();
        for spelling in &spellings {
            let term = self
                .snapshot
                .look_up(self.snapshot.fields.author, spelling)?;
            if term.doc_freq > 0 {
                leaves.terms.push(Leaf::new(term, Role::Filters, 1.0));
            }
            if !self.negated {
                self.marks.asked_name_word(spelling);
            }
        }
        if leaves.is_empty() && !self.negated {
            self.unknown.push(text.to_owned());
        }
        Ok(Some(Node::holds(leaves)))
    }

    /// All spellings of the authors whose key fits the name.
    fn fitting_names(&self, text: &str) -> Result<(Vec<IndexTerm>, bool), SearchError> {
        let query = NameQuery::parse(text);
        let field = self.snapshot.fields.author_name;
        let initials = query.given_initials();
        let mut terms: Vec<IndexTerm> = Vec::new();
        let mut cut = false;
        let mut look = |from: &str, before: &str| -> Result<(), SearchError> {
            let found = self
                .snapshot
                .expand_between(field, from, before, MAX_NAMES, |value| {
                    query.key_fits(author_value_key(value))
                })?;
            cut |= found.cut;
            terms.extend(found.terms);
            Ok(())
        };
        for prefix in query.prefixes() {
            // Behind a family name comes a tab (nothing), a blank (more words)
            // or a comma (given names), in this order, and letters after that.
            let first = format!("{prefix}{KEY_END}");
            let Some(initials) = &initials else {
                look(&first, &format!("{prefix}-"))?;
                continue;
            };
            look(&first, &format!("{prefix}, "))?;
            for initial in initials {
                let given = format!("{prefix}, {initial}");
                look(&given, &format!("{given}{}", char::MAX))?;
            }
        }
        terms.sort_unstable_by(|a, b| a.text.cmp(&b.text));
        terms.dedup_by(|a, b| a.text == b.text);
        Ok((terms, cut))
    }

    /// This very spelling.
    fn literal_names(&self, text: &str) -> Result<(Vec<IndexTerm>, bool), SearchError> {
        let (mut terms, cut) = self.of_key(&Author::parse(text).key())?;
        terms.retain(|term| author_value_display(&term.text) == text.trim());
        Ok((terms, cut))
    }

    /// Keys that start as the name typed does.
    fn prefixed_names(&mut self, text: &str) -> Result<(Vec<IndexTerm>, bool), SearchError> {
        let key = Author::parse(text).key();
        let field = self.snapshot.fields.author_name;
        let expanded = self.snapshot.expand(field, &key, MAX_NAMES, |_| true)?;
        Ok((expanded.terms, expanded.cut))
    }

    fn of_key(&self, key: &str) -> Result<(Vec<IndexTerm>, bool), SearchError> {
        if key.is_empty() {
            return Ok((Vec::new(), false));
        }
        let field = self.snapshot.fields.author_name;
        let range = format!("{key}{KEY_END}");
        let expanded = self.snapshot.expand(field, &range, MAX_NAMES, |_| true)?;
        Ok((expanded.terms, expanded.cut))
    }

    /// Records by any of the names found, which are noted and highlighted.
    fn named(&mut self, from: &str, mut terms: Vec<IndexTerm>, cut: bool, first: bool) -> Node {
        terms.sort_by_key(|term| std::cmp::Reverse(term.doc_freq));
        let display = |term: &IndexTerm| author_value_display(&term.text);
        let shown = terms.iter().take(SHOWN).map(display).collect();
        self.note_expansion(from, shown, terms.len(), cut);
        if terms.is_empty() && !self.negated {
            self.unknown.push(from.to_owned());
        }
        let keys: FxHashSet<u64> = terms
            .iter()
            .map(|term| author_key_hash(author_value_key(&term.text)))
            .collect();
        if !self.negated {
            self.marks.author_keys(keys.iter().copied());
        }
        let names = Node::holds(Leaves {
            terms: terms
                .into_iter()
                .map(|term| Leaf::new(term, Role::Filters, 1.0))
                .collect(),
            phrases: Vec::new(),
        });
        if first {
            Node::all(vec![names, Node::FirstAuthor(keys)])
        } else {
            names
        }
    }
}
