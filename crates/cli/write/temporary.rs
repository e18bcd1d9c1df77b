//! Names of temporary files. A temporary file lies beside the file that it becomes, because only a
//! rename within one folder never crosses to another file system, whatever is linked or mounted.
//! Its name holds the identifier of the folder whose lock its build held: a later build that holds
//! this lock knows that the file is abandoned.

use camino::{Utf8Path, Utf8PathBuf};

/// The ending of new contents before they are in place, and of old contents that are replaced.
const CONTENTS: &str = ".bundle.tmp";
/// The ending of a list of files to be removed.
const REMOVALS: &str = ".bundle-removals.tmp";

/// What a temporary file contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temporary {
    /// The bytes of an output.
    Contents,
    /// Paths of outputs, one per line, that are removed unless the next manifest names them.
    Removals,
}

impl Temporary {
    /// Returns an unused name beside `path`. `lock`: the identifier of the locked folder. The
    /// process id separates builds that no lock separates; the number separates the files of one
    /// build, whose shortened names may be equal. None of it reaches an output.
    pub fn beside(self, path: &Utf8Path, lock: &str, first: usize) -> Utf8PathBuf {
        let (name, end) = match self {
            Self::Contents => (short(path.file_name().unwrap_or("output")), CONTENTS),
            Self::Removals => ("", REMOVALS),
        };
        let numbered = |n: usize| {
            path.with_file_name(format!(".{name}.{lock}-{}-{n}{end}", std::process::id()))
        };
        let mut number = first;
        // Containers share folders, and in each of them the build may be process 1.
        while numbered(number).symlink_metadata().is_ok() {
            number += 1;
        }
        numbered(number)
    }

    /// Returns what a file of this name contains, if a build made it that held this lock.
    pub fn of(name: &str, lock: &str) -> Option<Self> {
        let named = |end: &str| {
            let written = name.strip_prefix('.')?.strip_suffix(end)?.rsplit('.').next()?;
            let (process, number) =
                written.strip_prefix(lock)?.strip_prefix('-')?.split_once('-')?;
            (is_number(process) && is_number(number)).then_some(())
        };
        let contents = named(CONTENTS).map(|()| Self::Contents);
        contents.or_else(|| named(REMOVALS).map(|()| Self::Removals))
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Shortens a name so that room is left for the rest: names have at most 255 bytes.
fn short(name: &str) -> &str {
    let end =
        name.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= 180).last();
    &name[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_identifies_its_kind_and_its_build() {
        for kind in [Temporary::Contents, Temporary::Removals] {
            for name in ["main.js", ".htaccess", "no extension", &"x".repeat(255)] {
                let path = kind.beside(&Utf8Path::new("/nowhere").join(name), "fe00-12ab", 3);
                let name = path.file_name().expect("it has one");
                assert!(name.len() <= 255, "{name}");
                assert_eq!(Temporary::of(name, "fe00-12ab"), Some(kind), "{name}");
                assert_eq!(Temporary::of(name, "fe00-12a"), None, "{name}");
                assert_eq!(Temporary::of(name, "00-12ab"), None, "{name}");
            }
        }
    }

    #[test]
    fn files_of_others_are_nobodys_temporaries() {
        let names = [
            "main.js",
            ".main.js.tmp",
            ".main.js.fe00-12ab.bundle.tmp",
            "main.js.fe00-12ab-1-0.bundle.tmp",
        ];
        for name in names.into_iter().chain([
            ".fe00-12ab-1-x.bundle.tmp",
            ".fe00-12ab--0.bundle.tmp",
            ".bundle.tmp",
        ]) {
            assert_eq!(Temporary::of(name, "fe00-12ab"), None, "{name}");
        }
    }
}
