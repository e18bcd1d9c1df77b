//! Says of every free name in a template's functions where it comes from: `_vm.name`, or `_setup.name` for what `<script setup>`
//! declares. Vue's functions once stood in `with (this) { … }`, which strict code cannot have.

use swc_ecma_ast::{Decl, Expr, Function, Stmt};

use super::bindings::Bindings;
use crate::{
    code::Code,
    expression::{FreeName, Mistake, free_names, parse},
};

#[cfg(test)]
mod tests;

/// The program with prefixes. It consists of variables with functions and with lists of functions.
pub(super) fn prefix(program: &Code, setup: Option<&Bindings>, is_typescript: bool) -> Result<Code, Mistake> {
    let statements = parse(program.text(), is_typescript)?;
    let mut names: Vec<FreeName> = Vec::new();
    for function in functions(&statements) {
        free_names(function, &mut |found| {
            if !is_global(&found.name) {
                names.push(found);
            }
        });
    }
    names.sort_by_key(|name| name.start);
    Ok(with_prefixes(program, &names, setup))
}

/// The functions themselves: the names they have are ours, and unknown in them.
fn functions(statements: &[Stmt]) -> impl Iterator<Item = &Function> {
    let variables = statements.iter().filter_map(|statement| match statement {
        Stmt::Decl(Decl::Var(variables)) => Some(&variables.decls),
        _ => None,
    });
    let values = variables.flatten().filter_map(|variable| variable.init.as_deref());
    values
        .flat_map(|value| match value {
            Expr::Array(list) => list.elems.iter().flatten().map(|item| &*item.expr).collect(),
            other => vec![other],
        })
        .filter_map(|value| match value {
            Expr::Fn(function) => Some(&*function.function),
            _ => None,
        })
}

fn with_prefixes(program: &Code, names: &[FreeName], setup: Option<&Bindings>) -> Code {
    let mut code = Code::default();
    let mut copied = 0;
    for FreeName { name, start, end, is_shorthand } in names {
        let of_setup = setup.and_then(|bindings| bindings.names.get(name.as_str())).is_some_and(|kind| kind.is_setup());
        let prefix = if of_setup { "_setup." } else { "_vm." };
        let at = if *is_shorthand { *end } else { *start };
        code.push_slice(program, copied..at);
        if *is_shorthand {
            code.push_str(": ");
        }
        code.push_str(prefix);
        if *is_shorthand {
            code.push_made_of(name, program.origin(*start));
        }
        copied = at;
    }
    code.push_slice(program, copied..program.text().len());
    code
}

/// Names that mean the same in every template.
fn is_global(name: &str) -> bool {
    matches!(
        name,
        "Infinity" | "undefined" | "NaN" | "isFinite" | "isNaN" | "parseFloat" | "parseInt" | "decodeURI"
            | "decodeURIComponent" | "encodeURI" | "encodeURIComponent" | "Math" | "Number" | "Date" | "Array"
            | "Object" | "Boolean" | "String" | "RegExp" | "Map" | "Set" | "JSON" | "Intl"
            // For asset URLs.
            | "require"
            // The grammar knows it as a name.
            | "arguments"
            | "_c"
    )
}
