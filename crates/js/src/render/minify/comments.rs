//! The legal comments of live code. Compressing moves and merges the code that they precede, so
//! they are printed together before the part.

use bundle_graph::plan::RenderPlan;
use swc_common::{Spanned, comments::Comment};

use crate::ast::{Ast, is_legal};

/// Returns the comments before and inside live items, and those of dropped items if a live item
/// follows.
pub(crate) fn legal(ast: &Ast, plan: &RenderPlan) -> Vec<Comment> {
    let mut found: Vec<Comment> = Vec::new();
    let mut waiting = Vec::new();
    for (item, is_live) in ast.module.body.iter().zip(&plan.live) {
        waiting.extend(ast.comments.leading(item.span_lo()).iter().filter(|c| is_legal(c)));
        if *is_live {
            let inside = ast.comments.within(item.span()).filter(|c| is_legal(c));
            for comment in waiting.drain(..).chain(inside) {
                if !found.iter().any(|known| known.text == comment.text) {
                    found.push(comment.clone());
                }
            }
        }
    }
    found
}
