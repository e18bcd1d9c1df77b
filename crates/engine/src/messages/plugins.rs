//! Messages about plugins.

use bundle_base::{
    Diagnostic, Label,
    tools::{MISSING_NODE, NoNode, ToolError, UNABLE_NODE, Unanswered},
};

/// What plugins were asked.
pub enum Hook<'h> {
    /// Where a specifier leads.
    ResolveId {
        /// The specifier.
        specifier: &'h str,
        /// The name of the importer.
        importer: &'h str,
    },
    /// What the text of a module is.
    Module {
        /// The name of the module.
        name: &'h str,
    },
}

impl Hook<'_> {
    fn what(&self) -> String {
        match self {
            Self::ResolveId { specifier, importer } => {
                format!("it resolves \"{specifier}\" for {importer}")
            }
            Self::Module { name } => format!("it works on {name}"),
        }
    }
}

/// A plugin failed, or its process did. `label`: the place that the plugin names.
pub fn plugin_unanswered(hook: &Hook<'_>, why: &Unanswered, label: Option<Label>) -> Diagnostic {
    match why {
        Unanswered::Failed(failure) => {
            let plugin = failure.plugin.as_deref().unwrap_or("of the configuration");
            let hook_name = failure.hook.as_deref().unwrap_or("hook");
            let text = format!("{hook_name} of the plugin {plugin} fails while {}", hook.what());
            let diagnostic = Diagnostic::error("plugin-failed", text);
            let diagnostic = match label {
                Some(label) => diagnostic.at(label.text(failure.message.clone())),
                None => diagnostic.note(failure.message.clone()),
            };
            match failure.stack.as_deref().and_then(first_frame) {
                Some(frame) => diagnostic.note(format!("thrown {frame}")),
                None => diagnostic,
            }
        }
        Unanswered::Tool(ToolError::Missing) => without_node(MISSING_NODE),
        Unanswered::Tool(ToolError::Unable) => without_node(UNABLE_NODE),
        Unanswered::Tool(ToolError::Broken(reason)) => {
            Diagnostic::error("plugin-timeout", format!("a plugin hangs while {}", hook.what()))
                .note(format!("the process was ended: {reason}"))
                .fix("if it only needs longer, say so in seconds: \"pluginTimeout\": 300", None)
        }
        Unanswered::Tool(ToolError::Failed(output)) => {
            let diagnostic = Diagnostic::error("plugin-ended", "Node ended while it ran plugins");
            match output.trim() {
                "" => diagnostic.note("perhaps one of them calls `process.exit`"),
                output => diagnostic.note(format!("it printed: {output}")),
            }
        }
    }
}

fn without_node(node: NoNode) -> Diagnostic {
    Diagnostic::error("plugins-need-node", format!("plugins need {}", node.text))
        .fix(node.remedy, None)
}

/// Returns the first frame of a stack that is not in Node's own code, without the indentation.
fn first_frame(stack: &str) -> Option<&str> {
    let mut frames = stack.lines().map(str::trim).filter(|line| line.starts_with("at "));
    frames.find(|frame| !frame.contains("node:") && !frame.contains("eval at"))
}

/// The answer of a plugin has another form than answers have.
pub fn invalid_plugin_answer(hook: &Hook<'_>, why: &str) -> Diagnostic {
    Diagnostic::error(
        "plugin-failed",
        format!("a plugin returned an invalid answer while {}", hook.what()),
    )
    .note(why)
}

/// What a plugin reports itself.
pub fn plugin_warning(plugin: &str, message: &str, label: Option<Label>) -> Diagnostic {
    let diagnostic = Diagnostic::warning("plugin-warning", format!("{plugin}: {message}"));
    match label {
        Some(label) => diagnostic.at(label),
        None => diagnostic,
    }
}

/// No plugin loads a module that is not a file.
pub fn not_loaded(name: &str) -> Diagnostic {
    Diagnostic::error("plugin-failed", format!("no plugin loads the virtual module {name}"))
        .note("a plugin resolved it, so its `load` has to return a text for this id")
}

/// A plugin gives a module a type that bundle does not know.
pub fn unknown_module_type(name: &str, word: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error("plugin-failed", format!("a plugin makes {name} a module of type {word}"))
        .note(format!("the types are {}", known.join(", ")))
}

/// Babel fails on a script, or its configuration does. `label`: the place that it names.
pub fn babel_failed(config: &str, name: &str, why: &str, label: Option<Label>) -> Diagnostic {
    let diagnostic = Diagnostic::error("babel-failed", format!("Babel fails on {name}: {why}"));
    let diagnostic = match label {
        Some(label) => diagnostic.at(label),
        None => diagnostic,
    };
    diagnostic.note(format!("it runs because of the plugins in {config}"))
}

/// Babel, or a plugin of it, is not installed.
pub fn babel_plugin_missing(config: &str, package: &str) -> Diagnostic {
    let text = format!("{config} asks for {package}, which is not installed");
    let remedy = if package == "@babel/core" {
        "npm install --save-dev @babel/core, or set \"babel\": false, as for a configuration of \
         Babel 6"
            .to_owned()
    } else {
        format!("npm install --save-dev {package}, or set \"babel\": false")
    };
    Diagnostic::error("babel-failed", text).fix(remedy, None)
}

/// Babel has plugins, and there is no Node to run it.
pub fn babel_without_node(config: &str, node: NoNode) -> Diagnostic {
    let text = format!("{config} needs {}", node.text);
    Diagnostic::warning("babel-needs-node", text)
        .note("scripts are built without its plugins")
        .fix(format!("{}, or set \"babel\": false", node.remedy), None)
}
