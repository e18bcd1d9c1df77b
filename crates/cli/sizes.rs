//! How large outputs are: as files, and as servers send them.

use std::{io::Write, thread};

use flate2::{Compression, write::GzEncoder};

/// A text as gzip makes it smallest.
pub fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // It writes into memory.
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("memory takes what is written to it").len()
}

/// A text as brotli makes it smallest: seconds, for some megabytes.
pub fn brotli(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)
        .expect("memory takes what is written to it");
    packed.len()
}

/// What is said of each of many, on as many threads as there are; in their order.
pub fn each<T: Sync, R: Send>(
    all: &[T],
    threads: Option<usize>,
    ask: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let available = || thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or_else(available).min(all.len()).max(1);
    // Large and small ones stand side by side in a build: every thread takes each n-th.
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

/// Bytes as people read them.
pub fn size(bytes: u64) -> String {
    // Precise enough at any size: the number is only shown.
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let kilo = bytes as f64 / 1000.0;
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{kilo:.1} kB"),
        _ => format!("{:.2} MB", kilo / 1000.0),
    }
}

/// How much more there is than before: `+1.2 kB`, `-300 B`, or nothing if it is the same.
pub fn change(before: u64, now: u64) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", size(now - before)),
        std::cmp::Ordering::Less => format!("-{}", size(before - now)),
        std::cmp::Ordering::Equal => String::new(),
    }
}
