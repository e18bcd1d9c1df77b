//! A component before it is compiled: its file, its blocks and their texts. The text of a block may
//! be in another file.

use std::sync::Arc;

use bundle_base::{
    Config, Label, Source, asset,
    config::{Mode, relative},
    decode,
    fs::FsError,
    loader::LoadContext,
};

use crate::{
    descriptor::{Block, Descriptor},
    mapped_code::MappedCode,
    messages,
    v2::scope_id::scope_id,
};

/// A component's file with its blocks.
pub(super) struct Component<'a> {
    pub source: &'a Arc<Source>,
    pub descriptor: &'a Descriptor,
    /// The id of its scoped styles.
    pub id: String,
}

impl<'a> Component<'a> {
    pub fn new(source: &'a Arc<Source>, descriptor: &'a Descriptor, config: &Config) -> Self {
        let is_production = config.mode == Mode::Production;
        let id = scope_id(source, is_production, config.vue.scope_id);
        Self { source, descriptor, id }
    }
}

/// The text of a block, and the file that contains it.
pub(super) struct Contents {
    /// In shared form, because what is made of it consists of slices of it.
    pub code: MappedCode,
    pub source: Arc<Source>,
}

/// Returns the text of a block, from another file if the block has `src`. `None` if that file
/// cannot be used; the reason is in the log.
pub(super) fn contents(
    block: &Block,
    source: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) -> Option<Contents> {
    let Some(src) = block.src() else {
        return Some(Contents {
            code: block.deindented(source).shared(),
            source: Arc::clone(source),
        });
    };
    let label = || Label::new(source, src.span);
    let path = match cx.resolve.resolve(&src.value, label()) {
        Ok(path) => path,
        Err(diagnostic) => {
            cx.log.push(*diagnostic);
            return None;
        }
    };
    if let Some(why) = asset::private(&path, cx.fs) {
        let name = relative(&cx.config.project, &path);
        cx.log.push(asset::private_file(&name, why).at(label()));
        return None;
    }
    let unreadable =
        |error: FsError| Box::new(messages::unreadable_src(label(), &error.to_string()));
    let source = cx.fs.read(&path).map_err(unreadable).and_then(|bytes| {
        decode::source(
            &path,
            &relative(&cx.config.project, &path),
            &bytes,
            cx.config.script.source_charset,
        )
    });
    match source {
        Ok(source) => Some(Contents { code: MappedCode::copied(&source.text, 0).shared(), source }),
        Err(diagnostic) => {
            cx.log.push(*diagnostic);
            None
        }
    }
}
