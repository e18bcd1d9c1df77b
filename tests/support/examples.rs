//! The example project as its users meet it: built by README's first command, served by PHP, opened in browsers.

/// The tests of this file.
pub fn all() -> Vec<(&'static str, fn() -> Result<(), String>)> {
    Vec::new()
}
