//! The functions of packages and globals whose results are known without running them: Node's
//! `path`, `url` and reading `fs`, YAML, lists of files by glob, merging of configurations, and
//! queries of the mode, which is production.

use std::rc::Rc;

use bundle_base::{
    config::{absolute, matching, matching_entries, relative},
    decode::decode_lossy,
    fs::FileKind,
};
use camino::{Utf8Path, Utf8PathBuf};
use swc_common::Spanned;

use super::{
    builtins::on_builtin,
    command_line::PRODUCTION,
    literals::json,
    lodash,
    merging::{self, merged},
    operators::text_of,
    script::Script,
    value::{Field, Object, Origin, Symbol, Value},
    yaml,
};

/// The package of Encore.
pub(super) const ENCORE: &str = "@symfony/webpack-encore";
/// The package whose object the function of a Bud configuration gets.
const BUD: &str = "@roots/bud";

impl Script<'_> {
    /// Returns the exports that `require` or an import gets.
    pub(super) fn require(&mut self, specifier: &Value, node: &impl Spanned) -> Value {
        let Some(specifier) = specifier.as_text() else { return self.unknown(node) };
        // `require(path.resolve("node_modules/name"))`
        let specifier = match specifier.rsplit_once("/node_modules/") {
            Some((_, package)) if specifier.starts_with('/') => package.to_owned(),
            _ => specifier,
        };
        if specifier.starts_with(['.', '/']) {
            let folder = self.files[self.current].path.parent().map(ToOwned::to_owned);
            let path = absolute(&folder.unwrap_or_default(), &specifier);
            return match self.find(&path) {
                Some(file) => self.load(&file),
                None => self.unknown(node),
            };
        }
        let name = specifier.strip_prefix("node:").unwrap_or(&specifier).to_owned();
        if let Some(file) = self.configuration_of_package(&name) {
            return self.load(&file);
        }
        Value::symbol(Origin::Module(name), self.place(node))
    }

    /// Returns the value of an undeclared name; `None` if it is not known.
    #[expect(clippy::unused_self, reason = "names may depend on the host")]
    pub(super) fn global(&self, name: &str) -> Option<Value> {
        match name {
            "undefined" => Some(Value::Undefined),
            "NaN" => Some(Value::Number(f64::NAN)),
            "Infinity" => Some(Value::Number(f64::INFINITY)),
            _ => None,
        }
    }

    /// Returns a property of a package or global; `None` if it is not known.
    pub(super) fn property_of_module(&self, of: &Symbol, key: &str) -> Option<Value> {
        let root = of.root();
        match (root, of.path().as_slice(), key) {
            ("process", [], "env") => Some(self.environment.clone()),
            ("process", [], "argv") => {
                Some(Value::list(vec![Value::text("node"), Value::text("build")]))
            }
            ("process", [], "platform") => Some(Value::text("linux")),
            ("path", _, "sep") => Some(Value::text("/")),
            // `plugin.constructor.name`
            (_, [.., "constructor"], "name") => {
                Some(Value::Text(class_of(of.receiver()?.call()?.0)))
            }
            ("yargs" | "yargs/yargs", _, "argv") => Some(self.command_line(&Value::Undefined)),
            (BUD, _, "isProduction") => Some(Value::Boolean(true)),
            (BUD, _, "isDevelopment") => Some(Value::Boolean(false)),
            // `argv.env.production`
            ("env", [], key) if PRODUCTION.contains(&key) => Some(Value::Boolean(true)),
            _ => None,
        }
    }

    /// Calls a function of a package or global; `None` if the result is not known.
    pub(super) fn call_of_module(
        &mut self,
        callee: &Rc<Symbol>,
        arguments: &[Value],
    ) -> Option<Value> {
        let path = callee.path();
        let name = path.last().copied().unwrap_or_default();
        match callee.root() {
            "path" => self.path_function(name, arguments),
            "fs" | "fs-extra" => {
                self.throw_if_missing(name, arguments);
                self.fs_function(callee, name, arguments)
            }
            "url" if name == "fileURLToPath" => {
                let path = text_of(arguments.first()?)?;
                Some(Value::text(path.strip_prefix("file://").unwrap_or(&path)))
            }
            "process" if name == "cwd" => Some(Value::text(self.host.project.as_str())),
            "require" if name == "resolve" => {
                let (first, options) = (arguments.first()?, arguments.get(1));
                let folders = options.map(|options| options.get("paths").elements());
                let name = first.as_text()?;
                if name.ends_with("-loader") && !name.starts_with('.') {
                    // Configurations look for `/css-loader/` in the path of a loader.
                    let folder = self.host.project.join("node_modules").join(name);
                    return Some(Value::Text(folder.join("dist/cjs.js").into_string()));
                }
                let found = self.found_from(&name, &folders.unwrap_or_default());
                Some(found.unwrap_or_else(|| first.clone()))
            }
            "glob" | "globby" | "fast-glob" | "tiny-glob" | "glob-all" => {
                self.files_by_glob(callee, arguments)
            }
            "require-dir" | "requiredir" => self.load_folder(callee, arguments),
            "webpack-merge" => merging::webpack_merge(callee, arguments),
            "yargs" | "yargs/yargs" | "yargs-parser" | "minimist" => {
                self.parsed_arguments(callee, arguments)
            }
            root if yaml::function(root, name).is_some() => {
                yaml::function(root, name)?(&text_of(arguments.first()?)?)
            }
            "yamljs" if name == "load" => {
                yaml::yaml(&self.fs_function(callee, "readFileSync", arguments)?.as_text()?)
            }
            "webpack-chain" if name == "when" => self.when(callee, arguments),
            "deepmerge" | "object-assign" => Some(merged(arguments)),
            root if lodash::function(root, name).is_some() => {
                let name = lodash::function(root, name)?;
                self.call_of_lodash(&name, arguments)
            }
            "Promise" => match name {
                "resolve" | "all" => Some(arguments.first().cloned().unwrap_or_default()),
                _ => None,
            },
            "Object" | "Array" | "JSON" | "String" | "Boolean" => {
                on_builtin(callee.root(), name, arguments)
            }
            "laravel-mix" if name == "inProduction" => Some(Value::Boolean(true)),
            ENCORE => match name {
                "isProduction" | "isRuntimeEnvironmentConfigured" => Some(Value::Boolean(true)),
                "isDev" | "isDevServer" => Some(Value::Boolean(false)),
                "when" => self.when(callee, arguments),
                _ => None,
            },
            BUD => match name {
                "when" => self.when(callee, arguments),
                "make" | "pipe" | "sequence" | "tap" => self.with_functions(callee, arguments),
                // The caller resolves names such as `@src`.
                "path" => {
                    let parts: Option<Vec<String>> = arguments.iter().map(text_of).collect();
                    Some(Value::text(parts?.join("/")))
                }
                _ => None,
            },
            _ => match name {
                "defineConfig" | "defineConfigWithTheme" => arguments.first().cloned(),
                "mergeConfig" => Some(merging::vite_merge(arguments.first()?, arguments.get(1)?)),
                // `grunt.file.readJSON("package.json")`
                "readJSON" => self.fs_function(callee, "readJSONSync", arguments),
                "loadEnv" => {
                    let process = Symbol::new(Origin::Name("process".to_owned()), callee.place);
                    self.property_of_module(&process, "env")
                }
                _ => None,
            },
        }
    }

    /// Returns the file that `require.resolve(specifier, { paths })` finds in a package.
    fn found_from(&self, specifier: &str, folders: &[Value]) -> Option<Value> {
        let mut folders = folders.iter().filter_map(Value::as_text);
        folders.find_map(|folder| {
            // Folders come from `path.dirname(require.resolve("name/package.json"))`.
            let folder = if folder.starts_with(['/', '.']) {
                absolute(self.host.project, &folder)
            } else {
                self.host.project.join("node_modules").join(folder)
            };
            let mut packages =
                folder.ancestors().map(|one| one.join("node_modules").join(specifier));
            let file = packages.find(|path| self.host.fs.kind(path) == Some(FileKind::File))?;
            Some(Value::Text(file.into_string()))
        })
    }

    /// `when(condition, change)` of Encore and webpack-chain; the latter also has
    /// `when(condition, change, otherwise)`.
    fn when(&mut self, callee: &Rc<Symbol>, arguments: &[Value]) -> Option<Value> {
        let config = Value::Symbol(Rc::clone(callee.receiver()?));
        let [condition, change, ..] = arguments else { return None };
        let holds = self.call(condition, vec![config.clone()]);
        if holds.is_true() != Some(false) {
            self.call(change, vec![config.clone()]);
        } else if let Some(otherwise) = arguments.get(2) {
            self.call(otherwise, vec![config.clone()]);
        }
        Some(config)
    }

    /// Calls functions with the object that the call is on: `bud.tap(bud => …)`.
    fn with_functions(&mut self, callee: &Rc<Symbol>, arguments: &[Value]) -> Option<Value> {
        let config = Value::Symbol(Rc::clone(callee.receiver()?));
        let origin = Origin::Call(Rc::clone(callee), arguments.to_vec());
        self.calls.push(Symbol::new(origin, callee.place));
        for argument in arguments {
            let listed = argument.elements();
            for function in std::iter::once(argument).chain(&listed) {
                if let Value::Function(_) = function {
                    self.call(function, vec![config.clone()]);
                }
            }
        }
        Some(config)
    }

    fn path_function(&self, name: &str, arguments: &[Value]) -> Option<Value> {
        let texts: Option<Vec<String>> = arguments.iter().map(Value::as_text).collect();
        let texts = texts?;
        let first = texts.first().map(String::as_str).unwrap_or_default();
        let path = Utf8Path::new(first);
        Some(Value::text(match name {
            "resolve" => {
                let start = self.host.project.to_owned();
                texts.iter().fold(start, |base, text| absolute(&base, text)).into_string()
            }
            "join" | "normalize" => normal(&texts.join("/")),
            "dirname" => path.parent().map_or(".", Utf8Path::as_str).to_owned(),
            "basename" => {
                let name = path.file_name().unwrap_or_default();
                let ending = texts.get(1).map(String::as_str).unwrap_or_default();
                name.strip_suffix(ending).unwrap_or(name).to_owned()
            }
            "extname" => path.extension().map(|e| format!(".{e}")).unwrap_or_default(),
            "relative" => {
                let to = texts.get(1)?;
                relative(&absolute(self.host.project, first), &absolute(self.host.project, to))
            }
            "parse" => {
                let stem = path.file_stem().unwrap_or_default();
                let fields = [("name", stem), ("base", path.file_name().unwrap_or_default())];
                return Some(Value::object(fields.map(|(key, value)| field(key, value)).into()));
            }
            "isAbsolute" => return Some(Value::Boolean(first.starts_with('/'))),
            _ => return None,
        }))
    }

    /// Notes that a function throws because its file is missing. Only inside a `try`: files that
    /// are missing here may exist when the script is run.
    fn throw_if_missing(&mut self, name: &str, arguments: &[Value]) {
        let throwing =
            ["accessSync", "statSync", "lstatSync", "readFileSync", "readdirSync", "readJsonSync"];
        let path = arguments.first().and_then(Value::as_text);
        if self.attempts > 0 && throwing.contains(&name) {
            self.is_thrown |= path.is_some_and(|path| {
                self.host.fs.kind(&absolute(self.host.project, &path)).is_none()
            });
        }
    }

    fn fs_function(
        &mut self,
        callee: &Rc<Symbol>,
        name: &str,
        arguments: &[Value],
    ) -> Option<Value> {
        let asked = |value: &Value| Some(absolute(self.host.project, &value.as_text()?));
        match name {
            "existsSync" | "pathExistsSync" => {
                let path = asked(arguments.first()?)?;
                Some(Value::Boolean(self.host.fs.kind(&path).is_some()))
            }
            "readdirSync" => self.files_of_folder(callee, arguments),
            "readFileSync" => {
                let path = asked(arguments.first()?)?;
                let text = decode_lossy(&self.host.fs.read(&path).ok()?);
                self.seen.texts.push((path, text.clone()));
                Some(Value::Text(text))
            }
            "readJsonSync" | "readJSONSync" => {
                let bytes = self.host.fs.read(&asked(arguments.first()?)?).ok()?;
                Some(json(&decode_lossy(&bytes)))
            }
            "isDirectory" | "isFile" => {
                // `fs.statSync(path).isDirectory()`
                let (_, of) = callee.receiver()?.call()?;
                let kind = self.host.fs.kind(&asked(of.first()?)?)?;
                Some(Value::Boolean((kind == FileKind::Directory) == (name == "isDirectory")))
            }
            _ => None,
        }
    }

    /// Returns the names in a folder, or with `withFileTypes` objects that have them.
    fn files_of_folder(&mut self, callee: &Rc<Symbol>, arguments: &[Value]) -> Option<Value> {
        let folder = absolute(self.host.project, &arguments.first()?.as_text()?);
        let options = arguments.get(1).cloned().unwrap_or_default();
        if options.get("recursive").is_true() != Some(false) {
            return None;
        }
        let has_types = options.get("withFileTypes").is_true() == Some(true);
        let names = self.host.fs.list(&folder).unwrap_or_default().into_iter();
        let names: Vec<String> = names.map(|entry| entry.name).collect();
        let paths = names.iter().map(|name| folder.join(name)).collect();
        self.seen.listed.push((callee.place, paths));
        let shown = |name: String| {
            if !has_types {
                return Value::Text(name);
            }
            let path = Value::text(folder.join(&name));
            let entry = Symbol::new(Origin::Call(Rc::clone(callee), vec![path]), callee.place);
            entry.assigned.borrow_mut().extend([field("name", &name)]);
            Value::Symbol(entry)
        };
        Some(Value::list(names.into_iter().map(shown).collect()))
    }

    /// `requireDir("./tasks", { recurse: true })`: loads the scripts of a folder beside the file.
    fn load_folder(&mut self, callee: &Symbol, arguments: &[Value]) -> Option<Value> {
        let file = self.file(callee.place).to_owned();
        let folder = arguments.first().and_then(text_of).unwrap_or_else(|| ".".to_owned());
        let folder = absolute(file.parent()?, &folder);
        let is_deep = arguments.get(1).is_some_and(|o| o.get("recurse").is_true() == Some(true));
        let pattern = if is_deep { "**/*.{js,json}" } else { "*.{js,json}" };
        let mut loaded = Object::new();
        for path in matching(self.host.fs, &folder, pattern) {
            if path != file {
                let field = Field { value: self.load(&path), ..Field::default() };
                loaded.insert(path.file_stem().unwrap_or_default().to_owned(), field);
            }
        }
        Some(Value::object(loaded))
    }

    fn files_by_glob(&mut self, callee: &Symbol, arguments: &[Value]) -> Option<Value> {
        let patterns = match arguments.first()? {
            Value::List(patterns) => patterns.borrow().clone(),
            pattern => vec![pattern.clone()],
        };
        let patterns: Option<Vec<String>> = patterns.iter().map(Value::as_text).collect();
        let options = arguments.get(1).cloned().unwrap_or_default();
        let base = match options.get("cwd").as_text() {
            Some(folder) => absolute(self.host.project, &folder),
            None => self.host.project.to_owned(),
        };
        let is_absolute = options.get("absolute").is_true() == Some(true);
        let (mut left_out, patterns): (Vec<String>, Vec<String>) =
            patterns?.into_iter().partition(|pattern| pattern.starts_with('!'));
        let ignored = match options.get("ignore") {
            Value::List(patterns) => patterns.borrow().clone(),
            pattern => vec![pattern],
        };
        left_out.extend(ignored.iter().filter_map(|one| Some(format!("!{}", one.as_text()?))));
        // node-glob finds folders too, and the others do not.
        let has_folders = callee.root().starts_with("glob")
            && callee.root() != "globby"
            && options.get("nodir").is_true() != Some(true);
        let of = |pattern: &str| {
            let path = absolute(&base, pattern);
            match self.host.fs.kind(&path) {
                Some(FileKind::File) => vec![path],
                Some(_) | None if has_folders => matching_entries(self.host.fs, &base, pattern),
                Some(_) | None => matching(self.host.fs, &base, pattern),
            }
        };
        let mut paths: Vec<Utf8PathBuf> = Vec::new();
        for pattern in &patterns {
            let (wanted, refused) = without_groups(pattern);
            let refused = refused.map(|pattern| of(&pattern)).unwrap_or_default();
            let mut found: Vec<Utf8PathBuf> = wanted.iter().flat_map(|one| of(one)).collect();
            found.retain(|path| !refused.contains(path) && !paths.contains(path));
            paths.extend(found);
        }
        for pattern in &left_out {
            let refused = of(&pattern[1..]);
            paths.retain(|path| !refused.contains(path));
        }
        self.seen.listed.push((callee.place, paths.clone()));
        let is_dotted = patterns.first().is_some_and(|pattern| pattern.starts_with("./"));
        let shown = |path: Utf8PathBuf| {
            if is_absolute || patterns.first().is_some_and(|pattern| pattern.starts_with('/')) {
                return Value::Text(path.into_string());
            }
            let inner = relative(&base, &path);
            Value::Text(if is_dotted { format!("./{inner}") } else { inner })
        };
        Some(Value::list(paths.into_iter().map(shown).collect()))
    }

    /// Returns the path that `new URL(path, base)` names.
    pub(super) fn path_from(&self, base: &str, path: &str) -> Value {
        let base = Utf8Path::new(base.strip_prefix("file://").unwrap_or(base));
        let folder = if base.as_str().is_empty() {
            self.files[self.current].path.parent().map(ToOwned::to_owned).unwrap_or_default()
        } else {
            base.parent().map(ToOwned::to_owned).unwrap_or_default()
        };
        Value::Text(absolute(&folder, path).into_string())
    }
}

/// Returns patterns without groups for one with a group such as `@(a|b)`, and for `!(a|b)` the
/// pattern that it excludes.
fn without_groups(pattern: &str) -> (Vec<String>, Option<String>) {
    let group = pattern.match_indices('(').find_map(|(at, _)| {
        let kind = pattern[..at].chars().next_back().filter(|c| "!@?+*".contains(*c))?;
        let end = at + pattern[at..].find(')')?;
        Some((at - 1, kind, end))
    });
    let Some((start, kind, end)) = group else { return (vec![pattern.to_owned()], None) };
    let (before, after) = (&pattern[..start], &pattern[end + 1..]);
    let words = pattern[start + 2..end].replace('|', ",");
    let list = format!("{before}{{{words}}}{after}");
    match kind {
        '!' => (vec![format!("{before}*{after}")], Some(list)),
        '?' | '*' => (vec![format!("{before}{after}"), list], None),
        _ => (vec![list], None),
    }
}

/// Returns the name of a class: its property, or the name of its package in camel case.
fn class_of(class: &Symbol) -> String {
    if let Some(name) = class.path().last().filter(|name| **name != "default") {
        return (*name).to_owned();
    }
    let package = class.root().rsplit('/').next().unwrap_or_default();
    match package {
        "copy-webpack-plugin" => "CopyPlugin".to_owned(),
        "css-minimizer-webpack-plugin" => "CssMinimizerPlugin".to_owned(),
        "rtlcss-webpack-plugin" => "RtlCssPlugin".to_owned(),
        "terser-webpack-plugin" => "TerserPlugin".to_owned(),
        _ => package.split('-').fold(String::new(), |name, word| {
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            name + &first.into_iter().chain(letters).collect::<String>()
        }),
    }
}

fn field(key: &str, value: &str) -> (String, Field) {
    (key.to_owned(), Field { value: Value::text(value), ..Field::default() })
}

/// Removes `.` and `..` from a path, and keeps it relative if it is.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("{}{}{end}", if path.starts_with('/') { "/" } else { "" }, parts.join("/"))
}
