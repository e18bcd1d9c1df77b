//! Runs the tasks of a scan, one for each module, and merges their results into the memo tables.

use std::sync::Arc;

use super::{
    answers::Answers,
    read_once::ReadOnce,
    state::{Reached, ScanState},
    task,
};
use crate::{
    Counts,
    memo::{Memo, NodeId},
};

/// Loads modules, each in a task of its own, unless they are known or begun already. What is found
/// first is loaded first, because the segments of a shared cache come in this order.
pub(super) fn start<'s>(
    modules: Vec<NodeId>,
    shared: &'s ScanState<'s>,
    scope: &rayon::ScopeFifo<'s>,
) {
    let unknown = shared.reached().begin(modules);
    for (id, origin) in unknown {
        scope.spawn_fifo(move |scope| {
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

/// Moves the results of tasks into the memo tables, and returns how much work they were. If no
/// build follows, only the table of files is filled, which says what was read.
pub(super) fn merge(
    memo: &mut Memo,
    (reached, answers, fs): (&mut Reached, Answers, &ReadOnce),
    is_last: bool,
) -> Counts {
    let mut counts =
        Counts { resolved: answers.count(), avoided: fs.avoided(), ..Counts::default() };
    memo.listed.clear();
    for result in reached.results.drain(..) {
        counts.loaded += usize::from(result.file.is_some() && !result.is_restored);
        memo.listed.extend(result.listed);
        if let Some((key, file)) = result.file {
            memo.add_file(key, file);
        }
        if let Some((key, entry)) = result.part {
            if result.is_analysed {
                counts.analysed += 1;
                counts.parsed_bytes += key.source.text.len();
            }
            if !is_last {
                memo.parts.insert(key, entry);
            }
        }
    }
    if !is_last {
        memo.add_answers(answers.take().collect());
    }
    counts
}
