//! The text of a module in a registry: a function with its pieces inside, and with the names in all
//! slots chosen. It depends only on the module's render plan, so it is made when the module is
//! rendered, and kept with the rendered module.

use std::{fmt::Write, sync::Arc};

use bundle_base::{
    Config, FxIndexMap, FxIndexSet,
    config::{Charset, Minify},
};
use bundle_graph::{
    chunk::{
        is_hot,
        names::{Mentions, identifier, of_symbol, settle, settle_short},
    },
    plan::{Binding, Load, Mention, Registered, RenderPlan, Wrap},
    record::ModuleRecord,
};
use bundle_js::{Feature, Piece, RenderedModule, Support};
use rustc_hash::FxHashSet;

use crate::{
    memo::{Placed, RegisteredText},
    text::{self, Lines},
};

/// Anything that has a name in the function of the module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Named {
    /// The parameter `bundle`, through which the module reaches the registry and other modules.
    Bundle,
    /// A symbol, helper or module that the module's text mentions.
    Mention(Mention),
    /// A variable that minifying moved to the top level, by its slot.
    Lifted(u32),
}

/// Writes the function of a rendered module. Returns `None` if the plan is not for a registry.
pub(super) fn write(
    plan: &RenderPlan,
    module: &RenderedModule,
    record: &ModuleRecord,
    config: &Config,
) -> Option<RegisteredText> {
    let registered = plan.registered.as_deref()?;
    let of = Input {
        plan,
        registered,
        module,
        record,
        is_minified: config.output.minify != Minify::No,
        has_async: Support::of(&config.script.target).has(Feature::AsyncFunction),
    };
    let names = of.names(config);
    // An entry of a table is indented one level.
    let lines = Lines::deep(of.is_minified, 1);
    Some(Writer { of, names, lines }.module())
}

struct Input<'a> {
    plan: &'a RenderPlan,
    registered: &'a Registered,
    module: &'a RenderedModule,
    record: &'a ModuleRecord,
    is_minified: bool,
    /// The target has async functions. Without them, a body that awaits returns a promise.
    has_async: bool,
}

impl Input<'_> {
    /// Returns what a slot refers to.
    fn slot(&self, slot: u32) -> Named {
        let mentions = &self.registered.mentions;
        match mentions.binary_search_by_key(&slot, |(slot, _)| *slot) {
            Ok(found) => named(&mentions[found].1),
            Err(_) if (slot as usize) < self.plan.bindings.len() => {
                Named::Mention(Mention::Own(bundle_graph::record::SymbolIndex(slot)))
            }
            Err(_) => Named::Lifted(slot),
        }
    }

    /// Chooses a name for everything that the function mentions.
    fn names(&self, config: &Config) -> FxIndexMap<Named, String> {
        let mut names = FxIndexSet::from_iter([Named::Bundle]);
        let pieces = [&self.module.hoisted, &self.module.body];
        let slots = || pieces.iter().flat_map(|piece| &piece.slots).map(|slot| slot.slot);
        let declared = || self.record.exports.iter().map(|export| self.slot(export.symbol.0));
        let starred = || {
            self.registered.starred.iter().filter_map(|(_, _, mention)| mention.as_ref()).map(named)
        };
        let exported = || declared().chain(starred());
        names.extend(slots().map(|slot| self.slot(slot)));
        names.extend(exported());
        let mut own_first: Vec<Named> = names.into_iter().collect();
        own_first.sort_by_key(|name| !matches!(name, Named::Mention(Mention::Own(_))));
        let names: FxIndexSet<Named> = own_first.into_iter().collect();
        let index =
            |name: &Named| names.get_index_of(name).expect("every slot's name is among them");
        let globals = self.module.globals.iter().map(String::as_str).collect::<FxHashSet<_>>();
        let mut mentions = Mentions::new(names.len(), globals);
        for scope in &self.module.scopes {
            mentions.add(&scope.names, scope.slots.iter().map(|slot| index(&self.slot(*slot))));
        }
        let written = |index: usize| self.record.has_eval.then(|| self.preferred(&names[index]));
        let settled = if self.is_minified {
            let mut uses = vec![1; names.len()];
            slots()
                .map(|slot| self.slot(slot))
                .chain(exported())
                .for_each(|name| uses[index(&name)] += 1);
            settle_short(&uses, written, &mentions)
        } else {
            settle(names.iter().map(|name| self.preferred(name)), written, &mentions)
        };
        let is_ascii = config.script.charset == Charset::Ascii;
        let spelled =
            settled.into_iter().map(|name| if is_ascii { text::ascii_name(&name) } else { name });
        names.into_iter().zip(spelled).collect()
    }

    fn preferred(&self, name: &Named) -> String {
        let mention = match name {
            Named::Bundle => return "bundle".to_owned(),
            Named::Lifted(_) => return identifier(&self.registered.key),
            Named::Mention(mention) => mention,
        };
        match mention {
            Mention::Own(symbol) => {
                of_symbol(&self.record.symbols[symbol.0 as usize].name, &self.registered.key)
            }
            Mention::Helper(name) => name.clone(),
            Mention::Exports(key) | Mention::CommonJs(key) | Mention::DefaultOf(key) => {
                identifier(bare(key))
            }
            Mention::Default(key) => format!("{}_default", identifier(bare(key))),
            Mention::CommonJsNamespace { key, .. } => format!("{}_ns", identifier(bare(key))),
            Mention::Require { key, .. } => format!("require_{}", identifier(bare(key))),
            Mention::Import { key, .. } => format!("import_{}", identifier(bare(key))),
            Mention::Loader => "load".to_owned(),
            Mention::Load(load) => format!("load_{}", identifier(bare(&load.key))),
        }
    }
}

/// Returns what gets a name for a mention. The default export of a module has none: it is read as a
/// property of the module's exports.
fn named(mention: &Mention) -> Named {
    Named::Mention(if let Mention::DefaultOf(key) = mention {
        Mention::Exports(Arc::clone(key))
    } else {
        mention.clone()
    })
}

/// Strips the prefix of an external's key: `(external) jquery` → `jquery`.
fn bare(key: &str) -> &str {
    key.strip_prefix("(external) ").unwrap_or(key)
}

struct Writer<'a> {
    of: Input<'a>,
    names: FxIndexMap<Named, String>,
    lines: Lines,
}

impl Writer<'_> {
    fn module(mut self) -> RegisteredText {
        let key = text::string(&self.of.registered.key);
        let needs: Vec<String> =
            self.of.registered.needs.iter().map(|need| text::string(need)).collect();
        let bundle = self.names[&Named::Bundle].clone();
        self.lines.open(&format!("{key}: [[{}], function ({bundle}) {{", needs.join(", ")));
        let is_commonjs = self.of.plan.wrap == Wrap::CommonJs;
        if !is_commonjs || self.of.record.is_strict {
            self.lines.line("\"use strict\";");
        }
        self.references();
        let (hoisted, body) = if is_commonjs { self.commonjs() } else { self.esm() };
        let kind = match (self.of.plan.wrap, self.of.registered.is_async) {
            (Wrap::CommonJs, _) => ", 1",
            (_, true) => ", 2",
            (_, false) => "",
        };
        self.lines.close(&format!("}}{kind}]"));
        let mut text = self.lines.text;
        while text.ends_with('\n') {
            text.pop();
        }
        RegisteredText { text, hoisted, body }
    }

    /// Writes exports and hoisted declarations first, so that they exist before any module runs.
    fn esm(&mut self) -> (Placed, Placed) {
        self.exports();
        self.accessors();
        let hoisted = self.piece(&self.of.module.hoisted);
        self.values_of_esm();
        let is_async = self.of.registered.is_async && self.of.has_async;
        let keyword = if is_async { "async " } else { "" };
        self.lines.open(&format!("return {keyword}function () {{"));
        let body = self.piece(&self.of.module.body);
        self.lines.close("};");
        (hoisted, body)
    }

    fn commonjs(&mut self) -> (Placed, Placed) {
        for (name, value) in self.values() {
            self.lines.line(&format!("var {name} = {value};"));
        }
        self.accessors();
        let parameters = match (self.of.module.parameters.as_deref(), self.of.record.commonjs) {
            (Some(renamed), _) => renamed.join(", "),
            (None, uses) if uses.mentions_exports => "module, exports".to_owned(),
            (None, uses) if uses.mentions_module => "module".to_owned(),
            (None, _) => String::new(),
        };
        self.lines.open(&format!("return function ({parameters}) {{"));
        let body = self.piece(&self.of.module.body);
        self.lines.close("};");
        (Placed::default(), body)
    }

    /// Writes what runs after the imported modules: their values are read in a function of its own,
    /// because names of the body could shadow what is read here.
    fn values_of_esm(&mut self) {
        let values = self.values();
        let stars: Vec<String> =
            self.of.registered.stars.iter().map(|key| text::string(key)).collect();
        if values.is_empty() && stars.is_empty() {
            return;
        }
        if !values.is_empty() {
            let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
            self.lines.line(&format!("var {};", names.join(", ")));
        }
        let bundle = self.names[&Named::Bundle].clone();
        self.lines.open(&format!("{bundle}.before(function () {{"));
        for (name, value) in values {
            self.lines.line(&format!("{name} = {value};"));
        }
        if !stars.is_empty() {
            self.lines.line(&format!("{bundle}.stars([{}]);", stars.join(", ")));
        }
        self.lines.close("});");
    }

    /// Writes variables for what exists before any module runs: functions of our runtime, and the
    /// exports objects of ES modules.
    fn references(&mut self) {
        let bundle = self.names[&Named::Bundle].clone();
        let specifiers = || {
            let pair = |(specifier, key): &(Arc<str>, Arc<str>)| {
                format!("{}: {}", text::key(specifier), text::string(key))
            };
            let pairs: Vec<String> = self.of.registered.specifiers.iter().map(pair).collect();
            format!("{{ {} }}", pairs.join(", "))
        };
        let line = |(name, local): (&Named, &String)| match name {
            Named::Mention(Mention::Helper(helper)) if is_hot(helper) => {
                let is_meta = helper == "meta_hot";
                Some(format!("var {local} = {bundle}.hot({}, {is_meta});", specifiers()))
            }
            Named::Mention(Mention::Helper(helper)) => {
                Some(format!("var {local} = {bundle}.helpers.{helper};"))
            }
            Named::Mention(Mention::Exports(key)) => {
                Some(format!("var {local} = {bundle}.of({});", text::string(key)))
            }
            Named::Mention(Mention::Loader) => Some(format!("var {local} = {bundle}.load;")),
            Named::Mention(_) | Named::Bundle | Named::Lifted(_) => None,
        };
        let lines: Vec<String> = self.names.iter().filter_map(line).collect();
        self.lines.lines(&lines);
    }

    /// Returns local names with the expressions that give them their values once all imported
    /// modules have run.
    fn values(&self) -> Vec<(String, String)> {
        let bundle = &self.names[&Named::Bundle];
        let value = |(name, local): (&Named, &String)| {
            let Named::Mention(mention) = name else { return None };
            let value = match mention {
                Mention::CommonJs(key) => format!("{bundle}.require({})", text::string(key)),
                Mention::Default(key) => format!("{bundle}.default_of({})", text::string(key)),
                Mention::CommonJsNamespace { key, is_node } => {
                    format!("{bundle}.namespace({}, {is_node})", text::string(key))
                }
                Mention::Own(_)
                | Mention::Helper(_)
                | Mention::Exports(_)
                | Mention::DefaultOf(_)
                | Mention::Require { .. }
                | Mention::Import { .. }
                | Mention::Loader
                | Mention::Load(_) => return None,
            };
            Some((local.clone(), value))
        };
        self.names.iter().filter_map(value).collect()
    }

    fn exports(&mut self) {
        let bundle = self.names[&Named::Bundle].clone();
        let is_open = if self.of.registered.stars.is_empty() { "" } else { ", true" };
        let getter = |name: &str, value: &str| {
            format!("{}: function () {{ return {value}; }},", text::key(name))
        };
        let declared = self.of.record.exports.iter().map(|export| {
            let symbol = export.symbol.0;
            let name = self.names.get(&self.of.slot(symbol)).map_or("", String::as_str);
            getter(&export.name, &expression(&self.of.plan.bindings[symbol as usize], name))
        });
        let starred = self.of.registered.starred.iter().map(|(name, binding, mention)| {
            let local = mention.as_ref().map_or("", |mention| self.names[&named(mention)].as_str());
            getter(name, &expression(binding, local))
        });
        let mut getters: Vec<String> = declared.chain(starred).collect();
        if getters.is_empty() {
            return self.lines.line(&format!("{bundle}.exports({{}}{is_open});"));
        }
        if let Some(last) = getters.last_mut() {
            last.pop();
        }
        self.lines.open(&format!("{bundle}.exports({{"));
        for getter in getters {
            self.lines.line(&getter);
        }
        self.lines.close(&format!("}}{is_open});"));
    }

    /// Writes the functions that return the values of `require` and `import()`.
    fn accessors(&mut self) {
        let bundle = self.names[&Named::Bundle].clone();
        let line = |(name, local): (&Named, &String)| {
            let Named::Mention(mention) = name else { return None };
            let value = match mention {
                Mention::Require { key, is_data: true } => {
                    format!("{bundle}.run({}).default", text::string(key))
                }
                Mention::Require { key, is_data: false } => {
                    format!("{bundle}.require({})", text::string(key))
                }
                Mention::Import { key, is_node } => {
                    format!("{bundle}.import({}, {is_node})", text::string(key))
                }
                Mention::Load(load) => loaded(&bundle, load),
                Mention::Own(_)
                | Mention::Helper(_)
                | Mention::Exports(_)
                | Mention::CommonJs(_)
                | Mention::Default(_)
                | Mention::CommonJsNamespace { .. }
                | Mention::Loader
                | Mention::DefaultOf(_) => return None,
            };
            Some(format!("function {local}() {{ return {value}; }}"))
        };
        let lines: Vec<String> = self.names.iter().filter_map(line).collect();
        for line in lines {
            self.lines.line(&line);
        }
    }

    fn piece(&mut self, piece: &Piece) -> Placed {
        let names: Vec<String> = piece.slots.iter().map(|slot| self.slot_text(slot.slot)).collect();
        let out = self.lines.for_piece(&piece.text);
        let start = out.len();
        piece.fill(names.iter().map(String::as_str), out);
        Placed { start, names }
    }

    fn slot_text(&self, slot: u32) -> String {
        let mut text = self.names[&self.of.slot(slot)].clone();
        let mentions = &self.of.registered.mentions;
        if let Ok(found) = mentions.binary_search_by_key(&slot, |(slot, _)| *slot)
            && let Mention::DefaultOf(_) = mentions[found].1
        {
            text.push_str(".default");
        }
        text
    }
}

/// Returns the expression that reads a binding; `name` is the local name that it goes through.
fn expression(binding: &Binding, name: &str) -> String {
    match binding {
        Binding::Name | Binding::Property => name.to_owned(),
        Binding::Member(property) => text::member(name, property),
        Binding::Getter => format!("{name}()"),
        Binding::Literal(value) => text::literal(value),
        Binding::Missing => "void 0".to_owned(),
    }
}

/// Returns an expression that loads the scripts of a module and gives a promise of its namespace.
fn loaded(bundle: &str, load: &Load) -> String {
    let mut files = String::new();
    for file in &load.files {
        let separator = if files.is_empty() { "" } else { ", " };
        let _ = write!(files, "{separator}{}", text::string(file));
    }
    let (key, version) = (text::string(&load.key), text::string(&load.version));
    let give = format!("function () {{ return {bundle}.import({key}, {}); }}", load.is_node);
    format!("{bundle}.load([{files}], {version}).then({give})")
}
