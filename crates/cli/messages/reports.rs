//! The messages of reports, `why`, budgets and comparisons.

use bundle_base::{
    Diagnostic, Label,
    config::{Budget, BudgetFor},
    place::Place,
};

use bundle_report::{listed, sizes::size};

pub fn missing_metafile(flag: &str, file: &str, why: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("bad-metafile", format!("{flag}: cannot read {file}: {why}"));
    match near {
        Some(near) => diagnostic.fix(format!("did you mean {near}?"), None),
        None => diagnostic.note("`bundle build --metafile FILE` writes one"),
    }
}

pub fn no_metafile(flag: &str, file: &str, why: &str) -> Diagnostic {
    Diagnostic::error("bad-metafile", format!("{flag}: {file} is not a metafile: {why}"))
        .note("`bundle build --metafile FILE` writes one")
}

/// A page that exceeds its budget.
pub struct Excess<'f> {
    pub entry: &'f str,
    pub budget: &'f Budget,
    pub bytes: u64,
    /// The page's files, with the bytes that the budget counts.
    pub files: Vec<(&'f str, u64)>,
    /// The modules or packages that made it large, the largest first.
    pub why: Vec<(String, u64)>,
    /// Whether `why` lists what grew, and not what is largest.
    pub is_growth: bool,
}

pub fn over_budget(excess: &Excess<'_>) -> Diagnostic {
    let Excess { entry, budget, bytes, files, why, is_growth } = excess;
    let what = match budget.of {
        BudgetFor::Js => " of scripts",
        BudgetFor::Css => " of stylesheets",
        BudgetFor::Total => "",
    };
    let packed = if budget.is_gzip { " after gzip" } else { "" };
    let over = size(bytes.saturating_sub(budget.bytes));
    let sentence = format!(
        "the page of {entry} loads {}{what}{packed}, {over} more than its budget of {}",
        size(*bytes),
        size(budget.bytes)
    );
    let diagnostic = Diagnostic::error("over-budget", sentence);
    let diagnostic = match &budget.at.0 {
        Some(label) => diagnostic.at(label.clone()),
        None => diagnostic,
    };
    let sign = if *is_growth { "+" } else { "" };
    let reasons: Vec<String> =
        why.iter().map(|(name, bytes)| format!("{name} {sign}{}", size(*bytes))).collect();
    let files: Vec<String> =
        files.iter().map(|(path, bytes)| format!("{path} {}", size(*bytes))).collect();
    let about = if *is_growth { "what grew most" } else { "what is largest in it" };
    diagnostic
        .note(format!("{about}: {}", reasons.join(", ")))
        .note(format!("it loads {}", listed(&files)))
        .note(format!("`bundle why MODULE --entry {entry}` shows which imports lead to a module"))
}

pub fn page_over_file(file: &str) -> Diagnostic {
    Diagnostic::error(
        "not-written",
        format!("--out: {file} exists and is not the page of a report"),
    )
    .note("remove it, or name another file: --out report.html")
}

pub fn page_not_written(file: &str, why: &std::io::Error) -> Diagnostic {
    Diagnostic::error("not-written", format!("--out: cannot write {file}: {why}"))
        .note("name another file: --out /tmp/report.html")
}

/// Shown after `--check-reproducible` succeeded.
pub fn reproducible(files: usize, threads: usize) -> String {
    let (files, threads) = (counted(files, "file"), counted(threads, "thread"));
    format!("  reproducible: {files}, the same with {threads} and in another folder")
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

const WHAT_DIFFERS: &str = "what commands print must depend on the sources alone: no time, random \
                            number or path of the machine";

pub fn not_reproducible(
    path: &str,
    at: Place,
    excerpts: (&str, &str),
    source: Option<Label>,
) -> Diagnostic {
    let (line, column) = (at.line + 1, at.column + 1);
    let sentence =
        format!("two builds of the same sources differ: {path} at line {line}, column {column}");
    let diagnostic = Diagnostic::error("not-reproducible", sentence);
    let diagnostic = match source {
        Some(label) => diagnostic.at(label),
        None => diagnostic,
    };
    diagnostic
        .note(format!("one says       {}", excerpts.0))
        .note(format!("the other says {}", excerpts.1))
        .note(WHAT_DIFFERS)
}

pub fn only_in_one_build(path: &str) -> Diagnostic {
    Diagnostic::error(
        "not-reproducible",
        format!("two builds of the same sources differ: only one has the output {path}"),
    )
    .note(WHAT_DIFFERS)
}

pub fn metafiles_differ() -> Diagnostic {
    Diagnostic::error(
        "not-reproducible",
        "the metafiles of two builds of the same sources differ, but their outputs do not",
    )
    .note(WHAT_DIFFERS)
}
