//! Runs the tasks of a scan, one for each module, and merges their results into the memo tables.

use std::sync::Arc;

use super::{
    state::{Reached, Shared},
    task,
};
use crate::{
    Counts,
    memo::{Memo, NodeId},
};

/// Loads modules, each in a task of its own, unless they are known or begun already.
pub(super) fn start<'s>(modules: Vec<NodeId>, shared: &'s Shared<'s>, scope: &rayon::Scope<'s>) {
    let unknown = shared.reached().begin(modules);
    for (id, origin) in unknown {
        scope.spawn(move |scope| {
            let (node, result) = task::load(id, &origin, shared);
            let next = node.next().collect();
            {
                let mut reached = shared.reached();
                reached.found[id.index()] = Some(Arc::new(node));
                reached.results.push(result);
            }
            start(next, shared, scope);
        });
    }
}

/// Moves the results of tasks into the memo tables, and returns how much work they were.
pub(super) fn merge(memo: &mut Memo, reached: &mut Reached) -> Counts {
    let mut counts = Counts::default();
    memo.listed.clear();
    for result in reached.results.drain(..) {
        counts.loaded += usize::from(result.file.is_some() && !result.is_restored);
        counts.analysed += usize::from(result.is_analysed);
        counts.resolved += result.resolutions.len();
        memo.listed.extend(result.listed);
        if let Some((key, file)) = result.file {
            memo.learn_file(key, file);
        }
        memo.parts.extend(result.part);
        memo.learn_answers(result.resolutions);
    }
    counts
}
