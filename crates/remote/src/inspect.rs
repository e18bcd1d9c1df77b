//! Inspects a store: lists its values for a configuration, and checks whether they are intact and
//! whether the store can be written to.

use bundle_base::asset::ContentHash;

use crate::{
    Failure, Store, StoreLocation,
    fetch::{manifest, segment},
};

/// The result of reading all segments.
pub struct Checked {
    /// How many segments are intact.
    pub segments: usize,
    /// What is wrong with the others.
    pub damaged: Vec<Failure>,
}

/// Reads and checks every segment of a place.
pub fn check(store: &dyn Store, place: &StoreLocation) -> Result<Checked, Failure> {
    let mut checked = Checked { segments: 0, damaged: Vec::new() };
    for listed in manifest(store, place)?.unwrap_or_default().segments {
        match segment(store, place, &listed) {
            Ok(_) => checked.segments += 1,
            Err(failure @ Failure::Damaged(_)) => checked.damaged.push(failure),
            Err(failure) => return Err(failure),
        }
    }
    Ok(checked)
}

/// Writes a value, reads it and removes it.
pub fn try_writing(store: &dyn Store, place: &StoreLocation) -> Result<(), Failure> {
    let text = b"written by `bundle cache verify`";
    let name = place.segment(ContentHash::of(text));
    store.put(&name, text)?;
    let read = store.get(&name, text.len() as u64)?;
    store.delete(&name)?;
    match read {
        Some(read) if read == text => Ok(()),
        Some(_) | None => Err(Failure::Damaged("a value is not there after writing it".into())),
    }
}

/// Removes the segments of a place that newer ones replaced. Returns how many there were.
pub fn prune(store: &dyn Store, place: &StoreLocation) -> Result<usize, Failure> {
    let Some(mut manifest) = manifest(store, place)? else { return Ok(0) };
    let retired = std::mem::take(&mut manifest.retired);
    for hash in retired.iter().filter_map(|retired| ContentHash::parse(&retired.hash)) {
        store.delete(&place.segment(hash))?;
    }
    if !retired.is_empty() {
        manifest.generation += 1;
        store.put(&place.manifest(), &manifest.text())?;
    }
    Ok(retired.len())
}
