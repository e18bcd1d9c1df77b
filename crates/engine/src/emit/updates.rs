//! Hot updates: the changed modules of each script, and the stylesheets that it puts into the page,
//! in a script of their own. An update leads a page from one build to the next without a reload,
//! and is written before the scripts themselves are joined. A script that differs in anything else
//! has no update.
//! docs/design/hot-updates.md has a worked example.

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use bundle_base::{Config, asset::ContentHash, config::SourceMap, place::Place};
use bundle_graph::chunk::Chunk;
use rustc_hash::FxHashSet;

use super::{
    client,
    draft::Draft,
    output::Update,
    previous::PreviousEmit,
    sections,
    skeleton::{InjectedStyles, Runtime, Skeleton, Table, text_of},
};
use crate::{
    memo::{Rendered, Section},
    text,
};

/// The folder for updates, in the output folder.
pub const FOLDER: &str = "bundle-dev";

/// Returns the update from the previous scripts to the drafted ones; `None` if no script can be
/// updated.
pub(super) fn of(
    chunks: &[Chunk],
    drafts: &[Draft],
    previous: &PreviousEmit,
    config: &Config,
) -> Option<Update> {
    if !config.output.is_hot() {
        return None;
    }
    let mut scripts = BTreeMap::new();
    let mut writer = Writer::default();
    let mut is_whole = true;
    for (chunk, draft) in chunks.iter().zip(drafts) {
        let (Some(skeleton), Some(hash)) = (&draft.made_of.0, draft.hash) else {
            is_whole &= draft.script.is_none();
            continue;
        };
        let before = previous.skeleton(chunk).filter(|(before, _)| is_alike(skeleton, before));
        let Some((before, old)) = before else {
            is_whole = false;
            continue;
        };
        scripts.insert(chunk.files.script.clone(), (old.to_owned(), client::digits(hash)));
        writer.part(&chunk.files.script, skeleton, before);
    }
    if scripts.is_empty() {
        return None;
    }
    let Writer { text: body, sections } = writer;
    let client = text::string(&client::key(config));
    let id = client::digits(ContentHash::of(body.as_bytes()));
    let open = format!("this[{client}].update({}, [\n", text::string(&id));
    let has_map = matches!(config.output.source_map, SourceMap::File | SourceMap::Inline);
    let map = has_map.then(|| {
        let mut done = (0, Place::default().after(&open));
        let place = |(at, section): (usize, _)| {
            done = (at, done.1.after(&body[done.0..at]));
            (done.1, section)
        };
        let places: Vec<(Place, &Section)> = sections.into_iter().map(place).collect();
        sections::json(&places, &format!("{FOLDER}/{id}.js"), config)
    });
    Some(Update { text: format!("{open}{body}\n]);\n"), id, map, scripts, is_whole })
}

/// Whether two scripts differ only in modules, in functions of our runtime for these, and
/// in the text of their stylesheets.
fn is_alike(now: &Skeleton, before: &Skeleton) -> bool {
    now.tables.len() == before.tables.len()
        && now.runtimes.len() == before.runtimes.len()
        && now.stylesheets.is_some() == before.stylesheets.is_some()
        && now.tables.iter().zip(&before.tables).all(|(a, b)| a.is_followed == b.is_followed)
        && fixed(now).eq(fixed(before))
}

/// Returns the pieces of a skeleton's text that are neither stylesheets nor our runtime.
fn fixed(skeleton: &Skeleton) -> impl Iterator<Item = &str> {
    let mut ends: Vec<usize> = vec![0];
    // A script puts its stylesheets into the page before anything else.
    ends.extend(skeleton.stylesheets.iter().flat_map(|it| [it.array.start, it.array.end]));
    for Runtime { functions, helpers } in &skeleton.runtimes {
        ends.extend([functions.start, functions.end, helpers.start, helpers.end]);
    }
    ends.push(skeleton.text.len());
    (0..ends.len() / 2).map(move |piece| &skeleton.text[ends[2 * piece]..ends[2 * piece + 1]])
}

/// Returns an expression for the array of the stylesheets that a script puts into the page. On a
/// page without the script the expression is undefined, because `address` is.
fn stylesheets(skeleton: &Skeleton) -> Option<String> {
    let InjectedStyles { array, address } = skeleton.stylesheets.as_ref()?;
    let array = &skeleton.text[array.clone()];
    Some(match address {
        Some(address) => {
            format!("{address} && (function (address) {{ return {array}; }})({address})")
        }
        None => array.to_owned(),
    })
}

/// The text of an update while it is written, and the maps of its modules with the bytes where
/// these begin.
#[derive(Default)]
struct Writer<'r> {
    text: String,
    sections: Vec<(usize, &'r Section)>,
}

impl<'r> Writer<'r> {
    /// Writes the part of one script: `["js/shop.js", [functions that return functions of our
    /// runtime], { modules }]`, and `[stylesheets]` if these differ.
    fn part(&mut self, file: &str, now: &'r Skeleton, before: &Skeleton) {
        self.separate(self.text.is_empty());
        let _ = write!(self.text, "[{}, [", text::string(file));
        let runtime = |skeleton: &Skeleton, Runtime { functions, helpers }: &Runtime| {
            format!(
                "{}return {};",
                &skeleton.text[functions.clone()],
                &skeleton.text[helpers.clone()]
            )
        };
        let known: Vec<String> = before.runtimes.iter().map(|one| runtime(before, one)).collect();
        let runtimes = now.runtimes.iter().map(|one| runtime(now, one));
        for (number, new) in runtimes.filter(|new| !known.contains(new)).enumerate() {
            self.separate(number == 0);
            let _ = write!(self.text, "function () {{ \"use strict\"; {new} }}");
        }
        self.text.push_str("], {\n");
        for (number, row) in changed(&now.tables, &before.tables).into_iter().enumerate() {
            self.separate(number == 0);
            self.sections.extend(row.section.as_ref().map(|section| (self.text.len(), section)));
            self.text.push_str(text_of(row));
        }
        self.text.push_str("\n}");
        let array = stylesheets(now);
        if let Some(array) = array.filter(|now| stylesheets(before).as_ref() != Some(now)) {
            self.separate(false);
            self.text.push_str(&array);
        }
        self.text.push(']');
    }

    fn separate(&mut self, is_first: bool) {
        self.text.push_str(if is_first { "" } else { ",\n" });
    }
}

/// Returns the modules that are new or have changed.
fn changed<'t>(now: &'t [Table], before: &[Table]) -> Vec<&'t Rendered> {
    let rows = |tables: &'t [Table]| tables.iter().flat_map(|table| &table.rows);
    let known: FxHashSet<*const Rendered> =
        before.iter().flat_map(|table| &table.rows).map(Arc::as_ptr).collect();
    let kept: FxHashSet<*const Rendered> = rows(now).map(Arc::as_ptr).collect();
    let gone =
        before.iter().flat_map(|table| &table.rows).filter(|row| !kept.contains(&Arc::as_ptr(row)));
    // A module may have been rendered again with the same text.
    let gone: FxHashSet<&str> = gone.map(|row| text_of(row)).collect();
    let new = rows(now).filter(|row| !known.contains(&Arc::as_ptr(row)));
    new.map(|row| &**row).filter(|row| !gone.contains(text_of(row))).collect()
}
