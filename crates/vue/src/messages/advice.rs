//! Warnings about templates that compile, but probably do something else than their author meant.

use bundle_base::{Diagnostic, Label};

/// `@click="async () => …"`.
pub(crate) fn uncalled_handler(at: Label) -> Diagnostic {
    Diagnostic::warning(
        "uncalled-handler",
        "this function is created when the event fires, and never called",
    )
    .at(at)
    .note(
        "Vue treats text that begins with `name =>`, `(…) =>` or `function (` as a function, and \
         anything else as statements",
    )
    .fix("make it a method of the component, and write the method's name here", None)
}

/// `<usercard>` where the component is called `UserCard`.
pub(crate) fn misspelled_component(
    at: Label,
    tag: &str,
    name: &str,
    tag_of_name: &str,
) -> Diagnostic {
    Diagnostic::warning("misspelled-component", format!("<{tag}> is not the component `{name}`"))
        .at(at)
        .note(
            "a tag matches the component of exactly its name; a tag with hyphens also matches \
             `camelCase` and `PascalCase` names",
        )
        .fix(format!("write <{tag_of_name}>"), Some(tag_of_name.to_owned()))
}

/// `@click="count++"`, `v-model="count"`, where `count` is a prop.
pub(crate) fn assigned_prop(at: Label, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "assigned-prop",
        format!("`{name}` is a prop, which only the parent can set"),
    )
    .at(at.text("assigned here"))
    .note("an assigned value is lost when the parent renders again")
    .fix("emit an event to the parent, or keep a copy of the prop in the component's data", None)
}

/// `v-for="item in itmes"`.
pub(crate) fn undeclared_name(at: Label, name: &str, near: Option<&str>) -> Diagnostic {
    let undeclared = Diagnostic::warning(
        "undeclared-name",
        format!("`{name}` is not declared in this component"),
    )
    .at(at);
    match near {
        Some(near) => undeclared.fix(format!("did you mean `{near}`?"), Some(near.to_owned())),
        None => undeclared.fix("declare or import it in `<script setup>`", None),
    }
}
