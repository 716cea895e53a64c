//! A query over one segment: cursors that lead, conditions that follow,
//! cursors that only score. The one place where nodes meet posting lists.

mod clause;
mod condition;

use abs_schema::analyzer::TITLE_WEIGHT;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader};

use crate::docbits::DocBits;
use crate::docset::{AllOf, Everything, Listed, NotIn, Poured, Test};
use crate::error::SearchError;
use crate::node::{Leaf, Leaves, Node, PhraseLeaf, Role};
use crate::phrase::{Nearness, PhraseSet, Slot};
use crate::postings::{LengthCodes, PostingLists, Scoring, TermCursor};
use crate::rank::leads_to_few;
use crate::snapshot::{IndexTerm, Snapshot};
use crate::wide::{MAX_NARROW, any_of};
pub(crate) use clause::Clause;
use condition::{FirstIs, InRange, IsNamed, Spelled};

/// Lists of at most so many documents are read at once, where there are many.
const MAX_POURED: u32 = 1_024;

/// A query over one segment.
#[derive(Default)]
pub(crate) struct Plan<'a> {
    /// Every one must hold.
    pub(crate) clauses: Vec<Clause>,
    pub(crate) sets: Vec<Box<dyn DocSet>>,
    pub(crate) tests: Vec<Box<dyn Test>>,
    /// Add to the score where they hold.
    pub(crate) scorers: Vec<TermCursor>,
    /// A bit for each document that is not deleted, if any is.
    pub(crate) alive: Option<&'a [u64]>,
    /// Documents of the segment, deleted ones included.
    pub(crate) max_doc: DocId,
    /// No document of this segment can match.
    pub(crate) nothing: bool,
}

/// Mean lengths of the ranked fields, for all segments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lengths {
    pub(crate) text: f32,
    pub(crate) title: f32,
}

/// Makes plans for one segment.
pub(crate) struct Planner<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) lengths: Lengths,
    pub(crate) segment: &'a SegmentReader,
    pub(crate) segment_idx: usize,
}

impl Planner<'_> {
    pub(crate) fn plan(&self, node: &Node) -> Result<Plan<'_>, SearchError> {
        let mut plan = Plan {
            alive: self.lists().alive(self.segment),
            max_doc: self.segment.max_doc(),
            ..Plan::default()
        };
        self.add(node, &mut plan)?;
        if plan.clauses.is_empty() && plan.sets.is_empty() {
            plan.sets
                .push(Box::new(Everything::new(self.segment.max_doc())));
        }
        Ok(plan)
    }

    fn lists(&self) -> &PostingLists {
        &self.snapshot.lists[self.segment_idx]
    }

    fn add(&self, node: &Node, plan: &mut Plan<'_>) -> Result<(), SearchError> {
        match node {
            Node::Nothing => plan.nothing = true,
            Node::Everything => {}
            Node::And(members) => {
                for member in members {
                    self.add(member, plan)?;
                }
            }
            Node::Holds(leaves) => {
                let clause = self.clause(leaves, true, &mut plan.scorers)?;
                plan.nothing |= clause.is_empty();
                plan.clauses.push(clause);
            }
            Node::Or(_) => {
                plan.sets.push(self.docset(node)?);
                let mut leaves = Vec::new();
                node.scoring_leaves(&mut leaves);
                for leaf in leaves {
                    plan.scorers.extend(self.cursor(leaf, true)?);
                }
            }
            Node::Not(inner) => plan.tests.push(Box::new(NotIn(self.docset(inner)?))),
            Node::Column { .. }
            | Node::Named { .. }
            | Node::FirstAuthor(_)
            | Node::Spelled { .. } => {
                plan.tests.extend(self.test(node)?);
            }
        }
        Ok(())
    }

    /// The documents of a node, unscored.
    pub(crate) fn docset(&self, node: &Node) -> Result<Box<dyn DocSet>, SearchError> {
        Ok(match node {
            Node::Nothing => Box::new(Listed::new(Vec::new())),
            Node::Everything => Box::new(Everything::new(self.segment.max_doc())),
            Node::Holds(leaves) => {
                let clause = self.clause(leaves, false, &mut Vec::new())?;
                clause.into_docset()
            }
            Node::Or(members) => {
                let mut sets = Vec::with_capacity(members.len());
                for member in members {
                    sets.push(self.docset(member)?);
                }
                any_of(sets)
            }
            Node::And(members) => {
                let mut sets: Vec<Box<dyn DocSet>> = Vec::new();
                let mut tests: Vec<Box<dyn Test>> = Vec::new();
                for member in members {
                    match member {
                        Node::Not(inner) => tests.push(Box::new(NotIn(self.docset(inner)?))),
                        member => match self.test(member)? {
                            Some(test) => tests.push(test),
                            None => sets.push(self.docset(member)?),
                        },
                    }
                }
                self.all_of(sets, tests)
            }
            Node::Not(inner) => {
                let test: Box<dyn Test> = Box::new(NotIn(self.docset(inner)?));
                self.all_of(Vec::new(), vec![test])
            }
            Node::Column { .. }
            | Node::Named { .. }
            | Node::FirstAuthor(_)
            | Node::Spelled { .. } => {
                let test = self.test(node)?;
                self.all_of(Vec::new(), test.into_iter().collect())
            }
        })
    }

    fn all_of(&self, mut sets: Vec<Box<dyn DocSet>>, tests: Vec<Box<dyn Test>>) -> Box<dyn DocSet> {
        if sets.is_empty() {
            sets.push(Box::new(Everything::new(self.segment.max_doc())));
        }
        Box::new(AllOf::new(sets, tests))
    }

    /// What is asked of documents one by one.
    fn test(&self, node: &Node) -> Result<Option<Box<dyn Test>>, SearchError> {
        Ok(match node {
            Node::Column { name, ranges } => Some(Box::new(InRange {
                column: self.snapshot.column(self.segment_idx, name)?,
                ranges: ranges.clone(),
            })),
            Node::Named { name, value } => Some(Box::new(self.named(name, value)?)),
            Node::FirstAuthor(keys) => Some(Box::new(FirstIs {
                column: self.snapshot.column(self.segment_idx, "author_key")?,
                keys: keys.clone(),
            })),
            Node::Spelled {
                word,
                in_title,
                in_abstract,
            } => Some(Box::new(Spelled {
                snapshot: self.snapshot.clone(),
                segment_idx: self.segment_idx,
                word: word.clone(),
                in_title: *in_title,
                in_abstract: *in_abstract,
            })),
            _ => None,
        })
    }

    fn named(&self, name: &str, value: &str) -> Result<IsNamed, SearchError> {
        let column = self.segment.fast_fields().str(name)?;
        let ord = match &column {
            Some(column) => column.dictionary().term_ord(value.as_bytes())?,
            None => None,
        };
        Ok(IsNamed {
            names: column.zip(ord),
        })
    }

    fn clause(
        &self,
        leaves: &Leaves,
        scored: bool,
        scorers: &mut Vec<TermCursor>,
    ) -> Result<Clause, SearchError> {
        let mut clause = Clause::default();
        let mut short = Vec::new();
        for leaf in &leaves.terms {
            let is_scored = scored && leaf.role != Role::Filters;
            let Some(cursor) = self.cursor(leaf, is_scored)? else {
                continue;
            };
            match leaf.role {
                Role::Scores if scored => scorers.push(cursor),
                Role::Scores => {}
                _ if !is_scored && cursor.size_hint() <= MAX_POURED => short.push(cursor),
                _ => clause.terms.push(cursor),
            }
        }
        if short.len() > MAX_NARROW {
            clause.poured = Some(self.poured(short));
        } else {
            clause.terms.append(&mut short);
        }
        for phrase in &leaves.phrases {
            clause.phrases.extend(self.phrase(phrase)?);
        }
        Ok(clause)
    }

    /// Lists read into one set.
    fn poured(&self, lists: Vec<TermCursor>) -> Poured {
        let mut docs = DocBits::none(self.segment.max_doc());
        for mut list in lists {
            list.for_each(|doc| docs.set(doc));
        }
        Poured::new(docs)
    }

    /// A term over the segment, if it holds it.
    pub(crate) fn cursor(
        &self,
        leaf: &Leaf,
        scored: bool,
    ) -> Result<Option<TermCursor>, SearchError> {
        let Some(info) = self.info(&leaf.term) else {
            return Ok(None);
        };
        let scoring = if scored {
            Some(self.scoring(leaf)?)
        } else {
            None
        };
        let lists = self.lists();
        let Some(cursor) = lists.cursor(self.segment, leaf.term.field, info, scoring)? else {
            return Ok(None);
        };
        let Some(title) = leaf.minus.as_ref() else {
            return Ok(Some(cursor));
        };
        let Some(info) = self.info(title) else {
            return Ok(Some(cursor));
        };
        let in_title = lists.cursor(self.segment, title.field, info, None)?;
        Ok(Some(match in_title {
            Some(in_title) => cursor.minus(in_title, TITLE_WEIGHT),
            None => cursor,
        }))
    }

    fn scoring(&self, leaf: &Leaf) -> Result<Scoring, SearchError> {
        let doc_freq = leaf.as_frequent_as.unwrap_or(leaf.term.doc_freq);
        let n_docs = self.snapshot.n_docs.max(doc_freq);
        let (average, lengths) = self.lengths_of(leaf.term.field)?;
        let weight = Bm25Weight::for_one_term_without_explain(doc_freq, n_docs, average);
        Ok(Scoring {
            weight: weight.boost_by(leaf.weight),
            lengths,
            block_slack: self.block_slack(leaf.term.field, average)?,
        })
    }

    /// With lengths that much longer or shorter than the segment takes for the
    /// mean, a score changes by no more than that factor; so may the document
    /// that was a block's best when the block was written.
    #[expect(clippy::cast_precision_loss, reason = "a mean for a bound")]
    fn block_slack(&self, field: Field, average: f32) -> Result<f32, SearchError> {
        let n_tokens = self.segment.inverted_index(field)?.total_num_tokens();
        let own = (n_tokens as f32 / self.segment.max_doc().max(1) as f32).max(0.01);
        let ratio = (average / own).max(own / average).max(1.0);
        Ok(ratio * ratio * 1.000_01)
    }

    /// Names, venues and key words have no lengths: each counts as one word.
    fn lengths_of(&self, field: Field) -> Result<(f32, LengthCodes), SearchError> {
        let fields = &self.snapshot.fields;
        let average = if field == fields.text {
            self.lengths.text
        } else if field == fields.title {
            self.lengths.title
        } else {
            let one = FieldNormReader::fieldnorm_to_id(1);
            return Ok((1.0, LengthCodes::Same(one)));
        };
        Ok((average, self.lists().lengths(self.segment, field)?))
    }

    fn phrase(&self, phrase: &PhraseLeaf) -> Result<Option<PhraseSet>, SearchError> {
        let mut slots = Vec::with_capacity(phrase.slots.len());
        let option = IndexRecordOption::WithFreqsAndPositions;
        let inverted = self.segment.inverted_index(self.snapshot.fields.text)?;
        for (forms, offset) in &phrase.slots {
            let mut lists = Vec::with_capacity(forms.len());
            let mut marks = None;
            for form in forms {
                if let Some(info) = self.info(&form.term) {
                    marks = self.lists().marks_at_hand(form.term.field, info);
                    let postings = inverted.read_postings_from_terminfo(info, option)?;
                    lists.push((postings, form.mask));
                }
            }
            if lists.is_empty() {
                return Ok(None);
            }
            let marks = marks.filter(|_| lists.len() == 1);
            slots.push(Slot::new(lists, marks, *offset));
        }
        if slots.is_empty() {
            return Ok(None);
        }
        let nearness = match phrase.nearness {
            Nearness::Near(_) if slots.len() != 2 => return Ok(None),
            nearness => nearness,
        };
        Ok(Some(PhraseSet::new(slots, nearness, phrase.region)))
    }

    fn info<'t>(&self, term: &'t IndexTerm) -> Option<&'t TermInfo> {
        term.infos.get(self.segment_idx)?.as_ref()
    }
}

impl Plan<'_> {
    /// One clause: the best can be found without scoring all.
    pub(crate) fn is_union(&self) -> bool {
        self.clauses.len() == 1 && self.sets.is_empty()
    }

    /// Whether it leads to so few documents that all of them are looked at.
    pub(crate) fn is_short(&self) -> bool {
        let cost = self.clauses.first().map_or(0, Clause::cost);
        leads_to_few(cost, self.max_doc)
    }

    /// Documents that match, where that is known without reading lists:
    /// of one list and no conditions.
    pub(crate) fn n_docs(&self) -> Option<u64> {
        let [clause] = self.clauses.as_slice() else {
            return None;
        };
        let is_alone = clause.phrases.is_empty() && clause.poured.is_none();
        match clause.terms.as_slice() {
            [term] if is_alone => term.n_docs(),
            _ => None,
        }
    }
}
