//! Words that stand for many: prefixes, wildcards, misspellings.

use abs_schema::analyzer::{self, COMPOUND_MARK, Kind};
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::word::{Token, tokens};
use super::{Resolver, Scope};
use crate::error::SearchError;
use crate::node::{Leaf, Leaves, Node, Role};
use crate::snapshot::{Expanded, IndexTerm};
use crate::syntax::ast::Phrase;

/// Words one prefix, wildcard or misspelling may stand for, in each field.
pub(crate) const MAX_EXPANSIONS: usize = 1_024;
/// Of these, so many are weighed when hits are ranked.
const MAX_SCORED: usize = 8;
/// Expansions shown.
const SHOWN: usize = 5;
/// The longest word that is looked for with mistakes in it: the automaton
/// grows with it.
const MAX_FUZZY_CHARS: usize = 40;

impl Resolver<'_> {
    /// `multimod*`
    pub(super) fn prefix(&mut self, text: &str, scope: &Scope) -> Result<Node, SearchError> {
        let row = tokens(text);
        let parts: Vec<&Token> = row.iter().filter(|t| t.kind == Kind::Part).collect();
        let label = format!("{text}*");
        let [part] = parts.as_slice() else {
            // `multi-mod*`: its parts side by side, or the joined form.
            let phrase = Phrase {
                text: text.to_owned(),
                slop: 0,
                prefix_last: true,
                exact: false,
            };
            let apart = self.phrase(
                &phrase,
                &Scope {
                    author: false,
                    ..*scope
                },
            )?;
            let Some(joined) = row.iter().find(|t| t.kind == Kind::Joined) else {
                return Ok(apart);
            };
            let head = joined.text.clone();
            let together = self.starting_with(&label, &head, scope)?;
            return Ok(Node::any(vec![apart, together]));
        };
        let head = part.text.clone();
        self.starting_with(&label, &head, scope)
    }

    fn starting_with(
        &mut self,
        label: &str,
        head: &str,
        scope: &Scope,
    ) -> Result<Node, SearchError> {
        self.expanded(label, scope, |snapshot, field| {
            snapshot.expand(field, head, MAX_EXPANSIONS, |_| true)
        })
    }

    /// `mult?modal`, `colo*r`
    pub(super) fn wildcard(&mut self, text: &str, scope: &Scope) -> Result<Node, SearchError> {
        let pattern: Vec<char> = abs_record::fold::fold(text).chars().collect();
        let head: String = pattern
            .iter()
            .take_while(|c| !matches!(c, '?' | '*'))
            .collect();
        let mut word: Vec<char> = Vec::new();
        self.expanded(text, scope, |snapshot, field| {
            snapshot.expand(field, &head, MAX_EXPANSIONS, |term| {
                word.clear();
                word.extend(term.split(COMPOUND_MARK).next().unwrap_or(term).chars());
                fits_pattern(&pattern, &word)
            })
        })
    }

    /// `term~1`, `term~2`
    pub(super) fn fuzzy(
        &mut self,
        text: &str,
        edits: u8,
        scope: &Scope,
    ) -> Result<Node, SearchError> {
        let folded = abs_record::fold::fold(text);
        if folded.chars().count() > MAX_FUZZY_CHARS {
            self.warn(
                0..0,
                format!("a word of over {MAX_FUZZY_CHARS} letters is looked for as it is"),
            );
            return self.exact_word(text, scope);
        }
        let label = format!("{text}~{edits}");
        self.expanded(&label, scope, |snapshot, field| {
            let mut found = Expanded::default();
            for (idx, segment) in snapshot.segments().iter().enumerate() {
                let term = Term::from_field_text(field, &folded);
                let automaton = FuzzyTermQuery::new(term, edits.min(2), true).automaton()?;
                let inverted = segment.inverted_index(field)?;
                let mut stream = inverted.terms().search(automaton).into_stream()?;
                while let Some((key, info)) = stream.next() {
                    let Ok(key) = std::str::from_utf8(key) else {
                        continue;
                    };
                    let term = match found.terms.iter_mut().find(|term| term.text == key) {
                        Some(term) => term,
                        None => {
                            found.terms.push(IndexTerm {
                                field,
                                text: key.to_owned(),
                                infos: vec![None; snapshot.segments().len()],
                                doc_freq: 0,
                            });
                            let last = found.terms.len() - 1;
                            &mut found.terms[last]
                        }
                    };
                    term.doc_freq += u64::from(info.doc_freq);
                    term.infos[idx] = Some(info.clone());
                    if found.terms.len() >= MAX_EXPANSIONS {
                        found.cut = true;
                        break;
                    }
                }
            }
            found
                .terms
                .sort_by_key(|term| std::cmp::Reverse(term.doc_freq));
            Ok(found)
        })
    }

    /// Any of the words `find` gives for each exact field of the scope.
    fn expanded(
        &mut self,
        label: &str,
        scope: &Scope,
        mut find: impl FnMut(&crate::snapshot::Snapshot, Field) -> Result<Expanded, SearchError>,
    ) -> Result<Node, SearchError> {
        let mut leaves = Leaves::default();
        let mut words: Vec<(String, u64)> = Vec::new();
        let mut cut = false;
        let fields = &self.snapshot.fields;
        let mut wanted: Vec<Field> = self.exact_fields(scope).collect();
        wanted.extend(scope.author.then_some(fields.author));
        wanted.extend(scope.venue.then_some(fields.venue));
        wanted.extend(scope.keyword.then_some(fields.keyword));
        let author = fields.author;
        for field in wanted {
            let expanded = find(self.snapshot, field)?;
            cut |= expanded.cut;
            for term in expanded.terms {
                let word = term.text.split(COMPOUND_MARK).next().unwrap_or_default();
                if field != author {
                    match words.iter_mut().find(|(known, _)| known == word) {
                        Some((_, doc_freq)) => *doc_freq += term.doc_freq,
                        None => words.push((word.to_owned(), term.doc_freq)),
                    }
                } else if !self.negated {
                    self.marks.name_word(word, scope);
                }
                leaves.terms.push(Leaf::new(term, Role::Filters, 1.0));
            }
        }
        words.sort_by_key(|(_, doc_freq)| std::cmp::Reverse(*doc_freq));
        self.score_stems(&words, scope, &mut leaves)?;
        if !self.negated {
            self.marks
                .words(words.iter().map(|(word, _)| word.as_str()), scope);
        }
        let shown = words.iter().take(SHOWN).map(|(word, _)| word.clone());
        self.note_expansion(label, shown.collect(), words.len(), cut);
        if cut {
            self.warn(
                0..0,
                format!("{label} stands for more words than the {MAX_EXPANSIONS} that are looked for: write more of it"),
            );
        }
        if leaves.is_empty() && !self.negated {
            self.unknown.push(label.to_owned());
        }
        Ok(Node::holds(leaves))
    }

    /// The commonest words rank the hits, each at a fair share.
    fn score_stems(
        &self,
        words: &[(String, u64)],
        scope: &Scope,
        leaves: &mut Leaves,
    ) -> Result<(), SearchError> {
        let mut stems: Vec<String> = Vec::new();
        for (word, _) in words {
            if let Some(stem) = analyzer::stem(word)
                && !stems.contains(&stem)
            {
                stems.push(stem);
            }
            if stems.len() == MAX_SCORED {
                break;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "at most eight")]
        let share = 1.0 / stems.len().max(1) as f32;
        for stem in &stems {
            self.ranked(stem, Role::Scores, share, scope, leaves)?;
        }
        Ok(())
    }
}

/// Whether a word fits a pattern of letters, `?` (one) and `*` (any number).
/// Two pointers and one place to go back to: at worst the product of lengths.
fn fits_pattern(pattern: &[char], word: &[char]) -> bool {
    let (mut p, mut w) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while w < word.len() {
        match pattern.get(p) {
            Some('*') => {
                back = Some((p, w));
                p += 1;
            }
            Some(c) if *c == '?' || *c == word[w] => {
                p += 1;
                w += 1;
            }
            _ => match back {
                Some((star, from)) => {
                    back = Some((star, from + 1));
                    p = star + 1;
                    w = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let fits = |pattern: &str, word: &str| {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            fits_pattern(&chars(pattern), &chars(word))
        };
        assert!(fits("mult?modal", "multimodal"));
        assert!(!fits("mult?modal", "multmodal"));
        assert!(fits("colo*r", "color") && fits("colo*r", "colour"));
        assert!(!fits("colo*r", "colors"));
        assert!(fits("a*b*c", "aXbbYc"));
        assert!(!fits("a*b*c", "acb"));
    }
}
