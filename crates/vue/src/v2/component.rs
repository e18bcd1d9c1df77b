//! Compiles a component to the parts that a bundler knows: its script, its render functions and its
//! stylesheets, and the module that puts them together, which is what importers of the file get.
//! The imports of that module have the order of vue-loader: template, script, styles, and then the
//! component.

use std::sync::Arc;

use bundle_base::{
    Label, Source, asset,
    config::{Mode, relative},
    decode,
    fs::FsError,
    loader::{Language, LoadContext, Loaded, Part, PartContent},
    place::Lines,
    text_map::TextMap,
};

use camino::Utf8Path;

use super::{
    advice::Script,
    css_vars,
    scope_id::scope_id,
    script::{self, CompiledScript, ScriptBlock, ScriptOptions, Scripts, Unread},
    template::{self, TemplateOptions},
};
use crate::{
    descriptor::{self, Block, Descriptor},
    mapped_code::MappedCode,
    messages,
};

mod facade; // the module that puts the parts together
mod i18n; // `<i18n>` blocks: messages of vue-i18n
mod reuse; // reuses results of the build before
mod styles; // `<style>` blocks as stylesheets

pub use styles::{Names, Style};
use styles::{refuse_equal_modules, sheets, styles};

/// The compiled blocks of a component.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The attribute that scoped styles select elements by: `data-v-7ba5bd90`.
    pub id: String,
    /// `None` if there is no script, if it is another file (`src`), or if it has errors.
    pub script: Option<CompiledScript>,
    /// `None` if there is no template or it has errors.
    pub template: Option<Template>,
    /// The stylesheets without errors, in the order of the file.
    pub styles: Vec<Style>,
    /// The content of each `<i18n>` block, as JSON.
    pub messages: Vec<String>,
    /// The names of all custom blocks, `i18n` included.
    pub custom: Vec<String>,
}

/// The render functions of a template.
#[derive(Debug)]
pub struct Template {
    /// `var render = …; var staticRenderFns = …`.
    pub code: MappedCode,
    /// The file that contains the template.
    pub source: Arc<Source>,
    /// `<template functional>`.
    pub is_functional: bool,
}

/// Compiles a file to its parts. Takes scripts or stylesheets from the build before if they cannot
/// have changed.
pub fn load(source: &Arc<Source>, cx: &mut LoadContext<'_>) -> Loaded {
    let descriptor = descriptor::read(source, cx.log);
    if let Some((source, mut parts)) =
        cx.before.and_then(|before| reuse::scripts(before.loaded, &descriptor, &source.text))
    {
        let sheets = sheets(&descriptor, &source, cx);
        let id = scope_id(&source, cx.config.mode == Mode::Production, cx.config.vue.scope_id);
        parts.extend(style_parts(styles(sheets, &source, &id, cx), &source));
        return Loaded { parts, ..Loaded::default() };
    }
    let sheets = sheets(&descriptor, source, cx);
    let mut compiled = program(source, &descriptor, &sheets, (true, cx));
    let known =
        cx.before.and_then(|before| reuse::styles(before, (source, &descriptor), cx.config));
    compiled.styles = match &known {
        Some(_) => descriptor.styles.iter().map(Style::taken_over).collect(),
        None => styles(sheets, source, compiled.id.trim_start_matches(ATTRIBUTE), cx),
    };
    for block in descriptor.custom.iter().filter(|block| block.tag != i18n::TAG) {
        cx.log.push(messages::custom_block(Label::new(source, block.start_tag), &block.tag));
    }
    let facade = facade::write(&descriptor, &compiled, source, cx.config);
    let lines = Lines::new(&source.text);
    let part = |suffix: &str, content, code, written: &Arc<Source>| {
        part(suffix, content, code, (source, &lines, written))
    };
    let mut parts = vec![part("", PartContent::Script(Language::JavaScript), facade, source)];
    let mut language = Language::JavaScript;
    if let Some(script) = compiled.script {
        language = language_of(script.lang.as_deref());
        parts.push(part("?script", PartContent::Script(language), script.code, source));
    }
    if let Some(mut template) = compiled.template {
        template.code.push_str("export { render, staticRenderFns };\n");
        // Expressions have the language of the script, but no JSX.
        let is_typescript = matches!(language, Language::TypeScript | Language::Tsx);
        let language = if is_typescript { Language::TypeScript } else { Language::JavaScript };
        parts.push(part(
            "?template",
            PartContent::Script(language),
            template.code,
            &template.source,
        ));
    }
    let Some(known) = known else {
        parts.extend(style_parts(compiled.styles, source));
        return Loaded { parts, ..Loaded::default() };
    };
    parts.extend(known.parts);
    Loaded { parts, assets: known.assets, ..Loaded::default() }
}

/// Makes each stylesheet a part of the component.
fn style_parts(styles: Vec<Style>, source: &Arc<Source>) -> impl Iterator<Item = Part> {
    styles.into_iter().enumerate().map(|(number, style)| {
        let suffix = format!("?style={number}");
        let (text, origins) = style.module.map_or(style.code, |module| module.code).into_parts();
        let source = Source::new(source.path.clone(), format!("{}{suffix}", source.name), text);
        let map = Some(Arc::new(TextMap::Pieces(origins)));
        Part { suffix, content: PartContent::Style(None), source, map }
    })
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

/// Makes a part. `file`: the component's file, whose lines are `lines`; `written`: the file that
/// contains the source text of the part.
fn part(
    suffix: &str,
    content: PartContent,
    code: MappedCode,
    (file, lines, written): (&Arc<Source>, &Lines, &Arc<Source>),
) -> Part {
    let (text, ranges) = code.into_parts();
    let source = Source::new(file.path.clone(), format!("{}{suffix}", file.name), text);
    let lines = if Arc::ptr_eq(file, written) { lines.clone() } else { Lines::new(&written.text) };
    let map = TextMap::Copied { source: Arc::clone(written), lines, ranges };
    Part { suffix: suffix.to_owned(), content, source, map: Some(Arc::new(map)) }
}

/// Compiles every block. Mistakes are reported in the log; the blocks that could be compiled are
/// returned nevertheless. `is_for_engines`: the result will run in engines, and need not be letter
/// by letter what Vue's compiler writes.
pub(crate) fn compile(
    source: &Arc<Source>,
    descriptor: &Descriptor,
    is_for_engines: bool,
    cx: &mut LoadContext<'_>,
) -> Compiled {
    let sheets = sheets(descriptor, source, cx);
    let mut compiled = program(source, descriptor, &sheets, (is_for_engines, cx));
    compiled.styles = styles(sheets, source, compiled.id.trim_start_matches(ATTRIBUTE), cx);
    compiled
}

/// Compiles every block but the stylesheets. `sheets`: the texts of the stylesheets.
fn program(
    source: &Arc<Source>,
    descriptor: &Descriptor,
    sheets: &[(&Block, Contents)],
    (is_for_engines, cx): (bool, &mut LoadContext<'_>),
) -> Compiled {
    let is_production = cx.config.mode == Mode::Production;
    let id = scope_id(source, is_production, cx.config.vue.scope_id);
    let markup = descriptor.template.as_ref().and_then(|block| contents(block, source, cx));
    refuse_equal_modules(descriptor, source, cx.log);
    let variables: Vec<MappedCode> = css_vars::parse(sheets.iter().map(|(_, sheet)| &sheet.code));
    let script =
        script(source, descriptor, (markup.as_ref(), &variables), (&id, is_for_engines, cx));
    let template = descriptor.template.as_ref().zip(markup).and_then(|(block, markup)| {
        render((block, markup), (descriptor, source), script.as_ref(), cx)
    });
    let translated = descriptor.custom.iter().filter(|block| block.tag == i18n::TAG);
    let messages = translated.filter_map(|block| i18n::messages(block, source, cx)).collect();
    let custom = descriptor.custom.iter().map(|block| block.tag.clone()).collect();
    Compiled { id: attribute(&id), script, template, styles: Vec::new(), messages, custom }
}

/// Compiles the scripts to one module. `None` if there is none or it has errors.
fn script(
    source: &Arc<Source>,
    descriptor: &Descriptor,
    (markup, variables): (Option<&Contents>, &[MappedCode]),
    (id, spreads, cx): (&str, bool, &mut LoadContext<'_>),
) -> Option<CompiledScript> {
    for block in [&descriptor.script, &descriptor.setup].into_iter().flatten() {
        refuse_script(block, source, cx);
    }
    let own = own_script(descriptor, source);
    let setup = descriptor.setup.as_ref().map(script_block);
    if own.is_none() && setup.is_none() && (variables.is_empty() || descriptor.script.is_some()) {
        return None;
    }
    let is_here = |markup: &&Contents| Arc::ptr_eq(&markup.source, source);
    let scripts = Scripts {
        script: own.as_ref(),
        setup: setup.as_ref(),
        template: markup.filter(is_here).map(|markup| &markup.code),
        css_vars: variables,
    };
    let path = Utf8Path::new(source.name.split('?').next().unwrap_or_default());
    let is_production = cx.config.mode == Mode::Production;
    let name = path.file_stem().unwrap_or_default();
    let options = ScriptOptions { source, id, is_production, spreads, name };
    script::compile(&scripts, &options, cx.log)
}

/// Returns the `<script>` without setup, if its content is in this file and not blank.
fn own_script(descriptor: &Descriptor, source: &Source) -> Option<ScriptBlock> {
    let script = descriptor
        .script
        .as_ref()
        .filter(|script| script.src().is_none() && !script.is_blank(source));
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

/// The text of a block, and the file that contains it.
struct Contents {
    /// In shared form, because what is made of it consists of slices of it.
    code: MappedCode,
    source: Arc<Source>,
}

/// Returns the text of a block, from another file if the block has `src`. `None` if that file
/// cannot be used; the reason is in the log.
fn contents(block: &Block, source: &Arc<Source>, cx: &mut LoadContext<'_>) -> Option<Contents> {
    let Some(src) = block.src() else {
        return Some(Contents {
            code: block.deindented(source).shared(),
            source: Arc::clone(source),
        });
    };
    let label = || Label::new(source, src.span);
    let path = match cx.resolve.resolve(&src.value, label()) {
        Ok(path) => path,
        Err(diagnostic) => {
            cx.log.push(*diagnostic);
            return None;
        }
    };
    if let Some(why) = asset::private(&path, cx.fs) {
        let name = relative(&cx.config.project, &path);
        cx.log.push(asset::private_file(&name, why).at(label()));
        return None;
    }
    let unreadable =
        |error: FsError| Box::new(messages::unreadable_src(label(), &error.to_string()));
    let source = cx.fs.read(&path).map_err(unreadable).and_then(|bytes| {
        decode::source(
            &path,
            &relative(&cx.config.project, &path),
            &bytes,
            cx.config.script.source_charset,
        )
    });
    match source {
        Ok(source) => Some(Contents { code: MappedCode::copied(&source.text, 0).shared(), source }),
        Err(diagnostic) => {
            cx.log.push(*diagnostic);
            None
        }
    }
}

/// Compiles the template to its render functions. `None` if it has errors.
fn render(
    (block, markup): (&Block, Contents),
    (descriptor, file): (&Descriptor, &Arc<Source>),
    script: Option<&CompiledScript>,
    cx: &mut LoadContext<'_>,
) -> Option<Template> {
    if let Some(lang) = block.lang().filter(|lang| *lang != "html") {
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
    let own = own_script(descriptor, file);
    let known = match (script, &own) {
        (Some(script), _) if script.bindings.is_setup => Script::Setup(&script.facts),
        (Some(_), Some(block)) => Script::Unread(Unread { source: file, block }),
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

/// The prefix of the attribute that scoped styles select elements by.
const ATTRIBUTE: &str = "data-v-";

fn attribute(id: &str) -> String {
    format!("{ATTRIBUTE}{id}")
}
