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

const USAGE: &str = "\
usage: cargo xtask <command>

  check           formatting, clippy, and the rules of docs/architecture.md
  tables          rewrite the tables of browsers from npm's @babel/compat-data
  test [--full]   everything that is tested; installs what that needs; --full: the large counts too
  test <filter>   only the fixtures, packages and examples whose name contains it
  bless [filter]  rewrite expected/ of fixtures, and docs/guides, from what the tool does now
  bench [filter]  each phase and the whole build, over three programs
  bench peers [filter] [--repeat N] [--no-maps]
                  CPU time, memory and sizes beside esbuild, Rolldown, Rspack and Rollup, as \
                  Markdown on standard
                  output; filter: a part of PROGRAM/LANE/TOOL, as three, /es5-minified, \
                  synthetic-1000/esnext, components
  bench components
                  Vue components of element-ui: templates and all blocks by ours, and the \
                  templates by Vue's own compilers
  bench floor [filter] [--repeat N]
                  CPU time and memory of a cold build beside reading its files, parsing them and \
                  writing as much
  bench lower [filter]
                  lowering to ES5 beside swc, Babel's preset-env and TypeScript: MB/s on one core, \
                  and bytes after one minifier and gzip
  bench styles [--repeat N]
                  SCSS to minified CSS as one cold command, beside npm's sass, sass-embedded's \
                  compiler and Rspack
  bench shop [filter] [--repeat N] [--webpack]
                  a shop of 12 areas with 190 components and SCSS, in chunks: CPU time, memory and \
                  sizes beside Rspack with vue-loader 15, and
                  once beside webpack; all pages must show the same in Chromium; filter: a part of \
                  a tool's name
  bench sizes [filter]
                  bytes and gzipped bytes of the packages in tests/packages, minified, beside the \
                  same tools
  bench shapes [filter]
                  the ten most common shapes of an entry beside esbuild and Rollup: outputs to \
                  read in target/bench/shapes, bytes as a
                  table; docs/design/output.md says what is longer, and why
  bench watch [filter] [--edits N]
                  an edit while watching, from the saved file to complete output on the disk, \
                  beside Rspack, esbuild,
                  Rolldown, webpack and Laravel Mix; filter: a part of INPUT/TOOL
  bench page [filter] [--edits N]
                  an edit while watching, from the saved file to the page in Chromium that shows \
                  it, beside the development servers of Vite,
                  Rspack and webpack; filter: a part of a tool's name
  bench memory [--rebuilds N]
                  the memory of a watcher over 1,000 rebuilds, drawn into \
                  docs/images/watch-memory.svg
  bench wasm [--repeat N]
                  the WebAssembly build as it is published beside the binary on one core: CPU \
                  time, memory, a keystroke, the module's size
  cross [TARGET...]
                  compiles the program for other platforms, without linking it, as far as what is \
                  installed can; without
                  TARGET: for all of them
  wasm [filter]   builds bundle_wasm and compares it in Node with the binary: every fixture, the \
  same bytes; without a filter also as
                  packages of npm
  npm [--debug]   the packages of npm as they are published, in target/npm: installed, compared \
  with the binary, and weighed;
                  --debug: with what tests build
  release [--target TRIPLE] [--out DIR] [--binary FILE] [--module DIR] [--url URL] [--check]
                  the files of a release, in target/release-files: archive, Debian package, npm \
                  packages, lists of licences and components,
                  Homebrew formula, checksums; --binary, --module: around what was built already; \
                  --url: where archives will be found; --check:
                  made twice and compared; --part platform|common|lists: only what a platform has, \
                  what all have, or the lists over the folder
  site [--debug]  the documentation and the playground as static pages in target/site, tested in \
                  Chromium; --debug: around debug builds
  conformance test262 DIR [--count N | --all] [--seed N] [--only PART] [--groups FILE]
                  a sample of test262's language/ as bundled modules, beside Babel's preset-env; \
                  DIR is a checkout of github.com/tc39/test262
  conformance babel DIR [--count N] [--seed N] [--show CASE]
                  the exec fixtures of the plugins that Babel's preset-env contains, lowered to \
                  es5, beside swc;
                  DIR is a checkout of github.com/babel/babel
  conformance fuzz [--count N] [--seed N] [--kind NAME] [--lane NAME] [--show SEED] [--shrink \
  SEED]
                  generated programs, which must do the same lowered and minified, in Node and in \
                  mujs, as in Node as they are written
  conformance terser DIR [--count N] [--seed N] [--show CASE]
                  terser's cases that state what they print, minified for esnext and es5, beside \
                  swc; DIR is a
                  checkout of github.com/terser/terser
  conformance sass-spec DIR [--count N] [--seed N] [--full] [--show CASE]
                  a sample of Sass's specification, or all of it; DIR is a checkout of \
                  github.com/sass/sass-spec
  conformance readers DIR...
                  pages that include what PHP code of others prints of our manifests for Laravel \
                  Mix and Vite; tests/conformance/readers.mjs
                  says which checkouts
  conformance vue [--count N] [--seed N] [--show N] [DIR...]
                  random components, or those of folders, beside Vue 2.7's own compiler: the \
                  templates must do the same";

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
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}
