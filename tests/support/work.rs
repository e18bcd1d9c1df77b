//! The paths that the tests use, and the options of this run.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the drivers: `runner.mjs`, `prelude.js`.
pub fn support(name: &str) -> PathBuf {
    root().join("tests/support").join(name)
}

/// The binary under test: the one that cargo built, or `BUNDLE_BINARY`, such as one about to be
/// published.
pub fn binary() -> PathBuf {
    env::var_os("BUNDLE_BINARY")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_bundle")), PathBuf::from)
}

/// Rewrite `expected/` instead of comparing with it.
pub fn is_blessing() -> bool {
    env::var_os("BUNDLE_BLESS").is_some()
}

/// Large counts: more builds per case, compared byte for byte.
pub fn is_full() -> bool {
    env::var_os("BUNDLE_TEST_FULL").is_some()
}

/// A new empty directory that no other test uses. `name` is only for the reader of a failure.
pub fn fresh_directory(name: &str) -> Result<PathBuf, String> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("{}-{number}", std::process::id()))
        .join(name);
    std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

/// Removes what `fresh_directory` made. After a failure it stays, for whoever looks.
pub fn remove(fresh: &Path) {
    let Some(numbered) = fresh.parent() else { return };
    let _ = std::fs::remove_dir_all(numbered);
}
