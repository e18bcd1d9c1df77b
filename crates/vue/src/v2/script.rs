//! A component's scripts to the module that exports its options. A script without setup stays as it
//! is: only custom properties of styles are added. With `<script setup>` both scripts become one
//! module.
//!
//! Nothing is printed from a tree. What is written is the file's own text, cut into pieces and put
//! into another order, so that every position leads back to where it was written.

use std::{ops::Range, sync::Arc};

use bundle_base::{Diagnostic, Diagnostics, Label, Source, Span, loader::Language};
use bundle_js::block_span;
use swc_common::Spanned;
use swc_ecma_ast::{CallExpr, Callee, Expr, Module};

use super::bindings::{Bindings, Facts};
use crate::code::Code;

mod awaits; // `await` outside of functions
mod css; // custom properties of styles
mod declared; // declarations to what their names are
mod default_export; // what a module exports as default
mod edits; // pieces of the file with something taken out
mod imports; // what the scripts import
mod macros; // `defineProps` and its like
mod normal; // a script without setup
mod options; // an options object to what its names are
mod setup; // `<script setup>`, alone or with another script
mod types; // types to what run time checks
mod unread; // a script without setup, for whoever has questions about it
mod used; // which names a template mentions
mod write; // the module of a `<script setup>`

#[cfg(test)]
mod tests;

pub use unread::Unread;

/// A `<script>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptBlock {
    /// Its contents in the file, in bytes.
    pub range: Range<usize>,
    /// Its `lang`, as written. An empty one is none.
    pub lang: Option<String>,
}

/// What of a component concerns its scripts.
#[derive(Clone, Copy, Debug)]
pub struct Scripts<'a> {
    /// The `<script>` that has no `src`.
    pub script: Option<&'a ScriptBlock>,
    /// The `<script setup>`.
    pub setup: Option<&'a ScriptBlock>,
    /// The template's contents. `None`: there is none, or it has `src` or `lang`; then it may use
    /// any name.
    pub template: Option<&'a Code>,
    /// What styles read in `v-bind(…)`: `css_vars::parse` of all of them.
    pub css_vars: &'a [Code],
}

/// What scripts are compiled for.
#[derive(Clone, Copy, Debug)]
pub struct ScriptOptions<'a> {
    /// The component's file.
    pub source: &'a Arc<Source>,
    /// The component's id, without `data-v-`.
    pub id: &'a str,
    pub is_production: bool,
    /// Options of a `<script>` beside setup are spread, for engines without `Object.assign`.
    pub spreads: bool,
    /// The file's name without folder and extension, which components are called by while
    /// debugging.
    pub name: &'a str,
}

/// The module of a component's scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompiledScript {
    pub code: Code,
    /// What the template may read. Without setup, and without styles that read it, nobody asks, and
    /// they are not looked for.
    pub bindings: Bindings,
    /// What it is written in, as its `lang` says. Types are still in it.
    pub lang: Option<String>,
    /// Of a `<script setup>`; of another script, `Unread` knows them.
    pub facts: Facts,
}

impl CompiledScript {
    /// Expressions of the template may have types too.
    pub fn is_typescript(&self) -> bool {
        is_typescript(self.lang.as_deref())
    }
}

/// Compiles a component's scripts. `None`: it has none, or what is wrong with them was said.
pub fn compile(
    scripts: &Scripts<'_>,
    options: &ScriptOptions<'_>,
    log: &mut Diagnostics,
) -> Option<CompiledScript> {
    match (scripts.script, scripts.setup) {
        (None, None) => None,
        (Some(script), None) => Some(normal::compile(script, scripts.css_vars, options, log)),
        (script, Some(setup)) => {
            setup::compile(script, setup, scripts, &mut setup::Context { options, log })
        }
    }
}

/// Says what is wrong, unless so much is that nobody reads it.
fn say(log: &mut Diagnostics, diagnostic: Diagnostic) {
    const ENOUGH: usize = 100;
    if log.iter().count() < ENOUGH {
        log.push(diagnostic);
    }
}

/// The language of a script, if it is one that is looked into. (As `lang="js"` is none of them,
/// such scripts stay as they are, which for a `<script setup>` makes a component that does nothing;
/// it has always been so.)
fn language(lang: Option<&str>) -> Option<Language> {
    match lang {
        None | Some("" | "jsx") => Some(Language::Jsx),
        Some("ts") => Some(Language::TypeScript),
        Some("tsx") => Some(Language::Tsx),
        Some(_) => None,
    }
}

fn is_typescript(lang: Option<&str>) -> bool {
    matches!(lang, Some("ts" | "tsx"))
}

impl ScriptBlock {
    fn lang(&self) -> Option<&str> {
        self.lang.as_deref().filter(|lang| !lang.is_empty())
    }

    /// As it was written.
    fn as_it_is(&self, file: File<'_>) -> CompiledScript {
        let mut code = Code::default();
        code.push_copied(file.text(self.span()), self.span().start);
        CompiledScript {
            code,
            bindings: Bindings::default(),
            facts: Facts::default(),
            lang: self.lang.clone(),
        }
    }

    fn span(&self) -> Span {
        let place = |offset| u32::try_from(offset).expect("texts are smaller than 4 GiB");
        Span::new(place(self.range.start), place(self.range.end))
    }
}

/// The text that spans speak of.
#[derive(Clone, Copy)]
struct File<'a> {
    source: &'a Arc<Source>,
}

impl<'a> File<'a> {
    fn text(self, span: Span) -> &'a str {
        self.source.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    fn written(self, node: &impl Spanned) -> &'a str {
        self.text(block_span(node.span()))
    }

    fn copy(self, node: &(impl Spanned + ?Sized), to: &mut Code) {
        let span = block_span(node.span());
        to.push_copied(self.text(span), span.start);
    }

    fn label(self, node: &impl Spanned) -> Label {
        Label::new(self.source, block_span(node.span()))
    }

    /// What has to stand at a place, where something is taken out, so that the statements around
    /// stay two.
    fn separator(self, at: u32) -> &'static str {
        let rest = self.source.text.get(at as usize..).unwrap_or("");
        if after_blank(rest).starts_with(['(', '[', '`', '+', '-', '*', '/', '.', ',', '?']) {
            ";"
        } else {
            ""
        }
    }

    fn parse(
        self,
        block: &ScriptBlock,
        language: Language,
        log: &mut Diagnostics,
    ) -> Option<Module> {
        match bundle_js::parse_block(self.source, block.range.clone(), language) {
            Ok(module) => Some(module),
            Err(mistakes) => {
                log.extend(mistakes);
                None
            }
        }
    }
}

/// A text behind the white space and comments that it begins with.
fn after_blank(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        rest = match (rest.strip_prefix("//"), rest.strip_prefix("/*")) {
            (Some(line), _) => line.split_once('\n').map_or("", |(_, after)| after),
            (_, Some(comment)) => comment.split_once("*/").map_or("", |(_, after)| after),
            _ => return rest,
        }
        .trim_start();
    }
}

/// An expression without the parentheses around it.
fn plain(expression: &Expr) -> &Expr {
    let mut inner = expression;
    while let Expr::Paren(paren) = inner {
        inner = &paren.expr;
    }
    inner
}

/// The call of a plain name.
fn call(expression: &Expr) -> Option<(&str, &CallExpr)> {
    let Expr::Call(call) = plain(expression) else { return None };
    let Callee::Expr(callee) = &call.callee else { return None };
    let Expr::Ident(name) = plain(callee) else { return None };
    Some((&name.sym, call))
}

fn is_call_of(expression: Option<&Expr>, name: &str) -> bool {
    expression.and_then(call).is_some_and(|(called, _)| called == name)
}
