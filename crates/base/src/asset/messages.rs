//! The error for files that are never published.

use super::Private;
use crate::Diagnostic;

/// Reports an import or a copy that would publish a private file.
pub fn private_file(name: &str, why: Private) -> Diagnostic {
    let (reason, remedy) = match why {
        Private::Program => (
            "the server runs such files, and a public file would show their source",
            "write the address of a page as text: \"/cart.php\"; have the server print the values \
             that scripts need into the page",
        ),
        Private::DotFile => (
            "files whose names begin with a dot hold settings and passwords",
            "put the values that pages may see into \"define\" in bundle.config.json, or give the \
             file another name",
        ),
        Private::Key => (
            "it looks like a key or a certificate",
            "keep it on the server; if the file may be public, give it another name",
        ),
        Private::Dump => (
            "it looks like a dump of a database",
            "keep it on the server; if the file may be public, give it another name",
        ),
    };
    Diagnostic::error("private-file", format!("{name} is never published: {reason}"))
        .note(
            "every file that a build reads for pages is public, whether by `?raw`, `?inline`, \
               `?url` or `copy`",
        )
        .fix(remedy, None)
}
