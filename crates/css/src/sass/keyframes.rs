//! Steps of `@keyframes` in a file that a rule loads by `meta.load-css`: sasso 0.21 puts the
//! selectors of the rule before them.
//!
//! ```css
//! @keyframes blink { .rule 0% { top: 0 } }
//! ```

use bundle_base::stylesheet::{after_token, bare, block_end, list};

/// Removes such selectors from CSS.
pub(super) fn without_parents(css: &str) -> Option<String> {
    let mut done = String::new();
    let mut end = 0;
    for (word, _) in css.match_indices("keyframes ") {
        let mut before = css[..word].rsplit(['}', '{', ';', '\n']);
        let is_rule = before.next().is_some_and(|name| name.trim().starts_with('@'));
        let Some(open) = css[word..].find('{').map(|length| word + length) else { break };
        if !is_rule || open < end {
            continue;
        }
        let close = block_end(css, open);
        let mut at = open + 1;
        while at < close {
            let start = bare(css, at..close).start;
            let mut next = start;
            while next < close && !css[next..].starts_with('{') {
                next = after_token(css, next);
            }
            if next >= close {
                break;
            }
            let selectors = css[start..next].trim_end();
            if let Some(steps) = steps(selectors) {
                done += &css[end..start];
                done += &steps;
                end = start + selectors.len();
            }
            at = block_end(css, next);
        }
    }
    (end > 0).then(|| done + &css[end..])
}

/// Returns the steps at the ends of selectors, each once; `None` if nothing is before them.
fn steps(selectors: &str) -> Option<String> {
    let mut found: Vec<&str> = Vec::new();
    for range in list(selectors, 0..selectors.len()) {
        let selector = &selectors[range];
        let step = selector.split_whitespace().next_back()?;
        let is_step = step.ends_with('%') || ["from", "to"].contains(&step);
        if !is_step || step == selector.trim() {
            return None;
        }
        if !found.contains(&step) {
            found.push(step);
        }
    }
    Some(found.join(", "))
}

#[cfg(test)]
mod tests {
    use super::without_parents;

    #[test]
    fn only_steps_stay() {
        assert_eq!(
            without_parents(
                "@-webkit-keyframes a {\n  .x 0%, .y 0%, .x 5%, .y 5% { top: 0 }\n  .x to { top: 1px }\n}\n.x to { top: 0 }"
            )
            .as_deref(),
            Some("@-webkit-keyframes a {\n  0%, 5% { top: 0 }\n  to { top: 1px }\n}\n.x to { top: 0 }")
        );
        assert_eq!(
            without_parents("@keyframes a { /* b, c */ .x:is(.y, .z) from { top: 0 } }").as_deref(),
            Some("@keyframes a { /* b, c */ from { top: 0 } }")
        );
        assert_eq!(without_parents("@keyframes a { from, 5% { top: 0 } to { top: 0 } }"), None);
        assert_eq!(without_parents(".a { content: \"keyframes \" }"), None);
    }
}
