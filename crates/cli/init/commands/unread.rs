//! Programs that write outputs and that are not read: their calls are noted.

use super::{
    super::{facts::ProjectFacts, plan::Plan, scripts::Command, tools},
    call::Call,
};

/// Programs that write scripts or stylesheets.
const PROGRAMS: [&str; 41] = [
    "astro",
    "babel",
    "bili",
    "broccoli",
    "brunch",
    "cleancss",
    "cssnano",
    "csso",
    "esbuild-runner",
    "farm",
    "fis3",
    "fly",
    "gatsby",
    "google-closure-compiler",
    "jspm",
    "kirbyup",
    "lightningcss",
    "metalsmith",
    "microbundle",
    "minify",
    "neutrino",
    "next",
    "ng",
    "nuxt",
    "nwb",
    "poi",
    "preact",
    "r.js",
    "r_js",
    "rsbuild",
    "rslib",
    "snowpack",
    "stylus",
    "swc",
    "taskr",
    "tsc",
    "tsdown",
    "tsup",
    "unbuild",
    "vpacked",
    "wpackio-scripts",
];

/// Programs that copy files.
const COPIERS: [&str; 7] = ["copyfiles", "copyup", "cpx", "cpx2", "cpy", "ncp", "shx"];

/// Parts of the names of scripts that build nothing.
const OTHER_WORK: [&str; 8] =
    ["clean", "check", "lint", "test", "version", "release", "zip", "deploy"];

/// Adds notes about what commands of the production build call and nothing reads.
/// `is_beside_another`: the configuration of another tool is read. Then scripts of Node may only
/// run the tool. Beside other outputs, TypeScript's compiler only checks types.
pub(in super::super) fn note(
    facts: &ProjectFacts,
    plan: &mut Plan,
    commands: &[Command],
    is_beside_another: bool,
) {
    let emits_nothing =
        facts.text(&facts.project.join("tsconfig.json")).contains("\"noEmit\": true");
    for command in commands {
        let Some(call) = Call::of(command) else { continue };
        let has = |word: &str| call.words.iter().any(|one| one.starts_with(word));
        let is_beside = is_beside_another || !plan.outputs.is_empty();
        let only_checks = call.program == "tsc"
            && (is_beside || emits_nothing || has("--noEmit") || has("-noEmit"));
        if PROGRAMS.contains(&call.program) && !only_checks {
            add(plan, &command.script, &format!("calls {}", call.program));
        }
        if COPIERS.contains(&call.program) && (call.program != "shx" || has("cp")) {
            let what = format!("the script {}, which copies with {}", command.script, call.program);
            plan.note("package.json", what, "add what it copies to \"copy\"");
        }
        let is_script = call.program == "node" && !is_beside_another;
        let script = call.words.first().filter(|script| is_script && is_unread(facts, script));
        if let Some(script) = script {
            add(plan, &command.script, &format!("runs {script}"));
        }
    }
}

/// Returns whether a file is a script of the project that may build something and does not call
/// esbuild.
fn is_unread(facts: &ProjectFacts, script: &str) -> bool {
    let name = script.rsplit('/').next().unwrap_or(script);
    facts.is_file(script)
        && !script.contains("node_modules/")
        && !OTHER_WORK.iter().any(|word| name.contains(word))
        && !tools::calls_esbuild(facts, &facts.project.join(script))
}

/// Notes what a script does with a program that is not read.
pub(super) fn add(plan: &mut Plan, script: &str, what: &str) {
    let what = format!("the script {script}, which {what}");
    plan.note("package.json", what, "add what it writes to \"areas\"");
}
