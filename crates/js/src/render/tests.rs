//! Small texts through analysing and rendering, with slots filled by what they stand for.
use bundle_base::{Config, config::Target};
use bundle_graph::{
    plan::{Binding, MemberBinding, RenderPlan, RequestCall, Wrap},
    record::{Literal, ModuleRecord, RequestKind},
};

use super::{Piece, RenderedModule};
use crate::{
    Ast,
    analyse::tests::{analysed, config},
};

/// The plan that keeps everything and follows every request.
fn everything(record: &ModuleRecord, wrap: Wrap) -> RenderPlan {
    let calls = record.requests.iter().map(|request| match request.kind {
        RequestKind::Import | RequestKind::Runtime => RequestCall::None,
        RequestKind::Dynamic => RequestCall::DynamicInline,
        RequestKind::Require | RequestKind::Context(_) | RequestKind::Glob(_) => RequestCall::Require,
        RequestKind::RequireResolve | RequestKind::Url => RequestCall::Text(format!("/{}", request.specifier)),
    });
    RenderPlan {
        wrap,
        live: vec![true; record.statements.len()],
        bindings: vec![Binding::Name; record.symbols.len()],
        members: Vec::new(),
        calls: calls.collect(),
        indent: 0,
    }
}

/// A piece with its slots filled by the names of symbols, `<specifier>` for requests and `<ns.name>` for members.
fn filled(piece: &Piece, record: &ModuleRecord, plan: &RenderPlan) -> String {
    let mut out = String::new();
    let mut done = 0;
    for used in &piece.slots {
        out.push_str(&piece.text[done..used.at as usize]);
        done = used.at as usize;
        let slot = used.slot as usize;
        let (symbols, requests) = (record.symbols.len(), record.requests.len());
        if slot < symbols {
            out.push_str(&record.symbols[slot].name.replace("default", "_default"));
        } else if slot < symbols + requests {
            out.push_str(&format!("<{}>", record.requests[slot - symbols].specifier));
        } else {
            out.push_str(&format!("<member {}>", plan.members[slot - symbols - requests].name));
        }
    }
    out + &piece.text[done..]
}

struct Case {
    record: ModuleRecord,
    ast: std::sync::Arc<Ast>,
    plan: RenderPlan,
    config: Config,
}

impl Case {
    fn new(text: &str, wrap: Wrap) -> Self {
        Self::with(text, wrap, config())
    }

    fn with(text: &str, wrap: Wrap, config: Config) -> Self {
        let (record, ast) = analysed(text, &config);
        let plan = everything(&record, wrap);
        Self { record, ast, plan, config }
    }

    fn bind(mut self, name: &str, binding: Binding) -> Self {
        let index = self.record.symbols.iter().position(|s| s.name == name).expect("a symbol of that name");
        self.plan.bindings[index] = binding;
        self
    }

    fn rendered(&self) -> RenderedModule {
        super::run(&self.ast, &self.plan, &self.config)
    }

    fn text(&self) -> String {
        let rendered = self.rendered();
        let hoisted = filled(&rendered.hoisted, &self.record, &self.plan);
        let body = filled(&rendered.body, &self.record, &self.plan);
        if hoisted.is_empty() { body } else { format!("{hoisted}--\n{body}") }
    }
}

#[test]
fn show() {
    let text = "/*! legal é */ import a, { b as c } from './a'; import * as ns from './ns';\nexport const k = 1; export function f() { return a(c()) + ns.x + ns['y'] + c`x`; }\nexport default class { m(p) { let q = { c, p, k }; return c } }\nvar q = require('./q'), { r, s: [t] } = q, é = 'é'; for (var i of q) { var u = i; ({ r } = u); } export { c as d, q };  import('./dyn').catch(e => e); export class X {} lab: for (;;) { break lab }";
    let hoisted = Case::new(text, Wrap::Hoisted).bind("a", Binding::Getter).bind("c", Binding::Member("b".into())).bind("k", Binding::Literal(Literal::Number(1.0)));
    let lazy = Case::new(text, Wrap::Lazy);
    let es5 = Case::with(text, Wrap::Lazy, Config { script: bundle_base::config::ScriptConfig { target: Target::ES5, ..config().script }, ..config() });
    let cjs = Case::new("'use strict'; /* x */ var a = require('./a'), exports = exports; module.exports = { a, b: require.resolve('x') }; if (typeof define == 'function' && define.amd) define(a); a(global, require(a ? 'x' : 'y'), this)", Wrap::CommonJs);
    panic!("{}\n{:?}\n=====\n{}\n=====\n{}\n=====\n{}\n{:?}", hoisted.text(), hoisted.rendered().locals, lazy.text(), es5.text(), cjs.text(), cjs.record.commonjs);
}
