//! Legal comments below the top level of a part. Most parts have none, which is known at once.

use rustc_hash::FxHashMap;
use swc_common::{
    BytePos,
    comments::{Comment, SingleThreadedComments},
};

/// Comments by the position of the token after or before them. Each is printed once.
#[derive(Default)]
pub(crate) struct NestedComments {
    pub(super) leading: FxHashMap<BytePos, Vec<Comment>>,
    pub(super) trailing: FxHashMap<BytePos, Vec<Comment>>,
    /// There were any at the start.
    pub(super) any: bool,
}

impl NestedComments {
    /// Takes the comments of a table that `keeps` chooses.
    pub fn new(table: &SingleThreadedComments, keeps: impl Fn(&Comment) -> bool) -> Self {
        let chosen = |list: &[Comment]| -> Vec<Comment> {
            list.iter().filter(|comment| keeps(comment)).cloned().collect()
        };
        let (leading, trailing) = table.borrow_all();
        let pick = |all: &FxHashMap<BytePos, Vec<Comment>>| -> FxHashMap<BytePos, Vec<Comment>> {
            all.iter()
                .map(|(at, list)| (*at, chosen(list)))
                .filter(|(_, list)| !list.is_empty())
                .collect()
        };
        let (leading, trailing) = (pick(&leading), pick(&trailing));
        let any = !(leading.is_empty() && trailing.is_empty());
        Self { leading, trailing, any }
    }

    /// Leaves out the comments before a position.
    pub fn without_leading(mut self, positions: impl Iterator<Item = BytePos>) -> Self {
        for at in positions {
            self.leading.remove(&at);
        }
        self.any = !(self.leading.is_empty() && self.trailing.is_empty());
        self
    }
}
