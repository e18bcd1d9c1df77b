//! Every message about the configuration, for values in the file and for flags.

use jsonc_parser::errors::ParseErrorKind;

use super::{
    model::Config,
    output::{Minify, SourceMap},
    raw::{Origin, Written},
};
use crate::{
    diagnostic::{Diagnostic, Label, nearest},
    fs::FsError,
    merge_conflict,
    source::Span,
};

mod assets; // messages about assets, symbols and class names
mod entries; // messages about entries, outputs and the files beside them
mod keys; // messages about keys that do not exist
mod origin; // where a value was written
mod plugins; // messages about plugins and PostCSS
mod script; // messages about configurations that are scripts
mod targets; // messages about targets and browserslist files
mod vue; // messages about Vue

pub(super) use assets::*;
pub(super) use entries::*;
pub(super) use keys::*;
use origin::{also, placed};
pub(super) use plugins::*;
pub(super) use script::*;
pub(super) use targets::*;
pub use vue::VUE_3;
pub(super) use vue::*;

/// Lists words as alternatives: `"a", "b" or "c"`.
fn either(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}

pub(super) fn unreadable(file: &str, why: &FsError) -> Diagnostic {
    let found = Diagnostic::error("missing-config", format!("cannot read {file}: {why}"));
    if *why == FsError::Denied {
        found.note("check its permissions and those of the directories above it")
    } else {
        found
    }
}

/// Describes the mode and form of a build's output, for its summary.
pub fn kind_of_build(config: &Config) -> String {
    let mode = config.mode.name();
    let form = match config.output.minify {
        Minify::No => "not minified",
        Minify::Modules => "minified",
        Minify::Chunk => "minified as a whole",
    };
    let maps = match config.output.source_map {
        SourceMap::None => "no source maps",
        SourceMap::File => "source maps in files",
        SourceMap::Inline => "source maps in the outputs",
        SourceMap::Hidden => "source maps in files that no output names",
    };
    format!("{mode} build: {form}, {maps}")
}

// Messages about the syntax and the keys of the file.

/// The JSON parser's messages, and ours where they are clearer.
const SYNTAX: &[(&str, &str)] = &[
    ("Expected comma", "a comma is missing here"),
    ("Expected string for object property", "a key must be in double quotes"),
    ("Single-quoted strings are not allowed", "strings must be in double quotes"),
    (
        "Expected colon after the string or word in object property",
        "a colon is missing after this key",
    ),
    ("Expected value after colon in object property", "a value is missing after this key"),
    ("Unterminated array", "this list is not closed: a ] is missing"),
    ("Unterminated object", "this object is not closed: a } is missing"),
    ("Unterminated comment block", "this comment is not closed: */ is missing"),
    ("Text cannot contain more than one JSON value", "there is text after the end"),
    ("Maximum nesting depth exceeded", "it is nested too deeply"),
];

/// The remedies for messages of the JSON parser.
const REMEDIES: &[(&str, &str)] = &[
    ("Expected comma", "write a comma after the value before it"),
    ("Expected string for object property", "write its name in double quotes: \"areas\""),
    ("Single-quoted strings are not allowed", "write it in double quotes"),
    (
        "Expected colon after the string or word in object property",
        "write a colon and a value: \"outDir\": \"public/js\"",
    ),
    (
        "Expected value after colon in object property",
        "write a value: a string in double quotes, true, false, a list or an object",
    ),
    ("Unterminated array", "write ] after its last value"),
    ("Unterminated object", "write } after its last value"),
    ("Unterminated comment block", "write */ where it ends"),
    (
        "Text cannot contain more than one JSON value",
        "remove what follows, or move it into the object",
    ),
];

/// The beginnings of scripts that other tools take as their configuration.
const SCRIPT: &[&str] = &[
    "module.exports",
    "exports.",
    "export default",
    "import ",
    "const ",
    "let ",
    "var ",
    "require(",
];

pub(super) fn syntax(label: Label, kind: &ParseErrorKind) -> Diagnostic {
    let rest = label.source.text.get(label.span.start as usize..).unwrap_or_default();
    if let Some(begin) = SCRIPT.iter().find(|begin| rest.starts_with(**begin)) {
        return script(&label, begin.trim_end());
    }
    if let Some(conflict) = merge_conflict::found(&label.source) {
        return conflict;
    }
    let message = kind.to_string();
    let words = SYNTAX
        .iter()
        .find(|(key, _)| *key == message)
        .map_or_else(|| lower_first(&message), |(_, w)| (*w).to_owned());
    let remedy = REMEDIES.iter().find(|(key, _)| *key == message).map(|(_, remedy)| *remedy);
    let diagnostic =
        Diagnostic::error("broken-json", format!("{} cannot be read: {words}", label.source.name))
            .at(label);
    match remedy {
        Some(remedy) => diagnostic.fix(remedy, None),
        None => diagnostic,
    }
}

fn script(label: &Label, begin: &str) -> Diagnostic {
    let length = u32::try_from(begin.len()).unwrap_or(0);
    let place = Label::new(&label.source, Span::new(label.span.start, label.span.start + length));
    Diagnostic::error("broken-json", format!("{} must be JSON, not a script", label.source.name))
        .at(place)
        .note("comments and trailing commas are allowed; expressions and `require` are not")
        .fix(format!("write only the object, with its keys in double quotes: {EXAMPLE}"), None)
}

/// Reports a configuration file beside the one that is read.
pub(super) fn second_config(name: &str, read: &str) -> Diagnostic {
    Diagnostic::warning("unread-config", format!("{name} is not read: {read} is beside it"))
        .fix("keep one of the two", None)
}

/// Reports a configuration file of a kind that is not read.
pub(super) fn unread_config(name: &str) -> Diagnostic {
    Diagnostic::warning(
        "unread-config",
        format!("{name} is not read: the configuration is in bundle.config.json"),
    )
    .fix(format!("write bundle.config.json: {EXAMPLE}"), None)
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    let first: String = first.collect();
    first + letters.as_str()
}

pub(super) fn empty_file(label: Label) -> Diagnostic {
    let least = if label.source.name.ends_with("package.json") { "{}" } else { EXAMPLE };
    Diagnostic::error("broken-json", format!("{} is empty", label.source.name))
        .at(label)
        .fix(format!("write at least {least}"), None)
}

pub(super) fn wrong_type(label: Label, key: &str, wanted: &str, found: &str) -> Diagnostic {
    // For an object, the description says what it lacks.
    let is_wanted = found == "an object" && wanted.contains(found);
    let not = if is_wanted { String::new() } else { format!(", not {found}") };
    Diagnostic::error("config-type", format!("{key} must be {wanted}{not}")).at(label)
}

pub(super) fn duplicate_key(again: Label, key: &str, first: Label) -> Diagnostic {
    Diagnostic::error("duplicate-key", format!("\"{key}\" is written twice"))
        .at(again)
        .note_at("it is first written here", first)
}

/// Reports that `areas` is not an object.
pub(super) fn areas_without_names(
    label: Label,
    found: &str,
    ours: &str,
    has_one_line: bool,
) -> Diagnostic {
    Diagnostic::error("config-type", format!("areas must be an object, not {found}"))
        .at(label)
        .note("its keys are the names of outputs, and its values are their entries")
        .fix(format!("write \"areas\": {ours}"), has_one_line.then(|| ours.to_owned()))
}

pub(super) fn not_in_modes(label: Label, key: &str) -> Diagnostic {
    Diagnostic::error("unknown-key", format!("\"{key}\" cannot differ by mode"))
        .at(label)
        .note("write it beside \"modes\", not in it")
}

pub(super) fn area_without_entry(label: Label, area: &str) -> Diagnostic {
    Diagnostic::error("area-without-entry", format!("the area \"{area}\" has nothing to build"))
        .at(label)
        .fix("name its entry: { \"entry\": \"path/to/main.js\" }", None)
}

pub(super) fn bad_size(origin: &Origin, size: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-size", format!("\"{size}\" is not a size")), origin)
        .fix("write a number of bytes, or one with a unit: \"170 KB\", \"1.5 MB\"", None)
}

pub(super) fn budget_without_entry(
    origin: &Origin,
    entries: &str,
    near: Option<&str>,
) -> Diagnostic {
    let sentence = format!("no entry is called \"{entries}\", so this budget has no effect");
    placed(Diagnostic::warning("budget-without-entry", sentence), origin)
        .note(
            "entries have the names of their outputs without the extension; * matches anything: \
               \"trade/*\"",
        )
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// Warns that `hash` has no effect on an area. `more`: the number of other such areas; `hash`:
/// where hashes are configured.
pub(super) fn exact_name(
    entry: &Written<String>,
    area: &str,
    more: usize,
    hash: &Origin,
) -> Diagnostic {
    let sentence = match more {
        0 => format!(
            "the area \"{area}\" is written under exactly this name, so its files have no hash"
        ),
        1 => format!(
            "the area \"{area}\" and another one are written under exactly their names, so their \
             files have no hash"
        ),
        _ => format!(
            "the area \"{area}\" and {more} more are written under exactly their names, so their \
             files have no hash"
        ),
    };
    let long = format!("{{ \"entry\": \"{}\" }}", entry.value);
    also(
        placed(Diagnostic::warning("exact-name", sentence), &entry.origin),
        "hashes are requested here",
        hash,
    )
    .note(
        "manifests name such a file with `?id=` and the hash of its contents, without `integrity`",
    )
    .note(
        "if the name is meant to be exact: \"hash\": false in the area, or \"silence\": \
         [\"exact-name\"]",
    )
    .fix(format!("for a hash in the name, write the area in full: {long}"), None)
}

pub(super) fn chunk_without_maps(origin: &Origin) -> Diagnostic {
    let sentence = "a chunk that is minified as a whole has no source map: modules are minified \
                    one by one instead";
    placed(Diagnostic::warning("chunk-without-maps", sentence), origin)
        .fix("write \"minify\": true, or leave out the source map", None)
}

pub(super) fn styles_without_page(origin: &Origin) -> Diagnostic {
    placed(
        Diagnostic::error(
            "styles-without-page",
            "a CommonJS module has no page to put styles into",
        ),
        origin,
    )
    .fix("write \"file\", or choose the format \"iife\" or \"esm\"", None)
}

pub(super) fn registry_without_page(origin: &Origin) -> Diagnostic {
    let sentence = "a registry of modules is for classic scripts: in this format modules share one \
                    scope instead";
    placed(Diagnostic::warning("registry-without-page", sentence), origin)
        .fix("leave out \"modules\", or write \"format\": \"iife\"", None)
}

// Messages about values.

/// `expose` of a rule that is not the path of a global.
pub(super) fn bad_exposed(origin: &Origin, written: &str) -> Diagnostic {
    let sentence = format!("\"{written}\" cannot be a page global");
    placed(Diagnostic::error("bad-global", sentence), origin)
        .note("`expose` names globals that get the module's exports: \"$\", \"App.api\"")
}

/// `expose` beside `as`.
pub(super) fn exposed_and_more(origin: &Origin) -> Diagnostic {
    let sentence = "a file that is not a module has no exports to expose";
    placed(Diagnostic::error("bad-global", sentence), origin)
        .fix("leave out `as`, or `expose`", None)
}

/// `exports` of a rule that is not for scripts, or is not a name.
pub(super) fn bad_rule_exports(origin: &Origin, written: &str) -> Diagnostic {
    let sentence = format!("\"{written}\" cannot be the export of these files");
    placed(Diagnostic::error("bad-global", sentence), origin)
        .note("`exports` names a global that a script sets, with \"as\": \"script\"")
}

pub(super) fn unknown_word(
    origin: &Origin,
    subject: &str,
    word: &str,
    known: &[&str],
) -> Diagnostic {
    let sentence = format!("\"{word}\" is not a {subject}; expected {}", either(known));
    let lower = word.to_lowercase();
    // `prod` and `dev` differ from the right words by more than a typing mistake.
    let longer = known.iter().copied().find(|k| lower.len() > 2 && k.starts_with(&lower));
    let near = longer.or_else(|| nearest(&lower, known.iter().copied()));
    placed(Diagnostic::error("unknown-value", sentence), origin)
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// A manifest whose kind has no such key. `kinds`: those that have it.
pub(super) fn manifest_without_key(origin: &Origin, key: &str, kinds: &[&str]) -> Diagnostic {
    let sentence = format!("manifest.{key} is for the kind {}", either(kinds));
    placed(Diagnostic::error("unknown-key", sentence), origin)
}

pub(super) fn bad_define_name(origin: &Origin, name: &str) -> Diagnostic {
    placed(
        Diagnostic::error("bad-define", format!("\"{name}\" is not a name that can be defined")),
        origin,
    )
    .note("a defined name is an identifier or a dotted path: DEBUG, process.env.API_HOST")
}

pub(super) fn bad_define_value(origin: &Origin, name: &str, value: &str) -> Diagnostic {
    let text = serde_json::Value::from(value).to_string();
    let typed = match origin {
        // The value in the file is JavaScript text, so a string needs quotes within the quotes.
        Origin::Place(_) => serde_json::Value::from(text.as_str()).to_string(),
        Origin::Flag(_) | Origin::Argument => format!("'{name}={text}'"),
    };
    let replacement = matches!(origin, Origin::Place(_)).then(|| typed.clone());
    placed(
        Diagnostic::error(
            "bad-define",
            format!(
                "the value of {name} is neither JSON nor an identifier or a dotted path: {value}"
            ),
        ),
        origin,
    )
    .fix(format!("if it is a string, write its quotes too: {typed}"), replacement)
}

/// Reports a path that is written like a package. `path`: `written` as a path.
pub(super) fn path_without_dot(origin: &Origin, written: &str, path: &str) -> Diagnostic {
    let sentence = format!(
        "\"{written}\" names a package, but no such package is installed; the path {path} exists"
    );
    placed(Diagnostic::error("path-without-dot", sentence), origin)
        .note(
            "a path begins with \"./\" or \"../\"; in the configuration it is relative to \"root\"",
        )
        .fix(format!("did you mean \"{path}\"?"), Some(path.to_owned()))
}

/// A page global that cannot be set.
pub(super) fn bad_global(origin: &Origin, global: &str, near: Option<&str>) -> Diagnostic {
    no_global(origin, global, near)
        .note("a page global is an identifier or a dotted path: Vue, App.lib.jq")
}

/// The page global of an external, which is only read.
pub(super) fn bad_external(origin: &Origin, global: &str, near: Option<&str>) -> Diagnostic {
    no_global(origin, global, near).note(
        "a page global is an identifier or a path of members: Vue, App.lib.jq, App[\"a-b\"]; a \
         name in brackets has no dot",
    )
}

fn no_global(origin: &Origin, global: &str, near: Option<&str>) -> Diagnostic {
    let sentence = format!("\"{global}\" is not the name of a page global");
    placed(Diagnostic::error("bad-global", sentence), origin)
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

pub(super) fn bad_identifier(origin: &Origin, what: &str, name: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-name",
            format!("\"{name}\" cannot be {what}: it is not an identifier"),
        ),
        origin,
    )
}

pub(super) fn bad_ending(origin: &Origin, ending: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-name",
            format!("the name of a stylesheet cannot end in \"{ending}\" before .css"),
        ),
        origin,
    )
    .fix("write \"-rtl\", \".rtl\" or another ending", None)
}

pub(super) fn empty_value(origin: &Origin, key: &str) -> Diagnostic {
    placed(Diagnostic::error("empty-value", format!("{key} is empty")), origin)
}

pub(super) fn bad_extension(origin: &Origin, extension: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-extension",
            format!("\"{extension}\" is not an extension: an extension starts with a dot"),
        ),
        origin,
    )
    .fix(format!("did you mean \".{extension}\"?"), Some(format!(".{extension}")))
}

pub(super) fn missing_tsconfig(origin: &Origin, path: &str, why: &FsError) -> Diagnostic {
    placed(Diagnostic::error("missing-tsconfig", format!("cannot read {path}: {why}")), origin)
}

/// Reports that the file named by `--config` cannot be read.
pub fn missing_config(file: &str, why: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("missing-config", format!("--config: cannot read {file}: {why}"));
    match near {
        Some(near) => diagnostic.fix(format!("did you mean {near}?"), None),
        None => diagnostic,
    }
}
