//! Template literals. Each value is converted before the next one is evaluated, so only values
//! without effects share a call of `concat`.

use swc_ecma_ast::{
    ArrayLit, BinaryOp, CallExpr, Expr, ExprOrSpread, Lit, Str, TaggedTpl, Tpl, TplElement,
    UnaryExpr, UnaryOp,
};
use swc_ecma_utils::{ExprFactory, private_ident};

use super::{super::build, model::Es2015Lowering};

/// Lowers a template without a tag. The result keeps its place, by which webpack's comments in an
/// `import()` are found.
pub(super) fn lower(template: Tpl, is_loose: bool) -> Expr {
    let span = template.span;
    let mut lowered = if is_loose { sum(template) } else { concatenated(template) };
    lowered.set_span(span);
    lowered
}

fn concatenated(template: Tpl) -> Expr {
    let mut texts = template.quasis.into_iter().map(cooked);
    let mut value = text(texts.next().flatten());
    let mut args: Vec<ExprOrSpread> = Vec::new();
    for (expr, next) in template.exprs.into_iter().zip(texts) {
        if !args.is_empty() && !is_inert(&expr) {
            value = concat(value, std::mem::take(&mut args));
        }
        args.push(expr.as_arg());
        if next.as_ref().is_some_and(|next| !next.value.is_empty()) {
            args.push(text(next).as_arg());
        }
    }
    if args.is_empty() { value } else { concat(value, args) }
}

/// Makes `"text" + value`, which calls an object's `valueOf` first, not its `toString`.
fn sum(template: Tpl) -> Expr {
    let mut texts = template.quasis.into_iter().map(cooked);
    let mut value = text(texts.next().flatten());
    for (expr, next) in template.exprs.into_iter().zip(texts) {
        value = build::binary(BinaryOp::Add, value, *expr);
        if next.as_ref().is_some_and(|next| !next.value.is_empty()) {
            value = build::binary(BinaryOp::Add, value, text(next));
        }
    }
    value
}

fn concat(value: Expr, args: Vec<ExprOrSpread>) -> Expr {
    build::call(build::NOWHERE, build::member(value, "concat"), args)
}

/// Whether evaluating a value has no effect, and no effect changes it.
fn is_inert(value: &Expr) -> bool {
    match value.unwrap_parens() {
        Expr::Lit(lit) => !matches!(lit, Lit::Regex(_)),
        Expr::Ident(_) | Expr::This(_) => true,
        Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, .. }) => arg.is_ident(),
        _ => false,
    }
}

fn cooked(part: TplElement) -> Option<Str> {
    let value = part.cooked?;
    Some(Str { span: part.span, value, raw: None })
}

fn text(value: Option<Str>) -> Expr {
    Expr::Lit(Lit::Str(value.unwrap_or_else(|| "".into())))
}

impl Es2015Lowering<'_> {
    /// Lowers a tagged template: each place has one array of its texts, made when it first runs.
    pub fn tagged(&mut self, tagged: TaggedTpl) -> Expr {
        let TaggedTpl { span, tag, tpl, .. } = tagged;
        let strings = private_ident!("_template");
        self.templates.push(strings.clone());
        let Tpl { exprs, quasis, .. } = *tpl;
        let raw = quasis.iter().map(|part| {
            let value = Str { span: build::NOWHERE, value: part.raw.clone().into(), raw: None };
            Some(Expr::Lit(Lit::Str(value)).as_arg())
        });
        let raw = array(raw.collect());
        let differs = quasis.iter().any(|part| {
            part.cooked.as_ref().is_none_or(|cooked| cooked.as_str() != Some(&*part.raw))
        });
        let parts = quasis.into_iter().map(|part| {
            let value = cooked(part);
            Some(value.map_or_else(build::undefined, |value| Expr::Lit(Lit::Str(value))).as_arg())
        });
        let mut args = vec![array(parts.collect())];
        if differs {
            args.push(raw);
        }
        let made = build::assign(strings.clone(), build::helper("tagged_template_literal", args));
        let strings = build::binary(BinaryOp::LogicalOr, strings.into(), made);
        let mut args = vec![strings.as_arg()];
        args.extend(exprs.into_iter().map(ExprFactory::as_arg));
        CallExpr { span, callee: tag.as_callee(), args, ..CallExpr::default() }.into()
    }
}

/// Whether a text of the template has an escape that no string may have.
pub(super) fn has_invalid_escape(tagged: &TaggedTpl) -> bool {
    tagged.tpl.quasis.iter().any(|part| part.cooked.is_none())
}

fn array(elems: Vec<Option<ExprOrSpread>>) -> Expr {
    ArrayLit { span: build::NOWHERE, elems }.into()
}
