//! The `<script>` blocks of a component with the options for compiling them, and the module that
//! they become.

use std::{ops::Range, sync::Arc};

use bundle_base::{Source, Span, loader::Language};

use super::file::File;
use crate::{
    mapped_code::MappedCode,
    v2::bindings::{Bindings, Facts},
};

/// A `<script>` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptBlock {
    /// Its content, as a range of bytes of the file.
    pub range: Range<usize>,
    /// Its `lang` as written. An empty one counts as none.
    pub lang: Option<String>,
}

/// The blocks of a component that decide about its scripts.
#[derive(Clone, Copy, Debug)]
pub struct Scripts<'a> {
    /// The `<script>` that has no `src`.
    pub script: Option<&'a ScriptBlock>,
    /// The `<script setup>`.
    pub setup: Option<&'a ScriptBlock>,
    /// The template's text. `None` if there is none, or if it has `src` or `lang`; then it may use
    /// any name.
    pub template: Option<&'a MappedCode>,
    /// The expressions of `v-bind(…)` in styles: `css_vars::parse` of all of them.
    pub css_vars: &'a [MappedCode],
}

/// Options for compiling scripts.
#[derive(Clone, Copy, Debug)]
pub struct ScriptOptions<'a> {
    /// The component's file.
    pub source: &'a Arc<Source>,
    /// The component's id, without `data-v-`.
    pub id: &'a str,
    pub is_production: bool,
    /// The module will run in engines, and need not equal the output of Vue's compiler exactly: it
    /// spreads the options of a `<script>` beside setup, for engines without `Object.assign`.
    pub is_for_engines: bool,
    /// The file's name without folder and extension. Devtools show it as the name of the component.
    pub name: &'a str,
}

/// The module of a component's scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompiledScript {
    pub code: MappedCode,
    /// The names that the template may read. Empty for a script without setup, unless styles read
    /// its names: no other code uses them.
    pub bindings: Bindings,
    /// The language of the code, as its `lang` says. Types are still in it.
    pub lang: Option<String>,
    /// Facts about a `<script setup>`. For a script without setup, `Unread` has them.
    pub facts: Facts,
}

impl CompiledScript {
    /// Whether expressions of the template may have types too.
    pub fn is_typescript(&self) -> bool {
        is_typescript(self.lang.as_deref())
    }
}

impl ScriptBlock {
    pub(super) fn lang(&self) -> Option<&str> {
        self.lang.as_deref().filter(|lang| !lang.is_empty())
    }

    /// Returns the block unchanged.
    pub(super) fn as_it_is(&self, file: File<'_>) -> CompiledScript {
        let mut code = MappedCode::default();
        code.push_copied(file.text(self.span()), self.span().start);
        CompiledScript {
            code,
            bindings: Bindings::default(),
            facts: Facts::default(),
            lang: self.lang.clone(),
        }
    }

    pub(super) fn span(&self) -> Span {
        let place = |offset| u32::try_from(offset).expect("texts are smaller than 4 GiB");
        Span::new(place(self.range.start), place(self.range.end))
    }
}

/// Returns the language of a script, if it is one that is analysed. (`lang="js"` is none of them,
/// so such scripts stay as they are. For a `<script setup>` this gives a component that does
/// nothing; Vue has always behaved like this.)
pub(super) fn language(lang: Option<&str>) -> Option<Language> {
    match lang {
        None | Some("" | "jsx") => Some(Language::Jsx),
        Some("ts") => Some(Language::TypeScript),
        Some("tsx") => Some(Language::Tsx),
        Some(_) => None,
    }
}

pub(super) fn is_typescript(lang: Option<&str>) -> bool {
    matches!(lang, Some("ts" | "tsx"))
}
