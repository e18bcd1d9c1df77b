//! Collects the names that a block itself binds, at any depth. Bindings are unique after resolving,
//! so one set is enough for all its scopes.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    ArrowExpr, CatchClause, ClassDecl, ClassExpr, FnDecl, FnExpr, Id, Ident, Param, Pat,
    TsEnumDecl, TsImportEqualsDecl, TsModuleDecl, TsModuleName, TsNamespaceDecl, TsParamProp,
    TsParamPropParam, VarDeclarator,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

#[derive(Default)]
pub(super) struct Bound {
    ids: FxHashSet<Id>,
}

impl Bound {
    pub(super) fn has(&self, name: &Ident) -> bool {
        self.ids.contains(&name.to_id())
    }

    fn pattern(&mut self, pattern: &Pat) {
        self.ids.extend(find_pat_ids::<_, Id>(pattern));
    }
}

impl Visit for Bound {
    noop_visit_type!();

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        self.pattern(&declarator.name);
        declarator.visit_children_with(self);
    }

    fn visit_param(&mut self, param: &Param) {
        self.pattern(&param.pat);
        param.visit_children_with(self);
    }

    fn visit_ts_param_prop(&mut self, prop: &TsParamProp) {
        match &prop.param {
            TsParamPropParam::Ident(name) => self.ids.extend([name.to_id()]),
            TsParamPropParam::Assign(assign) => self.pattern(&assign.left),
        }
        prop.visit_children_with(self);
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        arrow.params.iter().for_each(|param| self.pattern(param));
        arrow.visit_children_with(self);
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        clause.param.iter().for_each(|param| self.pattern(param));
        clause.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        self.ids.insert(function.ident.to_id());
        function.visit_children_with(self);
    }

    fn visit_fn_expr(&mut self, function: &FnExpr) {
        self.ids.extend(function.ident.as_ref().map(Ident::to_id));
        function.visit_children_with(self);
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        self.ids.insert(class.ident.to_id());
        class.visit_children_with(self);
    }

    fn visit_class_expr(&mut self, class: &ClassExpr) {
        self.ids.extend(class.ident.as_ref().map(Ident::to_id));
        class.visit_children_with(self);
    }

    fn visit_ts_enum_decl(&mut self, declaration: &TsEnumDecl) {
        self.ids.insert(declaration.id.to_id());
        declaration.visit_children_with(self);
    }

    fn visit_ts_module_decl(&mut self, module: &TsModuleDecl) {
        if let TsModuleName::Ident(name) = &module.id {
            self.ids.insert(name.to_id());
        }
        module.visit_children_with(self);
    }

    fn visit_ts_namespace_decl(&mut self, namespace: &TsNamespaceDecl) {
        self.ids.insert(namespace.id.to_id());
        namespace.visit_children_with(self);
    }

    fn visit_ts_import_equals_decl(&mut self, import: &TsImportEqualsDecl) {
        self.ids.insert(import.id.to_id());
    }
}
