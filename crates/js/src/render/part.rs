//! Everything that the rendered text of one part depends on.

use bundle_base::Config;
use bundle_graph::plan::RenderPlan;

use super::mapping::Mapping;
use crate::ast::Ast;

/// A part, with everything that its text depends on.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub ast: &'a Ast,
    pub plan: &'a RenderPlan,
    pub mapping: Mapping<'a>,
    pub config: &'a Config,
}
