//! The manifest of one configuration in one domain: the list of its segments in the store. It is
//! JSON, so that people can read it.

use bundle_base::asset::ContentHash;
use bundle_engine::EntryKind;
use serde::{Deserialize, Serialize};

use crate::Failure;

/// The most bytes of a manifest.
pub(crate) const LARGEST: u64 = 1 << 20;
/// The most segments of a manifest that is read.
const MOST: usize = 1 << 10;
/// The most bytes of a segment after decompression. A single entry may be larger than what
/// segments are divided by.
const LARGEST_SEGMENT: u64 = 64 << 20;

/// The segments of a configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Counts the manifests that were written for the configuration.
    pub generation: u64,
    /// How long making an entry took, in microseconds of one core.
    pub cost: u64,
    /// The segments, the oldest first.
    pub segments: Vec<Listed>,
    /// The segments that a complete set replaced. Builds that read the manifest before may still
    /// fetch them.
    pub retired: Vec<Retired>,
}

/// A segment in a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// The hash of the bytes in the store, in hexadecimal digits: its name.
    pub hash: String,
    /// What its entries hold; `None`: of several kinds.
    pub kind: Option<EntryKind>,
    /// The number of entries.
    pub entries: usize,
    /// The number of bytes in the store.
    pub bytes: u64,
    /// The number of bytes of the pack.
    pub unpacked: u64,
}

/// A segment that is not listed any more, and the generation without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// Its hash.
    pub hash: String,
    /// The first generation that did not list it.
    pub generation: u64,
}

impl Listed {
    /// The hash.
    pub fn hash(&self) -> Option<ContentHash> {
        ContentHash::parse(&self.hash)
    }
}

impl Manifest {
    /// Parses a manifest. Numbers that would make a build reserve too much memory are damage.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        let manifest: Self = serde_json::from_slice(bytes)
            .map_err(|error| Failure::Damaged(format!("a manifest: {error}")))?;
        let is_sane = |listed: &Listed| {
            listed.hash().is_some()
                && listed.unpacked <= LARGEST_SEGMENT
                && listed.entries as u64 <= listed.unpacked
                && listed.bytes <= listed.unpacked.saturating_add(1 << 10)
        };
        if manifest.segments.len() > MOST || !manifest.segments.iter().all(is_sane) {
            return Err(Failure::Damaged("a manifest with impossible numbers".into()));
        }
        Ok(manifest)
    }

    pub(crate) fn text(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("a manifest is plain data")
    }

    /// Returns the number of entries in all segments.
    pub fn entries(&self) -> usize {
        self.segments.iter().map(|segment| segment.entries).sum()
    }

    /// Returns the number of bytes of all segments in the store.
    pub fn bytes(&self) -> u64 {
        self.segments.iter().map(|segment| segment.bytes).sum()
    }
}
