//! Programs of a grammar, with parentheses around every operand: printed and parsed again, they
//! must be the same program.

use swc_common::{DUMMY_SP, Span};
use swc_ecma_ast::{
    BinExpr, Expr, ExprStmt, Lit, Module, NewExpr, Number, Str, TplElement, UnaryOp,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{parsed, printed, style};

/// A small generator of numbers that is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

const ATOMS: &[&str] = &[
    "a",
    "b",
    "of",
    "async",
    "this",
    "1",
    "1.5",
    "'s'",
    "/r/g",
    "{}",
    "{ a: 1 }",
    "[]",
    "[a, , b]",
    "function () {}",
    "function f() { return a }",
    "async function () {}",
    "class {}",
    "class A {}",
    "`t`",
    "x => x",
    "() => ({})",
    "async x => x",
    "new.target",
    "null",
    "import(a)",
];
const BINARY: &[&str] = &[
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "<",
    ">",
    "<=",
    ">=",
    "<<",
    ">>",
    ">>>",
    "==",
    "!==",
    "&",
    "|",
    "^",
    "&&",
    "||",
    "??",
    "in",
    "instanceof",
];
/// `E` is replaced by operands.
const SHAPES: &[&str] = &[
    "+E",
    "-E",
    "!E",
    "~E",
    "typeof E",
    "void E",
    "delete E.p",
    "++E.p",
    "--E.p",
    "E.p++",
    "E.p--",
    "a++",
    "--a",
    "await E",
    "yield E",
    "yield* E",
    "yield",
    "a = E",
    "E.p = E",
    "({ a } = E)",
    "[a] = E",
    "a += E",
    "E ? E : E",
    "E(E)",
    "E(...E)",
    "E()",
    "E.p",
    "E[E]",
    "new E",
    "new E()",
    "new E(E)",
    "E`t`",
    "E`t${E}`",
    "`${E}`",
    "E?.p",
    "E?.[E]",
    "E?.(E)",
    "E?.p.q",
    "(E?.p).q",
    "(E?.p)()",
    "E, a",
    "a(), E",
    "x => E",
    "async x => E",
    "(x = a) => E",
    "{ a: E, [E]: b }",
    "[E, ...E]",
    "class extends E {}",
    "class { [E] = E }",
    "function (a = E) {}",
    "(0, E.p)()",
];
const PLACES: &[&str] = &[
    "E;",
    "x = E;",
    "for (E;;);",
    "for (var x = E;;);",
    "for (x of E);",
    "for (x in E);",
    "return E;",
    "throw E;",
    "if (E) a; else b;",
    "while (E);",
    "do a; while (E); b;",
    "switch (E) { case E: }",
    "var { [E]: x = E } = E;",
    "for (E.p of E);",
    "for (E.p in E);",
    "const y = x => E;",
    "a; E; b;",
];

/// Fills in a shape. Every operand gets parentheses.
fn filled(shape: &str, depth: usize, random: &mut Random) -> String {
    let mut out = String::new();
    for c in shape.chars() {
        if c == 'E' {
            let operand = expression(depth, random);
            out.extend(["(", operand.as_str(), ")"]);
        } else {
            out.push(c);
        }
    }
    out
}

fn expression(depth: usize, random: &mut Random) -> String {
    match random.below(5) {
        0 => random.pick(ATOMS).to_owned(),
        _ if depth == 0 => random.pick(ATOMS).to_owned(),
        1 => filled(&format!("E {} E", random.pick(BINARY)), depth - 1, random),
        _ => {
            let shape = random.pick(SHAPES);
            filled(shape, depth - 1, random)
        }
    }
}

/// Drops what printing may change: places, spellings, and parentheses.
struct Bare;

impl VisitMut for Bare {
    noop_visit_mut_type!();

    fn visit_mut_span(&mut self, span: &mut Span) {
        *span = DUMMY_SP;
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        while let Expr::Paren(paren) = expr {
            *expr = std::mem::take(&mut *paren.expr);
        }
        if let Expr::Seq(sequence) = expr {
            flatten(&mut sequence.exprs);
        }
    }

    fn visit_mut_bin_expr(&mut self, node: &mut BinExpr) {
        node.visit_mut_children_with(self);
        // `a && (b && c)` is printed as `a && b && c`.
        while let Expr::Bin(right) = &mut *node.right
            && right.op == node.op
            && node.op.may_short_circuit()
        {
            let inner = std::mem::take(&mut *node.right).expect_bin();
            let left = std::mem::take(&mut *node.left);
            let joined =
                BinExpr { span: DUMMY_SP, op: node.op, left: Box::new(left), right: inner.left };
            (*node.left, node.right) = (Expr::Bin(joined), inner.right);
            node.left.visit_mut_children_with(self);
        }
    }

    /// `('s')` is printed as `0, 's'`, which is not a directive.
    fn visit_mut_expr_stmt(&mut self, node: &mut ExprStmt) {
        node.visit_mut_children_with(self);
        if let Expr::Seq(sequence) = &mut *node.expr
            && let [zero, text] = &mut *sequence.exprs
            && matches!(**zero, Expr::Lit(Lit::Num(_)))
            && matches!(**text, Expr::Lit(Lit::Str(_)))
        {
            node.expr = std::mem::take(text);
        }
    }

    fn visit_mut_new_expr(&mut self, node: &mut NewExpr) {
        node.visit_mut_children_with(self);
        node.args.get_or_insert_default();
    }

    fn visit_mut_str(&mut self, node: &mut Str) {
        (node.span, node.raw) = (DUMMY_SP, None);
    }

    fn visit_mut_number(&mut self, node: &mut Number) {
        (node.span, node.raw) = (DUMMY_SP, None);
    }

    fn visit_mut_tpl_element(&mut self, node: &mut TplElement) {
        node.span = DUMMY_SP;
    }
}

/// Joins nested sequences, and drops values that are not used.
#[expect(clippy::vec_box, reason = "what sequences hold")]
fn flatten(elements: &mut Vec<Box<Expr>>) {
    let mut flat = Vec::new();
    join(std::mem::take(elements), true, &mut flat);
    let last = flat.pop();
    let is_value = |e: &Expr| matches!(e, Expr::Lit(_) | Expr::Fn(_) | Expr::Arrow(_));
    let mut kept: Vec<_> = flat.extract_if(.., |element| !is_value(element)).collect();
    if kept.is_empty() {
        kept.extend(flat.into_iter().next());
    }
    elements.extend(kept.into_iter().chain(last));
}

#[expect(clippy::vec_box, reason = "what sequences hold")]
fn join(elements: Vec<Box<Expr>>, is_used: bool, into: &mut Vec<Box<Expr>>) {
    let count = elements.len();
    for (index, mut element) in elements.into_iter().enumerate() {
        let is_used = is_used && index + 1 == count;
        while let Expr::Unary(unary) = &mut *element
            && unary.op == UnaryOp::Void
            && !is_used
        {
            element = std::mem::take(&mut unary.arg);
        }
        match *element {
            Expr::Seq(inner) => join(inner.exprs, is_used, into),
            other => into.push(Box::new(other)),
        }
    }
}

fn bare(mut module: Module) -> String {
    module.visit_mut_with(&mut Bare);
    format!("{module:?}")
}

#[test]
fn printed_programs_are_the_same_programs() {
    let mut random = Random(7);
    let mut count = 0;
    let mut wrong = Vec::new();
    for _ in 0..3000 {
        let place = random.pick(PLACES);
        let statement = filled(place, 3, &mut random);
        let text = format!("async function* f() {{ {statement} }}");
        let Some(module) = parsed(&text) else { continue };
        count += 1;
        for is_compact in [false, true] {
            let out = printed(&module, &style(is_compact));
            match parsed(&out) {
                Some(again) if bare(again.clone()) == bare(module.clone()) => {}
                Some(_) => wrong.push(format!("changes: {text}\n  to {out}")),
                None => wrong.push(format!("breaks: {text}\n  to {out}")),
            }
        }
    }
    assert!(count > 1000, "{count} texts are programs");
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}
