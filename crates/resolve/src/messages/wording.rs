//! The wording that messages share: for the place of the specifier, and for lists of names.

use bundle_base::{Label, diagnostic::Suggestion};

use crate::answer::RequestSyntax;

/// The place of the specifier, and the kind of the request.
pub(super) struct RequestPlace {
    pub at: Option<Label>,
    pub kind: RequestSyntax,
}

impl RequestPlace {
    /// Whether the importer is a file of a package, which the user should not edit.
    pub(super) fn is_in_a_package(&self) -> bool {
        self.at.as_ref().is_some_and(|label| label.source.is_of_a_package())
    }

    pub(super) fn words(&self) -> &'static str {
        match self.kind {
            RequestSyntax::Import => "imported here",
            RequestSyntax::Require => "required here",
            RequestSyntax::Url | RequestSyntax::Asset => "referred to here",
            RequestSyntax::Entry => "an entry",
        }
    }

    /// Suggests another specifier, in the quotes that the source has.
    pub(super) fn instead(&self, specifier: &str) -> Suggestion {
        let written = |label: &Label| {
            let quote = label.source.text.as_bytes().get(label.span.start as usize).copied();
            match quote {
                Some(quote @ (b'"' | b'\'' | b'`')) => {
                    let quote = char::from(quote);
                    format!("{quote}{specifier}{quote}")
                }
                _ => specifier.to_owned(),
            }
        };
        let replacement = self.at.as_ref().map(written);
        Suggestion { message: format!("did you mean \"{specifier}\"?"), replacement, is_edit: true }
    }
}

pub(super) fn quoted(names: &[String]) -> Vec<String> {
    names.iter().map(|name| format!("\"{name}\"")).collect()
}

/// Joins names: `a, b and c`.
pub(super) fn list(names: &[String], and: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}
