//! How deep a text may nest. Compilers of styles are recursive, and a stack overflow cannot be
//! caught, so the text is measured before they see it. A glance, which takes brackets in comments
//! and strings for brackets: the limit is far above what people write.

/// Callers give us threads with a gibibyte of stack; WebAssembly has a small one.
const LIMIT: usize = if usize::BITS == 32 { 60 } else { 1000 };

/// Where what is too deep begins: the same place whatever the limit is.
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

/// The same for what nests by indentation.
fn indented_too_deep(text: &str) -> Option<usize> {
    let is_deep = |line: &&str| {
        line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count() > 4 * LIMIT
    };
    // So much of one line has one of these places in it.
    let places = (0..text.len())
        .step_by(4 * LIMIT)
        .filter(|at| matches!(text.as_bytes()[*at], b' ' | b'\t'));
    let lines = places
        .filter_map(|at| text[text[..at].rfind('\n').map_or(0, |end| end + 1)..].lines().next());
    // White space alone nests nothing.
    let line = lines.into_iter().find(|line| is_deep(line) && !line.trim().is_empty())?;
    Some(line.as_ptr().addr() - text.as_ptr().addr())
}
