//! The commands of this repository: `cargo xtask check | tables | test | bless | bench | wasm |
//! cross | npm | release | site | conformance`. They run the same on a developer's machine and in
//! `.ci/run`. The exit code is 0 only if everything that a command names was done.
#![expect(clippy::print_stderr, reason = "commands talk on standard error")]
#![expect(clippy::disallowed_methods, reason = "commands read the tree and the environment")]

use std::process::ExitCode;

mod check; // formatting, clippy, and the rules of this repository
mod cross; // compiles for other platforms
mod dist; // the program as it is published
mod install; // installs what tests and benches need beside Rust
mod npm; // builds the npm packages as they are published
mod packages; // packs the npm packages and tests them
mod peers; // the comparison with other bundlers
mod release; // the files of a release
mod shell; // runs other programs
mod site; // the documentation and the playground
mod stubs; // what zig lacks to link for macOS and Windows
mod suite; // the commands test, bless and conformance
mod tables; // the tables that are generated from npm packages
mod toolchain; // what Rust is installed
mod tree; // the files of the repository
mod wasm; // the WebAssembly build, compared with the binary

/// What each command does. No line is longer than 100 columns.
const USAGE: &str = include_str!("usage.txt");

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["check"] => check::run(),
        ["tables"] => tables::write(),
        ["test", rest @ ..] => suite::run(rest),
        ["bless", rest @ ..] => suite::bless(rest),
        ["bench", "peers", rest @ ..] => peers::run("run.mjs", rest),
        ["bench", "components"] => peers::components(),
        ["bench", "styles", rest @ ..] => peers::run("styles.mjs", rest),
        ["bench", "shop", rest @ ..] => peers::shop(rest),
        ["bench", "lower", rest @ ..] => peers::lower(rest),
        ["bench", "floor", rest @ ..] => peers::floor(rest),
        ["bench", "sizes", rest @ ..] => peers::run("sizes.mjs", rest),
        ["bench", "shapes", rest @ ..] => peers::run("shapes.mjs", rest),
        ["bench", "watch", rest @ ..] => peers::watch(rest),
        ["bench", "page", rest @ ..] => peers::page(rest),
        ["bench", "memory", rest @ ..] => peers::run("memory.mjs", rest),
        ["bench", "wasm", rest @ ..] => peers::wasm(rest),
        ["bench", rest @ ..] => {
            shell::cargo(&["bench", "--bench", "phases", "--"]).args(rest).run()
        }
        ["cross", rest @ ..] => cross::run(rest),
        ["wasm", rest @ ..] => wasm::run(rest),
        ["npm"] => npm::run(false),
        ["npm", "--debug"] => npm::run(true),
        ["release", rest @ ..] => release::run(rest),
        ["site"] => site::run(false),
        ["site", "--debug"] => site::run(true),
        ["conformance", "test262", directory, rest @ ..] => suite::test262(directory, rest),
        ["conformance", "babel", directory, rest @ ..] => suite::babel(directory, rest),
        ["conformance", "fuzz", rest @ ..] => suite::fuzz(rest),
        ["conformance", "terser", directory, rest @ ..] => suite::terser(directory, rest),
        ["conformance", "sass-spec", directory, rest @ ..] => suite::sass_spec(directory, rest),
        ["conformance", "readers", rest @ ..] => suite::readers(rest),
        ["conformance", "vue", rest @ ..] => suite::vue(rest),
        _ => Err(USAGE.trim_end().to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}
