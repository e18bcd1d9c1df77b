//! Limits how deep a stylesheet may nest. Its compilers recurse as deep as it nests, and a stack
//! overflow cannot be caught, so the text is measured before they get it. The measure is rough:
//! brackets in comments and strings count too. The limit is far above what people write.

/// How many brackets may be open. Builds run on threads with a gibibyte of stack; the stack of
/// WebAssembly is small.
const LIMIT: usize = if usize::BITS == 32 { 60 } else { 1000 };

/// Returns where the part that nests too deeply begins: its outermost bracket, or its line. This
/// place does not depend on the limit. `None`: nothing nests too deeply.
pub fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut outermost) = (0_usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => {
                if depth == 0 {
                    outermost = at;
                }
                depth += 1;
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > LIMIT {
            return Some(outermost);
        }
    }
    indented_too_deep(text)
}

/// The same for text that nests by indentation.
fn indented_too_deep(text: &str) -> Option<usize> {
    let is_deep = |line: &&str| {
        line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count() > 4 * LIMIT
    };
    // So much white space in one line contains at least one of these places, so it is enough to
    // look at their lines.
    let places = (0..text.len())
        .step_by(4 * LIMIT)
        .filter(|at| matches!(text.as_bytes()[*at], b' ' | b'\t'));
    let lines = places
        .filter_map(|at| text[text[..at].rfind('\n').map_or(0, |end| end + 1)..].lines().next());
    // A line of white space alone nests nothing.
    let line = lines.into_iter().find(|line| is_deep(line) && !line.trim().is_empty())?;
    Some(line.as_ptr().addr() - text.as_ptr().addr())
}
