//! Messages about plugins, and about the configurations of PostCSS and Babel.

use super::origin::placed;
use crate::{
    config::raw::Origin,
    diagnostic::{Diagnostic, Label},
    tools::{MISSING_NODE, ToolError, UNABLE_NODE, Unanswered},
};

/// A plugin could not be loaded. `origin`: where it is named. `thrown_at`: where its error was
/// thrown, if that is known.
pub(in super::super) fn plugin_not_loaded(
    origin: &Origin,
    why: &Unanswered,
    thrown_at: Option<Label>,
) -> Diagnostic {
    let error = |text: String| placed(Diagnostic::error("plugin-not-loaded", text), origin);
    match why {
        Unanswered::Tool(ToolError::Missing) => {
            error(format!("plugins need {}", MISSING_NODE.text)).fix(MISSING_NODE.remedy, None)
        }
        Unanswered::Tool(ToolError::Unable) => {
            error(format!("plugins need {}", UNABLE_NODE.text)).fix(UNABLE_NODE.remedy, None)
        }
        Unanswered::Tool(ToolError::Broken(reason)) => {
            error(format!("the plugins are not loaded: {reason}"))
        }
        Unanswered::Tool(ToolError::Failed(output)) => {
            let diagnostic = error("Node ended while it loaded the plugins".to_owned());
            match output.trim() {
                "" => diagnostic.note("perhaps one of them calls `process.exit`"),
                output => diagnostic.note(format!("it printed: {output}")),
            }
        }
        Unanswered::Failed(failure) => {
            let diagnostic = error(format!("the plugin is not loaded: {}", failure.message));
            let is_missing = matches!(
                failure.code.as_deref(),
                Some("ERR_MODULE_NOT_FOUND" | "MODULE_NOT_FOUND")
            );
            let diagnostic = match thrown_at {
                Some(label) => diagnostic.note_at("the error is thrown here", label),
                None => diagnostic,
            };
            match (&failure.plugin, is_missing) {
                (Some(name), true) if is_file(name) => {
                    diagnostic.fix(format!("if it is a file of the project, write ./{name}"), None)
                }
                (Some(name), true) if !name.starts_with('.') => {
                    diagnostic.fix(format!("npm install --save-dev {name}"), None)
                }
                _ => diagnostic,
            }
        }
    }
}

/// Whether a name is that of a file in a folder, whose path does not begin with `./`.
fn is_file(name: &str) -> bool {
    let is_script = [".js", ".mjs", ".cjs"].iter().any(|end| name.ends_with(end));
    is_script && name.contains('/') && !name.starts_with(['.', '/', '@'])
}

/// A plugin has hooks that are never called.
pub(in super::super) fn unsupported_hooks(name: &str, hooks: &[String]) -> Diagnostic {
    Diagnostic::warning(
        "unsupported-hook",
        format!("hooks of the plugin {name} are not called: {}", hooks.join(", ")),
    )
    .note("bundle calls resolveId, load and transform, so what the others do is missing")
}

/// `postcss` or `babel` is `true`, and the tool has no configuration. `file`: its usual name.
pub(in super::super) fn no_config_of_tool(origin: &Origin, key: &str, file: &str) -> Diagnostic {
    let text = format!("`{key}` is true, and there is no {file} in the project's folder");
    placed(Diagnostic::error("missing-tool-config", text), origin)
        .fix(format!("write {file}, or name the file: \"{key}\": \"config/{file}\""), None)
}

/// `postcss` or `babel` names a file that does not exist.
pub(in super::super) fn missing_config_of_tool(
    origin: &Origin,
    key: &str,
    path: &str,
) -> Diagnostic {
    let text = format!("`{key}` names {path}, which does not exist");
    placed(Diagnostic::error("missing-tool-config", text), origin)
        .fix("correct the path, which is relative to the configuration file", None)
}
