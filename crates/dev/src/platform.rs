//! The differences between operating systems in watching: which attributes show that a path has
//! another file, and how they are read. Windows has no file identity here; only lengths and times
//! are compared. Which file systems report no changes is in `mounts`: only Linux lists them.

use std::{io, time::SystemTime};

use bundle_base::{FileSystem as _, fs::OsFs};
use camino::Utf8Path;

/// Whether the system limits how much is watched, and a command raises the limit.
pub const HAS_LIMITS: bool = cfg!(target_os = "linux");
/// The folder where Linux lists its limits.
const LIMITS: &str = "/proc/sys/fs/inotify";
/// Linux's EMFILE.
const TOO_MANY_OPEN_FILES: i32 = 24;

/// Which file it is, and when its contents or attributes last changed. Programs that unpack or copy
/// files set lengths and modification times as they like: two versions of a package often agree in
/// both. A changed permission shows only here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    inode: u64,
    /// The time of the last status change (`ctime`): seconds and nanoseconds since 1970.
    changed: (i64, i64),
}

/// The attributes that differ after a change. Not the inode: network file systems invent inodes,
/// and change them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Since1970,
    changed: Since1970,
}

/// Seconds and nanoseconds since 1970.
type Since1970 = (i64, i64);

/// Returns one of Linux's limits, if it can be read.
pub fn limit(name: &str) -> Option<u64> {
    let text = OsFs.read(&Utf8Path::new(LIMITS).join(name)).ok()?;
    String::from_utf8_lossy(&text).trim().parse().ok()
}

/// Whether the user can start no more watchers. On Linux every watcher counts against a limit of
/// its own, which is reported as too many open files.
pub fn is_limit_of_watchers(error: &io::Error) -> bool {
    HAS_LIMITS && error.raw_os_error() == Some(TOO_MANY_OPEN_FILES)
}

/// A folder whose entries are polled; on Linux it is opened once, so that its path is resolved
/// once.
pub struct Opened {
    #[cfg(target_os = "linux")]
    folder: Option<rustix::fd::OwnedFd>,
}

impl Opened {
    /// Opens a folder.
    pub fn of(folder: &Utf8Path) -> Self {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags, open};
            let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
            Self { folder: open(folder.as_str(), flags, Mode::empty()).ok() }
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = folder;
            Self {}
        }
    }

    /// Returns the state of a path in this folder, as `Stamp::at` does.
    pub fn stamp(&self, path: &Utf8Path, is_fresh: bool) -> Option<Stamp> {
        #[cfg(target_os = "linux")]
        if let (Some(folder), Some(name)) = (&self.folder, path.file_name())
            && let Some((stamp, is_folder)) = Stamp::asked(folder, name, false, is_fresh)
        {
            return Some(stamp.of_entry(is_folder));
        }
        Stamp::at(path, is_fresh)
    }
}

impl Identity {
    /// Reads the identity from a file's attributes.
    #[cfg(unix)]
    pub fn of(found: &impl std::os::unix::fs::MetadataExt) -> Self {
        Self { inode: found.ino(), changed: (found.ctime(), found.ctime_nsec()) }
    }

    /// Other systems give no identity.
    #[cfg(not(unix))]
    pub fn of<T>(_: &T) -> Self {
        Self::default()
    }

    /// Returns when the file's contents or attributes last changed.
    pub fn changed(self) -> (i64, i64) {
        self.changed
    }

    /// Whether the file's contents or attributes changed at this time or later; renaming counts.
    pub fn is_since(self, since: SystemTime) -> bool {
        let since = since.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        self.changed >= (seconds, i64::from(since.subsec_nanos()))
    }
}

/// Whether a path may have appeared or changed at this time or later. Only Unix knows.
pub fn may_be_since(path: &Utf8Path, since: SystemTime) -> bool {
    #[cfg(unix)]
    return path.symlink_metadata().is_ok_and(|found| Identity::of(&found).is_since(since));
    #[cfg(not(unix))]
    {
        let _ = (path, since);
        true
    }
}

impl Stamp {
    /// Returns the state of a path, without following a link. Of a folder it records only that it
    /// exists: its entries have paths of their own.
    pub fn at(path: &Utf8Path, is_fresh: bool) -> Option<Self> {
        let (stamp, is_folder) = Self::found(path, false, is_fresh)?;
        Some(stamp.of_entry(is_folder))
    }

    /// Reduces the state of a folder to its existence; the state of a file stays as it is.
    fn of_entry(self, is_folder: bool) -> Self {
        if is_folder { Self { length: 0, modified: (0, 0), changed: (0, 0) } } else { self }
    }

    /// Returns the state of a folder, which differs once an entry appears or disappears.
    pub fn of_folder(path: &Utf8Path, is_fresh: bool) -> Option<Self> {
        Self::found(path, true, is_fresh)
            .filter(|(_, is_folder)| *is_folder)
            .map(|(stamp, _)| stamp)
    }

    /// Returns the state of an entry in a folder, and whether it is a folder. Linux can be asked to
    /// bypass the cached attributes of remote files.
    #[cfg(target_os = "linux")]
    fn asked(
        folder: impl rustix::fd::AsFd,
        name: &str,
        follows: bool,
        is_fresh: bool,
    ) -> Option<(Self, bool)> {
        use rustix::fs::{AtFlags, FileType, StatxFlags, statx};
        let links = if follows { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
        let memory = if is_fresh { AtFlags::STATX_FORCE_SYNC } else { AtFlags::empty() };
        let found = statx(folder, name, links | memory, StatxFlags::BASIC_STATS).ok()?;
        let time = |time: rustix::fs::StatxTimestamp| (time.tv_sec, i64::from(time.tv_nsec));
        let (modified, changed) = (time(found.stx_mtime), time(found.stx_ctime));
        let is_folder = FileType::from_raw_mode(found.stx_mode.into()) == FileType::Directory;
        Some((Self { length: found.stx_size, modified, changed }, is_folder))
    }

    /// Returns the state of a path, and whether it is a folder.
    fn found(path: &Utf8Path, follows: bool, is_fresh: bool) -> Option<(Self, bool)> {
        #[cfg(target_os = "linux")]
        if let Some(found) = Self::asked(rustix::fs::CWD, path.as_str(), follows, is_fresh) {
            return Some(found);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = is_fresh;
        // The kernel is old, this is another system, or the path does not exist.
        let found = if follows { path.metadata() } else { path.symlink_metadata() }.ok()?;
        let modified =
            found.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let modified = modified.unwrap_or_default();
        let modified = (
            i64::try_from(modified.as_secs()).unwrap_or(i64::MAX),
            i64::from(modified.subsec_nanos()),
        );
        let changed = Identity::of(&found).changed();
        Some((Self { length: found.len(), modified, changed }, found.is_dir()))
    }
}
