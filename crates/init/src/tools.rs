//! The tools that build a project now: those whose files it has, and those that the scripts of
//! package.json run.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value as Json;

use bundle_base::config::{absolute, matching};

use super::{
    facts::{ProjectFacts, required},
    react_scripts,
    scripts::{self, Command, file_name},
};

/// A tool that builds the project's scripts now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tool {
    /// Laravel Mix.
    Mix,
    /// Symfony's Webpack Encore.
    Encore,
    /// Vue CLI 3 and later.
    VueCli,
    /// webpack with a configuration of its own.
    Webpack,
    /// Rspack, whose configuration has the form of webpack's.
    Rspack,
    /// Vite.
    Vite,
    /// Gulp, Laravel Elixir among its tasks.
    Gulp,
    /// Grunt.
    Grunt,
    /// Rollup.
    Rollup,
    /// A script that calls esbuild.
    Esbuild,
    /// Bud, of the themes of Sage 10.
    Bud,
    /// Create React App.
    ReactScripts,
    /// create-guten-block.
    GutenBlock,
    /// `@wordpress/scripts` without a configuration of webpack.
    WordPress,
    /// `10up-toolkit` without one.
    Toolkit,
}

/// A configuration, and the tool that it is for.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// The tool.
    pub tool: Tool,
    /// Its configuration.
    pub file: Utf8PathBuf,
}

/// Programs that scripts of package.json call, with their tools.
const RUN_BY: [(&str, Tool); 17] = [
    ("webpack", Tool::Webpack),
    ("webpack-cli", Tool::Webpack),
    ("rspack", Tool::Rspack),
    ("encore", Tool::Encore),
    ("mix", Tool::Mix),
    ("vite", Tool::Vite),
    ("vue-cli-service", Tool::VueCli),
    ("gulp", Tool::Gulp),
    ("grunt", Tool::Grunt),
    ("rollup", Tool::Rollup),
    ("bud", Tool::Bud),
    ("cgb-scripts", Tool::GutenBlock),
    ("react-scripts", Tool::ReactScripts),
    ("craco", Tool::ReactScripts),
    ("react-app-rewired", Tool::ReactScripts),
    ("wp-scripts", Tool::Webpack),
    ("10up-toolkit", Tool::Webpack),
];

/// The usual names of configurations, the likeliest first.
const NAMES: [(&str, Tool); 53] = [
    ("webpack.mix.js", Tool::Mix),
    ("winter.mix.js", Tool::Mix),
    ("webpack.mix.cjs", Tool::Mix),
    ("vue.config.js", Tool::VueCli),
    ("vue.config.cjs", Tool::VueCli),
    ("vue.config.mjs", Tool::VueCli),
    ("vue.config.ts", Tool::VueCli),
    ("vite.config.js", Tool::Vite),
    ("vite.config.ts", Tool::Vite),
    ("vite.config.mjs", Tool::Vite),
    ("vite.config.cjs", Tool::Vite),
    ("vite.config.mts", Tool::Vite),
    ("vite.config.cts", Tool::Vite),
    ("bud.config.js", Tool::Bud),
    ("bud.config.mjs", Tool::Bud),
    ("bud.config.cjs", Tool::Bud),
    ("bud.config.ts", Tool::Bud),
    ("webpack.config.js", Tool::Webpack),
    ("webpack.config.babel.js", Tool::Webpack),
    (".webpack.config.js", Tool::Webpack),
    ("webpack.config.cjs", Tool::Webpack),
    ("webpack.config.mjs", Tool::Webpack),
    ("webpack.config.ts", Tool::Webpack),
    ("rspack.config.js", Tool::Rspack),
    ("rspack.config.ts", Tool::Rspack),
    ("rspack.config.mjs", Tool::Rspack),
    ("rspack.config.mts", Tool::Rspack),
    ("rspack.config.cjs", Tool::Rspack),
    ("rspack.config.cts", Tool::Rspack),
    ("webpack.prod.js", Tool::Webpack),
    ("webpack.config.prod.js", Tool::Webpack),
    ("webpack.production.config.js", Tool::Webpack),
    ("build/webpack.prod.conf.js", Tool::Webpack),
    ("build/webpack.prod.config.js", Tool::Webpack),
    ("config/webpack.config.js", Tool::Webpack),
    ("gulpfile.js", Tool::Gulp),
    ("Gruntfile.js", Tool::Grunt),
    ("gulpfile.babel.js", Tool::Gulp),
    ("gulpfile.mjs", Tool::Gulp),
    ("gulpfile.cjs", Tool::Gulp),
    ("gulpfile.ts", Tool::Gulp),
    ("gulpfile.js/index.js", Tool::Gulp),
    ("Gruntfile.cjs", Tool::Grunt),
    ("Gruntfile.ts", Tool::Grunt),
    ("rollup.config.js", Tool::Rollup),
    ("rollup.config.mjs", Tool::Rollup),
    ("rollup.config.ts", Tool::Rollup),
    ("rollup.config.cjs", Tool::Rollup),
    ("esbuild.js", Tool::Esbuild),
    ("esbuild.mjs", Tool::Esbuild),
    ("esbuild.config.js", Tool::Esbuild),
    ("esbuild.config.mjs", Tool::Esbuild),
    ("esbuild.config.cjs", Tool::Esbuild),
];

const ENCORE: &str = "@symfony/webpack-encore";

impl Tool {
    /// Returns its name, as messages show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mix => "Laravel Mix",
            Self::Encore => "Webpack Encore",
            Self::VueCli => "Vue CLI",
            Self::Webpack => "webpack",
            Self::Rspack => "Rspack",
            Self::Vite => "Vite",
            Self::Gulp => "gulp",
            Self::Grunt => "Grunt",
            Self::Rollup => "Rollup",
            Self::Esbuild => "esbuild",
            Self::Bud => "Bud",
            Self::ReactScripts => "Create React App",
            Self::GutenBlock => "create-guten-block",
            Self::WordPress => "@wordpress/scripts",
            Self::Toolkit => "10up-toolkit",
        }
    }

    /// Whether webpack or Rspack builds for the tool.
    pub fn runs_webpack(self) -> bool {
        match self {
            Self::Mix
            | Self::Encore
            | Self::VueCli
            | Self::Webpack
            | Self::Rspack
            | Self::WordPress
            | Self::Toolkit
            | Self::Bud
            | Self::ReactScripts
            | Self::GutenBlock => true,
            Self::Vite | Self::Gulp | Self::Grunt | Self::Rollup | Self::Esbuild => false,
        }
    }
}

/// Returns the configurations that the project has, the likeliest first.
pub fn of_project(facts: &ProjectFacts) -> Vec<Source> {
    let files = facts.files();
    let found = NAMES.iter().filter_map(|(name, tool)| {
        // Both look for their files without regard to case.
        let any_case = [Tool::Gulp, Tool::Grunt].contains(tool);
        let other = || files.iter().find(|file| any_case && file.eq_ignore_ascii_case(name));
        let name = if facts.is_file(name) { name } else { other()?.as_str() };
        Some(Source { tool: refined(facts, name, *tool), file: facts.project.join(name) })
    });
    let mut found: Vec<Source> = found.collect();
    let builds = scripts::builds(facts);
    let runs = |program| builds.iter().flatten().any(|command| command.calls(program));
    // These may have no configuration.
    for (tool, is_used) in [
        (
            Tool::VueCli,
            facts.range("@vue/cli-service").is_some()
                && (found.is_empty() || runs("vue-cli-service")),
        ),
        (Tool::WordPress, runs("wp-scripts")),
        (Tool::Toolkit, runs("10up-toolkit")),
        (Tool::GutenBlock, runs("cgb-scripts")),
    ] {
        let has_own = [Tool::VueCli, Tool::GutenBlock].contains(&tool);
        let like = if has_own { tool } else { Tool::Webpack };
        if is_used && !found.iter().any(|source| source.tool == like) {
            found.insert(0, Source { tool, file: facts.project.join("package.json") });
        }
    }
    for (program, files) in react_scripts::PROGRAMS {
        let file = files.iter().find(|file| facts.has(file)).unwrap_or(&"package.json");
        let source = Source { tool: Tool::ReactScripts, file: facts.project.join(file) };
        if runs(program) {
            found.retain(|source| source.tool != Tool::ReactScripts);
            found.insert(0, source);
        }
    }
    for command in builds.iter().flatten() {
        found.extend(named(facts, command).filter(|source| !found.contains(source)));
    }
    // Other scripts may name more files of Mix.
    for command in scripts::all(facts) {
        found.extend(mix_file(facts, &command).filter(|source| !found.contains(source)));
    }
    found
}

/// Returns those of the configurations that the build for production runs, by the likeliest script
/// of package.json; those of webpack before others.
pub fn run_by_build(facts: &ProjectFacts, found: &[Source]) -> Vec<Source> {
    let run = |commands: &Vec<Command>| {
        let mut sources: Vec<Source> = Vec::new();
        for command in commands {
            let source = of_command(facts, command, found);
            sources.extend(source.filter(|source| !sources.contains(source)));
        }
        sources
    };
    let builds = scripts::builds(facts);
    let mut sources = builds.iter().map(run).find(|all| !all.is_empty()).unwrap_or_default();
    sources.sort_by_key(|source| !source.tool.runs_webpack());
    sources
}

/// A run of a configuration by the build for production.
#[derive(Clone, PartialEq, Eq)]
pub struct Run {
    /// The name of the script, which npm sets.
    script: String,
    /// The variables that `cross-env THEME=shop webpack` sets.
    variables: Vec<(String, String)>,
    /// Vite's mode: `--mode shop`.
    pub mode: Option<String>,
    /// Those of several configurations that it builds: `--config-name shop`.
    pub names: Vec<String>,
}

impl Run {
    /// Returns the variables that the configuration finds.
    pub fn variables(&self) -> impl Iterator<Item = (String, String)> {
        let script = ("npm_lifecycle_event".to_owned(), self.script.clone());
        std::iter::once(script).chain(self.variables.iter().cloned())
    }

    fn is_for_development(&self) -> bool {
        self.variables.iter().any(|(name, value)| name == "NODE_ENV" && value == "development")
    }
}

/// Returns the runs of a configuration by the build for production that are not the same: at least
/// one, those for development last.
pub fn runs(facts: &ProjectFacts, source: &Source) -> Vec<Run> {
    let sources = std::slice::from_ref(source);
    let builds = scripts::builds(facts).into_iter();
    let mut builds = builds.filter(|commands| are_run_by(facts, commands, sources));
    let commands = builds.next().unwrap_or_default();
    let is_own = |command: &&Command| are_run_by(facts, std::slice::from_ref(*command), sources);
    let others = if commands.is_empty() { scripts::for_production(facts) } else { Vec::new() };
    let script = commands.iter().chain(&others).find(is_own);
    let script = script.map_or("build", |command| command.script.as_str()).to_owned();
    let names_script = facts.text(&source.file).contains("npm_lifecycle_event");
    let mut runs: Vec<Run> = Vec::new();
    // One reading has all commands of these two.
    let is_of_several =
        |command: &Command| command.calls("wp-scripts") || command.calls("10up-toolkit");
    // A build for Node, of which pages load nothing.
    let is_for_pages = |command: &&Command| !command.words.iter().any(|word| word == "--ssr");
    for command in commands.iter().filter(is_own).filter(is_for_pages) {
        let variables = command.variables();
        let is_vite = source.tool == Tool::Vite;
        let mode = command.value(&["--mode", "-m"]).filter(|_| is_vite).map(str::to_owned);
        let script = if names_script { command.script.clone() } else { script.clone() };
        match runs.first_mut() {
            Some(first) if is_of_several(command) => first.variables.extend(variables),
            _ => {
                // It is what configurations find anyway.
                let is_usual =
                    |(name, value): &(String, String)| name == "NODE_ENV" && value == "production";
                let variables = variables.into_iter().filter(|one| !is_usual(one)).collect();
                let run = Run { script, variables, mode, names: command.values("--config-name") };
                if !runs.contains(&run) {
                    runs.push(run);
                }
            }
        }
    }
    if runs.is_empty() {
        runs.push(Run { script, variables: Vec::new(), mode: None, names: Vec::new() });
    }
    runs.sort_by_key(Run::is_for_development);
    runs
}

/// Whether commands run one of these configurations.
pub fn are_run_by(facts: &ProjectFacts, commands: &[Command], sources: &[Source]) -> bool {
    let mut run = commands.iter().filter_map(|command| of_command(facts, command, sources));
    run.any(|source| sources.contains(&source))
}

/// Returns the configuration that a command names, or that its program finds among these.
fn of_command(facts: &ProjectFacts, command: &Command, found: &[Source]) -> Option<Source> {
    named(facts, command).or_else(|| usual(command, found))
}

/// Returns the configuration that a program finds itself.
fn usual(command: &Command, found: &[Source]) -> Option<Source> {
    let is_mix = |word: &String| word.contains("laravel-mix");
    if command.words.iter().any(is_mix) {
        return found.iter().find(|source| source.tool == Tool::Mix).cloned();
    }
    let tool = tool_run_by(command)?;
    let is_exact = |source: &&Source| source.tool == tool;
    // webpack runs what Mix and Encore configure too.
    let is_close = |source: &&Source| tool == Tool::Webpack && source.tool.runs_webpack();
    found.iter().find(is_exact).or_else(|| found.iter().find(is_close)).cloned()
}

/// Returns the configuration that a command names: `webpack --config build/prod.js`.
fn named(facts: &ProjectFacts, command: &Command) -> Option<Source> {
    const FLAGS: [&str; 4] = ["--config", "-c", "--gulpfile", "--gruntfile"];
    if let Some(source) = mix_file(facts, command).or_else(|| esbuild_file(facts, command)) {
        return Some(source);
    }
    let tool = tool_run_by(command)?;
    let mut words = command.words.iter();
    let is_flag = |word: &str| FLAGS.contains(&word.split('=').next().unwrap_or_default());
    let flag = words.find(|word| is_flag(word))?;
    let file =
        flag.split_once('=').map(|(_, file)| file).or_else(|| words.next().map(String::as_str))?;
    if file.contains("node_modules/") || !facts.is_file(file) {
        return None;
    }
    // webpack runs what Mix and Encore configure too.
    let tool = if tool == Tool::Webpack { of_file(facts, Utf8Path::new(file)) } else { tool };
    Some(Source { tool, file: absolute(&facts.project, file) })
}

/// Returns the script of Mix that a command names: `mix --mix-config=admin.mix.js`, and before
/// version 6 `--env.mixfile=admin.mix`.
fn mix_file(facts: &ProjectFacts, command: &Command) -> Option<Source> {
    let words: Vec<&str> = command.words.iter().flat_map(|word| word.split('=')).collect();
    let is_name = |word: &str| ["--mix-config", "--env.mixfile", "mixfile"].contains(&word);
    let name = words.windows(2).find(|pair| is_name(pair[0])).map(|pair| pair[1])?;
    let name = name.trim_matches(['"', '\'']);
    let mut files = ["", ".js", ".cjs"].iter().map(|end| format!("{name}{end}"));
    let file = files.find(|file| facts.is_file(file))?;
    Some(Source { tool: Tool::Mix, file: absolute(&facts.project, &file) })
}

/// Returns the script that Node runs, if it calls esbuild: `node build.mjs production`.
fn esbuild_file(facts: &ProjectFacts, command: &Command) -> Option<Source> {
    let mut words = command.after("node").iter().filter(|word| !word.starts_with('-'));
    let file = facts.project.join(words.next()?);
    let calls = facts.is_file(file.as_str()) && calls_esbuild(facts, &file);
    calls.then(|| Source { tool: Tool::Esbuild, file: absolute(&facts.project, file.as_str()) })
}

/// Whether a script imports esbuild, or one of the project's files that does.
pub fn calls_esbuild(facts: &ProjectFacts, script: &Utf8Path) -> bool {
    let is_imported = |text: &str| required(text).any(|name| name == "esbuild");
    let text = facts.text(script);
    let own = required(&text).filter(|name| name.starts_with('.'));
    let mut own = own.flat_map(|name| {
        let path = absolute(script.parent().unwrap_or(script), name);
        ["", ".js", ".mjs", ".cjs", ".ts", ".mts"].map(|ending| format!("{path}{ending}"))
    });
    is_imported(&text) || own.any(|path| is_imported(&facts.text(Utf8Path::new(&path))))
}

/// Returns the configurations in folders of a project that has none, relative to it.
pub fn in_folders(facts: &ProjectFacts) -> Vec<String> {
    /// How deep they are searched.
    const DEEPEST: usize = 3;
    let names = NAMES.iter().map(|(name, _)| *name);
    let names = names.filter(|name| !name.contains('/')).collect::<Vec<_>>().join(",");
    let mut found = Vec::new();
    let mut folders = "*/".to_owned();
    for _ in 0..DEEPEST {
        for path in matching(&*facts.fs, &facts.project, &format!("{folders}{{{names}}}")) {
            let path = facts.below(&path).to_string();
            let others = ["node_modules", "vendor", "test", "tests"];
            let is_own = path.split('/').all(|folder| !others.contains(&folder));
            found.extend(is_own.then_some(path));
        }
        folders.push_str("*/");
    }
    found
}

/// Returns the tool that a command calls.
pub fn tool_run_by(command: &Command) -> Option<Tool> {
    let of_word = |word: &String| RUN_BY.iter().find(|(program, _)| file_name(word) == *program);
    command.words.iter().find_map(of_word).map(|(_, tool)| *tool)
}

/// Returns the tool that a configuration file belongs to.
pub fn of_file(facts: &ProjectFacts, file: &Utf8Path) -> Tool {
    let name = file.file_name().unwrap_or_default().to_lowercase();
    // gulp's configuration may be a folder.
    let folder = file.parent().and_then(Utf8Path::file_name).unwrap_or_default().to_lowercase();
    let name = if folder.starts_with("gulpfile.") { folder } else { name };
    let tool = match name.as_str() {
        name if name.contains("mix") => Tool::Mix,
        "package.json" if facts.range("react-scripts").is_some() => Tool::ReactScripts,
        name if name.starts_with("vue.config") || name == "package.json" => Tool::VueCli,
        name if name.starts_with("bud.config") => Tool::Bud,
        name if name.contains("rspack") => Tool::Rspack,
        name if name.starts_with("craco.config") || name.starts_with("config-overrides") => {
            Tool::ReactScripts
        }
        name if name.starts_with("vite") => Tool::Vite,
        name if name.starts_with("gulpfile") => Tool::Gulp,
        name if name.starts_with("gruntfile") => Tool::Grunt,
        name if name.contains("rollup") => Tool::Rollup,
        _ if calls_esbuild(facts, file) => Tool::Esbuild,
        _ => Tool::Webpack,
    };
    refined(facts, file.as_str(), tool)
}

/// A webpack.config.js may be Encore's or Mix's.
fn refined(facts: &ProjectFacts, file: &str, tool: Tool) -> Tool {
    if tool != Tool::Webpack {
        return tool;
    }
    let path = facts.project.join(file);
    let text = facts.text(&path);
    let folder = path.parent().unwrap_or(&facts.project);
    if text.contains(ENCORE) || required(&text).any(|name| calls_encore(facts, folder, name)) {
        Tool::Encore
    } else if text.contains("laravel-mix") && text.contains("mix.") {
        Tool::Mix
    } else {
        tool
    }
}

/// Whether a file or package that a configuration requires calls Encore.
fn calls_encore(facts: &ProjectFacts, folder: &Utf8Path, specifier: &str) -> bool {
    let path = if specifier.starts_with('.') {
        folder.join(specifier)
    } else {
        let package = facts.project.join("node_modules").join(specifier);
        let manifest: Option<Json> =
            serde_json::from_str(&facts.text(&package.join("package.json"))).ok();
        let main = manifest.as_ref().and_then(|json| json.get("main")?.as_str());
        package.join(main.unwrap_or("index.js"))
    };
    ["", ".js", ".cjs", ".mjs", "/index.js"]
        .iter()
        .any(|ending| facts.text(&Utf8PathBuf::from(format!("{path}{ending}"))).contains(ENCORE))
}
