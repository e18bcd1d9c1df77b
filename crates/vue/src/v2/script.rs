//! Compiles a component's scripts to the module that exports its options. A script without setup
//! stays as it is, except that the custom properties of styles are added. With `<script setup>`,
//! both scripts become one module.
//!
//! No syntax tree is printed. The output consists of pieces of the file's own text, cut and
//! reordered, so that every position leads back to where it was written.

use std::{ops::Range, sync::Arc};

use bundle_base::{Diagnostic, Diagnostics, Label, Source, Span, loader::Language};
use bundle_js::block_span;
use swc_common::Spanned;
use swc_ecma_ast::{CallExpr, Callee, Expr, Module};

use super::bindings::{Bindings, Facts};
use crate::mapped_code::MappedCode;

mod awaits; // `await` outside of functions
mod css; // custom properties of styles
mod declared; // kinds of declared names
mod default_export; // the default export of a module
mod edits; // pieces of the file with replacements
mod imports; // the imports of both scripts
mod macros; // `defineProps` and its like
mod normal; // a script without setup
mod options; // kinds of the names in an options object
mod setup; // `<script setup>`, alone or with another script
mod types; // types to runtime checks of props
mod unread; // a script without setup, parsed only on demand
mod used; // finds the names that a template mentions
mod write; // the module of a `<script setup>`

#[cfg(test)]
mod tests;

pub use unread::Unread;

/// A `<script>` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptBlock {
    /// Its content, as a range of bytes of the file.
    pub range: Range<usize>,
    /// Its `lang` as written. An empty one counts as none.
    pub lang: Option<String>,
}

/// The blocks of a component that decide about its scripts.
#[derive(Clone, Copy, Debug)]
pub struct Scripts<'a> {
    /// The `<script>` that has no `src`.
    pub script: Option<&'a ScriptBlock>,
    /// The `<script setup>`.
    pub setup: Option<&'a ScriptBlock>,
    /// The template's text. `None` if there is none, or if it has `src` or `lang`; then it may use
    /// any name.
    pub template: Option<&'a MappedCode>,
    /// The expressions of `v-bind(…)` in styles: `css_vars::parse` of all of them.
    pub css_vars: &'a [MappedCode],
}

/// Options for compiling scripts.
#[derive(Clone, Copy, Debug)]
pub struct ScriptOptions<'a> {
    /// The component's file.
    pub source: &'a Arc<Source>,
    /// The component's id, without `data-v-`.
    pub id: &'a str,
    pub is_production: bool,
    /// The options of a `<script>` beside setup are spread, for engines without `Object.assign`.
    pub spreads: bool,
    /// The file's name without folder and extension. Devtools show it as the name of the component.
    pub name: &'a str,
}

/// The module of a component's scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompiledScript {
    pub code: MappedCode,
    /// The names that the template may read. Empty for a script without setup, unless styles read
    /// its names: no other code uses them.
    pub bindings: Bindings,
    /// The language of the code, as its `lang` says. Types are still in it.
    pub lang: Option<String>,
    /// Facts about a `<script setup>`. For a script without setup, `Unread` has them.
    pub facts: Facts,
}

impl CompiledScript {
    /// True if expressions of the template may have types too.
    pub fn is_typescript(&self) -> bool {
        is_typescript(self.lang.as_deref())
    }
}

/// Compiles a component's scripts. `None` if there are none, or if they have errors, which are in
/// the log.
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

/// Reports a diagnostic, unless the log already has `ENOUGH`.
fn report(log: &mut Diagnostics, diagnostic: Diagnostic) {
    const ENOUGH: usize = 100;
    if log.iter().count() < ENOUGH {
        log.push(diagnostic);
    }
}

/// Returns the language of a script, if it is one that is analysed. (`lang="js"` is none of them,
/// so such scripts stay as they are. For a `<script setup>` this gives a component that does
/// nothing; Vue has always behaved like this.)
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

    /// Returns the block unchanged.
    fn as_it_is(&self, file: File<'_>) -> CompiledScript {
        let mut code = MappedCode::default();
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

/// The file that spans refer to.
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

    fn copy(self, node: &(impl Spanned + ?Sized), to: &mut MappedCode) {
        let span = block_span(node.span());
        to.push_copied(self.text(span), span.start);
    }

    fn label(self, node: &impl Spanned) -> Label {
        Label::new(self.source, block_span(node.span()))
    }

    /// Returns the separator to write where text is removed before `at`, so that the statements
    /// around it stay separate.
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

/// Returns a text without the white space and comments at its start.
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

/// Returns an expression without the parentheses around it.
fn plain(expression: &Expr) -> &Expr {
    let mut inner = expression;
    while let Expr::Paren(paren) = inner {
        inner = &paren.expr;
    }
    inner
}

/// Returns the name and the call, if an expression calls a plain name.
fn call(expression: &Expr) -> Option<(&str, &CallExpr)> {
    let Expr::Call(call) = plain(expression) else { return None };
    let Callee::Expr(callee) = &call.callee else { return None };
    let Expr::Ident(name) = plain(callee) else { return None };
    Some((&name.sym, call))
}

fn is_call_of(expression: Option<&Expr>, name: &str) -> bool {
    expression.and_then(call).is_some_and(|(called, _)| called == name)
}
