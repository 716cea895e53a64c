//! A query over one segment: cursors that lead, conditions that follow,
//! cursors that only score. The one place where nodes meet posting lists.

mod condition;

use abs_schema::analyzer::TITLE_WEIGHT;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use crate::docset::{AllOf, Bits, Everything, Listed, NotIn, Test};
use crate::error::SearchError;
use crate::node::{Leaf, Leaves, Node, PhraseLeaf, Role};
use crate::phrase::{Nearness, PhraseSet, Slot};
use crate::postings::{Scoring, TermCursor};
use crate::snapshot::{IndexTerm, Snapshot, column};
use crate::wide::{MAX_NARROW, Wide, any_of};
use condition::{Alive, FirstIs, InRange, IsNamed, Spelled};

/// More unscored lists than this are decoded into one.
const MAX_MERGED_LISTS: usize = 8;

/// A query over one segment.
#[derive(Default)]
pub(crate) struct Plan {
    /// Every one must hold.
    pub(crate) clauses: Vec<Clause>,
    pub(crate) sets: Vec<Box<dyn DocSet>>,
    pub(crate) tests: Vec<Box<dyn Test>>,
    /// Add to the score where they hold.
    pub(crate) scorers: Vec<TermCursor>,
    /// So do these, which are many.
    pub(crate) wide_scorers: Option<Wide>,
    /// No document of this segment can match.
    pub(crate) nothing: bool,
}

/// Any of some terms and phrases.
#[derive(Default)]
pub(crate) struct Clause {
    pub(crate) terms: Vec<TermCursor>,
    pub(crate) sets: Vec<Box<dyn DocSet>>,
    pub(crate) phrases: Vec<PhraseSet>,
    /// All of the above in one, where they are many.
    pub(crate) wide: Option<Wide>,
    /// The sets hold all its documents, and are so many.
    pub(crate) n_docs: Option<u64>,
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
    pub(crate) fn plan(&self, node: &Node) -> Result<Plan, SearchError> {
        let mut plan = self.plan_lists(node)?;
        if !plan.is_union() {
            plan.widen();
        }
        Ok(plan)
    }

    /// The same with every list by itself, however many there are.
    pub(crate) fn plan_lists(&self, node: &Node) -> Result<Plan, SearchError> {
        let mut plan = Plan::default();
        self.add(node, &mut plan)?;
        self.add_alive(&mut plan);
        if plan.clauses.is_empty() && plan.sets.is_empty() {
            plan.sets
                .push(Box::new(Everything::new(self.segment.max_doc())));
        }
        Ok(plan)
    }

    /// The same documents with nothing to score them by.
    pub(crate) fn plan_unscored(&self, node: &Node) -> Result<Plan, SearchError> {
        let mut plan = Plan::default();
        let leaves = match node {
            Node::Holds(leaves) => leaves,
            node => return self.plan(node),
        };
        plan.clauses
            .push(self.clause(leaves, false, &mut Vec::new())?);
        self.add_alive(&mut plan);
        Ok(plan)
    }

    fn add_alive(&self, plan: &mut Plan) {
        if let Some(alive) = self.segment.alive_bitset() {
            plan.tests.push(Box::new(Alive(alive.clone())));
        }
    }

    fn add(&self, node: &Node, plan: &mut Plan) -> Result<(), SearchError> {
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
            Node::Column { name, low, high } => Some(Box::new(InRange {
                column: column(self.segment, name)?,
                low: *low,
                high: *high,
            })),
            Node::Named { name, value } => Some(Box::new(self.named(name, value)?)),
            Node::FirstAuthor(keys) => Some(Box::new(FirstIs {
                column: column(self.segment, "author_key")?,
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
        let mut unscored = Vec::new();
        for leaf in &leaves.terms {
            match leaf.role {
                Role::Scores if scored => scorers.extend(self.cursor(leaf, true)?),
                Role::Scores => {}
                Role::Matches if scored => clause.terms.extend(self.cursor(leaf, true)?),
                _ => unscored.push(leaf),
            }
        }
        if unscored.len() > MAX_MERGED_LISTS {
            // Those that score as well are put in: then the set is the clause.
            let scoring = leaves
                .terms
                .iter()
                .filter(|leaf| leaf.role == Role::Matches);
            unscored.extend(scoring.filter(|_| scored));
            let set = self.merged(&unscored)?;
            clause.n_docs = Some(u64::from(set.size_hint()));
            clause.sets.push(set);
        } else {
            for leaf in unscored {
                clause.terms.extend(self.cursor(leaf, false)?);
            }
        }
        for phrase in &leaves.phrases {
            clause.phrases.extend(self.phrase(phrase)?);
        }
        if !clause.phrases.is_empty() {
            clause.n_docs = None;
        }
        Ok(clause)
    }

    /// Many lists decoded into one set.
    fn merged(&self, leaves: &[&Leaf]) -> Result<Box<dyn DocSet>, SearchError> {
        let max_doc = self.segment.max_doc();
        let infos = leaves.iter().filter_map(|leaf| self.info(&leaf.term));
        let n_postings: u64 = infos.map(|info| u64::from(info.doc_freq)).sum();
        if n_postings < u64::from(max_doc / 64) {
            let mut docs = Vec::new();
            for leaf in leaves {
                if let Some(cursor) = self.cursor(leaf, false)? {
                    cursor.for_each(|doc| docs.push(doc));
                }
            }
            return Ok(Box::new(Listed::new(docs)));
        }
        let mut words = vec![0_u64; max_doc as usize / 64 + 1];
        for leaf in leaves {
            if let Some(cursor) = self.cursor(leaf, false)? {
                cursor.for_each(|doc| words[doc as usize / 64] |= 1 << (doc % 64));
            }
        }
        Ok(Box::new(Bits::new(words)))
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
        let option = if scored || leaf.minus.is_some() {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        };
        let inverted = self.segment.inverted_index(leaf.term.field)?;
        let block = inverted.read_block_postings_from_terminfo(info, option)?;
        let cursor = TermCursor::new(block, scoring);
        let Some(title) = leaf.minus.as_ref() else {
            return Ok(Some(cursor));
        };
        let Some(info) = self.info(title) else {
            return Ok(Some(cursor));
        };
        let inverted = self.segment.inverted_index(title.field)?;
        let block =
            inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        Ok(Some(
            cursor.minus(TermCursor::new(block, None), TITLE_WEIGHT),
        ))
    }

    fn scoring(&self, leaf: &Leaf) -> Result<Scoring, SearchError> {
        let doc_freq = leaf.as_frequent_as.unwrap_or(leaf.term.doc_freq);
        let n_docs = self.snapshot.n_docs.max(doc_freq);
        let (average, norms) = self.lengths_of(leaf.term.field)?;
        let fields = &self.snapshot.fields;
        let is_presence = ![fields.text, fields.title].contains(&leaf.term.field);
        let weight = Bm25Weight::for_one_term_without_explain(doc_freq, n_docs, average);
        Ok(Scoring {
            weight: weight.boost_by(leaf.weight),
            norms,
            block_slack: self.block_slack(leaf.term.field, average)?,
            is_presence,
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
    fn lengths_of(&self, field: Field) -> Result<(f32, FieldNormReader), SearchError> {
        let fields = &self.snapshot.fields;
        let average = if field == fields.text {
            self.lengths.text
        } else if field == fields.title {
            self.lengths.title
        } else {
            return Ok((1.0, FieldNormReader::constant(self.segment.max_doc(), 1)));
        };
        Ok((average, self.segment.get_fieldnorms_reader(field)?))
    }

    fn phrase(&self, phrase: &PhraseLeaf) -> Result<Option<PhraseSet>, SearchError> {
        let mut slots = Vec::with_capacity(phrase.slots.len());
        let option = IndexRecordOption::WithFreqsAndPositions;
        let inverted = self.segment.inverted_index(self.snapshot.fields.text)?;
        for (forms, offset) in &phrase.slots {
            let mut lists = Vec::with_capacity(forms.len());
            for form in forms {
                if let Some(info) = self.info(&form.term) {
                    let postings = inverted.read_postings_from_terminfo(info, option)?;
                    lists.push((postings, form.mask));
                }
            }
            if lists.is_empty() {
                return Ok(None);
            }
            slots.push(Slot::new(lists, *offset));
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

impl Plan {
    /// One clause of terms, and perhaps a set of all its documents: the best
    /// can be found without counting all, and all counted without scoring any.
    /// Phrases cost too much to be run twice.
    pub(crate) fn is_union(&self) -> bool {
        match self.clauses.as_slice() {
            [clause] => {
                self.sets.is_empty()
                    && clause.phrases.is_empty()
                    && clause.wide.is_none()
                    && (clause.sets.is_empty() || clause.n_docs.is_some())
            }
            _ => false,
        }
    }

    /// Takes many lists together.
    fn widen(&mut self) {
        for clause in &mut self.clauses {
            let n_lists = clause.terms.len() + clause.sets.len() + clause.phrases.len();
            if n_lists > MAX_NARROW {
                clause.wide = Some(Wide::new(
                    std::mem::take(&mut clause.terms),
                    std::mem::take(&mut clause.sets),
                    std::mem::take(&mut clause.phrases),
                ));
            }
        }
        if self.scorers.len() > MAX_NARROW {
            let terms = std::mem::take(&mut self.scorers);
            self.wide_scorers = Some(Wide::new(terms, Vec::new(), Vec::new()));
        }
    }
}

impl Clause {
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
            && self.sets.is_empty()
            && self.phrases.is_empty()
            && self.wide.is_none()
    }

    /// Sets and phrases, as sets.
    fn take_sets(&mut self) -> Vec<Box<dyn DocSet>> {
        let mut sets = std::mem::take(&mut self.sets);
        for phrase in self.phrases.drain(..) {
            sets.push(Box::new(phrase));
        }
        sets
    }

    /// Only terms, which can be pruned.
    pub(crate) fn is_terms_only(&self) -> bool {
        self.sets.is_empty() && self.phrases.is_empty()
    }

    pub(crate) fn cost(&self) -> u64 {
        if let Some(wide) = &self.wide {
            return u64::from(wide.size_hint());
        }
        let terms = self.terms.iter().map(|term| u64::from(term.size_hint()));
        let sets = self.sets.iter().map(|set| u64::from(set.size_hint()));
        let phrases = self
            .phrases
            .iter()
            .map(|set| 8 * u64::from(set.size_hint()));
        terms.chain(sets).chain(phrases).sum()
    }

    /// The first document at or after where it stands.
    pub(crate) fn doc(&self) -> DocId {
        if let Some(wide) = &self.wide {
            return wide.doc();
        }
        let mut first = TERMINATED;
        for term in &self.terms {
            first = first.min(term.doc());
        }
        for set in &self.sets {
            first = first.min(set.doc());
        }
        for phrase in &self.phrases {
            first = first.min(phrase.doc());
        }
        first
    }

    /// Moves on to the next document at or after `target`.
    #[inline]
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if let ([term], true, true) = (
            self.terms.as_mut_slice(),
            self.sets.is_empty(),
            self.phrases.is_empty(),
        ) {
            return term.seek(target);
        }
        if let Some(wide) = &mut self.wide {
            return wide.seek(target);
        }
        for term in &mut self.terms {
            if term.doc() < target {
                term.seek(target);
            }
        }
        for set in &mut self.sets {
            if set.doc() < target {
                set.seek(target);
            }
        }
        for phrase in &mut self.phrases {
            if phrase.doc() < target {
                phrase.seek(target);
            }
        }
        self.doc()
    }

    /// Whether it holds at `doc`; terms are left at or after it. Phrases are
    /// only looked at where no term holds, and only at this document.
    #[inline]
    pub(crate) fn holds(&mut self, doc: DocId) -> bool {
        if let Some(wide) = &mut self.wide {
            return wide.seek(doc) == doc;
        }
        let mut holds = false;
        for term in &mut self.terms {
            let at = if term.doc() < doc {
                term.seek(doc)
            } else {
                term.doc()
            };
            holds |= at == doc;
        }
        holds
            || self.sets.iter_mut().any(|set| {
                if set.doc() < doc {
                    set.seek(doc);
                }
                set.doc() == doc
            })
            || self.phrases.iter_mut().any(|phrase| phrase.holds(doc))
    }

    /// What the terms that stand at `doc` add to its score.
    #[inline]
    pub(crate) fn score_at(&mut self, doc: DocId) -> f64 {
        if let Some(wide) = &self.wide {
            return wide.score();
        }
        let mut score = 0.0;
        for term in &mut self.terms {
            if term.doc() == doc {
                score += f64::from(term.score());
            }
        }
        score
    }

    fn into_docset(mut self) -> Box<dyn DocSet> {
        let n_lists = self.terms.len() + self.sets.len() + self.phrases.len();
        if n_lists > MAX_NARROW {
            return Box::new(Wide::new(self.terms, self.sets, self.phrases));
        }
        let mut sets = self.take_sets();
        if self.n_docs.is_none() {
            for term in self.terms {
                sets.push(Box::new(term));
            }
        }
        if sets.len() == 1 {
            return sets.remove(0);
        }
        any_of(sets)
    }
}
