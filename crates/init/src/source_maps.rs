//! Source maps of production builds, which webpack calls `devtool`.

use bundle_js::static_evaluation::Value;

use super::plan::Plan;

/// Reads webpack's word: `source-map`, `hidden-source-map`, `inline-source-map` and the like. Those
/// with `eval` are for development, which has maps anyway.
pub fn of_devtool(plan: &mut Plan, word: &str) {
    if !word.contains("source-map") || word.contains("eval") {
        return;
    }
    let kind = ["hidden", "inline"].into_iter().find(|kind| word.contains(kind));
    of_production(plan, kind.unwrap_or("file"));
}

/// Reads a switch with a word of its own: Vite's `build.sourcemap`, Encore's `enableSourceMaps`.
pub fn of_switch(plan: &mut Plan, switch: &Value) {
    match switch {
        Value::Boolean(true) => of_production(plan, "file"),
        Value::Text(kind) if ["hidden", "inline"].contains(&kind.as_str()) => {
            of_production(plan, kind);
        }
        _ => {}
    }
}

fn of_production(plan: &mut Plan, kind: &str) {
    plan.modes.production.insert("sourcemap".to_owned(), kind.into());
}
