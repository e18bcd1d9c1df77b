//! `__webpack_public_path__ = …` in sources: webpack loads chunks from there, and here it is a
//! variable of its module.

use std::collections::VecDeque;

use bundle_base::config::{absolute, relative};
use camino::Utf8PathBuf;
use indexmap::IndexSet;

use super::{
    facts::{Facts, required},
    plan::Plan,
};

const NAME: &str = "__webpack_public_path__";
/// Most files that are looked at. Programs assign the name in an entry, or in what it imports.
const MOST: usize = 200;

/// Notes where the entries, or what they import by a relative path, assign to the name.
pub fn note(facts: &Facts, plan: &mut Plan) {
    let modules = plan.outputs.values().flat_map(|sources| &sources.modules);
    let mut files: IndexSet<Utf8PathBuf> =
        modules.map(|path| absolute(&facts.project, path)).collect();
    let mut waiting: VecDeque<Utf8PathBuf> = files.iter().cloned().collect();
    while let Some(file) = waiting.pop_front() {
        let text = facts.fs.read(&file).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        if let Some(line) = text.lines().position(is_assignment) {
            plan.note(
                format!("{}:{}", relative(&facts.project, &file), line + 1),
                format!("{NAME}, which scripts assign"),
                "remove \"publicPath\", and let the page set BUNDLE_PUBLIC_PATH before the \
                 scripts: docs/splitting.md",
            );
        }
        let folder = file.parent().map(ToOwned::to_owned).unwrap_or_default();
        for name in required(&text).filter(|name| name.starts_with('.')) {
            let path = absolute(&folder, name);
            let ends = ["", ".js", ".ts", "/index.js", "/index.ts"];
            let mut paths = ends.iter().map(|end| Utf8PathBuf::from(format!("{path}{end}")));
            if let Some(path) = paths.find(|path| facts.is_file(path.as_str()))
                && files.len() < MOST
                && files.insert(path.clone())
            {
                waiting.push_back(path);
            }
        }
    }
}

/// Returns whether a line assigns to the name, and is no comment.
fn is_assignment(line: &str) -> bool {
    let Some((before, after)) = line.split_once(NAME) else { return false };
    let after = after.trim_start();
    let is_comment = before.contains("//") || before.trim_start().starts_with('*');
    after.starts_with('=') && !after.starts_with("==") && !is_comment
}

#[cfg(test)]
mod tests {
    use super::is_assignment;

    #[test]
    fn lines_that_assign() {
        assert!(is_assignment("__webpack_public_path__ = window.base;"));
        assert!(is_assignment("if (base) __webpack_public_path__=base"));
        assert!(!is_assignment("load(__webpack_public_path__ + 'x')"));
        assert!(!is_assignment("if (__webpack_public_path__ === '/') go()"));
        assert!(!is_assignment("// __webpack_public_path__ = 1"));
    }
}
