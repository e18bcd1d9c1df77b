//! `bundle init`: writes bundle.config.json for a project, from the configuration of the tool that
//! builds it now, or from what the project looks like. Other tools' scripts are read by
//! `bundle_js::evaluate` and never run. Nothing is overwritten without `--force`.

#![expect(
    clippy::wildcard_enum_match_arm,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "readers pick the values and the paths that they know, as projects write them"
)]

use std::{fmt::Write as _, fs, sync::Arc};

use bundle_base::{
    Diagnostic, Diagnostics,
    config::{FILES, absolute},
    fs::OsFs,
};
use bundle_js::evaluate::{Host, Script};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::{IndexMap, IndexSet};
use serde_json::json;

use crate::{messages, project, report};

mod asset_names; // names of files that are used as they are
mod babel; // Babel's options
mod commands; // compilers that scripts of package.json call
mod console; // what compressors remove of console
mod encore; // Webpack Encore
mod entries; // the files that outputs begin with
mod facts; // what the project is
mod frozen; // what is computed at each build
mod grunt; // Gruntfile.js
mod gulp; // gulpfile.js
mod hashes; // hashes of chunks
mod imports; // what sources import
mod mix; // webpack.mix.js
mod packages; // packages that are configurations
mod plain; // projects without another tool
mod plan; // what will be written
mod postcss; // the configuration of PostCSS
mod public_path; // what scripts assign to webpack's public path
mod reading; // what all readers work with
mod source_maps; // source maps of production builds
mod text; // the plan as bundle.config.json
mod vite; // vite.config.js
mod vue_cli; // vue.config.js
mod vue_loader; // options of vue-loader
mod webpack; // webpack.config.js
mod wordpress; // @wordpress/scripts

use facts::{Facts, Framework, Tool};
use plan::{Note, Plan};
use reading::Reading;

/// The file that is written.
const FILE: &str = "bundle.config.json";

/// Writes a configuration into the working directory. `from` names the file to read.
pub fn run(from: Option<&str>, is_forced: bool, mut log: Diagnostics) -> Result<(), Diagnostics> {
    log.stop_on_error()?;
    let Some(cwd) = project::working_directory(&mut log) else { return Err(log) };
    let facts = Facts::of(&cwd, Arc::new(OsFs));
    if let Some(file) = FILES.iter().find(|file| facts.has(file))
        && !is_forced
    {
        log.push(messages::config_exists(file));
    }
    let source = source(&facts, from, &mut log);
    log.stop_on_error()?;
    let (mut plan, missing) = if let Some((tool, file)) = &source {
        read(&facts, *tool, file, &mut log)
    } else {
        let mut plan = Plan::default();
        commands::read(&facts, &mut plan);
        if plan.outputs.is_empty() {
            plain::read(&facts, &mut plan);
        }
        (plan, Vec::new())
    };
    log.stop_on_error()?;
    complete(&facts, source.as_ref().map(|(tool, _)| *tool), &mut plan);
    if plan
        .keys
        .get("areas")
        .and_then(|areas| areas.as_object())
        .is_none_or(serde_json::Map::is_empty)
    {
        let file = source.as_ref().map(|(_, file)| file.strip_prefix(&cwd).unwrap_or(file));
        log.push(nothing_to_build(file, &plan, &missing));
        return Err(log);
    }
    write(&facts, source.as_ref(), &plan, log)
}

/// Returns why there is nothing to build, with what was found.
fn nothing_to_build(file: Option<&Utf8Path>, plan: &Plan, missing: &[String]) -> Diagnostic {
    let notes: Vec<String> =
        plan.notes.iter().map(|one| format!("{}: {}", note(one), one.remedy)).collect();
    match file {
        None => messages::nothing_found(),
        Some(file) if !missing.is_empty() => messages::packages_missing(file, missing),
        Some(file) if !plan.notes.is_empty() && plan.notes.iter().all(Note::is_of_missing_file) => {
            messages::files_missing(file, &notes)
        }
        Some(file) => messages::nothing_known(file, &notes),
    }
}

/// Returns the configuration to read: the one that `--from` names, or the first that the project
/// has.
fn source(facts: &Facts, from: Option<&str>, log: &mut Diagnostics) -> Option<(Tool, Utf8PathBuf)> {
    let Some(from) = from else { return facts.tools().into_iter().next() };
    let file = absolute(&facts.project, from);
    if !facts.is_file(file.as_str()) {
        log.push(messages::no_file_to_read(from));
        return None;
    }
    Some((facts.tool_of(&file), file))
}

/// Returns the plan, and packages that are a part of the configuration and are not installed.
fn read(facts: &Facts, tool: Tool, file: &Utf8Path, log: &mut Diagnostics) -> (Plan, Vec<String>) {
    let mut environment = IndexMap::new();
    environment.insert("NODE_ENV".to_owned(), "production".to_owned());
    for key in ["name", "version"] {
        if let Some(value) = facts.package.get(key).and_then(|value| value.as_str()) {
            environment.insert(format!("npm_package_{key}"), value.to_owned());
        }
    }
    if tool == Tool::VueCli {
        environment.extend(vue_cli::variables(facts));
    }
    let disk = wordpress::WithDefaults::of(facts);
    let host = Host { fs: &disk, project: &facts.project, environment: &environment };
    let mut script = Script::new(host);
    let mut exports = script.read(if tool == Tool::WordPress { disk.config() } else { file });
    if tool == Tool::VueCli && file.file_name() == Some("package.json") {
        exports = exports.get("vue");
    }
    log.extend(script.mistakes());
    let mut reading = Reading { script, facts, plan: Plan::default() };
    // Vite compiles JSX itself.
    if tool != Tool::Vite {
        babel::of_project(&mut reading);
    }
    match tool {
        Tool::Mix => mix::read(&mut reading),
        Tool::Encore => encore::read(&mut reading, &exports),
        Tool::VueCli => vue_cli::read(&mut reading, &exports),
        Tool::Webpack | Tool::WordPress => webpack::read(&mut reading, &exports),
        Tool::Vite => vite::read(&mut reading, &exports),
        Tool::Gulp => gulp::read(&mut reading, &exports),
        Tool::Grunt => grunt::read(&mut reading, &exports),
    }
    wordpress::complete(&mut reading, &disk);
    frozen::note(&mut reading, file);
    let missing = packages::note_missing(&mut reading);
    log.extend(reading.script.mistakes());
    (reading.plan, missing)
}

/// Bundles moment's locales, as webpack does, if scripts choose one.
fn locales(facts: &Facts, plan: &mut Plan) {
    let modules: Vec<String> =
        plan.outputs.values().flat_map(|sources| sources.modules.clone()).collect();
    let alias = plan.keys.get("alias").cloned().unwrap_or_default();
    if !plan.scripts.are_locales_left_out
        && imports::choose_locales_of_moment(facts, &modules, &alias)
    {
        plan.set("contexts", json!(["moment"]));
        plan.comment("contexts", "all locales of moment, as before; import single ones instead");
    }
}

/// Adds what follows from the project's packages and framework.
fn complete(facts: &Facts, tool: Option<Tool>, plan: &mut Plan) {
    let is_vue2 = facts.major("vue") == Some(2);
    let has = |package: &str| facts.range(package).is_some();
    if facts.major("vue").is_some_and(|major| major > 2) {
        plan.note(
            "package.json",
            "Vue 3",
            "components of Vue 2 are compiled; those of Vue 3 are not",
        );
    }
    let jsx_of_vue = [
        "babel-plugin-transform-vue-jsx",
        "@vue/babel-preset-jsx",
        "@vue/babel-preset-app",
        "@vue/cli-plugin-babel",
        "babel-preset-vue-app",
    ];
    if is_vue2 && jsx_of_vue.into_iter().any(has) {
        plan.set("jsx", "vue2");
    }
    if has("babel-plugin-transform-decorators-legacy") || has("@babel/plugin-proposal-decorators") {
        plan.set("decorators", "legacy");
    }
    let runs_webpack = |tool| {
        matches!(tool, Tool::Mix | Tool::Encore | Tool::VueCli | Tool::Webpack | Tool::WordPress)
    };
    if tool.is_some_and(runs_webpack) {
        plan.set(
            "severity",
            json!({
                "missing-export": "warn", "ambiguous-export": "warn", "exceeds-target": "warn",
            }),
        );
        plan.comment(
            "severity",
            "webpack goes on: a missing import is undefined, and newer syntax stays",
        );
        sass_folders(plan);
        public_path::note(facts, plan);
        locales(facts, plan);
    }
    if tool == Some(Tool::Vite) {
        plan.set("severity", json!({ "missing-asset": "warn" }));
        plan.comment("severity", "Vite goes on: the server is asked for a file that is not there");
    }
    asset_names::copy_entries(plan);
    asset_names::distinguish(facts, plan);
    asset_names::write(plan);
    postcss::with_tailwind(facts, plan);
    let views: Vec<&&str> = facts
        .framework
        .views()
        .iter()
        .filter(|pattern| {
            let folder = pattern.split("/*").next().unwrap_or_default();
            folder == "**" || facts.has(folder)
        })
        .collect();
    if !views.is_empty() {
        plan.set("watch", json!({ "reload": views }));
    }
    if facts.has("node_modules/bundle/schema/bundle.config.schema.json") {
        plan.set("$schema", "./node_modules/bundle/schema/bundle.config.schema.json");
    }
    let is_package = |path: &str| {
        path.starts_with("node_modules/") && facts.has(&format!("{path}/package.json"))
    };
    plan.finish(&|path| facts.is_file(path) || is_package(path));
}

/// sass-loader searches the folder of the entry stylesheet for the partials of partials too.
fn sass_folders(plan: &mut Plan) {
    let styles = plan.outputs.values().flat_map(|sources| &sources.styles);
    let sass = styles.filter(|path| path.ends_with(".scss") || path.ends_with(".sass"));
    let folders: IndexSet<String> = sass
        .filter_map(|path| Some(Utf8Path::new(path).parent()?.to_string()))
        .filter(|folder| !folder.is_empty())
        .collect();
    if !folders.is_empty() {
        plan.put("sass", "loadPaths", json!(folders));
    }
}

fn write(
    facts: &Facts,
    source: Option<&(Tool, Utf8PathBuf)>,
    plan: &Plan,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let name = source.map(|(_, file)| file.strip_prefix(&facts.project).unwrap_or(file));
    let header = match name {
        Some(name) => format!("Written by `bundle init` from {name}. All keys: docs/config.md"),
        None => "Written by `bundle init`. All keys: docs/config.md".to_owned(),
    };
    let config = (FILE.to_owned(), text::written(plan, &header));
    let files: Vec<(String, String)> =
        plan.files.texts.clone().into_iter().chain(std::iter::once(config)).collect();
    for (path, text) in &files {
        let path = facts.project.join(path);
        if let Some(folder) = path.parent() {
            let _ = fs::create_dir_all(folder);
        }
        if let Err(why) = write_file(&path, text) {
            log.push(messages::config_not_written(&path, &why));
        }
    }
    log.stop_on_error()?;
    report::answer(&summary(facts, source, plan, &files))
}

#[expect(clippy::disallowed_methods, reason = "only the command line writes")]
fn write_file(path: &Utf8Path, text: &str) -> std::io::Result<()> {
    fs::write(path, text)
}

/// Returns what the command prints: what was found, written and left out, and what comes next.
fn summary(
    facts: &Facts,
    source: Option<&(Tool, Utf8PathBuf)>,
    plan: &Plan,
    files: &[(String, String)],
) -> String {
    let mut found = Vec::new();
    if facts.framework != Framework::None {
        found.push(facts.framework.name().to_owned());
    }
    if let Some((tool, file)) = source {
        let file = file.strip_prefix(&facts.project).unwrap_or(file);
        found.push(format!("{} ({file})", tool.name()));
    }
    if let Some(major) = facts.major("vue") {
        found.push(format!("Vue {major}"));
    }
    let others: Vec<String> = facts
        .tools()
        .iter()
        .filter(|tool| Some(*tool) != source)
        .map(|(_, file)| file.strip_prefix(&facts.project).unwrap_or(file).to_string())
        .collect();
    let mut text = format!(
        "found: {}\n",
        if found.is_empty() { "sources".to_owned() } else { found.join(", ") }
    );
    if !others.is_empty() {
        let _ =
            writeln!(text, "       not read: {} (--from FILE reads another)", others.join(", "));
    }
    let areas = plan.keys.get("areas").and_then(|areas| areas.as_object());
    let out = plan.keys.get("outDir").and_then(|out| out.as_str()).unwrap_or_default();
    let count = areas.map_or(0, serde_json::Map::len);
    let _ = writeln!(
        text,
        "wrote: {FILE} ({count} output{} in {out})",
        if count == 1 { "" } else { "s" }
    );
    for (path, _) in files.iter().filter(|(path, _)| path != FILE) {
        let _ = writeln!(text, "       {path}");
    }
    text.push_str(&notes(&plan.notes));
    let undo = undo(files);
    let missing: Vec<&str> = plan.files.missing.iter().map(String::as_str).collect();
    let next = if missing.is_empty() {
        "next:  ".to_owned()
    } else {
        format!("next:  npm install --save-dev {}\n       ", missing.join(" "))
    };
    let _ = write!(
        text,
        "\n{next}npx bundle           builds for production\n       npx bundle --watch   builds, \
         and rebuilds after each change\nundo:  delete {undo}; nothing else was changed\n"
    );
    text
}

/// Returns what was not carried over. Notes in a row with one remedy share its line.
fn notes(notes: &[Note]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let mut text = "\nnot carried over:\n".to_owned();
    for (index, one) in notes.iter().enumerate() {
        let _ = writeln!(text, "  {}", note(one));
        if notes.get(index + 1).is_none_or(|next| next.remedy != one.remedy) {
            let _ = writeln!(text, "      {}", one.remedy);
        }
    }
    text
}

/// Returns what to delete to undo the command: the files, those of bundle.entries/ as a folder.
fn undo(files: &[(String, String)]) -> String {
    const ENTRIES: &str = "bundle.entries/";
    let paths = files.iter().map(|(path, _)| path.as_str());
    let shown = paths.map(|path| if path.starts_with(ENTRIES) { ENTRIES } else { path });
    // The configuration is the last of the files, and comes first here.
    let mut all: Vec<&str> = shown.collect::<IndexSet<_>>().into_iter().rev().collect();
    let last = all.pop().unwrap_or_default();
    if all.is_empty() { last.to_owned() } else { format!("{} and {last}", all.join(", ")) }
}

fn note(note: &Note) -> String {
    if note.at.is_empty() { note.what.clone() } else { format!("{}  {}", note.at, note.what) }
}
