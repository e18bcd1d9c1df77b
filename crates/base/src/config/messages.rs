//! Every sentence about the configuration, in the file and as flags.

use jsonc_parser::errors::ParseErrorKind;

use super::{Config, Minify, Mode, SourceMap, raw::Origin};
use crate::{
    diagnostic::{Diagnostic, Label, nearest},
    fs::FsError,
    source::Span,
};

/// Puts a diagnostic about a value to its place in the file, or names its flag.
fn placed(diagnostic: Diagnostic, origin: &Origin) -> Diagnostic {
    match origin {
        Origin::Place(label) => diagnostic.at(label.clone()),
        Origin::Flag(flag) => Diagnostic { message: format!("{flag}: {}", diagnostic.message), ..diagnostic },
        Origin::Argument => diagnostic,
    }
}

/// `"a", "b" or "c"`.
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

/// What kind of output a build makes, for its summary.
pub fn kind_of_build(config: &Config) -> String {
    let mode = match config.mode {
        Mode::Development => "development",
        Mode::Production => "production",
    };
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

// The file's form.

/// The reader's sentences in our words, where ours say more.
const SYNTAX: &[(&str, &str)] = &[
    ("Expected comma", "a comma is missing here"),
    ("Expected string for object property", "a key stands in double quotes"),
    ("Single-quoted strings are not allowed", "strings stand in double quotes"),
    ("Expected colon after the string or word in object property", "a colon is missing after this key"),
    ("Expected value after colon in object property", "a value is missing after this key"),
    ("Unterminated array", "this list is not closed: a ] is missing"),
    ("Unterminated object", "this object is not closed: a } is missing"),
    ("Unterminated comment block", "this comment is not closed: */ is missing"),
    ("Text cannot contain more than one JSON value", "something follows after the end"),
    ("Maximum nesting depth exceeded", "it is nested too deeply"),
];

/// What to do about them.
const REMEDIES: &[(&str, &str)] = &[
    ("Expected comma", "write a comma behind what stands before it"),
    ("Expected string for object property", "write its name in double quotes: \"areas\""),
    ("Single-quoted strings are not allowed", "write it in double quotes"),
    (
        "Expected colon after the string or word in object property",
        "write a colon and a value: \"outDir\": \"public/js\"",
    ),
    (
        "Expected value after colon in object property",
        "write a value: a text in double quotes, true, false, a list or an object",
    ),
    ("Unterminated array", "write ] behind its last value"),
    ("Unterminated object", "write } behind its last value"),
    ("Unterminated comment block", "write */ where it ends"),
    ("Text cannot contain more than one JSON value", "take out what follows, or put it into the object"),
];

/// How a script begins that other tools take as their configuration.
const SCRIPT: &[&str] =
    &["module.exports", "exports.", "export default", "import ", "const ", "let ", "var ", "require("];

pub(super) fn syntax(label: Label, kind: &ParseErrorKind) -> Diagnostic {
    let rest = label.source.text.get(label.span.start as usize..).unwrap_or_default();
    if let Some(begin) = SCRIPT.iter().find(|begin| rest.starts_with(**begin)) {
        return script(&label, begin.trim_end());
    }
    let theirs = kind.to_string();
    let words =
        SYNTAX.iter().find(|(key, _)| *key == theirs).map_or_else(|| lower_first(&theirs), |(_, w)| (*w).to_owned());
    let remedy = REMEDIES.iter().find(|(key, _)| *key == theirs).map(|(_, remedy)| *remedy);
    let diagnostic =
        Diagnostic::error("broken-json", format!("{} cannot be read: {words}", label.source.name)).at(label);
    match remedy {
        Some(remedy) => diagnostic.fix(remedy, None),
        None => diagnostic,
    }
}

fn script(label: &Label, begin: &str) -> Diagnostic {
    let length = u32::try_from(begin.len()).unwrap_or(0);
    let place = Label::new(&label.source, Span::new(label.span.start, label.span.start + length));
    Diagnostic::error("broken-json", format!("{} is JSON, and this is a script", label.source.name))
        .at(place)
        .note("comments and trailing commas are fine; nothing can be computed or required")
        .fix(format!("write the object alone, its keys in double quotes: {EXAMPLE}"), None)
}

/// A configuration for whoever has none.
const EXAMPLE: &str = "{ \"outDir\": \"public/js\", \"areas\": { \"app\": \"src/app.js\" } }";

/// A configuration in a form that nobody reads.
pub(super) fn unread_config(name: &str) -> Diagnostic {
    Diagnostic::warning(
        "unread-config",
        format!("{name} is not read: the configuration is JSON, in bundle.config.json"),
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
    Diagnostic::error("broken-json", format!("{} is empty", label.source.name))
        .at(label)
        .fix("write at least { \"areas\": { \"main\": \"src/main.js\" } }", None)
}

pub(super) fn wrong_type(label: Label, key: &str, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::error("config-type", format!("{key} must be {wanted}, not {found}")).at(label)
}

pub(super) fn duplicate_key(again: Label, key: &str, first: Label) -> Diagnostic {
    Diagnostic::error("duplicate-key", format!("\"{key}\" is written twice"))
        .at(again)
        .note_at("it is first written here", first)
}

/// Keys by the names that other tools give them.
const CALLED_ELSEWHERE: &[(&str, &str)] = &[
    ("entry", "areas"),
    ("entries", "areas"),
    ("entryPoints", "areas"),
    ("input", "areas"),
    ("output", "outDir"),
    ("outfile", "areas"),
    ("dist", "outDir"),
    ("dest", "outDir"),
    ("base", "publicPath"),
    ("browserslist", "target"),
    ("browsers", "target"),
    ("globals", "externals"),
    ("library", "globalName"),
    ("env", "define"),
    ("resolve", "alias"),
    ("devtool", "sourcemap"),
    ("src", "root"),
];

/// A key that other tools have, with its value as it is written here; `has_one_line`: then this can stand in its place.
pub(super) fn key_of_others(label: Label, key: &str, ours: &str, has_one_line: bool) -> Diagnostic {
    Diagnostic::error("unknown-key", format!("the configuration has no key \"{key}\""))
        .at(label)
        .fix(format!("write {ours}"), has_one_line.then(|| ours.to_owned()))
}

/// `areas` that are no object.
pub(super) fn areas_without_names(label: Label, found: &str, ours: &str, has_one_line: bool) -> Diagnostic {
    Diagnostic::error("config-type", format!("areas must be an object, not {found}"))
        .at(label)
        .note("its keys are the names of outputs, its values what is built into them")
        .fix(format!("write \"areas\": {ours}"), has_one_line.then(|| ours.to_owned()))
}

pub(super) fn unknown_key(label: Label, key: &str, of: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error("unknown-key", format!("{of} has no key \"{key}\"")).at(label);
    let elsewhere = CALLED_ELSEWHERE.iter().find(|(name, ours)| *name == key && known.contains(ours));
    match (nearest(key, known.iter().copied()), elsewhere) {
        (Some(near), _) => diagnostic.fix(format!("did you mean \"{near}\"?"), Some(near.to_owned())),
        // Its value has another form there, so the key alone is no remedy.
        (None, Some((_, ours))) => {
            diagnostic.fix(format!("it is called \"{ours}\" here, see `bundle explain unknown-key`"), None)
        }
        (None, None) => diagnostic.note(format!("its keys are {}", known.join(", "))),
    }
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

pub(super) fn budget_without_entry(origin: &Origin, entries: &str, near: Option<&str>) -> Diagnostic {
    let sentence = format!("no entry is called \"{entries}\", so this budget is for nothing");
    placed(Diagnostic::warning("budget-without-entry", sentence), origin)
        .note("entries are called as their outputs, without the extension; * stands for anything: \"trade/*\"")
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// `more`: how many other areas are the same. `hash` is where hashes are asked for.
pub(super) fn exact_name((entry, path): (&Origin, &str), area: &str, more: usize, hash: &Origin) -> Diagnostic {
    let sentence = match more {
        0 => format!("the area \"{area}\" is written under exactly this name, so its files have no hash"),
        1 => format!(
            "the area \"{area}\" and another one are written under exactly their names, so their files have no hash"
        ),
        _ => format!(
            "the area \"{area}\" and {more} more are written under exactly their names, so their files have no hash"
        ),
    };
    let long = format!("{{ \"entry\": \"{path}\" }}");
    also(placed(Diagnostic::warning("exact-name", sentence), entry), "hashes are asked for here", hash)
        .note("manifests give such a file by `?id=` and the hash of its contents, without `integrity`")
        .note("if the name is meant to be exact: \"silence\": [\"exact-name\"]")
        .fix(format!("for a hash in the name write the area in full: {long}"), None)
}

pub(super) fn chunk_without_maps(origin: &Origin) -> Diagnostic {
    let sentence = "a chunk that is minified as a whole has no source map: modules are minified one by one instead";
    placed(Diagnostic::warning("chunk-without-maps", sentence), origin)
        .fix("write \"minify\": true, or leave out the source map", None)
}

pub(super) fn styles_without_page(origin: &Origin) -> Diagnostic {
    placed(Diagnostic::error("styles-without-page", "a CommonJS module has no page to put styles into"), origin)
        .fix("write \"file\", or choose the format \"iife\" or \"esm\"", None)
}

pub(super) fn registry_without_page(origin: &Origin) -> Diagnostic {
    let sentence = "a registry of modules is for classic scripts: in this format modules share one scope instead";
    placed(Diagnostic::warning("registry-without-page", sentence), origin)
        .fix("leave out \"modules\", or write \"format\": \"iife\"", None)
}

// Values.

pub(super) fn unknown_word(origin: &Origin, subject: &str, word: &str, known: &[&str]) -> Diagnostic {
    let sentence = format!("\"{word}\" is not a {subject}; it is {}", either(known));
    let lower = word.to_lowercase();
    // `prod` and `dev` are farther from what they mean than a typing mistake.
    let longer = known.iter().copied().find(|k| lower.len() > 2 && k.starts_with(&lower));
    let near = longer.or_else(|| nearest(&lower, known.iter().copied()));
    placed(Diagnostic::error("unknown-value", sentence), origin).maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

pub(super) fn bad_target(origin: &Origin, target: &str, near: Option<&str>) -> Diagnostic {
    placed(Diagnostic::error("bad-target", format!("\"{target}\" is not a version of ECMAScript")), origin)
        .note("a target is es5, es2015 to es2025, esnext, or a browserslist query such as \"ie >= 9, last 2 versions\"")
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// `chromium58`: nothing that has versions of its own here.
pub(super) fn bad_engine(origin: &Origin, word: &str, near: Option<&str>) -> Diagnostic {
    placed(Diagnostic::error("bad-target", format!("\"{word}\" names no browser that is known")), origin)
        .note("browsers are written as in \"chrome58,firefox57,safari11,edge16,ios12,opera45,ie11,es2020\" or as a browserslist query")
        .maybe_fix(near, |near| format!("did you mean \"{near}\"?"))
}

/// Files that browserslist takes one of. `folder`: empty for the working directory.
pub(super) fn browserslist_twice(folder: &str, first: &str, second: &str) -> Diagnostic {
    let folder = if folder.is_empty() || folder == "." { "this folder" } else { folder };
    Diagnostic::error("bad-target", format!("{folder} says in {first} and in {second} which browsers are meant"))
        .note("browserslist refuses this too")
        .fix(format!("keep one of them, or write `target` into {}", super::find::FILE), None)
}

pub(super) fn browserslist_section_twice(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("bad-target", format!("there are two sections `{name}`")).at(at).fix("make one of them", None)
}

/// The environment names a file.
pub(super) fn missing_browserslist(file: &str) -> Diagnostic {
    Diagnostic::error("bad-target", format!("BROWSERSLIST_CONFIG names {file}, which cannot be read"))
        .fix("correct or unset the variable", None)
}

pub(super) fn bad_query(origin: &Origin, query: &str, why: &str) -> Diagnostic {
    placed(
        Diagnostic::error("bad-target", format!("the browserslist query \"{query}\" cannot be answered: {why}")),
        origin,
    )
    .note("a target is es5, es2015 to es2025, esnext, or a browserslist query such as \"ie >= 9, last 2 versions\"")
}

pub(super) fn mixed_target(origin: &Origin, version: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-target", format!("\"{version}\" cannot stand beside other targets")), origin)
        .note("a target is one version of ECMAScript, or browserslist queries")
}

pub(super) fn no_browsers(origin: &Origin, query: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-target", format!("the browserslist query \"{query}\" names no browser")), origin)
}

pub(super) fn bad_define_name(origin: &Origin, name: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-define", format!("\"{name}\" is not a name that can be defined")), origin)
        .note("a defined name is an identifier or a dotted path: DEBUG, process.env.API_HOST")
}

pub(super) fn bad_define_value(origin: &Origin, name: &str, value: &str) -> Diagnostic {
    let text = serde_json::Value::from(value).to_string();
    let typed = match origin {
        // In the file the value is a string that holds the text of a string.
        Origin::Place(_) => serde_json::Value::from(text.as_str()).to_string(),
        Origin::Flag(_) | Origin::Argument => format!("'{name}={text}'"),
    };
    let replacement = matches!(origin, Origin::Place(_)).then(|| typed.clone());
    placed(
        Diagnostic::error(
            "bad-define",
            format!("the value of {name} is neither JSON nor the name of something: {value}"),
        ),
        origin,
    )
    .fix(format!("if it is a string, write its quotes too: {typed}"), replacement)
}

/// `path` is what `written` would be as a path.
pub(super) fn path_without_dot(origin: &Origin, written: &str, path: &str) -> Diagnostic {
    let sentence = format!("\"{written}\" names a package, and none of that name is installed; {path} is there");
    placed(Diagnostic::error("path-without-dot", sentence), origin)
        .note("a path begins with \"./\" or \"../\"; in the file it is relative to \"root\"")
        .fix(format!("did you mean \"{path}\"?"), Some(path.to_owned()))
}

pub(super) fn bad_global(origin: &Origin, global: &str, near: Option<&str>) -> Diagnostic {
    placed(Diagnostic::error("bad-global", format!("\"{global}\" is not the name of a page global")), origin)
        .note("a page global is an identifier or a dotted path: Vue, App.lib.jq")
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

pub(super) fn bad_identifier(origin: &Origin, what: &str, name: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-name", format!("\"{name}\" cannot be {what}: it is no identifier")), origin)
}

pub(super) fn empty_value(origin: &Origin, key: &str) -> Diagnostic {
    placed(Diagnostic::error("empty-value", format!("{key} is empty")), origin)
}

pub(super) fn bad_extension(origin: &Origin, extension: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-extension", format!("\"{extension}\" is no extension: it starts with a dot")), origin)
        .fix(format!("did you mean \".{extension}\"?"), Some(format!(".{extension}")))
}

pub(super) fn missing_tsconfig(origin: &Origin, path: &str, why: &FsError) -> Diagnostic {
    placed(Diagnostic::error("missing-tsconfig", format!("cannot read {path}: {why}")), origin)
}

// Entries and outputs.

/// `found`: a file that is probably meant; `others`: the configuration of another tool.
pub(super) fn no_entry(file: Option<Label>, found: Option<&str>, others: Option<&str>) -> Diagnostic {
    let has_file = file.is_some();
    let mut diagnostic = Diagnostic::error("no-entry", "nothing is named to be bundled");
    if let Some(others) = others {
        diagnostic = diagnostic.note(format!("{others} is another tool's, and is not read"));
    }
    if let Some(label) = file {
        diagnostic = diagnostic.at(label);
    }
    let entry = found.unwrap_or("src/main.js");
    if has_file {
        diagnostic.fix(format!("name what to build: \"areas\": {{ \"main\": \"{entry}\" }}"), None)
    } else {
        diagnostic
            .note(format!("or write bundle.config.json: {{ \"areas\": {{ \"main\": \"{entry}\" }} }}"))
            .fix(format!("name an entry: bundle {entry} --out-dir dist"), None)
    }
}

pub(super) fn missing_entry(origin: &Origin, path: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = placed(Diagnostic::error("missing-entry", format!("the entry {path} does not exist")), origin);
    if near.is_some() {
        return diagnostic.maybe_fix(near, |n| format!("did you mean {n}?"));
    }
    diagnostic.note(looked_for(origin)).fix("write the file, or name one that is there", None)
}

/// What paths at a place are relative to.
fn looked_for(origin: &Origin) -> &'static str {
    match origin {
        Origin::Place(_) => {
            "paths in the configuration are relative to \"root\", which without a word is its own folder"
        }
        Origin::Flag(_) | Origin::Argument => "paths on the command line are relative to the working directory",
    }
}

pub(super) fn entry_is_directory(origin: &Origin, path: &str, index: Option<&str>, scripts: &[String]) -> Diagnostic {
    let diagnostic =
        placed(Diagnostic::error("entry-is-directory", format!("the entry {path} is a directory")), origin);
    match (index, scripts) {
        (Some(start), _) => diagnostic.fix(format!("did you mean {start}?"), Some(start.to_owned())),
        (None, [only]) => diagnostic.fix(format!("did you mean {only}?"), Some(only.clone())),
        (None, []) => diagnostic.note("there is no script in it"),
        (None, [first, ..]) => diagnostic
            .note(format!("it has no index or main file; scripts in it: {}", scripts.join(", ")))
            .fix(format!("name one of them: {first}"), None),
    }
}

pub(super) fn entry_is_loop(origin: &Origin, path: &str) -> Diagnostic {
    placed(
        Diagnostic::error("link-loop", format!("the entry {path} is a symbolic link that leads back to itself")),
        origin,
    )
    .note("remove the link, or let it point at a file")
}

pub(super) fn entry_is_denied(origin: &Origin, path: &str) -> Diagnostic {
    placed(Diagnostic::error("unreadable-file", format!("the entry {path} may not be read: permission denied")), origin)
        .note("check the permissions of the file and of the directories above it")
}

/// A folder that a glob goes through.
pub(super) fn glob_is_denied(origin: &Origin, folder: &str) -> Diagnostic {
    placed(
        Diagnostic::error("unreadable-file", format!("the folder {folder} may not be read: permission denied")),
        origin,
    )
    .note("check its permissions, or let the pattern name the folders that are meant")
}

pub(super) fn entry_is_dead_link(origin: &Origin, path: &str, target: &str) -> Diagnostic {
    let sentence = format!("the entry {path} is a symbolic link to {target}, which does not exist");
    placed(Diagnostic::error("dead-link", sentence), origin).note("remove the link, or let it point at a file")
}

pub(super) fn entry_not_a_file(origin: &Origin, path: &str) -> Diagnostic {
    placed(
        Diagnostic::error("entry-not-a-file", format!("the entry {path} is a FIFO, a socket or a device, not a file")),
        origin,
    )
}

pub(super) fn empty_glob(origin: &Origin, glob: &str) -> Diagnostic {
    placed(Diagnostic::error("empty-glob", format!("no file matches \"{glob}\"")), origin)
        .note(looked_for(origin))
        .fix("correct the pattern, or write a file that it matches", None)
}

pub(super) fn bad_glob(origin: &Origin, glob: &str, why: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-glob", format!("\"{glob}\" is not a pattern: {why}")), origin)
}

pub(super) fn duplicate_entry(origin: &Origin, path: &str, first: &Origin) -> Diagnostic {
    let diagnostic = placed(Diagnostic::error("duplicate-entry", format!("the entry {path} is named twice")), origin);
    also(diagnostic, "it is first named here", first)
}

/// Bundles of two outputs that claim the same folder; `first` is where the other one is.
pub(super) fn folder_claimed_twice(origin: &Origin, names: [&str; 2], first: &Origin) -> Diagnostic {
    let sentence = format!("two shared bundles claim the modules of one folder: {} and {}", names[0], names[1]);
    also(placed(Diagnostic::error("claimed-twice", sentence), origin), "the other one begins here", first)
        .note("a shared bundle holds every module in the folder of its entry")
        .fix(
            "move one of them into a folder of its own, or let one import the other and leave that alone as the entry",
            None,
        )
}

pub(super) fn package_claimed_twice(origin: &Origin, package: &str, first: &Origin) -> Diagnostic {
    let sentence = format!("two shared bundles claim the package \"{package}\"");
    also(placed(Diagnostic::error("claimed-twice", sentence), origin), "the other claim is here", first)
        .fix("leave it in one of them: a package is in one bundle", None)
}

pub(super) fn packages_without_shared(origin: &Origin, area: &str) -> Diagnostic {
    let sentence = format!("\"{area}\" claims packages, and is not shared");
    placed(Diagnostic::error("packages-without-shared", sentence), origin)
        .note("whoever imports these packages needs its bundle on the page: that is what shared areas are")
        .fix("write \"shared\": true beside it", None)
}

pub(super) fn shared_without_splitting(origin: &Origin) -> Diagnostic {
    let sentence = "areas cannot share a bundle while \"splitting\" is false: each output holds all that it needs";
    placed(Diagnostic::error("shared-without-splitting", sentence), origin)
        .fix("leave \"splitting\" out, or \"shared\"", None)
}

pub(super) fn bad_public_path(origin: &Origin, text: &str, why: &str) -> Diagnostic {
    let sentence = format!("\"{text}\" cannot be the address of the output folder: {why}");
    placed(Diagnostic::error("bad-public-path", sentence), origin)
        .fix("write where browsers find the folder: \"/scripts/\", or \"https://cdn.example/scripts/\"", None)
}

fn also(diagnostic: Diagnostic, note: &str, first: &Origin) -> Diagnostic {
    match first {
        Origin::Place(label) => diagnostic.note_at(note, label.clone()),
        Origin::Flag(_) | Origin::Argument => diagnostic,
    }
}

pub(super) fn duplicate_output(origin: &Origin, output: &str, paths: (&str, &str), first: &Origin) -> Diagnostic {
    let sentence = format!("two entries would be written to {output}: {} and {}", paths.0, paths.1);
    let diagnostic = placed(Diagnostic::error("duplicate-output", sentence), origin);
    match first {
        Origin::Place(label) => diagnostic.note_at("the other one is named here", label.clone()),
        Origin::Flag(_) | Origin::Argument => diagnostic.fix(format!("give one another name: NAME={}", paths.1), None),
    }
}

pub(super) fn overwrites_input(origin: &Origin, output: &str, is_one_file: bool) -> Diagnostic {
    let remedy = match origin {
        _ if is_one_file => "name another file: --out-file dist/main.js",
        Origin::Place(_) => "write into another folder: \"outDir\": \"dist\"",
        Origin::Flag(_) | Origin::Argument => "write into another folder: --out-dir dist",
    };
    let sentence = format!("the output {output} would overwrite the entry itself");
    placed(Diagnostic::error("output-overwrites-input", sentence), origin).fix(remedy, None)
}

pub(super) fn out_file_for_many(origin: &Origin, count: usize) -> Diagnostic {
    placed(Diagnostic::error("out-file-for-many", format!("one file cannot hold {count} entries")), origin)
        .fix("name a folder instead: --out-dir dist", None)
}

pub(super) fn out_file_and_dir(origin: &Origin) -> Diagnostic {
    placed(Diagnostic::error("out-file-and-dir", "--out-dir is given too, and both say where the output goes"), origin)
        .note("leave one of them out")
}

pub(super) fn output_is_directory(origin: &Origin, path: &str) -> Diagnostic {
    placed(Diagnostic::error("output-is-directory", format!("{path} is a directory")), origin)
        .fix("name a file in it, or use --out-dir", None)
}

pub(super) fn bad_output_name(origin: &Origin, name: &str, why: &str, near: Option<&str>) -> Diagnostic {
    placed(Diagnostic::error("bad-output-name", format!("\"{name}\" cannot be the name of an output: {why}")), origin)
        .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

pub(super) fn missing_root(origin: &Origin, root: &str, near: Option<&str>) -> Diagnostic {
    placed(Diagnostic::error("missing-root", format!("the folder {root} does not exist")), origin)
        .maybe_fix(near, |n| format!("did you mean {n}?"))
}

pub(super) fn missing_load_path(origin: &Origin, path: &str) -> Diagnostic {
    placed(Diagnostic::warning("missing-load-path", format!("the folder {path} does not exist")), origin)
        .note("nothing is looked for in it")
}

pub(super) fn bad_asset_names(origin: &Origin, pattern: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-asset-names", format!("\"{pattern}\" cannot be the names of files")), origin)
        .note("names are relative to the output folder and stay in it, and tell files apart by [name] or [hash]")
        .fix("write a path with [dir], [name], [hash] and [ext]: \"assets/[name]-[hash][ext]\"", None)
}

pub(super) fn bad_asset_extension(origin: &Origin, extension: &str, why: &str) -> Diagnostic {
    let sentence = format!("\"{extension}\" cannot be one of `assets.extensions`: {why}");
    placed(Diagnostic::error("bad-asset-extension", sentence), origin)
        .fix("list extensions of files that scripts import by their address: [\"glsl\", \"csv\"]", None)
}

pub(super) fn copy_leads_out(origin: &Origin, to: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-output-name", format!("\"{to}\" is not in the output folder")), origin)
        .fix("write a folder relative to outDir: \"images\"", None)
}

pub(super) fn bad_symbol_id(origin: &Origin, pattern: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-asset-names", format!("\"{pattern}\" cannot be the ids of symbols")), origin)
        .note("an id has [name] in it, perhaps [dir], and no blanks")
        .fix("write a pattern: \"icon-[name]\"", None)
}

pub(super) fn bad_module_names(origin: &Origin, pattern: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-module-names", format!("\"{pattern}\" cannot be the names of classes")), origin)
        .note("a name has [local] in it, begins with a letter, and has letters, digits, `-` and `_`")
        .fix("write a pattern of [local], [name] and [hash]: \"[name]__[local]_[hash]\"", None)
}

pub(super) fn vue_3(origin: &Origin) -> Diagnostic {
    placed(Diagnostic::error("vue-version", "components of Vue 3 cannot be compiled yet"), origin)
        .fix("leave it out, or write 2", None)
}

pub(super) fn bad_delimiters(origin: &Origin) -> Diagnostic {
    placed(Diagnostic::error("config-type", "vue.delimiters must be a list of two texts"), origin)
        .fix("write what stands before and after an interpolation: [\"{{\", \"}}\"]", None)
}

/// The file that was named is not there.
pub fn missing_config(file: &str, why: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("missing-config", format!("--config: cannot read {file}: {why}"));
    match near {
        Some(near) => diagnostic.fix(format!("did you mean {near}?"), None),
        None => diagnostic,
    }
}
