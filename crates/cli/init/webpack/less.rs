//! The command that compiles Less.

use bundle_js::evaluate::Value;
use serde_json::Value as Json;

use super::super::{facts::Facts, plan::Plan, reading::Reading};

/// Sets the command for Less by the installed version.
pub fn less(reading: &mut Reading<'_>) {
    // `lessc -` leaves addresses as written in partials; less-loader does not.
    compile(reading.facts, &mut reading.plan, Some("all"));
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
pub fn compile(facts: &Facts, plan: &mut Plan, rewritten: Option<&str>) {
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
