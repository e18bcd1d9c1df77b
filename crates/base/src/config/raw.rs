//! What the user wrote.

/// What the user wrote, in the configuration file or as flags: every field optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawConfig {}
