//! Why a request to a store failed.

use std::fmt;

/// Why a request to a store failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The store refused the credentials, or there are none (401, 403, `NOAUTH`).
    Denied(String),
    /// The certificate of the store is not valid for it, or not signed by an authority that this
    /// machine trusts.
    Untrusted(String),
    /// The bucket, the folder or the service does not exist.
    Missing(String),
    /// There was no connection, or no answer in time.
    Unreachable(String),
    /// The store answered with an error, or with something that is not an answer.
    Wrong(String),
    /// The answer is not what was written: it is cut off, too long, or another value.
    Damaged(String),
}

impl Failure {
    /// Whether the store works, and has something else than was written.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_))
    }

    /// Whether a person has to do something: the next build will fail in the same way.
    pub fn stays(&self) -> bool {
        match self {
            Self::Denied(_) | Self::Untrusted(_) | Self::Missing(_) => true,
            Self::Unreachable(_) | Self::Wrong(_) | Self::Damaged(_) => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied(why) => write!(f, "it refuses access ({why})"),
            Self::Untrusted(why) => write!(f, "its certificate is not trusted ({why})"),
            Self::Missing(why) => write!(f, "there is nothing at this address ({why})"),
            Self::Unreachable(why) => write!(f, "it cannot be reached ({why})"),
            Self::Wrong(why) => write!(f, "it answered with an error ({why})"),
            Self::Damaged(why) => write!(f, "it has something else than was written ({why})"),
        }
    }
}
