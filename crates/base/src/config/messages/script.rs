//! Messages about configurations that are scripts.

use std::sync::Arc;

use crate::{
    diagnostic::{Diagnostic, Label},
    source::Source,
    tools::{MISSING_NODE, NoNode, NodeFailure, ToolError, UNABLE_NODE},
};

/// An example for users without a configuration.
pub(in super::super) const EXAMPLE: &str =
    "{ \"outDir\": \"public/js\", \"areas\": { \"app\": \"src/app.js\" } }";

/// Node could not be run, or did not end.
pub(in super::super) fn script_not_run(script: &Source, why: &ToolError) -> Diagnostic {
    let name = &script.name;
    let needs_node = |node: NoNode| {
        let text = format!("{name} is a script, and needs {}", node.text);
        Diagnostic::error("config-needs-node", text)
            .fix(format!("{}, or write bundle.config.json: {EXAMPLE}", node.remedy), None)
    };
    match why {
        ToolError::Missing => needs_node(MISSING_NODE),
        ToolError::Unable => needs_node(UNABLE_NODE),
        ToolError::Broken(reason) | ToolError::Failed(reason) => failed(name, reason)
            .note("a configuration must not wait for a server, an answer or a key"),
    }
}

/// Node ended before the script exported anything.
pub(in super::super) fn script_ended(script: &Source, output: &str) -> Diagnostic {
    let diagnostic = failed(&script.name, "Node ended before there was a configuration");
    match output.trim() {
        "" => diagnostic.note("perhaps it calls `process.exit`, or waits for what never comes"),
        output => diagnostic.note(format!("it printed: {output}")),
    }
}

/// The script threw, or its value is not a configuration. `label`: where it threw.
pub(in super::super) fn script_failed(
    script: &Arc<Source>,
    failure: Option<&NodeFailure>,
    label: Option<Label>,
) -> Diagnostic {
    let name = &script.name;
    let Some(failure) = failure else { return failed(name, "it gives no value") };
    let message = failure.message.as_str();
    let code = failure.code.as_deref().unwrap_or_default();
    let version = failure.version.as_deref().unwrap_or_default();
    let diagnostic = failed(name, message);
    let diagnostic = match label {
        Some(label) => diagnostic.at(label),
        None => diagnostic,
    };
    let is_module = ["import statement outside", "Unexpected token 'export'"];
    if code == "NO_TYPESCRIPT" {
        diagnostic.fix(
            "npm install --save-dev typescript@5, or use Node 22.18 or later, or write JavaScript",
            None,
        )
    } else if is_module.iter().any(|words| message.contains(words)) {
        diagnostic
            .note(format!("Node {version} reads the file as CommonJS"))
            .fix("name it bundle.config.mjs, or write `module.exports = { … }`", None)
    } else if matches!(code, "ERR_MODULE_NOT_FOUND" | "MODULE_NOT_FOUND") {
        diagnostic.fix("install the package, or correct the path", None)
    } else if message.starts_with("it has no default export") || message.starts_with("it exports") {
        diagnostic.fix(
            "write `export default { … }` or `module.exports = { … }`, with the keys of \
             bundle.config.json",
            None,
        )
    } else if message.starts_with("plugins") {
        diagnostic.fix("a plugin is an object with a `name` and hooks, as in Rollup", None)
    } else if failure.version.is_none() {
        diagnostic
            .fix("a configuration is data: text, numbers, booleans, lists and plain objects", None)
    } else {
        diagnostic
    }
}

fn failed(name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("config-script", format!("{name} gives no configuration: {why}"))
}
