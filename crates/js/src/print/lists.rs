//! Prints lists: arguments, arrays, and statements or members in braces.

use swc_common::{Span, Spanned};
use swc_ecma_ast::{ArrayLit, Expr, ExprOrSpread, FunctionBody, Lit, Stmt};

use super::Printer;

/// An array of at most this many short elements is one line.
const FEW: usize = 4;

impl Printer<'_> {
    /// Prints arguments with commas between them.
    pub(super) fn elements<'e>(&mut self, elements: impl Iterator<Item = &'e ExprOrSpread>) {
        self.separated(elements, Self::element);
    }

    /// Prints a list with commas, on one line.
    pub(super) fn separated<T>(
        &mut self,
        list: impl Iterator<Item = T>,
        print: impl Fn(&mut Self, T),
    ) {
        for (index, element) in list.enumerate() {
            if index > 0 {
                self.out.mark(",");
                self.out.gap();
            }
            print(self, element);
        }
    }

    fn element(&mut self, element: &ExprOrSpread) {
        if let Some(spread) = element.spread {
            self.leading(spread);
            self.out.mark("...");
        }
        self.value(&element.expr);
    }

    /// Prints an array: with each element on its own line, unless they are few and short.
    pub(super) fn array(&mut self, node: &ArrayLit) {
        self.leading(node.span);
        self.at(node.span);
        self.out.mark("[");
        if node.elems.len() <= FEW && node.elems.iter().all(|element| is_short(element.as_ref())) {
            self.elements(node.elems.iter().flatten());
        } else if !node.elems.is_empty() {
            self.out.line();
            self.out.indent += 1;
            self.array_elements(&node.elems);
            self.out.indent -= 1;
            self.out.line();
        }
        self.out.mark("]");
        self.after(node.span);
    }

    fn array_elements(&mut self, elements: &[Option<ExprOrSpread>]) {
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.out.mark(",");
                self.out.line();
            }
            if let Some(element) = element {
                self.element(element);
            }
        }
        // Without another comma, the last hole would not count.
        if let Some(None) = elements.last() {
            self.out.mark(",");
        }
    }

    /// Prints items in braces, each on its own line. The opening brace was printed. `span` ends
    /// with the closing brace.
    pub(super) fn lines<T>(&mut self, span: Span, list: &[T], print: impl Fn(&mut Self, &T)) {
        self.out.line();
        self.out.indent += 1;
        for item in list {
            print(self, item);
            self.out.line();
        }
        self.out.indent -= 1;
        self.last(span);
        self.out.closing("}");
    }

    /// Prints statements in braces. `is_announced`: the opening brace has a place.
    pub(super) fn braces(&mut self, span: Span, statements: &[Stmt], is_announced: bool) {
        self.leading(span);
        if is_announced {
            self.at(span);
        }
        self.out.mark("{");
        if !statements.is_empty() {
            self.out.line();
            self.out.indent += 1;
            for statement in statements {
                self.stmt(statement);
                self.out.line();
            }
            self.out.indent -= 1;
        } else if self.has_before_last(span) {
            self.out.line();
        }
        self.before_last(span);
        self.last(span);
        self.out.closing("}");
    }

    /// Prints a statement as the only one of a block.
    pub(super) fn braced(&mut self, statement: &Stmt) {
        self.braces(statement.span(), std::slice::from_ref(statement), true);
    }

    pub(super) fn function_body(&mut self, body: &FunctionBody, is_announced: bool) {
        self.braces(body.span, &body.stmts, is_announced);
    }
}

fn is_short(element: Option<&ExprOrSpread>) -> bool {
    let Some(ExprOrSpread { spread: None, expr }) = element else { return false };
    match &**expr {
        Expr::Lit(Lit::Str(text)) => text.value.len() <= 16,
        Expr::Ident(_) | Expr::This(_) | Expr::Lit(Lit::Num(_) | Lit::Bool(_) | Lit::Null(_)) => {
            true
        }
        _ => false,
    }
}
