//! The text of a chunk, top to bottom: imports (esm), the outer function, the runtime, externals,
//! sloppy CommonJS, the strict layer with wrapped modules, what runs, and the exports.

use bundle_base::{
    FxIndexMap,
    config::{Format, ModulesForm, SourceMap},
};
use bundle_graph::{chunk::Named, link::Step, module::ModuleId, plan::Wrap};

use super::{
    accessors, chunks, client, exports, files::DraftFile, glue::Scope, inject::Injected, maps,
    require_in_esm, skeleton::Skeleton, writer::Writer,
};
use crate::{mappings::Mappings, memo::PartKey, text::Lines};

/// The script of a chunk: complete, or without its modules.
pub(super) enum Script {
    /// The complete text.
    Text(DraftFile),
    /// The text of a registry's script without that of its modules, which is joined later.
    Skeleton(Skeleton),
}

/// The script of a chunk, with the bytes that each module takes.
pub(super) struct ChunkText {
    /// The script, complete or as a skeleton.
    pub script: Script,
    /// Bytes by module, in the order written.
    pub bytes: FxIndexMap<ModuleId, usize>,
    /// The names that the chunk exports.
    pub exports: Vec<String>,
    /// Lines to append after the script is compressed as a whole: compressing would remove them.
    pub names_for_node: String,
}

/// Writes a chunk, followed by the chunk of the entry that shares its file. `parts` has the loaded
/// part of every module; `styles` are stylesheets that the script puts into the page.
pub(super) fn write<'a>(
    scope: &Scope<'a>,
    entry: Option<&Scope<'a>>,
    parts: &[PartKey],
    styles: &Injected,
) -> ChunkText {
    let has_map = scope.config.output.source_map != SourceMap::None;
    let is_registry = scope.graph.form == ModulesForm::Registry;
    let mappings = (has_map && !is_registry).then(Mappings::default);
    let lines = Lines::new(scope.is_minified());
    let bytes = FxIndexMap::default();
    let mut writer =
        Writer { scope, parts, lines, bytes, mappings, tables: Vec::new(), runtimes: Vec::new() };
    if !is_registry {
        writer.lines.text.reserve(scope.pieces_length());
    }
    if let Some(client) = client::text(scope.chunk, entry.map(|entry| entry.chunk), scope.config) {
        writer.lines.text.push_str(&client);
    }
    let stylesheets = (!styles.is_empty()).then(|| writer.injected(styles));
    for scope in std::iter::once(scope).chain(entry) {
        writer.scope = scope;
        match (scope.graph.form, scope.format()) {
            (ModulesForm::Registry, _) => writer.registry(),
            (ModulesForm::Hoisted, Format::Iife) => writer.iife(),
            (ModulesForm::Hoisted, Format::Cjs) => writer.cjs(),
            (ModulesForm::Hoisted, Format::Esm) => writer.esm(),
        }
        if scope.is_minified() {
            writer.lines.text.push('\n');
        }
    }
    let scope = entry.unwrap_or(scope);
    let mut names_for_node = Lines::new(true);
    if scope.is_compressed_whole() {
        for line in exports::names_for_node(scope) {
            names_for_node.line(&(line + "\n"));
        }
    }
    let Writer { tables, runtimes, lines: Lines { text, .. }, .. } = writer;
    let script = if is_registry {
        let is_minified = scope.is_minified();
        Script::Skeleton(Skeleton { text, stylesheets, tables, runtimes, is_minified })
    } else {
        let path = scope.chunk.files.script.clone();
        let map = writer.mappings.map(|mappings| maps::json(mappings, &path, &text, scope.config));
        Script::Text(DraftFile { path, text, map, hash: None, is_rtl: false })
    };
    ChunkText {
        script,
        bytes: writer.bytes,
        exports: exports::names(scope),
        names_for_node: names_for_node.text,
    }
}

impl Writer<'_, '_> {
    fn iife(&mut self) {
        if self.scope.chunk.links.is_registered {
            return self.registered();
        }
        if let Some(id) = self.scope.chunk.layers.script {
            return self.script(id);
        }
        self.open_function();
        if self.scope.chunk.has_sloppy_layer() {
            self.outer_layer();
            let returns = if exports::value(self.scope).is_some() { "return " } else { "" };
            self.lines.open(&format!("{returns}(function () {{"));
            self.lines.line("\"use strict\";");
            self.inner_layer();
            self.returned();
            self.lines.close("})();");
        } else {
            self.lines.line("\"use strict\";");
            self.outer_layer();
            self.inner_layer();
            self.returned();
        }
        self.lines.close("})();");
    }

    /// Opens the function that encloses a classic script and assigns its value to the page global,
    /// if one is configured.
    fn open_function(&mut self) {
        let open = exports::global_prefix(self.scope);
        for line in &open.before {
            self.lines.line(line);
        }
        self.lines.open(&format!("{}(function () {{", open.assign));
    }

    /// Writes a chunk that is one plain script. The script has the outer function to itself, unless
    /// our runtime or other modules come before it; then it gets a function of its own.
    fn script(&mut self, id: ModuleId) {
        self.open_function();
        if !self.scope.chunk.has_sloppy_layer() {
            self.lines.line("\"use strict\";");
        }
        self.runtime_and_names();
        for other in self.scope.chunk.layers.sloppy.iter().filter(|other| **other != id) {
            self.commonjs(*other);
        }
        if self.scope.chunk.bare_script().is_some() {
            self.prologue(id);
            self.body(id);
        } else {
            self.lines.open("(function () {");
            self.prologue(id);
            self.body(id);
            self.lines.close("})();");
            self.returned();
        }
        self.lines.close("})();");
    }

    /// Writes a script that depends on other scripts of the page, or they on it: a function that
    /// the loader runs once all the chunks it needs have run.
    fn registered(&mut self) {
        self.loader(|_| ());
        self.lines.open(&chunks::register(self.scope));
        let write_exports = |writer: &mut Self, prefix: &str| {
            let lines = chunks::exports_object(writer.scope, prefix);
            writer.lines.lines(&lines);
        };
        if self.scope.chunk.has_sloppy_layer() {
            self.outer_layer();
            self.lines.open("return (function () {");
            self.lines.line("\"use strict\";");
            self.inner_layer();
            write_exports(self, "return ");
            self.lines.close("})();");
        } else {
            self.lines.line("\"use strict\";");
            self.outer_layer();
            self.inner_layer();
            write_exports(self, "return ");
        }
        self.lines.close(&format!("}}{}]);", chunks::entry_mark(self.scope)));
    }

    fn cjs(&mut self) {
        let exported = |writer: &mut Self| {
            if let Some(value) = exports::value(writer.scope) {
                writer.lines.line(&format!("module.exports = {value};"));
            }
            let properties = exports::property_lines(writer.scope);
            writer.lines.lines(&properties);
            if writer.scope.chunk.static_entry.is_none() {
                let lines = chunks::exports_object(writer.scope, "module.exports = ");
                writer.lines.lines(&lines);
            }
        };
        let early = exports::early_lines(self.scope);
        if self.scope.chunk.has_sloppy_layer() {
            self.requires();
            self.outer_layer();
            self.lines.open("(function () {");
            self.lines.line("\"use strict\";");
            self.lines.lines(&early);
            self.inner_layer();
            exported(self);
            self.lines.close("})();");
        } else {
            self.lines.line("\"use strict\";");
            self.lines.lines(&early);
            self.requires();
            self.outer_layer();
            self.inner_layer();
            exported(self);
        }
        if !self.scope.is_compressed_whole() {
            let names = exports::names_for_node(self.scope);
            self.lines.lines(&names);
        }
    }

    fn requires(&mut self) {
        for line in chunks::require_lines(self.scope) {
            self.lines.line(&line);
        }
    }

    fn esm(&mut self) {
        for line in
            exports::import_lines(self.scope).into_iter().chain(chunks::import_lines(self.scope))
        {
            self.lines.line(&line);
        }
        self.lines.lines(&require_in_esm::lines(self.scope));
        self.outer_layer();
        self.inner_layer();
        let static_entry = self.scope.chunk.static_entry;
        let exported = static_entry.map_or_else(
            || chunks::export_lines(self.scope),
            |e| exports::export_lines(e, self.scope),
        );
        for line in exported {
            self.lines.line(&line);
        }
    }

    fn returned(&mut self) {
        if let Some(value) = exports::value(self.scope) {
            self.lines.line(&format!("return {value};"));
        }
    }

    /// Writes the runtime, the names that both layers mention, and sloppy CommonJS modules.
    fn outer_layer(&mut self) {
        self.runtime_and_names();
        for &id in &self.scope.chunk.layers.sloppy {
            self.commonjs(id);
        }
    }

    fn runtime_and_names(&mut self) {
        for &id in &self.scope.chunk.links.runtime {
            self.body(id);
        }
        if let Some(addresses) = chunks::addresses(self.scope) {
            self.lines.line(&self.scope.assign(&Named::Loader, &addresses));
        }
        let declared = self.scope.declared();
        if !declared.is_empty() {
            self.lines.line(&format!("var {};", declared.join(", ")));
        }
    }

    /// Writes namespace objects, wrapped modules, and then the modules that run, in execution
    /// order.
    fn inner_layer(&mut self) {
        for &id in &self.scope.chunk.modules {
            let linked = self.scope.linked_module(id);
            if linked.needs_namespace && self.scope.exports.dynamic_stars(id).is_empty() {
                self.namespace(id);
            }
        }
        for &id in &self.scope.chunk.layers.wrapped {
            match self.scope.linked_module(id).wrap {
                Wrap::CommonJs => self.commonjs(id),
                Wrap::Lazy => self.lazy(id),
                Wrap::Hoisted => {}
            }
        }
        self.accessors();
        for &step in &self.scope.chunk.links.sequence {
            match self.scope.awaited(step, None) {
                Some(call) if self.scope.modules_graph().can_await => {
                    self.lines.line(&format!("await {call};"));
                }
                // A classic script starts what waits, and ends.
                Some(_) | None => self.lines.lines(&self.scope.run_lines(step)),
            }
            let Step::Module(id) = step else { continue };
            if self.scope.linked_module(id).wrap == Wrap::Hoisted
                && self.scope.graph.home(id, self.scope.chunk) == self.scope.chunk.id
            {
                self.dynamic_namespace(id);
                self.body(id);
            }
        }
    }

    fn namespace(&mut self, id: ModuleId) {
        let (open, getters, close) = self.scope.namespace(id);
        if getters.is_empty() {
            return self.lines.line(&format!("{open}{close}"));
        }
        self.lines.open(&open);
        for getter in getters {
            self.lines.line(&getter);
        }
        self.lines.close(&close);
    }

    /// Writes a namespace object that includes the exports of CommonJS modules or externals. It can
    /// only be made when these have run: where its module runs.
    fn dynamic_namespace(&mut self, id: ModuleId) {
        if self.scope.linked_module(id).needs_namespace
            && !self.scope.exports.dynamic_stars(id).is_empty()
        {
            self.namespace(id);
        }
    }

    fn commonjs(&mut self, id: ModuleId) {
        let uses = self.scope.module(id).record.commonjs;
        let renamed =
            self.scope.modules.get(&id).and_then(|rendered| rendered.module.parameters.as_ref());
        let parameters = match (renamed, uses.mentions_module, uses.mentions_exports) {
            (Some(renamed), ..) => renamed.join(", "),
            (None, _, true) => "module, exports".to_owned(),
            (None, true, false) => "module".to_owned(),
            (None, false, false) => String::new(),
        };
        let (open, close) = if self.scope.linked_module(id).is_script {
            ("function () {".to_owned(), "};")
        } else {
            (format!("{}(function ({parameters}) {{", self.scope.runtime("commonjs")), "});")
        };
        let assign = self.scope.assign(&Named::Require(id), &open);
        self.lines.open(assign.trim_end_matches(';'));
        self.prologue(id);
        self.body(id);
        self.lines.close(close);
    }

    fn lazy(&mut self, id: ModuleId) {
        let (function, keyword) =
            match (self.scope.linked_module(id).is_async, self.scope.has_async) {
                (true, true) => ("lazy_async", "async "),
                (true, false) => ("lazy_async", ""),
                (false, _) => ("lazy", ""),
            };
        self.hoisted(id);
        let open = format!("{}({keyword}function () {{", self.scope.runtime(function));
        let assign = self.scope.assign(&Named::Init(id), &open);
        self.lines.open(assign.trim_end_matches(';'));
        let waiting = self.prologue(id);
        self.dynamic_namespace(id);
        self.body(id);
        (0..waiting).for_each(|_| self.lines.close("});"));
        self.lines.close("});");
    }

    /// Writes the lines that run what a module imports. Returns how many functions are open at
    /// their end: without async functions, what follows a module that awaits is in a function.
    fn prologue(&mut self, id: ModuleId) -> usize {
        let mut open = 0;
        for &imported in &self.scope.linked_module(id).prologue {
            match self.scope.awaited(imported, Some(id)) {
                Some(call) if self.scope.has_async => self.lines.line(&format!("await {call};")),
                Some(call) => {
                    self.lines.open(&format!("return {call}.then(function () {{"));
                    open += 1;
                }
                None => self.lines.lines(&self.scope.run_lines(imported)),
            }
        }
        open
    }

    /// Writes the functions that return the values of `require` and `import()`.
    fn accessors(&mut self) {
        let scope = self.scope;
        let own = |named: &Named| scope.graph.foreign(named, scope.chunk).is_none();
        for (named, _) in scope.named().filter(|(named, _)| own(named)) {
            if let Some(body) = accessors::body(named, scope) {
                self.lines.line(&scope.assign(named, &format!("function () {{ {body} }}")));
            }
        }
    }
}
