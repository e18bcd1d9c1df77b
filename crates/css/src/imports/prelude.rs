//! Reads what follows `@import`: `"address" layer(name) supports(condition) media`. Writes the
//! imports that remain in the output.

use bundle_base::stylesheet::after_token;

/// What follows `@import`.
pub(super) struct Prelude {
    /// The address, without quotes.
    pub address: String,
    pub condition: Condition,
}

/// When an imported stylesheet applies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Condition {
    /// The name of the layer; empty for a layer without a name.
    layer: Option<String>,
    supports: Option<String>,
    /// The media queries; empty: all media.
    media: String,
}

/// Reads a prelude. `None`: it names no stylesheet.
pub(super) fn read(prelude: &str) -> Option<Prelude> {
    let end = match prelude.as_bytes().first()? {
        b'"' | b'\'' => after_token(prelude, 0),
        _ => after_parenthesis(prelude, "url(")?,
    };
    let written = &prelude[..end];
    let inner = if is_call(written, "url(") { written.get(4..end - 1)?.trim() } else { written };
    let address = inner.trim_matches(['"', '\'']).to_owned();
    let mut rest = prelude[end..].trim();
    let mut condition = Condition::default();
    if let Some(end) = after_parenthesis(rest, "layer(") {
        condition.layer = Some(rest[6..end - 1].trim().to_owned());
        rest = rest[end..].trim_start();
    } else if let Some(after) = rest.strip_prefix("layer")
        && !after.starts_with(|c: char| c.is_alphanumeric() || c == '-')
    {
        condition.layer = Some(String::new());
        rest = after.trim_start();
    }
    if let Some(end) = after_parenthesis(rest, "supports(") {
        let inner = rest[9..end - 1].trim();
        let is_declaration = !inner.starts_with('(') && inner.contains(':') && !inner.contains('(');
        condition.supports =
            Some(if is_declaration { format!("({inner})") } else { inner.to_owned() });
        rest = rest[end..].trim_start();
    }
    rest.clone_into(&mut condition.media);
    (!address.is_empty()).then_some(Prelude { address, condition })
}

fn is_call(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
}

/// Returns the end of the call of `name` that `text` begins with, after its closing parenthesis.
/// `name` includes the opening one.
fn after_parenthesis(text: &str, name: &str) -> Option<usize> {
    if !is_call(text, name) {
        return None;
    }
    // `url(` and an address without quotes are one token.
    let mut at = if name == "url(" { after_token(text, 0) } else { name.len() };
    if at < name.len() {
        at = name.len();
    }
    let mut depth = 1;
    while at < text.len() {
        match text.as_bytes()[at] {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
        at = after_token(text, at);
    }
    None
}

impl Condition {
    /// Returns the at-rules that enclose a stylesheet under this condition, outermost first.
    pub fn wrappers(&self) -> impl Iterator<Item = String> {
        let media = (!self.media.is_empty()).then(|| format!("@media {}", self.media));
        let supports = self.supports.as_ref().map(|supports| format!("@supports {supports}"));
        let layer =
            self.layer.as_ref().map(|layer| format!("@layer {layer}").trim_end().to_owned());
        media.into_iter().chain(supports).chain(layer)
    }

    fn written(&self) -> String {
        let mut words = Vec::new();
        words.extend(self.layer.as_ref().map(|layer| {
            if layer.is_empty() { "layer".to_owned() } else { format!("layer({layer})") }
        }));
        words.extend(self.supports.as_ref().map(|supports| format!("supports({supports})")));
        words.extend((!self.media.is_empty()).then(|| self.media.clone()));
        words.iter().flat_map(|word| [" ", word.as_str()]).collect()
    }
}

/// Writes an import that remains. An import has only one condition: for each further one, a
/// stylesheet of its own, in a data URL, contains the import so far. The last condition is the
/// innermost.
pub(super) fn written(address: &str, conditions: &[Condition]) -> String {
    let mut conditions =
        conditions.iter().rev().filter(|condition| **condition != Condition::default());
    let inner = conditions.next().map(Condition::written).unwrap_or_default();
    let mut text = format!("@import \"{}\"{inner};", address.replace('"', "%22"));
    for condition in conditions {
        let encoded: String = text.chars().map(encoded).collect();
        text = format!("@import \"data:text/css,{encoded}\"{};", condition.written());
    }
    text
}

/// Escapes a character for a data URL.
fn encoded(c: char) -> String {
    match c {
        '"' | '%' | '#' | '\\' | '\n' | ' ' => format!("%{:02X}", u32::from(c)),
        _ => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_and_written() {
        for (prelude, expected) in [
            ("\"a.css\"", "@import \"a.css\";"),
            ("url(a.css)", "@import \"a.css\";"),
            (
                "url( 'a b.css' ) screen and (x: 1), print",
                "@import \"a b.css\" screen and (x: 1), print;",
            ),
            ("URL(\"a)b\") layer", "@import \"a)b\" layer;"),
            (
                "'a' layer(x.y) supports(display: grid) print",
                "@import \"a\" layer(x.y) supports((display: grid)) print;",
            ),
            ("'a' supports(not (a: b)) layers", "@import \"a\" supports(not (a: b)) layers;"),
        ] {
            let read = read(prelude).expect("it names a stylesheet");
            assert_eq!(written(&read.address, &[read.condition]), expected, "{prelude}");
        }
        for nothing in ["", "\"\"", "a.css", "url(", "url()"] {
            assert!(read(nothing).is_none(), "{nothing}");
        }
    }

    #[test]
    fn several_conditions_nest_stylesheets() {
        let condition = |media: &str| Condition { media: media.to_owned(), ..Condition::default() };
        let text =
            written("//x/a.css", &[condition("print"), Condition::default(), condition("(a: b)")]);
        assert_eq!(text, "@import \"data:text/css,@import%20%22//x/a.css%22%20(a:%20b);\" print;");
    }
}
