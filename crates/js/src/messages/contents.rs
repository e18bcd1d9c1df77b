//! Messages about files whose contents do not match their names.

use bundle_base::{Diagnostic, Label};

use crate::parse::Contents;

/// A file whose contents are in another language than its name indicates.
pub(crate) fn not_javascript(at: Label, contents: Contents) -> Diagnostic {
    let is_block = at.source.path.extension() == Some("vue");
    let (message, fix) = match contents {
        Contents::TypeScript if is_block => (
            "this is TypeScript, in a `<script>` for JavaScript",
            "write `<script lang=\"ts\">`, or remove the types",
        ),
        Contents::TypeScriptWithJsx if is_block => (
            "this block has JSX, but with `lang=\"ts\"` TypeScript reads `<` as a type",
            "write `<script lang=\"tsx\">`",
        ),
        Contents::VueComponent => {
            ("this is a Vue component, not JavaScript", "use the extension .vue")
        }
        Contents::Html => (
            "this is HTML, not JavaScript",
            "keep only the code between `<script>` and `</script>`, or import the script that the \
             page includes",
        ),
        Contents::Css => {
            ("this is a stylesheet, not JavaScript", "use the extension .css or .scss")
        }
        Contents::Php => {
            ("this is PHP, not JavaScript", "import a script instead: PHP only runs on the server")
        }
        Contents::Json => (
            "this is JSON, not JavaScript",
            "use the extension .json, or write `export default` before the value",
        ),
        Contents::TypeScript => (
            "this is TypeScript, in a file named as JavaScript",
            "use the extension .ts (.tsx if it has JSX), or remove the types",
        ),
        Contents::Flow => (
            "this file has types of Flow, which are not JavaScript",
            "install @babel/core and @babel/plugin-transform-flow-strip-types, and name the plugin \
             in babel.config.json",
        ),
        Contents::TypeScriptWithJsx => (
            "this file has JSX, but in .ts files TypeScript reads `<` as a type",
            "use the extension .tsx",
        ),
    };
    Diagnostic::error("syntax-error", message).at(at).fix(fix, None)
}
