//! Turns the program as written into one that the target supports: resolves names, strips types,
//! applies `define`, removes dead branches, compiles decorators and JSX, and lowers modern syntax
//! if (and only if) the target lacks it. Module syntax (`import`, `export`, `import()`,
//! `import.meta`) is kept for the linker.
//!
//! The order matters. Decorators come before type stripping, because a name that only a decorator
//! mentions is used. Type stripping comes before `define`, because TypeScript drops an import that
//! no code mentions, and code in a dead branch mentions it. JSX comes before the feature scan,
//! because its output is newer than ES5. Vue 2's JSX adds names that must be resolved, so it is
//! prepared first of all.

use bundle_base::{Config, Diagnostic, Label, config::Jsx, loader::Language};
use swc_common::{FileName, SourceMap, comments::SingleThreadedComments, sync::Lrc};
use swc_ecma_ast::{Module, Program};
use swc_ecma_transforms_base::helpers::HELPERS;
use swc_ecma_transforms_react as react;
use swc_ecma_transforms_typescript as typescript;

use crate::{
    FormatHint, PartInput,
    ast::{self, Marks},
    features, messages,
    parse::Parsed,
    scopes::Scopes,
};

mod ambient; // `declare const name` of TypeScript
mod astral_names; // names with characters beyond U+FFFF
mod big_ints; // BigInt literals, and `**` with BigInts
mod block_functions; // functions in blocks
mod body_variables; // variables that share a name with a parameter
mod build; // nodes of lowered code
mod catch_variables; // `var`s that have the name of an enclosing `catch` parameter
mod classes; // classes, `super` and `new.target`
mod classic_script; // scripts whose top-level names are globals
pub(crate) mod constant; // conditions whose value is known from the text
mod constant_assignment; // assignments to a `const`
mod dead_cases; // cases of a `switch` that never run
mod decorators; // TypeScript's decorators and the proposal's
mod define; // values known at compile time, and the branches that they decide
mod es2015; // functions, patterns, loops and literals of ECMAScript 2015
mod generators; // generators, async functions and `for await`
mod import_equals; // `export import a = require(…)` and `export =`
mod kept; // names that functions capture
mod literals; // spellings of literals
mod merged_blocks; // namespaces and enums declared in several blocks
mod named_defines; // UMD modules of one file that ask for one another
mod names; // the numbers of a program's names while it is lowered
mod own_classes; // classes whose name is assigned to
mod own_names; // function expressions that share their name with a parameter
mod own_parameters; // parameters that share a name with the enum or namespace around them
mod preset; // modern syntax to what the target understands
mod regexes; // regular expressions to what the target understands
mod shape; // the kinds of syntax in a program, so that passes without work are skipped
mod statements; // flat lists of the statements that remain around a decided condition
mod syntax; // operators, optional chains and `catch` without a parameter
mod temporal_dead_zone; // variables and classes used before their declaration has run
mod unmapped_arguments; // `arguments` of functions with patterns or rest parameters
mod using; // `using` declarations
mod vue_jsx; // Vue 2's JSX
mod webpack_names; // names that webpack gives to modules
mod yields; // `yield` and `await` of the function around

use names::Names;

/// A program in the target's syntax.
pub(crate) struct Lowered {
    /// The program.
    pub module: Module,
    /// Whether it is an ES module. TypeScript with `export =` is CommonJS.
    pub is_module: bool,
    /// Every comment, and the annotations that lowering added.
    pub comments: SingleThreadedComments,
    /// Its bindings; their numbers are the syntax contexts of its names.
    pub scopes: Scopes,
    /// Warnings of lowering.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers a program. Must run inside `ast::within`.
pub(crate) fn lower(
    parsed: Parsed,
    input: &PartInput<'_>,
    config: &Config,
) -> Result<Lowered, Vec<Diagnostic>> {
    let (marks, helpers) = Marks::new();
    let lowering =
        Lowering { input, config, marks, comments: parsed.comments, is_module: parsed.is_module };
    let work = || HELPERS.set(&helpers, || ast::collect_reports(|| lowering.run(parsed.module)));
    let (result, reports) = ast::guarded(input.source, work).map_err(|broken| vec![broken])?;
    let mut errors: Vec<_> = reports
        .iter()
        .map(|(at, words)| messages::not_lowered(Label::new(input.source, *at), words))
        .collect();
    match result {
        Ok(lowered) if errors.is_empty() => Ok(lowered),
        Ok(_) => Err(errors),
        Err(more) => {
            errors.extend(more);
            Err(errors)
        }
    }
}

/// The inputs of every lowering step.
struct Lowering<'a> {
    input: &'a PartInput<'a>,
    config: &'a Config,
    marks: Marks,
    comments: SingleThreadedComments,
    is_module: bool,
}

impl Lowering<'_> {
    fn run(mut self, mut module: Module) -> Result<Lowered, Vec<Diagnostic>> {
        // `#!/usr/bin/env node` is valid only in the first line of a file.
        module.shebang = None;
        let is_typescript = matches!(self.input.language, Language::TypeScript | Language::Tsx);
        let shape = shape::of(&module, &self.input.source.text);
        let is_vue2 = shape.has_jsx && *self.jsx_mode() == Jsx::Vue2;
        let prepared = is_vue2
            .then(|| vue_jsx::prepare(&mut module, self.input.source, self.config))
            .transpose()?;
        catch_variables::move_out(&mut module);
        if is_typescript {
            ambient::remove(&mut module);
        }
        let assigns_fields = is_typescript && !self.config.script.define_class_fields;
        let (mut names, mut program) = if is_typescript || shape.has_jsx {
            Names::by_swc(module, self.marks, is_typescript)
        } else {
            let is_strict = self.is_strict(&module);
            Names::number(module, is_strict)
        };
        if shape.has_decorators {
            names.will_change();
            decorators::lower(&mut program, self.config.script.decorators, assigns_fields);
            let left = shape::decorators_left(&program);
            if !left.is_empty() {
                let at = |span| Label::new(self.input.source, ast::span(span));
                return Err(left
                    .into_iter()
                    .map(|span| messages::decorator_misplaced(at(span)))
                    .collect());
            }
        }
        if is_typescript {
            self.is_module &= !shape.has_commonjs_syntax;
            merged_blocks::lower(&mut program);
            import_equals::split_exports(&mut program);
            let export_assignment = import_equals::export_assignment(&program);
            self.strip_types(&mut program);
            own_parameters::separate(&mut program, self.marks.top_level);
            if let Some(span) = export_assignment {
                let at = |span| Label::new(self.input.source, ast::span(span));
                import_equals::make_commonjs(&mut program).map_err(|other| {
                    vec![messages::export_equals_in_module(at(span), at(other))]
                })?;
            }
        }
        if let Program::Module(module) = &mut program {
            let text = &self.input.source.text;
            if !self.is_module {
                named_defines::resolve(module, text, &mut names);
            }
            webpack_names::declare(module, text, &mut names, &self.config.output.public_path);
        }
        if self.input.format == FormatHint::Script && !self.is_module {
            names.will_change();
            classic_script::make_global(&mut program);
        }
        if define::apply(&mut program, (self.config, self.is_module), self.input.source) {
            names.removed();
        }
        match prepared {
            Some(prepared) => prepared.compile(&mut program, self.is_module),
            None if shape.has_jsx => self.jsx(&mut program),
            None => {}
        }
        let diagnostics = preset::lower(
            &mut program,
            &preset::Setting {
                source: self.input.source,
                config: self.config,
                is_module: self.is_module,
                assigns_fields,
            },
            &mut names,
        )?;
        let mut module = program.expect_module();
        let is_strict = self.is_strict(&module);
        Ok(Lowered {
            scopes: names.finish(&mut module, is_strict, self.is_module),
            module,
            is_module: self.is_module,
            comments: self.comments,
            diagnostics,
        })
    }

    /// Whether the top level is strict code.
    fn is_strict(&self, module: &Module) -> bool {
        self.is_module || features::begins_with_use_strict(module)
    }

    fn strip_types(&self, program: &mut Program) {
        let marks = self.marks;
        let options = typescript::Config::default();
        let Jsx::Classic { factory, fragment } = self.jsx_mode() else {
            return program.mutate(typescript::typescript(
                options,
                marks.unresolved,
                marks.top_level,
            ));
        };
        if self.input.language != Language::Tsx {
            return program.mutate(typescript::typescript(
                options,
                marks.unresolved,
                marks.top_level,
            ));
        }
        // Every element uses the factory, though no code mentions it yet.
        let factories = typescript::TsxConfig {
            pragma: Some(factory.clone().into()),
            pragma_frag: Some(fragment.clone().into()),
        };
        program.mutate(typescript::tsx(
            source_map(),
            options,
            factories,
            self.comments.clone(),
            marks.unresolved,
            marks.top_level,
        ));
    }

    fn jsx_mode(&self) -> &Jsx {
        let script = &self.config.script;
        if self.input.source.path.extension() == Some("vue") {
            &script.jsx_in_components
        } else {
            &script.jsx
        }
    }

    fn jsx(&self, program: &mut Program) {
        let mut options =
            react::Options { throw_if_namespace: Some(false), ..react::Options::default() };
        match self.jsx_mode() {
            // `vue_jsx` prepared it and compiles it.
            Jsx::Vue2 => return,
            Jsx::Classic { factory, fragment } => {
                options.runtime = Some(react::Runtime::Classic);
                options.pragma = Some(factory.clone().into());
                options.pragma_frag = Some(fragment.clone().into());
            }
            Jsx::Automatic { import_source } => {
                options.runtime = Some(react::Runtime::Automatic);
                options.import_source = Some(import_source.as_str().into());
            }
        }
        let marks = self.marks;
        program.mutate(react::jsx(
            source_map(),
            Some(self.comments.clone()),
            options,
            marks.top_level,
            marks.unresolved,
        ));
    }
}

/// A map of sources for the passes that parse a factory's name. Our positions never come from it.
fn source_map() -> Lrc<SourceMap> {
    let map = SourceMap::default();
    map.new_source_file(Lrc::new(FileName::Anon), "");
    Lrc::new(map)
}

#[cfg(test)]
mod tests;
