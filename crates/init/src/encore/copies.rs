//! `copyFiles()`: files that are copied.

use bundle_js::static_evaluation::{ScriptLocation, Value};
use camino::Utf8Path;

use super::super::{plan::tidy, reading::Reading, webpack};

/// Patterns that every name fits.
const ALL: [&str; 6] = ["", ".", ".*", ".+", "(.*)", "(.+)"];

/// Reads `copyFiles`: one object, or a list of them.
pub(super) fn copied(reading: &mut Reading<'_>, first: Value, out: &str, place: ScriptLocation) {
    let all = if let Value::List(_) = first { first.elements() } else { vec![first] };
    for one in all {
        let Some(folder) = reading.path_of(&one.get("from")) else { continue };
        let folder = tidy(&folder).trim_end_matches('/').to_owned();
        let Some(globs) = globs_of(reading, &one.get("pattern"), &folder) else {
            let remedy = "all files of the folder are copied; narrow it in \"copy\" with a glob";
            reading.note(place, format!("the pattern of files copied from {folder}"), remedy);
            copy(reading, &one, &folder, "*", out);
            continue;
        };
        for glob in globs {
            copy(reading, &one, &folder, &glob, out);
        }
    }
}

/// Returns the globs of a pattern, `*` for all files. `None`: globs cannot express it.
fn globs_of(reading: &Reading<'_>, pattern: &Value, folder: &str) -> Option<Vec<String>> {
    let source = match pattern {
        Value::Pattern(source, _) => source.trim_start_matches('^').trim_end_matches('$'),
        one if one.is_missing() => "",
        _ => return None,
    };
    if ALL.contains(&source) {
        return Some(vec!["*".to_owned()]);
    }
    let Value::Pattern(source, _) = pattern else { return None };
    let mut globs = webpack::globs(source, webpack::Beginning::Anywhere)?;
    // `.*` is for folders too: those that exist count.
    let is_name = |glob: &String| !glob.contains('/');
    if globs.iter().any(is_name) {
        let has_files = |glob: &String| !reading.expanded(&format!("{folder}/{glob}")).is_empty();
        globs.retain(|glob| is_name(glob) || has_files(glob));
    }
    Some(globs)
}

/// Copies the files of a folder that fit a glob.
fn copy(reading: &mut Reading<'_>, options: &Value, folder: &str, glob: &str, out: &str) {
    let name = options.get("to").as_text().unwrap_or_else(|| "[path][name].[ext]".to_owned());
    let start = name.split('[').next().unwrap_or_default();
    let mut to = format!("{out}/{start}");
    let keeps_folders = name.contains("[path]");
    let context = reading.path_of(&options.get("context")).map(|context| tidy(&context));
    if let Some(below) = context
        .filter(|_| keeps_folders)
        .as_deref()
        .and_then(|context| Utf8Path::new(folder).strip_prefix(context.trim_end_matches('/')).ok())
    {
        to = format!("{}/{below}/", to.trim_end_matches('/'));
    }
    let inner = options.get("includeSubdirectories");
    let has_inner = inner.is_missing() || inner.is_true() != Some(false);
    if has_inner && keeps_folders {
        let from = match glob {
            "*" => folder.to_owned(),
            glob => format!("{folder}/**/{}", glob.trim_start_matches("**/")),
        };
        reading.plan.copy_within(&from, &to);
        return;
    }
    reading.plan.copy_within(&format!("{folder}/{glob}"), &to);
    // Without `[path]`, all files are in one folder.
    let inner = if has_inner && !glob.contains('/') {
        reading.expanded(&format!("{folder}/*/**/{glob}"))
    } else {
        Vec::new()
    };
    for file in inner {
        reading.plan.copy_within(&file, &to);
    }
}
