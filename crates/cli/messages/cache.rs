//! Sentences about caches, on disk and shared.

use bundle_base::{Diagnostic, diagnostic::Label};
use bundle_remote::{FORMS, Mistake, publish::Published};

pub fn damaged_cache(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "damaged-cache",
        format!("{path} is damaged, or cannot be read: the unusable part is built again"),
    )
    .note("killing a build does not damage it; if it happens again, the disk may be failing")
}

/// `key` is where the address is written.
pub fn bad_cache_address(
    key: &str,
    at: Option<Label>,
    written: &str,
    mistake: &Mistake,
) -> Diagnostic {
    let what = match mistake {
        Mistake::Form => format!("{key}: \"{written}\" is not the address of a store"),
        Mistake::Part(part) => format!("{key}: the {part} of \"{written}\" is missing or wrong"),
    };
    let diagnostic = match at {
        Some(at) => Diagnostic::error("bad-cache-address", what).at(at),
        None => Diagnostic::error("bad-cache-address", what),
    };
    FORMS.iter().fold(diagnostic, |diagnostic, form| diagnostic.note(*form))
}

pub fn bad_cache_domain(key: &str, name: &str) -> Diagnostic {
    Diagnostic::error("bad-cache-domain", format!("{key}: \"{name}\" cannot name a domain"))
        .note("a domain is a name of 1 to 200 bytes, such as that of a branch")
}

/// `why`: what the store did.
pub fn shared_cache(address: &str, why: &str) -> Diagnostic {
    Diagnostic::warning("shared-cache", format!("the shared cache {address}: {why}"))
        .note("the outputs are correct: the build made locally what it could not fetch")
        .fix("`bundle cache verify` tries each step; BUNDLE_CACHE_REMOTE= turns it off", None)
}

/// For commands that look at caches: `why`: what the store did.
pub fn store_fails(address: &str, why: &str) -> Diagnostic {
    Diagnostic::error("shared-cache", format!("the shared cache {address}: {why}"))
}

/// For commands that look at caches.
pub fn cache_is_damaged(path: &str) -> Diagnostic {
    Diagnostic::error("damaged-cache", format!("{path} is damaged, or cannot be read"))
        .fix("remove the file; the next build creates it again", None)
}

/// The line about what a build wrote to the shared cache.
pub fn published(Published { segments, bytes }: Published) -> Option<String> {
    let kilobytes = bytes.div_ceil(1000);
    (segments > 0).then(|| format!("  {kilobytes} kB written to the shared cache"))
}
