//! The memory of WebAssembly, which hosts grow at a price: each growth takes about a millisecond,
//! and JavaScript's garbage collector runs after some. The allocator asks for the 64 kB that a
//! request lacks, thousands of times in a build. So a call that finds the memory grown takes
//! a large piece at once. Memory that nothing was written to costs a host nothing.

use std::hint::black_box;

/// What every build takes, in bytes.
#[cfg(target_family = "wasm")]
const LEAST: usize = 32 << 20;

/// Takes a piece if the memory grew since the last call: an eighth of what there is.
pub fn keep_ahead() {
    #[cfg(target_family = "wasm")]
    {
        use std::cell::Cell;
        thread_local! { static SEEN: Cell<usize> = const { Cell::new(0) }; }
        let size = || core::arch::wasm32::memory_size(0) << 16;
        if SEEN.get() != size() {
            take(LEAST.max(size() / 8));
            SEEN.set(size());
        }
    }
}

/// Makes the allocator own free memory of this size in one piece. Where a host has less, the build
/// goes on, and may still find enough.
#[cfg_attr(not(target_family = "wasm"), expect(dead_code, reason = "only that memory grows"))]
fn take(bytes: usize) {
    let mut space: Vec<u8> = Vec::new();
    if space.try_reserve_exact(bytes).is_ok() {
        black_box(space.as_mut_ptr());
    }
}
