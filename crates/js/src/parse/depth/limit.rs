//! The limit for nesting, and what each byte of a text may add to its depth.

use bundle_base::search;

/// The limit for the depth of a text.
pub(super) struct Limit {
    pub cost: usize,
    /// What an operator costs, in place of `LIGHT`.
    pub light: usize,
}

/// Whether a text is below a limit even if nothing in it is ever closed. Most files are small, and
/// this check takes a tenth of the time of a full measurement.
pub(super) fn is_surely_flat(text: &str, has_casts: bool, limit: usize) -> bool {
    // A longer text certainly exceeds the limit by this estimate.
    if text.len() >= limit {
        return false;
    }
    // `extends class` and `class extends (`.
    let count = |word| search::places(text, word).count();
    let heritages = match count("extends") {
        0 => 0,
        heritages => 2 * heritages.min(count("class")),
    };
    let casts = if has_casts { casts(text.as_bytes()) } else { 0 };
    LEVEL + most(text.as_bytes()) + (heritages + casts) * EXPLOSIVE <= limit
}

/// Returns the most that the bytes of a text may add to its depth. The loops have no branches, so
/// that the compiler can look at many bytes at once; a count of 255 bytes fits into one.
fn most(text: &[u8]) -> usize {
    let of_chunk = |chunk: &[u8]| {
        let levels: u8 = chunk.iter().map(|byte| u8::from(is_level(*byte))).sum();
        let heavy: u8 = chunk.iter().map(|byte| u8::from(is_heavy(*byte))).sum();
        let light: u8 = chunk.iter().map(|byte| u8::from(is_light(*byte))).sum();
        usize::from(levels) * LEVEL + usize::from(heavy) * HEAVY + usize::from(light) * LIGHT
    };
    text.chunks(255).map(of_chunk).sum()
}

/// Whether a byte may begin a level.
const fn is_level(byte: u8) -> bool {
    matches!(byte, b'(' | b'[' | b'{' | b'<')
}

/// Whether a byte may begin something heavy: `?`; `=>`; `if`, `for`; `while`, `with`; `do`; `try`.
const fn is_heavy(byte: u8) -> bool {
    matches!(byte, b'?' | b'>' | b'f' | b'w' | b'd' | b'y')
}

/// Whether a byte may be of an operator, or of a word that is one: each contains such a letter.
const fn is_light(byte: u8) -> bool {
    byte.is_ascii_punctuation() || matches!(byte, b'a' | b'e' | b'i' | b'v')
}

/// Counts what may be the parentheses of a cast: each `>` before `(`, or before a comment.
fn casts(text: &[u8]) -> usize {
    let is_cast = |at: usize| {
        let mut rest = text[at + 1..].iter().skip_while(|byte| b" \t\r\n".contains(byte));
        matches!(rest.next(), Some(b'(' | b'/'))
    };
    // `=>` closes no type arguments.
    let is_arrow = |at: usize| at > 0 && text[at - 1] == b'=';
    memchr::memchr_iter(b'>', text).filter(|at| !is_arrow(*at) && is_cast(*at)).count()
}

/// How deep a text may nest, in units of one operator. A level may cost much stack, and in
/// development output its indentation costs the square: two thousand nested classes would take half
/// a gibibyte. Callers run this crate on threads with a gibibyte of stack, of which this limit
/// needs a quarter. WebAssembly has a small stack, but needs less of it per level.
pub(super) const fn depth_limit() -> usize {
    if usize::BITS == 32 { 160 * LEVEL } else { 2000 * LEVEL }
}

/// One level of brackets, JSX elements or type arguments.
pub(super) const LEVEL: usize = 32;
/// Constructs that lowering turns into nested code, or that are printed on lines of their own:
/// `=>`, `?.`, `? :`, `if`, loops.
pub(super) const HEAVY: usize = 16;
/// One more operator, member or `else if` on the same level.
pub(super) const LIGHT: usize = 1;
/// Constructs that the parser tries more than once, so that each level multiplies the time:
/// `extends class`, brackets in the expression that a class extends, and the parentheses of a cast,
/// `<T>(`, which could begin an arrow function.
pub(super) const EXPLOSIVE: usize = 100 * LEVEL;
