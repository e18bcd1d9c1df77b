//! `require` in outputs that are ES modules (esm), which have none: CommonJS packages call it for
//! what is not bundled.

use bundle_base::config::Platform;

use super::glue::Scope;

/// The definition of `require` for pages: a loader may have given the page a `require`; otherwise
/// the call throws.
const ON_A_PAGE: &[&str] = &[
    "var require = (typeof self === \"object\" ? self : globalThis).require || \
     function (specifier) {",
    "var error = new Error(\"Cannot find module \\\"\" + specifier + \
     \"\\\": an ES module has no \\\"require\\\"\");",
    r#"error.code = "MODULE_NOT_FOUND";"#,
    "throw error;",
    "};",
];

/// Returns lines that declare `require`, if modules of the chunk mention it.
pub(super) fn lines(scope: &Scope<'_>) -> Vec<String> {
    let mentions = |name: &String| name == "require";
    let mut modules = scope.chunk.modules.iter().filter_map(|id| scope.modules.get(id));
    if !modules.any(|rendered| rendered.module.globals.iter().any(mentions)) {
        return Vec::new();
    }
    match scope.config.resolve.platform {
        Platform::Browser => ON_A_PAGE.iter().map(|line| (*line).to_owned()).collect(),
        Platform::Node => {
            let create = free_name("createRequire", scope);
            let clause = if create == "createRequire" {
                create.clone()
            } else {
                format!("createRequire as {create}")
            };
            vec![
                format!("import {{ {clause} }} from \"module\";"),
                format!("var require = {create}(import.meta.url);"),
            ]
        }
    }
}

/// Returns a name that is free in the chunk's scope.
fn free_name(preferred: &str, scope: &Scope<'_>) -> String {
    let spellings = (1..).map(|number| format!("{preferred}${number}"));
    let mut free = std::iter::once(preferred.to_owned()).chain(spellings);
    let is_free = |name: &String| scope.named().all(|(_, taken)| taken != name);
    free.find(is_free).expect("numbers do not run out")
}
