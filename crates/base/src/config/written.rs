//! Values of the configuration with the places where the user wrote them.

use crate::diagnostic::Label;

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In a file, at this place.
    Place(Label),
    /// As this flag: `--target`.
    Flag(&'static str),
    /// As a plain argument.
    Argument,
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub origin: Origin,
}

impl<T> Written<T> {
    /// A value from a flag.
    pub fn flag(value: T, flag: &'static str) -> Self {
        Self { value, origin: Origin::Flag(flag) }
    }

    /// A value from a file.
    pub fn at(value: T, label: Label) -> Self {
        Self { value, origin: Origin::Place(label) }
    }
}

impl Origin {
    /// Returns the place in a file; a flag has none.
    pub fn label(&self) -> Option<&Label> {
        match self {
            Self::Place(label) => Some(label),
            Self::Flag(_) | Self::Argument => None,
        }
    }
}

/// A key and its value, each with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// The key.
    pub key: Written<String>,
    /// The value.
    pub value: Written<T>,
}
