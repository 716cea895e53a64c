//! Sets of numbers as ranges.

/// Ranges of numbers, both ends included, in order and apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    pub(crate) fn one(low: u64, high: u64) -> Ranges {
        Ranges(vec![(low, high)])
    }

    /// All numbers of some.
    pub(crate) fn joined(parts: impl IntoIterator<Item = Ranges>) -> Ranges {
        let mut all: Vec<(u64, u64)> = parts.into_iter().flat_map(|part| part.0).collect();
        all.sort_unstable();
        let mut joined: Vec<(u64, u64)> = Vec::new();
        for (low, high) in all {
            match joined.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        Ranges(joined)
    }

    /// The numbers that are in both.
    pub(crate) fn meet(&self, other: &Ranges) -> Ranges {
        let (mut left, mut right) = (self.0.as_slice(), other.0.as_slice());
        let mut met = Vec::new();
        while let ([one, rest_left @ ..], [two, rest_right @ ..]) = (left, right) {
            let (low, high) = (one.0.max(two.0), one.1.min(two.1));
            if low <= high {
                met.push((low, high));
            }
            if one.1 < two.1 {
                left = rest_left;
            } else {
                right = rest_right;
            }
        }
        Ranges(met)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn hold(&self, number: u64) -> bool {
        let n_below = self.0.partition_point(|(_, high)| *high < number);
        self.0.get(n_below).is_some_and(|(low, _)| *low <= number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(parts: &[(u64, u64)]) -> Ranges {
        Ranges::joined(parts.iter().map(|(low, len)| Ranges::one(*low, low + len)))
    }

    proptest! {
        #[test]
        fn hold_what_any_part_or_both_sides_hold(
            one in proptest::collection::vec((0_u64..60, 0_u64..9), 0..8),
            two in proptest::collection::vec((0_u64..60, 0_u64..9), 0..8),
        ) {
            let is_in = |parts: &[(u64, u64)], n: u64| parts.iter().any(|(low, len)| (*low..=low + len).contains(&n));
            let met = of(&one).meet(&of(&two));
            let mut any = false;
            for n in 0..80 {
                prop_assert_eq!(of(&one).hold(n), is_in(&one, n));
                prop_assert_eq!(met.hold(n), is_in(&one, n) && is_in(&two, n));
                any |= met.hold(n);
            }
            prop_assert_eq!(met.is_empty(), !any);
        }
    }

    #[test]
    fn the_largest_number_is_in_them() {
        let all = Ranges::joined([Ranges::one(3, u64::MAX), Ranges::one(u64::MAX, u64::MAX)]);
        assert_eq!(all, Ranges::one(3, u64::MAX));
        assert!(all.hold(u64::MAX) && !all.hold(2));
    }
}
