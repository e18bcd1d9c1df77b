//! Templates by the project's own Vue compiler, in the project's Node process: where `vue.compiler`
//! gives it modules or directives, which are functions.

use bundle_base::{
    Label, Span,
    config::{Mode, VueConfig, Whitespace, relative},
    loader::LoadContext,
    node,
    place::Place,
    tools::{LIMIT, NodeRequest, ask_for},
};
use camino::Utf8Path;
use serde::Deserialize;
use serde_json::{Value, json};

use super::blocks::Contents;
use crate::{
    mapped_code::MappedCode,
    messages,
    v2::{bindings::Binding, script::CompiledScript},
};

/// A template to compile.
pub(super) struct Template<'a> {
    pub markup: &'a Contents,
    pub config: &'a VueConfig,
    /// The script beside it.
    pub script: Option<&'a CompiledScript>,
    /// `<template functional>`.
    pub is_functional: bool,
}

/// What the process answers.
#[derive(Deserialize)]
struct Answer {
    code: Option<String>,
    errors: Vec<Mistake>,
}

#[derive(Deserialize)]
struct Mistake {
    message: String,
    /// Its offset in the template, in UTF-16 units.
    start: Option<u32>,
}

/// Compiles a template with the functions that the script `compiler` exports. `None`: the log has
/// an error.
pub(super) fn compile(
    template: &Template<'_>,
    compiler: &Utf8Path,
    cx: &mut LoadContext<'_>,
) -> Option<MappedCode> {
    let Template { markup, config, script, is_functional } = template;
    let setup = script.filter(|script| script.bindings.is_setup);
    let bindings = setup.map(|script| {
        let kinds = script.bindings.names.iter();
        kinds.map(|(name, kind)| (name.clone(), json!(word(*kind)))).collect::<Value>()
    });
    let (open, close) = &config.delimiters;
    let value = json!({
        "do": "template",
        "compiler": compiler,
        "mode": cx.config.mode.name(),
        "digest": node::configuration_digest(compiler, cx.fs).to_string(),
        "project": cx.config.project,
        "file": markup.source.path,
        "source": markup.code.text(),
        "options": {
            "isProduction": cx.config.mode == Mode::Production,
            "isFunctional": is_functional,
            "isTS": script.is_some_and(CompiledScript::is_typescript),
            "bindings": bindings,
            "transformAssetUrls": config.asset_urls,
            "compilerOptions": {
                "whitespace": match config.whitespace {
                    Whitespace::Preserve => "preserve",
                    Whitespace::Condense => "condense",
                },
                "comments": config.comments,
                "delimiters": [open, close],
            },
        },
    });
    let request = NodeRequest { value, is_setup: false, is_pure: false, limit: LIMIT };
    match ask_for(cx.tools, &request) {
        Ok(Answer { code, errors }) => {
            for Mistake { message, start } in errors {
                let place = Place { line: 0, column: start.unwrap_or(0) };
                let start = place.offset_in(markup.code.text()).unwrap_or(0);
                let start = markup.code.origin(start as usize);
                let at = Label::new(&markup.source, Span::new(start, start));
                cx.log.push(messages::refused_by_vue(at, &message));
            }
            code.map(|code| MappedCode::made(code + "\n"))
        }
        Err(why) => {
            let name = relative(&cx.config.project, compiler);
            cx.log.push(messages::vue_compiler(&name, &why));
            None
        }
    }
}

/// Returns the name that Vue's compiler has for a kind of binding.
fn word(kind: Binding) -> &'static str {
    match kind {
        Binding::Data => "data",
        Binding::Props => "props",
        Binding::SetupLet => "setup-let",
        Binding::SetupConst => "setup-const",
        Binding::SetupReactiveConst => "setup-reactive-const",
        Binding::SetupMaybeRef => "setup-maybe-ref",
        Binding::SetupRef => "setup-ref",
        Binding::Options => "options",
    }
}
