//! The resolver's answers of one scan. Modules of one folder often make the same requests; each is
//! looked up once. The answers go into the memo table when the scan is done.

use std::{
    hash::BuildHasher,
    sync::{Arc, Mutex},
};

use bundle_base::{lock, unlocked};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::memo::{Answer, ResolveKey};

/// All tasks resolve; with sixteen locks they seldom wait for each other.
const SHARDS: usize = 16;

/// The answers by question. Each lock protects the questions that hash to its shard.
#[derive(Default)]
pub(super) struct Answers {
    shards: [Mutex<FxHashMap<ResolveKey, Arc<Answer>>>; SHARDS],
}

impl Answers {
    /// Returns the answer to a question; asks `resolve` if it is new. Two tasks that ask at the
    /// same time get the same answer.
    pub fn of(&self, key: ResolveKey, resolve: impl FnOnce(&ResolveKey) -> Answer) -> Arc<Answer> {
        let hash = FxBuildHasher.hash_one(&key) >> 32;
        let shard = &self.shards[usize::try_from(hash).expect("32 bits") % SHARDS];
        let lock = || lock(shard);
        let known = lock().get(&key).cloned();
        known.unwrap_or_else(|| {
            let answer = Arc::new(resolve(&key));
            Arc::clone(lock().entry(key).or_insert(answer))
        })
    }

    /// Returns the number of questions.
    pub fn count(&self) -> usize {
        let count = |shard: &Mutex<FxHashMap<_, _>>| lock(shard).len();
        self.shards.iter().map(count).sum()
    }

    /// Takes all answers, in no particular order.
    pub fn take(self) -> impl Iterator<Item = (ResolveKey, Arc<Answer>)> {
        self.shards.into_iter().flat_map(unlocked)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use bundle_resolve::{RequestSyntax, Resolution};

    use super::*;

    #[test]
    fn each_question_is_asked_once() {
        let answers = Answers::default();
        let asked = Cell::new(0);
        let ask = |folder: &str, specifier: &str| {
            let (folder, specifier) = (folder.into(), specifier.to_owned());
            let key =
                ResolveKey { folder, is_typescript: false, specifier, kind: RequestSyntax::Import };
            answers.of(key, |key| {
                asked.set(asked.get() + 1);
                Ok(Resolution::Ignored { name: key.specifier.clone() })
            })
        };
        let first = ask("/p", "./a");
        assert!(Arc::ptr_eq(&first, &ask("/p", "./a")));
        ask("/p", "./b");
        ask("/q", "./a");
        assert_eq!((asked.get(), answers.count()), (3, 3));
        assert_eq!(answers.take().count(), 3);
    }
}
