//! Which stylesheets are CSS modules, and what makes the names of each one unique.

use bundle_base::{
    asset::{ContentHash, has_flag},
    config::Config,
    stylesheet::exports::Naming,
};

/// Whether a stylesheet is a CSS module: its name is like `cart.module.scss`, or it is imported
/// with `?module`.
pub fn is_module(name: &str, query: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').is_some_and(|(stem, _)| stem.ends_with(".module"))
        || has_flag(query, "module")
}

/// Returns how the names of a file become unique: through the path of the file, so that they stay
/// the same when its contents change.
pub fn naming(name: &str, config: &Config) -> Naming {
    let digits = ContentHash::of(name.as_bytes()).to_string();
    Naming::new(&config.css_modules, name, &digits[..8])
}
