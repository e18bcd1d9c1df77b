//! Turns areas and arguments into entries with unique names. Whether an entry's file exists is
//! checked here, where the place that names it is known; the resolver resolves the specifiers of
//! packages.

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    super::{
        Entry, ManualChunk, OutputConfig, messages,
        paths::{GlobError, absolute, common_folder, expand, glob_folder, is_glob, relative},
        raw::{Origin, RawArea, Written},
        style::is_stylesheet,
    },
    deciding::{Deciding, Named},
    names,
};
use crate::{
    diagnostic::{Label, nearest},
    fs::{FileKind, FsError},
    source::Span,
};

/// Extensions that may be left out of an entry's path.
const EXTENSIONS: &[&str] =
    &["js", "ts", "jsx", "tsx", "mjs", "cjs", "mts", "cts", "vue", "json", "scss", "css"];
/// Where the entry of a project often is, to suggest it to a user who named none.
const USUAL_ENTRIES: &[&str] = &[
    "src/main.js",
    "src/index.js",
    "src/main.ts",
    "src/index.ts",
    "resources/js/app.js",
    "resources/assets/js/app.js",
    "assets/js/app.js",
    "js/app.js",
    "js/main.js",
    "main.js",
    "index.js",
    "app.js",
];

/// Configurations of other tools.
const OTHER_CONFIGS: &[&str] = &[
    "webpack.mix.js",
    "webpack.config.js",
    "vite.config.js",
    "vite.config.ts",
    "vue.config.js",
    "rollup.config.js",
    "gulpfile.js",
];

/// What the text of an entry refers to.
enum EntryTarget {
    File(Utf8PathBuf),
    Package,
    Nothing,
}

impl Deciding<'_> {
    /// Returns the entries, and the manual chunks that they share.
    pub(super) fn entries(&mut self, output: &OutputConfig) -> (Vec<Entry>, Vec<ManualChunk>) {
        let raw = &self.raw.entries;
        let mut named = Vec::new();
        if raw.chosen.is_empty() || self.shares() {
            for area in &raw.areas {
                self.area(area, &mut named);
            }
            if raw.areas.is_empty() && !self.is_broken {
                self.report_no_entry();
            }
        } else {
            self.arguments(&mut named);
        }
        self.check_unique(&named);
        self.check_outputs(&named, output);
        let shared = self.shared(&named, output.splitting);
        (named.into_iter().map(|n| n.entry).collect(), shared)
    }

    /// Warns if `hash` is configured but has no effect on the outputs of areas in their short form,
    /// which have exactly the area's name.
    pub(super) fn check_exact_names(&mut self, entries: &[Entry], output: &OutputConfig) {
        let Some(hash) =
            self.raw.output.hash.as_ref().filter(|_| output.hash && output.file.is_none())
        else {
            return;
        };
        let is_exact = |area: &&RawArea| {
            // `"hash": false` requests it on purpose.
            let is_of_area = |entry: &&Entry| {
                entry.is_exact
                    && area.is_short
                    && entry.area.as_deref() == Some(area.name.value.as_str())
            };
            entries.iter().any(|entry| is_of_area(&entry))
        };
        let exact: Vec<&RawArea> = self.raw.entries.areas.iter().filter(is_exact).collect();
        if let [first, more @ ..] = exact.as_slice() {
            let (entry, area) = (&first.entries[0], &first.name.value);
            self.log.push(messages::exact_name(entry, area, more.len(), &hash.origin));
        }
    }

    fn report_no_entry(&mut self) {
        let found = USUAL_ENTRIES
            .iter()
            .copied()
            .find(|path| self.host.fs.kind(&self.root.join(path)) == Some(FileKind::File));
        let file = self.raw.project.file.as_ref().map(|source| {
            let end = u32::try_from(source.text.trim_end().len()).unwrap_or(0);
            let start = u32::try_from(source.text.find('{').unwrap_or(0)).unwrap_or(0);
            Label::new(source, Span::new(start, end.max(start)))
        });
        let is_there =
            |name: &&str| self.host.fs.kind(&self.host.project.join(name)) == Some(FileKind::File);
        let others = OTHER_CONFIGS.iter().copied().find(is_there).filter(|_| file.is_none());
        self.log.push(messages::no_entry(file, found, others));
    }

    fn area(&mut self, area: &RawArea, named: &mut Vec<Named>) {
        self.check_name(&area.name, &area.name.value);
        let global_name = self.global_name(area.global_name.as_ref());
        let files = self.files(&area.entries);
        let is_exact =
            area.is_single && !area.entries.iter().any(|e| is_glob(&e.value) && !self.is_file(e));
        let common = self.common(&area.entries);
        let stylesheet = self.stylesheet(area, files.len());
        for (written, specifier, path) in files {
            let name = if is_exact {
                area.name.value.clone()
            } else {
                names::in_area(&area.name.value, &common, &path)
            };
            let entry = Entry {
                name,
                specifier,
                path,
                global_name: global_name.clone(),
                stylesheet: stylesheet.clone(),
                is_exact: is_exact && area.is_short || area.hash.as_ref().is_some_and(is_false),
                area: Some(area.name.value.clone()),
            };
            named.push(Named { entry, origin: written.origin.clone() });
        }
    }

    /// Returns the name that an area gives the stylesheet of its entry.
    fn stylesheet(&mut self, area: &RawArea, entries: usize) -> Option<String> {
        let written = area.stylesheet.as_ref()?;
        let name = written.value.strip_suffix(".css").unwrap_or(&written.value);
        let wrong = match entries {
            0 => Some("the area has no entry"),
            1 => None,
            _ => Some("the area has several entries"),
        };
        if let Some(why) = wrong {
            self.log.push(messages::bad_output_name(&written.origin, &written.value, why, None));
            return None;
        }
        self.check_name(written, name);
        Some(name.to_owned())
    }

    fn arguments(&mut self, named: &mut Vec<Named>) {
        let global_name = self.global_name(None);
        let mut plain = Vec::new();
        for argument in &self.raw.entries.chosen {
            let value = argument.value.as_str();
            if let Some(area) = self.raw.entries.areas.iter().find(|a| a.name.value == value) {
                self.area(area, named);
            } else if let Some((name, path)) =
                value.split_once('=').filter(|_| !self.is_file(argument))
            {
                let name = Written { value: name.to_owned(), origin: argument.origin.clone() };
                self.check_name(&name, &name.value);
                let path = [Written { value: path.to_owned(), origin: argument.origin.clone() }];
                for (_, specifier, path) in self.files(&path) {
                    let (name, global_name) = (name.value.clone(), global_name.clone());
                    let argument_entry = of_argument(specifier, path);
                    let entry = Entry { name, global_name, is_exact: true, ..argument_entry };
                    named.push(Named { entry, origin: argument.origin.clone() });
                }
            } else {
                plain.push(argument.clone());
            }
        }
        for argument in &plain {
            let single = std::slice::from_ref(argument);
            let folder = self.common(single);
            let is_pattern = is_glob(&argument.value) && !self.is_file(argument);
            for (_, specifier, path) in self.files(single) {
                let name = match (path.is_absolute(), is_pattern) {
                    (true, true) => names::in_folder(&folder, &path),
                    (true, false) => names::of_file(&path),
                    (false, _) => names::of_package(&specifier),
                };
                let global_name = global_name.clone();
                let entry = Entry { name, global_name, ..of_argument(specifier, path) };
                named.push(Named { entry, origin: argument.origin.clone() });
            }
        }
    }

    /// Returns the files that texts refer to, in order, each with the text that named it and its
    /// specifier. Mistakes are reported.
    fn files<'w>(
        &mut self,
        texts: &'w [Written<String>],
    ) -> Vec<(&'w Written<String>, String, Utf8PathBuf)> {
        let mut files = Vec::new();
        for written in texts {
            // If `root` does not exist, only that is reported.
            if matches!(written.origin, Origin::Place(_)) && !self.has_root() {
                continue;
            }
            if is_glob(&written.value) && !self.is_file(written) {
                let base = self.base(&written.origin).to_owned();
                let found = self.expand(written);
                files.extend(found.into_iter().map(|path| (written, relative(&base, &path), path)));
                continue;
            }
            match self.find(written) {
                EntryTarget::File(path) => files.push((written, written.value.clone(), path)),
                EntryTarget::Package => {
                    files.push((written, written.value.clone(), written.value.clone().into()));
                }
                EntryTarget::Nothing => {}
            }
        }
        files
    }

    fn expand(&mut self, written: &Written<String>) -> Vec<Utf8PathBuf> {
        match expand(self.host.fs, self.base(&written.origin), &written.value) {
            Ok(mut files) => {
                files.retain(|path| !is_partial(path, &written.value));
                self.leave_outputs_out(&mut files, written);
                if files.is_empty() {
                    self.log.push(messages::empty_glob(&written.origin, &written.value));
                }
                files
            }
            Err(GlobError::Pattern(why)) => {
                self.log.push(messages::bad_glob(&written.origin, &written.value, &why));
                Vec::new()
            }
            Err(GlobError::Denied(folder)) => {
                let folder = relative(self.base(&written.origin), &folder);
                self.log.push(messages::glob_is_denied(&written.origin, &folder));
                Vec::new()
            }
        }
    }

    /// Removes what the last build wrote from the files of a pattern whose folder contains the
    /// output folder.
    fn leave_outputs_out(&self, files: &mut Vec<Utf8PathBuf>, written: &Written<String>) {
        let (dir, folder) = (self.dir(), glob_folder(self.base(&written.origin), &written.value));
        if !dir.starts_with(&folder) {
            return;
        }
        let list = self.host.fs.read(&dir.join("entrypoints.json")).unwrap_or_default();
        let list: serde_json::Value = serde_json::from_slice(&list).unwrap_or_default();
        let outputs = list["files"].as_array().into_iter().flatten();
        let outputs: FxHashSet<Utf8PathBuf> =
            outputs.filter_map(|file| Some(dir.join(file.as_str()?))).collect();
        files.retain(|path| !outputs.contains(path));
    }

    fn is_file(&self, written: &Written<String>) -> bool {
        self.host.fs.kind(&absolute(self.base(&written.origin), &written.value))
            == Some(FileKind::File)
    }

    /// Returns the innermost folder that contains all entries: names of outputs leave it out.
    fn common(&self, texts: &[Written<String>]) -> Utf8PathBuf {
        let folder = |written: &Written<String>| {
            let base = self.base(&written.origin);
            if is_glob(&written.value) && !self.is_file(written) {
                return glob_folder(base, &written.value);
            }
            absolute(base, &written.value).parent().unwrap_or(base).to_owned()
        };
        // A glob refers to files, although a package may have the name of its first folder.
        let is_path = |written: &&Written<String>| {
            is_glob(&written.value) || !self.is_package(&written.value) || self.is_file(written)
        };
        common_folder(&texts.iter().filter(is_path).map(folder).collect::<Vec<_>>())
    }

    fn find(&mut self, written: &Written<String>) -> EntryTarget {
        let text = written.value.as_str();
        let path = absolute(self.base(&written.origin), text);
        if text.is_empty() {
            self.log.push(messages::empty_value(&written.origin, "the path of an entry"));
            return EntryTarget::Nothing;
        }
        let kind = self.host.fs.kind(&path);
        if kind == Some(FileKind::File) {
            return EntryTarget::File(path);
        }
        let with_extension = |path: &Utf8Path| {
            let candidates = EXTENSIONS.iter().map(|e| Utf8PathBuf::from(format!("{path}.{e}")));
            candidates.into_iter().find(|c| self.host.fs.kind(c) == Some(FileKind::File))
        };
        let is_folder_name = text.ends_with('/') || text.ends_with('\\');
        if let Some(found) = with_extension(&path).filter(|_| !is_folder_name) {
            return EntryTarget::File(found);
        }
        match kind {
            Some(FileKind::Directory) => {
                let index = with_extension(&path.join("index"))
                    .or_else(|| with_extension(&path.join("main")));
                let index = index.map(|index| relative(self.base(&written.origin), &index));
                let scripts = self.scripts(&path, &written.origin);
                self.log.push(messages::entry_is_directory(
                    &written.origin,
                    text,
                    index.as_deref(),
                    &scripts,
                ));
            }
            Some(FileKind::File | FileKind::Other) => {
                self.log.push(messages::entry_not_a_file(&written.origin, text));
            }
            None if self.is_package(text) => return EntryTarget::Package,
            None => self.report_missing(written, &path),
        }
        EntryTarget::Nothing
    }

    /// Returns some scripts of a folder, as entries could name them.
    fn scripts(&self, folder: &Utf8Path, origin: &Origin) -> Vec<String> {
        let files = self.host.fs.list(folder).unwrap_or_default();
        let is_script = |name: &str| {
            name.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
        };
        let scripts = files.iter().filter(|e| e.kind == Some(FileKind::File) && is_script(&e.name));
        scripts.take(5).map(|e| relative(self.base(origin), &folder.join(&e.name))).collect()
    }

    fn report_missing(&mut self, written: &Written<String>, path: &Utf8Path) {
        match self.host.fs.canonical(path) {
            Err(FsError::Loop) => {
                return self.log.push(messages::entry_is_loop(&written.origin, &written.value));
            }
            Err(FsError::Denied) => {
                return self.log.push(messages::entry_is_denied(&written.origin, &written.value));
            }
            Ok(_) | Err(_) => {}
        }
        if let Some(target) = self.host.fs.read_link(path) {
            self.log.push(messages::entry_is_dead_link(
                &written.origin,
                &written.value,
                target.as_str(),
            ));
            return;
        }
        let folder = path.parent().unwrap_or(path);
        let siblings = self.host.fs.list(folder).unwrap_or_default();
        let name = path.file_name().unwrap_or_default();
        let near = nearest(
            name,
            siblings.iter().filter(|e| e.kind == Some(FileKind::File)).map(|e| e.name.as_str()),
        );
        let base = self.base(&written.origin);
        // The path may be relative to the project, or be written as in Windows.
        let path = written.value.replace('\\', "/");
        let meant = [absolute(self.host.project, &path), absolute(base, &path)];
        let is_file = |path: &&Utf8PathBuf| self.host.fs.kind(path) == Some(FileKind::File);
        let near = meant.iter().find(is_file).cloned().or(near.map(|near| folder.join(near)));
        let near = near.map(|near| relative(base, &near));
        let areas = self.raw.entries.areas.iter().map(|a| a.name.value.as_str());
        let area = nearest(&written.value, areas).filter(|_| written.origin == Origin::Argument);
        let near = near.as_deref().or(area);
        self.log.push(messages::missing_entry(&written.origin, &written.value, near));
    }

    fn check_name(&mut self, written: &Written<String>, name: &str) {
        if let Some((why, near)) = names::mistake(name) {
            self.log.push(messages::bad_output_name(&written.origin, name, why, near.as_deref()));
        }
    }

    fn check_unique(&mut self, named: &[Named]) {
        // The first entry with each name. A map, because there may be thousands of entries.
        let mut first_of = FxHashMap::default();
        let mut first_with = FxHashMap::default();
        for this in named {
            let stylesheet = this.entry.stylesheet_name();
            let is_style = this.entry.path.extension().is_some_and(is_stylesheet);
            let has_stylesheet = is_style || this.entry.stylesheet.is_some();
            let other: &Named = first_of.entry(this.entry.name.as_str()).or_insert(this);
            if std::ptr::eq(other, this) {
                if !has_stylesheet {
                    continue;
                }
                let with: &Named = first_with.entry(stylesheet).or_insert(this);
                if !std::ptr::eq(with, this) {
                    self.log.push(messages::duplicate_output(
                        &this.origin,
                        &format!("{stylesheet}.css"),
                        (&with.entry.specifier, &this.entry.specifier),
                        &with.origin,
                    ));
                }
                continue;
            }
            let (first, path) = (&other.entry.specifier, &this.entry.specifier);
            if other.entry.path == this.entry.path {
                self.log.push(messages::duplicate_entry(&this.origin, path, &other.origin));
            } else {
                let output = format!("{}.js", this.entry.name);
                self.log.push(messages::duplicate_output(
                    &this.origin,
                    &output,
                    (first, path),
                    &other.origin,
                ));
            }
        }
    }

    fn check_outputs(&mut self, named: &[Named], output: &OutputConfig) {
        if let Some(file) = self.raw.output.file.as_ref().filter(|_| named.len() > 1) {
            self.log.push(messages::out_file_for_many(&file.origin, named.len()));
            return;
        }
        let mut inputs = FxHashMap::default();
        for input in named {
            inputs.entry(input.entry.path.as_path()).or_insert(input);
        }
        for this in named.iter().filter(|n| names::mistake(&n.entry.name).is_none()) {
            let is_style = this.entry.path.extension().is_some_and(is_stylesheet);
            let own = || {
                if is_style {
                    format!("{}.css", this.entry.stylesheet_name())
                } else {
                    format!("{}.js", this.entry.name)
                }
            };
            let name = output.file.clone().unwrap_or_else(own);
            let path = absolute(&output.dir, &name);
            if let Some(input) = inputs.get(path.as_path()) {
                let shown = relative(self.host.cwd, &path);
                self.log.push(messages::overwrites_input(
                    &input.origin,
                    &shown,
                    output.file.is_some(),
                ));
            }
        }
    }
}

fn is_false(written: &Written<bool>) -> bool {
    !written.value
}

/// Returns an entry without the name of its output.
fn of_argument(specifier: String, path: Utf8PathBuf) -> Entry {
    Entry {
        name: String::new(),
        specifier,
        path,
        global_name: None,
        stylesheet: None,
        is_exact: false,
        area: None,
    }
}

/// Whether a file is a partial of Sass, which only other stylesheets use (`_colors.scss`), and the
/// pattern that found it does not ask for partials by name.
fn is_partial(path: &Utf8Path, glob: &str) -> bool {
    let name = path.file_name().unwrap_or_default();
    let is_sass = matches!(path.extension(), Some("scss" | "sass"));
    let pattern = glob.rsplit('/').next().unwrap_or(glob);
    is_sass && name.starts_with('_') && !pattern.starts_with('_')
}
