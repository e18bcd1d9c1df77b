//! Styles in a language that a command compiles: npm's less, on a small project
//! (`fixtures/styles/_less`).

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![("styles::less-by-a-command", compiled), ("styles::less-with-mistakes", refused)]
}

const BUILD: [&str; 3] = ["main.js", "--out-dir", "out"];

/// A copy of the project with the packages of the tests.
fn project() -> Result<PathBuf, String> {
    let folder = work::fresh_directory("less")?;
    tree::copy(&work::root().join("fixtures/styles/_less"), &folder)?;
    let packages = work::root().join("tests/node_modules");
    symlink(packages, folder.join("node_modules")).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn arguments() -> Vec<String> {
    BUILD.map(str::to_owned).to_vec()
}

fn compiled() -> Result<(), String> {
    let folder = project()?;
    builds::bundle_or_fail(&folder, &arguments())?;
    compare(&folder.join("out/main.css"), "main.css")?;
    let map =
        fs::read_to_string(folder.join("out/main.css.map")).map_err(|error| error.to_string())?;
    for source in [
        "main.less",
        "mixins.less",
        "sub/icons.less",
        "pages/home.less",
        "card.module.less",
        "Row.vue",
    ] {
        if !map.contains(&format!("\"../{source}\"")) {
            return Err(format!("the map does not lead to {source}:\n{map}"));
        }
    }
    work::remove(&folder);
    Ok(())
}

fn refused() -> Result<(), String> {
    let folder = project()?;
    let write = |name: &str, text: &str| {
        fs::write(folder.join(name), text).map_err(|error| error.to_string())
    };
    write("main.less", "@import \"mixins\";\n.a {\n  color: ;\n  .nobody();\n}\n")?;
    write("sub/icons.less", ".icon { top: 0; }\n} .b { left: 0; }\n")?;
    write("card.module.less", "@import \"sub/icons\";\n")?;
    write(
        "Row.vue",
        "<template>\n  <p />\n</template>\n\n<style lang=\"styl\">\n.a\n  top 0\n</style>\n",
    )?;
    let ended = builds::bundle(&folder, &arguments())?;
    if ended.code != Some(1) || folder.join("out").exists() {
        return Err(format!("it builds: {}", ended.stderr));
    }
    fs::write(folder.join("said.txt"), &ended.stderr).map_err(|error| error.to_string())?;
    compare(&folder.join("said.txt"), "diagnostics.txt")?;
    work::remove(&folder);
    Ok(())
}

/// Compares a file with the one of this name in `expected`.
fn compare(actual: &std::path::Path, name: &str) -> Result<(), String> {
    let text =
        fs::read_to_string(actual).map_err(|error| format!("{}: {error}", actual.display()))?;
    let expected = work::root().join("fixtures/styles/_less/expected").join(name);
    if work::is_blessing() {
        return fs::write(&expected, text).map_err(|error| error.to_string());
    }
    let expected = fs::read_to_string(&expected).map_err(|error| error.to_string())?;
    if text == expected {
        Ok(())
    } else {
        Err(format!("{name} is\n{text}\nand should be\n{expected}"))
    }
}
