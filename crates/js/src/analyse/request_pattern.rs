//! The pattern of a request that is an expression: `"./l10n/" + name + ".js"` requests the files of
//! the folder `./l10n` whose names match `^\./.*\.js$`. The text before the first unknown value
//! must name a folder; without one, no file of the project can be meant.
//!
//! A constant of the module that is a string is replaced by its text, if the request then begins
//! with `./` or `../`. A package whose name is in a constant is hidden from bundlers on purpose.

use bundle_base::search;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Wtf8Atom;
use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::{
    AssignExpr, BinExpr, BinaryOp, CallExpr, Callee, CondExpr, Expr, ExprOrSpread, Id, Ident,
    IdentName, Lit, MemberExpr, MemberProp, Module, Null, Number, ParenExpr, Pat, Regex, Str, Tpl,
    VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    constants::variables,
    magic_comments::Magic,
    recognise::{member_name, text},
};
use crate::{
    lower::constant::truth,
    scopes::{Binding, Scopes, free},
};

/// The constants of a module that are strings, with their texts.
type Texts = FxHashMap<Id, Wtf8Atom>;

/// The names that may occur in a module's requests, with what is known of them.
pub(super) struct RequestNames {
    texts: Texts,
    /// Names to which only `require` is assigned.
    requires: FxHashSet<Id>,
}

impl RequestNames {
    pub fn of(module: &Module, scopes: &Scopes, text: &str) -> Self {
        Self { texts: texts(module, scopes), requires: requires(module, text) }
    }

    /// Whether an expression is `require`, or another name of it: `load = require; load(…)`.
    pub fn is_require(&self, expr: &Expr) -> bool {
        let Expr::Ident(name) = expr else { return false };
        is_require(name) || self.requires.contains(&name.to_id())
    }
}

fn is_require(name: &Ident) -> bool {
    name.ctxt == free() && name.sym == "require"
}

/// Returns the other names of `require`. moment has one, to hide its locales from bundlers that do
/// not follow it.
fn requires(module: &Module, text: &str) -> FxHashSet<Id> {
    const WORD: &str = "require";
    let is_assigned = |at: usize| {
        let (before, after) = (text[..at].trim_end(), &text[at + WORD.len()..]);
        before.ends_with('=') && !after.starts_with(['(', '.', '_', '$', '['])
    };
    let mut found = Requires::default();
    if search::places(text, WORD).any(is_assigned) {
        module.visit_with(&mut found);
    }
    found.names.difference(&found.others).cloned().collect()
}

/// Collects the names to which `require` is assigned, and those to which anything else is.
#[derive(Default)]
struct Requires {
    names: FxHashSet<Id>,
    others: FxHashSet<Id>,
}

impl Requires {
    fn note(&mut self, name: &Ident, value: &Expr) {
        let is_require = matches!(value, Expr::Ident(name) if is_require(name));
        let list = if is_require { &mut self.names } else { &mut self.others };
        list.insert(name.to_id());
    }
}

impl Visit for Requires {
    noop_visit_type!();

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        if let Some(name) = assign.left.as_ident() {
            self.note(name, &assign.right);
        }
        assign.visit_children_with(self);
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init) {
            // In `var load = null; load = require;`, `null` does not count as another value.
            if !matches!(&**value, Expr::Lit(Lit::Null(_))) {
                self.note(name, value);
            }
        }
        declarator.visit_children_with(self);
    }
}

/// Returns the variables of the top level that are declared with a string and never assigned to.
fn texts(module: &Module, scopes: &Scopes) -> Texts {
    let declarations = module.body.iter().filter_map(variables);
    let declarators = declarations.flat_map(|declaration| &declaration.decls);
    declarators
        .filter_map(|declarator| {
            let (Pat::Ident(name), Some(Expr::Lit(Lit::Str(value)))) =
                (&declarator.name, declarator.init.as_deref())
            else {
                return None;
            };
            let is_constant = scopes.binding(name).is_some_and(Binding::is_never_assigned);
            is_constant.then(|| (name.to_id(), value.value.clone()))
        })
        .collect()
}

/// The files that a request may mean.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RequestPattern {
    /// The text before the names, with its last slash: `./l10n/`.
    pub folder: String,
    /// The source of a regular expression for names that begin with `./`.
    pub names: String,
}

/// Returns the pattern of a request, or `None` if its beginning names no folder.
fn of(pieces: &[Piece]) -> Option<RequestPattern> {
    let Some(Piece::Text(first)) = pieces.first() else { return None };
    let folder = first[..=first.rfind('/')?].to_owned();
    // An address is not a path, and the root of a disk is not a folder of the project.
    if folder.starts_with('/') || folder.contains(':') || folder.contains('?') {
        return None;
    }
    let rest = Piece::Text(first[folder.len()..].to_owned());
    let names: String = std::iter::once(&rest).chain(&pieces[1..]).map(Piece::pattern).collect();
    Some(RequestPattern { folder, names: format!(r"^\.\/{names}$") })
}

/// Returns `test ? require("a") : require("b")` for the request `require(test ? "a" : "b")`; the
/// same for `import(…)`. `None` for other requests.
pub(super) fn branches(request: &CallExpr) -> Option<Expr> {
    let [argument] = request.args.as_slice() else { return None };
    let Expr::Cond(condition) = argument.expr.unwrap_parens() else { return None };
    text(&condition.cons)?;
    text(&condition.alt)?;
    let branch = |argument: &Expr| {
        let args = vec![ExprOrSpread { spread: None, expr: Box::new(argument.clone()) }];
        Box::new(Expr::Call(CallExpr { args, ..request.clone() }))
    };
    Some(Expr::Cond(CondExpr {
        span: condition.span,
        test: condition.test.clone(),
        cons: branch(&condition.cons),
        alt: branch(&condition.alt),
    }))
}

/// Returns a request of every file that an expression may mean: `require(E)` becomes
/// `require.context("./l10n/", true, /^\.\/.*\.js$/, "request")("." + E.slice(6))`, and `import(E)`
/// the same with `"lazy"`, or the mode in its comments (`magic`). `None` for other calls, and if
/// the expression names no folder.
pub(super) fn context_of(
    call: &CallExpr,
    magic: Option<Magic>,
    known: &RequestNames,
    free: SyntaxContext,
) -> Option<Expr> {
    let [argument] = call.args.as_slice() else { return None };
    let make = Make { span: call.span, free };
    let pieces = Reader { texts: &known.texts, free }.pieces(&argument.expr);
    let is_renamed =
        matches!(&call.callee, Callee::Expr(callee) if !callee.is_ident_ref_to("require"));
    if let [Piece::Text(known)] = pieces.as_slice() {
        // A module that requires one file under another name of `require` hides it from bundlers on
        // purpose.
        if is_renamed {
            return None;
        }
        let known = ExprOrSpread { spread: None, expr: Box::new(make.text(known)) };
        return Some(CallExpr { args: vec![known], ..call.clone() }.into());
    }
    let pattern = of(&pieces).filter(|_| argument.spread.is_none())?;
    // The slash at the end of the folder is in the name: "." + "/de.js".
    let start = pattern.folder.encode_utf16().count() - 1;
    let mode = match &magic {
        None => "request",
        Some(magic) if magic.mode.as_deref() == Some("eager") => "eager",
        Some(_) => "lazy",
    };
    let mut arguments = vec![
        make.text(&pattern.folder),
        Expr::Lit(Lit::Bool(true.into())),
        make.regex(&pattern.names, ""),
        make.text(mode),
    ];
    if let Some(Magic { include, exclude, chunk_name, .. }) = magic {
        let none = || Expr::Lit(Lit::Null(Null { span: call.span }));
        let regex = |of: Option<(String, String)>| {
            of.map_or_else(none, |(source, flags)| make.regex(&source, &flags))
        };
        let name = chunk_name.map_or_else(none, |name| make.text(&name));
        arguments.extend([regex(include), regex(exclude), name]);
    }
    let context = make.call(make.method(make.name("require"), "context"), arguments);
    let request = Expr::Paren(ParenExpr { span: call.span, expr: argument.expr.clone() });
    let rest = make.call(make.method(request, "slice"), vec![make.number(start)]);
    let name = BinExpr {
        span: call.span,
        op: BinaryOp::Add,
        left: Box::new(make.text(".")),
        right: Box::new(rest),
    };
    Some(make.call(context, vec![name.into()]))
}

/// Makes expressions at one place of the source.
struct Make {
    span: Span,
    /// The syntax context of free names.
    free: SyntaxContext,
}

impl Make {
    fn name(&self, name: &str) -> Expr {
        Expr::Ident(Ident::new(name.into(), self.span, self.free))
    }

    fn text(&self, value: &str) -> Expr {
        Expr::Lit(Lit::Str(Str { span: self.span, value: value.into(), raw: None }))
    }

    fn regex(&self, source: &str, flags: &str) -> Expr {
        Expr::Lit(Lit::Regex(Regex { span: self.span, exp: source.into(), flags: flags.into() }))
    }

    #[expect(clippy::cast_precision_loss, reason = "the length of a folder's name")]
    fn number(&self, value: usize) -> Expr {
        Expr::Lit(Lit::Num(Number { span: self.span, value: value as f64, raw: None }))
    }

    fn method(&self, object: Expr, name: &str) -> Expr {
        let prop = MemberProp::Ident(IdentName::new(name.into(), self.span));
        MemberExpr { span: self.span, obj: Box::new(object), prop }.into()
    }

    fn call(&self, callee: Expr, arguments: Vec<Expr>) -> Expr {
        let args = arguments
            .into_iter()
            .map(|expr| ExprOrSpread { spread: None, expr: Box::new(expr) })
            .collect();
        let callee = Callee::Expr(Box::new(callee));
        CallExpr { span: self.span, callee, args, ..CallExpr::default() }.into()
    }
}

/// A part of the text of a request.
enum Piece {
    Text(String),
    Unknown,
}

impl Piece {
    fn pattern(&self) -> String {
        match self {
            Self::Text(text) => text.chars().map(escaped).collect(),
            Self::Unknown => ".*".to_owned(),
        }
    }
}

fn escaped(character: char) -> String {
    let is_special = r"\^$.*+?()[]{}|/".contains(character);
    if is_special { format!("\\{character}") } else { character.to_string() }
}

/// Reads a request.
struct Reader<'a> {
    texts: &'a Texts,
    /// The syntax context of free names.
    free: SyntaxContext,
}

impl Reader<'_> {
    /// Returns the parts of a request. If its whole text is known, that is the only part.
    fn pieces(&self, expr: &Expr) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.add(expr, &mut pieces);
        let is_file = matches!(pieces.first(),
            Some(Piece::Text(text)) if text.starts_with("./") || text.starts_with("../"));
        if !is_file && !self.texts.is_empty() {
            return Reader { texts: &Texts::default(), ..*self }.pieces(expr);
        }
        pieces
    }

    /// Adds the parts of an expression, from left to right.
    fn add(&self, expr: &Expr, pieces: &mut Vec<Piece>) {
        if let Some((known, _)) = text(expr) {
            return add_text(&known, pieces);
        }
        match expr {
            Expr::Paren(paren) => self.add(&paren.expr, pieces),
            Expr::Ident(name) if self.texts.contains_key(&name.to_id()) => {
                add_text(&self.texts[&name.to_id()].to_string_lossy(), pieces);
            }
            Expr::Bin(BinExpr { op: BinaryOp::Add, left, right, .. }) => {
                self.add(left, pieces);
                self.add(right, pieces);
            }
            Expr::Bin(BinExpr {
                op: op @ (BinaryOp::LogicalAnd | BinaryOp::LogicalOr),
                left,
                right,
                ..
            }) if let Some(is_true) = self.truth(left) => {
                let is_right = is_true == (*op == BinaryOp::LogicalAnd);
                self.add(if is_right { right } else { left }, pieces);
            }
            Expr::Tpl(template) => self.add_template(template, pieces),
            Expr::Call(call) if self.add_concat(call, pieces) => {}
            _ => pieces.push(Piece::Unknown),
        }
    }

    /// Returns whether an expression is true, if that is known.
    fn truth(&self, expr: &Expr) -> Option<bool> {
        let known = expr.as_ident().and_then(|name| self.texts.get(&name.to_id()));
        known.map_or_else(|| truth(expr, self.free), |text| Some(!text.is_empty()))
    }

    fn add_template(&self, template: &Tpl, pieces: &mut Vec<Piece>) {
        for (index, quasi) in template.quasis.iter().enumerate() {
            match &quasi.cooked {
                Some(cooked) => add_text(&cooked.to_string_lossy(), pieces),
                None => pieces.push(Piece::Unknown),
            }
            if let Some(value) = template.exprs.get(index) {
                self.add(value, pieces);
            }
        }
    }

    /// Adds the parts of `"text".concat(…)`, which lowering and Babel write for templates. Returns
    /// false for any other call.
    fn add_concat(&self, call: &CallExpr, pieces: &mut Vec<Piece>) -> bool {
        let Callee::Expr(callee) = &call.callee else { return false };
        let Expr::Member(member) = &**callee else { return false };
        let is_concat = member_name(&member.prop).as_deref() == Some("concat");
        if !is_concat || call.args.iter().any(|argument| argument.spread.is_some()) {
            return false;
        }
        self.add(&member.obj, pieces);
        call.args.iter().for_each(|argument| self.add(&argument.expr, pieces));
        true
    }
}

/// Adds text to the text before it, so the first piece is all that comes before the first unknown.
fn add_text(known: &str, pieces: &mut Vec<Piece>) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(known),
        Some(Piece::Unknown) | None => pieces.push(Piece::Text(known.to_owned())),
    }
}
