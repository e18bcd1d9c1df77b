//! Scripts of components, compiled to modules.

use std::{ops::Range, sync::Arc};

use bundle_base::Source;

use super::*;
use crate::{
    html::{self, Event, StartTag, Tags},
    mapped_code::MappedCode,
    v2::css_vars,
};

mod mistakes; // mistakes, and where they are reported
mod names; // kinds of names for the template
mod programs; // whole modules

/// A component's file, split into its blocks.
struct Component {
    source: Arc<Source>,
    script: Option<ScriptBlock>,
    setup: Option<ScriptBlock>,
    template: Option<MappedCode>,
    css_vars: Vec<MappedCode>,
}

impl Component {
    fn new(text: &str) -> Self {
        let source = Source::new("/p/FooBar.vue", "FooBar.vue", text);
        let mut component =
            Self { source, script: None, setup: None, template: None, css_vars: Vec::new() };
        let (mut depth, mut open) = (0, None);
        let mut styles = Vec::new();
        for event in html::tokenize(text, Tags::AsWritten) {
            match event {
                Event::Start(tag) if !tag.is_unary => {
                    open = open.or((depth == 0).then_some(tag));
                    depth += 1;
                }
                Event::End { span, .. } => {
                    depth -= 1;
                    if let Some(tag) = open.take_if(|_| depth == 0) {
                        component.block(&tag, tag.span.end..span.start, &mut styles);
                    }
                }
                _ => {}
            }
        }
        component.css_vars = css_vars::parse(&styles);
        component
    }

    fn block(&mut self, tag: &StartTag<'_>, range: Range<usize>, styles: &mut Vec<MappedCode>) {
        let value = |name: &str| {
            let attribute = tag.attributes.iter().find(|attribute| attribute.name == name)?;
            Some(self.source.text[attribute.value.clone().unwrap_or_default()].to_owned())
        };
        let content = MappedCode::copied(
            &self.source.text[range.clone()],
            u32::try_from(range.start).expect("it is short"),
        );
        let block = ScriptBlock { range, lang: value("lang") };
        match tag.name {
            "script" if value("setup").is_some() => self.setup = Some(block),
            "script" => self.script = Some(block),
            "template" if value("lang").is_none() && value("src").is_none() => {
                self.template = Some(content);
            }
            "style" => styles.push(content),
            _ => {}
        }
    }

    fn compile(&self, options: &ScriptOptions<'_>) -> (Option<CompiledScript>, Diagnostics) {
        let mut log = Diagnostics::new();
        let scripts = Scripts {
            script: self.script.as_ref(),
            setup: self.setup.as_ref(),
            template: self.template.as_ref(),
            css_vars: &self.css_vars,
        };
        (compile(&scripts, options, &mut log), log)
    }
}

const DEVELOPMENT: bool = false;
const PRODUCTION: bool = true;

/// Compiles a component without mistakes.
fn compiled(text: &str, is_production: bool) -> CompiledScript {
    let component = Component::new(text);
    let options = ScriptOptions {
        source: &component.source,
        id: "id",
        is_production,
        is_for_engines: false,
        name: "FooBar",
    };
    let (compiled, log) = component.compile(&options);
    assert!(!log.has_errors(), "{text}: {log:?}");
    compiled.expect("there is a script")
}

/// Returns a module without blank lines and white space at the ends of lines.
fn module(text: &str, is_production: bool) -> String {
    tidy(compiled(text, is_production).code.text())
}

fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
