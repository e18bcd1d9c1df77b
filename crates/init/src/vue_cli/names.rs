//! The names of scripts and stylesheets: Vue CLI's own, and those that `chainWebpack`,
//! `configureWebpack` and `css.extract` give, where the later one wins. Views name scripts whose
//! names have no hash, so chunks and stylesheets that get another name afterwards are noted,
//! whether or not there are pages.

use std::rc::Rc;

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Symbol, Value};

use super::{
    super::{
        plan::tidy,
        reading::{Reading, call_of},
        stylesheets::MEND_TAGS,
        webpack,
    },
    chain::subject_of,
};

/// The plugin that writes stylesheets.
const STYLES: &str = "extract-css";
/// Methods of `config.output` that need no key. Vue CLI refuses `path` and `publicPath`.
const WITHOUT_MEANING: &[&str] = &[
    "path",
    "publicPath",
    "pathinfo",
    "globalObject",
    "jsonpFunction",
    "chunkLoadingGlobal",
    "chunkLoadTimeout",
    "uniqueName",
    "umdNamedDefine",
    "devtoolModuleFilenameTemplate",
    "devtoolFallbackModuleFilenameTemplate",
    "sourceMapFilename",
    "hotUpdateChunkFilename",
    "hotUpdateMainFilename",
    "crossOriginLoading",
    "hashFunction",
    "hashDigest",
    "hashDigestLength",
    "get",
    "has",
    "when",
];

/// The names that a configuration gives.
pub(super) struct OutputNames {
    /// What names scripts: a pattern or a function.
    scripts: Value,
    /// The pattern of scripts, if one names all of them.
    pattern: String,
    /// The chunks that pages include besides entries.
    chunks: Vec<String>,
}

/// Returns the configuration that `configureWebpack(config)` may change: the entries and names of
/// Vue CLI and `chainWebpack`, and empty lists for everything else that is read.
pub(super) fn configuration(
    reading: &mut Reading<'_>,
    exports: &Value,
    entries: Object,
    calls: &[Rc<Symbol>],
) -> Value {
    let object = || Value::object(Object::new());
    let list = || Value::list(Vec::new());
    let usual = || Value::Text(usual_pattern(exports, "js"));
    let mut output = fields([("filename", usual()), ("chunkFilename", usual())]);
    let mut optimization = fields([("splitChunks", own_chunks(exports))]);
    for call in calls {
        chained(reading, call, &mut output, &mut optimization);
    }
    Value::object(fields([
        ("entry", Value::object(entries)),
        ("resolve", Value::object(fields([("alias", object())]))),
        ("module", Value::object(fields([("rules", list())]))),
        ("plugins", list()),
        ("optimization", Value::object(optimization)),
        ("output", Value::object(output)),
        ("mode", Value::text("production")),
    ]))
}

impl OutputNames {
    /// Reads the names, and sets the hash and what the plan knows of scripts. `configs`: later ones
    /// are merged into earlier ones.
    pub(super) fn of(
        reading: &mut Reading<'_>,
        exports: &Value,
        calls: &[Rc<Symbol>],
        configs: &[&Value],
    ) -> Self {
        let output = configs.iter().flat_map(|config| config.get("output").fields());
        let output: Object = output.collect();
        let given = output.get("filename").cloned().unwrap_or_default();
        let output = Value::object(output);
        let known = webpack::name_for(reading, &given.value, "[name]");
        let (scripts, pattern) = if let Some(pattern) = known {
            (given.value, pattern)
        } else {
            let remedy = "name the areas as the views do, and without \"hash\" if the names have \
                          none";
            let what = "names of scripts that only running the script would give";
            reading.note(given.place, what, remedy);
            let own = usual_pattern(exports, "js");
            (Value::text(&own), own)
        };
        if webpack::has_hash(&pattern) {
            reading.plan.modes.production.insert("hash".to_owned(), true.into());
        }
        let styles = styles(reading, exports, calls);
        webpack::of_chunks(reading, &output);
        webpack::library(reading, &output, exports.get("pages").fields().len() < 2);
        reading.plan.scripts.pattern.clone_from(&pattern);
        reading.plan.scripts.styles = styles.value;
        Self { scripts, pattern, chunks: chunks(configs) }
    }

    /// Returns the path of an entry's script below the folder of the outputs.
    pub(super) fn script(&self, reading: &mut Reading<'_>, folder: &str, entry: &str) -> String {
        let pattern = webpack::name_for(reading, &self.scripts, entry);
        let file = webpack::named(&pattern.unwrap_or_else(|| self.pattern.clone()), entry);
        tidy(&format!("{folder}/{file}"))
    }

    /// Notes chunks that views include and our build does not write. If names have a hash, only the
    /// pages that the build writes can name them.
    pub(super) fn note(&self, reading: &mut Reading<'_>) {
        if webpack::has_hash(&self.pattern) {
            return;
        }
        let chunks = self.chunks.iter().map(|name| webpack::named(&self.pattern, name));
        let chunks: Vec<String> = chunks.collect();
        if !chunks.is_empty() {
            let remedy = "their modules are in the scripts of the entries: remove their tags from \
                          the views, or write an area for packages: { \"packages\": [\"*\"], \
                          \"shared\": true }";
            let what = format!("chunks that pages include: {}", chunks.join(", "));
            reading.note(ScriptLocation::default(), what, remedy);
        }
    }
}

/// Returns the pattern that Vue CLI gives scripts (`js`) and stylesheets (`css`).
fn usual_pattern(exports: &Value, kind: &str) -> String {
    let folder = exports.get("assetsDir").as_text().unwrap_or_default();
    let is_plain = matches!(exports.get("filenameHashing"), Value::Boolean(false));
    let hash = if is_plain { "" } else { ".[contenthash:8]" };
    tidy(&format!("{folder}/{kind}/[name]{hash}.{kind}"))
}

/// Returns the `splitChunks` of Vue CLI.
fn own_chunks(exports: &Value) -> Value {
    let group = |name: &str| Value::object(fields([("name", Value::text(name))]));
    let mut groups = fields([("vendors", group("chunk-vendors"))]);
    if exports.get("pages").fields().len() > 1 {
        groups.extend(fields([("common", group("chunk-common"))]));
    }
    Value::object(fields([("cacheGroups", Value::object(groups))]))
}

/// Reads a call on `config.output` or `config.optimization`.
fn chained(
    reading: &mut Reading<'_>,
    call: &Symbol,
    output: &mut Object,
    optimization: &mut Object,
) {
    let path = call.path();
    // `config.output.filename(…).end().resolve`
    let own = path.rsplit(|part| *part == "end").next().unwrap_or_default();
    let (Some(of), Some(method)) = (own.first(), own.last()) else { return };
    let (_, arguments) = call_of(call);
    let first = arguments.first().cloned().unwrap_or_default();
    let text = first.as_text().unwrap_or_default();
    let mut set = |key: &str, value: Value| {
        let field = Field { value, place: call.place };
        let object = if *of == "output" { &mut *output } else { &mut *optimization };
        object.insert(key.to_owned(), field);
    };
    match (*of, *method) {
        ("output" | "optimization", "set") => {
            set(&text, arguments.get(1).cloned().unwrap_or_default());
        }
        ("output" | "optimization", "delete") => set(&text, Value::Undefined),
        ("output", "merge") => output.extend(first.fields()),
        ("optimization", "splitChunks" | "runtimeChunk" | "minimize")
        | (
            "output",
            "filename" | "chunkFilename" | "library" | "libraryTarget" | "libraryExport",
        ) => set(method, first),
        ("output", method) if !WITHOUT_MEANING.contains(&method) => {
            let what = format!("config.output.{method}()");
            reading.note(call.place, what, "find out whether you need it");
        }
        _ => {}
    }
}

/// Returns the pattern of stylesheets' names: Vue CLI's own, the options `css.extract`, and the
/// changes that `chainWebpack` makes to the plugin's options.
fn styles(reading: &mut Reading<'_>, exports: &Value, calls: &[Rc<Symbol>]) -> Field {
    let usual = || Value::Text(usual_pattern(exports, "css"));
    let mut options = fields([("filename", usual()), ("chunkFilename", usual())]);
    options.extend(exports.get("css").get("extract").fields());
    for call in calls.iter().filter(|call| subject_of(call, "plugin").as_deref() == Some(STYLES)) {
        let (method, arguments) = call_of(call);
        let first = arguments.first().cloned().unwrap_or_default();
        let changed = match method {
            "tap" => {
                let given = Value::list(vec![Value::object(options.clone())]);
                let changed = reading.script.call(&first, vec![given.clone()]);
                if changed.is_missing() { given } else { changed }
            }
            "use" => arguments.get(1).cloned().unwrap_or_default(),
            _ => continue,
        };
        match changed.elements().first() {
            Some(Value::Object(changed)) => options.clone_from(&changed.borrow()),
            _ => reading.note(call.place, format!("options of the plugin {STYLES}"), MEND_TAGS),
        }
    }
    options.get("filename").cloned().unwrap_or_default()
}

/// Returns the names of the chunks that pages include.
fn chunks(configs: &[&Value]) -> Vec<String> {
    let mut groups = Object::new();
    let mut runtime = None;
    for optimization in configs.iter().map(|config| config.get("optimization").fields()) {
        let Some(split) = optimization.get("splitChunks") else { continue };
        if let Value::Object(_) = split.value {
            groups.extend(split.value.get("cacheGroups").fields());
        } else {
            groups.clear();
        }
    }
    for config in configs {
        let chunk = config.get("optimization").get("runtimeChunk");
        match chunk {
            Value::Text(word) if word == "single" => runtime = Some("runtime".to_owned()),
            Value::Object(_) => runtime = chunk.get("name").as_text(),
            _ => {}
        }
    }
    let names = groups.values().filter_map(|group| group.value.get("name").as_text());
    names.chain(runtime).collect()
}

fn fields<const N: usize>(pairs: [(&str, Value); N]) -> Object {
    let field = |(key, value): (&str, Value)| {
        (key.to_owned(), Field { value, place: ScriptLocation::default() })
    };
    pairs.into_iter().map(field).collect()
}
