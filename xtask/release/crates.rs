//! The crates that are linked into a program, as cargo resolves them for a target. Crates that only
//! run while compiling (build scripts, derive macros) are not in the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::release;

/// The target of the WebAssembly module.
pub const MODULE_TARGET: &str = "wasm32-unknown-unknown";

/// A linked crate from the registry.
pub struct Linked {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as an SPDX expression.
    pub licence: Option<String>,
    /// Who wrote it, if it says so.
    pub authors: Vec<String>,
    /// Where its sources are.
    pub folder: PathBuf,
    /// The SHA-256 of its archive, from Cargo.lock.
    pub checksum: Option<String>,
    /// What it depends on, among the linked crates: names with versions, sorted.
    pub needs: BTreeSet<String>,
}

impl Linked {
    /// Returns the name with the version.
    pub fn id(&self) -> String {
        id(&self.name, &self.version)
    }
}

fn id(name: &str, version: &str) -> String {
    format!("{name}@{version}")
}

/// Returns the crates of the program, sorted by name and version.
pub fn of_program(root: &Path, target: &str) -> Result<Vec<Linked>, String> {
    linked(root, "bundle", target)
}

/// Returns the crates of the WebAssembly module, sorted by name and version.
pub fn of_module(root: &Path) -> Result<Vec<Linked>, String> {
    linked(root, "bundle_wasm", MODULE_TARGET)
}

fn linked(root: &Path, package: &str, target: &str) -> Result<Vec<Linked>, String> {
    let wanted = in_tree(root, package, target)?;
    let words = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
    let metadata = release::output(root, &cargo(), &words)?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|error| error.to_string())?;
    let checksums = checksums(&release::text(&root.join("Cargo.lock"))?);
    let edges = edges(&metadata);
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut found: Vec<Linked> = Vec::new();
    for package in packages.iter().filter(|package| !package["source"].is_null()) {
        let word = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let id = id(&word("name"), &word("version"));
        if !wanted.contains(&id) {
            continue;
        }
        let needs = edges.get(word("id").as_str()).cloned().unwrap_or_default();
        let authors = package["authors"].as_array().into_iter().flatten();
        let authors = authors.filter_map(|author| author.as_str().map(str::to_owned)).collect();
        let manifest = PathBuf::from(word("manifest_path"));
        found.push(Linked {
            name: word("name"),
            version: word("version"),
            licence: package["license"].as_str().map(str::to_owned),
            authors,
            folder: manifest.parent().map(Path::to_owned).unwrap_or_default(),
            checksum: checksums.get(&id).cloned(),
            needs: needs.intersection(&wanted).cloned().collect(),
        });
    }
    found.sort_by_key(Linked::id);
    let ids: BTreeSet<String> = found.iter().map(Linked::id).collect();
    match wanted.difference(&ids).next() {
        None => Ok(found),
        Some(id) => Err(format!("cargo's metadata have no {id}")),
    }
}

/// Returns what cargo links for a target, without the crates of this repository.
fn in_tree(root: &Path, package: &str, target: &str) -> Result<BTreeSet<String>, String> {
    let words = ["tree", "--locked", "--package", package, "--target", target, "--prefix", "none"];
    let form = ["--edges", "normal,no-proc-macro", "--no-dedupe", "--format", "{p}"];
    let tree = release::output(root, &cargo(), &[&words[..], &form[..]].concat())?;
    let crates = tree.lines().filter(|line| !line.is_empty() && !line.contains(" (/"));
    let crates = crates.filter(|line| !line.contains(":\\"));
    let named = crates.filter_map(|line| {
        let (name, rest) = line.split_once(" v")?;
        Some(id(name, rest.split(' ').next()?))
    });
    Ok(named.collect())
}

/// Returns what each package depends on when it runs, by cargo's ids.
fn edges(metadata: &Value) -> BTreeMap<&str, BTreeSet<String>> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let ids: BTreeMap<&str, String> = packages
        .filter_map(|package| {
            let word = |key: &str| package[key].as_str();
            Some((word("id")?, id(word("name")?, word("version")?)))
        })
        .collect();
    let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
    let of_node = |node: &Value| {
        let dependencies = node["deps"].as_array().into_iter().flatten();
        let is_normal = |dependency: &&Value| {
            let kinds = dependency["dep_kinds"].as_array();
            kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
        };
        let named = dependencies.filter(is_normal);
        named.filter_map(|dependency| ids.get(dependency["pkg"].as_str()?).cloned()).collect()
    };
    nodes.filter_map(|node| Some((node["id"].as_str()?, of_node(node)))).collect()
}

/// Returns the checksums of a lock file.
fn checksums(lock: &str) -> BTreeMap<String, String> {
    let tables = lock.split("[[package]]").skip(1);
    let of_table = |table: &str| {
        let word = |key: &str| {
            let line = table.lines().find_map(|line| line.strip_prefix(key));
            line?.strip_prefix(" = \"")?.strip_suffix('"').map(str::to_owned)
        };
        Some((id(&word("name")?, &word("version")?), word("checksum")?))
    };
    tables.filter_map(of_table).collect()
}

fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}
