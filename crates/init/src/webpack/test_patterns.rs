//! The regular expressions that rules test paths with, as lists of extensions.

use bundle_js::static_evaluation::Value;

/// Returns the extensions that a pattern tests for; none if it tests for something else.
pub fn extensions_of(pattern: &Value) -> Vec<String> {
    match pattern {
        Value::Pattern(source, _) => extensions(source),
        _ => Vec::new(),
    }
}

/// Returns the extensions that a pattern such as `\.(png|jpe?g)$` tests for.
fn extensions(source: &str) -> Vec<String> {
    let source = without_queries(source);
    let has_several = alternatives(&source).nth(1).is_some();
    let mut extensions: Vec<String> = Vec::new();
    for alternative in alternatives(&source) {
        // What is for one folder is not for all files.
        if has_several && alternative.contains('/') {
            return Vec::new();
        }
        let Some(end) = alternative.rfind("\\.") else { return Vec::new() };
        let text = alternative[end + 2..].trim_end_matches('$');
        // `\.(woff|svg)?$`
        let group = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(")?"));
        let text = group.unwrap_or(text);
        let text = text.replace("?:", "").replace(['(', ')'], "");
        for word in text.split('|') {
            let both = word.find('?').filter(|at| *at > 0).map(|at| {
                vec![format!("{}{}", &word[..at - 1], &word[at + 1..]), word.replace('?', "")]
            });
            for one in both.unwrap_or_else(|| vec![word.to_owned()]) {
                if !extensions.contains(&one) {
                    extensions.push(one);
                }
            }
        }
    }
    let is_plain = |word: &String| !word.is_empty() && word.chars().all(char::is_alphanumeric);
    if extensions.iter().all(is_plain) { extensions } else { Vec::new() }
}

/// Returns a pattern without what old ones allow for the query: `(\?.*)?`, `(\?.*$|$)`,
/// `(\?v=\d+\.\d+\.\d+)?`.
fn without_queries(source: &str) -> String {
    let mut text = source.to_owned();
    while let Some(start) = ["(\\?", "(?:\\?"].iter().find_map(|begin| text.find(begin)) {
        let mut depth = 0_usize;
        let end = text[start..].char_indices().find_map(|(at, c)| {
            depth += usize::from(c == '(');
            depth -= usize::from(c == ')');
            (depth == 0).then_some(start + at + 1)
        });
        let Some(end) = end else { break };
        let end = end + usize::from(text[end..].starts_with('?'));
        text.replace_range(start..end, "");
    }
    text
}

/// Returns the parts of a pattern between the `|` that are in no group.
fn alternatives(source: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    source.split(move |c| {
        depth += usize::from(c == '(');
        depth = depth.saturating_sub(usize::from(c == ')'));
        c == '|' && depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_of_patterns() {
        assert_eq!(extensions("\\.svg$"), ["svg"]);
        assert_eq!(extensions("\\.(woff2?|woff)$"), ["woff", "woff2"]);
        assert_eq!(extensions("\\.(png|jpe?g|gif)(\\?.*)?$"), ["png", "jpg", "jpeg", "gif"]);
        assert_eq!(extensions("\\.(woff|ttf)(\\?.*$|$)"), ["woff", "ttf"]);
        assert_eq!(extensions("\\.woff(\\?v=\\d+\\.\\d+\\.\\d+)?$"), ["woff"]);
        assert_eq!(extensions("\\.jpe?g$|\\.gif$"), ["jpg", "jpeg", "gif"]);
        assert_eq!(extensions("\\.(woff2?|svg)?$"), ["woff", "woff2", "svg"]);
        assert_eq!(extensions("\\.woff(2)?$"), ["woff", "woff2"]);
        assert_eq!(extensions("\\.woff(2)?(\\?v=[0-9]\\.[0-9])?$"), ["woff", "woff2"]);
        assert!(extensions("fonts\\/.*\\.(eot|svg)$|\\.otf$").is_empty());
        assert!(extensions("^src/.*$").is_empty());
    }
}
