//! Which names a template mentions. Types that a script imports are not returned from setup, and nothing but the template tells
//! whether a name is one.

use rustc_hash::FxHashSet;

use crate::code::Code;

/// What a template mentions.
pub(super) enum Usage {
    /// It may mention anything.
    Unknown,
    Known {
        /// What looks like names.
        words: FxHashSet<String>,
    },
}

impl Usage {
    pub fn of(template: Option<&Code>, _is_typescript: bool) -> Self {
        match template {
            None => Self::Unknown,
            Some(_) => Self::Known { words: FxHashSet::default() },
        }
    }

    pub fn mentions(&self, name: &str) -> bool {
        match self {
            Self::Unknown => true,
            Self::Known { words } => words.contains(name),
        }
    }
}
