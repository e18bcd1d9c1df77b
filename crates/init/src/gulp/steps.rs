//! The steps of a chain: `gulp.src("a.scss").pipe(sass()).pipe(gulp.dest("public"))`.

use std::rc::Rc;

use bundle_js::static_evaluation::{ScriptLocation, Symbol, Value};

use crate::{
    plan::tidy,
    reading::{Reading, call_of},
    webpack,
};

/// One step of a chain: the name of the plugin, and its arguments.
#[derive(Clone)]
pub(super) struct Step {
    /// The plugin and the functions of it that are called, in lower case.
    pub name: String,
    /// The arguments of the call.
    pub arguments: Vec<Value>,
}

impl Step {
    /// Returns the step that a call makes: `$.sourcemaps.init()`.
    pub(super) fn of(symbol: &Symbol) -> Self {
        let name = format!("{} {}", symbol.root(), symbol.path().join(" ")).to_lowercase();
        Self { name, arguments: call_of(symbol).1.to_vec() }
    }

    /// Whether it is `gulpif(condition, step, other)`.
    pub(super) fn is_condition(&self) -> bool {
        ["gulp-if", "gulpif", "load-plugins if"].iter().any(|name| self.name.contains(name))
    }

    /// Returns the condition's value. `None`: it is not known, or it is one about files.
    pub(super) fn condition(&self) -> Option<bool> {
        let is_known =
            |value: &&Value| matches!(value, Value::Boolean(_) | Value::Undefined | Value::Null);
        self.arguments.first().filter(is_known)?.is_true()
    }

    /// Returns the steps that a condition may choose.
    pub(super) fn branches(&self) -> Vec<Self> {
        let chosen = match self.condition() {
            Some(true) => 1..2,
            Some(false) => 2..3,
            None => 1..3,
        };
        let calls = chosen.filter_map(|at| self.arguments.get(at)?.as_symbol());
        calls.map(|call| Self::of(call)).collect()
    }

    /// Stands for a stream that is joined with others, and whose files are not known.
    pub(super) fn unknown_part() -> Self {
        Self { name: UNKNOWN_PART.to_owned(), arguments: Vec::new() }
    }
}

const UNKNOWN_PART: &str = "(unknown part)";

/// Files that a chain begins with.
pub(super) struct Source {
    /// A path or a glob, relative to the project.
    pub path: String,
    /// The folder below which files keep their folders.
    pub base: String,
    /// The patterns of the same call, of which those with `!` leave out files.
    patterns: Rc<[String]>,
}

impl Source {
    /// Returns the files.
    pub(super) fn files(&self, reading: &Reading<'_>) -> Vec<String> {
        let left_out = reading.left_out(&self.patterns);
        let mut files = reading.expanded(&self.path);
        files.retain(|file| !left_out.contains(file));
        files
    }

    /// Leaves out further files.
    pub(super) fn leave_out(&mut self, globs: &[String]) {
        let more = globs.iter().map(|glob| format!("!{glob}"));
        self.patterns = self.patterns.iter().cloned().chain(more).collect();
    }

    /// Returns the patterns that leave out files, without their `!`.
    pub(super) fn without(&self) -> Vec<String> {
        self.patterns.iter().filter_map(|one| Some(tidy(one.strip_prefix('!')?))).collect()
    }
}

/// Returns the paths of sources as text.
pub(super) fn names_of(sources: &[Source]) -> String {
    sources.iter().map(|source| source.path.as_str()).collect::<Vec<_>>().join(", ")
}

/// Parts of the names of steps that are read, or that need no key.
const KNOWN: [&str; 78] = [
    "autoprefixer",
    "babel",
    "browser-sync",
    "browserify",
    "browsersync",
    "buffer",
    "bytediff",
    "cache",
    "changed",
    "chmod",
    "clean",
    "cleancss",
    "coffee",
    "concat",
    "connect",
    "cssmin",
    "cssnano",
    "csso",
    "debug",
    "dest",
    "esbuild",
    "eslint",
    "expect-file",
    "filelog",
    "filesize",
    "filter",
    "flatten",
    "gulp-eol",
    "gulp-if",
    "gulp-ignore",
    "gulp-order",
    "gulp-print",
    "gulp-sort",
    "gulp-util",
    "gulpif",
    "imagemin",
    "jscs",
    "jshint",
    "less",
    "line-ending",
    "lineending",
    "lint",
    "livereload",
    "load-plugins eol",
    "load-plugins if",
    "load-plugins order",
    "load-plugins sort",
    "load-plugins util",
    "log",
    "map",
    "minif",
    "minify-css",
    "modernizr",
    "newer",
    "noop",
    "notify",
    "plumber",
    "postcss",
    "prettier",
    "reload",
    "remember",
    "rename",
    "rollup",
    "rtlcss",
    "sass",
    "size",
    "source-stream",
    "sourcemap",
    "src",
    "stream",
    "stylus",
    "terser",
    "typescript",
    "uglify",
    "using",
    "vinyl",
    "watch",
    "webpack",
];

/// Notes steps that change files in a way that is not read.
pub(super) fn note_steps(reading: &mut Reading<'_>, steps: &[Step], place: ScriptLocation) {
    if steps.iter().any(|step| step.name == UNKNOWN_PART) {
        let what = "a part of a concatenation that only running the script would give";
        reading.note(place, what, "add it to the output's entry");
    }
    for step in steps.iter().filter_map(unknown) {
        let what = format!("the step {step}");
        reading.note(place, what, "find out whether you need what it does");
    }
}

/// Returns the package of a step that is not read.
pub(super) fn unknown(Step { name, .. }: &Step) -> Option<String> {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    // A package that loads plugins, or the name of a function.
    let shown = match words.as_slice() {
        ["gulp-load-plugins", plugin, ..] => format!("gulp-{plugin}"),
        [package, ..] => (*package).to_owned(),
        [] => return None,
    };
    let is_known = KNOWN.iter().any(|known| name.contains(known));
    (!is_known && shown.starts_with("gulp-")).then_some(shown)
}

/// Returns the files and globs that a chain begins with.
pub(super) fn sources(reading: &Reading<'_>, steps: &[Step]) -> Vec<Source> {
    let mut sources = Vec::new();
    for step in steps.iter().filter(|step| is_source(step)) {
        let argument = |at: usize| step.arguments.get(at).cloned().unwrap_or_default();
        let written = reading.paths_of(&argument(0)).into_iter().map(|path| tidy(&path));
        let written: Vec<String> =
            written.filter(|path| !path.contains("node_modules/**")).collect();
        let patterns: Rc<[String]> = written.iter().map(|path| plain(path)).collect();
        let base = reading.path_of(&argument(1).get("base"));
        for (written, path) in written.iter().zip(patterns.iter()) {
            if path.starts_with('!') {
                continue;
            }
            // A character in brackets makes a glob, too.
            let before_brackets = written.split('[').next().unwrap_or_default();
            let base = base.clone().unwrap_or_else(|| webpack::fixed_folders(before_brackets));
            sources.push(Source { path: path.clone(), base, patterns: Rc::clone(&patterns) });
        }
    }
    sources
}

/// Returns the steps with only the sources that have this folder as their base.
pub(super) fn restricted(reading: &Reading<'_>, steps: &[Step], base: &str) -> Vec<Step> {
    let mut steps = steps.to_vec();
    for step in steps.iter_mut().filter(|step| is_source(step)) {
        let Some(first) = step.arguments.first().cloned() else { continue };
        let own = |glob: &String| {
            let mut step = step.clone();
            step.arguments[0] = Value::text(glob.as_str());
            glob.starts_with('!')
                || sources(reading, &[step]).iter().all(|source| source.base == base)
        };
        let globs = reading.paths_of(&first).into_iter().filter(own).map(Value::text).collect();
        step.arguments[0] = Value::list(globs);
    }
    steps
}

/// Returns `gulp.src(…)`.
pub(super) fn source_step(steps: &[Step]) -> Option<&Step> {
    steps.iter().find(|step| is_source(step))
}

fn is_source(step: &Step) -> bool {
    step.name.ends_with(" src") || step.name == "src"
}

/// Writes `[f]onts/@(a|b).js`, a glob of gulp, as `fonts/{a,b}.js`.
fn plain(glob: &str) -> String {
    let mut plain = String::new();
    let mut rest = glob;
    while let Some(at) = rest.find(['[', '@']) {
        plain.push_str(&rest[..at]);
        let special = &rest[at..];
        let mut characters = special.chars().skip(1);
        let one = characters.next().filter(|_| characters.next() == Some(']'));
        let list = special.strip_prefix("@(").and_then(|list| list.split_once(')'));
        rest = match (one, list) {
            (Some(one), _) if special.starts_with('[') => {
                plain.push(one);
                &special[one.len_utf8() + 2..]
            }
            (_, Some((list, rest))) => {
                plain.extend(["{", &list.replace('|', ","), "}"]);
                rest
            }
            (_, None) => {
                plain.push_str(&special[..1]);
                &special[1..]
            }
        };
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn globs_of_gulp() {
        assert_eq!(plain("[f]onts/**"), "fonts/**");
        assert_eq!(plain("p/@(a|b)/*.js"), "p/{a,b}/*.js");
        assert_eq!(plain("[ab]/@team/x[.js"), "[ab]/@team/x[.js");
    }
}
