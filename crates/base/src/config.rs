//! The configuration has two types: `RawConfig` is what the user wrote (every field optional),
//! `Config` is what is meant (every field decided, paths absolute, hashable, never changed
//! afterwards). `decide` is the only way from one to the other, and it reports every mistake. The
//! fields of `Config` are grouped by the phase or crate that reads them.

mod assets; // how files are used as they are, and which are copied
mod browserslist; // the browserslist configuration that the project's tools share
mod budget; // how large pages may be
mod cache; // the cache that machines share
mod decide; // RawConfig -> Config, and every mistake
mod dotenv; // the variables of `.env` files
mod evaluate; // a configuration that is a script
mod file_pattern; // which files a key applies to
mod find; // where the project is
mod gather; // flags and the project's files -> RawConfig
mod host; // what the configuration needs to know of the host
mod lint; // how scripts are linted
mod merge; // several RawConfigs -> one
mod messages; // every sentence about the configuration
mod model; // Config
mod output; // where outputs go, and in which form
mod parse; // bundle.config.json and package.json -> RawConfig
mod paths; // path arithmetic and globs
mod plugins; // plugins and PostCSS
mod raw; // RawConfig
mod resolve; // how specifiers are resolved
mod script; // how scripts are compiled
mod shared; // which modules are in which shared area
mod style; // how stylesheets are compiled
mod vue; // how components are compiled
mod watch; // how changed files are noticed
mod written; // values with the places where the user wrote them

pub use assets::{AssetsConfig, CopyRule, NamesOfFiles, Page, Urls};
pub use budget::{Budget, BudgetFor, WrittenAt};
pub use cache::CacheConfig;
pub use decide::{decide, node_tools::babel_says_more, syntax::dotted};
pub use file_pattern::FilePattern;
pub use find::{FILES, WrittenIn, find, find_file};
pub use gather::gather;
pub use host::{Browsers, Environment, Host, Search};
pub use lint::LintConfig;
pub use messages::{VUE_3, kind_of_build};
pub use model::{Config, Entry, Mode};
pub use output::{
    Format, Manifest, ManifestKind, Minify, ModulesForm, OutputConfig, SourceMap, Splitting, Styles,
};
pub use parse::{KEYS, parse};
pub use paths::{
    absolute, folder_of_addresses, matching, matching_entries, matching_of, relative, shared_folder,
};
pub use plugins::{Filter, Hooks, Pattern, Patterns, Plugin, PluginsConfig};
pub use raw::{
    FILE, Origin, Pair, RawAlias, RawArea, RawBudget, RawCache, RawConfig, RawEntries, RawGlobal,
    RawJsx, RawLint, RawModes, RawOutput, RawPlugin, RawPlugins, RawProject, RawResolve, RawSass,
    RawScript, RawVue, Written,
};
pub use resolve::{
    AliasTarget, BareSpecifiersConfig, External, NodeShims, PackageJsonConfig, Platform, Provide,
    ResolveConfig, Rule,
};
pub use script::{
    Charset, DecoratorMetadata, Decorators, Dropped, Jsx, Polyfills, ScriptConfig, Target,
    TypeScriptConfig,
};
pub use shared::{ManualChunk, Sharing, claim};
pub use style::{CssModulesConfig, SassConfig, is_stylesheet};
pub use vue::{ScopeId, VueConfig, Whitespace};
pub use watch::{Poll, WatchConfig};
