//! `--check-reproducible`: checks that the same sources give the same bytes. The project is built a
//! second time, with another number of threads and as if the whole disk lay in another folder, and
//! all bytes are compared before anything is written.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Diagnostics, Label, Source, Span,
    config::{Minify, SourceMap, absolute},
    decode::decode_lossy,
    place::Place,
    tools::Tools,
};
use bundle_engine::{Build, OutputFile, OutputKind, Outputs, Session, with_threads};
use camino::Utf8Path;

use crate::{
    messages,
    project::{Project, shown},
};

mod origin; // the source position of a place in an output
mod relocated; // the disk as if it were in another folder

use relocated::{RelocatedFs, RelocatedTools, relocated_config};

/// Builds again and compares with a build that used `jobs` threads. Returns how many threads the
/// second build had.
pub fn check(
    project: &Project,
    first: &Outputs,
    jobs: Option<usize>,
) -> Result<usize, Diagnostics> {
    // One thread does everything in a fixed order. If the first build had one thread, the second
    // has four.
    let threads = if jobs == Some(1) { 4 } else { 1 };
    let second = build(relocated_config(&project.config), project, threads)?.outputs;
    let Some(difference) = difference(first, &second) else { return Ok(threads) };
    let mut log = Diagnostics::new();
    log.push(match difference {
        Difference::Missing(path) => messages::only_in_one_build(path),
        Difference::Metafile => messages::metafiles_differ(),
        Difference::At(one, other, at) => differs(project, one, other, at),
    });
    Err(log)
}

fn build(config: Config, project: &Project, threads: usize) -> Result<Build, Diagnostics> {
    let tools: Arc<dyn Tools> = Arc::new(RelocatedTools(Arc::clone(&project.programs)));
    let fs = Arc::new(RelocatedFs::of(Arc::clone(&project.fs)));
    with_threads(Some(threads), || {
        Session::new(Arc::new(config), fs)
            .with_tools(tools)
            .build_last(&mut |_: bundle_engine::Phase| ())
    })
}

enum Difference<'o> {
    /// Only one build has the file.
    Missing(&'o str),
    /// The two files differ from this byte on.
    At(&'o OutputFile, &'o OutputFile, usize),
    Metafile,
}

fn difference<'o>(first: &'o Outputs, second: &'o Outputs) -> Option<Difference<'o>> {
    for (one, other) in first.files.iter().zip(&second.files) {
        if one.path != other.path {
            return Some(Difference::Missing(&one.path));
        }
        if one.bytes != other.bytes {
            return Some(Difference::At(one, other, same_bytes(&one.bytes, &other.bytes)));
        }
    }
    let (short, long) =
        if first.files.len() < second.files.len() { (first, second) } else { (second, first) };
    if let Some(more) = long.files.get(short.files.len()) {
        return Some(Difference::Missing(&more.path));
    }
    // Only the first build has gzip sizes and versions of packages.
    let is_same = |list: &str| match (&first.metafile, &second.metafile) {
        (Some(one), Some(other)) => without_sizes(&one[list]) == without_sizes(&other[list]),
        (_, _) => true,
    };
    (!is_same("inputs") || !is_same("outputs")).then_some(Difference::Metafile)
}

/// Returns how many bytes two texts have in common at their start.
pub fn same_bytes(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

fn without_sizes(files: &serde_json::Value) -> serde_json::Value {
    let mut files = files.clone();
    for file in files.as_object_mut().into_iter().flat_map(serde_json::Map::values_mut) {
        let _ = file.as_object_mut().and_then(|file| file.shift_remove("gzip"));
    }
    files
}

fn differs(project: &Project, one: &OutputFile, other: &OutputFile, at: usize) -> Diagnostic {
    let text = |file: &OutputFile| String::from_utf8_lossy(&file.bytes).into_owned();
    let before = String::from_utf8_lossy(&one.bytes[..at]).into_owned();
    let place = Place::default().after(&before);
    let path = shown(&absolute(&project.config.output.dir, &one.path), &project.cwd);
    let excerpts = (excerpt(&text(one), at), excerpt(&text(other), at));
    let label = source(project, one, at, place);
    messages::not_reproducible(&path, place, (&excerpts.0, &excerpts.1), label)
}

/// Returns the text before and after a place.
fn excerpt(text: &str, at: usize) -> String {
    const AROUND: usize = 30;
    let start = text.floor_char_boundary(at.saturating_sub(AROUND));
    let end = text.floor_char_boundary((at + AROUND).min(text.len()));
    text.get(start..end).unwrap_or_default().escape_debug().to_string()
}

/// How much earlier a third build may begin to differ.
const NEAR: usize = 64;

/// Returns the source position of a place in an output, from another build with source maps: up to
/// the difference, its text is the same.
fn source(project: &Project, file: &OutputFile, at: usize, place: Place) -> Option<Label> {
    if !matches!(file.kind, OutputKind::Script | OutputKind::Style)
        || project.config.output.minify == Minify::Chunk
    {
        return None;
    }
    let mut config = (*project.config).clone();
    (config.output.source_map, config.output.source_map_dir) = (SourceMap::Hidden, None);
    let (fs, tools) = (Arc::clone(&project.fs), Arc::clone(&project.programs));
    let dir = config.output.dir.clone();
    let built = with_threads(None, || {
        Session::new(Arc::new(config), fs)
            .with_tools(tools)
            .build_last(&mut |_: bundle_engine::Phase| ())
    });
    let outputs = built.ok()?.outputs.files;
    let index = outputs.iter().position(|it| it.path == file.path)?;
    if at > same_bytes(&outputs[index].bytes, &file.bytes) + NEAR {
        return None;
    }
    let map = outputs.get(index + 1).filter(|it| it.kind == OutputKind::SourceMap)?;
    let origin = origin::origin(&map.bytes, place.line, place.column)?;
    let folder = absolute(&dir, &file.path);
    let path = absolute(folder.parent().unwrap_or(Utf8Path::new("/")), &origin.source);
    let source =
        Source::new(&path, shown(&path, &project.cwd), decode_lossy(&project.fs.read(&path).ok()?));
    let start = offset(&source.text, origin.line, origin.column)?;
    Some(Label::new(&source, Span::new(start, start)))
}

/// Returns the byte offset of a line and a column, both from 0, in UTF-16 units as source maps
/// count.
fn offset(text: &str, line: u32, column: u32) -> Option<u32> {
    let lines = text.split_inclusive('\n');
    let start: usize = lines.clone().take(line as usize).map(str::len).sum();
    let mut left = column as usize;
    let inside = lines.skip(line as usize).flat_map(str::chars).take_while(|letter| {
        let is_before = left > 0;
        left = left.saturating_sub(letter.len_utf16());
        is_before
    });
    u32::try_from(start + inside.map(char::len_utf8).sum::<usize>()).ok()
}
