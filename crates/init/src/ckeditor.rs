//! CKEditor 5 from its sources: @ckeditor/ckeditor5-dev-utils makes rules of webpack and options of
//! postcss-loader.

use bundle_js::static_evaluation::{ScriptLocation, Symbol, Value};

use super::{postcss, reading::Reading};

const PACKAGE: &str = "@ckeditor/ckeditor5-dev-utils";
const THEME: &str = "@ckeditor/ckeditor5-theme-lark";

/// Reads a rule that the package makes. Returns whether it is one.
pub fn rule(reading: &mut Reading<'_>, made: &Symbol, arguments: &[Value]) -> bool {
    let name = made.path().last().copied().unwrap_or_default();
    if made.root() != PACKAGE {
        return false;
    }
    let options = arguments.first().cloned().unwrap_or_default();
    let is_for_all = options.get("matchExtensionOnly").is_true() == Some(true);
    match name {
        "getIconsLoader" => {
            let files = if is_for_all { "*.svg" } else { "**/*ckeditor5-*/theme/icons/*.svg" };
            reading.plan.put("rules", files, "raw");
        }
        "getFormattedTextLoader" => reading.plan.put("rules", "*.{txt,html,rtf}", "raw"),
        "getStylesLoader" => {
            plugins(reading, &options.get("themePath"), made.place);
            let is_written = options.get("extractToSeparateFile").is_true() == Some(true);
            reading.plan.assets.are_styles_written |= is_written;
            reading.plan.assets.are_styles_injected |= !is_written;
        }
        "getTypeScriptLoader" | "getJavaScriptLoader" | "getCoverageLoader" | "getDebugLoader" => {}
        _ => return false,
    }
    true
}

/// Reads options of postcss-loader that the package makes. Returns whether they are these.
pub fn options_of_postcss(reading: &mut Reading<'_>, options: &Value) -> bool {
    let inner = options.get("postcssOptions");
    let options = if inner.is_missing() { options } else { &inner };
    let Some((made, arguments)) = options.as_symbol().and_then(|symbol| symbol.call()) else {
        return false;
    };
    let is_of_package = made.root() == PACKAGE && made.path().last() == Some(&"getPostCssConfig");
    if is_of_package {
        let options = arguments.first().cloned().unwrap_or_default();
        plugins(reading, &options.get("themeImporter").get("themePath"), made.place);
    }
    is_of_package
}

/// Plans PostCSS with the plugins of CKEditor, for its own stylesheets.
fn plugins(reading: &mut Reading<'_>, theme: &Value, place: ScriptLocation) {
    let theme = theme.as_text().unwrap_or_default();
    let package = theme.rsplit("node_modules/").next().unwrap_or_default();
    let package = package.split('/').take(2).collect::<Vec<_>>().join("/");
    let theme = if package.starts_with('@') { package.as_str() } else { THEME };
    let text = format!(
        "const {{ styles }} = require(\"{PACKAGE}\");

// Only the stylesheets of CKEditor need these plugins.
module.exports = ({{ file }}) =>
  /ckeditor5-[^/\\\\]+[/\\\\]theme[/\\\\]/.test(file)
    ? styles.getPostCssConfig({{ themeImporter: {{ themePath: require.resolve(\"{theme}\") }} }})
    : {{ plugins: [] }};
"
    );
    if !postcss::write(reading.facts, &mut reading.plan, text) {
        let remedy = "the project has its own: let it return styles.getPostCssConfig(…) of \
                      @ckeditor/ckeditor5-dev-utils for files in ckeditor5-*/theme";
        reading.note(place, "the plugins of PostCSS for CKEditor's stylesheets", remedy);
    }
}
