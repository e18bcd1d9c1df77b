//! The binary form of a cache: a head, an index, and the entries one after another. The index is
//! checked against its hash when the pack is read, and an entry against its hash when it is looked
//! up. Every length is compared with the size of the bytes before it is used.

use std::{
    borrow::Cow,
    ops::Range,
    sync::atomic::{AtomicBool, Ordering},
};

use bundle_base::asset::ContentHash;
use rustc_hash::FxHashMap;

/// The first bytes of a pack; the last of these is the version of the form.
const MAGIC: [u8; 8] = *b"bundle\0\x03";
/// The length of a hash in bytes.
const HASH: usize = 16;
/// The length of the head in bytes: magic, identity, hash of the index, number of entries.
const HEAD: usize = MAGIC.len() + HASH + HASH + 4;
/// The length of a line of the index in bytes: key, hash of the contents, length, kind, age.
const LINE: usize = HASH + HASH + 4 + 1 + 1;
/// How many packs may be written without an entry being used before the entry is dropped. More than
/// one, because edits are undone and branches are switched.
const AGES: u8 = 5;

/// Why a pack cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Another program or another version of this one wrote it, or it is for another configuration.
    OtherVersion,
    /// It differs from what was written.
    Damaged,
}

/// What an entry holds. Builds ask for the kinds in this order.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// A compiled file.
    File,
    /// The record of a part.
    Record,
    /// A rendered part.
    Rendering,
    /// Which segments of a shared cache were added. No segment has it.
    Note,
}

impl EntryKind {
    const ALL: [Self; 4] = [Self::File, Self::Record, Self::Rendering, Self::Note];

    fn of(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }
}

/// The entries of a pack that was read.
#[derive(Default)]
pub struct Pack {
    bytes: Vec<u8>,
    entries: FxHashMap<ContentHash, Entry>,
    is_damaged: AtomicBool,
}

struct Entry {
    contents: Range<usize>,
    hash: ContentHash,
    kind: EntryKind,
    age: u8,
    is_used: AtomicBool,
}

/// An entry for a pack that is written.
#[derive(Clone)]
pub struct Added<'a> {
    pub key: ContentHash,
    pub kind: EntryKind,
    hash: ContentHash,
    pub contents: Cow<'a, [u8]>,
}

impl<'a> Added<'a> {
    pub fn new(key: ContentHash, kind: EntryKind, contents: Vec<u8>) -> Self {
        Self { key, kind, hash: ContentHash::of(&contents), contents: Cow::Owned(contents) }
    }

    /// Returns the same entry, without a copy of its contents.
    pub fn borrowed(&'a self) -> Self {
        let Self { key, kind, hash, contents } = self;
        Self { key: *key, kind: *kind, hash: *hash, contents: Cow::Borrowed(contents) }
    }
}

/// The bytes of a pack to write, in pieces.
pub struct Snapshot<'p> {
    head: Vec<u8>,
    entries: Vec<Cow<'p, [u8]>>,
}

impl Snapshot<'_> {
    /// Returns the pieces in order.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(self.head.as_slice()).chain(self.entries.iter().map(|entry| &**entry))
    }

    /// Returns the size in bytes.
    pub fn size(&self) -> usize {
        self.pieces().map(<[u8]>::len).sum()
    }
}

impl Pack {
    /// Reads a pack that `with` made. `id`: the identity that it must have.
    pub fn read(bytes: Vec<u8>, id: ContentHash) -> Result<Self, Unusable> {
        let head = bytes.get(..HEAD).ok_or(Unusable::Damaged)?;
        let (magic, rest) = head.split_at(MAGIC.len());
        if magic[..MAGIC.len() - 1] != MAGIC[..MAGIC.len() - 1] {
            return Err(Unusable::Damaged);
        }
        if magic != MAGIC || hash(rest) != Some(id) {
            return Err(Unusable::OtherVersion);
        }
        let (hash_of_index, count) = (hash(&rest[HASH..]), number(&rest[2 * HASH..]));
        let count =
            usize::try_from(count.ok_or(Unusable::Damaged)?).map_err(|_| Unusable::Damaged)?;
        let end = count
            .checked_mul(LINE)
            .and_then(|length| length.checked_add(HEAD))
            .ok_or(Unusable::Damaged)?;
        let index = bytes.get(HEAD..end).ok_or(Unusable::Damaged)?;
        if hash_of_index != Some(ContentHash::of(index)) {
            return Err(Unusable::Damaged);
        }
        let mut at = end;
        let mut entries = FxHashMap::default();
        for line in index.chunks_exact(LINE) {
            let (key, entry) = Entry::read(line, at).ok_or(Unusable::Damaged)?;
            at = entry.contents.end;
            entries.insert(key, entry);
        }
        if at != bytes.len() {
            return Err(Unusable::Damaged);
        }
        Ok(Self { bytes, entries, is_damaged: AtomicBool::new(false) })
    }

    /// Whether there is an entry under a key.
    pub fn has(&self, key: ContentHash) -> bool {
        self.entries.contains_key(&key)
    }

    /// Looks up an entry; `None` if there is none or it is damaged.
    pub fn get(&self, key: ContentHash) -> Option<&[u8]> {
        let entry = self.entries.get(&key)?;
        let contents = self.bytes.get(entry.contents.clone())?;
        if ContentHash::of(contents) != entry.hash {
            self.is_damaged.store(true, Ordering::Relaxed);
            return None;
        }
        entry.is_used.store(true, Ordering::Relaxed);
        Some(contents)
    }

    /// Whether every entry is what was written.
    pub fn is_intact(&self) -> bool {
        self.entries.keys().all(|key| self.get(*key).is_some())
    }

    /// Returns the number of entries of a kind, and of their bytes.
    pub fn size_of(&self, kind: EntryKind) -> (usize, usize) {
        let of_kind = self.entries.values().filter(|entry| entry.kind == kind);
        of_kind.fold((0, 0), |(count, bytes), entry| (count + 1, bytes + entry.contents.len()))
    }

    /// Whether an entry was looked up and is intact.
    pub fn was_found(&self, key: ContentHash) -> bool {
        self.entries.get(&key).is_some_and(|entry| entry.is_used.load(Ordering::Relaxed))
    }

    /// Whether an entry that was looked up differs from what was written.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged.load(Ordering::Relaxed)
    }

    /// Returns the entries that were looked up and are intact, or all, in the order of the pack.
    pub fn entries(&self, only_used: bool) -> impl Iterator<Item = Added<'_>> {
        let is_wanted = move |entry: &Entry| !only_used || entry.is_used.load(Ordering::Relaxed);
        let mut all: Vec<_> = self.entries.iter().filter(|(_, entry)| is_wanted(entry)).collect();
        all.sort_unstable_by_key(|(_, entry)| entry.contents.start);
        all.into_iter().filter_map(|(key, entry)| self.entry(*key, entry))
    }

    fn entry(&self, key: ContentHash, entry: &Entry) -> Option<Added<'_>> {
        let contents = Cow::Borrowed(self.bytes.get(entry.contents.clone())?);
        Some(Added { key, kind: entry.kind, hash: entry.hash, contents })
    }

    /// Returns the bytes of a pack with these entries and `added`, which is sorted by key unless
    /// this pack is empty. `None`: it would have the same entries as before.
    pub fn with<'p>(&'p self, id: ContentHash, added: Vec<Added<'p>>) -> Option<Snapshot<'p>> {
        if added.is_empty() && !self.is_damaged() {
            return None;
        }
        let mut index = Vec::new();
        let mut entries = Vec::with_capacity(self.entries.len() + added.len());
        let mut line = |added: &Added<'_>, age: u8| {
            let length = u32::try_from(added.contents.len()).unwrap_or(u32::MAX);
            index.extend_from_slice(added.key.bytes());
            index.extend_from_slice(added.hash.bytes());
            index.extend_from_slice(&length.to_le_bytes());
            index.extend_from_slice(&[added.kind as u8, age]);
        };
        let is_new = |key: &ContentHash| added.binary_search_by_key(key, |added| added.key).is_ok();
        let mut known: Vec<_> = self.entries.iter().filter(|(key, _)| !is_new(key)).collect();
        known.sort_unstable_by_key(|(_, entry)| entry.contents.start);
        for (key, entry) in known {
            let is_used = entry.is_used.load(Ordering::Relaxed);
            let age = if is_used { 0 } else { entry.age.saturating_add(1) };
            if let Some(old) = self.entry(*key, entry).filter(|_| age < AGES) {
                line(&old, age);
                entries.push(old.contents);
            }
        }
        for added in added {
            line(&added, 0);
            entries.push(added.contents);
        }
        let mut head = Vec::with_capacity(HEAD + index.len());
        head.extend_from_slice(&MAGIC);
        head.extend_from_slice(id.bytes());
        head.extend_from_slice(ContentHash::of(&index).bytes());
        head.extend_from_slice(&u32::try_from(entries.len()).unwrap_or(u32::MAX).to_le_bytes());
        head.append(&mut index);
        Some(Snapshot { head, entries })
    }
}

impl Entry {
    /// Reads a line of the index. `at`: where the contents begin.
    fn read(line: &[u8], at: usize) -> Option<(ContentHash, Self)> {
        let (key, contents) = (hash(line)?, hash(line.get(HASH..)?)?);
        let length = usize::try_from(number(line.get(2 * HASH..)?)?).ok()?;
        let [kind, age] = *line.last_chunk()?;
        let (range, kind) = (at..at.checked_add(length)?, EntryKind::of(kind)?);
        let is_used = AtomicBool::new(false);
        Some((key, Self { contents: range, hash: contents, kind, age, is_used }))
    }
}

fn hash(bytes: &[u8]) -> Option<ContentHash> {
    bytes.first_chunk().map(|bytes| ContentHash::from_bytes(*bytes))
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
