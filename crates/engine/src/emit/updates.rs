//! What brings a page from one build to the next without a new page: the modules that changed, of
//! each script of a registry, as a script of its own. It is there before the scripts themselves are
//! joined. A script that differs in anything else has no part in it.

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use bundle_base::{Config, asset::ContentHash};
use bundle_graph::chunk::Chunk;
use rustc_hash::FxHashSet;

use super::{
    Draft, Kept, client,
    skeleton::{Runtime, Skeleton, Table, text_of},
    text,
};
use crate::memo::Rendered;

/// The changes of one build, for pages that have the build before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// A hash of the text, which names it.
    pub id: String,
    /// The script that brings the modules: it tells the client of its page.
    pub text: String,
    /// Scripts by their paths, with their hashes before and after.
    pub scripts: BTreeMap<String, (String, String)>,
    /// Nothing else of the build's scripts is another one: who has the build before needs no file
    /// of this one.
    pub is_whole: bool,
}

/// The update that leads from what is kept to what was drafted; `None`: no script has a part in it.
pub(super) fn of(chunks: &[Chunk], drafts: &[Draft], kept: &Kept, config: &Config) -> Option<Update> {
    if !config.output.is_hot() {
        return None;
    }
    let mut scripts = BTreeMap::new();
    let mut parts = Vec::new();
    let mut is_whole = true;
    for (chunk, draft) in chunks.iter().zip(drafts) {
        let (Some(skeleton), Some(hash)) = (&draft.made_of.0, draft.hash) else {
            is_whole &= draft.script.is_none();
            continue;
        };
        let before = kept.skeleton(chunk).filter(|(before, _)| is_alike(skeleton, before));
        let Some((before, old)) = before else {
            is_whole = false;
            continue;
        };
        scripts.insert(chunk.file.clone(), (old.to_owned(), client::digits(hash)));
        parts.push(part(&chunk.file, skeleton, before));
    }
    if parts.is_empty() {
        return None;
    }
    let client = text::string(&client::key(config));
    let body = parts.join(",\n");
    let id = client::digits(ContentHash::of(body.as_bytes()));
    let text = format!("this[{client}].update({}, [\n{body}\n]);\n", text::string(&id));
    Some(Update { id, text, scripts, is_whole })
}

/// Whether two scripts differ in nothing but modules, and functions of our runtime for these.
fn is_alike(now: &Skeleton, before: &Skeleton) -> bool {
    now.tables.len() == before.tables.len()
        && now.runtimes.len() == before.runtimes.len()
        && now.tables.iter().zip(&before.tables).all(|(a, b)| a.is_followed == b.is_followed)
        && fixed(now).eq(fixed(before))
}

/// The pieces of a skeleton's text that are not our runtime.
fn fixed(skeleton: &Skeleton) -> impl Iterator<Item = &str> {
    let mut ends: Vec<usize> = vec![0];
    for Runtime { functions, helpers } in &skeleton.runtimes {
        ends.extend([functions.start, functions.end, helpers.start, helpers.end]);
    }
    ends.push(skeleton.text.len());
    (0..ends.len() / 2).map(move |piece| &skeleton.text[ends[2 * piece]..ends[2 * piece + 1]])
}

/// `["js/shop.js", [functions that give functions of our runtime], { modules }]`.
fn part(file: &str, now: &Skeleton, before: &Skeleton) -> String {
    let mut part = format!("[{}, [", text::string(file));
    let runtime = |skeleton: &Skeleton, Runtime { functions, helpers }: &Runtime| {
        format!("{}return {};", &skeleton.text[functions.clone()], &skeleton.text[helpers.clone()])
    };
    let runtimes = now.runtimes.iter().map(|one| runtime(now, one));
    let known: Vec<String> = before.runtimes.iter().map(|one| runtime(before, one)).collect();
    for (number, new) in runtimes.filter(|new| !known.contains(new)).enumerate() {
        let separator = if number == 0 { "" } else { ", " };
        let _ = write!(part, "{separator}function () {{ \"use strict\"; {new} }}");
    }
    part.push_str("], {\n");
    let rows: Vec<&str> = changed(&now.tables, &before.tables);
    part.push_str(&rows.join(",\n"));
    part.push_str("\n}]");
    part
}

/// The texts of modules that were not there before, or were others.
fn changed<'t>(now: &'t [Table], before: &[Table]) -> Vec<&'t str> {
    let known: FxHashSet<*const Rendered> = before.iter().flat_map(|table| &table.rows).map(Arc::as_ptr).collect();
    let new: Vec<&Arc<Rendered>> =
        now.iter().flat_map(|table| &table.rows).filter(|row| !known.contains(&Arc::as_ptr(row))).collect();
    let kept: FxHashSet<*const Rendered> = now.iter().flat_map(|table| &table.rows).map(Arc::as_ptr).collect();
    let gone = before.iter().flat_map(|table| &table.rows).filter(|row| !kept.contains(&Arc::as_ptr(row)));
    // What was written anew may be the same.
    let gone: FxHashSet<&str> = gone.map(|row| text_of(row)).collect();
    new.into_iter().map(|row| text_of(row)).filter(|text| !gone.contains(text)).collect()
}
