//! Diagnostics about the blocks of a file.

use bundle_base::{
    Diagnostic, Label,
    loader::preprocessor_advice,
    tools::{MISSING_NODE, NoNode, ToolError, UNABLE_NODE, Unanswered},
};

/// A block without an end tag takes the rest of the file. This is only a warning: Vue's loader does
/// not report it, and existing files depend on that.
pub(crate) fn unclosed_block(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::warning("unclosed-block", format!("the block <{tag}> is never closed"))
        .at(at.text("opened here"))
        .fix(format!("write </{tag}> at its end"), None)
}

/// A second block of a kind that a file may have only once.
pub(crate) fn block_twice(first: Label, tag: &str, again: Label) -> Diagnostic {
    Diagnostic::warning(
        "duplicate-block",
        format!("the file has two <{tag}> blocks, and only the last one is used"),
    )
    .at(first.text("this one is ignored"))
    .note_at("this one is used", again)
}

/// A script or template in a language that cannot be compiled here.
pub(crate) fn unknown_lang(at: Label, tag: &str, lang: &str, known: &str) -> Diagnostic {
    Diagnostic::error("unknown-lang", format!("<{tag} lang=\"{lang}\"> cannot be compiled"))
        .at(at)
        .fix(format!("write {known}"), None)
}

/// A template in Pug that could not be compiled to HTML.
pub(crate) fn pug_failed(at: Label, lang: &str, why: &Unanswered) -> Diagnostic {
    let found = |text: String| Diagnostic::error("pug", text).at(at.clone());
    match why {
        Unanswered::Failed(failure) if failure.code.as_deref() == Some("MODULE_NOT_FOUND") => {
            found("this template needs the package pug, which is not installed".to_owned())
                .fix("npm install --save-dev pug", None)
        }
        Unanswered::Failed(failure) => found(failure.message.clone()),
        Unanswered::Tool(ToolError::Missing) => pug_without_node(at, lang, MISSING_NODE),
        Unanswered::Tool(ToolError::Unable) => pug_without_node(at, lang, UNABLE_NODE),
        Unanswered::Tool(ToolError::Broken(why) | ToolError::Failed(why)) => {
            found(format!("Pug gives no HTML: {}", why.trim()))
        }
    }
}

fn pug_without_node(at: Label, lang: &str, node: NoNode) -> Diagnostic {
    unknown_lang(at, "template", lang, &format!("HTML: Pug needs {}", node.text))
}

/// A template that the project's own Vue compiler refuses, or a compiler that cannot be used.
/// `script`: the script with its modules and directives.
pub(crate) fn vue_compiler(script: &str, why: &Unanswered) -> Diagnostic {
    let found = |text: String| Diagnostic::error("vue-compiler", text);
    let needs = |node: NoNode| {
        found(format!("{script} needs {}", node.text))
            .fix(format!("{}, or remove `vue.compiler`", node.remedy), None)
    };
    match why {
        Unanswered::Failed(failure) if failure.code.as_deref() == Some("MODULE_NOT_FOUND") => {
            let package = failure.message.split(' ').next().unwrap_or_default();
            found(format!("{script} needs {package}, which is not installed"))
                .fix(format!("npm install --save-dev {package}"), None)
        }
        Unanswered::Failed(failure) => {
            found(format!("{script} cannot be used: {}", failure.message))
        }
        Unanswered::Tool(ToolError::Missing) => needs(MISSING_NODE),
        Unanswered::Tool(ToolError::Unable) => needs(UNABLE_NODE),
        Unanswered::Tool(ToolError::Broken(why) | ToolError::Failed(why)) => {
            found(format!("Vue's compiler gives no code: {}", why.trim()))
        }
    }
}

/// A mistake that the project's own Vue compiler finds.
pub(crate) fn refused_by_vue(at: Label, message: &str) -> Diagnostic {
    Diagnostic::error("vue-compiler", message.trim().to_owned()).at(at)
}

/// A style in a language that cannot be compiled here. For some languages the message names a
/// command that compiles them.
pub(crate) fn unknown_style_lang(at: Label, lang: &str) -> Diagnostic {
    let found =
        Diagnostic::error("unknown-lang", format!("<style lang=\"{lang}\"> cannot be compiled"))
            .at(at);
    match preprocessor_advice(lang) {
        Some(advice) => found
            .note("style languages other than CSS and Sass are compiled by configured commands")
            .remedy(advice),
        None => found.fix("write CSS or Sass (lang=\"scss\")", None),
    }
}

/// `<script setup src="…">`.
pub(crate) fn setup_with_src(at: Label) -> Diagnostic {
    Diagnostic::error("setup-with-src", "`<script setup>` cannot be in another file")
        .at(at)
        .note("the template uses its names, so both have to be in one file")
        .fix("write an ordinary `<script src>`, or import the file", None)
}

/// Two `<style module>` blocks with the same name.
pub(crate) fn module_twice(first: Label, property: &str, again: Label) -> Diagnostic {
    Diagnostic::error(
        "duplicate-style-module",
        format!("two style modules of this file are named `{property}`"),
    )
    .at(again.text("this one would replace the first"))
    .note_at("the first one", first)
    .fix("give one of them a name of its own: `<style module=\"name\">`", None)
}

/// The file that a block's `src` names cannot be read.
pub(crate) fn unreadable_src(at: Label, why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("the file of this block cannot be read: {why}"))
        .at(at)
}

/// A custom block: no loader for it is known, so it is left out.
pub(crate) fn custom_block(at: Label, tag: &str) -> Diagnostic {
    Diagnostic::warning("custom-block", format!("the block <{tag}> is ignored"))
        .at(at)
        .note("no loader handles blocks of this name")
        .remedy("write \"silence\": [\"custom-block\"] in the configuration if that is intended")
}
