//! Vue components.

use bundle_base::loader::{File, LoadContext, Loaded, Loader};

use super::text;

/// Files of a component's blocks.
pub(super) struct VueLoader;

impl Loader for VueLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        Some(bundle_vue::load(&source, cx))
    }
}
