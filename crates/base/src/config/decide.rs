//! Turns a `RawConfig` into a `Config`: the one place where defaults and meanings are decided. It
//! reports every mistake before it gives up, so that a user can correct all of them at once.

use super::{
    host::Host,
    merge::mode_of,
    messages,
    model::Config,
    paths::{absolute, relative},
    raw::RawConfig,
};
use crate::{
    diagnostic::{Diagnostics, nearest},
    fs::FileKind,
};

mod assets; // how files are used as they are
mod budgets; // how large pages may be
mod copy; // files that are copied
mod css_modules; // how names of CSS modules are made unique
mod deciding; // the state of `decide`
mod entries; // areas and arguments -> entries with unique names
mod environment; // variables that scripts get as constants
mod manifests; // files that tell a backend what a page includes
mod names; // names of outputs from the paths of entries
pub(super) mod node_tools; // whether PostCSS and Babel run
mod output; // where output goes, and in which form
mod plugins; // plugins
mod preprocess; // commands that compile styles
mod resolve; // aliases, externals, fields
mod rules; // what files are used as
mod sass; // how Sass is compiled
mod script; // target, define, JSX
mod severities; // severities by code
mod shared; // manual chunks
pub(super) mod syntax; // what an identifier is
mod vue; // how components are compiled

use deciding::Deciding;

/// Decides everything. If there are mistakes, reports all of them and returns `None`.
pub fn decide(raw: &RawConfig, host: &Host<'_>, log: &mut Diagnostics) -> Option<Config> {
    let mut own_log = Diagnostics::new();
    let mode = mode_of(raw.project.mode.as_ref(), raw.project.watch);
    let root = raw
        .project
        .root
        .as_ref()
        .map_or_else(|| host.project.to_owned(), |r| absolute(host.project, &r.value));
    let mut deciding =
        Deciding { raw, host, root, mode, is_broken: log.has_errors(), log: &mut own_log };
    deciding.check_project();
    let mut output = deciding.output();
    let (entries, mut shared) = deciding.entries(&output);
    deciding.without_chunks(&mut output, &entries, &mut shared);
    deciding.check_exact_names(&entries, &output);
    let budgets = deciding.budgets(&entries);
    let watch = deciding.watch();
    let (lint, cache) = (deciding.lint(), deciding.cache());
    let severities = deciding.severities();
    let resolve = deciding.resolve();
    let config = Config {
        project: host.project.to_owned(),
        name: name(raw, &output.public_path),
        entries,
        shared,
        mode,
        script: deciding.script(resolve.platform),
        resolve,
        vue: deciding.vue(),
        sass: deciding.sass(),
        assets: deciding.assets(),
        copy: deciding.copy(&output),
        preprocess: deciding.preprocess(),
        plugins: deciding.plugins(),
        css_modules: deciding.css_modules(),
        output,
        budgets,
        watch,
        lint,
        cache,
        severities,
    };
    let is_decided = !own_log.has_errors();
    log.extend(own_log.take());
    is_decided.then_some(config)
}

/// Returns the name of the project. Two projects without a name may be on one page, and their
/// scripts must not meet: the folders of their outputs have different addresses.
fn name(raw: &RawConfig, public_path: &str) -> String {
    let name = raw.project.name.as_ref().map(|name| name.value.as_str());
    let address = (!public_path.is_empty()).then_some(public_path);
    name.or(address).unwrap_or("bundle").to_owned()
}

impl Deciding<'_> {
    fn check_project(&mut self) {
        self.word(
            self.raw.project.mode.as_ref(),
            "mode",
            &[("development", ()), ("production", ())],
        );
        if let Some(root) = &self.raw.project.root
            && !self.has_root()
        {
            let parent = self.root.parent().unwrap_or(self.host.project);
            let siblings = self.host.fs.list(parent).unwrap_or_default();
            let folders = siblings
                .iter()
                .filter(|e| e.kind == Some(FileKind::Directory))
                .map(|e| e.name.as_str());
            let near = nearest(self.root.file_name().unwrap_or_default(), folders);
            let near = near.map(|name| relative(self.host.project, &parent.join(name)));
            self.log.push(messages::missing_root(&root.origin, &root.value, near.as_deref()));
        }
        if let Some(name) = &self.raw.project.name
            && name.value.is_empty()
        {
            self.log.push(messages::empty_value(&name.origin, "name"));
        }
    }
}

#[cfg(test)]
mod tests;
