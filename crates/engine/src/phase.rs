//! The five phases by name. The engine says when each begins; what that costs is for those to say
//! who have a clock.

use crate::Update;

/// Who is told of a build while it runs. A function that takes a phase is one.
pub trait Follower: Send {
    /// A phase begins.
    fn begins(&mut self, phase: Phase);

    /// Pages that have the build before can take this now: the scripts themselves come later, and
    /// not at all if the build fails.
    fn announce(&mut self, update: &Update) {
        let _ = update;
    }
}

impl<F: FnMut(Phase) + Send> Follower for F {
    fn begins(&mut self, phase: Phase) {
        self(phase);
    }
}

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
