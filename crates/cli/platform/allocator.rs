//! The allocator of the process. Only the binary may choose it: libraries work with any.

#[cfg(target_os = "linux")]
use mimalloc as _; // linked for its `malloc`

/// This one frees all memory of a Sass compilation when it ends, and leaves everything else to the
/// system's `malloc`, which is mimalloc's here.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: bundle_engine::SassAllocator = bundle_engine::SassAllocator;

/// mimalloc cannot take the place of the system's `malloc` everywhere. There, each compiled
/// stylesheet adds to the memory of a watcher (docs/libraries.md, sasso).
#[cfg(not(any(target_os = "linux", target_family = "wasm")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
