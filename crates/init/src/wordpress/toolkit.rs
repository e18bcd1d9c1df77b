//! A project of `10up-toolkit`: its options in package.json, and what it has of its own.

use serde_json::json;

use super::{super::facts::ProjectFacts, project::has_babel};

pub(super) const TOOL: &str = "10up-toolkit";
/// The tool's configuration of PostCSS, for projects that have none.
const POSTCSS: &str = "node_modules/10up-toolkit/config/postcss.config.js";

/// Returns the module that configurations require.
pub(super) fn configuration(facts: &ProjectFacts) -> String {
    let options = facts.package.get(TOOL).or_else(|| facts.package.get("@10up/scripts"));
    let babel = json!({ "presets": ["@wordpress/babel-preset-default"] });
    let has_postcss = facts.package.get("postcss").is_some()
        || super::super::postcss::FILES.iter().any(|file| facts.is_file(file));
    let project = json!({
        "options": options.cloned().unwrap_or_else(|| json!({})),
        "babel": if has_babel(facts) { json!({}) } else { babel },
        "hasBlocks": facts.major(TOOL).is_none_or(|major| major >= 6),
        "hasPostcss": has_postcss || !facts.is_file(POSTCSS),
        "postcss": POSTCSS,
    });
    format!("const project = {project};\n{}", include_str!("toolkit.js"))
}
