//! The model of a program as plain data. No AST, no path on disk, no threads: it can be tested in
//! milliseconds.

pub mod chunk; // LinkedGraph -> ChunkGraph: who ships together, in which order, under which names
pub mod cycles; // what leads back to itself
pub mod link; // ModuleGraph -> LinkedGraph: bindings, liveness, wrapping
pub mod messages; // every sentence this crate can say
pub mod module; // ModuleGraph: records in first evaluation order
pub mod plan; // RenderPlan: all that rendering one part may know
pub mod record; // ModuleRecord: what the rest of the world needs to know of one part
