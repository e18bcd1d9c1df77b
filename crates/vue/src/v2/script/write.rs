//! Writes the module of a `<script setup>`: imports, types and the other script, then the component
//! with its options, whose setup function has the rest of the statements.

use bundle_base::Span;

use self::parts::{Blocks, Parts, Wrap};
use super::{
    css,
    default_export::{CONSTANT, DefaultExport},
    edits::{Edits, Sorted},
};
use crate::{mapped_code::MappedCode, v2::literal::string};

mod emits; // the option `emits`
pub(super) mod parts; // the pieces of the module
mod props; // the option `props`

/// Writes the module.
pub(super) fn module(parts: &Parts<'_>, mut edits: Edits) -> MappedCode {
    let constant = parts.default_export.map(|export| constant(export, &mut edits));
    let edits = edits.sorted();
    let (mut body, mut helpers) = (MappedCode::default(), Vec::new());
    if parts.css.is_some() {
        helpers.push(css::HELPER);
    }
    component(parts, &edits, &mut helpers, &mut body);
    if parts.wrap == Wrap::DefineComponent {
        helpers.push("defineComponent");
    }

    let mut code = MappedCode::default();
    if !helpers.is_empty() {
        let names: Vec<String> = helpers.iter().map(|name| format!("{name} as _{name}")).collect();
        code.push_str(&format!("import {{ {} }} from 'vue'\n", names.join(", ")));
    }
    let (import, tail) = constant.unwrap_or_default();
    code.push_str(&import);
    // If the script follows the setup script, its constant still has to precede the component.
    let is_script_last =
        parts.blocks.script.is_some_and(|script| script.start > parts.blocks.setup.start);
    if is_script_last {
        script(parts, &edits, &tail, &mut code);
    }
    for piece in &parts.blocks.hoisted {
        edits.copy(parts.file, *piece, &mut code);
        end_line(&mut code);
    }
    if !is_script_last {
        script(parts, &edits, &tail, &mut code);
    }
    code.push(&body);
    code.trimmed()
}

/// Makes the default export a constant. Returns the import that this needs, and the text to write
/// after the script.
fn constant(export: DefaultExport<'_>, edits: &mut Edits) -> (String, String) {
    match export {
        DefaultExport::Value { keywords, .. }
        | DefaultExport::Class { keywords, is_declaration: false, .. } => {
            edits.replace(keywords, format!("const {CONSTANT} ="));
            if let DefaultExport::Value { end: Some(end), .. } | DefaultExport::Class { end, .. } =
                export
            {
                edits.insert(end, ";");
            }
            Default::default()
        }
        DefaultExport::Class { keywords, name, unnamed, .. } => {
            edits.remove(keywords);
            if let Some(place) = unnamed {
                edits.insert(place, &format!(" {name}"));
            }
            (String::new(), format!("\nconst {CONSTANT} = {name}\n"))
        }
        DefaultExport::Named { removed, name, from } => {
            edits.remove(removed);
            match from {
                Some(from) => {
                    (format!("import {{ {name} as {CONSTANT} }} from {from}\n"), String::new())
                }
                None => (String::new(), format!("\nconst {CONSTANT} = {name}\n")),
            }
        }
    }
}

fn script(parts: &Parts<'_>, edits: &Sorted, tail: &str, code: &mut MappedCode) {
    if let Some(script) = parts.blocks.script {
        edits.copy(parts.file, script, code);
        code.push_str(tail);
        end_line(code);
    }
}

fn end_line(code: &mut MappedCode) {
    if !code.text().ends_with('\n') {
        code.push_str("\n");
    }
}

/// Writes `export default { …, setup() { … } }`.
fn component(
    parts: &Parts<'_>,
    edits: &Sorted,
    helpers: &mut Vec<&'static str>,
    code: &mut MappedCode,
) {
    let has_default = parts.default_export.is_some();
    let (start, end) = match (parts.wrap, has_default) {
        (Wrap::DefineComponent, false) => ("/*#__PURE__*/_defineComponent({", "})"),
        (Wrap::DefineComponent, true) => {
            ("/*#__PURE__*/_defineComponent({\n  ...__default__,", "})")
        }
        (Wrap::Assign, true) => ("/*#__PURE__*/Object.assign(__default__, {", "})"),
        (Wrap::Spread, true) => ("{\n  ...__default__,", "}"),
        (Wrap::Assign | Wrap::Spread, false) => ("{", "}"),
    };
    code.push_str("\nexport default ");
    code.push_str(start);
    if let Some(name) = parts.name {
        code.push_str("\n  __name: ");
        code.push_str(&string(name));
        code.push_str(",");
    }
    props::write(parts, helpers, code);
    emits::write(parts, code);
    code.push_str("\n  setup(");
    arguments(parts, code);
    code.push_str(") {\n");
    props::write_constant(parts, code);
    if let Some(css) = &parts.css {
        code.push_str("\n");
        code.push(css);
        code.push_str(";\n");
    }
    statements(parts, edits, code);
    code.push_str("\nreturn { __sfc: true");
    for name in &parts.returned {
        code.push_str(", ");
        code.push_str(name);
    }
    code.push_str(" }\n}\n\n");
    code.push_str(end);
}

/// Writes the statements of the setup script that are not hoisted.
fn statements(parts: &Parts<'_>, edits: &Sorted, code: &mut MappedCode) {
    let Blocks { setup, hoisted, .. } = &parts.blocks;
    let mut at = setup.start;
    for piece in hoisted {
        edits.copy(parts.file, Span::new(at, piece.start), code);
        code.push_str(parts.file.separator(piece.end));
        at = piece.end;
    }
    edits.copy(parts.file, Span::new(at, setup.end), code);
}

/// Writes the parameters of the setup function.
fn arguments(parts: &Parts<'_>, code: &mut MappedCode) {
    // Types that the user wrote may not fit those inferred from the options, so the parameter is
    // `any`.
    let is_typed = parts.macros.props.as_ref().is_some_and(|props| props.shape.is_some());
    code.push_str(if is_typed { "__props: any" } else { "__props" });
    let emit = parts.macros.emits.as_ref().and_then(|emits| emits.target);
    if parts.macros.expose.is_none() && emit.is_none() {
        return;
    }
    code.push_str(", { ");
    if parts.macros.expose.is_some() {
        code.push_str(if emit.is_some() { "expose, " } else { "expose" });
    }
    if let Some(target) = emit {
        emits::write_target(parts, target, code);
    }
    code.push_str(" }");
    if let Some(shape) = parts.macros.emits.as_ref().and_then(|emits| emits.shape) {
        let of = parts.file.text(shape.span());
        code.push_str(&format!(": {{ emit: ({of}), expose: any, slots: any, attrs: any }}"));
    }
}
