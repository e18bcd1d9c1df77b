//! Parses bundle.config.json and package.json to a `RawConfig`. Only the shape is checked here:
//! that a list is a list, and that a key is known. `decide` interprets the values later, when all
//! layers are merged. Parsing continues after every mistake.

use std::sync::Arc;

use jsonc_parser::ast::{ObjectProp, Value};

use super::{
    messages,
    raw::{RawAssets, RawConfig, RawJsx},
};
use crate::{diagnostic::Diagnostics, source::Source};

mod areas; // the key `areas`
mod assets; // the key `assets`
mod budgets; // the key `budgets`
mod cache; // the key `cache`
mod copy; // the key `copy`
mod css_modules; // the key `cssModules`
mod foreign_keys; // keys of other tools, with a translation in the message
mod html; // the key `html`
mod lint; // the key `lint`
mod manifest; // the key `manifest`
mod plugins; // the keys `plugins`, `pluginTimeout`, `postcss` and `babel`
mod preprocess; // the key `preprocess`
mod reader; // values with their places, and errors about their types
mod sass; // the key `sass`
mod splitting; // the key `splitting`
mod tsconfig; // the options of tsconfig.json for decorators, class fields and JSX
mod vue; // the key `vue`
mod watch; // the key `watch`

use reader::Reader;
pub use tsconfig::read_tsconfig;

/// Every key of the file, for suggestions and the schema's test.
pub const KEYS: &[&str] = &[
    "$schema",
    "alias",
    "areas",
    "assets",
    "babel",
    "budgets",
    "cache",
    "charset",
    "conditions",
    "contexts",
    "copy",
    "cssModules",
    "decorators",
    "define",
    "drop",
    "env",
    "extensions",
    "externals",
    "followSymlinks",
    "format",
    "globalName",
    "globals",
    "hash",
    "html",
    "jsx",
    "lint",
    "loose",
    "mainFields",
    "manifest",
    "minify",
    "mode",
    "modes",
    "modulePaths",
    "modules",
    "name",
    "node",
    "outDir",
    "platform",
    "pluginTimeout",
    "plugins",
    "polyfills",
    "postcss",
    "preferRelative",
    "preprocess",
    "provide",
    "publicPath",
    "root",
    "rtl",
    "rules",
    "sass",
    "severity",
    "sideEffects",
    "silence",
    "sourceCharset",
    "sourcemap",
    "sourcemapDir",
    "sourcesContent",
    "splitting",
    "styles",
    "target",
    "tsconfig",
    "vue",
    "watch",
];
/// Keys that are not allowed inside `modes`, because the mode is chosen before they are read, or
/// because they define where things are.
const NOT_IN_MODES: &[&str] =
    &["$schema", "areas", "cache", "mode", "modes", "name", "plugins", "root", "tsconfig"];

/// Parses bundle.config.json.
pub fn parse(source: &Arc<Source>, log: &mut Diagnostics) -> RawConfig {
    let mut raw = RawConfig::default();
    raw.project.file = Some(Arc::clone(source));
    let mut reader = Reader::new(source, log);
    if let Some(value) = reader.root() {
        section(&mut reader, &mut raw, &value, None);
    }
    raw
}

/// Reads `name` from package.json. The browsers in it are read in browserslist.rs.
pub fn parse_package(source: &Arc<Source>, log: &mut Diagnostics) -> RawConfig {
    let mut raw = RawConfig::default();
    let mut reader = Reader::new(source, log);
    let Some(Value::Object(object)) = reader.root() else { return raw };
    raw.project.name = object.get("name").and_then(|p| reader.quiet_string(&p.value));
    raw
}

/// Reads the file's object, or an object of `modes`.
fn section(reader: &mut Reader<'_>, raw: &mut RawConfig, value: &Value<'_>, mode: Option<&str>) {
    let name = mode.map_or_else(|| "the configuration".to_owned(), |m| format!("modes.{m}"));
    for property in reader.object(value, &name) {
        let key = property.name.as_str();
        if mode.is_some() && NOT_IN_MODES.contains(&key) {
            let label = reader.label(&property.name);
            reader.log.push(messages::not_in_modes(label, key));
        } else if !(project_key(reader, raw, property)
            || resolve_key(reader, raw, property)
            || script_key(reader, raw, property)
            || output_key(reader, raw, property)
            || watch::key(reader, raw, property)
            || plugins::key(reader, raw, property)
            || mode.is_none() && foreign_keys::key(reader, property))
        {
            let known =
                KEYS.iter().copied().filter(|k| mode.is_none() || !NOT_IN_MODES.contains(k));
            reader.unknown(property, &name, known);
        }
    }
}

/// Each of these functions returns whether the key is one that it reads.
fn project_key(reader: &mut Reader<'_>, raw: &mut RawConfig, property: &ObjectProp<'_>) -> bool {
    let project = &mut raw.project;
    let value = &property.value;
    match property.name.as_str() {
        "$schema" => drop(reader.string(value, "$schema")),
        "root" => project.root = reader.string(value, "root"),
        "name" => project.name = reader.string(value, "name"),
        "mode" => project.mode = reader.string(value, "mode"),
        "budgets" => raw.budgets = budgets::read(reader, value),
        "cache" => project.cache = cache::read(reader, value),
        "lint" => project.lint = lint::read(reader, value),
        "severity" => project.severity = reader.severities(value),
        "silence" => project.silence = reader.strings(value, "silence"),
        "areas" => raw.entries.areas = areas::read(reader, value),
        "modes" => modes(reader, raw, value),
        _ => return false,
    }
    true
}

fn modes(reader: &mut Reader<'_>, raw: &mut RawConfig, value: &Value<'_>) {
    for property in reader.object(value, "modes") {
        let mut section_of_mode = RawConfig::default();
        match property.name.as_str() {
            "development" => {
                section(reader, &mut section_of_mode, &property.value, Some("development"));
                raw.modes.development = Some(Box::new(section_of_mode));
            }
            "production" => {
                section(reader, &mut section_of_mode, &property.value, Some("production"));
                raw.modes.production = Some(Box::new(section_of_mode));
            }
            _ => reader.unknown(property, "modes", ["development", "production"]),
        }
    }
}

fn resolve_key(reader: &mut Reader<'_>, raw: &mut RawConfig, property: &ObjectProp<'_>) -> bool {
    let resolve = &mut raw.resolve;
    let value = &property.value;
    match property.name.as_str() {
        "platform" => resolve.platform = reader.string(value, "platform"),
        "node" => resolve.node = reader.string(value, "node"),
        "alias" => resolve.alias = reader.pairs(value, "alias", Reader::alias),
        "externals" => resolve.externals = reader.externals(value),
        "provide" => resolve.provide = reader.pairs(value, "provide", Reader::provide),
        "rules" => resolve.rules = reader.pairs(value, "rules", Reader::rule),
        "contexts" => resolve.contexts = reader.strings(value, "contexts"),
        "conditions" => resolve.package_json.conditions = reader.strings(value, "conditions"),
        "mainFields" => resolve.package_json.main_fields = reader.strings(value, "mainFields"),
        "sideEffects" => {
            resolve.package_json.side_effects = reader.boolean(value, "sideEffects");
        }
        "extensions" => resolve.extensions = reader.strings(value, "extensions"),
        "modulePaths" => {
            resolve.bare_specifiers.module_paths = reader.strings(value, "modulePaths");
        }
        "preferRelative" => {
            resolve.bare_specifiers.prefer_relative = reader.boolean(value, "preferRelative");
        }
        "tsconfig" => resolve.tsconfig = reader.string(value, "tsconfig"),
        "followSymlinks" => resolve.follow_symlinks = reader.boolean(value, "followSymlinks"),
        _ => return false,
    }
    true
}

fn script_key(reader: &mut Reader<'_>, raw: &mut RawConfig, property: &ObjectProp<'_>) -> bool {
    let script = &mut raw.script;
    let value = &property.value;
    match property.name.as_str() {
        "target" => script.target = reader.joined_strings(value, "target"),
        "env" => script.env = reader.strings_or_false(value, "env"),
        "define" => script.define = reader.defines(value),
        "drop" => script.drop = reader.strings(value, "drop"),
        "jsx" => script.jsx = jsx(reader, value),
        "vue" => raw.vue = vue::read(reader, value),
        "sass" => raw.sass = sass::read(reader, value),
        "assets" => {
            raw.assets = RawAssets {
                pages: std::mem::take(&mut raw.assets.pages),
                ..assets::read(reader, value)
            };
        }
        "html" => raw.assets.pages = html::read(reader, value),
        "copy" => raw.copy = copy::read(reader, value),
        "preprocess" => raw.preprocess = preprocess::read(reader, value),
        "cssModules" => raw.css_modules = css_modules::read(reader, value),
        "polyfills" => script.polyfills = reader.word_or_false(value, "polyfills", "usage"),
        "globals" => script.globals = reader.string(value, "globals"),
        "decorators" => script.decorators = reader.string(value, "decorators"),
        "loose" => script.loose = reader.boolean(value, "loose"),
        "charset" => script.charset = reader.string(value, "charset"),
        "sourceCharset" => script.source_charset = reader.string(value, "sourceCharset"),
        _ => return false,
    }
    true
}

fn jsx(reader: &mut Reader<'_>, value: &Value<'_>) -> RawJsx {
    let mut jsx = RawJsx::default();
    if let Value::StringLit(_) = value {
        jsx.runtime = reader.string(value, "jsx");
        return jsx;
    }
    for property in reader.object(value, "jsx") {
        let value = &property.value;
        match property.name.as_str() {
            "runtime" => jsx.runtime = reader.string(value, "jsx.runtime"),
            "factory" => jsx.factory = reader.string(value, "jsx.factory"),
            "fragment" => jsx.fragment = reader.string(value, "jsx.fragment"),
            "importSource" => jsx.import_source = reader.string(value, "jsx.importSource"),
            _ => {
                reader.unknown(property, "jsx", ["runtime", "factory", "fragment", "importSource"]);
            }
        }
    }
    jsx
}

fn output_key(reader: &mut Reader<'_>, raw: &mut RawConfig, property: &ObjectProp<'_>) -> bool {
    let output = &mut raw.output;
    let value = &property.value;
    match property.name.as_str() {
        "outDir" => output.dir = reader.string(value, "outDir"),
        "hash" => output.hash = reader.boolean(value, "hash"),
        "manifest" => output.manifest = manifest::read(reader, value),
        "publicPath" => output.public_path = reader.string(value, "publicPath"),
        "styles" => output.styles = reader.string(value, "styles"),
        "rtl" => output.rtl = reader.rtl(value),
        "format" => output.format = reader.string(value, "format"),
        "globalName" => output.global_name = reader.string(value, "globalName"),
        "minify" => output.minify = reader.minify(value),
        "modules" => output.modules = reader.string(value, "modules"),
        "sourcemap" => output.source_map = reader.source_map(value),
        "sourcemapDir" => output.source_map_dir = reader.string(value, "sourcemapDir"),
        "sourcesContent" => output.sources_content = reader.boolean(value, "sourcesContent"),
        "splitting" => splitting::read(reader, value, output),
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests;
