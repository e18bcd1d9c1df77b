//! Files in a map: the file system of wasm and of tests. Names are case-sensitive and paths use
//! `/`. It answers as the disk would, and the same test cases run against both. A directory exists
//! as long as something is below it, or if `directory` made it.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use crate::{read_lock, write_lock};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

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

/// All nodes by absolute path. The keys are texts, because `Utf8Path` is compared and hashed
/// component by component, and a build asks millions of times.
#[derive(Debug, Default)]
struct Nodes {
    entries: FxHashMap<String, Entry>,
    /// The number of links. Without links, every path leads to itself.
    links: usize,
}

/// What exists at a path.
#[derive(Debug, Default)]
struct Entry {
    /// `None`: a directory that exists because something is below it.
    node: Option<Node>,
    /// The names in it.
    names: BTreeSet<String>,
}

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
        self.nodes_mut().remove(&normal(path.as_ref()));
    }

    fn put(&self, path: &Utf8Path, node: Node) {
        self.nodes_mut().put(&normal(path), node);
    }

    // A poisoned lock still guards a valid map: every change to the map is a single call.
    fn nodes(&self) -> RwLockReadGuard<'_, Nodes> {
        read_lock(&self.nodes)
    }

    fn nodes_mut(&self) -> RwLockWriteGuard<'_, Nodes> {
        write_lock(&self.nodes)
    }
}

impl FileSystem for MemoryFs {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        let nodes = self.nodes();
        match nodes.node(follow(&nodes, path)?.as_str()) {
            Some(Node::File(contents)) => Ok(contents.to_vec()),
            Some(Node::Denied) => Err(FsError::Denied),
            Some(Node::Special) => Err(FsError::NotAFile(FileKind::Other)),
            // `follow` never ends at a link, and a directory that was not made has no node.
            Some(Node::Directory | Node::Link(_)) | None => {
                Err(FsError::NotAFile(FileKind::Directory))
            }
        }
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        let nodes = self.nodes();
        nodes.kind(follow(&nodes, path).ok()?.as_str())
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        let nodes = self.nodes();
        let directory = follow(&nodes, path)?;
        if nodes.kind(directory.as_str()) != Some(FileKind::Directory) {
            return Err(FsError::NotADirectory);
        }
        let names = nodes.entries.get(directory.as_str()).into_iter().flat_map(|it| &it.names);
        let kind = |name: &String| {
            let at = follow(&nodes, &directory.join(name)).ok()?;
            nodes.kind(at.as_str())
        };
        let mut entries: Vec<DirEntry> =
            names.map(|name| DirEntry { name: name.clone(), kind: kind(name) }).collect();
        entries.sort();
        Ok(entries)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        follow(&self.nodes(), path)
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let nodes = self.nodes();
        let link = follow(&nodes, path.parent()?).ok()?.join(path.file_name()?);
        match nodes.node(link.as_str())? {
            Node::Link(target) => Some(target.clone()),
            Node::File(_) | Node::Directory | Node::Special | Node::Denied => None,
        }
    }
}

/// Returns the path with every link followed, one component after the other, as the kernel does.
fn follow(nodes: &Nodes, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
    if nodes.links == 0
        && let Cow::Borrowed(path) = normal(path)
    {
        return nodes.kind(path).map(|_| path.into()).ok_or(FsError::NotFound);
    }
    let mut at = Utf8PathBuf::from("/");
    let mut rest: Vec<String> = pieces(path);
    let mut links = 0;
    while let Some(piece) = rest.pop() {
        match nodes.kind(at.as_str()) {
            Some(FileKind::Directory) => {}
            Some(FileKind::File | FileKind::Other) | None => return Err(FsError::NotFound),
        }
        if piece == ".." {
            at.pop();
            continue;
        }
        let next = at.join(&piece);
        let Some(Node::Link(target)) = nodes.node(next.as_str()) else {
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
    if nodes.kind(at.as_str()).is_some() { Ok(at) } else { Err(FsError::NotFound) }
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

/// Returns a path without what does not matter in it: `/a/b` for `/a//./b/`. `..` stays.
fn normal(path: &Utf8Path) -> Cow<'_, str> {
    let text = path.as_str();
    let is_normal = text == "/"
        || text.starts_with('/') && text[1..].split('/').all(|it| !matches!(it, "" | "." | ".."));
    if is_normal {
        return Cow::Borrowed(text);
    }
    let pieces: Vec<String> = pieces(path).into_iter().rev().collect();
    Cow::Owned(format!("/{}", pieces.join("/")))
}

/// Returns the directory of a path, and the name in it; `None` for the root.
fn split(path: &str) -> Option<(&str, &str)> {
    let (directory, name) = path.rsplit_once('/').filter(|(_, name)| !name.is_empty())?;
    Some((if directory.is_empty() { "/" } else { directory }, name))
}

/// All paths are normal, and no component of them but the last may be a link.
impl Nodes {
    fn node(&self, path: &str) -> Option<&Node> {
        self.entries.get(path)?.node.as_ref()
    }

    fn kind(&self, path: &str) -> Option<FileKind> {
        match self.entries.get(path).map(|entry| &entry.node) {
            Some(Some(Node::File(_) | Node::Denied)) => Some(FileKind::File),
            Some(Some(Node::Special)) => Some(FileKind::Other),
            Some(Some(Node::Directory) | None) => Some(FileKind::Directory),
            Some(Some(Node::Link(_))) => None,
            None => (path == "/").then_some(FileKind::Directory),
        }
    }

    fn put(&mut self, path: &str, node: Node) {
        self.links += usize::from(matches!(node, Node::Link(_)));
        let entry = self.entries.entry(path.to_owned()).or_default();
        let before = entry.node.replace(node);
        self.links -= usize::from(matches!(before, Some(Node::Link(_))));
        let mut at = path;
        while let Some((directory, name)) = split(at) {
            let names = &mut self.entries.entry(directory.to_owned()).or_default().names;
            if !names.insert(name.to_owned()) {
                break;
            }
            at = directory;
        }
    }

    /// Removes a path with everything below it, and the directories that only it kept.
    fn remove(&mut self, path: &str) {
        let mut waiting = vec![path.to_owned()];
        while let Some(path) = waiting.pop() {
            let Some(Entry { node, names }) = self.entries.remove(&path) else { continue };
            self.links -= usize::from(matches!(node, Some(Node::Link(_))));
            let folder = path.trim_end_matches('/');
            waiting.extend(names.into_iter().map(|name| format!("{folder}/{name}")));
        }
        let mut at = path;
        while let Some((directory, name)) = split(at) {
            let Some(entry) = self.entries.get_mut(directory) else { break };
            entry.names.remove(name);
            if entry.node.is_some() || !entry.names.is_empty() {
                break;
            }
            self.entries.remove(directory);
            at = directory;
        }
    }
}
