//! ES modules that a tool only minifies, and whose imports the page resolves by an import map:
//! `import Icons from "@typo3/backend/icons.js"`. They stay modules, and their imports externals.

use super::{
    facts::ProjectFacts,
    imports, packages,
    plan::{Plan, Sources},
};

/// What to do about an output of another format.
const OWN: &str = "a build has one format: give it a configuration of its own";

/// Writes ES modules if most scripts are ES modules, no bundler makes the others, and one of them
/// imports packages that are not installed. The scripts of the other format are noted.
pub fn keep(facts: &ProjectFacts, plan: &mut Plan) {
    let format = plan.keys.get("format").cloned();
    if format.as_ref().is_some_and(|format| format != "esm") {
        return;
    }
    let alias = plan.keys.get("alias").cloned().unwrap_or_default();
    // The modules, with what they import from the page.
    let mut modules: Vec<(String, Vec<String>)> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    let mut are_bundled = false;
    for (path, sources) in &plan.outputs {
        if let Some(source) = minified(sources).filter(|source| is_module(facts, source)) {
            let mut names = imports::packages(facts, std::slice::from_ref(source), &alias);
            names.retain(|name| is_of_page(facts, name));
            modules.push((path.clone(), names));
        } else if !sources.modules.is_empty() || !sources.classic.is_empty() {
            are_bundled |= !sources.modules.is_empty();
            others.push(path.clone());
        }
    }
    if modules.iter().all(|(_, names)| names.is_empty()) {
        return;
    }
    if format.is_none() && (are_bundled || modules.len() <= others.len()) {
        for (path, _) in modules.iter().filter(|(_, names)| !names.is_empty()) {
            leave_out(plan, path, "an ES module whose imports the page resolves");
        }
        return;
    }
    if format.is_none() {
        for path in &others {
            leave_out(plan, path, "a classic script, beside ES modules");
        }
        plan.set("format", "esm");
        plan.comment("format", "as before: pages load ES modules, and resolve their imports");
        // Modules load what they share.
        plan.keys.shift_remove("splitting");
        if facts.package.get("browserslist").is_none() && !facts.has(".browserslistrc") {
            plan.set("target", "esnext");
            plan.comment("target", "as before: the syntax of the sources stays");
        }
    }
    for (path, names) in modules {
        if let Some(sources) = plan.outputs.get_mut(&path) {
            sources.modules = std::mem::take(&mut sources.classic);
        }
        for name in names {
            plan.put("externals", &name, true);
        }
    }
}

/// Notes a script of another format, and leaves it out.
fn leave_out(plan: &mut Plan, path: &str, what: &str) {
    let Some(sources) = plan.outputs.get_mut(path) else { return };
    let mut all = sources.modules.iter().chain(&sources.classic);
    let source = all.next().cloned().unwrap_or_default();
    sources.modules.clear();
    sources.classic.clear();
    if sources.styles.is_empty() {
        plan.outputs.shift_remove(path);
    }
    plan.note(source, format!("{path}.js, {what}"), OWN);
}

/// Returns the only script of an output that no bundler makes.
fn minified(sources: &Sources) -> Option<&String> {
    match sources.classic.as_slice() {
        [one] if sources.modules.is_empty() => Some(one),
        _ => None,
    }
}

/// Whether a line of a script begins with `import` or `export`, as in an ES module.
fn is_module(facts: &ProjectFacts, source: &str) -> bool {
    let is_statement = |rest: &str| {
        let next = rest.trim_start();
        let is_apart = next.len() < rest.len();
        next.starts_with(['{', '*', '"', '\''])
            || is_apart && next.starts_with(|c: char| c.is_alphabetic() || "_$".contains(c))
    };
    let text = facts.text(&facts.project.join(source));
    let mut after =
        text.lines().flat_map(|line| ["import", "export"].map(|word| line.strip_prefix(word)));
    after.any(|rest| rest.is_some_and(is_statement))
}

/// Whether a specifier is one of a package that the project does not have.
fn is_of_page(facts: &ProjectFacts, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "@/._-~".contains(c);
    let package = packages::package(name);
    !name.starts_with(['.', '/'])
        && name.chars().all(is_part)
        && facts.range(package).is_none()
        && !facts.has(&format!("node_modules/{package}"))
}
