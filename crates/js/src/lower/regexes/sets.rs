//! Sets of code points: sorted ranges, both ends included, that neither meet nor overlap.

/// The last code point.
pub(super) const LAST: u32 = 0x10_FFFF;

/// A set of code points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set {
    ranges: Vec<(u32, u32)>,
}

impl Set {
    /// Makes a set from ranges in any order.
    pub fn of(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (start, end) in ranges {
            match joined.last_mut() {
                Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        Self { ranges: joined }
    }

    /// Makes a set of one code point.
    pub fn one(code: u32) -> Self {
        Self { ranges: vec![(code, code)] }
    }

    /// The ranges, in order.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether some code point of a range is in it.
    pub fn meets(&self, start: u32, end: u32) -> bool {
        let at = self.ranges.partition_point(|range| range.1 < start);
        self.ranges.get(at).is_some_and(|range| range.0 <= end)
    }

    /// Whether a code point is in it.
    pub fn has(&self, code: u32) -> bool {
        self.meets(code, code)
    }

    /// Returns what is in one of the sets.
    pub fn union(mut self, other: &Self) -> Self {
        self.ranges.extend(&other.ranges);
        Self::of(self.ranges)
    }

    /// Returns what is not in it, up to a last code point.
    pub fn complement(&self, last: u32) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0;
        for (start, end) in &self.ranges {
            if *start > next {
                ranges.push((next, start - 1));
            }
            next = end + 1;
        }
        if next <= last {
            ranges.push((next, last));
        }
        Self { ranges }
    }

    /// Returns what is in both sets.
    pub fn intersection(&self, other: &Self) -> Self {
        let mut ranges = Vec::new();
        let (mut a, mut b) = (self.ranges.iter().peekable(), other.ranges.iter().peekable());
        while let (Some(one), Some(two)) = (a.peek(), b.peek()) {
            let (start, end) = (one.0.max(two.0), one.1.min(two.1));
            if start <= end {
                ranges.push((start, end));
            }
            if one.1 < two.1 {
                a.next()
            } else {
                b.next()
            };
        }
        Self { ranges }
    }

    /// Returns what is in this set and not in the other.
    pub fn difference(&self, other: &Self) -> Self {
        self.intersection(&other.complement(LAST))
    }

    /// Returns the part between two code points.
    pub fn within(&self, start: u32, end: u32) -> Self {
        self.intersection(&Self { ranges: vec![(start, end)] })
    }

    /// Every code point in it.
    pub fn codes(&self) -> impl Iterator<Item = u32> + '_ {
        self.ranges.iter().flat_map(|(start, end)| *start..=*end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algebra() {
        let set = |ranges: &[(u32, u32)]| Set::of(ranges.to_vec());
        let digits = set(&[(53, 57), (48, 52)]);
        assert_eq!(digits.ranges(), [(48, 57)]);
        assert_eq!(digits.complement(100).ranges(), [(0, 47), (58, 100)]);
        assert_eq!(digits.complement(LAST).complement(LAST), digits);
        assert_eq!(digits.intersection(&set(&[(0, 50), (57, 90)])).ranges(), [(48, 50), (57, 57)]);
        assert_eq!(digits.difference(&Set::one(50)).ranges(), [(48, 49), (51, 57)]);
        assert!(digits.has(48) && !digits.has(58) && digits.meets(57, 99));
        assert_eq!(digits.union(&set(&[(58, 60)])).ranges(), [(48, 60)]);
    }
}
