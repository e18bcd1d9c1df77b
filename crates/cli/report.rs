//! What users read: diagnostics go to standard error, in colour on a terminal that supports it;
//! requested text and the summary of written files go to standard output. With `--log-format json`
//! both are one JSON object per line.

use std::{
    io::{ErrorKind, IsTerminal, Write},
    time::Duration,
};

use bundle_base::{
    Config, Diagnostic, Diagnostics,
    config::{Minify, kind_of_build, relative},
    diagnostic::{Severity, render_json, render_text},
};
use bundle_dev::Polling;
use bundle_engine::{ChangeSet, Counts};
use bundle_remote::{fetch::Progress, publish::Published};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use crate::{
    messages, platform,
    progress::Costs,
    shared_cache::Outcome,
    summary::{self, Measures},
    written::{Rebuilt, WrittenFile},
};

/// The most diagnostics that are shown in text form.
const MAX_DIAGNOSTICS: usize = 100;

/// The most files that a rebuild lists on a screen.
const MAX_LISTED_FILES: usize = 12;

/// What the line about a rebuild adds.
pub struct Aside {
    /// The previous build failed.
    pub is_corrected: bool,
    /// How many warnings were already shown.
    pub known_warnings: usize,
}

/// Prints diagnostics and summaries in the chosen format.
#[derive(Clone, Copy)]
pub struct Reporter {
    is_json: bool,
    has_color: bool,
    screen: Screen,
}

/// How the terminal is drawn on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    /// Lines are printed one after the other.
    None,
    /// Each build clears the screen.
    Whole {
        /// The user can press keys.
        has_keys: bool,
    },
    /// Nothing is printed.
    Mute,
}

impl Reporter {
    /// Makes a reporter for these arguments and this terminal. It reads the arguments directly,
    /// because mistakes in them must be reported in the right format too.
    pub fn from_environment() -> Self {
        Self {
            is_json: asks_for_json(
                &std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect::<Vec<_>>(),
            ),
            has_color: has_color(),
            screen: Screen::None,
        }
    }

    /// Returns a reporter that clears the screen for each build, if standard output and standard
    /// error are both terminals.
    pub fn on_screen(self) -> Self {
        let is_whole = self.shows_progress() && std::io::stdout().is_terminal();
        Self {
            screen: if is_whole { Screen::Whole { has_keys: false } } else { Screen::None },
            ..self
        }
    }

    /// Returns a reporter that mentions the keys.
    pub fn with_keys(self) -> Self {
        Self { screen: Screen::Whole { has_keys: true }, ..self }
    }

    /// Returns a reporter that prints nothing.
    pub fn mute(self) -> Self {
        Self { screen: Screen::Mute, ..self }
    }

    /// Whether each build clears the screen.
    pub fn is_on_screen(self) -> bool {
        matches!(self.screen, Screen::Whole { .. })
    }

    /// Whether programs read the output.
    pub fn is_for_programs(self) -> bool {
        self.is_json
    }

    /// Whether a progress line may be shown.
    pub fn shows_progress(self) -> bool {
        !self.is_json && self.screen != Screen::Mute && is_terminal()
    }

    /// Reports one diagnostic.
    pub fn report(self, diagnostic: &Diagnostic) {
        self.report_all(std::slice::from_ref(diagnostic));
    }

    /// Reports all diagnostics in order, with a blank line after each. In text form only the first
    /// `MAX_DIAGNOSTICS` are shown.
    pub fn report_all(self, diagnostics: &[Diagnostic]) {
        let mut text = String::new();
        if self.screen == Screen::Mute {
            return;
        }
        if self.is_json {
            for diagnostic in diagnostics {
                text.push_str(&render_json(diagnostic));
                text.push('\n');
            }
        } else {
            let shown = shown(diagnostics);
            for diagnostic in &shown {
                text.push_str(&render_text(diagnostic, self.has_color));
                text.push_str("\n\n");
            }
            let left_out = diagnostics.len() - shown.len();
            if left_out > 0 {
                text.push_str(&messages::more_diagnostics(left_out));
                text.push('\n');
            }
        }
        // If standard error is closed, there is no reader left.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Prints the written files and the kind of build.
    pub fn summary(self, config: &Config, written: &[WrittenFile], measures: &Measures) {
        let text = if self.is_json {
            summary::json(written, measures)
        } else {
            summary::text(written, measures)
        };
        // The files are written, so a failure to print is not an error.
        let _ = print(&text);
        let output = &config.output;
        let json = json!({
            "mode": config.mode, "minify": output.minify != Minify::No,
            "sourcemap": output.source_map,
        });
        self.line(&json, &format!("  {}", kind_of_build(config)));
    }

    /// Ends the answer to a request on both streams. For programs only.
    pub fn answered(self) {
        if !self.is_json {
            return;
        }
        let line = format!("{}\n", json!({ "answered": true }));
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
        let _ = print(&line);
    }

    /// Reports that another build must finish first.
    pub fn waits(self, dir: &str, process: Option<u32>) {
        self.line(&json!({ "waitingFor": process }), &messages::waiting_for(dir, process));
    }

    /// Reports that a second build gave the same bytes.
    pub fn reproducible(self, files: usize, threads: usize) {
        let json = json!({ "reproducible": true, "files": files, "threads": threads });
        self.line(&json, &messages::reproducible(files, threads));
    }

    /// Whether the summary goes to a terminal.
    pub fn prints_to_terminal(self) -> bool {
        !self.is_json && std::io::stdout().is_terminal()
    }

    /// Prints what each phase of a build cost, in milliseconds, and how much work it did. For
    /// programs only.
    pub fn costs(self, costs: &Costs, counts: Counts) {
        if !self.is_json {
            return;
        }
        let in_milliseconds = |cost: &Duration| (cost.as_secs_f64() * 1e6).round() / 1e3;
        let phases: serde_json::Map<_, _> = costs
            .0
            .iter()
            .map(|(name, cost)| ((*name).to_owned(), json!(in_milliseconds(cost))))
            .collect();
        let Counts { modules, loaded, analysed, parsed_bytes, resolved, avoided, .. } = counts;
        let Counts { asked, linked, rendered, restored, .. } = counts;
        let counts = json!({
            "modules": modules, "loaded": loaded, "analysed": analysed, "parsedBytes": parsed_bytes,
            "resolved": resolved, "avoided": avoided, "asked": asked, "linked": linked,
            "rendered": rendered, "restored": restored,
        });
        let _ = print(&format!("{}\n", json!({ "phases": phases, "counts": counts })));
    }
}

/// The shared cache.
impl Reporter {
    /// Prints what a build fetched from the shared cache and what it wrote to it.
    pub fn shared_cache(self, outcome: &Outcome) {
        let Outcome { fetched, published } = outcome;
        let Progress { is_listed, missing, arrived, bytes, waited, has_given_up, .. } = fetched;
        let failures: Vec<String> = fetched.failures.iter().map(ToString::to_string).collect();
        let written = published
            .map(|Published { segments, bytes }| json!({ "segments": segments, "bytes": bytes }));
        let line = json!({ "sharedCache": {
            "listed": is_listed, "wanted": missing, "arrived": arrived, "bytes": bytes,
            "waited": waited.as_secs_f64() * 1e3, "gaveUp": has_given_up, "failures": failures,
            "written": written,
        } });
        if self.is_json {
            let _ = print(&format!("{line}\n"));
        } else if let Some(text) = published.and_then(messages::published) {
            let _ = print(&format!("{text}\n"));
        }
    }
}

/// The lines of `--watch`.
impl Reporter {
    /// Reports that the watcher waits for changes.
    pub fn watching(self) {
        let has_keys = self.screen == Screen::Whole { has_keys: true };
        self.line(&json!({ "watching": true }), messages::watching(has_keys));
    }

    /// Clears the screen for the next build and prints which files have changed. `changes` is
    /// `None` before the first build, which scrolls the earlier text up instead.
    pub fn clear(self, changes: Option<&ChangeSet>, cwd: &Utf8Path) {
        if !self.is_on_screen() {
            return;
        }
        let Some(changes) = changes else {
            let _ = print(&format!(
                "{}\u{1b}[H\u{1b}[J",
                "\n".repeat(platform::rows().saturating_sub(1))
            ));
            return;
        };
        let mut files: Vec<String> = changes.iter().map(|(path, _)| relative(cwd, path)).collect();
        files.sort_unstable();
        files.dedup();
        let _ = print(&format!("\u{1b}[H\u{1b}[J{}\n\n", messages::changed_files(&files)));
    }

    /// Reports where the report page is.
    pub fn report_opened(self, path: &std::io::Result<Utf8PathBuf>) {
        let text = match path {
            Ok(path) => messages::report_opened(path),
            Err(error) => messages::report_not_kept(error),
        };
        self.line(&json!({ "report": path.as_ref().ok() }), &text);
    }

    /// Reports that files are polled, because the system does not report their changes or refuses
    /// to.
    pub fn polls(self, polling: &Polling) {
        if polling.is_refused {
            self.report(&messages::watch_polls(polling));
        } else {
            self.line(&json!({ "polling": polling.why }), &messages::polls(polling));
        }
    }

    /// Prints the changes that a rebuild covers, before it begins. For programs only: they see
    /// which changes a result includes.
    pub fn noticed(self, changes: &ChangeSet, cwd: &Utf8Path) {
        if !self.is_json {
            return;
        }
        let ChangeSet { created, changed, removed } = changes;
        let list = |paths: &[Utf8PathBuf]| {
            paths.iter().map(|path| relative(cwd, path)).collect::<Vec<_>>()
        };
        let changes =
            json!({ "created": list(created), "changed": list(changed), "removed": list(removed) });
        let _ = print(&format!("{}\n", json!({ "changes": changes })));
    }

    /// Reports what a rebuild wrote and removed.
    pub fn rebuilt(self, done: &Rebuilt, took: Duration, aside: &Aside) {
        let changed = done.written.iter().filter(|file| file.is_changed);
        let files: Vec<&str> = changed.map(|file| file.path.as_str()).collect();
        // A source map is not listed beside its script.
        let is_map = |file: &str| Utf8Path::new(file).extension() == Some("map");
        let mut shown = files.clone();
        if !files.iter().all(|file| is_map(file)) {
            shown.retain(|file| !is_map(file));
        }
        let (removed, milliseconds) = (&done.removed, took.as_millis());
        let whole = u64::try_from(milliseconds).unwrap_or(u64::MAX);
        let json = json!({ "rebuilt": files, "removed": removed, "milliseconds": whole });
        let mut text = messages::rebuilt(&shown, removed, milliseconds);
        if aside.is_corrected {
            text = messages::corrected(&text);
        }
        self.line(&json, &format!("  {text}{}", messages::known_warnings(aside.known_warnings)));
        if self.is_on_screen() {
            let changed: Vec<&WrittenFile> =
                done.written.iter().filter(|file| file.is_changed).collect();
            let more = changed.len().saturating_sub(MAX_LISTED_FILES);
            let mut table = summary::sizes_of(changed.into_iter().take(MAX_LISTED_FILES));
            if more > 0 {
                table.push_str(&messages::more_files(more));
                table.push('\n');
            }
            let table = if table.is_empty() { table } else { format!("\n{table}") };
            let _ = print(&format!("{table}\n"));
        }
    }

    /// Reports that a tree of packages is being written, and that the next rebuild waits for it.
    pub fn installing(self, tree: &str) {
        self.line(&json!({ "installing": tree }), &messages::installing(tree));
    }

    /// Reports that other processes have changed outputs since they were written.
    pub fn restores(self, files: &[String]) {
        self.line(&json!({ "changedByOthers": files }), &messages::changed_by_others(files));
    }

    /// Reports the comparison of a rebuild with a clean build. `same`: the number of files, if all
    /// are the same.
    pub fn verified(self, comparison: &serde_json::Value, same: Option<usize>, took: Duration) {
        self.line(
            &json!({ "verified": comparison }),
            &format!("  {}", messages::verified(same, took.as_millis())),
        );
    }

    /// Reports which files were linted, and how many errors and warnings there are in all.
    pub fn linted(self, files: &[String], errors: usize, warnings: usize, took: Duration) {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let lint = json!({
            "files": files, "errors": errors, "warnings": warnings, "milliseconds": milliseconds,
        });
        let text = messages::linted(files.len(), errors, warnings, took.as_millis());
        self.line(&json!({ "lint": lint }), &format!("  {text}"));
    }

    /// Reports that a newer change arrived, so that nothing could be compared.
    pub fn unverified(self) {
        self.line(&json!({ "verified": null }), &format!("  {}", messages::unverified()));
    }

    /// Reports that a build failed, and what happens to the outputs.
    pub fn failed(self, has_outputs: bool, known_warnings: usize) {
        let text = format!(
            "  {}{}",
            messages::failed_build(has_outputs),
            messages::known_warnings(known_warnings)
        );
        self.line(&json!({ "failed": true }), &text);
    }

    fn line(self, json: &serde_json::Value, text: &str) {
        let _ = print(&if self.is_json { format!("{json}\n") } else { format!("{text}\n") });
    }
}

/// Returns the diagnostics to show, in their order: errors take precedence over warnings.
fn shown(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let mut errors_left = errors.min(MAX_DIAGNOSTICS);
    let mut warnings_left = MAX_DIAGNOSTICS - errors_left;
    let fits = |d: &&Diagnostic| {
        let left = match d.severity {
            Severity::Error => &mut errors_left,
            Severity::Warning => &mut warnings_left,
        };
        let fits = *left > 0;
        *left = left.saturating_sub(1);
        fits
    };
    diagnostics.iter().filter(fits).collect()
}

/// Prints the requested text. A reader that closes the pipe early, as in `bundle explain | head`,
/// is not an error; a full disk is.
pub fn answer(text: &str) -> Result<(), Diagnostics> {
    match print(text) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let mut log = Diagnostics::new();
            log.push(messages::unprintable(&error));
            Err(log)
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn asks_for_json(arguments: &[String]) -> bool {
    let mut pairs = arguments.iter().zip(arguments.iter().skip(1).map(Some).chain([None]));
    pairs.any(|(word, next)| {
        word == "--log-format=json"
            || (word == "--log-format" && next.is_some_and(|next| next == "json"))
    })
}

/// Whether standard error is a terminal that supports colour and `NO_COLOR` is not set.
#[expect(clippy::disallowed_methods, reason = "the terminal is described by the environment")]
fn has_color() -> bool {
    let is_unwanted = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    is_terminal() && !is_unwanted
}

/// Whether standard error is a terminal that can do more than print lines.
fn is_terminal() -> bool {
    std::io::stderr().is_terminal() && platform::draws()
}
