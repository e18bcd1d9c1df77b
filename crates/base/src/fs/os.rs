//! The disk of the machine. No other file of the libraries uses `std::fs`; only `bundle_dev` also
//! reads metadata and names, through camino. The command line does its own writing. On
//! wasm32-unknown-unknown this compiles, but every answer is an error: hosts there bring a
//! `MemoryFs`.

#![expect(
    clippy::disallowed_methods,
    reason = "this file is the door that everybody else has to go through"
)]

use std::{
    fs::{self, File, FileType},
    io::{self, Read},
};

use camino::{Utf8Path, Utf8PathBuf};

use super::interface::{DirEntry, FileKind, FileSystem, FsError, Unfollowed};

/// The disk. Names that are not UTF-8 cannot be asked about and are left out of listings.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsFs;

impl FileSystem for OsFs {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        // The kind is checked before opening, because opening a FIFO blocks until a process writes
        // to it.
        let metadata = fs::metadata(path).map_err(|e| error(&e))?;
        match kind_of(metadata.file_type()) {
            FileKind::File => contents(path, metadata.len()).map_err(|e| error(&e)),
            other @ (FileKind::Directory | FileKind::Other) => Err(FsError::NotAFile(other)),
        }
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        fs::metadata(path).ok().map(|found| kind_of(found.file_type()))
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        let listing = fs::read_dir(path).map_err(|e| {
            if e.kind() == io::ErrorKind::NotADirectory {
                FsError::NotADirectory
            } else {
                error(&e)
            }
        })?;
        let mut entries = Vec::new();
        for found in listing {
            let found = found.map_err(|e| error(&e))?;
            let Ok(name) = found.file_name().into_string() else { continue };
            let kind = match found.file_type() {
                Ok(kind) if !kind.is_symlink() => Some(kind_of(kind)),
                _ => self.kind(&path.join(&name)),
            };
            entries.push(DirEntry { name, kind });
        }
        entries.sort();
        Ok(entries)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        let found = fs::canonicalize(path).map_err(|e| error(&e))?;
        let found = Utf8PathBuf::from_path_buf(found)
            .map_err(|_| FsError::Other("its real path is not valid UTF-8".to_owned()))?;
        Ok(if cfg!(windows) { plain(found.as_str()).into() } else { found })
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        Utf8PathBuf::from_path_buf(fs::read_link(path).ok()?).ok()
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        Some(unfollowed(fs::symlink_metadata(path).ok()?.file_type()))
    }

    /// On Windows a path may have other names, such as `PROGRA~1`, which no listing shows.
    fn names(&self, path: &Utf8Path) -> Option<Result<Vec<(String, Unfollowed)>, FsError>> {
        cfg!(unix).then(|| {
            let mut names = Vec::new();
            for found in fs::read_dir(path).map_err(|e| error(&e))? {
                let found = found.map_err(|e| error(&e))?;
                let Ok(name) = found.file_name().into_string() else { continue };
                names.push((name, unfollowed(found.file_type().map_err(|e| error(&e))?)));
            }
            Ok(names)
        })
    }
}

/// Returns the usual form of a real path of Windows: `\\?\C:\…` and `\\?\UNC\server\…`, which few
/// programs understand, become `C:\…` and `\\server\…`.
fn plain(real: &str) -> String {
    let Some(path) = real.strip_prefix(r"\\?\") else { return real.to_owned() };
    let is_on_drive = path.as_bytes().get(1) == Some(&b':');
    match path.strip_prefix(r"UNC\") {
        _ if is_on_drive => path.to_owned(),
        Some(share) => format!(r"\\{share}"),
        None => real.to_owned(),
    }
}

/// Reads a regular file. `size` is the size that the system reports: one call that requests one
/// byte more shows that this was all of it.
fn contents(path: &Utf8Path, size: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let size = usize::try_from(size).map_err(|_| io::ErrorKind::OutOfMemory)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(size + 1)?;
    bytes.resize(size + 1, 0);
    let mut length = 0;
    while length <= size {
        match file.read(&mut bytes[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        if length == size {
            break;
        }
    }
    bytes.truncate(length);
    if length > size {
        // It has grown, or it is one of the files whose size the system does not know.
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn unfollowed(found: FileType) -> Unfollowed {
    if found.is_symlink() { Unfollowed::Link } else { Unfollowed::Kind(kind_of(found)) }
}

fn kind_of(found: FileType) -> FileKind {
    if found.is_file() {
        FileKind::File
    } else if found.is_dir() {
        FileKind::Directory
    } else {
        FileKind::Other
    }
}

fn error(error: &io::Error) -> FsError {
    // `ErrorKind::FilesystemLoop` is not stable. These are the codes of Windows, of Linux (ELOOP),
    // and of macOS and the BSDs (ELOOP).
    let cycle = if cfg!(windows) {
        1921
    } else if cfg!(target_os = "linux") || cfg!(target_os = "android") {
        40
    } else {
        62
    };
    if error.raw_os_error() == Some(cycle) {
        return FsError::Loop;
    }
    let kind = error.kind();
    // A file used as a directory, or a NUL in the path: nothing can exist there.
    if matches!(
        kind,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput
    ) {
        FsError::NotFound
    } else if kind == io::ErrorKind::PermissionDenied {
        FsError::Denied
    } else if kind == io::ErrorKind::IsADirectory {
        FsError::NotAFile(FileKind::Directory)
    } else if kind == io::ErrorKind::InvalidFilename {
        FsError::Other("its path is too long".to_owned())
    } else {
        FsError::Other(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn real_paths_of_windows_have_their_usual_form() {
        for (real, expected) in [
            (r"\\?\C:\shop\src", r"C:\shop\src"),
            (r"\\?\UNC\server\share\src", r"\\server\share\src"),
            (r"\\?\Volume{4c1b}\src", r"\\?\Volume{4c1b}\src"),
            (r"D:\src", r"D:\src"),
        ] {
            assert_eq!(plain(real), expected, "{real}");
        }
    }
}
