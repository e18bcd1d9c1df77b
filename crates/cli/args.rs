//! Arguments become a command, and the flags a `RawConfig`. The argument parser knows which flags
//! exist; their values are checked with the configuration, so that a mistake is reported in the
//! same words wherever it was written. All unknown flags are reported at once: each is removed, and
//! the rest is parsed again.

use std::{
    ffi::OsString,
    io::{BufRead as _, Read as _},
};

use bundle_base::{Diagnostic, Diagnostics, RawConfig, decode::decode_lossy, diagnostic::nearest};
use clap::{
    CommandFactory, Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{
    flags::{self, Flags},
    messages,
    subcommands::{CacheTask, Inspect, Subcommands},
};

/// The end of the text of `--help` and of the manual page.
pub const EXAMPLES: &str = "Examples:
  bundle src/app.js --out-file public/js/app.js   one file, minified
  bundle --watch                                  the configuration, after each change anew
  bundle src/app.js --target \"ie >= 11\" --external vue=Vue --out-dir public/js";

/// Bundles scripts for pages rendered by a server: today's JavaScript in, classic scripts for old
/// browsers out.
#[derive(Parser)]
#[command(name = "bundle", version, disable_help_subcommand = true, max_term_width = 100,
    after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Subcommands>,
    #[command(flatten)]
    flags: Flags,
    /// What to build: paths, NAME=PATH, or names of areas; without any, what the configuration says
    #[arg(value_name = "ENTRY|AREA")]
    entries: Vec<String>,
}

/// A command to run.
pub enum Command {
    /// Build once.
    Build,
    /// Build at each line of standard input.
    BuildOnRequest,
    /// Show the configuration.
    InspectConfig,
    /// Show the modules.
    InspectGraph,
    /// Show what components are compiled to.
    InspectVue(Vec<String>),
    /// Write the report page to this file, or compare with a stored metafile.
    Report(String),
    /// Report why something is in an output, perhaps for one entry only.
    Why { what: String, entry: Option<String> },
    /// Show what is cached.
    CacheStats,
    /// Check what is cached.
    CacheVerify,
    /// Remove what is not used.
    CachePrune,
    /// Explain a code, or list them.
    Explain(Option<String>),
    /// Write a configuration, from this file, and perhaps over an existing one.
    Init { from: Vec<String>, is_forced: bool },
    /// Print the completions of a shell.
    Completions(String),
    /// Print the manual page.
    ManualPage,
}

/// The most threads of a build: each takes memory, and more threads save no time.
const MOST_JOBS: usize = 256;

/// A command and its flags.
#[expect(clippy::struct_excessive_bools, reason = "a flag without a value is one")]
pub struct Invocation {
    /// The command to run.
    pub command: Command,
    /// The flags that belong to the configuration.
    pub raw: RawConfig,
    /// `--config`.
    pub config: Option<String>,
    /// The text of standard input, with `--config -`.
    pub given: Option<String>,
    /// `--no-config`.
    pub no_config: bool,
    /// `--metafile`.
    pub metafile: Option<String>,
    /// `--jobs`.
    pub jobs: Option<usize>,
    /// `--json` of `inspect`, `why` and `report`.
    pub json: bool,
    /// `--compare`.
    pub compare: Option<String>,
    /// `--sizes`.
    pub sizes: bool,
    /// `--check-reproducible`.
    pub is_checked: bool,
    /// `--no-cache`.
    pub no_cache: bool,
    /// `--verify`.
    pub is_verified: bool,
    /// `--lint`.
    pub is_linted: bool,
    /// `--log-format json`: programs read what is printed.
    pub is_for_programs: bool,
}

/// The result of reading the arguments.
pub enum Read {
    /// `--help` and `--version`: print this.
    Answer(String),
    /// The arguments have mistakes that leave nothing to run.
    Nothing,
    /// A command to run, unless the log has errors.
    Invocation(Box<Invocation>),
}

/// Returns the commands and flags, for texts about them.
pub fn definition() -> clap::Command {
    Arguments::command()
}

/// Reads the arguments; the first one is the program's name.
pub fn read(arguments: impl Iterator<Item = OsString>, log: &mut Diagnostics) -> Read {
    let mut words: Vec<OsString> = with_kinds_of_maps(arguments.collect());
    loop {
        let error = match Arguments::try_parse_from(&words) {
            Ok(arguments) => {
                if let Some(Subcommands::Init { .. }) = arguments.command {
                    log.extend(not_of_init(&words));
                }
                return Read::Invocation(Box::new(invocation(arguments, log)));
            }
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

/// Completes `--sourcemap` to `--sourcemap=file` unless the next word is a kind of source map or
/// nearly one: an entry after it is not its value.
fn with_kinds_of_maps(mut words: Vec<OsString>) -> Vec<OsString> {
    let kinds = ["none", "file", "inline", "hidden"];
    for at in 0..words.len() {
        let next =
            words.get(at + 1).map(|next| next.to_string_lossy().into_owned()).unwrap_or_default();
        if words[at] == "--sourcemap" && nearest(&next, kinds).is_none() {
            words[at] = "--sourcemap=file".into();
        }
    }
    words
}

/// Returns an error for each flag of builds in the arguments of `init`: the configuration that it
/// writes would not have the flag's value.
fn not_of_init(words: &[OsString]) -> Vec<Diagnostic> {
    const TAKEN: [&str; 3] = ["--force", "--from", "--log-format"];
    let words = words.iter().map(|word| word.to_string_lossy());
    let flags = words.filter_map(|word| Some(word.split('=').next()?.to_owned()));
    let is_other = |flag: &String| flag.starts_with("--") && !TAKEN.contains(&flag.as_str());
    flags.filter(is_other).map(|flag| messages::flag_of_builds(&flag)).collect()
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    }
}

fn other_mistake(error: &clap::Error) -> Diagnostic {
    // The parser names the flag with its value: `--target <TARGET>`.
    let argument = context(error, ContextKind::InvalidArg);
    let flag = argument.split(' ').next().unwrap_or_default();
    if error.kind() == ErrorKind::InvalidValue
        && context(error, ContextKind::InvalidValue).is_empty()
    {
        return messages::flag_without_value(flag, &argument.replace(['<', '>'], ""));
    }
    if error.kind() == ErrorKind::InvalidSubcommand {
        let written = context(error, ContextKind::InvalidSubcommand);
        let near = match error.get(ContextKind::SuggestedSubcommand) {
            Some(ContextValue::Strings(names)) => names.first().cloned(),
            Some(ContextValue::String(name)) => Some(name.clone()),
            _ => None,
        };
        return messages::unknown_command(&written, near.as_deref());
    }
    if error.kind() == ErrorKind::TooManyValues {
        return messages::flag_with_value(flag);
    }
    let text = error.to_string();
    let is_incomplete = matches!(
        error.kind(),
        ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let usage = || text.lines().find_map(|line| line.strip_prefix("Usage: ")).unwrap_or_default();
    if is_incomplete && let Some(incomplete) = messages::incomplete(usage()) {
        return incomplete;
    }
    let first = text.lines().next().unwrap_or_default();
    messages::bad_arguments(first.strip_prefix("error: ").unwrap_or(first))
}

/// Short flags of other tools, with our flags of the same meaning.
const SHORT: &[(&str, &str)] = &[
    ("-c", "--config"),
    ("-d", "--out-dir"),
    ("-e", "--external"),
    ("-f", "--format"),
    ("-j", "--jobs"),
    ("-m", "--mode"),
    ("-o", "--out-file"),
    ("-t", "--target"),
    ("-w", "--watch"),
];

/// Returns the flag that was probably meant.
fn near_flag(flag: &str) -> Option<String> {
    if let Some((_, long)) = SHORT.iter().find(|(short, _)| *short == flag) {
        return Some((*long).to_owned());
    }
    let command = Arguments::command();
    let names: Vec<String> =
        command.get_arguments().filter_map(|a| a.get_long()).map(|n| format!("--{n}")).collect();
    let words = flag.trim_start_matches('-').to_ascii_lowercase().replace('_', "-");
    let same = |name: &&String| name.replace('-', "") == words.replace('-', "");
    let near = names.iter().find(same).map(String::as_str);
    near.or_else(|| nearest(&format!("--{words}"), names.iter().map(String::as_str)))
        .map(str::to_owned)
}

/// Removes an unknown flag and what was probably its value from the arguments. Returns false if the
/// flag is not found.
fn take_out(words: &mut Vec<OsString>, flag: &str, near: Option<&str>) -> bool {
    let is_flag = |word: &OsString| {
        let word = word.to_string_lossy();
        word == flag
            || word.split('=').next() == Some(flag)
            || (!flag.starts_with("--") && word.starts_with('-'))
    };
    let Some(at) = words.iter().position(is_flag) else { return false };
    let had_value = words.remove(at).to_string_lossy().contains('=');
    let near_takes_value = near.is_some_and(|near| {
        let command = Arguments::command();
        let mut arguments = command.get_arguments();
        arguments.any(|a| {
            a.get_long().map(|n| format!("--{n}")).as_deref() == Some(near)
                && a.get_action().takes_values()
        })
    });
    let next = words.get(at).map(|word| word.to_string_lossy().into_owned());
    let is_value = next.is_some_and(|next| {
        let looks_like_entry = next.contains(['.', '/']) || next.contains('=');
        !next.starts_with('-')
            && (near_takes_value || (near.is_none() && !looks_like_entry && !is_command(&next)))
    });
    if is_value && !had_value {
        words.remove(at);
    }
    true
}

/// Commands of other tools, with our flag or command of the same meaning.
const CALLED_ELSEWHERE: &[(&str, &str)] = &[
    ("dev", "--watch"),
    ("help", "--help"),
    ("hot", "--watch"),
    ("prod", "build"),
    ("production", "build"),
    ("run", "build"),
    ("serve", "--watch"),
    ("server", "--watch"),
    ("start", "--watch"),
    ("version", "--version"),
    ("watch", "--watch"),
];

/// Returns our flag or command for a word that other tools have as a command.
pub fn called_elsewhere(word: &str) -> Option<&'static str> {
    CALLED_ELSEWHERE.iter().find(|(theirs, _)| *theirs == word).map(|(_, ours)| *ours)
}

/// Returns the command that an argument was perhaps meant to be.
pub fn near_command(word: &str) -> Option<String> {
    let command = Arguments::command();
    nearest(word, command.get_subcommands().map(clap::Command::get_name)).map(str::to_owned)
}

fn is_command(word: &str) -> bool {
    Arguments::command().get_subcommands().any(|command| command.get_name() == word)
}

fn invocation(arguments: Arguments, log: &mut Diagnostics) -> Invocation {
    let mut entries = arguments.entries;
    let (command, json) = command(arguments.command, &mut entries, log);
    let flags = arguments.flags;
    flags::check(&flags, log);
    let (jobs, config) =
        (flags.jobs.as_ref().and_then(|n| n.parse().ok()).filter(|n| *n > 0), flags.config.clone());
    let jobs = jobs.map(|jobs: usize| jobs.min(MOST_JOBS));
    let given = config.as_ref().filter(|file| *file == "-");
    let given = given.map(|_| from_standard_input(matches!(command, Command::BuildOnRequest), log));
    let (no_config, metafile) = (flags.no_config, flags.metafile.clone());
    let (compare, sizes, is_checked) =
        (flags.compare.clone(), flags.sizes, flags.check_reproducible);
    let (no_cache, is_verified, is_linted) = (flags.no_cache, flags.verify, flags.lint);
    let is_for_programs = flags.log_format.as_deref() == Some("json");
    let mut raw = flags::raw(flags, entries, log);
    // Inspecting a component is part of writing it, so the configuration is the same as with
    // `--watch`.
    raw.project.watch |= matches!(command, Command::InspectVue(_));
    Invocation {
        command,
        raw,
        config,
        given,
        no_config,
        metafile,
        jobs,
        json,
        compare,
        sizes,
        is_checked,
        no_cache,
        is_verified,
        is_linted,
        is_for_programs,
    }
}

/// Returns the command, and whether its answer is JSON. Adds the entries that are written after the
/// command.
fn command(
    written: Option<Subcommands>,
    entries: &mut Vec<String>,
    log: &mut Diagnostics,
) -> (Command, bool) {
    let mut json = false;
    let command = match written {
        None => Command::Build,
        Some(Subcommands::Build { entries: more, on_request }) => {
            entries.extend(more);
            if on_request { Command::BuildOnRequest } else { Command::Build }
        }
        Some(Subcommands::Init { from, force }) => Command::Init { from, is_forced: force },
        Some(Subcommands::Report { entries: more, out, json: as_json }) => {
            entries.extend(more);
            json = as_json;
            Command::Report(out)
        }
        Some(Subcommands::Why { what, entries: more, entry, json: as_json }) => {
            entries.extend(more);
            json = as_json;
            Command::Why { what, entry }
        }
        Some(Subcommands::Cache { what }) => {
            let (more, command) = match what {
                CacheTask::Stats { entries: more, json: as_json } => {
                    json = as_json;
                    (more, Command::CacheStats)
                }
                CacheTask::Verify { entries: more } => (more, Command::CacheVerify),
                CacheTask::Prune { entries: more } => (more, Command::CachePrune),
            };
            entries.extend(more);
            command
        }
        Some(Subcommands::Explain { code }) => Command::Explain(code),
        Some(Subcommands::Completions { shell }) => Command::Completions(shell),
        Some(Subcommands::ManualPage) => Command::ManualPage,
        Some(Subcommands::Inspect { what: Inspect::Config { entries: more, json: as_json } }) => {
            entries.extend(more);
            json = as_json;
            Command::InspectConfig
        }
        Some(Subcommands::Inspect { what: Inspect::Vue { files, vue, json: _ } }) => {
            if vue != "2" && vue != "2.7" {
                log.push(messages::unknown_vue_version(&vue));
            }
            // The configuration that the files need does not depend on which of them is the entry.
            entries.extend(files.first().map(|first| format!("component={first}")));
            Command::InspectVue(files)
        }
        Some(Subcommands::Inspect { what: Inspect::Graph { entries: more, json: as_json } }) => {
            entries.extend(more);
            json = as_json;
            Command::InspectGraph
        }
    };
    (command, json)
}

/// Reads the configuration that another program passes on standard input. It ends with the input,
/// or with a zero byte if requests follow it.
fn from_standard_input(has_requests: bool, log: &mut Diagnostics) -> String {
    let (mut bytes, mut input) = (Vec::new(), std::io::stdin().lock());
    let read =
        if has_requests { input.read_until(0, &mut bytes) } else { input.read_to_end(&mut bytes) };
    if let Err(why) = read {
        log.push(messages::unreadable_input(&why));
    }
    bytes.pop_if(|last| has_requests && *last == 0);
    decode_lossy(&bytes)
}
