//! A project of `@wordpress/scripts`: the options of its command, its blocks, and the entries that
//! follow from these.

use bundle_base::{config::absolute, fs::FileKind};
use bundle_js::static_evaluation::ScriptLocation;
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Value as Json, json};

use super::super::{
    facts::ProjectFacts,
    plan::{Note, tidy},
    reading::Reading,
    scripts,
};

/// The package of the tool.
pub(super) const TOOL: &str = "@wordpress/scripts";
/// Fields of a block.json that name classic scripts.
const SCRIPTS: [&str; 3] = ["editorScript", "script", "viewScript"];
/// Fields that name ES modules, which are a build of their own.
const MODULES: [&str; 2] = ["viewScriptModule", "viewModule"];
/// Fields that name PHP files.
const PROGRAMS: [&str; 2] = ["render", "variations"];
/// Extensions of scripts, as an entry is searched for.
const EXTENSIONS: [&str; 6] = ["js", "jsx", "ts", "tsx", "mjs", "mts"];
/// Flags of the command whose value is the next word.
const WITH_VALUE: [&str; 8] = [
    "--config",
    "-c",
    "--output-path",
    "-o",
    "--source-path",
    "--webpack-src-dir",
    "--mode",
    "--webpack--devtool",
];
/// Configurations of Babel, with which the tool leaves out its own.
const OF_BABEL: [&str; 5] =
    [".babelrc.js", ".babelrc.json", "babel.config.js", "babel.config.json", ".babelrc"];
/// Most files of the sources that are looked at.
const MOST: usize = 20_000;
/// How deep their folders are searched; links may form a cycle.
const DEEPEST: usize = 20;

/// A project of the tool.
#[derive(Default)]
pub(super) struct Project {
    /// The folder of the sources, relative to the project.
    source: String,
    /// The folder of the outputs.
    output: String,
    /// The scripts by the names of their outputs, absolute.
    entries: IndexMap<String, Utf8PathBuf>,
    /// Patterns of files that are copied, relative to `source`.
    copied: IndexSet<String>,
    /// All files of `source`, relative to it.
    files: Vec<String>,
    /// Whether the command builds ES modules too.
    has_modules: bool,
    /// The words of the command.
    words: Vec<String>,
    /// What builds leave out.
    pub notes: Vec<Note>,
}

impl Project {
    /// Looks at a project, once for each command that builds.
    pub fn all(facts: &ProjectFacts) -> Vec<Self> {
        let mut commands = scripts::arguments_of(facts, "wp-scripts");
        if commands.is_empty() {
            commands.push(Vec::new());
        }
        commands.iter().map(|words| Self::of(facts, words)).collect()
    }

    /// Looks at a project as the command with these words does.
    fn of(facts: &ProjectFacts, words: &[String]) -> Self {
        let value = |flags: &[&str]| value_of(words, flags).map(|path| tidy(&path));
        let source = value(&["--source-path", "--webpack-src-dir"]);
        let output = value(&["--output-path", "-o"]);
        let mut project = Self {
            source: source.unwrap_or_else(|| "src".to_owned()),
            output: output.unwrap_or_else(|| "build".to_owned()),
            has_modules: words.iter().any(|word| word == "--experimental-modules"),
            words: words.to_vec(),
            ..Self::default()
        };
        let folder = facts.project.join(&project.source);
        list(facts, &folder, "", &mut project.files);
        project.read_blocks(facts);
        let has_programs = project.files.iter().any(|name| name.ends_with(".php"));
        if has_programs && words.iter().any(|word| word == "--webpack-copy-php") {
            project.copied.insert("**/*.php".to_owned());
        }
        if words.iter().any(|word| word == "--blocks-manifest") {
            let what = format!("{}/blocks-manifest.php", project.output);
            let remedy = "run `wp-scripts build-blocks-manifest` after the build";
            project.note("package.json", what, remedy);
        }
        project.name_entries(facts, words);
        project
    }

    /// Chooses the entries: files that the command names, or else scripts of blocks, or else
    /// `index` in the folder of the sources.
    fn name_entries(&mut self, facts: &ProjectFacts, words: &[String]) {
        let named = named_files(words);
        if !named.is_empty() {
            self.entries.clear();
            let has_folder = value_of(words, &["--source-path", "--webpack-src-dir"]).is_some();
            let base = if has_folder { self.source.as_str() } else { "" };
            for word in named {
                let stem = Utf8Path::new(word).file_stem().unwrap_or(word);
                let (name, path) = word.split_once('=').unwrap_or((stem, word));
                let path = absolute(&facts.project.join(base), path);
                self.entries.insert(name.to_owned(), path);
            }
        } else if self.entries.is_empty()
            && let Some(file) = self.script("index")
        {
            self.entries.insert("index".to_owned(), facts.project.join(&self.source).join(file));
        }
    }

    /// Returns the script with a name, relative to the folder of the sources.
    fn script(&self, stem: &str) -> Option<String> {
        let candidates = EXTENSIONS.iter().map(|extension| format!("{stem}.{extension}"));
        candidates.into_iter().find(|name| self.files.contains(name))
    }

    /// Reads what the blocks name.
    fn read_blocks(&mut self, facts: &ProjectFacts) {
        let is_block = |name: &&String| name.rsplit('/').next() == Some("block.json");
        let blocks: Vec<String> = self.files.iter().filter(is_block).cloned().collect();
        let root = facts.project.join(&self.source);
        for block in blocks {
            self.copied.insert("**/block.json".to_owned());
            let text = facts.fs.read(&root.join(&block)).unwrap_or_default();
            let Ok(json) = serde_json::from_slice::<Json>(&text) else { continue };
            let at = format!("{}/{block}", self.source);
            let folder = Utf8Path::new(&block).parent().unwrap_or(Utf8Path::new(""));
            for file in files_of(&json, &SCRIPTS) {
                let path = tidy(folder.join(&file).as_str());
                let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
                if let Some(script) = self.script(stem) {
                    self.entries.insert(stem.to_owned(), root.join(script));
                }
                if !file.ends_with(".js") {
                    let what = format!("{file}, which is compiled to a .js file");
                    self.note(&at, what, "name the script that is built: \"file:./index.js\"");
                }
            }
            if files_of(&json, &MODULES).next().is_some() {
                let what = "script modules of a block".to_owned();
                let remedy = "build them as ES modules, with a configuration of their own: \
                              docs/manifests.md#wordpress";
                self.note(&at, what, remedy);
            }
            for file in files_of(&json, &PROGRAMS) {
                let name = Utf8Path::new(&file).file_name().unwrap_or(&file).to_owned();
                self.copied.insert(format!("**/{name}"));
            }
        }
    }

    fn note(&mut self, at: &str, what: String, remedy: &str) {
        self.notes.push(Note { at: at.to_owned(), what, remedy: remedy.to_owned() });
    }

    /// Whether scripts import SVGs as components.
    fn has_components(&self, facts: &ProjectFacts) -> bool {
        let root = facts.project.join(&self.source);
        let is_script = |name: &&String| {
            name.rsplit('.').next().is_some_and(|extension| EXTENSIONS.contains(&extension))
        };
        let mut scripts = self.files.iter().filter(is_script);
        scripts.any(|name| {
            let text = facts.text(&root.join(name));
            text.contains("ReactComponent") && text.contains(".svg")
        })
    }

    /// Returns the project as the configuration of the tool knows it.
    pub fn to_json(&self, facts: &ProjectFacts) -> Json {
        let has = |endings: &[&str]| {
            self.files.iter().any(|name| endings.iter().any(|ending| name.ends_with(ending)))
        };
        let has_babel = has_babel(facts);
        let has_browsers =
            facts.is_file(".browserslistrc") || facts.package.get("browserslist").is_some();
        let major = facts.major("@wordpress/scripts");
        let is_since = |first: u32| major.is_none_or(|major| major >= first);
        let babel = json!({ "presets": ["@wordpress/babel-preset-default"] });
        let target = "browserslist:extends @wordpress/browserslist-config";
        json!({
            "source": self.source,
            "output": self.output,
            "entries": self.entries,
            "copied": self.copied,
            "target": if has_browsers { "browserslist" } else { target },
            "babel": if has_babel { json!({}) } else { babel },
            "hasEntryFunction": is_since(20),
            "hasDrawings": has(&[".svg"]),
            "hasComponents": self.has_components(facts),
            "hasRightToLeft": is_since(26),
            "hasModules": self.has_modules,
            "words": self.words.join(" "),
            "file": value_of(&self.words, &["--config", "-c"]).map(|path| tidy(&path)),
        })
    }
}

/// Whether a project has a configuration of Babel.
pub(super) fn has_babel(facts: &ProjectFacts) -> bool {
    OF_BABEL.iter().any(|file| facts.is_file(file)) || facts.package.get("babel").is_some()
}

/// Returns the files that fields of a block name: `"file:./index.js"`, or a list of these.
fn files_of<'j>(block: &'j Json, fields: &'j [&'static str]) -> impl Iterator<Item = String> + 'j {
    let values = fields.iter().filter_map(|field| block.get(field));
    let texts = values.flat_map(|value| match value {
        Json::Array(all) => all.iter().collect(),
        one => vec![one],
    });
    texts.filter_map(|value| Some(value.as_str()?.strip_prefix("file:")?.to_owned()))
}

/// Returns the value of a flag: `--output-path=dist`, `-o dist`.
fn value_of(words: &[String], flags: &[&str]) -> Option<String> {
    let at = words
        .iter()
        .position(|word| flags.contains(&word.split('=').next().unwrap_or_default()))?;
    let inner = words[at].split_once('=').map(|(_, value)| value.to_owned());
    inner.or_else(|| words.get(at + 1).cloned())
}

/// Returns the words of a command that name files.
fn named_files(words: &[String]) -> Vec<&str> {
    let is_value = |at: usize| at > 0 && WITH_VALUE.contains(&words[at - 1].as_str());
    let is_file = |(at, word): &(usize, &String)| !word.starts_with('-') && !is_value(*at);
    words.iter().enumerate().filter(is_file).map(|(_, word)| word.as_str()).collect()
}

/// Adds the files of a folder and of those in it, relative to the first.
fn list(facts: &ProjectFacts, folder: &Utf8Path, before: &str, files: &mut Vec<String>) {
    for entry in facts.fs.list(folder).unwrap_or_default() {
        let name = format!("{before}{}", entry.name);
        match entry.kind {
            Some(FileKind::File) if files.len() < MOST => files.push(name),
            Some(FileKind::Directory)
                if entry.name != "node_modules" && before.matches('/').count() < DEEPEST =>
            {
                list(facts, &folder.join(&entry.name), &format!("{name}/"), files);
            }
            Some(FileKind::File | FileKind::Directory | FileKind::Other) | None => {}
        }
    }
}

/// Whether the script is this file, or requires it.
pub(super) fn has_read(reading: &Reading<'_>, path: &Utf8Path) -> bool {
    let files = (0..).map(|file| reading.script.file(ScriptLocation { file, line: 1 }));
    files.take_while(|file| !file.as_str().is_empty()).any(|file| file == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &str) -> Vec<String> {
        command.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn files_and_flags_of_commands() {
        let command = words("a.js view=./src/view.js --output-path=dist -c x.js --hot");
        assert_eq!(named_files(&command), ["a.js", "view=./src/view.js"]);
        assert_eq!(value_of(&command, &["--output-path", "-o"]).as_deref(), Some("dist"));
        assert_eq!(value_of(&words("-o out"), &["-o"]).as_deref(), Some("out"));
    }
}
