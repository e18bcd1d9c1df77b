//! File systems that do not report every change, as Linux lists them in its mount table. inotify
//! reports what this machine's kernel writes, and not what a server, the host of a virtual machine
//! or a program behind FUSE changes. Other systems have no such table; there `watch.poll` must be
//! set.

use bundle_base::{FileSystem, fs::OsFs};
use camino::{Utf8Path, Utf8PathBuf};

const TABLE: &str = "/proc/self/mountinfo";

/// File systems that other machines or programs can write to. FUSE is listed by its prefix: a local
/// NTFS volume would do with events, but a network file system looks the same.
const SILENT: &[&str] = &[
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "fuse", "fuseblk", "gfs2",
    "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "panfs", "prl_fs", "smb2",
    "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
];
const FUSE: &str = "fuse.";

/// The mounted file systems.
#[derive(Debug, Default)]
pub struct Mounts {
    mounts: Vec<Mount>,
    has_unreported: bool,
}

/// One line of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Mount {
    /// The folder where the file system is mounted.
    pub point: Utf8PathBuf,
    /// The name of the file system for messages.
    pub kind: String,
    /// Whether not every change is reported.
    reports_no_changes: bool,
}

impl Mounts {
    /// Reads the current mount table.
    pub fn read() -> Self {
        let table = OsFs.read(Utf8Path::new(TABLE)).unwrap_or_default();
        Self::parse(&String::from_utf8_lossy(&table), &|layer| layer.is_dir())
    }

    /// Parses a mount table. `is_seen` returns whether a folder can be reached from here.
    pub fn parse(table: &str, is_seen: &dyn Fn(&Utf8Path) -> bool) -> Self {
        let mounts: Vec<Mount> =
            table.lines().filter_map(|line| Mount::parse(line, is_seen)).collect();
        let has_unreported = mounts.iter().any(|mount| mount.reports_no_changes);
        Self { mounts, has_unreported }
    }

    /// Returns the mount of a real path if it does not report every change.
    pub fn silent(&self, path: &Utf8Path) -> Option<&Mount> {
        if !self.has_unreported {
            return None;
        }
        let above = self.mounts.iter().filter(|mount| path.starts_with(&mount.point));
        // The last of several mounts at one place hides the others; `max_by_key` returns the last.
        above
            .max_by_key(|mount| mount.point.as_str().len())
            .filter(|mount| mount.reports_no_changes)
    }
}

impl Mount {
    /// `36 35 98:0 /root /point rw,noatime master:1 - kind source options`, with any number of
    /// words before the dash.
    fn parse(line: &str, is_seen: &dyn Fn(&Utf8Path) -> bool) -> Option<Self> {
        let (place, system) = line.split_once(" - ")?;
        let point = Utf8PathBuf::from(unescaped(place.split(' ').nth(4)?));
        let mut words = system.split(' ');
        let (kind, source) = (words.next()?, words.next().unwrap_or_default());
        let options = words.next().unwrap_or_default();
        let reports_no_changes = SILENT.contains(&kind)
            || kind.starts_with(FUSE)
            || (kind == "overlay" && layers(options).any(|layer| is_seen(Utf8Path::new(&layer))));
        // WSL mounts Windows' disks through 9p, under the old name drvfs.
        let kind =
            if source == "drvfs" || options.contains("aname=drvfs") { "drvfs" } else { kind };
        Some(Self { point, kind: kind.to_owned(), reports_no_changes })
    }
}

/// Returns the folders that an overlay is made of. A write into one of them changes what the
/// overlay shows, without any event; a container cannot see its own layers.
fn layers(options: &str) -> impl Iterator<Item = String> {
    let named = options.split(',').filter_map(|option| option.split_once('='));
    let folders = named
        .filter(|(name, _)| matches!(*name, "lowerdir" | "lowerdir+" | "datadir+" | "upperdir"));
    let layers = folders.flat_map(|(_, folders)| folders.split(':')).map(unescaped);
    // A relative layer was mounted from a folder that is no longer known.
    layers.filter(|layer| layer.starts_with('/'))
}

/// Decodes spaces, tabs, newlines and backslashes, which the table writes as octal (`\040`).
fn unescaped(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut found = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        found.extend(byte.or(Some(b'\\')));
        found.extend_from_slice(&part.as_bytes()[if byte.is_some() { 3 } else { 0 }..]);
    }
    String::from_utf8_lossy(&found).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as real machines have them: a root, a share of each kind, and a local folder mounted
    /// within a share.
    const TABLE: &str = r"27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
22 27 0:21 / /proc rw,relatime shared:5 - proc proc rw
101 27 0:50 / /mnt/c rw,noatime - 9p drvfs rw,dirsync,aname=drvfs;path=C:\;uid=1000;symlinkroot=/mnt/,mmap,access=client,msize=262144,trans=fd,rfd=8,wfd=8
102 27 0:51 / /srv/share rw,relatime shared:7 master:3 - nfs4 server:/export rw,vers=4.2,addr=10.0.0.1
103 27 0:52 / /media/a\040b\134c rw,nosuid - cifs //host/a\040b rw,vers=3.1.1
104 27 0:53 / /vagrant rw,nodev,relatime - vboxsf vagrant rw,uid=1000
105 27 0:54 / /home/u/remote rw,nosuid,nodev - fuse.sshfs u@host:/srv rw,user_id=1000
106 27 0:55 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
107 27 8:17 / /media/disk rw - fuseblk /dev/sdb1 rw,blksize=4096
108 27 0:56 / /work rw - virtiofs work rw
109 102 254:0 /var/cache /srv/share/node_modules rw - ext4 /dev/vda rw
110 27 0:57 / /merged rw - overlay overlay rw,lowerdir=/base:/more,upperdir=/up,workdir=/wd
111 27 0:58 / /container rw - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/AB:/var/lib/docker/overlay2/l/CD,upperdir=/var/lib/docker/overlay2/x/diff,workdir=/w
112 27 0:59 / /relative rw - overlay overlay rw,lowerdir=l/AB:l/CD,upperdir=x/diff,workdir=x/work
113 27 0:60 / /twice rw - nfs server:/a rw
114 27 0:61 / /twice rw - tmpfs tmpfs rw
this is no line of it
115 27 0:62 / ";

    fn kind(path: &str) -> Option<String> {
        let mounts = Mounts::parse(TABLE, &|layer| layer == "/more");
        mounts.silent(Utf8Path::new(path)).map(|mount| format!("{} at {}", mount.kind, mount.point))
    }

    #[test]
    fn file_systems_that_others_write_are_silent() {
        let expected = [
            ("/mnt/c/shop/src", "drvfs at /mnt/c"),
            ("/srv/share", "nfs4 at /srv/share"),
            ("/media/a b\\c/x", "cifs at /media/a b\\c"),
            ("/vagrant/js", "vboxsf at /vagrant"),
            ("/home/u/remote/js", "fuse.sshfs at /home/u/remote"),
            ("/run/user/1000/gvfs/x", "fuse.gvfsd-fuse at /run/user/1000/gvfs"),
            ("/media/disk/x", "fuseblk at /media/disk"),
            ("/work/shop", "virtiofs at /work"),
        ];
        for (path, mount) in expected {
            assert_eq!(kind(path).as_deref(), Some(mount), "{path}");
        }
    }

    #[test]
    fn disks_of_the_machine_report_every_change() {
        for path in [
            "/",
            "/home/u/shop",
            "/proc",
            "/mnt/d",
            "/srv/shared/x",
            "/srv/share/node_modules/vue",
            "/twice",
        ] {
            assert_eq!(kind(path), None, "{path}");
        }
    }

    #[test]
    fn an_overlay_is_silent_if_somebody_here_can_write_below_it() {
        assert_eq!(kind("/merged/x").as_deref(), Some("overlay at /merged"));
        assert_eq!(kind("/container/x"), None);
        assert_eq!(kind("/relative/x"), None);
    }
}
