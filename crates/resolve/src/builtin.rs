//! The names of Node's built-in modules, and the packages that replace them in browsers.

/// The built-in modules, sorted. Modules that exist only with the `node:` prefix (`node:test`) are
/// recognised by the prefix.
const BUILTINS: &[&str] = &[
    "assert",
    "assert/strict",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "dns/promises",
    "domain",
    "events",
    "fs",
    "fs/promises",
    "http",
    "http2",
    "https",
    "inspector",
    "inspector/promises",
    "module",
    "net",
    "os",
    "path",
    "path/posix",
    "path/win32",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "readline/promises",
    "repl",
    "stream",
    "stream/consumers",
    "stream/promises",
    "stream/web",
    "string_decoder",
    "sys",
    "timers",
    "timers/promises",
    "tls",
    "trace_events",
    "tty",
    "url",
    "util",
    "util/types",
    "v8",
    "vm",
    "wasi",
    "worker_threads",
    "zlib",
];

/// Built-ins that a package replaces in browsers, with that package.
const STAND_INS: &[(&str, &str)] = &[
    ("assert", "assert"),
    ("buffer", "buffer"),
    ("console", "console-browserify"),
    ("constants", "constants-browserify"),
    ("crypto", "crypto-browserify"),
    ("domain", "domain-browser"),
    ("events", "events"),
    ("http", "stream-http"),
    ("https", "https-browserify"),
    ("os", "os-browserify"),
    ("path", "path-browserify"),
    ("process", "process"),
    ("punycode", "punycode"),
    ("querystring", "querystring-es3"),
    ("stream", "stream-browserify"),
    ("string_decoder", "string_decoder"),
    ("sys", "util"),
    ("timers", "timers-browserify"),
    ("tty", "tty-browserify"),
    ("url", "url"),
    ("util", "util"),
    ("vm", "vm-browserify"),
    ("zlib", "browserify-zlib"),
];

/// Built-ins with a package for browsers for which we have a small version too, sorted.
const OURS: &[&str] =
    &["console", "events", "os", "path", "process", "querystring", "sys", "timers", "tty", "util"];

/// Whether `"node": "shims"` replaces a built-in: with a version of ours, or, where no
/// package for browsers exists, with an empty module. Other built-ins need their package.
pub fn has_shim(name: &str) -> bool {
    OURS.contains(&name) || stand_in(name).is_none()
}

/// Returns the name without `node:`, if it is a built-in of Node.
pub fn builtin(specifier: &str) -> Option<&str> {
    match specifier.strip_prefix("node:") {
        Some(name) => Some(name),
        None => BUILTINS.binary_search(&specifier).is_ok().then_some(specifier),
    }
}

/// Returns the package that replaces a built-in in browsers.
pub fn stand_in(name: &str) -> Option<&'static str> {
    STAND_INS.iter().find(|(builtin, _)| *builtin == name).map(|(_, package)| *package)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_known() {
        assert!(BUILTINS.is_sorted());
        assert!(STAND_INS.iter().all(|(name, _)| BUILTINS.contains(name)));
        assert_eq!(builtin("fs/promises"), Some("fs/promises"));
        assert_eq!(builtin("node:test"), Some("test"));
        assert_eq!(builtin("fs-extra"), None);
        assert_eq!(stand_in("path"), Some("path-browserify"));
        assert_eq!(stand_in("fs"), None);
        assert!(OURS.is_sorted());
        assert!(has_shim("path") && has_shim("fs") && !has_shim("stream"));
    }
}
