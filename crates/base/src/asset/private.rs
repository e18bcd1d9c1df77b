//! Files that are never published, whatever imports or copies them: programs of the server,
//! settings, keys, database dumps. One import by mistake would put passwords into a public script.

use camino::Utf8Path;

use crate::fs::FileSystem;

/// Why a file is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Private {
    /// The server runs it, and its source must not be public.
    Program,
    /// Its name begins with a dot: such files hold settings and passwords of programs.
    DotFile,
    /// A key or a certificate.
    Key,
    /// A dump of a database.
    Dump,
}

const PROGRAMS: [&str; 17] = [
    "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phps", "phpt", "pht", "phar", "asp",
    "aspx", "ashx", "jsp", "jspx", "cgi",
];
const KEYS: [&str; 16] = [
    "pem", "key", "p12", "pfx", "p7b", "p8", "crt", "cer", "der", "csr", "jks", "keystore", "ppk",
    "gpg", "kdbx", "htpasswd",
];
const DUMPS: [&str; 2] = ["sql", "mysql"];
/// The names of ssh's key files; some are followed by `.pub` or `.old`.
const KEY_NAMES: [&str; 5] = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_xmss"];
/// Folders of programs that hold settings and passwords under any file name.
const FOLDERS: [&str; 7] = [".git", ".svn", ".hg", ".ssh", ".aws", ".gnupg", ".docker"];
/// Extensions that copies and archives of a file have after its own extension.
const COPIES: [&str; 16] = [
    "bak", "backup", "old", "orig", "save", "swp", "tmp", "dist", "example", "sample", "gz", "bz2",
    "xz", "zst", "zip", "enc",
];

/// Returns why the file with this path is not published; `None`: it may be. A symbolic link is as
/// private as its target.
pub fn private(path: &Utf8Path, fs: &dyn FileSystem) -> Option<Private> {
    by_name(path).or_else(|| by_name(&fs.canonical(path).ok()?))
}

/// Returns why files with this extension are not published; `None`: they may be.
pub fn by_extension(extension: &str) -> Option<Private> {
    let kinds: [(&[&str], Private); 3] =
        [(&PROGRAMS, Private::Program), (&KEYS, Private::Key), (&DUMPS, Private::Dump)];
    kinds.into_iter().find(|(extensions, _)| extensions.contains(&extension)).map(|(_, kind)| kind)
}

fn by_name(path: &Utf8Path) -> Option<Private> {
    let name = path.file_name()?.to_ascii_lowercase();
    let is_below =
        |folder: &str| path.components().any(|part| part.as_str().eq_ignore_ascii_case(folder));
    if name.starts_with('.') || FOLDERS.into_iter().any(is_below) {
        return Some(Private::DotFile);
    }
    // Windows opens `config.php.` as `config.php`; editors name their backups `config.php~`.
    let mut parts = name.trim_end_matches(['.', ' ', '~']).split('.');
    if parts.next().is_some_and(|stem| KEY_NAMES.contains(&stem)) {
        return Some(Private::Key);
    }
    parts.rev().find(|part| !COPIES.contains(part)).and_then(by_extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(path: &str) -> Option<Private> {
        by_name(Utf8Path::new(path))
    }

    #[test]
    fn private_files_are_recognized_by_name() {
        for path in
            ["/a/config.php", "/a/CONFIG.PHP", "/a/x.phtml", "/a/config.php.bak", "/a/config.php~"]
        {
            assert_eq!(kind(path), Some(Private::Program), "{path}");
        }
        for path in [
            "/a/.env",
            "/a/.ENV.local",
            "/a/.htaccess",
            "/a/.npmrc",
            "/a/.git/config",
            "/a/.ssh/config",
        ] {
            assert_eq!(kind(path), Some(Private::DotFile), "{path}");
        }
        for path in
            ["/a/server.key", "/a/server.PEM", "/a/id_rsa", "/a/id_rsa.pub", "/a/x.htpasswd"]
        {
            assert_eq!(kind(path), Some(Private::Key), "{path}");
        }
        for path in ["/a/dump.sql", "/a/dump.sql.gz", "/a/dump.2020.SQL.old"] {
            assert_eq!(kind(path), Some(Private::Dump), "{path}");
        }
    }

    #[test]
    fn names_that_only_look_alike_are_not_private() {
        let paths = [
            "/a/php.svg",
            "/a/sql.js",
            "/a/key.png",
            "/a/keys.txt",
            "/a/env",
            "/a/logo.php.svg",
            "/a/.well-known/x.txt",
            "/a/.pnpm/x@1/node_modules/x/a.png",
            "/a/example",
            "/a/repo.git/a.png",
        ];
        for path in paths {
            assert_eq!(kind(path), None, "{path}");
        }
    }
}
