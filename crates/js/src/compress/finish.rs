//! The shortest spelling of literals. Literals are as written until this last step, so that all
//! others recognise them.

use swc_common::{DUMMY_SP, Span};
use swc_ecma_ast::{
    BinExpr, BinaryOp, Expr, Lit, Module, Number, Str, Tpl, TplElement, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{literals::undefined, values::is_global};
use crate::features::{Feature, Support};

/// Writes `!0` for `true`, `!1` for `false`, `void 0` for `undefined` and so on.
pub(super) fn run(module: &mut Module, support: Support) {
    module.visit_mut_with(&mut Finish { support });
}

struct Finish {
    support: Support,
}

impl Finish {
    /// Returns a template for a text with line breaks: each is one character there.
    fn template(&self, text: &Str) -> Option<Expr> {
        let value = text.value.as_str().filter(|value| value.contains('\n'))?;
        let count = |wanted: &str| value.matches(wanted).count();
        let is_shorter = count("\n") > count("`") + count("${");
        // A carriage return in a template is a line feed.
        if !is_shorter || !self.support.has(Feature::TemplateLiteral) {
            return None;
        }
        let raw = value.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
        let raw = raw.replace('\r', "\\r").replace('\0', "\\x00");
        let quasi = TplElement {
            span: text.span,
            tail: true,
            cooked: Some(text.value.clone()),
            raw: raw.into(),
        };
        Some(Expr::Tpl(Tpl { span: text.span, exprs: Vec::new(), quasis: vec![quasi] }))
    }
}

/// Returns `typeof a > "u"` for `"undefined" == typeof a`. No other type sorts after it.
fn undefined_type(binary: &mut BinExpr) {
    let op = match binary.op {
        BinaryOp::EqEq => BinaryOp::Gt,
        BinaryOp::NotEq => BinaryOp::Lt,
        _ => return,
    };
    if let (Expr::Lit(Lit::Str(text)), Expr::Unary(unary)) = (&mut *binary.left, &*binary.right)
        && text.value.as_str() == Some("undefined")
        && unary.op == UnaryOp::TypeOf
    {
        text.value = "u".into();
        text.raw = None;
        binary.op = op;
        std::mem::swap(&mut binary.left, &mut binary.right);
    }
}

impl VisitMut for Finish {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Lit(Lit::Bool(bool)) => {
                let value = if bool.value { 0.0 } else { 1.0 };
                let arg = Box::new(number(DUMMY_SP, value));
                *expr = Expr::Unary(UnaryExpr { span: bool.span, op: UnaryOp::Bang, arg });
            }
            Expr::Lit(Lit::Str(text)) => {
                if let Some(template) = self.template(text) {
                    *expr = template;
                }
            }
            // Host objects of Internet Explorer have types of their own.
            Expr::Bin(binary) if self.support.has(Feature::ArrowFunction) => {
                undefined_type(binary);
                binary.visit_mut_children_with(self);
            }
            Expr::Ident(name) if is_global(name, "undefined") => *expr = undefined(),
            Expr::Ident(name) if is_global(name, "NaN") => {
                *expr = number(name.span, f64::NAN);
            }
            Expr::Ident(name) if is_global(name, "Infinity") => {
                *expr = number(name.span, f64::INFINITY);
            }
            Expr::Unary(UnaryExpr { span, op: UnaryOp::Minus, arg })
                if arg.as_ident().is_some_and(|name| is_global(name, "Infinity")) =>
            {
                *expr = number(*span, f64::NEG_INFINITY);
            }
            // `delete NaN` refers to the name.
            Expr::Unary(UnaryExpr { op: UnaryOp::Delete, arg, .. }) if arg.is_ident() => {}
            other => other.visit_mut_children_with(self),
        }
    }
}

fn number(span: Span, value: f64) -> Expr {
    Expr::Lit(Lit::Num(Number { span, value, raw: None }))
}
