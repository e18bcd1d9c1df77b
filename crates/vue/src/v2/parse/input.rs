//! `<input v-model :type>`: what `v-model` means depends on the type, so there is one element for
//! check boxes, one for radio buttons and one for the rest, of which one is shown.

use bundle_base::Span;

use super::{
    Context,
    draft::Draft,
    process::{process, process_for},
};
use crate::{
    code::Code,
    v2::tree::{Attribute, Branch, Condition, ElementId, Tree},
};

/// The first of three elements with the others as its branches, in place of one whose type is
/// bound.
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
    add(&mut first, "type", Code::made("checkbox"), span);
    process(&mut first, around, tree, cx);
    first.is_processed = true;

    // The first one repeats all three.
    draft.take("v-for");
    let mut other = |name: &str, value: Code| {
        let mut branch = copy(&draft, tree.next_id());
        branch.is_in_for = is_in_for;
        add(&mut branch, name, value, span);
        process(&mut branch, around, tree, cx);
        let id = branch.id;
        tree.put(id, branch.element);
        id
    };
    let radio = other("type", Code::made("radio"));
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

/// The expression of the type of an `<input>` with `v-model`, if it is one.
fn bound_type(draft: &mut Draft) -> Option<Code> {
    if draft.element.tag != "input" || draft.value("v-model").is_none() {
        return None;
    }
    let is_bound = draft.value(":type").or_else(|| draft.value("v-bind:type")).is_some();
    let bound = if is_bound { draft.take_bound_or_static("type") } else { None };
    if bound.is_some() || draft.value("type").is_some() {
        return bound;
    }
    let object = draft.value("v-bind")?;
    let mut code = Code::made("(");
    code.push(object);
    code.push_str(").type");
    Some(code)
}

/// The same start tag with the attributes that nobody has taken.
fn copy(draft: &Draft, id: ElementId) -> Draft {
    let mut element = draft.element.clone();
    element.attributes =
        draft.left.iter().map(|index| draft.element.attributes[*index].clone()).collect();
    Draft::new(id, element)
}

fn add(draft: &mut Draft, name: &str, value: Code, span: Span) {
    draft.add(Attribute { name: Code::made(name), value, span });
}

fn test(kind: &Code, name: &str, condition: Option<&Code>) -> Code {
    let mut code = Code::made("(");
    code.push(kind);
    code.push_str(&format!(")==='{name}'"));
    if let Some(condition) = condition {
        code.push_str("&&(");
        code.push(condition);
        code.push_str(")");
    }
    code
}
