//! Which store an address means.

use crate::{
    address::{Address, Scheme},
    github::GitHub,
    http::WebDav,
    redis::Redis,
    s3::S3,
    store::Store,
};

/// Opens a store. `variable` returns the environment variables that hold credentials. Nothing is
/// connected yet.
pub fn open(address: &Address, variable: &dyn Fn(&str) -> Option<String>) -> Box<dyn Store> {
    match address.scheme {
        Scheme::Http => Box::new(WebDav::new(address, variable)),
        Scheme::S3 => Box::new(S3::new(address, variable)),
        Scheme::Redis => Box::new(Redis::new(address, variable)),
        Scheme::GitHub => Box::new(GitHub::new(variable)),
    }
}
