//! Stylesheets, rewritten in place. Free of any Vue version.

pub(crate) mod animations; // keyframes and who names them
pub(crate) mod modules; // names that are a file's own
pub(crate) mod rewrite; // a sheet while it is rewritten
pub(crate) mod selector; // one selector, by its simple selectors

#[cfg(test)]
mod tests;
