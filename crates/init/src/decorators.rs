//! Decorators of the first proposal, which presets compile without being asked: whether the project
//! has any.

use super::{facts::ProjectFacts, imports::SearchedFiles, plan::Plan};

/// Packages whose decorators are of the first proposal.
const PACKAGES: [&str; 20] = [
    "autobind-decorator",
    "class-transformer",
    "class-validator",
    "core-decorators",
    "inversify",
    "inversify-inject-decorators",
    "lodash-decorators",
    "mobx",
    "mobx-react",
    "reflect-metadata",
    "tsyringe",
    "typedi",
    "typeorm",
    "vue-class-component",
    "vue-facing-decorator",
    "vue-mixin-decorator",
    "vue-property-decorator",
    "vuex-class",
    "vuex-class-modules",
    "vuex-module-decorators",
];
/// Rules of stylesheets in scripts, which look like decorators.
const RULES: [&str; 9] =
    ["apply", "charset", "extend", "font", "import", "include", "keyframes", "media", "supports"];
/// What a class, or a member before its name, may begin with.
const KEYWORDS: [&str; 14] = [
    "abstract",
    "accessor",
    "async",
    "class",
    "declare",
    "export",
    "get",
    "override",
    "private",
    "protected",
    "public",
    "readonly",
    "set",
    "static",
];

/// Sets the decorators of the project's preset, if the project plausibly has some. `found`: what
/// its entries import.
pub fn of_preset(facts: &ProjectFacts, found: &SearchedFiles, plan: &mut Plan) {
    let Some(preset) = plan.scripts.preset_of_decorators else { return };
    let is_of_script = |ending: &str| ["js", "jsx", "mjs", "ts", "tsx", "vue"].contains(&ending);
    let mut scripts = found.files().filter(|file| file.extension().is_some_and(is_of_script));
    if PACKAGES.iter().any(|package| facts.range(package).is_some())
        || scripts.any(|file| are_in(&facts.text(file)))
    {
        plan.set("decorators", "legacy");
        plan.comment("decorators", format!("those of the preset of {preset}"));
    }
}

/// Whether a script, or that of a component, has a decorator at the beginning of a line or of a
/// class.
fn are_in(text: &str) -> bool {
    let script = text.split_once("<script").and_then(|(_, rest)| rest.split("</script").next());
    let code = without_comments(script.unwrap_or(text));
    code.match_indices('@').any(|(at, _)| {
        let before = code[..at].trim_end();
        let is_first = before.is_empty()
            || code[before.len()..at].contains('\n')
            || before.ends_with(['{', '}', ';'])
            || before.ends_with("export")
            || before.ends_with("export default");
        is_first && is_decorator(&code[at + 1..])
    })
}

/// Whether the text after a `@` is a decorator with what it decorates.
fn is_decorator(text: &str) -> bool {
    let (name, rest) = word(text);
    let first = name.split('.').next().unwrap_or_default();
    if first.is_empty() || RULES.contains(&first) {
        return false;
    }
    let next = match rest.strip_prefix('(') {
        Some(arguments) => after_arguments(arguments),
        None if rest.starts_with(char::is_whitespace) => rest,
        None => return false,
    };
    let next = next.trim_start();
    let (name, rest) = word(next.trim_start_matches(['*', '#']));
    if next.starts_with('@') || KEYWORDS.contains(&name) {
        return true;
    }
    let is_end = rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    !name.is_empty()
        && (is_end || rest.trim_start().starts_with(['(', '=', ';', ':', '!', '?', '}']))
}

/// Returns the name, or path of names, that a text begins with, and the rest.
fn word(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_alphanumeric() || "_$.".contains(c);
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}

/// Returns what follows the bracket that closes a call's arguments.
fn after_arguments(text: &str) -> &str {
    let mut depth = 1_usize;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[at + 1..];
        }
    }
    ""
}

/// Leaves out comments of several lines, which may have tags such as `@param`.
fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |code, part| code + part.split_once("*/").map_or("", |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decorators_of_scripts() {
        for text in [
            "class Store { @observable count = 1; }",
            "@Component\nexport default class extends Vue {}",
            "export default @observer class App {}",
            "class A {\n  @Prop({ default: () => 1 }) readonly size\n}",
            "class A {\n  @action.bound\n  @log add() {}\n}",
            "<template><a @click=\"go\"/></template>\n<script>\n@Component\nclass A {}\n</script>",
            "class A {\n  @observable name\n  b = 1\n}",
        ] {
            assert!(are_in(text), "{text}");
        }
        for text in [
            "/*\n@param name\n*/ let a;",
            "/**\n * @type class\n */",
            "const a = css`\n  @media print {\n  }\n  @include wide;`",
            "const mail = 'me@example.com';\nconst b = `\n@user said so`",
            "<template>\n<a\n@click=\"go\"/></template>\n<script>\nlet a;\n</script>\n<style>\n@a b;\n",
        ] {
            assert!(!are_in(text), "{text}");
        }
    }
}
