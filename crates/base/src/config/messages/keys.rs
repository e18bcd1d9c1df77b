//! Messages about keys that do not exist, among them those of other tools.

use crate::diagnostic::{Diagnostic, Label, nearest};

/// Keys of other tools, with the key for the same thing here.
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

/// Keys of other tools that have no counterpart, with what to do instead.
const WITHOUT_A_KEY: &[(&str, &str)] = &[
    (
        "banner",
        "write the text as a comment that begins with /*! into a file that the entry imports first",
    ),
    ("publicDir", "\"copy\" lists the files that are copied into the output folder"),
    ("devServer", "`bundle --watch` updates the pages of your own server"),
    ("server", "`bundle --watch` updates the pages of your own server"),
    ("module", "the extension of a file decides how it is read, and \"rules\" has exceptions"),
    ("loaders", "the extension of a file decides how it is read, and \"rules\" has exceptions"),
    ("optimization", "see \"minify\" and \"splitting\""),
];

/// Reports a key of other tools. `ours`: the same setting as it is written here. `has_one_line`:
/// the key is within one line, so `ours` can replace it.
pub(in super::super) fn key_of_others(
    label: Label,
    key: &str,
    ours: &str,
    has_one_line: bool,
) -> Diagnostic {
    Diagnostic::error("unknown-key", format!("the configuration has no key \"{key}\""))
        .at(label)
        .fix(format!("write {ours}"), has_one_line.then(|| ours.to_owned()))
}

pub(in super::super) fn unknown_key(
    label: Label,
    key: &str,
    of: &str,
    known: &[&str],
) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("unknown-key", format!("{of} has no key \"{key}\"")).at(label);
    let elsewhere =
        CALLED_ELSEWHERE.iter().find(|(name, ours)| *name == key && known.contains(ours));
    let is_top_level = known.contains(&"outDir");
    let way = WITHOUT_A_KEY.iter().find(|(name, _)| *name == key && is_top_level);
    if let Some((_, way)) = way {
        return diagnostic.fix(*way, None);
    }
    match (nearest(key, known.iter().copied()), elsewhere) {
        (Some(near), _) => {
            diagnostic.fix(format!("did you mean \"{near}\"?"), Some(near.to_owned()))
        }
        // The key here takes a value of another form, so renaming the key alone does not help.
        (None, Some((_, ours))) => diagnostic
            .fix(format!("it is called \"{ours}\" here, see `bundle explain unknown-key`"), None),
        (None, None) => diagnostic.note(format!("its keys are {}", known.join(", "))),
    }
}
