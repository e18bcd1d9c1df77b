//! The requests of a part: their list in order of first mention, and the key that is equal for
//! requests that are the same.

use bundle_graph::record::{Attribute, Request, RequestIndex, RequestKind};
use rustc_hash::FxHashMap;

/// What identifies a request: the specifier, the syntax, and the attribute, with which the same
/// file is another module.
pub(crate) type Key = (String, RequestKind, Option<Attribute>);

/// Requests in order of first mention.
#[derive(Default)]
pub(super) struct Requests {
    pub list: Vec<Request>,
    pub by_key: FxHashMap<Key, RequestIndex>,
}

impl Requests {
    /// Returns the index of a request, which is added if it is new. The request is optional if all
    /// mentions are, and eager if one is. The first mention that names a chunk decides its name.
    pub fn index(&mut self, request: Request) -> RequestIndex {
        let key = (request.specifier.clone(), request.kind.clone(), request.attribute.clone());
        if let Some(index) = self.by_key.get(&key) {
            let known = &mut self.list[index.0 as usize];
            known.is_optional &= request.is_optional;
            known.chunk_options.is_eager |= request.chunk_options.is_eager;
            if known.chunk_options.chunk_name.is_none() {
                known.chunk_options.chunk_name = request.chunk_options.chunk_name;
            }
            return *index;
        }
        let index =
            RequestIndex(u32::try_from(self.list.len()).expect("a module has under 2^32 requests"));
        self.list.push(request);
        self.by_key.insert(key, index);
        index
    }
}
