//! Writes the props of a component, `props: { size: { type: Number, required: true } }`, and the
//! constant that holds them in setup.

use bundle_base::Span;
use bundle_js::block_span;
use rustc_hash::FxHashMap;
use swc_common::Spanned;
use swc_ecma_ast::{FunctionBody, ObjectLit, Pat, Prop, PropName, PropOrSpread, TsTypeAnn};

use super::parts::Parts;
use crate::{
    mapped_code::MappedCode,
    v2::script::{
        macros::Props,
        types::{self, Shape, TypedProp},
    },
};

pub(super) fn write(parts: &Parts<'_>, helpers: &mut Vec<&'static str>, code: &mut MappedCode) {
    let Some(props) = &parts.macros.props else { return };
    if let Some(runtime) = props.runtime {
        code.push_str("\n  props: ");
        parts.file.copy(runtime, code);
        code.push_str(",");
    } else {
        typed(parts, props, helpers, code);
    }
}

/// Writes the props that a type declares.
fn typed(
    parts: &Parts<'_>,
    props: &Props<'_>,
    helpers: &mut Vec<&'static str>,
    code: &mut MappedCode,
) {
    let declared = props.shape.map(|shape| parts.types.props(shape)).unwrap_or_default();
    if declared.is_empty() {
        return;
    }
    // Defaults that are all written out are put into their props. Others are merged at run time.
    let merged = props.defaults.filter(|defaults| !is_static(defaults));
    let defaults =
        props.defaults.filter(|defaults| is_static(defaults)).map(by_name).unwrap_or_default();
    code.push_str("\n  props: ");
    if merged.is_some() {
        helpers.push("mergeDefaults");
        code.push_str("_mergeDefaults(");
    }
    code.push_str("{\n    ");
    for (index, (name, prop)) in declared.iter().enumerate() {
        code.push_str(if index > 0 { ",\n    " } else { "" });
        write_prop(parts, name, prop, defaults.get(name.as_str()), code);
    }
    code.push_str("\n  }");
    if let Some(defaults) = merged {
        code.push_str(", ");
        parts.file.copy(defaults, code);
        code.push_str(")");
    }
    code.push_str(",");
}

fn write_prop(
    parts: &Parts<'_>,
    name: &str,
    prop: &TypedProp,
    default: Option<&Default<'_>>,
    code: &mut MappedCode,
) {
    let checks: Vec<&str> = prop.checks.iter().copied().collect();
    let checks = match checks.as_slice() {
        [one] => (*one).to_owned(),
        several => format!("[{}]", several.join(", ")),
    };
    let mut members = Vec::new();
    if !parts.is_production {
        members.push(format!("type: {checks}"));
        members.push(format!("required: {}", prop.is_required));
    } else if prop.checks.contains("Boolean")
        || (default.is_some() && prop.checks.contains("Function"))
    {
        // These types are needed in production too: an absent boolean is `false`, and a default
        // that is a function must not be called as a factory.
        members.push(format!("type: {checks}"));
    }
    if members.is_empty() && default.is_none() {
        return code.push_str(&format!("{name}: null"));
    }
    code.push_str(&format!("{name}: {{ {}", members.join(", ")));
    if let Some(default) = default {
        code.push_str(if members.is_empty() { "" } else { ", " });
        default.write(parts, code);
    }
    code.push_str(" }");
}

/// The default of a prop, if it is written out.
enum Default<'a> {
    Value(&'a dyn Spanned),
    Method(&'a FunctionBody),
}

impl Default<'_> {
    fn write(&self, parts: &Parts<'_>, code: &mut MappedCode) {
        match self {
            Self::Value(value) => {
                code.push_str("default: ");
                parts.file.copy(*value, code);
            }
            Self::Method(body) => {
                code.push_str("default() ");
                parts.file.copy(*body, code);
            }
        }
    }
}

/// Returns the defaults by the names of their props.
fn by_name(defaults: &ObjectLit) -> FxHashMap<&str, Default<'_>> {
    let mut found = FxHashMap::default();
    for property in defaults.props.iter().filter_map(PropOrSpread::as_prop) {
        let (name, default) = match &**property {
            Prop::Shorthand(value) => (Some(&*value.sym), Some(Default::Value(value))),
            Prop::KeyValue(property) => {
                (key(&property.key), Some(Default::Value(&*property.value)))
            }
            Prop::Method(method) => {
                (key(&method.key), method.function.body.as_ref().map(Default::Method))
            }
            Prop::Getter(getter) => {
                (key(&getter.key), getter.function.body.as_ref().map(Default::Method))
            }
            Prop::Setter(_) | Prop::Assign(_) => (None, None),
        };
        if let (Some(name), Some(default)) = (name, default) {
            found.entry(name).or_insert(default);
        }
    }
    found
}

fn key(name: &PropName) -> Option<&str> {
    match name {
        PropName::Ident(name) => Some(&name.sym),
        _ => None,
    }
}

fn is_static(defaults: &ObjectLit) -> bool {
    defaults.props.iter().all(|property| match property {
        PropOrSpread::Spread(_) => false,
        PropOrSpread::Prop(property) => match &**property {
            Prop::KeyValue(property) => !property.key.is_computed(),
            Prop::Shorthand(_)
            | Prop::Method(_)
            | Prop::Getter(_)
            | Prop::Setter(_)
            | Prop::Assign(_) => true,
        },
    })
}

/// Writes `const props = __props;` with the script's name or pattern.
pub(super) fn write_constant(parts: &Parts<'_>, code: &mut MappedCode) {
    let Some(props) = &parts.macros.props else { return };
    let Some(target) = props.target else { return };
    code.push_str("\nconst ");
    let span = typed_span(target);
    code.push_copied(parts.file.text(span), span.start);
    code.push_str(" = __props");
    if let Some(shape) = props.shape {
        code.push_str(&format!(" as {}", setup_type(parts, props, shape)));
    }
    code.push_str(";\n");
}

/// Returns the span of a pattern, its type included.
fn typed_span(pattern: &Pat) -> Span {
    let annotation: Option<&TsTypeAnn> = match pattern {
        Pat::Ident(name) => name.type_ann.as_deref(),
        Pat::Array(array) => array.type_ann.as_deref(),
        Pat::Object(object) => object.type_ann.as_deref(),
        _ => None,
    };
    let span = block_span(pattern.span());
    Span::new(
        span.start,
        annotation.map_or(span.end, |annotation| block_span(annotation.span).end.max(span.end)),
    )
}

/// Returns the type of the props in setup, where props with a default are never absent.
fn setup_type(parts: &Parts<'_>, props: &Props<'_>, shape: Shape<'_>) -> String {
    let Some(defaults) = props.defaults.filter(|defaults| is_static(defaults)) else {
        return parts.file.text(shape.span()).to_owned();
    };
    let Shape::Members { members, .. } = shape else { return "{}".to_owned() };
    let defaults = by_name(defaults);
    let members: Vec<String> = members
        .iter()
        .filter_map(|member| {
            let (name, _) = types::member_name(member)?;
            let (head, annotation) = types::member_parts(member)?;
            let of = parts.file.text(annotation);
            Some(match defaults.get(name) {
                Some(_) if member.is_ts_method_signature() => format!("{name}(){of}"),
                Some(_) => format!("{name}{of}"),
                None => format!("{}{of}", parts.file.text(head)),
            })
        })
        .collect();
    format!("{{ {} }}", members.join(", "))
}
