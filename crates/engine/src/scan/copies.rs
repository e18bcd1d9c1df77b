//! The files that the configuration's `copy` rules name. They are copied into the output folder,
//! whether or not a module refers to them.

use std::sync::Arc;

use bundle_base::{
    Diagnostic, Diagnostics,
    asset::{Address, Private, private},
    config::CopyRule,
    fs::FileKind,
};
use bundle_resolve::Resolved;
use camino::{Utf8Path, Utf8PathBuf};
use globset::GlobMatcher;
use rayon::prelude::*;

use super::{
    model::Copy,
    state::{ScanState, TaskResult},
    synthetic::{compile, walk},
    task,
};
use crate::{loaders::COPIED_PROGRAM, memo::FileEntry, messages};

/// Applies the rules to the files that exist now, and returns what to copy. Reports rules without a
/// file, private files and files that cannot be read.
pub(super) fn copies(
    shared: &ScanState<'_>,
    results: &mut Vec<TaskResult>,
    log: &mut Diagnostics,
) -> Vec<Copy> {
    let mut copies = Vec::new();
    for rule in &shared.config.copy {
        let mut listed = TaskResult::default();
        let mut found = files(rule, shared, &mut listed);
        results.push(listed);
        if found.is_empty() {
            log.push(messages::nothing_to_copy(rule));
        }
        log.extend(left_out(rule, &mut found, shared));
        let read = |(path, to)| copy(path, to, rule.has_programs, shared);
        let read = found.into_par_iter().map(read).collect::<Vec<_>>();
        for (made, result) in read {
            results.push(result);
            match made {
                Ok(mut copy) => {
                    copy.page.clone_from(&rule.page);
                    copy.place.clone_from(&rule.place);
                    copies.push(copy);
                }
                Err(file) => log.extend(file.diagnostics.iter().cloned()),
            }
        }
    }
    copies
}

/// Finds the files of a rule, each with its path in the output folder.
fn files(
    rule: &CopyRule,
    shared: &ScanState<'_>,
    listed: &mut TaskResult,
) -> Vec<(Utf8PathBuf, String)> {
    let is_file = shared.fs.kind(&rule.from) == Some(FileKind::File);
    if is_file {
        let name = rule.from.file_name().unwrap_or_default();
        let to = if rule.to.is_empty() || rule.to.ends_with('/') {
            format!("{}{name}", rule.to)
        } else {
            rule.to.clone()
        };
        return vec![(rule.from.clone(), to)];
    }
    let pattern = if rule.pattern.is_empty() { "**" } else { &rule.pattern };
    // The patterns were checked with the configuration.
    let patterns = compile(&[pattern.to_owned()]).unwrap_or_default();
    let ignored = compile(&rule.ignored).unwrap_or_default();
    let names = walk(&rule.from, true, shared, &mut listed.listed).into_iter();
    let to = if rule.to.is_empty() {
        String::new()
    } else {
        format!("{}/", rule.to.trim_end_matches('/'))
    };
    let is_one_of = |globs: &[(GlobMatcher, bool)], name: &Utf8Path| {
        globs.iter().any(|(glob, _)| glob.is_match(name))
    };
    let fits = |name: &String| {
        let name = Utf8Path::new(name);
        is_one_of(&patterns, name) && !name.ancestors().any(|name| is_one_of(&ignored, name))
    };
    let found = names.filter(fits).map(|name| (rule.from.join(&name), format!("{to}{name}")));
    // The output folder may lie in the rule's folder: earlier copies are not copied again.
    let dir = &shared.config.output.dir;
    let is_inside = dir.starts_with(&rule.from);
    found.filter(|(path, _)| !is_inside || !path.starts_with(dir)).collect()
}

/// Files that version control and systems put into folders of images. Nobody means to publish them.
const UNPUBLISHED: [&str; 5] = [".DS_Store", ".gitattributes", ".gitignore", ".gitkeep", ".keep"];

/// Removes private files that a folder or a pattern matches, and warns about them. A private file
/// that the rule names itself is kept here; loading it is an error.
fn left_out(
    rule: &CopyRule,
    found: &mut Vec<(Utf8PathBuf, String)>,
    shared: &ScanState<'_>,
) -> Option<Diagnostic> {
    let is_named = found.iter().any(|(path, _)| *path == rule.from);
    if is_named {
        return None;
    }
    let is_private = |(path, _): &mut (Utf8PathBuf, String)| {
        let why = private(path, &*shared.fs);
        why.is_some_and(|why| !(rule.has_programs && why == Private::Program))
    };
    let names: Vec<String> = found
        .extract_if(.., is_private)
        .filter(|(path, _)| !path.file_name().is_some_and(|name| UNPUBLISHED.contains(&name)))
        .map(|(path, _)| shared.resolver.name(&path))
        .collect();
    (!names.is_empty()).then(|| messages::not_copied(rule, &names))
}

fn copy(
    path: Utf8PathBuf,
    to: String,
    has_programs: bool,
    shared: &ScanState<'_>,
) -> (Result<Copy, Arc<FileEntry>>, TaskResult) {
    let mut result = TaskResult::default();
    let name = shared.resolver.name(Utf8Path::new(&path));
    let program = if has_programs { format!("&{COPIED_PROGRAM}") } else { String::new() };
    let resolved = Resolved { path, query: format!("?url{program}"), name, package: None };
    let file = task::file(&resolved, shared, &mut result);
    let address = file.loaded.as_ref().and_then(|loaded| loaded.address.clone());
    let Some(Address::File(asset)) = address else { return (Err(file), result) };
    (Ok(Copy::new(to, asset, file)), result)
}
