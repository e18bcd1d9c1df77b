//! WebAssembly files. Where only the default export is imported, a file is its address, as other
//! assets are. Otherwise it becomes an ES module: what the file imports are imports of the module,
//! resolved from the file, and what it exports are the module's exports. Browsers compile
//! asynchronously, so that module awaits at its top level; Node compiles at once.

use std::fmt::Write;

use bundle_base::{
    Config, FxIndexMap,
    asset::{Address, Wanted, address},
    config::{Format, Platform},
    json::quoted,
    loader::{File, LoadContext, Loaded, Loader},
    stylesheet::exports::is_identifier,
};
use bundle_js::{Feature, Support, runtime};

use super::asset::{AssetLoader, PLACED_BY_EMIT, RELATIVE_TO_SCRIPT, finds_itself, script};
use crate::messages;
use binary::Interface;

mod binary; // what a file imports and exports
mod form; // what an import gets of a file

pub(super) use form::Form;
pub(crate) use form::INSTANCE;

/// Loads WebAssembly files as their addresses, or as what they export as `default`.
pub(super) struct AddressLoader;

impl Loader for AddressLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let has_default = |found: Interface<'_>| found.exports.contains(&"default");
        if !binary::read(&file.bytes).is_ok_and(has_default) {
            return AssetLoader(Wanted::Either).load(file, cx);
        }
        let request = format!("./{}{INSTANCE}", file.path.file_name().unwrap_or_default());
        let text = format!("export {{ default }} from {};\n", quoted(&request));
        Some(Loaded::of(script(file, text)))
    }
}

/// Loads WebAssembly files that scripts run.
pub(super) struct WasmLoader(pub Form);

impl Loader for WasmLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let interface = match binary::read(&file.bytes) {
            Ok(interface) => interface,
            Err(broken) => {
                cx.log.push(messages::broken_wasm(&file.name, &broken));
                return None;
            }
        };
        let wanted = if is_lost(cx.config) { Wanted::Inline } else { Wanted::Either };
        let address = address(&file.name, &file.bytes, wanted, &cx.config.assets);
        let place = FileAccess::of(&address, cx.config);
        let text = match self.0 {
            Form::Init => init(place),
            Form::Compiled => compiled(place),
            Form::Address | Form::Instance => instance(&interface, place),
        };
        Some(Loaded { address: Some(address), ..Loaded::of(script(file, text)) })
    }
}

/// Whether scripts cannot find their files: Node reads them relative to the script, and an
/// ES module for old targets does not know where it is.
fn is_lost(config: &Config) -> bool {
    config.resolve.platform == Platform::Node
        && config.output.format == Format::Esm
        && !Support::of(&config.script.target).has(Feature::ImportMeta)
}

/// How a module gets at the bytes of its file.
#[derive(Clone, Copy)]
struct FileAccess {
    is_node: bool,
    /// An expression for the address.
    address: &'static str,
}

impl FileAccess {
    fn of(address: &Address, config: &Config) -> Self {
        let is_node = config.resolve.platform == Platform::Node;
        let is_inline = matches!(address, Address::Inline(_));
        let export = if !is_inline && (is_node || finds_itself(config)) {
            RELATIVE_TO_SCRIPT
        } else {
            PLACED_BY_EMIT
        };
        let address = export.trim_start_matches("export default ").trim_end_matches(";\n");
        Self { is_node, address }
    }

    /// Writes the imports of a function of our runtime under the name `$run`.
    fn imports(self, in_page: &str, in_node: &str) -> String {
        let function = if self.is_node { in_node } else { in_page };
        let ours = format!("import {{ {function} as $run }} from \"{}\";\n", runtime::WASM);
        if self.is_node { format!("import {{ readFileSync }} from \"fs\";\n{ours}") } else { ours }
    }

    /// Declares the address as `$address`. It is one variable, because it may be long.
    fn declared(self) -> String {
        format!("var $address = {};\n", self.address)
    }

    /// Writes a call of that function. `more`: further arguments, each after a comma.
    fn run(self, more: &str) -> String {
        let read = if self.is_node { ", readFileSync" } else { "" };
        format!("$run(WebAssembly, $address{read}{more})")
    }
}

/// Writes the module of `?init`, as in Vite.
fn init(place: FileAccess) -> String {
    let functions = place.imports("instantiate", "instantiate_file");
    let call = place.run(", imports");
    let body = if place.is_node {
        format!("new Promise(function (resolve) {{\n    resolve({call});\n  }})")
    } else {
        call
    };
    let functions = functions + &place.declared();
    format!("{functions}export default function (imports) {{\n  return {body};\n}}\n")
}

/// Writes the module of `import source`.
fn compiled(place: FileAccess) -> String {
    let functions = place.imports("compiled", "compiled_file") + &place.declared();
    let call = place.run("");
    if place.is_node {
        return format!("{functions}export default {call};\n");
    }
    let wait = format!("await {call}.then(function ($it) {{\n  $module = $it;\n}});\n");
    format!("{functions}var $module;\nexport {{ $module as default }};\n{wait}")
}

/// Writes the module of a file's exports. An exported global is the object that other files can
/// import, with its value as `value`. A file without an export `default` has its address there.
fn instance(interface: &Interface<'_>, place: FileAccess) -> String {
    let mut text = place.imports("instantiate", "instantiate_file");
    let imports = imported(interface, &mut text);
    text.push_str(&place.declared());
    if !interface.exports.contains(&"default") {
        text.push_str("export { $address as default };\n");
    }
    let mut exports = String::new();
    let mut assignments = String::new();
    for (index, name) in interface.exports.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        let _ = write!(exports, "{separator}$e{index} as {}", word(name));
        let _ = writeln!(assignments, "  $e{index} = $it[{}];", quoted(name));
    }
    let names: Vec<String> = (0..interface.exports.len()).map(|i| format!("$e{i}")).collect();
    if !names.is_empty() {
        let _ = writeln!(text, "var {};\nexport {{ {exports} }};", names.join(", "));
    }
    let call = place.run(&format!(", {imports}"));
    if place.is_node {
        return text + &format!("var $it = {call}.exports;\n{assignments}");
    }
    let take = format!("function ($instance) {{\n  var $it = $instance.exports;\n{assignments}}}");
    text + &format!("await {call}.then({take});\n")
}

/// Adds an import declaration to `text` for each module that the file imports from. Returns the
/// object with the imported values.
fn imported(interface: &Interface<'_>, text: &mut String) -> String {
    let mut modules: FxIndexMap<&str, FxIndexMap<&str, usize>> = FxIndexMap::default();
    for (count, (module, name)) in interface.imports.iter().enumerate() {
        modules.entry(module).or_default().entry(name).or_insert(count);
    }
    let mut object = String::from("{");
    for (module, names) in &modules {
        let mut declared = String::new();
        let mut values = String::new();
        for (name, index) in names {
            let _ = write!(declared, "{} as $i{index}, ", word(name));
            let _ = write!(values, "\n    {}: $i{index},", key(name));
        }
        let declared = declared.trim_end_matches(", ");
        let _ = writeln!(text, "import {{ {declared} }} from {};", quoted(module));
        let values = values.trim_end_matches(',');
        let _ = write!(object, "\n  {}: {{{values}\n  }},", key(module));
    }
    object.trim_end_matches(',').to_owned() + "\n}"
}

/// Returns a property name. `__proto__` would set the prototype.
fn key(name: &str) -> String {
    if name == "__proto__" { format!("[{}]", quoted(name)) } else { word(name) }
}

/// Returns a name, quoted unless it is an identifier.
fn word(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { quoted(name) }
}
