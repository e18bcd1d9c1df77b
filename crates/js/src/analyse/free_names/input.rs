//! What rewriting free names depends on, and whether a program needs it.

use bundle_base::Config;
use bundle_graph::record::SourceFormat;
use swc_atoms::Atom;

use super::super::{magic_comments::MagicComments, recognise::Recognise};
use crate::{PartInput, parse::SyntaxKinds, scopes::Scopes};

/// The inputs of rewriting.
pub(in crate::analyse) struct RewriteInput<'a> {
    pub format: SourceFormat,
    pub recognise: Recognise,
    pub magic: &'a MagicComments<'a>,
    pub config: &'a Config,
    pub part: &'a PartInput<'a>,
    /// The kinds of syntax in the program, if they are known.
    pub kinds: Option<SyntaxKinds>,
}

impl RewriteInput<'_> {
    /// Whether the program may have something to rewrite or to report. Most ES modules have
    /// nothing.
    pub(super) fn may_change(&self, scopes: &Scopes) -> bool {
        let Some(kinds) = self.kinds else { return true };
        let is_provided = |name: &str| {
            let mut provided = self.config.resolve.provide.keys();
            provided.any(|key| key.split('.').next() == Some(name))
        };
        let is_special = |name: &Atom| {
            matches!(
                name.as_str(),
                "define"
                    | "eval"
                    | "exports"
                    | "global"
                    | "module"
                    | "require"
                    | "SharedWorker"
                    | "URL"
                    | "Worker"
            ) || is_provided(name)
        };
        self.format == SourceFormat::CommonJs
            || kinds.needs_free_name_walk
            || kinds.has_jsx
            || self.magic.has_some()
            || scopes.free.iter().any(is_special)
    }
}
