//! Writes the call that sets the custom properties of styles from the component's state:
//! `_useCssVars((_vm, _setup) => ({ "id-color": (_vm.color) }))`.

use bundle_base::{Label, loader::Language};

use super::block::ScriptOptions;
use crate::{
    expression::mentions,
    mapped_code::MappedCode,
    v2::{bindings::Bindings, css_vars, prefix::is_global},
};

/// The name of Vue's function that sets them.
pub(super) const HELPER: &str = "useCssVars";

/// Returns the call. `Err` holds the places of the texts that are not expressions.
pub(super) fn call(
    variables: &[MappedCode],
    bindings: &Bindings,
    options: &ScriptOptions<'_>,
) -> Result<MappedCode, Vec<Label>> {
    let mut code = MappedCode::made("_useCssVars((_vm, _setup) => ({\n  ");
    let mut wrong = Vec::new();
    for (index, variable) in variables.iter().enumerate() {
        let Some(value) = prefixed(variable, bindings) else {
            wrong.push(Label::new(options.source, variable.whole_span()));
            continue;
        };
        let name = css_vars::name(options.id, variable.text(), options.is_production);
        code.push_str(if index > 0 { ",\n  " } else { "" });
        code.push_str(&format!("\"{name}\": ("));
        code.push(&value);
        // A comment at the end of the value must not include the parenthesis.
        code.push_str(if value.text().contains("//") { "\n)" } else { ")" });
    }
    code.push_str("\n}))");
    if wrong.is_empty() { Ok(code) } else { Err(wrong) }
}

/// Returns an expression whose names are read from the component. `None` if the text is not an
/// expression.
fn prefixed(expression: &MappedCode, bindings: &Bindings) -> Option<MappedCode> {
    let tree = bundle_js::parse_expression(expression.text(), Language::JavaScript)?;
    let mut mentions = mentions(&*tree);
    mentions.sort_by_key(|mention| mention.span.start);
    let mut code = MappedCode::default();
    let mut copied = 0;
    for mention in mentions.iter().filter(|mention| !is_global(&mention.name)) {
        let is_setup = bindings.is_setup
            && bindings.names.get(mention.name.as_str()).is_some_and(|binding| binding.is_setup());
        let (start, end) = (mention.span.start as usize, mention.span.end as usize);
        code.push_slice(expression, copied..if mention.is_shorthand { end } else { start });
        code.push_str(if mention.is_shorthand { ": " } else { "" });
        code.push_str(if is_setup { "_setup." } else { "_vm." });
        code.push_slice(expression, start..end);
        copied = end;
    }
    code.push_slice(expression, copied..expression.text().len());
    Some(code)
}
