//! The walk that finds constructs newer than a target. It records the first place of each
//! construct, in source order. Many programs are walked only for this, so each visit must be cheap.

use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    ArrayLit, ArrowExpr, AssignExpr, AssignOp, AssignTarget, AutoAccessor, AwaitExpr, BigInt,
    BinExpr, BinaryOp, BlockStmt, CallExpr, Callee, CatchClause, Class, ClassProp, Constructor,
    Decl, DefaultDecl, DoWhileStmt, ExportNamespaceSpecifier, ExprOrSpread, FnExpr, ForInStmt,
    ForOfStmt, ForStmt, Function, FunctionBody, Ident, IdentName, IfStmt, MetaPropExpr,
    MetaPropKind, MethodProp, ModuleDecl, NewExpr, Number, ObjectLit, ObjectPatProp, Param, Pat,
    PrivateName, PrivateProp, Program, Prop, PropName, PropOrSpread, Regex, StaticBlock, Stmt, Str,
    SuperPropExpr, SwitchStmt, TaggedTpl, Tpl, UsingDecl, VarDecl, VarDeclKind, WhileStmt,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    hidden_names::is_named_like_parameter,
    literals, pattern,
    strict::{self, body_is_strict},
    support::Support,
    table::Feature,
};

/// The result of the walk.
pub(crate) struct Scan {
    first: [Option<Span>; Feature::ALL.len()],
    module_syntax: Option<Span>,
    /// Whether a class has `accessor name`, which no engine has.
    pub has_auto_accessor: bool,
    /// The places of the functions that some lowering passes look for.
    pub functions: Functions,
}

/// Whether functions or classes are at places where lowering has to treat them specially.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Functions {
    /// Functions declared in blocks.
    pub in_blocks: bool,
    /// In the patterns and default values of parameters.
    pub in_parameters: bool,
    /// In loops.
    pub in_loops: bool,
}

impl Scan {
    /// Returns the constructs found that the target lacks.
    pub fn exceeding(&self, support: Support) -> impl Iterator<Item = (Feature, Span)> {
        let found =
            Feature::ALL.iter().filter_map(|f| self.first[*f as usize].map(|span| (*f, span)));
        found.filter(move |(feature, _)| !support.has(*feature))
    }

    /// Whether a construct was found, whatever the target.
    pub fn has(&self, feature: Feature) -> bool {
        self.first[feature as usize].is_some()
    }

    /// Returns the first `import` or `export`.
    pub fn module_syntax(&self) -> Option<Span> {
        self.module_syntax
    }
}

/// Walks a program. `is_strict`: its top level is strict code.
pub(crate) fn scan(program: &Program, is_strict: bool, support: Support) -> Scan {
    let found = Scan {
        first: [None; Feature::ALL.len()],
        module_syntax: None,
        has_auto_accessor: false,
        functions: Functions::default(),
    };
    let mut walk = Walk {
        found,
        is_strict,
        is_in_function: false,
        loops: 0,
        met: 0,
        wants_keys: !support.has(Feature::DuplicateKey),
    };
    program.visit_children_with(&mut walk);
    walk.found
}

struct Walk {
    found: Scan,
    is_strict: bool,
    is_in_function: bool,
    /// How many loops enclose the current place, in all functions.
    loops: u32,
    /// How many functions and classes the walk met.
    met: u32,
    wants_keys: bool,
}

impl Walk {
    fn see(&mut self, feature: Feature, span: Span) {
        let first = &mut self.found.first[feature as usize];
        if first.is_none() {
            *first = Some(span);
        }
    }

    fn inside_function(&mut self, visit: impl FnOnce(&mut Self)) {
        self.meet();
        let outer = (self.is_strict, self.is_in_function);
        self.is_in_function = true;
        visit(self);
        (self.is_strict, self.is_in_function) = outer;
    }

    /// Notes that a function or class is here.
    fn meet(&mut self) {
        self.met += 1;
        self.found.functions.in_loops |= self.loops > 0;
    }

    fn in_loop(&mut self, node: &impl VisitWith<Self>) {
        self.loops += 1;
        node.visit_children_with(self);
        self.loops -= 1;
    }

    fn parameter(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Assign(default) => self.see(Feature::Parameters, default.span),
            Pat::Rest(rest) => self.see(Feature::Parameters, rest.span),
            _ => {}
        }
        let met = self.met;
        pattern.visit_with(self);
        self.found.functions.in_parameters |= self.met > met;
    }

    fn kind_of_function(&mut self, is_async: bool, is_generator: bool, span: Span) {
        match (is_async, is_generator) {
            (true, true) => self.see(Feature::AsyncGenerator, span),
            (true, false) => self.see(Feature::AsyncFunction, span),
            (false, true) => self.see(Feature::Generator, span),
            (false, false) => {}
        }
    }

    fn functions_in_block(&mut self, statements: &[Stmt]) {
        if let Some(function) = statements.iter().find(|statement| is_function(statement)) {
            self.found.functions.in_blocks = true;
            if self.is_strict {
                self.see(Feature::BlockFunction, function.span());
            }
        }
    }

    fn spread(&mut self, arguments: &[ExprOrSpread]) {
        if let Some(span) = arguments.iter().find_map(|argument| argument.spread) {
            self.see(Feature::Spread, span);
        }
    }

    fn name(&mut self, name: &str, span: Span) {
        if !name.is_ascii() && name.chars().any(|c| c > '\u{FFFF}') {
            self.see(Feature::AstralName, span);
        }
    }

    fn keys(&mut self, object: &ObjectLit) {
        if self.wants_keys
            && self.is_strict
            && let Some(span) = strict::repeated_key(object)
        {
            self.see(Feature::DuplicateKey, span);
        }
    }
}

macro_rules! loops {
    ($($visit:ident $node:ty),*) => {
        $(fn $visit(&mut self, node: &$node) { self.in_loop(node); })*
    };
}

impl Visit for Walk {
    noop_visit_type!();
    loops!(visit_for_stmt ForStmt, visit_for_in_stmt ForInStmt);
    loops!(visit_while_stmt WhileStmt, visit_do_while_stmt DoWhileStmt);

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.see(Feature::ArrowFunction, arrow.span);
        self.kind_of_function(arrow.is_async, false, arrow.span);
        self.inside_function(|walk| {
            arrow.params.iter().for_each(|pattern| walk.parameter(pattern));
            arrow.body.visit_with(walk);
        });
    }

    fn visit_function(&mut self, function: &Function) {
        self.kind_of_function(function.is_async, function.is_generator, function.span);
        self.inside_function(|walk| function.visit_children_with(walk));
    }

    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        if let Some(name) = &expression.ident
            && is_named_like_parameter(expression)
        {
            self.see(Feature::OwnNameInPattern, name.span);
        }
        expression.visit_children_with(self);
    }

    /// A default export is a declaration, although it has the form of an expression.
    fn visit_default_decl(&mut self, declaration: &DefaultDecl) {
        match declaration {
            DefaultDecl::Fn(function) => function.visit_children_with(self),
            DefaultDecl::Class(class) => class.visit_children_with(self),
            DefaultDecl::TsInterfaceDecl(_) => {}
        }
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.inside_function(|walk| constructor.visit_children_with(walk));
    }

    fn visit_function_body(&mut self, body: &FunctionBody) {
        self.is_strict |= body_is_strict(body);
        body.visit_children_with(self);
    }

    fn visit_param(&mut self, param: &Param) {
        param.decorators.visit_with(self);
        self.parameter(&param.pat);
    }

    fn visit_method_prop(&mut self, method: &MethodProp) {
        self.see(Feature::Shorthand, method.key.span());
        method.visit_children_with(self);
    }

    fn visit_class(&mut self, class: &Class) {
        self.see(Feature::Class, class.span);
        self.meet();
        let outer = std::mem::replace(&mut self.is_strict, true);
        class.visit_children_with(self);
        self.is_strict = outer;
    }

    /// It becomes a private field.
    fn visit_auto_accessor(&mut self, accessor: &AutoAccessor) {
        self.found.has_auto_accessor = true;
        self.see(Feature::ClassField, accessor.span);
        self.see(Feature::PrivateMember, accessor.span);
        accessor.key.visit_with(self);
        self.inside_function(|walk| accessor.value.visit_with(walk));
    }

    fn visit_class_prop(&mut self, field: &ClassProp) {
        self.see(Feature::ClassField, field.span);
        field.key.visit_with(self);
        self.inside_function(|walk| field.value.visit_with(walk));
    }

    fn visit_private_prop(&mut self, field: &PrivateProp) {
        self.see(Feature::ClassField, field.span);
        field.key.visit_with(self);
        self.inside_function(|walk| field.value.visit_with(walk));
    }

    fn visit_private_name(&mut self, name: &PrivateName) {
        self.see(Feature::PrivateMember, name.span);
    }

    fn visit_static_block(&mut self, block: &StaticBlock) {
        self.see(Feature::StaticBlock, block.span);
        self.inside_function(|walk| block.body.visit_children_with(walk));
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.functions_in_block(&block.stmts);
        block.visit_children_with(self);
    }

    fn visit_switch_stmt(&mut self, switch: &SwitchStmt) {
        switch.cases.iter().for_each(|case| self.functions_in_block(&case.cons));
        switch.visit_children_with(self);
    }

    fn visit_if_stmt(&mut self, test: &IfStmt) {
        self.found.functions.in_blocks |=
            is_function(&test.cons) || test.alt.as_deref().is_some_and(is_function);
        test.visit_children_with(self);
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        if clause.param.is_none() {
            self.see(Feature::OptionalCatchBinding, clause.span);
        }
        clause.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind != VarDeclKind::Var {
            self.see(Feature::BlockScoping, declaration.span);
        }
        declaration.visit_children_with(self);
    }

    fn visit_using_decl(&mut self, declaration: &UsingDecl) {
        self.see(Feature::Using, declaration.span);
        if declaration.is_await && !self.is_in_function {
            self.see(Feature::TopLevelAwait, declaration.span);
        }
        declaration.visit_children_with(self);
    }

    fn visit_pat(&mut self, pattern: &Pat) {
        match pattern {
            Pat::Array(_) | Pat::Object(_) => self.see(Feature::Destructuring, pattern.span()),
            _ => {}
        }
        pattern.visit_children_with(self);
    }

    fn visit_object_pat_prop(&mut self, property: &ObjectPatProp) {
        if let ObjectPatProp::Rest(rest) = property {
            self.see(Feature::ObjectRestSpread, rest.span);
        }
        property.visit_children_with(self);
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        self.see(
            if statement.is_await { Feature::AsyncGenerator } else { Feature::ForOf },
            statement.span,
        );
        if statement.is_await && !self.is_in_function {
            self.see(Feature::TopLevelAwait, statement.span);
        }
        self.in_loop(statement);
    }

    fn visit_await_expr(&mut self, expr: &AwaitExpr) {
        if !self.is_in_function {
            self.see(Feature::TopLevelAwait, expr.span);
        }
        expr.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        match assign.op {
            AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign => {
                self.see(Feature::LogicalAssignment, assign.span);
            }
            AssignOp::ExpAssign => self.see(Feature::Exponent, assign.span),
            _ => {}
        }
        if let AssignTarget::Pat(pattern) = &assign.left {
            self.see(Feature::Destructuring, pattern.span());
        }
        assign.visit_children_with(self);
    }

    fn visit_bin_expr(&mut self, expr: &BinExpr) {
        match expr.op {
            BinaryOp::Exp => self.see(Feature::Exponent, expr.span),
            BinaryOp::NullishCoalescing => self.see(Feature::Nullish, expr.span),
            BinaryOp::In if expr.left.is_private_name() => self.see(Feature::PrivateIn, expr.span),
            BinaryOp::EqEq | BinaryOp::EqEqEq | BinaryOp::NotEq | BinaryOp::NotEqEq
                if literals::is_typeof_symbol(&expr.left, &expr.right)
                    || literals::is_typeof_symbol(&expr.right, &expr.left) =>
            {
                self.see(Feature::TypeofSymbol, expr.span);
            }
            _ => {}
        }
        expr.visit_children_with(self);
    }

    fn visit_opt_chain_expr(&mut self, chain: &swc_ecma_ast::OptChainExpr) {
        self.see(Feature::OptionalChain, chain.span);
        if let swc_ecma_ast::OptChainBase::Call(call) = &*chain.base {
            self.spread(&call.args);
        }
        chain.visit_children_with(self);
    }

    fn visit_tpl(&mut self, template: &Tpl) {
        self.see(Feature::TemplateLiteral, template.span);
        template.visit_children_with(self);
    }

    fn visit_tagged_tpl(&mut self, template: &TaggedTpl) {
        if template.tpl.quasis.iter().any(|part| part.cooked.is_none()) {
            self.see(Feature::InvalidEscapeInTemplate, template.span);
        }
        template.visit_children_with(self);
    }

    fn visit_array_lit(&mut self, array: &ArrayLit) {
        if let Some(span) = array.elems.iter().flatten().find_map(|element| element.spread) {
            self.see(Feature::Spread, span);
        }
        array.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        self.spread(&call.args);
        match &call.callee {
            Callee::Import(import) => self.see(Feature::DynamicImport, import.span),
            callee if crate::ast::is_context(callee) => return,
            Callee::Expr(_) | Callee::Super(_) => {}
        }
        call.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        self.spread(new.args.as_deref().unwrap_or_default());
        new.visit_children_with(self);
    }

    fn visit_object_lit(&mut self, object: &ObjectLit) {
        self.keys(object);
        for property in &object.props {
            match property {
                PropOrSpread::Spread(spread) => {
                    self.see(Feature::ObjectRestSpread, spread.dot3_token);
                }
                PropOrSpread::Prop(property) => {
                    if let Prop::Shorthand(name) = &**property {
                        self.see(Feature::Shorthand, name.span);
                    }
                }
            }
        }
        object.visit_children_with(self);
    }

    fn visit_prop_name(&mut self, name: &PropName) {
        match name {
            PropName::Computed(computed) => self.see(Feature::ComputedKey, computed.span),
            PropName::BigInt(number) => self.see(Feature::BigInt, number.span),
            _ => {}
        }
        name.visit_children_with(self);
    }

    fn visit_super_prop_expr(&mut self, expr: &SuperPropExpr) {
        self.see(Feature::ObjectSuper, expr.span);
        expr.visit_children_with(self);
    }

    fn visit_meta_prop_expr(&mut self, expr: &MetaPropExpr) {
        match expr.kind {
            MetaPropKind::NewTarget => self.see(Feature::NewTarget, expr.span),
            MetaPropKind::ImportMeta => self.see(Feature::ImportMeta, expr.span),
        }
    }

    fn visit_ident(&mut self, name: &Ident) {
        self.name(&name.sym, name.span);
    }

    fn visit_ident_name(&mut self, name: &IdentName) {
        self.name(&name.sym, name.span);
    }

    fn visit_regex(&mut self, regex: &Regex) {
        for feature in pattern::features(&regex.exp, &regex.flags) {
            self.see(feature, regex.span);
        }
    }

    fn visit_big_int(&mut self, number: &BigInt) {
        self.see(Feature::BigInt, number.span);
    }

    fn visit_number(&mut self, number: &Number) {
        for feature in literals::of_number(number) {
            self.see(feature, number.span);
        }
    }

    fn visit_str(&mut self, text: &Str) {
        for feature in literals::of_string(text) {
            self.see(feature, text.span);
        }
    }

    fn visit_export_namespace_specifier(&mut self, specifier: &ExportNamespaceSpecifier) {
        self.see(Feature::ExportNamespace, specifier.span);
    }

    fn visit_module_decl(&mut self, declaration: &ModuleDecl) {
        if self.found.module_syntax.is_none() {
            self.found.module_syntax = Some(declaration.span());
        }
        declaration.visit_children_with(self);
    }
}

fn is_function(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Decl(Decl::Fn(_)))
}
