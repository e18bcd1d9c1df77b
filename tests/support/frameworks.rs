//! Stylesheets of well-known frameworks: the output of our Sass compiler equals that of npm's
//! `sass`, byte for byte.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use bundle_base::fs::OsFs;
use camino::{Utf8Path, Utf8PathBuf};

use super::{builds, sass, work};

/// A folder of a package, and which of the stylesheets in it are entries; none: all that are not
/// partials.
type Framework = (&'static str, &'static str, &'static [&'static str]);

const FRAMEWORKS: [Framework; 12] = [
    ("bootstrap-4", "bootstrap-4/scss", &[]),
    ("bootstrap-5", "bootstrap/scss", &[]),
    ("bulma", "bulma", &["bulma.scss"]),
    ("bulma-versions", "bulma/versions", &[]),
    ("theme-chalk", "element-ui/packages/theme-chalk/src", &[]),
    ("vuetify", "vuetify/src/styles", &["main.sass", "styles.sass"]),
    ("fontawesome-free", "@fortawesome/fontawesome-free/scss", &[]),
    ("admin-lte", "admin-lte/src/scss", &[]),
    ("spectre", "spectre.css/src", &[]),
    ("primeflex", "primeflex", &["primeflex.scss"]),
    ("quasar", "quasar/src/css", &["index.sass", "flex-addon.sass"]),
    ("quasar-dist", "quasar/dist", &["quasar.sass"]),
];

/// A test of this file.
type Test = Box<dyn FnOnce() -> Result<(), String> + Send>;

/// The tests of this file.
pub fn all() -> Vec<(String, Test)> {
    let test = |framework: Framework| -> (String, Test) {
        (format!("styles::frameworks::{}", framework.0), Box::new(move || compare(framework)))
    };
    FRAMEWORKS.into_iter().map(test).collect()
}

fn compare((_, folder, entries): Framework) -> Result<(), String> {
    let folder = work::root().join("tests/node_modules").join(folder);
    let stylesheets = if entries.is_empty() {
        stylesheets(&folder)?
    } else {
        entries.iter().map(|name| folder.join(name)).collect()
    };
    let mut command = Command::new("node");
    command.arg(work::support("frameworks.mjs")).args(&stylesheets);
    let ended = builds::run(command, Duration::from_mins(2))?;
    let theirs: Vec<Option<String>> = serde_json::from_str(&ended.stdout)
        .map_err(|error| format!("npm's sass: {error}\n{}", ended.stderr))?;
    let project = Utf8PathBuf::from_path_buf(work::root().join("tests"))
        .map_err(|_| "a path that is no text")?;
    let config = sass::config(&project, "node_modules", "package.json", &OsFs)?;
    let mut compared = 0;
    for (stylesheet, theirs) in stylesheets.iter().zip(theirs) {
        let stylesheet = Utf8Path::from_path(stylesheet).ok_or("a path that is no text")?;
        match (sass::compiled(stylesheet, &OsFs, &config), theirs) {
            (Ok(ours), Some(theirs)) => same(stylesheet, ours.trim_end(), theirs.trim_end())?,
            (Err(_), None) => continue,
            (Err(said), Some(_)) => {
                return Err(format!("{stylesheet}: npm's sass compiles it\n{said}"));
            }
            (Ok(_), None) => {
                return Err(format!("{stylesheet}: npm's sass refuses it\n{}", ended.stderr));
            }
        }
        compared += 1;
    }
    if compared == 0 { Err(format!("nothing was compared\n{}", ended.stderr)) } else { Ok(()) }
}

/// The stylesheets of a folder that are not partials.
fn stylesheets(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_entry = |path: &PathBuf| {
        let is_partial =
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('_'));
        !is_partial
            && path.extension().is_some_and(|extension| extension == "scss" || extension == "sass")
    };
    let mut stylesheets: Vec<PathBuf> = paths.filter(is_entry).collect();
    stylesheets.sort();
    Ok(stylesheets)
}

fn same(stylesheet: &Utf8Path, ours: &str, theirs: &str) -> Result<(), String> {
    if ours == theirs {
        return Ok(());
    }
    let differing =
        ours.lines().zip(theirs.lines()).enumerate().find(|(_, (ours, theirs))| ours != theirs);
    let (line, (ours, theirs)) = differing
        .unwrap_or((ours.lines().count().min(theirs.lines().count()), ("(the end)", "(the end)")));
    Err(format!("{stylesheet}: line {} is\n{ours}\nand of npm's sass\n{theirs}", line + 1))
}
