//! The names that webpack's plugins are known by.

use bundle_js::static_evaluation::{Symbol, Value};

/// Returns the name that a plugin is known by: its last property, or its package in camel case.
pub(super) fn name(symbol: &Symbol) -> String {
    if let Some(last) = symbol.path().last() {
        let generic = ["default", "Plugin"];
        if !generic.contains(last) {
            return plugin_name(last);
        }
    }
    plugin_name(symbol.root())
}

fn plugin_name(text: &str) -> String {
    // `vuetify-loader/lib/plugin`
    let package = text.strip_suffix("/lib/plugin").filter(|package| *package != "vue-loader");
    let name = package.unwrap_or(text);
    let words = name.rsplit('/').next().unwrap_or(name).split(['-', '_']);
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let name: String = words.map(capital).collect();
    // `HtmlRspackPlugin` has the options of html-webpack-plugin.
    let name = match name.strip_suffix("RspackPlugin").or_else(|| name.strip_prefix("Rspack")) {
        Some("TsChecker") => "ForkTsCheckerWebpackPlugin".to_owned(),
        Some("SwcJsMinimizer") => "TerserPlugin".to_owned(),
        Some("LightningCssMinimizer") => "CssMinimizerPlugin".to_owned(),
        Some("CssExtract") => "MiniCssExtractPlugin".to_owned(),
        Some("ManifestPlugin") => "WebpackManifestPlugin".to_owned(),
        Some(rest) => format!("{}WebpackPlugin", rest.trim_end_matches("Plugin")),
        None => name,
    };
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
        "VuetifyLoader" => "VuetifyLoaderPlugin".to_owned(),
        "Happypack" => "HappyPack".to_owned(),
        "Webpackbar" => "WebpackBar".to_owned(),
        "WebpackNotifier" => "WebpackNotifierPlugin".to_owned(),
        "CssMinimizerWebpackPlugin" => "CssMinimizerPlugin".to_owned(),
        "NodePolyfillWebpackPlugin" | "PluginNodePolyfill" => "NodePolyfillPlugin".to_owned(),
        "MomentLocalesWebpackPlugin" => "MomentLocalesPlugin".to_owned(),
        "MiniCssExtract" => "MiniCssExtractPlugin".to_owned(),
        _ => name,
    }
}

/// Returns the arguments that a plugin gets.
pub(super) fn arguments(symbol: &Symbol) -> &[Value] {
    symbol.call().map(|(_, arguments)| arguments).unwrap_or_default()
}

/// Returns the options of a plugin: those that the script assigns, or else the first argument.
pub(super) fn options(plugin: &Value) -> Value {
    let first = || plugin.as_symbol().and_then(|symbol| arguments(symbol).first().cloned());
    match plugin.get("options") {
        assigned @ Value::Object(_) => assigned,
        _ => first().unwrap_or_default(),
    }
}
