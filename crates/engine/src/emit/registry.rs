//! The script of a chunk in a registry: our runtime in a function, and the table of modules outside
//! that function, where no name of our runtime can shadow a global of the page.

use bundle_graph::{
    chunk::{Named, external_key},
    link::ExportMode,
    module::{ExternalId, SymbolRef},
    record::Export,
};

use super::{
    chunks, client, exports,
    skeleton::{Runtime, Table, rows, text_of},
    writer::Writer,
};
use crate::text;

impl Writer<'_, '_> {
    /// Writes the script of a chunk, with its table of modules.
    pub(super) fn registry(&mut self) {
        if self.scope.chunk.links.is_registered { self.among_others() } else { self.alone() }
    }

    /// Writes the script of an entry that is one chunk.
    fn alone(&mut self) {
        let open = exports::global_prefix(self.scope);
        for line in &open.before {
            self.lines.line(line);
        }
        let table = self.scope.name(&Named::Modules).to_owned();
        self.lines.open(&format!("{}(function ({table}) {{", open.assign));
        self.lines.line("\"use strict\";");
        let helpers = self.runtime();
        let file = text::string(&self.scope.chunk.files.script);
        let arguments = self
            .client()
            .map(|client| format!("{client}, function (file) {{ return file === {file}; }}"));
        let made = format!("{}({})", self.ours("registry"), arguments.unwrap_or_default());
        self.lines.line(&self.scope.assign(&Named::Registry, &made));
        let addresses = chunks::addresses(self.scope).unwrap_or_else(|| "void 0".to_owned());
        let registry = self.scope.name(&Named::Registry).to_owned();
        self.lines.line(&format!("{registry}.define({table}, {addresses}, {helpers});"));
        self.note_helpers(&helpers);
        self.entry(&registry);
        self.lines.close("})({");
        self.lines.deeper();
        self.table();
        self.lines.close("});");
    }

    /// Writes one of several scripts on the page. The first script of an entry makes the registry
    /// that all of them use.
    fn among_others(&mut self) {
        self.loader(Self::share);
        self.lines.open(&chunks::register(self.scope));
        self.lines.line("\"use strict\";");
        let helpers = self.scope.chunk.links.loader.is_none().then(|| self.runtime());
        let given = helpers.as_ref().map(|helpers| format!(", {helpers}")).unwrap_or_default();
        let registry = self.scope.name(&Named::Registry).to_owned();
        let (table, load) = (self.scope.name(&Named::Modules), self.scope.name(&Named::Loader));
        self.lines.line(&format!("{registry}.define({table}, {load}{given});"));
        if let Some(helpers) = &helpers {
            self.note_helpers(helpers);
        }
        self.entry(&registry);
        let mark = chunks::entry_mark(self.scope);
        let mark = if mark.is_empty() { ", 0" } else { &mark };
        self.lines.close(&format!("}}{mark}, {{"));
        self.lines.deeper();
        self.table();
        self.lines.close("}]);");
    }

    /// Writes our runtime. Returns an object literal of the functions that modules call.
    fn runtime(&mut self) -> String {
        let start = self.lines.text.len();
        for &id in &self.scope.chunk.links.runtime {
            self.body(id);
        }
        let graph = self.scope.modules_graph();
        let mut helpers = Vec::new();
        for &id in &self.scope.chunk.links.runtime {
            // The script itself calls these; modules do not.
            if Some(id) == graph.registry || Some(id) == graph.addresses {
                continue;
            }
            let linked = self.scope.linked_module(id);
            let used = graph
                .module(id)
                .record
                .exports
                .iter()
                .filter(|export| linked.used[export.symbol.0 as usize]);
            let symbol = |symbol| SymbolRef { module: id, symbol };
            let pair = |export: &Export| {
                format!(
                    "{}: {}",
                    export.name,
                    self.scope.name(&Named::Symbol(symbol(export.symbol)))
                )
            };
            helpers.extend(used.map(pair));
        }
        let helpers = format!("{{ {} }}", helpers.join(", "));
        self.runtimes.push(Runtime { functions: start..self.lines.text.len(), helpers: 0..0 });
        helpers
    }

    /// Returns an expression for the page's hot update client, if hot updates are on.
    fn client(&self) -> Option<String> {
        let config = self.scope.config;
        let key = || text::string(&client::key(config));
        config
            .output
            .is_hot()
            .then(|| format!("typeof window === \"object\" ? window[{}] : void 0", key()))
    }

    /// Records where the object of runtime functions is that was written last.
    fn note_helpers(&mut self, helpers: &str) {
        if let Some(runtime) = self.runtimes.last_mut() {
            let start = self.lines.text.rfind(helpers).unwrap_or(runtime.functions.end);
            runtime.helpers = start..start + helpers.len();
        }
    }

    /// Writes our runtime, and the call that makes one registry for all scripts of the page.
    fn share(&mut self) {
        let helpers = self.runtime();
        let client = self.client().map(|client| format!(", {client}")).unwrap_or_default();
        let share = self.ours("share").to_owned();
        self.lines.line(&format!(
            "{share}(page, {}, {helpers}{client});",
            chunks::registration_key(self.scope)
        ));
        self.note_helpers(&helpers);
    }

    /// Returns the name of a function of our runtime that makes a registry.
    fn ours(&self, function: &str) -> &str {
        let registry = self.scope.modules_graph().registry.expect("scan loads it for this form");
        chunks::runtime_function(registry, function, self.scope).expect("an entry's script has it")
    }

    /// Writes the statement that runs the entry, and returns its exports if they are visible
    /// outside.
    fn entry(&mut self, registry: &str) {
        let Some(static_entry) = self.scope.chunk.static_entry else { return };
        let key = text::string(&self.scope.module(static_entry.module).key);
        self.lines.line(&match static_entry.export_mode {
            ExportMode::Object => format!("return {registry}.require({key});"),
            ExportMode::None | ExportMode::Named => format!("{registry}.run({key});"),
        });
    }

    /// Writes the table: the modules by key, and each external as a module that reads it.
    fn table(&mut self) {
        let scope = self.scope;
        let externals = &scope.chunk.externals;
        let rows = rows(scope.chunk, scope.modules_graph(), scope.modules);
        for (id, row) in &rows {
            self.bytes.insert(*id, text_of(row).len());
        }
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        let table = Table { at: self.lines.text.len(), rows, is_followed: !externals.is_empty() };
        self.tables.push(table);
        let known = externals.len();
        for (line, &id) in externals.iter().enumerate() {
            let text = self.external(id);
            self.lines.line(&if line + 1 < known { text + "," } else { text });
        }
    }

    fn external(&self, id: ExternalId) -> String {
        let external = self.scope.modules_graph().external(id);
        let specifier = text::string(&external.specifier);
        let value = match &external.global {
            Some(global) => {
                format!("bundle.helpers.page_global({}, {specifier})", text::string(global))
            }
            None => format!("require({specifier})"),
        };
        let key = text::string(&external_key(external));
        format!(
            "{key}: [[], function (bundle) {{ return function (module) {{ module.exports = \
             {value}; }}; }}, 1]"
        )
    }
}
