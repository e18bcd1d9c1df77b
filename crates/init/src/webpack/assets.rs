//! Options of loaders for files that are used as they are: their names, and the size below which
//! they are inlined. All kinds of files get the same size.

use bundle_base::config::{absolute, relative};
use bundle_js::static_evaluation::{ScriptLocation, Value};
use camino::Utf8Path;

use super::{
    super::{plan::AssetNames, reading::Reading},
    files::NamedFiles,
};

/// Reads the options of file-loader and url-loader.
pub fn loader(
    reading: &mut Reading<'_>,
    files: &NamedFiles,
    name: &str,
    options: &Value,
    place: ScriptLocation,
) {
    match options.get("limit") {
        _ if name == "file" => reading.plan.assets.is_written = true,
        Value::Undefined | Value::Null | Value::Boolean(true) => reading.note(
            place,
            "url-loader without a limit, which inlines files of any size",
            "write the size into assets.inlineBelow, or import single files with ?inline",
        ),
        limit => size(reading, &limit),
    }
    // Its outputs for stylesheets are not assets.
    if !files.extensions.is_empty() && files.extensions.iter().all(|one| is_style(one)) {
        return;
    }
    let pattern = written(reading, &options.get("name"), place);
    let folder = written(reading, &options.get("outputPath"), place);
    if pattern.is_some() || folder.is_some() {
        let pattern = pattern.unwrap_or_else(|| "[hash].[ext]".to_owned());
        names_of(reading, files, &within(folder, &pattern), place);
    }
}

/// Returns a pattern of names in a folder.
fn within(folder: Option<String>, pattern: &str) -> String {
    let folder = folder.unwrap_or_default();
    let slash = if folder.is_empty() || folder.ends_with('/') { "" } else { "/" };
    format!("{folder}{slash}{pattern}")
}

fn is_style(extension: &str) -> bool {
    ["css", "scss", "sass", "less", "styl"].contains(&extension)
}

/// Reads a rule of webpack 5: `type: "asset"` and its options.
pub fn module(reading: &mut Reading<'_>, files: &NamedFiles, rule: &Value, place: ScriptLocation) {
    match rule.get("type").as_text().as_deref() {
        Some("asset/resource") => reading.plan.assets.is_written = true,
        Some("asset") => {
            let condition = rule.get("parser").get("dataUrlCondition");
            let limit = condition.get("maxSize");
            size(reading, &if limit.is_missing() { Value::Number(8192.0) } else { limit });
        }
        _ => return,
    }
    let generator = rule.get("generator");
    let pattern = written(reading, &generator.get("filename"), place);
    let folder = written(reading, &generator.get("outputPath"), place);
    if pattern.is_some() || folder.is_some() {
        let pattern = pattern.unwrap_or_else(|| "[hash][ext]".to_owned());
        names_of(reading, files, &within(folder, &pattern), place);
    }
}

/// Returns a pattern of names. Notes names that a function gives.
fn written(reading: &mut Reading<'_>, pattern: &Value, place: ScriptLocation) -> Option<String> {
    if matches!(pattern, Value::Function(_)) {
        let remedy =
            "write a pattern into assets.names, or one for each kind: docs/assets.md#names";
        reading.note(place, "names of files that a function gives", remedy);
    }
    pattern.as_text()
}

/// Adds a pattern of names, such as `img/[name].[hash:7].[ext]`, for files with some extensions;
/// without any, for all files.
pub fn file_names(
    reading: &mut Reading<'_>,
    extensions: Vec<String>,
    written: &str,
    place: ScriptLocation,
) {
    names_of(reading, &NamedFiles { extensions, globs: Vec::new() }, written, place);
}

/// Returns a pattern relative to the folder of the outputs, if a script has computed it from a path
/// of the machine: `path.resolve(__dirname, "fonts")`.
fn below_outputs(reading: &Reading<'_>, pattern: &str) -> String {
    let first = |path: &Utf8Path| path.components().nth(1).map(|one| one.as_str().to_owned());
    let (path, project) = (Utf8Path::new(pattern), reading.project());
    let is_of_machine = path.is_absolute() && first(path) == first(project);
    if !is_of_machine {
        return pattern.to_owned();
    }
    let plan = &reading.plan;
    let last = || plan.scripts.folders.last().map(|(folder, _)| folder.clone());
    let folder = plan.out_dir.clone().or_else(last).unwrap_or_else(|| "dist".to_owned());
    relative(&absolute(project, &folder), path)
}

fn names_of(reading: &mut Reading<'_>, files: &NamedFiles, written: &str, place: ScriptLocation) {
    let written = below_outputs(reading, written);
    let written = written.as_str();
    if let Some(pattern) = ours(written) {
        if written.trim_start_matches("./").starts_with("../") {
            let what = format!("files named {written}, beside the folder of the scripts");
            let remedy = format!(
                "outputs lie below outDir: builds write these to {pattern} in it, and scripts and \
                 stylesheets name them there; correct what else names them, such as views"
            );
            reading.note(place, what, &remedy);
        }
        let at = reading.at(place);
        let names = AssetNames { extensions: files.extensions.clone(), glob: None, pattern, at };
        let of_globs = files.globs.iter().cloned();
        let of_globs = of_globs.map(|glob| AssetNames { glob: Some(glob), ..names.clone() });
        let all: Vec<AssetNames> = of_globs.collect();
        reading.plan.assets.names.extend(if all.is_empty() { vec![names] } else { all });
    } else {
        let remedy = "assets.names has [dir], [name], [hash] and [ext]";
        reading.note(place, format!("files named {written}"), remedy);
    }
}

/// Puts the names of a rule before those of earlier rules that are for the same files: webpack's
/// last rule counts, and of our patterns the first. `first`: where the rules of the list begin;
/// `own`: where those of this one do.
pub fn put_first(names: &mut Vec<AssetNames>, first: usize, own: usize) {
    let moved = names.split_off(own);
    let is_for_same = |one: &AssetNames, other: &AssetNames| {
        let shares = one.extensions.iter().any(|extension| other.extensions.contains(extension));
        one.pattern != other.pattern && shares
    };
    let is_before = |known: &AssetNames| moved.iter().any(|one| is_for_same(one, known));
    let at = names[first..].iter().position(is_before).map_or(own, |at| first + at);
    names.splice(at..at, moved);
}

/// Adds extensions that `bundle` does not take for assets by itself, such as `glsl`. Files of
/// file-loader are never inlined.
pub fn kinds(reading: &mut Reading<'_>, extensions: Vec<String>, is_written: bool) {
    const LOADED: [&str; 8] = ["js", "json", "css", "scss", "sass", "less", "vue", "html"];
    let is_new = |one: &String| {
        !bundle_base::asset::is_known(&one.to_lowercase()) && !LOADED.contains(&one.as_str())
    };
    let new: Vec<String> = extensions.into_iter().filter(is_new).collect();
    for one in new.iter().filter(|_| is_written) {
        reading.plan.put("rules", &format!("*.{one}"), "url");
    }
    if !new.is_empty() && !is_written {
        reading.plan.put("assets", "extensions", new);
    }
}

/// Whether a file is written as it is, if scripts only name it. A rule may use it for something
/// else.
pub fn is_emitted(reading: &Reading<'_>, path: &str) -> bool {
    let extension = Utf8Path::new(path).extension().unwrap_or_default().to_lowercase();
    let ending = format!(".{extension}");
    let rules = reading.plan.keys.get("rules").and_then(|rules| rules.as_object());
    let mut rules = rules.into_iter().flatten();
    bundle_base::asset::is_known(&extension)
        && extension != "wasm"
        && !rules.any(|(glob, word)| glob.ends_with(&ending) && word != "url")
}

/// Sets the size below which files are inlined, unless it is set.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes are few")]
pub fn size(reading: &mut Reading<'_>, limit: &Value) {
    let limit = match limit {
        Value::Number(bytes) if *bytes >= 0.0 => *bytes as u64,
        Value::Text(bytes) => bytes.parse().unwrap_or(0),
        Value::Boolean(false) => 0,
        _ => return,
    };
    reading.plan.assets.limit.get_or_insert(limit);
}

/// Converts webpack's placeholders; `None` if one has no counterpart.
fn ours(pattern: &str) -> Option<String> {
    let mut names = String::new();
    let mut rest = pattern.split('?').next().unwrap_or_default().trim_start_matches(['.', '/']);
    while let Some(start) = rest.find('[') {
        let end = rest[start..].find(']')? + start + 1;
        names.push_str(&rest[..start]);
        match rest[start + 1..end - 1].to_lowercase().as_str() {
            "name" => names.push_str("[name]"),
            "path" => names.push_str("[dir]/"),
            "ext" => {
                // Here the dot belongs to the extension.
                names.truncate(names.strip_suffix('.').map_or(names.len(), str::len));
                names.push_str("[ext]");
            }
            "base" => names.push_str("[name][ext]"),
            "query" | "fragment" => {}
            hash if hash.contains("hash") => names.push_str("[hash]"),
            _ => return None,
        }
        rest = &rest[end..];
    }
    names.push_str(rest);
    let is_own = names.contains("[name]") || names.contains("[hash]");
    (is_own && !names.split('/').any(|part| part == "..")).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_names() {
        let shown = |pattern: &str| ours(pattern).unwrap_or_default();
        assert_eq!(shown("img/[name].[hash:7].[ext]"), "img/[name].[hash][ext]");
        assert_eq!(shown("images/[name][ext][query]"), "images/[name][ext]");
        assert_eq!(shown("[path][name].[ext]?[hash]"), "[dir]/[name][ext]");
        assert_eq!(shown("[folder]/[name].[ext]"), "");
    }
}
