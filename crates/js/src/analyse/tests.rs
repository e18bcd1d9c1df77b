//! Small texts to records, in a form that reads like the record.
use std::{fmt::Write, sync::Arc};

use bundle_base::{Config, Source, loader::Language};
use bundle_graph::record::{Effects, ImportName, Literal, ModuleRecord, SymbolIndex};

use crate::{Ast, FormatHint, PartInput};

/// A configuration for tests.
pub(crate) fn config() -> Config {
    use bundle_base::config::*;
    Config {
        project: "/p".into(),
        name: "p".to_owned(),
        entries: Vec::new(),
        mode: Mode::Production,
        resolve: ResolveConfig {
            platform: Platform::Browser,
            alias: Default::default(),
            externals: Default::default(),
            provide: Default::default(),
            conditions: Vec::new(),
            main_fields: Vec::new(),
            extensions: Vec::new(),
            follow_symlinks: true,
            tsconfig: None,
        },
        script: ScriptConfig {
            target: Target::ESNEXT,
            define: Default::default(),
            jsx: Jsx::Classic { factory: "h".to_owned(), fragment: "F".to_owned() },
            decorators: Decorators::Legacy,
            define_class_fields: true,
            charset: Charset::Ascii,
        },
        output: OutputConfig {
            dir: "/p/out".into(),
            file: None,
            format: Format::Iife,
            splitting: false,
            minify: false,
            source_map: SourceMap::None,
            public_path: "/".to_owned(),
            modules: ModulesForm::Hoisted,
        },
        silenced: Vec::new(),
    }
}

/// Analyses a text; panics with its diagnostics if it is wrong.
pub(crate) fn analysed(text: &str, config: &Config) -> (ModuleRecord, Arc<Ast>) {
    let source = Source::new("/p/m.js", "m.js", text);
    let input = PartInput { source: &source, language: Language::JavaScript, format: FormatHint::Auto };
    let analysis = crate::analyse(&input, config);
    let ast = analysis.ast.unwrap_or_else(|| panic!("{:#?}", analysis.record.diagnostics));
    (analysis.record, ast)
}

fn name(record: &ModuleRecord, symbol: SymbolIndex) -> &str {
    &record.symbols[symbol.0 as usize].name
}

/// One line a fact.
fn summary(record: &ModuleRecord) -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").expect("strings can be written");
    line(format!("{:?}{}", record.format, if record.is_strict { " strict" } else { "" }));
    for request in &record.requests {
        line(format!("request {} {:?}{}", request.specifier, request.kind, if request.is_optional { " optional" } else { "" }));
    }
    for import in &record.imports {
        let what = match &import.name {
            ImportName::Named(name) => name.as_str(),
            ImportName::Namespace => "*",
        };
        line(format!("import {what} of {} as {}", record.requests[import.request.0 as usize].specifier, name(record, import.symbol)));
    }
    for export in &record.exports {
        line(format!("export {} = {}", export.name, name(record, export.symbol)));
    }
    for star in &record.stars {
        line(format!("export * from {}", record.requests[star.request.0 as usize].specifier));
    }
    for (symbol, value) in &record.constants {
        let value = match value {
            Literal::Undefined => "undefined".to_owned(),
            Literal::Null => "null".to_owned(),
            Literal::Boolean(b) => b.to_string(),
            Literal::Number(n) => n.to_string(),
            Literal::String(s) => format!("{s:?}"),
        };
        line(format!("constant {} = {value}", name(record, *symbol)));
    }
    for (index, s) in record.statements.iter().enumerate() {
        let declares: Vec<_> = s.declares.iter().map(|d| name(record, *d)).collect();
        let uses: Vec<_> = s
            .uses
            .iter()
            .map(|u| match &u.members {
                Some(members) => format!("{}.{{{}}}", name(record, u.symbol), members.join(",")),
                None => name(record, u.symbol).to_owned(),
            })
            .collect();
        let eager: Vec<_> = s.eager_reads.iter().map(|(e, _)| name(record, *e)).collect();
        let effects = match s.effects {
            Effects::None => "pure".to_owned(),
            Effects::Of(symbol) => format!("of {}", name(record, symbol)),
            Effects::Any => "any".to_owned(),
        };
        line(format!("{index}: {effects} declares[{}] uses[{}] now[{}] asks{:?}", declares.join(" "), uses.join(" "), eager.join(" "), s.requests.iter().map(|r| r.0).collect::<Vec<_>>()));
    }
    out
}

#[test]
fn show() {
    let (record, _) = analysed(
        "import a, { b as c } from './a'; import * as ns from './ns';\nexport const k = 1; export function f() { return a + ns.x + ns['y'] }\nexport default class { m() { return c } }\nvar q = require('./q'); export { c as d, q }; export * from './s'; export * as t from './t'; export { z as y } from './z'; let w = ns.b(); w = 2; import('./dyn').catch(e => e);",
        &config(),
    );
    panic!("{}", summary(&record));
}
