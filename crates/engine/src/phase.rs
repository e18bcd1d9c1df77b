//! The names of the five phases, and the trait by which a host follows a build. The engine only
//! reports that a phase begins; the host measures the time, because libraries read no clock.

use crate::Update;

/// Receives the progress of a build while it runs. Any `FnMut(Phase)` is a follower.
pub trait Follower: Send {
    /// Called when a phase begins.
    fn begins(&mut self, phase: Phase);

    /// Called with a hot update as soon as it is ready. Pages that run the previous build can apply
    /// it at once. The scripts themselves are emitted later, or not at all if the build fails.
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
    /// Reads, parses and resolves, from the entries to the module graph.
    Scan,
    /// Links the graph.
    Link,
    /// Distributes modules over chunks.
    Chunk,
    /// Renders every module to text.
    Render,
    /// Joins the texts into outputs.
    Emit,
}

impl Phase {
    /// Returns the name that users see: `scan`.
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
