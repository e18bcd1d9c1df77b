//! Tables that scripts wrote. `cargo xtask check` proves that they are what the scripts write.

pub(super) mod first_versions; // which version of a browser has which construct
