//! The glue between the modules of a chunk: functions that wrap modules, namespace objects, values
//! of CommonJS modules and externals. Glue is ECMAScript 5, except that getters of namespaces are
//! arrow functions where the target has them: there are so many getters that the word `function`
//! would be a third of their bytes.

use bundle_base::{
    Config, FxIndexMap,
    config::{Format, Minify, ModulesForm},
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, Named, binding_of, star_source},
    link::{ExportLookup, Exports, LinkedModule, Resolved, Step},
    module::{Module, ModuleGraph, ModuleId, Target},
    plan::{Binding, Wrap},
};
use bundle_js::{Feature, Support};
use rustc_hash::{FxHashMap, FxHashSet};

use std::sync::Arc;

use super::{moved_functions::Moved, printer, slots::Numbers};
use crate::{memo::Rendered, text};

/// The input for writing one chunk, with the final names of its scope.
pub(super) struct Scope<'a> {
    pub config: &'a Config,
    pub graph: &'a ChunkGraph<'a, 'a>,
    pub chunk: &'a Chunk,
    pub modules: &'a FxHashMap<ModuleId, Arc<Rendered>>,
    pub exports: Exports<'a>,
    /// The names of the chunk's scope, and the names of other chunks as this chunk writes them.
    names: FxIndexMap<Named, String>,
    /// The numbers that slots have among these names.
    numbers: Numbers,
    /// The functions that are written at their only mention.
    pub moved: Moved,
    /// Names that one `var` at the top declares, because more than one place assigns them, or
    /// because the outer layer mentions what the inner layer defines.
    declared: FxHashSet<Named>,
    /// Whether the target has arrow functions.
    has_arrows: bool,
    /// Whether the target has async functions.
    pub has_async: bool,
}

impl<'a> Scope<'a> {
    pub fn new(
        config: &'a Config,
        graph: &'a ChunkGraph<'a, 'a>,
        chunk: &'a Chunk,
        modules: &'a FxHashMap<ModuleId, Arc<Rendered>>,
    ) -> Self {
        let exports = Exports::new(graph.graph());
        let (mut names, numbers, moved) =
            printer::Printer { config, chunk, graph, modules, exports: &exports }.names();
        printer::name_properties(&mut names, chunk, graph);
        if graph.format == Format::Esm
            && let Some(loader) = names.get_mut(&Named::Loader)
        {
            "import.meta.url".clone_into(loader);
        }
        let support = Support::of(&config.script.target);
        let mut scope = Self {
            config,
            graph,
            chunk,
            modules,
            exports,
            names,
            numbers,
            moved,
            declared: FxHashSet::default(),
            has_arrows: support.has(Feature::ArrowFunction),
            has_async: support.has(Feature::AsyncFunction),
        };
        let own = scope.names.keys().filter(|named| graph.foreign(named, chunk).is_none());
        // What wrapped modules run first gets its value inside their functions.
        let hoisted = chunk.modules.iter().filter(|_| graph.form == ModulesForm::Hoisted);
        let prologues =
            hoisted.flat_map(|id| &scope.linked_module(*id).prologue).copied().collect();
        scope.declared =
            own.filter(|named| scope.must_be_declared(named, &prologues)).cloned().collect();
        scope
    }

    pub fn format(&self) -> Format {
        self.config.output.format
    }

    pub fn is_minified(&self) -> bool {
        self.config.output.minify != Minify::No
    }

    /// Whether the chunk's text is compressed once more as a whole. In a chunk that imports
    /// others, compressing would mistake the names of those chunks for its own.
    pub fn is_compressed_whole(&self) -> bool {
        self.config.output.minify == Minify::Chunk
            && self.graph.is_alone(self.chunk)
            && self.graph.form == ModulesForm::Hoisted
    }

    pub fn modules_graph(&self) -> &'a ModuleGraph {
        self.graph.graph()
    }

    pub fn module(&self, id: ModuleId) -> &'a Module {
        self.modules_graph().module(id)
    }

    pub fn linked_module(&self, id: ModuleId) -> &'a LinkedModule {
        self.graph.linked_module(id, self.chunk).expect("a chunk's modules are in its program")
    }

    /// Estimates the bytes of the script: all pieces, with a few letters in each slot.
    pub fn pieces_length(&self) -> usize {
        let pieces = self.modules.values().flat_map(|rendered| rendered.module.pieces());
        pieces.map(|piece| piece.text.len() + 4 * piece.slots.len()).sum()
    }

    pub fn named(&self) -> impl Iterator<Item = (&Named, &str)> {
        self.names.iter().map(|(named, name)| (named, name.as_str()))
    }

    /// Returns the final name of something in the chunk's scope.
    pub fn name(&self, named: &Named) -> &str {
        self.names.get(named).unwrap_or_else(|| panic!("{named:?} was not named"))
    }

    pub fn has(&self, named: &Named) -> bool {
        self.names.contains_key(named)
    }

    /// Returns the name of a function of the interop runtime.
    pub fn runtime(&self, function: &str) -> &str {
        let interop = self.modules_graph().interop.expect("scan always loads the runtime");
        match self.exports.export(interop, function) {
            ExportLookup::Yes(Resolved::Symbol(symbol)) => self.name(&Named::Symbol(symbol)),
            ExportLookup::Yes(_) | ExportLookup::No | ExportLookup::Circular => {
                unreachable!("the runtime exports {function}")
            }
        }
    }

    /// Returns the names to declare at the top, in order.
    pub fn declared(&self) -> Vec<&str> {
        self.names
            .iter()
            .filter(|(named, _)| self.declared.contains(*named))
            .map(|(_, name)| name.as_str())
            .collect()
    }

    /// Returns `name = value;`, with a `var` unless the name is declared at the top.
    pub fn assign(&self, named: &Named, value: &str) -> String {
        let declare = if self.declared.contains(named) { "" } else { "var " };
        format!("{declare}{} = {value};", self.name(named))
    }

    /// Returns an expression for a resolved binding.
    pub fn expression(&self, resolved: &Resolved) -> String {
        let (binding, named) = binding_of(resolved, self.format());
        let name = || named.as_ref().map_or("", |n| self.name(n));
        match binding {
            Binding::Name | Binding::Property => name().to_owned(),
            Binding::Member(property) => text::member(name(), &property),
            Binding::Getter => format!("{}()", name()),
            Binding::Literal(value) => text::literal(&value),
            Binding::Missing => "void 0".to_owned(),
        }
    }

    /// Returns the names for the slots of a module's piece.
    pub fn slot_names(&self, id: ModuleId, piece: &bundle_js::Piece) -> Vec<&str> {
        let number = |slot: u32| self.numbers.of(id, slot);
        piece.slots.iter().map(|slot| self.names[number(slot.slot)].as_str()).collect()
    }

    /// Returns where the function that a fragment names is declared, if it moves: its module, and
    /// the index of its `Role::Head`.
    pub fn moved_to(&self, id: ModuleId, fragment: &bundle_js::Piece) -> Option<(ModuleId, usize)> {
        self.moved.get(&self.numbers.of(id, fragment.slots[0].slot)).copied()
    }

    /// Returns the call that runs an asynchronous module, if its importer waits for it. `None` as
    /// importer: the script itself. In a cycle, the module that the walk met last does not wait for
    /// those before it, whose ids are higher.
    pub fn awaited(&self, step: Step, importer: Option<ModuleId>) -> Option<String> {
        let Step::Module(id) = step else { return None };
        let linked = self.linked_module(id);
        let is_awaited = linked.wrap == Wrap::Lazy && linked.is_async;
        let is_awaited = is_awaited && importer.is_none_or(|importer| id < importer);
        is_awaited.then(|| format!("{}()", self.name(&Named::Init(id))))
    }

    /// Returns the lines that run a module where it is imported.
    pub fn run_lines(&self, step: Step) -> Vec<String> {
        let id = match step {
            Step::Module(id) => id,
            Step::External(id) => return self.external_lines(id),
        };
        match self.linked_module(id).wrap {
            Wrap::Hoisted => Vec::new(),
            Wrap::Lazy => vec![format!("{}();", self.name(&Named::Init(id)))],
            Wrap::CommonJs if self.has(&Named::Init(id)) => {
                vec![format!("{}();", self.name(&Named::Init(id)))]
            }
            Wrap::CommonJs => self.commonjs_values(id),
        }
    }

    /// Returns the lines that run a CommonJS module and keep its exports in variables.
    pub fn commonjs_values(&self, id: ModuleId) -> Vec<String> {
        let call = format!("{}()", self.name(&Named::Require(id)));
        let exports = Named::Exports(id);
        if !self.has(&exports) {
            return vec![format!("{call};")];
        }
        let mut lines = vec![self.assign(&exports, &call)];
        let value = self.name(&exports);
        if self.has(&Named::Default(id)) {
            lines.push(
                self.assign(
                    &Named::Default(id),
                    &format!("{}({value})", self.runtime("default_of")),
                ),
            );
        }
        for is_node in [false, true] {
            let namespace = Named::CommonJsNamespace(id, is_node);
            if self.has(&namespace) {
                lines.push(self.assign(
                    &namespace,
                    &format!("{}({value}, {is_node})", self.runtime("import_star")),
                ));
            }
        }
        lines
    }

    /// Returns an expression that reads an external (iife, cjs): its page global, or else a call of
    /// Node's `require`, which no page has.
    pub fn external_value(&self, id: bundle_graph::module::ExternalId) -> String {
        let external = self.modules_graph().external(id);
        let specifier = text::string(&external.specifier);
        match &external.global {
            Some(global) => {
                format!("{}({}, {specifier})", self.runtime("page_global"), text::string(global))
            }
            None => format!("require({specifier})"),
        }
    }

    /// Returns the lines that read an external into variables; none in esm output, whose import
    /// declarations run before everything.
    fn external_lines(&self, id: bundle_graph::module::ExternalId) -> Vec<String> {
        if self.format() == Format::Esm {
            return Vec::new();
        }
        let value = self.external_value(id);
        let named = Named::External(id);
        if !self.has(&named) {
            return vec![format!("{value};")];
        }
        let mut lines = vec![self.assign(&named, &value)];
        let name = self.name(&named);
        if self.has(&Named::ExternalDefault(id)) {
            lines.push(self.assign(
                &Named::ExternalDefault(id),
                &format!("{}({name})", self.runtime("default_of")),
            ));
        }
        for is_node in [false, true] {
            let namespace = Named::ExternalNamespace(id, is_node);
            if self.has(&namespace) {
                lines.push(self.assign(
                    &namespace,
                    &format!("{}({name}, {is_node})", self.runtime("import_star")),
                ));
            }
        }
        lines
    }

    /// Returns the statement that makes the namespace object of an ES module: its opening, its
    /// getters, and its end.
    pub fn namespace(&self, id: ModuleId) -> (String, Vec<String>, String) {
        let stars = self.exports.dynamic_stars(id);
        let getter = |(name, resolved): &(String, Resolved)| {
            format!("{}: {},", text::key(name), self.getter(&self.expression(resolved)))
        };
        let mut getters: Vec<String> = self.linked_module(id).exported.iter().map(getter).collect();
        if let Some(last) = getters.last_mut() {
            last.pop();
        }
        let open = |function: &str| {
            let call =
                self.assign(&Named::Namespace(id), &format!("{}({{", self.runtime(function)));
            call[..call.len() - 1].to_owned()
        };
        if stars.is_empty() {
            return (open("namespace"), getters, "});".to_owned());
        }
        let sources: Vec<&str> = stars
            .iter()
            .filter_map(|target| match target {
                Target::Module(of) => Some(self.name(&Named::Exports(*of))),
                Target::External(of) => Some(self.name(&star_source(*of, self.format()))),
                Target::Missing | Target::Text(_) | Target::None => None,
            })
            .collect();
        (open("namespace_dynamic"), getters, format!("}}, [{}]);", sources.join(", ")))
    }

    /// Returns a function that returns a value.
    fn getter(&self, value: &str) -> String {
        if self.has_arrows {
            format!("() => {value}")
        } else {
            format!("function () {{ return {value}; }}")
        }
    }

    fn must_be_declared(&self, named: &Named, prologues: &FxHashSet<Step>) -> bool {
        let two_layers = self.chunk.has_sloppy_layer();
        match named {
            Named::Symbol(_)
            | Named::ExternalName(..)
            | Named::Lifted(..)
            | Named::Chunk(_)
            | Named::Loader
            | Named::Registry
            | Named::Modules => false,
            Named::External(_) | Named::ExternalDefault(_) | Named::ExternalNamespace(..)
                if self.format() == Format::Esm =>
            {
                false
            }
            Named::External(id) | Named::ExternalDefault(id) | Named::ExternalNamespace(id, _) => {
                two_layers || prologues.contains(&Step::External(*id))
            }
            Named::Exports(id) | Named::Default(id) | Named::CommonJsNamespace(id, _) => {
                two_layers || self.has(&Named::Init(*id)) || prologues.contains(&Step::Module(*id))
            }
            Named::Require(id) => two_layers && self.chunk.layers.sloppy.binary_search(id).is_err(),
            // Made inside the function that runs the module.
            Named::Namespace(id) => {
                two_layers
                    || (self.linked_module(*id).wrap == Wrap::Lazy
                        && !self.exports.dynamic_stars(*id).is_empty())
            }
            Named::Init(_)
            | Named::Import(..)
            | Named::ExternalRequire(_)
            | Named::ExternalImport(..)
            | Named::Load(..) => two_layers,
        }
    }
}
