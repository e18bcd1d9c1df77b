//! Reads a gulpfile: every chain that ends in `gulp.dest` is an output. Sass, Less, concatenation,
//! browserify and copies are known by the names of the steps.

use std::rc::Rc;

use bundle_js::evaluate::{Field, Symbol, Value};
use camino::Utf8Path;

use super::{
    mix,
    plan::tidy,
    postcss,
    reading::{Reading, call_of, texts},
    webpack,
};

mod copies; // files that are copied
mod renamed; // names that a function of gulp-rename gives

/// Reads the calls of a script.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let is_elixir = reading.facts.range("laravel-elixir").is_some();
    if is_elixir {
        return elixir(reading);
    }
    chains(reading, 0);
    if reading.plan.outputs.is_empty() && reading.plan.copies.is_empty() {
        // Tasks that are only exported: `exports.styles = () => src(…)`.
        let known = reading.script.calls().len();
        reading.script.call(exports, Vec::new());
        for (_, field) in exports.fields() {
            reading.script.call(&field.value, Vec::new());
        }
        chains(reading, known);
    }
    // Views name each output, and nothing loads what two of them would share.
    if reading.plan.outputs.len() > 1 {
        reading.plan.set("splitting", false);
    }
    if reading.plan.outputs.is_empty() {
        reading.plan.note(
            "",
            "no output was recognised in the gulpfile",
            "list the entries in \"areas\"",
        );
    }
}

/// Reads the chains among the calls from the one with this index on.
fn chains(reading: &mut Reading<'_>, from: usize) {
    let calls: Vec<Rc<Symbol>> = reading.script.calls()[from..].iter().map(Rc::clone).collect();
    for call in &calls {
        let (name, arguments) = call_of(call);
        let Some(to) = arguments.first().filter(|_| name == "pipe").and_then(destination) else {
            continue;
        };
        let Some(to) = reading.path_of(&to) else {
            reading.note(call.place, "an output of unknown path", "add it to \"areas\"");
            continue;
        };
        let steps = steps(call);
        chain(reading, &steps, (&tidy(&to), call));
    }
}

/// Returns the argument of `gulp.dest(…)`.
fn destination(value: &Value) -> Option<Value> {
    let symbol = value.as_symbol()?;
    let (name, arguments) = call_of(symbol);
    (name == "dest").then(|| arguments.first().cloned()).flatten()
}

/// One step of a chain: the name of the plugin, and its arguments.
struct Step {
    name: String,
    arguments: Vec<Value>,
}

/// Returns the steps of a chain from its source on.
fn steps(call: &Symbol) -> Vec<Step> {
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
const KNOWN: [&str; 69] = [
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
    "eslint",
    "expect-file",
    "filelog",
    "filesize",
    "filter",
    "flatten",
    "gulp-if",
    "gulp-ignore",
    "gulp-order",
    "gulp-print",
    "gulp-util",
    "gulpif",
    "imagemin",
    "jscs",
    "jshint",
    "less",
    "lint",
    "livereload",
    "load-plugins if",
    "load-plugins order",
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
fn note_steps(reading: &mut Reading<'_>, steps: &[Step], call: &Symbol) {
    for step in steps.iter().filter_map(unknown) {
        let what = format!("the step {step}");
        reading.note(call.place, what, "find out whether you need what it does");
    }
}

/// Returns the package of a step that is not read.
fn unknown(Step { name, .. }: &Step) -> Option<String> {
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

/// Returns a configuration of webpack-stream with the files of `gulp.src` as entries. `is_named`:
/// vinyl-named gives each its own name. `renamed`: what a later step calls the output.
fn with_entries(
    reading: &Reading<'_>,
    config: &Value,
    (sources, is_named): (&[String], bool),
    renamed: Option<String>,
) -> Value {
    let paths = sources.iter().flat_map(|path| reading.expanded(path));
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
    if let Some(name) = renamed {
        let mut output = config.get("output").fields();
        output.insert("filename".to_owned(), field(Value::text(name)));
        fields.insert("output".to_owned(), field(Value::object(output)));
    }
    Value::object(fields)
}

fn chain(reading: &mut Reading<'_>, steps: &[Step], (to, call): (&str, &Symbol)) {
    note_steps(reading, steps, call);
    let find = |part: &str| steps.iter().find(|step| step.name.contains(part));
    let text = |step: &Step| {
        step.arguments.first().and_then(|value| {
            value
                .as_text()
                .or_else(|| value.get("basename").as_text())
                .or_else(|| value.get("path").as_text())
        })
    };
    if let Some(browserify) = find("browserify") {
        let first = browserify.arguments.first().cloned().unwrap_or_default();
        let folder = reading.path_of(&first.get("basedir")).unwrap_or_default();
        let entries = if let Value::Object(_) = first { first.get("entries") } else { first };
        let entries: Vec<String> = reading
            .paths_of(&entries)
            .iter()
            .map(|path| tidy(&format!("{folder}/{path}")))
            .collect();
        let name = find("vinyl-source-stream").and_then(text);
        let first = entries.first().cloned().unwrap_or_default();
        let name = name
            .unwrap_or_else(|| Utf8Path::new(&first).file_name().unwrap_or_default().to_owned());
        if entries.is_empty() {
            return reading.note(
                call.place,
                "browserify of unknown entries",
                "add them to \"areas\"",
            );
        }
        let rename = find("rename").and_then(|step| step.arguments.first());
        let name = renamed::of_one(reading, rename, file_name(&name));
        for entry in entries {
            webpack::add(reading, &format!("{to}/{name}"), &entry);
        }
        return;
    }
    let stream = find("webpack-stream").map(|step| step.arguments.first().cloned());
    let stream = stream.map(Option::unwrap_or_default);
    if let Some(config) = stream.as_ref().filter(|config| !config.get("entry").is_missing()) {
        return webpack::of_stream(reading, config, to);
    }
    let source_step = steps.iter().find(|step| step.name.ends_with(" src") || step.name == "src");
    let source = source_step.and_then(|step| step.arguments.first().cloned()).unwrap_or_default();
    let sources: Vec<String> = reading
        .paths_of(&source)
        .into_iter()
        .map(|path| tidy(&path))
        .filter(|path| !path.contains("node_modules/**"))
        .collect();
    let Some(first) = sources.first().cloned() else {
        return reading.note(call.place, "an output of unknown sources", "add it to \"areas\"");
    };
    if let Some(config) = stream {
        let is_named = find("vinyl-named").is_some();
        let renamed = find("rename").and_then(text);
        let config = with_entries(reading, &config, (&sources, is_named), renamed);
        return webpack::of_stream(reading, &config, to);
    }
    let concat = find("concat").and_then(text).or_else(|| find("rename").and_then(text));
    let is_style = [
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
    ]
    .iter()
    .any(|part| find(part).is_some())
        || first.ends_with(".css");
    let is_script =
        ["uglify", "terser", "babel", "coffee", "jshint", "eslint", "typescript", "webpack"]
            .iter()
            .any(|part| find(part).is_some())
            || first.ends_with(".js");
    if is_style {
        webpack::rebase_urls(reading, "gulp's compilers of stylesheets");
    }
    if let Some(less) = find("less") {
        webpack::less_of_task(reading, less.arguments.first().unwrap_or(&Value::Undefined));
    }
    if let Some(plugins) = find("postcss").and_then(|step| step.arguments.first()) {
        postcss::with_plugins(reading.facts, &mut reading.plan, &plugins.elements());
    }
    if let Some(options) = find("sass").and_then(|step| step.arguments.first()) {
        webpack::sass(reading, options);
    }
    if !is_style && !is_script {
        // What an unknown step makes of files is no copy.
        let is_plain = steps.iter().all(|step| unknown(step).is_none());
        if is_plain {
            copies::read(reading, &sources, (to, call.place));
        }
        return;
    }
    let base = source_step.and_then(|step| step.arguments.get(1)?.get("base").as_text());
    let based = sources.iter().flat_map(|source| {
        // The path below the folder before the first wildcard stays.
        let own = source.split('/').take_while(|part| !part.contains(['*', '{']));
        let before_wildcard = || {
            let folder = own.collect::<Vec<_>>().join("/");
            if folder == *source { parent(source) } else { folder }
        };
        let folder = base.as_deref().map_or_else(before_wildcard, tidy);
        reading.expanded(source).into_iter().map(move |file| (folder.clone(), file))
    });
    let left_out = reading.left_out(&sources);
    let based: Vec<(String, String)> = based.filter(|(_, file)| !left_out.contains(file)).collect();
    let files: Vec<String> = based.iter().map(|(_, file)| file.clone()).collect();
    let extension = if is_style { "css" } else { "js" };
    let rename = find("rename").and_then(|step| step.arguments.first());
    let suffix = rename.and_then(|options| options.get("suffix").as_text());
    let suffix = suffix.unwrap_or_default();
    if let (Some(name), true) = (&concat, files.len() > 1 || find("concat").is_some()) {
        let named = with_extension(name, extension);
        let stem = named.trim_end_matches(&format!(".{extension}"));
        let output = format!("{to}/{stem}{suffix}.{extension}");
        for file in files {
            mix::add_joined(reading, &output, &file);
        }
        return;
    }
    for (folder, file) in based {
        let path = Utf8Path::new(&file);
        if path.file_name().is_some_and(|name| name.starts_with('_')) {
            continue;
        }
        let inner = parent(file.strip_prefix(&folder).unwrap_or(&file).trim_start_matches('/'));
        let stem =
            concat.clone().unwrap_or_else(|| path.file_stem().unwrap_or_default().to_owned());
        let output = with_extension(&format!("{stem}{suffix}"), extension);
        let output = format!("{inner}/{output}");
        let output = renamed::path(reading, rename, &output).unwrap_or(output);
        mix::add_joined(reading, &format!("{to}/{output}"), &file);
    }
}

/// Returns the folder of a path; empty without one.
fn parent(path: &str) -> String {
    Utf8Path::new(path).parent().map(ToString::to_string).unwrap_or_default()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn with_extension(name: &str, extension: &str) -> String {
    let stem = name.strip_suffix(".js").or_else(|| name.strip_suffix(".css")).unwrap_or(name);
    format!("{stem}.{extension}")
}

/// Laravel Elixir: `elixir(mix => mix.sass("app.scss").browserify("main.js"))`.
fn elixir(reading: &mut Reading<'_>) {
    let calls: Vec<Rc<Symbol>> =
        reading.script.calls().iter().filter(|call| call.root() == "mix").map(Rc::clone).collect();
    reading.plan.out_dir = Some("public".to_owned());
    reading.plan.set("publicPath", "/");
    for call in &calls {
        let (name, arguments) = call_of(call);
        let style = |folder: &str| (format!("resources/assets/{folder}"), "public/css", "css");
        let script = |folder: &str| (format!("resources/assets/{folder}"), "public/js", "js");
        let (folder, to, extension) = match name {
            "sass" | "rubySass" => style("sass"),
            "less" => style("less"),
            "styles" => style("css"),
            "browserify" | "scripts" | "webpack" | "rollup" | "babel" => script("js"),
            "copy" => {
                let to = arguments.get(1).and_then(Value::as_text).unwrap_or_default();
                for from in arguments.first().map(|from| reading.paths_of(from)).unwrap_or_default()
                {
                    reading.plan.copy_within(&tidy(&from), &tidy(&to));
                }
                continue;
            }
            "version" => {
                reading.note(
                    call.place,
                    "mix.version(): names with versions in public/build",
                    "use \"manifest\": [\"mix\"] and the helper mix() in views",
                );
                continue;
            }
            "browserSync" | "phpUnit" | "task" | "exec" | "" | "vueify" => continue,
            name => {
                reading.note(
                    call.place,
                    format!("mix.{name}()"),
                    "find out whether you need what it does",
                );
                continue;
            }
        };
        let base = arguments.get(2).and_then(Value::as_text).unwrap_or(folder);
        let output = arguments.get(1).and_then(Value::as_text);
        let sources = arguments.first().map(texts).unwrap_or_default();
        let is_joined = ["styles", "scripts", "babel"].contains(&name);
        for source in &sources {
            let inner = if source.starts_with("./") {
                tidy(source)
            } else {
                tidy(&format!("{base}/{source}"))
            };
            let first = sources.first().map(String::as_str).unwrap_or_default();
            let stem = Utf8Path::new(if is_joined { first } else { source })
                .file_stem()
                .unwrap_or_default();
            let default = if is_joined {
                format!("{to}/all.{extension}")
            } else {
                format!("{to}/{stem}.{extension}")
            };
            let path = match &output {
                Some(path) if path.ends_with(extension) => tidy(path),
                Some(folder) => {
                    format!("{}/{stem}.{extension}", tidy(folder).trim_end_matches('/'))
                }
                None => default,
            };
            if is_joined {
                mix::add_joined(reading, &path, &inner);
            } else {
                webpack::add(reading, &path, &inner);
            }
        }
    }
    if reading.facts.major("vue") == Some(2) {
        reading.plan.put("alias", "vue$", "vue/dist/vue.common.js");
    }
}
