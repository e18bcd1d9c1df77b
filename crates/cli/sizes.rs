//! Sizes of outputs: as files, and compressed as servers send them.

use std::{io::Write, thread};

use flate2::{Compression, write::GzEncoder};

/// Returns the size of a text under gzip's best compression.
pub fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // The encoder writes into memory.
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("memory takes what is written to it").len()
}

/// Returns the size of a text under brotli's best compression. That takes seconds for some
/// megabytes.
pub fn brotli(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)
        .expect("memory takes what is written to it");
    packed.len()
}

/// Applies `ask` to each item on several threads, and returns the results in the order of the
/// items.
pub fn each<T: Sync, R: Send>(
    all: &[T],
    threads: Option<usize>,
    ask: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let available = || thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or_else(available).min(all.len()).max(1);
    // Large and small outputs alternate in a build, so each thread takes every n-th one.
    let mut columns: Vec<std::vec::IntoIter<R>> = thread::scope(|scope| {
        let ask = &ask;
        let column = |first| {
            scope
                .spawn(move || all.iter().skip(first).step_by(threads).map(ask).collect::<Vec<R>>())
        };
        let running: Vec<_> = (0..threads).map(column).collect();
        running
            .into_iter()
            .map(|thread| thread.join().expect("measuring does not fail").into_iter())
            .collect()
    });
    (0..all.len()).filter_map(|index| columns[index % threads].next()).collect()
}
