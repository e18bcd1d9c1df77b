//! Calls that write stylesheets: Tailwind's, PostCSS's and Less's.

use bundle_js::static_evaluation::Value;
use camino::Utf8Path;

use super::{
    super::{facts::ProjectFacts, plan::Plan, postcss, reading::path_below, webpack},
    call::{Call, Words},
    outputs::{add_style, sources},
};

/// Variables that change no stylesheet, or only as the mode does.
const USUAL: [&str; 6] =
    ["NODE_ENV", "NODE_OPTIONS", "BABEL_ENV", "TAILWIND_MODE", "FORCE_COLOR", "CI"];
/// The names of Tailwind's configuration that it finds itself.
const OF_TAILWIND: [&str; 4] =
    ["tailwind.config.js", "tailwind.config.cjs", "tailwind.config.mjs", "tailwind.config.ts"];

/// Adds `tailwindcss -i IN -o OUT -c CONFIG`; in versions 1 and 2, `tailwindcss build IN -o OUT`.
pub(super) fn tailwind(facts: &ProjectFacts, plan: &mut Plan, call: &Call<'_>, script: &str) {
    let with_value =
        ["-i", "--input", "-o", "--output", "-c", "--config", "--cwd", "--content", "--purge"];
    let words = Words::of(call.words, &with_value);
    let Some(to) = words.path(facts, &["-o", "--output"]) else { return };
    let is_special = |variable: &&&str| {
        let name = variable.split('=').next().unwrap_or_default();
        !USUAL.contains(&name)
    };
    if let Some(variable) = call.variables.iter().find(is_special) {
        let what = format!("{to}, which the script {script} makes with {variable}");
        let remedy = "a build has one value for all: write a second configuration, and build it \
                      with the variable and --config";
        return plan.note("package.json", what, remedy);
    }
    let old = words.paths.strip_prefix(&["build".to_owned()]).and_then(|rest| rest.first());
    let old = old.map(|path| path_below(facts, "", path));
    let Some(from) = words.path(facts, &["-i", "--input"]).or(old) else {
        let what = format!("{to}, which has Tailwind's own styles only");
        return plan.note("package.json", what, "write a stylesheet that imports them, and add it");
    };
    if !facts.is_file(&from) {
        return;
    }
    add_style(facts, plan, &to, &from);
    if words.has(&["--content", "--purge"]) {
        let what = format!("--content of the script {script}");
        plan.note("package.json", what, "write it into the configuration of Tailwind");
    }
    let config = words.path(facts, &["-c", "--config"]);
    let is_own = |path: &String| facts.is_file(path) && !OF_TAILWIND.contains(&path.as_str());
    postcss::for_tailwind(facts, plan, config.filter(is_own).as_deref());
}

/// Adds `postcss IN -o OUT` and `postcss IN… -d FOLDER`, and the plugins of `--use`.
pub(super) fn postcss(facts: &ProjectFacts, plan: &mut Plan, words: &[String], script: &str) {
    let with_value = [
        "-o",
        "--output",
        "-d",
        "--dir",
        "-b",
        "--base",
        "--config",
        "--ext",
        "--env",
        "--parser",
        "--syntax",
        "--stringifier",
    ];
    let (words, plugins) = without_plugins(words);
    let words = Words::of(&words, &with_value);
    let to = words.path(facts, &["-o", "--output"]);
    let folder = words.path(facts, &["-d", "--dir"]);
    let base = words.path(facts, &["-b", "--base"]);
    let ending = words.value(&["--ext"]).unwrap_or_else(|| "css".to_owned());
    let ending = ending.trim_start_matches('.').to_owned();
    // `-r` writes into the source, which another command makes.
    let mut has_outputs = words.has(&["-r", "--replace"]);
    let found = sources(facts, &words.local(facts), "css", to.as_deref().unwrap_or_default());
    for source in found {
        let inner = base.as_ref().and_then(|base| source.strip_prefix(&format!("{base}/")));
        let inner = Utf8Path::new(inner.or_else(|| source.rsplit('/').next()).unwrap_or(&source));
        let output = match (&to, &folder) {
            (Some(to), _) => to.clone(),
            (None, Some(folder)) => format!("{folder}/{}", inner.with_extension(&ending)),
            (None, None) => continue,
        };
        if output == source {
            has_outputs = true;
        } else if output.ends_with(".css") {
            add_style(facts, plan, &output, &source);
            has_outputs = true;
        }
    }
    if has_outputs && !plugins.is_empty() {
        postcss::with_plugins(facts, plan, &plugins);
    }
    if has_outputs && words.has(&["--config"]) {
        let config = words.path(facts, &["--config"]).unwrap_or_default();
        if !postcss::name_file(facts, plan, &config) {
            let what = format!("--config of the script {script}");
            plan.note("package.json", what, "name its postcss.config.js in \"postcss\"");
        }
    }
}

/// Returns the words without `--use A B`, and these plugins.
fn without_plugins(words: &[String]) -> (Vec<String>, Vec<Value>) {
    let (mut rest, mut plugins) = (Vec::new(), Vec::new());
    let mut is_plugin = false;
    for word in words {
        if word.starts_with('-') {
            is_plugin = ["-u", "--use"].contains(&word.as_str());
            if is_plugin {
                continue;
            }
        }
        if is_plugin {
            plugins.push(Value::text(word.as_str()));
        } else {
            rest.push(word.clone());
        }
    }
    (rest, plugins)
}

/// Adds `lessc IN OUT`, with the options that its command needs.
pub(super) fn less(facts: &ProjectFacts, plan: &mut Plan, words: &[String]) {
    let words = Words::of(words, &[]);
    let mut paths = words.local(facts);
    paths.extend(words.path(facts, &[">"]));
    let [from, to] = paths.as_slice() else { return };
    if !facts.is_file(from) {
        return;
    }
    let urls = words.value(&["--rewrite-urls", "-ru"]);
    let is_all = words.has(&["--rewrite-urls", "-ru", "--relative-urls"]);
    webpack::compile_less(facts, plan, urls.as_deref().or_else(|| is_all.then_some("all")));
    add_style(facts, plan, to, from);
    let kept = ["--include-path", "--global-var", "--modify-var", "--math", "--js"];
    for (option, value) in words.options.iter().filter(|(name, _)| kept.contains(&name.as_str())) {
        let text =
            value.as_ref().map_or_else(|| option.clone(), |value| format!("{option}={value}"));
        webpack::add_option_of_less(plan, &text);
    }
}
