//! The answer of `bundle why` as text.

use std::fmt::Write as _;

use super::{chain::Chain, presence::Presence};
use crate::{
    parsed_metafile::{EntryPoint, ImportPlace, ImportSite, Metafile, Need, extension, file_of},
    sizes::size,
};

/// The most items of a list that are shown.
const SHOWN: usize = 5;
/// The most chains that are shown per output.
const WAYS: usize = 3;

/// Explains why modules are in outputs.
pub fn modules(what: &str, found: &[Presence<'_>], metafile: &Metafile) -> String {
    let mut text = String::new();
    for presence in found.iter().take(SHOWN) {
        let bytes = presence.modules.iter().map(|(_, bytes)| bytes).sum();
        let whole = size(presence.output.bytes);
        let _ = writeln!(text, "{what} is in {}: {} of {whole}", presence.path, size(bytes));
        contents(presence, &mut text);
        for chain in presence.chains.iter().take(WAYS) {
            text.push('\n');
            way(chain, &mut text);
        }
        more(presence.chains.len(), WAYS, "entries lead to it", &mut text);
        text.push('\n');
        let _ = writeln!(text, "  it is kept because {}", stays(presence));
        let mut modules = presence.modules.iter();
        let claim = modules.find_map(|(id, _)| metafile.inputs.get(*id)?.claimed_by.as_ref());
        let claim =
            claim.map(|area| format!("the shared area {area} claims it; ")).unwrap_or_default();
        let here = here(&presence.needed_for, &presence.loaded_for, metafile);
        let _ = writeln!(text, "  it is in this file because {claim}{here}\n");
    }
    let rest: Vec<&str> = found.iter().skip(SHOWN).map(|presence| presence.path).collect();
    if !rest.is_empty() {
        let _ = writeln!(text, "it is also in {}", rest.join(", "));
    }
    text
}

/// Describes an output, and explains why it exists.
pub fn output(metafile: &Metafile, path: &str) -> String {
    let output = &metafile.outputs[path];
    let count = output.inputs.len();
    let modules = if count == 1 { "module" } else { "modules" };
    let mut text = format!("{path}: {}, {count} {modules}\n\n", size(output.bytes));
    let is_partly = output.inputs.values().any(|inside| !inside.needed_for.is_empty());
    let partly = if is_partly { "; each of them needs a part of it" } else { "" };
    let _ = writeln!(
        text,
        "  it exists because {}{partly}",
        here(&metafile.roots(path, output), &[], metafile)
    );
    let users = metafile.used_by(path);
    for (user, kind) in users.iter().take(SHOWN) {
        let verb = match *kind {
            "dynamic-import" => "loads it later",
            "new-worker" => "starts it as a worker",
            _ => "needs it loaded first",
        };
        let _ = writeln!(text, "  {user} {verb}");
    }
    more(users.len(), SHOWN, "files that need it", &mut text);
    let mut modules: Vec<_> = output
        .inputs
        .iter()
        .map(|(path, inside)| (path.as_str(), inside.bytes_in_output))
        .collect();
    modules.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    text.push('\n');
    list(&modules, &mut text);
    text
}

/// Lists the places that import an external.
pub fn external(what: &str, asked: &[ImportSite]) -> String {
    let mut text = format!("{what} is external: it is not in any output, the page provides it\n\n");
    lines(asked.iter().take(SHOWN), &mut text);
    more(asked.len(), SHOWN, "places that import it", &mut text);
    text
}

/// Returns a place as text: `src/main.js:3:8`.
pub fn place(path: &str, place: &ImportPlace) -> String {
    let file = file_of(path);
    match (place.line, place.column) {
        (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        _ => file.to_owned(),
    }
}

fn contents(presence: &Presence<'_>, text: &mut String) {
    let files: std::collections::BTreeSet<&str> =
        presence.modules.iter().map(|(path, _)| file_of(path)).collect();
    if files.len() > 1 {
        text.push('\n');
        list(&presence.modules, text);
    }
}

fn list(modules: &[(&str, u64)], text: &mut String) {
    for (path, bytes) in modules.iter().take(SHOWN) {
        let _ = writeln!(text, "  {:>9}  {path}", size(*bytes));
    }
    more(modules.len(), SHOWN, "modules", text);
}

fn more(all: usize, shown: usize, what: &str, text: &mut String) {
    if all > shown {
        let _ = writeln!(text, "  … and {} more {what}", all - shown);
    }
}

/// Writes a line for every file of a chain; the parts of a component are one file.
fn way(chain: &Chain<'_>, text: &mut String) {
    let ends = chain.needs.iter().skip(1).map(|need| need.ask.path.as_str()).chain([chain.end]);
    let between_files = |(need, to): &(&&Need, &str)| file_of(&need.ask.path) != file_of(to);
    let needs = chain.needs.iter().zip(ends).filter(between_files);
    let asks: Vec<&ImportSite> =
        needs.flat_map(|(need, _)| std::iter::once(&need.ask).chain(&need.through)).collect();
    lines(asks.into_iter(), text);
    let _ = writeln!(text, "  {}", file_of(chain.end));
}

fn lines<'a>(asks: impl Iterator<Item = &'a ImportSite>, text: &mut String) {
    let asks: Vec<_> = asks.map(|ask| (place(&ask.path, &ask.place), ask)).collect();
    let width = asks.iter().map(|(place, _)| place.chars().count()).max().unwrap_or(0);
    for (place, ask) in asks {
        let line = format!("  {place:width$}  {}", ask.place.text.as_deref().unwrap_or_default());
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

fn stays(presence: &Presence<'_>) -> String {
    let mut reasons = Vec::new();
    if !presence.names.is_empty() {
        let shown: Vec<String> = presence
            .names
            .iter()
            .take(SHOWN)
            .map(|(name, by)| format!("{name} ({})", place(&by.path, &by.place)))
            .collect();
        let more = presence.names.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        reasons.push(format!("these of its exports are used: {}{more}", shown.join(", ")));
    }
    let last = presence.chains.first().and_then(|chain| chain.needs.last());
    let asked = last.and_then(|need| reason_of_kind(&need.ask.kind));
    reasons.extend(
        match (presence.chains.iter().any(|chain| chain.needs.is_empty()), last) {
            (true, _) => Some("it is an entry"),
            (false, None) if reasons.is_empty() => Some("generated code between modules calls it"),
            (false, Some(_)) if extension(presence.path) == "css" => {
                Some("styles apply as soon as they are imported")
            }
            (false, Some(_)) if reasons.is_empty() && asked.is_some() => asked,
            (false, _) if presence.has_effects => {
                Some("it has side effects, so importing it is enough to keep it")
            }
            (false, Some(_)) if reasons.is_empty() => {
                Some("it is imported, and nothing marks it as free of side effects")
            }
            (false, _) => None,
        }
        .map(str::to_owned),
    );
    reasons.join("; ")
}

fn reason_of_kind(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "require-call" | "require-context" => "it is required as a whole",
        "dynamic-import" => "import() may ask for any of its exports",
        "new-url" | "require-resolve" => "its address is used",
        "import-glob" => "a pattern of import.meta.glob matches it",
        _ => return None,
    })
}

/// Returns why a module is in this file: the roots that need it, and those that load it with what
/// they need.
pub fn here(needed: &[&EntryPoint], loaded: &[&EntryPoint], metafile: &Metafile) -> String {
    let with = |named: String| format!("; {named}: one request for what they share");
    let loaded = named(loaded, metafile).map(|(names, count)| {
        with(format!("{names} {} it too", if count == 1 { "loads" } else { "load" }))
    });
    let needed = match named(needed, metafile) {
        None => "scripts or stylesheets refer to it".to_owned(),
        Some((name, 1)) => format!("only {name} needs it"),
        Some((names, _)) => format!("exactly these need it: {names}"),
    };
    needed + &loaded.unwrap_or_default()
}

/// Returns the names of these roots, and how many they are; `None` if there are none.
fn named(roots: &[&EntryPoint], metafile: &Metafile) -> Option<(String, usize)> {
    let name = |root: &&EntryPoint| match root.kind.as_str() {
        "dynamic-import" => format!("import() of {}", root.path),
        "worker" => format!("the worker {}", root.path),
        _ => metafile.entry_of(&root.path).unwrap_or(&root.path).to_owned(),
    };
    let names: Vec<String> = roots.iter().take(SHOWN).map(name).collect();
    let more = roots.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!roots.is_empty()).then(|| (names.join(", ") + &more, roots.len()))
}
