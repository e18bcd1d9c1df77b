//! Comments that choose a runtime for one file: `@jsx h`, `@jsxFrag Fragment`, `@jsxRuntime
//! automatic`, `@jsxImportSource preact`. They precede the first statement that has such a comment.

use bundle_base::config::Jsx;
use swc_common::{
    Spanned,
    comments::{Comment, CommentKind, SingleThreadedComments},
};
use swc_ecma_ast::{Ident, Module};

use super::runtime::{Automatic, Runtime};

/// The directives in the comments of a file.
#[derive(Default)]
pub(super) struct Directives {
    is_automatic: Option<bool>,
    import_source: Option<String>,
    factory: Option<String>,
    fragment: Option<String>,
}

impl Directives {
    pub fn of(module: &Module, comments: &SingleThreadedComments) -> Self {
        let mut found = Self::default();
        let places =
            std::iter::once(module.span.lo).chain(module.body.iter().map(|it| it.span().lo));
        for place in places {
            if comments.with_leading(place, |comments| found.read(comments)) {
                break;
            }
        }
        found
    }

    /// Reads comments. Returns whether they have a directive.
    fn read(&mut self, comments: &[Comment]) -> bool {
        let mut has_any = false;
        for comment in comments.iter().filter(|it| it.kind == CommentKind::Block) {
            for line in comment.text.lines() {
                let line = line.trim().trim_start_matches('*').trim_start();
                if line.starts_with("@jsx") {
                    let words: Vec<&str> = line.split_whitespace().collect();
                    words.chunks(2).for_each(|pair| has_any |= self.directive(pair));
                }
            }
        }
        has_any
    }

    fn directive(&mut self, words: &[&str]) -> bool {
        match *words {
            ["@jsxRuntime", "classic"] => self.is_automatic = Some(false),
            ["@jsxRuntime", "automatic"] => self.is_automatic = Some(true),
            ["@jsxImportSource", source] => {
                self.is_automatic = Some(true);
                self.import_source = Some(source.to_owned());
            }
            ["@jsx", name] if is_dotted(name) => self.factory = Some(name.to_owned()),
            ["@jsxFrag", name] if is_dotted(name) => self.fragment = Some(name.to_owned()),
            _ => return false,
        }
        true
    }

    /// Returns the runtime for a file. `mode`: the configured one.
    pub fn runtime(self, mode: &Jsx) -> Runtime {
        let is_automatic = match mode {
            Jsx::Automatic { .. } => true,
            Jsx::Classic { .. } | Jsx::Vue2 => false,
        };
        if self.is_automatic.unwrap_or(is_automatic) {
            let configured = match mode {
                Jsx::Automatic { import_source } => import_source.as_str(),
                Jsx::Classic { .. } | Jsx::Vue2 => "react",
            };
            let source = self.import_source.unwrap_or_else(|| configured.to_owned());
            return Runtime::Automatic(Automatic::new(source));
        }
        let (factory, fragment) = match mode {
            Jsx::Classic { factory, fragment } => (factory.as_str(), fragment.as_str()),
            Jsx::Automatic { .. } | Jsx::Vue2 => ("React.createElement", "React.Fragment"),
        };
        Runtime::Classic {
            factory: self.factory.unwrap_or_else(|| factory.to_owned()),
            fragment: self.fragment.unwrap_or_else(|| fragment.to_owned()),
        }
    }
}

fn is_dotted(text: &str) -> bool {
    text.starts_with(Ident::is_valid_start)
        && text.chars().all(|c| Ident::is_valid_continue(c) || c == '.')
}
