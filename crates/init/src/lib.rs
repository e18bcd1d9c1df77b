//! Makes a bundle.config.json for a project, from the configuration of the tool that builds it now,
//! or from what the project looks like: `bundle init`. Other tools' scripts are read by
//! `bundle_js::static_evaluation` and never run. Nothing is written here: the host does that.

#![expect(
    clippy::wildcard_enum_match_arm,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "readers pick the values and the paths that they know, as projects write them"
)]

use std::{fmt::Write as _, sync::Arc};

use bundle_base::{Diagnostics, config::FILES, fs::FileSystem};
use camino::Utf8Path;
use indexmap::IndexSet;
use serde_json::json;

mod asset_names; // names of files that are used as they are
mod babel; // Babel's options
mod bud; // bud.config.js
mod ckeditor; // what CKEditor's packages make for webpack
mod classic; // classic scripts, one for each entry
mod commands; // compilers that scripts of package.json call
mod computed_values; // what is computed at each build
mod console; // what compressors remove of console
mod decorators; // decorators of the first proposal
mod encore; // Webpack Encore
mod entries; // the files that outputs begin with
mod esbuild; // scripts that call esbuild
mod facts; // what the project is
mod found; // all configurations as one plan
mod grunt; // Gruntfile.js
mod gulp; // gulpfile.js
mod guten_block; // create-guten-block
mod handlebars; // templates of Handlebars
mod hashes; // hashes of chunks
mod imports; // what sources import
mod intermediate; // stylesheets that commands write for scripts
mod joined; // plans of several tools
mod messages; // why there is no configuration
mod mix; // webpack.mix.js
mod notes; // what was not carried over, as text
mod packages; // packages that are configurations
mod page_modules; // ES modules whose imports the page resolves
mod pages; // what pages of HTML name
mod plan; // what will be written
mod postcss; // the configuration of PostCSS
mod react_scripts; // Create React App
mod reading; // what all readers work with
mod right_to_left; // the second forms of stylesheets, by rtlcss
mod rollup; // rollup.config.js
mod scripts; // commands of package.json
mod source_maps; // source maps of production builds
mod stylesheets; // stylesheets that are not beside their scripts
mod swc; // options of SWC
#[cfg(test)]
mod tests;
mod text; // the plan as bundle.config.json
mod tools; // the tools that build the project
mod vite; // vite.config.js
mod vue_cli; // vue.config.js
mod vue_loader; // options of vue-loader
mod webpack; // webpack.config.js
mod without_tool; // projects without another tool
mod wordpress; // @wordpress/scripts and 10up-toolkit

use facts::{Framework, ProjectFacts};
use found::FoundTools;
use plan::Plan;
use tools::{Source, Tool};

/// The file that is written.
const FILE: &str = "bundle.config.json";
/// The plugin that compiles decorators.
const DECORATORS: &str = "@babel/plugin-proposal-decorators";

/// A configuration that was made.
pub struct Configuration {
    /// The files to write, with their texts. Their paths are relative to the project's folder.
    pub files: Vec<(String, String)>,
    /// What was found, written and left out, and what comes next, for the terminal.
    pub summary: String,
}

/// Makes a configuration for the project in a folder. `from` names the files to read, relative to
/// it; if it is empty, they are looked for. Without `is_forced`, files that exist already with
/// other contents are errors.
pub fn configuration(
    project: &Utf8Path,
    fs: Arc<dyn FileSystem>,
    from: &[String],
    is_forced: bool,
    log: &mut Diagnostics,
) -> Option<Configuration> {
    let facts = ProjectFacts::of(project, fs);
    if let Some(file) = FILES.iter().find(|file| facts.has(file))
        && !is_forced
    {
        log.push(messages::config_exists(file));
    }
    let mut found = found::sources(&facts, from, log);
    if log.has_errors() {
        return None;
    }
    let (mut plan, missing) = found::read_all(&facts, &mut found, from.is_empty(), log);
    if log.has_errors() {
        return None;
    }
    complete(&facts, &found.read, &mut plan);
    notes::keep_first(&mut plan.notes);
    if plan
        .keys
        .get("areas")
        .and_then(|areas| areas.as_object())
        .is_none_or(serde_json::Map::is_empty)
    {
        log.push(found::nothing_to_build(&facts, &found, &plan, &missing));
        return None;
    }
    let is_other = |path: &str, text: &str| {
        let path = facts.project.join(path);
        facts.fs.kind(&path).is_some() && facts.text(&path) != text
    };
    let others = plan.files.texts.iter().filter(|(path, text)| is_other(path, text));
    for (path, _) in others.filter(|_| !is_forced) {
        log.push(messages::config_exists(path));
    }
    let files = files(&facts, &found, &plan);
    let summary = summary(&facts, &found, &plan, &files);
    (!log.has_errors()).then_some(Configuration { files, summary })
}

/// Bundles moment's locales, as webpack does, if scripts choose one.
fn locales(found: &imports::SearchedFiles, plan: &mut Plan) {
    if !plan.scripts.are_locales_left_out && found.choose_locales_of_moment() {
        plan.set("contexts", json!(["moment"]));
        plan.comment("contexts", "all locales of moment, as before; import single ones instead");
    }
}

/// Adds what follows from the project's packages and framework.
fn complete(facts: &ProjectFacts, sources: &[Source], plan: &mut Plan) {
    let uses = |is_meant: fn(Tool) -> bool| sources.iter().any(|source| is_meant(source.tool));
    of_vue(facts, plan);
    if has_package(facts, &["babel-plugin-transform-decorators-legacy", DECORATORS]) {
        plan.set("decorators", "legacy");
    }
    if uses(Tool::runs_webpack) {
        of_webpack(facts, plan);
    }
    if uses(|tool| tool == Tool::Gulp) {
        folders_of_gulp_sass(facts, plan);
    }
    if uses(|tool| tool == Tool::Vite) {
        plan.put("severity", "missing-asset", "warn");
        plan.comment("severity", "Vite goes on: the server is asked for a file that is not there");
    }
    page_modules::keep(facts, plan);
    asset_names::copy_entries(plan);
    asset_names::distinguish(facts, plan);
    asset_names::write(plan);
    postcss::with_tailwind(facts, plan);
    end_sass_data(facts, plan);
    reload_for_views(facts, plan);
    if facts.has("node_modules/bundle/schema/bundle.config.schema.json") {
        plan.set("$schema", "./node_modules/bundle/schema/bundle.config.schema.json");
    }
    let is_package = |path: &str| {
        path.starts_with("node_modules/") && facts.has(&format!("{path}/package.json"))
    };
    plan.finish(&|path| facts.is_file(path) || is_package(path));
}

/// Whether package.json lists one of the packages.
fn has_package(facts: &ProjectFacts, packages: &[&str]) -> bool {
    packages.iter().any(|package| facts.range(package).is_some())
}

/// Adds what follows from the version of Vue.
fn of_vue(facts: &ProjectFacts, plan: &mut Plan) {
    let major = facts.major("vue");
    if major.is_some_and(|major| major > 2) {
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
    if major == Some(2) && has_package(facts, &jsx_of_vue) {
        plan.set("jsx", "vue2");
    }
}

/// Adds what webpack does by default, in its version.
fn of_webpack(facts: &ProjectFacts, plan: &mut Plan) {
    let major = facts.webpack();
    let is_before = |version| major.is_some_and(|major| major < version);
    for code in ["missing-export", "ambiguous-export", "exceeds-target"] {
        plan.put("severity", code, "warn");
    }
    // Before version 5, webpack does not know the `exports` of packages.
    if is_before(5) {
        plan.put("severity", "not-exported", "warn");
    }
    plan.comment(
        "severity",
        "webpack goes on: a missing import is undefined, and newer syntax stays",
    );
    if is_before(4) {
        plan.set("sideEffects", false);
        plan.comment("sideEffects", "as before webpack 4: imported packages run, used or not");
    }
    // Up to version 4, webpack replaces Node's modules itself.
    if is_before(5) {
        plan.set("node", "shims");
        plan.comment("node", "as in webpack 4: small versions of Node's modules for pages");
    }
    let folders = sass_folders(plan);
    if !folders.is_empty() {
        plan.put("sass", "loadPaths", json!(folders));
    }
    let modules: Vec<String> =
        plan.outputs.values().flat_map(|sources| sources.modules.clone()).collect();
    let alias = plan.keys.get("alias").cloned().unwrap_or_default();
    let found = imports::followed(facts, &modules, &alias);
    locales(&found, plan);
    global_of_lodash(&found, plan);
    decorators::of_preset(facts, &found, plan);
}

/// Watches the views of the project's framework.
fn reload_for_views(facts: &ProjectFacts, plan: &mut Plan) {
    let is_there = |pattern: &&&str| {
        let folder = pattern.split("/*").next().unwrap_or_default();
        folder == "**" || facts.has(folder)
    };
    let views: Vec<&&str> = facts.framework.views().iter().filter(is_there).collect();
    if !views.is_empty() {
        plan.set("watch", json!({ "reload": views }));
    }
}

/// Under webpack, lodash takes its AMD branch, which makes it the global `_` of the page.
fn global_of_lodash(found: &imports::SearchedFiles, plan: &mut Plan) {
    let is_given = plan.keys.get("provide").is_some_and(|names| names.get("_").is_some());
    if !is_given && found.read_global_of_lodash() {
        plan.put("provide", "_", "lodash");
        plan.comment("provide", "_: under webpack, lodash makes itself a global of the page");
    }
}

/// gulp-sass searches the folders of its options after those of the entries.
fn folders_of_gulp_sass(facts: &ProjectFacts, plan: &mut Plan) {
    let mut folders = sass_folders(plan);
    folders.retain(|folder| facts.has(folder));
    let given = plan.keys.get("sass").and_then(|sass| sass.get("loadPaths")?.as_array());
    let given = given.into_iter().flatten().filter_map(|folder| folder.as_str());
    folders.extend(given.map(str::to_owned));
    if !folders.is_empty() {
        let sass = plan.keys.entry("sass").or_insert_with(|| json!({}));
        sass["loadPaths"] = json!(folders);
    }
}

/// Returns the folders of the entry stylesheets: sass-loader and gulp-sass search them for the
/// partials of partials too.
fn sass_folders(plan: &Plan) -> IndexSet<String> {
    let styles = plan.outputs.values().flat_map(|sources| &sources.styles);
    let sass = styles.filter(|path| path.ends_with(".scss") || path.ends_with(".sass"));
    let folders = sass.filter_map(|path| Some(Utf8Path::new(path).parent()?.to_string()));
    folders.filter(|folder| !folder.is_empty()).collect()
}

/// Ends the line of what every stylesheet begins with, if some have the indented syntax: builds put
/// nothing between it and their first line.
fn end_sass_data(facts: &ProjectFacts, plan: &mut Plan) {
    let data = plan.keys.get("sass").and_then(|sass| sass.get("additionalData")?.as_str());
    let Some(data) = data.filter(|data| !data.is_empty() && !data.ends_with('\n')) else { return };
    let ended = format!("{data}\n");
    if has_indented_styles(facts, plan) {
        plan.keys["sass"]["additionalData"] = ended.into();
    }
}

/// Whether a stylesheet of an output, or one that scripts import, has the indented syntax of Sass.
fn has_indented_styles(facts: &ProjectFacts, plan: &Plan) -> bool {
    let sources = plan.outputs.values();
    let files: Vec<String> = sources
        .flat_map(|sources| sources.modules.iter().chain(&sources.styles))
        .cloned()
        .collect();
    let alias = plan.keys.get("alias").cloned().unwrap_or_default();
    imports::followed(facts, &files, &alias).files().any(|file| match file.extension() {
        Some("sass") => true,
        Some("vue") => facts.text(file).contains("lang=\"sass\""),
        _ => false,
    })
}

/// Returns the files to write. The configuration is the last.
fn files(facts: &ProjectFacts, found: &FoundTools, plan: &Plan) -> Vec<(String, String)> {
    let mut names: Vec<&str> =
        found.read.iter().map(|one| facts.below(&one.file).as_str()).collect();
    if !found.commands.is_empty() && !names.contains(&"package.json") {
        names.push("package.json");
    }
    let from = match names.as_slice() {
        [] => String::new(),
        [one] => format!(" from {one}"),
        [others @ .., last] => format!(" from {} and {last}", others.join(", ")),
    };
    let header = format!("Written by `bundle init`{from}. All keys: docs/config.md");
    let config = (FILE.to_owned(), text::written(plan, &header));
    plan.files.texts.clone().into_iter().chain(std::iter::once(config)).collect()
}

/// Returns what the command prints: what was found, written and left out, and what comes next.
fn summary(
    facts: &ProjectFacts,
    found: &FoundTools,
    plan: &Plan,
    files: &[(String, String)],
) -> String {
    let mut parts = Vec::new();
    if facts.framework != Framework::None {
        parts.push(facts.framework.name().to_owned());
    }
    for Source { tool, file } in &found.read {
        parts.push(format!("{} ({})", tool.name(), facts.below(file)));
    }
    if !found.commands.is_empty() {
        let programs: Vec<&str> = found.commands.iter().copied().collect();
        parts.push(format!("{} (package.json)", programs.join(", ")));
    }
    if let Some(major) = facts.major("vue") {
        parts.push(format!("Vue {major}"));
    }
    let mut text = format!(
        "found: {}\n",
        if parts.is_empty() { "sources".to_owned() } else { parts.join(", ") }
    );
    if !found.others.is_empty() {
        let others = found.others.iter().map(|source| facts.below(&source.file).as_str());
        let others = others.collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "       not read: {others} (--from FILE reads another, or several)");
    }
    let areas = plan.keys.get("areas").and_then(|areas| areas.as_object());
    let out = plan.keys.get("outDir").and_then(|out| out.as_str()).unwrap_or_default();
    let count = areas.map_or(0, serde_json::Map::len);
    let _ = writeln!(
        text,
        "wrote: {FILE} ({count} output{} in {out})",
        if count == 1 { "" } else { "s" }
    );
    let others: Vec<&str> =
        files.iter().map(|(path, _)| path.as_str()).filter(|path| *path != FILE).collect();
    let (shown, rest) = others.split_at(notes::shown(others.len()));
    for path in shown {
        let _ = writeln!(text, "       {path}");
    }
    if !rest.is_empty() {
        let _ = writeln!(text, "       and {} more files", rest.len());
    }
    text.push_str(&notes::text(&plan.notes));
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
