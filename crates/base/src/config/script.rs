//! The decided configuration of scripts: their target, defines, JSX, decorators and encodings.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use crate::decode::SourceCharset;

/// How scripts are parsed, compiled and written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScriptConfig {
    /// The engines that must be able to run every byte written.
    pub target: Target,
    /// Expressions replaced at compile time: an identifier or dotted path, and the JavaScript text
    /// (JSON or an identifier) that replaces it.
    pub define: IndexMap<String, String>,
    /// What builds leave out of scripts.
    pub drop: Vec<Dropped>,
    /// How JSX is compiled.
    pub jsx: Jsx,
    /// How JSX is compiled in Vue components.
    pub jsx_in_components: Jsx,
    /// Which semantics decorators have.
    pub decorators: Decorators,
    /// How TypeScript is compiled.
    pub typescript: TypeScriptConfig,
    /// Lowered code may differ from the source in rare details, and is smaller.
    pub loose: bool,
    /// Which characters the output may contain.
    pub charset: Charset,
    /// The encoding of files that are not UTF-8, stylesheets and components included.
    pub source_charset: SourceCharset,
    /// What is done about built-ins that the target lacks.
    pub polyfills: Polyfills,
    /// The build reports an error for every built-in that the target lacks and nothing provides.
    pub has_all_globals: bool,
}

/// What builds leave out of scripts on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dropped {
    /// Calls of `console`'s methods, with their arguments. Each is `undefined`.
    Console,
    /// `debugger` statements, which minifying drops anyway.
    Debugger,
}

/// How TypeScript is compiled: what tsconfig.json says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeScriptConfig {
    /// `useDefineForClassFields`.
    pub define_class_fields: bool,
    /// The type metadata that decorators get.
    pub decorator_metadata: DecoratorMetadata,
    /// A module runs although no code reads what is imported of it (`verbatimModuleSyntax`).
    pub keeps_imports: bool,
}

/// The type metadata that TypeScript's decorators get (`emitDecoratorMetadata`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DecoratorMetadata {
    /// Nothing.
    None,
    /// The types; `null` and `undefined` in a union do not count: `string | null` is `String`.
    Loose,
    /// The types; `null` and `undefined` are types of their own, as `strictNullChecks` has it.
    Strict,
}

/// What is done about built-ins that the target lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Polyfills {
    /// Nothing: the page provides them.
    None,
    /// Modules that use a built-in import its polyfill from core-js.
    Usage,
}

/// The language level of the output. Serialized as the user writes it: `"es5"`, `["ie 9"]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A version of ECMAScript: 5, 2015, … 2025; `u16::MAX` is esnext.
    Ecma(u16),
    /// Browsers with their versions, (`ie`, `9`): the sorted answer to a browserslist query. An
    /// edition of ECMAScript written beside browsers is listed among them under the name `EDITION`:
    /// (`es`, `2020`).
    Browsers(Vec<(String, String)>),
}

impl Target {
    /// `esnext`: only what is not JavaScript at all (TypeScript, JSX) is compiled.
    pub const ESNEXT: Self = Self::Ecma(u16::MAX);
    /// `es5`.
    pub const ES5: Self = Self::Ecma(5);
    /// The name of an edition of ECMAScript among browsers.
    pub const EDITION: &str = "es";

    /// Formats a browser for users: `ie 9`; an edition: `es2020`.
    pub fn shown(name: &str, version: &str) -> String {
        let space = if name == Self::EDITION { "" } else { " " };
        format!("{name}{space}{version}")
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Ecma(u16::MAX) => serializer.serialize_str("esnext"),
            Self::Ecma(version) => serializer.collect_str(&format_args!("es{version}")),
            Self::Browsers(browsers) => {
                serializer.collect_seq(browsers.iter().map(|(name, v)| Self::shown(name, v)))
            }
        }
    }
}

/// How JSX is compiled.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "runtime", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum Jsx {
    /// `React.createElement(…)`.
    Classic {
        /// The function that creates an element: `React.createElement`, `h`.
        factory: String,
        /// The component of a fragment: `React.Fragment`.
        fragment: String,
    },
    /// `import { jsx } from "react/jsx-runtime"`.
    Automatic {
        /// The package that has the runtime: `react`, `preact`.
        import_source: String,
    },
    /// Vue 2: `h(tag, { attrs, on, … }, children)`.
    Vue2,
}

/// Which semantics decorators have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decorators {
    /// TypeScript's `experimentalDecorators`; in JavaScript, Babel's `legacy: true`.
    Legacy,
    /// The 2022 proposal (2023-11).
    Standard,
}

/// What characters the output may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Charset {
    /// Non-ASCII text is escaped, so the page's encoding does not matter.
    Ascii,
    /// Text stays as it is.
    Utf8,
}
