//! Decides whether PostCSS and Babel run: where the project has configured them for something that
//! bundle does not do itself. Only Node knows their configurations for sure; a look at the text
//! spares most projects the start of Node.

use camino::Utf8PathBuf;
use serde_json::Value;

use super::deciding::Deciding;
use crate::{
    config::{
        messages,
        paths::absolute,
        raw::{Origin, Written},
    },
    fs::FileKind,
};

/// A tool of the project that runs in Node.
struct NodeTool {
    /// The key of the configuration, and of package.json.
    key: &'static str,
    /// The names of its configuration file, by precedence.
    files: &'static [&'static str],
    /// Whether a configuration may ask for something that bundle does not do.
    may_say_more: fn(&str) -> bool,
}

const POSTCSS: NodeTool = NodeTool {
    key: "postcss",
    files: &[
        "postcss.config.js",
        "postcss.config.cjs",
        "postcss.config.mjs",
        "postcss.config.ts",
        "postcss.config.json",
        ".postcssrc",
        ".postcssrc.json",
        ".postcssrc.js",
        ".postcssrc.cjs",
        ".postcssrc.mjs",
        ".postcssrc.ts",
    ],
    may_say_more: postcss_says_more,
};

const BABEL: NodeTool = NodeTool {
    key: "babel",
    files: &[
        "babel.config.js",
        "babel.config.cjs",
        "babel.config.mjs",
        "babel.config.json",
        ".babelrc",
        ".babelrc.json",
        ".babelrc.js",
        ".babelrc.cjs",
        ".babelrc.mjs",
    ],
    may_say_more: babel_says_more,
};

impl Deciding<'_> {
    pub(super) fn postcss(&mut self) -> Option<Utf8PathBuf> {
        self.tool(&POSTCSS, self.raw.plugins.postcss.as_ref())
    }

    pub(super) fn babel(&mut self) -> Option<Utf8PathBuf> {
        self.tool(&BABEL, self.raw.plugins.babel.as_ref())
    }

    fn tool(&mut self, tool: &NodeTool, written: Option<&Written<String>>) -> Option<Utf8PathBuf> {
        let Some(written) = written else { return self.file_of(tool, true) };
        let Written { value, origin } = written;
        if value == "false" {
            return None;
        }
        if value == "true" {
            let found = self.file_of(tool, false);
            if found.is_none() {
                self.log.push(messages::no_config_of_tool(origin, tool.key, tool.files[0]));
            }
            return found;
        }
        self.script_of_tool(tool.key, written)
    }

    /// Returns the file that a key names, which only Node reads. `None` if there is none, which is
    /// reported.
    pub(super) fn script_of_tool(
        &mut self,
        key: &str,
        Written { value, origin }: &Written<String>,
    ) -> Option<Utf8PathBuf> {
        let folder = match origin {
            Origin::Flag(_) | Origin::Argument => self.host.cwd,
            Origin::Place(_) => self.host.project,
        };
        let file = absolute(folder, value);
        if self.host.fs.kind(&file) == Some(FileKind::File) {
            return Some(file);
        }
        self.log.push(messages::missing_config_of_tool(origin, key, value));
        None
    }

    /// Finds a tool's configuration file. `says_more`: only one that may ask for something that
    /// bundle does not do.
    fn file_of(&self, tool: &NodeTool, says_more: bool) -> Option<Utf8PathBuf> {
        let (project, fs) = (self.host.project, self.host.fs);
        let counts = |text: &str| !says_more || (tool.may_say_more)(text) || is_cut_off(text);
        let mut files = tool.files.iter().map(|name| project.join(name));
        if let Some(file) = files.find(|path| fs.kind(path) == Some(FileKind::File)) {
            let text = fs.read(&file).ok()?;
            return counts(&String::from_utf8_lossy(&text)).then_some(file);
        }
        let package = project.join("package.json");
        let value: Value = serde_json::from_slice(&fs.read(&package).ok()?).ok()?;
        let config = value.get(tool.key).filter(|config| config.is_object())?;
        counts(&config.to_string()).then_some(package)
    }
}

/// Whether a configuration has a bracket that is never closed. Node then says what is wrong.
fn is_cut_off(text: &str) -> bool {
    text.matches(['{', '[', '(']).count() != text.matches(['}', ']', ')']).count()
}

/// Prefixes and minifying are decided by the target and by `minify`.
fn postcss_says_more(text: &str) -> bool {
    const OURS: [&str; 14] = [
        "module",
        "exports",
        "export",
        "default",
        "plugins",
        "require",
        "autoprefixer",
        "cssnano",
        "preset",
        "map",
        "true",
        "false",
        "const",
        "postcss",
    ];
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '@' | '/');
    let mut words = text.split(|c| !is_word(c)).filter(|word| !word.is_empty());
    words.any(|word| !OURS.contains(&word))
}

/// Presets, and plugins that lower the language, are decided by the target. babel.js has the exact
/// list; an option that looks like the name of a plugin only makes Node decide. `text`: a
/// configuration of Babel. Returns whether it may ask for something that builds do not do.
pub fn babel_says_more(text: &str) -> bool {
    const LOWERING: [&str; 13] = [
        "@babel/",
        "@vue/",
        "module:@babel/",
        "react-refresh/",
        "react-hot-loader/",
        "syntax-",
        "proposal-",
        "transform-",
        "check-es2015-",
        "dynamic-import-",
        "add-module-exports",
        "external-helpers",
        "jsx-",
    ];
    /// Third parties' plugins with the prefix of those that lower.
    const OWN: [&str; 4] =
        ["transform-imports", "transform-remove", "transform-define", "transform-react-remove"];
    const WORDS: [&str; 24] = [
        "plugins",
        "presets",
        "env",
        "test",
        "development",
        "production",
        "usage",
        "entry",
        "auto",
        "commonjs",
        "legacy",
        "modules",
        "targets",
        "browsers",
        "corejs",
        "helpers",
        "regenerator",
        "loose",
        "debug",
        "istanbul",
        "node",
        "current",
        "ie",
        "es2015",
    ];
    // Types of Flow are not JavaScript: Babel removes them.
    const FLOW: [&str; 3] = ["flow-strip-types", "preset-flow", "@babel/flow"];
    if FLOW.iter().any(|name| text.contains(name)) {
        return true;
    }
    let Some((_, rest)) = text.split_once("plugins") else { return false };
    let rest = rest.trim_start_matches(['"', '\'']);
    let literals = rest.split(['"', '\'']).skip(1).step_by(2);
    let is_name = |text: &str| {
        let is_part =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '@' | '/' | '.');
        let text = text.strip_prefix("module:").unwrap_or(text);
        !text.is_empty()
            && text.chars().all(is_part)
            && !text.starts_with(|c: char| c.is_ascii_digit())
    };
    let is_ours = |name: &str| {
        let name = name.trim_start_matches("babel-plugin-");
        WORDS.contains(&name)
            || LOWERING.iter().any(|prefix| name.starts_with(prefix))
                && !OWN.iter().any(|prefix| name.starts_with(prefix))
    };
    literals.filter(|literal| is_name(literal)).any(|name| !is_ours(name))
        || rest.contains("require(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_that_is_cut_off_is_seen() {
        assert!(is_cut_off("module.exports = { plugins:"));
        assert!(is_cut_off(r#"{ "plugins": { }"#));
        assert!(!is_cut_off("module.exports = { plugins: [require('autoprefixer')] };"));
    }

    #[test]
    fn configurations_of_what_bundle_does_start_no_node() {
        assert!(!postcss_says_more("module.exports = { plugins: { autoprefixer: {} } };"));
        assert!(postcss_says_more("module.exports = { plugins: { tailwindcss: {} } };"));
        assert!(!babel_says_more(r#"{ "presets": ["@babel/preset-env"] }"#));
        assert!(!babel_says_more("module.exports = { presets: ['@vue/cli-plugin-babel/preset'] }"));
        let lowering = r#"{ "presets": [["env", { "modules": false }]],
            "plugins": ["transform-runtime", "@babel/plugin-syntax-dynamic-import"],
            "env": { "test": { "plugins": ["istanbul", "dynamic-import-node"] } } }"#;
        assert!(!babel_says_more(lowering));
        let component = r#"{ "plugins": [["component", { "libraryName": "element-ui" }]] }"#;
        assert!(babel_says_more(component));
        assert!(babel_says_more(r#"{ "plugins": ["transform-remove-console"] }"#));
        assert!(babel_says_more(r#"{ "plugins": ["module:acme"] }"#));
        assert!(babel_says_more(r#"{ "presets": ["@babel/preset-flow"] }"#));
        assert!(!babel_says_more(r#"{ "plugins": ["react-refresh/babel"] }"#));
    }
}
