//! Numbers of modules, which are the same in every build of a session.

/// A number for a module's identity. Numbers depend on which task came first, so they order nothing
/// and reach no output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(pub u32);

impl NodeId {
    /// Returns the position in tables that are indexed by `NodeId`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
