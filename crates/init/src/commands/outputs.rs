//! The outputs of calls. Several scripts may write the same output: one for development, and one
//! that watches.

use bundle_base::config::matching;

use super::super::{facts::ProjectFacts, plan::Plan, stylesheets::is_stylesheet, webpack};

/// Adds a stylesheet to an output, once. One of Less needs a command.
pub(super) fn add_style(facts: &ProjectFacts, plan: &mut Plan, output: &str, source: &str) {
    let styles = &mut plan.output(output).styles;
    if !styles.iter().any(|known| known == source) {
        styles.push(source.to_owned());
    }
    if source.ends_with(".less") {
        webpack::compile_less(facts, plan, None);
    }
}

/// Adds a module or a stylesheet to an output, once.
pub(super) fn add(facts: &ProjectFacts, plan: &mut Plan, output: &str, source: &str) {
    if is_stylesheet(source) {
        return add_style(facts, plan, output, source);
    }
    let modules = &mut plan.output(output).modules;
    if !modules.iter().any(|known| known == source) {
        modules.push(source.to_owned());
    }
}

/// Returns the files that paths and globs name. `extension`: what a path may leave out, and what a
/// folder is searched for.
pub(super) fn files(facts: &ProjectFacts, paths: &[String], extension: &str) -> Vec<String> {
    let of_path = |path: &String| -> Vec<String> {
        if facts.is_file(path) {
            return vec![path.clone()];
        }
        let with_extension = format!("{path}.{extension}");
        if facts.is_file(&with_extension) {
            return vec![with_extension];
        }
        let is_glob = path.contains(['*', '{']);
        let folder = path.trim_end_matches('/');
        let glob = if is_glob { path.clone() } else { format!("{folder}/**/*.{extension}") };
        let found = matching(&*facts.fs, &facts.project, &glob);
        let found = found.iter().map(|path| facts.below(path).to_string());
        found.filter(|path| !path.contains("node_modules/")).collect()
    };
    paths.iter().flat_map(of_path).collect()
}

/// Returns sources for a tool that works on outputs of others: the files of paths and globs, and
/// paths that another tool writes first. Its own output is none.
pub(super) fn sources(
    facts: &ProjectFacts,
    paths: &[String],
    extension: &str,
    to: &str,
) -> Vec<String> {
    let of_path = |path: &String| {
        let found = files(facts, std::slice::from_ref(path), extension);
        let is_glob = path.contains(['*', '{']);
        if found.is_empty() && !is_glob && path.ends_with(extension) {
            return vec![path.clone()];
        }
        found
    };
    paths.iter().flat_map(of_path).filter(|path| path != to).collect()
}
