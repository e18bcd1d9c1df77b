//! The same cases run against the disk and against `MemoryFs`, so that a test with `MemoryFs` also
//! proves something about the disk.

#![expect(clippy::disallowed_methods, reason = "the disk must be prepared for the cases")]

use std::{fs, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Change, DirEntry, FileKind, FileSystem, FsError, MemoryFs, OsFs, Question, Tracked, Unfollowed,
};

/// `src/{a.js,b.js -> a.js,inner/c.js}`, `link -> src/inner`, `dead -> nowhere`, `x -> y -> x`,
/// `pipe`, `secret.js`.
fn in_memory() -> (MemoryFs, Utf8PathBuf) {
    let fs = MemoryFs::new()
        .with("/p/src/a.js", "a")
        .with("/p/src/inner/c.js", "c")
        .with("/p/src-2.js", "");
    fs.link("/p/src/b.js", "a.js");
    fs.link("/p/link", "/p/src/inner");
    fs.link("/p/dead", "nowhere");
    fs.link("/p/x", "y");
    fs.link("/p/y", "x");
    fs.special("/p/pipe");
    fs.directory("/p/empty");
    (fs, Utf8PathBuf::from("/p"))
}

/// The same on disk, in a directory of its own that goes away with the guard.
struct OnDisk(Utf8PathBuf);

impl OnDisk {
    fn new(name: &str) -> Self {
        let root = Utf8PathBuf::from_path_buf(std::env::temp_dir())
            .expect("the temporary directory is UTF-8");
        let root = root
            .canonicalize_utf8()
            .expect("it exists")
            .join(format!("bundle-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("src/inner")).unwrap();
        fs::create_dir_all(root.join("empty")).unwrap();
        fs::write(root.join("src/a.js"), "a").unwrap();
        fs::write(root.join("src/inner/c.js"), "c").unwrap();
        fs::write(root.join("src-2.js"), "").unwrap();
        Self(root)
    }

    #[cfg(unix)]
    fn add_links(&self) {
        use std::os::unix::{fs::symlink, net::UnixListener};
        symlink("a.js", self.0.join("src/b.js")).unwrap();
        symlink(self.0.join("src/inner"), self.0.join("link")).unwrap();
        symlink("nowhere", self.0.join("dead")).unwrap();
        symlink("y", self.0.join("x")).unwrap();
        symlink("x", self.0.join("y")).unwrap();
        // A socket: like a FIFO it is neither file nor directory, and std can make one.
        drop(UnixListener::bind(self.0.join("pipe")).unwrap());
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn check(fs: &dyn FileSystem, root: &Utf8Path) {
    let at = |path: &str| root.join(path);
    assert_eq!(fs.read(&at("src/a.js")), Ok(b"a".to_vec()));
    assert_eq!(fs.read(&at("src-2.js")), Ok(Vec::new()));
    assert_eq!(fs.read(&at("src/../src/./inner/c.js")), Ok(b"c".to_vec()));
    assert_eq!(fs.read(&at("src/A.js")), Err(FsError::NotFound));
    assert_eq!(fs.read(&at("src/a.js/more")), Err(FsError::NotFound));
    assert_eq!(fs.read(&at("src/\0")), Err(FsError::NotFound));
    assert_eq!(fs.read(&at("src")), Err(FsError::NotAFile(FileKind::Directory)));
    assert_eq!(fs.kind(&at("src")), Some(FileKind::Directory));
    assert_eq!(fs.kind(&at("empty")), Some(FileKind::Directory));
    assert_eq!(fs.kind(&at("src/a.js")), Some(FileKind::File));
    assert_eq!(fs.kind(&at("sr")), None);
    assert_eq!(fs.list(&at("empty")), Ok(Vec::new()));
    assert_eq!(fs.list(&at("none")), Err(FsError::NotFound));
    assert_eq!(fs.list(&at("src/a.js")), Err(FsError::NotADirectory));
    assert_eq!(fs.canonical(&at("src/inner/../a.js")), Ok(at("src/a.js")));
    assert_eq!(fs.read_link(&at("src/a.js")), None);
    assert_eq!(fs.unfollowed(&at("src/a.js")), Some(Unfollowed::Kind(FileKind::File)));
    assert_eq!(fs.unfollowed(&at("src")), Some(Unfollowed::Kind(FileKind::Directory)));
    assert_eq!(fs.unfollowed(&at("none")), None);
}

fn check_links(fs: &dyn FileSystem, root: &Utf8Path) {
    let at = |path: &str| root.join(path);
    assert_eq!(fs.read(&at("src/b.js")), Ok(b"a".to_vec()));
    assert_eq!(fs.read(&at("link/c.js")), Ok(b"c".to_vec()));
    assert_eq!(
        fs.read(&at("link/../a.js")),
        Ok(b"a".to_vec()),
        "`..` is the parent of where the link leads"
    );
    assert_eq!(fs.canonical(&at("link/c.js")), Ok(at("src/inner/c.js")));
    assert_eq!(fs.read_link(&at("src/b.js")), Some(Utf8PathBuf::from("a.js")));
    assert_eq!(fs.read(&at("dead")), Err(FsError::NotFound));
    assert_eq!(fs.kind(&at("dead")), None);
    for link in ["src/b.js", "link", "dead", "x"] {
        assert_eq!(fs.unfollowed(&at(link)), Some(Unfollowed::Link), "{link}");
    }
    assert_eq!(fs.unfollowed(&at("link/c.js")), Some(Unfollowed::Kind(FileKind::File)));
    assert_eq!(fs.read(&at("x")), Err(FsError::Loop));
    assert_eq!(fs.canonical(&at("x")), Err(FsError::Loop));
    assert_eq!(fs.kind(&at("x")), None);
    assert_eq!(fs.kind(&at("pipe")), Some(FileKind::Other));
    assert_eq!(fs.read(&at("pipe")), Err(FsError::NotAFile(FileKind::Other)));
    let entry = |name: &str, kind| DirEntry { name: name.to_owned(), kind };
    let (file, directory) = (Some(FileKind::File), Some(FileKind::Directory));
    assert_eq!(
        fs.list(&at("src")),
        Ok(vec![entry("a.js", file), entry("b.js", file), entry("inner", directory)])
    );
    let names: Vec<_> =
        fs.list(root).expect("it is a directory").into_iter().map(|e| (e.name, e.kind)).collect();
    let expected = [
        ("dead", None),
        ("empty", directory),
        ("link", directory),
        ("pipe", Some(FileKind::Other)),
        ("src", directory),
        ("src-2.js", file),
        ("x", None),
        ("y", None),
    ];
    assert_eq!(names, expected.map(|(name, kind)| (name.to_owned(), kind)));
}

#[test]
fn memory_answers_like_a_disk() {
    let (fs, root) = in_memory();
    check(&fs, &root);
    check_links(&fs, &root);
}

#[test]
fn the_disk_answers() {
    let disk = OnDisk::new("fs");
    check(&OsFs, &disk.0);
    #[cfg(unix)]
    {
        disk.add_links();
        check_links(&OsFs, &disk.0);
        for folder in [disk.0.clone(), disk.0.join("src"), disk.0.join("link")] {
            let names = OsFs.names(&folder).expect("one question").expect("it is a directory");
            assert!(!names.is_empty());
            for (name, found) in names {
                assert_eq!(OsFs.unfollowed(&folder.join(&name)), Some(found), "{name}");
            }
        }
        assert_eq!(OsFs.names(&disk.0.join("none")), Some(Err(FsError::NotFound)));
    }
}

#[test]
fn a_file_is_read_whole_whatever_its_size_says() {
    let disk = OnDisk::new("sizes");
    for size in [0, 1, 4095, 4096, 70_000] {
        let (path, bytes) = (disk.0.join("sized"), vec![b'x'; size]);
        fs::write(&path, &bytes).unwrap();
        assert!(OsFs.read(&path) == Ok(bytes), "{size} bytes");
    }
    // The system reports that it is empty.
    #[cfg(target_os = "linux")]
    assert!(OsFs.read("/proc/self/status".into()).is_ok_and(|bytes| bytes.starts_with(b"Name:")));
}

#[test]
fn tracked_answers_like_what_it_wraps() {
    let (fs, root) = in_memory();
    let tracked = Tracked::new(Arc::new(fs));
    check(&tracked, &root);
    check_links(&tracked, &root);
}

#[test]
fn memory_changes_between_builds() {
    let fs = MemoryFs::new().with("/p/a.js", "1").with("/p/d/b.js", "2");
    fs.write("/p/a.js", "3");
    fs.remove("/p/d");
    fs.deny("/p/secret.js");
    assert_eq!(fs.read("/p/a.js".into()), Ok(b"3".to_vec()));
    assert_eq!(fs.kind("/p/d".into()), None);
    assert_eq!(fs.read("/p/secret.js".into()), Err(FsError::Denied));
}

#[test]
fn reads_know_what_touches_them() {
    let (fs, root) = in_memory();
    let tracked = Tracked::new(Arc::new(fs));
    let at = |path: &str| root.join(path);
    assert!(tracked.read(&at("src/a.js")).is_ok());
    assert!(tracked.kind(&at("src/later.js")).is_none());
    assert!(tracked.list(&at("src/inner")).is_ok());
    let reads = tracked.into_reads();
    assert_eq!(reads.iter().count(), 3);
    assert!(reads.iter().any(|read| read == (&at("src/inner"), Question::Listing)));
    for (path, change, expected) in [
        ("src/a.js", Change::Changed, true),
        ("src/a.js", Change::Removed, true),
        ("src/a.js.orig", Change::Created, false),
        ("src/later.js", Change::Changed, false),
        ("src/later.js", Change::Created, true),
        ("src/inner/new.js", Change::Created, true),
        ("src/inner/c.js", Change::Changed, false),
        ("src/inner/deep/new.js", Change::Created, false),
        ("src", Change::Removed, true),
        ("other", Change::Removed, false),
    ] {
        assert_eq!(reads.is_touched(&at(path), change), expected, "{path} {change:?}");
    }
}
