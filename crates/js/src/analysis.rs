//! What analysing a part makes: its record, and its program if it can be rendered.

use std::sync::Arc;

use bundle_graph::record::ModuleRecord;

use crate::ast::Ast;

/// The result of `analyse`: always a record, and an AST if the part can be rendered.
pub struct Analysis {
    /// What other modules need to know of the part. Its `diagnostics` hold every error and warning.
    pub record: ModuleRecord,
    /// The lowered program; `None` if there was an error.
    pub ast: Option<Arc<Ast>>,
}
