//! Runs the tasks of a scan, one for each module, and merges their results into the memo tables.

use std::sync::Arc;

use bundle_base::{Diagnostics, unlocked};

use super::{
    answers::Answers,
    copies,
    model::Copy,
    read_once::ReadOnce,
    state::{Reached, ScanState},
    task,
};
use crate::{
    Counts,
    memo::{Memo, NodeId},
};

/// What the tasks of a scan have made, and the files to copy, which are read after them.
pub(super) struct ScanResult {
    pub reached: Reached,
    pub copies: Vec<Copy>,
    /// There were no diagnostics about copies.
    pub are_copies_without_diagnostics: bool,
    answers: Answers,
    read_once: Arc<ReadOnce>,
    /// The number of requests to plugins.
    asked: usize,
}

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

/// Reads the files to copy when all tasks are done. Returns what all have made.
pub(super) fn finish(shared: ScanState<'_>, log: &mut Diagnostics) -> ScanResult {
    let mut from_copies = Vec::new();
    let count_before = log.iter().count();
    let copies = copies::copies(&shared, &mut from_copies, log);
    let are_copies_without_diagnostics = log.iter().count() == count_before;
    let asked = shared.plugins.request_count();
    let ScanState { reached, answers, read_once, .. } = shared;
    let mut reached = unlocked(reached);
    reached.results.append(&mut from_copies);
    ScanResult { reached, copies, are_copies_without_diagnostics, answers, read_once, asked }
}

/// Moves the results of tasks into the memo tables, and returns how much work they were. If no
/// build follows, only the table of files is filled, which records what was read.
pub(super) fn merge(memo: &mut Memo, made: &mut ScanResult, is_last: bool) -> Counts {
    let ScanResult { reached, answers, read_once, asked, .. } = made;
    let (resolved, avoided) = (answers.count(), read_once.avoided());
    let mut counts = Counts { resolved, avoided, asked: *asked, ..Counts::default() };
    memo.listed.clear();
    for result in reached.results.drain(..) {
        counts.loaded += usize::from(result.file.is_some() && !result.is_reused);
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
    // What these depend on is not watched from now on, so a change of it would not be noticed.
    memo.unconfirmed.clear();
    if !is_last {
        memo.add_answers(std::mem::take(answers).take().collect());
    }
    counts
}
