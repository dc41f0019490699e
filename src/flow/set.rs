//! A set of nodes as bits, for what is worked out in every state of the proof.

use super::NodeIx;

/// A set of nodes of one flow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NodeSet {
    words: Vec<u64>,
}

impl NodeSet {
    /// Gives the empty set, with room for that many nodes.
    pub(super) fn with_room(nodes: usize) -> Self {
        Self {
            words: vec![0; nodes.div_ceil(64)],
        }
    }

    /// Gives the set of the first nodes.
    pub(super) fn full(nodes: usize) -> Self {
        let mut words = vec![u64::MAX; nodes.div_ceil(64)];
        if let (Some(last), rest @ 1..) = (words.last_mut(), nodes % 64) {
            *last = (1 << rest) - 1;
        }
        Self { words }
    }

    pub(super) fn contains(&self, node: NodeIx) -> bool {
        self.words
            .get(node.0 / 64)
            .is_some_and(|word| word & (1 << (node.0 % 64)) != 0)
    }

    /// Adds a node; tells whether it is new.
    pub(super) fn insert(&mut self, node: NodeIx) -> bool {
        let at = node.0 / 64;
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        let Some(word) = self.words.get_mut(at) else {
            return false;
        };
        let bit = 1 << (node.0 % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Adds all of the other set; tells whether some were new.
    pub(super) fn unite(&mut self, other: &Self) -> bool {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        let mut grown = false;
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            grown |= more & !*word != 0;
            *word |= more;
        }
        grown
    }

    /// Keeps only what the other set has too.
    pub(super) fn intersect(&mut self, other: &Self) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
    }

    pub(super) fn meets(&self, mut nodes: impl Iterator<Item = NodeIx>) -> bool {
        nodes.any(|node| self.contains(node))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = NodeIx> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            (0..64)
                .filter(move |bit| word & (1 << bit) != 0)
                .map(move |bit| NodeIx(at * 64 + bit))
        })
    }
}

impl FromIterator<NodeIx> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeIx>>(nodes: I) -> Self {
        let mut set = Self::default();
        for node in nodes {
            set.insert(node);
        }
        set
    }
}

impl<'a> Extend<&'a NodeIx> for NodeSet {
    fn extend<I: IntoIterator<Item = &'a NodeIx>>(&mut self, nodes: I) {
        for &node in nodes {
            self.insert(node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_full_set_has_the_first_nodes() {
        for count in [0, 1, 63, 64, 65, 128] {
            let set: Vec<usize> = NodeSet::full(count).iter().map(|node| node.0).collect();
            assert_eq!(set, (0..count).collect::<Vec<_>>());
        }
    }
}
