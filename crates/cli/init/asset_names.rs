//! Names of files that webpack writes as they are. Those that are entries are copied.

use camino::Utf8Path;

use super::plan::Plan;

/// Copies the files among the entries to the names that webpack gives them.
pub fn copy_entries(plan: &mut Plan) {
    let pattern = plan.assets.names.first().map(|(names, _)| names.clone());
    let out_dir = plan.out_dir.clone().unwrap_or_default();
    for (source, output) in std::mem::take(&mut plan.assets.entries) {
        let Some(name) = pattern.as_ref().and_then(|pattern| written(pattern, &source)) else {
            let remedy = "write it into \"copy\" if something outside the scripts names it";
            plan.note("", format!("the entry {source}, whose name gets a hash"), remedy);
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
