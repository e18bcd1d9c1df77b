//! The thread pool that builds run in. Its stacks are large because parsers and tree walks recurse
//! as deep as the source nests, and a stack overflow cannot be caught. Only touched pages cost
//! memory.

/// The stack size in bytes of every thread that parses, walks or drops an AST.
const STACK: usize = 1 << 30;

/// Runs `work` on a pool of `jobs` threads; `None`: one thread per core. Runs it on the current
/// thread where the host has no threads.
pub fn with_threads<R: Send>(jobs: Option<usize>, work: impl FnOnce() -> R + Send) -> R {
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).stack_size(STACK).build();
    match pool {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
