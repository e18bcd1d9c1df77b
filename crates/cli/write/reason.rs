//! Errors of the operating system in words that are the same on every system, and a remedy for
//! each.

use std::io;

/// Returns a remedy, if there is one.
pub fn remedy(error: &io::Error) -> Option<&'static str> {
    REMEDIES.iter().find(|(kind, _)| *kind == error.kind()).map(|(_, remedy)| *remedy)
}

/// Remedies by the kind of error.
const REMEDIES: &[(io::ErrorKind, &str)] = &[
    (
        io::ErrorKind::PermissionDenied,
        "give yourself write permission to the folder, or name another with --out-dir",
    ),
    (io::ErrorKind::ReadOnlyFilesystem, "name a folder on another file system with --out-dir"),
    (io::ErrorKind::StorageFull, "make room on the disk; the old files are as they were"),
    (io::ErrorKind::QuotaExceeded, "make room on the disk; the old files are as they were"),
    (
        io::ErrorKind::FileTooLarge,
        "raise the limit on file sizes, `ulimit -f`; the old files are as they were",
    ),
    (
        io::ErrorKind::NotADirectory,
        "a file stands where a folder should be; remove it or name another folder",
    ),
    (
        io::ErrorKind::AlreadyExists,
        "a file stands where a folder should be; remove it or name another folder",
    ),
    (io::ErrorKind::NotFound, "name another folder with --out-dir"),
    (io::ErrorKind::InvalidFilename, "give the entry a shorter or plainer name: NAME=PATH"),
];

/// Reasons by the kind of error, in words that are the same on every system.
const REASONS: &[(io::ErrorKind, &str)] = &[
    (io::ErrorKind::PermissionDenied, "permission denied"),
    (io::ErrorKind::ReadOnlyFilesystem, "the file system is read-only"),
    (io::ErrorKind::StorageFull, "the disk is full"),
    (io::ErrorKind::QuotaExceeded, "the disk quota is used up"),
    (io::ErrorKind::FileTooLarge, "the file is larger than is allowed"),
    (io::ErrorKind::NotADirectory, "a part of its path is a file"),
    (io::ErrorKind::AlreadyExists, "a part of its path is a file"),
    (io::ErrorKind::NotFound, "no file can be made there"),
    (io::ErrorKind::InvalidFilename, "the name is not possible here"),
];

/// Returns the reason for an error, or the system's own words.
pub fn words(error: &io::Error) -> String {
    let known = REASONS.iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| error.to_string(), |(_, reason)| (*reason).to_owned())
}
