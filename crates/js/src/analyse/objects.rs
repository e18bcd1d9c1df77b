//! Objects whose members have known values: enums, and `const`s and default exports whose value is
//! an object literal. An object counts if its name is never bound to another object and if reading
//! its members runs no code. The linker decides whether some code changes the object: it sees every
//! module that mentions it.

use bundle_graph::record::{KnownObject, KnownValue, Statement, SymbolIndex};
use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    CallExpr, Callee, Expr, Id, Ident, ModuleDecl, ModuleItem, ObjectLit, Pat, Prop, PropOrSpread,
    Stmt,
};

use super::{
    constants::{KnownConstants, constant, variables},
    enumerations,
    member_values::{Written, value},
    recognise::{key_name, member_name},
    symbols::Table,
};
use crate::scopes::free;

/// Returns the names for which the linker may need the uses of each member.
pub(super) fn names(items: &[ModuleItem]) -> FxHashSet<Id> {
    let declarators = items.iter().filter_map(variables).flat_map(|declaration| &declaration.decls);
    let objects =
        declarators.filter_map(|declarator| match (&declarator.name, declarator.init.as_deref()) {
            (Pat::Ident(name), Some(Expr::Object(_))) => Some(name.to_id()),
            (_, _) => None,
        });
    objects.collect()
}

/// The known objects of a program. They are collected item by item.
pub(super) struct Objects<'t> {
    table: &'t Table,
    found: Vec<KnownObject>,
}

impl<'t> Objects<'t> {
    /// Starts without objects.
    pub fn new(table: &'t Table) -> Self {
        Self { table, found: Vec::new() }
    }

    /// Looks at one item. `known` holds the literals known before it.
    pub fn item(&mut self, statement: usize, item: &ModuleItem, known: &KnownConstants) {
        if let ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) = item {
            let Some((symbol, _)) = self.table.default_value else { return };
            match &*export.expr {
                Expr::Ident(name) => self.name(name, symbol),
                value => self.object(symbol, value, known),
            }
        }
        for declarator in variables(item).into_iter().flat_map(|declaration| &declaration.decls) {
            let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init) else {
                continue;
            };
            if let Some(symbol) = constant(&name.to_id(), statement, self.table) {
                self.object(symbol, value, known);
            } else if let Some(symbol) = self.table.enumeration(&name.to_id(), statement) {
                let members =
                    enumerations::members(&name.to_id(), value, known).unwrap_or_default();
                self.add(symbol, true, members);
            }
        }
        if let ModuleItem::Stmt(Stmt::Expr(statement)) = item {
            self.drop_extended(&statement.expr);
        }
    }

    /// Returns the objects. In `statements`, keeps the list of members read only for these objects.
    pub fn finish(self, statements: &mut [Statement]) -> Vec<KnownObject> {
        let known: FxHashSet<_> =
            self.found.iter().flat_map(|object| object.symbols.iter().copied()).collect();
        for used in statements.iter_mut().flat_map(|statement| &mut statement.uses) {
            if !known.contains(&used.symbol) && !self.table.is_imported(used.symbol) {
                used.is_whole |= !used.members.is_empty();
                used.members.clear();
            }
        }
        self.found
    }

    /// Adds another name for an object.
    fn name(&mut self, name: &Ident, other: SymbolIndex) {
        let symbol = self.table.by_id.get(name);
        let is_it = |object: &&mut KnownObject| symbol == object.symbols.first().copied();
        if let Some(object) = self.found.iter_mut().find(is_it) {
            object.symbols.push(other);
        }
    }

    fn object(&mut self, symbol: SymbolIndex, value: &Expr, known: &KnownConstants) {
        match value {
            Expr::Object(object) => {
                self.add(symbol, false, members(object, known).unwrap_or_default());
            }
            Expr::Call(call) => {
                let members = Self::frozen_literal(call).and_then(|object| members(object, known));
                self.add(symbol, true, members.unwrap_or_default());
            }
            _ => {}
        }
    }

    fn add(&mut self, symbol: SymbolIndex, is_fixed: bool, mut written: Written) {
        // Puts equal names next to each other, the last written first.
        written.reverse();
        written.sort_by(|(a, _), (b, _)| a.cmp(b));
        written.dedup_by(|(later, _), (earlier, _)| later == earlier);
        let members: Vec<_> =
            written.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        if members.iter().any(|(_, value)| matches!(value, KnownValue::Literal(_))) {
            self.found.push(KnownObject { symbols: vec![symbol], is_fixed, members });
        }
    }

    /// Returns the literal in `Object.freeze({ … })`.
    fn frozen_literal(call: &CallExpr) -> Option<&ObjectLit> {
        let Callee::Expr(callee) = &call.callee else { return None };
        let Expr::Member(member) = &**callee else { return None };
        let is_object = matches!(
            &*member.obj,
            Expr::Ident(name) if name.ctxt == free() && name.sym == "Object"
        );
        match call.args.as_slice() {
            [one] if is_object && member_name(&member.prop)? == "freeze" => one.expr.as_object(),
            _ => None,
        }
    }

    /// Drops an object that `(function (Color) { … })(Color)` extends: an enum or namespace in
    /// several blocks is not known.
    fn drop_extended(&mut self, expr: &Expr) {
        let Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) = expr.unwrap_parens()
        else {
            return;
        };
        if !matches!(callee.unwrap_parens(), Expr::Fn(_) | Expr::Arrow(_)) {
            return;
        }
        for argument in args {
            let Expr::Ident(name) = &*argument.expr else { continue };
            let symbol = self.table.by_id.get(name);
            self.found.retain(|object| symbol != object.symbols.first().copied());
        }
    }
}

/// Returns the members of an object literal, if reading them runs no code and all of them certainly
/// exist.
fn members(object: &ObjectLit, known: &KnownConstants) -> Option<Written> {
    let mut found = Written::new();
    for prop in &object.props {
        let PropOrSpread::Prop(prop) = prop else { return None };
        let (name, value) = match &**prop {
            Prop::KeyValue(pair) => (key_name(&pair.key)?, value(&pair.value, known)),
            Prop::Shorthand(name) => {
                (name.sym.as_str().to_owned(), value(&Expr::Ident(name.clone()), known))
            }
            Prop::Method(method) => (key_name(&method.key)?, None),
            Prop::Getter(_) | Prop::Setter(_) | Prop::Assign(_) => return None,
        };
        if name == "__proto__" {
            return None;
        }
        found.push((name, value));
    }
    Some(found)
}
