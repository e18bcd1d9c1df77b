//! Turns the program as written into one that the target supports: resolves names, strips types,
//! applies `define`, removes dead branches, compiles decorators and JSX, and lowers modern syntax
//! if (and only if) the target lacks it. Module syntax (`import`, `export`, `import()`,
//! `import.meta`) is kept for the linker.
//!
//! The order matters. JSX and types go before names are numbered, so that the table knows what a
//! factory means and which imports are read. Unread imports go before `define`, because code in a
//! dead branch reads them. Parameters that are properties wait for decorators, which see them as
//! written. Vue 2's JSX needs to know which tags are in scope, so it is prepared first and compiled
//! after `define`.

use bundle_base::{
    Config, Diagnostic, Label,
    config::{DecoratorMetadata, Decorators, Jsx, TypeScriptConfig},
    loader::Language,
    search,
};
use swc_common::comments::SingleThreadedComments;
use swc_ecma_ast::{Module, Program};

use crate::{
    FormatHint, PartInput, ast, features, messages,
    parse::{Parsed, SyntaxKinds},
    scopes::Scopes,
};

mod amd; // AMD modules
mod astral_names; // names with characters beyond U+FFFF
mod big_ints; // BigInt literals, and `**` with BigInts
mod block_functions; // functions in blocks
mod body_variables; // variables that share a name with a parameter
mod build; // nodes of lowered code
mod captured_names; // names that functions capture
mod catch_variables; // `var`s that have the name of an enclosing `catch` parameter
mod classes; // classes, `super` and `new.target`
mod classic_script; // scripts whose top-level names are globals
pub(crate) mod constant; // conditions whose value is known from the text
mod constant_assignment; // assignments to a `const`
mod dead_cases; // cases of a `switch` that never run
mod decorators; // TypeScript's decorators, Babel's and the proposal's
mod define; // values known at compile time, and the branches that they decide
mod es2015; // functions, patterns, loops and literals of ECMAScript 2015
mod function_constructors; // constructors of async functions and generators
mod generators; // generators, async functions and `for await`
mod hidden_names; // function expressions that share their name with a parameter
mod jsx; // JSX, except for Vue 2
mod later_requires; // `require([…], callback)` and `require.ensure`
mod literals; // spellings of literals
mod modern_syntax; // modern syntax to what the target understands
mod named_defines; // UMD modules of one file that ask for one another
mod names; // the numbers of a program's names while it is lowered
mod operators; // operators, optional chains and `catch` without a parameter
mod reassigned_classes; // classes whose name is assigned to
mod receivers; // `this` of rewritten calls
mod regexes; // regular expressions to what the target understands
mod shape; // the kinds of syntax in a program, so that passes without work are skipped
mod statements; // flattens the statements that remain of a decided condition
mod temporal_dead_zone; // variables and classes used before their declaration has run
mod typescript; // TypeScript's types, enums, namespaces and parameter properties
mod umd; // UMD modules that export a function instead of running
mod unmapped_arguments; // `arguments` of functions with patterns or rest parameters
mod using; // `using` declarations
mod vue_jsx; // Vue 2's JSX
mod webpack_names; // names that webpack gives to modules
mod yields; // finds `yield` and `await` of the enclosing function

pub(crate) use build::undefined;
use names::NameTable;
use shape::Shape;
pub(crate) use statements::declarations;

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
    /// Whether each name is the token at its place.
    pub is_as_written: bool,
    /// The kinds of syntax that it had, if they are known.
    pub kinds: Option<SyntaxKinds>,
}

/// Lowers a program. Must run inside `ast::within`.
pub(crate) fn lower(
    parsed: Parsed,
    input: &PartInput<'_>,
    config: &Config,
) -> Result<Lowered, Vec<Diagnostic>> {
    ast::reserve_contexts();
    let Parsed { module, is_module, comments, kinds } = parsed;
    let lowering = Lowering { input, config, comments, is_module, kinds };
    let work = || ast::collect_reports(|| lowering.run(module));
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
    comments: SingleThreadedComments,
    is_module: bool,
    kinds: Option<SyntaxKinds>,
}

impl Lowering<'_> {
    fn run(mut self, mut module: Module) -> Result<Lowered, Vec<Diagnostic>> {
        // `#!/usr/bin/env node` is valid only in the first line of a file.
        module.shebang = None;
        let shape = self.shape(&module);
        let prepared = self.compile_jsx(&mut module, shape)?;
        if search::contains(&self.input.source.text, "catch") {
            catch_variables::move_out(&mut module);
        }
        let erased = self
            .is_typescript()
            .then(|| typescript::erase(&mut module, self.typescript_config(shape)));
        self.decide_module_kind(&mut module, shape);
        let is_strict = self.is_strict(&module);
        let mut names = NameTable::number(&mut module, is_strict);
        if let Some(erased) = &erased {
            self.declare_types(&mut module, erased, &mut names)?;
        }
        let mut program = Program::Module(module);
        let has_decorated_fields =
            shape.has_decorators && self.lower_decorators(&mut program, &mut names)?;
        if erased.is_some_and(|erased| erased.has_properties) {
            typescript::finish(&mut program, &mut names);
        }
        self.lower_module_systems(&mut program, &mut names);
        self.define_values(&mut program, &mut names);
        if let Some(prepared) = prepared {
            names.will_change();
            prepared.compile(&mut program, self.is_module);
        }
        let diagnostics = self.lower_for_target(&mut program, has_decorated_fields, &mut names)?;
        let mut module = program.expect_module();
        let is_strict = self.is_strict(&module);
        Ok(Lowered {
            is_as_written: names.are_as_written() && !self.is_typescript() && !shape.has_jsx,
            scopes: names.finish(&mut module, is_strict, self.is_module),
            module,
            is_module: self.is_module,
            comments: self.comments,
            diagnostics,
            kinds: self.kinds,
        })
    }

    fn is_typescript(&self) -> bool {
        matches!(self.input.language, Language::TypeScript | Language::Tsx)
    }

    /// Whether class fields are assignments: TypeScript without `useDefineForClassFields`.
    fn assigns_fields(&self) -> bool {
        self.is_typescript() && !self.config.script.typescript.define_class_fields
    }

    fn shape(&self, module: &Module) -> Shape {
        shape::of(module, &self.input.source.text, self.kinds)
    }

    /// Decides whether the program is an ES module. One that is CommonJS after all stays strict.
    fn decide_module_kind(&mut self, module: &mut Module, shape: Shape) {
        self.is_module &= !shape.has_commonjs_syntax;
        if self.is_module
            && matches!(self.input.format, FormatHint::Auto | FormatHint::CommonJs)
            && shape::assigns_exports(module, &self.input.source.text)
        {
            self.is_module = false;
            module.body.insert(0, build::use_strict().into());
        }
    }

    /// Lowers TypeScript's declarations that have values.
    fn declare_types(
        &self,
        module: &mut Module,
        erased: &typescript::Erased,
        names: &mut NameTable,
    ) -> Result<(), Vec<Diagnostic>> {
        typescript::declare(module, erased, names).map_err(|[export, other]| {
            let at = |span| Label::new(self.input.source, span);
            vec![messages::export_equals_in_module(at(export), at(other))]
        })
    }

    /// Lowers decorators. Returns whether constructors define fields that have some.
    fn lower_decorators(
        &self,
        program: &mut Program,
        names: &mut NameTable,
    ) -> Result<bool, Vec<Diagnostic>> {
        names.will_change();
        let is_typescript = self.is_typescript();
        let dialect = decorators::Dialect::of(self.config.script.decorators, is_typescript);
        let has_decorated_fields = decorators::lower(program, dialect, self.assigns_fields());
        self.check_decorators(program)?;
        if is_typescript {
            typescript::erase_members(program);
        }
        Ok(has_decorated_fields)
    }

    /// Lowers what other module systems and scripts have of their own.
    fn lower_module_systems(&self, program: &mut Program, names: &mut NameTable) {
        let is_script = self.input.format == FormatHint::Script;
        let text = &self.input.source.text;
        if let Program::Module(module) = program {
            if !self.is_module && !is_script {
                named_defines::resolve(module, text, names);
                amd::lower(module, names);
                umd::start(module, names);
            }
            if !is_script {
                later_requires::lower(module, text, names, &self.comments);
            }
            webpack_names::lower(module, names, self.config);
        }
        if is_script && !self.is_module {
            names.will_change();
            classic_script::make_global(program);
        }
    }

    /// Inserts the values that are known at compile time.
    fn define_values(&mut self, program: &mut Program, names: &mut NameTable) {
        let table = names.table();
        match define::apply(program, self.config, self.is_module, self.input.source, table) {
            define::Change::None => {}
            define::Change::Folded => names.code_was_removed(),
            define::Change::Named => {
                names.names_were_inserted();
                self.kinds = None;
            }
        }
    }

    /// Lowers what the target lacks. Returns warnings.
    fn lower_for_target(
        &self,
        program: &mut Program,
        has_decorated_fields: bool,
        names: &mut NameTable,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let setting = modern_syntax::Setting {
            source: self.input.source,
            config: self.config,
            is_module: self.is_module,
            assigns_fields: self.assigns_fields(),
            has_decorated_fields,
        };
        modern_syntax::lower(program, &setting, names)
    }

    /// How TypeScript is compiled. Decorators of the proposal get no type metadata.
    fn typescript_config(&self, shape: Shape) -> TypeScriptConfig {
        let mut options = self.config.script.typescript;
        if !shape.has_decorators || self.config.script.decorators == Decorators::Standard {
            options.decorator_metadata = DecoratorMetadata::None;
        }
        options
    }

    /// Whether the top level is strict code.
    fn is_strict(&self, module: &Module) -> bool {
        self.is_module || features::begins_with_use_strict(module)
    }

    /// Compiles JSX, except Vue 2's, which is only prepared.
    fn compile_jsx(
        &self,
        module: &mut Module,
        shape: Shape,
    ) -> Result<Option<vue_jsx::Prepared>, Vec<Diagnostic>> {
        match self.jsx_mode() {
            _ if !shape.has_jsx => Ok(None),
            Jsx::Vue2 => vue_jsx::prepare(module, self.input.source, self.config).map(Some),
            mode => {
                jsx::compile(module, mode, &self.comments);
                Ok(None)
            }
        }
    }

    /// Reports decorators in places where they have no meaning.
    fn check_decorators(&self, program: &Program) -> Result<(), Vec<Diagnostic>> {
        let left = shape::misplaced_decorators(program);
        let at = |span| Label::new(self.input.source, ast::span(span));
        let found: Vec<_> =
            left.into_iter().map(|span| messages::decorator_misplaced(at(span))).collect();
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    fn jsx_mode(&self) -> &Jsx {
        let script = &self.config.script;
        if self.input.source.path.extension() == Some("vue") {
            &script.jsx_in_components
        } else {
            &script.jsx
        }
    }
}

#[cfg(test)]
mod tests;
