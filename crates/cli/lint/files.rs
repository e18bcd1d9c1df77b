//! Which files are linted: scripts and components that a build read, none in packages. Also which
//! configuration files lint depends on, since those are watched too.

use std::collections::BTreeSet;

use bundle_base::{
    fs::{Question, Reads},
    installed::is_installed,
};
use camino::{Utf8Path, Utf8PathBuf};

/// The extensions of files that ESLint lints.
const EXTENSIONS: [&str; 9] = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "vue"];
/// Files that configure ESLint, in the project's folder or a folder above.
const CONFIGS: [&str; 6] = [
    "eslint.config.js",
    "eslint.config.mjs",
    "eslint.config.cjs",
    "eslint.config.ts",
    "eslint.config.mts",
    "package.json",
];
/// Configuration files of the older form, in any folder.
const OLD_CONFIGS: [&str; 7] = [
    ".eslintrc",
    ".eslintrc.js",
    ".eslintrc.cjs",
    ".eslintrc.yaml",
    ".eslintrc.yml",
    ".eslintrc.json",
    ".eslintignore",
];

/// Returns the files to lint among those that a build read.
pub fn sources(read: impl IntoIterator<Item = Utf8PathBuf>) -> BTreeSet<Utf8PathBuf> {
    let is_meant = |path: &Utf8PathBuf| {
        let is_script = path.extension().is_some_and(|extension| EXTENSIONS.contains(&extension));
        is_script && !is_installed(path.as_str())
    };
    read.into_iter().filter(is_meant).collect()
}

/// Returns what lint depends on besides the sources: configurations, and which ESLint is installed.
pub fn config_reads(project: &Utf8Path) -> Reads {
    let mut reads = Reads::default();
    for folder in project.ancestors() {
        for name in CONFIGS.iter().chain(&OLD_CONFIGS).chain(&["node_modules/eslint/package.json"])
        {
            reads.add(&folder.join(name), Question::Contents);
        }
    }
    reads
}

/// Returns the existing configurations of the older form in a folder.
pub fn configs_in(folder: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    OLD_CONFIGS.iter().map(|name| folder.join(name)).filter(|path| path.is_file())
}
