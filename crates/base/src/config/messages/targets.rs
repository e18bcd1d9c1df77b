//! Messages about targets and browserslist files.

use super::{
    super::raw::{FILE, Origin},
    origin::placed,
};
use crate::diagnostic::{Diagnostic, Label};

pub(in crate::config) fn bad_target(
    origin: &Origin,
    target: &str,
    near: Option<&str>,
) -> Diagnostic {
    placed(
        Diagnostic::error("bad-target", format!("\"{target}\" is not a version of ECMAScript")),
        origin,
    )
    .note(
        "a target is es5, es2015 to es2025, esnext, or a browserslist query such as \"ie >= \
               9, last 2 versions\"",
    )
    .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

/// Reports a word like `chromium58` that names no known browser.
pub(in crate::config) fn bad_engine(origin: &Origin, word: &str, near: Option<&str>) -> Diagnostic {
    placed(Diagnostic::error("bad-target", format!("\"{word}\" is not a known browser")), origin)
        .note(
            "browsers are written as in \
               \"chrome58,firefox57,safari11,edge16,ios12,opera45,ie11,es2020\" or as a \
               browserslist query",
        )
        .maybe_fix(near, |near| format!("did you mean \"{near}\"?"))
}

/// Reports that there are two files, although browserslist accepts only one. `folder`: empty for
/// the working directory.
pub(in crate::config) fn browserslist_twice(folder: &str, first: &str, second: &str) -> Diagnostic {
    let folder = if folder.is_empty() || folder == "." { "this folder" } else { folder };
    Diagnostic::error(
        "bad-target",
        format!("{folder} configures its browsers in both {first} and {second}"),
    )
    .note("browserslist refuses this too")
    .fix(format!("keep one of them, or write `target` into {FILE}"), None)
}

pub(in crate::config) fn browserslist_section_twice(at: Label, name: &str) -> Diagnostic {
    Diagnostic::error("bad-target", format!("there are two sections `{name}`"))
        .at(at)
        .fix("merge them into one", None)
}

/// Warns of a file that browserslist does not read.
pub(in crate::config) fn misspelt_browserslist_file(
    at: Label,
    file: &str,
    right: &str,
) -> Diagnostic {
    Diagnostic::warning("misspelt-browserslist", format!("{file} is misspelt, so nothing reads it"))
        .at(at)
        .fix(format!("rename it to {right}"), None)
}

/// Warns of a key of package.json that browserslist does not read.
pub(in crate::config) fn misspelt_browserslist_key(
    at: Label,
    key: &str,
    right: &str,
) -> Diagnostic {
    Diagnostic::warning(
        "misspelt-browserslist",
        format!("the key `{key}` is misspelt, so nothing reads it"),
    )
    .at(at)
    .fix(format!("write `{right}`"), Some(format!("\"{right}\"")))
}

/// Reports that the file named by `BROWSERSLIST_CONFIG` cannot be read.
pub(in crate::config) fn missing_browserslist(file: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-target",
        format!("BROWSERSLIST_CONFIG names {file}, which cannot be read"),
    )
    .fix("correct or unset the variable", None)
}

pub(in crate::config) fn bad_query(origin: &Origin, query: &str, why: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-target",
            format!("the browserslist query \"{query}\" cannot be resolved: {why}"),
        ),
        origin,
    )
    .note(
        "a target is es5, es2015 to es2025, esnext, or a browserslist query such as \"ie >= 9, \
           last 2 versions\"",
    )
}

pub(in crate::config) fn mixed_target(origin: &Origin, version: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-target",
            format!("\"{version}\" cannot be combined with other targets"),
        ),
        origin,
    )
    .note("a target is one version of ECMAScript, or browserslist queries")
}

pub(in crate::config) fn no_browsers(origin: &Origin, query: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-target",
            format!("the browserslist query \"{query}\" names no browser"),
        ),
        origin,
    )
}
