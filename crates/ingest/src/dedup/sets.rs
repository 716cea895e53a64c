//! Which documents belong together: union by size with path halving (Tarjan
//! and van Leeuwen, *Worst-case Analysis of Set Union Algorithms*, 1984), sets
//! no larger than [`MAX_VERSIONS`].

use abs_schema::works::MAX_VERSIONS;

/// Documents in disjoint sets.
pub(super) struct Sets {
    parents: Vec<u32>,
    /// Of roots.
    sizes: Vec<u8>,
}

impl Sets {
    /// Every document alone.
    pub(super) fn new(n_docs: u32) -> Sets {
        Sets {
            parents: (0..n_docs).collect(),
            sizes: vec![1; n_docs as usize],
        }
    }

    /// The document that stands for the set of `doc`.
    pub(super) fn root(&mut self, mut doc: u32) -> u32 {
        loop {
            let parent = self.parents[doc as usize];
            if parent == doc {
                return doc;
            }
            let grandparent = self.parents[parent as usize];
            self.parents[doc as usize] = grandparent;
            doc = grandparent;
        }
    }

    /// Documents in the set of `doc`.
    pub(super) fn len_of(&mut self, doc: u32) -> usize {
        let root = self.root(doc);
        usize::from(self.sizes[root as usize])
    }

    /// Makes one set of two, unless it would be too large.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let sizes = [self.sizes[a as usize], self.sizes[b as usize]];
        let size = sizes[0].saturating_add(sizes[1]);
        if a == b || usize::from(size) > MAX_VERSIONS {
            return;
        }
        let (child, root) = if sizes[0] < sizes[1] { (a, b) } else { (b, a) };
        self.parents[child as usize] = root;
        self.sizes[root as usize] = size;
    }
}
