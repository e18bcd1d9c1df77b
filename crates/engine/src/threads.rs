//! The thread pool that builds run in. Its stacks are large because parsers and tree walks recurse
//! as deep as the source nests, and a stack overflow cannot be caught. Only touched pages cost
//! memory.

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// The stack size in bytes of every thread that parses, walks or drops an AST.
const STACK: usize = 1 << 30;

/// Runs `work` on a pool of `jobs` threads; `None`: one thread per core. Runs it on the current
/// thread where the host has no threads.
pub fn with_threads<R: Send>(jobs: Option<usize>, work: impl FnOnce() -> R + Send) -> R {
    match pool(jobs) {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Runs `work` like `with_threads`, in a process that ends soon: the threads stay. A thread that
/// ends gives back all its memory, and that would only take time.
pub fn with_threads_that_stay<R: Send>(jobs: Option<usize>, work: impl FnOnce() -> R + Send) -> R {
    match pool(jobs) {
        Ok(pool) => std::mem::ManuallyDrop::new(pool).install(work),
        Err(_) => work(),
    }
}

fn pool(jobs: Option<usize>) -> Result<ThreadPool, ThreadPoolBuildError> {
    ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).stack_size(STACK).build()
}
