//! Compiles a script without setup. It stays as it is and is not parsed, unless styles read the
//! component's state: then its setup also sets their custom properties.

use bundle_base::Diagnostics;
use swc_ecma_ast::Module;

use super::{
    block::{CompiledScript, ScriptBlock, ScriptOptions, language},
    css,
    default_export::{self, CONSTANT, DefaultExport},
    edits::Edits,
    file::File,
    options as options_object,
};
use crate::{mapped_code::MappedCode, messages::script as messages, v2::bindings::Bindings};

pub(super) fn compile(
    script: &ScriptBlock,
    css_vars: &[MappedCode],
    options: &ScriptOptions<'_>,
    log: &mut Diagnostics,
) -> CompiledScript {
    let file = File { source: options.source };
    let mut compiled = script.as_it_is(file);
    // The template does not need the names: it reads all of them from the component.
    if css_vars.is_empty() {
        return compiled;
    }
    let Some(language) = language(script.lang()) else { return compiled };
    // Errors are reported when the module itself is loaded.
    let Ok(module) = bundle_js::parse_block(file.source, script.range.clone(), language) else {
        return compiled;
    };
    compiled.bindings = Bindings { names: options_object::names(&module), is_setup: false };
    match css::call(css_vars, &compiled.bindings, options) {
        Ok(call) => compiled.code = with_variables(script, &module, &call, file),
        Err(wrong) => log.extend(wrong.into_iter().map(messages::css_variables_left_out)),
    }
    compiled
}

fn with_variables(
    script: &ScriptBlock,
    module: &Module,
    call: &MappedCode,
    file: File<'_>,
) -> MappedCode {
    let (head, edits, constant) = constant(module, file);
    let mut code = MappedCode::made(head);
    edits.sorted().copy(file, script.span(), &mut code);
    code.push_str(&constant);
    code.push_str(
        "\nimport { useCssVars as _useCssVars } from 'vue'\nconst __injectCSSVars__ = () => {\n",
    );
    code.push(call);
    code.push_str(
        "}
const __setup__ = __default__.setup
__default__.setup = __setup__
  ? (props, ctx) => { __injectCSSVars__();return __setup__(props, ctx) }
  : __injectCSSVars__

export default __default__",
    );
    code
}

/// Makes the default export a constant. Returns the text to write before the script, the edits in
/// it, and the text to write after it.
fn constant(module: &Module, file: File<'_>) -> (String, Edits, String) {
    let mut edits = Edits::default();
    let declared = |value: &str| format!("\nconst {CONSTANT} = {value}");
    match default_export::find(module, file) {
        None => (String::new(), edits, declared("{}")),
        Some(DefaultExport::Value { keywords, end, .. }) => {
            edits.replace(keywords, format!("const {CONSTANT} ="));
            if let Some(end) = end {
                edits.insert(end, ";");
            }
            (String::new(), edits, String::new())
        }
        Some(DefaultExport::Class { keywords, name, unnamed, .. }) => {
            edits.remove(keywords);
            if let Some(place) = unnamed {
                edits.insert(place, &format!(" {name}"));
            }
            (String::new(), edits, declared(name))
        }
        Some(DefaultExport::Named { removed, name, from }) => {
            edits.remove(removed);
            match (name, from) {
                (name, None) => (String::new(), edits, declared(name)),
                ("default", Some(from)) => (
                    format!("import {{ default as __VUE_DEFAULT__ }} from {from}\n"),
                    edits,
                    declared("__VUE_DEFAULT__"),
                ),
                (name, Some(from)) => {
                    (format!("import {{ {name} }} from {from}\n"), edits, declared(name))
                }
            }
        }
    }
}
