//! The command that compiles Less.

use bundle_js::static_evaluation::Value;
use serde_json::{Value as Json, json};

use super::super::{
    facts::ProjectFacts,
    plan::{Plan, to_json},
    reading::Reading,
};

/// Sets the command for Less by the options of less-loader: `{ lessOptions: { paths, … } }`, or
/// those of Less itself, as Vite and less-loader before version 6 have them.
pub fn of_loader(reading: &mut Reading<'_>, loader: &Value) {
    let inner = loader.get("lessOptions");
    let options = if inner.is_missing() { loader } else { &inner };
    let keeps = |key: &str| match options.get(key) {
        Value::Boolean(is_on) => !is_on,
        value => value.as_text().is_some_and(|word| word == "off"),
    };
    let urls = (!keeps("relativeUrls") && !keeps("rewriteUrls")).then_some("all");
    compile(reading.facts, &mut reading.plan, urls);
    let mut more = Vec::new();
    let paths = reading.paths_of(&options.get("paths"));
    if !paths.is_empty() {
        more.push(format!("--include-path={}", paths.join(":")));
    }
    if let Some(math) = options.get("math").as_text() {
        more.push(format!("--math={math}"));
    }
    for (kind, flag) in [("modifyVars", "modify-var"), ("globalVars", "global-var")] {
        for (name, field) in options.get(kind).fields() {
            let value = to_json(&field.value)
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            more.extend(value.map(|value| format!("--{flag}={name}={value}")));
        }
    }
    if let Some(field) = loader.fields().get("additionalData") {
        let remedy = "import a file with these lines in the stylesheets that need them";
        reading.note(field.place, "lines that begin every stylesheet of Less", remedy);
    }
    // Several rules and calls share one command.
    let mut words = match &reading.plan.keys["preprocess"]["less"] {
        Json::String(command) => command.split(' ').map(str::to_owned).collect(),
        known => texts_of(known),
    };
    more.retain(|option| !words.contains(option));
    if !more.is_empty() {
        words.pop();
        words.extend(more);
        words.push("-".to_owned());
        reading.plan.keys["preprocess"]["less"] = json!(words);
    }
}

fn texts_of(list: &Json) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
}

/// Compiles Less as tasks of Grunt and gulp do, which leave addresses as written unless their
/// options ask for more.
pub fn of_task(reading: &mut Reading<'_>, options: &Value) {
    let (rewritten, is_relative) = (options.get("rewriteUrls"), options.get("relativeUrls"));
    let is_all = [&rewritten, &is_relative].iter().any(|one| matches!(one, Value::Boolean(true)));
    let word = rewritten.as_text().filter(|word| word != "off");
    let rewritten = if is_all { Some("all") } else { word.as_deref() };
    compile(reading.facts, &mut reading.plan, rewritten);
}

/// Sets the command of Less. `rewritten`: which addresses of partials it rewrites.
pub fn compile(facts: &ProjectFacts, plan: &mut Plan, rewritten: Option<&str>) {
    let is_old = facts.major("less").is_some_and(|major| major < 3);
    let map = if is_old { "--source-map-map-inline" } else { "--source-map-inline" };
    let urls = match rewritten {
        Some(_) if is_old => " --relative-urls".to_owned(),
        Some(word) => format!(" --rewrite-urls={word}"),
        None => String::new(),
    };
    let scripts = if is_old { "" } else { " --js" };
    plan.put("preprocess", "less", format!("lessc {map}{urls}{scripts} -"));
}

/// Adds an option to the command of Less.
pub fn add_option(plan: &mut Plan, option: &str) {
    let known = plan.keys.get_mut("preprocess").and_then(|all| all.get_mut("less"));
    if let Some(Json::String(command)) = known
        && let Some(start) = command.strip_suffix(" -").filter(|start| !start.contains(option))
    {
        *command = format!("{start} {option} -");
    }
}
