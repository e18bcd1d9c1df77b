//! Compiles a component's template to its render functions: the text of a module's part, with the
//! origins of its pieces.

use std::sync::Arc;

use bundle_base::{Diagnostics, Label, Source, Span, config::VueConfig};

use super::{
    advice::{self, CompiledTemplate, Script},
    bindings::Bindings,
    errors,
    generate::{self, Functions, generate},
    optimize::optimize,
    parse::{Context, parse},
    prefix::prefix,
    tree::{ElementId, Node, Tree},
};
use crate::{
    expression::{FreeName, Mistake, free_names},
    mapped_code::MappedCode,
    messages::render as messages,
};

#[cfg(test)]
mod tests;

/// How deep elements may nest. The generated code nests twice as deep.
const LEVELS: usize = 120;

/// Compiles a template to a program. `None` if it has errors.
pub fn compile(
    template: &MappedCode,
    options: &TemplateOptions<'_>,
    log: &mut Diagnostics,
) -> Option<MappedCode> {
    let mut found = Diagnostics::new();
    let tree = parse(template, &mut Context::new(options.config, options.source, &mut found));
    let code = render(&tree, options, &mut found);
    log.extend(found.take());
    code
}

/// Compiles an element tree to a program: `var render = …`, `var staticRenderFns = […]`. `None` if
/// there are errors.
fn render(tree: &Tree, options: &TemplateOptions<'_>, log: &mut Diagnostics) -> Option<MappedCode> {
    let source = options.source;
    if let Some(place) = too_deep(tree) {
        log.push(messages::nested_too_deeply(Label::new(source, place)));
        return None;
    }
    let cx = generate::Context {
        source,
        bindings: options.bindings,
        is_functional: options.is_functional,
        is_typescript: options.is_typescript,
    };
    let functions = generate(tree, &optimize(tree), cx, log);
    errors::check(tree, source, options.is_typescript, log);
    if log.has_errors() {
        return None;
    }
    let (program, names) = program(&functions, options.is_functional);
    let names = match names.map_or_else(|| free_names(program.text(), options.is_typescript), Ok) {
        Ok(names) => names,
        Err(mistake) => {
            log.push(match mistake {
                Mistake::Syntax(range, reason) => {
                    messages::invalid_expression(errors::label(source, &program, range), reason)
                }
                Mistake::TooDeep(range) => {
                    messages::nested_too_deeply(errors::label(source, &program, range))
                }
            });
            return None;
        }
    };
    let compiled = CompiledTemplate { tree, program: &program, names: &names };
    advice::check(compiled, cx, options.script, log);
    let mut code = prefix(program, &names, cx.setup());
    if !options.is_production {
        // This signals to the runtime that names are looked up on `_vm`. It then warns about names
        // that `_vm` does not have.
        code.push_str("render._withStripped = true\n");
    }
    Some(code)
}

/// Returns the program without prefixes, and its free names if the generator knows all of them.
fn program(functions: &Functions, is_functional: bool) -> (MappedCode, Option<Vec<FreeName>>) {
    let parameters = if is_functional { "_c,_vm" } else { "" };
    let length = functions.statics.iter().map(|body| body.code().text().len() + 64).sum::<usize>();
    let mut code = MappedCode::with_capacity(functions.render.code().text().len() + length + 64);
    let mut names = Some(Vec::new());
    code.push_str("var render = function render(");
    code.push_str(parameters);
    code.push_str("){");
    functions.render.append_to(&mut code, &mut names);
    code.push_str("\n}\nvar staticRenderFns = [");
    for (index, body) in functions.statics.iter().enumerate() {
        code.push_str(if index == 0 { "function (" } else { ",function (" });
        code.push_str(parameters);
        code.push_str("){");
        if is_functional {
            // Vue 2.6 does not pass `_c` to static render functions.
            code.push_str("_c=_c||_vm._c;");
        }
        body.append_to(&mut code, &mut names);
        code.push_str("\n}");
    }
    code.push_str("]\n");
    (code, names)
}

/// Returns the start tag of an element that is nested too deeply, if there is one.
fn too_deep(tree: &Tree) -> Option<Span> {
    let mut open: Vec<(ElementId, usize)> = tree.root.map(|root| (root, 1)).into_iter().collect();
    while let Some((id, depth)) = open.pop() {
        let element = &tree[id];
        if depth > LEVELS {
            return Some(element.start_tag);
        }
        let children = element.children.iter().filter_map(|child| match child {
            Node::Element(child) => Some(*child),
            Node::Expression { .. } | Node::Text(_) | Node::Comment(_) => None,
        });
        let branches = element.branches.iter().skip(1).map(|branch| branch.element);
        let slots = element.slot.scoped.iter().map(|(_, slot)| *slot);
        open.extend(children.chain(slots).map(|inner| (inner, depth + 1)));
        open.extend(branches.map(|other| (other, depth)));
    }
    None
}

/// What the compiler knows about a template besides its text.
#[derive(Clone, Copy)]
pub struct TemplateOptions<'a> {
    /// The file that contains the template.
    pub source: &'a Arc<Source>,
    pub config: &'a VueConfig,
    pub is_production: bool,
    /// `<template functional>`.
    pub is_functional: bool,
    /// The names that the component's script declares.
    pub bindings: Option<&'a Bindings>,
    /// What is known about the same script, for warnings about probable mistakes.
    pub script: Script<'a>,
    /// The script is TypeScript, and so are the expressions.
    pub is_typescript: bool,
}
