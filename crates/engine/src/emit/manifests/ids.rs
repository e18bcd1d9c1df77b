//! Ids of contents, in addresses and versions.

use bundle_base::asset::ContentHash;

/// Returns the id of a file's contents in an address. It has 20 digits, as in Laravel Mix.
pub(super) fn id_of(bytes: &[u8]) -> String {
    ContentHash::of(bytes).to_string()[..20].to_owned()
}
