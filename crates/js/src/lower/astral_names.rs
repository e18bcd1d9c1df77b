//! Names with characters beyond U+FFFF. ECMAScript 5 does not have them, and in ASCII output they
//! need an escape that the printer cannot write. Declared names get a new spelling, the same in
//! every module. Property names become strings. A free name cannot be renamed; it is written with
//! the escape, which is an error if the target lacks that.

use std::fmt::Write;

use swc_atoms::Atom;
use swc_common::{Span, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    AssignPatProp, ComputedPropName, Expr, Ident, KeyValuePatProp, KeyValueProp, Lit, MemberProp,
    ModuleExportName, ObjectPatProp, Pat, PrivateName, Program, Prop, PropName, Str,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Respells every such name. Returns the places of free names if the target has no escapes in
/// names. They still get the escapes, because `severity` may allow that.
pub(super) fn lower(
    program: &mut Program,
    unresolved: SyntaxContext,
    has_escapes: bool,
) -> Vec<Span> {
    let mut names = AstralNames { unresolved, has_escapes, free: Vec::new() };
    program.visit_mut_with(&mut names);
    names.free
}

struct AstralNames {
    unresolved: SyntaxContext,
    has_escapes: bool,
    free: Vec<Span>,
}

fn is_astral(name: &str) -> bool {
    !name.is_ascii() && name.chars().any(|c| c > '\u{FFFF}')
}

/// Returns the new spelling: `a𠮷` → `a$u20bb7`.
fn respelt(name: &str) -> Atom {
    spelt(name, "$u", "")
}

/// Replaces each such character by its code point between two texts.
fn spelt(name: &str, before: &str, after: &str) -> Atom {
    let mut out = String::new();
    for c in name.chars() {
        if c > '\u{FFFF}' {
            _ = write!(out, "{before}{:x}{after}", c as u32);
        } else {
            out.push(c);
        }
    }
    out.into()
}

fn string(name: &Atom, span: Span) -> Str {
    Str { span, value: name.clone().into(), raw: None }
}

impl VisitMut for AstralNames {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if !is_astral(&name.sym) {
            return;
        }
        if name.ctxt == self.unresolved {
            name.sym = spelt(&name.sym, "\\u{", "}");
            if !self.has_escapes {
                self.free.push(name.span);
            }
        } else {
            name.sym = respelt(&name.sym);
        }
    }

    fn visit_mut_module_export_name(&mut self, name: &mut ModuleExportName) {
        if let ModuleExportName::Ident(name) = name
            && is_astral(&name.sym)
        {
            name.sym = respelt(&name.sym);
        }
    }

    fn visit_mut_private_name(&mut self, name: &mut PrivateName) {
        if is_astral(&name.name) {
            name.name = respelt(&name.name);
        }
    }

    fn visit_mut_member_prop(&mut self, property: &mut MemberProp) {
        property.visit_mut_children_with(self);
        if let MemberProp::Ident(name) = property
            && is_astral(&name.sym)
        {
            let expr = Box::new(Expr::Lit(Lit::Str(string(&name.sym, name.span))));
            *property = MemberProp::Computed(ComputedPropName { span: name.span, expr });
        }
    }

    fn visit_mut_prop_name(&mut self, name: &mut PropName) {
        name.visit_mut_children_with(self);
        if let PropName::Ident(ident) = name
            && is_astral(&ident.sym)
        {
            *name = PropName::Str(string(&ident.sym, ident.span));
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        if let Prop::Shorthand(name) = property
            && is_astral(&name.sym)
        {
            let key = PropName::Str(string(&name.sym, name.span));
            *property =
                Prop::KeyValue(KeyValueProp { key, value: Box::new(Expr::Ident(name.take())) });
        }
        property.visit_mut_children_with(self);
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        if let ObjectPatProp::Assign(AssignPatProp { span, key: name, value }) = property
            && is_astral(&name.sym)
        {
            let key = PropName::Str(string(&name.sym, name.span));
            let target = Pat::Ident(name.clone());
            let value = match value.take() {
                Some(default) => Pat::Assign(swc_ecma_ast::AssignPat {
                    span: *span,
                    left: Box::new(target),
                    right: default,
                }),
                None => target,
            };
            *property = ObjectPatProp::KeyValue(KeyValuePatProp { key, value: Box::new(value) });
        }
        property.visit_mut_children_with(self);
    }
}
