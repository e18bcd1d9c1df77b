//! Stylesheets compiled as loaders compile them, without any later step.

use bundle_base::config::{Environment, Host, decide, parse};
use bundle_base::loader::{AddressTarget, CompileStyle, LoadContext, NoBlocks, Resolve, StyleText};
use bundle_base::tools::NoTools;
use bundle_base::{Config, Diagnostic, Diagnostics, FileSystem, Label, Source};
use camino::{Utf8Path, Utf8PathBuf};

/// A project that compiles stylesheets: `load_path` is where it looks for partials. `entry` is a file
/// that is there.
pub fn config(
    project: &Utf8Path,
    load_path: &str,
    entry: &str,
    fs: &dyn FileSystem,
) -> Result<Config, String> {
    let text = format!(
        r#"{{ "areas": {{ "a": "{entry}" }}, "sass": {{ "loadPaths": ["{load_path}"] }} }}"#
    );
    let mut log = Diagnostics::new();
    let file = Source::new(project.join("bundle.config.json"), "bundle.config.json", text);
    let raw = parse(&file, &mut log);
    let browserslist = |_: &str| Err(String::new());
    let host = Host {
        cwd: project,
        project,
        fs,
        tools: &NoTools,
        browserslist: &browserslist,
        environment: &Environment::default(),
    };
    decide(&raw, &host, &mut log).ok_or_else(|| format!("{log:?}"))
}

/// A stylesheet as CSS, or what is said about it.
pub fn compiled(
    stylesheet: &Utf8Path,
    fs: &dyn FileSystem,
    config: &Config,
) -> Result<String, String> {
    let text = fs.read(stylesheet).map_err(|error| format!("{stylesheet}: {error}"))?;
    let text = String::from_utf8(text).map_err(|error| format!("{stylesheet}: {error}"))?;
    let source = Source::new(stylesheet, stylesheet.as_str(), text);
    let mut log = Diagnostics::new();
    let mut context = LoadContext {
        config,
        fs,
        resolve: &NoPackages,
        styles: &bundle_css::Styles,
        tools: &NoTools,
        blocks: &NoBlocks,
        before: None,
        log: &mut log,
    };
    let origin = |at: usize| u32::try_from(at).unwrap_or(0);
    let lang = stylesheet.extension().unwrap_or("scss");
    let style = StyleText { lang, text: &source.text, source: &source, origin: &origin };
    let made = bundle_css::Styles.compile(&style, &mut context);
    made.map(|made| made.text().to_owned()).ok_or_else(|| format!("{log:?}"))
}

/// These stylesheets find each other by paths.
struct NoPackages;

impl Resolve for NoPackages {
    fn resolve(&self, specifier: &str, label: Label) -> Result<Utf8PathBuf, Box<Diagnostic>> {
        Err(Box::new(Diagnostic::error("missing-file", specifier).at(label)))
    }

    fn asset(
        &self,
        _: &str,
        _: &Utf8Path,
        _: Label,
    ) -> Result<Option<AddressTarget>, Box<Diagnostic>> {
        Ok(None)
    }

    fn style(&self, _: &str, _: &Utf8Path) -> Option<Utf8PathBuf> {
        None
    }

    fn name(&self, path: &Utf8Path) -> String {
        path.to_string()
    }
}
