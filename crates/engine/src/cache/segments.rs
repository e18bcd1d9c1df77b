//! The packs of a shared cache, its segments. They arrive while a build runs: threads of the host
//! fetch them, and look-ups take entries from those that are there. A look-up waits for segments
//! that may have its entry until the host decides that waiting does not pay any more.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
};

use bundle_base::{asset::ContentHash, lock};

use super::pack::{Added, EntryKind, Pack, Unusable};

/// The most bytes of a segment, before compression. Segments are fetched side by side, and each
/// is used as soon as it is there.
const LARGEST: usize = 4 << 20;

/// Entries of more bytes are not shared: readers refuse segments that are much larger than usual.
const LARGEST_ENTRY: usize = 8 * LARGEST;

/// The segments of a shared cache that a build may use.
pub struct Segments {
    id: ContentHash,
    /// Empty until the host knows what the shared cache has. The newest segments are first.
    expected: OnceLock<Vec<Expected>>,
    state: Mutex<State>,
    changed: Condvar,
}

/// A segment that is being fetched or has arrived.
struct Expected {
    hash: ContentHash,
    kind: Option<EntryKind>,
    /// `Some(None)`: it will not come, or it cannot be used.
    pack: OnceLock<Option<Pack>>,
}

#[derive(Default)]
struct State {
    /// How many segments have come or failed.
    settled: usize,
    waiting: usize,
    has_given_up: bool,
}

/// A segment to store for other machines.
pub struct Segment {
    /// What its entries hold; `None`: of several kinds.
    pub kind: Option<EntryKind>,
    /// How many entries it has.
    pub entries: usize,
    /// The pack.
    pub bytes: Vec<u8>,
}

impl Segments {
    /// Creates the segments of the cache whose identity is `id`.
    pub(super) fn new(id: ContentHash) -> Self {
        let (expected, state, changed) = (OnceLock::new(), Mutex::default(), Condvar::new());
        Self { id, expected, state, changed }
    }

    /// Names the segments that are being fetched, with what they hold, the newest first. From now
    /// on look-ups wait for them. Only the first call counts.
    pub fn expect(&self, segments: Vec<(ContentHash, Option<EntryKind>)>) {
        let expected = |(hash, kind)| Expected { hash, kind, pack: OnceLock::new() };
        let _ = self.expected.set(segments.into_iter().map(expected).collect());
    }

    /// Takes the pack of the segment `index`; `None`: it could not be fetched. `Err`: it is not
    /// what a build of the same identity wrote, and is not used.
    pub fn arrive(&self, index: usize, bytes: Option<Vec<u8>>) -> Result<(), Unusable> {
        let (pack, result) = match bytes.map(|bytes| Pack::read(bytes, self.id)).transpose() {
            Ok(pack) => (pack, Ok(())),
            Err(unusable) => (None, Err(unusable)),
        };
        if let Some(expected) = self.expected.get().and_then(|expected| expected.get(index)) {
            let _ = expected.pack.set(pack);
        }
        self.lock().settled += 1;
        self.changed.notify_all();
        result
    }

    /// Ends all waiting. Segments that come later are used nevertheless.
    pub fn give_up(&self) {
        self.lock().has_given_up = true;
        self.changed.notify_all();
    }

    /// Whether a look-up waits.
    pub fn is_awaited(&self) -> bool {
        self.lock().waiting > 0
    }

    /// Looks up an entry. `read` makes the result of its bytes; `None` from it: the next segment
    /// that has the entry is tried.
    pub(super) fn find<T>(
        &self,
        key: ContentHash,
        kind: EntryKind,
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Option<T> {
        let expected = self.expected.get()?;
        let mut tried = vec![false; expected.len()];
        loop {
            let settled = self.lock().settled;
            let mut is_complete = true;
            for (one, tried) in expected.iter().zip(&mut tried) {
                if *tried || one.kind.is_some_and(|only| only != kind) {
                    continue;
                }
                match one.pack.get() {
                    None => is_complete = false,
                    Some(pack) => {
                        *tried = true;
                        let bytes = pack.as_ref().and_then(|pack| pack.get(key));
                        if let Some(found) = bytes.and_then(&read) {
                            return Some(found);
                        }
                    }
                }
            }
            if is_complete || !self.wait(settled) {
                return None;
            }
        }
    }

    /// Waits until another segment has come than the first `settled`. Returns false if waiting has
    /// ended.
    fn wait(&self, settled: usize) -> bool {
        let mut state = self.lock();
        state.waiting += 1;
        while state.settled == settled && !state.has_given_up {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting -= 1;
        state.settled != settled
    }

    /// Whether an entry was looked up and found.
    pub(super) fn was_found(&self, key: ContentHash) -> bool {
        self.packs().any(|pack| pack.was_found(key))
    }

    /// Whether a segment that is here has an entry under a key.
    pub(super) fn has(&self, key: ContentHash) -> bool {
        self.packs().any(|pack| pack.has(key))
    }

    /// Returns the hashes of the segments that are here.
    pub(super) fn here(&self) -> impl Iterator<Item = ContentHash> {
        let expected = self.expected.get().into_iter().flatten();
        expected.filter(|one| matches!(one.pack.get(), Some(Some(_)))).map(|one| one.hash)
    }

    /// Returns the entries of the segments that are here: those that were looked up, or all.
    pub(super) fn entries(&self, only_used: bool) -> impl Iterator<Item = Added<'_>> {
        self.packs().flat_map(move |pack| pack.entries(only_used))
    }

    fn packs(&self) -> impl Iterator<Item = &Pack> {
        let expected = self.expected.get().into_iter().flatten();
        expected.filter_map(|one| one.pack.get()?.as_ref())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// Divides entries into segments: few entries into one, many by their kinds and by size.
/// Each key is there once. Entries are in the order in which builds ask for those of their kind, so
/// that a build needs no segment before it has come.
pub(super) fn divided(id: ContentHash, mut entries: Vec<Added<'_>>) -> Vec<Segment> {
    let length = |entry: &Added<'_>| entry.contents.len();
    entries.retain(|entry| length(entry) <= LARGEST_ENTRY);
    if entries.iter().map(length).sum::<usize>() <= LARGEST {
        return packed(id, None, entries).into_iter().collect();
    }
    let mut by_kind = BTreeMap::<EntryKind, Vec<Added<'_>>>::new();
    for entry in entries {
        by_kind.entry(entry.kind).or_default().push(entry);
    }
    let mut segments = Vec::new();
    for (kind, entries) in by_kind {
        let (mut part, mut size) = (Vec::new(), 0);
        for entry in entries {
            if size + length(&entry) > LARGEST {
                segments.extend(packed(id, Some(kind), std::mem::take(&mut part)));
                size = 0;
            }
            size += length(&entry);
            part.push(entry);
        }
        segments.extend(packed(id, Some(kind), part));
    }
    segments
}

fn packed(id: ContentHash, kind: Option<EntryKind>, entries: Vec<Added<'_>>) -> Option<Segment> {
    let count = entries.len();
    let pack = Pack::default();
    let pieces: Vec<u8> = pack.with(id, entries)?.pieces().collect::<Vec<_>>().concat();
    Some(Segment { kind, entries: count, bytes: pieces })
}

/// The hashes of segments as an entry of the local cache.
pub(super) fn note_of(hashes: &[ContentHash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.bytes()).collect()
}

/// The hashes that `note_of` noted.
pub(super) fn noted(bytes: &[u8]) -> Vec<ContentHash> {
    let (hashes, _) = bytes.as_chunks();
    hashes.iter().map(|bytes| ContentHash::from_bytes(*bytes)).collect()
}
