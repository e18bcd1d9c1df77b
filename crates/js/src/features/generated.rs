//! Tables that scripts generate. `cargo xtask check` proves that they are current.

pub(super) mod first_versions; // which version of a browser has which construct
