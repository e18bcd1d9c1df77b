//! Checks the free names of a template: props that it assigns to, and names that are not declared.

use bundle_base::{Diagnostic, Diagnostics, Label, diagnostic::typing_mistakes};
use rustc_hash::FxHashSet;

use super::{
    input::{CompiledTemplate, Declared},
    slips::is_slip,
};
use crate::{
    expression::FreeName,
    mapped_code::MappedCode,
    messages::advice as messages,
    v2::{
        bindings::{Binding, Bindings},
        errors::label,
        prefix::is_global,
        report::report,
        script::Unread,
    },
};

/// Reports the mistakes among the free names of a program.
pub(super) fn check(
    template: CompiledTemplate<'_>,
    declared: &Declared<'_>,
    log: &mut Diagnostics,
) {
    let CompiledTemplate { program, names, .. } = template;
    let Declared { source, bindings, facts } = declared;
    let text = program.text();
    // A target of `v-model` may occur in the program several times.
    let mut reported = FxHashSet::default();
    for found in names {
        let name = &text[found.start..found.end];
        let is_of_user =
            !program.is_made(found.start) && !is_global(name) && !name.starts_with(['_', '$']);
        if !is_of_user || name.contains('\\') {
            continue;
        }
        let at = || label(source, program, found.start..found.end);
        match bindings.names.get(name) {
            Some(Binding::Props) if is_assigned(text, found) && !is_synced(program, found) => {
                if reported.insert(program.origin(found.start)) {
                    report(log, messages::assigned_prop(at(), name));
                }
            }
            None if facts.has_all_names && reported.insert(program.origin(found.start)) => {
                if let Some(undeclared) = undeclared(name, is_list(text, found), bindings, at()) {
                    report(log, undeclared);
                }
            }
            Some(_) | None => {}
        }
    }
}

/// False if the program certainly assigns to no prop.
pub(super) fn may_assign(template: CompiledTemplate<'_>, script: Unread<'_>) -> bool {
    let CompiledTemplate { program, names, .. } = template;
    let text = program.text();
    let mut assigned =
        names.iter().filter(|name| !program.is_made(name.start) && is_assigned(text, name));
    assigned.any(|name| script.may_have_prop(&text[name.start..name.end]))
}

/// Returns the diagnostic for a name that the script does not declare, if it is nearly one that it
/// declares. Any other name may come from a plugin, unless it is the list of a `v-for`.
fn undeclared(name: &str, is_list: bool, bindings: &Bindings, at: Label) -> Option<Diagnostic> {
    let mut known: Vec<&str> = bindings.names.keys().map(String::as_str).collect();
    known.sort_unstable();
    let near = known.iter().copied().find(|known| is_slip(name, known));
    if is_list {
        let near =
            near.or_else(|| known.into_iter().find(|known| typing_mistakes(name, known) == 1));
        return Some(messages::undeclared_name(at, name, near));
    }
    near.map(|near| messages::undeclared_name(at, name, Some(near)))
}

/// Whether a name is assigned to, or has `++` or `--` on either side. The program is valid, so the
/// text beside a name is an operator.
fn is_assigned(text: &str, name: &FreeName) -> bool {
    const OPERATORS: [&str; 17] = [
        "++", "--", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=",
        "&&=", "||=", "??=",
    ];
    let behind = text[name.end..].trim_start();
    let is_plain =
        behind.starts_with('=') && !behind.starts_with("==") && !behind.starts_with("=>");
    let before = text[..name.start].trim_end();
    let is_counted = ["++", "--"].into_iter().any(|operator| {
        before.strip_suffix(operator).is_some_and(|rest| {
            // `a++ + b`, `a+++b`.
            !rest.ends_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '_' | '$' | ')' | ']' | '+' | '-')
            })
        })
    });
    is_plain || is_counted || OPERATORS.iter().any(|operator| behind.starts_with(operator))
}

/// True for `:active.sync="name"`. The assignment happens only if the other component emits the
/// event, which many never do.
fn is_synced(program: &MappedCode, name: &FreeName) -> bool {
    program.is_made(name.end) && program.text()[name.end..].starts_with("=$event}")
}

/// Whether a name, or a path that begins with it, is the whole list of a `v-for`: `v-for="item in
/// name"`, `v-for="item in name.list"`. The result of a call may come from a plugin.
fn is_list(text: &str, name: &FreeName) -> bool {
    let is_of_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '?');
    text[..name.start].ends_with("_l((")
        && text[name.end..].trim_start_matches(is_of_path).starts_with("),function(")
}
