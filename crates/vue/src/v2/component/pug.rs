//! Templates in Pug: the project's own package compiles them to HTML in the project's Node
//! process. The HTML counts as a text of its own, so places in it are shown as HTML.

use bundle_base::{
    Label, Source, Span,
    loader::LoadContext,
    place::Place,
    tools::{LIMIT, NodeFailure, NodeRequest, Unanswered, ask_for},
};
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde_json::json;

use super::blocks::Contents;
use crate::{descriptor::Block, mapped_code::MappedCode, messages};

/// The names of the language.
const LANGS: [&str; 2] = ["pug", "jade"];

/// Whether a template is written in Pug.
pub(super) fn is_pug(template: &Block) -> bool {
    template.lang().is_some_and(|lang| LANGS.contains(&lang))
}

/// What the process answers.
#[derive(Deserialize)]
struct Answer {
    html: String,
    /// The files that the template includes and extends.
    watched: Vec<Utf8PathBuf>,
}

/// Returns a template as HTML. `None`: the log has an error.
pub(super) fn html(
    template: &Contents,
    block: &Block,
    cx: &mut LoadContext<'_>,
) -> Option<Contents> {
    let value = json!({
        "do": "pug",
        "project": cx.config.project,
        "file": template.source.path,
        "code": template.code.text(),
    });
    let request = NodeRequest { value, is_setup: false, is_pure: false, limit: LIMIT };
    let lang = block.attribute("lang")?;
    let why = match ask_for::<Answer>(cx.tools, &request) {
        Ok(Answer { html, watched }) => {
            for path in &watched {
                let _ = cx.fs.read(path);
            }
            let name = format!("{}?html", template.source.name);
            let code = MappedCode::copied(&html, 0).shared();
            let source = Source::new(template.source.path.clone(), name, html);
            return Some(Contents { code, source });
        }
        Err(why) => why,
    };
    why.depend_on_files(cx.fs);
    let place = match &why {
        Unanswered::Failed(failure) => place(failure, template),
        Unanswered::Tool(_) => None,
    };
    let label = place.unwrap_or_else(|| Label::new(&template.source, lang.span));
    cx.log.push(messages::pug_failed(label, &lang.value, &why));
    None
}

/// Returns the place in the template that an error names.
fn place(failure: &NodeFailure, template: &Contents) -> Option<Label> {
    let at = Place { line: failure.line?.checked_sub(1)?, column: failure.column.unwrap_or(0) };
    let at = at.offset_in(template.code.text())? as usize;
    let start = template.code.origin(at);
    Some(Label::new(&template.source, Span::new(start, start)))
}
