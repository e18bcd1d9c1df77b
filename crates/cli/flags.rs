//! The flags of every command, and their conversion to a `RawConfig`. Values are texts here; they
//! are checked with the configuration. The doc comments of `Flags` are the text of `--help`.

use bundle_base::{
    Diagnostics, RawConfig,
    config::{Origin, Pair, RawAlias, RawGlobal, Splitting, Written},
    diagnostic::nearest,
};

use crate::messages;

/// The groups of flags in `--help`.
const OUTPUT: &str = "Output";
const BUILT: &str = "Input and target";
const RUN: &str = "Running";
const REPORTS: &str = "Reports";

/// The flags of every command.
#[derive(clap::Args, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a flag without a value is one")]
pub struct Flags {
    /// Write the output into this folder
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "DIR")]
    out_dir: Option<String>,
    /// Write the output to exactly this file (one entry only)
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "FILE")]
    out_file: Option<String>,
    /// Format of scripts: iife, cjs or esm
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "FORMAT")]
    format: Option<String>,
    /// Name of the page global that holds the entry's exports
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "NAME")]
    global_name: Option<String>,
    /// Platform that runs the output: browser or node
    #[arg(long, global = true, help_heading = BUILT, value_name = "PLATFORM")]
    platform: Option<String>,
    /// What must be able to run the output: es5, es2015 …, esnext, or a browserslist query
    /// [default: es5]
    #[arg(long, global = true, help_heading = BUILT, value_name = "TARGET")]
    target: Option<String>,
    /// Do not bundle this module, but take it from a page global (repeatable)
    #[arg(long, global = true, help_heading = BUILT, value_name = "SPEC[=GLOBAL]")]
    external: Vec<String>,
    /// Import TO wherever FROM is imported (repeatable)
    #[arg(long, global = true, help_heading = BUILT, value_name = "FROM=TO")]
    alias: Vec<String>,
    /// Replace a name with a value at compile time (repeatable)
    #[arg(long, global = true, help_heading = BUILT, value_name = "KEY=VALUE")]
    define: Vec<String>,
    /// Compress and mangle; `chunk`: compress each whole output once more [default: on in
    /// production]
    #[arg(long, global = true, help_heading = OUTPUT, overrides_with = "no_minify",
        value_name = "chunk", num_args = 0..=1, require_equals = true,
        default_missing_value = "true")]
    minify: Option<String>,
    /// Keep the output readable [default: in development]
    #[arg(long, global = true, help_heading = OUTPUT, overrides_with = "minify")]
    no_minify: bool,
    /// Source maps: none, file, inline or hidden; without a value: file [default: file in
    /// development, else none]
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "KIND", num_args = 0..=1,
        default_missing_value = "file")]
    sourcemap: Option<String>,
    /// How modules share a script: hoisted, or registry (each module is a function under its key)
    /// [default: hoisted]
    #[arg(long, global = true, help_heading = OUTPUT, value_name = "FORM")]
    modules: Option<String>,
    /// Mode: development or production [default: production, or development with --watch]
    #[arg(long, global = true, help_heading = BUILT, value_name = "MODE")]
    mode: Option<String>,
    /// Split the output into shared and dynamic chunks
    #[arg(long, global = true, help_heading = OUTPUT)]
    splitting: bool,
    /// Write a JSON file that lists what went into which output; `report` and `why` read it instead
    /// of building
    #[arg(long, global = true, help_heading = REPORTS, value_name = "FILE")]
    pub metafile: Option<String>,
    /// Metafile of an earlier build, to report what grew since
    #[arg(long, global = true, help_heading = REPORTS, value_name = "FILE")]
    pub compare: Option<String>,
    /// Report sizes after gzip and brotli, and what each page loads
    #[arg(long, global = true, help_heading = REPORTS)]
    pub sizes: bool,
    /// Build twice, the second time with another number of threads and as if in another folder, and
    /// compare before anything is written
    #[arg(long, global = true, help_heading = REPORTS)]
    pub check_reproducible: bool,
    /// Build everything again: neither use nor write the cache
    #[arg(long, global = true, help_heading = RUN)]
    pub no_cache: bool,
    /// Format of diagnostics: text or json
    #[arg(long, global = true, help_heading = REPORTS, value_name = "FORMAT")]
    pub log_format: Option<String>,
    /// Configuration file, or - for standard input [default: bundle.config.json here or above]
    #[arg(long, global = true, help_heading = RUN, value_name = "FILE")]
    pub config: Option<String>,
    /// Read no configuration file
    #[arg(long, global = true, help_heading = RUN)]
    pub no_config: bool,
    /// Number of threads [default: one per core]
    #[arg(long, global = true, help_heading = RUN, value_name = "N", allow_hyphen_values = true)]
    pub jobs: Option<String>,
    /// Build, then rebuild what each change affects
    #[arg(long, global = true, help_heading = RUN)]
    watch: bool,
    /// Compare each rebuild of --watch with a clean build, byte for byte
    #[arg(long, global = true, help_heading = RUN)]
    pub verify: bool,
    /// Lint with the project's own ESLint, and fail on errors; with --watch, lint alongside each
    /// rebuild
    #[arg(long, global = true, help_heading = RUN)]
    pub lint: bool,
    /// Show edits in open pages [default: with --watch in development]
    #[arg(long, global = true, help_heading = RUN)]
    updates: bool,
    /// Do not show edits in open pages
    #[arg(long, global = true, help_heading = RUN, conflicts_with = "updates")]
    no_updates: bool,
}

/// Reports mistakes in the flags that do not belong to the configuration.
pub fn check(flags: &Flags, log: &mut Diagnostics) {
    if let Some(jobs) = flags.jobs.as_ref().filter(|n| !n.parse::<usize>().is_ok_and(|n| n > 0)) {
        log.push(messages::bad_jobs(jobs));
    }
    if let Some(format) =
        flags.log_format.as_ref().filter(|f| !matches!(f.as_str(), "text" | "json"))
    {
        log.push(messages::bad_log_format(format, nearest(format, ["text", "json"])));
    }
    if flags.verify && !flags.watch {
        log.push(messages::verify_without_watch());
    }
    if flags.check_reproducible && flags.watch {
        log.push(messages::reproducible_while_watching());
    }
    if flags.config.is_some() && flags.no_config {
        log.push(messages::config_and_no_config());
    }
}

/// Converts the flags that belong to the configuration.
pub fn raw(flags: Flags, entries: Vec<String>, log: &mut Diagnostics) -> RawConfig {
    let text = |value: Option<String>, flag| value.map(|value| Written::flag(value, flag));
    let mut raw = RawConfig::default();
    raw.entries.chosen =
        entries.into_iter().map(|value| Written { value, origin: Origin::Argument }).collect();
    raw.project.mode = text(flags.mode, "--mode");
    raw.project.watch = flags.watch;
    raw.project.lint.is_wanted = flags.lint.then(|| Written::flag(true, "--lint"));
    raw.output.dir = text(flags.out_dir, "--out-dir");
    raw.output.file = text(flags.out_file, "--out-file");
    raw.output.format = text(flags.format, "--format");
    raw.output.global_name = text(flags.global_name, "--global-name");
    raw.output.source_map = text(flags.sourcemap, "--sourcemap");
    raw.output.modules = text(flags.modules, "--modules");
    raw.output.metafile = flags.metafile.is_some();
    raw.output.updates = flags
        .updates
        .then(|| Written::flag(true, "--updates"))
        .or_else(|| flags.no_updates.then(|| Written::flag(false, "--no-updates")));
    raw.output.splitting = flags.splitting.then(|| Written::flag(Splitting::Shared, "--splitting"));
    raw.output.minify = text(flags.minify, "--minify")
        .or_else(|| flags.no_minify.then(|| Written::flag("false".to_owned(), "--no-minify")));
    raw.resolve.platform = text(flags.platform, "--platform");
    raw.script.target = flags.target.map(|target| Written::flag(vec![target], "--target"));
    raw.resolve.externals =
        last_of_each(flags.external.into_iter().map(|written| external(&written)));
    raw.resolve.alias = last_of_each(flags.alias.into_iter().filter_map(|written| {
        let (from, to) = pair(&written, "--alias", "FROM=TO", "@=./src", log)?;
        Some(flag_pair(
            from,
            if to == "false" { RawAlias::Nothing } else { RawAlias::To(to) },
            "--alias",
        ))
    }));
    raw.script.define = last_of_each(flags.define.into_iter().filter_map(|written| {
        let (name, value) = pair(&written, "--define", "KEY=VALUE", "DEBUG=false", log)?;
        Some(flag_pair(name, value, "--define"))
    }));
    raw
}

/// Parses `jquery=window.$`, or `jquery` alone.
fn external(written: &str) -> Pair<RawGlobal> {
    let (specifier, global) = match written.split_once('=') {
        Some((specifier, global)) => (specifier, RawGlobal::Named(global.to_owned())),
        None => (written, RawGlobal::Unnamed),
    };
    flag_pair(specifier.to_owned(), global, "--external")
}

fn pair(
    written: &str,
    flag: &str,
    form: &str,
    example: &str,
    log: &mut Diagnostics,
) -> Option<(String, String)> {
    let split = written.split_once('=').filter(|(key, _)| !key.is_empty());
    if split.is_none() {
        log.push(messages::not_a_pair(flag, written, form, example));
    }
    split.map(|(key, value)| (key.to_owned(), value.to_owned()))
}

fn flag_pair<T>(key: String, value: T, flag: &'static str) -> Pair<T> {
    Pair { key: Written::flag(key, flag), value: Written::flag(value, flag) }
}

/// Keeps the last of several pairs with one key, as for every repeated flag.
fn last_of_each<T>(pairs: impl Iterator<Item = Pair<T>>) -> Vec<Pair<T>> {
    let mut kept: Vec<Pair<T>> = Vec::new();
    for pair in pairs {
        kept.retain(|other| other.key.value != pair.key.value);
        kept.push(pair);
    }
    kept
}
