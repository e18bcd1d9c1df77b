//! `import()`s that the build does not follow. The browser loads the address if a comment requires
//! it. Otherwise, if the target lacks `import()`, a rejected promise replaces it: old browsers must
//! be able to parse the output.

use bundle_base::{Config, config::Format};
use swc_ecma_ast::{
    CallExpr, Callee, Expr, ExprOrSpread, Ident, IdentName, MemberExpr, MemberProp,
};

use crate::{
    features::{Feature, Support},
    scopes::{free, runtime},
};

/// Whether the engines that read the output can parse `import()`, as all that read modules can.
pub(super) fn is_known(config: &Config) -> bool {
    config.output.format == Format::Esm
        || Support::of(&config.script.target).has(Feature::DynamicImport)
}

/// Turns an `import()` into a call of our runtime, which asks the browser.
pub(super) fn call_runtime(call: &mut CallExpr) {
    let callee = Ident::new("native_import".into(), call.span, runtime());
    call.callee = Callee::Expr(Box::new(Expr::Ident(callee)));
}

/// Returns a promise that rejects, in place of an `import()` of any module.
pub(super) fn rejecting_promise(call: &CallExpr) -> Expr {
    let name = |name: &str, context| Expr::Ident(Ident::new(name.into(), call.span, context));
    let method = |object: Expr, name: &str| {
        let prop = MemberProp::Ident(IdentName::new(name.into(), call.span));
        let member = MemberExpr { span: call.span, obj: Box::new(object), prop };
        Callee::Expr(Box::new(Expr::Member(member)))
    };
    let asked = CallExpr {
        span: call.span,
        callee: method(name("Promise", free()), "resolve"),
        args: call.args.iter().take(1).cloned().collect(),
        ..CallExpr::default()
    };
    let thrower = Box::new(name("unknown_require", runtime()));
    Expr::Call(CallExpr {
        span: call.span,
        callee: method(Expr::Call(asked), "then"),
        args: vec![ExprOrSpread { spread: None, expr: thrower }],
        ..CallExpr::default()
    })
}
