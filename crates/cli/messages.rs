//! Every sentence of the command line that is not about the configuration's values.

use bundle_base::{
    Diagnostic,
    config::{Origin, Written},
};
use bundle_dev::Polling;
use camino::Utf8Path;

mod cache; // caches, on disk and shared
mod lint; // lint
mod reports; // reports, budgets and comparisons
mod verify; // rebuilds compared with clean builds

pub use cache::*;
pub use lint::*;
pub use reports::*;
pub use verify::*;

pub fn unknown_flag(flag: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("unknown-flag", format!("there is no flag {flag}"));
    match near {
        Some(near) => diagnostic.fix(format!("did you mean {near}?"), None),
        None => diagnostic.note("`bundle --help` lists the flags"),
    }
}

pub fn unknown_command(command: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("unknown-command", format!("there is no command {command}"));
    match near {
        Some(near) => diagnostic.fix(format!("did you mean {near}?"), None),
        None => diagnostic.note("`bundle --help` lists the commands"),
    }
}

/// The word that was read as an entry was perhaps meant as a command.
pub fn perhaps_a_command(missing_entry: Diagnostic, command: &str) -> Diagnostic {
    missing_entry.fix(format!("did you mean the command `bundle {command}`?"), None)
}

/// The word that was read as an entry is a command of other tools. `ours` is our equivalent, `rest`
/// the arguments after the word.
pub fn command_of_others(word: &str, ours: &str, rest: &[&str]) -> Diagnostic {
    let is_server = matches!(word, "dev" | "hot" | "serve" | "server" | "start");
    let meant = [&[ours], rest].concat().join(" ");
    let diagnostic = Diagnostic::error(
        "unknown-command",
        format!("there is no command {word}, and no file of that name"),
    );
    let diagnostic = if is_server {
        diagnostic.note(
            "your own server serves the pages; `bundle --watch` rebuilds what each change affects",
        )
    } else {
        diagnostic
    };
    diagnostic.fix(format!("did you mean `bundle {meant}`?"), None)
}

pub fn unexpected_argument(argument: &str) -> Diagnostic {
    Diagnostic::error("bad-arguments", format!("unexpected argument \"{argument}\""))
        .note("`bundle --help` shows how it is used")
}

/// A file of `bundle init` could not be written.
pub fn config_not_written(path: &Utf8Path, why: &std::io::Error) -> Diagnostic {
    Diagnostic::error("not-written", format!("{path} could not be written: {why}"))
}

/// A flag of builds after `bundle init`.
pub fn flag_of_builds(flag: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("bad-arguments", format!("`bundle init` has no {flag}"));
    if flag == "--config" {
        return diagnostic.fix("to read a configuration of another tool, write --from FILE", None);
    }
    diagnostic
        .note("it writes a configuration, and flags of builds do not change what it writes")
        .fix("leave the flag out, and change bundle.config.json afterwards", None)
}

pub fn flag_without_value(flag: &str, form: &str) -> Diagnostic {
    Diagnostic::error("flag-without-value", format!("{flag} needs a value"))
        .fix(format!("write {form}"), None)
}

pub fn flag_with_value(flag: &str) -> Diagnostic {
    Diagnostic::error("flag-with-value", format!("{flag} takes no value"))
}

pub fn bad_arguments(text: &str) -> Diagnostic {
    Diagnostic::error("bad-arguments", text).note("`bundle --help` shows how it is used")
}

/// A command without its argument; `usage` is the parser's line, which names the command.
pub fn incomplete(usage: &str) -> Option<Diagnostic> {
    let (command, sentence, usages, example) =
        INCOMPLETE.iter().find(|(command, ..)| usage.starts_with(command))?;
    let diagnostic = Diagnostic::error("bad-arguments", format!("`{command}` {sentence}"));
    let diagnostic = usages.iter().fold(diagnostic, |diagnostic, usage| diagnostic.note(*usage));
    Some(diagnostic.fix(format!("for example: {example}"), None))
}

/// Commands that need an argument: what is missing, how they are used, and an example. Longer
/// commands come first, because they are matched by prefix.
const INCOMPLETE: &[(&str, &str, &[&str], &str)] = &[
    (
        "bundle inspect vue",
        "needs the components to show",
        &["bundle inspect vue FILE…: what components are compiled to, a line of JSON each"],
        "bundle inspect vue src/App.vue",
    ),
    (
        "bundle inspect",
        "needs to know what to show",
        &[
            "bundle inspect config [ENTRY|AREA…] [--json]: the configuration with everything \
             decided",
            "bundle inspect graph [ENTRY|AREA…] [--json]: the modules and what each imports",
            "bundle inspect vue FILE…: what components are compiled to, a line of JSON each",
        ],
        "bundle inspect config",
    ),
    (
        "bundle cache",
        "needs to know what to do",
        &[
            "bundle cache stats [--json]: how much is cached, here and in the shared cache",
            "bundle cache verify: reads everything, and tries whether the shared cache works",
            "bundle cache prune: removes what builds of this configuration do not use",
        ],
        "bundle cache stats",
    ),
    (
        "bundle why",
        "needs a module, a package or an output",
        &[
            "bundle why WHAT [ENTRY|AREA…] [--entry NAME] [--json]: why it is in an output",
            "WHAT is a path or the end of one, a package, or an output",
        ],
        "bundle why lodash",
    ),
    (
        "bundle completions",
        "needs the name of a shell",
        &["bundle completions bash|zsh|fish|powershell: prints what the shell reads"],
        "bundle completions bash",
    ),
];

pub fn not_a_pair(flag: &str, written: &str, form: &str, example: &str) -> Diagnostic {
    Diagnostic::error("not-a-pair", format!("{flag}: \"{written}\" is not {form}"))
        .fix(format!("write {flag} {example}"), None)
}

pub fn bad_jobs(written: &str) -> Diagnostic {
    Diagnostic::error("bad-jobs", format!("--jobs: \"{written}\" is not a number of threads"))
        .note("write a whole number, at least 1; without the flag, every core is used")
}

pub fn bad_log_format(written: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "unknown-value",
        format!("--log-format: \"{written}\" is not a log format; expected \"text\" or \"json\""),
    )
    .maybe_fix(near, |n| format!("did you mean \"{n}\"?"))
}

pub fn config_and_no_config() -> Diagnostic {
    Diagnostic::error("bad-arguments", "--config and --no-config contradict each other")
        .note("leave one of them out")
}

pub fn unreadable_input(why: &std::io::Error) -> Diagnostic {
    Diagnostic::error("missing-config", format!("--config -: cannot read standard input: {why}"))
}

pub fn bad_working_directory(why: &str) -> Diagnostic {
    Diagnostic::error(
        "bad-working-directory",
        format!("the working directory cannot be used: {why}"),
    )
}

/// The system could report changes, but refuses to.
pub fn watch_polls(polling: &Polling) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        "watch-polls",
        format!("some files are polled every second: {}", polling.why),
    )
    .note("watching works, but takes more CPU time");
    match &polling.remedy {
        Some(command) => {
            diagnostic.fix(format!("raise the limit with `{command}`, and start again"), None)
        }
        None => diagnostic,
    }
}

/// A quiet line: the system does not report changes in some folder.
pub fn polls(polling: &Polling) -> String {
    format!("  {}", polling.why)
}

/// Shown after the first build of `--watch`, and on a terminal after each one. `has_keys`: the user
/// can press keys.
pub fn watching(has_keys: bool) -> &'static str {
    if has_keys {
        "  watching; r rebuilds everything, o opens the report, q quits"
    } else {
        "  watching; Ctrl-C quits"
    }
}

/// Another watcher has the output folder.
pub fn already_watched(dir: &str, process: Option<u32>) -> Diagnostic {
    let who = process.map_or("another process".to_owned(), |process| format!("process {process}"));
    Diagnostic::error("already-watched", format!("{who} is already watching and writes into {dir}"))
        .note("two watchers of one output folder would write over each other's files")
        .fix("stop that process, or write into another folder with --out-dir", None)
}

/// Shown at the top of the screen: the files that a build covers.
pub fn changed_files(files: &[String]) -> String {
    const SHOWN: usize = 3;
    let first = files.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match files.len().saturating_sub(SHOWN) {
        0 if files.is_empty() => "  everything is rebuilt".to_owned(),
        0 => format!("  changed: {first}"),
        more => format!("  changed: {first} and {more} more"),
    }
}

/// Shown below the files that a rebuild wrote, if there are many.
pub fn more_files(count: usize) -> String {
    format!("  … and {count} more")
}

/// The report page was made after a key was pressed.
pub fn report_opened(path: &Utf8Path) -> String {
    format!("  the report is in {path}")
}

/// The report page could not be written.
pub fn report_not_kept(error: &std::io::Error) -> String {
    format!("  the report cannot be written: {error}")
}

/// What the desktop shows when a build fails: title and text.
pub fn failed_on_desktop(first: &str, more: usize) -> (&'static str, String) {
    let text = if more == 0 { first.to_owned() } else { format!("{first}, and {more} more") };
    ("The build failed", text)
}

/// What the desktop shows once a build succeeds again.
pub fn corrected_on_desktop() -> (&'static str, &'static str) {
    ("The build succeeds again", "The outputs are up to date")
}

/// Shown while another build writes into the same folder.
pub fn waiting_for(dir: &str, process: Option<u32>) -> String {
    let who = process
        .map_or("another build".to_owned(), |process| format!("another build (process {process})"));
    format!("  waiting for {who} that is writing into {dir}")
}

/// Shown before outputs are written that other processes have changed.
pub fn changed_by_others(files: &[String]) -> String {
    let more =
        if files.len() > 1 { format!(" and {} more", files.len() - 1) } else { String::new() };
    let first = files.first().map_or("", String::as_str);
    format!("  another program has changed or removed {first}{more}; all outputs are written again")
}

/// Shown after a failed build of `--watch`.
pub fn failed_build(has_outputs: bool) -> &'static str {
    if has_outputs {
        "the last good outputs are kept"
    } else {
        "nothing is written until this is corrected"
    }
}

/// Shown after a rebuild.
pub fn rebuilt(files: &[&str], removed: &[String], milliseconds: u128) -> String {
    let first_of = |verb: &str, first: &str, more: usize| match more {
        0 => format!("{verb} {first}"),
        _ => format!("{verb} {first} and {more} more"),
    };
    let mut done = Vec::new();
    if let [first, more @ ..] = files {
        done.push(first_of("rebuilt", first, more.len()));
    }
    if let [first, more @ ..] = removed {
        done.push(first_of("removed", first, more.len()));
    }
    match done.as_slice() {
        [] => format!("rebuilt in {milliseconds} ms, no output changed"),
        done => format!("{} in {milliseconds} ms", done.join(", ")),
    }
}

/// Shown after a rebuild if the build before failed.
pub fn corrected(rebuilt: &str) -> String {
    format!("corrected: {rebuilt}")
}

/// Added to the line about a rebuild.
pub fn known_warnings(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "; 1 warning as before".to_owned(),
        count => format!("; {count} warnings as before"),
    }
}

/// Shown while a package manager is at work.
pub fn installing(tree: &str) -> String {
    format!("  packages are being written into {tree}; the next build waits until this is done")
}

pub fn unknown_code(code: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("unknown-code", format!("no diagnostic has the code \"{code}\""));
    match near {
        Some(near) => diagnostic.fix(format!("did you mean `bundle explain {near}`?"), None),
        None => diagnostic.note("`bundle explain` lists the codes"),
    }
}

pub fn unknown_shell(shell: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("unknown-shell", format!("there are no completions for {shell}"))
            .note("there are completions for bash, zsh, fish and powershell");
    match near {
        Some(near) => diagnostic.fix(format!("did you mean `bundle completions {near}`?"), None),
        None => diagnostic,
    }
}

/// Shown below the diagnostics if there are too many to show all.
pub fn more_diagnostics(count: usize) -> String {
    format!("… and {count} more, which --log-format json shows")
}

/// A code in `silence` or `severity` that no diagnostic has.
pub fn unknown_code_in_file(written: &Written<String>, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "unknown-code",
        format!("no diagnostic has the code \"{}\"", written.value),
    );
    let placed = match &written.origin {
        Origin::Place(label) => diagnostic.at(label.clone()),
        Origin::Flag(_) | Origin::Argument => diagnostic,
    };
    match near {
        Some(near) => placed.fix(format!("did you mean \"{near}\"?"), Some(near.to_owned())),
        None => placed.note("`bundle explain` lists the codes"),
    }
}

pub fn unprintable(why: &std::io::Error) -> Diagnostic {
    Diagnostic::error("unprintable", format!("standard output cannot be written: {why}"))
        .note("the output is incomplete; write it to a place with more space")
}

pub fn internal_error(why: &str) -> Diagnostic {
    Diagnostic::error("internal-error", format!("internal error in bundle: {why}")).note(
        "this is a bug in bundle, not in your sources; nothing was written; a report with the \
         sources would help",
    )
}

pub fn output_is_protected(path: &Utf8Path) -> Diagnostic {
    Diagnostic::error("not-written", format!("cannot write {path}: the file is read-only"))
        .note("give yourself write permission to it, remove it, or give the output another name")
}

pub fn not_written(path: &Utf8Path, why: &str, remedy: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("not-written", format!("cannot write {path}: {why}"));
    match remedy {
        Some(remedy) => diagnostic.fix(remedy, None),
        None => diagnostic,
    }
}

/// A write failure after other outputs were replaced already; `replaced` lists those that could not
/// be restored.
pub fn half_replaced(not_written: Diagnostic, replaced: &[String]) -> Diagnostic {
    if replaced.is_empty() {
        return not_written.note("every output is as it was before");
    }
    not_written.note(format!(
        "already replaced, and not restored; each is complete: {}",
        replaced.join(", ")
    ))
}

pub fn unknown_vue_version(version: &str) -> Diagnostic {
    Diagnostic::error(
        "unknown-value",
        format!("\"{version}\" is not a version of Vue that can be compiled; expected \"2\""),
    )
}
