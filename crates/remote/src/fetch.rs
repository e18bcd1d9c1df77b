//! Fetches segments for a build. Threads of their own read the manifests and then the segments
//! while the build runs; look-ups wait for them within a budget.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, Scope},
    time::{Duration, Instant},
};

use bundle_base::asset::ContentHash;
use bundle_engine::{EntryKind, Segments};

use crate::{
    Failure, Manifest, Store, StoreLocation,
    budget::Budget,
    manifest::{LARGEST, Listed},
    packing::unpacked,
};

/// How many segments are fetched side by side. The first one is fetched alone, and each that
/// arrives lets one more begin. A segment that arrives early extends the time budget for the next.
const SIDE_BY_SIDE: usize = 4;
/// Segments of at most this many bytes come from single changes. Each takes hardly longer than its
/// request, so they do not delay the others, and more of them are fetched side by side.
const SMALL: u64 = 64 << 10;
const SMALL_SIDE_BY_SIDE: usize = 8;
/// How often the budget is looked at.
const TICK: Duration = Duration::from_millis(5);
/// The value that a build writes when it begins, to know when it ends whether writing is worth the
/// time.
const PROBE: &[u8] = b"written by `bundle` to see whether this store takes values\n";
/// After this many failures nothing more is requested.
const PATIENCE: usize = 3;

/// What a build wants.
pub struct Wanted {
    /// Where to look, the most trusted location first.
    pub locations: Vec<StoreLocation>,
    /// Where the build will write, if it does.
    pub write: Option<StoreLocation>,
    /// The segments whose entries the build has.
    pub known: Vec<ContentHash>,
    /// The threads of the build.
    pub threads: usize,
    /// Look-ups wait as long as it takes: for tests, which need to know what is found.
    pub is_patient: bool,
}

/// How far fetching is.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// The manifests have been read, or it is known that they cannot be.
    pub is_listed: bool,
    /// Whether the store took the probe; `None`: it has not been asked, or has not answered.
    pub probe: Option<Result<(), Failure>>,
    /// How many segments the build lacked at first.
    pub missing: usize,
    /// How many of them have arrived.
    pub arrived: usize,
    /// The bytes that have arrived.
    pub bytes: u64,
    /// For how long look-ups have waited.
    pub waited: Duration,
    /// Waiting did not pay any more.
    pub has_given_up: bool,
    /// A listed segment is gone or is damaged, so the next build that writes writes all.
    pub has_damage: bool,
    /// The manifest of the first location, if there is one.
    pub first: Option<Manifest>,
    /// What failed.
    pub failures: Vec<Failure>,
}

/// Fetching that goes on while a build runs, and is not waited for when the build ends. Clones are
/// the same fetching.
#[derive(Clone)]
pub struct Fetch(Arc<Mutex<Progress>>);

/// A segment that is fetched.
struct Source {
    location: StoreLocation,
    listed: Listed,
    hash: ContentHash,
}

/// What the threads share.
struct FetchState<'w> {
    store: &'w dyn Store,
    segments: &'w Segments,
    progress: &'w Mutex<Progress>,
    budget: Mutex<Budget>,
    sources: Vec<Source>,
    settled: AtomicUsize,
}

impl Fetch {
    /// Begins to fetch what a build wants.
    pub fn begin(store: Arc<dyn Store>, wanted: Wanted, segments: Arc<Segments>) -> Self {
        let progress = Arc::new(Mutex::new(Progress::default()));
        if let Some(location) = wanted.write.clone() {
            let (store, progress) = (Arc::clone(&store), Arc::clone(&progress));
            thread::spawn(move || {
                let asked = store.put(&location.probe(), PROBE);
                lock(&progress).probe = Some(asked);
            });
        }
        let shared = Arc::clone(&progress);
        thread::spawn(move || run(&*store, &wanted, &segments, &shared));
        Self(progress)
    }

    /// Returns how far fetching is at this moment.
    pub fn progress(&self) -> Progress {
        lock(&self.0).clone()
    }
}

/// Reads the manifests, then fetches the segments that they list.
fn run(store: &dyn Store, wanted: &Wanted, segments: &Segments, progress: &Mutex<Progress>) {
    let found: Vec<_> = thread::scope(|scope| {
        let ask = |location| scope.spawn(move || manifest(store, location));
        let asked: Vec<_> = wanted.locations.iter().map(ask).collect();
        asked.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let mut manifests = Vec::new();
    for (index, (location, found)) in wanted.locations.iter().zip(found).enumerate() {
        match found {
            Ok(Ok(Some(manifest))) => {
                if index == 0 {
                    lock(progress).first = Some(manifest.clone());
                }
                manifests.push((location, manifest));
            }
            Ok(Ok(None)) | Err(_) => {}
            Ok(Err(failure)) => lock(progress).failures.push(failure),
        }
    }
    let cost = manifests.iter().map(|(_, manifest)| manifest.cost).max().unwrap_or_default();
    let sources = sources(&manifests, &wanted.known);
    segments.expect(sources.iter().map(|source| (source.hash, source.listed.kind)).collect());
    let entries = sources.iter().map(|source| source.listed.entries).sum();
    let bytes = sources.iter().map(|source| source.listed.unpacked).sum();
    {
        let mut progress = lock(progress);
        (progress.is_listed, progress.missing) = (true, sources.len());
    }
    let work = FetchState {
        store,
        segments,
        progress,
        budget: Mutex::new(Budget::new(entries, bytes, cost, wanted.threads)),
        sources,
        settled: AtomicUsize::new(0),
    };
    let small = work.sources.partition_point(|source| is_small(&source.listed));
    let (next_small, next) = (AtomicUsize::new(0), AtomicUsize::new(small));
    let (begun, work) = (AtomicUsize::new(1), &work);
    thread::scope(|scope| {
        for _ in 0..small.min(SMALL_SIDE_BY_SIDE) {
            scope.spawn(|| while work.fetch_next(&next_small, small) {});
        }
        scope.spawn(|| work.fetch_large(scope, &next, &begun));
        if !wanted.is_patient {
            work.watch();
        }
    });
}

/// Reads the manifest of a location; `None`: there is none.
pub fn manifest(store: &dyn Store, location: &StoreLocation) -> Result<Option<Manifest>, Failure> {
    store.get(&location.manifest(), LARGEST)?.map(|bytes| Manifest::parse(&bytes)).transpose()
}

/// Returns what to fetch in the order in which builds need it: the small segments, what is new
/// first, and then the others, those for scans before those for rendering.
fn sources(manifests: &[(&StoreLocation, Manifest)], known: &[ContentHash]) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for (location, manifest) in manifests {
        // Segments are listed in the order in which they were written. That is the order in which
        // builds ask for those of a complete set, but small ones are changes: the last one counts.
        let (small, large): (Vec<_>, Vec<_>) =
            manifest.segments.iter().partition(|listed| is_small(listed));
        for listed in small.into_iter().rev().chain(large) {
            let Some(hash) = listed.hash() else { continue };
            if !known.contains(&hash) && !sources.iter().any(|source| source.hash == hash) {
                sources.push(Source {
                    location: (*location).clone(),
                    listed: listed.clone(),
                    hash,
                });
            }
        }
    }
    let rank = |kind: Option<EntryKind>| kind.map_or(0, |kind| kind as usize + 1);
    sources.sort_by_key(|source| (!is_small(&source.listed), rank(source.listed.kind)));
    sources
}

fn is_small(listed: &Listed) -> bool {
    listed.bytes <= SMALL
}

/// Reads a segment and checks that it is what was written.
pub(crate) fn segment(
    store: &dyn Store,
    location: &StoreLocation,
    listed: &Listed,
) -> Result<Vec<u8>, Failure> {
    let damaged = |what: &str| Failure::Damaged(format!("segment {}: {what}", listed.hash));
    let hash = listed.hash().ok_or_else(|| damaged("it has no name"))?;
    let bytes = store.get(&location.segment(hash), listed.bytes)?;
    let bytes = bytes.ok_or_else(|| damaged("it is gone"))?;
    if ContentHash::of(&bytes) != hash {
        return Err(damaged("its contents have another hash"));
    }
    unpacked(&bytes, listed.unpacked).ok_or_else(|| damaged("it cannot be decompressed"))
}

impl FetchState<'_> {
    /// Fetches segments until none is left. Each that arrives lets one more thread do the same.
    fn fetch_large<'s>(
        &'s self,
        scope: &'s Scope<'s, '_>,
        next: &'s AtomicUsize,
        begun: &'s AtomicUsize,
    ) {
        while self.fetch_next(next, self.sources.len()) {
            if begun.fetch_add(1, Ordering::Relaxed) < SIDE_BY_SIDE {
                scope.spawn(|| self.fetch_large(scope, next, begun));
            }
        }
    }

    /// Fetches a segment: the next one before `end`. Returns false if there is none. Several
    /// threads do this with the same `next`.
    fn fetch_next(&self, next: &AtomicUsize, end: usize) -> bool {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(source) = self.sources[..end].get(index) else { return false };
        let is_worth_it = lock(self.progress).failures.len() < PATIENCE;
        let fetched = is_worth_it.then(|| segment(self.store, &source.location, &source.listed));
        let (bytes, failure) = match fetched {
            Some(Ok(bytes)) => (Some(bytes), None),
            Some(Err(failure)) => (None, Some(failure)),
            None => (None, None),
        };
        let here = bytes.as_ref().map(Vec::len);
        let arrived = self.segments.arrive(index, bytes);
        let mut progress = lock(self.progress);
        match arrived {
            Ok(()) => {
                if let Some(bytes) = here {
                    progress.arrived += 1;
                    progress.bytes += source.listed.bytes;
                    lock(&self.budget).earn(bytes as u64);
                }
            }
            Err(unusable) => {
                progress.has_damage = true;
                progress.failures.push(Failure::Damaged(format!("a pack: {unusable:?}")));
            }
        }
        if let Some(failure) = failure {
            progress.has_damage |= failure.is_damage();
            progress.failures.push(failure);
        }
        self.settled.fetch_add(1, Ordering::Relaxed);
        true
    }

    /// Ends waiting when it does not pay any more.
    #[expect(clippy::disallowed_methods, reason = "waiting costs time, which is what is measured")]
    fn watch(&self) {
        let mut last = Instant::now();
        while self.settled.load(Ordering::Relaxed) < self.sources.len() {
            let was_awaited = self.segments.is_awaited();
            thread::sleep(TICK);
            let now = Instant::now();
            if was_awaited && self.segments.is_awaited() {
                let time = now - last;
                let mut progress = lock(self.progress);
                progress.waited += time;
                if !lock(&self.budget).spend(time) {
                    progress.has_given_up = true;
                    self.segments.give_up();
                    return;
                }
            }
            last = now;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{ContentHash, EntryKind, Listed, Manifest, SMALL, StoreLocation, sources};
    use crate::Domain;

    /// A set of two segments of each kind, and then two changes.
    #[test]
    fn changes_come_first_and_a_set_in_its_order() {
        let [record, rendering] = [EntryKind::Record, EntryKind::Rendering].map(Some);
        let listed = [record, record, rendering, rendering, None, None];
        let listed = listed.iter().enumerate().map(|(index, kind)| Listed {
            hash: ContentHash::of(&[u8::try_from(index).expect("there are six")]).to_string(),
            kind: *kind,
            entries: index,
            bytes: if kind.is_some() { SMALL + 1 } else { SMALL },
            unpacked: 0,
        });
        let manifest = Manifest { segments: listed.collect(), ..Manifest::default() };
        let location = StoreLocation {
            domain: Domain::named("main").expect("it is a name"),
            cache: "0123".into(),
        };
        let order = sources(&[(&location, manifest)], &[]);
        let order: Vec<usize> = order.iter().map(|source| source.listed.entries).collect();
        assert_eq!(order, [5, 4, 0, 1, 2, 3]);
    }
}
