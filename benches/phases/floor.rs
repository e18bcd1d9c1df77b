//! The floor of a build: its files are read and parsed, and as many bytes are written as it wrote.
//! Nothing is analysed, resolved or rendered. `cargo xtask bench floor` runs this beside the build,
//! each as a process of its own.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use bundle_base::Source;
use bundle_base::loader::Language;

/// Stacks as the pool of a build has them: sources may nest deeply.
const STACK: usize = 1 << 30;

/// `arguments`: a file that lists the sources, and then each output with its size in bytes. Without
/// an output nothing is parsed either: the files are only read.
pub fn run(arguments: &[String]) {
    let (list, outputs) = arguments.split_first().expect("the list of sources");
    let list = fs::read_to_string(list).expect("a list of sources");
    let sources: Arc<Vec<String>> = Arc::new(list.lines().map(str::to_owned).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let is_parsed = !outputs.is_empty();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let (sources, next) = (Arc::clone(&sources), Arc::clone(&next));
        move || {
            while let Some(path) = sources.get(next.fetch_add(1, Ordering::Relaxed)) {
                one(path, is_parsed);
            }
        }
    };
    let spawn = |work| thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    let threads: Vec<_> = (0..threads).map(|_| spawn(work())).collect();
    for thread in threads {
        thread.join().expect("nothing fails");
    }
    for output in outputs.chunks_exact(2) {
        let size: usize = output[1].parse().expect("a size in bytes");
        let path = Path::new(&output[0]);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, vec![b'x'; size]).expect("the output can be written");
    }
}

fn one(path: &str, is_parsed: bool) {
    let text = fs::read_to_string(path).expect("a source can be read");
    if is_parsed {
        let source = Source::new(path, path, text);
        let whole = 0..source.text.len();
        // What is no module is parsed to its first mistake, or twice.
        drop(black_box(bundle_js::parse_block(&source, whole, Language::JavaScript)));
    } else {
        black_box(text);
    }
}
