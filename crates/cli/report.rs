//! What people read: diagnostics go to standard error, in colour on a terminal that wants it; what
//! was asked for and what was written go to standard output. With `--log-format json` both are one
//! JSON object per line.

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
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use crate::{
    messages,
    progress::Costs,
    summary::{self, Measures},
    terminal,
    watch::Done,
};

/// How many diagnostics anybody reads.
const MOST: usize = 100;

/// How many files a rebuild lists on a screen.
const MOST_FILES: usize = 12;

/// What a summary says of one output.
pub struct Written {
    /// The file, relative to the working directory.
    pub path: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// False if the file was like this already, and was left alone.
    pub is_changed: bool,
}

/// What the line about a rebuild says besides.
pub struct Aside {
    /// The build before failed.
    pub is_corrected: bool,
    /// How many warnings are as they were.
    pub known_warnings: usize,
}

/// How to say things.
#[derive(Clone, Copy)]
pub struct Reporter {
    is_json: bool,
    has_color: bool,
    screen: Screen,
}

/// How much of a terminal there is to draw on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    /// Lines follow each other.
    None,
    /// Each build has the screen to itself.
    Whole {
        /// Somebody can press keys.
        has_keys: bool,
    },
    /// Nothing is said.
    Mute,
}

impl Reporter {
    /// By the arguments and the terminal. The arguments are looked at directly, because what is
    /// wrong with them has to be said in the right format too.
    pub fn from_environment() -> Self {
        Self {
            is_json: asks_for_json(
                &std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect::<Vec<_>>(),
            ),
            has_color: has_color(),
            screen: Screen::None,
        }
    }

    /// One that draws a screen for each build, if both streams are one.
    pub fn on_screen(self) -> Self {
        let is_whole = self.has_audience() && std::io::stdout().is_terminal();
        Self {
            screen: if is_whole { Screen::Whole { has_keys: false } } else { Screen::None },
            ..self
        }
    }

    /// The same, and keys can be pressed.
    pub fn with_keys(self) -> Self {
        Self { screen: Screen::Whole { has_keys: true }, ..self }
    }

    /// One that says nothing.
    pub fn mute(self) -> Self {
        Self { screen: Screen::Mute, ..self }
    }

    /// True if each build has the screen to itself.
    pub fn is_on_screen(self) -> bool {
        matches!(self.screen, Screen::Whole { .. })
    }

    /// True if programs read it.
    pub fn is_for_programs(self) -> bool {
        self.is_json
    }

    /// True if somebody watches who may want to see that work goes on.
    pub fn has_audience(self) -> bool {
        !self.is_json && self.screen != Screen::Mute && is_terminal()
    }

    /// Says one thing.
    pub fn say(self, diagnostic: &Diagnostic) {
        self.say_all(std::slice::from_ref(diagnostic));
    }

    /// Says everything, in order, with a blank line after each drawn diagnostic. People are shown
    /// the first of very many.
    pub fn say_all(self, diagnostics: &[Diagnostic]) {
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
                text.push_str(&messages::more_to_say(left_out));
                text.push('\n');
            }
        }
        // Nobody is left to be told if standard error is gone.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Says what was written, and of what kind it is.
    pub fn summary(self, config: &Config, written: &[Written], measures: &Measures) {
        let text = if self.is_json {
            summary::json(written, measures)
        } else {
            summary::text(written, measures)
        };
        // The files are there, whether anybody hears of it or not.
        let _ = print(&text);
        let output = &config.output;
        let json = json!({
            "mode": config.mode, "minify": output.minify != Minify::No,
            "sourcemap": output.source_map,
        });
        self.line(&json, &format!("  {}", kind_of_build(config)));
    }

    /// Says that another build has to be waited for.
    pub fn waits(self, dir: &str, process: Option<u32>) {
        self.line(&json!({ "waitingFor": process }), &messages::waiting_for(dir, process));
    }

    /// Says that a second build gave the same.
    pub fn reproducible(self, files: usize, threads: usize) {
        let json = json!({ "reproducible": true, "files": files, "threads": threads });
        self.line(&json, &messages::reproducible(files, threads));
    }

    /// True if somebody reads the summary.
    pub fn has_reader(self) -> bool {
        !self.is_json && std::io::stdout().is_terminal()
    }

    /// Says what each phase of a build cost, in milliseconds, and how much work it was. For
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
        let Counts { modules, loaded, analysed, resolved, linked, rendered, restored } = counts;
        let counts = json!({
            "modules": modules, "loaded": loaded, "analysed": analysed, "resolved": resolved,
            "linked": linked, "rendered": rendered, "restored": restored,
        });
        let _ = print(&format!("{}\n", json!({ "phases": phases, "counts": counts })));
    }
}

/// Lines of `--watch`.
impl Reporter {
    /// Says that changes are waited for.
    pub fn watching(self) {
        let has_keys = self.screen == Screen::Whole { has_keys: true };
        self.line(&json!({ "watching": true }), messages::watching(has_keys));
    }

    /// Gives the next build the screen: what is there goes, below a line about what has changed.
    /// `changes`: none before the first build, whose screen keeps what was above.
    pub fn clear(self, changes: Option<&ChangeSet>, cwd: &Utf8Path) {
        if !self.is_on_screen() {
            return;
        }
        let Some(changes) = changes else {
            let _ = print(&format!(
                "{}\u{1b}[H\u{1b}[J",
                "\n".repeat(terminal::rows().saturating_sub(1))
            ));
            return;
        };
        let mut files: Vec<String> = changes.iter().map(|(path, _)| relative(cwd, path)).collect();
        files.sort_unstable();
        files.dedup();
        let _ = print(&format!("\u{1b}[H\u{1b}[J{}\n\n", messages::changed_files(&files)));
    }

    /// Says where the page of a report is.
    pub fn report_opened(self, path: &std::io::Result<Utf8PathBuf>) {
        let text = match path {
            Ok(path) => messages::report_opened(path),
            Err(error) => messages::report_not_kept(error),
        };
        self.line(&json!({ "report": path.as_ref().ok() }), &text);
    }

    /// Says that files are looked at, because the system does not report their changes, or because
    /// it refuses to.
    pub fn polls(self, polling: &Polling) {
        if polling.is_refused {
            self.say(&messages::watch_polls(polling));
        } else {
            self.line(&json!({ "polling": polling.why }), &messages::polls(polling));
        }
    }

    /// Says what a rebuild is about, before it begins. For programs only: they know by it which
    /// changes a result covers.
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

    /// Says what a rebuild wrote and removed.
    pub fn rebuilt(self, done: &Done, took: Duration, aside: &Aside) {
        let changed = done.written.iter().filter(|file| file.is_changed);
        let files: Vec<&str> = changed.map(|file| file.path.as_str()).collect();
        // A map goes with its script.
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
            let changed: Vec<&Written> =
                done.written.iter().filter(|file| file.is_changed).collect();
            let more = changed.len().saturating_sub(MOST_FILES);
            let mut table = summary::sizes_of(changed.into_iter().take(MOST_FILES));
            if more > 0 {
                table.push_str(&messages::more_files(more));
                table.push('\n');
            }
            let table = if table.is_empty() { table } else { format!("\n{table}") };
            let _ = print(&format!("{table}\n"));
        }
    }

    /// Says that a tree of packages is being written, and that a rebuild waits for its end.
    pub fn installing(self, tree: &str) {
        self.line(&json!({ "installing": tree }), &messages::installing(tree));
    }

    /// Says that outputs were changed by others since we wrote them.
    pub fn restores(self, files: &[String]) {
        self.line(&json!({ "changedByOthers": files }), &messages::changed_by_others(files));
    }

    /// Says what comparing a rebuild with a clean build came to; `same`: how many files are the
    /// same, if all are.
    pub fn verified(self, told: &serde_json::Value, same: Option<usize>, took: Duration) {
        self.line(
            &json!({ "verified": told }),
            &format!("  {}", messages::verified(same, took.as_millis())),
        );
    }

    /// Says which files were linted, and how many errors and warnings there are in all.
    pub fn linted(self, files: &[String], (errors, warnings): (usize, usize), took: Duration) {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let told = json!({
            "files": files, "errors": errors, "warnings": warnings, "milliseconds": milliseconds,
        });
        let text = messages::linted(files.len(), (errors, warnings), took.as_millis());
        self.line(&json!({ "lint": told }), &format!("  {text}"));
    }

    /// Says that a newer change came in between, so that nothing could be compared.
    pub fn unverified(self) {
        self.line(&json!({ "verified": null }), &format!("  {}", messages::unverified()));
    }

    /// Says what became of a build that failed.
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

/// The diagnostics that fit: errors before warnings, in their order.
fn shown(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let mut errors_left = errors.min(MOST);
    let mut warnings_left = MOST - errors_left;
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

/// Prints what was asked for. A reader who has seen enough, `bundle explain | head`, is no mistake;
/// a full disk is.
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

/// Colour where standard error is a terminal that understands it and nobody asked not to.
#[expect(clippy::disallowed_methods, reason = "the terminal is described by the environment")]
fn has_color() -> bool {
    let is_unwanted = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    is_terminal() && !is_unwanted
}

/// True if standard error is a terminal that can do more than print lines.
#[expect(clippy::disallowed_methods, reason = "the terminal is described by the environment")]
fn is_terminal() -> bool {
    std::io::stderr().is_terminal() && std::env::var("TERM").is_ok_and(|term| term != "dumb")
}
