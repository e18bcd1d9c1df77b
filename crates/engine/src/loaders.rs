//! From a file's extension to its loader, and the loaders that are too small for a crate.

use bundle_base::{
    Source,
    asset::Wanted,
    decode,
    loader::{File, Language, LoadContext, Loaded, Loader, Part, PartContent},
};

use crate::messages;

mod asset;
mod input_map;
mod json;
mod vue;

pub(crate) use asset::finds_itself;
pub(crate) use json::module as json_module;

/// The loader of a file, by how it is asked for and its extension.
pub(crate) fn loader_of(name: &str, query: &str) -> &'static dyn Loader {
    match () {
        () if has_flag(query, "raw") => return &asset::RawLoader,
        () if has_flag(query, "url") => return &asset::AssetLoader(Wanted::File),
        () if has_flag(query, "inline") => return &asset::AssetLoader(Wanted::Inline),
        () => {}
    }
    match extension(name) {
        // A file without an extension is a script if anything: `bin/tool`.
        "js" | "mjs" | "cjs" | "" => &ScriptLoader(Language::JavaScript),
        "jsx" => &ScriptLoader(Language::Jsx),
        "ts" | "mts" | "cts" => &ScriptLoader(Language::TypeScript),
        "tsx" => &ScriptLoader(Language::Tsx),
        "json" => &json::JsonLoader,
        "css" | "scss" | "sass" => &StyleLoader,
        "vue" => &vue::VueLoader,
        _ if is_foreign(name) => &NoLoader,
        _ => &asset::AssetLoader(Wanted::Either),
    }
}

/// Whether a query says something: `?raw`, `?v=1&raw`.
fn has_flag(query: &str, flag: &str) -> bool {
    let query = query.split('#').next().unwrap_or(query);
    query.trim_start_matches('?').split('&').any(|part| part == flag)
}

/// Sources in languages that are compiled by others: as they are they are of no use to a page.
fn is_foreign(name: &str) -> bool {
    const LANGUAGES: [&str; 20] = [
        "less",
        "styl",
        "stylus",
        "sss",
        "pcss",
        "postcss",
        "coffee",
        "litcoffee",
        "ls",
        "elm",
        "purs",
        "re",
        "res",
        "pug",
        "jade",
        "haml",
        "svelte",
        "astro",
        "mdx",
        "marko",
    ];
    LANGUAGES.contains(&extension(name))
}

/// Whether a file is used as it is, and not for what it says.
pub(crate) fn is_asset(name: &str, query: &str) -> bool {
    const UNDERSTOOD: [&str; 14] =
        ["js", "mjs", "cjs", "", "jsx", "ts", "mts", "cts", "tsx", "json", "css", "scss", "sass", "vue"];
    let is_asked_for = ["url", "inline", "raw"].iter().any(|flag| has_flag(query, flag));
    is_asked_for || !UNDERSTOOD.contains(&extension(name)) && !is_foreign(name)
}

/// The part of a file name after its last dot, without query; empty if there is none.
pub(crate) fn extension(name: &str) -> &str {
    let path = name.split('?').next().unwrap_or(name);
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Scripts: the file is its only part, as it is.
struct ScriptLoader(Language);

impl Loader for ScriptLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        let map = input_map::of(file, &source, cx);
        let part = Part { suffix: String::new(), content: PartContent::Script(self.0), source, map };
        Some(Loaded::of(part))
    }
}

/// Stylesheets: CSS without statements of a script.
struct StyleLoader;

impl Loader for StyleLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        bundle_css::StyleLoader::load(&source, extension(&file.name), cx)
    }
}

/// Everything that nobody can load yet.
struct NoLoader;

impl Loader for NoLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        cx.log.push(messages::no_loader(&file.name, extension(&file.name)));
        None
    }
}

/// True if what `require` gives of a file is its default export: data, not a program.
pub(crate) fn is_data(name: &str, query: &str) -> bool {
    extension(name) == "json" || is_asset(name, query)
}

/// A file as text, or a diagnostic that names the encoding it looks like.
pub(crate) fn text(file: &File, cx: &mut LoadContext<'_>) -> Option<std::sync::Arc<Source>> {
    let name = format!("{}{}", file.name, file.query);
    let source = decode::source(&file.path, &name, &file.bytes, cx.config.script.source_charset);
    source.map_err(|diagnostic| cx.log.push(*diagnostic)).ok()
}
