//! What the parser remembers of one pair of parentheses while it is open.

use std::ops::Range;

use super::ast::Ast;
use super::name::Target;
use super::near::Nearness;

/// What stands before an operand: `NOT`, `-`, `+`, `=`, `^`, `title:`, `NEAR/3`.
#[derive(Debug, Clone, Default)]
pub(super) struct Pending {
    pub(super) start: Option<usize>,
    pub(super) is_not: bool,
    pub(super) is_required: bool,
    pub(super) is_exact: bool,
    pub(super) is_first: bool,
    pub(super) target: Option<Target>,
    /// How near, and where the operator stands.
    pub(super) near: Option<(Nearness, Range<usize>)>,
}

impl Pending {
    /// Nothing but perhaps a `NOT` or `+`: a word here may be one of a run.
    pub(super) fn is_bare(&self) -> bool {
        !self.is_exact && !self.is_first && self.target.is_none() && self.near.is_none()
    }
}

/// One pair of parentheses, or the whole.
#[derive(Debug)]
pub(super) struct Frame {
    /// Where it opened.
    pub(super) start: usize,
    /// What stood before it.
    pub(super) outer: Pending,
    /// Where the operands inside are looked for, unless they say otherwise.
    pub(super) target: Target,
    /// Whether they are taken as they are.
    pub(super) is_exact: bool,
    /// What stands before the operand that comes next.
    pub(super) pending: Pending,
    /// Parentheses inside that were too deep and not opened.
    pub(super) n_ignored: usize,
    /// Whether there were any.
    pub(super) is_flattened: bool,
    /// Where the run of words starts that a tag behind would be about.
    run_start: usize,
    /// Whether the next bare word is of that run.
    is_run_open: bool,
    /// `2020[dp] :` was read: where its node is.
    pub(super) range_low: Option<usize>,
    alternatives: Vec<Ast>,
    pub(super) current: Vec<Ast>,
    join: Option<Range<usize>>,
    has_and: bool,
    first_or: Option<Range<usize>>,
    n_implicit: usize,
    has_other: bool,
}

/// What a frame came to.
pub(super) struct Finished {
    /// Nothing when there was nothing inside.
    pub(super) ast: Option<Ast>,
    /// An operator with nothing behind it.
    pub(super) dangling: Option<Range<usize>>,
    /// An `OR` that stands beside an `AND`.
    pub(super) mixed: Option<Range<usize>>,
    /// Too deep to keep what its operators mean.
    pub(super) is_lost: bool,
}

impl Frame {
    pub(super) fn new(start: usize, outer: Pending, target: Target, is_exact: bool) -> Frame {
        Frame {
            start,
            outer,
            target,
            is_exact,
            pending: Pending::default(),
            n_ignored: 0,
            is_flattened: false,
            run_start: 0,
            is_run_open: false,
            range_low: None,
            alternatives: Vec::new(),
            current: Vec::new(),
            join: None,
            has_and: false,
            first_or: None,
            n_implicit: 0,
            has_other: false,
        }
    }

    /// `AND`; false when there is nothing before it.
    pub(super) fn and(&mut self, span: Range<usize>) -> bool {
        self.end_run();
        if self.join.is_some() || self.current.is_empty() {
            return false;
        }
        self.has_and = true;
        self.join = Some(span);
        true
    }

    /// `OR`; false when there is nothing before it.
    pub(super) fn or(&mut self, span: Range<usize>) -> bool {
        self.end_run();
        if self.join.is_some() || self.current.is_empty() {
            return false;
        }
        self.close_alternative(true);
        self.first_or.get_or_insert_with(|| span.clone());
        self.join = Some(span);
        true
    }

    /// The node that `NEAR` is about; `None` when there is none.
    pub(super) fn take_left_of_near(&mut self) -> Option<Ast> {
        self.current.pop()
    }

    /// Whether an operator waits for what comes next.
    pub(super) fn is_joined(&self) -> bool {
        self.join.is_some() || self.current.is_empty()
    }

    /// `NOT` and the like, which parentheses too deep must not lose.
    pub(super) fn note_operator(&mut self) {
        self.has_other = true;
    }

    /// A member. One of a run of bare words may be what a tag behind is about.
    pub(super) fn push(&mut self, ast: Ast, is_bare_word: bool) {
        let idx = self.current.len();
        if self.join.take().is_none() && idx > 0 {
            self.n_implicit += 1;
        }
        if !(is_bare_word && self.is_run_open) {
            self.run_start = idx;
        }
        self.is_run_open = is_bare_word;
        self.current.push(ast);
    }

    /// The last word of the run the next bare word would go on with.
    pub(super) fn last_of_run(&mut self) -> Option<&mut Ast> {
        self.current.last_mut().filter(|_| self.is_run_open)
    }

    /// The words that a tag here would be about.
    pub(super) fn run(&self) -> &[Ast] {
        self.current.get(self.run_start..).unwrap_or_default()
    }

    /// Only the last so many words are what a tag here is about.
    pub(super) fn narrow_run(&mut self, n_words: usize) {
        let start = self.current.len().saturating_sub(n_words);
        self.run_start = self.run_start.max(start);
    }

    /// What a tag is about: the words before it.
    pub(super) fn take_run(&mut self) -> Vec<Ast> {
        let start = self.run_start.min(self.current.len());
        let run = self.current.split_off(start);
        // They become one member.
        self.n_implicit = self.n_implicit.saturating_sub(run.len().saturating_sub(1));
        self.end_run();
        run
    }

    /// Puts back what a tag was about.
    pub(super) fn put_back(&mut self, run: impl IntoIterator<Item = Ast>) {
        self.current.extend(run);
        self.end_run();
    }

    /// Nothing before this is part of a run any more.
    pub(super) fn end_run(&mut self) {
        self.run_start = self.current.len();
        self.is_run_open = false;
    }

    pub(super) fn finish(mut self) -> Finished {
        let dangling = self.join.take();
        let has_operator = self.has_and || self.first_or.is_some();
        self.close_alternative(has_operator);
        let mixed = self
            .first_or
            .take_if(|_| self.has_and || self.n_implicit > 0);
        let is_lost = self.is_flattened && (self.has_other || self.alternatives.len() > 1);
        let ast = (!self.alternatives.is_empty()).then(|| Ast::or(self.alternatives));
        Finished {
            ast,
            dangling,
            mixed,
            is_lost,
        }
    }

    fn close_alternative(&mut self, has_operator: bool) {
        if self.current.is_empty() {
            return;
        }
        let members = std::mem::take(&mut self.current);
        self.alternatives.push(if has_operator {
            Ast::and(members)
        } else {
            Ast::words(members)
        });
        self.end_run();
    }
}
