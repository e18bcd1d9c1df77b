//! Budgets: checks whether the pages of a build stay within the sizes that the configuration
//! allows. A page over its budget fails the build before anything is written. The diagnostic names
//! the reasons: what grew since a stored metafile, or else what is largest.

use bundle_base::{
    Config, Diagnostics,
    config::{Budget, BudgetFor},
};
use bundle_report::{
    packages,
    parsed_metafile::{Metafile, Output, extension, file_of},
};
use indexmap::IndexMap;

use crate::{
    growth,
    messages::{self, Excess},
};

/// The most reasons that a diagnostic names.
const SHOWN: usize = 3;

/// Reports the pages that are over their budgets. `before`: a stored metafile.
pub fn check(
    config: &Config,
    now: &Metafile,
    before: Option<&Metafile>,
) -> Result<(), Diagnostics> {
    let mut log = Diagnostics::new();
    for (path, output) in now.entries() {
        let name = output.called(path);
        for budget in config.budgets.iter().filter(|budget| budget.is_for(name)) {
            let files = files(now, path, budget);
            let bytes = files.iter().map(|(_, bytes)| bytes).sum();
            if bytes <= budget.bytes {
                continue;
            }
            let entry = Entry { name, path };
            let (why, is_growth) = reasons(now, before, &entry, budget);
            log.push(messages::over_budget(&Excess {
                entry: name,
                budget,
                bytes,
                files,
                why,
                is_growth,
            }));
        }
    }
    log.stop_on_error()
}

struct Entry<'f> {
    name: &'f str,
    /// The path of the entry's output.
    path: &'f str,
}

fn counts(path: &str, budget: &Budget) -> bool {
    match budget.of {
        BudgetFor::Js => extension(path) != "css",
        BudgetFor::Css => extension(path) == "css",
        BudgetFor::Total => true,
    }
}

/// Returns the files of a page that a budget counts, with the bytes that it counts.
fn files<'f>(metafile: &'f Metafile, entry: &str, budget: &Budget) -> Vec<(&'f str, u64)> {
    let bytes = |output: &Output| {
        if budget.is_gzip { output.gzip.unwrap_or(output.bytes) } else { output.bytes }
    };
    let page = metafile.page(entry).into_iter().filter(|(path, _)| counts(path, budget));
    page.map(|(path, output)| (path, bytes(output))).collect()
}

/// Returns the modules or packages that made a page large, the largest first; the flag is true if
/// they are what grew.
fn reasons(
    now: &Metafile,
    before: Option<&Metafile>,
    entry: &Entry<'_>,
    budget: &Budget,
) -> (Vec<(String, u64)>, bool) {
    let grown = before.map(|before| {
        let of_page = |metafile: &Metafile, path: &str| -> Vec<String> {
            let page = metafile.page(path).into_iter().filter(|(path, _)| counts(path, budget));
            page.map(|(path, output)| output.called(path).to_owned()).collect()
        };
        let path_before = before
            .entries()
            .find(|(path, output)| output.called(path) == entry.name)
            .map(|(path, _)| path);
        let there = path_before.map(|path| of_page(before, path)).unwrap_or_default();
        let here = of_page(now, entry.path);
        let wanted = |path: &str, output: &Output| {
            let pages = [&there, &here];
            counts(path, budget)
                && pages.iter().any(|page| page.iter().any(|name| name == output.called(path)))
        };
        let modules = growth::modules(before, now, wanted);
        let grown = modules
            .iter()
            .filter_map(|it| Some((it.name, u64::try_from(it.growth()).ok().filter(|n| *n > 0)?)));
        together(grown)
    });
    if let Some(grown) = grown.filter(|grown| !grown.is_empty()) {
        return (grown, true);
    }
    let page = now.page(entry.path).into_iter().filter(|(path, _)| counts(path, budget));
    let modules = page.flat_map(|(_, output)| &output.inputs);
    (together(modules.map(|(key, inside)| (file_of(key), inside.bytes_in_output))), false)
}

/// Adds up the modules of each package, and returns the largest `SHOWN` results.
fn together<'f>(modules: impl Iterator<Item = (&'f str, u64)>) -> Vec<(String, u64)> {
    let mut found: IndexMap<&str, (u64, Vec<&str>)> = IndexMap::new();
    for (module, bytes) in modules {
        let of = packages::of(module).map_or(module, |package| package.folder);
        let (sum, modules) = found.entry(of).or_default();
        *sum += bytes;
        modules.push(module);
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    let name = |of: &str, modules: &[&str]| match modules {
        [only] => (*only).to_owned(),
        _ if modules.contains(&of) => of.to_owned(),
        _ => format!("{of} ({} modules)", modules.len()),
    };
    found
        .into_iter()
        .take(SHOWN)
        .map(|(of, (bytes, modules))| (name(of, &modules), bytes))
        .collect()
}
