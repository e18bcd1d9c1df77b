//! The order of decisions: what needs no file first (`data:`, externals, addresses on the network), then oxc_resolver
//! under the options that the asking syntax has, then what its answer means. One `Resolver` serves all tasks of a session.

use std::sync::Arc;

use bundle_base::{
    Config, FileSystem,
    config::{AliasTarget, Platform, ResolveConfig},
};
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{
    AliasValue, EnforceExtension, ResolveContext, ResolveError, ResolveOptions, ResolverGeneric, TsconfigDiscovery,
};

use crate::{
    answer::{Ask, AskKind, Resolution, Resolved},
    builtin::{builtin, stand_in},
    disk::Disk,
    explain::Explain,
    external::Externals,
    failure::{Failure, Reason},
    name::Names,
    package::Packages,
    path,
    tsconfig::Tsconfigs,
    url,
};

/// No path is longer on Linux (4096) or Windows; the deeper ones would recurse too deeply.
const LENGTH_LIMIT: usize = 4096;
const SEGMENT_LIMIT: usize = 256;
/// How much of a specifier is kept for messages.
const SHOWN: usize = 200;

/// Answers questions for one configuration.
pub struct Resolver {
    config: ResolveConfig,
    disk: Disk,
    names: Names,
    externals: Externals,
    packages: Packages,
    tsconfigs: Tsconfigs,
    /// By `AskKind::ALL`, and for importers in JavaScript or TypeScript. All share one cache.
    inner: Vec<ResolverGeneric<Disk>>,
}

impl Resolver {
    /// A resolver that has asked nothing yet, but where the project really is.
    pub fn new(config: &Config, fs: Arc<dyn FileSystem>) -> Self {
        let disk = Disk::over(fs);
        let options = |kind, is_typescript| options(&config.resolve, &config.project, kind, is_typescript);
        let first = ResolverGeneric::new_with_file_system(disk.clone(), options(AskKind::Import, false));
        let variants = AskKind::ALL.into_iter().flat_map(|kind| [(kind, false), (kind, true)]);
        let inner = variants.map(|(kind, typescript)| first.clone_with_options(options(kind, typescript))).collect();
        Self {
            config: config.resolve.clone(),
            names: Names::new(&config.project, &disk),
            externals: Externals::new(config),
            packages: Packages::new(disk.clone()),
            tsconfigs: Tsconfigs::new(config.resolve.tsconfig.clone(), disk.clone()),
            disk,
            inner,
        }
    }

    /// The module that a specifier means.
    pub fn resolve(&self, ask: &Ask<'_>) -> Result<Resolution, Failure> {
        self.decide(ask).map_err(|reason| {
            let specifier = ask.specifier.chars().take(SHOWN + 1).collect();
            Failure { specifier, kind: ask.kind, reason: Box::new(reason) }
        })
    }

    /// Forgets every cached answer and the record of questions. Call it when a path that was asked about has appeared or
    /// disappeared, or a file that was read has changed, and while no task is resolving.
    pub fn clear(&self) {
        self.inner[0].clear_cache();
        self.packages.clear();
        self.tsconfigs.clear();
        self.disk.clear();
    }

    /// Every path asked about since the last `clear`, present or not, sorted. Answers may differ once one of them
    /// appears or disappears.
    pub fn asked_paths(&self) -> Vec<Utf8PathBuf> {
        self.disk.asked()
    }

    /// Every file read since the last `clear` (package.json, tsconfig.json), sorted. Answers may differ once the
    /// contents of one of them do.
    pub fn files_read(&self) -> Vec<Utf8PathBuf> {
        self.disk.files_read()
    }

    /// True if an answer may be another one because this path has appeared or disappeared. Directories that were listed
    /// for a suggestion count with all their names.
    pub fn depends_on_existence(&self, path: &Utf8Path) -> bool {
        self.disk.was_asked(path)
    }

    /// True if an answer may be another one because the contents of this file have changed.
    pub fn depends_on_contents(&self, path: &Utf8Path) -> bool {
        self.disk.was_read(path)
    }

    /// What users and outputs call a file, as in `Resolved::name`.
    pub fn name(&self, file: &Utf8Path) -> String {
        let package = file.parent().and_then(|directory| self.packages.of(directory));
        self.names.name(file, package.as_deref())
    }

    /// The package that a file is part of, as in `Resolved::package`.
    pub fn package(&self, file: &Utf8Path) -> Option<Arc<crate::Package>> {
        file.parent().and_then(|directory| self.packages.of(directory))
    }

    fn decide(&self, ask: &Ask<'_>) -> Result<Resolution, Reason> {
        if let Some(data) = url::data(ask.specifier) {
            let data = data.map_err(|problem| Reason::DataUrl { problem })?;
            return Ok(Resolution::Data { mime: data.mime, bytes: data.bytes });
        }
        check_shape(ask.specifier)?;
        let directory = match ask.kind {
            AskKind::Entry => ask.importer,
            AskKind::Import | AskKind::Require | AskKind::Url => ask.importer.parent().unwrap_or(ask.importer),
        };
        if let Some(external) = self.externals.find(ask.specifier, directory) {
            return Ok(external);
        }
        let is_address = url::is_remote(ask.specifier) || ask.kind == AskKind::Url && ask.specifier.starts_with('/');
        if is_address && !self.is_aliased(ask.specifier) {
            return Ok(Resolution::External { specifier: ask.specifier.to_owned(), global: None });
        }
        match self.find(ask, directory, ask.specifier) {
            Ok(resolution) => Ok(resolution),
            Err(error) => self.find_builtin(ask, directory, error),
        }
    }

    fn is_aliased(&self, specifier: &str) -> bool {
        self.config.alias.keys().any(|key| {
            specifier == key.trim_end_matches('$')
                || specifier.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// Node's built-ins after everything else had its chance: in a build for browsers an installed package of the same
    /// name, an alias or a `browser` field answers for them, with and without `node:`.
    fn find_builtin(&self, ask: &Ask<'_>, directory: &Utf8Path, failed: Failed) -> Result<Resolution, Reason> {
        let Failed::Resolver(ResolveError::NotFound(_)) = &failed else {
            return Err(self.explain(ask, directory, failed));
        };
        let Some(name) = builtin(path::without_query(ask.specifier)) else {
            return Err(self.explain(ask, directory, failed));
        };
        if ask.specifier.starts_with("node:") {
            match self.find(ask, directory, name) {
                Err(Failed::Resolver(ResolveError::NotFound(_))) => {}
                Ok(found) => return Ok(found),
                Err(other) => return Err(self.explain(ask, directory, other)),
            }
        }
        let is_from_package = ask.importer.components().any(|c| c.as_str() == "node_modules");
        Err(Reason::Builtin { name: name.to_owned(), stand_in: stand_in(name), is_from_package })
    }

    fn find(&self, ask: &Ask<'_>, directory: &Utf8Path, specifier: &str) -> Result<Resolution, Failed> {
        let inner = self.inner_for(ask);
        let tsconfig = self.tsconfigs.of(directory, &self.names, inner).map_err(|reason| Failed::Reason(*reason))?;
        let found = match tsconfig {
            None => inner.resolve(directory, specifier),
            Some(tsconfig) => {
                let context = &mut ResolveContext::default();
                inner.resolve_with_context(directory, specifier, Some(&tsconfig), context)
            }
        };
        let found = match found {
            Ok(found) => found,
            Err(ResolveError::Ignored(_)) => return Ok(self.ignored(directory, specifier)),
            Err(ResolveError::Builtin { resolved, is_runtime_module }) => {
                let name = if is_runtime_module { &resolved } else { resolved.trim_start_matches("node:") };
                return Ok(Resolution::External { specifier: name.to_owned(), global: None });
            }
            Err(error) => return Err(Failed::Resolver(error)),
        };
        let query = format!("{}{}", found.query().unwrap_or_default(), found.fragment().unwrap_or_default());
        let path = Utf8PathBuf::from_path_buf(found.into_path_buf())
            .map_err(|path| Failed::Reason(Reason::Other { words: format!("{} is not UTF-8", path.display()) }))?;
        let package = path.parent().and_then(|directory| self.packages.of(directory));
        let name = self.names.name(&path, package.as_deref());
        Ok(Resolution::Module(Resolved { path, query, name, package }))
    }

    fn ignored(&self, directory: &Utf8Path, specifier: &str) -> Resolution {
        let name = if path::is_path(specifier) {
            self.name(&path::join(directory, path::without_query(specifier)))
        } else {
            specifier.to_owned()
        };
        Resolution::Ignored { name }
    }

    fn inner_for(&self, ask: &Ask<'_>) -> &ResolverGeneric<Disk> {
        let kind = AskKind::ALL.iter().position(|kind| *kind == ask.kind).expect("ALL lists every kind");
        // A .vue file may have a script in TypeScript, and only its parts would know.
        let is_typescript = matches!(ask.importer.extension(), Some("ts" | "tsx" | "mts" | "cts" | "vue"));
        &self.inner[2 * kind + usize::from(is_typescript)]
    }

    fn explain(&self, ask: &Ask<'_>, directory: &Utf8Path, failed: Failed) -> Reason {
        match failed {
            Failed::Reason(reason) => reason,
            Failed::Resolver(error) => {
                let explain = Explain { config: &self.config, disk: &self.disk, names: &self.names, ask, directory };
                explain.error(&error)
            }
        }
    }
}

/// Why oxc_resolver, or what surrounds it, gave no answer.
enum Failed {
    Resolver(ResolveError),
    Reason(Reason),
}

/// Specifiers that no file system should be asked about.
fn check_shape(specifier: &str) -> Result<(), Reason> {
    if path::without_query(specifier).trim().is_empty() || specifier.starts_with('?') {
        return Err(Reason::Empty);
    }
    if specifier.contains('\0') {
        return Err(Reason::Nul);
    }
    let is_deep = || specifier.bytes().filter(|b| matches!(b, b'/' | b'\\')).count() > SEGMENT_LIMIT;
    if specifier.len() > LENGTH_LIMIT || is_deep() {
        return Err(Reason::TooLong { length: specifier.len() });
    }
    Ok(())
}

fn options(config: &ResolveConfig, project: &Utf8Path, kind: AskKind, is_typescript: bool) -> ResolveOptions {
    let is_browser = config.platform == Platform::Browser;
    let syntax = if kind == AskKind::Require { "require" } else { "import" };
    let alias = |(key, target): (&String, &AliasTarget)| {
        let value = match target {
            AliasTarget::To(specifier) => AliasValue::Path(specifier.clone()),
            AliasTarget::Ignore => AliasValue::Ignore,
        };
        (key.clone(), vec![value])
    };
    ResolveOptions {
        tsconfig: Some(TsconfigDiscovery::Auto),
        alias: config.alias.iter().map(alias).collect(),
        alias_fields: if is_browser { vec![vec!["browser".to_owned()]] } else { Vec::new() },
        condition_names: config.conditions.iter().cloned().chain([syntax.to_owned()]).collect(),
        enforce_extension: EnforceExtension::Disabled,
        extension_alias: if is_typescript { typescript_extensions() } else { Vec::new() },
        extensions: config.extensions.clone(),
        main_fields: config.main_fields.clone(),
        prefer_relative: matches!(kind, AskKind::Url | AskKind::Entry),
        // `/js/x.js` is the project's, as on a server; then the machine's.
        roots: if kind == AskKind::Entry { Vec::new() } else { vec![project.to_path_buf().into()] },
        symlinks: config.follow_symlinks,
        builtin_modules: !is_browser,
        allow_package_exports_in_directory_resolve: true,
        // The defaults of these two read the environment.
        node_path: false,
        yarn_pnp: false,
        ..ResolveOptions::default()
    }
}

/// TypeScript writes the extension that the output will have. A real `.js` file is preferred, as the bundlers do.
fn typescript_extensions() -> Vec<(String, Vec<String>)> {
    let pair = |written: &str, tried: &[&str]| (written.to_owned(), tried.iter().map(|e| (*e).to_owned()).collect());
    vec![
        pair(".js", &[".js", ".ts", ".tsx"]),
        pair(".jsx", &[".jsx", ".tsx"]),
        pair(".mjs", &[".mjs", ".mts"]),
        pair(".cjs", &[".cjs", ".cts"]),
    ]
}
