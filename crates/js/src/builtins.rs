//! The built-ins of the language and of pages that are newer than ECMAScript 5: by name, the
//! versions since which engines have them, and which core-js modules polyfill them. Two tables, in
//! text files beside this one, are read once.

use std::sync::LazyLock;

use bundle_base::config::Target;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::features::parse_version;

/// The browser columns of since.txt, each with browserslist's names for that browser.
const BROWSERS: [&[&str]; 11] = [
    &["chrome", "and_chr"],
    &["edge"],
    &["firefox", "and_ff"],
    &["ie", "ie_mob"],
    &["ios_saf"],
    &["node"],
    &["opera", "op_mob"],
    &["safari"],
    &["samsung"],
    &["android"],
    &["electron"],
];

/// The construct that a use of the global `BigInt` is recorded for, if a literal was lowered to it.
pub const BIG_INT_LITERAL: &str = "BigInt literal";

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    Table::read(include_str!("builtins/names.txt"), include_str!("builtins/since.txt"))
});

#[derive(Default)]
struct Table {
    /// By name. Methods of objects of unknown type have a leading dot.
    names: FxHashMap<&'static str, Polyfill>,
    /// By core-js module, or by the built-in's own name if no module polyfills it.
    since: FxHashMap<&'static str, Since>,
    /// By method name, without the dot.
    methods: FxHashMap<&'static str, Method>,
    /// What follows the dot in names of two parts (`assign` of `Object.assign`).
    members: FxHashSet<&'static str>,
}

/// A method of built-in objects.
pub(crate) struct Method {
    /// With its leading dot, as in `Table::names`.
    name: &'static str,
    arguments: Arguments,
}

/// The core-js modules that polyfill a built-in.
struct Polyfill {
    /// The modules that define it. The built-in's own name if core-js has none.
    modules: Vec<&'static str>,
    /// Modules without which those in `modules` do less than an engine that has the built-in.
    requires: Vec<&'static str>,
}

/// What the arguments of a call must look like, to distinguish a built-in method from methods of
/// the same name on other objects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arguments {
    /// At least the first number, at most the second.
    Count(usize, usize),
    /// At least one, and the first may be a function.
    Function,
    /// The name of a normal form of Unicode: other methods called `normalize` are everywhere.
    NormalForm,
}

/// The versions since which engines have a built-in.
struct Since {
    /// The row in the table: polyfills must run in this order.
    order: usize,
    /// The edition of ECMAScript; 0 for what is not part of the language.
    edition: u16,
    browsers: [Option<(u32, u32)>; BROWSERS.len()],
}

impl Since {
    /// Returns the target's name if it lacks the built-in; of several browsers, the first that
    /// lacks it.
    fn is_newer_than(&self, target: &Target) -> Option<String> {
        match target {
            Target::Ecma(year) => {
                (self.edition > *year).then(|| crate::features::target_name(target))
            }
            Target::Browsers(browsers) => {
                let lacks = |(name, version): &&(String, String)| {
                    if name == Target::EDITION {
                        return version.parse::<u16>().is_ok_and(|year| self.edition > year);
                    }
                    let column = BROWSERS.iter().position(|names| names.contains(&name.as_str()));
                    // Browsers that the table does not know are ignored, as everywhere.
                    column.is_some_and(|column| {
                        match (self.browsers[column], parse_version(version)) {
                            (None, _) => true,
                            (Some(first), Some(version)) => version < first,
                            (Some(_), None) => false,
                        }
                    })
                };
                browsers.iter().find(lacks).map(|(name, version)| Target::shown(name, version))
            }
        }
    }
}

impl Table {
    fn read(names: &'static str, since: &'static str) -> Self {
        let mut table = Self::default();
        for (order, row) in rows(since).enumerate() {
            let mut cells = row.split(' ');
            let name = cells.next().unwrap_or_default();
            let edition = cells.next().and_then(|year| year.parse().ok()).unwrap_or_default();
            let mut browsers = [None; BROWSERS.len()];
            for (browser, cell) in browsers.iter_mut().zip(cells) {
                *browser = parse_version(cell);
            }
            table.since.insert(name, Since { order, edition, browsers });
            if !name.contains('.') {
                table.names.insert(name, Polyfill { modules: vec![name], requires: Vec::new() });
            }
        }
        let mut groups: FxHashMap<&str, Vec<&'static str>> = FxHashMap::default();
        for row in rows(names) {
            let (name, modules) = row.split_once(' ').unwrap_or((row, ""));
            if name.starts_with('@') {
                groups.insert(name, modules.split(' ').collect());
                continue;
            }
            let (modules, requires) = modules.split_once(" + ").unwrap_or((modules, ""));
            let group =
                |word: &'static str| groups.get(word).cloned().unwrap_or_else(|| vec![word]);
            let requires =
                requires.split(' ').filter(|word| !word.is_empty()).flat_map(group).collect();
            let (name, arguments) = Arguments::of(name);
            match name.split_once('.') {
                Some(("", method)) => {
                    table.methods.insert(method, Method { name, arguments });
                }
                Some((_, member)) => drop(table.members.insert(member)),
                None => {}
            }
            table.names.insert(name, Polyfill { modules: modules.split(' ').collect(), requires });
        }
        table
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

impl Method {
    /// Returns the method's name in the table if a call may mean it. `count`: the number of
    /// arguments. `may_be_function`: the first may be a function. `text`: the first, if it is
    /// a literal text.
    pub(crate) fn meant_by_call(
        &self,
        count: usize,
        may_be_function: bool,
        text: Option<&str>,
    ) -> Option<&'static str> {
        let fits = match self.arguments {
            Arguments::Count(least, most) => (least..=most).contains(&count),
            Arguments::Function => count > 0 && may_be_function,
            Arguments::NormalForm => {
                text.is_some_and(|text| matches!(text, "NFC" | "NFD" | "NFKC" | "NFKD"))
            }
        };
        fits.then_some(self.name)
    }
}

impl Arguments {
    /// Splits `.at(1)` into `.at` and the arguments in its parentheses.
    fn of(name: &'static str) -> (&'static str, Self) {
        let Some((name, arguments)) = name.trim_end_matches(')').split_once('(') else {
            return (name, Self::Count(0, 0));
        };
        let number =
            |text: &str, open| if text.is_empty() { open } else { text.parse().unwrap_or(open) };
        let arguments = match arguments.split_once('-') {
            _ if arguments == "f" => Self::Function,
            _ if arguments == "NF" => Self::NormalForm,
            Some((least, most)) => Self::Count(number(least, 0), number(most, usize::MAX)),
            None => Self::Count(number(arguments, 0), number(arguments, 0)),
        };
        (name, arguments)
    }
}

/// Whether a name, such as `Promise` or `Object.assign`, is a built-in newer than ECMAScript 5.
pub(crate) fn is_known(name: &str) -> bool {
    TABLE.names.contains_key(name)
}

/// Returns `Object.assign` for `Object` and `assign`, if that is a newer built-in.
pub(crate) fn static_member(object: &str, name: &str) -> Option<String> {
    // Most members are not; this finds that out without building the name.
    TABLE.members.contains(name).then(|| format!("{object}.{name}")).filter(|path| is_known(path))
}

/// Whether some built-in objects have a newer method of this name.
pub(crate) fn is_method(name: &str) -> bool {
    TABLE.methods.contains_key(name)
}

/// Returns the newer method of this name.
pub(crate) fn method(name: &str) -> Option<&'static Method> {
    TABLE.methods.get(name)
}

/// Whether a name is a global that every ECMAScript 5 engine has.
pub(crate) fn is_es5(name: &str) -> bool {
    matches!(
        name,
        "Object"
            | "Array"
            | "String"
            | "Number"
            | "Boolean"
            | "Function"
            | "Date"
            | "RegExp"
            | "Math"
            | "JSON"
            | "Error"
            | "EvalError"
            | "RangeError"
            | "ReferenceError"
            | "SyntaxError"
            | "TypeError"
            | "URIError"
            | "undefined"
            | "NaN"
            | "Infinity"
            | "arguments"
            | "eval"
            | "parseInt"
            | "parseFloat"
            | "isNaN"
            | "isFinite"
            | "encodeURIComponent"
            | "decodeURIComponent"
            | "encodeURI"
            | "decodeURI"
            | "escape"
            | "unescape"
    )
}

/// Returns the core-js modules that a name needs at a target, in the order in which they must run.
pub(crate) fn modules(name: &str, target: &Target) -> Vec<&'static str> {
    let Some((defining, requires)) = polyfill(name) else { return Vec::new() };
    let lacks = |module: &&str| {
        TABLE.since.get(*module).is_some_and(|since| since.is_newer_than(target).is_some())
    };
    let is_module = |module: &&str| module.contains('.');
    let mut modules: Vec<&str> = defining.into_iter().filter(is_module).filter(lacks).collect();
    if !modules.is_empty() {
        modules.extend(requires.iter().filter(|module| lacks(module)));
    }
    modules.sort_unstable_by_key(|module| place(module));
    modules.dedup();
    modules
}

/// Returns the position of a module in the order in which polyfills run.
pub(crate) fn place(module: &str) -> usize {
    TABLE.since.get(module).map_or(usize::MAX, |since| since.order)
}

/// Returns the first version in the target that lacks a built-in, and the core-js modules that
/// polyfill it (possibly none). `None`: the whole target has it, or the built-in is unknown.
pub fn lacking(name: &str, target: &Target) -> Option<(String, Vec<&'static str>)> {
    let (mut modules, _) = polyfill(name)?;
    let version =
        modules.iter().find_map(|module| TABLE.since.get(module)?.is_newer_than(target))?;
    modules.retain(|module| module.contains('.'));
    Some((version, modules))
}

/// Returns `modules` and `requires` for a name. For `Array.prototype.includes`, only the modules of
/// arrays.
fn polyfill(name: &str) -> Option<(Vec<&'static str>, &'static [&'static str])> {
    if let Some(found) = TABLE.names.get(name) {
        return Some((found.modules.clone(), &found.requires));
    }
    let (class, method) = name.split_once(".prototype")?;
    let found = TABLE.names.get(method)?;
    let subjects = [format!("es.{}.", class.to_ascii_lowercase()), format!("{class}#")];
    let is_of_class = |module: &&str| subjects.iter().any(|subject| module.starts_with(subject));
    let modules: Vec<_> = found.modules.iter().copied().filter(is_of_class).collect();
    (!modules.is_empty()).then_some((modules, &found.requires))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_and_modules() {
        let browsers = |list: &[(&str, &str)]| {
            Target::Browsers(
                list.iter()
                    .map(|(name, version)| ((*name).to_owned(), (*version).to_owned()))
                    .collect(),
            )
        };
        assert_eq!(modules("Object.assign", &Target::ES5), ["es.object.assign"]);
        assert_eq!(modules(".includes", &Target::ES5), ["es.array.includes", "es.string.includes"]);
        assert_eq!(modules(".includes", &Target::Ecma(2015)), ["es.array.includes"]);
        assert_eq!(modules("String.prototype.includes", &Target::ES5), ["es.string.includes"]);
        assert_eq!(modules("Map", &Target::ES5)[0], "es.symbol");
        assert_eq!(modules("Map", &browsers(&[("chrome", "60")])), [""; 0]);
        assert_eq!(modules("Promise", &browsers(&[("chrome", "120"), ("ie", "11")])).len(), 4);
        assert_eq!(modules("Promise", &Target::ESNEXT), [""; 0]);
        assert_eq!(modules("Proxy", &Target::ES5), [""; 0]);
        assert_eq!(
            lacking("Proxy", &browsers(&[("ie", "11")])),
            Some(("ie 11".to_owned(), Vec::new()))
        );
        for name in [".normalize", "String.prototype.normalize"] {
            assert_eq!(lacking(name, &Target::ES5), Some(("es5".to_owned(), Vec::new())));
            assert_eq!(modules(name, &Target::ES5), [""; 0]);
        }
        let normalize = method("normalize").expect("strings have it");
        assert_eq!(normalize.meant_by_call(1, false, Some("NFD")), Some(".normalize"));
        assert_eq!(normalize.meant_by_call(1, true, Some("a/../b")), None);
        assert_eq!(lacking("fetch", &Target::ES5), None);
        assert_eq!(method("at").and_then(|at| at.meant_by_call(2, true, None)), None);
        assert_eq!(method("find").and_then(|find| find.meant_by_call(1, false, None)), None);
        assert_eq!(
            method("find").and_then(|find| find.meant_by_call(1, true, None)),
            Some(".find")
        );
    }

    #[test]
    fn every_module_of_names_has_a_row() {
        for polyfill in TABLE.names.values() {
            for module in polyfill.modules.iter().chain(&polyfill.requires) {
                assert!(TABLE.since.contains_key(module), "{module}");
            }
        }
    }
}
