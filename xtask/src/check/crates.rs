//! The rules of docs/architecture.md about crates, as searches: dependencies point down, heavy ones
//! stay in the crate that isolates them, and only the edge (the command line, and what is not
//! shipped) touches the machine.

use super::violation::Violation;
use crate::tree::TextFile;

/// A crate's folder, and which of our crates its library may use. The root's tests and benches may
/// use all.
const DEPENDS: [(&str, &[&str]); 13] = [
    ("crates/base", &[]),
    ("crates/graph", &["bundle_base"]),
    ("crates/resolve", &["bundle_base"]),
    ("crates/js", &["bundle_base", "bundle_graph"]),
    ("crates/css", &["bundle_base"]),
    ("crates/vue", &["bundle_base", "bundle_js"]),
    (
        "crates/engine",
        &["bundle_base", "bundle_graph", "bundle_resolve", "bundle_js", "bundle_css", "bundle_vue"],
    ),
    ("crates/report", &["bundle_base"]),
    ("crates/init", &["bundle_base", "bundle_js"]),
    ("crates/dev", &["bundle_base", "bundle_engine"]),
    ("crates/remote", &["bundle_base", "bundle_engine"]),
    ("crates/wasm", &["bundle_base", "bundle_engine", "bundle_report"]),
    ("xtask", &[]),
];

/// Names, where code may use them, and why nowhere else.
struct Isolated {
    names: &'static [&'static str],
    allowed: &'static [&'static str],
    reason: &'static str,
}

const ISOLATED: [Isolated; 13] = [
    Isolated {
        names: &["swc_"],
        allowed: &["crates/js", "crates/vue"],
        reason: "only bundle_js and bundle_vue know swc",
    },
    Isolated {
        names: &["lightningcss", "sasso"],
        allowed: &["crates/css"],
        reason: "only bundle_css compiles styles",
    },
    Isolated {
        names: &["notify::"],
        allowed: &["crates/dev"],
        reason: "only bundle_dev watches files",
    },
    Isolated {
        names: &["ureq", "rustls"],
        allowed: &["crates/remote"],
        reason: "only bundle_remote speaks HTTP to servers",
    },
    Isolated {
        names: &["TcpStream", "TcpListener"],
        allowed: &["crates/remote", "crates/dev", "crates/cli/watch", "tests"],
        reason: "only bundle_remote asks servers, and only a watcher is one",
    },
    Isolated {
        names: &["rayon"],
        allowed: &["crates/engine"],
        reason: "only bundle_engine divides work among threads",
    },
    Isolated {
        names: &["rustix"],
        allowed: &["crates/dev", "crates/cli"],
        reason: "only bundle_dev and the command line call the operating system",
    },
    Isolated {
        names: &["wasm_bindgen", "wasm-bindgen"],
        allowed: &["crates/wasm", "xtask/glue"],
        reason: "only bundle_wasm talks to JavaScript",
    },
    Isolated {
        names: &["oxc_resolver"],
        allowed: &["crates/resolve"],
        reason: "only bundle_resolve knows its resolver",
    },
    Isolated {
        names: &["mimalloc", "global_allocator"],
        allowed: &["crates/cli", "crates/wasm"],
        reason: "a process has one allocator: only a host chooses it",
    },
    Isolated {
        names: &["clap::", "std::env", "std::process", "stdout(", "stdin("],
        allowed: EDGE,
        reason: "only the command line knows arguments, environment, processes and terminals",
    },
    Isolated {
        names: &["std::fs", "File::open", "File::create"],
        allowed: &["crates/base/src/fs/os.rs", "crates/cli", "tests", "benches", "xtask"],
        reason: "bundle_base::fs is the only door to the disk",
    },
    Isolated {
        names: &["Instant::now", "SystemTime::now"],
        allowed: &["crates/dev", "crates/remote", "crates/cli", "tests", "benches", "xtask"],
        reason: "libraries read no clock",
    },
];

/// Names that the library of `bundle_graph` does not use, although crates above it do.
const NOT_IN_GRAPH: &[&str] = &[
    "std::thread",
    "thread::",
    "camino",
    "Utf8Path",
    "Mutex",
    "RwLock",
    "OnceLock",
    "LazyLock",
    "Atomic",
];

/// The manifests of the repository's workspace, and of programs with dependencies of their own.
const WORKSPACES: [&str; 3] = ["Cargo.toml", "xtask/glue/Cargo.toml", "xtask/release/Cargo.toml"];

/// The command line, and what is not shipped.
const EDGE: &[&str] = &["crates/cli", "tests", "benches", "xtask"];

/// Where code may depend on the target: one file or folder of each crate that touches the machine,
/// so that everything that differs by platform is found there.
const MAY_NAME_TARGETS: &[&str] = &[
    "crates/base/src/fs/os.rs",
    "crates/dev/src/platform.rs",
    "crates/cli/platform.rs",
    "crates/cli/platform",
    "crates/wasm",
    "tests",
    "benches",
    "xtask",
];

/// Checks every rule about crates.
pub fn check(files: &[TextFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !file.is_in("fixtures")) {
        if file.path.ends_with("Cargo.toml") && !WORKSPACES.contains(&file.path.as_str()) {
            found.extend(versions_outside_the_root(file));
            found.extend(dependencies_upwards(file));
            found.extend(heavy_dependencies(file));
        }
        if file.is_rust() && !is_allowed(file, &["xtask/src/check"]) {
            found.extend(names_out_of_place(file));
            found.extend(machine_in_the_graph(file));
            found.extend(targets_out_of_place(file));
        }
    }
    found
}

fn is_allowed(file: &TextFile, places: &[&str]) -> bool {
    places.iter().any(|place| file.path == *place || file.is_in(place))
}

/// Returns the lines of the tables `[dependencies]`, `[dev-dependencies]`, `[build-dependencies]`
/// and those of targets, each with its number and the name of its table.
fn dependency_lines(file: &TextFile) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut table = "";
    code_lines(file).filter_map(move |(number, line)| {
        if line.starts_with('[') {
            table = line;
        }
        let is_dependency =
            table.contains("dependencies") && !line.starts_with('[') && !line.trim().is_empty();
        is_dependency.then_some((number, table, line))
    })
}

/// Returns the lines of a file with their numbers, without comments.
fn code_lines(file: &TextFile) -> impl Iterator<Item = (usize, &str)> {
    let mark = if file.is_rust() { "//" } else { "#" };
    let numbered = file.text.lines().enumerate().map(|(at, line)| (at + 1, line));
    numbered.map(move |(number, line)| (number, line.find(mark).map_or(line, |at| &line[..at])))
}

fn versions_outside_the_root(file: &TextFile) -> Vec<Violation> {
    let rule = "versions are written in the root Cargo.toml only (`name.workspace = true`)";
    let own = dependency_lines(file).filter(|(_, _, line)| !line.contains("workspace = true"));
    let mut found: Vec<Violation> =
        own.map(|(number, ..)| Violation::new(file, number, rule)).collect();
    let features = code_lines(file).find(|(_, line)| line.trim() == "[features]");
    found.extend(features.map(|(number, _)| {
        Violation::new(file, number, "no cargo features: what is optional is a crate")
    }));
    found
}

fn dependencies_upwards(file: &TextFile) -> Vec<Violation> {
    let Some((folder, allowed)) = DEPENDS.iter().find(|(folder, _)| file.is_in(folder)) else {
        let rule =
            "is not in the picture of docs/architecture.md (and in xtask/src/check/crates.rs)";
        return vec![Violation::new(file, 0, rule)];
    };
    let ours = dependency_lines(file).filter_map(|(number, table, line)| {
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        let is_upwards =
            name.starts_with("bundle_") && !allowed.contains(&name) && !table.contains("dev-");
        is_upwards.then(|| {
            Violation::new(
                file,
                number,
                format!("{folder} may not depend on {name}: dependencies point down"),
            )
        })
    });
    ours.collect()
}

fn heavy_dependencies(file: &TextFile) -> Vec<Violation> {
    let mut found = Vec::new();
    for (number, _, line) in dependency_lines(file) {
        for rule in ISOLATED.iter().filter(|rule| !is_allowed(file, rule.allowed)) {
            if rule.names.iter().any(|name| line.starts_with(name.trim_end_matches(':'))) {
                found.push(Violation::new(file, number, rule.reason));
            }
        }
    }
    found
}

fn names_out_of_place(file: &TextFile) -> Vec<Violation> {
    let mut found = Vec::new();
    for rule in ISOLATED.iter().filter(|rule| !is_allowed(file, rule.allowed) && !file.is_test()) {
        for (number, line) in code_lines(file) {
            if let Some(name) = rule.names.iter().find(|name| mentions(line, name)) {
                found.push(Violation::new(file, number, format!("`{name}`: {}", rule.reason)));
            }
        }
    }
    found
}

fn machine_in_the_graph(file: &TextFile) -> Vec<Violation> {
    if !file.is_in("crates/graph") || file.is_test() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, line) in code_lines(file) {
        if let Some(name) = NOT_IN_GRAPH.iter().find(|name| mentions(line, name)) {
            let rule = format!("`{name}`: bundle_graph reads no disk and starts no thread");
            found.push(Violation::new(file, number, rule));
        }
    }
    found
}

/// Whether a line contains the name as a path or as the beginning of an identifier, and not in the
/// middle of another word or in a string.
fn mentions(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let is_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !is_word && line[..at].matches('"').count().is_multiple_of(2)
    })
}

fn targets_out_of_place(file: &TextFile) -> Vec<Violation> {
    if is_allowed(file, MAY_NAME_TARGETS) || file.is_test() {
        return Vec::new();
    }
    let is_about_targets = |line: &str| {
        let is_condition = line.contains("cfg(") || line.contains("cfg!(");
        is_condition && ["target_", "unix", "windows"].iter().any(|name| line.contains(name))
    };
    let lines = code_lines(file).filter(|(_, line)| is_about_targets(line));
    lines
        .map(|(number, _)| {
            Violation::new(
                file,
                number,
                "`cfg(target…)` belongs to bundle_base::fs::os and to the `platform` modules",
            )
        })
        .collect()
}
