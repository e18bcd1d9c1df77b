//! Fixtures.
fn main() {}
