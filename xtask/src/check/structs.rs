//! The size of structs: at most `FIELDS` fields. A larger one usually holds two ideas.

use super::violation::Violation;
use crate::tree::TextFile;

/// The most fields of a struct.
const FIELDS: usize = 12;

/// A struct that may be larger.
struct Exception {
    name: &'static str,
    path: &'static str,
    /// Why it stays whole. Nobody reads it at run time; reviewers do.
    _reason: &'static str,
}

const fn exception(name: &'static str, path: &'static str, reason: &'static str) -> Exception {
    Exception { name, path, _reason: reason }
}

const FLAGS: &str = "the flags that clap reads; nothing else uses it";
const KEYS: &str = "one field for each key of the configuration or of package.json";
const RECORD: &str = "one row of the graph; its fields are independent facts";

const EXCEPTIONS: [Exception; 14] = [
    exception("Flags", "crates/cli/flags.rs", FLAGS),
    exception("Invocation", "crates/cli/args.rs", FLAGS),
    exception("Config", "crates/base/src/config/model.rs", KEYS),
    exception("OutputConfig", "crates/base/src/config/output.rs", KEYS),
    exception("RawConfig", "crates/base/src/config/raw.rs", KEYS),
    exception("RawOutput", "crates/base/src/config/raw/output.rs", KEYS),
    exception("RawProject", "crates/base/src/config/raw.rs", KEYS),
    exception("Manifest", "crates/resolve/src/package.rs", KEYS),
    exception("Chunk", "crates/graph/src/chunk/model.rs", RECORD),
    exception("LinkedModule", "crates/graph/src/link/model.rs", RECORD),
    exception("Module", "crates/graph/src/module.rs", RECORD),
    exception("ModuleRecord", "crates/graph/src/record.rs", RECORD),
    exception("Node", "crates/engine/src/scan/node.rs", RECORD),
    exception("Element", "crates/vue/src/v2/tree.rs", "the element of Vue's own compiler"),
];

/// Checks every struct of the crates. An exception that is no longer needed is a violation too.
pub fn check(files: &[TextFile]) -> Vec<Violation> {
    let rust = files.iter().filter(|file| file.is_rust() && file.is_in("crates"));
    rust.flat_map(|file| structs(file).filter_map(move |found| judged(file, &found))).collect()
}

/// A struct with named fields.
struct Struct<'a> {
    name: &'a str,
    /// The line of its name, counted from 1.
    line: usize,
    fields: usize,
}

fn judged(file: &TextFile, found: &Struct) -> Option<Violation> {
    let is_exception =
        EXCEPTIONS.iter().any(|known| known.name == found.name && known.path == file.path);
    let text = match (found.fields > FIELDS, is_exception) {
        (true, false) => format!(
            "`{}` has {} fields, and {FIELDS} is the most: group what belongs together",
            found.name, found.fields
        ),
        (false, true) => {
            format!("`{}` needs no exception in xtask/src/check/structs.rs", found.name)
        }
        _ => return None,
    };
    Some(Violation::new(file, found.line, text))
}

/// Finds the structs of a file. rustfmt puts each field on a line of its own, one step deeper than
/// the `struct`, so lines are enough.
fn structs(file: &TextFile) -> impl Iterator<Item = Struct<'_>> {
    let lines: Vec<&str> = file.text.lines().collect();
    let starts = lines.clone().into_iter().enumerate();
    starts.filter_map(move |(at, line)| {
        let name = name_of_struct(line)?;
        let depth = line.len() - line.trim_start().len();
        let body = lines[at + 1..].iter().take_while(|inner| !is_end(inner, depth));
        let fields = body.filter(|inner| is_field(inner, depth + 4)).count();
        Some(Struct { name, line: at + 1, fields })
    })
}

/// Returns the name if a line opens the body of a struct.
fn name_of_struct(line: &str) -> Option<&str> {
    let rest = line.trim_start();
    let rest = rest.strip_prefix("pub ").unwrap_or(rest);
    let rest = match rest.strip_prefix("pub(") {
        Some(inner) => inner.split_once(") ")?.1,
        None => rest,
    };
    let rest = rest.strip_prefix("struct ")?.strip_suffix('{')?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

fn is_end(line: &str, depth: usize) -> bool {
    line.len() == depth + 1 && line.trim_start() == "}"
}

fn is_field(line: &str, depth: usize) -> bool {
    let text = line.trim_start();
    let is_comment_or_attribute = text.starts_with("//") || text.starts_with('#');
    line.len() - text.len() == depth && !is_comment_or_attribute && text.contains(": ")
}
