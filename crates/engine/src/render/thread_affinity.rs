//! Runs each job on the thread that allocated the memory that the job frees. An AST is millions of
//! small allocations, and an allocator frees each cheapest on the thread that allocated it: when
//! another thread frees it, it is queued and handled twice. A thread that has done its own jobs
//! takes over those of other threads.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard},
};

use bundle_base::lock;

use rayon::prelude::*;

/// Jobs that no thread has begun, with their positions.
type Queue<J> = Mutex<VecDeque<(usize, J)>>;

/// Carries out all jobs and returns the results in order. `home`: the thread of the pool that
/// should carry out a job, if it matters.
pub(super) fn run<J: Send, D: Send>(
    jobs: Vec<J>,
    home: impl Fn(&J) -> Option<usize>,
    work: impl Fn(J) -> D + Sync,
) -> Vec<D> {
    let threads = rayon::current_num_threads();
    // The last queue has the jobs that may run anywhere.
    let mut queues: Vec<VecDeque<(usize, J)>> = (0..=threads).map(|_| VecDeque::new()).collect();
    for (position, job) in jobs.into_iter().enumerate() {
        let home = home(&job).filter(|thread| *thread < threads);
        queues[home.unwrap_or(threads)].push_back((position, job));
    }
    let queues: Vec<Queue<J>> = queues.into_iter().map(Mutex::new).collect();
    let one_thread = |_| {
        let own = rayon::current_thread_index().unwrap_or(threads);
        std::iter::from_fn(|| next(&queues, own))
            .map(|(position, job)| (position, work(job)))
            .collect::<Vec<_>>()
    };
    let done: Vec<Vec<(usize, D)>> =
        (0..threads).into_par_iter().with_max_len(1).map(one_thread).collect();
    let mut done: Vec<(usize, D)> = done.into_iter().flatten().collect();
    done.sort_unstable_by_key(|(position, _)| *position);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Takes the next job: one of the thread's own, one that may run anywhere, or the last one of
/// another thread.
fn next<J>(queues: &[Queue<J>], own: usize) -> Option<(usize, J)> {
    let first = |queue: &Queue<J>| waiting(queue).pop_front();
    let (anywhere, threads) = queues.split_last()?;
    threads
        .get(own)
        .and_then(first)
        .or_else(|| first(anywhere))
        .or_else(|| threads.iter().find_map(|queue| waiting(queue).pop_back()))
}

fn waiting<J>(queue: &Queue<J>) -> MutexGuard<'_, VecDeque<(usize, J)>> {
    lock(queue)
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::with_threads;

    #[test]
    fn jobs_run_on_their_threads_and_keep_their_order() {
        with_threads(Some(2), || {
            let work = |job: usize| {
                // Long enough that the other thread begins too.
                std::thread::sleep(std::time::Duration::from_millis(2));
                (job, rayon::current_thread_index())
            };
            let done = run((0..64).collect(), |job| Some(job % 2), work);
            let numbers: Vec<usize> = done.iter().map(|(job, _)| *job).collect();
            assert_eq!(numbers, (0..64).collect::<Vec<_>>());
            let matching = done.iter().filter(|(job, thread)| Some(job % 2) == *thread).count();
            assert!(matching > 40, "only {matching} of 64 ran on their threads");
        });
    }

    #[test]
    fn no_job_is_lost_without_a_thread() {
        for home in [None, Some(0), Some(99)] {
            let done = with_threads(Some(3), || run((0..50).collect(), |_: &i32| home, |job| job));
            assert_eq!(done, (0..50).collect::<Vec<_>>());
        }
    }
}
