//! Components of Vue: those of element-ui, compiled block by block, without disk and without what a bundler does with the parts.
//! `cargo xtask bench components` measures Vue's own compiler on the same templates in the same run.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use bundle_base::fs::MemoryFs;
use bundle_base::loader::{LoadContext, Resolve};
use bundle_base::{Config, Diagnostic, Diagnostics, Label, Source};
use camino::Utf8PathBuf;

use super::median;

/// Nothing in these components is in another file.
struct NoFiles;

impl Resolve for NoFiles {
    fn resolve(&self, specifier: &str, _: Label) -> Result<Utf8PathBuf, Box<Diagnostic>> {
        panic!("element-ui asks for {specifier}")
    }
}

/// Prints a line for all of them.
pub fn measure(config: &Config) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules/element-ui/packages");
    let mut sources = Vec::new();
    read(&folder, &mut sources);
    let fs = MemoryFs::new();
    let time = median(&mut || {
        for source in &sources {
            let mut log = Diagnostics::new();
            let mut cx = LoadContext { config, fs: &fs, resolve: &NoFiles, log: &mut log };
            black_box(bundle_vue::compile(source, &mut cx));
        }
    });
    let (each, count) =
        (time.as_secs_f64() * 1e6 / f64::from(u32::try_from(sources.len()).expect("few")), sources.len());
    println!("{:<28} {:>9.2} ms  {each:>9.1} µs each of {count}", "components/compile", time.as_secs_f64() * 1e3);
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
