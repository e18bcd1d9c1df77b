//! Messages about files that are copied, and about pages that are written from templates.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source, Span, config::CopyRule, diagnostic::nearest};

/// Points at the place in the configuration, if the rule has one.
fn placed(diagnostic: Diagnostic, place: Option<&Label>) -> Diagnostic {
    match place {
        Some(place) => diagnostic.at(place.clone()),
        None => diagnostic,
    }
}

/// A rule of `copy` that matches no file.
pub fn nothing_to_copy(rule: &CopyRule) -> Diagnostic {
    let text = format!("no file matches \"{}\" in `copy`", rule.written);
    placed(Diagnostic::warning("nothing-to-copy", text), rule.place.as_ref())
        .note("`copy` paths are relative to `root`")
        .fix("correct the path, or remove the rule", None)
}

/// A rule of `copy` that reads an output, which an earlier build or another tool has written.
pub fn output_over_copied(path: &str, rule: &CopyRule) -> Diagnostic {
    let text = format!("{path} is an output, and `copy` reads it: a build reads no outputs");
    placed(Diagnostic::error("output-overwrites-input", text), rule.place.as_ref())
        .fix("leave it out of the rule: { \"from\": …, \"to\": …, \"ignore\": [\"…\"] }", None)
}

/// Private files that a rule of `copy` matches.
pub fn not_copied(rule: &CopyRule, names: &[String]) -> Diagnostic {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(SHOWN);
    let all = if more == 0 { shown } else { format!("{shown} and {more} more") };
    let written = &rule.written;
    let text = format!("`copy` leaves out files of \"{written}\" that are never published: {all}");
    placed(Diagnostic::warning("not-copied", text), rule.place.as_ref())
    .note(
        "server programs, keys, database dumps and files whose names begin with a dot are private",
    )
    .fix("write a pattern that matches only the files to copy: \"static/**/*.png\"", None)
}

/// A page of `html` names an entry that does not exist.
pub fn unknown_page_entry(
    template: &str,
    place: Option<&Label>,
    name: &str,
    known: &[&str],
) -> Diagnostic {
    let text = format!("the page of {template} has an entry {name}, and there is none");
    let diagnostic = placed(Diagnostic::error("unknown-page-entry", text), place);
    match nearest(name, known.iter().copied()) {
        Some(near) => diagnostic.fix(format!("did you mean \"{near}\"?"), None),
        None => diagnostic.note(format!("the entries are {}", known.join(", "))),
    }
}

/// A template has an expression that the build knows no value for.
pub fn template_expression(template: &Arc<Source>, span: Span) -> Diagnostic {
    let expression = &template.text[span.start as usize..span.end as usize];
    let text = format!("{expression} has no value here, and is left out");
    Diagnostic::warning("template-expression", text).at(Label::new(template, span)).note(
        "a template may have BASE_URL, the page's title, and what `define` and .env files set",
    )
}

/// A copy that would have the path of another output.
pub fn copy_over_output(path: &str, file: &str, place: Option<&Label>) -> Diagnostic {
    let text =
        format!("{file} would be copied to {path}, which is already the path of another output");
    placed(Diagnostic::error("asset-name-taken", text), place)
        .fix("give the `copy` rule another folder", None)
}

/// The path of a copy is already that of a file which modules or stylesheets use.
pub fn copy_over_asset(path: &str, file: &str, place: Option<&Label>) -> Diagnostic {
    let text = format!(
        "{file} is not copied to {path}: another file that the build uses is written there"
    );
    placed(Diagnostic::warning("asset-name-taken", text), place)
        .fix("give the `copy` rule another folder, or change `assets.names`", None)
}

/// Two files with different contents that would be copied to one path.
pub fn copy_taken(path: &str, [first, second]: [&str; 2], place: Option<&Label>) -> Diagnostic {
    let text = format!("{first} and {second} would both be copied to {path}");
    placed(Diagnostic::error("asset-name-taken", text), place)
        .fix("give one of the `copy` rules another folder", None)
}
