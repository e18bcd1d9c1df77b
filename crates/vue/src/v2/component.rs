//! Compiles a component to the parts that a bundler knows: its script, its render functions and its
//! stylesheets, and the module that puts them together, which is what importers of the file get.
//! The imports of that module have the order of vue-loader: template, script, styles, and then the
//! component.

use std::{mem, sync::Arc};

use bundle_base::{
    Label, Source,
    config::Mode,
    loader::{Language, LoadContext, Loaded, Part, Refused},
    place::Lines,
};
use camino::Utf8Path;

use self::{
    blocks::{Component, Contents, contents},
    parts::{ScriptPart, style_parts},
    styles::{Stylesheet, compile_stylesheets, read_stylesheets, refuse_equal_modules},
};
use super::{
    advice::Script,
    css_vars,
    scope_id::attribute,
    script::{self, CompiledScript, ScriptBlock, ScriptOptions, Scripts, Unread},
    template::{self, TemplateOptions},
};
use crate::{
    descriptor::{self, Block, Descriptor},
    mapped_code::MappedCode,
    messages,
};

mod blocks; // the blocks and their texts
mod compiled; // the compiled blocks
mod facade; // the module that puts the parts together
mod i18n; // `<i18n>` blocks: messages of vue-i18n
mod official; // templates by the project's own Vue compiler
mod parts; // the parts with their maps
mod pug; // templates in Pug
mod reuse; // reuses results of the build before
mod styles; // `<style>` blocks as stylesheets

pub use compiled::{Compiled, Style, StyleExports, Template};

/// Compiles a file to its parts. Takes scripts or stylesheets from the build before if they cannot
/// have changed.
pub fn load(source: &Arc<Source>, cx: &mut LoadContext<'_>) -> Loaded {
    let descriptor = descriptor::read(source, cx.log);
    match with_earlier_scripts(source, &descriptor, cx) {
        Some(loaded) => loaded,
        None => with_new_scripts(source, &descriptor, cx),
    }
}

/// Compiles the stylesheets, and takes the scripts from the build before. `None` if these may have
/// changed.
fn with_earlier_scripts(
    source: &Arc<Source>,
    descriptor: &Descriptor,
    cx: &mut LoadContext<'_>,
) -> Option<Loaded> {
    let before = cx.before.filter(|_| cx.config.vue.compiler.is_none())?;
    let (earlier, mut parts) = reuse::scripts(before.loaded, descriptor, &source.text)?;
    let component = Component::new(&earlier, descriptor, cx.config);
    let stylesheets = read_stylesheets(&component, cx);
    let styles = compile_stylesheets(stylesheets, &component, cx);
    if styles.len() == descriptor.styles.len() {
        parts.extend(style_parts(styles, &earlier));
    } else {
        // One has a mistake, so nothing will be written. The scripts import all of them.
        parts.extend(reuse::all_styles(before.loaded));
    }
    Some(Loaded { parts, ..Loaded::default() })
}

/// Compiles the scripts, and the stylesheets too if they may have changed.
fn with_new_scripts(
    source: &Arc<Source>,
    descriptor: &Descriptor,
    cx: &mut LoadContext<'_>,
) -> Loaded {
    let component = Component::new(source, descriptor, cx.config);
    let stylesheets = read_stylesheets(&component, cx);
    let mut compiled = compile_program(&component, &stylesheets, true, cx);
    let earlier = cx.before.and_then(|before| reuse::styles(before, &component, cx.config));
    compiled.styles = match &earlier {
        Some(_) => descriptor.styles.iter().map(Style::taken_over).collect(),
        None => compile_stylesheets(stylesheets, &component, cx),
    };
    let (blocks, messages) = custom_blocks(descriptor, source, cx);
    compiled.messages = messages;
    let facade = facade::write(descriptor, &compiled, source, blocks.len(), cx.config);
    let styles = mem::take(&mut compiled.styles);
    let mut parts = script_parts(facade, compiled, source);
    parts.extend(blocks);
    let Some(earlier) = earlier else {
        parts.extend(style_parts(styles, source));
        return Loaded { parts, ..Loaded::default() };
    };
    parts.extend(earlier.parts);
    Loaded { parts, assets: earlier.assets, ..Loaded::default() }
}

/// Returns the parts that are scripts: the module that importers get (`facade`), the component's
/// own script, and its render functions.
fn script_parts(facade: MappedCode, compiled: Compiled, source: &Arc<Source>) -> Vec<Part> {
    let lines = Lines::new(&source.text);
    let own_language = match &compiled.script {
        Some(script) => language_of(script.lang.as_deref()),
        None => Language::JavaScript,
    };
    let language = Language::JavaScript;
    let facade_part = ScriptPart { suffix: "", language, code: facade, written: source };
    let mut parts = vec![facade_part.part(source, &lines)];
    if let Some(script) = compiled.script {
        let (language, code) = (own_language, script.code);
        let script_part = ScriptPart { suffix: "?script", language, code, written: source };
        parts.push(script_part.part(source, &lines));
    }
    if let Some(template) = compiled.template {
        // Expressions have the language of the script, but no JSX.
        let is_typescript = matches!(own_language, Language::TypeScript | Language::Tsx);
        let language = if is_typescript { Language::TypeScript } else { Language::JavaScript };
        let (mut code, written) = (template.code, &template.source);
        code.push_str("export { render, staticRenderFns };\n");
        let template_part = ScriptPart { suffix: "?template", language, code, written };
        parts.push(template_part.part(source, &lines));
    }
    parts
}

/// Returns the scripts that plugins make of the component's own blocks, and the messages of the
/// `<i18n>` blocks that no plugin takes. Other such blocks are warned of. Each script exports a
/// function that gets the component, as in vue-loader.
fn custom_blocks(
    descriptor: &Descriptor,
    source: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) -> (Vec<Part>, Vec<String>) {
    let (mut parts, mut translations) = (Vec::new(), Vec::new());
    for (index, block) in descriptor.custom.iter().enumerate() {
        let (tag, blocks) = (&block.tag, cx.blocks);
        let lang = block.lang().unwrap_or(tag);
        let query = format!("?vue&type={tag}&index={index}&blockType={tag}&lang.{lang}");
        match blocks.made(&query, block.deindented(source).text(), cx) {
            Ok(Some(part)) => {
                parts.push(Part { suffix: facade::block_suffix(parts.len()), ..part });
            }
            Ok(None) if block.tag == i18n::TAG => {
                translations.extend(i18n::messages(block, source, cx));
            }
            Ok(None) => {
                cx.log.push(messages::custom_block(Label::new(source, block.start_tag), tag));
            }
            Err(Refused) => {}
        }
    }
    (parts, translations)
}

/// Returns the language of a script. Scripts without `lang` may have JSX too.
fn language_of(lang: Option<&str>) -> Language {
    match lang {
        Some("ts") => Language::TypeScript,
        Some("tsx") => Language::Tsx,
        Some("jsx") => Language::Jsx,
        Some(_) | None => Language::JavaScript,
    }
}

/// Compiles every block. Mistakes are reported in the log; the blocks that could be compiled are
/// returned nevertheless. `is_for_engines`: the result will run in engines, and need not equal the
/// output of Vue's compiler exactly.
pub(crate) fn compile(
    source: &Arc<Source>,
    descriptor: &Descriptor,
    is_for_engines: bool,
    cx: &mut LoadContext<'_>,
) -> Compiled {
    let component = Component::new(source, descriptor, cx.config);
    let stylesheets = read_stylesheets(&component, cx);
    let mut compiled = compile_program(&component, &stylesheets, is_for_engines, cx);
    compiled.styles = compile_stylesheets(stylesheets, &component, cx);
    let translated = descriptor.custom.iter().filter(|block| block.tag == i18n::TAG);
    compiled.messages = translated.filter_map(|block| i18n::messages(block, source, cx)).collect();
    compiled
}

/// Compiles every block but the stylesheets. `stylesheets`: the texts of the stylesheets.
fn compile_program(
    component: &Component<'_>,
    stylesheets: &[Stylesheet<'_>],
    is_for_engines: bool,
    cx: &mut LoadContext<'_>,
) -> Compiled {
    let Component { source, descriptor, id } = component;
    let markup = descriptor.template.as_ref().and_then(|block| {
        let markup = contents(block, source, cx)?;
        if pug::is_pug(block) { pug::html(&markup, block, cx) } else { Some(markup) }
    });
    refuse_equal_modules(component, cx.log);
    let variables: Vec<MappedCode> =
        css_vars::parse(stylesheets.iter().map(|stylesheet| &stylesheet.text.code));
    let own = own_script(component);
    let setup = descriptor.setup.as_ref().map(script_block);
    let is_here = |markup: &&Contents| Arc::ptr_eq(&markup.source, source);
    let scripts = Scripts {
        script: own.as_ref(),
        setup: setup.as_ref(),
        template: markup.as_ref().filter(is_here).map(|markup| &markup.code),
        css_vars: &variables,
    };
    let script = compile_script(component, &scripts, is_for_engines, cx);
    let template = markup.and_then(|markup| render(component, markup, script.as_ref(), cx));
    let custom = descriptor.custom.iter().map(|block| block.tag.clone()).collect();
    Compiled { id: attribute(id), script, template, custom, ..Compiled::default() }
}

/// Compiles the scripts to one module. `None` if there is none or it has errors.
fn compile_script(
    component: &Component<'_>,
    scripts: &Scripts<'_>,
    is_for_engines: bool,
    cx: &mut LoadContext<'_>,
) -> Option<CompiledScript> {
    let Component { source, descriptor, id } = component;
    for block in [&descriptor.script, &descriptor.setup].into_iter().flatten() {
        refuse_script(block, source, cx);
    }
    if scripts.script.is_none()
        && scripts.setup.is_none()
        && (scripts.css_vars.is_empty() || descriptor.script.is_some())
    {
        return None;
    }
    let path = Utf8Path::new(source.name.split('?').next().unwrap_or_default());
    let is_production = cx.config.mode == Mode::Production;
    let name = path.file_stem().unwrap_or_default();
    let options = ScriptOptions { source, id, is_production, is_for_engines, name };
    script::compile(scripts, &options, cx.log)
}

/// Returns the `<script>` without setup, if its content is in this file and not blank.
fn own_script(component: &Component<'_>) -> Option<ScriptBlock> {
    let script = component
        .descriptor
        .script
        .as_ref()
        .filter(|script| script.src().is_none() && !script.is_blank(component.source));
    script.map(script_block)
}

fn script_block(block: &Block) -> ScriptBlock {
    ScriptBlock { range: block.content.clone(), lang: block.lang().map(str::to_owned) }
}

/// Reports attributes of a script that are not supported.
fn refuse_script(block: &Block, source: &Arc<Source>, cx: &mut LoadContext<'_>) {
    let label =
        |name: &str| block.attribute(name).map(|attribute| Label::new(source, attribute.span));
    if let Some((lang, label)) = block.lang().zip(label("lang"))
        && !matches!(lang, "js" | "jsx" | "ts" | "tsx")
    {
        cx.log.push(messages::unknown_lang(
            label,
            "script",
            lang,
            "JavaScript or TypeScript (lang=\"ts\")",
        ));
    }
    // The names of a setup script can be analysed only together with the template beside it.
    if let Some(label) = block.attribute("setup").and_then(|_| label("src")) {
        cx.log.push(messages::setup_with_src(label));
    }
}

/// Compiles the template to its render functions. `None` if it has errors.
fn render(
    component: &Component<'_>,
    markup: Contents,
    script: Option<&CompiledScript>,
    cx: &mut LoadContext<'_>,
) -> Option<Template> {
    let block = component.descriptor.template.as_ref()?;
    if let Some(lang) = block.lang().filter(|lang| *lang != "html" && !pug::is_pug(block)) {
        let label = Label::new(&markup.source, block.attribute("lang")?.span);
        cx.log.push(messages::unknown_lang(
            label,
            "template",
            lang,
            "HTML, or have another tool render it beforehand",
        ));
        return None;
    }
    let is_functional = block.attribute("functional").is_some();
    let mut config = cx.config.vue.clone();
    config.comments |= block.attribute("comments").is_some();
    if let Some(compiler) = &cx.config.vue.compiler {
        let template =
            official::Template { markup: &markup, config: &config, script, is_functional };
        let code = official::compile(&template, compiler, cx)?;
        return Some(Template { code, source: markup.source, is_functional });
    }
    let own = own_script(component);
    let known = match (script, &own) {
        (Some(script), _) if script.bindings.is_setup => Script::Setup(&script.facts),
        (Some(_), Some(block)) => Script::Unread(Unread { source: component.source, block }),
        (Some(_) | None, _) => Script::Unknown,
    };
    let options = TemplateOptions {
        source: &markup.source,
        config: &config,
        is_production: cx.config.mode == Mode::Production,
        is_functional,
        bindings: script.map(|script| &script.bindings),
        script: known,
        is_typescript: script.is_some_and(CompiledScript::is_typescript),
    };
    let code = template::compile(&markup.code, &options, cx.log)?;
    Some(Template { code, source: markup.source, is_functional })
}

/// Compiles a template that has no script beside it. `None` if it has errors.
pub(crate) fn compile_template(
    template: &MappedCode,
    source: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) -> Option<Template> {
    let options = TemplateOptions {
        source,
        config: &cx.config.vue,
        is_production: cx.config.mode == Mode::Production,
        is_functional: false,
        bindings: None,
        script: Script::Unknown,
        is_typescript: false,
    };
    let code = template::compile(template, &options, cx.log)?;
    Some(Template { code, source: Arc::clone(source), is_functional: false })
}
