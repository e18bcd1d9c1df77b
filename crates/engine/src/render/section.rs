//! The section of a registry's source map for one module. It is written when the module is
//! rendered, and kept with it.

use bundle_base::Config;
use bundle_graph::module::Module;
use bundle_js::RenderedModule;

use crate::{
    mappings::{Filled, Mappings},
    memo::{PartKey, Placed, RegisteredText, Section},
};

/// Returns the section of a module in a registry.
pub(super) fn section(
    rendered: &RenderedModule,
    registered: &RegisteredText,
    part: &PartKey,
    module: &Module,
    config: &Config,
) -> Section {
    let mut mappings = Mappings::default();
    let pieces = [(&rendered.hoisted, &registered.hoisted), (&rendered.body, &registered.body)];
    for (piece, Placed { start, names }) in pieces {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let filled = Filled { piece, names: &names, start: *start };
        mappings.piece(&registered.text, &filled, part, module);
    }
    mappings.section(&registered.text, config)
}
