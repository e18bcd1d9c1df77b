//! webpack's plugins: what they define, provide and copy, and the pages that they write.

use bundle_js::static_evaluation::{ScriptLocation, Value};
use serde_json::json;

use super::{
    super::{
        plan::{tidy, to_json},
        reading::{Reading, texts},
        vue_loader,
    },
    chunks,
    copies::{copies, left_out},
    define::{define, dotenv, environment},
    manifests,
    names::{has_hash, named},
    plugin_names::{arguments, name, options},
    style_names, templates,
};

/// What `bundle` does not do for Vuetify 2.
pub const VUETIFY: &str = "vuetify-loader, which imports the components that templates name";
/// What to do instead.
pub const VUETIFY_REMEDY: &str = "write `import Vuetify from \"vuetify\"` in place of \
                                  \"vuetify/lib\", and import vuetify/dist/vuetify.min.css";

/// Plugins whose work needs no key, by the end of their names.
const BUILT_IN: &[&str] = &[
    "CleanWebpackPlugin",
    "VueLoaderPlugin",
    "UglifyJsPlugin",
    "TerserPlugin",
    "OptimizeCSSPlugin",
    "OptimizeCssAssetsPlugin",
    "OptimizeCssAssetsWebpackPlugin",
    "CssMinimizerPlugin",
    "HotModuleReplacementPlugin",
    "NoEmitOnErrorsPlugin",
    "NoErrorsPlugin",
    "NamedModulesPlugin",
    "NamedChunksPlugin",
    "HashedModuleIdsPlugin",
    "ModuleConcatenationPlugin",
    "OccurenceOrderPlugin",
    "OccurrenceOrderPlugin",
    "DedupePlugin",
    "SourceMapDevToolPlugin",
    "ProgressPlugin",
    "ProgressBarPlugin",
    "FriendlyErrorsWebpackPlugin",
    "FriendlyErrorsPlugin",
    "BundleAnalyzerPlugin",
    "ESLintPlugin",
    "EslintWebpackPlugin",
    "StylelintPlugin",
    "StyleLintPlugin",
    "ForkTsCheckerWebpackPlugin",
    "CaseSensitivePathsPlugin",
    "HardSourceWebpackPlugin",
    "HappyPack",
    "DuplicatePackageCheckerPlugin",
    "AggressiveMergingPlugin",
    "MinChunkSizePlugin",
    "BrowserSyncPlugin",
    "LiveReloadPlugin",
    "WebpackNotifierPlugin",
    "WebpackBar",
    "WebpackBarPlugin",
    "SpeedMeasurePlugin",
    "RemoveEmptyScriptsPlugin",
    "FixStyleOnlyEntriesPlugin",
    "WebpackRemoveEmptyScriptsPlugin",
    "DashboardPlugin",
    "WatchIgnorePlugin",
    "CircularDependencyPlugin",
    "PreloadWebpackPlugin",
    "LodashModuleReplacementPlugin",
    "WriteFilePlugin",
    "ParallelUglifyPlugin",
    "WebpackParallelUglifyPlugin",
    "ImageminPlugin",
    "ImageMinimizerPlugin",
    "IgnoreEmitPlugin",
    "ScriptExtHtmlWebpackPlugin",
    "ReactRefreshWebpackPlugin",
    "RsdoctorWebpackPlugin",
];

/// Reads one plugin: `new webpack.DefinePlugin({ … })`.
pub fn plugin(reading: &mut Reading<'_>, value: &Value) {
    let Some(symbol) = value.as_symbol() else { return note_own_plugin(reading, value) };
    let (name, arguments) = (name(symbol), arguments(symbol));
    let place = symbol.place;
    let first = options(value);
    match name.as_str() {
        "DefinePlugin" => define(reading, &first),
        "EnvironmentPlugin" => environment(reading, &first, place),
        "Dotenv" | "DotenvPlugin" | "DotenvWebpack" => dotenv(reading, &first, place),
        "LoaderOptionsPlugin" => vue_loader::read(reading, &first.get("options").get("vue")),
        "ProvidePlugin" => provide(reading, &first, place),
        "CopyWebpackPlugin" | "CopyPlugin" => {
            let patterns = first.get("patterns");
            let patterns = if patterns.is_missing() { &first } else { &patterns };
            let second = arguments.get(1).cloned().unwrap_or_default();
            copies(reading, patterns, &left_out(&second.get("ignore")), place);
        }
        "CopyGlobsPlugin" | "CopyGlobsWebpackPlugin" => {
            let patterns = Value::list(vec![first.get("pattern")]);
            copies(reading, &patterns, &[], place);
        }
        "HtmlWebpackPlugin" => html(reading, &first, place),
        "CommonsChunkPlugin" => chunks::commons(reading, &first),
        "LimitChunkCountPlugin" => chunks::limit(reading, &first),
        "WebpackManifestPlugin" | "ManifestPlugin" => manifests::read(reading, &first, place),
        "WebpackAssetsManifest" => manifests::of_assets(reading, &first, place),
        "AssetsPlugin" | "AssetsWebpackPlugin" => {
            reading.plan.set("manifest", json!(["entrypoints"]));
            reading.note(
                place,
                format!("{name}: a manifest for the server"),
                "entrypoints.json lists the files of each entry: docs/manifests.md",
            );
        }
        "CompressionPlugin" | "CompressionWebpackPlugin" => reading.note(
            place,
            "compressed copies of the outputs",
            "compress them after the build, or let the server do it",
        ),
        "MiniCssExtractPlugin" | "ExtractTextPlugin" => style_names::note(reading, &first, place),
        "NodePolyfillPlugin" => reading.plan.set("node", "shims"),
        "MomentLocalesPlugin" => locales(reading, &texts(&first.get("localesToKeep")).join("|")),
        "IgnorePlugin" | "ContextReplacementPlugin" => {
            let text = arguments.iter().filter_map(|value| match value {
                Value::Pattern(source, _) => Some(source.clone()),
                Value::Object(_) => match (value.get("resourceRegExp"), value.get("contextRegExp"))
                {
                    (Value::Pattern(a, _), Value::Pattern(b, _)) => Some(format!("{a} {b}")),
                    _ => None,
                },
                _ => None,
            });
            let text = text.collect::<Vec<_>>().join(" ");
            if text.contains("moment") {
                let kept = text.split_once(' ').map_or("", |(_, kept)| kept);
                locales(reading, if name == "IgnorePlugin" { "" } else { kept });
            } else {
                reading.note(
                    place,
                    format!("{name} {text}"),
                    "an alias to false makes a module empty",
                );
            }
        }
        "RtlCssPlugin" | "RtlcssWebpackPlugin" | "WebpackRtlPlugin" => {
            style_names::right_to_left(reading, &first, place);
        }
        // It is read once the entries are known.
        "VuetifyLoaderPlugin" => reading.note(place, VUETIFY, VUETIFY_REMEDY),
        "DependencyExtractionWebpackPlugin" => {}
        name if is_built_in(name) => {}
        "" => {}
        name => reading.note(
            place,
            format!("the plugin {name}"),
            "find out whether you need what it does",
        ),
    }
}

/// Notes a plugin that the project's own files make: an object with `apply`, or a function.
fn note_own_plugin(reading: &mut Reading<'_>, plugin: &Value) {
    let place = match plugin {
        Value::Function(function) => function.place,
        Value::Object(_) => plugin.fields().get("apply").map(|f| f.place).unwrap_or_default(),
        _ => return,
    };
    let remedy = "find out whether you need what it does; a plugin of `bundle` has another shape: \
                  docs/plugins.md";
    reading.note(place, "a plugin that the project makes", remedy);
}

/// Whether a plugin needs no key. Many are known with and without `Webpack` and `Plugin` in their
/// names: a package's name may have neither.
fn is_built_in(name: &str) -> bool {
    let plain = |name: &str| name.replace("Webpack", "").replace("Plugin", "");
    BUILT_IN.iter().any(|known| plain(known) == plain(name))
}

/// Adds what `ProvidePlugin` says: a package, or a package and an export.
pub fn provide(reading: &mut Reading<'_>, values: &Value, place: ScriptLocation) {
    for (name, field) in values.fields() {
        if name == "process" || name == "Buffer" {
            continue;
        }
        let text = field
            .value
            .as_text()
            .map(|to| if to.starts_with('/') { format!("./{}", reading.path(&to)) } else { to });
        match (text, to_json(&field.value)) {
            (Some(text), _) => reading.plan.put("provide", &name, text),
            (None, Some(list)) => reading.plan.put("provide", &name, list),
            (None, None) => reading.note(
                place,
                format!("the provided name {name}"),
                "write it into \"provide\"",
            ),
        }
    }
}

/// Leaves moment's locales out, unless a pattern or a list keeps one. English is part of moment.
fn locales(reading: &mut Reading<'_>, kept: &str) {
    let mut words = kept.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    reading.plan.scripts.are_locales_left_out = words.all(|word| word == "en");
}

/// Notes options that only the template can carry out.
fn note_options_of_page(
    reading: &mut Reading<'_>,
    options: &Value,
    file: &str,
    place: ScriptLocation,
) {
    let is_set = |key: &&str| {
        let value = options.get(key);
        !value.is_missing() && !matches!(value, Value::Boolean(false))
    };
    let keys = ["base", "favicon", "hash", "meta", "publicPath"];
    let mut found: Vec<&str> = keys.into_iter().filter(is_set).collect();
    if matches!(options.get("inject"), Value::Boolean(false)) {
        found.push("inject");
    }
    if !found.is_empty() {
        let what = format!("{} of the page {file}", found.join(", "));
        reading.note(place, what, "write it into the template: docs/init.md#pages");
    }
}

/// Adds a page that html-webpack-plugin writes.
fn html(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let template = reading.path_of(&options.get("template"));
    let template = template.map(|path| path.rsplit('!').next().unwrap_or_default().to_owned());
    let file = options.get("filename").as_text().unwrap_or_else(|| "index.html".to_owned());
    let file = reading.path(&file);
    let out_dir = tidy(&reading.plan.out_dir.clone().unwrap_or_default());
    let file = tidy(&file).strip_prefix(&format!("{out_dir}/")).unwrap_or(&file).to_owned();
    let file = if has_hash(&file) { named(&file, "index") } else { file };
    match template.filter(|path| reading.is_file(path) && !file.starts_with("..")) {
        Some(template) => {
            let mut page = json!({ "template": "" });
            if let Some(title) = options.get("title").as_text() {
                page["title"] = title.into();
            }
            let chunks: Vec<String> =
                options.get("chunks").elements().iter().filter_map(Value::as_text).collect();
            if !chunks.is_empty() {
                page["entries"] = json!(chunks);
            }
            let excluded = texts(&options.get("excludeChunks"));
            if !excluded.is_empty() {
                page["excluded"] = json!(excluded);
            }
            note_options_of_page(reading, options, &file, place);
            templates::values(reading, &template, &file, options, place);
            page["template"] = template.into();
            reading.plan.put("html", &file, page);
        }
        None => reading.note(place, format!("the page {file}"), "write its template into \"html\""),
    }
}
