//! The query as meant: known fields, looked-up terms, typed values. It is the
//! same for every segment; [`crate::plan`] turns it into cursors over one.

use std::sync::Arc;

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

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
    /// Documents with a column value in a range, both ends included.
    Column {
        name: &'static str,
        low: u64,
        high: u64,
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
