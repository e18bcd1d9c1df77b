//! The messages of `--verify`.

use bundle_base::{Diagnostic, Label, fs::Change};

/// The most names that a list shows.
const MOST: usize = 8;

pub fn verify_without_watch() -> Diagnostic {
    Diagnostic::error(
        "bad-arguments",
        "--verify checks rebuilds, and there are none without --watch",
    )
    .fix("write --watch --verify; --check-reproducible compares two builds of one kind", None)
}

pub fn reproducible_while_watching() -> Diagnostic {
    Diagnostic::error(
        "bad-arguments",
        "--check-reproducible checks one build, and --watch makes many",
    )
    .fix("write --watch --verify, which compares each rebuild with a clean build", None)
}

pub fn verified(same: Option<usize>, milliseconds: u128) -> String {
    match same {
        Some(1) => format!("verified in {milliseconds} ms: 1 file equals that of a clean build"),
        Some(files) => {
            format!("verified in {milliseconds} ms: {files} files equal those of a clean build")
        }
        None => {
            format!("verified in {milliseconds} ms: the outputs differ from those of a clean build")
        }
    }
}

pub fn unverified() -> &'static str {
    "not verified: files changed during the comparison"
}

fn differs(message: String) -> Diagnostic {
    Diagnostic::error("rebuild-differs", message).remedy(
        "start `bundle --watch` again; this is a bug in bundle, and a report with these changes \
         would help",
    )
}

/// An output that differs from a clean build from one place on. The two texts are the lines of the
/// rebuild, or of the disk, and of the clean build.
pub fn rebuild_differs(label: Label, rebuilt: &str, clean: &str, is_on_disk: bool) -> Diagnostic {
    let line = label.source.line_column(label.span.start).line;
    let file = &label.source.name;
    let (message, ours) = if is_on_disk {
        (
            format!("{file} on the disk differs from the rebuild's from line {line} on"),
            "the disk has   ",
        )
    } else {
        (format!("{file} differs from a clean build's from line {line} on"), "the rebuild has")
    };
    let diagnostic = differs(message)
        .note(format!("{ours}   {}", rebuilt.escape_debug()))
        .note(format!("a clean build has {}", clean.escape_debug()));
    diagnostic.at(label)
}

pub fn missed_configuration() -> Diagnostic {
    differs("the configuration on the disk differs from that of the rebuild".to_owned())
}

pub fn only_clean_fails<'d>(failed: impl Iterator<Item = &'d Diagnostic>) -> Diagnostic {
    let diagnostic = differs("a clean build fails, but the rebuild did not".to_owned());
    failed.take(MOST).fold(diagnostic, |diagnostic, error| match &error.primary {
        Some(label) => diagnostic.note_at(error.message.clone(), label.clone()),
        None => diagnostic.note(error.message.clone()),
    })
}

pub fn only_clean_makes(file: &str) -> Diagnostic {
    differs(format!("{file} is missing, but a clean build makes it"))
}

pub fn clean_makes_not(file: &str) -> Diagnostic {
    differs(format!("the rebuild made {file}, but a clean build does not"))
}

pub fn clean_leaves_not(file: &str) -> Diagnostic {
    differs(format!("{file} remains from an earlier rebuild, and nothing makes it any more"))
}

pub fn metafile_of_rebuild_differs() -> Diagnostic {
    differs("the metafile differs from a clean build's".to_owned())
}

/// Adds the changes that led to the difference, and the other files that differ.
pub fn after_changes(
    diagnostic: Diagnostic,
    changes: &[(String, Change)],
    more: &[&str],
) -> Diagnostic {
    let word = |change: Change| match change {
        Change::Created => "created",
        Change::Changed => "changed",
        Change::Removed => "removed",
    };
    let changes: Vec<String> =
        changes.iter().map(|(path, change)| format!("{path} ({})", word(*change))).collect();
    let diagnostic = match changes.as_slice() {
        [] => diagnostic,
        changes => diagnostic.note(format!("the changes that led to this: {}", listed(changes))),
    };
    match more {
        [] => diagnostic,
        more => diagnostic.note(format!("other files that differ: {}", listed(more))),
    }
}

pub fn rewritten(files: &[String]) -> Diagnostic {
    Diagnostic::error(
        "written-again",
        format!("files were written again with the same contents: {}", listed(files)),
    )
    .note("programs that compare modification times treat them as changed; this is a bug in bundle")
}

fn listed(names: &[impl AsRef<str>]) -> String {
    let shown: Vec<&str> = names.iter().take(MOST).map(AsRef::as_ref).collect();
    let more = names.len() - shown.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}
