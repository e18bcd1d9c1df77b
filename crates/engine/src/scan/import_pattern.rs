//! `import "./autoload/**/*"`: every file that a pattern means, as webpack's import-glob does.

use bundle_base::json::quoted;
use bundle_graph::record::Request;

use super::{
    context::is_loaded,
    following::Following,
    node::ResolvedImport,
    synthetic::{compile, fixed_folder, folder_of, importer_name, is_hidden, join, of_text},
};
use crate::messages;

/// Whether a specifier is a pattern of files: a relative path with a `*`, which names of
/// files do not have.
pub(super) fn is_pattern(specifier: &str) -> bool {
    specifier.contains('*') && specifier.starts_with('.') && !specifier.contains(['?', '!'])
}

/// Makes a module that imports the files in the order of their names. Its default export is the
/// list of their namespaces.
pub(super) fn module(request: &Request, following: &mut Following<'_, '_>) -> ResolvedImport {
    let (from, shared) = (following.from, following.shared);
    let label = following.label(request);
    let pattern = request.specifier.as_str();
    let start = fixed_folder(pattern);
    let patterns = match compile(&[pattern[start.len()..].to_owned()]) {
        Ok(patterns) => patterns,
        Err(why) => return following.missing(messages::bad_pattern(label, pattern, &why)),
    };
    let folder = join(&folder_of(from), &start);
    let own = importer_name(from);
    let names: Vec<String> = following
        .walk(&folder, true)
        .into_iter()
        .filter(|name| patterns.iter().any(|(pattern, _)| pattern.is_match(name)))
        .filter(|name| !is_hidden(name) && is_loaded(&folder.join(name), "", shared))
        .filter(|name| own.as_deref() != format!("{start}{name}").strip_prefix("./"))
        .collect();
    if names.is_empty() {
        following.report(messages::empty_context(label, pattern));
    }
    let import = |(index, name): (usize, &String)| {
        format!("import * as m{index} from {};\n", quoted(&format!("./{name}")))
    };
    let imports: String = names.iter().enumerate().map(import).collect();
    let list: Vec<String> = (0..names.len()).map(|index| format!("m{index}")).collect();
    let key = format!("{}?files={}", shared.resolver.name(&folder), &pattern[start.len()..]);
    let text = format!("{imports}export default [{}];\n", list.join(", "));
    of_text(key, text, folder.join("files"), shared)
}
