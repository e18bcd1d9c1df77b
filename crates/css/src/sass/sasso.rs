//! The compiler `sasso`. Nothing else in the crate knows it.

use std::{cell::RefCell, panic::AssertUnwindSafe, rc::Rc};

use bundle_base::place::Place;
use camino::Utf8Path;
use sasso::{CanonicalUrl, CanonicalizeContext, ImporterError, ImporterResult, Options, WarnEvent, WarnKind};

use super::{
    Compiled, Compiler, Css, Entry, Importer, Problem, Remark, RemarkKind, Segment, Syntax, Written,
    recursion::QUESTION,
};

pub(super) struct Sasso;

impl Compiler for Sasso {
    fn compile(&self, entry: &Entry<'_>, importer: &dyn Importer) -> Compiled {
        let remarks = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&remarks);
        let bridge = Bridge(importer);
        let options = Options::new()
            .with_syntax(syntax(entry.syntax))
            .with_importer(&bridge)
            .with_url(entry.path.as_str())
            .with_cwd(entry.project.as_str())
            .with_function(&format!("{QUESTION}()"), Rc::new(depth()))
            .with_charset(false)
            .with_silenced_deprecations(entry.silenced.iter().cloned())
            .with_warn_handler(Rc::new(move |event: &WarnEvent<'_>| heard.borrow_mut().extend(remark(event))));
        let compile = || sasso::compile_with_source_map(entry.text, &options);
        let outcome = match std::panic::catch_unwind(AssertUnwindSafe(compile)) {
            Ok(Ok(result)) => Ok(css(result)),
            Ok(Err(error)) => Err(problem(&error)),
            Err(_) => {
                Err(Problem { message: "the Sass compiler gave up: this is its mistake".to_owned(), place: None })
            }
        };
        drop(options);
        Compiled { outcome, remarks: remarks.take() }
    }
}

/// What the guard of recursive mixins is told.
pub(super) const TOO_DEEP: &str = "calls itself without end";

/// How much stack what calls itself may take. Callers give us a gibibyte; WebAssembly has some mebibytes.
const STACK: usize = if usize::BITS == 32 { 1 << 19 } else { 1 << 25 };

/// Answers `QUESTION`, by how far the stack has come since now.
fn depth() -> impl Fn(&[u8]) -> Result<Vec<u8>, String> {
    /// Sass's null, as the compiler wants it.
    const NULL: u8 = 0;
    let begin = here();
    move |_| if begin.abs_diff(here()) > STACK { Err(TOO_DEEP.to_owned()) } else { Ok(vec![NULL]) }
}

/// An address on the stack.
#[inline(never)]
fn here() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&local)).addr()
}

fn syntax(syntax: Syntax) -> sasso::Syntax {
    match syntax {
        Syntax::Scss => sasso::Syntax::Scss,
        Syntax::Indented => sasso::Syntax::Sass,
        Syntax::Css => sasso::Syntax::Css,
    }
}

/// Files by their absolute paths, which are the compiler's canonical addresses.
struct Bridge<'i>(&'i dyn Importer);

impl sasso::Importer for Bridge<'_> {
    fn canonicalize(&self, url: &str, cx: &CanonicalizeContext<'_>) -> Result<Option<CanonicalUrl>, ImporterError> {
        let from = cx.containing_url.map(|url| Utf8Path::new(url.as_str()));
        let found = self.0.find(url, from, cx.from_import).map_err(|message| ImporterError { message })?;
        Ok(found.map(|path| CanonicalUrl::new(path.into_string())))
    }

    fn load(&self, canonical: &CanonicalUrl) -> Result<Option<ImporterResult>, ImporterError> {
        let path = Utf8Path::new(canonical.as_str());
        let contents = self.0.read(path).map_err(|message| ImporterError { message })?;
        let syntax = syntax(Syntax::of(path.extension()));
        Ok(Some(ImporterResult { contents, syntax, source_map_url: None }))
    }
}

fn remark(event: &WarnEvent<'_>) -> Option<Remark> {
    // What has no place counts what was left out.
    let line = u32::try_from(event.line).ok()?.checked_sub(1)?;
    let kind = match event.kind {
        WarnKind::Warn if event.deprecation => RemarkKind::Deprecated(event.deprecation_id.to_owned()),
        WarnKind::Warn | WarnKind::Debug => RemarkKind::Told,
    };
    Some(Remark { kind, message: event.message.to_owned(), file: event.path.to_owned(), line })
}

fn problem(error: &sasso::Error) -> Problem {
    let drawn = error.to_string();
    let length = drawn.lines().find_map(|line| line.contains('^').then(|| line.matches('^').count())).unwrap_or(1);
    let length = u32::try_from(length).unwrap_or(1);
    Problem { message: error.message.clone(), place: frame(&drawn, length).or_else(|| unnamed(error)) }
}

/// The innermost frame of the trace under an excerpt: `  styles/_a.scss 3:5  mixin()`.
fn frame(drawn: &str, length: u32) -> Option<Written> {
    let mut frames = drawn.lines().skip_while(|line| !line.trim_start().starts_with(['╵', '\''])).skip(1);
    frames.find_map(|line| {
        let mut words = line.trim().split("  ").next()?.rsplitn(2, ' ');
        let (line, column) = words.next()?.split_once(':')?;
        let from_one = |number: &str| number.parse::<u32>().ok()?.checked_sub(1);
        let place = Place { line: from_one(line)?, column: from_one(column)? };
        Some(Written { file: words.next()?.trim().to_owned(), place, length })
    })
}

/// A place in a file that it does not name.
fn unnamed(error: &sasso::Error) -> Option<Written> {
    let from_one = |number: usize| u32::try_from(number).ok()?.checked_sub(1);
    let place = Place { line: from_one(error.line)?, column: from_one(error.col)? };
    Some(Written { file: String::new(), place, length: 1 })
}

fn css(result: sasso::CompileResult) -> Css {
    Css { text: result.css, sources: result.source_map.sources, segments: segments(&result.source_map.mappings) }
}

/// The mappings of a source map.
fn segments(mappings: &str) -> Vec<Segment> {
    let mut found = Vec::new();
    let (mut source, mut line, mut column) = (0_i64, 0_i64, 0_i64);
    for (number, of_line) in mappings.split(';').enumerate() {
        let mut generated = 0_i64;
        for segment in of_line.split(',').filter(|segment| !segment.is_empty()) {
            let mut numbers = Numbers(segment.bytes());
            let Some(step) = numbers.next() else { continue };
            generated += step;
            let (Some(a), Some(b), Some(c)) = (numbers.next(), numbers.next(), numbers.next()) else { continue };
            (source, line, column) = (source + a, line + b, column + c);
            let small = |number: i64| u32::try_from(number).ok();
            let (Some(at), Some(line), Some(from), Some(column)) =
                (u32::try_from(number).ok(), small(line), small(generated), small(column))
            else {
                continue;
            };
            let Ok(source) = usize::try_from(source) else { continue };
            found.push(Segment { at: Place { line: at, column: from }, source, from: Place { line, column } });
        }
    }
    found
}

/// Numbers in base 64.
struct Numbers<'m>(std::str::Bytes<'m>);

impl Iterator for Numbers<'_> {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let (mut number, mut shift) = (0_i64, 0);
        loop {
            let byte = self.0.next()?;
            let digit = i64::try_from(DIGITS.iter().position(|digit| *digit == byte)?).ok()?;
            number |= (digit & 31) << shift;
            shift += 5;
            if digit & 32 == 0 || shift > 50 {
                break;
            }
        }
        Some(if number & 1 == 1 { -(number >> 1) } else { number >> 1 })
    }
}
