//! Selects the loader of a file by its query and its extension, refuses files that must not be
//! published, and holds the loaders that are too small for a crate.

use bundle_base::{
    Config, Diagnostic, FileSystem,
    asset::{Private, Wanted, has_flag, is_known, private, private_file},
    config::ManifestKind,
    loader::{
        File, Language, LoadContext, Loaded, Loader, Part, PartContent, is_css_or_sass, is_foreign,
    },
};

use bundle_resolve::{EXPOSE, Resolved};

use crate::messages;

mod asset; // files that are used as they are
mod exposed; // `?expose=$`: modules whose exports are page globals
mod input_map; // the source map of a file that was compiled already
mod json; // JSON as a module
mod react; // `?react`: SVG files as components of React
mod source_text; // a file's bytes -> text
mod sprite; // `?sprite`: SVG files as symbols
mod stimulus; // `?stimulus`: Stimulus controllers
mod svg; // the elements of an SVG
mod vue; // Vue components
mod wasm; // WebAssembly files

/// The flag of a query that makes an SVG file a symbol of the page: `?sprite`.
pub(crate) const SPRITE: &str = "sprite";

/// The flag of a query that makes a script a controller for Stimulus: `?stimulus`.
const STIMULUS: &str = "stimulus";

/// The flag of a query that makes a file a classic script: `?script`.
pub(crate) const SCRIPT: &str = "script";

/// The flag of a query that makes a script a worker: `?worker`.
pub(crate) const WORKER: &str = "worker";

pub(crate) use asset::finds_itself;
pub(crate) use json::module as json_module;
pub(crate) use source_text::text;
use wasm::Form;
pub(crate) use wasm::INSTANCE;

/// Returns the loader of a file, by its query and its extension.
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
        Kind::React(Drawing::Component) => &react::ReactLoader { with_address: false },
        Kind::React(Drawing::AddressAndComponent) => &react::ReactLoader { with_address: true },
        Kind::Exposed => &exposed::ExposedLoader,
        Kind::Stimulus(Controllers::Listed) => &stimulus::ControllersLoader,
        Kind::Stimulus(Controllers::One) => &stimulus::ControllerLoader,
        Kind::Wasm(Form::Address) => &wasm::AddressLoader,
        Kind::Wasm(Form::Init) => &wasm::WasmLoader(Form::Init),
        Kind::Wasm(Form::Compiled) => &wasm::WasmLoader(Form::Compiled),
        Kind::Wasm(Form::Instance) => &wasm::WasmLoader(Form::Instance),
        Kind::Asset(Wanted::Either) => &asset::AssetLoader(Wanted::Either),
        Kind::Asset(Wanted::File) => &asset::AssetLoader(Wanted::File),
        Kind::Asset(Wanted::Inline) => &asset::AssetLoader(Wanted::Inline),
    }
}

/// The types of modules that plugins may make.
const TYPES: [&str; 7] = ["js", "jsx", "ts", "tsx", "json", "css", "text"];

/// Loads a file whose text plugins made: by the type that they give it, else by its extension. A
/// file whose extension is not one of a script, stylesheet or component is JavaScript.
pub(crate) fn load_made(file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
    let made = file.made.as_ref()?;
    let script =
        |language: Language, cx: &mut LoadContext<'_>| ScriptLoader(language).load(file, cx);
    let loaded = match made.kind.as_deref() {
        None => match kind(&file.name, &file.query) {
            Kind::Script(_) | Kind::Style | Kind::Vue | Kind::Stimulus(_) => {
                loader_of(&file.name, &file.query).load(file, cx)
            }
            Kind::Foreign if cx.config.preprocessor(extension(&file.name)).is_some() => {
                StyleLoader.load(file, cx)
            }
            Kind::Json
            | Kind::Foreign
            | Kind::Text
            | Kind::Sprite
            | Kind::React(_)
            | Kind::Exposed
            | Kind::Wasm(_)
            | Kind::Asset(_) => script(Language::JavaScript, cx),
        },
        Some("js") => script(Language::JavaScript, cx),
        Some("jsx") => script(Language::Jsx, cx),
        Some("ts") => script(Language::TypeScript, cx),
        Some("tsx") => script(Language::Tsx, cx),
        Some("json") => json::JsonLoader.load(file, cx),
        Some("css") => StyleLoader.load(file, cx),
        Some("text") => asset::RawLoader.load(file, cx),
        Some(word) => {
            cx.log.push(messages::unknown_module_type(&file.name, word, &TYPES));
            None
        }
    };
    Some(Loaded { is_made: true, declared_side_effects: made.side_effects, ..loaded? })
}

/// What a request turns a file into.
enum Kind {
    Script(Language),
    Json,
    Style,
    Vue,
    /// A source in a language that bundle does not compile itself.
    Foreign,
    /// `?raw`: its text as a string.
    Text,
    /// `?sprite`: an SVG that becomes a symbol of the page.
    Sprite,
    /// `?react`, `?url-react`: an SVG that becomes a component.
    React(Drawing),
    /// `?expose=$`: the file's exports become a page global.
    Exposed,
    /// `?stimulus`: controllers for Stimulus.
    Stimulus(Controllers),
    /// A WebAssembly file.
    Wasm(Form),
    /// Its address.
    Asset(Wanted),
}

/// What the default export of an SVG is.
enum Drawing {
    /// The component.
    Component,
    /// The address. The component has a name.
    AddressAndComponent,
}

/// The kind of file that has `?stimulus`.
enum Controllers {
    /// `controllers.json`.
    Listed,
    /// A script.
    One,
}

fn kind(name: &str, query: &str) -> Kind {
    if has_flag(query, "raw") {
        return Kind::Text;
    }
    if has_flag(query, SPRITE) {
        return Kind::Sprite;
    }
    if has_flag(query, "react") {
        return Kind::React(Drawing::Component);
    }
    if has_flag(query, "url-react") {
        return Kind::React(Drawing::AddressAndComponent);
    }
    if query.starts_with(EXPOSE) {
        return Kind::Exposed;
    }
    if has_flag(query, STIMULUS) {
        match extension(name) {
            "json" => return Kind::Stimulus(Controllers::Listed),
            "js" | "mjs" | "jsx" | "ts" | "tsx" => return Kind::Stimulus(Controllers::One),
            _ => {}
        }
    }
    if let Some(wanted) = Wanted::of(query) {
        return Kind::Asset(wanted);
    }
    if extension(name) == "wasm"
        && let Some(form) = Form::of(query)
    {
        return Kind::Wasm(form);
    }
    match extension(name) {
        // A file without an extension is a script if anything: `bin/tool`.
        "js" | "mjs" | "cjs" | "" => Kind::Script(Language::JavaScript),
        "jsx" => Kind::Script(Language::Jsx),
        "ts" | "mts" | "cts" => Kind::Script(Language::TypeScript),
        "tsx" => Kind::Script(Language::Tsx),
        "json" => Kind::Json,
        "vue" => Kind::Vue,
        extension if is_css_or_sass(extension) => Kind::Style,
        extension if is_foreign(extension) => Kind::Foreign,
        _ => Kind::Asset(Wanted::Either),
    }
}

/// In the query of a file: a rule of `copy` names PHP files that WordPress includes.
pub(crate) const COPIED_PROGRAM: &str = "bundle:program";

/// Returns why a file must not be published, as an asset or within a script; `None`: it may be
/// loaded.
pub(crate) fn refused(
    found: &Resolved,
    config: &Config,
    fs: &dyn FileSystem,
) -> Option<Diagnostic> {
    let extension = extension(&found.name);
    let is_asked_for = match kind(&found.name, &found.query) {
        Kind::Text
        | Kind::Sprite
        | Kind::React(_)
        | Kind::Asset(Wanted::File | Wanted::Inline)
        | Kind::Wasm(_) => true,
        Kind::Asset(Wanted::Either) => false,
        Kind::Script(_)
        | Kind::Json
        | Kind::Style
        | Kind::Vue
        | Kind::Foreign
        | Kind::Exposed
        | Kind::Stimulus(_) => return None,
    };
    let is_allowed = |why| {
        why == Private::Program
            && has_flag(&found.query, COPIED_PROGRAM)
            && config.output.has_manifest(ManifestKind::Wordpress)
    };
    if let Some(why) = private(&found.path, fs).filter(|why| !is_allowed(*why)) {
        return Some(private_file(&found.name, why));
    }
    let is_listed = || config.assets.extensions.contains(&extension.to_ascii_lowercase());
    let is_refused = !is_asked_for && !is_known(extension) && !is_listed();
    is_refused.then(|| messages::no_loader(&found.name, extension))
}

/// Whether a file is used as it is (an asset or a text), and not compiled or run.
pub(crate) fn is_asset(name: &str, query: &str) -> bool {
    matches!(kind(name, query), Kind::Text | Kind::Asset(_) | Kind::Wasm(Form::Address))
}

/// Whether a file is WebAssembly that a script runs, and does not only know the address of.
pub(crate) fn is_run_as_wasm(name: &str, query: &str) -> bool {
    matches!(kind(name, query), Kind::Wasm(form) if form != Form::Address)
}

/// Returns the same for a module, by its key: the name with the query.
pub(crate) fn is_wasm_module(key: &str) -> bool {
    let (name, query) = key.split_at(key.find('?').unwrap_or(key.len()));
    is_run_as_wasm(name, query)
}

/// Whether a file is compiled, so that its result is worth storing in the disk cache.
pub(crate) fn is_compiled(name: &str, query: &str) -> bool {
    matches!(kind(name, query), Kind::Style | Kind::Vue | Kind::Foreign)
}

/// Returns the part of a file name after its last dot, without a query; empty if there is no dot.
pub(crate) fn extension(name: &str) -> &str {
    // Over bytes: this is asked a dozen times for each module.
    let bytes = name.as_bytes();
    let end = bytes.iter().position(|byte| *byte == b'?').unwrap_or(bytes.len());
    let last = bytes[..end].iter().rposition(|byte| matches!(byte, b'.' | b'/'));
    last.filter(|at| bytes[*at] == b'.').map_or("", |at| &name[at + 1..end])
}

/// Scripts: the whole file is the only part.
struct ScriptLoader(Language);

impl Loader for ScriptLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        let map = input_map::of(file, &source, cx);
        let part =
            Part { suffix: String::new(), content: PartContent::Script(self.0), source, map };
        Some(Loaded::of(part))
    }
}

/// Stylesheets: modules of CSS, whose scripts are empty unless they export class names.
struct StyleLoader;

impl Loader for StyleLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        let lang = match extension(&file.name) {
            lang @ ("css" | "scss" | "sass") => lang,
            lang if cx.config.preprocessor(lang).is_some() => lang,
            // It is for PostCSS, or a plugin made CSS of it.
            _ => "css",
        };
        bundle_css::StyleLoader::load(file, &source, lang, cx)
    }
}

/// Sources in languages that bundle does not compile itself: a command of the configuration's
/// `preprocess` compiles them to CSS; without one they are an error.
struct ForeignLoader;

impl Loader for ForeignLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        if cx.config.preprocessor(extension(&file.name)).is_some() {
            return StyleLoader.load(file, cx);
        }
        cx.log.push(messages::foreign_language(&file.name, extension(&file.name)));
        None
    }
}

/// Whether `require` returns the default export of a file: the file is data, not a program.
pub(crate) fn is_data(name: &str, query: &str) -> bool {
    extension(name) == "json" || is_asset(name, query)
}
