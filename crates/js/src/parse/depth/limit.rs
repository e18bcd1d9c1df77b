//! The limit for nesting, and what each byte of a text may add to its depth.

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
    let bytes = text.bytes().map(|byte| usize::from(MOST[usize::from(byte)])).sum::<usize>();
    // `extends class` and `class extends (`.
    let heritages = match text.matches("extends").count() {
        0 => 0,
        heritages => 2 * heritages.min(text.matches("class").count()),
    };
    let casts = if has_casts { casts(text.as_bytes()) } else { 0 };
    LEVEL + bytes + (heritages + casts) * EXPLOSIVE <= limit
}

/// Counts what may be the parentheses of a cast: each `>` before `(`, or before a comment.
fn casts(text: &[u8]) -> usize {
    let is_cast = |at: usize| {
        let mut rest = text[at + 1..].iter().skip_while(|byte| b" \t\r\n".contains(byte));
        matches!(rest.next(), Some(b'(' | b'/'))
    };
    // `=>` closes no type arguments.
    (1..text.len()).filter(|at| text[*at] == b'>' && text[at - 1] != b'=' && is_cast(*at)).count()
}

/// The most that a byte may add to the depth. Each word that costs something contains one of these
/// letters.
pub(super) const MOST: [u8; 256] = {
    let mut most = [0; 256];
    let mut at = 0;
    while at < most.len() {
        #[expect(clippy::cast_possible_truncation, reason = "the costs of one token are small")]
        let cost = match at as u8 {
            b'(' | b'[' | b'{' | b'<' => LEVEL as u8,
            // `=>`; `if`, `for`; `while`, `with`; `do`; `try`.
            b'?' | b'>' | b'f' | b'w' | b'd' | b'y' => HEAVY as u8,
            b'a' | b'e' | b'i' | b'v' => LIGHT as u8,
            byte if byte.is_ascii_punctuation() => LIGHT as u8,
            _ => 0,
        };
        most[at] = cost;
        at += 1;
    }
    most
};

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
