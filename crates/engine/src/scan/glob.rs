//! `import.meta.glob`: a module of the files that patterns mean, as in Vite.

use std::collections::BTreeSet;

use bundle_base::{Diagnostic, Label, config::relative, json::quoted};
use bundle_graph::record::{GlobRequest, Request};
use bundle_resolve::{RequestSyntax, ResolveRequest, slashed};
use camino::{Utf8Path, Utf8PathBuf};

use super::{
    following::Following,
    node::ResolvedImport,
    origin::Origin,
    state::ScanState,
    synthetic::{compile, fixed_folder, folder_of, is_hidden, join, of_text},
};
use crate::messages;

/// The folders that patterns and names are relative to.
struct Folders<'s> {
    /// For patterns that begin with `/`.
    root: &'s Utf8Path,
    /// For patterns that begin with a dot: the importer's folder, or the option `base`.
    base: Utf8PathBuf,
}

/// Makes the module of `import.meta.glob(patterns, options)`.
pub(super) fn module(
    request: &Request,
    glob: &GlobRequest,
    following: &mut Following<'_, '_>,
) -> ResolvedImport {
    let shared = following.shared;
    let folders = Folders::of(glob, following.from, shared);
    let files = match files(request, glob, &folders, following) {
        Ok(files) => files,
        Err(why) => return following.missing(*why),
    };
    let key = format!(
        "{}?glob={}{}",
        shared.resolver.name(&folders.base),
        glob.patterns.join(","),
        options(glob)
    );
    let text = text_of(&files, glob, &folders);
    of_text(key, text, folders.base.join("glob"), shared)
}

impl<'s> Folders<'s> {
    fn of(glob: &GlobRequest, from: &Origin, shared: &ScanState<'s>) -> Self {
        let here = folder_of(from);
        let root = shared.resolver.root_of(&here).unwrap_or(&shared.config.project);
        let base = match glob.base.as_deref() {
            None => here,
            Some(base) if base.starts_with('/') => join(root, base),
            Some(base) => join(&here, base),
        };
        Self { root, base }
    }

    /// Returns a pattern as one of absolute paths, and the folder that contains everything that
    /// matches. A pattern that begins with neither `/` nor a dot begins with an alias or a package.
    fn pattern(
        &self,
        pattern: &str,
        label: &Label,
        from: &Origin,
        shared: &ScanState<'_>,
    ) -> Result<(String, Utf8PathBuf), Box<Diagnostic>> {
        let (sign, wanted) =
            pattern.strip_prefix('!').map_or(("", pattern), |wanted| ("!", wanted));
        if wanted.starts_with("**") {
            return Ok((pattern.to_owned(), self.root.to_owned()));
        }
        let start = fixed_folder(wanted);
        let folder = if start.starts_with('/') {
            join(self.root, &start)
        } else if wanted.starts_with('.') {
            join(&self.base, &start)
        } else {
            let specifier = start.trim_end_matches('/');
            let ask = ResolveRequest {
                specifier,
                kind: RequestSyntax::Import,
                importer: from.importer(),
            };
            let found = shared.resolver.resolve_directory(&ask);
            found.map_err(|failure| Box::new(failure.diagnostic(label.clone())))?
        };
        let inside = globset::escape(slashed(&folder).trim_end_matches('/'));
        Ok((format!("{sign}{inside}/{}", &wanted[start.len()..]), folder))
    }

    /// Returns the name of a file in the result: relative to `base`, or, if a pattern begins with
    /// neither a dot nor `!`, to `root`.
    fn name(&self, file: &str, glob: &GlobRequest) -> String {
        if glob.base.is_some() || glob.patterns.iter().all(|one| one.starts_with(['.', '!'])) {
            return self.specifier(file);
        }
        let name = relative(self.root, file.into());
        if name.starts_with('.') { name } else { format!("/{name}") }
    }

    /// Returns the path of a file from `base`, with a dot at its start.
    fn specifier(&self, file: &str) -> String {
        let path = relative(&self.base, file.into());
        if path.starts_with('.') { path } else { format!("./{path}") }
    }
}

/// Returns the files that the patterns mean, sorted.
fn files(
    request: &Request,
    glob: &GlobRequest,
    folders: &Folders<'_>,
    following: &mut Following<'_, '_>,
) -> Result<Vec<String>, Box<Diagnostic>> {
    let label = following.label(request);
    let patterns = glob.patterns.iter();
    let patterns: Vec<(String, Utf8PathBuf)> = patterns
        .map(|pattern| folders.pattern(pattern, &label, following.from, following.shared))
        .collect::<Result<_, _>>()?;
    let (patterns, starts): (Vec<String>, Vec<Utf8PathBuf>) = patterns.into_iter().unzip();
    let matchers = compile(&patterns)
        .map_err(|why| Box::new(messages::bad_pattern(label, &request.specifier, &why)))?;
    let wanted = starts.into_iter().zip(&matchers).filter(|(_, (_, keep))| *keep);
    let starts: BTreeSet<Utf8PathBuf> = wanted.map(|(start, _)| start).collect();
    // The files of a folder inside another one are found there.
    let is_inside = |start: &Utf8Path| {
        starts.iter().any(|other| other.as_path() != start && start.starts_with(other))
    };
    let mut found = BTreeSet::new();
    for start in starts.iter().filter(|start| !is_inside(start)) {
        let paths = following.walk(start, true);
        found.extend(paths.into_iter().map(|path| slashed(&start.join(path))));
    }
    let own = slashed(following.from.importer());
    let names_hidden = glob.patterns.iter().any(|pattern| is_hidden(pattern));
    let is_wanted = |file: &String| {
        matchers.iter().any(|(matcher, keep)| *keep && matcher.is_match(file))
            && !matchers.iter().any(|(matcher, keep)| !*keep && matcher.is_match(file))
            && *file != own
            // A pattern does not match hidden files, as in shells and in Vite.
            && (names_hidden || !is_hidden(file))
    };
    Ok(found.into_iter().filter(is_wanted).collect())
}

/// Returns the text of the module.
fn text_of(files: &[String], glob: &GlobRequest, folders: &Folders<'_>) -> String {
    let (mut imports, mut entries) = (Vec::new(), Vec::new());
    let query = glob.query.as_deref().unwrap_or_default();
    for (index, file) in files.iter().enumerate() {
        let specifier = quoted(&(folders.specifier(file) + query));
        let value = match (&glob.import, glob.is_eager) {
            (None, true) => {
                imports.push(format!("import * as m{index} from {specifier};\n"));
                format!("m{index}")
            }
            (Some(import), true) => {
                imports.push(format!("import {{ {import} as m{index} }} from {specifier};\n"));
                format!("m{index}")
            }
            (None, false) => format!("function () {{ return import({specifier}); }}"),
            (Some(import), false) => {
                let member = quoted(import);
                format!(
                    "function () {{ return import({specifier}).then(function (m) {{ return \
                     m[{member}]; }}); }}"
                )
            }
        };
        let name = quoted(&folders.name(file, glob));
        entries.push(format!("  {name}: {value},\n"));
    }
    format!("{}export default {{\n{}}};\n", imports.concat(), entries.concat())
}

/// Returns the options of a call as a part of the module's key.
fn options(glob: &GlobRequest) -> String {
    let mut text = String::from(if glob.is_eager { "&eager" } else { "" });
    for (name, value) in [("import", &glob.import), ("query", &glob.query), ("base", &glob.base)] {
        if let Some(value) = value {
            text.extend(["&", name, "=", value]);
        }
    }
    text
}
