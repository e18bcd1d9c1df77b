//! The blocks of each namespace and enum, and the values that each of them exports.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_ecma_ast::{
    Decl, ExportDecl, Id, Ident, Module, ModuleDecl, ModuleItem, TsEnumDecl, TsModuleDecl,
    TsModuleName, TsNamespaceBody,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::constants::member_name;

/// The identity of a namespace or an enum.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct BlockIdentity {
    /// The binding of the outermost name.
    root: Id,
    /// The exported names that lead from the root to it.
    path: Vec<Atom>,
    /// Whether it is the enum of this name. A namespace merged with an enum does not see its
    /// members.
    is_enum: bool,
}

impl BlockIdentity {
    /// Returns the identity of a name: inside `within` if the name is exported there, otherwise a
    /// root.
    pub(super) fn new(within: Option<&Self>, name: &Ident) -> Self {
        match within {
            None => Self { root: name.to_id(), path: Vec::new(), is_enum: false },
            Some(outer) => {
                let mut path = outer.path.clone();
                path.push(name.sym.clone());
                Self { root: outer.root.clone(), path, is_enum: false }
            }
        }
    }

    /// Returns the identity of the enum with this name.
    pub(super) fn of_enum(self) -> Self {
        Self { is_enum: true, ..self }
    }
}

/// All namespaces and enums of a program.
#[derive(Default)]
pub(super) struct Blocks {
    places: FxHashMap<BlockIdentity, FxHashSet<Atom>>,
    /// The namespace whose block is being walked.
    place: Option<BlockIdentity>,
    /// Whether the next declaration of the walk is exported.
    is_exported: bool,
}

impl Blocks {
    pub(super) fn of(module: &Module) -> Self {
        let mut blocks = Self::default();
        module.visit_with(&mut blocks);
        blocks
    }

    /// Returns the exports of all blocks together.
    pub(super) fn exports(&self, place: &BlockIdentity) -> FxHashSet<Atom> {
        self.places.get(place).cloned().unwrap_or_default()
    }

    fn block(&mut self, place: &BlockIdentity, exports: impl IntoIterator<Item = Atom>) {
        self.places.entry(place.clone()).or_default().extend(exports);
    }

    fn place_of(&mut self, name: &Ident) -> BlockIdentity {
        let is_exported = std::mem::take(&mut self.is_exported);
        BlockIdentity::new(self.place.as_ref().filter(|_| is_exported), name)
    }

    fn body(&mut self, place: BlockIdentity, body: &TsNamespaceBody) {
        let exports = match body {
            TsNamespaceBody::TsModuleBlock(block) => block.body.iter().flat_map(exported).collect(),
            TsNamespaceBody::TsNamespaceDecl(inner) => vec![inner.id.sym.clone()],
        };
        self.block(&place, exports);
        let outer = self.place.replace(place);
        match body {
            TsNamespaceBody::TsModuleBlock(block) => block.visit_children_with(self),
            TsNamespaceBody::TsNamespaceDecl(inner) => {
                self.body(BlockIdentity::new(self.place.as_ref(), &inner.id), &inner.body);
            }
        }
        self.place = outer;
    }
}

impl Visit for Blocks {
    noop_visit_type!();

    fn visit_export_decl(&mut self, export: &ExportDecl) {
        self.is_exported = matches!(export.decl, Decl::TsModule(_) | Decl::TsEnum(_));
        export.visit_children_with(self);
    }

    fn visit_ts_module_decl(&mut self, module: &TsModuleDecl) {
        let TsModuleName::Ident(name) = &module.id else { return };
        let place = self.place_of(name);
        if let Some(body) = &module.body {
            self.body(place, body);
        }
    }

    fn visit_ts_enum_decl(&mut self, declaration: &TsEnumDecl) {
        let place = self.place_of(&declaration.id).of_enum();
        let names = declaration.members.iter().filter_map(|member| member_name(&member.id));
        self.block(&place, names);
        declaration.visit_children_with(self);
    }
}

/// Returns the values that an item of a block exports.
fn exported(item: &ModuleItem) -> Vec<Atom> {
    match item {
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => declared(&export.decl),
        ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) if import.is_export => {
            vec![import.id.sym.clone()]
        }
        _ => Vec::new(),
    }
}

fn declared(declaration: &Decl) -> Vec<Atom> {
    match declaration {
        Decl::Var(variables) => {
            find_pat_ids::<_, Id>(&variables.decls).into_iter().map(|(name, _)| name).collect()
        }
        Decl::Fn(function) => vec![function.ident.sym.clone()],
        Decl::Class(class) => vec![class.ident.sym.clone()],
        Decl::TsEnum(declaration) => vec![declaration.id.sym.clone()],
        Decl::TsModule(module) => {
            module.id.as_ident().map(|name| name.sym.clone()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
