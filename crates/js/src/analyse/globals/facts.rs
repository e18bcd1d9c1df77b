//! Which names certainly exist if a condition is true, or if it is false.

use rustc_hash::FxHashMap;
use swc_common::SyntaxContext;
use swc_ecma_ast::{BinExpr, BinaryOp, Callee, CondExpr, Expr, Id, Lit, UnaryExpr, UnaryOp};

use super::syntax::is_page;
use crate::{analyse::recognise::member_name, builtins};

/// The facts at the current place of the walk.
pub(super) struct Facts {
    /// The syntax context of free names.
    free: SyntaxContext,
    /// The names that exist.
    there: Vec<String>,
    /// Variables and functions whose value is a condition, each with the names that exist if it is
    /// true, and those that exist if it is false.
    named: FxHashMap<Id, [Vec<String>; 2]>,
}

impl Facts {
    /// Starts without facts.
    pub fn new(free: SyntaxContext) -> Self {
        Self { free, there: Vec::new(), named: FxHashMap::default() }
    }

    /// Whether a name, or the object that it is a member of, exists.
    pub fn knows(&self, name: &str) -> bool {
        if self.there.is_empty() {
            return false;
        }
        let is_it = |known: &String| {
            known == name
                || name.strip_prefix(known.as_str()).is_some_and(|member| member.starts_with('.'))
                // `String.prototype.includes` for a method of an unknown object.
                || name.starts_with('.') && known.ends_with(name)
        };
        self.there.iter().any(is_it)
    }

    /// Assumes that a condition is true or false. Returns the number of new facts, for `forget`.
    pub fn assume(&mut self, test: &Expr, is_true: bool) -> usize {
        let before = self.there.len();
        let mut there = std::mem::take(&mut self.there);
        self.gather(test, is_true, &mut there);
        self.there = there;
        self.there.len() - before
    }

    /// Drops the latest facts.
    pub fn forget(&mut self, count: usize) {
        self.there.truncate(self.there.len() - count);
    }

    /// Records the condition that a variable or function is bound to.
    pub fn name(&mut self, id: Id, value: &Expr) {
        let mut names = [Vec::new(), Vec::new()];
        self.gather(value, true, &mut names[0]);
        self.gather(value, false, &mut names[1]);
        if names.iter().any(|names| !names.is_empty()) {
            self.named.insert(id, names);
        }
    }

    /// Records that some names exist if a function returns true.
    pub fn record_check(&mut self, id: Id, there: Vec<String>) {
        if !there.is_empty() {
            self.named.insert(id, [there, Vec::new()]);
        }
    }

    fn gather(&self, test: &Expr, is_true: bool, into: &mut Vec<String>) {
        match test {
            Expr::Paren(paren) => self.gather(&paren.expr, is_true, into),
            Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) => {
                self.gather(arg, !is_true, into);
            }
            Expr::Seq(sequence) => {
                sequence.exprs.iter().for_each(|last| self.gather(last, is_true, into));
            }
            Expr::Bin(binary) => self.comparison(binary, is_true, into),
            Expr::Ident(ident) => self.of_name(&ident.to_id(), is_true, into),
            Expr::Call(call) => {
                if let Callee::Expr(callee) = &call.callee
                    && let Expr::Ident(ident) = &**callee
                {
                    self.of_name(&ident.to_id(), is_true, into);
                }
            }
            Expr::Member(_) if is_true => into.extend(path(test, self.free)),
            _ => {}
        }
    }

    fn of_name(&self, id: &Id, is_true: bool, into: &mut Vec<String>) {
        if let Some(names) = self.named.get(id) {
            into.extend_from_slice(&names[usize::from(!is_true)]);
        }
    }

    fn comparison(&self, binary: &BinExpr, is_true: bool, into: &mut Vec<String>) {
        let is_equal = match binary.op {
            // All operands of a true `&&` are true; all operands of a false `||` are false.
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr => {
                if is_true == (binary.op == BinaryOp::LogicalAnd) {
                    self.gather(&binary.left, is_true, into);
                    self.gather(&binary.right, is_true, into);
                }
                return;
            }
            BinaryOp::In if is_true => return into.extend(in_page(binary)),
            // Minifiers write `typeof a > "u"`.
            BinaryOp::EqEq | BinaryOp::EqEqEq | BinaryOp::Gt => is_true,
            BinaryOp::NotEq | BinaryOp::NotEqEq | BinaryOp::Lt => !is_true,
            _ => return,
        };
        for (asked, answer) in [(&binary.left, &binary.right), (&binary.right, &binary.left)] {
            // Babel's `typeof x`: `typeof x === "undefined" ? "undefined" : _typeof(x)`
            if let Expr::Cond(CondExpr { test, cons, .. }) = asked.unwrap_parens()
                && let [Some("undefined"), Some(answer)] = [text(cons), text(answer)]
                && (answer == "undefined") != is_equal
            {
                self.gather(test, false, into);
            }
            let Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, .. }) = asked.unwrap_parens()
            else {
                // `window.fetch != null`, `Object.assign !== undefined`
                if !is_equal && is_nothing(answer) {
                    into.extend(path(asked.unwrap_parens(), self.free));
                }
                continue;
            };
            let Some(answer) = text(answer) else { continue };
            // Where there is a BigInt, there is `BigInt`.
            if is_equal && answer == "bigint" {
                into.push("BigInt".to_owned());
            }
            let is_undefined = answer == "undefined" || answer == "u";
            if is_undefined != is_equal {
                into.extend(path(arg.unwrap_parens(), self.free));
            }
        }
    }
}

/// Returns the global that `"fetch" in window` checks for.
fn in_page(binary: &BinExpr) -> Option<String> {
    let Expr::Lit(Lit::Str(name)) = binary.left.unwrap_parens() else { return None };
    let page = binary.right.unwrap_parens().as_ident()?;
    is_page(&page.sym).then(|| name.value.to_string_lossy().into_owned())
}

fn text(expr: &Expr) -> Option<&str> {
    let Expr::Lit(Lit::Str(text)) = expr.unwrap_parens() else { return None };
    text.value.as_str()
}

fn is_nothing(expr: &Expr) -> bool {
    match expr.unwrap_parens() {
        Expr::Lit(Lit::Null(_)) | Expr::Unary(UnaryExpr { op: UnaryOp::Void, .. }) => true,
        Expr::Ident(ident) => ident.sym == "undefined",
        _ => false,
    }
}

/// Returns the name that exists if an expression has a value: a global, a member of one, or any
/// method of that name.
fn path(expr: &Expr, free: SyntaxContext) -> Option<String> {
    match expr {
        Expr::Ident(ident) => (ident.ctxt == free).then(|| ident.sym.as_str().to_owned()),
        Expr::Member(member) => {
            let name = member_name(&member.prop)?;
            match member.obj.unwrap_parens() {
                Expr::Ident(object) if object.ctxt == free && is_page(&object.sym) => {
                    Some(name.into_owned())
                }
                Expr::Ident(object) if object.ctxt == free => {
                    Some(format!("{}.{name}", object.sym))
                }
                Expr::Member(inner) if inner.prop.is_ident_with("prototype") => {
                    Some(format!("{}.prototype.{name}", inner.obj.as_ident()?.sym))
                }
                _ => builtins::is_method(&name).then(|| format!(".{name}")),
            }
        }
        _ => None,
    }
}
