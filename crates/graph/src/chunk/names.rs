//! Chooses the names of a chunk's scope when the chunk is printed. A name must be free in the whole
//! chunk, so that it hides no global, and must not be hidden by a local name of any module that
//! mentions it.

use std::collections::hash_map::Entry;

use bundle_base::{FxIndexMap, FxIndexSet};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ChunkGraph, ChunkId, Named};
use crate::module::{ModuleGraph, ModuleId};

/// The uses of names in the rendered pieces of a chunk.
pub struct Mentions<'a> {
    /// Per name of the chunk, the pieces (positions in `locals`) that mention it.
    pub pieces: Vec<Vec<u32>>,
    /// Per piece: the local names in it, sorted, and their bits.
    locals: Vec<(&'a [String], u64)>,
    /// Free global names mentioned anywhere in the chunk.
    pub globals: FxHashSet<&'a str>,
}

impl<'a> Mentions<'a> {
    /// Starts with this many names and no pieces.
    pub fn new(names: usize, globals: FxHashSet<&'a str>) -> Self {
        Self { pieces: vec![Vec::new(); names], locals: Vec::new(), globals }
    }

    /// Adds a piece: its local names, sorted, and the positions of the names that it mentions.
    pub fn add(&mut self, locals: &'a [String], mentioned: impl Iterator<Item = usize>) {
        let piece = u32::try_from(self.locals.len()).expect("fewer than four billion functions");
        self.locals.push((locals, locals.iter().fold(0, |bits, name| bits | bit(name))));
        mentioned.for_each(|name| self.pieces[name].push(piece));
    }

    /// Whether a name can be given: it is not a free global name of the chunk, and no local name in
    /// `pieces` hides it.
    fn allow(&self, name: &str, pieces: &[u32]) -> bool {
        let own = bit(name);
        let hides = |piece: &u32| {
            let (locals, bits) = self.locals[*piece as usize];
            bits & own != 0 && locals.binary_search_by(|l| l.as_str().cmp(name)).is_ok()
        };
        !self.globals.contains(name) && !pieces.iter().any(hides)
    }
}

/// Returns one of 64 bits for a name. Most different names have different bits, so a set of bits
/// shows without a search that a name is not in a list.
fn bit(name: &str) -> u64 {
    let ends = name.as_bytes().first().zip(name.as_bytes().last());
    let (first, last) =
        ends.map_or((0, 0), |(first, last)| (usize::from(*first), usize::from(*last)));
    1 << ((11 * name.len() + 5 * first + last) % 64)
}

/// The names that stay as they are written. `written` has the name of one that should stay. It is
/// still renamed if an earlier name of the scope or a free name of the chunk equals it.
struct PreservedNames {
    /// The name, or nothing.
    names: Vec<String>,
    taken: FxHashSet<String>,
}

impl PreservedNames {
    fn new(written: impl Fn(usize) -> Option<String>, mentions: &Mentions<'_>) -> Self {
        let mut taken = FxHashSet::default();
        let name = |(index, pieces): (usize, &Vec<u32>)| {
            let may_stay = |name: &String| mentions.allow(name, pieces) && !taken.contains(name);
            let name = written(index).filter(may_stay).unwrap_or_default();
            if !name.is_empty() {
                taken.insert(name.clone());
            }
            name
        };
        Self { names: mentions.pieces.iter().enumerate().map(name).collect(), taken }
    }
}

/// Returns a name for each preferred name, in order: `foo`, then `foo$1`, `foo$2`, … `written`: the
/// name of one that comes first because it should stay as it is.
pub fn settle(
    preferred: impl Iterator<Item = String>,
    written: impl Fn(usize) -> Option<String>,
    mentions: &Mentions<'_>,
) -> Vec<String> {
    let PreservedNames { names: mut settled, mut taken } = PreservedNames::new(written, mentions);
    // Per preferred name, how many of its spellings are taken, counted from the first: thousands of
    // modules may share a name.
    let mut used_up: FxHashMap<String, usize> = FxHashMap::default();
    for ((preferred, pieces), settled) in preferred.zip(&mentions.pieces).zip(&mut settled) {
        if !settled.is_empty() {
            continue;
        }
        let is_free = |(_, name): &(usize, String)| {
            !taken.contains(name) && !is_reserved(name) && mentions.allow(name, pieces)
        };
        let entry = used_up.entry(preferred);
        let first = if let Entry::Occupied(known) = &entry { *known.get() } else { 0 };
        let mut spellings = (first..).map(|number| (number, spelling(entry.key(), number)));
        let (number, name) = spellings.find(is_free).expect("numbers do not run out");
        *entry.or_insert(0) = first + usize::from(number == first);
        taken.insert(name.clone());
        *settled = name;
    }
    settled
}

fn spelling(name: &str, number: usize) -> String {
    if number == 0 { name.to_owned() } else { format!("{name}${number}") }
}

/// Names what a chunk exports to other chunks: readable or short names.
pub(super) fn of_exports(
    exports: &FxIndexSet<Named>,
    graph: &ModuleGraph,
    is_short: bool,
) -> FxIndexMap<Named, String> {
    // The key `__proto__` in an object literal would set the prototype.
    let mut taken: FxHashSet<String> = FxHashSet::from_iter(["__proto__".to_owned()]);
    let readable = |named: &Named| {
        in_readable_output(named, graph, |_| unreachable!("no chunk exports another one"))
    };
    // Thousands of modules may share a name: the number after the last spelling of each.
    let mut used_up: FxHashMap<String, usize> = FxHashMap::default();
    let name = |(index, named): (usize, &Named)| {
        let preferred = if is_short { short(index) } else { identifier(&readable(named)) };
        let next = used_up.entry(preferred.clone()).or_default();
        let mut spellings = (*next..).map(|number| (number, spelling(&preferred, number)));
        let (number, name) =
            spellings.find(|(_, name)| !taken.contains(name)).expect("numbers do not run out");
        *next = number + 1;
        taken.insert(name.clone());
        (named.clone(), name)
    };
    exports.iter().enumerate().map(name).collect()
}

/// Returns the shortest names by frequency: the name with the most uses gets the first letter.
/// `uses`: the number of uses per name. `written`: the name of one that should stay as it is, which
/// it does if it can. Names of equal length are then dealt in the order of what they name, because
/// similar names near each other compress better.
pub fn settle_short(
    uses: &[usize],
    written: impl Fn(usize) -> Option<String>,
    mentions: &Mentions<'_>,
) -> Vec<String> {
    let PreservedNames { names: mut settled, taken } = PreservedNames::new(written, mentions);
    let mut by_use: Vec<usize> =
        (0..uses.len()).filter(|&index| settled[index].is_empty()).collect();
    by_use.sort_by_key(|&index| std::cmp::Reverse(uses[index]));
    let fresh = (0..).map(short).filter(|name| !is_reserved(name) && !taken.contains(name));
    let names = dealt(&by_use, fresh, mentions).expect("numbers do not run out");
    let mut by_length: Vec<Vec<usize>> = Vec::new();
    for (&index, name) in by_use.iter().zip(names) {
        by_length.resize_with(by_length.len().max(name.len()), Vec::new);
        by_length[name.len() - 1].push(index);
        settled[index] = name;
    }
    for mut group in by_length.into_iter().skip(1) {
        let names: Vec<String> = group.iter().map(|&index| settled[index].clone()).collect();
        group.sort_unstable();
        for (&index, name) in
            group.iter().zip(dealt(&group, names.into_iter(), mentions).into_iter().flatten())
        {
            settled[index] = name;
        }
    }
    settled
}

/// Deals names to `wanting` in order: each gets the first name that it may have. `None`: there are
/// not enough names.
fn dealt(
    wanting: &[usize],
    mut fresh: impl Iterator<Item = String>,
    mentions: &Mentions<'_>,
) -> Option<Vec<String>> {
    // Names that earlier ones could not take.
    let mut left: Vec<String> = Vec::new();
    let mut dealt = Vec::with_capacity(wanting.len());
    for &index in wanting {
        let pieces = &mentions.pieces[index];
        dealt.push(match left.iter().position(|name| mentions.allow(name, pieces)) {
            Some(found) => left.remove(found),
            None => loop {
                let name = fresh.next()?;
                if mentions.allow(&name, pieces) {
                    break name;
                }
                left.push(name);
            },
        });
    }
    Some(dealt)
}

/// Returns the n-th shortest name. All modules use the same order of letters, so that equal text
/// gets equal names and compresses best.
pub fn short(n: usize) -> String {
    const LETTERS: &[u8; 64] = b"etnrioasulcdfpmhgvybxwkqjzESTNACLIOPMDRBFHUGVWKXYJQZ$_0123456789";
    const STARTS: usize = 54;
    let mut name = String::from(char::from(LETTERS[n % STARTS]));
    let mut rest = n / STARTS;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(LETTERS[rest % LETTERS.len()]));
        rest /= LETTERS.len();
    }
    name
}

/// Returns the preferred name in a readable output.
pub fn preferred(named: &Named, graph: &ChunkGraph<'_, '_>) -> String {
    in_readable_output(named, graph.graph(), |id| &graph.chunk(id).files.name)
}

/// As `preferred`. `chunk_name`: the name of a chunk.
fn in_readable_output<'c>(
    named: &Named,
    graph: &ModuleGraph,
    chunk_name: impl Fn(ChunkId) -> &'c str,
) -> String {
    let of = |id: &ModuleId| identifier(&graph.module(*id).key);
    let external = |id| identifier(&graph.external(id).specifier);
    match named {
        Named::Symbol(symbol) => {
            let module = graph.module(symbol.module);
            of_symbol(&module.record.symbols[symbol.symbol.0 as usize].name, &module.key)
        }
        Named::Namespace(id) | Named::CommonJsNamespace(id, _) => format!("{}_ns", of(id)),
        Named::Init(id) => format!("init_{}", of(id)),
        Named::Require(id) => format!("require_{}", of(id)),
        Named::Import(id, _) => format!("import_{}", of(id)),
        Named::Exports(id) | Named::Lifted(id, _) => of(id),
        Named::Default(id) => format!("{}_default", of(id)),
        Named::External(id) => external(*id),
        Named::ExternalRequire(id) => format!("require_{}", external(*id)),
        Named::ExternalImport(id, _) => format!("import_{}", external(*id)),
        Named::ExternalNamespace(id, _) => format!("{}_ns", external(*id)),
        Named::ExternalName(_, name) if name != "default" => identifier(name),
        Named::ExternalDefault(id) | Named::ExternalName(id, _) => {
            format!("{}_default", external(*id))
        }
        Named::Load(id, _) => format!("load_{}", of(id)),
        Named::Chunk(id) => identifier(chunk_name(*id)),
        Named::Loader => "load".to_owned(),
        Named::Registry => "modules".to_owned(),
        Named::Modules => "table".to_owned(),
    }
}

/// Returns the preferred name for a top-level name of a module.
pub fn of_symbol(name: &str, key: &str) -> String {
    match name {
        "" | "default" | "*default*" => format!("{}_default", identifier(key)),
        name => name.to_owned(),
    }
}

/// Returns an identifier derived from a key or specifier: `src/shop/index.js` → `shop`,
/// `lodash@4.17.21/add.js` → `add`.
pub fn identifier(key: &str) -> String {
    let path = key.split(['?', '#']).next().unwrap_or(key);
    let mut segments = path.rsplit('/').filter(|s| !s.is_empty());
    let file = segments.next().unwrap_or("module");
    let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
    let named = if stem == "index" { segments.next().unwrap_or(stem) } else { stem };
    let mut name: String = named
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '$' { c } else { '_' })
        .collect();
    if name.chars().next().is_none_or(|c| c.is_ascii_digit()) || is_reserved(&name) {
        name.insert(0, '_');
    }
    name
}

/// Words that are reserved in some engine or mode that we write for, and names that parameters of
/// wrappers, formats or glue use. Sorted, because every name that is given to anything is looked up
/// here.
#[rustfmt::skip]
const RESERVED: [&str; 74] = [
    "Infinity", "NaN", "Object", "Promise", "abstract", "arguments", "async", "await", "boolean",
    "break", "byte", "case", "catch", "char", "class", "const", "continue", "debugger", "default",
    "delete", "do", "double", "else", "enum", "eval", "export", "exports", "extends", "false",
    "final", "finally", "float", "for", "function", "goto", "if", "implements", "import", "in",
    "instanceof", "int", "interface", "let", "long", "module", "native", "new", "null", "of",
    "package", "private", "protected", "public", "require", "return", "short", "static", "super",
    "switch", "synchronized", "this", "throw", "throws", "transient", "true", "try", "typeof",
    "undefined", "var", "void", "volatile", "while", "with", "yield",
];

const LONGEST_RESERVED: usize = "synchronized".len();

/// Whether a name must not be given.
pub fn is_reserved(name: &str) -> bool {
    (2..=LONGEST_RESERVED).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && RESERVED.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_found() {
        assert!(RESERVED.is_sorted());
        assert!(RESERVED.into_iter().all(is_reserved));
        assert!(["NaN", "class", "in", "yield"].into_iter().all(is_reserved));
        assert!(!["e", "classes", "nan", ""].into_iter().any(is_reserved));
    }
}
