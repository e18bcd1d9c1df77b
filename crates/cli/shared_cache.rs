//! The cache that the machines of a team share, in a build: what is fetched from it while the build
//! runs, and what the build writes to it if it is asked to. A store that does not work makes a
//! build no slower than one without, and is a warning at most.

use std::{
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use bundle_base::{Config, Diagnostics};
use bundle_engine::{Cache, Counts, Demand, Phase};
use bundle_remote::{
    Address, Domain, Failure, Store, StoreLocation,
    fetch::{Fetch, Progress, Wanted},
    open,
    publish::{NewSegments, Published, needed, publish},
};

use crate::messages;

/// The variable with the address, which counts more than `cache.remote`. An empty value turns the
/// shared cache off.
const REMOTE: &str = "BUNDLE_CACHE_REMOTE";
/// The variable with the domain to write to. Builds without it only read.
const WRITE: &str = "BUNDLE_CACHE_WRITE";
/// The variable that lets a build wait for the shared cache as long as it takes. For tests.
const WAIT: &str = "BUNDLE_CACHE_WAIT";
/// How long such a build waits for the manifests.
const LONGEST: Duration = Duration::from_mins(1);
/// A store that has not answered so long after the begin of a build is not written to.
const ANSWER: Duration = Duration::from_secs(1);
/// Writing ends if the store takes nothing for this time, or for a 25th (`STALLED`) of the phases
/// whose results are stored, if that is longer.
const STALL: Duration = Duration::from_secs(1);
const STALLED: u32 = 25;
/// Writing may take as long as these phases took, and this time at least.
const LEAST: Duration = Duration::from_secs(3);

/// Where the shared cache of a configuration is.
pub struct Sharing {
    address: Address,
    read: Vec<Domain>,
    write: Option<Domain>,
}

/// The shared cache of a build that runs.
pub struct Shared {
    store: Arc<dyn Store>,
    fetch: Fetch,
    shown: String,
    /// Where the build writes, if it does.
    write: Option<StoreLocation>,
    is_patient: bool,
    begin: Instant,
}

/// What became of the shared cache in a build.
pub struct Outcome {
    /// What was fetched.
    pub fetched: Progress,
    /// What was written; `None`: the build only reads.
    pub published: Option<Published>,
}

/// When the phases whose results are stored began and ended.
#[derive(Default)]
pub struct Clock {
    since: Option<Instant>,
    spent: Duration,
}

impl Clock {
    /// Notes that a phase begins.
    #[expect(clippy::disallowed_methods, reason = "the cost is published with the segments")]
    pub fn phase(&mut self, phase: Phase) {
        let now = Instant::now();
        if let Some(since) = self.since.take() {
            self.spent += now - since;
        }
        self.since = matches!(phase, Phase::Scan | Phase::Render).then_some(now);
    }

    /// Returns what one entry cost, in microseconds of a core. `None`: some were not made, and the
    /// build may have waited for them.
    fn cost(&self, counts: Counts, threads: usize) -> Option<u64> {
        let made = counts.analysed + counts.rendered;
        let microseconds = self.spent.as_micros() * threads as u128 / made.max(1) as u128;
        (counts.restored == 0).then(|| u64::try_from(microseconds).unwrap_or(u64::MAX))
    }
}

/// Decides where the shared cache is; `None`: there is none. Mistakes go to `log`.
pub fn decide(config: &Config, log: &mut Diagnostics) -> Option<Sharing> {
    let from_environment = variable(REMOTE);
    let (written, at) = match (&from_environment, &config.cache.remote) {
        (Some(address), _) => (address, None),
        (None, Some(address)) => (address, config.cache.at.0.clone()),
        (None, None) => return None,
    };
    if written.trim().is_empty() {
        return None;
    }
    let key = if from_environment.is_some() { REMOTE } else { "cache.remote" };
    let address = Address::parse(written)
        .map_err(|mistake| log.push(messages::bad_cache_address(key, at, written, &mistake)))
        .ok()?;
    let mut domain = |key: &str, name: &str| {
        let domain = Domain::named(name);
        if domain.is_none() {
            log.push(messages::bad_cache_domain(key, name));
        }
        domain
    };
    let write = variable(WRITE).filter(|name| !name.is_empty());
    let write = write.map(|name| domain(WRITE, &name).ok_or(())).transpose();
    let read: Vec<_> = config.cache.read.iter().map(|name| domain("cache.read", name)).collect();
    Some(Sharing { address, read: read.into_iter().collect::<Option<_>>()?, write: write.ok()? })
}

impl Sharing {
    /// Opens the store.
    pub fn store(&self) -> Arc<dyn Store> {
        open(&self.address, &variable).into()
    }

    /// Returns the address for messages.
    pub fn shown(&self) -> String {
        self.address.shown()
    }

    /// Returns the locations of a cache: the one to write to is first.
    pub fn locations(&self, cache: &str) -> Vec<StoreLocation> {
        let others = self.read.iter().filter(|domain| Some(*domain) != self.write.as_ref());
        let location =
            |domain: &Domain| StoreLocation { domain: domain.clone(), cache: cache.to_owned() };
        self.write.iter().chain(others).map(location).collect()
    }

    /// Returns the location of a cache to write to, if builds write.
    pub fn write_location(&self, cache: &str) -> Option<StoreLocation> {
        let domain = self.write.clone()?;
        Some(StoreLocation { domain, cache: cache.to_owned() })
    }

    /// Begins to fetch what a cache lacks.
    #[expect(clippy::disallowed_methods, reason = "a store may never answer")]
    pub fn join(&self, cache: &mut Cache, threads: usize) -> Shared {
        let store = self.store();
        let (segments, known) = cache.share();
        let (locations, write) =
            (self.locations(&cache.name()), self.write_location(&cache.name()));
        let is_patient = variable(WAIT).is_some();
        let wanted = Wanted { locations, write: write.clone(), known, threads, is_patient };
        let fetch = Fetch::begin(Arc::clone(&store), wanted, segments);
        let shown = self.shown();
        let shared = Shared { store, fetch, shown, write, is_patient, begin: Instant::now() };
        if is_patient {
            shared.await_answers(LONGEST);
        }
        shared
    }
}

impl Shared {
    /// Whether the build writes to the shared cache.
    pub fn is_written(&self) -> bool {
        self.write.is_some()
    }

    /// Returns a function that decides whether the store will be written to, as far as that is
    /// known when it is called.
    pub fn demand(&self) -> Demand {
        let (fetch, begin) = (self.fetch.clone(), self.begin);
        Box::new(move || {
            let progress = fetch.progress();
            let may_answer = !is_answered(&progress) && begin.elapsed() < ANSWER;
            may_answer || refusal(&progress).is_none()
        })
    }

    /// Ends the sharing of a build that has succeeded: writes what it made, if it is asked to, and
    /// reports what failed. `counts`: what the build did; call it before the cache is kept.
    pub fn finish(
        self,
        cache: &Cache,
        counts: Counts,
        clock: &Clock,
        threads: usize,
        log: &mut Diagnostics,
    ) -> Outcome {
        let (whole, step) = if self.is_patient {
            (LONGEST, LONGEST)
        } else {
            (LEAST.max(clock.spent), STALL.max(clock.spent / STALLED))
        };
        if self.write.is_some() {
            self.await_answers(ANSWER);
        }
        let fetched = self.fetch.progress();
        let published = self.write.as_ref().map(|location| {
            if let Some(failure) = refusal(&fetched).or_else(|| cache.is_incomplete().then(late)) {
                return Err(failure);
            }
            let (selection, replaced) = needed(fetched.first.as_ref(), fetched.has_damage);
            let (segments, cost) = (cache.new_segments(selection), clock.cost(counts, threads));
            let made = NewSegments { segments, replaced, cost };
            within(whole, step, Arc::clone(&self.store), location.clone(), made)
        });
        // A build that only reads reports lasting failures, not a store that is away for a while.
        let failed = match &published {
            Some(Err(failure)) => Some(failure),
            Some(Ok(_)) | None => fetched.failures.iter().find(|failure| failure.stays()),
        };
        if let Some(failure) = failed {
            log.push(messages::shared_cache(&self.shown, &failure.to_string()));
        }
        Outcome { fetched, published: published.map(Result::unwrap_or_default) }
    }

    /// Waits until it is known whether the store can be written to, and what is listed there; both
    /// decide what is written. `limit`: from the begin of the build.
    fn await_answers(&self, limit: Duration) {
        let is_known = |progress: Progress| {
            if self.write.is_some() { is_answered(&progress) } else { progress.is_listed }
        };
        while !is_known(self.fetch.progress()) && self.begin.elapsed() < limit {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Whether the store has answered the probe, and the manifests have been read.
fn is_answered(progress: &Progress) -> bool {
    progress.is_listed && progress.probe.is_some()
}

/// Returns why the store is not written to; `None`: it is.
fn refusal(progress: &Progress) -> Option<Failure> {
    match &progress.probe {
        Some(Err(failure)) => return Some(failure.clone()),
        Some(Ok(())) if progress.is_listed => {}
        Some(Ok(())) | None => return Some(late()),
    }
    // A store that has not even read is not asked to write: each attempt may take long.
    let failure = progress.failures.iter().find(|failure| !failure.is_damage());
    failure.filter(|_| progress.first.is_none()).cloned()
}

fn late() -> Failure {
    Failure::Unreachable("it did not answer in time".into())
}

/// Publishes within limits of time: for all, and for each step. What is not finished then ends with
/// the process.
#[expect(clippy::disallowed_methods, reason = "a store may never answer")]
fn within(
    whole: Duration,
    step: Duration,
    store: Arc<dyn Store>,
    location: StoreLocation,
    made: NewSegments,
) -> Result<Published, Failure> {
    let begin = Instant::now();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody may listen any more.
        let on_progress = || drop(sender.send(None));
        let published = publish(&*store, &location, &made, &on_progress);
        drop(sender.send(Some(published)));
    });
    loop {
        let left = whole.saturating_sub(begin.elapsed());
        match receiver.recv_timeout(left.min(step)) {
            Ok(None) => {}
            Ok(Some(published)) => return published,
            Err(_) => {
                let spent = begin.elapsed().as_secs_f32();
                return Err(Failure::Unreachable(format!("writing ended after {spent:.1} s")));
            }
        }
    }
}

/// Returns an environment variable.
#[expect(
    clippy::disallowed_methods,
    reason = "credentials are given to commands, not to libraries"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
