//! Where time goes, phase by phase: `cargo xtask bench [filter]`. Three programs: lodash-es (640
//! small modules of one package), three.js (one file of 50,000 lines) and a synthetic graph of
//! 1,000 modules. Each line is the median of some runs on one thread, without any disk; `analyse`
//! holds the parse, `lower` is what an es5 target adds to it.
//!
//! No framework: a dozen lines measure well enough to see where time goes, and nothing more has to
//! be compiled.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads its own files, arguments and the clock"
)]
#![expect(clippy::print_stdout, reason = "a bench prints its results")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bundle_base::{Config, Diagnostics};
use bundle_engine::Session;
use bundle_graph::chunk::{ChunkGraph, chunk, plan};
use bundle_graph::link::link;
use bundle_js::Ast;

mod components; // components of Vue
mod floor; // reading, parsing and writing alone
mod lower; // files lowered to ES5, beside other tools
mod partials; // one partial of many stylesheets was edited
mod programs; // what is measured on
mod rebuild; // one module of many was edited

use programs::Program;

/// The binary's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures a phase under its name and prints a line; `None` if it is filtered out.
type Line<'a> = &'a mut dyn FnMut(&str, &mut dyn FnMut()) -> Option<Duration>;

/// Runs for one measurement, after one that warms up.
const RUNS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("--floor", rest)) = arguments.split_first().map(|(first, rest)| (&**first, rest)) {
        return floor::run(rest);
    }
    if let Some(("--lower", rest)) = arguments.split_first().map(|(first, rest)| (&**first, rest)) {
        return lower::run(rest);
    }
    let filter =
        std::env::args().skip(1).find(|argument| !argument.starts_with("--")).unwrap_or_default();
    for program in programs::all() {
        measure_program(&program, &filter);
    }
    if "components".contains(&filter) {
        components::measure(&programs::synthetic("synthetic", 1).config("es5"));
    }
    if "partials".contains(&filter) {
        partials::measure(&programs::synthetic("synthetic", 1).config("es5"));
    }
    if "rebuild".contains(&filter) {
        rebuild::measure(&programs::synthetic("synthetic-5000", 5000));
    }
}

fn measure_program(program: &Program, filter: &str) {
    let modules = program.texts.len();
    let mut line = |phase: &str, run: &mut dyn FnMut()| {
        let name = format!("{}/{phase}", program.name);
        if !name.contains(filter) {
            return None;
        }
        let median = median(run);
        let each =
            median.as_secs_f64() * 1e6 / f64::from(u32::try_from(modules).expect("a program fits"));
        println!("{name:<28} {:>9.2} ms  {each:>9.1} µs a module", median.as_secs_f64() * 1e3);
        Some(median)
    };
    let (esnext, es5) = (program.config("esnext"), program.config("es5"));
    line("parse", &mut || {
        program
            .sources()
            .for_each(|source| drop(black_box(bundle_js::check_rendered(source, true, &esnext))));
    });
    let analysed = line("analyse", &mut || drop(black_box(program.analysed(&esnext))));
    let lowered = line("analyse and lower", &mut || drop(black_box(program.analysed(&es5))));
    if let (Some(analysed), Some(lowered)) = (analysed, lowered) {
        println!(
            "{:<28} {:>9.2} ms",
            format!("{}/lower", program.name),
            (lowered.as_secs_f64() - analysed.as_secs_f64()) * 1e3
        );
    }
    measure_graph(program, &es5, &mut line);
    let build = |session: &mut Session| {
        black_box(session.build()).expect("a measured program has no mistakes")
    };
    let config = Arc::new(es5);
    line("whole build, cold", &mut || {
        drop(build(&mut Session::new(Arc::clone(&config), program.files())));
    });
    let mut warm = Session::new(Arc::clone(&config), program.files());
    line("whole build, warm", &mut || drop(build(&mut warm)));
}

/// link, chunk and print work on plain data and trees that are there already.
fn measure_graph(program: &Program, config: &Config, line: Line<'_>) {
    let (graph, trees) = program.graph(config);
    let log = || Diagnostics::new();
    line("link", &mut || drop(black_box(link(&graph, None, config, &mut log()))));
    let linked = link(&graph, None, config, &mut log());
    line("chunk", &mut || drop(black_box(chunk(&linked, config))));
    let chunks = chunk(&linked, config);
    line("print", &mut printer(&chunks, &trees, config));
}

/// Returns what makes the text of all that is live, the run-time modules that it needs among it.
fn printer<'a>(
    chunks: &ChunkGraph<'_, '_>,
    trees: &'a [Arc<Ast>],
    config: &'a Config,
) -> impl FnMut() + use<'a> {
    let first = &chunks.chunks[0];
    let plans: Vec<_> =
        chunks.program(first).iter().map(|(id, _)| (id, plan(id, first, chunks))).collect();
    move || {
        for (id, plan) in &plans {
            let tree = Arc::clone(&trees[id.index()]);
            black_box(bundle_js::render(tree, plan, bundle_js::Mapping::None, config));
        }
    }
}

fn median(run: &mut dyn FnMut()) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            run();
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}
