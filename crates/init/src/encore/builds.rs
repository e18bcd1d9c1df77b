//! The builds of one script: `Encore.reset()` begins another one. They become one build, which has
//! one `outDir` and one `publicPath`, so those that these do not fit are noted.

use std::rc::Rc;

use bundle_js::static_evaluation::{Symbol, Value};

use super::super::{
    plan::tidy,
    reading::{Reading, call_of},
};

/// Folders that servers have as the root of their addresses.
const PUBLIC: [&str; 6] = ["public", "web", "www", "htdocs", "public_html", "webroot"];
/// Calls that make chunks which entries share.
const SHARING: [&str; 3] = ["splitEntryChunks", "createSharedEntry", "addCacheGroup"];

/// A build of the script.
pub(super) struct Build<'c> {
    /// Its calls in order.
    pub calls: &'c [Rc<Symbol>],
    /// The folder of its outputs, relative to the project.
    pub folder: String,
    /// The address of this folder; empty if it is not known.
    pub public: String,
}

impl<'c> Build<'c> {
    fn of(reading: &Reading<'_>, calls: &'c [Rc<Symbol>]) -> Self {
        // The last call counts.
        let argument = |name: &str| {
            let call = calls.iter().rev().find(|call| call_of(call).0 == name)?;
            call_of(call).1.first().cloned()
        };
        let folder = argument("setOutputPath").and_then(|path| reading.path_of(&path));
        let folder = tidy(&folder.unwrap_or_else(|| "public/build".to_owned()));
        let public = argument("setPublicPath").and_then(|path| path.as_text());
        Self {
            calls,
            folder: folder.trim_end_matches('/').to_owned(),
            public: public.unwrap_or_default(),
        }
    }

    /// Whether the names of its files have hashes.
    pub fn is_versioned(&self) -> bool {
        let call = self.calls.iter().rev().find(|call| call_of(call).0 == "enableVersioning");
        call.is_some_and(|call| !matches!(call_of(call).1, [Value::Boolean(false), ..]))
    }

    /// Returns the folder and the address without the folders that both end with. Builds with the
    /// same ones fit one `outDir` and one `publicPath`.
    fn root(&self) -> Option<(&str, &str)> {
        let (mut folder, mut address) = (self.folder.as_str(), self.public.trim_end_matches('/'));
        while !folder.is_empty() {
            let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            let Some(rest) = address.strip_suffix(name).and_then(|rest| rest.strip_suffix('/'))
            else {
                break;
            };
            (folder, address) = (parent, rest);
        }
        (!self.public.is_empty()).then_some((folder, address))
    }

    fn call_of_sharing(&self) -> Option<&Rc<Symbol>> {
        self.calls.iter().find(|call| SHARING.contains(&call_of(call).0))
    }

    fn entries(&self) -> Vec<String> {
        let calls = self.calls.iter().map(|call| call_of(call));
        let names = calls.flat_map(|(name, arguments)| match (name, arguments) {
            ("addEntry" | "addStyleEntry" | "createSharedEntry", [entry, ..]) => {
                entry.as_text().into_iter().collect()
            }
            ("addEntries", [entries, ..]) => entries.fields().keys().cloned().collect(),
            _ => Vec::new(),
        });
        names.collect()
    }
}

/// Returns the builds of a script that it exports, and that fit one configuration.
pub(super) fn of_script<'c>(
    reading: &mut Reading<'_>,
    calls: &'c [Rc<Symbol>],
    exported: &[Value],
) -> Vec<Build<'c>> {
    let builds = calls.split(|call| call_of(call).0 == "reset");
    let mut builds: Vec<Build<'c>> = builds
        .filter(|calls| calls.iter().any(|call| call_of(call).0.starts_with("add")))
        .map(|calls| Build::of(reading, calls))
        .collect();
    let exported = reading.asked_for(exported.to_vec());
    // A file that is required may have more than the script exports.
    let is_exported = |build: &Build<'_>| {
        let mut symbols = exported.iter().filter_map(Value::as_symbol);
        symbols.any(|symbol| build.calls.iter().any(|call| Rc::ptr_eq(call, symbol)))
    };
    let are_known = exported.iter().all(|one| one.as_symbol().is_some());
    if are_known && builds.iter().any(is_exported) {
        builds.retain(is_exported);
    }
    fitting(reading, builds)
}

/// Returns the builds whose folders and addresses fit together: most of them, or else those of the
/// public folder. Notes the others.
fn fitting<'c>(reading: &mut Reading<'_>, builds: Vec<Build<'c>>) -> Vec<Build<'c>> {
    let roots = || builds.iter().filter_map(Build::root);
    let rank = |root: &(&str, &str)| {
        let is_public = PUBLIC.contains(&root.0.rsplit('/').next().unwrap_or_default());
        (roots().filter(|other| other == root).count(), is_public)
    };
    // Of equals, `max_by_key` returns the last one.
    let Some(main) = roots().rev().max_by_key(rank) else { return builds };
    let main = (main.0.to_owned(), main.1.to_owned());
    let is_of_main = |build: &Build<'_>| {
        build.root().is_none_or(|(folder, address)| main.0 == folder && main.1 == address)
    };
    let (fitting, others): (Vec<_>, Vec<_>) = builds.into_iter().partition(is_of_main);
    for other in others {
        note_left_out(reading, &other, &fitting);
    }
    fitting
}

fn note_left_out(reading: &mut Reading<'_>, build: &Build<'_>, written: &[Build<'_>]) {
    let Some(first) = build.calls.first() else { return };
    let written: Vec<&str> = written.iter().map(|build| build.folder.as_str()).collect();
    let Build { folder, public, .. } = build;
    let entries = build.entries();
    let word = if entries.len() == 1 { "entry" } else { "entries" };
    let what = if entries.is_empty() {
        format!("the build in {folder}")
    } else {
        format!("the build in {folder}, with its {word} {}", entries.join(", "))
    };
    let slash = if public.ends_with('/') { "" } else { "/" };
    let remedy = format!(
        "bundle.config.json is for {}, and its publicPath does not fit {folder}: write another \
         file with \"outDir\": \"{folder}\", \"publicPath\": \"{public}{slash}\" and the entries \
         in \"areas\", and run `bundle --config FILE` too",
        written.join(" and ")
    );
    reading.note(first.place, what, &remedy);
}

/// Without a runtime chunk and without shared chunks, views may name the script of an entry, which
/// is whole: `asset("build/app.js")`. Entries of several builds share no chunks.
pub(super) fn splitting(reading: &mut Reading<'_>, builds: &[Build<'_>]) {
    let sharing: Vec<&Rc<Symbol>> = builds.iter().filter_map(Build::call_of_sharing).collect();
    if let [first, ..] = sharing.as_slice()
        && sharing.len() < builds.len()
    {
        let what =
            format!("{}() of {} of {} builds", call_of(first).0, sharing.len(), builds.len());
        let remedy = "all entries share chunks, which entrypoints.json lists: where views name \
                      the script of an entry themselves, write \"splitting\": \"async\"";
        reading.note(first.place, what, remedy);
    }
    if !sharing.is_empty() {
        return;
    }
    let calls = || builds.iter().flat_map(|build| build.calls);
    let count = |name: &str| calls().filter(|call| call_of(call).0 == name).count();
    let why = if builds.len() > 1 {
        "as before: entries of several builds share no scripts"
    } else if count("addEntry") > 1 && count("disableSingleRuntimeChunk") > 0 {
        "as before: each script of an entry is whole, so views may name it"
    } else {
        return;
    };
    reading.plan.set("splitting", "async");
    reading.plan.comment("splitting", why);
}
