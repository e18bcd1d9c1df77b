//! Writes the module that importers of a component get. It imports the parts and calls the runtime
//! to put them together.

use std::sync::Arc;

use bundle_base::{Config, Source, config::Mode};
use bundle_js::runtime;

use super::compiled::{Compiled, StyleExports};
use crate::{
    descriptor::{Block, Descriptor},
    mapped_code::MappedCode,
    v2::literal::string,
};

/// The suffixes of the scripts that plugins made of blocks begin with this.
pub(super) const BLOCK: &str = "?block=";

/// Returns the suffix of the script that plugins made of a block.
pub(super) fn block_suffix(number: usize) -> String {
    format!("{BLOCK}{number}")
}

/// Writes the module. `blocks`: how many scripts plugins made of its blocks. In development it also
/// names the component's file, for Vue's warnings and devtools.
pub(super) fn write(
    descriptor: &Descriptor,
    compiled: &Compiled,
    source: &Arc<Source>,
    blocks: usize,
    config: &Config,
) -> MappedCode {
    let script = script(descriptor, compiled, source);
    let mut code = imports(script.as_ref(), compiled, source);
    let options = if script.is_some() { "script" } else { "{}" };
    let (mut component, helper) = component(compiled, options);
    let mut helpers = vec![helper];
    if let Some(hook) = hook(compiled) {
        helpers.push("with_hook");
        component = format!("with_hook({component}, {hook})");
    }
    if !compiled.messages.is_empty() {
        helpers.push("with_messages");
        let messages: Vec<String> = compiled.messages.iter().map(|json| string(json)).collect();
        component = format!("with_messages({component}, [{}])", messages.join(", "));
    }
    if config.mode == Mode::Development {
        helpers.push("with_file");
        component = format!("with_file({component}, {})", string(&source.name));
        // The version of an external Vue is known only in the page.
        if config.resolve.externals.contains_key("vue") {
            code.push_str("import Vue from \"vue\";\n");
            helpers.push("with_vue");
            let needed = if descriptor.setup.is_some() { "2.7" } else { "2.6" };
            component = format!("with_vue({component}, Vue, \"{needed}\")");
        }
    }
    let mut purity = "/* @__PURE__ */ ";
    if blocks > 0 {
        let locals: Vec<String> = (0..blocks).map(|number| format!("block_{number}")).collect();
        for (number, local) in locals.iter().enumerate() {
            code.push_str(&format!("import {local} from \"{}\";\n", block_suffix(number)));
        }
        helpers.push("with_blocks");
        component = format!("with_blocks({component}, [{}])", locals.join(", "));
        purity = "";
    }
    if config.output.is_hot() {
        helpers.push("hot_component");
        let is_bare = if script.is_none() { ", true" } else { "" };
        component = format!("hot_component(import.meta.hot, {component}{is_bare})");
        purity = "";
    }
    code.push_str(&format!(
        "import {{ {} }} from \"{}\";\n",
        helpers.join(", "),
        runtime::COMPONENT
    ));
    code.push_str(&format!("export default {purity}{component};\n"));
    code
}

/// Returns the imports of the parts. `script`: the specifier of the script, and its block.
fn imports(
    script: Option<&(MappedCode, &Block)>,
    compiled: &Compiled,
    source: &Arc<Source>,
) -> MappedCode {
    let mut code = MappedCode::default();
    if compiled.template.is_some() {
        code.push_str("import { render, staticRenderFns } from \"?template\";\n");
    }
    if let Some((specifier, block)) = script {
        // Diagnostics about the exports of the script point at its block.
        code.push_str("import ");
        code.mark(block.start_tag.start);
        code.push_str("script from ");
        code.push(specifier);
        code.push_str(";\nexport * from ");
        code.push(specifier);
        code.push_str(";\n");
    }
    for number in 0..compiled.styles.len() {
        code.push_str(&format!("import \"?style={number}\";\n"));
    }
    for (number, names) in
        compiled.styles.iter().filter_map(|style| style.module.as_ref()).enumerate()
    {
        for (statement, label) in names.exports.imports(&local(number)) {
            if label.source == *source {
                code.mark(label.span.start);
            }
            code.push_str(&statement);
        }
    }
    code
}

/// Returns the hook that gives an instance the names of its style modules. `None` if there are
/// none.
fn hook(compiled: &Compiled) -> Option<String> {
    let mut body = String::new();
    let modules = compiled.styles.iter().filter_map(|style| style.module.as_ref());
    for (number, StyleExports { property, exports, .. }) in modules.enumerate() {
        let values = exports.values(&local(number));
        let entries: Vec<String> =
            values.into_iter().map(|(name, value)| format!("{}: {value}", string(name))).collect();
        body = format!("{body} this[{}] = {{ {} }};", string(property), entries.join(", "));
    }
    (!body.is_empty()).then(|| format!("function () {{{body} }}"))
}

/// Returns the prefix of local names for names that one of the style modules takes from other
/// stylesheets.
fn local(number: usize) -> String {
    format!("of_style_{number}_")
}

/// Returns the specifier of the script, quoted, and its block.
fn script<'d>(
    descriptor: &'d Descriptor,
    compiled: &Compiled,
    source: &Source,
) -> Option<(MappedCode, &'d Block)> {
    let external = descriptor.script.as_ref().and_then(|block| Some((block, block.src()?)));
    match external {
        Some((block, src)) if descriptor.setup.is_none() => {
            let mut specifier = MappedCode::made("\"");
            let written = &source.text[src.span.start as usize..src.span.end as usize];
            // A specifier that has to be escaped, in JavaScript or in HTML, is not a piece of the
            // file.
            if written == src.value && !written.contains(['"', '\\', '\n', '\r']) {
                specifier.push_copied(written, src.span.start);
                specifier.push_str("\"");
            } else {
                specifier = MappedCode::default();
                specifier.push_made_of(&string(&src.value), src.span.start);
            }
            Some((specifier, block))
        }
        _ => {
            let block = descriptor.setup.as_ref().or(descriptor.script.as_ref())?;
            compiled.script.as_ref().map(|_| (MappedCode::made("\"?script\""), block))
        }
    }
}

/// Returns the call that makes the component, and the name of the helper that it calls.
fn component(compiled: &Compiled, options: &str) -> (String, &'static str) {
    let is_functional = compiled.template.as_ref().is_some_and(|template| template.is_functional);
    let helper = if is_functional { "functional_component" } else { "component" };
    let mut arguments = vec![options.to_owned()];
    let is_scoped = compiled.styles.iter().any(|style| style.is_scoped);
    if compiled.template.is_some() {
        arguments.extend(["render".to_owned(), "staticRenderFns".to_owned()]);
    } else if is_scoped {
        arguments.extend(["null".to_owned(), "null".to_owned()]);
    }
    if is_scoped {
        arguments.push(string(&compiled.id));
    }
    (format!("{helper}({})", arguments.join(", ")), helper)
}
