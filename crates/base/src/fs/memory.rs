//! Files in a map: the file system of wasm and of tests. Names are case-sensitive and paths use
//! `/`. It answers as the disk would, and the same test cases run against both. A directory exists
//! as long as something is below it, or if `directory` made it.

use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::interface::{DirEntry, FileKind, FileSystem, FsError};

/// The number of links that one path may lead through, as on Linux.
const LINK_LIMIT: usize = 40;

/// A file system in memory. Shared by reference: tests change files between builds while a session
/// uses it.
#[derive(Debug, Default)]
pub struct MemoryFs {
    /// Guards the whole map: a host writes to it while tasks of the build read.
    nodes: RwLock<Nodes>,
}

/// What exists at each absolute path. `Utf8Path` orders by component, so everything below a
/// directory directly follows it.
type Nodes = BTreeMap<Utf8PathBuf, Node>;

#[derive(Clone, Debug)]
enum Node {
    File(Arc<[u8]>),
    Directory,
    Link(Utf8PathBuf),
    /// Exists, but is neither file nor directory.
    Special,
    /// A file that cannot be read.
    Denied,
}

impl MemoryFs {
    /// Makes a file system that contains only `/`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one file.
    #[must_use]
    pub fn with(self, path: impl AsRef<Utf8Path>, contents: impl AsRef<[u8]>) -> Self {
        self.write(path, contents);
        self
    }

    /// Makes or replaces a file.
    pub fn write(&self, path: impl AsRef<Utf8Path>, contents: impl AsRef<[u8]>) {
        self.put(path.as_ref(), Node::File(Arc::from(contents.as_ref())));
    }

    /// Makes a directory that exists even while it is empty.
    pub fn directory(&self, path: impl AsRef<Utf8Path>) {
        self.put(path.as_ref(), Node::Directory);
    }

    /// Makes a symbolic link; `target` is absolute or relative to the link's directory.
    pub fn link(&self, path: impl AsRef<Utf8Path>, target: impl Into<Utf8PathBuf>) {
        self.put(path.as_ref(), Node::Link(target.into()));
    }

    /// Makes something that is neither file nor directory, such as a FIFO.
    pub fn special(&self, path: impl AsRef<Utf8Path>) {
        self.put(path.as_ref(), Node::Special);
    }

    /// Makes a file that may not be read.
    pub fn deny(&self, path: impl AsRef<Utf8Path>) {
        self.put(path.as_ref(), Node::Denied);
    }

    /// Removes a path and everything below it.
    pub fn remove(&self, path: impl AsRef<Utf8Path>) {
        self.nodes_mut().retain(|found, _| !found.starts_with(path.as_ref()));
    }

    fn put(&self, path: &Utf8Path, node: Node) {
        self.nodes_mut().insert(path.to_owned(), node);
    }

    // A poisoned lock still guards a valid map: every change to the map is a single call.
    fn nodes(&self) -> RwLockReadGuard<'_, Nodes> {
        self.nodes.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn nodes_mut(&self) -> RwLockWriteGuard<'_, Nodes> {
        self.nodes.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FileSystem for MemoryFs {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        let nodes = self.nodes();
        match nodes.get(&follow(&nodes, path)?) {
            Some(Node::File(contents)) => Ok(contents.to_vec()),
            Some(Node::Denied) => Err(FsError::Denied),
            Some(Node::Special) => Err(FsError::NotAFile(FileKind::Other)),
            // `follow` never ends at a link, and a directory that only `below` shows has no node.
            Some(Node::Directory | Node::Link(_)) | None => {
                Err(FsError::NotAFile(FileKind::Directory))
            }
        }
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        let nodes = self.nodes();
        kind_at(&nodes, &follow(&nodes, path).ok()?)
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        let nodes = self.nodes();
        let directory = follow(&nodes, path)?;
        if kind_at(&nodes, &directory) != Some(FileKind::Directory) {
            return Err(FsError::NotADirectory);
        }
        let mut entries: Vec<DirEntry> = Vec::new();
        for found in below(&nodes, &directory) {
            let Some(name) =
                found.strip_prefix(&directory).ok().and_then(|rest| rest.components().next())
            else {
                continue;
            };
            if entries.last().is_none_or(|last| last.name != name.as_str()) {
                let kind =
                    follow(&nodes, &directory.join(name)).ok().and_then(|at| kind_at(&nodes, &at));
                entries.push(DirEntry { name: name.as_str().to_owned(), kind });
            }
        }
        entries.sort();
        Ok(entries)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        follow(&self.nodes(), path)
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let nodes = self.nodes();
        let link = follow(&nodes, path.parent()?).ok()?.join(path.file_name()?);
        match nodes.get(&link)? {
            Node::Link(target) => Some(target.clone()),
            Node::File(_) | Node::Directory | Node::Special | Node::Denied => None,
        }
    }
}

/// Returns the path with every link followed, one component after the other, as the kernel does.
fn follow(nodes: &Nodes, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
    let mut at = Utf8PathBuf::from("/");
    let mut rest: Vec<String> = pieces(path);
    let mut links = 0;
    while let Some(piece) = rest.pop() {
        match kind_at(nodes, &at) {
            Some(FileKind::Directory) => {}
            Some(FileKind::File | FileKind::Other) | None => return Err(FsError::NotFound),
        }
        if piece == ".." {
            at.pop();
            continue;
        }
        let next = at.join(&piece);
        let Some(Node::Link(target)) = nodes.get(&next) else {
            at = next;
            continue;
        };
        links += 1;
        if links > LINK_LIMIT {
            return Err(FsError::Loop);
        }
        if target.as_str().starts_with('/') {
            at = Utf8PathBuf::from("/");
        }
        rest.extend(pieces(target));
    }
    if kind_at(nodes, &at).is_some() { Ok(at) } else { Err(FsError::NotFound) }
}

/// Returns the components of a path that matter, last first.
fn pieces(path: &Utf8Path) -> Vec<String> {
    let wanted = |c: Utf8Component<'_>| match c {
        Utf8Component::ParentDir => Some("..".to_owned()),
        Utf8Component::Normal(name) => Some(name.to_owned()),
        Utf8Component::Prefix(_) | Utf8Component::RootDir | Utf8Component::CurDir => None,
    };
    path.components().rev().filter_map(wanted).collect()
}

/// Returns what exists at exactly this path. No component of the path but the last may be a link.
fn kind_at(nodes: &Nodes, path: &Utf8Path) -> Option<FileKind> {
    match nodes.get(path) {
        Some(Node::File(_) | Node::Denied) => Some(FileKind::File),
        Some(Node::Special) => Some(FileKind::Other),
        Some(Node::Directory) => Some(FileKind::Directory),
        Some(Node::Link(_)) => None,
        None if path.as_str() == "/" => Some(FileKind::Directory),
        None => below(nodes, path).next().map(|_| FileKind::Directory),
    }
}

/// Returns every path strictly below a directory, in order.
fn below<'a>(nodes: &'a Nodes, directory: &'a Utf8Path) -> impl Iterator<Item = &'a Utf8PathBuf> {
    nodes
        .range::<Utf8Path, _>((Bound::Excluded(directory), Bound::Unbounded))
        .map(|(path, _)| path)
        .take_while(move |path| path.starts_with(directory))
}
