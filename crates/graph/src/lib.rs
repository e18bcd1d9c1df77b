//! The module graph, linking and chunking as plain data. It reads no disk, holds no AST and starts
//! no thread, so its tests take milliseconds.

pub mod chunk; // LinkedGraph -> ChunkGraph: scripts, their links and names
pub mod cycles; // strongly connected components
pub mod link; // ModuleGraph -> LinkedGraph: bindings, liveness, wrapping
pub mod messages; // every diagnostic of this crate
pub mod module; // ModuleGraph: records in evaluation order
pub mod plan; // RenderPlan: all that the text of one module depends on
pub mod record; // ModuleRecord: what other modules must know of one module
