//! How often to poll: quickly after a change, because edits come in groups; at rest so seldom that
//! polling costs next to nothing, and yet often enough to notice a change within a second.

use std::time::{Duration, Instant};

use bundle_base::config::Poll;

/// Pairs of a time since the last change, and the interval between polls until then.
const PACES: [(Duration, Duration); 2] = [
    (Duration::from_secs(5), Duration::from_millis(100)),
    (Duration::from_secs(30), Duration::from_millis(300)),
];
/// The interval between polls at rest.
const REST: Duration = Duration::from_millis(950);

/// Decides when to poll next.
pub struct Pace {
    /// The interval that the configuration sets.
    fixed: Option<Duration>,
    last_change: Option<Instant>,
    /// How long the last poll took.
    took: Duration,
    next: Option<Instant>,
}

impl Pace {
    /// Takes over the configuration.
    pub fn set(&mut self, poll: Poll) {
        self.fixed = match poll {
            Poll::Every(milliseconds) => Some(Duration::from_millis(u64::from(milliseconds))),
            Poll::Auto | Poll::Always | Poll::Never => None,
        };
        self.next = None;
    }

    /// Returns when to poll again; `None`: at once.
    pub fn next(&self) -> Option<Instant> {
        self.next
    }

    /// Returns how long the last poll took.
    pub fn last_duration(&self) -> Duration {
        self.took
    }

    /// Records that a poll which began at `begin` is over.
    pub fn polled(&mut self, begin: Instant, is_change: bool) {
        self.took = begin.elapsed();
        if is_change {
            self.last_change = Some(begin);
        }
        self.next = Some(begin + self.interval(begin));
    }

    /// Records a change that an event reported. Polls soon, because more changes usually follow.
    pub fn hurry(&mut self, now: Instant) {
        self.last_change = Some(now);
        if let Some(next) = &mut self.next {
            *next = (*next).min(now + PACES[0].1);
        }
    }

    /// Returns the time from the start of one poll to the start of the next.
    fn interval(&self, now: Instant) -> Duration {
        let since = self.last_change.map(|last| now.saturating_duration_since(last));
        let usual = PACES.iter().find(|(age, _)| since.is_some_and(|since| since < *age));
        // Where polling itself is slow, it must not take up the machine.
        match (self.fixed, usual) {
            (Some(fixed), _) => fixed.max(self.took * 2),
            (None, Some((_, quick))) => (*quick).max(self.took * 5).min(REST.max(self.took * 2)),
            (None, None) => REST.max(self.took * 2),
        }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self { fixed: None, last_change: None, took: Duration::ZERO, next: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the interval in milliseconds, `since` seconds after a change, where a poll takes
    /// `took` milliseconds.
    fn interval(fixed: Option<u64>, since: Option<u64>, took: u64) -> u128 {
        #[expect(clippy::disallowed_methods, reason = "any moment will do")]
        let now = Instant::now() + Duration::from_hours(1);
        let last_change = since.map(|seconds| {
            now.checked_sub(Duration::from_secs(seconds)).expect("it is an hour later")
        });
        let fixed = fixed.map(Duration::from_millis);
        Pace { fixed, last_change, took: Duration::from_millis(took), next: None }
            .interval(now)
            .as_millis()
    }

    #[test]
    fn it_is_quick_after_a_change_and_slow_at_rest() {
        assert_eq!(
            [Some(0), Some(10), Some(60), None].map(|since| interval(None, since, 5)),
            [100, 300, 950, 950]
        );
    }

    #[test]
    fn slow_file_systems_are_polled_less_often() {
        assert_eq!(
            [5, 50, 400, 2_000].map(|took| interval(None, Some(0), took)),
            [100, 250, 950, 4_000]
        );
        assert_eq!([5, 400, 2_000].map(|took| interval(None, None, took)), [950, 950, 4_000]);
    }

    #[test]
    fn an_interval_that_somebody_chose_stays() {
        assert_eq!([Some(0), None].map(|since| interval(Some(250), since, 5)), [250, 250]);
    }
}
