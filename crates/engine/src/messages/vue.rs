//! Messages about Vue.

use bundle_base::{Diagnostic, Label, config::VUE_3};

/// The project has Vue 3 installed, whose components cannot be compiled.
pub fn installed_vue_3(version: Label) -> Diagnostic {
    Diagnostic::error("vue-version", VUE_3)
        .at(version.text("this version is installed"))
        .note("components are compiled for the version of Vue in the project's node_modules")
        .remedy(
            "install vue@2.7, or, if pages load Vue 2 from elsewhere, write \"vue\": { \
             \"version\": 2 } in the configuration",
        )
}

/// An output has several files that are all of Vue. `imports`: what asks for each of them.
pub fn vue_copies(files: &[&str], imports: Vec<Label>) -> Diagnostic {
    let sentence = format!("the output has several copies of Vue: {}", files.join(", "));
    let one = if files.iter().any(|file| !file.contains("/vue.runtime.")) {
        "vue/dist/vue.common.js"
    } else {
        "vue/dist/vue.runtime.common.js"
    };
    let found = Diagnostic::warning("vue-copies", sentence);
    let mut imports = imports.into_iter();
    let found = match imports.next() {
        Some(first) => found.at(first.text("this asks for one of them")),
        None => found,
    };
    imports
        .fold(found, |found, label| found.note_at("another one is imported here", label))
        .note("components and plugins that are registered with one copy are unknown to another")
        .remedy(format!("lead all imports to one file: \"alias\": {{ \"vue$\": \"{one}\" }}"))
}
