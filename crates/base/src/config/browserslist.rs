//! Finds the project's browsers if its configuration has no target, as the npm package
//! `browserslist` does. The first folder with a configuration counts, from the project's upwards: a
//! file `browserslist` or `.browserslistrc`, or the key of package.json.

use std::sync::Arc;

use camino::Utf8Path;
use jsonc_parser::{CollectOptions, ParseOptions, ast::Value, parse_to_ast};

use super::{
    host::Host,
    messages,
    model::Mode,
    paths::{absolute, relative},
    raw::Written,
};
use crate::{
    decode::decode_lossy,
    diagnostic::{Diagnostics, Label},
    fs::FileKind,
    source::{Source, Span},
};

/// The section that counts if there is none with the wanted name.
const DEFAULTS: &str = "defaults";

/// The files that hold only queries.
const FILES: [&str; 2] = ["browserslist", ".browserslistrc"];

/// Returns the queries of the project.
pub(super) fn queries(
    host: &Host<'_>,
    mode: Mode,
    log: &mut Diagnostics,
) -> Option<Written<Vec<String>>> {
    let section = host.environment.section(mode);
    if let Some(queries) = &host.environment.queries {
        return Some(Written::flag(vec![queries.clone()], "BROWSERSLIST"));
    }
    if let Some(file) = &host.environment.file {
        let path = absolute(host.cwd, file);
        let Some(source) = source(&path, host) else {
            log.push(messages::missing_browserslist(file));
            return None;
        };
        let is_package = path.file_name() == Some("package.json");
        return if is_package {
            of_package(&source, section).and_then(|found| found.0)
        } else {
            of_file(&source, section, log)
        };
    }
    host.project.ancestors().find_map(|folder| in_folder(folder, Search { host, section }, log))?.0
}

/// What is looked for: a section, by the rules of a host.
#[derive(Clone, Copy)]
struct Search<'a> {
    host: &'a Host<'a>,
    section: &'a str,
}

/// A folder has a configuration: its queries, or `None` if it has none for the section.
struct Queries(Option<Written<Vec<String>>>);

/// Reads the configuration of a folder; `None` if it has none.
fn in_folder(folder: &Utf8Path, search: Search<'_>, log: &mut Diagnostics) -> Option<Queries> {
    let Search { host, section } = search;
    warn_of_misspelt(folder, host, log);
    let package =
        source(&folder.join("package.json"), host).and_then(|source| of_package(&source, section));
    let is_file = |name: &&&str| host.fs.kind(&folder.join(name)) == Some(FileKind::File);
    let files: Vec<&str> = FILES.iter().filter(is_file).copied().collect();
    let all: Vec<&str> =
        files.iter().copied().chain(package.is_some().then_some("package.json")).collect();
    if let [first, second, ..] = all.as_slice() {
        log.push(messages::browserslist_twice(&relative(host.cwd, folder), first, second));
        return Some(Queries(None));
    }
    match files.first() {
        Some(file) => Some(Queries(of_file(&source(&folder.join(file), host)?, section, log))),
        None => package,
    }
}

/// A file name and a key that are misspelt by one letter, so that browserslist does not read them.
const MISSPELT_FILE: &str = ".browserlistrc";
const MISSPELT_KEY: &str = "browserlist";

fn warn_of_misspelt(folder: &Utf8Path, host: &Host<'_>, log: &mut Diagnostics) {
    if host.fs.kind(&folder.join(MISSPELT_FILE)) == Some(FileKind::File)
        && let Some(source) = source(&folder.join(MISSPELT_FILE), host)
    {
        log.push(messages::misspelt_browserslist_file(
            label(&source, 0..0),
            MISSPELT_FILE,
            FILES[1],
        ));
    }
    let package = source(&folder.join("package.json"), host);
    let Some(package) = package.filter(|package| package.text.contains("\"browserlist\"")) else {
        return;
    };
    if let Some(range) = key(&package.text, MISSPELT_KEY) {
        log.push(messages::misspelt_browserslist_key(
            label(&package, range),
            MISSPELT_KEY,
            "browserslist",
        ));
    }
}

/// Returns the range of a key in the outermost object.
fn key(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
    let Some(Value::Object(object)) = parsed.value else { return None };
    let range = jsonc_parser::common::Ranged::range(&object.get(name)?.name);
    Some(range.start..range.end)
}

fn source(path: &Utf8Path, host: &Host<'_>) -> Option<Arc<Source>> {
    let bytes = host.fs.read(path).ok()?;
    Some(Source::new(path, relative(host.cwd, path), decode_lossy(&bytes)))
}

/// Reads the key `browserslist`: a string, a list, or an object of these by section. Other mistakes
/// in the file are not reported here.
fn of_package(source: &Arc<Source>, section: &str) -> Option<Queries> {
    if !source.text.contains("\"browserslist\"") {
        return None;
    }
    let parsed =
        parse_to_ast(&source.text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
    let Some(Value::Object(package)) = parsed.value else { return None };
    let value = &package.get("browserslist")?.value;
    if matches!(value, Value::NullKeyword(_) | Value::BooleanLit(_) | Value::NumberLit(_)) {
        return None;
    }
    let chosen = chosen(value, section);
    Some(Queries(chosen.and_then(|value| {
        let range = jsonc_parser::common::Ranged::range(value);
        // An empty list counts as no queries.
        let queries = strings(value).filter(|queries| !queries.is_empty())?;
        Some(Written::at(queries, label(source, range.start..range.end)))
    })))
}

/// Returns the value of the section that counts.
fn chosen<'v, 't>(value: &'v Value<'t>, section: &str) -> Option<&'v Value<'t>> {
    let Some(sections) = value.as_object() else { return Some(value) };
    sections.get(section).or_else(|| sections.get(DEFAULTS)).map(|found| &found.value)
}

fn strings(value: &Value<'_>) -> Option<Vec<String>> {
    let string = |value: &Value<'_>| Some(value.as_string_lit()?.value.to_string());
    match value.as_array() {
        Some(list) => list.elements.iter().map(string).collect(),
        None => Some(vec![string(value)?]),
    }
}

/// Reads a file of queries, separated by lines and commas, in sections with names in brackets:
/// `[production staging]`.
fn of_file(
    source: &Arc<Source>,
    section: &str,
    log: &mut Diagnostics,
) -> Option<Written<Vec<String>>> {
    let mut sections: Vec<(&str, Vec<Query<'_>>)> = vec![(DEFAULTS, Vec::new())];
    let mut open = vec![0];
    for query in pieces(&source.text) {
        let Some(names) = query.text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
        else {
            for index in &open {
                sections[*index].1.push(query);
            }
            continue;
        };
        open.clear();
        for name in names.split_whitespace() {
            // `defaults` is the section before all others, even if it is empty.
            if sections.iter().any(|(known, _)| *known == name) {
                log.push(messages::browserslist_section_twice(label(source, query.range()), name));
                return None;
            }
            sections.push((name, Vec::new()));
            open.push(sections.len() - 1);
        }
    }
    let named = |name: &str| {
        sections.iter().rev().find(|(known, _)| *known == name).map(|(_, queries)| queries)
    };
    let queries = named(section).or_else(|| named(DEFAULTS))?;
    let (first, last) = (queries.first()?, queries.last()?);
    let texts = queries.iter().map(|query| query.text.to_owned()).collect();
    Some(Written::at(texts, label(source, first.range().start..last.range().end)))
}

#[derive(Clone, Copy)]
struct Query<'t> {
    text: &'t str,
    at: usize,
}

impl Query<'_> {
    fn range(&self) -> std::ops::Range<usize> {
        self.at..self.at + self.text.len()
    }
}

/// Splits a text at lines and commas, and leaves comments out.
fn pieces(text: &str) -> impl Iterator<Item = Query<'_>> {
    let start = |part: &str| part.as_ptr().addr() - text.as_ptr().addr();
    let lines = text.split('\n').map(|line| line.split('#').next().unwrap_or_default());
    let parts =
        lines.flat_map(|line| line.split(',')).map(str::trim).filter(|part| !part.is_empty());
    parts.map(move |part| Query { text: part, at: start(part) })
}

fn label(source: &Arc<Source>, range: std::ops::Range<usize>) -> Label {
    let offset = |at: usize| u32::try_from(at).expect("files are under 4 GiB");
    Label::new(source, Span::new(offset(range.start), offset(range.end)))
}

/// Replaces `extends browserslist-config-…` with the queries of that package.
pub(super) fn extended(
    queries: &[&str],
    host: &Host<'_>,
    mode: Mode,
) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    let section = host.environment.section(mode);
    extend(queries, Search { host, section }, &mut Vec::new(), &mut all)?;
    Ok(all)
}

fn extend(
    queries: &[&str],
    search: Search<'_>,
    open: &mut Vec<String>,
    all: &mut Vec<String>,
) -> Result<(), String> {
    for query in queries.iter().flat_map(|query| query.split(',')).map(str::trim) {
        let word = query.get(..8).filter(|word| word.eq_ignore_ascii_case("extends "));
        let Some(name) = word.map(|_| query[8..].trim()) else {
            all.push(query.to_owned());
            continue;
        };
        if open.iter().any(|known| known == name) {
            return Err(format!("{name} extends itself"));
        }
        let found = of_config_package(name, search)?;
        open.push(name.to_owned());
        extend(&found.iter().map(String::as_str).collect::<Vec<_>>(), search, open, all)?;
        open.pop();
    }
    Ok(())
}

/// Returns the queries of a package.
fn of_config_package(
    name: &str,
    Search { host, section }: Search<'_>,
) -> Result<Vec<String>, String> {
    let (package, file) = split_package(name);
    let own = name.strip_prefix('@').and_then(|name| name.split_once('/'));
    let own = own.map_or(name, |(_, own)| own);
    let is_scoped = name.starts_with('@') && name.contains("/browserslist-config");
    if !(name.starts_with("browserslist-config-") || is_scoped)
        || own.contains('.')
        || name.contains("node_modules")
    {
        return Err(format!(
            "{name} is no package of queries; its name begins with `browserslist-config-`"
        ));
    }
    let folders = host.project.ancestors().map(|folder| folder.join("node_modules").join(package));
    let file = folders.into_iter().find_map(|folder| file_of(&folder, file, host));
    let source = file.ok_or_else(|| format!("the package {name} is not in node_modules"))?;
    let read = || {
        let text = exported(&source.text);
        let parsed =
            parse_to_ast(&text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
        strings(chosen(&parsed.value?, section)?)
    };
    read().ok_or_else(|| format!("{} is more than a list of queries; write them out", source.name))
}

/// Splits the name of a package and of a file in it: `@roots/browserslist-config/wordpress`.
fn split_package(name: &str) -> (&str, &str) {
    let parts = if name.starts_with('@') { 2 } else { 1 };
    let end = name.match_indices('/').nth(parts - 1).map_or(name.len(), |(at, _)| at);
    (&name[..end], name[end..].trim_start_matches('/'))
}

/// Returns a file of a package, or its main file if the name is empty.
fn file_of(folder: &Utf8Path, file: &str, host: &Host<'_>) -> Option<Arc<Source>> {
    let package = source(&folder.join("package.json"), host);
    let main = package.as_ref().and_then(|package| {
        let parsed =
            parse_to_ast(&package.text, &CollectOptions::default(), &ParseOptions::default())
                .ok()?;
        let Some(Value::Object(object)) = parsed.value else { return None };
        let exports = object.get("exports").map(|exports| &exports.value);
        if !file.is_empty() {
            let exports = exports?.as_object()?.get(&format!("./{file}"))?;
            return required(&exports.value);
        }
        let exports = exports.and_then(required);
        exports.or_else(|| Some(object.get("main")?.value.as_string_lit()?.value.to_string()))
    });
    let main = main.unwrap_or_else(|| if file.is_empty() { "index" } else { file }.to_owned());
    let inside = ["", ".js", ".json", "/index.js"]
        .iter()
        .map(|ending| folder.join(format!("{main}{ending}")));
    let beside = ["js", "json"].iter().map(|ending| folder.with_extension(ending));
    inside.chain(beside).find_map(|path| source(&path, host))
}

/// Returns the file that `require` of the package loads, by its `exports`.
fn required(exports: &Value<'_>) -> Option<String> {
    if let Some(path) = exports.as_string_lit() {
        return Some(path.value.to_string());
    }
    let conditions = [".", "node", "require", "default"];
    let found = exports
        .as_object()?
        .properties
        .iter()
        .filter(|property| conditions.contains(&property.name.as_str()));
    found.map(|property| &property.value).find_map(required)
}

/// Returns the exported expression of a file that does nothing else: `module.exports = […];`. Texts
/// between backticks are like others if nothing is inserted.
fn exported(text: &str) -> String {
    let begin = ["module.exports", "export default"]
        .iter()
        .find_map(|begin| Some((begin, text.find(begin)?)));
    let value = begin.map_or(text, |(begin, at)| text[at + begin.len()..].trim_start());
    let value = value.strip_prefix('=').unwrap_or(value).trim().trim_end_matches(';');
    if value.contains('"') || value.contains("${") {
        return value.to_owned();
    }
    value.replace('`', "\"")
}

#[cfg(test)]
mod tests;
