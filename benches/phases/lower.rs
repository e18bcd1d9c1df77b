//! Files lowered to ES5, phase by phase: `phases --lower FILE…` prints a line of JSON for each,
//! which benches/peers/lower.mjs reads. On one thread. Lowering has no phase of its own in the
//! library: it is what an es5 target adds to `analyse`, so it pays for the analysis of what it adds
//! to the program too. Of some runs the fastest counts: a difference of two medians is mostly noise
//! on a busy machine.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use bundle_base::{Config, Diagnostics};
use bundle_graph::chunk::chunk;
use bundle_graph::link::link;

use crate::printer;
use crate::programs::Program;

/// Runs for one number.
const RUNS: usize = 15;

/// Measures each file.
pub fn run(paths: &[String]) {
    for path in paths {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        measure(path, text);
    }
}

fn measure(path: &str, text: String) {
    let bytes = text.len();
    let program = Program::of_file(text);
    let [esnext, es5] = ["esnext", "es5"].map(|target| program.config(target));
    let parse = milliseconds(&mut || {
        for source in program.sources() {
            drop(black_box(bundle_js::check_rendered(source, true, &esnext)));
        }
    });
    let analyse = milliseconds(&mut || drop(black_box(program.analysed(&esnext))));
    let lowered = milliseconds(&mut || drop(black_box(program.analysed(&es5))));
    let print = printing(&program, &esnext);
    let print_lowered = printing(&program, &es5);
    println!(
        "{{\"path\":{path:?},\"bytes\":{bytes},\"parse\":{parse:.3},\"analyse\":{analyse:.3},\
         \"lowered\":{lowered:.3},\"print\":{print:.3},\"printLowered\":{print_lowered:.3}}}"
    );
}

/// Milliseconds for the text of all that is live.
fn printing(program: &Program, config: &Config) -> f64 {
    let (graph, trees) = program.graph(config);
    let linked = link(&graph, None, config, &mut Diagnostics::new());
    let chunks = chunk(&linked, config);
    milliseconds(&mut printer(&chunks, &trees, config))
}

fn milliseconds(run: &mut dyn FnMut()) -> f64 {
    let times = (0..RUNS).map(|_| {
        let started = Instant::now();
        run();
        started.elapsed().as_secs_f64() * 1e3
    });
    times.fold(f64::INFINITY, f64::min)
}
