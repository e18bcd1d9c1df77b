//! The kinds of text that a file may contain instead of JavaScript, as messages name them.

/// What a file contains instead of JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contents {
    VueComponent,
    Html,
    Css,
    Php,
    Json,
    TypeScript,
    TypeScriptWithJsx,
    /// JavaScript with types of Flow, marked by `// @flow`.
    Flow,
}

/// Template syntax that a server replaces in a page before sending it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    Php,
    /// Twig, Blade, ERB and similar languages.
    Other,
}
