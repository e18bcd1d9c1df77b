//! webpack's comments in an `import()`: `/* webpackChunkName: "lang", webpackMode: "eager" */`.
//! They precede the first argument. Keys that only affect how a chunk is fetched have no meaning
//! here.

use bundle_base::search;
use bundle_graph::record::ChunkOptions;
use swc_common::{
    Span,
    comments::{Comments, SingleThreadedComments},
};

/// The comments of a program.
pub(super) struct MagicComments<'c> {
    /// `None`: the program has no comments for webpack.
    comments: Option<&'c SingleThreadedComments>,
}

/// The options that the comments of one call specify.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Magic {
    /// `webpackIgnore`: the browser resolves the request.
    pub is_ignored: bool,
    /// `webpackMode`: `lazy`, `lazy-once`, `eager` or `weak`.
    pub mode: Option<String>,
    /// `webpackChunkName`.
    pub chunk_name: Option<String>,
    /// `webpackInclude`: the source of a regular expression, and its flags.
    pub include: Option<(String, String)>,
    /// `webpackExclude`.
    pub exclude: Option<(String, String)>,
}

impl Magic {
    /// Returns the options of an `import()` of one file.
    pub fn chunk_options(self) -> ChunkOptions {
        ChunkOptions {
            is_eager: self.mode.as_deref() == Some("eager"),
            chunk_name: self.chunk_name,
        }
    }
}

impl<'c> MagicComments<'c> {
    /// Finds comments in a program with this text. Lowering adds some for `require.ensure`.
    pub fn of(comments: &'c SingleThreadedComments, text: &str) -> Self {
        let has_some = search::contains(text, "webpack") || search::contains(text, "ensure");
        Self { comments: has_some.then_some(comments) }
    }

    /// Whether the program may have such comments.
    pub fn has_some(&self) -> bool {
        self.comments.is_some()
    }

    /// Returns the options that the comments before an argument specify.
    pub fn options_before(&self, argument: Span) -> Magic {
        let mut magic = Magic::default();
        let comments = self.comments.and_then(|comments| comments.get_leading(argument.lo));
        for comment in comments.iter().flatten() {
            read_options(&comment.text, &mut magic);
        }
        magic
    }
}

/// A value in a comment.
enum Value<'t> {
    Text(&'t str),
    Pattern(&'t str, &'t str),
    Word(&'t str),
}

fn read_options(comment: &str, magic: &mut Magic) {
    let mut rest = comment;
    while let Some(at) = rest.find("webpack") {
        rest = &rest[at..];
        let key_end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(key_end);
        rest = after;
        let Some(after) = rest.trim_start().strip_prefix(':') else { continue };
        let Some((value, after)) = value(after.trim_start()) else { continue };
        rest = after;
        let pattern = |source: &str, flags: &str| Some((source.to_owned(), flags.to_owned()));
        match (key, value) {
            ("webpackIgnore", Value::Word(word)) => magic.is_ignored = word == "true",
            ("webpackMode", Value::Text(mode)) => magic.mode = Some(mode.to_owned()),
            ("webpackChunkName", Value::Text(name)) => magic.chunk_name = Some(name.to_owned()),
            ("webpackInclude", Value::Pattern(of, flags)) => magic.include = pattern(of, flags),
            ("webpackExclude", Value::Pattern(of, flags)) => magic.exclude = pattern(of, flags),
            _ => {}
        }
    }
}

/// Returns the value at the start of a text, and the text after it.
fn value(text: &str) -> Option<(Value<'_>, &str)> {
    let first = text.chars().next()?;
    if matches!(first, '"' | '\'' | '`') {
        let (inner, rest) = text[1..].split_once(first)?;
        return Some((Value::Text(inner), rest));
    }
    if first != '/' {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
        return Some((Value::Word(&text[..end]), &text[end..]));
    }
    let (mut is_escaped, mut in_class) = (false, false);
    let end = text[1..].find(|c| {
        let is_end = c == '/' && !is_escaped && !in_class;
        in_class = if is_escaped { in_class } else { c == '[' || in_class && c != ']' };
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    let (source, rest) = (&text[1..=end], &text[end + 2..]);
    let flags = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    Some((Value::Pattern(source, &rest[..flags]), &rest[flags..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_comment() {
        let of = |text: &str| {
            let mut magic = Magic::default();
            read_options(text, &mut magic);
            magic
        };
        let some = |text: &str| Some(text.to_owned());
        let magic =
            of(" webpackChunkName: \"a-[request]\", webpackPrefetch: true,\n webpackMode:'eager' ");
        assert_eq!((magic.chunk_name, magic.mode), (some("a-[request]"), some("eager")));
        let magic =
            of("webpackInclude: /\\.(js|[/]\\/)$/i, webpackExclude: /x/ webpackIgnore: true");
        assert_eq!(magic.include, Some((r"\.(js|[/]\/)$".to_owned(), "i".to_owned())));
        assert_eq!(
            (magic.exclude, magic.is_ignored),
            (Some(("x".to_owned(), String::new())), true)
        );
        assert_eq!(of("webpack is: not webpackMode"), Magic::default());
    }
}
