//! Snippets through parsing and lowering, printed; what they must not contain is checked by `verify`, so that the two
//! walks keep each other honest.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Source,
    config::{
        Charset, Decorators, Format, Jsx, Mode, ModulesForm, OutputConfig, Platform, ResolveConfig, ScriptConfig,
        SourceMap as MapForm, Target,
    },
    diagnostic::Severity,
    loader::Language,
};
use swc_common::{GLOBALS, Globals, SourceMap, sync::Lrc};
use swc_ecma_ast::Program;
use swc_ecma_codegen::{Emitter, text_writer::JsWriter};
use swc_ecma_transforms_base::{fixer::fixer, hygiene::hygiene};

use crate::{FormatHint, PartInput, features, lower, parse};

pub(crate) fn config(target: Target) -> Config {
    Config {
        project: "/p".into(),
        name: "p".into(),
        entries: Vec::new(),
        mode: Mode::Production,
        resolve: ResolveConfig {
            platform: Platform::Browser,
            alias: [].into(),
            externals: [].into(),
            provide: [].into(),
            conditions: Vec::new(),
            main_fields: Vec::new(),
            extensions: Vec::new(),
            follow_symlinks: true,
            tsconfig: None,
        },
        script: ScriptConfig {
            target,
            define: [("process.env.NODE_ENV".to_owned(), "\"production\"".to_owned())].into(),
            jsx: Jsx::Classic { factory: "React.createElement".into(), fragment: "React.Fragment".into() },
            decorators: Decorators::Legacy,
            define_class_fields: true,
            charset: Charset::Ascii,
        },
        output: OutputConfig {
            dir: "/p/out".into(),
            file: None,
            format: Format::Esm,
            splitting: false,
            minify: false,
            source_map: MapForm::None,
            public_path: String::new(),
            modules: ModulesForm::Hoisted,
        },
        silenced: Vec::new(),
    }
}

/// Parses, lowers and prints.
pub(crate) fn compile(text: &str, language: Language, config: &Config) -> Result<String, Vec<Diagnostic>> {
    let name = match language {
        Language::TypeScript => "a.ts",
        Language::Tsx => "a.tsx",
        _ => "a.js",
    };
    let source = Source::new(format!("/p/{name}"), name, text);
    let input = PartInput { source: &source, language, format: FormatHint::Auto };
    let globals = Globals::new();
    crate::ast::within(&globals, || {
        let parsed = parse::parse(&input, config)?;
        let lowered = lower::lower(parsed, &input, config)?;
        Ok(print(lowered))
    })
}

fn print(lowered: lower::Lowered) -> String {
    let program = Program::Module(lowered.module).apply(hygiene()).apply(fixer(Some(&lowered.comments)));
    let map = Lrc::new(SourceMap::default());
    let mut out = Vec::new();
    let mut emitter = Emitter {
        cfg: swc_ecma_codegen::Config::default().with_ascii_only(true).with_target(swc_ecma_ast::EsVersion::Es5),
        cm: Lrc::clone(&map),
        comments: Some(&lowered.comments),
        wr: JsWriter::new(map, "\n", &mut out, None),
    };
    emitter.emit_program(&program).expect("printing into memory");
    String::from_utf8(out).expect("the printer writes UTF-8")
}

fn js(text: &str, target: Target) -> String {
    compile(text, Language::JavaScript, &config(target)).expect("it compiles")
}

fn ts(text: &str) -> String {
    compile(text, Language::TypeScript, &config(Target::ESNEXT)).expect("it compiles")
}

#[test]
#[ignore]
fn scratch() {
    let dir = std::path::Path::new("/tmp/lowertest");
    let mut names: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let ext = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_owned();
        let language = match &*ext {
            "js" => Language::JavaScript,
            "ts" => Language::TypeScript,
            "tsx" => Language::Tsx,
            "json" => Language::Json,
            _ => continue,
        };
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut config = config(if name.contains("esnext") { Target::ESNEXT } else { Target::ES5 });
        if name.contains("std") { config.script.decorators = Decorators::Standard; }
        if name.contains("auto") { config.script.jsx = Jsx::Automatic { import_source: "react".into() }; }
        if name.contains("vue") { config.script.jsx = Jsx::Vue2; }
        match compile(&text, language, &config) {
            Ok(out) => {
                std::fs::write(format!("/tmp/lowertest/{name}.out"), &out).unwrap();
                let source = Source::new("/x", &*name, out);
                for d in features::verify(&source, &config) {
                    println!("VERIFY {}", bundle_base::diagnostic::render_text(&d, false));
                }
            }
            Err(errors) => errors.iter().for_each(|e| println!("{}", bundle_base::diagnostic::render_text(e, false))),
        }
    }
}
