//! Reads the options for decorators, class fields and JSX from the project's tsconfig.json. Its
//! `paths` are the resolver's. Nothing is reported here: TypeScript reports whether the file is
//! valid, and the resolver does if that matters for a path.

use camino::{Utf8Path, Utf8PathBuf};
use jsonc_parser::ast::{Object, Value};

use super::{
    super::{
        paths::absolute,
        raw::{RawConfig, RawTypeScript, Written},
    },
    reader::Reader,
};
use crate::{decode::decode_lossy, diagnostic::Diagnostics, fs::FileSystem, source::Source};

/// Below ES2022, TypeScript assigns class fields instead of defining them.
const ASSIGNING_TARGETS: &[&str] =
    &["es3", "es5", "es6", "es2015", "es2016", "es2017", "es2018", "es2019", "es2020", "es2021"];

/// Reads the compiler options of a tsconfig.json and the files that it extends; empty if there is
/// no such file.
pub fn read_tsconfig(fs: &dyn FileSystem, path: &Utf8Path) -> RawConfig {
    read(fs, path, &mut Vec::new())
}

/// Reads a file and what it extends. A file that was already read adds nothing, so a cycle ends.
fn read(fs: &dyn FileSystem, path: &Utf8Path, seen: &mut Vec<Utf8PathBuf>) -> RawConfig {
    let mut raw = RawConfig::default();
    if seen.iter().any(|s| s == path) {
        return raw;
    }
    seen.push(path.to_owned());
    let Ok(bytes) = fs.read(path) else { return raw };
    let source = Source::new(path, path.file_name().unwrap_or_default(), decode_lossy(&bytes));
    let mut ignored = Diagnostics::new();
    let mut reader = Reader::new(&source, &mut ignored);
    let Some(Value::Object(root)) = reader.root() else { return raw };
    if let Some(options) = root.get_object("compilerOptions") {
        compiler_options(&reader, &mut raw, options);
    }
    let extended = root.get("extends").and_then(|p| reader.quiet_strings(&p.value));
    // If there are several, the last one has precedence.
    for specifier in extended.into_iter().flat_map(|list| list.value).rev() {
        if let Some(base) = find(fs, path, &specifier) {
            raw = raw.or(read(fs, &base, seen));
        }
    }
    raw
}

fn compiler_options(reader: &Reader<'_>, raw: &mut RawConfig, options: &Object<'_>) {
    let text = |name: &str| options.get(name).and_then(|p| reader.quiet_string(&p.value));
    let script = &mut raw.script;
    script.decorators = options.get_boolean("experimentalDecorators").map(|legacy| {
        let value = if legacy.value { "legacy" } else { "standard" };
        Written::at(value.to_owned(), reader.label(legacy))
    });
    let assigns = |target: &Written<String>| {
        ASSIGNING_TARGETS.contains(&target.value.to_ascii_lowercase().as_str())
    };
    let is_set = |name: &str| options.get_boolean(name).map(|found| found.value);
    script.typescript = RawTypeScript {
        define_class_fields: is_set("useDefineForClassFields")
            .or_else(|| text("target").map(|target| !assigns(&target))),
        decorator_metadata: is_set("emitDecoratorMetadata"),
        strict_null_checks: is_set("strictNullChecks").or_else(|| is_set("strict")),
        keeps_imports: is_set("verbatimModuleSyntax")
            .or_else(|| is_set("preserveValueImports"))
            .or_else(|| text("importsNotUsedAsValues").map(|said| said.value != "remove")),
    };
    script.jsx.runtime = text("jsx").and_then(|jsx| {
        let value = match jsx.value.as_str() {
            "react" => "classic",
            "react-jsx" | "react-jsxdev" => "automatic",
            // `preserve` leaves the compilation to the bundler and selects no form.
            _ => return None,
        };
        Some(Written { value: value.to_owned(), origin: jsx.origin })
    });
    script.jsx.factory = text("jsxFactory");
    script.jsx.fragment = text("jsxFragmentFactory");
    script.jsx.import_source = text("jsxImportSource");
}

/// Finds the file that `extends` names: by path, or in a package.
fn find(fs: &dyn FileSystem, from: &Utf8Path, specifier: &str) -> Option<Utf8PathBuf> {
    let folder = from.parent()?;
    let is_path = specifier.starts_with(['.', '/']);
    let bases: Vec<Utf8PathBuf> = if is_path {
        vec![absolute(folder, specifier)]
    } else {
        folder.ancestors().map(|at| at.join("node_modules").join(specifier)).collect()
    };
    let candidates = bases.iter().flat_map(|base| {
        [base.clone(), Utf8PathBuf::from(format!("{base}.json")), base.join("tsconfig.json")]
    });
    candidates.into_iter().find(|path| fs.kind(path) == Some(crate::fs::FileKind::File))
}
