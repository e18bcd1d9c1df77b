//! Reads Symfony's Webpack Encore: each call on `Encore` in order.

use std::rc::Rc;

use bundle_base::config::folder_of_addresses;
use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Symbol, Value};
use camino::Utf8Path;
use serde_json::json;

use builds::Build;
use copies::copied;
use names::EntryNames;

use super::{
    asset_names::{FONTS, IMAGES, listed},
    babel, handlebars, postcss,
    reading::{Reading, call_of},
    source_maps, vue_loader, webpack,
};

mod builds; // reset()
mod copies; // copyFiles
mod names; // configureFilenames

/// Calls that need no key.
const WITHOUT_MEANING: &[&str] = &[
    "enableSingleRuntimeChunk",
    "disableSingleRuntimeChunk",
    "cleanupOutputBeforeBuild",
    "enableBuildNotifications",
    "enableTypeScriptLoader",
    "enableForkedTypeScriptTypesChecking",
    "enableEslintLoader",
    "enableEslintPlugin",
    "configureRuntimeEnvironment",
    "isProduction",
    "isDev",
    "configureTerserPlugin",
    "configureUglifyJsPlugin",
    "configureWatchOptions",
    "configureDevServerOptions",
    "getWebpackConfig",
    "enableIntegrityHashes",
    "reset",
    "configureMiniCssExtractPlugin",
    "configureLoaderRule",
    "configureSplitChunks",
    "isRuntimeEnvironmentConfigured",
    "useDevServer",
    "enableBuildCache",
    "disableImagesLoader",
    "disableFontsLoader",
    "configureFriendlyErrorsPlugin",
    "configureManifestPlugin",
    "when",
    "configureCssMinimizerPlugin",
];

/// Reads the calls of a script, and the webpack options that it changes afterwards.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let all_calls: Vec<Rc<Symbol>> = reading
        .script
        .calls()
        .iter()
        .filter(|call| call.root() == "@symfony/webpack-encore")
        .map(Rc::clone)
        .collect();
    let exported =
        if let Value::List(_) = exports { exports.elements() } else { vec![exports.clone()] };
    let builds = builds::of_script(reading, &all_calls, &exported);
    let calls: Vec<Rc<Symbol>> = builds.iter().flat_map(|build| build.calls).cloned().collect();
    let are_versioned = builds.iter().any(Build::is_versioned);
    builds::splitting(reading, &builds);
    for build in &builds {
        let known = reading.plan.outputs.len();
        one_build(reading, build, builds.len() == 1);
        if are_versioned && !build.is_versioned() {
            let outputs = reading.plan.outputs.values_mut().skip(known);
            outputs.for_each(|sources| sources.has_exact_name = true);
        }
    }
    if let Some(second) = builds.get(1).and_then(|build| build.calls.first()) {
        reading.note(
            second.place,
            format!("{} builds, each with an entrypoints.json", builds.len()),
            "one build has one entrypoints.json, and its entries have their folders in their \
             names: views write encore_entry_script_tags('FOLDER/ENTRY'), without the name of a \
             build after it",
        );
    }
    // `configureFilenames({ js: "[name].js?v=[contenthash]" })`
    let pattern = &reading.plan.scripts.pattern;
    if !pattern.is_empty() && !webpack::has_hash(pattern) {
        let pattern = pattern.clone();
        reading.plan.modes.production.shift_remove("hash");
        webpack::of_pattern(reading, &pattern);
    }
    reading.plan.assets.is_written = true;
    // Encore's own names. The manifest has them without the hash.
    for (folder, extensions) in [("images", IMAGES), ("fonts", FONTS)] {
        let names = &reading.plan.assets.names;
        if !names.iter().any(|names| names.fits_extension(extensions[0])) {
            let pattern = format!("{folder}/[name].[hash][ext]");
            webpack::file_names(reading, listed(extensions), &pattern, ScriptLocation::default());
        }
    }
    let prefix = manifest_prefix(reading, &calls, builds.len() == 1);
    let manifest = prefix
        .map_or_else(|| json!("encore"), |prefix| json!({ "kind": "encore", "prefix": prefix }));
    reading.plan.set("manifest", json!(["entrypoints", manifest]));
    reading.plan.comment(
        "manifest",
        "entrypoints.json for encore_entry_script_tags() in templates, manifest.json for asset()",
    );
    // `const config = Encore.getWebpackConfig(); config.resolve.alias.x = …`
    let is_among = |calls: &[Rc<Symbol>], one| calls.iter().any(|call| Rc::ptr_eq(call, one));
    let is_left_out = |one| is_among(&all_calls, one) && !is_among(&calls, one);
    for symbol in exported.iter().filter_map(Value::as_symbol).filter(|one| !is_left_out(one)) {
        let mut changes = symbol.changes();
        let output = changes.get("output");
        if output.is_some_and(|field| !field.value.get("publicPath").is_missing()) {
            reading.note(
                symbol.place,
                "output.publicPath, which differs from setPublicPath()",
                "without \"publicPath\", chunks are loaded from beside their script, and manifests \
                 have names without a folder",
            );
        }
        for key in ["output", "entry", "optimization"] {
            changes.shift_remove(key);
        }
        webpack::options(reading, &Value::object(changes));
    }
}

/// Reads the calls of one configuration.
fn one_build(reading: &mut Reading<'_>, build: &Build<'_>, is_only: bool) {
    let Build { calls, folder, public } = build;
    if is_only {
        reading.plan.out_dir = Some(folder.clone());
    } else {
        reading.plan.scripts.folders.push((folder.clone(), public.clone()));
    }
    let names = EntryNames::of(reading, calls, folder);
    for call in *calls {
        // `config.plugins.push(…)`, `config.module.rules.push(…)`
        let path = call.path();
        if path.contains(&"getWebpackConfig") {
            let first = call_of(call).1.first().cloned().unwrap_or_default();
            match path.as_slice() {
                [.., "plugins", "push"] => webpack::plugin(reading, &first),
                [.., "rules", "push" | "unshift"] => webpack::rule(reading, &first, call.place),
                _ => {}
            }
        } else {
            one_call(reading, call, &names);
        }
    }
}

fn one_call(reading: &mut Reading<'_>, call: &Symbol, names: &EntryNames) {
    let (name, arguments) = call_of(call);
    let place = call.place;
    let first = arguments.first().cloned().unwrap_or_default();
    match name {
        "setPublicPath" => {
            if let Some(mut path) = first.as_text() {
                if !path.is_empty() && !path.ends_with('/') {
                    path.push('/');
                }
                reading.plan.set("publicPath", path);
            }
        }
        "enableSourceMaps" if arguments.is_empty() => {
            source_maps::of_switch(&mut reading.plan, &Value::Boolean(true));
        }
        "enableSourceMaps" => source_maps::of_switch(&mut reading.plan, &first),
        "addEntry" | "addStyleEntry" | "createSharedEntry" | "addEntries" => {
            entries(reading, name, arguments, place, names);
        }
        "enableVersioning" => {
            if !matches!(first, Value::Boolean(false)) {
                reading.plan.modes.production.insert("hash".to_owned(), true.into());
            }
        }
        "splitEntryChunks" => reading.plan.set("splitting", true),
        "autoProvidejQuery" => {
            for name in ["$", "jQuery"] {
                reading.plan.put("provide", name, "jquery");
                reading.plan.put("provide", &format!("window.{name}"), "jquery");
            }
        }
        "autoProvideVariables" => webpack::provide(reading, &first, place),
        "addExternals" => webpack::externals(reading, &first, place),
        "addAliases" => webpack::aliases(reading, &first, place),
        "enableStimulusBridge" => {
            webpack::alias(reading, "@symfony/stimulus-bridge/controllers.json", &first, place);
        }
        "addPlugin" => webpack::plugin(reading, &first),
        "addRule" | "addLoader" => webpack::rule(reading, &first, place),
        "enablePostCssLoader" => {
            if let Some(options) = options_of(reading, &first) {
                postcss::of_loader(reading, &options, place);
            }
        }
        "enableLessLoader" => {
            let options = options_of(reading, &first).unwrap_or_default();
            webpack::less_of_loader(reading, &options);
        }
        "enableStylusLoader" => webpack::stylus(reading, &Value::Undefined),
        "enableSassLoader" => {
            if let Some(options) = options_of(reading, &first) {
                webpack::sass(reading, &options);
            }
        }
        "enableReactPreset"
        | "enablePreactPreset"
        | "enableVueLoader"
        | "enableHandlebarsLoader"
        | "configureBabel"
        | "configureBabelPresetEnv" => compilers(reading, name, arguments, place),
        "copyFiles" => copied(reading, first, &names.out, place),
        "configureDefinePlugin" => {
            if let Some(options) = options_of(reading, &first) {
                webpack::define(reading, &options);
            }
        }
        "configureFilenames" => names::read(reading, &first, place),
        "configureCssLoader"
        | "disableCssExtraction"
        | "configureImageRule"
        | "configureFontRule"
        | "configureUrlLoader" => styles_and_files(reading, name, &first, place),
        // `manifest_prefix` reads it once the folder is known.
        "addCacheGroup" | "setManifestKeyPrefix" | "setOutputPath" => {}
        name if WITHOUT_MEANING.contains(&name) => {}
        "" => {}
        name => reading.note(
            place,
            format!("Encore.{name}()"),
            "find out whether you need what it does",
        ),
    }
}

/// Reads a call that sets where styles and files go.
fn styles_and_files(reading: &mut Reading<'_>, name: &str, first: &Value, place: ScriptLocation) {
    match name {
        "configureCssLoader" => {
            if let Some(options) = options_of(reading, first) {
                webpack::urls_of_css_loader(reading, &options);
            }
        }
        "disableCssExtraction" => {
            reading.plan.assets.are_styles_injected |=
                first.is_true() != Some(false) || first.is_missing();
        }
        "configureUrlLoader" => {
            for kind in ["images", "fonts"] {
                webpack::inlined(reading, &first.get(kind).get("limit"));
            }
        }
        rule => {
            let extensions = if rule == "configureFontRule" { FONTS } else { IMAGES };
            if let Some(pattern) = first.get("filename").as_text() {
                webpack::file_names(reading, listed(extensions), &pattern, place);
            }
            webpack::inlined(reading, &first.get("maxSize"));
        }
    }
}

/// Returns what names in manifest.json begin with. `None`: the folder of the outputs, as here.
fn manifest_prefix(
    reading: &mut Reading<'_>,
    calls: &[Rc<Symbol>],
    is_only: bool,
) -> Option<String> {
    let (name, arguments, place) = calls
        .iter()
        .rev()
        .map(|call| (call_of(call).0, call_of(call).1, call.place))
        .find(|(name, ..)| *name == "setManifestKeyPrefix")?;
    let prefix = arguments.first()?.as_text()?;
    let folder = prefix.trim_end_matches('/');
    let out_dir = reading.plan.out_dir.clone().unwrap_or_default();
    let public = reading.plan.keys.get("publicPath").and_then(|path| path.as_str());
    let usual = folder_of_addresses(public.unwrap_or_default(), Utf8Path::new(&out_dir));
    if usual.trim_end_matches('/') == folder {
        return None;
    }
    if !is_only {
        let remedy = "names in manifest.json begin with the folders that outDir and publicPath \
                      end with: correct asset() in views";
        reading.note(place, format!("{name}(\"{prefix}\")"), remedy);
        return None;
    }
    Some(if folder.is_empty() { String::new() } else { format!("{folder}/") })
}

/// Reads a call that sets how scripts are compiled.
fn compilers(reading: &mut Reading<'_>, name: &str, arguments: &[Value], place: ScriptLocation) {
    let first = arguments.first().cloned().unwrap_or_default();
    match name {
        "enableReactPreset" => react(reading, &first, place),
        "enablePreactPreset" if first.get("preactCompat").is_true() == Some(true) => {}
        "enablePreactPreset" => {
            babel::set_jsx(reading, vec![("factory".to_owned(), "h".to_owned())], place);
        }
        "enableVueLoader" => {
            let has_jsx = arguments.iter().any(|one| one.get("useJsx").is_true() == Some(true));
            if has_jsx && reading.facts.major("vue").is_none_or(|major| major == 2) {
                reading.plan.set("jsx", "vue2");
            }
            let options = options_of(reading, &first).unwrap_or_default();
            vue_loader::read(reading, &options);
        }
        "enableHandlebarsLoader" => {
            let options = options_of(reading, &first).unwrap_or_default();
            handlebars::read(reading, &options, &[], place);
        }
        "configureBabel" => configured_babel(reading, arguments, place),
        "configureBabelPresetEnv" => {
            if let Some(options) = options_of(reading, &first) {
                babel::built_ins(reading, &options, place);
            }
        }
        _ => {}
    }
}

/// Reads `enableReactPreset`: Babel's preset, which is automatic since Encore 5.
fn react(reading: &mut Reading<'_>, callback: &Value, place: ScriptLocation) {
    let version = reading.facts.major("@symfony/webpack-encore");
    let runtime = if version.is_some_and(|major| major < 5) { "classic" } else { "automatic" };
    let runtime = Field { value: Value::text(runtime), place };
    let options = Value::object(Object::from([("runtime".to_owned(), runtime)]));
    let changed = if let Value::Function(_) = callback {
        reading.script.call(callback, vec![options.clone()])
    } else {
        Value::Undefined
    };
    babel::react(reading, if changed.is_missing() { &options } else { &changed }, place);
}

/// Reads what `configureBabel` adds to the options of Babel, and its own options.
fn configured_babel(reading: &mut Reading<'_>, arguments: &[Value], place: ScriptLocation) {
    let [callback, options] = [0, 1].map(|at| arguments.get(at).cloned().unwrap_or_default());
    babel::built_ins(reading, &options, place);
    if let Value::Function(_) = callback {
        let list = |key: &str| {
            (key.to_owned(), Field { value: Value::list(Vec::new()), ..Field::default() })
        };
        let options = Value::object(Object::from([list("plugins"), list("presets")]));
        reading.script.call(&callback, vec![options.clone()]);
        babel::options_of_tool(reading, &options, place);
    }
}

/// Reads a call that adds entries.
fn entries(
    reading: &mut Reading<'_>,
    name: &str,
    arguments: &[Value],
    place: ScriptLocation,
    names: &EntryNames,
) {
    let first = arguments.first().cloned().unwrap_or_default();
    let entries = if name == "addEntries" {
        first.fields().into_iter().map(|(name, field)| (name, field.value)).collect()
    } else {
        let value = arguments.get(1).cloned().unwrap_or_default();
        first.as_text().map(|name| vec![(name, value)]).unwrap_or_default()
    };
    if entries.is_empty() {
        reading.note(place, format!("{name} of an unknown name"), "add it to \"areas\"");
    }
    for (entry, value) in entries {
        let paths = reading.paths_of(&value);
        let paths = paths.iter().map(|path| package_path(reading, path)).collect::<Vec<_>>();
        let (script, style) = names.of_entry(&entry);
        if name == "addStyleEntry" {
            for path in &paths {
                webpack::add(reading, &style, path);
            }
        } else {
            webpack::add_with_styles(reading, &script, &style, &paths);
        }
    }
}

/// An entry may be a file of a package.
fn package_path(reading: &Reading<'_>, path: &str) -> String {
    if path.starts_with(['.', '/'])
        || reading.is_file(path)
        || !reading.facts.has(&format!("node_modules/{path}"))
    {
        return path.to_owned();
    }
    format!("node_modules/{path}")
}

/// Returns what a callback adds to the options that it is given. `None`: the value is not a
/// function.
fn options_of(reading: &mut Reading<'_>, callback: &Value) -> Option<Value> {
    let Value::Function(_) = callback else { return None };
    let options = Value::object(Object::new());
    reading.script.call(callback, vec![options.clone()]);
    Some(options)
}
