//! Messages about Stimulus controllers that `@symfony/stimulus-bridge` lists or loads.

use bundle_base::{Diagnostic, Label};

/// The list of controllers is the empty one of the package.
pub fn no_stimulus_controllers(label: Label) -> Diagnostic {
    Diagnostic::error("stimulus-controllers", "the project's controllers.json is not named")
        .at(label)
        .note("@symfony/stimulus-bridge imports the list that an alias puts in place of its own")
        .remedy(
            "add \"alias\": { \"@symfony/stimulus-bridge/controllers.json\": \
             \"./assets/controllers.json\" } to bundle.config.json",
        )
}

/// A list of controllers that has another form. `why`: what is wrong with it.
pub fn bad_stimulus_controllers(label: Label, why: &str) -> Diagnostic {
    Diagnostic::error(
        "stimulus-controllers",
        format!("this is not a list of Stimulus controllers: {why}"),
    )
    .at(label)
    .remedy("write { \"controllers\": {}, \"entrypoints\": [] } for a list without controllers")
}

/// A package with controllers that is not installed.
pub fn no_stimulus_package(label: Label, package: &str) -> Diagnostic {
    Diagnostic::error("stimulus-controllers", format!("{package}/package.json cannot be read"))
        .at(label)
        .note("it says which files have the controllers that this list turns on")
        .remedy(
            "npm install --force copies the packages of Composer into node_modules; or set \
             \"enabled\" to false",
        )
}

/// A controller that its package does not have.
pub fn no_stimulus_controller(label: Label, package: &str, name: &str) -> Diagnostic {
    Diagnostic::error("stimulus-controllers", format!("{package} has no controller \"{name}\""))
        .at(label)
        .note("the package.json of a package names its controllers under \"symfony\"")
        .remedy("correct the name, or remove the controller from the list")
}

/// A word for the time at which a controller is loaded that has no meaning.
pub fn bad_stimulus_fetch(label: Label, word: &str) -> Diagnostic {
    Diagnostic::error("stimulus-controllers", format!("a controller cannot be fetched \"{word}\""))
        .at(label)
        .remedy("write \"eager\" to load it with the page, or \"lazy\" for when it is first needed")
}
