//! A script of a registry: our runtime in a function, and the table of modules outside of it, where no name of ours can
//! hide one of the page.

use std::sync::Arc;

use bundle_graph::{
    chunk::{Chunk, ChunkId, Named, external_key},
    link::{Exposes, Found, Resolved},
    module::{ExternalId, ModuleId},
};

use super::{chunk_text::Writer, chunks, exports, skeleton::Table, text};
use crate::memo::Rendered;

impl Writer<'_, '_> {
    /// A script with a table of modules.
    pub(super) fn registry(&mut self) {
        if self.scope.chunk.is_registered { self.among_others() } else { self.alone() }
    }

    /// The only script of its entry.
    fn alone(&mut self) {
        let open = exports::global_prefix(self.scope);
        for line in &open.before {
            self.lines.line(line);
        }
        let table = self.scope.name(&Named::Modules).to_owned();
        self.lines.open(&format!("{}(function ({table}) {{", open.assign));
        self.lines.line("\"use strict\";");
        self.runtime();
        let registry = self.scope.name(&Named::Registry).to_owned();
        let addresses = chunks::addresses(self.scope).map(|addresses| format!(", {addresses}")).unwrap_or_default();
        self.lines.line(&format!("{registry}.define({table}{addresses});"));
        self.entry(&registry);
        self.lines.close("})({");
        self.lines.deeper();
        self.table();
        self.lines.close("});");
    }

    /// A script that meets others on the page.
    fn among_others(&mut self) {
        self.loader();
        self.lines.open(&chunks::register(self.scope));
        self.lines.line("\"use strict\";");
        let home = self.home();
        if home == self.scope.chunk.id {
            self.runtime();
        }
        let registry = self.name_of_registry(home).to_owned();
        let (table, load) = (self.scope.name(&Named::Modules), self.scope.name(&Named::Loader));
        self.lines.line(&format!("{registry}.define({table}, {load});"));
        self.entry(&registry);
        if self.scope.chunk.entrance.is_none() && home == self.scope.chunk.id {
            self.lines.line(&format!("return {registry};"));
        }
        let mark = chunks::entry_mark(self.scope);
        let mark = if mark.is_empty() { ", 0" } else { &mark };
        self.lines.close(&format!("}}{mark}, {{"));
        self.lines.deeper();
        self.table();
        self.lines.close("}]);");
    }

    /// The chunk that makes the registry: the first that every other one waits for.
    fn home(&self) -> ChunkId {
        let first = self.scope.chunk.imports.first();
        first.map_or(self.scope.chunk.id, |import| import.chunk)
    }

    fn name_of_registry(&self, home: ChunkId) -> &str {
        let named = if home == self.scope.chunk.id { Named::Registry } else { Named::Chunk(home) };
        self.scope.name(&named)
    }

    /// Our runtime, and the registry with the functions of ours that modules call.
    fn runtime(&mut self) {
        let chunk: &Chunk = self.scope.chunk;
        for &id in &chunk.runtime {
            self.body(id);
        }
        let graph = self.scope.modules_graph();
        let mut helpers = Vec::new();
        for &id in &chunk.runtime {
            let exported = graph.module(id).record.exports.iter();
            let symbol = |symbol| bundle_graph::module::SymbolRef { module: id, symbol };
            // These are called where they are.
            let is_for_modules = Some(id) != graph.registry && Some(id) != graph.addresses;
            let used = exported.filter(|e| self.scope.program().is_used(symbol(e.symbol)) && is_for_modules);
            helpers.extend(used.map(|e| (e.name.as_str(), self.scope.name(&Named::Symbol(symbol(e.symbol))))));
        }
        let pairs: Vec<String> = helpers.iter().map(|(name, local)| format!("{name}: {local}")).collect();
        let registry = graph.registry.expect("scan loads it for this form");
        let Found::Yes(Resolved::Symbol(function)) = self.scope.exports.export(registry, "registry") else {
            unreachable!("the runtime exports registry");
        };
        let call = format!("{}({{ {} }})", self.scope.name(&Named::Symbol(function)), pairs.join(", "));
        self.lines.line(&self.scope.assign(&Named::Registry, &call));
    }

    /// Runs the entry, and gives what it exports, if anybody can see it.
    fn entry(&mut self, registry: &str) {
        let Some(entrance) = self.scope.chunk.entrance else { return };
        let key = text::string(&self.scope.module(entrance.module).key);
        self.lines.line(&match entrance.exposes {
            Exposes::Object => format!("return {registry}.require({key});"),
            Exposes::Nothing | Exposes::Names => format!("{registry}.run({key});"),
        });
    }

    /// Modules by key, and what is not bundled as modules that read it.
    fn table(&mut self) {
        let scope = self.scope;
        let is_ours = |id: &ModuleId| scope.module(*id).is_runtime();
        let modules: Vec<ModuleId> = scope.chunk.modules.iter().copied().filter(|id| !is_ours(id)).collect();
        let externals = &scope.chunk.externals;
        let rows = modules.iter().map(|id| self.row(*id)).collect();
        let table = Table { at: self.lines.text.len(), rows, is_followed: !externals.is_empty() };
        self.tables.push(table);
        let known = externals.len();
        for (line, &id) in externals.iter().enumerate() {
            let text = self.external(id);
            self.lines.line(&if line + 1 < known { text + "," } else { text });
        }
    }

    fn row(&mut self, id: ModuleId) -> Arc<Rendered> {
        let rendered = &self.scope.modules[&id];
        let registered = rendered.registered.as_ref().expect("a module of a registry is rendered for it");
        self.bytes.insert(id, registered.text.len());
        Arc::clone(rendered)
    }

    fn external(&self, id: ExternalId) -> String {
        let external = self.scope.modules_graph().external(id);
        let specifier = text::string(&external.specifier);
        let value = match &external.global {
            Some(global) => format!("bundle.helpers.page_global({}, {specifier})", text::string(global)),
            None => format!("require({specifier})"),
        };
        let key = text::string(&external_key(external));
        format!("{key}: [[], function (bundle) {{ return function (module) {{ module.exports = {value}; }}; }}, 1]")
    }
}
