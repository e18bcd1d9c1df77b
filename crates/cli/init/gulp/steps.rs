//! The steps of a chain: `gulp.src("a.scss").pipe(sass()).pipe(gulp.dest("public"))`.

use std::rc::Rc;

use bundle_js::static_evaluation::{ScriptLocation, Symbol, Value};

use crate::init::{
    plan::tidy,
    reading::{Reading, call_of},
};

/// One step of a chain: the name of the plugin, and its arguments.
pub(super) struct Step {
    /// The plugin and the functions of it that are called, in lower case.
    pub name: String,
    /// The arguments of the call.
    pub arguments: Vec<Value>,
}

/// Returns the steps of a chain from its source on.
pub(super) fn steps(call: &Symbol) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = Some(call);
    while let Some(call) = at {
        let (name, arguments) = call_of(call);
        if name == "pipe" {
            if let Some(step) = arguments.first().and_then(Value::as_symbol) {
                // `sass(…).on("error", …)`
                let is_handler = call_of(step).0 == "on";
                let step = step.receiver().filter(|_| is_handler).unwrap_or(step);
                let (_, arguments) = call_of(step);
                // `$.sourcemaps.init()`
                let name = format!("{} {}", step.root(), step.path().join(" ")).to_lowercase();
                steps.push(Step { name, arguments: arguments.to_vec() });
            }
        } else if call.call().is_some() {
            let root = call.root();
            let path = call.path().join(" ");
            steps.push(Step {
                name: format!("{root} {path}").to_lowercase(),
                arguments: arguments.to_vec(),
            });
        }
        at = call.receiver().map(Rc::as_ref);
    }
    steps.reverse();
    steps
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
pub(super) fn sources(reading: &Reading<'_>, steps: &[Step]) -> Vec<String> {
    let source = source_step(steps).and_then(|step| step.arguments.first().cloned());
    let paths = reading.paths_of(&source.unwrap_or_default());
    let paths = paths.into_iter().map(|path| plain(&tidy(&path)));
    paths.filter(|path| !path.contains("node_modules/**")).collect()
}

/// Returns `gulp.src(…)`.
pub(super) fn source_step(steps: &[Step]) -> Option<&Step> {
    steps.iter().find(|step| step.name.ends_with(" src") || step.name == "src")
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
