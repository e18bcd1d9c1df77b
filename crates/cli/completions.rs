//! `bundle completions SHELL`: prints the script with which a shell completes commands, flags and
//! their values. The argument definitions list no values, because the configuration checks them;
//! the few words that a flag takes are listed here, for the shells only.

use bundle_base::{Diagnostics, diagnostic::nearest};
use clap::{Arg, Command, ValueHint, builder::PossibleValuesParser};
use clap_complete::{Shell, generate};

use crate::{args, messages, report};

const SHELLS: [(&str, Shell); 4] = [
    ("bash", Shell::Bash),
    ("zsh", Shell::Zsh),
    ("fish", Shell::Fish),
    ("powershell", Shell::PowerShell),
];

/// Other names of the shells.
const ALSO: [(&str, &str); 3] = [("pwsh", "powershell"), ("ps", "powershell"), ("sh", "bash")];

/// The words that a flag takes. Any browserslist query is a target too.
const WORDS: [(&str, &[&str]); 6] = [
    ("format", &["iife", "cjs", "esm"]),
    ("log-format", &["text", "json"]),
    ("mode", &["development", "production"]),
    ("modules", &["hoisted", "registry"]),
    ("platform", &["browser", "node"]),
    ("sourcemap", &["none", "file", "inline", "hidden"]),
];

/// Prints the completions of a shell.
pub fn run(shell: &str) -> Result<(), Diagnostics> {
    let name = shell.to_lowercase();
    if let Some((_, shell)) = SHELLS.iter().find(|(known, _)| *known == name) {
        return report::answer(&text(*shell));
    }
    let alias = ALSO.iter().find(|(other, _)| *other == name).map(|(_, ours)| *ours);
    let near = alias.or_else(|| nearest(&name, SHELLS.map(|(known, _)| known)));
    let mut log = Diagnostics::new();
    log.push(messages::unknown_shell(shell, near));
    Err(log)
}

fn text(shell: Shell) -> String {
    let mut text = Vec::new();
    generate(shell, &mut visible(&args::definition()), "bundle", &mut text);
    String::from_utf8(text).expect("names and help are text")
}

/// Returns a command with the words and kinds of its values, without what help hides.
fn visible(command: &Command) -> Command {
    let mut shown = Command::new(command.get_name().to_owned()).args(
        command.get_arguments().filter(|argument| !argument.is_hide_set()).cloned().map(hinted),
    );
    shown = shown.disable_help_subcommand(true);
    if let Some(about) = command.get_about() {
        shown = shown.about(about.clone());
    }
    if let Some(version) = command.get_version() {
        shown = shown.version(version.to_owned());
    }
    let commands = command.get_subcommands().filter(|command| !command.is_hide_set());
    shown.subcommands(commands.map(visible))
}

/// Adds what a shell should offer for the value of an argument.
fn hinted(argument: Arg) -> Arg {
    let words = WORDS.iter().find(|(flag, _)| argument.get_long() == Some(*flag));
    if let Some((_, words)) = words {
        return argument.value_parser(PossibleValuesParser::new(*words));
    }
    let value = argument.get_value_names().and_then(|names| names.first());
    match value.map(clap::builder::Str::as_str) {
        Some("SHELL") => {
            argument.value_parser(PossibleValuesParser::new(SHELLS.map(|(name, _)| name)))
        }
        Some("DIR") => argument.value_hint(ValueHint::DirPath),
        Some("FILE" | "ENTRY|AREA") => argument.value_hint(ValueHint::AnyPath),
        _ => argument,
    }
}
