//! `<input v-model :type>`: what `v-model` means depends on the type. So the element becomes three,
//! one for check boxes, one for radio buttons and one for all other types, and one of them is
//! rendered.

use bundle_base::Span;

use super::{
    context::Context,
    draft::Draft,
    process::{process, process_for},
};
use crate::{
    mapped_code::MappedCode,
    v2::tree::{Attribute, Branch, Condition, ElementId, Tree},
};

/// Replaces an `<input>` whose type is bound by three elements. Returns the first; its branches are
/// all three. Returns any other element as it is.
pub(super) fn expand(
    mut draft: Draft,
    around: &[Draft],
    tree: &mut Tree,
    cx: &mut Context<'_>,
) -> Draft {
    let Some(kind) = bound_type(&mut draft) else { return draft };
    let span = draft.span_of("type");
    let condition = draft.take_value("v-if").map(|taken| taken.value);
    let is_else = draft.take("v-else").is_some();
    let else_if = draft.take_value("v-else-if").map(|taken| taken.value);

    let is_in_for = around.last().is_some_and(|parent| parent.is_in_for);
    let mut first = copy(&draft, draft.id);
    process_for(&mut first, cx);
    first.is_in_for = is_in_for || first.element.repeat.is_some();
    add(&mut first, "type", MappedCode::made("checkbox"), span);
    process(&mut first, around, tree, cx);
    first.is_processed = true;

    // The `v-for` of the first element repeats all three.
    draft.take("v-for");
    let mut other = |name: &str, value: MappedCode| {
        let mut branch = copy(&draft, tree.next_id());
        branch.is_in_for = is_in_for;
        add(&mut branch, name, value, span);
        process(&mut branch, around, tree, cx);
        let id = branch.id;
        tree.put(id, branch.element);
        id
    };
    let radio = other("type", MappedCode::made("radio"));
    let rest = other(":type", kind.clone());

    let is_checkbox = test(&kind, "checkbox", condition.as_ref());
    let is_radio = test(&kind, "radio", condition.as_ref());
    first.element.condition = match else_if {
        _ if is_else => Condition::Else,
        Some(test) => Condition::ElseIf(test),
        None => Condition::If,
    };
    first.element.branches = vec![
        Branch { test: Some(is_checkbox), element: first.id },
        Branch { test: Some(is_radio), element: radio },
        Branch { test: condition, element: rest },
    ];
    first
}

/// Returns the expression of the type of an `<input>` with `v-model`, if the type is bound.
fn bound_type(draft: &mut Draft) -> Option<MappedCode> {
    if draft.element.tag != "input" || draft.value("v-model").is_none() {
        return None;
    }
    let is_bound = draft.value(":type").or_else(|| draft.value("v-bind:type")).is_some();
    let bound = if is_bound { draft.take_bound_or_static("type") } else { None };
    if bound.is_some() || draft.value("type").is_some() {
        return bound;
    }
    let object = draft.value("v-bind")?;
    let mut code = MappedCode::made("(");
    code.push(object);
    code.push_str(").type");
    Some(code)
}

/// Returns a draft with the same start tag and the attributes that have not been taken.
fn copy(draft: &Draft, id: ElementId) -> Draft {
    let mut element = draft.element.clone();
    element.attributes =
        draft.left.iter().map(|index| draft.element.attributes[*index].clone()).collect();
    Draft::new(id, element)
}

fn add(draft: &mut Draft, name: &str, value: MappedCode, span: Span) {
    draft.add(Attribute { name: MappedCode::made(name), value, span });
}

fn test(kind: &MappedCode, name: &str, condition: Option<&MappedCode>) -> MappedCode {
    let mut code = MappedCode::made("(");
    code.push(kind);
    code.push_str(&format!(")==='{name}'"));
    if let Some(condition) = condition {
        code.push_str("&&(");
        code.push(condition);
        code.push_str(")");
    }
    code
}
