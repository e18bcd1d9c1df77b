//! Comments in the selectors of `@at-root`, which sasso 0.21 takes for a part of a selector:
//!
//! ```scss
//! @at-root .a, // why
//!   .b { top: 0 }
//! ```

use bundle_base::stylesheet::after_token;

const AT_ROOT: &str = "@at-root";

/// Returns a text of SCSS with spaces in place of these comments, `None` if it has none. Every
/// other character keeps its place.
pub(super) fn without_comments(text: &str) -> Option<String> {
    let mut done = String::new();
    let mut end = 0;
    for (start, _) in text.match_indices(AT_ROOT) {
        for comment in comments(text, start + AT_ROOT.len()) {
            if comment.start < end {
                continue;
            }
            done += &text[end..comment.start];
            let blank = |c: char| if c == '\n' { '\n' } else { ' ' };
            done.extend(text[comment.clone()].bytes().map(|byte| blank(byte.into())));
            end = comment.end;
        }
    }
    (end > 0).then(|| done + &text[end..])
}

/// Returns where comments are between a place and the next block, statement or end of a block.
fn comments(text: &str, start: usize) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = start;
    while let Some(next) = text[at..].find(['{', '}', ';', '/', '"', '\'']).map(|next| at + next) {
        let (before, rest) = (&text[..next], &text[next..]);
        // An address has `//` after a colon or a bracket.
        let is_apart = before.ends_with([' ', '\t', '\n', ',']);
        at = match rest.as_bytes()[0] {
            b'{' if before.ends_with('#') => {
                rest.find('}').map_or(text.len(), |length| next + length + 1)
            }
            b'{' | b'}' | b';' => break,
            b'/' if rest.starts_with("//") && is_apart => {
                rest.find('\n').map_or(text.len(), |length| next + length)
            }
            _ => after_token(text, next),
        };
        if rest.starts_with("//") && is_apart || rest.starts_with("/*") {
            found.push(next..at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_in_selectors_go() {
        let kept = "a { b: url(//x) } // @at-root\n@import url(http://y); // z\n@at-root .a { top: 0 /* b */ }";
        assert_eq!(without_comments(kept), None);
        assert_eq!(
            without_comments("@at-root .a, // é\n .b#{\"//\"} /* c */ { top: 0 } // d").as_deref(),
            Some("@at-root .a,      \n .b#{\"//\"}         { top: 0 } // d")
        );
    }
}
