//! Files that are used as they are: a module whose default export is the address, or the text, of a
//! file.

use std::sync::Arc;

use bundle_base::{
    Config, Source,
    asset::{Address, Wanted, address},
    config::Format,
    loader::{File, Language, LoadContext, Loaded, Loader, Part, PartContent},
    text_map::{InputMap, TextMap},
};

use bundle_js::has_import_meta;

use super::text;
/// Images, fonts and the like: the address.
pub(super) struct AssetLoader(pub Wanted);

impl Loader for AssetLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let address = address(&file.name, &file.bytes, self.0, &cx.config.assets);
        let is_told = matches!(address, Address::Inline(_)) || !finds_itself(cx.config);
        let text = if is_told { TOLD } else { FOUND };
        let part = script(file, text.to_owned());
        Some(Loaded { address: Some(address), ..Loaded::of(part) })
    }
}

/// What the address is told in the place of.
const TOLD: &str = "export default require.resolve(\"?\");\n";

/// What finds it from where the script is.
const FOUND: &str = "export default new URL(\"?\", import.meta.url).href;\n";

/// An ES module knows where it is, and so finds files that nobody has told it of.
pub(crate) fn finds_itself(config: &Config) -> bool {
    let output = &config.output;
    output.format == Format::Esm
        && output.public_path.is_empty()
        && has_import_meta(&config.script.target)
}

/// `?raw`: the text.
pub(super) struct RawLoader;

impl Loader for RawLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        let literal = serde_json::to_string(&source.text).ok()?;
        // Line separators were no part of strings before ES2019.
        let literal = literal.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        Some(Loaded::of(script(file, format!("export default {literal};\n"))))
    }
}

/// A script of ours, none of which stands in the file.
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
