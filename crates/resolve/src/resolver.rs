//! The steps of resolution. First what needs no file: `data:` URLs, externals, addresses on the
//! network. Then oxc_resolver, with the options for the kind of request. Last, what its result
//! means. One `Resolver` serves all tasks of a session, so every method takes `&self`.

use std::sync::Arc;

use bundle_base::{
    Config, FileSystem,
    config::{Format, Platform, ResolveConfig, absolute},
    fs::FileKind,
    loader::is_css_or_sass,
};
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{ResolveError, ResolverGeneric, TsConfig};

use crate::{
    answer::{RequestSyntax, Resolution, ResolveRequest, Resolved},
    case::{self, Spelling},
    disk::{Disk, NewQuestions},
    explain::Explain,
    external::Externals,
    failure::{Failure, Reason},
    folders::Folders,
    inline_loaders,
    name::FileNames,
    options,
    package::{Package, Packages, Replacement},
    path,
    rules::Rules,
    tsconfig::Tsconfigs,
    url,
};

mod alias; // aliases, and `paths` of tsconfig.json after them
mod choose; // which resolver of oxc_resolver a request gets
mod node; // Node's built-in modules
mod rooted; // specifiers that begin with `/`
mod typescript; // sources of TypeScript that are named by their output

/// No path is longer on Linux (4096) or Windows. Deeper paths would make oxc_resolver recurse too
/// deeply.
const LENGTH_LIMIT: usize = 4096;
const SEGMENT_LIMIT: usize = 256;
/// The most characters of a specifier that are kept for messages.
const SHOWN: usize = 200;

/// The reason is boxed because results are returned by value and most are not failures.
type Outcome<T> = Result<T, Box<Reason>>;

/// Resolves specifiers for one configuration.
pub struct Resolver {
    config: ResolveConfig,
    /// The format of the output.
    format: Format,
    disk: Disk,
    names: FileNames,
    externals: Externals,
    rules: Rules,
    packages: Packages,
    tsconfigs: Tsconfigs,
    spelling: Spelling,
    /// One resolver per kind in `RequestSyntax::ALL`, each for importers in JavaScript and then in
    /// TypeScript. With `preferRelative`, as many that prefer files beside the importer follow. All
    /// share one cache.
    inner: Vec<ResolverGeneric<Disk>>,
    /// Finds directories instead of files.
    directories: ResolverGeneric<Disk>,
    /// Finds stylesheets for stylesheets: by `exports` of packages, and by their other fields.
    styles: [ResolverGeneric<Disk>; 2],
}

impl Resolver {
    /// Makes a resolver. The only question it asks of the file system is the real path of the
    /// project.
    pub fn new(config: &Config, fs: Arc<dyn FileSystem>) -> Self {
        let disk = Disk::over(fs);
        let options = |kind, is_typescript| options::options(config, kind, is_typescript);
        let first = ResolverGeneric::new_with_file_system(
            disk.clone(),
            options(RequestSyntax::Import, false),
        );
        let variants =
            || RequestSyntax::ALL.into_iter().flat_map(|kind| [(kind, false), (kind, true)]);
        let prefers_relative = config.resolve.bare_specifiers.prefer_relative;
        let beside = variants()
            .filter(|_| prefers_relative)
            .map(|(kind, typescript)| options::beside_importer(config, kind, typescript));
        let inner = variants()
            .map(|(kind, typescript)| options(kind, typescript))
            .chain(beside)
            .map(|options| first.clone_with_options(options))
            .collect();
        let tsconfigs = Tsconfigs::new(
            config.resolve.tsconfig.clone(),
            disk.clone(),
            first.clone_with_options(options::for_tsconfigs(config)),
        );
        let directories = first.clone_with_options(options::for_directories(config));
        let styles = [options::for_styles, options::for_styles_by_fields]
            .map(|options| first.clone_with_options(options(config)));
        Self {
            config: config.resolve.clone(),
            format: config.output.format,
            names: FileNames::new(&config.project, &disk),
            externals: Externals::new(config),
            rules: Rules::of(&config.resolve),
            packages: Packages::new(disk.clone()),
            tsconfigs,
            spelling: Spelling::new(disk.clone()),
            disk,
            inner,
            directories,
            styles,
        }
    }

    /// Resolves a specifier to a module, an external or an empty module.
    pub fn resolve(&self, request: &ResolveRequest<'_>) -> Result<Resolution, Failure> {
        let found = self.decide(request).map_err(|reason| failure(request, reason))?;
        Ok(self.rules.applied(found, request))
    }

    /// Resolves a specifier to a directory, for `require.context` and globs. Aliases and packages
    /// work as for files.
    pub fn resolve_directory(&self, request: &ResolveRequest<'_>) -> Result<Utf8PathBuf, Failure> {
        let found = check_shape(request.specifier).and_then(|()| {
            let directory = directory_of(request);
            let asked = OxcRequest {
                request,
                directory,
                specifier: path::without_query(request.specifier),
            };
            let found =
                self.query_oxc(&self.directories, &asked).map_err(|failed| match failed {
                    Failed::Reason(reason) => reason,
                    Failed::Resolver(error) => self.explainer(&asked).directory(&error).into(),
                })?;
            Utf8PathBuf::from_path_buf(found.into_path_buf()).map_err(|path| not_utf8(&path).into())
        });
        found.map_err(|reason| failure(request, reason))
    }

    /// Resolves a specifier in a stylesheet through aliases and packages. The caller tries relative
    /// paths and partials itself.
    pub fn resolve_style(&self, specifier: &str, importer: &Utf8Path) -> Option<Utf8PathBuf> {
        check_shape(specifier).ok()?;
        let find = |folder: &Utf8Path, specifier: &str| {
            self.styles.iter().find_map(|resolver| {
                let found = resolver.resolve(folder, specifier).ok()?;
                let path = Utf8PathBuf::from_path_buf(found.into_path_buf()).ok()?;
                path.extension().is_some_and(is_css_or_sass).then_some(path)
            })
        };
        let below_root = || {
            let inner = specifier.strip_prefix('/').filter(|_| !self.is_aliased(specifier))?;
            find(self.names.project(), &format!("./{inner}"))
        };
        below_root().or_else(|| find(importer.parent().unwrap_or(importer), specifier))
    }

    /// Clears all caches and the record. Call it when a path in the record has appeared or
    /// disappeared, or a file that was read has changed, and while no task is resolving.
    pub fn clear(&self) {
        self.inner[0].clear_cache();
        self.packages.clear();
        self.tsconfigs.clear();
        self.spelling.clear();
        self.disk.clear();
    }

    /// Returns the listings of folders, which a session opens for its first scan.
    pub fn folders(&self) -> &Folders {
        self.disk.folders()
    }

    /// Returns every path asked for since the last `clear`, present or not, sorted. Results may
    /// differ once one of these paths appears or disappears.
    pub fn asked_paths(&self) -> Vec<Utf8PathBuf> {
        self.disk.asked()
    }

    /// Returns what was recorded since the last call. `None`: the whole record counts as new,
    /// because this is the first call, or `clear` was called meanwhile.
    pub fn take_new_questions(&self) -> Option<NewQuestions> {
        self.disk.take_new_questions()
    }

    /// Returns the paths of `asked_paths` with whether each existed, where the question revealed
    /// it. Only this record knows of a path that appears and disappears while a build runs.
    pub fn existence(&self) -> Vec<(Utf8PathBuf, bool)> {
        self.disk.existence()
    }

    /// Returns every file read since the last `clear` (package.json, tsconfig.json), and every
    /// symbolic link, sorted. Results may differ once the contents of one of them change.
    pub fn files_read(&self) -> Vec<Utf8PathBuf> {
        self.disk.files_read()
    }

    /// Whether a result may differ because this path has appeared or disappeared. A
    /// directory that was listed for a suggestion counts with all its names.
    pub fn depends_on_existence(&self, path: &Utf8Path) -> bool {
        self.disk.was_asked(path)
    }

    /// Whether a result may differ because the contents of this file have changed.
    pub fn depends_on_contents(&self, path: &Utf8Path) -> bool {
        self.disk.was_read(path)
    }

    /// Returns the name of a file in messages and outputs, as in `Resolved::name`.
    pub fn name(&self, file: &Utf8Path) -> String {
        let package = file.parent().and_then(|directory| self.packages.of(directory));
        self.names.name(file, package.as_deref())
    }

    /// Returns the project's directory, real or as configured, if the path is inside it.
    pub fn root_of(&self, path: &Utf8Path) -> Option<&Utf8Path> {
        self.names.root_of(path)
    }

    /// Returns the package that a file is part of, as in `Resolved::package`.
    pub fn package(&self, file: &Utf8Path) -> Option<Arc<Package>> {
        file.parent().and_then(|directory| self.packages.of(directory))
    }

    fn decide(&self, request: &ResolveRequest<'_>) -> Outcome<Resolution> {
        if let Some(data) = url::data(request.specifier) {
            let data = data.map_err(|problem| Box::new(Reason::DataUrl { problem }))?;
            return Ok(Resolution::Data { mime: data.mime, bytes: data.bytes });
        }
        check_shape(request.specifier)?;
        let directory = directory_of(request);
        if let Some(external) = self.externals.find(request.specifier, directory) {
            return Ok(external);
        }
        if let Some(found) = self.installed(request) {
            return Ok(found);
        }
        let is_address = url::is_remote(request.specifier)
            || request.kind.is_url() && request.specifier.starts_with('/');
        if is_address && !self.is_aliased(request.specifier) {
            // Only ES modules can be fetched from an address at run time.
            if self.format != Format::Esm && !request.kind.is_url() {
                return Err(Reason::Address { format: self.format }.into());
            }
            return Ok(Resolution::External {
                specifier: request.specifier.to_owned(),
                global: None,
            });
        }
        if let Some(module) = self.named_exactly(request) {
            return Ok(Resolution::Module(module));
        }
        if let Some(found) = self.below_root(request) {
            return Ok(found);
        }
        let asked = OxcRequest { request, directory, specifier: request.specifier };
        let found = self.find(&asked);
        if found.is_err()
            && let Some(specifier) = inline_loaders::as_query(request.specifier)
        {
            return self.decide(&ResolveRequest { specifier: &specifier, ..*request });
        }
        if found.is_err()
            && let Some(found) = self.typescript_source(&asked)
        {
            return Ok(found);
        }
        found.or_else(|failed| self.find_builtin(&asked, failed))
    }

    fn find(&self, asked: &OxcRequest<'_>) -> Result<Resolution, Failed> {
        let OxcRequest { request, directory, specifier } = *asked;
        if inline_loaders::has_options(specifier) {
            return Err(Failed::from(Reason::LoaderSyntax));
        }
        let found = match self.query_oxc(self.inner_for(asked), asked) {
            Ok(found) => found,
            Err(Failed::Resolver(ResolveError::Ignored(_))) => {
                return Ok(self.ignored(directory, specifier));
            }
            Err(Failed::Resolver(ResolveError::Builtin { resolved, is_runtime_module })) => {
                let name = if is_runtime_module {
                    &resolved
                } else {
                    resolved.trim_start_matches("node:")
                };
                return Ok(Resolution::External { specifier: name.to_owned(), global: None });
            }
            Err(failed) => return Err(failed),
        };
        let query = format!(
            "{}{}",
            found.query().unwrap_or_default(),
            found.fragment().unwrap_or_default()
        );
        let path = Utf8PathBuf::from_path_buf(found.into_path_buf())
            .map_err(|path| Failed::from(not_utf8(&path)))?;
        let found = self.for_browsers(self.module(path, query), request)?;
        if let Resolution::Module(module) = &found
            && let Some(reason) = self.misspelt(module, specifier)
        {
            return Err(Failed::from(reason));
        }
        Ok(found)
    }

    /// Applies `browser` entries whose key has no extension, such as `"browser": { "./index":
    /// "./file" }` for `index.js`; oxc_resolver has applied the keys with extensions.
    fn for_browsers(
        &self,
        module: Resolved,
        request: &ResolveRequest<'_>,
    ) -> Result<Resolution, Failed> {
        let is_tried = module
            .path
            .extension()
            .is_some_and(|e| self.config.extensions.iter().any(|x| x[1..] == *e));
        let package = module
            .package
            .as_deref()
            .filter(|_| is_tried && self.config.platform == Platform::Browser);
        let replaced = package.and_then(|package| Some((package, package.browser(&module.path)?)));
        let (package, specifier) = match replaced {
            None => return Ok(Resolution::Module(module)),
            Some((_, Replacement::Empty)) => return Ok(Resolution::Ignored { name: module.name }),
            Some((package, Replacement::File(specifier))) => (package, specifier),
        };
        let asked = OxcRequest { request, directory: &package.dir, specifier };
        let found = self.query_oxc(self.inner_for(&asked), &asked)?;
        let path = Utf8PathBuf::from_path_buf(found.into_path_buf())
            .map_err(|path| Failed::from(not_utf8(&path)))?;
        Ok(Resolution::Module(self.module(path, module.query)))
    }

    /// Finds an entry whose path contains `?` or `#`, which would be taken for a query: folders of
    /// users may have such names.
    fn named_exactly(&self, request: &ResolveRequest<'_>) -> Option<Resolved> {
        let path = Utf8Path::new(request.specifier);
        let is_exact = request.kind == RequestSyntax::Entry
            && path.has_root()
            && request.specifier.contains(['?', '#']);
        if !is_exact || self.disk.kind(path) != Some(FileKind::File) {
            return None;
        }
        let real = if self.config.follow_symlinks {
            self.disk.canonical(path).ok()?
        } else {
            path.to_owned()
        };
        Some(self.module(real, String::new()))
    }

    fn module(&self, path: Utf8PathBuf, query: String) -> Resolved {
        let package = self.package(&path);
        let name = self.names.name(&path, package.as_deref());
        Resolved { path, query, name, package }
    }

    /// Returns a reason if the module was found although the disk spells its path in another case.
    fn misspelt(&self, module: &Resolved, specifier: &str) -> Option<Reason> {
        let root = self
            .names
            .root_of(&module.path)
            .or_else(|| Some(module.package.as_ref()?.dir.as_path()))?;
        let right = self.spelling.corrected(&module.path, root)?;
        let fixed = case::respelled(path::without_query(specifier), &right);
        Some(Reason::WrongCase {
            on_disk: self.names.name(&right, module.package.as_deref()),
            fixed,
        })
    }

    fn tsconfig(&self, asked: &OxcRequest<'_>) -> Outcome<Option<Arc<TsConfig>>> {
        self.tsconfigs.of(asked.directory, &self.names)
    }

    fn ignored(&self, directory: &Utf8Path, specifier: &str) -> Resolution {
        let name = if path::is_path(specifier) {
            self.name(&absolute(directory, path::without_query(specifier)))
        } else {
            specifier.to_owned()
        };
        Resolution::Ignored { name }
    }

    fn explain(&self, asked: &OxcRequest<'_>, failed: Failed) -> Reason {
        match failed {
            Failed::Reason(reason) => *reason,
            Failed::Resolver(error) => self.explainer(asked).error(&error),
        }
    }

    fn explainer<'e>(&'e self, asked: &OxcRequest<'e>) -> Explain<'e> {
        Explain {
            config: &self.config,
            format: self.format,
            disk: &self.disk,
            names: &self.names,
            specifier: asked.specifier,
            kind: asked.request.kind,
            directory: asked.directory,
            tsconfig: self.tsconfig(asked).ok().flatten(),
        }
    }
}

/// A request as it is passed to oxc_resolver.
#[derive(Clone, Copy)]
struct OxcRequest<'a> {
    request: &'a ResolveRequest<'a>,
    /// The directory that the specifier is relative to.
    directory: &'a Utf8Path,
    /// The specifier as written, or without `node:`.
    specifier: &'a str,
}

/// Why oxc_resolver, or a step before it, found nothing.
enum Failed {
    Resolver(ResolveError),
    Reason(Box<Reason>),
}

impl Failed {
    /// Whether nothing was found and no alias or package.json replaced the specifier.
    fn is_not_found(&self, specifier: &str) -> bool {
        matches!(
            self,
            Self::Resolver(ResolveError::NotFound(found)) if path::without_query(found) == specifier
        )
    }
}

impl From<Reason> for Failed {
    fn from(reason: Reason) -> Self {
        Self::Reason(Box::new(reason))
    }
}

fn failure(request: &ResolveRequest<'_>, reason: Box<Reason>) -> Failure {
    let specifier = request.specifier.chars().take(SHOWN + 1).collect();
    Failure { specifier, kind: request.kind, reason }
}

fn not_utf8(path: &std::path::Path) -> Reason {
    Reason::Other { words: format!("{} is not UTF-8", path.display()) }
}

fn directory_of<'a>(request: &ResolveRequest<'a>) -> &'a Utf8Path {
    match request.kind {
        RequestSyntax::Entry => request.importer,
        RequestSyntax::Import
        | RequestSyntax::Require
        | RequestSyntax::Url
        | RequestSyntax::Asset => request.importer.parent().unwrap_or(request.importer),
    }
}

/// Rejects specifiers for which the file system should not be asked.
fn check_shape(specifier: &str) -> Outcome<()> {
    if path::without_query(specifier).trim().is_empty() || specifier.starts_with('?') {
        return Err(Reason::Empty.into());
    }
    if specifier.contains('\0') {
        return Err(Reason::Nul.into());
    }
    let is_deep =
        || specifier.bytes().filter(|b| matches!(b, b'/' | b'\\')).count() > SEGMENT_LIMIT;
    if specifier.len() > LENGTH_LIMIT || is_deep() {
        return Err(Reason::TooLong { length: specifier.len() }.into());
    }
    Ok(())
}
