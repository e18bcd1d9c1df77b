//! The five phases by name. The engine says when each begins; what that costs is for those to say who have a clock.

/// A phase of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Entries to the graph: reading, parsing, resolving.
    Scan,
    /// The graph linked.
    Link,
    /// Modules distributed over chunks.
    Chunk,
    /// Every module as text.
    Render,
    /// The texts joined.
    Emit,
}

impl Phase {
    /// As users read it: `scan`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Link => "link",
            Self::Chunk => "chunk",
            Self::Render => "render",
            Self::Emit => "emit",
        }
    }
}
