//! `<i18n>`: messages of vue-i18n that are a component's own. The options get them as texts of
//! JSON, as vue-i18n's loader gives them.

use std::sync::Arc;

use bundle_base::{Label, Source, loader::LoadContext};

use super::contents;
use crate::{code::offset, descriptor::Block, messages, v2::literal::string};

/// The name of such blocks.
pub(super) const TAG: &str = "i18n";

/// The messages of a block as JSON. `None`: there is a mistake in it.
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
        check(&file, (&file, 0), cx)?;
        compact(&file.text)
    } else {
        let text = &source.text[block.content.clone()];
        let here = Source::new(source.path.clone(), source.name.clone(), text);
        check(&here, (source, offset(block.content.start)), cx)?;
        compact(text)
    };
    Some(match block.value("locale") {
        Some(locale) => format!("{{{}:{json}}}", string(locale)),
        None => json,
    })
}

/// Says what is wrong with a JSON text. `place`: the file that it stands in, and where.
fn check(
    json: &Arc<Source>,
    (file, start): (&Arc<Source>, u32),
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

/// A JSON text without the white space between its tokens.
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
