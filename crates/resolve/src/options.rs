//! The options of oxc_resolver, made from our configuration, for each kind of request.

use bundle_base::config::{AliasTarget, Platform, ResolveConfig};
use oxc_resolver::{AliasValue, EnforceExtension, ResolveOptions, TsconfigDiscovery};

use crate::answer::AskKind;

/// Returns the options for a kind of request. `is_typescript`: the importer may be TypeScript.
pub fn options(config: &ResolveConfig, kind: AskKind, is_typescript: bool) -> ResolveOptions {
    let is_browser = config.platform == Platform::Browser;
    let syntax = if kind == AskKind::Require { "require" } else { "import" };
    let alias = |(key, target): (&String, &AliasTarget)| {
        let value = match target {
            AliasTarget::To(specifier) => AliasValue::Path(specifier.clone()),
            AliasTarget::Ignore => AliasValue::Ignore,
        };
        (key.clone(), vec![value])
    };
    let conditions = config.package_json.conditions.iter();
    ResolveOptions {
        tsconfig: Some(TsconfigDiscovery::Auto),
        alias: config.alias.iter().map(alias).collect(),
        alias_fields: if is_browser { vec![vec!["browser".to_owned()]] } else { Vec::new() },
        condition_names: conditions.cloned().chain([syntax.to_owned()]).collect(),
        enforce_extension: EnforceExtension::Disabled,
        extension_alias: if is_typescript { typescript_extensions() } else { Vec::new() },
        extensions: if kind == AskKind::Asset { Vec::new() } else { config.extensions.clone() },
        main_files: if kind == AskKind::Asset { Vec::new() } else { vec!["index".to_owned()] },
        main_fields: config.package_json.main_fields.clone(),
        prefer_relative: kind.is_url() || kind == AskKind::Entry,
        symlinks: config.follow_symlinks,
        builtin_modules: !is_browser,
        allow_package_exports_in_directory_resolve: true,
        // The default reads the environment.
        node_path: false,
        ..ResolveOptions::default()
    }
}

/// Returns the options that find directories instead of files.
pub fn for_directories(config: &ResolveConfig) -> ResolveOptions {
    ResolveOptions { resolve_to_context: true, ..options(config, AskKind::Entry, false) }
}

/// Returns the options that find stylesheets.
pub fn for_styles(config: &ResolveConfig) -> ResolveOptions {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let ours = options(config, AskKind::Import, false);
    ResolveOptions {
        condition_names: words(&["sass", "style"])
            .into_iter()
            .chain(ours.condition_names)
            .collect(),
        extensions: words(&[".scss", ".sass", ".css"]),
        main_fields: words(&["sass", "style", "main"]),
        main_files: words(&["_index", "index"]),
        // The `browser` field leads to scripts.
        alias_fields: Vec::new(),
        ..ours
    }
}

/// Returns the options that find stylesheets of packages whose `exports` name only scripts.
/// postcss-import and older compilers of Sass do not read `exports` at all.
pub fn for_styles_by_fields(config: &ResolveConfig) -> ResolveOptions {
    ResolveOptions { exports_fields: Vec::new(), ..for_styles(config) }
}

/// TypeScript importers write the extension that the output will have. A real `.js` file is
/// preferred, as in other bundlers.
fn typescript_extensions() -> Vec<(String, Vec<String>)> {
    let pair = |written: &str, tried: &[&str]| {
        (written.to_owned(), tried.iter().map(|e| (*e).to_owned()).collect())
    };
    vec![
        pair(".js", &[".js", ".ts", ".tsx"]),
        pair(".jsx", &[".jsx", ".tsx"]),
        pair(".mjs", &[".mjs", ".mts"]),
        pair(".cjs", &[".cjs", ".cts"]),
    ]
}
