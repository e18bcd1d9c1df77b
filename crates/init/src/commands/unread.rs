//! Programs that write outputs and that are not read: their calls are noted.

use super::{
    super::{facts::ProjectFacts, plan::Plan, reading::path_below, scripts::Command, tools},
    call::{COMPILERS, Call, Words},
};

/// Programs that write scripts or stylesheets.
const PROGRAMS: [&str; 40] = [
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
const COPIERS: [&str; 8] = ["copyfiles", "copyup", "cp", "cpx", "cpx2", "cpy", "ncp", "shx"];

/// Programs that run a script of the shell.
const SHELLS: [&str; 3] = ["bash", "sh", "zsh"];
/// Parts of the commands of PHP that write no sources.
const OTHER_WORK_OF_PHP: [&str; 10] = [
    "artisan up",
    "artisan down",
    "cache",
    "clear",
    "composer",
    "lint",
    "migrate",
    "optimize",
    "serve",
    "test",
];

/// Parts of the names of scripts that build nothing.
const OTHER_WORK: [&str; 8] =
    ["clean", "check", "lint", "test", "version", "release", "zip", "deploy"];

/// Programs that may name scripts and stylesheets, and that are read elsewhere or build nothing.
const OTHERS: [&str; 18] = [
    "bash",
    "browserify",
    "curl",
    "echo",
    "esbuild",
    "jest",
    "kirbyup",
    "make",
    "mocha",
    "node",
    "parcel",
    "php",
    "prettier",
    "rtlcss",
    "sh",
    "terser",
    "uglifyjs",
    "zsh",
];

/// Programs whose configurations may read arguments.
const CONFIGURED: [&str; 7] =
    ["encore", "mix", "rollup", "rspack", "vite", "webpack", "webpack-cli"];

/// What is read beside the commands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Nothing.
    Nothing,
    /// The configuration of a tool that they call.
    ToolOfCommands,
    /// One of a tool that they do not call. Their scripts may only run it.
    OtherTool,
}

/// Adds notes about what commands of the production build call and nothing reads. Beside other
/// outputs, TypeScript's compiler only checks types.
pub(in super::super) fn note(
    facts: &ProjectFacts,
    plan: &mut Plan,
    commands: &[Command],
    beside: Beside,
) {
    let is_beside_another = beside != Beside::Nothing;
    let emits_nothing =
        facts.text(&facts.project.join("tsconfig.json")).contains("\"noEmit\": true");
    for command in commands {
        note_of_folder(facts, plan, command);
        let Some(call) = Call::of(command) else { continue };
        let has = |word: &str| call.words.iter().any(|one| one.starts_with(word));
        let is_beside = is_beside_another || !plan.outputs.is_empty();
        let only_checks = call.program == "tsc"
            && (is_beside || emits_nothing || has("--noEmit") || has("-noEmit"));
        if PROGRAMS.contains(&call.program) && !only_checks {
            add(plan, &command.script, &format!("calls {}", call.program));
        }
        if is_beside_another {
            note_arguments(facts, plan, command, &call);
        }
        note_other(facts, plan, command, &call);
        if COPIERS.contains(&call.program) && (call.program != "shx" || has("cp")) {
            let what = format!("the script {}, which copies with {}", command.script, call.program);
            plan.note("package.json", what, "add what it copies to \"copy\"");
        }
        if beside != Beside::OtherTool {
            note_script(facts, plan, &command.script, &call);
        }
        note_php(plan, &command.script, &call);
    }
}

/// Whether a command runs a script that may run any tool.
pub(in super::super) fn may_run(facts: &ProjectFacts, command: &Command) -> bool {
    Call::of(command).is_some_and(|call| script_of(facts, &call).is_some())
}

/// Returns the script or task that a call runs, and that is not read.
fn script_of(facts: &ProjectFacts, call: &Call<'_>) -> Option<String> {
    let first = call.words.first();
    match call.program {
        "node" => first.filter(|script| is_unread(facts, script)).cloned(),
        "make" => {
            let task = first.filter(|word| !word.starts_with('-'));
            Some(task.map_or("make".to_owned(), |task| format!("make {task}")))
        }
        program if SHELLS.contains(&program) => first.filter(|word| builds(word)).cloned(),
        program => (program.ends_with(".sh") && builds(program)).then(|| program.to_owned()),
    }
}

/// Notes a script that may write anything.
fn note_script(facts: &ProjectFacts, plan: &mut Plan, script: &str, call: &Call<'_>) {
    if let Some(other) = script_of(facts, call) {
        add(plan, script, &format!("runs {other}"));
    }
}

/// Notes a command of PHP, which may write sources: `php artisan ziggy:generate`.
fn note_php(plan: &mut Plan, script: &str, call: &Call<'_>) {
    let words: Vec<&str> = call.words.iter().take(2).map(String::as_str).collect();
    let text = words.join(" ");
    let is_other = OTHER_WORK_OF_PHP.iter().any(|word| text.contains(word));
    if call.program == "php" && !text.starts_with('-') && !is_other {
        let what = format!("the script {script}, which calls php {text}");
        plan.note("package.json", what, "run it before or after the build, if you need it");
    }
}

/// Notes a command that builds something in another folder.
fn note_of_folder(facts: &ProjectFacts, plan: &mut Plan, command: &Command) {
    /// Programs that are read in the project's folder.
    const READ: [&str; 6] = ["browserify", "kirbyup", "node", "parcel", "terser", "uglifyjs"];
    let Command { script, folder, not_read, .. } = command;
    let own = Command { words: not_read.clone(), ..Command::default() };
    let runs_script = not_read.iter().any(|word| word == "run");
    let is_known = |call: Call<'_>| {
        let lists: [&[&str]; 3] = [&COMPILERS, &PROGRAMS, &READ];
        lists.iter().any(|list| list.contains(&call.program))
    };
    let builds =
        runs_script || tools::tool_run_by(&own).is_some() || Call::of(&own).is_some_and(is_known);
    if !builds {
        return;
    }
    let remedy = if facts.is_file(&format!("{folder}/package.json")) {
        "it has a package.json of its own: run `bundle init` in that folder"
    } else {
        "add what it builds to \"areas\""
    };
    let what = format!("the script {script}, which builds in {folder}");
    plan.note("package.json", what, remedy);
}

/// Notes arguments behind `--` that the configuration of a tool may read. Options are the tool's.
fn note_arguments(facts: &ProjectFacts, plan: &mut Plan, command: &Command, call: &Call<'_>) {
    let runs_esbuild = || {
        let script = call.words.first().filter(|_| call.program == "node");
        script.is_some_and(|script| tools::calls_esbuild(facts, &facts.project.join(script)))
    };
    if !CONFIGURED.contains(&call.program) && !runs_esbuild() {
        return;
    }
    let before = std::iter::once("").chain(command.given.iter().map(String::as_str));
    let words = before.zip(command.given.iter().map(String::as_str));
    let words = words.filter(|(before, word)| !before.starts_with('-') && !word.starts_with('-'));
    let words: Vec<&str> = words.map(|(_, word)| word).collect();
    // These two ask for what is read anyway.
    if words.iter().all(|word| word.starts_with("prod") || *word == "build") {
        return;
    }
    let what = format!("the script {} with the argument {}", command.script, words.join(" "));
    plan.note("package.json", what, "add what it builds with the argument to \"areas\"");
}

/// Notes a call of any other program that writes a stylesheet or a script by its arguments: `purge
/// -i site.css -o site.css`.
fn note_other(facts: &ProjectFacts, plan: &mut Plan, command: &Command, call: &Call<'_>) {
    const OUT: [&str; 9] = [
        "-o",
        "--out",
        "--output",
        "--outfile",
        "--out-file",
        "--output-file",
        "--out-dir",
        "--output-dir",
        ">",
    ];
    let lists: [&[&str]; 4] = [&COMPILERS, &PROGRAMS, &COPIERS, &OTHERS];
    let is_known = lists.iter().any(|list| list.contains(&call.program));
    let is_check = ["lint", "test"].iter().any(|word| call.program.contains(word));
    if is_known || is_check || tools::tool_run_by(command).is_some() {
        return;
    }
    let Some(to) = Words::of(call.words, &OUT).path(facts, &OUT) else { return };
    let is_file = to.ends_with(".css") || to.ends_with(".js");
    let is_folder = !to.rsplit('/').next().unwrap_or_default().contains('.');
    let names_style = || call.words.iter().any(|word| word.ends_with(".css"));
    let writes_files = is_file || is_folder && names_style();
    if !writes_files {
        return;
    }
    let named = call.words.iter().filter(|word| path_below(facts, "", word) == to).count();
    if named < 2 {
        return add(plan, &command.script, &format!("calls {}", call.program));
    }
    let what = format!("the script {}, which changes {to} with {}", command.script, call.program);
    plan.note("package.json", what, "run it after the build, if you need it");
}

/// Whether a file is a script of the project that may build something and does not call esbuild.
fn is_unread(facts: &ProjectFacts, script: &str) -> bool {
    facts.is_file(script)
        && !script.contains("node_modules/")
        && builds(script)
        && !tools::calls_esbuild(facts, &facts.project.join(script))
}

/// Whether a script may build something, by its name.
fn builds(script: &str) -> bool {
    let name = script.rsplit('/').next().unwrap_or(script);
    !script.starts_with('-') && !OTHER_WORK.iter().any(|word| name.contains(word))
}

/// Notes what a script does with a program that is not read.
pub(super) fn add(plan: &mut Plan, script: &str, what: &str) {
    let what = format!("the script {script}, which {what}");
    plan.note("package.json", what, "add what it writes to \"areas\"");
}
