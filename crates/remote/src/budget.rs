//! How long look-ups may wait for segments. Waiting pays as long as making the entries would take
//! longer, so what arrives earns time, and waiting spends it.

use std::time::Duration;

/// A whole build divided by this may be lost to a store that names segments and does not send them.
const AT_FIRST: u32 = 50;
/// A store sends its first segment in this time or so. Small builds wait for it too, but not longer
/// than their time divided by `AT_FIRST_SMALL`.
const SHORTEST: Duration = Duration::from_millis(100);
const AT_FIRST_SMALL: u32 = 8;
/// A manifest may state a wrong cost, so the budget never begins with more than this.
const LONGEST: Duration = Duration::from_secs(10);
/// The time that an arrived segment saves, divided by this, may be spent on waiting for the next.
const EARNED: u32 = 2;

/// The time that is left for waiting. Whatever a store does, a build takes at most the time of a
/// build without it and what the budget begins with: all other time that is spent was saved before.
pub(crate) struct Budget {
    /// The time in which all entries are made.
    whole: Duration,
    /// The bytes of all entries.
    bytes: u64,
    left: Duration,
}

impl Budget {
    /// The budget for fetching entries of this number and size, on `threads` cores. `cost`: the
    /// microseconds of one core that an entry takes.
    pub fn new(entries: usize, bytes: u64, cost: u64, threads: usize) -> Self {
        let entry = Duration::from_micros(cost / threads.max(1) as u64);
        let whole = entry.saturating_mul(u32::try_from(entries).unwrap_or(u32::MAX));
        let left = (whole / AT_FIRST).max(SHORTEST.min(whole / AT_FIRST_SMALL)).min(LONGEST);
        Self { whole, bytes: bytes.max(1), left }
    }

    /// A segment of this size has arrived. Large entries take longer than small ones, so it saves
    /// its share of the bytes.
    pub fn earn(&mut self, bytes: u64) {
        let saved = self.whole.as_micros() * u128::from(bytes) / u128::from(self.bytes);
        let saved = Duration::from_micros(u64::try_from(saved).unwrap_or(u64::MAX));
        self.left = self.left.saturating_add(saved.min(self.whole) / EARNED);
    }

    /// Look-ups have waited for some time. Returns whether waiting still pays.
    pub fn spend(&mut self, time: Duration) -> bool {
        self.left = self.left.saturating_sub(time);
        !self.left.is_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Duration};

    #[test]
    fn a_silent_store_costs_a_fiftieth_of_a_long_build() {
        // 40,000 modules, 250 µs for each of their two entries, two cores: 10 s.
        let mut budget = Budget::new(80_000, 1, 250, 2);
        assert!(budget.spend(Duration::from_millis(150)));
        assert!(!budget.spend(Duration::from_millis(50)));
    }

    #[test]
    fn what_arrives_earns_half_of_what_it_saves() {
        let mut budget = Budget::new(80_000, 4_000_000, 100, 2);
        budget.earn(1_000_000);
        assert!(budget.spend(Duration::from_millis(550)));
        assert!(!budget.spend(Duration::from_millis(100)));
    }

    #[test]
    fn what_a_manifest_says_is_believed_within_reason() {
        let mut budget = Budget::new(usize::MAX, 0, u64::MAX, 1);
        assert!(!budget.spend(Duration::from_secs(10)));
    }

    #[test]
    fn small_builds_do_not_wait_longer_than_they_take() {
        let mut budget = Budget::new(10, 1, 100, 1);
        assert!(!budget.spend(Duration::from_millis(1)));
    }
}
