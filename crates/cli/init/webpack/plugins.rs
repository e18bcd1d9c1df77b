//! webpack's plugins: what they define, provide and copy, and the pages that they write.

use bundle_js::evaluate::{Field, Place, Symbol, Value};
use serde_json::json;

use super::{
    super::{
        plan::{tidy, to_json},
        reading::{Reading, texts},
    },
    chunks,
    copies::copies,
    define::{define, environment},
    names::{has_hash, named},
    templates,
};

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
    "LoaderOptionsPlugin",
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
    "LimitChunkCountPlugin",
    "MinChunkSizePlugin",
    "BrowserSyncPlugin",
    "LiveReloadPlugin",
    "WebpackNotifierPlugin",
    "WebpackBar",
    "WebpackBarPlugin",
    "SpeedMeasurePlugin",
    "NodePolyfillPlugin",
    "RemoveEmptyScriptsPlugin",
    "FixStyleOnlyEntriesPlugin",
    "WebpackRemoveEmptyScriptsPlugin",
    "DashboardPlugin",
    "WatchIgnorePlugin",
    "CircularDependencyPlugin",
    "PreloadWebpackPlugin",
    "LodashModuleReplacementPlugin",
    "MomentLocalesPlugin",
    "WriteFilePlugin",
    "ParallelUglifyPlugin",
    "WebpackParallelUglifyPlugin",
    "ImageminPlugin",
    "IgnoreEmitPlugin",
    "ScriptExtHtmlWebpackPlugin",
];

/// Reads one plugin: `new webpack.DefinePlugin({ … })`.
pub fn plugin(reading: &mut Reading<'_>, value: &Value) {
    let Some(symbol) = value.as_symbol() else { return own(reading, value) };
    let (name, arguments) = (name(symbol), arguments(symbol));
    let place = symbol.place;
    let first = arguments.first().cloned().unwrap_or_default();
    match name.as_str() {
        "DefinePlugin" => define(reading, &first),
        "EnvironmentPlugin" => environment(reading, &first, place),
        "ProvidePlugin" => provide(reading, &first, place),
        "CopyWebpackPlugin" | "CopyPlugin" => {
            let patterns = first.get("patterns");
            copies(reading, if patterns.is_missing() { &first } else { &patterns }, place);
        }
        "HtmlWebpackPlugin" => html(reading, &first, place),
        "CommonsChunkPlugin" => chunks::commons(reading, &first),
        "WebpackManifestPlugin" | "ManifestPlugin" => manifest(reading, &first, place),
        "AssetsPlugin" | "AssetsWebpackPlugin" | "WebpackAssetsManifest" => {
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
        "MiniCssExtractPlugin" | "ExtractTextPlugin" => {
            let pattern = first.get("filename").as_text().or_else(|| first.as_text());
            let names = &reading.plan.scripts.pattern;
            let stem = |pattern: &str, ending: &str| {
                named(pattern, "NAME").trim_end_matches(ending).to_owned()
            };
            if let Some(pattern) = pattern
                && stem(&pattern, ".css") != stem(names, ".js")
            {
                let remedy = "a stylesheet has the path of its script: mend its tag in the views";
                reading.note(place, format!("stylesheets named {pattern}"), remedy);
            }
        }
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
            // Locales of moment are bundled only where the project imports them.
            if !text.contains("moment") {
                reading.note(
                    place,
                    format!("{name} {text}"),
                    "an alias to false makes a module empty",
                );
            }
        }
        "RtlCssPlugin" | "WebpackRTLPlugin" | "RtlcssWebpackPlugin" => reading.note(
            place,
            "stylesheets for languages that are written from right to left (NAME-rtl.css)",
            "make them after the build: npx rtlcss build/NAME.css build/NAME-rtl.css",
        ),
        // It is read once the entries are known.
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
fn own(reading: &mut Reading<'_>, plugin: &Value) {
    let place = match plugin {
        Value::Function(function) => function.place,
        Value::Object(_) => plugin.fields().get("apply").map(|f| f.place).unwrap_or_default(),
        _ => return,
    };
    let remedy = "find out whether you need what it does; a plugin of `bundle` has another shape: \
                  docs/plugins.md";
    reading.note(place, "a plugin that the project makes", remedy);
}

/// Whether a plugin needs no key. Many are known with and without `Webpack` in their names.
fn is_built_in(name: &str) -> bool {
    let plain = |name: &str| name.replace("Webpack", "");
    BUILT_IN.iter().any(|known| plain(known) == plain(name))
}

/// Returns the name that a plugin is known by: its last property, or its package in camel case.
fn name(symbol: &Symbol) -> String {
    if let Some(last) = symbol.path().last() {
        let generic = ["default", "Plugin"];
        if !generic.contains(last) {
            return plugin_name(last);
        }
    }
    plugin_name(symbol.root())
}

fn plugin_name(text: &str) -> String {
    let words = text.rsplit('/').next().unwrap_or(text).split(['-', '_']);
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let name: String = words.map(capital).collect();
    match name.as_str() {
        "ExtractTextWebpackPlugin" => "ExtractTextPlugin".to_owned(),
        "UglifyjsWebpackPlugin" | "UglifyJSPlugin" | "UglifyJSWebpackPlugin" => {
            "UglifyJsPlugin".to_owned()
        }
        "TerserWebpackPlugin" | "TerserJSPlugin" => "TerserPlugin".to_owned(),
        "HTMLWebpackPlugin" | "HtmlPlugin" => "HtmlWebpackPlugin".to_owned(),
        "WebpackBundleAnalyzer" => "BundleAnalyzerPlugin".to_owned(),
        "OptimizeCSSAssetsPlugin" => "OptimizeCssAssetsPlugin".to_owned(),
        "VueLoader" | "VueLoaderLibPlugin" | "Plugin" | "VuePlugin" => "VueLoaderPlugin".to_owned(),
        "Happypack" => "HappyPack".to_owned(),
        "Webpackbar" => "WebpackBar".to_owned(),
        "WebpackNotifier" => "WebpackNotifierPlugin".to_owned(),
        "CssMinimizerWebpackPlugin" => "CssMinimizerPlugin".to_owned(),
        "MiniCssExtract" => "MiniCssExtractPlugin".to_owned(),
        _ => name,
    }
}

fn arguments(symbol: &Symbol) -> &[Value] {
    symbol.call().map(|(_, arguments)| arguments).unwrap_or_default()
}

/// Adds the manifest of webpack-manifest-plugin, which its options may change.
fn manifest(reading: &mut Reading<'_>, options: &Value, place: Place) {
    reading.plan.set("manifest", json!(["webpack"]));
    reading.plan.comment("manifest", "manifest.json: the address of each file by its name");
    let options = options.fields();
    let is_usual = |(key, field): &(&String, &Field)| match key.as_str() {
        "fileName" => field.value.as_text().as_deref() == Some("manifest.json"),
        "writeToFileEmit" | "useEntryKeys" | "sort" | "removeKeyHash" => true,
        _ => false,
    };
    let unusual: Vec<&str> =
        options.iter().filter(|option| !is_usual(option)).map(|(key, _)| key.as_str()).collect();
    if !unusual.is_empty() {
        reading.note(
            place,
            format!("{} of webpack-manifest-plugin", unusual.join(", ")),
            "manifest.json has publicPath and path of each file, by its name without a hash",
        );
    }
}

/// Adds what `ProvidePlugin` says: a package, or a package and an export.
pub fn provide(reading: &mut Reading<'_>, values: &Value, place: Place) {
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

/// Adds a page that html-webpack-plugin writes.
fn html(reading: &mut Reading<'_>, options: &Value, place: Place) {
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
            templates::values(reading, (&template, &file), options, place);
            page["template"] = template.into();
            reading.plan.put("html", &file, page);
        }
        None => reading.note(place, format!("the page {file}"), "write its template into \"html\""),
    }
}
