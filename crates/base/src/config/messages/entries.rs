//! Messages about entries, outputs and the files beside them.

use super::{
    super::raw::Origin,
    origin::{also, placed},
};
use crate::diagnostic::{Diagnostic, Label};

/// Reports that no entry is configured. `found`: a file that is probably the entry; `others`: the
/// configuration file of another tool.
pub(in crate::config) fn no_entry(
    file: Option<Label>,
    found: Option<&str>,
    others: Option<&str>,
) -> Diagnostic {
    let has_file = file.is_some();
    let mut diagnostic = Diagnostic::error("no-entry", "no entry is given");
    if let Some(others) = others {
        diagnostic = diagnostic.note(format!("{others} belongs to another tool and is not read"));
    }
    if let Some(label) = file {
        diagnostic = diagnostic.at(label);
    }
    let entry = found.unwrap_or("src/main.js");
    if has_file {
        diagnostic.fix(format!("name what to build: \"areas\": {{ \"main\": \"{entry}\" }}"), None)
    } else {
        diagnostic
            .note(format!(
                "or write bundle.config.json: {{ \"areas\": {{ \"main\": \"{entry}\" }} }}"
            ))
            .fix(format!("name an entry: bundle {entry} --out-dir dist"), None)
    }
}

pub(in crate::config) fn missing_entry(
    origin: &Origin,
    path: &str,
    near: Option<&str>,
) -> Diagnostic {
    let diagnostic = placed(
        Diagnostic::error("missing-entry", format!("the entry {path} does not exist")),
        origin,
    );
    if near.is_some() {
        return diagnostic.maybe_fix(near, |n| format!("did you mean {n}?"));
    }
    diagnostic.note(looked_for(origin)).fix("write the file, or name one that exists", None)
}

/// Describes what a path is relative to, by where it is written.
fn looked_for(origin: &Origin) -> &'static str {
    match origin {
        Origin::Place(_) => {
            "paths in the configuration are relative to \"root\", by default the folder of the \
             configuration"
        }
        Origin::Flag(_) | Origin::Argument => {
            "paths on the command line are relative to the working directory"
        }
    }
}

pub(in crate::config) fn entry_is_directory(
    origin: &Origin,
    path: &str,
    index: Option<&str>,
    scripts: &[String],
) -> Diagnostic {
    let diagnostic = placed(
        Diagnostic::error("entry-is-directory", format!("the entry {path} is a directory")),
        origin,
    );
    match (index, scripts) {
        (Some(start), _) => {
            diagnostic.fix(format!("did you mean {start}?"), Some(start.to_owned()))
        }
        (None, [only]) => diagnostic.fix(format!("did you mean {only}?"), Some(only.clone())),
        (None, []) => diagnostic.note("there is no script in it"),
        (None, [first, ..]) => diagnostic
            .note(format!("it has no index or main file; scripts in it: {}", scripts.join(", ")))
            .fix(format!("name one of them: {first}"), None),
    }
}

pub(in crate::config) fn entry_is_loop(origin: &Origin, path: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "link-loop",
            format!("the entry {path} is a symbolic link that leads back to itself"),
        ),
        origin,
    )
    .note("remove the link, or let it point at a file")
}

pub(in crate::config) fn entry_is_denied(origin: &Origin, path: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "unreadable-file",
            format!("the entry {path} cannot be read: permission denied"),
        ),
        origin,
    )
    .note("check the permissions of the file and of the directories above it")
}

/// Reports a folder that a glob would enter, but that cannot be read.
pub(in crate::config) fn glob_is_denied(origin: &Origin, folder: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "unreadable-file",
            format!("the folder {folder} cannot be read: permission denied"),
        ),
        origin,
    )
    .note("check its permissions, or write a pattern that leaves this folder out")
}

pub(in crate::config) fn entry_is_dead_link(
    origin: &Origin,
    path: &str,
    target: &str,
) -> Diagnostic {
    let sentence = format!("the entry {path} is a symbolic link to {target}, which does not exist");
    placed(Diagnostic::error("dead-link", sentence), origin)
        .note("remove the link, or let it point at a file")
}

pub(in crate::config) fn entry_not_a_file(origin: &Origin, path: &str) -> Diagnostic {
    placed(
        Diagnostic::error(
            "entry-not-a-file",
            format!("the entry {path} is a FIFO, a socket or a device, not a file"),
        ),
        origin,
    )
}

pub(in crate::config) fn empty_glob(origin: &Origin, glob: &str) -> Diagnostic {
    placed(Diagnostic::error("empty-glob", format!("no file matches \"{glob}\"")), origin)
        .note(looked_for(origin))
        .fix("correct the pattern, or write a file that it matches", None)
}

pub(in crate::config) fn bad_glob(origin: &Origin, glob: &str, why: &str) -> Diagnostic {
    placed(
        Diagnostic::error("bad-glob", format!("\"{glob}\" is not a valid pattern: {why}")),
        origin,
    )
}

pub(in crate::config) fn duplicate_entry(
    origin: &Origin,
    path: &str,
    first: &Origin,
) -> Diagnostic {
    let diagnostic = placed(
        Diagnostic::error("duplicate-entry", format!("the entry {path} is named twice")),
        origin,
    );
    also(diagnostic, "it is first named here", first)
}

/// Reports that manual chunks of two outputs claim the same folder. `first`: where the other one is
/// configured.
pub(in crate::config) fn folder_claimed_twice(
    origin: &Origin,
    names: [&str; 2],
    first: &Origin,
) -> Diagnostic {
    let sentence =
        format!("two shared areas claim the modules of one folder: {} and {}", names[0], names[1]);
    also(
        placed(Diagnostic::error("claimed-twice", sentence), origin),
        "the other one is configured here",
        first,
    )
    .note("a shared area holds every module in the folder of its entry")
    .fix(
        "move one of them into a folder of its own, or make one bundle of both: import one entry \
         from the other",
        None,
    )
}

pub(in crate::config) fn package_claimed_twice(
    origin: &Origin,
    package: &str,
    first: &Origin,
) -> Diagnostic {
    let sentence = format!("two shared areas claim the package \"{package}\"");
    also(
        placed(Diagnostic::error("claimed-twice", sentence), origin),
        "the other claim is here",
        first,
    )
    .fix("keep it in one of them: a package belongs to one bundle", None)
}

pub(in crate::config) fn packages_without_shared(origin: &Origin, area: &str) -> Diagnostic {
    let sentence = format!("\"{area}\" claims packages but is not shared");
    placed(Diagnostic::error("packages-without-shared", sentence), origin)
        .note("pages that import these packages must load its script, so the area must be shared")
        .fix("write \"shared\": true beside it", None)
}

pub(in crate::config) fn shared_without_splitting(origin: &Origin) -> Diagnostic {
    let sentence = "areas cannot share a bundle while \"splitting\" is false: each output holds \
                    all that it needs";
    placed(Diagnostic::error("shared-without-splitting", sentence), origin)
        .fix("remove \"splitting\" or \"shared\"", None)
}

pub(in crate::config) fn splitting_by_name(origin: &Origin) -> Diagnostic {
    let sentence = "entries share no scripts: the only manifest names files, and cannot say which \
                    shared scripts a page includes";
    let instead = match origin {
        Origin::Place(_) => "write \"splitting\": \"async\"",
        Origin::Flag(_) | Origin::Argument => "leave the flag out",
    };
    let fix = format!(
        "{instead}; to share modules between entries, add an area with \"shared\": true, or add \
         \"entrypoints\" to \"manifest\""
    );
    placed(Diagnostic::warning("splitting-with-mix", sentence), origin).fix(fix, None)
}

pub(in crate::config) fn bad_public_path(origin: &Origin, text: &str, why: &str) -> Diagnostic {
    let sentence = format!("\"{text}\" cannot be the address of the output folder: {why}");
    placed(Diagnostic::error("bad-public-path", sentence), origin).fix(
        "write where browsers find the folder: \"/scripts/\", or \"https://cdn.example/scripts/\"",
        None,
    )
}

pub(in crate::config) fn bad_origin(origin: &Origin, text: &str, why: &str) -> Diagnostic {
    placed(Diagnostic::error("bad-origin", format!("\"{text}\" is not an origin: {why}")), origin)
        .fix("write what the address of the page begins with: \"https://shop.example:8443\"", None)
}

pub(in crate::config) fn duplicate_output(
    origin: &Origin,
    output: &str,
    paths: (&str, &str),
    first: &Origin,
) -> Diagnostic {
    let sentence = format!("two entries would be written to {output}: {} and {}", paths.0, paths.1);
    let diagnostic = placed(Diagnostic::error("duplicate-output", sentence), origin);
    match first {
        Origin::Place(label) => diagnostic.note_at("the other one is named here", label.clone()),
        Origin::Flag(_) | Origin::Argument => {
            diagnostic.fix(format!("give one another name: NAME={}", paths.1), None)
        }
    }
}

pub(in crate::config) fn manifests_of_one_name(
    origin: &Origin,
    one: &str,
    other: &str,
    file: &str,
) -> Diagnostic {
    let sentence = format!("the manifests {other} and {one} would both be written to {file}");
    placed(Diagnostic::error("duplicate-output", sentence), origin).fix(
        format!("name the file of one: {{ \"kind\": \"{one}\", \"file\": \"{one}.json\" }}"),
        None,
    )
}

pub(in crate::config) fn overwrites_input(
    origin: &Origin,
    output: &str,
    is_one_file: bool,
) -> Diagnostic {
    let remedy = match origin {
        _ if is_one_file => "name another file: --out-file dist/main.js",
        Origin::Place(_) => "write into another folder: \"outDir\": \"dist\"",
        Origin::Flag(_) | Origin::Argument => "write into another folder: --out-dir dist",
    };
    let sentence = format!("the output {output} would overwrite the entry itself");
    placed(Diagnostic::error("output-overwrites-input", sentence), origin).fix(remedy, None)
}

pub(in crate::config) fn out_file_for_many(origin: &Origin, count: usize) -> Diagnostic {
    placed(
        Diagnostic::error("out-file-for-many", format!("one file cannot hold {count} entries")),
        origin,
    )
    .fix("name a folder instead: --out-dir dist", None)
}

pub(in crate::config) fn out_file_and_dir(origin: &Origin) -> Diagnostic {
    placed(
        Diagnostic::error(
            "out-file-and-dir",
            "--out-dir is given too, and both say where the output goes",
        ),
        origin,
    )
    .note("leave one of them out")
}

pub(in crate::config) fn output_is_directory(origin: &Origin, path: &str) -> Diagnostic {
    placed(Diagnostic::error("output-is-directory", format!("{path} is a directory")), origin)
        .fix("name a file in it, or use --out-dir", None)
}

pub(in crate::config) fn bad_output_name(
    origin: &Origin,
    name: &str,
    why: &str,
    near: Option<&str>,
) -> Diagnostic {
    placed(
        Diagnostic::error(
            "bad-output-name",
            format!("\"{name}\" cannot be the name of an output: {why}"),
        ),
        origin,
    )
    .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

pub(in crate::config) fn missing_root(
    origin: &Origin,
    root: &str,
    near: Option<&str>,
) -> Diagnostic {
    placed(Diagnostic::error("missing-root", format!("the folder {root} does not exist")), origin)
        .maybe_fix(near, |n| format!("did you mean {n}?"))
}

pub(in crate::config) fn missing_load_path(origin: &Origin, path: &str) -> Diagnostic {
    placed(
        Diagnostic::warning("missing-load-path", format!("the folder {path} does not exist")),
        origin,
    )
    .note("it is not searched")
}

pub(in crate::config) fn missing_template(origin: &Origin, path: &str) -> Diagnostic {
    placed(Diagnostic::error("missing-template", format!("there is no template {path}")), origin)
        .fix("name an HTML file, relative to root", None)
}

pub(in crate::config) fn updates_in_production(origin: &Origin) -> Diagnostic {
    let message = "a build for production has no client that shows edits";
    placed(Diagnostic::error("bad-arguments", message), origin).fix(
        "write --watch --updates, or --mode development --updates for the files that watching \
         writes",
        None,
    )
}
