//! Compiles the `<style>` blocks of a component: to CSS, scoped, with the names of style modules.

use bundle_base::{
    Diagnostics, Label,
    config::Mode,
    loader::{LoadContext, StyleText},
    mapped_text::MappedText,
    stylesheet::{exports::Naming, unbalanced},
};

use super::{
    blocks::{Component, Contents, contents},
    compiled::{Style, StyleExports},
};
use crate::{
    descriptor::{Attribute, Block},
    messages,
    v2::{css_vars, scope_id::attribute, scoped::scoped},
};

/// A style block and its text.
pub(super) struct Stylesheet<'d> {
    block: &'d Block,
    pub text: Contents,
}

/// Returns the name of the property that holds the names of a style module.
pub(super) fn module_property(module: &Attribute) -> &str {
    if module.value.is_empty() { "$style" } else { &module.value }
}

/// Reports two style modules with the same property.
pub(super) fn refuse_equal_modules(component: &Component<'_>, log: &mut Diagnostics) {
    let mut known: Vec<&Attribute> = Vec::new();
    for module in component.descriptor.styles.iter().filter_map(|style| style.attribute("module")) {
        let property = module_property(module);
        if let Some(first) = known.iter().find(|first| module_property(first) == property) {
            let label = |module: &Attribute| Label::new(component.source, module.span);
            log.push(messages::module_twice(label(first), property, label(module)));
        }
        known.push(module);
    }
}

/// Returns the style blocks whose text can be read, with their texts.
pub(super) fn read_stylesheets<'d>(
    component: &Component<'d>,
    cx: &mut LoadContext<'_>,
) -> Vec<Stylesheet<'d>> {
    let blocks = component.descriptor.styles.iter();
    blocks
        .filter_map(|block| {
            Some(Stylesheet { block, text: contents(block, component.source, cx)? })
        })
        .collect()
}

/// Compiles the style blocks. Leaves out those with errors, which are reported.
pub(super) fn compile_stylesheets(
    stylesheets: Vec<Stylesheet<'_>>,
    component: &Component<'_>,
    cx: &mut LoadContext<'_>,
) -> Vec<Style> {
    let Component { source, id, .. } = component;
    let mut styles: Vec<Style> = Vec::with_capacity(stylesheets.len());
    for stylesheet in stylesheets {
        // Each of several modules of one file has its own hash, so that their names differ.
        let number = styles.iter().filter(|style: &&Style| style.module.is_some()).count();
        let hash = if number == 0 { id.clone() } else { format!("{id}_{number}") };
        let naming = Naming::new(&cx.config.css_modules, &source.name, &hash);
        styles.extend(style(stylesheet, component, &naming, cx));
    }
    styles
}

/// Compiles one style block to CSS, scopes it and renames its module's names. `None` if it has
/// errors.
fn style(
    Stylesheet { block, text: stylesheet }: Stylesheet<'_>,
    component: &Component<'_>,
    naming: &Naming,
    cx: &mut LoadContext<'_>,
) -> Option<Style> {
    let Component { source, id, .. } = component;
    let stylesheet = match block.lang().unwrap_or("css") {
        lang if cx.config.preprocessor(lang).is_some() => compiled(lang, &stylesheet, cx)?,
        "css" | "postcss" => {
            let (text, copied) = stylesheet.code.into_parts();
            MappedText::of(&stylesheet.source).rewritten(&text, &copied)
        }
        lang @ ("scss" | "sass") => compiled(lang, &stylesheet, cx)?,
        lang => {
            let label = Label::new(&stylesheet.source, block.attribute("lang")?.span);
            cx.log.push(messages::unknown_style_lang(label, lang));
            return None;
        }
    };
    let stylesheet = cx.styles.postcss(stylesheet, source, cx)?;
    if let Some(found) = unbalanced(stylesheet.text()) {
        let at = found.offset();
        cx.log.push(found.diagnostic(stylesheet.label(at..at + 1)?));
        return None;
    }
    let is_scoped = block.attribute("scoped").is_some();
    let mut code = stylesheet.edited(&css_vars::replace(
        stylesheet.text(),
        id,
        cx.config.mode == Mode::Production,
    ));
    if is_scoped {
        code = scoped(&code, &attribute(id));
    }
    let module = match block.attribute("module") {
        Some(module) => {
            let (renamed, exports) = cx.styles.own_names(code.clone(), source, naming, cx)?;
            Some(StyleExports {
                property: module_property(module).to_owned(),
                exports,
                code: renamed,
            })
        }
        None => None,
    };
    Some(Style { code, is_scoped, module })
}

/// Compiles a style in another language to CSS.
fn compiled(lang: &str, stylesheet: &Contents, cx: &mut LoadContext<'_>) -> Option<MappedText> {
    let styles = cx.styles;
    let origin = |at: usize| stylesheet.code.origin(at);
    let text = StyleText {
        lang,
        text: stylesheet.code.text(),
        source: &stylesheet.source,
        origin: &origin,
    };
    styles.compile(&text, cx)
}
