//! Messages about files that are copied, and about pages that are written from templates.

use bundle_base::{Diagnostic, diagnostic::nearest};

/// A rule of `copy` that matches no file.
pub fn nothing_to_copy(written: &str) -> Diagnostic {
    Diagnostic::warning("nothing-to-copy", format!("no file matches \"{written}\" in `copy`"))
        .note("`copy` paths are relative to `root`")
        .fix("correct the path, or remove the rule", None)
}

/// Private files that a rule of `copy` matches.
pub fn not_copied(written: &str, names: &[String]) -> Diagnostic {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(SHOWN);
    let all = if more == 0 { shown } else { format!("{shown} and {more} more") };
    Diagnostic::warning(
        "not-copied",
        format!("`copy` leaves out files of \"{written}\" that are never published: {all}"),
    )
    .note(
        "server programs, keys, database dumps and files whose names begin with a dot are private",
    )
    .fix("write a pattern that matches only the files to copy: \"static/**/*.png\"", None)
}

/// A page of `html` names an entry that does not exist.
pub fn unknown_page_entry(template: &str, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "unknown-page-entry",
        format!("the page of {template} has an entry {name}, and there is none"),
    );
    match nearest(name, known.iter().copied()) {
        Some(near) => diagnostic.fix(format!("did you mean \"{near}\"?"), None),
        None => diagnostic.note(format!("the entries are {}", known.join(", "))),
    }
}

/// A template has an expression that the build knows no value for.
pub fn template_expression(template: &str, expression: &str) -> Diagnostic {
    Diagnostic::warning(
        "template-expression",
        format!("{expression} in {template} has no value here, and is left out"),
    )
    .note("a template may have BASE_URL, the page's title, and what `define` and .env files set")
}

/// A copy that would have the path of another output.
pub fn copy_over_output(path: &str, file: &str) -> Diagnostic {
    Diagnostic::error(
        "asset-name-taken",
        format!("{file} would be copied to {path}, which is already the path of another output"),
    )
    .fix("give the `copy` rule another folder", None)
}

/// A copy in the place of a file that modules or stylesheets use.
pub fn copy_over_asset(path: &str, file: &str) -> Diagnostic {
    Diagnostic::warning(
        "asset-name-taken",
        format!(
            "{file} is not copied to {path}: another file that the build uses is written there"
        ),
    )
    .fix("give the `copy` rule another folder, or change `assets.names`", None)
}

/// Two files with different contents that would be copied to one path.
pub fn copy_taken(path: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error(
        "asset-name-taken",
        format!("{first} and {second} would both be copied to {path}"),
    )
    .fix("give one of the `copy` rules another folder", None)
}
