//! One named test per directory: `fixtures/<area>/<case>/` is a small program that is built by the
//! real binary and run, `tests/packages/<name>/` a use of a package from npm, `fixtures/examples/`
//! whole projects in two browsers. fixtures/README.md lists what a directory may contain.
//! `BUNDLE_BLESS=1` (`cargo xtask bless`) rewrites `expected/`, `BUNDLE_TEST_FULL=1` (`cargo xtask
//! test --full`) compares more builds.
//!
//! A missing engine is a failure, never a skipped test: `cargo xtask test` installs what is needed.
#![expect(
    clippy::disallowed_methods,
    reason = "a test driver reads and writes its own files, clock and environment"
)]

use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};

mod support {
    pub mod apache; // Apache with PHP over a site
    pub mod big_inputs; // thousands of modules and entries
    pub mod big_stylesheets; // a stylesheet with more selectors than old browsers read
    pub mod builds; // the real binary, run with a time limit
    pub mod case; // case.json and the files beside it
    pub mod chunks; // which scripts of an output that splits a page includes
    pub mod component_pages; // pages that show many components, in browsers
    pub mod components; // components of Vue, by what they show
    pub mod configurations; // configurations of other tools, carried over by `bundle init`
    pub mod element_ui; // every component of element-ui, compared with vue-loader's output
    pub mod engines; // Node, mujs, PhantomJS: where outputs run
    pub mod examples; // the example projects in their browsers
    pub mod features; // our compatibility table, in every engine
    pub mod frameworks; // stylesheets of well-known frameworks, compared with npm's sass
    pub mod guides; // docs/guides, followed step by step
    pub mod ledger; // the globals that outputs need beyond ECMAScript 5
    pub mod less; // styles that a command compiles
    pub mod lint; // the project's own ESLint, during builds
    pub mod matrix; // one case: every form and target, run everywhere, built again
    pub mod node_names; // what Node finds in CommonJS output
    pub mod output_set; // outputs as one set: killed builds, parallel builds, leftovers
    pub mod packages; // real packages, bundled and used
    pub mod pages; // classic scripts that split, in browsers
    pub mod parser_tests; // npm's test262-parser-tests
    pub mod php; // bundle.php, and pages that it gives their tags
    pub mod php_packages; // the Composer package, in projects of each framework
    pub mod random_components; // random components of Vue, compared with the official compiler
    pub mod random_modules; // random modules, for projects that are edited
    pub mod recipes; // the code of docs/php.md, run unchanged
    pub mod refusals; // cases about diagnostics
    pub mod report_pages; // the page of `bundle report`
    pub mod sass; // stylesheets compiled by themselves
    pub mod sockets; // pages that the watcher notifies of edits at once
    pub mod sourcemaps; // source maps, read as their readers do
    pub mod splitting; // random programs in chunks
    pub mod sprites; // SVGs that are symbols of a page
    pub mod style_oracles; // selectors and names, compared with other tools
    pub mod styles; // programs with stylesheets, by what browsers compute
    pub mod times; // how long tests take
    pub mod tree; // directories: list, copy, compare
    pub mod updates; // pages that show edits by themselves
    pub mod wasm_pages; // WebAssembly of real packages, in a browser
    pub mod watch_accidents; // accidents in watched folders
    pub mod watch_areas; // the files that an edit writes
    pub mod watch_packages; // a package manager at work in a watched project
    pub mod watch_tools; // tools in Node during `--watch`
    pub mod watch_verified; // `--verify` under random edits
    pub mod watch_views; // files that appear beside views
    pub mod watched_projects; // random projects under random edits
    pub mod watching; // `--watch` as a process, and what its outputs have to be
    pub mod work; // the paths and the options of this run
    pub mod workers; // workers, in browsers
}

use support::{
    big_inputs, big_stylesheets, case, components, configurations, element_ui, examples, features,
    frameworks, guides, ledger, less, lint, matrix, node_names, output_set, packages, pages,
    parser_tests, php, php_packages, random_components, recipes, refusals, report_pages, sockets,
    sourcemaps, splitting, sprites, style_oracles, styles, times, updates, wasm_pages,
    watch_accidents, watch_areas, watch_packages, watch_tools, watch_verified, watch_views,
    watched_projects, workers,
};

/// A test of a file that lists its own.
type Test = fn() -> Result<(), String>;

fn main() {
    let mut arguments = Arguments::from_args();
    // They wait for browsers and servers a third of the time.
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.test_threads.get_or_insert(cores + cores.div_ceil(2));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = Vec::new();
    for directory in case::directories(&root.join("fixtures")) {
        let name = format!(
            "{}::{}",
            file_name(directory.parent().expect("a case lies in its area")),
            file_name(&directory)
        );
        trials.push(times::test(name, move || run_case(&directory)));
    }
    for directory in support::tree::folders(&root.join("fixtures/sourcemap")) {
        let name = format!("sourcemap::{}", file_name(&directory));
        trials.push(times::test(name, move || sourcemaps::marks(&directory).map_err(Failed::from)));
    }
    for directory in support::tree::folders(&root.join("fixtures/styles")) {
        let name = format!("styles::{}", file_name(&directory));
        trials.push(times::test(name, move || styles::run(&directory).map_err(Failed::from)));
    }
    trials.push(times::test("sourcemap::errors-of-components", || {
        sourcemaps::errors_of_components().map_err(Failed::from)
    }));
    let of_all = || {
        sourcemaps::sample(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"))
            .map_err(Failed::from)
    };
    trials.push(times::test("sourcemap::every-fixture", of_all));
    for directory in support::tree::folders(&root.join("tests/packages")) {
        let name = format!("npm::{}", file_name(&directory));
        trials.push(times::test(name, move || packages::run(&directory).map_err(Failed::from)));
    }
    for name in configurations::names() {
        let run = move |name: &str| configurations::run(name).map_err(Failed::from);
        trials.push(times::test(format!("init::{name}"), move || run(&name)));
    }
    for folder in parser_tests::FOLDERS {
        let run = move || parser_tests::run(folder).map_err(Failed::from);
        trials.push(times::test(format!("test262-parser-tests::{folder}"), run));
    }
    for part in 0..splitting::PARTS {
        let run = move || splitting::random_programs(part).map_err(Failed::from);
        trials.push(times::test(format!("splitting::random-programs-{part}"), run));
    }
    for part in 0..random_components::PARTS {
        let run = move || random_components::run(part).map_err(Failed::from);
        trials.push(times::test(format!("vue::random-components-{part}"), run));
    }
    for part in 0..watched_projects::PARTS {
        let run = move || watched_projects::random_projects(part).map_err(Failed::from);
        trials.push(times::test(format!("watching::random-projects-{part}"), run));
    }
    trials.extend(by_area());
    // These say their area themselves.
    let whole = [
        big_stylesheets::all(),
        less::all(),
        php::all(),
        php_packages::all(),
        recipes::all(),
        report_pages::all(),
        sprites::all(),
    ];
    for (name, run) in whole.into_iter().flatten() {
        trials.push(times::test(name, move || run().map_err(Failed::from)));
    }
    for guide in guides::names() {
        let run = move |name: &str| guides::run(name).map_err(Failed::from);
        trials.push(times::test(format!("guides::{guide}"), move || run(&guide)));
    }
    for (name, run) in style_oracles::all() {
        trials.push(times::test(name, move || run().map_err(Failed::from)));
    }
    for (name, run) in frameworks::all() {
        trials.push(times::test(name, move || run().map_err(Failed::from)));
    }
    trials.push(times::test("features::rows", || features::run().map_err(Failed::from)));
    trials.push(times::test("globals::ledger", || ledger::run().map_err(Failed::from)));
    trials.extend(
        components::trials(&arguments).expect("every case.json of fixtures/vue can be read"),
    );
    times::mix(&mut trials);
    let conclusion = libtest_mimic::run(&arguments, trials);
    times::print_slowest();
    conclusion.exit();
}

/// The tests of files that list their own, without the area.
fn by_area() -> impl Iterator<Item = Trial> {
    let by_area = [
        ("big", big_inputs::all()),
        ("element-ui", element_ui::all()),
        ("examples", examples::all()),
        ("lint", lint::all()),
        ("node-names", node_names::all()),
        ("output", output_set::all()),
        ("splitting", pages::all()),
        ("updates", updates::all()),
        ("updates", sockets::all()),
        ("wasm", wasm_pages::all()),
        ("watching", watch_accidents::all()),
        ("watching", watch_areas::all()),
        ("watching", watch_packages::all()),
        ("watching", watch_tools::all()),
        ("watching", watch_verified::all()),
        ("watching", watch_views::all()),
        ("workers::pages", workers::all()),
    ];
    by_area.into_iter().flat_map(|(area, tests)| named(area, tests))
}

/// A file's tests in their area.
fn named(area: &'static str, tests: Vec<(&'static str, Test)>) -> impl Iterator<Item = Trial> {
    let trial = move |(name, run): (&str, Test)| {
        times::test(format!("{area}::{name}"), move || run().map_err(Failed::from))
    };
    tests.into_iter().map(trial)
}

fn run_case(directory: &Path) -> Result<(), Failed> {
    let case = case::read(directory)?;
    let outcome =
        if case.is_about_diagnostics() { refusals::run(&case) } else { matrix::run(&case) };
    match (&case.settings.fails, outcome) {
        (None, outcome) => outcome.map_err(Failed::from),
        (Some(known), Ok(())) => {
            Err(format!("passes, but case.json says that it fails: {}", known.why).into())
        }
        (Some(known), Err(text)) if text.contains(&known.with) => Ok(()),
        (Some(known), Err(text)) => {
            Err(format!("fails in another way than {:?}:\n{text}", known.with).into())
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("a listed directory has a name").to_string_lossy().into_owned()
}
