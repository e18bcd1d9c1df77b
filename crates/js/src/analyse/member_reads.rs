//! Rewrites reads of members of imported names to one form: `const { a, b: c } = ns` becomes
//! `const a = ns.a, c = ns.b`, and `ns?.a` of a namespace becomes `ns.a`, because a namespace
//! always exists. The linker can then bind members by name wherever possible, and needs the
//! namespace object only where it is used as a value.

use rustc_hash::FxHashSet;
use swc_common::Spanned;
use swc_ecma_ast::{
    Expr, Id, Ident, IdentName, ImportSpecifier, MemberExpr, MemberProp, Module, ModuleDecl,
    ModuleItem, ObjectPat, ObjectPatProp, OptChainBase, Pat, PropName, VarDeclarator,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::parse::SyntaxKinds;

/// Rewrites the reads of members of imported names. Returns whether there are any. `kinds`: the
/// kinds of syntax in the program, if they are known.
pub(super) fn spell_out(module: &mut Module, kinds: Option<SyntaxKinds>) -> bool {
    let mut spell = Spell {
        imported: FxHashSet::default(),
        namespaces: FxHashSet::default(),
        is_changed: false,
    };
    for item in &module.body {
        let ModuleItem::ModuleDecl(ModuleDecl::Import(import)) = item else { continue };
        for specifier in &import.specifiers {
            spell.imported.insert(specifier.local().to_id());
            if let ImportSpecifier::Namespace(namespace) = specifier {
                spell.namespaces.insert(namespace.local.to_id());
            }
        }
    }
    let has_patterns = kinds.is_none_or(|kinds| kinds.has_object_patterns);
    let has_chains = kinds.is_none_or(|kinds| kinds.has_optional_chains);
    let may_change =
        !spell.imported.is_empty() && has_patterns || !spell.namespaces.is_empty() && has_chains;
    // With debug assertions, every program is walked, to prove the answer.
    if may_change || cfg!(debug_assertions) {
        module.visit_mut_with(&mut spell);
    }
    debug_assert!(may_change || !spell.is_changed);
    spell.is_changed
}

struct Spell {
    imported: FxHashSet<Id>,
    /// The imported names that are namespaces.
    namespaces: FxHashSet<Id>,
    is_changed: bool,
}

impl VisitMut for Spell {
    noop_visit_mut_type!();

    fn visit_mut_var_declarators(&mut self, declarators: &mut Vec<VarDeclarator>) {
        if declarators.iter().any(|declarator| self.picks(declarator).is_some()) {
            self.is_changed = true;
            let written = std::mem::take(declarators);
            declarators.extend(written.into_iter().flat_map(|declarator| {
                match self.picks(&declarator) {
                    Some(plain) => plain,
                    None => vec![declarator],
                }
            }));
        }
        declarators.visit_mut_children_with(self);
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::OptChain(chain) = expr
            && let OptChainBase::Member(member) = &mut *chain.base
            && matches!(
                &*member.obj,
                Expr::Ident(ident) if self.namespaces.contains(&ident.to_id())
            )
        {
            *expr = Expr::Member(std::mem::take(member));
        }
        expr.visit_mut_children_with(self);
    }
}

impl Spell {
    /// Splits `{ a, b: c } = ns` into one declarator for each name. `None`: the pattern has more
    /// than names.
    fn picks(&self, declarator: &VarDeclarator) -> Option<Vec<VarDeclarator>> {
        let (Pat::Object(pattern), Some(value)) = (&declarator.name, &declarator.init) else {
            return None;
        };
        let Expr::Ident(object) = &**value else { return None };
        let is_some = !pattern.props.is_empty() && self.imported.contains(&object.to_id());
        if is_some { as_member_reads(pattern, object) } else { None }
    }
}

fn as_member_reads(pattern: &ObjectPat, object: &Ident) -> Option<Vec<VarDeclarator>> {
    let read = |prop: &ObjectPatProp| {
        let (key, name) = match prop {
            // A nested pattern may have side effects, after which the members may have other
            // values.
            ObjectPatProp::KeyValue(pair) if pair.value.is_ident() => {
                (member_prop(&pair.key)?, (*pair.value).clone())
            }
            ObjectPatProp::Assign(assign) if assign.value.is_none() => {
                let key = IdentName::new(assign.key.sym.clone(), assign.key.span);
                (MemberProp::Ident(key), Pat::Ident(assign.key.clone()))
            }
            ObjectPatProp::KeyValue(_) | ObjectPatProp::Assign(_) | ObjectPatProp::Rest(_) => {
                return None;
            }
        };
        let member =
            MemberExpr { span: key.span(), obj: Box::new(Expr::Ident(object.clone())), prop: key };
        let init = Some(Box::new(Expr::Member(member)));
        Some(VarDeclarator { span: prop.span(), name, init, definite: false })
    };
    pattern.props.iter().map(read).collect()
}

fn member_prop(key: &PropName) -> Option<MemberProp> {
    match key {
        PropName::Ident(name) => Some(MemberProp::Ident(name.clone())),
        PropName::Str(_) | PropName::Num(_) | PropName::Computed(_) | PropName::BigInt(_) => None,
    }
}
