//! Words that stand for many: prefixes, wildcards, misspellings.
//!
//! The index holds stems; what is typed are letters of words. A stem whose
//! every form fits is taken as it is, one of which only some forms fit is
//! looked up by their codes, and words with rare endings have terms of their
//! own.

mod near;

use abs_schema::analyzer::form::{ANY, ENDINGS, JOINED, OTHER, OTHER_MARK, mask};
use abs_schema::analyzer::{self, COMPOUND_MARK, Kind};
use near::Near;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

use super::word::{Token, joined_whole, tokens};
use super::{Resolver, Scope};
use crate::error::SearchError;
use crate::marks::Shape;
use crate::node::{Form, Leaf, Leaves, Node, PhraseLeaf, Role};
use crate::phrase::Nearness;
use crate::syntax::ast::Phrase;

/// Stems one prefix, wildcard or misspelling may stand for.
pub(crate) const MAX_EXPANSIONS: usize = 1_024;
/// Of these, so many are weighed when hits are ranked.
const MAX_SCORED: usize = 8;
/// Expansions shown.
const SHOWN: usize = 5;
/// The longest word that is looked for with mistakes in it: the automaton
/// grows with it.
const MAX_FUZZY_CHARS: usize = 40;

/// Forms found, those of most documents first.
pub(super) struct Found {
    pub(super) forms: Vec<Form>,
    /// More were there than are looked for.
    pub(super) cut: bool,
}

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
            let no_names = Scope {
                author: false,
                ..*scope
            };
            let apart = self.phrase(&phrase, &no_names)?;
            let Some(joined) = joined_whole(&row) else {
                return Ok(apart);
            };
            let head = joined.text.clone();
            let found = self.forms_starting(&head)?;
            let together = self.any_of_forms(&label, found, &Shape::Starts(head), scope)?;
            return Ok(Node::any(vec![apart, together]));
        };
        let head = part.text.clone();
        let found = self.forms_starting(&head)?;
        self.any_of_forms(&label, found, &Shape::Starts(head), scope)
    }

    /// Words that start so.
    pub(super) fn forms_starting(&self, head: &str) -> Result<Found, SearchError> {
        let snapshot = self.snapshot;
        let field = snapshot.fields.text;
        let mut forms = Vec::new();
        let longer = snapshot.expand(field, head, MAX_EXPANSIONS, no_mark)?;
        for term in longer.terms {
            // An ending takes at most one letter off its stem.
            let is_longer = term.text.len() > head.len();
            let all = |stem: &str| mask(stem, |_| true);
            let fitting = |stem: &str| mask(stem, |word| word.starts_with(head));
            let mask = if is_longer || fitting(&term.text) == all(&term.text) {
                ANY
            } else {
                fitting(&term.text) | 1 << JOINED | 1 << OTHER
            };
            forms.push(Form { term, mask });
        }
        // Stems that are shorter than what was typed: `comput` for `computer*`.
        let mut shorter: FxHashMap<String, u64> = FxHashMap::default();
        for (code, (cut, put)) in ENDINGS.iter().enumerate() {
            for (at, _) in head.char_indices().skip(1) {
                let (base, rest) = head.split_at(at);
                if put.starts_with(rest) {
                    let stem = format!("{base}{cut}");
                    if !stem.starts_with(head) {
                        *shorter.entry(stem).or_default() |= 1 << code;
                    }
                }
            }
        }
        for (stem, mask) in shorter {
            let term = snapshot.look_up(field, &stem)?;
            forms.push(Form { term, mask });
        }
        let marked = format!("{OTHER_MARK}{head}");
        let others = snapshot.expand(field, &marked, MAX_EXPANSIONS, |_| true)?;
        forms.extend(
            others
                .terms
                .into_iter()
                .map(|term| Form { term, mask: ANY }),
        );
        Ok(best(forms, longer.cut || others.cut))
    }

    /// `mult?modal`, `colo*r`
    pub(super) fn wildcard(&mut self, text: &str, scope: &Scope) -> Result<Node, SearchError> {
        let pattern: Vec<char> = abs_record::fold::fold(text).chars().collect();
        let head: String = pattern
            .iter()
            .take_while(|c| !matches!(c, '?' | '*'))
            .collect();
        // A form differs from its stem at the end only.
        let n_shared = head.chars().count().saturating_sub(2).max(1);
        let shared: String = head.chars().take(n_shared).collect();
        let fits = |word: &str| fits_pattern(&pattern, word);
        let snapshot = self.snapshot;
        let field = snapshot.fields.text;
        let mut forms = Vec::new();
        let mut cut = false;
        // All of a stem but its last letter is in every form: most stems can be
        // told apart from the pattern without making their forms.
        let may_fit = |stem: &str| {
            let last = stem.chars().next_back().map_or(0, char::len_utf8);
            may_start(&pattern, &stem[..stem.len() - last])
        };
        let stems = snapshot.expand(field, &shared, MAX_EXPANSIONS, |stem| {
            may_fit(stem) && no_mark(stem) && (fits(stem) || mask(stem, fits) != 0)
        })?;
        cut |= stems.cut;
        for term in stems.terms {
            let all = mask(&term.text, |_| true);
            let fitting = mask(&term.text, fits);
            let mask = if fitting == all { ANY } else { fitting };
            forms.push(Form { term, mask });
        }
        let marked = format!("{OTHER_MARK}{head}");
        let others = snapshot.expand(field, &marked, MAX_EXPANSIONS, |word| {
            word.strip_prefix(OTHER_MARK)
                .is_some_and(|word| may_start(&pattern, word) && fits(word))
        })?;
        cut |= others.cut;
        forms.extend(
            others
                .terms
                .into_iter()
                .map(|term| Form { term, mask: ANY }),
        );
        // A compound written with a hyphen is one word too.
        let joined = snapshot.expand(field, &head, MAX_EXPANSIONS, |term| {
            term.split_once(COMPOUND_MARK)
                .is_some_and(|(joined, _)| may_start(&pattern, joined) && fits(joined))
        })?;
        cut |= joined.cut;
        forms.extend(
            joined
                .terms
                .into_iter()
                .map(|term| Form { term, mask: ANY }),
        );
        let shape = Shape::Pattern(pattern.clone());
        self.any_of_forms(text, best(forms, cut), &shape, scope)
    }

    /// `term~1`, `term~2`: stems so many letters away from the word's.
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
        let near = self.near_forms(&folded, edits)?;
        let printed = near.forms.iter().map(|form| &form.term.text);
        let printed = printed.map(|term| term.trim_start_matches(OTHER_MARK).to_owned());
        let shape = Shape::Stems(printed.collect());
        self.any_of_forms(&format!("{text}~{edits}"), near, &shape, scope)
    }

    /// Stems near the word's stem or the word itself, and words with rare
    /// endings near it.
    fn near_forms(&self, word: &str, edits: u8) -> Result<Found, SearchError> {
        let snapshot = self.snapshot;
        let field = snapshot.fields.text;
        let stem = analyzer::stem(word).unwrap_or_else(|| word.to_owned());
        let dfa = |text: &str| {
            let term = Term::from_field_text(field, text);
            FuzzyTermQuery::new(term, edits.min(2), true).automaton()
        };
        let near = Near::new((&stem, dfa(&stem)?), (word, dfa(word)?));
        let mut found: FxHashMap<String, Form> = FxHashMap::default();
        let mut cut = false;
        for (idx, segment) in snapshot.segments().iter().enumerate() {
            let inverted = segment.inverted_index(field)?;
            let mut met: Vec<String> = Vec::new();
            snapshot.dictionaries[idx].walk(segment, field, &near, &mut |key| {
                let Ok(key) = std::str::from_utf8(key) else {
                    return;
                };
                if found.len() + met.len() >= MAX_EXPANSIONS && !found.contains_key(key) {
                    cut = true;
                } else {
                    met.push(key.to_owned());
                }
            })?;
            for key in met {
                let Some(info) = inverted.terms().get(&key)? else {
                    continue;
                };
                let form = found.entry(key).or_insert_with_key(|key| Form {
                    term: snapshot.absent(field, key),
                    mask: ANY,
                });
                form.term.doc_freq += u64::from(info.doc_freq);
                form.term.infos[idx] = Some(info);
            }
        }
        Ok(best(found.into_values().collect(), cut))
    }

    /// Any of some forms, and of the names and values of the same shape.
    fn any_of_forms(
        &mut self,
        label: &str,
        found: Found,
        shape: &Shape,
        scope: &Scope,
    ) -> Result<Node, SearchError> {
        let mut leaves = Leaves::default();
        let mut stems: Vec<String> = Vec::new();
        let mut cut = found.cut;
        let weighed: Vec<String> = found
            .forms
            .iter()
            .map(|form| form.term.text.clone())
            .filter(|stem| no_mark(stem))
            .take(MAX_SCORED)
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "at most eight")]
        let share = 1.0 / weighed.len().max(1) as f32;
        let mut n_ranked = 0;
        if let Some(region) = scope.region() {
            for form in found.forms {
                let whole = form.mask == ANY && scope.title && scope.abstract_text;
                let is_weighed = weighed.get(n_ranked) == Some(&form.term.text);
                stems.push(form.term.text.clone());
                if is_weighed {
                    n_ranked += 1;
                    if !whole {
                        self.ranked(&form.term.text, Role::Scores, share, scope, &mut leaves)?;
                    }
                }
                if whole {
                    let role = if is_weighed {
                        Role::Matches
                    } else {
                        Role::Filters
                    };
                    leaves.terms.push(Leaf::new(form.term, role, share));
                } else {
                    leaves.phrases.push(PhraseLeaf {
                        slots: vec![(vec![form], 0)],
                        nearness: Nearness::Phrase(0),
                        region,
                    });
                }
            }
        }
        let fields = &self.snapshot.fields;
        let mut names: Vec<String> = Vec::new();
        for (asked, field) in [
            (scope.author, fields.author),
            (scope.venue, fields.venue),
            (scope.keyword, fields.keyword),
        ] {
            if !asked {
                continue;
            }
            let terms = match shape {
                Shape::Stems(_) => Vec::new(),
                shape => {
                    let head = shape.head();
                    let expanded = self
                        .snapshot
                        .expand(field, &head, MAX_EXPANSIONS, |word| shape.fits(word, word))?;
                    cut |= expanded.cut;
                    expanded.terms
                }
            };
            for term in terms {
                names.push(term.text.clone());
                leaves.terms.push(Leaf::new(term, Role::Filters, 1.0));
            }
        }
        let printed = |stem: &String| {
            let stem = stem.trim_start_matches(OTHER_MARK);
            let joined = stem.split_once(COMPOUND_MARK);
            joined.map_or(stem, |(joined, _)| joined).to_owned()
        };
        let mut shown: Vec<String> = stems.iter().map(printed).collect();
        let mut seen = FxHashSet::default();
        shown.retain(|word| seen.insert(word.clone()));
        shown.extend(names.iter().cloned());
        let n_terms = shown.len();
        shown.truncate(SHOWN);
        self.note_expansion(label, shown, n_terms, cut);
        if cut {
            self.warn(
                0..0,
                format!("{label} stands for more words than the {MAX_EXPANSIONS} that are looked for: write more of it"),
            );
        }
        if leaves.is_empty() && !self.negated {
            self.unknown.push(label.to_owned());
        }
        if !self.negated {
            self.marks.shape(shape, scope);
            for name in &names {
                self.marks.name_word(name, scope);
            }
        }
        Ok(Node::holds(leaves))
    }
}

/// Neither a compound nor a word with a rare ending.
fn no_mark(term: &str) -> bool {
    !term.contains([COMPOUND_MARK, OTHER_MARK])
}

/// Those the index holds, of most documents first, as many as are looked for.
fn best(mut forms: Vec<Form>, cut: bool) -> Found {
    forms.retain(|form| form.term.doc_freq > 0 && form.mask != 0);
    forms.sort_by(|a, b| {
        b.term
            .doc_freq
            .cmp(&a.term.doc_freq)
            .then_with(|| a.term.text.cmp(&b.term.text))
    });
    let cut = cut || forms.len() > MAX_EXPANSIONS;
    forms.truncate(MAX_EXPANSIONS);
    Found { forms, cut }
}

/// Whether a word that starts so can fit a pattern. All places the pattern may
/// have come to are kept as bits; of patterns too long for that it is not known.
fn may_start(pattern: &[char], start: &str) -> bool {
    if pattern.len() >= 64 {
        return true;
    }
    // A star may stand for nothing.
    let past_stars = |mut places: u64| {
        for (idx, c) in pattern.iter().enumerate() {
            if *c == '*' && places >> idx & 1 == 1 {
                places |= 1 << (idx + 1);
            }
        }
        places
    };
    let mut places = past_stars(1);
    for letter in start.chars() {
        let mut next = 0;
        for (idx, c) in pattern.iter().enumerate() {
            if places >> idx & 1 == 0 {
                continue;
            }
            if *c == '*' {
                next |= 1 << idx;
            } else if *c == '?' || *c == letter {
                next |= 1 << (idx + 1);
            }
        }
        places = past_stars(next);
        if places == 0 {
            return false;
        }
    }
    true
}

/// Whether a word fits a pattern of letters, `?` (one) and `*` (any number).
/// Two pointers and one place to go back to: at worst the product of lengths.
pub(crate) fn fits_pattern(pattern: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
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
        let fits =
            |pattern: &str, word: &str| fits_pattern(&pattern.chars().collect::<Vec<_>>(), word);
        assert!(fits("mult?modal", "multimodal"));
        assert!(!fits("mult?modal", "multmodal"));
        assert!(fits("colo*r", "color") && fits("colo*r", "colour"));
        assert!(!fits("colo*r", "colors"));
        assert!(fits("a*b*c", "aXbbYc"));
        assert!(!fits("a*b*c", "acb"));
    }

    #[test]
    fn starts_of_words_that_may_fit() {
        let may =
            |pattern: &str, start: &str| may_start(&pattern.chars().collect::<Vec<_>>(), start);
        assert!(may("mult?modal", "multi") && may("mult?modal", "multimodal"));
        assert!(!may("mult?modal", "multip"));
        assert!(may("colo*r", "") && may("colo*r", "colou") && may("colo*r", "colors"));
        assert!(may("a*b*c", "ab") && may("**?", "x"));
        assert!(!may("?b", "bb b") && !may("a", "ab"));
    }
}
