//! Renames declarations of a CommonJS file whose names are not allowed where the file is written
//! to. One kind is its own `let exports` or `class module`: the function around it has parameters
//! of these names, and a lexical declaration beside them is a syntax error. (A `var exports` is the
//! parameter itself, as in Node.) The other kind is `static` or `await` in an ES module, whose
//! strict code reserves these words.

use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::{
    AssignPat, Decl, Ident, IdentName, KeyValuePatProp, KeyValueProp, Module, ModuleItem,
    ObjectPatProp, Pat, Prop, Stmt, VarDeclKind,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

/// The parameters of the function around a CommonJS module.
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
pub(super) fn rename_conflicts(module: &mut Module, top_level: Mark) {
    let top_level = SyntaxContext::empty().apply_mark(top_level);
    let declared: Vec<Atom> = module.body.iter().flat_map(lexical).collect();
    let names = PARAMETERS.iter().copied().filter(|name| declared.iter().any(|own| own == name));
    rename(module, Where::In(top_level), names.collect());
}

/// Renames declarations and labels whose names ES modules reserve. Returns the first such name that
/// the file does not declare: a global that an ES module cannot name.
pub(super) fn spell_for_modules(module: &mut Module, unresolved: SyntaxContext) -> Option<Ident> {
    rename(module, Where::NotIn(unresolved), RESERVED_IN_MODULES.to_vec());
    let mut reserved = Reserved { first: None };
    module.visit_with(&mut reserved);
    reserved.first
}

fn rename(module: &mut Module, place: Where, names: Vec<&str>) {
    if names.is_empty() {
        return;
    }
    let mut taken = Taken::default();
    module.visit_with(&mut taken);
    let free = |name: &str| {
        let spellings = (1..).map(|number| format!("{name}${number}"));
        spellings
            .into_iter()
            .find(|spelling| !taken.names.contains(&Atom::from(spelling.as_str())))
            .expect("numbers do not run out")
    };
    let names = names.into_iter().filter(|name| taken.names.contains(&Atom::from(*name)));
    let names: Vec<(Atom, Atom)> = names.map(|name| (name.into(), free(name).into())).collect();
    if !names.is_empty() {
        module.visit_mut_with(&mut Renaming { place, names });
    }
}

/// Returns the names that a statement declares with `let`, `const` or `class`.
fn lexical(item: &ModuleItem) -> Vec<Atom> {
    match item {
        ModuleItem::Stmt(Stmt::Decl(Decl::Class(class))) => vec![class.ident.sym.clone()],
        ModuleItem::Stmt(Stmt::Decl(Decl::Var(declared))) if declared.kind != VarDeclKind::Var => {
            find_pat_ids::<_, Ident>(&declared.decls).into_iter().map(|ident| ident.sym).collect()
        }
        ModuleItem::Stmt(Stmt::Decl(Decl::Using(using))) => {
            find_pat_ids::<_, Ident>(&using.decls).into_iter().map(|ident| ident.sym).collect()
        }
        _ => Vec::new(),
    }
}

/// Collects every name in a program.
#[derive(Default)]
struct Taken {
    names: FxHashSet<Atom>,
}

impl Visit for Taken {
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

/// In which syntax contexts names are renamed.
enum Where {
    /// In this context only.
    In(SyntaxContext),
    /// In every context but this one.
    NotIn(SyntaxContext),
}

struct Renaming {
    place: Where,
    /// Pairs of the declared name and the new one.
    names: Vec<(Atom, Atom)>,
}

impl VisitMut for Renaming {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        let is_meant = match self.place {
            Where::In(context) => ident.ctxt == context,
            Where::NotIn(context) => ident.ctxt != context,
        };
        if !is_meant {
            return;
        }
        if let Some((_, new)) = self.names.iter().find(|(name, _)| *name == ident.sym) {
            ident.sym = new.clone();
        }
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        let Prop::Shorthand(ident) = prop else { return prop.visit_mut_children_with(self) };
        let key = ident.clone();
        ident.visit_mut_with(self);
        if ident.sym != key.sym {
            let (key, value) = (key.into(), Box::new(ident.clone().into()));
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
