//! The imports of both scripts. The scripts become one module, so a name that both import is
//! imported once.

use bundle_base::{Diagnostics, Span};
use bundle_js::block_span;
use indexmap::IndexMap;
use swc_common::Spanned;
use swc_ecma_ast::{ImportDecl, ImportSpecifier, ModuleExportName};

use super::{declared::Aliases, edits::Edits, file::File, report::report, used::Usage};
use crate::{messages::script as messages, v2::bindings::Binding};

/// A name that a script imports.
pub(super) struct Import {
    /// `import type`: it does not exist at run time.
    pub is_type: bool,
    /// The name in the other module, or `default` or `*`.
    imported: String,
    source: String,
    /// The template may mention it.
    pub is_used: bool,
    /// The place of the import specifier in the file.
    span: Span,
}

impl Import {
    /// Returns its kind for the template.
    pub fn binding(&self) -> Binding {
        let is_component = self.imported == "default" && self.source.strip_suffix(".vue").is_some();
        if self.imported == "*" || is_component || self.source == "vue" {
            Binding::SetupConst
        } else {
            Binding::SetupMaybeRef
        }
    }
}

/// The imported names of both scripts.
pub(super) struct Imports<'a> {
    file: File<'a>,
    usage: Usage,
    /// The imports by local name, in the order of the text.
    pub names: IndexMap<String, Import>,
    pub aliases: Aliases,
}

impl<'a> Imports<'a> {
    pub fn new(file: File<'a>, usage: Usage) -> Self {
        Self { file, usage, names: IndexMap::new(), aliases: Aliases::default() }
    }

    /// Adds the imports of the script without setup.
    pub fn of_script(&mut self, declaration: &ImportDecl) {
        for specifier in &declaration.specifiers {
            self.add(declaration, specifier);
        }
    }

    /// Adds the imports of `<script setup>`. Removes macros and names that the other script imports
    /// too.
    pub fn of_setup(&mut self, declaration: &ImportDecl, edits: &mut Edits, log: &mut Diagnostics) {
        let specifiers = declaration.specifiers.iter();
        let kept: Vec<_> =
            specifiers.filter(|specifier| self.setup_name(declaration, specifier, log)).collect();
        if kept.is_empty() && !declaration.specifiers.is_empty() {
            edits.remove(block_span(declaration.span));
        } else if kept.len() < declaration.specifiers.len() {
            self.rewrite(declaration, &kept, edits);
        }
    }

    /// Rewrites an import some of whose names are removed. Braces and commas change with them, so
    /// its whole head is replaced.
    fn rewrite(&self, declaration: &ImportDecl, kept: &[&ImportSpecifier], edits: &mut Edits) {
        let (mut outside, mut braced) = (Vec::new(), Vec::new());
        for specifier in kept {
            let written = self.file.written(*specifier);
            match specifier {
                ImportSpecifier::Named(_) => braced.push(written),
                ImportSpecifier::Default(_) | ImportSpecifier::Namespace(_) => {
                    outside.push(written.to_owned());
                }
            }
        }
        if !braced.is_empty() {
            outside.push(format!("{{ {} }}", braced.join(", ")));
        }
        let keyword = if declaration.type_only { "import type" } else { "import" };
        let head =
            Span::new(block_span(declaration.span).start, block_span(declaration.src.span).start);
        edits.replace(head, format!("{keyword} {} from ", outside.join(", ")));
    }

    /// Whether an import of `<script setup>` is kept.
    fn setup_name(
        &mut self,
        declaration: &ImportDecl,
        specifier: &ImportSpecifier,
        log: &mut Diagnostics,
    ) -> bool {
        let (source, imported) = (source(declaration), imported(specifier));
        if source == "vue"
            && matches!(imported.as_str(), "defineProps" | "defineEmits" | "defineExpose")
        {
            report(log, messages::needless_macro_import(self.file.label(specifier), &imported));
            return false;
        }
        match self.names.get(specifier.local().sym.as_str()) {
            Some(known) if known.source == source && known.imported == imported => false,
            Some(known) => {
                let (at, first) = (
                    self.file.label(specifier),
                    bundle_base::Label::new(self.file.source, known.span),
                );
                report(log, messages::name_imported_twice(at, &specifier.local().sym, first));
                true
            }
            None => {
                self.add(declaration, specifier);
                true
            }
        }
    }

    fn add(&mut self, declaration: &ImportDecl, specifier: &ImportSpecifier) {
        let (local, source, imported) =
            (specifier.local(), source(declaration), imported(specifier));
        if source == "vue" {
            self.aliases.insert(imported.clone(), local.sym.to_string());
        }
        let is_type = declaration.type_only
            || matches!(specifier, ImportSpecifier::Named(named) if named.is_type_only);
        let is_used = self.usage.mentions(&local.sym);
        let import =
            Import { is_type, imported, source, is_used, span: block_span(specifier.span()) };
        self.names.insert(local.sym.to_string(), import);
    }
}

fn source(declaration: &ImportDecl) -> String {
    declaration.src.value.to_string_lossy().into_owned()
}

fn imported(specifier: &ImportSpecifier) -> String {
    match specifier {
        ImportSpecifier::Default(_) => "default".to_owned(),
        ImportSpecifier::Namespace(_) => "*".to_owned(),
        ImportSpecifier::Named(named) => match &named.imported {
            None => named.local.sym.to_string(),
            Some(ModuleExportName::Ident(name)) => name.sym.to_string(),
            Some(ModuleExportName::Str(text)) => text.value.to_string_lossy().into_owned(),
        },
    }
}
