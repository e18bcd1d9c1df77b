//! How long look-ups may wait for segments. Waiting pays as long as making the entries would take
//! longer, so what arrives earns time, and waiting spends it.

use std::time::Duration;

/// A whole build divided by this may be lost to a store that names segments and does not send them.
const AT_FIRST: u32 = 50;
/// A store sends its first segment in this time or so. Small builds wait for it too, but not longer
/// than their time divided by `AT_FIRST_SMALL`.
const SHORTEST: Duration = Duration::from_millis(100);
const AT_FIRST_SMALL: u32 = 8;
/// What a manifest says may be wrong: this is the most that is believed.
const LONGEST: Duration = Duration::from_secs(10);
/// The time that an arrived segment saves, divided by this, may be spent on waiting for the next.
const EARNED: u32 = 2;

/// The time that is left for waiting. Whatever a store does, a build takes at most the time of a
/// build without it and a part of `AT_FIRST`: the rest of what is spent was saved before.
pub(crate) struct Budget {
    /// The time in which one entry is made.
    entry: Duration,
    left: Duration,
}

impl Budget {
    /// The budget for fetching `entries` of which one takes `cost` microseconds of one core, on
    /// `threads` cores.
    pub fn new(entries: usize, cost: u64, threads: usize) -> Self {
        let entry = Duration::from_micros(cost / threads.max(1) as u64);
        let whole = times(entry, entries);
        let left = (whole / AT_FIRST).max(SHORTEST.min(whole / AT_FIRST_SMALL)).min(LONGEST);
        Self { entry, left }
    }

    /// A segment with so many entries has arrived.
    pub fn earn(&mut self, entries: usize) {
        self.left = self.left.saturating_add(times(self.entry, entries) / EARNED);
    }

    /// Look-ups have waited for some time. Returns whether waiting still pays.
    pub fn spend(&mut self, time: Duration) -> bool {
        self.left = self.left.saturating_sub(time);
        !self.left.is_zero()
    }
}

fn times(entry: Duration, entries: usize) -> Duration {
    entry.saturating_mul(u32::try_from(entries).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Budget, Duration};

    #[test]
    fn a_silent_store_costs_a_fiftieth_of_a_long_build() {
        // 40,000 modules, 250 µs for each of their two entries, two cores: 10 s.
        let mut budget = Budget::new(80_000, 250, 2);
        assert!(budget.spend(Duration::from_millis(150)));
        assert!(!budget.spend(Duration::from_millis(50)));
    }

    #[test]
    fn what_arrives_earns_half_of_what_it_saves() {
        let mut budget = Budget::new(80_000, 100, 2);
        budget.earn(20_000);
        assert!(budget.spend(Duration::from_millis(550)));
        assert!(!budget.spend(Duration::from_millis(100)));
    }

    #[test]
    fn what_a_manifest_says_is_believed_within_reason() {
        let mut budget = Budget::new(usize::MAX, u64::MAX, 1);
        assert!(!budget.spend(Duration::from_secs(10)));
    }

    #[test]
    fn small_builds_do_not_wait_longer_than_they_take() {
        let mut budget = Budget::new(10, 100, 1);
        assert!(!budget.spend(Duration::from_millis(1)));
    }
}
