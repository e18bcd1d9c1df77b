//! The compiler `sasso`, as a `Compiler`. No other file of the crate uses it.

use std::{borrow::Cow, cell::RefCell, panic::AssertUnwindSafe, rc::Rc};

use bundle_base::place::Place;
use camino::Utf8Path;
use sasso::{
    CanonicalUrl, CanonicalizeContext, ImporterError, ImporterResult, Options, WarnEvent, WarnKind,
};

use super::{
    at_root, color_arguments,
    compiler::{
        Compiled, Compiler, Entry, FileSpan, Importer, Problem, Remark, RemarkKind, RemarkedAt,
        Syntax,
    },
    random::{self, Numbers},
    recursion::{DEPTH_FUNCTION, TOO_DEEP},
};
use crate::mapped::Css;

/// An allocator for binaries. The memory of a compilation comes from a region that is reset when
/// the compilation ends, so what the compiler forgets to free is free too. All other memory comes
/// from the system's `malloc`.
pub use sasso::ScopedAlloc as SassAllocator;

pub(super) struct Sasso;

impl Compiler for Sasso {
    fn compile(&self, entry: &Entry<'_>, importer: &dyn Importer) -> Compiled {
        let remarks = Rc::new(RefCell::new(Vec::new()));
        let collected = Rc::clone(&remarks);
        let bridge = Bridge(importer);
        let mut options = Options::new()
            .with_syntax(syntax(entry.syntax))
            .with_importer(&bridge)
            .with_url(entry.path.as_str())
            .with_cwd(entry.project.as_str())
            .with_function(&format!("{DEPTH_FUNCTION}()"), Rc::new(depth()))
            .with_function(color_arguments::CHANNELS, Rc::new(color_arguments::channels))
            .with_charset(false)
            .with_silenced_deprecations(entry.silenced.iter().cloned())
            .with_warn_handler(Rc::new(move |event: &WarnEvent<'_>| {
                collected.borrow_mut().extend(remark(event));
            }));
        let name = entry.path.strip_prefix(entry.project).unwrap_or(entry.path);
        let numbers = Rc::new(Numbers::of(&name.as_str().replace('\\', "/"), entry.text));
        for signature in random::signatures(random::RANDOM) {
            let numbers = Rc::clone(&numbers);
            let random = move |given: &[u8]| numbers.random(given);
            options = options.with_function(&signature, Rc::new(random));
        }
        for signature in random::signatures(random::UNIQUE_ID) {
            let numbers = Rc::clone(&numbers);
            let unique_id = move |_: &[u8]| Ok(numbers.unique_id());
            options = options.with_function(&signature, Rc::new(unique_id));
        }
        let text = sources(entry.text, entry.syntax);
        let compile = || sasso::compile_with_source_map(&text, &options);
        let outcome = match std::panic::catch_unwind(AssertUnwindSafe(compile)) {
            Ok(Ok(result)) => Ok(css(result)),
            Ok(Err(error)) => Err(problem(&error)),
            Err(_) => Err(Problem {
                message: "the Sass compiler gave up: this is its mistake".to_owned(),
                place: None,
            }),
        };
        drop(options);
        Compiled { outcome, remarks: remarks.take() }
    }
}

/// How many bytes of stack a recursion may use. Builds run on threads with a gibibyte of stack;
/// WebAssembly has some mebibytes.
const STACK: usize = if usize::BITS == 32 { 1 << 19 } else { 1 << 25 };

/// Returns the function `DEPTH_FUNCTION`, which fails once the stack has grown by more than `STACK`
/// since now.
fn depth() -> impl Fn(&[u8]) -> Result<Vec<u8>, String> {
    /// Sass's null, as the compiler encodes it.
    const NULL: u8 = 0;
    let begin = here();
    move |_| if begin.abs_diff(here()) > STACK { Err(TOO_DEEP.to_owned()) } else { Ok(vec![NULL]) }
}

/// Returns an address on the stack.
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

/// Returns a text as the compiler can read it.
fn sources(text: &str, syntax: Syntax) -> Cow<'_, str> {
    if syntax != Syntax::Scss {
        return text.into();
    }
    let mends = [at_root::without_comments, color_arguments::without_names];
    mends.iter().fold(text.into(), |text, mend| mend(&text).map_or(text, Cow::from))
}

/// Gives files to the compiler. Its canonical addresses are their absolute paths.
struct Bridge<'i>(&'i dyn Importer);

impl sasso::Importer for Bridge<'_> {
    fn canonicalize(
        &self,
        url: &str,
        cx: &CanonicalizeContext<'_>,
    ) -> Result<Option<CanonicalUrl>, ImporterError> {
        let from = cx.containing_url.map(|url| Utf8Path::new(url.as_str()));
        let found =
            self.0.find(url, from, cx.from_import).map_err(|message| ImporterError { message })?;
        Ok(found.map(|path| CanonicalUrl::new(path.into_string())))
    }

    fn load(&self, canonical: &CanonicalUrl) -> Result<Option<ImporterResult>, ImporterError> {
        let path = Utf8Path::new(canonical.as_str());
        let contents = self.0.read(path).map_err(|message| ImporterError { message })?;
        let of_path = Syntax::of(path.extension());
        let contents = match sources(&contents, of_path) {
            Cow::Owned(contents) => contents,
            Cow::Borrowed(_) => contents,
        };
        Ok(Some(ImporterResult { contents, syntax: syntax(of_path), source_map_url: None }))
    }
}

fn remark(event: &WarnEvent<'_>) -> Option<Remark> {
    // A remark without a place only counts the remarks that were left out.
    let line = u32::try_from(event.line).ok()?.checked_sub(1)?;
    let file = event.path.to_owned();
    let (kind, at) = match event.kind {
        WarnKind::Warn if event.deprecation => {
            // The name of the file in a frame is one for display.
            let place = frame(event.formatted, carets(event.formatted))
                .filter(|span| span.place.line == line);
            let at = match place {
                Some(span) => RemarkedAt::Span(FileSpan { file, ..span }),
                None => RemarkedAt::Line { file, line },
            };
            (RemarkKind::Deprecated(event.deprecation_id.to_owned()), at)
        }
        WarnKind::Warn | WarnKind::Debug => (RemarkKind::Logged, RemarkedAt::Line { file, line }),
    };
    Some(Remark { kind, message: event.message.to_owned(), at })
}

fn problem(error: &sasso::Error) -> Problem {
    let drawn = error.to_string();
    Problem {
        message: error.message.clone(),
        place: frame(&drawn, carets(&drawn)).or_else(|| unnamed(error)),
    }
}

/// Returns how many characters are underlined.
fn carets(drawn: &str) -> u32 {
    let length =
        drawn.lines().find_map(|line| line.contains('^').then(|| line.matches('^').count()));
    length.and_then(|length| u32::try_from(length).ok()).unwrap_or(1)
}

/// Reads the innermost frame of the trace under an excerpt: `  styles/_a.scss 3:5  mixin()`.
fn frame(drawn: &str, length: u32) -> Option<FileSpan> {
    let mut frames =
        drawn.lines().skip_while(|line| !line.trim_start().starts_with(['╵', '\''])).skip(1);
    frames.find_map(|line| {
        let mut words = line.trim().split("  ").next()?.rsplitn(2, ' ');
        let (line, column) = words.next()?.split_once(':')?;
        let from_one = |number: &str| number.parse::<u32>().ok()?.checked_sub(1);
        let place = Place { line: from_one(line)?, column: from_one(column)? };
        Some(FileSpan { file: words.next()?.trim().to_owned(), place, length })
    })
}

/// Returns the place of an error that does not name its file.
fn unnamed(error: &sasso::Error) -> Option<FileSpan> {
    let from_one = |number: usize| u32::try_from(number).ok()?.checked_sub(1);
    let place = Place { line: from_one(error.line)?, column: from_one(error.col)? };
    Some(FileSpan { file: String::new(), place, length: 1 })
}

fn css(result: sasso::CompileResult) -> Css {
    Css::new(result.css, result.source_map.sources, &result.source_map.mappings)
}
