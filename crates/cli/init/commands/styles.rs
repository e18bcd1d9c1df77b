//! Calls that write stylesheets: Tailwind's, PostCSS's and Less's.

use bundle_base::config::matching;
use camino::Utf8Path;

use super::{
    super::{
        facts::Facts,
        plan::{Plan, tidy},
        postcss, webpack,
    },
    call::{Call, Words},
    outputs::add_style,
};

/// Adds `tailwindcss -i IN -o OUT -c CONFIG`.
pub(super) fn tailwind(facts: &Facts, plan: &mut Plan, call: &Call<'_>, script: &str) {
    let with_value = ["-i", "--input", "-o", "--output", "-c", "--config", "--cwd"];
    let words = Words::of(call.words, &with_value);
    let Some(to) = words.value(&["-o", "--output"]).map(|path| tidy(&path)) else { return };
    // The variables that Tailwind reads itself.
    let is_usual = |variable: &&&str| {
        !["NODE_ENV=", "TAILWIND_MODE="].iter().any(|name| variable.starts_with(name))
    };
    if let Some(variable) = call.variables.iter().find(is_usual) {
        let what = format!("{to}, which the script {script} makes with {variable}");
        let remedy = "a build has one value for all: write a second configuration, and build it \
                      with the variable and --config";
        return plan.note("package.json", what, remedy);
    }
    let Some(from) = words.value(&["-i", "--input"]).map(|path| tidy(&path)) else {
        let what = format!("{to}, which has Tailwind's own styles only");
        return plan.note("package.json", what, "write a stylesheet that imports them, and add it");
    };
    if !facts.is_file(&from) {
        return;
    }
    add_style(plan, &to, &from);
    let config = words.value(&["-c", "--config"]).map(|path| tidy(&path));
    let config = config.filter(|path| facts.is_file(path) && !path.starts_with("tailwind.config."));
    postcss::for_tailwind(facts, plan, config.as_deref());
}

/// Adds `postcss IN -o OUT` and `postcss IN… -d FOLDER`.
pub(super) fn postcss(facts: &Facts, plan: &mut Plan, words: &[String]) {
    let with_value = [
        "-o",
        "--output",
        "-d",
        "--dir",
        "-b",
        "--base",
        "-u",
        "--use",
        "-c",
        "--config",
        "--ext",
        "--env",
        "--parser",
        "--syntax",
        "--stringifier",
    ];
    let words = Words::of(words, &with_value);
    let [to, folder, base] = [&["-o", "--output"], &["-d", "--dir"], &["-b", "--base"]]
        .map(|names| words.value(names).map(|path| tidy(&path)));
    for path in &words.paths {
        let found = if facts.is_file(path) {
            vec![path.clone()]
        } else {
            let pattern =
                if path.contains('*') { path.clone() } else { format!("{path}/**/*.css") };
            let found = matching(&*facts.fs, &facts.project, &pattern);
            found.iter().map(|path| facts.below(path).to_string()).collect()
        };
        for source in found {
            let inner = base.as_ref().and_then(|base| source.strip_prefix(&format!("{base}/")));
            let name = Utf8Path::new(&source).file_name().unwrap_or_default();
            let output = match (&to, &folder) {
                (Some(to), _) => to.clone(),
                (None, Some(folder)) => format!("{folder}/{}", inner.unwrap_or(name)),
                // `-r` writes into the source.
                (None, None) => continue,
            };
            let output = Utf8Path::new(&output).with_extension("css").into_string();
            // Several tools may work on one file, one after the other.
            if output != source {
                add_style(plan, &output, &source);
            }
        }
    }
}

/// Adds `lessc IN OUT`.
pub(super) fn less(facts: &Facts, plan: &mut Plan, words: &[String]) {
    let words = Words::of(words, &[]);
    if let [from, to] = words.paths.as_slice()
        && facts.is_file(from)
    {
        add_style(plan, to, from);
        let urls = words.value(&["--rewrite-urls", "-ru"]);
        webpack::compile_less(facts, plan, urls.as_deref());
    }
}
