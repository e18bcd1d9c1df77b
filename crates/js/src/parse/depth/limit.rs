//! The limit for nesting, and what each byte of a text may add to its depth.

/// The limit for the depth of a text.
pub(super) struct Limit {
    pub cost: usize,
    /// What an operator costs, in place of `LIGHT`.
    pub light: usize,
}
/// Whether a text is below a limit even if nothing in it is ever closed. Most files are small, and
/// this check takes a tenth of the time of a full measurement. Not for TypeScript, where `<` may be
/// `EXPLOSIVE`; in JavaScript only `extends` may be.
pub(super) fn is_surely_flat(text: &str, limit: usize) -> bool {
    // A longer text certainly exceeds the limit by this estimate.
    text.len() < limit
        && LEVEL + text.bytes().map(|byte| usize::from(MOST[usize::from(byte)])).sum::<usize>()
            <= limit
        && !text.contains("extends")
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
