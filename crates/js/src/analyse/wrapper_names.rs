//! Renames declarations of a CommonJS file whose names are not allowed where the file is written
//! to. One kind is its own `let exports` or `class module`: the enclosing function has parameters
//! of these names, and a lexical declaration beside them is a syntax error. (A `var exports` is the
//! parameter itself, as in Node.) The other kind is `static` or `await` in an ES module, whose
//! strict code reserves these words.

use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_ecma_ast::{
    AssignPat, Decl, Ident, IdentName, KeyValuePatProp, KeyValueProp, Module, ModuleItem,
    ObjectPatProp, Pat, Prop, Stmt, VarDeclKind,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use crate::scopes::{Scopes, free, key_of};

/// The parameters of the function that encloses a CommonJS module.
const PARAMETERS: &[&str] = &["module", "exports"];

/// Words that are names in sloppy scripts and reserved in ES modules.
const RESERVED_IN_MODULES: &[&str] = &[
    "await",
    "implements",
    "interface",
    "let",
    "package",
    "private",
    "protected",
    "public",
    "static",
    "yield",
];

/// Renames declarations that have the name of a parameter.
pub(super) fn rename_conflicts(module: &mut Module, scopes: &mut Scopes) -> bool {
    let mut declared: Vec<Ident> = module.body.iter().flat_map(lexical).collect();
    declared.retain(|own| PARAMETERS.contains(&&*own.sym));
    let names: Vec<_> = declared.iter().map(|own| own.sym.to_string()).collect();
    let is_meant = |name: &Ident| declared.iter().any(|own| own.to_id() == name.to_id());
    rename(module, scopes, is_meant, &names);
    !names.is_empty()
}

/// Renames declarations and labels whose names ES modules reserve. Returns the first such name that
/// the file does not declare: a global that an ES module cannot name.
pub(super) fn spell_for_modules(module: &mut Module, scopes: &mut Scopes) -> Option<Ident> {
    let names: Vec<_> = RESERVED_IN_MODULES.iter().map(|name| (*name).to_owned()).collect();
    rename(module, scopes, |name| name.ctxt != free(), &names);
    let mut reserved = Reserved { first: None };
    module.visit_with(&mut reserved);
    reserved.first
}

/// Renames the identifiers for which `is_meant` holds. `names`: their texts.
fn rename(
    module: &mut Module,
    scopes: &mut Scopes,
    is_meant: impl Fn(&Ident) -> bool,
    names: &[String],
) {
    if names.is_empty() {
        return;
    }
    let mut taken = TakenNames::default();
    module.visit_with(&mut taken);
    let unused = |name: &str| {
        let spellings = (1..).map(|number| format!("{name}${number}"));
        spellings
            .into_iter()
            .find(|spelling| !taken.names.contains(&Atom::from(spelling.as_str())))
            .expect("numbers do not run out")
    };
    let names = names.iter().filter(|name| taken.names.contains(&Atom::from(name.as_str())));
    let names: Vec<(Atom, Atom)> =
        names.map(|name| (name.as_str().into(), unused(name).into())).collect();
    if !names.is_empty() {
        module.visit_mut_with(&mut Renaming { is_meant, scopes, names });
    }
}

/// Returns the names that a statement declares with `let`, `const` or `class`.
fn lexical(item: &ModuleItem) -> Vec<Ident> {
    match item {
        ModuleItem::Stmt(Stmt::Decl(Decl::Class(class))) => vec![class.ident.clone()],
        ModuleItem::Stmt(Stmt::Decl(Decl::Var(declared))) if declared.kind != VarDeclKind::Var => {
            find_pat_ids(&declared.decls)
        }
        ModuleItem::Stmt(Stmt::Decl(Decl::Using(using))) => find_pat_ids(&using.decls),
        _ => Vec::new(),
    }
}

/// Collects every name in a program.
#[derive(Default)]
struct TakenNames {
    names: FxHashSet<Atom>,
}

impl Visit for TakenNames {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        self.names.insert(ident.sym.clone());
    }
}

/// Finds the first name that ES modules reserve.
struct Reserved {
    first: Option<Ident>,
}

impl Visit for Reserved {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        if self.first.is_none() && RESERVED_IN_MODULES.contains(&&*ident.sym) {
            self.first = Some(ident.clone());
        }
    }
}

struct Renaming<'a, F> {
    is_meant: F,
    scopes: &'a mut Scopes,
    /// Pairs of the declared name and the new one.
    names: Vec<(Atom, Atom)>,
}

impl<F: Fn(&Ident) -> bool> VisitMut for Renaming<'_, F> {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        if let Some((_, new)) = self.names.iter().find(|(name, _)| *name == ident.sym)
            && (self.is_meant)(ident)
        {
            ident.sym = new.clone();
            self.scopes.respell(ident);
        }
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        let Prop::Shorthand(ident) = prop else { return prop.visit_mut_children_with(self) };
        let old = ident.clone();
        ident.visit_mut_with(self);
        if ident.sym != old.sym {
            let (key, value) = (key_of(&old), Box::new(ident.clone().into()));
            *prop = Prop::KeyValue(KeyValueProp { key, value });
        }
    }

    fn visit_mut_object_pat_prop(&mut self, prop: &mut ObjectPatProp) {
        prop.visit_mut_children_with(self);
        let ObjectPatProp::Assign(assign) = prop else { return };
        let Some((name, _)) = self.names.iter().find(|(_, new)| *new == assign.key.sym) else {
            return;
        };
        let target = Pat::Ident(assign.key.clone());
        let value = match assign.value.take() {
            None => target,
            Some(right) => {
                Pat::Assign(AssignPat { span: assign.span, left: Box::new(target), right })
            }
        };
        let key = IdentName::new(name.clone(), assign.key.span).into();
        *prop = ObjectPatProp::KeyValue(KeyValuePatProp { key, value: Box::new(value) });
    }
}
