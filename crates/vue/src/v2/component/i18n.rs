//! `<i18n>` blocks: messages of vue-i18n that belong to one component. The options get them as JSON
//! texts, as vue-i18n's loader gives them.

use std::sync::Arc;

use bundle_base::{Label, Source, loader::LoadContext};

use super::blocks::contents;
use crate::{descriptor::Block, mapped_code::offset, messages, v2::literal::string};

/// The name of these blocks.
pub(super) const TAG: &str = "i18n";

/// Returns the messages of a block as JSON. `None` if they have a mistake, which is reported.
pub(super) fn messages(
    block: &Block,
    source: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) -> Option<String> {
    if let Some(lang) = block.lang().filter(|lang| *lang != "json") {
        let label = Label::new(source, block.attribute("lang")?.span);
        cx.log.push(messages::unknown_lang(label, TAG, lang, "JSON"));
        return None;
    }
    let json = if block.src().is_some() {
        let file = contents(block, source, cx)?.source;
        check(&file, &file, 0, cx)?;
        compact(&file.text)
    } else {
        let text = &source.text[block.content.clone()];
        let here = Source::new(source.path.clone(), source.name.clone(), text);
        check(&here, source, offset(block.content.start), cx)?;
        compact(text)
    };
    Some(match block.value("locale") {
        Some(locale) => format!("{{{}:{json}}}", string(locale)),
        None => json,
    })
}

/// Checks a JSON text. `file` and `start`: the file that contains it, and its offset there. Reports
/// the mistake and returns `None` if there is one.
fn check(
    json: &Arc<Source>,
    file: &Arc<Source>,
    start: u32,
    cx: &mut LoadContext<'_>,
) -> Option<()> {
    let Some(mut mistake) = bundle_js::check_json(json) else { return Some(()) };
    let notes = mistake.notes.iter_mut().filter_map(|note| note.label.as_mut());
    for label in mistake.primary.iter_mut().chain(notes) {
        label.source = Arc::clone(file);
        label.span.start += start;
        label.span.end += start;
    }
    cx.log.push(mistake);
    None
}

/// Returns a JSON text without the white space between its tokens.
fn compact(json: &str) -> String {
    let mut is_in_string = false;
    let mut is_escaped = false;
    let mut is_kept = |c: &char| {
        let ends = is_in_string && *c == '"' && !is_escaped;
        let begins = !is_in_string && *c == '"';
        is_escaped = is_in_string && *c == '\\' && !is_escaped;
        is_in_string = begins || is_in_string && !ends;
        is_in_string || !c.is_ascii_whitespace()
    };
    json.chars().filter(|c| is_kept(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_in_strings_stays() {
        assert_eq!(
            compact(" { \"a b\" : [ 1, \"c \\\" d\\\\\" , \" e\" ]\n}\n"),
            r#"{"a b":[1,"c \" d\\"," e"]}"#
        );
    }
}
