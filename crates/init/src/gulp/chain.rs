//! The outputs of a chain: the results of its steps for the files that it begins with.

use bundle_js::static_evaluation::{Field, ScriptLocation, Value};
use camino::Utf8Path;

use super::{
    copies, filters, renamed,
    steps::{Source, Step, names_of, note_steps, source_step, sources, unknown},
};
use crate::{mix, notes::listed, plan::tidy, postcss, reading::Reading, webpack};

pub(super) mod right_to_left; // stylesheets for pages that are read from right to left

/// Steps that make stylesheets.
const OF_STYLES: [&str; 11] = [
    "sass",
    "less",
    "stylus",
    "cssnano",
    "clean-css",
    "cleancss",
    "minify-css",
    "postcss",
    "autoprefixer",
    "cssmin",
    "csso",
];

/// Steps that are for scripts.
const OF_SCRIPTS: [&str; 10] = [
    "uglify",
    "terser",
    "babel",
    "coffee",
    "jshint",
    "eslint",
    "typescript",
    "webpack",
    "rollup",
    "esbuild",
];

/// Steps that make catalogues of texts to translate, which no page loads.
const OF_TRANSLATIONS: [&str; 2] = ["wp-pot", "wppot"];

/// The steps of a chain, and the folder that it writes to.
struct Chain<'s> {
    steps: &'s [Step],
    to: &'s str,
    place: ScriptLocation,
}

/// Adds the outputs of a chain that writes to the folder `to`.
pub(super) fn read(reading: &mut Reading<'_>, steps: &[Step], to: &str, place: ScriptLocation) {
    let chain = Chain { steps, to, place };
    if chain.has_one_of(&OF_TRANSLATIONS) {
        return;
    }
    note_steps(reading, steps, place);
    let stream_of_rollup = || chain.find("rollup").filter(|_| source_step(steps).is_none());
    if let Some(bundler) = chain.find("browserify").or_else(stream_of_rollup) {
        return chain.bundle(reading, bundler);
    }
    let stream = chain.find("webpack-stream").map(|step| step.arguments.first().cloned());
    let stream = stream.map(Option::unwrap_or_default);
    if let Some(config) = stream.as_ref().filter(|config| !config.get("entry").is_missing()) {
        let config = chain.with_names(reading, config);
        return webpack::of_stream(reading, &config, to);
    }
    let mut sources = sources(reading, steps);
    if sources.is_empty() {
        return reading.note(place, "an output of unknown sources", "add it to \"areas\"");
    }
    filters::apply(reading, steps, &mut sources, place);
    if sources.is_empty() {
        return;
    }
    if let Some(config) = stream {
        let is_named = chain.find("vinyl-named").is_some();
        let config = with_entries(reading, &config, &sources, is_named);
        let config = chain.with_names(reading, &config);
        return webpack::of_stream(reading, &config, to);
    }
    let is_joined = chain.find("concat").is_some();
    let are = |extension: &str| match sources.first() {
        Some(first) if is_joined => Utf8Path::new(&first.path).extension() == Some(extension),
        _ => are_all(&sources, extension),
    };
    let is_style = chain.has_one_of(&OF_STYLES) || are("css");
    let is_script = chain.has_one_of(&OF_SCRIPTS) || are("js");
    if is_style {
        webpack::rebase_urls(reading, "gulp's compilers of stylesheets");
    }
    chain.options(reading);
    if is_style || is_script {
        let extension = if is_style { "css" } else { "js" };
        chain.outputs(reading, &sources, extension);
    } else if let Some(name) = chain.find("concat").and_then(text) {
        let what = format!("{}, which gulp-concat writes", tidy(&format!("{to}/{name}")));
        reading.note(place, what, "run this task before the build, if you need it");
    } else if steps.iter().all(|step| unknown(step).is_none()) {
        // The output of an unknown step is not a copy.
        copies::read(reading, &sources, steps, to, place);
    }
}

/// Whether a chain writes the second form of stylesheets, for pages that are read from right to
/// left.
pub(super) fn is_flipping(steps: &[Step]) -> bool {
    steps.iter().any(|step| step.name.contains("rtlcss"))
}

/// Whether files are all of one kind, and neither minified nor of a package: others are copied.
fn are_all(sources: &[Source], extension: &str) -> bool {
    let is_plain = |Source { path, .. }: &Source| {
        Utf8Path::new(path).extension() == Some(extension)
            && !path.contains("node_modules/")
            && !path.ends_with(&format!(".min.{extension}"))
    };
    sources.iter().all(is_plain)
}

/// Returns the text in the first argument of a step.
fn text(step: &Step) -> Option<String> {
    let value = step.arguments.first()?;
    let keys = ["basename", "path"].iter().find_map(|key| value.get(key).as_text());
    value.as_text().or(keys)
}

impl<'s> Chain<'s> {
    fn find(&self, part: &str) -> Option<&'s Step> {
        self.steps.iter().find(|step| step.name.contains(part))
    }

    fn has_one_of(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.find(part).is_some())
    }

    /// Returns the steps that may give names: those before a concatenation do not.
    fn naming(&self) -> &'s [Step] {
        let joined = self.steps.iter().rposition(|step| step.name.contains("concat"));
        &self.steps[joined.unwrap_or(0)..]
    }

    /// Returns the path of an output that has this one before other steps rename it.
    fn output(&self, reading: &mut Reading<'_>, path: &str, extension: &str) -> String {
        let path = renamed::through(reading, self.naming(), path, self.place);
        let written = tidy(&format!("{}/{path}", self.to));
        let output = with_extension(&written, extension);
        if Utf8Path::new(&written).extension().is_some_and(|one| one != extension) {
            let what = format!("the output {written}, whose name ends in .{extension} here");
            reading.note(self.place, what, "rename it after the build, or mend its tag in views");
        }
        output
    }

    /// Returns a configuration of webpack-stream with the names that later steps give its scripts.
    fn with_names(&self, reading: &mut Reading<'_>, config: &Value) -> Value {
        if !renamed::are_some(self.steps) {
            return config.clone();
        }
        let name = config.get("output").get("filename");
        let name = if name.is_missing() { Value::text("[name].js") } else { name };
        let Some(name) = name.as_text() else {
            let remedy = "mend the names of the outputs in \"areas\"";
            reading.note(self.place, "names of scripts of webpack that are renamed", remedy);
            return config.clone();
        };
        let name = renamed::through(reading, self.steps, &name, self.place);
        let field = |value: Value| Field { value, ..Field::default() };
        let mut output = config.get("output").fields();
        output.insert("filename".to_owned(), field(Value::text(name)));
        let mut fields = config.fields();
        fields.insert("output".to_owned(), field(Value::object(output)));
        Value::object(fields)
    }

    /// Adds the outputs of browserify or rollup for its own entries.
    fn bundle(&self, reading: &mut Reading<'_>, bundler: &Step) {
        let first = bundler.arguments.first().cloned().unwrap_or_default();
        let folder = reading.path_of(&first.get("basedir")).unwrap_or_default();
        let keys = ["entries", "input", "entry"].iter().map(|key| first.get(key));
        let entries = if let Value::Object(_) = first {
            keys.into_iter().find(|value| !value.is_missing()).unwrap_or_default()
        } else {
            first
        };
        let entries = reading.paths_of(&entries).into_iter();
        let entries: Vec<String> = entries.map(|path| tidy(&format!("{folder}/{path}"))).collect();
        let Some(first) = entries.first() else {
            let what = "a bundle of unknown entries";
            return reading.note(self.place, what, "add them to \"areas\"");
        };
        let name = self.find("source-stream").and_then(text);
        let name = name.unwrap_or_else(|| file_name(first).to_owned());
        let name = renamed::through(reading, self.steps, file_name(&name), self.place);
        for entry in entries {
            webpack::add(reading, &format!("{}/{name}", self.to), &entry);
        }
    }

    /// Reads the options of compilers of stylesheets.
    fn options(&self, reading: &mut Reading<'_>) {
        if let Some(less) = self.find("less") {
            webpack::less_of_task(reading, less.arguments.first().unwrap_or(&Value::Undefined));
        }
        if let Some(plugins) = self.find("postcss").and_then(|step| step.arguments.first()) {
            postcss::with_plugins_of(reading, &plugins.elements(), self.place);
        }
        if let Some(options) = self.find("sass").and_then(|step| step.arguments.first()) {
            webpack::sass(reading, options);
        }
    }

    /// Adds an output for each source, or one for all of them that are joined.
    fn outputs(&self, reading: &mut Reading<'_>, sources: &[Source], extension: &str) {
        let based = based(reading, sources);
        if based.is_empty() {
            let what = format!("an output of {}, which finds no file", names_of(sources));
            return reading.note(self.place, what, "add it to \"areas\" if you need it");
        }
        // `gulp.src("js/app.js").pipe(rollup(…))`: each file is an entry.
        let bundler = self.find("rollup").or_else(|| self.find("esbuild"));
        let bundler = bundler.filter(|_| extension == "js");
        let is_joined = self.find("concat").is_some();
        let own = bundler.and_then(named_by_bundler);
        let own = own.or_else(|| self.find("concat").and_then(text));
        let of_rename = || self.find("rename")?.arguments.first()?.as_text();
        let add = |reading: &mut Reading<'_>, output: &str, file: &str| match bundler {
            Some(bundler) => {
                webpack::add(reading, output, file);
                reading.plan.output(output).global_name = global_of(bundler);
            }
            None => mix::add_joined(reading, output, file),
        };
        if let (Some(name), true) = (own.clone().or_else(of_rename), based.len() > 1 || is_joined) {
            let output = self.output(reading, &with_extension(&name, extension), extension);
            return based.iter().for_each(|(_, file)| add(reading, &output, file));
        }
        let mut named = Vec::new();
        // Stylesheets that a linter mends, for example.
        let mut in_place = Vec::new();
        for (folder, file) in based {
            let path = Utf8Path::new(&file);
            if path.file_name().is_some_and(|name| name.starts_with('_')) {
                continue;
            }
            let inner = inner_folder(&file, &folder);
            let stem = own.as_deref().or(path.file_stem()).unwrap_or_default();
            let name = format!("{inner}/{}", with_extension(stem, extension));
            let output = self.output(reading, &tidy(&name), extension);
            if output == file {
                in_place.push(file);
            } else {
                named.push((output, file));
            }
        }
        for (output, file) in renamed::last_of_each(reading, named, self.place) {
            add(reading, &output, &file);
        }
        if !in_place.is_empty() {
            let files: Vec<&str> = in_place.iter().map(String::as_str).collect();
            let what = format!("changes in place of {}", listed(&files));
            reading.note(self.place, what, "run this task before the build, if you need it");
        }
    }
}

/// Returns the files that the sources mean, each with the folder to which its path is relative.
fn based(reading: &Reading<'_>, sources: &[Source]) -> Vec<(String, String)> {
    let of_source = |source: &Source| {
        let files = source.files(reading).into_iter();
        files.map(|file| (source.base.clone(), file)).collect::<Vec<_>>()
    };
    sources.iter().flat_map(of_source).collect()
}

/// Returns a configuration of webpack-stream with the files of `gulp.src` as entries. `is_named`:
/// vinyl-named gives each its own name.
fn with_entries(
    reading: &Reading<'_>,
    config: &Value,
    sources: &[Source],
    is_named: bool,
) -> Value {
    let paths = sources.iter().flat_map(|source| source.files(reading));
    let paths: Vec<String> = paths.map(|path| format!("./{path}")).collect();
    let field = |value: Value| Field { value, ..Field::default() };
    let named = |path: &String| {
        let stem = Utf8Path::new(path).file_stem().unwrap_or_default();
        (stem.to_owned(), field(Value::text(path)))
    };
    let mut fields = config.fields();
    let entry = if is_named {
        Value::object(paths.iter().map(named).collect())
    } else {
        Value::list(paths.iter().map(Value::text).collect())
    };
    fields.insert("entry".to_owned(), field(entry));
    Value::object(fields)
}

/// Returns the file name in the options of rollup or esbuild.
fn named_by_bundler(step: &Step) -> Option<String> {
    let keys = ["file", "outfile"];
    let name = step
        .arguments
        .iter()
        .find_map(|options| keys.iter().find_map(|key| options.get(key).as_text()))?;
    Some(file_name(&name).to_owned())
}

/// Returns the page global in the options of rollup or esbuild.
fn global_of(step: &Step) -> Option<String> {
    let keys = ["name", "globalName"];
    step.arguments.iter().find_map(|options| keys.iter().find_map(|key| options.get(key).as_text()))
}

/// Returns the folder of a file below another folder; empty without one.
fn inner_folder(file: &str, folder: &str) -> String {
    let path = file.strip_prefix(folder).unwrap_or(file).trim_start_matches('/');
    Utf8Path::new(path).parent().map(ToString::to_string).unwrap_or_default()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn with_extension(name: &str, extension: &str) -> String {
    let stem = name.strip_suffix(".js").or_else(|| name.strip_suffix(".css")).unwrap_or(name);
    format!("{stem}.{extension}")
}
