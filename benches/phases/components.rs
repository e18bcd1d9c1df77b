//! Components of Vue: those of element-ui, compiled block by block, without disk and without what a
//! bundler does with the parts; and their templates alone, whose texts are there already: that is
//! what `cargo xtask bench components` measures Vue's own compilers on in the same run.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use bundle_base::fs::MemoryFs;
use bundle_base::loader::{AddressTarget, CompileStyle, LoadContext, NoBlocks, Resolve, StyleText};
use bundle_base::mapped_text::MappedText;
use bundle_base::stylesheet::exports::{Exports, Naming};
use bundle_base::{Config, Diagnostic, Diagnostics, Label, Source, tools::NoTools};
use camino::{Utf8Path, Utf8PathBuf};

/// Runs for one measurement.
const RUNS: usize = 35;

/// Nothing in these components is in another file.
struct NoFiles;

impl Resolve for NoFiles {
    fn resolve(&self, specifier: &str, _: Label) -> Result<Utf8PathBuf, Box<Diagnostic>> {
        panic!("element-ui asks for {specifier}")
    }

    fn asset(
        &self,
        _: &str,
        _: &Utf8Path,
        _: Label,
    ) -> Result<Option<AddressTarget>, Box<Diagnostic>> {
        Ok(None)
    }

    fn style(&self, _: &str, _: &Utf8Path) -> Option<Utf8PathBuf> {
        None
    }

    fn name(&self, path: &Utf8Path) -> String {
        path.to_string()
    }
}

impl CompileStyle for NoFiles {
    fn compile(&self, stylesheet: &StyleText<'_>, _: &mut LoadContext<'_>) -> Option<MappedText> {
        panic!("element-ui has styles in {}", stylesheet.lang)
    }

    fn postcss(
        &self,
        stylesheet: MappedText,
        _: &Source,
        _: &mut LoadContext<'_>,
    ) -> Option<MappedText> {
        Some(stylesheet)
    }

    fn own_names(
        &self,
        _: MappedText,
        file: &Arc<Source>,
        _: &Naming,
        _: &mut LoadContext<'_>,
    ) -> Option<(MappedText, Exports)> {
        panic!("{} has a style module", file.name)
    }
}

/// Prints a line for all of their blocks, and one for their templates alone.
pub fn measure(config: &Config) {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules/element-ui/packages");
    let mut sources = Vec::new();
    read(&folder, &mut sources);
    let template = |source: &Arc<Source>| bundle_vue::template(source, &mut Diagnostics::new());
    let templates: Vec<_> =
        sources.iter().filter_map(|source| Some((source, template(source)?))).collect();
    line("components/templates", &templates, config, |(source, template), cx| {
        black_box(bundle_vue::compile_template(template, source, cx));
    });
    line("components/all blocks", &sources, config, |source, cx| {
        black_box(bundle_vue::compile(source, cx));
    });
}

/// Compiles them again and again. The first time is what a build pays, before anything is in the
/// processor's caches.
fn line<T>(name: &str, all: &[T], config: &Config, compile: impl Fn(&T, &mut LoadContext<'_>)) {
    let fs = MemoryFs::new();
    let run = || {
        for one in all {
            let mut log = Diagnostics::new();
            let mut cx = LoadContext {
                config,
                fs: &fs,
                resolve: &NoFiles,
                styles: &NoFiles,
                tools: &NoTools,
                blocks: &NoBlocks,
                before: None,
                log: &mut log,
            };
            compile(one, &mut cx);
        }
    };
    let timed = || {
        let started = Instant::now();
        run();
        started.elapsed().as_secs_f64()
    };
    let first = timed() * 1e3;
    // The least: whatever else the machine does only adds to it.
    let time = (0..RUNS).map(|_| timed()).fold(f64::INFINITY, f64::min);
    let each = time * 1e6 / f64::from(u32::try_from(all.len()).expect("few"));
    println!(
        "{name:<28} {:>9.2} ms  {each:>9.1} µs each of {}; the first time {first:.2} ms",
        time * 1e3,
        all.len()
    );
}

fn read(folder: &Path, sources: &mut Vec<Arc<Source>>) {
    let entries = fs::read_dir(folder).expect("`cargo xtask test` installs element-ui");
    for path in entries.map(|entry| entry.expect("it can be read").path()) {
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "vue") {
            let text = fs::read_to_string(&path).expect("it is a text");
            let path = Utf8PathBuf::from_path_buf(path).expect("its name is a text");
            sources.push(Source::new(path.clone(), path.as_str(), text));
        }
    }
}
