//! The configuration has two types: `RawConfig` is what the user wrote (every field optional),
//! `Config` is what is meant (every field decided, paths absolute, hashable, never changed
//! afterwards). `decide` is the only way from one to the other, and it reports every mistake. The
//! fields of `Config` are grouped by the phase or crate that reads them.

mod browserslist; // the browserslist configuration that the project's tools share
mod budget; // how large pages may be
mod decide; // RawConfig -> Config, and every mistake
mod find; // where the project is
mod gather; // flags and the project's files -> RawConfig
mod host; // what deciding needs to know of the machine
mod lint; // how scripts are linted
mod merge; // several RawConfigs -> one
mod messages; // every sentence about the configuration
mod model; // Config
mod parse; // bundle.config.json and package.json -> RawConfig
mod paths; // path arithmetic and globs
mod raw; // RawConfig
mod shared; // which modules are in which shared bundle
mod vue; // how components are compiled
mod watch; // how changed files are noticed

pub use budget::{Budget, BudgetFor, WrittenAt};
pub use decide::decide;
pub use find::{WrittenIn, find, find_file};
pub use gather::gather;
pub use host::{Browsers, Environment, Host};
pub use lint::LintConfig;
pub use messages::kind_of_build;
pub use model::{
    AliasTarget, AssetsConfig, Charset, Config, CopyRule, CssModulesConfig, Decorators, Entry,
    External, Format, Jsx, Manifest, Minify, Mode, ModulesForm, OutputConfig, Platform, Polyfills,
    Provide, ResolveConfig, SassConfig, ScriptConfig, SourceMap, Styles, Target,
};
pub use parse::{KEYS, parse};
pub use paths::{absolute, matching, relative};
pub use raw::{
    FILE, Origin, Pair, RawAlias, RawArea, RawBudget, RawConfig, RawEntries, RawGlobal, RawJsx,
    RawLint, RawModes, RawOutput, RawProject, RawResolve, RawSass, RawScript, RawVue, Written,
};
pub use shared::{SharedBundle, Sharing, claim, package_of};
pub use vue::{ScopeId, VueConfig, Whitespace};
pub use watch::{Poll, WatchConfig};
