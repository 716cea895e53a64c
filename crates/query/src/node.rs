//! The query as meant: known fields, looked-up terms, typed values. It is the
//! same for every segment; [`crate::plan`] turns it into cursors over one.

mod ranges;
mod simpler;

use std::sync::Arc;

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use crate::node::ranges::Ranges;
use crate::node::simpler::{exclude_at_once, join_columns, meet_columns};
use crate::phrase::{Nearness, Region};
use crate::snapshot::IndexTerm;

/// What documents must be.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// No document.
    Nothing,
    /// Every document.
    Everything,
    /// Documents that hold any of some terms or phrases.
    Holds(Leaves),
    /// Documents with a column value in any of some ranges.
    Column {
        name: &'static str,
        ranges: Ranges,
    },
    /// Documents with this value in a column of names.
    Named {
        name: &'static str,
        value: String,
    },
    /// Documents whose first author's key has one of these hashes.
    FirstAuthor(FxHashSet<u64>),
    /// Documents whose title or abstract holds a word in this very spelling.
    Spelled {
        word: String,
        in_title: bool,
        in_abstract: bool,
    },
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

/// Terms and phrases of which any makes a match, and what they are worth.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leaves {
    pub(crate) terms: Vec<Leaf>,
    pub(crate) phrases: Vec<PhraseLeaf>,
}

/// Fewer terms than this are not searched for repeats.
const FEW_TERMS: usize = 32;

/// Asking so many words of one place costs what looking at it does.
const MANY_FORMS: u64 = 16;
/// Reading a record costs what looking at so many places does.
const RECORD_PLACES: u64 = 300;

/// One term.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    pub(crate) term: IndexTerm,
    pub(crate) role: Role,
    /// Times the term's BM25 score.
    pub(crate) weight: f32,
    /// Document frequency to weigh by, where it is not the term's own.
    pub(crate) as_frequent_as: Option<u64>,
    /// The title's postings to take off, for the abstract alone.
    pub(crate) minus: Option<IndexTerm>,
    /// The acronym by which it came in: `PRM → process reward model`.
    pub(crate) via: Option<Arc<str>>,
}

/// What a term does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Makes a document match and adds to its score.
    Matches,
    /// Makes a document match, at no score.
    Filters,
    /// Adds to the score of documents that match by something else.
    Scores,
}

/// Words near one another in the flat field.
#[derive(Debug, Clone)]
pub(crate) struct PhraseLeaf {
    /// Alternatives for each slot, and its place in the phrase.
    pub(crate) slots: Vec<(Vec<Form>, u32)>,
    pub(crate) nearness: Nearness,
    pub(crate) region: Region,
}

/// Some forms of a stem: a term and a mask of form codes.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) term: IndexTerm,
    pub(crate) mask: u64,
}

impl PhraseLeaf {
    /// Documents it may stand in: those of its rarest place.
    fn n_docs(&self) -> u64 {
        let slots = self.slots.iter().map(|(forms, _)| n_docs(forms));
        slots.min().unwrap_or_default()
    }

    /// Places looked at: those documents in each list, and where many words may
    /// stand in one place, each document of any is asked of all.
    fn n_places(&self) -> u64 {
        let wide = self.slots.iter().map(|(forms, _)| {
            let n_forms = forms.len() as u64;
            n_docs(forms) * (n_forms / MANY_FORMS)
        });
        self.n_docs() * self.slots.len() as u64 + wide.sum::<u64>()
    }
}

fn n_docs(forms: &[Form]) -> u64 {
    forms.iter().map(|form| form.term.doc_freq).sum()
}

impl Leaf {
    /// A term that matches and scores by its own statistics.
    pub(crate) fn new(term: IndexTerm, role: Role, weight: f32) -> Leaf {
        Leaf {
            term,
            role,
            weight,
            as_frequent_as: None,
            minus: None,
            via: None,
        }
    }
}

impl Leaves {
    pub(crate) fn is_empty(&self) -> bool {
        self.phrases.is_empty() && self.terms.iter().all(|leaf| leaf.role == Role::Scores)
    }

    /// A term asked for twice the same way is one list of twice the weight.
    fn merge_repeats(&mut self) {
        if self.terms.len() < FEW_TERMS {
            return;
        }
        let mut places: FxHashMap<_, usize> = FxHashMap::default();
        let mut merged: Vec<Leaf> = Vec::with_capacity(self.terms.len());
        for leaf in self.terms.drain(..) {
            let key = (
                leaf.term.field,
                leaf.term.text.clone(),
                leaf.role as u8,
                leaf.as_frequent_as,
                leaf.minus.is_some(),
            );
            match places.entry(key) {
                Entry::Occupied(place) => merged[*place.get()].weight += leaf.weight,
                Entry::Vacant(place) => {
                    place.insert(merged.len());
                    merged.push(leaf);
                }
            }
        }
        self.terms = merged;
    }

    pub(crate) fn extend(&mut self, other: Leaves) {
        self.terms.extend(other.terms);
        self.phrases.extend(other.phrases);
    }
}

impl Node {
    /// All of some nodes, in its simplest shape.
    pub(crate) fn all(nodes: Vec<Node>) -> Node {
        let mut members = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Nothing => return Node::Nothing,
                Node::Everything => {}
                Node::And(inner) => members.extend(inner),
                node => members.push(node),
            }
        }
        exclude_at_once(&mut members);
        if !meet_columns(&mut members) {
            return Node::Nothing;
        }
        match members.len() {
            0 => Node::Everything,
            1 => members.remove(0),
            _ => Node::And(members),
        }
    }

    /// Any of some nodes; terms and phrases side by side become one list,
    /// which is what can be pruned.
    pub(crate) fn any(nodes: Vec<Node>) -> Node {
        let mut leaves = Leaves::default();
        let mut members = Vec::new();
        for node in nodes {
            match node {
                Node::Nothing => {}
                Node::Everything => return Node::Everything,
                Node::Holds(inner) => leaves.extend(inner),
                Node::Or(inner) => members.extend(inner),
                node => members.push(node),
            }
        }
        join_columns(&mut members);
        leaves.merge_repeats();
        if !leaves.is_empty() {
            members.push(Node::Holds(leaves));
        }
        match members.len() {
            0 => Node::Nothing,
            1 => members.remove(0),
            _ => Node::Or(members),
        }
    }

    /// Everything but.
    pub(crate) fn not(node: Node) -> Node {
        match node {
            Node::Nothing => Node::Everything,
            Node::Everything => Node::Nothing,
            Node::Not(inner) => *inner,
            node => Node::Not(Box::new(node)),
        }
    }

    /// Terms or nothing.
    pub(crate) fn holds(leaves: Leaves) -> Node {
        if leaves.is_empty() {
            Node::Nothing
        } else {
            Node::Holds(leaves)
        }
    }

    /// Times a factor, in every score inside.
    pub(crate) fn boosted(mut self, factor: f32) -> Node {
        self.each_leaf_mut(&mut |leaf| leaf.weight *= factor);
        self
    }

    fn each_leaf_mut(&mut self, each: &mut impl FnMut(&mut Leaf)) {
        match self {
            Node::Holds(leaves) => leaves.terms.iter_mut().for_each(each),
            Node::And(members) | Node::Or(members) => {
                for member in members {
                    member.each_leaf_mut(each);
                }
            }
            _ => {}
        }
    }

    /// What its phrases and spellings cost, in places that are looked at.
    pub(crate) fn n_places(&self) -> u64 {
        match self {
            Node::Holds(leaves) => leaves.phrases.iter().map(PhraseLeaf::n_places).sum(),
            Node::And(members) => {
                let is_spelled = |node: &Node| matches!(node, Node::Spelled { .. });
                let read = if members.iter().any(is_spelled) {
                    let holds = members.iter().filter_map(Node::n_docs);
                    holds.min().unwrap_or_default() * RECORD_PLACES
                } else {
                    0
                };
                read + members.iter().map(Node::n_places).sum::<u64>()
            }
            Node::Or(members) => members.iter().map(Node::n_places).sum(),
            Node::Not(inner) => inner.n_places(),
            _ => 0,
        }
    }

    /// Documents that hold any of its terms and phrases, at most.
    fn n_docs(&self) -> Option<u64> {
        let Node::Holds(leaves) = self else {
            return None;
        };
        let matching = leaves.terms.iter().filter(|leaf| leaf.role != Role::Scores);
        let terms: u64 = matching.map(|leaf| leaf.term.doc_freq).sum();
        let phrases: u64 = leaves.phrases.iter().map(PhraseLeaf::n_docs).sum();
        Some(terms + phrases)
    }

    /// Every scoring term that can add to a match's score, none under a NOT.
    pub(crate) fn scoring_leaves<'a>(&'a self, out: &mut Vec<&'a Leaf>) {
        match self {
            Node::Holds(leaves) => {
                out.extend(
                    leaves
                        .terms
                        .iter()
                        .filter(|leaf| leaf.role != Role::Filters),
                );
            }
            Node::And(members) | Node::Or(members) => {
                for member in members {
                    member.scoring_leaves(out);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(doc_freq: u64) -> Form {
        let term = IndexTerm {
            field: tantivy::schema::Field::from_field_id(0),
            text: String::new(),
            infos: Vec::new(),
            doc_freq,
        };
        Form { term, mask: 0 }
    }

    fn phrase(slots: Vec<Vec<Form>>) -> Node {
        let phrase = PhraseLeaf {
            slots: slots.into_iter().zip(0..).collect(),
            nearness: Nearness::Phrase(0),
            region: Region::Either,
        };
        Node::Holds(Leaves {
            terms: Vec::new(),
            phrases: vec![phrase],
        })
    }

    #[test]
    fn a_phrase_costs_what_its_rarest_word_has_it_look_at() {
        let two = || phrase(vec![vec![form(10)], vec![form(1_000_000)]]);
        assert_eq!(two().n_places(), 20);
        // Whatever is around it.
        let deep = Node::all(vec![Node::not(two()), Node::any(vec![two(), two()])]);
        assert_eq!(deep.n_places(), 60);
        // Many words in one place are asked one by one.
        let wide = phrase(vec![vec![form(10)], vec![form(10); 160]]);
        assert_eq!(wide.n_places(), 20 + 1_600 * 10);
    }

    #[test]
    fn a_spelling_costs_reading_the_records_that_have_the_word() {
        let spelled = Node::Spelled {
            word: "RAG".to_owned(),
            in_title: true,
            in_abstract: true,
        };
        let node = Node::all(vec![phrase(vec![vec![form(10)]]), spelled]);
        assert_eq!(node.n_places(), 10 * RECORD_PLACES + 10);
    }
}
