//! Files that are used as they are: each becomes a module whose default export is the address of
//! the file, or its text.

use std::sync::Arc;

use bundle_base::{
    Config, Source,
    asset::{Address, Wanted, address},
    config::Format,
    loader::{File, Language, LoadContext, Loaded, Loader, Part, PartContent},
    text_map::{InputMap, TextMap},
};

use bundle_js::{Feature, Support};

use super::source_text::text;
/// Loads images, fonts and the like as their addresses.
pub(super) struct AssetLoader(pub Wanted);

impl Loader for AssetLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let address = address(&file.name, &file.bytes, self.0, &cx.config.assets);
        let is_placed_by_emit = matches!(address, Address::Inline(_)) || !finds_itself(cx.config);
        let text = if is_placed_by_emit { PLACED_BY_EMIT } else { RELATIVE_TO_SCRIPT };
        let part = script(file, text.to_owned());
        Some(Loaded { address: Some(address), ..Loaded::of(part) })
    }
}

/// The module of an asset whose address is known when the build ends, or is found by our runtime.
/// The address replaces `require.resolve("?")`.
pub(super) const PLACED_BY_EMIT: &str = "export default require.resolve(\"?\");\n";

/// The module of an asset whose address the script finds relative to itself.
pub(super) const RELATIVE_TO_SCRIPT: &str =
    "export default new URL(\"?\", import.meta.url).href;\n";

/// Whether scripts find assets relative to themselves: an ES module knows its own address.
/// Otherwise emitting or our runtime provides the address.
pub(crate) fn finds_itself(config: &Config) -> bool {
    let output = &config.output;
    output.format == Format::Esm
        && output.public_path.is_empty()
        && Support::of(&config.script.target).has(Feature::ImportMeta)
}

/// Loads the text of a file: `?raw`.
pub(super) struct RawLoader;

impl Loader for RawLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        let literal = serde_json::to_string(&source.text).ok()?;
        // Before ES2019, string literals could not contain line separators.
        let literal = literal.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        Some(Loaded::of(script(file, format!("export default {literal};\n"))))
    }
}

/// Makes a part of a generated script: none of its text was copied from the file.
pub(super) fn script(file: &File, text: String) -> Part {
    let source = Source::new(file.path.clone(), format!("{}{}", file.name, file.query), text);
    let nowhere = TextMap::Mapped(InputMap::default());
    Part {
        suffix: String::new(),
        content: PartContent::Script(Language::JavaScript),
        source,
        map: Some(Arc::new(nowhere)),
    }
}
