//! The manual page in roff, from the definition of the arguments: all commands are on one page,
//! because `bundle` is one program with few of them. Packages install it: `bundle manual-page`,
//! which is not listed, prints it for them.

use std::fmt::Write as _;

use clap::{Arg, Command};

use crate::args;

/// What follows the options, in roff.
const END: &str = ".SH FILES
.TP
.I bundle.config.json
The configuration: in the working directory, or in a folder above it.
.TP
.I node_modules/.cache/bundle
Results for later builds. Removing the folder is safe at any time.
.SH ENVIRONMENT
.TP
.B NO_COLOR
Any value: diagnostics have no colours.
.TP
.B BUNDLE_CACHE_REMOTE
The address of a shared cache, instead of the one in the configuration; empty: none.
.TP
.B BUNDLE_CACHE_WRITE
The domain of the shared cache that the build writes to, such as the branch.
.SH EXIT STATUS
0, or 1 on any error. Diagnostics go to standard error. A build that fails writes nothing.
";

/// Returns the manual page.
pub fn page(mut command: Command) -> String {
    command.build();
    let version = command.get_version().unwrap_or_default();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut page = format!(".TH BUNDLE 1 \"\" \"bundle {version}\" \"User Commands\"\n");
    page.push_str(".SH NAME\nbundle \\- front\\-end bundler for pages rendered by a server\n");
    page.push_str(".SH SYNOPSIS\n");
    line(&mut page, ".B bundle", "[build] [OPTIONS] [ENTRY|AREA]...");
    line(&mut page, ".br\n.B bundle", "COMMAND [OPTIONS]");
    line(&mut page, ".SH DESCRIPTION\n", &format!("{about}."));
    page.push_str(".SH COMMANDS\n");
    for command in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        about_command(&mut page, command, "bundle");
    }
    page.push_str(".SH OPTIONS\n");
    options(&mut page, &command);
    page.push_str(END);
    page.push_str(".SH EXAMPLES\n.nf\n");
    for example in args::EXAMPLES.lines().skip(1) {
        line(&mut page, "", example.trim());
    }
    page.push_str(".fi\n.SH SEE ALSO\n");
    line(&mut page, "", "bundle --help, bundle explain CODE");
    page
}

/// Adds a command with its own arguments, or the commands below it.
fn about_command(page: &mut String, command: &Command, above: &str) {
    let name = format!("{above} {}", command.get_name());
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    if command.has_subcommands() {
        below.for_each(|command| about_command(page, command, &name));
        return;
    }
    let positionals = command.get_positionals().filter(|argument| !argument.is_hide_set());
    let words: Vec<String> = positionals.map(placeholder).collect();
    let _ = write!(page, ".TP\n.B {}", escaped(&name));
    let _ = writeln!(page, "\\fR {}", escaped(&words.join(" ")));
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    line(page, "", &format!("{}.", about.trim_end_matches('.')));
    let own = command.get_opts().filter(|argument| {
        !argument.is_hide_set() && !argument.is_global_set() && argument.get_id() != "help"
    });
    let own: Vec<&Arg> = own.collect();
    if !own.is_empty() {
        page.push_str(".RS\n");
        for argument in own {
            option(page, argument);
        }
        page.push_str(".RE\n");
    }
}

/// Adds the flags of all commands, in the groups of `--help`.
fn options(page: &mut String, command: &Command) {
    let flags: Vec<&Arg> = command
        .get_arguments()
        .filter(|argument| argument.get_long().is_some() && !argument.is_hide_set())
        .collect();
    let mut groups: Vec<Option<&str>> = Vec::new();
    for flag in &flags {
        if !groups.contains(&flag.get_help_heading()) {
            groups.push(flag.get_help_heading());
        }
    }
    for group in groups {
        line(page, ".SS", group.unwrap_or("Other"));
        let of_group = flags.iter().filter(|flag| flag.get_help_heading() == group);
        of_group.for_each(|flag| option(page, flag));
    }
}

fn option(page: &mut String, argument: &Arg) {
    let long = argument.get_long().unwrap_or_default();
    let short = argument.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let _ = write!(page, ".TP\n.B {}", escaped(&format!("{short}--{long}")));
    if argument.get_action().takes_values() {
        let form = if argument.is_require_equals_set() { "[=" } else { " " };
        let end = if argument.is_require_equals_set() { "]" } else { "" };
        let _ = write!(page, "\\fR{form}\\fI{}\\fR{end}", escaped(&value(argument)));
    }
    page.push('\n');
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    line(page, "", &format!("{help}."));
}

fn value(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    names.first().map(|name| name.as_str().to_owned()).unwrap_or_default()
}

fn placeholder(argument: &Arg) -> String {
    let repeated = if argument.get_action().takes_values()
        && argument.get_num_args().is_some_and(|range| range.max_values() > 1)
    {
        "..."
    } else {
        ""
    };
    let name = value(argument);
    if argument.is_required_set() {
        format!("{name}{repeated}")
    } else {
        format!("[{name}]{repeated}")
    }
}

/// Adds a line with text after a request of roff.
fn line(page: &mut String, request: &str, text: &str) {
    let space = if request.is_empty() || request.ends_with('\n') { "" } else { " " };
    let _ = writeln!(page, "{request}{space}{}", escaped(text));
}

/// Returns text as roff prints it: no character of it is a request or an escape. Hyphens are
/// those of the keyboard, so that flags can be copied.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('…', "...");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
