//! Names and paths of Windows, as texts. Windows reserves some names: a file with such a name is a
//! device there, or a stream of another file, or loses its last characters. Writing it may succeed
//! although nothing is on the disk.

/// The devices. With an extension they are devices too, before Windows 11.
const DEVICES: [&str; 6] = ["aux", "con", "conin$", "conout$", "nul", "prn"];

/// Whether no file on Windows can have this name.
pub fn is_reserved_on_windows(name: &str) -> bool {
    let is_cut = name.ends_with(['.', ' ']);
    let has_sign = name.contains(|c: char| c.is_control() || "<>:\"/\\|?*".contains(c));
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_port = port.is_some_and(|number| {
        let mut digits = number.chars();
        matches!((digits.next(), digits.next()), (Some('1'..='9' | '¹' | '²' | '³'), None))
    });
    is_cut || has_sign || is_port || DEVICES.contains(&stem.as_str())
}

/// Returns a path with a capital letter for its drive: `c:\shop` → `C:\shop`.
pub fn with_capital_drive(mut path: String) -> String {
    if path.as_bytes().get(1) == Some(&b':')
        && let Some(drive) = path.get_mut(..1)
    {
        drive.make_ascii_uppercase();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{is_reserved_on_windows, with_capital_drive};

    #[test]
    fn drives_have_capital_letters() {
        for (path, expected) in [
            (r"c:\shop", r"C:\shop"),
            (r"D:\a", r"D:\a"),
            (r"\\server\share", r"\\server\share"),
            ("é", "é"),
        ] {
            assert_eq!(with_capital_drive(path.to_owned()), expected);
        }
    }

    #[test]
    fn devices_streams_and_cut_names_are_reserved() {
        let reserved = ["con", "CON.js", "aux.min.css", "nul .txt", "COM1.js", "lpt9", "com¹.js"];
        let others = ["main.js:x", "a.", "a ", "a|b", "a?b", "a\\b", "conin$"];
        for name in reserved.into_iter().chain(others) {
            assert!(is_reserved_on_windows(name), "{name}");
        }
    }

    #[test]
    fn similar_names_are_free() {
        let free = ["console.js", "com.js", "com0.js", "com10.js", "auxiliary", "a.con", ".nul"];
        for name in free.into_iter().chain(["index.js", "ü b.js", "main.js.map"]) {
            assert!(!is_reserved_on_windows(name), "{name}");
        }
    }
}
