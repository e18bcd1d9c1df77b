//! From a file's extension to its loader, and the loaders that are too small for a crate.

use bundle_base::{
    Source,
    asset::{Wanted, has_flag},
    decode,
    loader::{File, Language, LoadContext, Loaded, Loader, Part, PartContent},
};

use crate::messages;

mod asset;
mod input_map;
mod json;
mod sprite;
mod vue;

/// What a query says of a drawing that becomes a symbol of the page.
pub(crate) const SPRITE: &str = "sprite";

pub(crate) use asset::finds_itself;
pub(crate) use json::module as json_module;

/// The loader of a file, by how it is asked for and its extension.
pub(crate) fn loader_of(name: &str, query: &str) -> &'static dyn Loader {
    match kind(name, query) {
        Kind::Script(Language::JavaScript) => &ScriptLoader(Language::JavaScript),
        Kind::Script(Language::Jsx) => &ScriptLoader(Language::Jsx),
        Kind::Script(Language::TypeScript) => &ScriptLoader(Language::TypeScript),
        Kind::Script(Language::Tsx) => &ScriptLoader(Language::Tsx),
        Kind::Json => &json::JsonLoader,
        Kind::Style => &StyleLoader,
        Kind::Vue => &vue::VueLoader,
        Kind::Foreign => &ForeignLoader,
        Kind::Text => &asset::RawLoader,
        Kind::Sprite => &sprite::SpriteLoader,
        Kind::Asset(Wanted::Either) => &asset::AssetLoader(Wanted::Either),
        Kind::Asset(Wanted::File) => &asset::AssetLoader(Wanted::File),
        Kind::Asset(Wanted::Inline) => &asset::AssetLoader(Wanted::Inline),
    }
}

/// What a file is to whoever asks for it.
enum Kind {
    Script(Language),
    Json,
    Style,
    Vue,
    /// In a language that others compile.
    Foreign,
    /// Its text is wanted, whatever it is.
    Text,
    /// It is a drawing, and becomes a symbol of the page.
    Sprite,
    /// Its address is.
    Asset(Wanted),
}

fn kind(name: &str, query: &str) -> Kind {
    if has_flag(query, "raw") {
        return Kind::Text;
    }
    if has_flag(query, SPRITE) {
        return Kind::Sprite;
    }
    if let Some(wanted) = Wanted::of(query) {
        return Kind::Asset(wanted);
    }
    match extension(name) {
        // A file without an extension is a script if anything: `bin/tool`.
        "js" | "mjs" | "cjs" | "" => Kind::Script(Language::JavaScript),
        "jsx" => Kind::Script(Language::Jsx),
        "ts" | "mts" | "cts" => Kind::Script(Language::TypeScript),
        "tsx" => Kind::Script(Language::Tsx),
        "json" => Kind::Json,
        "css" | "scss" | "sass" => Kind::Style,
        "vue" => Kind::Vue,
        _ if is_foreign(name) => Kind::Foreign,
        _ => Kind::Asset(Wanted::Either),
    }
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
    matches!(kind(name, query), Kind::Text | Kind::Asset(_))
}

/// Whether a file is compiled, and so worth remembering: reading it is not all there is to do.
pub(crate) fn is_compiled(name: &str, query: &str) -> bool {
    matches!(kind(name, query), Kind::Style | Kind::Vue | Kind::Foreign)
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
        bundle_css::StyleLoader::load(file, &source, extension(&file.name), cx)
    }
}

/// Languages that others compile: a command for styles, if the configuration has one.
struct ForeignLoader;

impl Loader for ForeignLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        if cx.config.preprocessor(extension(&file.name)).is_some() {
            return StyleLoader.load(file, cx);
        }
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
