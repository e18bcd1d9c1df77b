//! The id of a chunk.

/// Index into `ChunkGraph::chunks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChunkId(pub u32);

impl ChunkId {
    /// Returns the id for a position in `ChunkGraph::chunks`.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than four billion chunks"))
    }

    /// Returns the position in `ChunkGraph::chunks`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
