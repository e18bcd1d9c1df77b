//! The comments of a program that matter after lowering, as plain data that threads can share.

use bundle_base::search;
use swc_common::{
    BytePos,
    comments::{Comment, SingleThreadedComments, SingleThreadedCommentsMapInner},
};

/// Comments as plain sorted data; swc's own table shares its contents by `Rc`.
#[derive(Debug, Default)]
pub(crate) struct PlainComments {
    leading: Vec<(BytePos, Vec<Comment>)>,
    trailing: Vec<(BytePos, Vec<Comment>)>,
}

impl PlainComments {
    /// Keeps the comments that matter after lowering: licences, and annotations for tree shaking
    /// and minifying.
    pub fn keep(comments: &SingleThreadedComments) -> Self {
        let (leading, trailing) = comments.borrow_all();
        Self { leading: meaningful(&leading), trailing: meaningful(&trailing) }
    }

    /// Builds the table that swc's passes and printer take.
    pub fn restore(&self) -> SingleThreadedComments {
        let table = SingleThreadedComments::default();
        {
            let (mut leading, mut trailing) = table.borrow_all_mut();
            leading.extend(self.leading.iter().cloned());
            trailing.extend(self.trailing.iter().cloned());
        }
        table
    }

    /// Returns the comments before the node at a position.
    pub fn leading(&self, at: BytePos) -> &[Comment] {
        match self.leading.binary_search_by_key(&at, |(position, _)| *position) {
            Ok(index) => &self.leading[index].1,
            Err(_) => &[],
        }
    }

    /// Whether a comment before the node at a position has a text, as `__PURE__`.
    pub fn has_annotation(&self, at: BytePos, annotation: &str) -> bool {
        self.leading(at).iter().any(|comment| comment.text.contains(annotation))
    }

    /// Returns the comments whose position is in a span, its end included.
    pub fn within(&self, span: swc_common::Span) -> impl Iterator<Item = &Comment> {
        let inside = move |list: &'_ [(BytePos, Vec<Comment>)]| {
            let start = list.partition_point(|(at, _)| *at < span.lo);
            let end = list.partition_point(|(at, _)| *at <= span.hi).max(start);
            start..end
        };
        let leading = &self.leading[inside(&self.leading)];
        let trailing = &self.trailing[inside(&self.trailing)];
        leading.iter().chain(trailing).flat_map(|(_, comments)| comments)
    }
}

/// Returns the legal comments and the annotations, in order.
fn meaningful(table: &SingleThreadedCommentsMapInner) -> Vec<(BytePos, Vec<Comment>)> {
    let mut all: Vec<_> = table
        .iter()
        .filter_map(|(at, comments)| {
            let kept: Vec<_> =
                comments.iter().filter(|c| is_legal(c) || is_annotation(c)).cloned().collect();
            (!kept.is_empty()).then_some((*at, kept))
        })
        .collect();
    all.sort_by_key(|(at, _)| *at);
    all
}

/// Whether a comment must be kept in the output: `/*! … */`, `@license`, `@preserve`.
pub(crate) fn is_legal(comment: &Comment) -> bool {
    let text = comment.text.as_str();
    // The source map that a compiler names for its output does not describe ours.
    if text.starts_with("# sourceMappingURL=") || text.starts_with("@ sourceMappingURL=") {
        return false;
    }
    let has = |word| search::contains(text, word);
    text.starts_with('!') || text.contains('@') && (has("@license") || has("@preserve"))
}

/// Whether a comment is an annotation of a call or function (`__PURE__`, `__NO_SIDE_EFFECTS__`).
fn is_annotation(comment: &Comment) -> bool {
    let text = comment.text.as_str();
    let has = |word| search::contains(text, word);
    text.contains('_') && (has("__PURE__") || has("__NO_SIDE_EFFECTS__"))
}
