//! How long expressions are when they are printed: an estimate, in characters. Names that become
//! short count as one.

use swc_ecma_ast::{
    ArrayLit, ArrowExpr, AssignExpr, BinExpr, CallExpr, ClassExpr, CondExpr, Expr, Function, Ident,
    IdentName, Lit, MemberExpr, MemberProp, NewExpr, ObjectLit, OptChainExpr, SeqExpr, Tpl,
    UnaryExpr, UnaryOp, UpdateExpr,
};
use swc_ecma_utils::number::ToJsString;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::scopes::index_of;

/// Returns the size of an expression.
pub(super) fn size(expr: &Expr) -> usize {
    let mut size = Size(0);
    expr.visit_with(&mut size);
    size.0
}

struct Size(usize);

impl Visit for Size {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.0 += if index_of(name.ctxt).is_some() { 1 } else { name.sym.len() };
    }

    fn visit_ident_name(&mut self, name: &IdentName) {
        self.0 += name.sym.len();
    }

    fn visit_lit(&mut self, literal: &Lit) {
        self.0 += match literal {
            Lit::Str(text) => text.value.len() + 2,
            Lit::Bool(_) => 2,
            Lit::Null(_) => 4,
            Lit::Num(number) => number.value.to_js_string().len(),
            Lit::BigInt(number) => number.value.to_string().len() + 1,
            Lit::Regex(pattern) => pattern.exp.len() + pattern.flags.len() + 2,
            Lit::JSXText(text) => text.value.len(),
        };
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        self.0 += if matches!(member.prop, MemberProp::Computed(_)) { 2 } else { 1 };
        member.visit_children_with(self);
    }

    fn visit_opt_chain_expr(&mut self, chain: &OptChainExpr) {
        self.0 += 2;
        chain.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        self.0 += 2 + call.args.len().saturating_sub(1);
        call.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        self.0 += 5 + new.args.as_ref().map_or(0, Vec::len);
        new.visit_children_with(self);
    }

    fn visit_bin_expr(&mut self, binary: &BinExpr) {
        self.0 += binary.op.as_str().len();
        binary.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        self.0 += assign.op.as_str().len();
        assign.visit_children_with(self);
    }

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        let is_word = matches!(unary.op, UnaryOp::TypeOf | UnaryOp::Void | UnaryOp::Delete);
        self.0 += unary.op.as_str().len() + usize::from(is_word);
        unary.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        self.0 += 2;
        update.visit_children_with(self);
    }

    fn visit_cond_expr(&mut self, choice: &CondExpr) {
        self.0 += 2;
        choice.visit_children_with(self);
    }

    fn visit_seq_expr(&mut self, sequence: &SeqExpr) {
        self.0 += sequence.exprs.len() + 1;
        sequence.visit_children_with(self);
    }

    fn visit_array_lit(&mut self, array: &ArrayLit) {
        self.0 += 1 + array.elems.len();
        array.visit_children_with(self);
    }

    fn visit_object_lit(&mut self, object: &ObjectLit) {
        self.0 += 1 + 2 * object.props.len();
        object.visit_children_with(self);
    }

    fn visit_tpl(&mut self, template: &Tpl) {
        self.0 += 2 + 3 * template.exprs.len();
        self.0 += template.quasis.iter().map(|quasi| quasi.raw.len()).sum::<usize>();
        template.exprs.visit_with(self);
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.0 += 4;
        arrow.visit_children_with(self);
    }

    fn visit_function(&mut self, function: &Function) {
        self.0 += 12;
        function.visit_children_with(self);
    }

    fn visit_class_expr(&mut self, class: &ClassExpr) {
        self.0 += 7;
        class.visit_children_with(self);
    }
}
