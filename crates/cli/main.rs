//! The command line: flags become a Config, Outputs go to disk, Diagnostics go to standard error,
//! and the result is an exit code. This is the only crate that reads the environment, writes files
//! and prints.
//!
//! Everything runs on a thread with a large stack, because sources may nest to any depth and a
//! stack overflow cannot be caught. A panic, which is always our own mistake, ends here with one
//! diagnostic and exit code 1.

use std::{panic, process::ExitCode, thread};

mod args; // arguments -> the command to run
mod budgets; // whether pages stay within their size budgets
mod bugs; // where and why a thread panicked
mod build; // Config -> files on disk
mod cache; // the cache on disk, for later builds
mod cache_commands; // what is cached, whether it is intact, and what may go
mod compare; // what grew since a stored metafile
mod completions; // what shells offer to complete
mod escape_sequences; // removes the escape sequences of terminals from texts
mod explain; // the explanation of a diagnostic code, or the list of codes
mod flags; // the flags as RawConfig
mod growth; // the modules whose sizes differ between two metafiles
mod init; // a configuration for a project that has none
mod inspect; // the decided configuration and the module graph
mod lint; // the project's own ESLint, beside a build
mod manual; // the manual page in roff
mod messages; // every sentence of the command line
mod metafile; // the metafile of a build
mod node_process; // the Node process that evaluates the configuration and runs plugins
mod on_request; // builds on requests of another program, in one process
mod page_diagnostics; // diagnostics in the form for pages
mod platform; // what differs between operating systems
mod programs; // the user's programs that preprocess styles
mod progress; // a progress line on a terminal
mod project; // where the project is; all layers of configuration -> Config
mod report; // diagnostics and the summary, to the terminal
mod report_page; // the HTML report of what is in each output
mod reproducible; // whether the same sources give the same bytes
mod shared_cache; // the cache that machines share, in a build
mod sizes; // sizes of files, plain and compressed
mod stop; // ending the process at once, with nothing half done
mod subcommands; // the commands and their arguments, for clap
mod summary; // every file that was written, with its size
mod terminal; // keys pressed during --watch
mod watch; // rebuilds after each change
mod why; // why something is in an output
mod write; // Outputs -> disk, all or nothing
mod written; // the types of written files and rebuilds

use args::{Command, Invocation};
use bundle_base::Diagnostics;
use report::Reporter;

/// Stack sizes to try, the best first: a machine with little address space may refuse the large
/// ones.
const STACKS: [usize; 3] = [1 << 30, 1 << 28, 1 << 26];

fn main() -> ExitCode {
    bugs::keep();
    let started =
        STACKS.iter().find_map(|size| thread::Builder::new().stack_size(*size).spawn(run).ok());
    // `run` ends the process, so it only returns here by a panic.
    let _ = match started {
        Some(thread) => thread.join().map(|never| never),
        None => panic::catch_unwind(run).map(|never| never),
    };
    Reporter::from_environment().report(&messages::internal_error(&bugs::take()));
    ExitCode::FAILURE
}

fn run() -> ! {
    let reporter = Reporter::from_environment();
    let mut log = Diagnostics::new();
    match args::read(std::env::args_os(), &mut log) {
        args::Read::Answer(text) => end(reporter, report::answer(&text)),
        args::Read::Nothing => end(reporter, Err(log)),
        args::Read::Invocation(invocation) => end(reporter, carry_out(reporter, &invocation, log)),
    }
}

fn carry_out(
    reporter: Reporter,
    invocation: &Invocation,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    match &invocation.command {
        Command::Build if invocation.raw.project.watch => watch::run(reporter, invocation, log),
        Command::Build => build::run(reporter, invocation, log),
        Command::BuildOnRequest => on_request::run(reporter, invocation, log),
        Command::InspectConfig => inspect::config(invocation, log),
        Command::InspectGraph => inspect::graph(reporter, invocation, log),
        Command::InspectVue(files) => inspect::components(files, invocation, log),
        Command::CacheStats => cache_commands::stats(invocation, log),
        Command::CacheVerify => cache_commands::verify(invocation, log),
        Command::CachePrune => cache_commands::remove(invocation, log),
        Command::Explain(code) => {
            log.stop_on_error()?;
            explain::run(code.as_deref())
        }
        Command::Report(out) => match &invocation.compare {
            Some(old) => compare::run(reporter, invocation, old, log),
            None => report_page::run(reporter, invocation, out, log),
        },
        Command::Why { what, entry } => why::run(reporter, invocation, what, entry.as_deref(), log),
        Command::Completions(shell) => {
            log.stop_on_error()?;
            completions::run(shell)
        }
        Command::ManualPage => {
            log.stop_on_error()?;
            report::answer(&manual::page(args::definition()))
        }
        Command::Init { from, is_forced } => init::run(from, *is_forced, log),
    }
}

fn end(reporter: Reporter, result: Result<(), Diagnostics>) -> ! {
    let failed = result.map_err(|mut log| reporter.report_all(&log.take())).is_err();
    stop::end(failed.into())
}
