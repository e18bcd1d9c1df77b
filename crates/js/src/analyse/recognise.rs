//! Which expressions request a module. Analysis lists the requests, and rendering finds their calls
//! again with the same code, so both agree. A name counts as `require` only if nothing in the file
//! declares it; the parameters of browserify bundles and UMD wrappers do not count.

use std::borrow::Cow;

use bundle_base::{
    Config,
    config::{Format, Platform},
};
use bundle_graph::record::{
    Attribute, ContextMode, ContextRequest, GlobRequest, Path, RequestKind,
};
use swc_common::{Span, Spanned, SyntaxContext};
use swc_ecma_ast::{
    ArrayLit, BinaryOp, CallExpr, Callee, Expr, Ident, Lit, MemberExpr, MemberProp, MetaPropKind,
    NewExpr, ObjectLit, Prop, PropName, PropOrSpread, Regex, Str,
};

use super::request_table::Key;
use crate::scopes::{free, runtime};

/// The words for modes: webpack's, and one of our own.
pub(super) const MODES: [(&str, ContextMode); 7] = [
    ("sync", ContextMode::Sync),
    ("weak", ContextMode::Sync),
    ("request", ContextMode::Request),
    ("lazy", ContextMode::Lazy),
    ("lazy-once", ContextMode::Lazy),
    ("async-weak", ContextMode::Lazy),
    ("eager", ContextMode::Eager),
];

/// Finds requests in expressions.
#[derive(Clone, Copy)]
pub(crate) struct Recognise {
    /// The syntax contexts of free names, and of names of our runtime.
    free: SyntaxContext,
    runtime: SyntaxContext,
    /// Whether workers get files of their own.
    bundles_workers: bool,
}

/// An expression that requests a module.
pub(crate) struct ModuleRequest {
    pub specifier: String,
    pub kind: RequestKind,
    /// The span of the specifier's literal.
    pub literal: Span,
    /// The span of the whole expression.
    pub call: Span,
    pub attribute: Option<Attribute>,
}

impl ModuleRequest {
    /// Returns the key, which is equal for requests that are the same.
    pub fn key(&self) -> Key {
        (self.specifier.clone(), self.kind.clone(), self.attribute.clone())
    }

    /// Whether the value of the expression is a promise.
    pub fn is_dynamic(&self) -> bool {
        self.kind == RequestKind::Dynamic
    }
}

impl Recognise {
    /// Makes the finder for programs whose names are numbered.
    pub fn new(config: &Config) -> Self {
        Self { free: free(), runtime: runtime(), bundles_workers: bundles_workers(config) }
    }

    /// Returns the request that an expression makes.
    pub fn expr(self, expr: &Expr) -> Option<ModuleRequest> {
        match expr {
            Expr::Call(call) => self.call(call),
            Expr::New(new) if self.bundles_workers => self.worker(new).or_else(|| self.url(new)),
            Expr::New(new) => self.url(new),
            _ => None,
        }
    }

    /// Returns the request that a call makes.
    pub fn call(self, call: &CallExpr) -> Option<ModuleRequest> {
        match &call.callee {
            Callee::Import(_) if call.ctxt == self.ignored_context() => None,
            Callee::Import(_) => {
                let found = simple(call, RequestKind::Dynamic)?;
                let attribute = if call.ctxt == self.runtime {
                    Some(Attribute::LaterRequires(listed_specifiers(&found.specifier)))
                } else {
                    let attribute_type = call.args.get(1).and_then(|a| options_type(&a.expr));
                    attribute_type.map(Attribute::Type)
                };
                Some(ModuleRequest { attribute, ..found })
            }
            Callee::Expr(callee) => match &**callee {
                Expr::Ident(ident) if self.is_free(ident, "require") => {
                    simple(call, RequestKind::Require)
                }
                Expr::Member(member) => self.method(member, call),
                _ => None,
            },
            Callee::Super(_) => None,
        }
    }

    /// Returns the syntax context of an `import()` whose specifier lists what its module requires
    /// later. No other call of `import` has it.
    pub fn listing_context() -> SyntaxContext {
        runtime()
    }

    /// Returns the syntax context that a call of `import` or `new URL` has if a comment leaves it
    /// to the browser. Calls have none otherwise.
    pub fn ignored_context(self) -> SyntaxContext {
        self.free
    }

    /// Whether a name is the global of that name.
    pub fn is_free(self, ident: &Ident, name: &str) -> bool {
        ident.ctxt == self.free && ident.sym == name
    }

    /// Whether an expression is the global of that name.
    pub fn is_free_name(self, expr: &Expr, name: &str) -> bool {
        matches!(expr, Expr::Ident(ident) if self.is_free(ident, name))
    }

    fn method(self, member: &MemberExpr, call: &CallExpr) -> Option<ModuleRequest> {
        if self.is_free_name(&member.obj, "require") {
            return match &*member_name(&member.prop)? {
                "resolve" => simple(call, RequestKind::RequireResolve),
                "context" => context(call),
                _ => None,
            };
        }
        if !is_import_meta(&member.obj) {
            return None;
        }
        match &*member_name(&member.prop)? {
            "glob" => glob(call, false),
            "globEager" => glob(call, true),
            "webpackContext" => webpack_context(call),
            _ => None,
        }
    }

    /// Returns the request of `new Worker(new URL("./file", import.meta.url), …)`.
    fn worker(self, new: &NewExpr) -> Option<ModuleRequest> {
        let found = self.url(self.worker_address(new)?)?;
        Some(ModuleRequest { kind: RequestKind::Worker, call: new.span, ..found })
    }

    /// Whether an expression starts a worker whose file is part of the build.
    pub fn new_worker(self, new: &NewExpr) -> bool {
        self.bundles_workers && self.worker(new).is_some()
    }

    /// Returns the `new URL(…)` that is the address of a worker.
    pub fn worker_address(self, new: &NewExpr) -> Option<&NewExpr> {
        let starts = ["Worker", "SharedWorker"]
            .iter()
            .any(|name| self.is_free_name(new.callee.unwrap_parens(), name));
        let first =
            new.args.as_deref()?.first().filter(|first| starts && first.spread.is_none())?;
        let Expr::New(address) = first.expr.unwrap_parens() else { return None };
        self.relative_to_meta(address).map(|_| address)
    }

    /// Returns the first argument of `new URL(…, import.meta.url)`.
    pub fn relative_to_meta(self, new: &NewExpr) -> Option<&Expr> {
        let args = new.args.as_deref()?;
        let [first, base] = args else { return None };
        if new.ctxt == self.ignored_context() || first.spread.is_some() || base.spread.is_some() {
            return None;
        }
        let (first, base) = (&first.expr, &base.expr);
        let Expr::Member(base) = base.unwrap_parens() else { return None };
        let is_ours = self.is_free_name(new.callee.unwrap_parens(), "URL");
        (is_ours && base.prop.is_ident_with("url") && self.is_meta(base.obj.unwrap_parens()))
            .then_some(first)
    }

    /// Returns the request of `new URL("./file", import.meta.url)`.
    fn url(self, new: &NewExpr) -> Option<ModuleRequest> {
        let (specifier, literal) = text(self.relative_to_meta(new)?)?;
        is_relative(&specifier).then_some(ModuleRequest {
            specifier,
            kind: RequestKind::Url,
            literal,
            call: new.span,
            attribute: None,
        })
    }

    /// Whether an expression is `import.meta`, or the call of our runtime that replaces it.
    fn is_meta(self, expr: &Expr) -> bool {
        let is_runtime = |call: &CallExpr| match &call.callee {
            Callee::Expr(callee) => {
                matches!(
                    &**callee,
                    Expr::Ident(i) if i.ctxt == self.runtime && i.sym.starts_with("import_meta")
                )
            }
            Callee::Super(_) | Callee::Import(_) => false,
        };
        is_import_meta(expr) || matches!(expr, Expr::Call(call) if is_runtime(call))
    }
}

/// Whether workers get files of their own. They cannot in CommonJS, which does not know its own
/// address, and in Node, which starts threads in another way.
pub(crate) fn bundles_workers(config: &Config) -> bool {
    config.output.format != Format::Cjs && config.resolve.platform == Platform::Browser
}

/// Whether the output's surroundings have `require`.
pub(super) fn has_require(config: &Config) -> bool {
    match config.output.format {
        Format::Cjs => true,
        Format::Iife => config.resolve.platform == Platform::Node,
        Format::Esm => false,
    }
}

/// Whether an address is relative to the file that contains it.
pub(super) fn is_relative(address: &str) -> bool {
    !address.is_empty() && !address.starts_with('/') && !address.contains(':')
}

/// Returns the value of a string literal, of a template without expressions, or of a sum of these.
pub(crate) fn text(expr: &Expr) -> Option<(String, Span)> {
    match expr {
        Expr::Bin(sum) if sum.op == BinaryOp::Add => {
            let (left, right) = (text(&sum.left)?.0, text(&sum.right)?.0);
            Some((left + &right, sum.span))
        }
        Expr::Lit(Lit::Str(s)) => Some((string(s), s.span)),
        Expr::Tpl(tpl) if tpl.exprs.is_empty() => {
            let cooked = tpl.quasis.first()?.cooked.as_ref()?;
            Some((cooked.to_string_lossy().into_owned(), tpl.span))
        }
        Expr::Paren(paren) => text(&paren.expr),
        _ => None,
    }
}

/// Returns the value of a string literal. Lone surrogates become replacement characters; no module
/// has one in its name.
pub(crate) fn string(literal: &Str) -> String {
    literal.value.to_string_lossy().into_owned()
}

/// Returns the name of a member written `.name` or `["name"]`.
pub(crate) fn member_name(prop: &MemberProp) -> Option<Cow<'_, str>> {
    match prop {
        MemberProp::Ident(name) => Some(Cow::Borrowed(name.sym.as_str())),
        MemberProp::Computed(computed) => text(&computed.expr).map(|(name, _)| name.into()),
        MemberProp::PrivateName(_) => None,
    }
}

/// The most members that a path has. A longer chain has no path itself, but its first members do.
const LONGEST_PATH: usize = 4;

/// Returns the name at the start of a chain of members that may be a path.
pub(crate) fn start_of_path(member: &MemberExpr) -> Option<&Ident> {
    let mut object = &*member.obj;
    for _ in 0..LONGEST_PATH {
        match object {
            Expr::Ident(ident) => return Some(ident),
            Expr::Member(inner) => object = &inner.obj,
            _ => return None,
        }
    }
    None
}

/// Returns the name at the start of a chain of members, and the members' names, if all of them are
/// written: `ns.a["b"]` is `ns` and `a`, `b`.
pub(crate) fn path(member: &MemberExpr) -> Option<(&Ident, Path)> {
    let mut names = vec![member_name(&member.prop)?.into_owned()];
    let mut object = &*member.obj;
    loop {
        match object {
            Expr::Ident(ident) => {
                names.reverse();
                return Some((ident, names));
            }
            Expr::Member(inner) if names.len() < LONGEST_PATH => {
                names.push(member_name(&inner.prop)?.into_owned());
                object = &inner.obj;
            }
            _ => return None,
        }
    }
}

/// Returns the `type` of import attributes.
pub(crate) fn attribute_type(with: &ObjectLit) -> Option<String> {
    property(with, "type").and_then(text).map(|(value, _)| value)
}

pub(super) fn is_import_meta(expr: &Expr) -> bool {
    matches!(expr, Expr::MetaProp(meta) if meta.kind == MetaPropKind::ImportMeta)
}

/// Returns the specifier of an `import()` that lists what its module requires later.
pub(crate) fn listing_specifier(specifiers: &[String]) -> String {
    format!("{LISTING}{}", specifiers.join("\n"))
}

/// Returns the specifiers in the specifier of such an `import()`.
fn listed_specifiers(specifier: &str) -> Vec<String> {
    let list = specifier.strip_prefix(LISTING).unwrap_or(specifier).split('\n');
    list.filter(|specifier| !specifier.is_empty()).map(str::to_owned).collect()
}

/// The start of the specifier of such an `import()`, for those who read it.
const LISTING: &str = "require:";

fn simple(call: &CallExpr, kind: RequestKind) -> Option<ModuleRequest> {
    let first = call.args.first().filter(|a| a.spread.is_none())?;
    let (specifier, literal) = text(&first.expr)?;
    Some(ModuleRequest { specifier, kind, literal, call: call.span, attribute: None })
}

fn options_type(options: &Expr) -> Option<String> {
    let Expr::Object(options) = options else { return None };
    match property(options, "with").or_else(|| property(options, "assert"))? {
        Expr::Object(with) => attribute_type(with),
        _ => None,
    }
}

/// Returns the request of `require.context(directory, deep = true, pattern = /^\.\/.*$/)`.
fn context(call: &CallExpr) -> Option<ModuleRequest> {
    // The last three are ours: `request_pattern` writes them.
    context_of(call, |option| {
        let at = match option {
            "recursive" => 1,
            "regExp" => 2,
            "mode" => 3,
            "include" => 4,
            "exclude" => 5,
            _ => 6,
        };
        call.args.get(at).map(|argument| &*argument.expr)
    })
}

/// Returns the request of `import.meta.webpackContext(directory, { recursive, regExp, … })`.
fn webpack_context(call: &CallExpr) -> Option<ModuleRequest> {
    let options = match call.args.get(1).map(|argument| &*argument.expr) {
        None => None,
        Some(Expr::Object(options)) => Some(options),
        Some(_) => return None,
    };
    context_of(call, |option| property(options?, option))
}

/// Returns the request of a context. `option`: its options, by webpack's names for them.
fn context_of<'e>(
    call: &CallExpr,
    option: impl Fn(&'static str) -> Option<&'e Expr>,
) -> Option<ModuleRequest> {
    let is_deep = match option("recursive") {
        None => true,
        Some(Expr::Lit(Lit::Bool(deep))) => deep.value,
        // Lowering and minifiers write `!0`.
        Some(Expr::Unary(not)) => matches!(&*not.arg, Expr::Lit(Lit::Num(n)) if n.value == 0.0),
        Some(_) => return None,
    };
    let regex = |name: &'static str| match option(name)? {
        Expr::Lit(Lit::Regex(Regex { exp, flags, .. })) => {
            Some((exp.to_string(), flags.to_string()))
        }
        _ => None,
    };
    let (pattern, flags) = match option("regExp") {
        None => (r"^\.\/.*$".to_owned(), String::new()),
        Some(_) => regex("regExp")?,
    };
    let mode = match option("mode").and_then(text) {
        None => ContextMode::Sync,
        Some((word, _)) => *MODES.iter().find(|(name, _)| *name == word).map(|(_, mode)| mode)?,
    };
    let (include, exclude) = (regex("include"), regex("exclude"));
    let chunk_name = option("chunkName").and_then(text).map(|(name, _)| name);
    let request = ContextRequest { is_deep, pattern, flags, mode, include, exclude, chunk_name };
    simple(call, RequestKind::Context(Box::new(request)))
}

/// Returns the request of `import.meta.glob(pattern | patterns, { eager, import, query, base })`,
/// or of `import.meta.globEager` of Vite 2. `as: "raw"` of Vite 2 to 5 is a query, too.
fn glob(call: &CallExpr, is_eager: bool) -> Option<ModuleRequest> {
    let first = &call.args.first()?.expr;
    let patterns = match &**first {
        Expr::Array(ArrayLit { elems, .. }) => elems
            .iter()
            .map(|e| text(&e.as_ref()?.expr).map(|(p, _)| p))
            .collect::<Option<Vec<_>>>()?,
        other => vec![text(other)?.0],
    };
    let options = match call.args.get(1) {
        Some(options) => Some(options.expr.as_object()?),
        None => None,
    };
    let option = |name: &str| options.and_then(|options| property(options, name));
    // `None` for a value that is not a literal.
    let word = |name: &str| match option(name) {
        Some(value) => text(value).map(|(word, _)| Some(word)),
        None => Some(None),
    };
    let is_eager = match option("eager") {
        Some(value) => matches!(value, Expr::Lit(Lit::Bool(eager)) if eager.value),
        None => is_eager,
    };
    let form = word("as")?;
    let is_value = matches!(form.as_deref(), Some("raw" | "url"));
    let import = word("import")?.or_else(|| is_value.then(|| "default".to_owned()));
    let import = import.filter(|name| name != "*");
    let query = match option("query") {
        Some(Expr::Object(pairs)) => Some(query_of(pairs)?),
        _ => word("query")?.or(form),
    };
    let query = query
        .filter(|query| !query.is_empty())
        .map(|query| if query.starts_with('?') { query } else { format!("?{query}") });
    let specifier = patterns.first()?.clone();
    let request = GlobRequest { patterns, is_eager, import, query, base: word("base")? };
    let kind = RequestKind::Glob(Box::new(request));
    Some(ModuleRequest { specifier, kind, literal: first.span(), call: call.span, attribute: None })
}

/// Returns a query whose names and values are literals: `{ type: "x", big: true }` is
/// `type=x&big=true`.
fn query_of(pairs: &ObjectLit) -> Option<String> {
    let pair = |prop: &PropOrSpread| {
        let PropOrSpread::Prop(prop) = prop else { return None };
        let Prop::KeyValue(pair) = &**prop else { return None };
        let value = match &*pair.value {
            Expr::Lit(Lit::Bool(value)) => value.value.to_string(),
            Expr::Lit(Lit::Num(value)) => value.value.to_string(),
            value => text(value)?.0,
        };
        Some(format!("{}={value}", key_name(&pair.key)?))
    };
    pairs.props.iter().map(pair).collect::<Option<Vec<_>>>().map(|pairs| pairs.join("&"))
}

/// Returns the value of a property in an object literal.
pub(super) fn property<'a>(object: &'a ObjectLit, name: &str) -> Option<&'a Expr> {
    object.props.iter().find_map(|prop| {
        let PropOrSpread::Prop(prop) = prop else { return None };
        let Prop::KeyValue(pair) = &**prop else { return None };
        (key_name(&pair.key)? == name).then_some(&*pair.value)
    })
}

/// Returns the name of a property written `name:` or `"name":`.
pub(crate) fn key_name(key: &PropName) -> Option<String> {
    match key {
        PropName::Ident(name) => Some(name.sym.as_str().to_owned()),
        PropName::Str(name) => Some(string(name)),
        PropName::Num(_) | PropName::Computed(_) | PropName::BigInt(_) => None,
    }
}
