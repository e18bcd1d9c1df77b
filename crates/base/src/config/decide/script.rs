//! Decides target, defines and JSX, which bundle_js reads.

use indexmap::IndexMap;

use super::{
    super::{
        Charset, DecoratorMetadata, Decorators, Dropped, Jsx, Mode, Platform, Polyfills,
        ScriptConfig, Target, TypeScriptConfig, browserslist, messages,
        raw::{RawJsx, RawTypeScript, Written},
    },
    deciding::Deciding,
    syntax::{is_definable, is_path, is_value},
};
use crate::{
    decode::SourceCharset,
    diagnostic::{Diagnostic, Label, nearest},
    source::Span,
};

/// Versions by name. `es6` is the common name of ES2015.
const VERSIONS: &[(&str, u16)] = &[
    ("es5", 5),
    ("es6", 2015),
    ("es2015", 2015),
    ("es2016", 2016),
    ("es2017", 2017),
    ("es2018", 2018),
    ("es2019", 2019),
    ("es2020", 2020),
    ("es2021", 2021),
    ("es2022", 2022),
    ("es2023", 2023),
    ("es2024", 2024),
    ("es2025", 2025),
    ("esnext", u16::MAX),
];

/// How built-ins that the target lacks are handled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Policy {
    /// They are listed in the metafile.
    Report,
    /// They are errors.
    Error,
    /// They are polyfilled, and an error if there is no polyfill.
    Inject,
}

fn typescript(raw: &RawTypeScript) -> TypeScriptConfig {
    let is_strict = raw.strict_null_checks == Some(true);
    TypeScriptConfig {
        define_class_fields: raw.define_class_fields.unwrap_or(true),
        decorator_metadata: match raw.decorator_metadata {
            Some(true) if is_strict => DecoratorMetadata::Strict,
            Some(true) => DecoratorMetadata::Loose,
            Some(false) | None => DecoratorMetadata::None,
        },
        keeps_imports: raw.keeps_imports == Some(true),
    }
}

impl Deciding<'_> {
    pub(super) fn script(&mut self, platform: Platform) -> ScriptConfig {
        let raw = &self.raw.script;
        let charsets = [("ascii", Charset::Ascii), ("utf8", Charset::Utf8)];
        let decorators = [("standard", Decorators::Standard), ("legacy", Decorators::Legacy)];
        let (define, jsx) = (self.define(platform), self.jsx());
        let policies =
            [("report", Policy::Report), ("error", Policy::Error), ("inject", Policy::Inject)];
        let policy = self
            .word(raw.globals.as_ref(), "value of \"globals\"", &policies)
            .unwrap_or(Policy::Report);
        let is_wanted = raw.polyfills.as_ref().is_some_and(|written| written.value == "usage");
        ScriptConfig {
            target: self.target(),
            define,
            drop: self.dropped(),
            // JSX in a Vue component is not React's, unless that is configured.
            jsx_in_components: if self.raw.script.jsx == RawJsx::default() {
                Jsx::Vue2
            } else {
                jsx.clone()
            },
            jsx,
            decorators: self
                .word(raw.decorators.as_ref(), "kind of decorators", &decorators)
                .unwrap_or(Decorators::Standard),
            typescript: typescript(&raw.typescript),
            loose: raw.loose.as_ref().is_some_and(|written| written.value),
            charset: self
                .word(raw.charset.as_ref(), "charset", &charsets)
                .unwrap_or(Charset::Ascii),
            source_charset: self.source_charset(),
            polyfills: if is_wanted || policy == Policy::Inject {
                Polyfills::Usage
            } else {
                Polyfills::None
            },
            has_all_globals: policy != Policy::Report,
        }
    }

    fn dropped(&mut self) -> Vec<Dropped> {
        let words = [("console", Dropped::Console), ("debugger", Dropped::Debugger)];
        let written = self.raw.script.drop.as_deref().unwrap_or_default();
        let dropped =
            written.iter().filter_map(|one| self.word(Some(one), "value of \"drop\"", &words));
        dropped.collect()
    }

    fn source_charset(&mut self) -> SourceCharset {
        let Some(written) = &self.raw.script.source_charset else { return SourceCharset::UTF_8 };
        SourceCharset::named(&written.value).unwrap_or_else(|| {
            let known = ["utf-8", "euc-kr", "shift_jis", "euc-jp", "gbk", "big5", "windows-1252"];
            self.log.push(messages::unknown_word(
                &written.origin,
                "source charset",
                &written.value,
                &known,
            ));
            SourceCharset::UTF_8
        })
    }

    fn target(&mut self) -> Target {
        let Some(written) = &self.raw.script.target else { return Target::ES5 };
        let queries: Vec<&str> =
            written.value.iter().map(|q| q.trim()).filter(|q| !q.is_empty()).collect();
        if let Some(engines) = engines(&queries) {
            return engines.unwrap_or_else(|(word, near)| {
                self.log.push(messages::bad_engine(&written.origin, word, near.as_deref()));
                Target::ES5
            });
        }
        let version =
            |query: &str| VERSIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(query));
        if let [only] = queries.as_slice() {
            if let Some((_, version)) = version(only) {
                return Target::Ecma(*version);
            }
            if looks_like_version(only) {
                let near =
                    nearest(&only.to_ascii_lowercase(), VERSIONS.iter().map(|(name, _)| *name));
                self.log.push(messages::bad_target(&written.origin, only, near));
                return Target::ES5;
            }
        }
        if let Some(mixed) = queries.iter().find(|q| version(q).is_some()) {
            self.log.push(messages::mixed_target(&written.origin, mixed));
            return Target::ES5;
        }
        match browserslist::extended(&queries, self.host, self.mode) {
            Ok(queries) => self.browsers(written, &queries.join(", ")),
            Err(why) => {
                self.log.push(messages::bad_query(&written.origin, &queries.join(", "), &why));
                Target::ES5
            }
        }
    }

    fn browsers(&mut self, written: &Written<Vec<String>>, query: &str) -> Target {
        if query.is_empty() {
            self.log.push(messages::empty_value(&written.origin, "target"));
            return Target::ES5;
        }
        match (self.host.browserslist)(query) {
            Ok(browsers) if browsers.is_empty() => {
                self.log.push(messages::no_browsers(&written.origin, query));
                Target::ES5
            }
            Ok(mut browsers) => {
                browsers.sort();
                browsers.dedup();
                Target::Browsers(browsers)
            }
            Err(why) => {
                let (query, why) = self.invalid_query(&written.value).unwrap_or((query, why));
                let diagnostic = messages::bad_query(&written.origin, query, &why);
                let diagnostic = Diagnostic {
                    primary: diagnostic.primary.map(|label| narrowed(label, query)),
                    ..diagnostic
                };
                self.log.push(diagnostic);
                Target::ES5
            }
        }
    }

    /// Returns the first of several queries that cannot be resolved, and why.
    fn invalid_query<'q>(&self, queries: &'q [String]) -> Option<(&'q str, String)> {
        // `not` needs other queries before it.
        let alone = queries.iter().map(|query| query.trim());
        let mut alone = alone.filter(|query| !query.is_empty() && !query.starts_with("not "));
        alone.find_map(|query| Some((query, (self.host.browserslist)(query).err()?)))
    }

    /// Returns the configured defines, and `process.env.NODE_ENV` by mode unless it, or an object
    /// that contains it, is defined; then what the environment gives.
    fn define(&mut self, platform: Platform) -> IndexMap<String, String> {
        let mut define = IndexMap::new();
        for pair in &self.raw.script.define {
            let (name, value) = (&pair.key.value, pair.value.value.trim());
            if !is_definable(name) {
                self.log.push(messages::bad_define_name(&pair.key.origin, name));
            } else if !is_value(value) {
                self.log.push(messages::bad_define_value(&pair.value.origin, name, value));
            } else {
                define.insert(name.clone(), value.to_owned());
            }
        }
        if !["process.env.NODE_ENV", "process.env", "process"]
            .iter()
            .any(|name| define.contains_key(*name))
        {
            let mode = match self.mode {
                Mode::Development => "\"development\"",
                Mode::Production => "\"production\"",
            };
            define.insert("process.env.NODE_ENV".to_owned(), mode.to_owned());
        }
        self.define_environment(platform, &mut define);
        define
    }

    fn jsx(&mut self) -> Jsx {
        #[derive(Clone, Copy)]
        enum Runtime {
            Classic,
            Automatic,
            Vue2,
        }
        let raw = &self.raw.script.jsx;
        let words = [
            ("classic", Runtime::Classic),
            ("automatic", Runtime::Automatic),
            ("vue2", Runtime::Vue2),
        ];
        // A user who names a package for JSX wants the form that imports it.
        let default =
            if raw.import_source.is_some() { Runtime::Automatic } else { Runtime::Classic };
        match self.word(raw.runtime.as_ref(), "JSX runtime", &words).unwrap_or(default) {
            Runtime::Classic => Jsx::Classic {
                factory: self.dotted(raw.factory.as_ref(), "jsx.factory", "React.createElement"),
                // Mithril's fragment is `"["`.
                fragment: match &raw.fragment {
                    Some(written) if is_string_literal(&written.value) => written.value.clone(),
                    written => self.dotted(written.as_ref(), "jsx.fragment", "React.Fragment"),
                },
            },
            Runtime::Automatic => {
                let source = raw.import_source.as_ref().filter(|s| {
                    if s.value.is_empty() {
                        self.log.push(messages::empty_value(&s.origin, "jsx.importSource"));
                    }
                    !s.value.is_empty()
                });
                Jsx::Automatic {
                    import_source: source.map_or_else(|| "react".to_owned(), |s| s.value.clone()),
                }
            }
            Runtime::Vue2 => Jsx::Vue2,
        }
    }

    fn dotted(&mut self, written: Option<&Written<String>>, what: &str, default: &str) -> String {
        let Some(written) = written else { return default.to_owned() };
        if !is_path(&written.value) {
            self.log.push(messages::bad_identifier(&written.origin, what, &written.value));
        }
        written.value.clone()
    }
}

fn is_string_literal(text: &str) -> bool {
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    let inside = inside('\'').or_else(|| inside('"'));
    inside.is_some_and(|text| !text.contains(['\'', '"', '\\', '\n']))
}

/// Browsers by their name in esbuild, with their name in browserslist.
const ENGINES: &[(&str, &str)] = &[
    ("chrome", "chrome"),
    ("edge", "edge"),
    ("firefox", "firefox"),
    ("ie", "ie"),
    ("ios", "ios_saf"),
    ("node", "node"),
    ("opera", "opera"),
    ("safari", "safari"),
];

/// A word that names no engine, and a similar one that does.
type NoEngine<'q> = (&'q str, Option<String>);

/// Parses a target in esbuild's form: `chrome58,safari11,es2020`. The output then uses only what
/// all of them support. `None`: the target is not in this form.
fn engines<'q>(queries: &[&'q str]) -> Option<Result<Target, NoEngine<'q>>> {
    let words: Vec<&str> =
        queries.iter().flat_map(|query| query.split(',')).map(str::trim).collect();
    let edition = |word: &str| {
        VERSIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, year)| *year)
    };
    if words.iter().all(|word| edition(word).is_some()) && words.len() > 1 {
        return words
            .iter()
            .filter_map(|word| edition(word))
            .min()
            .map(|year| Ok(Target::Ecma(year)));
    }
    let mut browsers = Vec::new();
    let mut unknown = None;
    for word in words {
        if let Some(year) = edition(word) {
            browsers
                .extend((year != u16::MAX).then(|| (Target::EDITION.to_owned(), year.to_string())));
            continue;
        }
        let (name, version) = engine(word)?;
        match ENGINES.iter().find(|(engine, _)| name.eq_ignore_ascii_case(engine)) {
            Some((_, browser)) => browsers.push(((*browser).to_owned(), version.to_owned())),
            None => unknown = unknown.or(Some((word, name, version))),
        }
    }
    if let Some((word, name, version)) = unknown {
        let near = nearest(&name.to_ascii_lowercase(), ENGINES.iter().map(|(name, _)| *name));
        return Some(Err((word, near.map(|name| format!("{name}{version}")))));
    }
    browsers.sort();
    browsers.dedup();
    let is_named = browsers.iter().any(|(name, _)| name != Target::EDITION);
    is_named.then_some(Ok(Target::Browsers(browsers)))
}

/// Splits `chrome58` into a name and a version.
fn engine(word: &str) -> Option<(&str, &str)> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    let (name, version) = word.split_at(at);
    let is_name = name.len() > 1
        && name.chars().all(|c| c.is_ascii_alphabetic())
        && !looks_like_version(word);
    let is_version = version
        .split('.')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    (is_name && is_version).then_some((name, version))
}

/// Returns the label of a text that is written at or after the place of a label.
fn narrowed(label: Label, text: &str) -> Label {
    let start = label.span.start as usize;
    let rest = label.source.text.get(start..).unwrap_or_default();
    let Some(at) = rest.find(text).and_then(|at| u32::try_from(start + at).ok()) else {
        return label;
    };
    let length = u32::try_from(text.len()).unwrap_or_default();
    Label { span: Span::new(at, at + length), ..label }
}

/// Whether a text looks like a version that does not exist (`es4`, `ES7`, `es-next`,
/// `ecma2020`, `2020`), not like a query (`edge 12`).
fn looks_like_version(query: &str) -> bool {
    let lower = query.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("ecmascript")
        .or_else(|| lower.strip_prefix("ecma"))
        .or_else(|| lower.strip_prefix("es"));
    match rest {
        Some(rest) => !rest.contains(char::is_whitespace),
        None => lower.parse::<u16>().is_ok(),
    }
}
