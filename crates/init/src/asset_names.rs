//! Names of files that are used as they are. Each compiler of webpack writes them into its own
//! folder. Here all are in one folder, so two files with the same name need a hash. Files that are
//! entries are copied.

use bundle_base::{asset, config::absolute, fs::FileKind};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexSet;
use serde_json::{Map, Value as Json};

use super::{
    facts::ProjectFacts,
    plan::{AssetNames, Plan},
};

/// What tools call images.
pub const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "ico", "svg", "webp", "avif"];
/// What tools call fonts.
pub const FONTS: &[&str] = &["woff", "woff2", "ttf", "eot", "otf"];

/// Returns extensions as a list of texts.
pub fn listed(extensions: &[&str]) -> Vec<String> {
    extensions.iter().map(|one| (*one).to_owned()).collect()
}

/// Most folders that are looked at.
const MOST: usize = 500;

/// Writes `assets.names`: one pattern, or one for each kind of files.
pub fn write(plan: &mut Plan) {
    let names = std::mem::take(&mut plan.assets.names);
    let Some(first) = names.first() else { return };
    if names.iter().all(|one| one.pattern == first.pattern) {
        return plan.put("assets", "names", first.pattern.clone());
    }
    let mut kinds: Map<String, Json> = Map::new();
    let (for_all, for_some): (Vec<_>, Vec<_>) =
        names.iter().partition(|one| one.extensions.is_empty());
    for one in for_some.into_iter().chain(for_all) {
        match kinds.get(&one.files()) {
            Some(known) if *known != one.pattern.as_str() => {
                let remedy = "the first pattern for these files counts";
                plan.note(one.at.clone(), format!("files named {}", one.pattern), remedy);
            }
            Some(_) => {}
            None => {
                kinds.insert(one.files(), one.pattern.clone().into());
            }
        }
    }
    plan.put("assets", "names", kinds);
}

/// Notes that files beside the entries are not where each compiler put them, and adds a hash to the
/// pattern of their names, if two have one name.
pub fn distinguish(facts: &ProjectFacts, plan: &mut Plan) {
    let folders: IndexSet<&String> = plan.scripts.folders.iter().map(|(path, _)| path).collect();
    let has_hash = |names: &AssetNames| names.pattern.contains("[hash]");
    if folders.len() < 2 || plan.assets.names.iter().all(has_hash) {
        return;
    }
    let files = beside_entries(facts, plan);
    let mut names = std::mem::take(&mut plan.assets.names);
    // Each compiler may have the same rule.
    let mut known = IndexSet::new();
    names.retain(|names| known.insert((names.files(), names.pattern.clone())));
    // Of the patterns, the first that fits counts.
    let mut own: Vec<Vec<&Utf8PathBuf>> = vec![Vec::new(); names.len()];
    for file in &files {
        if let Some(at) = names.iter().position(|names| names.fits_path(file.as_str())) {
            own[at].push(file);
        }
    }
    for (names, own) in names.iter_mut().zip(own).filter(|(names, _)| !has_hash(names)) {
        let mut known = IndexSet::new();
        let has_twins = own.iter().any(|file| !known.insert(file.file_name()));
        let what = format!("files named {}", names.pattern);
        if has_twins {
            names.pattern = names.pattern.replacen("[name]", "[name]-[hash]", 1);
            let remedy = format!(
                "all compilers have one folder of files, and two of these have one name: builds \
                 write {}, with a hash",
                names.pattern
            );
            plan.note(names.at.clone(), what, &remedy);
        } else if !own.is_empty() && !names.at.is_empty() {
            let remedy = format!(
                "all compilers have one folder of files: builds write them to {} in outDir, and \
                 scripts and stylesheets name them there; correct what else names them",
                names.pattern
            );
            plan.note(names.at.clone(), what, &remedy);
        }
    }
    plan.assets.names = names;
}

/// Copies the files among the entries to the names that webpack gives them.
pub fn copy_entries(plan: &mut Plan) {
    let out_dir = plan.out_dir.clone().unwrap_or_default();
    for (source, output) in std::mem::take(&mut plan.assets.entries) {
        let names = plan.assets.names.iter().find(|names| names.fits_path(&source));
        let Some(name) = names.and_then(|names| written(&names.pattern, &source)) else {
            let remedy = "write it into \"copy\" if something outside the scripts names it";
            plan.note("", format!("the entry {source}, a file that is used as it is"), remedy);
            continue;
        };
        let folders = plan.scripts.folders.iter().map(|(folder, _)| folder);
        let own = folders.filter(|folder| output.starts_with(&format!("{folder}/")));
        let folder = own.max_by_key(|folder| folder.len()).unwrap_or(&out_dir);
        let to = format!("{folder}/{name}");
        plan.copy_within(&source, &to);
    }
}

/// Returns the name that a pattern gives a file; `None` if it has a hash.
fn written(pattern: &str, source: &str) -> Option<String> {
    let path = Utf8Path::new(source);
    let extension = path.extension().map(|extension| format!(".{extension}")).unwrap_or_default();
    let folder = path.parent().map(Utf8Path::as_str).unwrap_or_default();
    let name = pattern
        .replace("[dir]", folder)
        .replace("[name]", path.file_stem().unwrap_or_default())
        .replace("[ext]", &extension);
    (!name.contains('[')).then_some(name)
}

/// Returns the files below the folders of the entries that these may name by address, relative to
/// the project.
fn beside_entries(facts: &ProjectFacts, plan: &Plan) -> Vec<Utf8PathBuf> {
    let sources = plan.outputs.values();
    let sources = sources.flat_map(|sources| sources.modules.iter().chain(&sources.styles));
    let folders = sources.filter_map(|path| Utf8Path::new(path).parent());
    let mut folders: IndexSet<Utf8PathBuf> =
        folders.map(|folder| facts.project.join(folder)).collect();
    let outputs = plan.scripts.folders.iter().map(|(path, _)| absolute(&facts.project, path));
    let outputs: Vec<Utf8PathBuf> = outputs.collect();
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(folder) = folders.get_index(at).cloned() {
        at += 1;
        for entry in facts.fs.list(&folder).unwrap_or_default() {
            let path = folder.join(&entry.name);
            let extension = path.extension().unwrap_or_default().to_lowercase();
            match entry.kind {
                Some(FileKind::Directory) if folders.len() < MOST => {
                    let is_output = outputs.contains(&path);
                    if entry.name != "node_modules" && !entry.name.starts_with('.') && !is_output {
                        folders.insert(path);
                    }
                }
                Some(FileKind::File) if asset::is_known(&extension) => {
                    files.push(facts.below(&path).to_owned());
                }
                Some(FileKind::Directory | FileKind::File | FileKind::Other) | None => {}
            }
        }
    }
    files
}
