//! How long tests take: the slowest are listed at the end, because all of them together have a
//! limit.
#![expect(clippy::print_stdout, reason = "the list is for whoever reads what a test run prints")]

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

/// How many tests are listed.
const LISTED: usize = 15;

/// What has ended, in that order. The lock guards only the list.
static ENDED: Mutex<Vec<(Duration, String)>> = Mutex::new(Vec::new());

/// A test whose time is measured.
pub fn test(
    name: impl Into<String>,
    run: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let name = name.into();
    let measured = name.clone();
    Trial::test(name, move || {
        let started = Instant::now();
        let outcome = run();
        let mut ended = ENDED.lock().expect("nobody panics while holding the list");
        ended.push((started.elapsed(), measured));
        outcome
    })
}

/// Mixes tests that wait, for browsers and watchers, with those that compute: a core idles where
/// only those of one kind run. The order follows from the names, and is the same in every run.
pub fn mix(trials: &mut [Trial]) {
    let place = |trial: &Trial| {
        let mut hasher = DefaultHasher::new();
        trial.name().hash(&mut hasher);
        hasher.finish()
    };
    trials.sort_by_cached_key(place);
}

/// Prints the slowest tests, if there were many.
pub fn print_slowest() {
    let mut ended = ENDED.lock().expect("nobody panics while holding the list");
    if ended.len() <= LISTED {
        return;
    }
    ended.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    println!("the slowest tests:");
    for (time, name) in &ended[..LISTED] {
        println!("{:6.1} s  {name}", time.as_secs_f64());
    }
}
