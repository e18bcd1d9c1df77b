//! Who ships together.
