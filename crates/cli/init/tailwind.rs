//! Tailwind: its own command writes its stylesheets, because without it their rules are missing.

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

/// Returns the command that writes a stylesheet, by the installed version.
pub fn command(facts: &Facts, source: &str, output: &str) -> String {
    let words = match facts.major("tailwindcss") {
        Some(0..=2) => "tailwindcss build",
        Some(4..) => "@tailwindcss/cli -i",
        Some(3) | None => "tailwindcss -i",
    };
    format!("let its own command write it: npx {words} {source} -o {output}")
}
