//! Attributes to Vue's data object: `class`, `key` and their like stand at its root; `onClick`, `domPropsInnerHTML` and
//! `props-value` go into the group that they start with; `v-show` becomes a directive; everything else is an attribute.

use swc_common::{DUMMY_SP, SyntaxContext};
use swc_ecma_ast::{
    ArrayLit, Bool, CallExpr, Callee, Expr, ExprOrSpread, Ident, IdentName, ImportDecl, ImportDefaultSpecifier,
    ImportPhase, ImportSpecifier, JSXAttr, JSXAttrName, JSXAttrOrSpread, JSXAttrValue, JSXExpr, KeyValueProp, Lit,
    ModuleDecl, ModuleItem, ObjectLit, Prop, PropName, PropOrSpread, Stmt, Str, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;

/// What merges groups of attributes at run time. It comes with Vue's JSX preset.
const MERGE: &str = "@vue/babel-helper-vue-jsx-merge-props";

const ROOT: &[&str] = &[
    "staticClass",
    "class",
    "style",
    "key",
    "ref",
    "refInFor",
    "slot",
    "scopedSlots",
    "model",
    "is",
    "attrs",
    "props",
    "domProps",
    "on",
    "nativeOn",
    "hook",
    "directives",
];
const GROUPS: &[&str] = &["domProps", "nativeOn", "props", "attrs", "hook", "on"];

/// One object under construction: entries at the root, groups, directives, in order of their first mention.
#[derive(Default)]
struct Data {
    root: Vec<(String, Expr)>,
    groups: Vec<(&'static str, Vec<(String, Expr)>)>,
    directives: Vec<Expr>,
}

/// The data object, or a call that merges several; `None` without attributes.
pub(super) fn data(attributes: Vec<JSXAttrOrSpread>, merge: &mut Option<Ident>) -> Option<Expr> {
    let mut parts: Vec<Expr> = Vec::new();
    let mut data = Data::default();
    for attribute in attributes {
        match attribute {
            JSXAttrOrSpread::JSXAttr(attribute) => data.add(attribute),
            JSXAttrOrSpread::SpreadElement(spread) => {
                parts.extend(std::mem::take(&mut data).object());
                parts.push(*spread.expr);
            }
        }
    }
    let has_spread = !parts.is_empty();
    parts.extend(data.object());
    if !has_spread {
        return parts.pop();
    }
    let helper = merge.get_or_insert_with(|| private_ident!("_merge_props")).clone();
    let list =
        ArrayLit { span: DUMMY_SP, elems: parts.into_iter().map(|part| Some(ExprOrSpread::from(part))).collect() };
    Some(Expr::Call(CallExpr {
        callee: Callee::Expr(Box::new(Expr::Ident(helper))),
        args: vec![Expr::Array(list).into()],
        ..CallExpr::default()
    }))
}

/// The import of the helper, in the module's own manner.
pub(super) fn merge_import(helper: Ident, is_module: bool, unresolved: SyntaxContext) -> ModuleItem {
    let specifier = Str { span: DUMMY_SP, value: MERGE.into(), raw: None };
    if is_module {
        let local = ImportSpecifier::Default(ImportDefaultSpecifier { span: DUMMY_SP, local: helper });
        return ModuleItem::ModuleDecl(ModuleDecl::Import(ImportDecl {
            span: DUMMY_SP,
            specifiers: vec![local],
            src: Box::new(specifier),
            type_only: false,
            with: None,
            phase: ImportPhase::Evaluation,
        }));
    }
    let call = CallExpr {
        callee: Callee::Expr(Box::new(Expr::Ident(Ident::new("require".into(), DUMMY_SP, unresolved)))),
        args: vec![Expr::Lit(Lit::Str(specifier)).into()],
        ..CallExpr::default()
    };
    let declarator =
        VarDeclarator { span: DUMMY_SP, name: helper.into(), init: Some(Box::new(Expr::Call(call))), definite: false };
    ModuleItem::Stmt(Stmt::from(VarDecl { kind: VarDeclKind::Var, decls: vec![declarator], ..VarDecl::default() }))
}

impl Data {
    fn add(&mut self, attribute: JSXAttr) {
        let name = match attribute.name {
            JSXAttrName::Ident(name) => name.sym.to_string(),
            JSXAttrName::JSXNamespacedName(name) => format!("{}:{}", name.ns.sym, name.name.sym),
        };
        let value = value(attribute.value);
        if ROOT.contains(&name.as_str()) {
            return self.root.push((name, value));
        }
        if let Some(directive) = directive(&name) {
            let entries = vec![("name".to_owned(), string(&directive)), ("value".to_owned(), value)];
            return self.directives.push(object(entries));
        }
        let group = GROUPS.iter().find_map(|group| Some((*group, in_group(name.strip_prefix(group)?)?)));
        let (group, name) = group.unwrap_or_else(|| ("attrs", xlink(&name)));
        match self.groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, entries)) => entries.push((name, value)),
            None => self.groups.push((group, vec![(name, value)])),
        }
    }

    fn object(self) -> Option<Expr> {
        let mut entries = self.root;
        entries.extend(self.groups.into_iter().map(|(group, of)| (group.to_owned(), object(of))));
        if !self.directives.is_empty() {
            let elems = self.directives.into_iter().map(|directive| Some(ExprOrSpread::from(directive))).collect();
            entries.push(("directives".to_owned(), Expr::Array(ArrayLit { span: DUMMY_SP, elems })));
        }
        (!entries.is_empty()).then(|| object(entries))
    }
}

/// `Click` → `click`, `-click` → `click`; anything else was another word: `once`.
fn in_group(rest: &str) -> Option<String> {
    if let Some(rest) = rest.strip_prefix(['-', ':']) {
        return Some(rest.to_owned());
    }
    let mut chars = rest.chars();
    let first = chars.next().filter(char::is_ascii_uppercase)?;
    Some(format!("{}{}", first.to_ascii_lowercase(), chars.as_str()))
}

/// `v-show`, `vShow` → `show`.
fn directive(name: &str) -> Option<String> {
    if let Some(name) = name.strip_prefix("v-") {
        return Some(name.to_owned());
    }
    let rest = name.strip_prefix('v')?;
    rest.starts_with(|c: char| c.is_ascii_uppercase()).then(|| in_group(rest)).flatten()
}

fn xlink(name: &str) -> String {
    match name.strip_prefix("xlink") {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => {
            format!("xlink:{}", rest.to_ascii_lowercase())
        }
        _ => name.to_owned(),
    }
}

fn value(value: Option<JSXAttrValue>) -> Expr {
    match value {
        Some(JSXAttrValue::Str(text)) => Expr::Lit(Lit::Str(Str { raw: None, ..text })),
        Some(JSXAttrValue::JSXExprContainer(container)) => match container.expr {
            JSXExpr::Expr(expr) => *expr,
            JSXExpr::JSXEmptyExpr(_) => boolean(),
        },
        Some(JSXAttrValue::JSXElement(element)) => Expr::JSXElement(element),
        Some(JSXAttrValue::JSXFragment(fragment)) => Expr::JSXFragment(fragment),
        None => boolean(),
    }
}

fn boolean() -> Expr {
    Expr::Lit(Lit::Bool(Bool { span: DUMMY_SP, value: true }))
}

fn string(value: &str) -> Expr {
    Expr::Lit(Lit::Str(Str { span: DUMMY_SP, value: value.into(), raw: None }))
}

fn object(entries: Vec<(String, Expr)>) -> Expr {
    let property = |(name, value): (String, Expr)| {
        let key = if Ident::verify_symbol(&name).is_ok() {
            PropName::Ident(IdentName::new(name.into(), DUMMY_SP))
        } else {
            PropName::Str(Str { span: DUMMY_SP, value: name.into(), raw: None })
        };
        PropOrSpread::Prop(Box::new(Prop::KeyValue(KeyValueProp { key, value: Box::new(value) })))
    };
    Expr::Object(ObjectLit { span: DUMMY_SP, props: entries.into_iter().map(property).collect() })
}
