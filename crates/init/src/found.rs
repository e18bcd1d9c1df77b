//! The configurations that a project has, and the plan that they and the commands of package.json
//! make together.

use bundle_base::{Diagnostic, Diagnostics, config::absolute};
use bundle_js::static_evaluation::{Host, Script};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::{IndexMap, IndexSet};

use super::{
    babel, bud,
    commands::{self, unread::Beside},
    computed_values, encore, esbuild,
    facts::{ProjectFacts, required},
    grunt, gulp, guten_block, intermediate, joined, mix, notes, packages,
    plan::{Note, Plan, Sources},
    react_scripts,
    reading::Reading,
    rollup,
    scripts::{self, Command},
    tools::{self, Run, Source, Tool},
    vite, vue_cli, webpack, without_tool, wordpress,
};
use crate::messages;

/// What a configuration is written from.
pub struct FoundTools {
    /// The configurations of other tools that are read.
    pub read: Vec<Source>,
    /// The configurations that are not read.
    pub others: Vec<Source>,
    /// The programs that commands in package.json call for outputs.
    pub commands: IndexSet<&'static str>,
}

/// Reads all configurations into one plan. Returns it with packages that are a part of a
/// configuration and are not installed.
pub fn read_all(
    facts: &ProjectFacts,
    found: &mut FoundTools,
    is_by_itself: bool,
    log: &mut Diagnostics,
) -> (Plan, Vec<String>) {
    let (mut plan, missing) = read_found(facts, found, is_by_itself, log);
    let FoundTools { read, others, .. } = found;
    others.retain(|other| !read.iter().any(|one| requires(facts, &one.file, &other.file)));
    if facts.package.is_null() && facts.is_file("package.json") {
        let remedy = "correct it, and run `bundle init --force`";
        plan.note("package.json", "its scripts and packages: it is not valid JSON", remedy);
    }
    (plan, missing)
}

fn read_found(
    facts: &ProjectFacts,
    found: &mut FoundTools,
    is_by_itself: bool,
    log: &mut Diagnostics,
) -> (Plan, Vec<String>) {
    let read_first = found.read.clone();
    let Some((first, rest)) = read_first.split_first() else {
        let mut plan = of_commands(facts, found);
        if plan.outputs.is_empty() {
            without_tool::read(facts, &mut plan);
        }
        return (plan, Vec::new());
    };
    if is_by_itself && rest.is_empty() && is_left_over(facts, first) {
        let plan = of_commands(facts, found);
        if !plan.outputs.is_empty() {
            found.read.clear();
            found.others.insert(0, first.clone());
            return (plan, Vec::new());
        }
    }
    let (mut plan, mut missing) = read(facts, first, false, log);
    let mut read_files = vec![first.clone()];
    // A gulpfile may only run other tools.
    if is_by_itself && rest.is_empty() && plan.has_no_outputs() {
        for (at, source) in found.others.iter().enumerate() {
            let (other, packages) = read(facts, source, false, log);
            if !other.has_no_outputs() {
                let notes = std::mem::take(&mut plan.notes);
                (plan, missing) = (other, packages);
                plan.notes.extend(notes.into_iter().filter(gulp::is_of_others));
                read_files = vec![found.others.remove(at)];
                found.others.push(first.clone());
                break;
            }
        }
    }
    // A configuration may be empty, while commands have all options.
    let says_nothing = plan.has_no_outputs() && plan.notes.is_empty() && missing.is_empty();
    if is_by_itself && rest.is_empty() && says_nothing {
        let other = of_commands(facts, found);
        if !other.outputs.is_empty() {
            found.read.clear();
            found.others.push(first.clone());
            return (other, missing);
        }
    }
    for source in rest {
        let (other, packages) = read(facts, source, true, log);
        // A task of the build may do something else.
        if is_by_itself && other.has_no_outputs() {
            found.others.push(source.clone());
            continue;
        }
        read_files.push(source.clone());
        joined::add(&mut plan, other);
        missing.extend(packages);
    }
    found.read = read_files;
    if is_by_itself {
        add_commands(facts, found, &mut plan);
    }
    (plan, missing)
}

/// Whether a configuration is a left-over: no script for production runs it, and the build is
/// commands that are read.
fn is_left_over(facts: &ProjectFacts, source: &Source) -> bool {
    let builds = scripts::builds(facts);
    let Some(build) = builds.first() else { return false };
    let sources = std::slice::from_ref(source);
    let mut all = builds.clone();
    all.push(scripts::for_production(facts));
    let runs_it = all.iter().any(|commands| tools::are_run_by(facts, commands, sources));
    let may_run_it = || build.iter().any(|command| commands::unread::may_run(facts, command));
    let has_outputs = || {
        !commands::read(facts, build).plan.outputs.is_empty()
            || !esbuild::of_commands(facts, build, true).outputs.is_empty()
    };
    !runs_it && !may_run_it() && has_outputs()
}

/// Adds what commands of package.json build beside the configurations, and notes what is not read.
fn add_commands(facts: &ProjectFacts, found: &mut FoundTools, plan: &mut Plan) {
    let builds = scripts::builds(facts);
    let runs = |commands: &&Vec<Command>| tools::are_run_by(facts, commands, &found.read);
    let running = builds.iter().find(runs);
    let beside = if running.is_some() { Beside::ToolOfCommands } else { Beside::OtherTool };
    let build = running.or(builds.first()).cloned().unwrap_or_default();
    let all = scripts::with_callers(facts, &build);
    let commands::Built { plan: mut other, programs } = commands::read(facts, &all);
    let has_imported = intermediate::take(facts, plan, &mut other);
    commands::unread::note(facts, plan, &build, beside);
    // rtlcss works on the stylesheets of the tool.
    if let Some(rtl) = other.keys.get("rtl") {
        plan.set("rtl", rtl.clone());
    }
    if has_imported || !other.outputs.is_empty() {
        found.commands = programs;
    }
    if other.outputs.is_empty() {
        plan.notes.extend(other.notes);
    } else {
        joined::add(plan, other);
    }
    let other = esbuild::of_commands(facts, &all, false);
    if !other.outputs.is_empty() {
        found.commands.insert("esbuild");
        joined::add(plan, other);
    }
    note_other_scripts(facts, plan, &all);
}

/// Notes scripts for production that compile what the build does not: `read` are its commands.
fn note_other_scripts(facts: &ProjectFacts, plan: &mut Plan, read: &[Command]) {
    let mut others = scripts::for_production(facts);
    others.retain(|command| !read.iter().any(|known| known.script == command.script));
    for commands in others.chunk_by(|one, next| one.script == next.script) {
        let built = commands::read(facts, commands);
        let is_new = |(path, sources): (&String, &Sources)| {
            let known = plan.outputs.get(path);
            known.is_none_or(|known| known.styles.is_empty() && !sources.styles.is_empty())
        };
        if built.plan.outputs.iter().any(is_new) {
            let programs: Vec<&str> = built.programs.into_iter().collect();
            let script = &commands[0].script;
            let what = format!("the script {script}, which calls {}", programs.join(" and "));
            let remedy = "the build does not run it: add what it writes to \"areas\"";
            plan.note("package.json", what, remedy);
        }
    }
}

/// Returns the plan of what commands in package.json build, without another tool.
fn of_commands(facts: &ProjectFacts, found: &mut FoundTools) -> Plan {
    let commands = scripts::all(facts);
    let commands::Built { mut plan, programs } =
        commands::read(facts, &scripts::for_production(facts));
    found.commands = programs;
    // Only scripts that watch may have some stylesheets.
    let mut watched = commands::read(facts, &scripts::that_watch(facts));
    watched
        .plan
        .outputs
        .retain(|path, sources| !plan.outputs.contains_key(path) && !sources.styles.is_empty());
    if !watched.plan.outputs.is_empty() {
        found.commands.extend(watched.programs);
        joined::add(&mut plan, watched.plan);
    }
    if plan.outputs.is_empty() {
        let all = commands::read(facts, &commands);
        found.commands = all.programs;
        let notes = std::mem::replace(&mut plan, all.plan).notes;
        plan.notes.splice(0..0, notes);
    }
    let build: Vec<_> = scripts::builds(facts).into_iter().flatten().collect();
    let mut other = esbuild::of_commands(facts, &build, true);
    if other.outputs.is_empty() {
        other = esbuild::of_commands(facts, &commands, true);
    }
    intermediate::take(facts, &mut other, &mut plan);
    if !other.outputs.is_empty() {
        found.commands.insert("esbuild");
        joined::add(&mut plan, other);
    }
    commands::unread::note(facts, &mut plan, &build, Beside::Nothing);
    plan
}

/// Returns why there is nothing to build, with what was found.
pub fn nothing_to_build(
    facts: &ProjectFacts,
    found: &FoundTools,
    plan: &Plan,
    missing: &[String],
) -> Diagnostic {
    let file = found.read.first().map(|source| facts.below(&source.file));
    let mut notes: Vec<String> =
        plan.notes.iter().map(|one| format!("{}: {}", notes::line(one), one.remedy)).collect();
    let absent = file.map(|file| absent_files(facts, file)).unwrap_or_default();
    notes.extend(absent.iter().map(|name| format!("it requires {name}, which does not exist")));
    let is_of_other_project = |file: &String| {
        let folder = Utf8Path::new(file).parent();
        folder.is_some_and(|folder| facts.has(folder.join("package.json").as_str()))
    };
    match file {
        None if !notes.is_empty() => messages::no_outputs_of_commands(&notes),
        None => {
            let below = tools::in_folders(facts);
            let is_project =
                !facts.has("package.json") || below.first().is_some_and(is_of_other_project);
            messages::nothing_found(&below, is_project)
        }
        Some(file) if !missing.is_empty() => messages::packages_missing(file, missing),
        Some(file)
            if absent.is_empty()
                && !plan.notes.is_empty()
                && plan.notes.iter().all(Note::is_of_missing_file) =>
        {
            messages::files_missing(file, &notes)
        }
        Some(file) => {
            let shown = |source: &Source| facts.below(&source.file).to_string();
            let mut others: IndexSet<String> = found.others.iter().map(shown).collect();
            let below = tools::in_folders(facts).into_iter();
            others.extend(below.filter(|file| !is_of_other_project(file)));
            others.retain(|other| found.read.iter().all(|source| shown(source) != *other));
            messages::nothing_known(file, &notes, &others.into_iter().collect::<Vec<_>>())
        }
    }
}

/// What a script may leave out when it requires a file.
const ENDINGS: [&str; 7] = ["", ".js", ".cjs", ".mjs", ".ts", ".json", "/index.js"];

/// Returns the files of the project that a configuration requires and that do not exist.
fn absent_files(facts: &ProjectFacts, config: &Utf8Path) -> Vec<String> {
    let path = absolute(&facts.project, config.as_str());
    let folder = path.parent().unwrap_or(&facts.project);
    let exists = |name: &str| {
        let path = absolute(folder, name);
        ENDINGS.iter().any(|ending| facts.has(&format!("{path}{ending}")))
    };
    let is_code = |line: &&str| !line.trim_start().starts_with(['/', '*']);
    let text: Vec<String> = facts.text(&path).lines().filter(is_code).map(str::to_owned).collect();
    let text = text.join("\n");
    let own = required(&text).filter(|name| name.starts_with('.') && !exists(name));
    own.map(str::to_owned).collect::<IndexSet<_>>().into_iter().collect()
}

/// Whether a configuration, or a file that it requires, requires a file of the project.
fn requires(facts: &ProjectFacts, config: &Utf8Path, file: &Utf8Path) -> bool {
    let mut known: IndexSet<Utf8PathBuf> = IndexSet::from([config.to_owned()]);
    let mut at = 0;
    while let Some(path) = known.get_index(at).cloned() {
        at += 1;
        let folder = path.parent().unwrap_or(&facts.project);
        for name in required(&facts.text(&path)).filter(|name| name.starts_with('.')) {
            let path = absolute(folder, name);
            let mut files = ENDINGS.iter().map(|ending| format!("{path}{ending}"));
            known.extend(files.find(|file| facts.is_file(file)).map(Utf8PathBuf::from));
        }
    }
    known.len() > 1 && known.contains(file)
}

/// Returns the configuration to read if no script that builds runs one: the first, or a gulpfile
/// that requires it, if scripts run only that.
fn likeliest(facts: &ProjectFacts, all: &[Source]) -> Option<Source> {
    let first = all.first()?;
    let commands = scripts::all(facts);
    let is_run =
        |source: &Source| tools::are_run_by(facts, &commands, std::slice::from_ref(source));
    let is_whole = |other: &&Source| {
        other.tool == Tool::Gulp && is_run(other) && requires(facts, &other.file, &first.file)
    };
    let whole = all.iter().find(is_whole).filter(|_| !is_run(first));
    Some(whole.unwrap_or(first).clone())
}

/// Returns the configurations to read: those that `--from` names, or those that the build runs, or
/// the first that the project has.
pub fn sources(facts: &ProjectFacts, from: &[String], log: &mut Diagnostics) -> FoundTools {
    let mut all = tools::of_project(facts);
    let has_own = all.iter().any(|source| source.tool.runs_webpack());
    if !has_own && commands::webpack::is_enough(facts) {
        all.push(Source { tool: Tool::Webpack, file: facts.project.join("package.json") });
    }
    let mut read = Vec::new();
    for name in from {
        let file = absolute(&facts.project, name);
        if facts.is_file(file.as_str()) {
            read.push(Source { tool: tools::of_file(facts, &file), file });
        } else {
            log.push(messages::no_file_to_read(name));
        }
    }
    if from.is_empty() {
        read = tools::run_by_build(facts, &all);
    }
    if read.is_empty() {
        read.extend(likeliest(facts, &all));
    }
    let others = all.into_iter().filter(|source| !read.contains(source)).collect();
    FoundTools { read, others, commands: IndexSet::new() }
}

/// Returns the plan of one configuration, and packages that are a part of it and are not installed.
/// `is_beside_another`: another one was read before.
fn read(
    facts: &ProjectFacts,
    source: &Source,
    is_beside_another: bool,
    log: &mut Diagnostics,
) -> (Plan, Vec<String>) {
    let runs = tools::runs(facts, source);
    let Some((first, others)) = runs.split_first() else { return <(Plan, Vec<String>)>::default() };
    let (mut plan, mut missing) = read_run(facts, source, first, is_beside_another, log);
    for run in others {
        // Mistakes are those of the first run.
        let mut log = Diagnostics::default();
        let (other, packages) = read_run(facts, source, run, is_beside_another, &mut log);
        joined::add_run(&mut plan, other);
        missing.extend(packages);
    }
    let missing: IndexSet<String> = missing.into_iter().collect();
    (plan, missing.into_iter().collect())
}

/// Returns what one run of a configuration builds.
fn read_run(
    facts: &ProjectFacts,
    source: &Source,
    run: &Run,
    is_beside_another: bool,
    log: &mut Diagnostics,
) -> (Plan, Vec<String>) {
    let Source { tool, file } = source;
    let tool = *tool;
    let mut environment = IndexMap::new();
    environment.insert("NODE_ENV".to_owned(), "production".to_owned());
    environment.extend(facts.variables());
    if tool == Tool::VueCli {
        environment.extend(vue_cli::variables(facts));
    }
    environment.extend(run.variables());
    let disk = wordpress::WithDefaults::of(facts);
    let host = Host { fs: &disk, project: &facts.project, environment: &environment };
    let mut script = Script::new(host);
    let mut exports = script.read(match tool {
        Tool::WordPress => disk.config(),
        Tool::Toolkit => disk.toolkit(),
        _ => file,
    });
    if tool == Tool::VueCli && file.file_name() == Some("package.json") {
        exports = exports.get("vue");
    }
    if tool == Tool::Webpack && file.file_name() == Some("package.json") {
        exports = commands::webpack::configuration(facts);
    }
    log.extend(script.mistakes());
    let mut reading = Reading::new(script, facts, Plan::default(), is_beside_another);
    reading.names_of_run.clone_from(&run.names);
    // These two compile JSX themselves.
    if ![Tool::Vite, Tool::Esbuild].contains(&tool) {
        babel::of_project(&mut reading);
    }
    match tool {
        Tool::Mix => mix::read(&mut reading),
        Tool::Encore => encore::read(&mut reading, &exports),
        Tool::VueCli => vue_cli::read(&mut reading, &exports),
        Tool::Webpack | Tool::Rspack | Tool::WordPress | Tool::Toolkit => {
            webpack::read(&mut reading, &exports);
        }
        Tool::Vite => {
            vite::read(&mut reading, &exports, run.mode.as_deref().unwrap_or("production"));
        }
        Tool::Gulp => {
            let exports = reading.script.read_all(file);
            gulp::read(&mut reading, &exports);
        }
        Tool::Grunt => grunt::read(&mut reading, &exports),
        Tool::Rollup => rollup::read(&mut reading, &exports),
        Tool::Esbuild => esbuild::read(&mut reading),
        Tool::Bud => bud::read(&mut reading, &exports),
        Tool::GutenBlock => guten_block::read(&mut reading),
        Tool::ReactScripts => react_scripts::read(&mut reading, &exports, file),
    }
    webpack::ask_externals(&mut reading);
    wordpress::complete(&mut reading, &disk);
    computed_values::note(&mut reading, file);
    let missing = packages::note_missing(&mut reading);
    log.extend(reading.script.mistakes());
    (reading.plan, missing)
}
