//! Rewrites `new Worker(new URL("./worker.js", import.meta.url), options)` to the address of the
//! file that is written for the worker. All files of a build have one format, and the options must
//! match it: a classic script must not be started as a module, and an ES module must be. Only
//! options that are literals can be changed; others are kept.

use swc_common::{DUMMY_SP, Span, Spanned};
use swc_ecma_ast::{
    Expr, ExprOrSpread, IdentName, KeyValueProp, Lit, MemberExpr, MemberProp, NewExpr, ObjectLit,
    Prop, PropName, PropOrSpread, SeqExpr,
};

use super::{
    expressions::{call_of, replace_first_argument},
    slot,
};
use crate::analyse::recognise::{key_name, text};

/// Makes the worker start a classic script. The function in the slot knows the address of the file.
pub(super) fn classic(new: &mut NewExpr, slot: u32, file: &str) {
    let Some(args) = &mut new.args else { return };
    let span = args[0].expr.span();
    *args[0].expr = address(slot, file, span);
    let Some(Expr::Object(options)) =
        args.get_mut(1).map(|options| options.expr.unwrap_parens_mut())
    else {
        return;
    };
    let had_some = !options.props.is_empty();
    options.props.retain(|prop| !is_module_type(prop));
    if had_some && options.props.is_empty() && args.len() == 2 {
        args.pop();
    }
}

/// Makes the worker start an ES module. `specifier` is relative to the script that starts it.
pub(super) fn module(new: &mut NewExpr, slot: u32, specifier: &str) {
    let Some(args) = &mut new.args else { return };
    if let Expr::New(address) = args[0].expr.unwrap_parens_mut() {
        replace_first_argument(address, specifier);
        if let Some(base) = address.args.as_mut().and_then(|args| args.get_mut(1)) {
            *base.expr = Expr::Ident(slot::ident(slot, base.expr.span()));
        }
    }
    let Some(options) = args.get_mut(1) else {
        let options =
            Expr::Object(ObjectLit { span: DUMMY_SP, props: vec![property("type", "module")] });
        return args.push(ExprOrSpread { spread: None, expr: Box::new(options) });
    };
    match options.expr.unwrap_parens_mut() {
        Expr::Object(options) => {
            let written =
                options.props.iter().rposition(is_type).map(|at| options.props.remove(at));
            // Last, so that it overrides what is spread before it.
            options.props.push(written.map_or_else(|| property("type", "module"), after));
        }
        // A string as the second argument is the name of a shared worker.
        name @ Expr::Lit(Lit::Str(_)) => {
            let value = text(name).map(|(name, _)| name).unwrap_or_default();
            let props = vec![property("name", &value), property("type", "module")];
            *name = Expr::Object(ObjectLit { span: name.span(), props });
        }
        _ => {}
    }
}

/// Replaces `new URL("./file", import.meta.url)` by the address of the file that is written for it.
pub(super) fn relative_to_files(new: &mut NewExpr, slot: u32, file: &str) {
    let Some(first) = new.args.as_mut().and_then(|args| args.first_mut()) else { return };
    let span = first.expr.span();
    *first.expr = address(slot, file, span);
}

/// Makes `slot.address("file")`.
pub(super) fn address(slot: u32, file: &str, span: Span) -> Expr {
    let prop = MemberProp::Ident(IdentName::new("address".into(), DUMMY_SP));
    let method = MemberExpr { span, obj: Box::new(Expr::Ident(slot::ident(slot, span))), prop };
    call_of(Expr::Member(method), vec![Expr::Lit(Lit::Str(file.into()))], span)
}

fn property(name: &str, value: &str) -> PropOrSpread {
    let key = PropName::Ident(IdentName::new(name.into(), DUMMY_SP));
    let value = Box::new(Expr::Lit(Lit::Str(value.into())));
    PropOrSpread::Prop(Box::new(Prop::KeyValue(KeyValueProp { key, value })))
}

/// Returns the value of a property `type: "…"`.
fn literal_type(prop: &PropOrSpread) -> Option<String> {
    let PropOrSpread::Prop(prop) = prop else { return None };
    let Prop::KeyValue(pair) = &**prop else { return None };
    if key_name(&pair.key)? == "type" { text(&pair.value).map(|(value, _)| value) } else { None }
}

fn is_type(prop: &PropOrSpread) -> bool {
    let PropOrSpread::Prop(prop) = prop else { return false };
    match &**prop {
        Prop::KeyValue(pair) => key_name(&pair.key).as_deref() == Some("type"),
        Prop::Shorthand(name) => name.sym == "type",
        Prop::Assign(_) | Prop::Getter(_) | Prop::Setter(_) | Prop::Method(_) => false,
    }
}

/// Makes `type: "module"` that still evaluates the value written there.
fn after(written: PropOrSpread) -> PropOrSpread {
    let mut made = property("type", "module");
    if literal_type(&written).is_none()
        && let (PropOrSpread::Prop(written), PropOrSpread::Prop(made)) = (written, &mut made)
        && let (Prop::KeyValue(written), Prop::KeyValue(made)) = (*written, &mut **made)
    {
        let exprs = vec![written.value, std::mem::take(&mut made.value)];
        *made.value = Expr::Seq(SeqExpr { span: DUMMY_SP, exprs });
    }
    made
}

fn is_module_type(prop: &PropOrSpread) -> bool {
    literal_type(prop).as_deref() == Some("module")
}
