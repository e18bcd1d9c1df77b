//! Publishes the new results of a build for other machines: writes segments, and a manifest that
//! lists them too.
//!
//! Builds may write side by side. Each reads the manifest again just before it writes it, and
//! afterwards once more. If another build was faster, it adds its segments to that one's manifest.
//! If a segment is lost in spite of this, a later build makes and writes it again.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use bundle_base::asset::ContentHash;
use bundle_engine::{EntrySelection, Segment};

use crate::{
    Failure, Manifest, Store, StoreLocation,
    fetch::manifest,
    manifest::{Listed, Retired},
    packing::packed,
};

/// If more segments than this in a manifest hold several kinds of entries, a build writes all that
/// it uses again. Each build reads all segments, and most of what old ones have is not used any
/// more.
const MOST_NEW: usize = 24;
/// For how many generations segments stay that a complete set replaced.
const GENERATIONS: u64 = 16;
/// How often a manifest is written when other builds write it too.
const TRIES: usize = 3;
/// How long to wait before a request that failed is sent once more.
const PAUSE: Duration = Duration::from_millis(300);
/// How many segments are compressed and sent side by side.
const SIDE_BY_SIDE: usize = 4;

/// What a build has to publish.
pub struct NewSegments {
    /// The segments.
    pub segments: Vec<Segment>,
    /// The segments that they replace.
    pub replaced: Vec<Listed>,
    /// How long making one entry took, in microseconds of a core; `None`: too few were made.
    pub cost: Option<u64>,
}

/// What was published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// The number of segments.
    pub segments: usize,
    /// Their bytes in the store.
    pub bytes: u64,
}

/// Returns which entries a build has to publish, and the listed segments that they replace.
/// `before`: the manifest that it read; `has_damage`: segments of it are gone or damaged.
pub fn needed(before: Option<&Manifest>, has_damage: bool) -> (EntrySelection, Vec<Listed>) {
    let Some(before) = before else { return (EntrySelection::Lacking, Vec::new()) };
    let added = before.segments.iter().filter(|segment| segment.kind.is_none()).count();
    if has_damage || added > MOST_NEW {
        (EntrySelection::Used, before.segments.clone())
    } else {
        (EntrySelection::Made, Vec::new())
    }
}

/// Writes what a build made to a store. Nothing is written if nothing was made. `on_progress` is
/// called when a segment has been compressed, and when the store has answered a request.
pub fn publish(
    store: &dyn Store,
    place: &StoreLocation,
    made: &NewSegments,
    on_progress: &(dyn Fn() + Sync),
) -> Result<Published, Failure> {
    let NewSegments { segments, replaced, cost } = made;
    let listed = sent(store, place, segments, on_progress)?;
    if listed.is_empty() {
        return Ok(Published::default());
    }
    let mut current = readable(manifest(store, place))?;
    let mut gone = Vec::new();
    for _ in 0..TRIES {
        let (next, old) = without_old(added(current, &listed, replaced, *cost));
        gone = old;
        store.put(&place.manifest(), &next.text())?;
        on_progress();
        current = readable(manifest(store, place))?;
        if listed.iter().all(|one| current.segments.contains(one)) {
            break;
        }
    }
    for retired in gone.iter().filter_map(|retired| ContentHash::parse(&retired.hash)) {
        // A failure only wastes space: the manifest no longer lists it.
        let _ = store.delete(&place.segment(retired));
        on_progress();
    }
    Ok(Published { segments: listed.len(), bytes: listed.iter().map(|one| one.bytes).sum() })
}

/// Takes a manifest that is damaged for none: it is replaced.
fn readable(read: Result<Option<Manifest>, Failure>) -> Result<Manifest, Failure> {
    match read {
        Ok(manifest) => Ok(manifest.unwrap_or_default()),
        Err(failure) if failure.is_damage() => Ok(Manifest::default()),
        Err(failure) => Err(failure),
    }
}

/// Returns the manifest after `current`, with the segments `listed` and without `replaced`.
fn added(
    mut current: Manifest,
    listed: &[Listed],
    replaced: &[Listed],
    cost: Option<u64>,
) -> Manifest {
    let generation = current.generation + 1;
    let is_kept = |one: &Listed| !listed.contains(one) && !replaced.contains(one);
    current.segments.retain(is_kept);
    for old in replaced.iter().filter(|old| !listed.contains(old)) {
        if !current.retired.iter().any(|retired| retired.hash == old.hash) {
            current.retired.push(Retired { hash: old.hash.clone(), generation });
        }
    }
    current.segments.extend_from_slice(listed);
    current.generation = generation;
    current.cost = cost.unwrap_or(current.cost);
    current
}

/// Takes the segments out of a manifest that no build reads any more.
fn without_old(mut manifest: Manifest) -> (Manifest, Vec<Retired>) {
    let oldest = manifest.generation.saturating_sub(GENERATIONS);
    let (gone, retired) =
        manifest.retired.drain(..).partition(|retired: &Retired| retired.generation < oldest);
    manifest.retired = retired;
    (manifest, gone)
}

/// Compresses and sends segments, until one fails. Returns them as the manifest lists them.
fn sent(
    store: &dyn Store,
    place: &StoreLocation,
    segments: &[Segment],
    on_progress: &(dyn Fn() + Sync),
) -> Result<Vec<Listed>, Failure> {
    let (next, has_failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let done: Vec<Mutex<Option<Result<Listed, Failure>>>> =
        segments.iter().map(|_| Mutex::default()).collect();
    let work = || {
        while let Some((segment, done)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            segments.get(index).zip(done.get(index))
        } && !has_failed.load(Ordering::Relaxed)
        {
            let bytes = packed(&segment.bytes);
            on_progress();
            let hash = ContentHash::of(&bytes);
            let put = || store.put(&place.segment(hash), &bytes);
            let sent = put().or_else(|failure| {
                if failure.stays() {
                    return Err(failure);
                }
                thread::sleep(PAUSE);
                put()
            });
            on_progress();
            has_failed.fetch_or(sent.is_err(), Ordering::Relaxed);
            let listed = Listed {
                hash: hash.to_string(),
                kind: segment.kind,
                entries: segment.entries,
                bytes: bytes.len() as u64,
                unpacked: segment.bytes.len() as u64,
            };
            *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(sent.map(|()| listed));
        }
    };
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE.min(segments.len()) {
            scope.spawn(work);
        }
    });
    done.into_iter()
        .filter_map(|done| done.into_inner().unwrap_or_else(PoisonError::into_inner))
        .collect()
}
