//! The options of oxc_resolver, made from our configuration, for each kind of request.

use bundle_base::{
    Config,
    config::{AliasTarget, Platform, ResolveConfig},
};
use oxc_resolver::{AliasValue, EnforceExtension, ResolveOptions, TsconfigDiscovery};

use crate::{answer::RequestSyntax, path};

/// Returns the options for a kind of request. `is_typescript`: the importer may be TypeScript.
pub fn options(config: &Config, kind: RequestSyntax, is_typescript: bool) -> ResolveOptions {
    let modules = modules(config);
    let config = &config.resolve;
    let is_browser = config.platform == Platform::Browser;
    let syntax = if kind == RequestSyntax::Require { "require" } else { "import" };
    let conditions = config.package_json.conditions.iter();
    ResolveOptions {
        tsconfig: Some(TsconfigDiscovery::Auto),
        alias: aliases(config),
        alias_fields: if is_browser { vec![vec!["browser".to_owned()]] } else { Vec::new() },
        condition_names: conditions.cloned().chain([syntax.to_owned()]).collect(),
        enforce_extension: EnforceExtension::Disabled,
        extension_alias: if is_typescript { typescript_extensions() } else { Vec::new() },
        extensions: if kind == RequestSyntax::Asset {
            Vec::new()
        } else {
            config.extensions.clone()
        },
        main_files: if kind == RequestSyntax::Asset {
            Vec::new()
        } else {
            vec!["index".to_owned()]
        },
        main_fields: config.package_json.main_fields.clone(),
        modules,
        prefer_relative: kind.is_url() || kind == RequestSyntax::Entry,
        symlinks: config.follow_symlinks,
        builtin_modules: !is_browser,
        allow_package_exports_in_directory_resolve: true,
        // The default reads the environment.
        node_path: false,
        ..ResolveOptions::default()
    }
}

/// Returns the options that prefer files beside the importer, for `preferRelative`.
pub fn beside_importer(
    config: &Config,
    kind: RequestSyntax,
    is_typescript: bool,
) -> ResolveOptions {
    ResolveOptions { prefer_relative: true, ..options(config, kind, is_typescript) }
}

/// The specifier through which a pattern reaches the empty module.
const EMPTY: &str = "bundle:empty-module";

/// Returns the aliases of oxc_resolver. For it, `"a*b": false` matches all specifiers with the same
/// first letter, so such a pattern leads to an exact key.
fn aliases(config: &ResolveConfig) -> Vec<(String, Vec<AliasValue>)> {
    let empty = (format!("{EMPTY}$"), vec![AliasValue::Ignore]);
    let alias = |(key, target): (&String, &AliasTarget)| {
        let value = match target {
            AliasTarget::To(specifier) => AliasValue::Path(specifier.clone()),
            AliasTarget::Ignore if key.contains('*') => AliasValue::Path(EMPTY.to_owned()),
            AliasTarget::Ignore => AliasValue::Ignore,
        };
        (key.clone(), vec![value])
    };
    let is_empty_pattern = |(key, target): (&String, &AliasTarget)| {
        key.contains('*') && matches!(target, AliasTarget::Ignore)
    };
    let has_patterns = config.alias.iter().any(is_empty_pattern);
    has_patterns.then_some(empty).into_iter().chain(config.alias.iter().map(alias)).collect()
}

/// Returns where packages are looked for. Sources outside the project, such as TYPO3's beside the
/// folder of their build, find the packages of the project last.
fn modules(config: &Config) -> Vec<String> {
    let own = config.project.join("node_modules").into_string();
    let mut modules = config.resolve.bare_specifiers.module_paths.clone();
    if !modules.contains(&own) {
        modules.push(own);
    }
    modules
}

/// Returns the options that load a tsconfig.json without its references.
pub fn for_tsconfigs(config: &Config) -> ResolveOptions {
    ResolveOptions { tsconfig: None, ..options(config, RequestSyntax::Import, false) }
}

/// Returns the options that find directories instead of files.
pub fn for_directories(config: &Config) -> ResolveOptions {
    ResolveOptions { resolve_to_context: true, ..options(config, RequestSyntax::Entry, false) }
}

/// Returns the options that find stylesheets.
pub fn for_styles(config: &Config) -> ResolveOptions {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let ours = options(config, RequestSyntax::Import, false);
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
pub fn for_styles_by_fields(config: &Config) -> ResolveOptions {
    ResolveOptions { exports_fields: Vec::new(), ..for_styles(config) }
}

/// The extensions of TypeScript's outputs, which importers write, and those of the sources. A real
/// `.js` file is preferred, as in other bundlers.
const OF_TYPESCRIPT: [(&str, &[&str]); 4] =
    [(".js", &[".ts", ".tsx"]), (".jsx", &[".tsx"]), (".mjs", &[".mts"]), (".cjs", &[".cts"])];

fn typescript_extensions() -> Vec<(String, Vec<String>)> {
    let pair = |(written, sources): (&str, &[&str])| {
        let tried = std::iter::once(written).chain(sources.iter().copied());
        (written.to_owned(), tried.map(str::to_owned).collect())
    };
    OF_TYPESCRIPT.map(pair).into()
}

/// Returns the specifiers of the TypeScript sources whose output a specifier may name.
pub fn typescript_sources(specifier: &str) -> impl Iterator<Item = String> {
    let path = path::without_query(specifier);
    let written = OF_TYPESCRIPT.iter().find_map(|(written, sources)| {
        let stem = path.strip_suffix(written)?;
        Some((stem, &specifier[path.len()..], *sources))
    });
    written.into_iter().flat_map(|(stem, query, sources)| {
        sources.iter().map(move |source| format!("{stem}{source}{query}"))
    })
}
