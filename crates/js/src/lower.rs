//! From the program as written to the program that the target understands: names resolved, types
//! stripped, defines put in, dead branches gone, decorators and JSX compiled, and modern syntax
//! lowered if (and only if) the target needs it. Module syntax (`import`, `export`, `import()`,
//! `import.meta`) stays for the linker.
//!
//! The order matters. Decorators come before types are stripped, because what only a decorator uses
//! is a use. Types come before `define`, because TypeScript drops an import that no code mentions,
//! and code in a dead branch mentions it. JSX comes before the feature scan, because what it
//! compiles to is newer than ES5; that of Vue 2 brings names with it that have to be resolved, so
//! it is prepared first of all.

use bundle_base::{
    Config, Diagnostic, Label,
    config::{Decorators, Jsx},
    loader::Language,
};
use swc_common::{FileName, Mark, SourceMap, comments::SingleThreadedComments, sync::Lrc};
use swc_ecma_ast::{Module, Program};
use swc_ecma_transforms_base::{
    helpers::{HELPERS, Helpers},
    resolver,
};
use swc_ecma_transforms_proposal::{decorator_2023_11::decorator_2023_11, decorators};
use swc_ecma_transforms_react as react;
use swc_ecma_transforms_typescript as typescript;

use crate::{
    PartInput,
    ast::{self, Marks},
    messages,
    parse::Parsed,
};

mod astral_names; // names with characters beyond U+FFFF
mod async_super; // `super` in async arrow functions
mod block_functions; // functions in blocks
mod body_variables; // variables that share a name with a parameter
mod catch_variables; // `var`s that are called as the parameter of a `catch` around them
mod class_names; // classes that constants stand for, named
pub(crate) mod constant; // conditions whose value is in the text
mod constant_assignment; // what assigns to a `const`
mod dead_cases; // cases of a `switch` that never run
mod default_names; // functions that are default values, named
mod define; // values known at compile time, and the branches they decide
mod for_in_targets; // loops whose target is a member
mod generator_parameters; // when the parameters of generators are evaluated
mod import_equals; // `export import a = require(…)` and `export =`
mod jumps; // where `break` and `continue` go
mod kept; // what functions mention
mod late_variables; // variables of loops that functions before them keep
mod literals; // spellings of literals
mod loop_variables; // `var` in loops with functions
mod loops; // loops with functions that keep their variables
mod merged_blocks; // namespaces and enums in several blocks
mod nested_rest; // lists behind `...` in patterns
mod object_super; // `super` in object literals
mod objects; // object literals that are written out
mod optional_calls; // calls of chains in parentheses
mod own_classes; // classes whose name is assigned
mod own_parameters; // parameters that share a name with the enum or namespace around them
mod preset; // modern syntax to what the target understands
mod private_chains; // private names behind `?.`
mod regexes; // regular expressions to what the target understands
mod replaced_classes; // classes that a legacy decorator replaces
mod shape; // what kinds of syntax a program has, so that passes without work are left out
mod unmapped_arguments; // `arguments` beside patterns and rest parameters
mod variables; // variables that a step needs
mod vue_jsx; // Vue 2's JSX

/// A program in the target's language.
pub(crate) struct Lowered {
    /// The program.
    pub module: Module,
    /// It was parsed as an ES module.
    pub is_module: bool,
    /// Every comment, annotations of lowering included.
    pub comments: SingleThreadedComments,
    /// The marks its identifiers were resolved with.
    pub marks: Marks,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Lowers a program. Runs inside `ast::within`.
pub(crate) fn lower(
    parsed: Parsed,
    input: &PartInput<'_>,
    config: &Config,
) -> Result<Lowered, Vec<Diagnostic>> {
    let helpers = Helpers::new(true);
    let marks = Marks { unresolved: Mark::new(), top_level: Mark::new(), helpers: helpers.mark() };
    let lowering =
        Lowering { input, config, marks, comments: parsed.comments, is_module: parsed.is_module };
    let work = || HELPERS.set(&helpers, || ast::listen(|| lowering.run(parsed.module)));
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

/// What every step may read.
struct Lowering<'a> {
    input: &'a PartInput<'a>,
    config: &'a Config,
    marks: Marks,
    comments: SingleThreadedComments,
    is_module: bool,
}

impl Lowering<'_> {
    fn run(mut self, mut module: Module) -> Result<Lowered, Vec<Diagnostic>> {
        // `#!/usr/bin/env node` means something only in the first line of a file.
        module.shebang = None;
        let is_typescript = matches!(self.input.language, Language::TypeScript | Language::Tsx);
        let shape = shape::of(&module, &self.input.source.text);
        let is_vue2 = shape.has_jsx && *self.how_jsx() == Jsx::Vue2;
        let prepared = is_vue2
            .then(|| vue_jsx::prepare(&mut module, self.input.source, self.config))
            .transpose()?;
        catch_variables::move_out(&mut module);
        let mut program = Program::Module(module);
        program.mutate(resolver(self.marks.unresolved, self.marks.top_level, is_typescript));
        if shape.has_decorators {
            self.decorators(&mut program);
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
            own_parameters::tell_apart(&mut program, self.marks.top_level);
            if let Some(span) = export_assignment {
                let at = |span| Label::new(self.input.source, ast::span(span));
                import_equals::make_commonjs(&mut program).map_err(|other| {
                    vec![messages::export_equals_in_module(at(span), at(other))]
                })?;
            }
        }
        define::apply(&mut program, (self.config, self.is_module), self.input.source, self.marks);
        match prepared {
            Some(prepared) => prepared.compile(&mut program, self.marks, self.is_module),
            None if shape.has_jsx => self.jsx(&mut program),
            None => {}
        }
        let diagnostics = preset::lower(
            &mut program,
            &preset::Setting {
                source: self.input.source,
                config: self.config,
                marks: self.marks,
                comments: &self.comments,
                is_module: self.is_module,
                assigns_fields: is_typescript && !self.config.script.define_class_fields,
            },
        )?;
        Ok(Lowered {
            module: program.expect_module(),
            is_module: self.is_module,
            comments: self.comments,
            marks: self.marks,
            diagnostics,
        })
    }

    fn decorators(&self, program: &mut Program) {
        match self.config.script.decorators {
            Decorators::Legacy => {
                let replaced = replaced_classes::prepare(program);
                program.mutate(decorators::decorators(decorators::Config {
                    legacy: true,
                    emit_metadata: false,
                    use_define_for_class_fields: self.config.script.define_class_fields,
                }));
                replaced.finish(program);
            }
            Decorators::Standard => program.mutate(decorator_2023_11()),
        }
    }

    fn strip_types(&self, program: &mut Program) {
        let marks = self.marks;
        let options = typescript::Config::default();
        let Jsx::Classic { factory, fragment } = self.how_jsx() else {
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
        // The factory is used by every element, though no code mentions it yet.
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

    fn how_jsx(&self) -> &Jsx {
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
        match self.how_jsx() {
            // It was prepared, and is compiled in its own way.
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

/// A map of sources for the passes that parse a factory's name: our positions never come from it.
fn source_map() -> Lrc<SourceMap> {
    let map = SourceMap::default();
    map.new_source_file(Lrc::new(FileName::Anon), "");
    Lrc::new(map)
}

#[cfg(test)]
mod tests;
