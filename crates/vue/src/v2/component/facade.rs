//! The module that importers of a component get: it imports the parts and puts them together.

use std::sync::Arc;

use bundle_base::{Config, Source, config::Mode};
use bundle_js::runtime;

use super::{Compiled, Names};
use crate::{
    code::Code,
    descriptor::{Block, Descriptor},
    v2::literal::string,
};

/// Writes it. In development it says which file the component is, for Vue's warnings and tools.
pub(super) fn write(
    descriptor: &Descriptor,
    compiled: &Compiled,
    source: &Arc<Source>,
    config: &Config,
) -> Code {
    let mut code = Code::default();
    if compiled.template.is_some() {
        code.push_str("import { render, staticRenderFns } from \"?template\";\n");
    }
    let script = script(descriptor, compiled, source);
    if let Some((specifier, block)) = &script {
        // What is wrong with its exports is told of the block.
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
        // Which Vue the page has is known only there.
        if config.resolve.externals.contains_key("vue") {
            code.push_str("import Vue from \"vue\";\n");
            helpers.push("with_vue");
            let needed = if descriptor.setup.is_some() { "2.7" } else { "2.6" };
            component = format!("with_vue({component}, Vue, \"{needed}\")");
        }
    }
    let mut purity = "/* @__PURE__ */ ";
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

/// What gives an instance the names of its style modules.
fn hook(compiled: &Compiled) -> Option<String> {
    let mut body = String::new();
    let modules = compiled.styles.iter().filter_map(|style| style.module.as_ref());
    for (number, Names { property, exports, .. }) in modules.enumerate() {
        let values = exports.values(&local(number));
        let entries: Vec<String> =
            values.into_iter().map(|(name, value)| format!("{}: {value}", string(name))).collect();
        body = format!("{body} this[{}] = {{ {} }};", string(property), entries.join(", "));
    }
    (!body.is_empty()).then(|| format!("function () {{{body} }}"))
}

/// What names begin with that other sheets export for one of the style modules.
fn local(number: usize) -> String {
    format!("of_style_{number}_")
}

/// What the script is asked for by, and its block.
fn script<'d>(
    descriptor: &'d Descriptor,
    compiled: &Compiled,
    source: &Source,
) -> Option<(Code, &'d Block)> {
    let external = descriptor.script.as_ref().and_then(|block| Some((block, block.src()?)));
    match external {
        Some((block, src)) if descriptor.setup.is_none() => {
            let mut specifier = Code::made("\"");
            let written = &source.text[src.span.start as usize..src.span.end as usize];
            // A name that has to be escaped, as text or as HTML, is no piece of the file.
            if written == src.value && !written.contains(['"', '\\', '\n', '\r']) {
                specifier.push_copied(written, src.span.start);
                specifier.push_str("\"");
            } else {
                specifier = Code::default();
                specifier.push_made_of(&string(&src.value), src.span.start);
            }
            Some((specifier, block))
        }
        _ => {
            let block = descriptor.setup.as_ref().or(descriptor.script.as_ref())?;
            compiled.script.as_ref().map(|_| (Code::made("\"?script\""), block))
        }
    }
}

/// The call that makes the component, and what it calls.
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
