//! Folds constant values into the text of templates, and of the calls of `concat` that replace
//! templates in older editions.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    BinExpr, CallExpr, Callee, Expr, ExprOrSpread, Lit, MemberProp, Tpl, TplElement,
};

use super::{
    literals::{self, string},
    values::{Type, is_global, type_of},
};

/// A template as texts, and the values between them.
#[derive(Default)]
struct TemplatePieces {
    texts: Vec<String>,
    values: Vec<Box<Expr>>,
}

/// Returns a template whose constant values are part of its text. `None` if it has none.
pub(super) fn folded(template: &mut Tpl) -> Option<Expr> {
    let is_constant = |value: &Expr| value.is_tpl() || text_of(value).is_some();
    let is_any = template.exprs.iter().any(|value| is_constant(value));
    if !is_any || !is_readable(template) {
        return None;
    }
    let mut pieces = TemplatePieces::default();
    pieces.append(template);
    Some(pieces.template())
}

/// Returns one template for the sum of a template and a text or another template.
pub(super) fn sum(binary: &mut BinExpr) -> Option<Expr> {
    let is_text = |value: &Expr| match value {
        Expr::Tpl(template) => is_readable(template),
        other => matches!(other, Expr::Lit(Lit::Str(_))) && text_of(other).is_some(),
    };
    let (left, right) = (&mut binary.left, &mut binary.right);
    if !is_text(left) || !is_text(right) || !left.is_tpl() && !right.is_tpl() {
        return None;
    }
    let mut pieces = TemplatePieces::default();
    pieces.value(left.take());
    pieces.value(right.take());
    Some(pieces.template())
}

/// Joins the constant parts of `"a".concat(b, "c", "d")`. Returns the text if nothing else is left.
pub(super) fn concat(call: &mut CallExpr) -> Option<Expr> {
    let Callee::Expr(callee) = &mut call.callee else { return None };
    let Expr::Member(member) = &mut **callee else { return None };
    let Expr::Lit(Lit::Str(start)) = &mut *member.obj else { return None };
    let MemberProp::Ident(name) = &member.prop else { return None };
    if name.sym != "concat" || call.args.iter().any(|arg| arg.spread.is_some()) {
        return None;
    }
    let mut text = start.value.as_str()?.to_owned();
    let mut rest: Vec<ExprOrSpread> = Vec::new();
    for arg in std::mem::take(&mut call.args) {
        match (text_of(&arg.expr), rest.last_mut()) {
            (Some(more), None) => text.push_str(&more),
            (Some(more), Some(last)) => match text_of(&last.expr) {
                Some(before) => *last.expr = string(DUMMY_SP, before + &more),
                None => rest.push(arg),
            },
            (None, _) => rest.push(arg),
        }
    }
    if rest.is_empty() {
        return Some(string(DUMMY_SP, text));
    }
    start.raw = None;
    start.value = text.into();
    call.args = rest;
    None
}

impl TemplatePieces {
    fn append(&mut self, template: &mut Tpl) {
        let mut values = std::mem::take(&mut template.exprs).into_iter();
        for quasi in &template.quasis {
            self.text(quasi.cooked.as_ref().and_then(|text| text.as_str()).unwrap_or_default());
            values.next().into_iter().for_each(|value| self.value(value));
        }
    }

    fn text(&mut self, text: &str) {
        let is_behind_text = self.texts_end();
        match self.texts.last_mut().filter(|_| is_behind_text) {
            Some(last) => last.push_str(text),
            None => self.texts.push(text.to_owned()),
        }
    }

    /// Whether the last part is a text.
    fn texts_end(&self) -> bool {
        self.texts.len() > self.values.len()
    }

    fn value(&mut self, mut value: Box<Expr>) {
        if let Some(text) = text_of(&value) {
            return self.text(&text);
        }
        match &mut *value {
            Expr::Tpl(inner) if is_readable(inner) => self.append(inner),
            _ => {
                if !self.texts_end() {
                    self.texts.push(String::new());
                }
                self.values.push(value);
            }
        }
    }

    fn template(mut self) -> Expr {
        if !self.texts_end() {
            self.texts.push(String::new());
        }
        let quasis = self.texts.iter().map(|text| quasi(text)).collect();
        Expr::Tpl(Tpl { span: DUMMY_SP, exprs: self.values, quasis })
    }
}

/// Whether the texts of a template are whole characters.
fn is_readable(template: &Tpl) -> bool {
    let is_whole =
        |quasi: &TplElement| quasi.cooked.as_ref().is_some_and(|it| it.as_str().is_some());
    template.quasis.iter().all(is_whole)
}

/// Returns the text that a constant becomes.
fn text_of(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(Lit::Bool(value)) => Some(value.value.to_string()),
        Expr::Lit(Lit::Null(_)) => Some("null".to_owned()),
        Expr::Ident(name) if is_global(name, "undefined") => Some("undefined".to_owned()),
        Expr::Unary(unary) if unary.arg.is_lit() && type_of(value) == Some(Type::Undefined) => {
            Some("undefined".to_owned())
        }
        other => literals::text(other),
    }
}

/// Returns a piece of a template with this text.
fn quasi(text: &str) -> TplElement {
    let raw = text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
    let raw = raw.replace('\r', "\\r").replace('\0', "\\x00");
    TplElement { span: DUMMY_SP, tail: false, cooked: Some(text.into()), raw: raw.into() }
}
