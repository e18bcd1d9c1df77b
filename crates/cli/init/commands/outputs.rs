//! The outputs of calls. Several scripts may write one: one for development, and one that watches.

use super::super::plan::Plan;

/// Adds a stylesheet to an output, once.
pub(super) fn add_style(plan: &mut Plan, output: &str, source: &str) {
    let styles = &mut plan.output(output).styles;
    if !styles.iter().any(|known| known == source) {
        styles.push(source.to_owned());
    }
}

/// Adds a module or a stylesheet to an output, once.
pub(super) fn add(plan: &mut Plan, output: &str, source: &str) {
    if source.ends_with("ss") {
        return add_style(plan, output, source);
    }
    let modules = &mut plan.output(output).modules;
    if !modules.iter().any(|known| known == source) {
        modules.push(source.to_owned());
    }
}
