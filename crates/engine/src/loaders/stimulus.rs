//! `?stimulus`: Stimulus controllers, as `@symfony/stimulus-bridge` asks webpack for them.
//!
//! `controllers.json` lists the controllers of packages that the page uses. Its module exports an
//! object with all of them. The module of a script is the script itself. If it has a comment
//! `/* stimulusFetch: 'lazy' */`, it is a controller that loads the script when an element first
//! needs it.

use std::{fmt::Write as _, sync::Arc};

use bundle_base::{
    Label, Source, Span,
    json::quoted,
    loader::{File, LoadContext, Loaded, Loader},
};
use serde_json::{Map, Value};

use super::{asset::script, source_text::text};
use crate::messages;

/// The package whose two webpack loaders these are.
const BRIDGE: &str = "@symfony/stimulus-bridge";

/// A controller that loads another one when an element first needs it, and puts it in its place.
const LAZY: &str = r"function lazy(load, name) {
  return class extends Controller {
    constructor(context) {
      super(context);
      this.__stimulusLazyController = true;
    }
    initialize() {
      const { application, identifier } = this;
      const alike = application.controllers.filter((one) => one.identifier === identifier);
      if (alike.some((one) => one.__stimulusLazyController)) return;
      load().then((module) => application.register(identifier, module[name]));
    }
  };
}
";

/// Loads `controllers.json` as an object with the controllers that it turns on.
pub(super) struct ControllersLoader;

impl Loader for ControllersLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = itself(file, cx)?;
        if let Some(mistake) = bundle_js::check_json(&source) {
            cx.log.push(mistake);
            return None;
        }
        let json: Value = serde_json::from_str(&source.text).unwrap_or_default();
        // The file that the package has in its place says so.
        if json.get("placeholder").is_some() {
            cx.log.push(messages::no_stimulus_controllers(Label::new(&source, Span::default())));
            return None;
        }
        let Some(packages) = json.get("controllers") else {
            let label = Label::new(&source, Span::default());
            cx.log.push(messages::bad_stimulus_controllers(label, "it has no key \"controllers\""));
            return None;
        };
        let bridge = Bridge::of(&source, cx);
        let mut module = Module::default();
        // PHP writes `[]` for an empty list.
        for (package, controllers) in packages.as_object().into_iter().flatten() {
            package_into(&mut module, package, controllers, &source, cx);
        }
        module.is_whole().then(|| Loaded::of(script(file, module.text(&bridge))))
    }
}

/// Loads a script as a controller.
pub(super) struct ControllerLoader;

impl Loader for ControllerLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = itself(file, cx)?;
        let option = |name: &str| {
            let mut pairs = file.query.split(['?', '&']).filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let is_lazy = match (option("lazy"), fetch(&source.text)) {
            (Some(word), _) => word != "false",
            (None, None | Some((_, "eager"))) => false,
            (None, Some((_, "lazy"))) => true,
            (None, Some((span, other))) => {
                cx.log.push(messages::bad_stimulus_fetch(Label::new(&source, span), other));
                return None;
            }
        };
        let name = option("export").unwrap_or("default");
        let request = quoted(&format!("./{}", file.path.file_name().unwrap_or_default()));
        let text = if is_lazy {
            let Bridge { stimulus, .. } = Bridge::of(&source, cx);
            let value = format!("lazy(() => import({request}), {})", quoted(name));
            format!(
                "import {{ Controller }} from \"{stimulus}\";\n{LAZY}const controller = {value};\n\
                 export {{ controller as {name} }};\n"
            )
        } else {
            format!("module.exports = require({request});\n")
        };
        Some(Loaded::of(script(file, text)))
    }
}

/// Returns the text of a file under the name that it has without the query.
fn itself(file: &File, cx: &mut LoadContext<'_>) -> Option<Arc<Source>> {
    text(&File { query: String::new(), ..file.clone() }, cx)
}

/// Returns what the comment `stimulusFetch: 'lazy'` of a script says, and where.
fn fetch(text: &str) -> Option<(Span, &str)> {
    const KEY: &str = "stimulusFetch";
    text.match_indices(KEY).find_map(|(at, _)| {
        let (before, after) = (&text[..at], text[at + KEY.len()..].trim_start());
        let is_in_block = before.rfind("/*") > before.rfind("*/");
        let is_in_line = before.rsplit('\n').next().is_some_and(|line| line.contains("//"));
        let value = after.strip_prefix(':')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let word = value[1..].split(quote).next().filter(|_| is_in_block || is_in_line)?;
        Some((Span::new(offset(at), offset(at + KEY.len())), word))
    })
}

/// What the installed version of the bridge expects.
struct Bridge {
    /// The package of Stimulus.
    stimulus: &'static str,
    /// It calls `then` of each controller.
    awaits: bool,
}

impl Bridge {
    fn of(source: &Arc<Source>, cx: &LoadContext<'_>) -> Self {
        let label = Label::new(source, Span::default());
        let version = description(BRIDGE, label, cx);
        let version = version.as_ref().and_then(|package| package.get("version")?.as_str());
        let numbers: Option<Vec<u32>> =
            version.map(|text| text.split('.').map(|part| part.parse().unwrap_or(0)).collect());
        let is_below = |least: &[u32]| numbers.as_deref().is_some_and(|version| version < least);
        Self {
            stimulus: if is_below(&[3]) { "stimulus" } else { "@hotwired/stimulus" },
            awaits: is_below(&[3, 2, 2]),
        }
    }
}

/// The module of `controllers.json` while it is written.
#[derive(Default)]
struct Module {
    imports: String,
    entries: Vec<(String, String)>,
    has_lazy: bool,
    has_mistakes: bool,
}

impl Module {
    fn is_whole(&self) -> bool {
        !self.has_mistakes
    }

    fn text(&self, bridge: &Bridge) -> String {
        let mut text = self.imports.clone();
        if self.has_lazy {
            let _ = write!(text, "import {{ Controller }} from \"{}\";\n{LAZY}", bridge.stimulus);
        }
        text.push_str("export default {\n");
        for (name, value) in &self.entries {
            let _ = if bridge.awaits {
                writeln!(text, "  {name}: {{ then: (done) => done({{ default: {value} }}) }},")
            } else {
                writeln!(text, "  {name}: {value},")
            };
        }
        text + "};\n"
    }
}

/// Adds the controllers of a package that are turned on, and the stylesheets that they import.
fn package_into(
    module: &mut Module,
    package: &str,
    controllers: &Value,
    source: &Arc<Source>,
    cx: &mut LoadContext<'_>,
) {
    let nothing = Map::new();
    let requested = controllers.as_object().unwrap_or(&nothing);
    let is_on = |options: &Value| options.get("enabled").and_then(Value::as_bool) == Some(true);
    if !requested.values().any(is_on) {
        return;
    }
    let at = key(source, package, 0);
    let Some(described) = description(package, Label::new(source, at), cx) else {
        cx.log.push(messages::no_stimulus_package(Label::new(source, at), package));
        module.has_mistakes = true;
        return;
    };
    for (name, options) in requested.iter().filter(|(_, options)| is_on(options)) {
        let label = || Label::new(source, key(source, name, at.end as usize));
        let known = described.pointer("/symfony/controllers").and_then(|all| all.get(name));
        let Some(known) = known else {
            cx.log.push(messages::no_stimulus_controller(label(), package, name));
            module.has_mistakes = true;
            continue;
        };
        let text_of = |from: &Value, field: &str| from.get(field)?.as_str().map(str::to_owned);
        let main = format!("{package}/{}", text_of(known, "main").unwrap_or_default());
        let value = match options.get("fetch").and_then(Value::as_str) {
            None | Some("eager") => {
                let local = format!("controller{}", module.entries.len());
                let _ = writeln!(module.imports, "import {local} from {};", quoted(&main));
                local
            }
            Some("lazy") => {
                module.has_lazy = true;
                format!("lazy(() => import({}), \"default\")", quoted(&main))
            }
            Some(other) => {
                cx.log.push(messages::bad_stimulus_fetch(label(), other));
                module.has_mistakes = true;
                continue;
            }
        };
        let identifier = text_of(options, "name").or_else(|| text_of(known, "name"));
        let identifier = identifier.unwrap_or_else(|| {
            let whole = format!("{}/{name}", package.strip_prefix('@').unwrap_or(package));
            whole.replace('_', "-")
        });
        module.entries.push((quoted(&identifier.replace('/', "--")), value));
        let styles = options.get("autoimport").and_then(Value::as_object).unwrap_or(&nothing);
        for (style, _) in styles.iter().filter(|(_, wanted)| wanted.as_bool() == Some(true)) {
            let _ = writeln!(module.imports, "import {};", quoted(style));
        }
    }
}

/// Returns the package.json of a package; `None` if it is not found. `label`: where the package is
/// named.
fn description(package: &str, label: Label, cx: &LoadContext<'_>) -> Option<Value> {
    let path = cx.resolve.resolve(&format!("{package}/package.json"), label).ok()?;
    serde_json::from_slice(&cx.fs.read(&path).ok()?).ok()
}

/// Returns where a JSON text has a key, from an offset on.
fn key(source: &Source, key: &str, from: usize) -> Span {
    let quoted = format!("\"{key}\"");
    source.text[from..].find(&quoted).map_or_else(Span::default, |at| {
        let start = from + at;
        Span::new(offset(start), offset(start + quoted.len()))
    })
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
