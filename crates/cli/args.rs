//! Arguments to what is to be done, and the flags as a `RawConfig`. The argument parser knows which flags there are; what
//! their values mean is decided with the configuration, so that a mistake reads the same wherever it was written. All
//! unknown flags are reported at once: each is taken out, and the rest is read again.

use std::ffi::OsString;

use bundle_base::{
    Diagnostics, RawConfig,
    config::{Origin, Pair, RawAlias, RawGlobal, Written},
    diagnostic::nearest,
};
use clap::{
    CommandFactory, Parser, Subcommand,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::messages;

/// Bundles scripts for pages rendered by a server: today's JavaScript in, classic scripts for old browsers out.
#[derive(Parser)]
#[command(name = "bundle", version, disable_help_subcommand = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Subcommands>,
    #[command(flatten)]
    flags: Flags,
    /// What to build: paths, NAME=PATH, or names of areas; without any, what the configuration says
    #[arg(value_name = "ENTRY|AREA")]
    entries: Vec<String>,
}

#[derive(Subcommand)]
enum Subcommands {
    /// Build once (what `bundle` does without a command)
    Build {
        /// What to build: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
    },
    /// Write a configuration (not there yet)
    Init {
        /// Read webpack.config.js, webpack.mix.js or gulpfile.js
        #[arg(long, value_name = "FILE")]
        from: Option<String>,
    },
    /// Show what the tool understood
    Inspect {
        #[command(subcommand)]
        what: Inspect,
    },
    /// A page that shows what is in each bundle and why (not there yet)
    Report,
    /// The long text of a diagnostic
    Explain {
        /// The code in brackets: missing-export
        code: Option<String>,
    },
}

#[derive(Subcommand)]
enum Inspect {
    /// The configuration with everything decided
    Config {
        /// What would be built: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// The modules and what each imports
    Graph {
        /// What to start from: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// The flags of every command.
#[derive(clap::Args, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a flag without a value is one")]
struct Flags {
    /// Write into this folder
    #[arg(long, global = true, value_name = "DIR")]
    out_dir: Option<String>,
    /// Write exactly this file (one entry)
    #[arg(long, global = true, value_name = "FILE")]
    out_file: Option<String>,
    /// The form of scripts: iife, cjs or esm
    #[arg(long, global = true, value_name = "FORMAT")]
    format: Option<String>,
    /// The page global that gets the entry's exports
    #[arg(long, global = true, value_name = "NAME")]
    global_name: Option<String>,
    /// Where it runs: browser or node
    #[arg(long, global = true, value_name = "PLATFORM")]
    platform: Option<String>,
    /// What must understand the output: es5, es2015 …, esnext, or a browserslist query [default: es5]
    #[arg(long, global = true, value_name = "TARGET")]
    target: Option<String>,
    /// Do not bundle this; take it from a page global (repeatable)
    #[arg(long, global = true, value_name = "SPEC[=GLOBAL]")]
    external: Vec<String>,
    /// Import something else instead (repeatable)
    #[arg(long, global = true, value_name = "FROM=TO")]
    alias: Vec<String>,
    /// Replace a name by a value at compile time (repeatable)
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    define: Vec<String>,
    /// Compress and mangle
    #[arg(long, global = true, overrides_with = "no_minify")]
    minify: bool,
    /// Neither compress nor mangle
    #[arg(long, global = true, overrides_with = "minify")]
    no_minify: bool,
    /// Source maps: none, file, inline or hidden
    #[arg(long, global = true, value_name = "KIND")]
    sourcemap: Option<String>,
    /// development or production [default: production]
    #[arg(long, global = true, value_name = "MODE")]
    mode: Option<String>,
    /// Shared and dynamic chunks
    #[arg(long, global = true)]
    splitting: bool,
    /// Write what went into which output, as JSON
    #[arg(long, global = true, value_name = "FILE")]
    metafile: Option<String>,
    /// Diagnostics as text or json
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<String>,
    /// The configuration file [default: bundle.config.json here or above]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<String>,
    /// Read no configuration file
    #[arg(long, global = true)]
    no_config: bool,
    /// Threads to use [default: one a core]
    #[arg(long, global = true, value_name = "N", allow_hyphen_values = true)]
    jobs: Option<String>,
    /// Build, then rebuild what each change affects
    #[arg(long, global = true)]
    watch: bool,
}

/// What is to be done.
pub enum Command {
    /// Build once.
    Build,
    /// Show the configuration.
    InspectConfig,
    /// Show the modules.
    InspectGraph,
    /// Explain a code, or list them.
    Explain(Option<String>),
    /// A command of a later version.
    NotYet(&'static str),
}

/// A command and its flags.
pub struct Invocation {
    /// What is to be done.
    pub command: Command,
    /// The flags that are configuration.
    pub raw: RawConfig,
    /// `--config`.
    pub config: Option<String>,
    /// `--no-config`.
    pub no_config: bool,
    /// `--metafile`.
    pub metafile: Option<String>,
    /// `--jobs`.
    pub jobs: Option<usize>,
    /// `--json` of `inspect`.
    pub json: bool,
}

/// What reading the arguments came to.
pub enum Read {
    /// `--help` and `--version`: print this.
    Answer(String),
    /// There were mistakes in the arguments that leave nothing to do.
    Nothing,
    /// Something to do, unless the log has errors.
    Invocation(Box<Invocation>),
}

/// Reads the arguments, the program's name first.
pub fn read(arguments: impl Iterator<Item = OsString>, log: &mut Diagnostics) -> Read {
    let mut words: Vec<OsString> = arguments.collect();
    loop {
        let error = match Arguments::try_parse_from(&words) {
            Ok(arguments) => return Read::Invocation(Box::new(invocation(arguments, log))),
            Err(error) => error,
        };
        if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            return Read::Answer(error.to_string());
        }
        if error.kind() != ErrorKind::UnknownArgument {
            log.push(other_mistake(&error));
            return Read::Nothing;
        }
        let argument = context(&error, ContextKind::InvalidArg);
        if !argument.starts_with('-') {
            log.push(messages::unexpected_argument(&argument));
            return Read::Nothing;
        }
        let near = near_flag(&argument);
        log.push(messages::unknown_flag(&argument, near.as_deref()));
        if !take_out(&mut words, &argument, near.as_deref()) {
            return Read::Nothing;
        }
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    }
}

fn other_mistake(error: &clap::Error) -> bundle_base::Diagnostic {
    // `--target <TARGET>` is how the parser calls it.
    let argument = context(error, ContextKind::InvalidArg);
    let flag = argument.split(' ').next().unwrap_or_default();
    if error.kind() == ErrorKind::InvalidValue && context(error, ContextKind::InvalidValue).is_empty() {
        return messages::flag_without_value(flag);
    }
    if error.kind() == ErrorKind::TooManyValues {
        return messages::flag_with_value(flag);
    }
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    messages::bad_arguments(first.strip_prefix("error: ").unwrap_or(first))
}

/// The flag that was probably meant.
fn near_flag(flag: &str) -> Option<String> {
    let command = Arguments::command();
    let names: Vec<String> = command.get_arguments().filter_map(|a| a.get_long()).map(|n| format!("--{n}")).collect();
    let words = flag.trim_start_matches('-').to_ascii_lowercase().replace('_', "-");
    let same = |name: &&String| name.replace('-', "") == words.replace('-', "");
    let near = names.iter().find(same).map(String::as_str);
    near.or_else(|| nearest(&format!("--{words}"), names.iter().map(String::as_str))).map(str::to_owned)
}

/// Takes an unknown flag out of the arguments, and what was probably its value. False if it cannot be found.
fn take_out(words: &mut Vec<OsString>, flag: &str, near: Option<&str>) -> bool {
    let is_it = |word: &OsString| {
        let word = word.to_string_lossy();
        word == flag || word.split('=').next() == Some(flag) || (!flag.starts_with("--") && word.starts_with('-'))
    };
    let Some(at) = words.iter().position(is_it) else { return false };
    let had_value = words.remove(at).to_string_lossy().contains('=');
    let near_takes_value = near.is_some_and(|near| {
        let command = Arguments::command();
        let mut arguments = command.get_arguments();
        arguments
            .any(|a| a.get_long().map(|n| format!("--{n}")).as_deref() == Some(near) && a.get_action().takes_values())
    });
    let next = words.get(at).map(|word| word.to_string_lossy().into_owned());
    let is_value = next.is_some_and(|next| {
        let looks_like_entry = next.contains(['.', '/']) || next.contains('=');
        !next.starts_with('-') && (near_takes_value || (near.is_none() && !looks_like_entry && !is_command(&next)))
    });
    if is_value && !had_value {
        words.remove(at);
    }
    true
}

fn is_command(word: &str) -> bool {
    Arguments::command().get_subcommands().any(|command| command.get_name() == word)
}

fn invocation(arguments: Arguments, log: &mut Diagnostics) -> Invocation {
    let mut json = false;
    let mut entries = arguments.entries;
    let command = match arguments.command {
        None => Command::Build,
        Some(Subcommands::Build { entries: more }) => {
            entries.extend(more);
            Command::Build
        }
        Some(Subcommands::Init { .. }) => Command::NotYet("init"),
        Some(Subcommands::Report) => Command::NotYet("report"),
        Some(Subcommands::Explain { code }) => Command::Explain(code),
        Some(Subcommands::Inspect { what: Inspect::Config { entries: more, json: as_json } }) => {
            entries.extend(more);
            json = as_json;
            Command::InspectConfig
        }
        Some(Subcommands::Inspect { what: Inspect::Graph { entries: more, json: as_json } }) => {
            entries.extend(more);
            json = as_json;
            Command::InspectGraph
        }
    };
    let flags = arguments.flags;
    check_flags(&flags, log);
    Invocation {
        command,
        json,
        jobs: flags.jobs.as_ref().and_then(|n| n.parse().ok()).filter(|n| *n > 0),
        config: flags.config.clone(),
        no_config: flags.no_config,
        metafile: flags.metafile.clone(),
        raw: raw(flags, entries, log),
    }
}

fn check_flags(flags: &Flags, log: &mut Diagnostics) {
    if let Some(jobs) = flags.jobs.as_ref().filter(|n| !n.parse::<usize>().is_ok_and(|n| n > 0)) {
        log.push(messages::bad_jobs(jobs));
    }
    if let Some(format) = flags.log_format.as_ref().filter(|f| !matches!(f.as_str(), "text" | "json")) {
        log.push(messages::bad_log_format(format, nearest(format, ["text", "json"])));
    }
    if flags.config.is_some() && flags.no_config {
        log.push(messages::config_and_no_config());
    }
    if flags.watch {
        log.push(messages::watch_not_there_yet());
    }
}

fn raw(flags: Flags, entries: Vec<String>, log: &mut Diagnostics) -> RawConfig {
    let text = |value: Option<String>, flag| value.map(|value| Written::flag(value, flag));
    let mut raw = RawConfig::default();
    raw.entries.chosen = entries.into_iter().map(|value| Written { value, origin: Origin::Argument }).collect();
    raw.project.mode = text(flags.mode, "--mode");
    raw.project.watch = flags.watch;
    raw.output.dir = text(flags.out_dir, "--out-dir");
    raw.output.file = text(flags.out_file, "--out-file");
    raw.output.format = text(flags.format, "--format");
    raw.output.global_name = text(flags.global_name, "--global-name");
    raw.output.source_map = text(flags.sourcemap, "--sourcemap");
    raw.output.splitting = flags.splitting.then(|| Written::flag(true, "--splitting"));
    raw.output.minify = match (flags.minify, flags.no_minify) {
        (true, _) => Some(Written::flag(true, "--minify")),
        (false, true) => Some(Written::flag(false, "--no-minify")),
        (false, false) => None,
    };
    raw.resolve.platform = text(flags.platform, "--platform");
    raw.script.target = flags.target.map(|target| Written::flag(vec![target], "--target"));
    raw.resolve.externals = last_of_each(flags.external.into_iter().map(|written| external(&written)));
    raw.resolve.alias = last_of_each(flags.alias.into_iter().filter_map(|written| {
        let (from, to) = pair(&written, "--alias", ("FROM=TO", "@=./src"), log)?;
        Some(flag_pair(from, if to == "false" { RawAlias::Nothing } else { RawAlias::To(to) }, "--alias"))
    }));
    raw.script.define = last_of_each(flags.define.into_iter().filter_map(|written| {
        let (name, value) = pair(&written, "--define", ("KEY=VALUE", "DEBUG=false"), log)?;
        Some(flag_pair(name, value, "--define"))
    }));
    raw
}

/// `jquery=window.$`, or `jquery` alone.
fn external(written: &str) -> Pair<RawGlobal> {
    let (specifier, global) = match written.split_once('=') {
        Some((specifier, global)) => (specifier, RawGlobal::Named(global.to_owned())),
        None => (written, RawGlobal::Unsaid),
    };
    flag_pair(specifier.to_owned(), global, "--external")
}

fn pair(written: &str, flag: &str, (form, example): (&str, &str), log: &mut Diagnostics) -> Option<(String, String)> {
    let split = written.split_once('=').filter(|(key, _)| !key.is_empty());
    if split.is_none() {
        log.push(messages::not_a_pair(flag, written, form, example));
    }
    split.map(|(key, value)| (key.to_owned(), value.to_owned()))
}

fn flag_pair<T>(key: String, value: T, flag: &'static str) -> Pair<T> {
    Pair { key: Written::flag(key, flag), value: Written::flag(value, flag) }
}

/// Of pairs with one key the last counts, as for every flag given twice.
fn last_of_each<T>(pairs: impl Iterator<Item = Pair<T>>) -> Vec<Pair<T>> {
    let mut kept: Vec<Pair<T>> = Vec::new();
    for pair in pairs {
        kept.retain(|other| other.key.value != pair.key.value);
        kept.push(pair);
    }
    kept
}
