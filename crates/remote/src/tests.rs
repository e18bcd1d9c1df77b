//! What builds write to a store and read from it, with a store in memory.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};

use bundle_engine::{EntryKind, EntrySelection, Segment};

use crate::{
    Domain, Failure, Manifest, Store, StoreLocation,
    fetch::manifest,
    inspect::{check, prune},
    publish::{NewSegments, needed, publish},
    store::Name,
};

/// A store in memory. `other` is what another build writes just after the next manifest.
#[derive(Default)]
struct Memory {
    values: Mutex<BTreeMap<String, Vec<u8>>>,
    other: Mutex<Option<Manifest>>,
}

impl Memory {
    fn values(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.values.lock().expect("no test panics while it holds this")
    }

    fn segments(&self) -> usize {
        self.values().keys().filter(|name| name.contains(".pack")).count()
    }
}

impl Store for Memory {
    fn get(&self, name: &Name, limit: u64) -> Result<Option<Vec<u8>>, Failure> {
        let value = self.values().get(name.as_str()).cloned();
        assert!(value.iter().all(|bytes| bytes.len() as u64 <= limit));
        Ok(value)
    }

    fn put(&self, name: &Name, bytes: &[u8]) -> Result<(), Failure> {
        self.values().insert(name.as_str().to_owned(), bytes.to_vec());
        if name.is_replaced
            && let Some(manifest) = self.other.lock().expect("as above").take()
        {
            self.values().insert(name.as_str().to_owned(), manifest.text());
        }
        Ok(())
    }

    fn delete(&self, name: &Name) -> Result<(), Failure> {
        self.values().remove(name.as_str());
        Ok(())
    }
}

fn place() -> StoreLocation {
    StoreLocation { domain: Domain::named("main").expect("it is a name"), cache: "0123".into() }
}

fn segment(text: &str, kind: Option<EntryKind>) -> Segment {
    Segment { kind, entries: 1, bytes: text.as_bytes().to_vec() }
}

/// What a build of a machine with an empty disk publishes: what it made, or all.
fn build(store: &Memory, text: &str) -> EntrySelection {
    let before = manifest(store, &place()).expect("memory answers");
    let (selection, replaced) = needed(before.as_ref(), false);
    let kind = (selection == EntrySelection::Used).then_some(EntryKind::Record);
    let made = NewSegments { segments: vec![segment(text, kind)], replaced, cost: Some(7) };
    publish(store, &place(), &made, &|| ()).expect("memory takes everything");
    selection
}

fn read(store: &Memory) -> Manifest {
    manifest(store, &place()).expect("memory answers").expect("there is one")
}

#[test]
fn segments_add_up_until_a_build_writes_all_anew() {
    let store = Memory::default();
    assert_eq!(build(&store, "first"), EntrySelection::Lacking);
    let mut builds = 1;
    while build(&store, &format!("build {builds}")) == EntrySelection::Made {
        builds += 1;
    }
    let manifest = read(&store);
    assert_eq!((manifest.segments.len(), manifest.retired.len()), (1, builds));
    assert_eq!((manifest.generation, manifest.cost), (builds as u64 + 1, 7));
    // Builds that read the manifest before may still read the old ones.
    assert_eq!(store.segments(), builds + 1);
    for later in 0..17 {
        build(&store, &format!("later {later}"));
    }
    assert_eq!(store.segments(), 18);
    assert_eq!(check(&store, &place()).expect("memory answers").segments, 18);
}

#[test]
fn a_manifest_of_another_build_is_extended_not_replaced() {
    let store = Memory::default();
    build(&store, "first");
    let first = read(&store);
    build(&store, "of another machine");
    let theirs = read(&store);
    // Back to before, and the other build writes in the middle of the next.
    store.values().insert(place().manifest().as_str().to_owned(), first.text());
    *store.other.lock().expect("as above") = Some(theirs.clone());
    build(&store, "of this machine");
    let both = read(&store);
    assert_eq!(both.segments.len(), 3);
    assert!(theirs.segments.iter().all(|segment| both.segments.contains(segment)));
}

#[test]
fn what_is_gone_is_written_anew() {
    let store = Memory::default();
    build(&store, "first");
    store.values().retain(|name, _| !name.contains(".pack"));
    assert_eq!(check(&store, &place()).expect("memory answers").damaged.len(), 1);
    let (selection, replaced) = needed(Some(&read(&store)), true);
    assert_eq!((selection, replaced.len()), (EntrySelection::Used, 1));
}

#[test]
fn pruning_removes_what_was_replaced() {
    let store = Memory::default();
    build(&store, "first");
    let replaced = read(&store).segments;
    let made = NewSegments { segments: vec![segment("all", None)], replaced, cost: None };
    publish(&store, &place(), &made, &|| ()).expect("memory takes everything");
    assert_eq!((store.segments(), read(&store).cost), (2, 7));
    assert_eq!(prune(&store, &place()), Ok(1));
    assert_eq!((store.segments(), read(&store).segments.len()), (1, 1));
    assert_eq!(prune(&store, &place()), Ok(0));
}

#[test]
fn names_of_domains_cannot_leave_their_folder() {
    let named = |name: &str| Domain::named(name).map(|domain| domain.to_string());
    assert_eq!(named("feature/x").as_deref(), Some("feature~2fx"));
    assert_eq!(named("..").as_deref(), Some("~2e~2e"));
    assert_eq!(named("~2e").as_deref(), Some("~7e2e"));
    assert_eq!((named(""), named(&"x".repeat(201))), (None, None));
}
