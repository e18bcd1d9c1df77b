//! Tailwind: PostCSS runs it if its configuration says so; else its own command writes its
//! stylesheets, because without it their rules are missing.

use super::facts::Facts;

/// Returns whether a stylesheet has Tailwind's directives: `@tailwind` of versions 1 to 3, or the
/// import of version 4.
pub fn is_source(facts: &Facts, path: &str) -> bool {
    let text = facts.fs.read(&facts.project.join(path)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    ["@tailwind ", "@import \"tailwindcss", "@import 'tailwindcss"]
        .iter()
        .any(|directive| text.contains(directive))
}

/// Returns whether a configuration of PostCSS in the project's folder has Tailwind as a plugin.
pub fn is_a_plugin(facts: &Facts) -> bool {
    let files = ["postcss.config.js", "postcss.config.cjs", "postcss.config.mjs", ".postcssrc"];
    let text = |name: &&str| facts.fs.read(&facts.project.join(name)).ok();
    files
        .iter()
        .find_map(text)
        .is_some_and(|text| String::from_utf8_lossy(&text).contains("tailwindcss"))
}

/// Returns the command that writes a stylesheet, by the installed version.
pub fn command(facts: &Facts, source: &str, output: &str) -> String {
    let words = match facts.major("tailwindcss") {
        Some(0..=2) => "tailwindcss build",
        Some(4..) => "@tailwindcss/cli -i",
        Some(3) | None => "tailwindcss -i",
    };
    format!("let its own command write it: npx {words} {source} -o {output}")
}
