//! The memory of WebAssembly, which hosts grow at a price: each growth takes about a millisecond,
//! and the collector of JavaScript runs after some. The allocator asks for the 64 kB that a request
//! lacks, thousands of times in a build. So large pieces are taken from the host beforehand. Memory
//! that nothing was written to costs a host nothing.

use std::hint::black_box;

/// What every build takes, in bytes.
const LEAST: usize = 64 << 20;
/// What a build takes for each byte of its sources, at least.
const PER_BYTE: usize = 6;
/// The most bytes that are taken at once.
const MOST: usize = 512 << 20;

/// Takes what a build of so many bytes of sources needs at least.
pub fn for_sources(bytes: usize) {
    take(bytes.saturating_mul(PER_BYTE).saturating_add(LEAST).min(MOST));
}

/// Takes what the next phase of a build may need.
pub fn for_phase() {
    #[cfg(target_family = "wasm")]
    take((core::arch::wasm32::memory_size(0) << 16) / 4);
}

/// Makes the allocator own free memory of this size in one piece. Where a host has less, the build
/// goes on, and may still find enough.
fn take(bytes: usize) {
    let mut space: Vec<u8> = Vec::new();
    if space.try_reserve_exact(bytes).is_ok() {
        black_box(space.as_mut_ptr());
    }
}
