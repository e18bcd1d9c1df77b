//! Reads Symfony's Webpack Encore: each call on `Encore` in order.

use bundle_js::evaluate::{Symbol, Value};
use serde_json::json;

use super::{
    plan::tidy,
    reading::{Reading, call_of},
    webpack,
};

/// Calls that need no key.
const WITHOUT_MEANING: &[&str] = &[
    "enableSingleRuntimeChunk",
    "disableSingleRuntimeChunk",
    "cleanupOutputBeforeBuild",
    "enableBuildNotifications",
    "enableSourceMaps",
    "enablePostCssLoader",
    "enableVueLoader",
    "enableTypeScriptLoader",
    "enableForkedTypeScriptTypesChecking",
    "configureBabel",
    "enableEslintLoader",
    "enableEslintPlugin",
    "configureBabelPresetEnv",
    "configureRuntimeEnvironment",
    "isProduction",
    "isDev",
    "configureTerserPlugin",
    "configureUglifyJsPlugin",
    "configureFilenames",
    "configureImageRule",
    "configureFontRule",
    "configureWatchOptions",
    "configureDevServerOptions",
    "setManifestKeyPrefix",
    "getWebpackConfig",
    "disableCssExtraction",
    "enableIntegrityHashes",
    "reset",
    "configureCssLoader",
    "configureMiniCssExtractPlugin",
    "configureLoaderRule",
    "configureSplitChunks",
    "configureUrlLoader",
    "isRuntimeEnvironmentConfigured",
    "enableStimulusBridge",
    "useDevServer",
    "enableBuildCache",
    "disableImagesLoader",
    "disableFontsLoader",
    "configureFriendlyErrorsPlugin",
    "configureManifestPlugin",
    "enableHandlebarsLoader",
    "when",
    "configureCssMinimizerPlugin",
];

/// Reads the calls of a script, and the webpack options that it changes afterwards.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let calls: Vec<_> = reading
        .script
        .calls()
        .iter()
        .filter(|call| call.root() == "@symfony/webpack-encore")
        .map(std::rc::Rc::clone)
        .collect();
    let argument = |reading: &Reading<'_>, name: &str| {
        let call = calls.iter().find(|call| call_of(call).0 == name)?;
        reading.path_of(call_of(call).1.first()?)
    };
    let out = argument(reading, "setOutputPath").unwrap_or_else(|| "public/build".to_owned());
    let out = tidy(&out).trim_end_matches('/').to_owned();
    reading.plan.out_dir = Some(out.clone());
    for call in &calls {
        one_call(reading, call, &out);
    }
    reading.plan.set("manifest", json!(["entrypoints"]));
    reading
        .plan
        .comment("manifest", "entrypoints.json, for encore_entry_script_tags() in templates");
    // `const config = Encore.getWebpackConfig(); config.resolve.alias.x = …`
    if let Some(symbol) = exports.as_symbol() {
        let external = Value::Symbol(std::rc::Rc::clone(symbol)).get("externals");
        webpack::externals(reading, &external, symbol.place);
    }
}

fn one_call(reading: &mut Reading<'_>, call: &Symbol, out: &str) {
    let (name, arguments) = call_of(call);
    let place = call.place;
    let first = arguments.first().cloned().unwrap_or_default();
    match name {
        "setPublicPath" => {
            if let Some(mut path) = first.as_text() {
                if !path.ends_with('/') {
                    path.push('/');
                }
                reading.plan.set("publicPath", path);
            }
        }
        "addEntry" | "addStyleEntry" | "createSharedEntry" | "addEntries" => {
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
                let extension = if name == "addStyleEntry" { "css" } else { "js" };
                for path in paths {
                    let path = package_path(reading, &path);
                    webpack::add(reading, &format!("{out}/{entry}.{extension}"), &path);
                }
            }
        }
        "enableVersioning" => {
            if !matches!(first, Value::Boolean(false)) {
                reading.plan.production.insert("hash".to_owned(), true.into());
            }
        }
        "splitEntryChunks" => reading.plan.set("splitting", true),
        "autoProvidejQuery" => {
            for name in ["$", "jQuery"] {
                reading.plan.put("provide", name, "jquery");
                reading.plan.put("define", &format!("window.{name}"), name);
            }
        }
        "autoProvideVariables" => webpack::provide(reading, &first, place),
        "addExternals" => webpack::externals(reading, &first, place),
        "addAliases" => webpack::aliases(reading, &first, place),
        "addPlugin" => webpack::plugin(reading, &first),
        "addRule" | "addLoader" => webpack::rule(reading, &first, place),
        "enableLessLoader" => webpack::less(reading),
        "enableStylusLoader" => reading.plan.put("preprocess", "styl", "stylus --print"),
        "enableSassLoader" => {
            if let Some(Value::Function(function)) = arguments.first() {
                let options = Value::object(bundle_js::evaluate::Object::new());
                reading
                    .script
                    .call(&Value::Function(std::rc::Rc::clone(function)), vec![options.clone()]);
                webpack::sass(reading, &options);
            }
        }
        "enableReactPreset" => reading.plan.put("jsx", "runtime", "automatic"),
        "enablePreactPreset" => reading.plan.put("jsx", "factory", "h"),
        "copyFiles" => {
            let all = if let Value::List(_) = first { first.elements() } else { vec![first] };
            for one in all {
                let Some(from) = reading.path_of(&one.get("from")) else { continue };
                let to = one.get("to").as_text().unwrap_or_default();
                let to = to.split('[').next().unwrap_or_default().to_owned();
                let has_pattern = !one.get("pattern").is_missing();
                if has_pattern {
                    reading.note(
                        place,
                        format!("the pattern of files copied from {from}"),
                        "all files of the folder are copied; narrow it in \"copy\" with a glob",
                    );
                }
                reading.plan.copy(&tidy(&from), &to);
            }
        }
        "configureDefinePlugin" => {
            if let Some(Value::Function(_)) = arguments.first() {
                let options = Value::object(bundle_js::evaluate::Object::new());
                let function = arguments[0].clone();
                reading.script.call(&function, vec![options.clone()]);
                webpack::define(reading, &options);
            }
        }
        "addCacheGroup" | "setOutputPath" => {}
        name if WITHOUT_MEANING.contains(&name) => {}
        "" => {}
        name => reading.note(
            place,
            format!("Encore.{name}()"),
            "find out whether you need what it does",
        ),
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
