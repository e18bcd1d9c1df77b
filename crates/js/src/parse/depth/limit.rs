//! How deep is too deep, and what each byte may add to the depth.

/// How deep is too deep.
pub(super) struct Limit {
    pub cost: usize,
    /// What stands for `LIGHT`.
    pub light: usize,
}
/// Whether a text stays below a limit even if nothing in it ever closes: most files are small, and
/// this costs a tenth of a glance. Not for TypeScript, where `<` may be `EXPLOSIVE`; elsewhere only
/// `extends` is.
pub(super) fn is_surely_flat(text: &str, limit: usize) -> bool {
    // A longer text has more than this anyway.
    text.len() < limit
        && LEVEL + text.bytes().map(|byte| usize::from(MOST[usize::from(byte)])).sum::<usize>()
            <= limit
        && !text.contains("extends")
}

/// What a byte may add to the depth at most. Each word that costs something has one of these
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
/// development output it costs the square in indentation: two thousand nested classes would be half
/// a gibibyte. Callers give us threads with a gibibyte of stack, of which this needs a fourth;
/// WebAssembly has a small one, and less of it per level.
pub(super) const fn depth_limit() -> usize {
    if usize::BITS == 32 { 160 * LEVEL } else { 2000 * LEVEL }
}

/// One level of brackets, elements or type arguments.
pub(super) const LEVEL: usize = 32;
/// What passes nest when they lower it, or what is printed on lines of its own: `=>`, `?.`, `? :`,
/// `if`, loops.
pub(super) const HEAVY: usize = 16;
/// One more operator, member or `else if` on the same level.
pub(super) const LIGHT: usize = 1;
/// What the parser tries more than once, so that each level multiplies the time: `extends class`,
/// brackets in what a class extends, and the parentheses of a cast, `<T>(`, which could begin an
/// arrow function.
pub(super) const EXPLOSIVE: usize = 100 * LEVEL;
