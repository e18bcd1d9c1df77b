//! The module of `require.context(folder, deep, pattern)`, and of a `require` or `import()` with an
//! expression, which analysis turns into one: a function from names to the files that match.

use std::collections::{BTreeMap, BTreeSet};

use bundle_base::{Config, installed::is_installed, json::quoted};
use bundle_graph::record::{ContextMode, ContextRequest, Request};
use bundle_resolve::{RequestSyntax, ResolveRequest, Resolved, as_query};
use camino::Utf8Path;

use super::{following::Following, node::ResolvedImport, state::ScanState, synthetic::of_text};
use crate::{loaders::refused, messages};

/// Makes the module of `require.context(folder, deep, pattern)`.
pub(super) fn module(
    request: &Request,
    context: &ContextRequest,
    following: &mut Following<'_, '_>,
) -> ResolvedImport {
    let (shared, importer) = (following.shared, following.from.importer());
    let ask = |specifier: &str| {
        shared.resolver.resolve_directory(&ResolveRequest {
            specifier,
            kind: RequestSyntax::Require,
            importer,
        })
    };
    // `require.context("!svg-sprite-loader!./icons")` gives every file the query of the loaders.
    let as_query = as_query(&request.specifier).unwrap_or_default();
    let (inner, query) = as_query.split_at(as_query.find('?').unwrap_or(as_query.len()));
    let (found, query) = match ask(&request.specifier) {
        Err(_) if !inner.is_empty() => (ask(inner), query),
        other => (other, ""),
    };
    let label = following.label(request);
    let is_expression = context.mode != ContextMode::Sync;
    let folder = match found {
        Ok(folder) if is_expression && !is_in_project(&folder, shared.config) => {
            return following.missing(messages::context_leads_out(label, &request.specifier));
        }
        Ok(folder) => folder,
        Err(failure) => {
            let why = failure.diagnostic(label);
            let why = if is_expression { messages::optional_folder(why) } else { why };
            return following.missing(why);
        }
    };
    let filter = match Filter::of(context) {
        Ok(filter) => filter,
        Err((pattern, why)) => {
            return following.missing(messages::bad_pattern(label, pattern, &why.to_string()));
        }
    };
    let fits = |name: &String| filter.names.find(name).is_some();
    let mut paths = following.walk(&folder, context.is_deep);
    // webpack leaves out files such as `.keep`, whatever the pattern says.
    paths.retain(|path| !path.rsplit('/').next().is_some_and(|name| name.starts_with('.')));
    let names: Vec<(String, String)> = if is_expression {
        let is_meant = |path: &String| {
            let path = folder.join(path);
            filter.takes(&shared.resolver.name(&path)) && is_loaded(&path, query, shared)
        };
        let loaded = paths.into_iter().filter(is_meant);
        let all = loaded.flat_map(|path| names_of(&path, shared.config));
        let unique: BTreeMap<String, String> = all.filter(|(name, _)| fits(name)).rev().collect();
        unique.into_iter().collect()
    } else {
        let all = paths.into_iter().map(|path| format!("./{path}"));
        all.filter(fits).map(|name| (name.clone(), name)).collect()
    };
    if names.is_empty() {
        following.report(messages::empty_context(label, &request.specifier));
    }
    let text = context_text(&names, query, context);
    let name = shared.resolver.name(&folder);
    let deep = if context.is_deep { "" } else { "&flat" };
    let mode = match context.mode {
        ContextMode::Sync => "",
        ContextMode::Request => "&request",
        ContextMode::Lazy => "&lazy",
        ContextMode::Eager => "&eager",
    };
    let flags = &context.flags;
    let mut key = format!("{name}?context={}{flags}{deep}{mode}{query}", context.pattern);
    for (word, wish) in [("include", &context.include), ("exclude", &context.exclude)] {
        key.extend(wish.iter().map(|(source, flags)| format!("&{word}=/{source}/{flags}")));
    }
    key.extend(context.chunk_name.iter().map(|name| format!("&name={name}")));
    let folder = folder.join("context");
    of_text(key, text, folder, shared)
}

/// Which files a context has.
struct Filter {
    names: regress::Regex,
    include: Option<regress::Regex>,
    exclude: Option<regress::Regex>,
}

impl Filter {
    /// Compiles the patterns of a request. The error has the pattern that is wrong.
    fn of(context: &ContextRequest) -> Result<Self, (&str, regress::Error)> {
        fn regex<'p>(
            source: &'p str,
            flags: &str,
        ) -> Result<regress::Regex, (&'p str, regress::Error)> {
            regress::Regex::with_flags(source, flags).map_err(|why| (source, why))
        }
        Ok(Self {
            names: regex(&context.pattern, &context.flags)?,
            include: context.include.as_ref().map(|(s, f)| regex(s, f)).transpose()?,
            exclude: context.exclude.as_ref().map(|(s, f)| regex(s, f)).transpose()?,
        })
    }

    /// Whether webpack's comments let a file in. Their patterns are for paths: `/src/lang/de.js`.
    fn takes(&self, name: &str) -> bool {
        let path = format!("/{name}");
        let fits = |pattern: &regress::Regex| pattern.find(&path).is_some();
        self.include.as_ref().is_none_or(fits) && !self.exclude.as_ref().is_some_and(fits)
    }
}

/// Whether a folder is in the project or in an installed package, and not all of either: a
/// pattern must not walk over the disk.
fn is_in_project(folder: &Utf8Path, config: &Config) -> bool {
    let inside = |root: &Utf8Path| folder != root && folder.starts_with(root);
    inside(&config.project) && !folder.ends_with("node_modules") || is_installed(folder.as_str())
}

/// Whether a file can be loaded: others in the folder are not meant.
pub(super) fn is_loaded(path: &Utf8Path, query: &str, shared: &ScanState<'_>) -> bool {
    let name = shared.resolver.name(path);
    let found = Resolved { path: path.to_owned(), query: query.to_owned(), name, package: None };
    !found.name.ends_with(".d.ts") && refused(&found, shared.config, &*shared.fs).is_none()
}

/// Returns the names by which a `require` may mean a file, each with the name of the file: also
/// without its extension, and the folder of an `index`.
fn names_of(path: &str, config: &Config) -> Vec<(String, String)> {
    let whole = format!("./{path}");
    let mut extensions = config.resolve.extensions.iter();
    let short = extensions.find_map(|extension| whole.strip_suffix(extension.as_str()));
    let folder = short.and_then(|short| short.strip_suffix("/index"));
    let names = [Some(whole.as_str()), short, folder];
    names.into_iter().flatten().map(|name| (name.to_owned(), whole.clone())).collect()
}

/// Writes the value of `require.context`, as webpack defines it: a function of names with `keys`,
/// `resolve` and `id`. `names`: each with the file that it means. `query`: of all files.
fn context_text(names: &[(String, String)], query: &str, context: &ContextRequest) -> String {
    let is_promise = matches!(context.mode, ContextMode::Lazy | ContextMode::Eager);
    let eager = "webpackMode: \"eager\"";
    // Several names may mean one file, which has one number.
    let files: BTreeSet<&String> = names.iter().map(|(_, file)| file).collect();
    let wish = |file: &String| match (context.mode, &context.chunk_name) {
        (ContextMode::Eager, _) => format!("/* {eager} */ "),
        (ContextMode::Lazy, Some(name)) => {
            let index = files.iter().position(|other| *other == file).unwrap_or_default();
            let name = name.replace("[index]", &index.to_string());
            let name = quoted(&name.replace("[request]", &in_file_name(file))).replace("*/", "");
            format!("/* webpackChunkName: {name} */ ")
        }
        (ContextMode::Lazy | ContextMode::Sync | ContextMode::Request, _) => String::new(),
    };
    let load = if is_promise { "import" } else { "require" };
    let entry = |(name, file): &(String, String)| {
        let wish = wish(file);
        let [name, file] = [quoted(name), quoted(&format!("{file}{query}"))];
        format!("  {name}: function () {{ return {load}({wish}{file}); }},\n")
    };
    let entries = names.iter().map(entry).collect::<String>();
    let call = if is_promise {
        "try {\n    return find(name)();\n  } catch (error) {\n    \
         return Promise.reject(error);\n  }"
    } else {
        "return find(name)();"
    };
    format!(
        r#"var modules = {{
{entries}}};
function find(name) {{
  if (!Object.prototype.hasOwnProperty.call(modules, name)) {{
    var error = new Error("Cannot find module '" + name + "'");
    error.code = "MODULE_NOT_FOUND";
    throw error;
  }}
  return modules[name];
}}
function context(name) {{
  {call}
}}
context.keys = function () {{
  return Object.keys(modules);
}};
context.resolve = function (name) {{
  find(name);
  return name;
}};
context.id = module.id;
module.exports = context;
"#
    )
}

/// Returns a request as webpack writes it into the name of a chunk: `./lang/de.js` as `lang-de-js`.
fn in_file_name(request: &str) -> String {
    let words = request.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
