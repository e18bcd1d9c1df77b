//! Which scripts of a split output a page includes, and in which order, from the metafile.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::engines::{Role, Script};

/// The scripts of an output: `names` are those without extension, the entries' in the order in
/// which a page includes them.
pub fn scripts(names: &[String], metafile: &Path, out: &Path) -> Result<Vec<Script>, String> {
    let text =
        fs::read_to_string(metafile).map_err(|error| format!("{}: {error}", metafile.display()))?;
    let metafile: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let outputs = metafile["outputs"].as_object().ok_or("the metafile has no outputs")?;
    // Paths begin with the way to the output folder, which is the same for all: the shortest is the
    // one.
    let output = |name: &str| {
        let file = format!("{name}.js");
        let matching = outputs
            .iter()
            .filter(|(path, _)| **path == file || path.ends_with(&format!("/{file}")));
        matching.min_by_key(|(path, _)| path.len()).map(|(_, output)| output)
    };
    let mut scripts = Vec::new();
    for name in names {
        let described =
            output(name).ok_or_else(|| format!("the metafile does not list {name}.js"))?;
        if described.get("entryPoint").is_some() && described.get("worker").is_none() {
            include((name, Role::Entry), names, &output, &mut scripts);
        }
    }
    for name in names {
        push(name, Role::Later, &mut scripts);
    }
    for script in &mut scripts {
        script.path = out.join(format!("{}.js", script.name));
    }
    Ok(scripts)
}

/// A script after those that it imports.
fn include<'m>(
    (name, role): (&str, Role),
    names: &[String],
    output: &impl Fn(&str) -> Option<&'m Value>,
    scripts: &mut Vec<Script>,
) {
    let imports = output(name).and_then(|found| found["imports"].as_array());
    for import in
        imports.into_iter().flatten().filter(|import| import["kind"] == "import-statement")
    {
        let path = import["path"].as_str().unwrap_or_default().trim_end_matches(".js");
        let matching = names
            .iter()
            .filter(|other| path == other.as_str() || path.ends_with(&format!("/{other}")));
        let imported = matching.max_by_key(|other| other.len());
        if let Some(imported) =
            imported.filter(|other| scripts.iter().all(|script| script.name != **other))
        {
            include((imported, Role::Chunk), names, output, scripts);
        }
    }
    push(name, role, scripts);
}

fn push(name: &str, role: Role, scripts: &mut Vec<Script>) {
    if scripts.iter().all(|script| script.name != name) {
        scripts.push(Script { name: name.to_owned(), path: Path::new(name).to_owned(), role });
    }
}
