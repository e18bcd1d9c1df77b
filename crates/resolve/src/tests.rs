//! Each file describes rules of resolution over files in memory. The project is `/p`. Results are
//! written as one line of text: `src/a.js`, `external vue = Vue`, `ignored fs`, or the code of the
//! failure and its message.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostics, Label, Source, Span,
    config::{Environment, Host, RawConfig},
    fs::MemoryFs,
    tools::NoTools,
};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{Externals, Failure, RequestSyntax, Resolution, ResolveRequest, Resolver};

mod fields; // package.json: exports, imports, browser, main
mod links; // symbolic links, pnpm, names outside the project
mod missing_packages; // packages that are not installed or not built
mod mistakes; // the messages of failures
mod packages; // types and side effects
mod paths; // relative files, extensions, directories, queries, tsconfig
mod random; // random specifiers, and edits in any order
mod record; // the record of questions, and clearing it
mod special; // externals, aliases, URLs, built-ins

/// Files in memory, and a resolver over these.
struct World {
    fs: Arc<MemoryFs>,
    resolver: Resolver,
}

/// Makes a world of files relative to `/p`, with a configuration as in bundle.config.json.
fn world(config: &str, files: &[(&str, &str)]) -> World {
    let fs = MemoryFs::new().with("/p/entry.js", "");
    for (path, text) in files {
        fs.write(absolute(path), text);
    }
    over(config, fs)
}

fn over(config: &str, fs: MemoryFs) -> World {
    let fs = Arc::new(fs);
    let resolver = Resolver::new(&configured(config, &fs), Arc::<MemoryFs>::clone(&fs));
    World { fs, resolver }
}

fn configured(config: &str, fs: &MemoryFs) -> Config {
    let text = format!(
        "{{ \"areas\": {{ \"main\": \"entry.js\" }}{}{config} }}",
        if config.is_empty() { "" } else { "," }
    );
    let source = Source::new("/p/bundle.config.json", "bundle.config.json", text);
    let log = &mut Diagnostics::new();
    let raw: RawConfig = bundle_base::config::parse(&source, log);
    let project = Utf8Path::new("/p");
    let host = Host {
        cwd: project,
        project,
        fs,
        tools: &NoTools,
        browserslist: &|_| Ok(Vec::new()),
        environment: &Environment::default(),
    };
    let config = bundle_base::config::decide(&raw, &host, log);
    config.unwrap_or_else(|| panic!("the configuration is good: {:?}", log.take()))
}

/// Returns the externals of a configuration.
fn externals(config: &str) -> Externals {
    Externals::new(&configured(config, &MemoryFs::new().with("/p/entry.js", "")))
}

fn absolute(path: &str) -> Utf8PathBuf {
    Utf8Path::new("/p").join(path)
}

impl World {
    /// Resolves `import specifier` in a file of the project.
    fn import(&self, importer: &str, specifier: &str) -> String {
        self.ask(importer, specifier, RequestSyntax::Import)
    }

    /// Resolves `require(specifier)` in a file of the project.
    fn require(&self, importer: &str, specifier: &str) -> String {
        self.ask(importer, specifier, RequestSyntax::Require)
    }

    fn ask(&self, importer: &str, specifier: &str, kind: RequestSyntax) -> String {
        match self.answer(importer, specifier, kind) {
            Ok(resolution) => resolution_text(&resolution),
            Err(failure) => failure_text(&failure, importer),
        }
    }

    fn answer(
        &self,
        importer: &str,
        specifier: &str,
        kind: RequestSyntax,
    ) -> Result<Resolution, Failure> {
        let importer = absolute(importer);
        self.resolver.resolve(&ResolveRequest { specifier, kind, importer: &importer })
    }

    fn package(&self, importer: &str, specifier: &str) -> Arc<crate::Package> {
        match self.answer(importer, specifier, RequestSyntax::Import) {
            Ok(Resolution::Module(module)) => module.package.expect("it is in a package"),
            other => panic!("not a module: {other:?}"),
        }
    }
}

fn resolution_text(resolution: &Resolution) -> String {
    match resolution {
        Resolution::Module(module) => format!("{}{}", module.name, module.query),
        Resolution::Data { mime, bytes } => format!("{mime} {}", String::from_utf8_lossy(bytes)),
        Resolution::External { specifier, global: Some(global) } => {
            format!("external {specifier} = {global}")
        }
        Resolution::External { specifier, global: None } => format!("external {specifier}"),
        Resolution::Ignored { name } => format!("ignored {name}"),
        Resolution::OfNode { name } => format!("of node {name}"),
    }
}

/// Writes a failure as `code: message; note; note → remedy`. In the source, the specifier is in
/// double quotes.
fn failure_text(failure: &Failure, importer: &str) -> String {
    let source = Source::new(absolute(importer), importer, format!("\"{}\"", failure.specifier));
    let end = u32::try_from(source.text.len()).expect("short");
    let diagnostic = failure.diagnostic(Label::new(&source, Span::new(0, end)));
    let notes = diagnostic.notes.iter().map(|note| format!("; {}", note.message));
    let remedy =
        diagnostic.fix.and_then(|fix| fix.replacement).map(|remedy| format!(" → {remedy}"));
    format!(
        "{}: {}{}{}",
        diagnostic.code,
        diagnostic.message,
        notes.collect::<String>(),
        remedy.unwrap_or_default()
    )
}
