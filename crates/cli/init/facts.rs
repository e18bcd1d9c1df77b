//! Facts about a project: its packages, its framework, and the tool that builds its scripts now.

use std::sync::Arc;

use bundle_base::{FileSystem, fs::FileKind};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value as Json;

/// A project as `bundle init` finds it.
pub struct Facts {
    /// Its folder.
    pub project: Utf8PathBuf,
    /// The disk.
    pub fs: Arc<dyn FileSystem>,
    /// package.json; `Null` without one.
    pub package: Json,
    /// composer.json; `Null` without one.
    pub composer: Json,
    /// The PHP framework.
    pub framework: Framework,
}

/// A framework, known by the files that every project of it has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Framework {
    /// Laravel.
    Laravel,
    /// CodeIgniter 3.
    CodeIgniter3,
    /// CodeIgniter 4.
    CodeIgniter4,
    /// Symfony.
    Symfony,
    /// A theme of `WordPress`.
    WordPress,
    /// PHP pages without a framework.
    PlainPhp,
    /// No PHP.
    None,
}

/// The tool that builds the project's scripts now.
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
    /// Vite.
    Vite,
    /// Gulp, Laravel Elixir among its tasks.
    Gulp,
    /// Grunt.
    Grunt,
    /// `@wordpress/scripts` without a configuration of webpack.
    WordPress,
}

/// Programs that scripts of package.json call, with their tools.
const RUN_BY: [(&str, Tool); 9] = [
    ("webpack", Tool::Webpack),
    ("webpack-cli", Tool::Webpack),
    ("encore", Tool::Encore),
    ("mix", Tool::Mix),
    ("vite", Tool::Vite),
    ("vue-cli-service", Tool::VueCli),
    ("gulp", Tool::Gulp),
    ("grunt", Tool::Grunt),
    ("wp-scripts", Tool::Webpack),
];

const ENCORE: &str = "@symfony/webpack-encore";

impl Facts {
    /// Looks at a project.
    pub fn of(project: &Utf8Path, fs: Arc<dyn FileSystem>) -> Self {
        let json = |name: &str| {
            let text = fs.read(&project.join(name)).ok();
            text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or(Json::Null)
        };
        let (package, composer) = (json("package.json"), json("composer.json"));
        let project = project.to_owned();
        let mut facts = Self { project, fs, package, composer, framework: Framework::None };
        facts.framework = facts.find_framework();
        facts
    }

    /// Returns whether a file or folder of the project exists.
    pub fn has(&self, path: &str) -> bool {
        self.fs.kind(&self.project.join(path)).is_some()
    }

    /// Returns whether a path relative to the project is a file.
    pub fn is_file(&self, path: &str) -> bool {
        self.fs.kind(&self.project.join(path)) == Some(FileKind::File)
    }

    /// Returns the version range of a package that package.json names.
    pub fn range(&self, package: &str) -> Option<&str> {
        ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]
            .iter()
            .find_map(|group| self.package.get(group)?.get(package)?.as_str())
    }

    /// Returns the packages that the project's scripts may import, as package.json names them.
    pub fn dependencies(&self) -> Vec<String> {
        let groups = ["dependencies", "devDependencies"];
        let names = groups.iter().filter_map(|group| self.package.get(group)?.as_object());
        names.flat_map(|packages| packages.keys().cloned()).collect()
    }

    /// Returns the major version of a package: of the installed one, or the smallest in its range.
    pub fn major(&self, package: &str) -> Option<u32> {
        let installed = self.project.join(format!("node_modules/{package}/package.json"));
        let installed = self.fs.read(&installed).ok();
        let installed: Option<Json> = installed.and_then(|t| serde_json::from_slice(&t).ok());
        let version = installed.as_ref().and_then(|json| json.get("version")?.as_str());
        let version = version.or_else(|| self.range(package))?;
        let digits = version.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }

    /// Returns the configuration files that the project has, with their tools, the likeliest first.
    pub fn tools(&self) -> Vec<(Tool, Utf8PathBuf)> {
        const NAMES: [(&str, Tool); 28] = [
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
            ("webpack.config.js", Tool::Webpack),
            ("webpack.config.babel.js", Tool::Webpack),
            (".webpack.config.js", Tool::Webpack),
            ("webpack.config.cjs", Tool::Webpack),
            ("webpack.config.mjs", Tool::Webpack),
            ("webpack.config.ts", Tool::Webpack),
            ("webpack.prod.js", Tool::Webpack),
            ("webpack.config.prod.js", Tool::Webpack),
            ("webpack.production.config.js", Tool::Webpack),
            ("build/webpack.prod.conf.js", Tool::Webpack),
            ("build/webpack.prod.config.js", Tool::Webpack),
            ("config/webpack.config.js", Tool::Webpack),
            ("gulpfile.js", Tool::Gulp),
            ("Gruntfile.js", Tool::Grunt),
            ("gulpfile.babel.js", Tool::Gulp),
        ];
        if let Some((tool, named)) = self.named_in_scripts() {
            let mut tools = vec![(tool, self.project.join(named))];
            self.add_mix_files(&mut tools);
            return tools;
        }
        let names = NAMES.iter().filter(|(name, _)| self.has(name));
        let mut tools: Vec<(Tool, Utf8PathBuf)> = names
            .map(|(name, tool)| (self.refined(name, *tool), self.project.join(name)))
            .collect();
        if tools.is_empty() && self.range("@vue/cli-service").is_some() {
            tools.push((Tool::VueCli, self.project.join("package.json")));
        }
        let is_webpack = |(tool, _): &(Tool, Utf8PathBuf)| *tool == Tool::Webpack;
        if self.runs("wp-scripts") && !tools.iter().any(is_webpack) {
            tools.insert(0, (Tool::WordPress, self.project.join("package.json")));
            return tools;
        }
        self.add_mix_files(&mut tools);
        // A project that changed its tool may still have the files of the one before.
        let run = self.tool_of_scripts();
        tools.sort_by_key(|(tool, _)| run.is_some() && Some(*tool) != run);
        tools
    }

    /// Adds the scripts of Mix that package.json names: `mix --mix-config=admin.mix.js`, and before
    /// version 6 `--env.mixfile=admin.mix`.
    fn add_mix_files(&self, tools: &mut Vec<(Tool, Utf8PathBuf)>) {
        let scripts = self.package.get("scripts").and_then(Json::as_object);
        for command in scripts.into_iter().flat_map(|all| all.values()).filter_map(Json::as_str) {
            for file in mix_files(command) {
                let ends = ["", ".js", ".cjs"];
                let mut files = ends.iter().map(|end| format!("{file}{end}"));
                let Some(file) = files.find(|file| self.is_file(file)) else { continue };
                let path = bundle_base::config::absolute(&self.project, &file);
                if !tools.iter().any(|(_, known)| *known == path) {
                    tools.push((Tool::Mix, path));
                }
            }
        }
    }

    /// Returns the file that a script of package.json names, with its tool: `webpack --config
    /// build/prod.js`.
    fn named_in_scripts(&self) -> Option<(Tool, Utf8PathBuf)> {
        const FLAGS: [&str; 4] = ["--config", "-c", "--gulpfile", "--gruntfile"];
        self.build_scripts().find_map(|script| {
            let words = script.split_whitespace();
            let mut words = words
                .skip_while(|word| run_by(word).is_none())
                .take_while(|w| !w.contains(['&', ';', '|']));
            let tool = run_by(words.next()?)?;
            let is_flag = |word: &str| FLAGS.contains(&word.split('=').next().unwrap_or_default());
            let flag = words.find(|word| is_flag(word))?;
            let file = flag.split_once('=').map(|(_, file)| file).or_else(|| words.next())?;
            let is_of_a_package = file.contains("node_modules/");
            let file = Utf8PathBuf::from(file);
            // webpack runs what Mix and Encore configure too.
            let tool = if tool == Tool::Webpack { self.tool_of(&file) } else { tool };
            (!is_of_a_package && self.is_file(file.as_str())).then_some((tool, file))
        })
    }

    /// Returns the scripts of package.json that build for production, the likeliest first.
    fn build_scripts(&self) -> impl Iterator<Item = &str> {
        let scripts = self.package.get("scripts");
        let names = ["prod", "production", "build:prod", "build"];
        names.into_iter().filter_map(move |name| scripts?.get(name)?.as_str())
    }

    /// Returns whether a script of package.json builds with a program.
    fn runs(&self, program: &str) -> bool {
        self.build_scripts().any(|script| script.split_whitespace().any(|word| word == program))
    }

    /// Returns what a script of package.json passes to a program that builds, after the word
    /// `build`.
    pub fn arguments_of(&self, program: &str) -> Vec<String> {
        let arguments = |mut words: Vec<&str>| {
            let is_build = words.first() == Some(&"build");
            is_build.then(|| words.drain(1..).map(str::to_owned).collect())
        };
        self.calls_of(program).find_map(arguments).unwrap_or_default()
    }

    /// Returns the words after a program in the likeliest script of package.json that builds with
    /// it: the tasks of `grunt sass copy`.
    pub fn words_after(&self, program: &str) -> Vec<String> {
        let words = self.calls_of(program).next().unwrap_or_default();
        words.into_iter().filter(|word| !word.starts_with('-')).map(str::to_owned).collect()
    }

    /// Returns the words after a program in each script of package.json that builds with it.
    fn calls_of(&self, program: &str) -> impl Iterator<Item = Vec<&str>> {
        self.build_scripts().filter_map(move |script| {
            let mut words = script.split_whitespace().skip_while(|word| *word != program);
            words.next()?;
            Some(words.take_while(|word| !word.contains(['&', ';', '|'])).collect())
        })
    }

    /// Returns the tool that package.json's scripts build with.
    fn tool_of_scripts(&self) -> Option<Tool> {
        self.build_scripts().find_map(|script| {
            if script.contains("laravel-mix") {
                return Some(Tool::Mix);
            }
            script.split_whitespace().find_map(run_by)
        })
    }

    /// Returns the tool that a configuration file belongs to.
    pub fn tool_of(&self, file: &Utf8Path) -> Tool {
        let name = file.file_name().unwrap_or_default().to_lowercase();
        let tool = match name.as_str() {
            name if name.contains("mix") => Tool::Mix,
            name if name.starts_with("vue.config") || name == "package.json" => Tool::VueCli,
            name if name.starts_with("vite") => Tool::Vite,
            name if name.starts_with("gulpfile") => Tool::Gulp,
            name if name.starts_with("gruntfile") => Tool::Grunt,
            _ => Tool::Webpack,
        };
        self.refined(file.as_str(), tool)
    }

    /// A webpack.config.js may be Encore's or Mix's.
    fn refined(&self, file: &str, tool: Tool) -> Tool {
        if tool != Tool::Webpack {
            return tool;
        }
        let path = self.project.join(file);
        let text = self.text(&path);
        let folder = path.parent().unwrap_or(&self.project);
        if text.contains(ENCORE) || required(&text).any(|name| self.calls_encore(folder, name)) {
            Tool::Encore
        } else if text.contains("laravel-mix") && text.contains("mix.") {
            Tool::Mix
        } else {
            tool
        }
    }

    fn text(&self, path: &Utf8Path) -> String {
        String::from_utf8_lossy(&self.fs.read(path).unwrap_or_default()).into_owned()
    }

    /// Whether a file or package that a configuration requires calls Encore.
    fn calls_encore(&self, folder: &Utf8Path, specifier: &str) -> bool {
        let path = if specifier.starts_with('.') {
            folder.join(specifier)
        } else {
            let package = self.project.join("node_modules").join(specifier);
            let manifest: Option<Json> =
                serde_json::from_str(&self.text(&package.join("package.json"))).ok();
            let main = manifest.as_ref().and_then(|json| json.get("main")?.as_str());
            package.join(main.unwrap_or("index.js"))
        };
        ["", ".js", ".cjs", ".mjs", "/index.js"]
            .iter()
            .any(|ending| self.text(&Utf8PathBuf::from(format!("{path}{ending}"))).contains(ENCORE))
    }

    fn find_framework(&self) -> Framework {
        let requires =
            |name: &str| self.composer.get("require").is_some_and(|r| r.get(name).is_some());
        if self.has("artisan") || requires("laravel/framework") {
            Framework::Laravel
        } else if self.has("spark") || requires("codeigniter4/framework") {
            Framework::CodeIgniter4
        } else if self.has("application/config/config.php")
            || self.has("system/core/CodeIgniter.php")
        {
            Framework::CodeIgniter3
        } else if self.has("symfony.lock")
            || self.has("bin/console")
            || requires("symfony/framework-bundle")
        {
            Framework::Symfony
        } else if self.has("functions.php") && self.has("style.css") || self.has("wp-config.php") {
            Framework::WordPress
        } else if self.has("composer.json") || self.has_php() {
            Framework::PlainPhp
        } else {
            Framework::None
        }
    }

    fn has_php(&self) -> bool {
        let names = self.fs.list(&self.project).unwrap_or_default();
        names.iter().any(|entry| entry.kind == Some(FileKind::File) && entry.name.ends_with(".php"))
    }
}

/// Returns the tool that a word of a command calls.
fn run_by(word: &str) -> Option<Tool> {
    RUN_BY.iter().find(|(name, _)| *name == word).map(|(_, tool)| *tool)
}

/// Returns the scripts of Mix that a command names.
fn mix_files(command: &str) -> Vec<&str> {
    let words: Vec<&str> = command.split([' ', '=']).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &str| {
        ["--mix-config", "--env.mixfile", "mixfile"].contains(&word.trim_matches(['"', '\'']))
    };
    let pairs = words.windows(2).filter(|pair| is_name(pair[0]));
    pairs.map(|pair| pair[1].trim_matches(['"', '\''])).collect()
}

/// Returns what a script requires or imports, as it is written.
pub fn required(text: &str) -> impl Iterator<Item = &str> {
    let after =
        ["require(", "from ", "import "].into_iter().flat_map(|word| text.split(word).skip(1));
    after.filter_map(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    })
}

impl Framework {
    /// Returns its name, as messages show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Laravel => "Laravel",
            Self::CodeIgniter3 => "CodeIgniter 3",
            Self::CodeIgniter4 => "CodeIgniter 4",
            Self::Symfony => "Symfony",
            Self::WordPress => "a theme of WordPress",
            Self::PlainPhp => "PHP pages",
            Self::None => "no PHP",
        }
    }

    /// Returns the folders whose files reload the page when they change, as patterns.
    pub fn views(self) -> &'static [&'static str] {
        match self {
            Self::Laravel => &["resources/views/**/*.php"],
            Self::CodeIgniter3 => &["application/views/**/*.php"],
            Self::CodeIgniter4 => &["app/Views/**/*.php"],
            Self::Symfony => &["templates/**/*.twig"],
            Self::WordPress => &["**/*.php"],
            Self::PlainPhp | Self::None => &[],
        }
    }
}

impl Tool {
    /// Returns its name, as messages show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mix => "Laravel Mix",
            Self::Encore => "Webpack Encore",
            Self::VueCli => "Vue CLI",
            Self::Webpack => "webpack",
            Self::Vite => "Vite",
            Self::Gulp => "gulp",
            Self::Grunt => "Grunt",
            Self::WordPress => "@wordpress/scripts",
        }
    }
}
