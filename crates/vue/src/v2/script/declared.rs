//! Finds the kinds of declared names for the template: whether they may be refs, and whether they
//! may change.

use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    BinaryOp, Decl, Expr, Lit, ObjectPatProp, Pat, VarDecl, VarDeclKind, VarDeclarator,
};

use super::{
    calls::{call, is_call_of, plain},
    options::Names,
};
use crate::v2::bindings::Binding;

/// The local names of Vue's exports, by their exported names.
pub(super) type Aliases = FxHashMap<String, String>;

/// Adds the names that a declaration declares at run time.
pub(super) fn declare(declaration: &Decl, aliases: &Aliases, names: &mut Names) {
    let constant = match declaration {
        Decl::Var(variables) if !variables.declare => {
            return declare_variables(variables, aliases, names);
        }
        Decl::Fn(function) if !function.declare && function.function.body.is_some() => {
            &function.ident
        }
        Decl::Class(class) if !class.declare => &class.ident,
        Decl::TsEnum(enumeration) if !enumeration.declare => &enumeration.id,
        _ => return,
    };
    names.insert(constant.sym.to_string(), Binding::SetupConst);
}

fn declare_variables(variables: &VarDecl, aliases: &Aliases, names: &mut Names) {
    let is_constant = variables.kind == VarDeclKind::Const;
    for variable in &variables.decls {
        let init = variable.init.as_deref();
        if let Pat::Ident(name) = &variable.name {
            names.insert(name.id.sym.to_string(), of_variable(variable, is_constant, aliases));
        } else if is_call_of(init, "defineProps") {
            // Destructured props stay props. As in Vue's compiler, this skips the declarators after
            // them too.
            return;
        } else {
            let is_macro = is_constant && is_macro(init);
            Pattern { is_constant, is_macro }.names(&variable.name, names);
        }
    }
}

fn of_variable(variable: &VarDeclarator, is_constant: bool, aliases: &Aliases) -> Binding {
    let alias = |name: &'static str| aliases.get(name).map_or(name, String::as_str);
    let (init, reactive) = (variable.init.as_deref(), alias("reactive"));
    if !is_constant {
        Binding::SetupLet
    } else if is_call_of(init, reactive) || is_call_of(init, "defineProps") {
        Binding::SetupReactiveConst
    } else if is_macro(init) || init.is_some_and(|init| can_never_be_ref(init, reactive)) {
        Binding::SetupConst
    } else if is_call_of(init, alias("ref")) {
        Binding::SetupRef
    } else {
        Binding::SetupMaybeRef
    }
}

fn is_macro(init: Option<&Expr>) -> bool {
    init.and_then(call)
        .is_some_and(|(name, _)| matches!(name, "defineProps" | "defineEmits" | "withDefaults"))
}

fn can_never_be_ref(expression: &Expr, reactive: &str) -> bool {
    let mut last = plain(expression);
    while let Expr::Seq(sequence) = last {
        let Some(end) = sequence.exprs.last() else { return false };
        last = plain(end);
    }
    match last {
        Expr::Bin(binary) => !matches!(
            binary.op,
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing
        ),
        Expr::Lit(literal) => !matches!(literal, Lit::JSXText(_)),
        Expr::Unary(_)
        | Expr::Array(_)
        | Expr::Object(_)
        | Expr::Fn(_)
        | Expr::Arrow(_)
        | Expr::Update(_)
        | Expr::Class(_)
        | Expr::Tpl(_)
        | Expr::TaggedTpl(_) => true,
        other => is_call_of(Some(other), reactive),
    }
}

/// How a pattern declares its names.
#[derive(Clone, Copy)]
struct Pattern {
    is_constant: bool,
    /// The pattern destructures the result of a macro. Nested patterns do not.
    is_macro: bool,
}

impl Pattern {
    fn names(self, pattern: &Pat, names: &mut Names) {
        let inner = Self { is_macro: false, ..self };
        match pattern {
            Pat::Ident(name) => self.add(&name.id.sym, names),
            Pat::Array(array) => {
                array.elems.iter().flatten().for_each(|element| self.element(element, names));
            }
            Pat::Object(object) => {
                object.props.iter().for_each(|property| self.property(property, names));
            }
            Pat::Rest(rest) => match &*rest.arg {
                Pat::Ident(name) => self.add_rest(&name.id.sym, names),
                nested => inner.names(nested, names),
            },
            Pat::Assign(assigned) => match &*assigned.left {
                Pat::Ident(name) => self.add(&name.id.sym, names),
                nested => inner.names(nested, names),
            },
            Pat::Expr(_) | Pat::Invalid(_) => {}
        }
    }

    fn element(self, element: &Pat, names: &mut Names) {
        let is_nested = matches!(element, Pat::Array(_) | Pat::Object(_));
        Self { is_macro: self.is_macro && !is_nested, ..self }.names(element, names);
    }

    fn property(self, property: &ObjectPatProp, names: &mut Names) {
        match property {
            ObjectPatProp::KeyValue(property) => self.element(&property.value, names),
            ObjectPatProp::Assign(shorthand) => self.add(&shorthand.key.id.sym, names),
            ObjectPatProp::Rest(rest) => {
                if let Pat::Ident(name) = &*rest.arg {
                    self.add_rest(&name.id.sym, names);
                }
            }
        }
    }

    fn add(self, name: &str, names: &mut Names) {
        let binding = match self {
            Self { is_macro: true, .. } => Binding::SetupConst,
            Self { is_constant: true, .. } => Binding::SetupMaybeRef,
            Self { .. } => Binding::SetupLet,
        };
        names.insert(name.to_owned(), binding);
    }

    /// Adds the name of a rest element, which is a new object or array.
    fn add_rest(self, name: &str, names: &mut Names) {
        let binding = if self.is_constant { Binding::SetupConst } else { Binding::SetupLet };
        names.insert(name.to_owned(), binding);
    }
}
